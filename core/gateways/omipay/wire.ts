/** Omipay's answers as zod schemas, tolerant where the document, its examples and captured answers differ (document 3). */
import { z } from 'zod';
import { isJsonObject, readJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';

const answerSchema = z.object({
  return_code: decidingText,
  error_code: decidingText,
  error_msg: shownText,
  /** Captured beside or instead of error_msg (FIELD). */
  msg: shownText,
  result_code: decidingText,
  order_no: decidingText,
  out_order_no: decidingText,
  /** In the document's example with a blank at its end, which the reader drops (ERRATA, Omipay 3.10). */
  refund_no: decidingText,
  out_refund_no: decidingText,
  currency: decidingText,
  amount: decidingText,
  platform: shownText,
  qrcode: shownText,
  rate: shownText,
  /** The rate × 10^8 in QueryOrder and the push, where GetExchangeRate has a plain decimal (ERRATA, Omipay 3.1 / 3.8). */
  exchange_rate: shownText,
  pay_currency: shownText,
  /** What the payer paid, in the smallest unit of `pay_currency`. */
  pay_amount: shownText,
});

export type WireAnswerFields = z.infer<typeof answerSchema> & {
  /** Whether any field has the word in its name and says anything. */
  readonly speaksOfRefund: boolean;
};

/** What starts a payment that a till doesn't make (document 3.3, 3.5 to 3.7); `''` where unset. */
const startedSchema = z.object({
  pay_url: shownText,
  pc_pay_url: shownText,
  /** Text, or JSON (3.6): then that as text. */
  order_string: z.union([z.string(), z.record(z.string(), z.unknown()).transform((json) => JSON.stringify(json))]).catch(''),
  timeStamp: shownText,
  nonceStr: shownText,
  Package: shownText,
  package: shownText,
  signType: shownText,
  paySign: shownText,
});

export type StartedFields = z.infer<typeof startedSchema>;

/** The answer in a body, or null where it is none of this gateway's. */
export function readWire(body: Uint8Array): WireAnswerFields | null {
  return wireOf(flatOf(body));
}

/** The answer to an order of an integrator's, with what starts its payment. */
export function readStarted(body: Uint8Array): { readonly wire: WireAnswerFields; readonly started: StartedFields } | null {
  const flat = flatOf(body);
  const wire = wireOf(flat);
  return wire && { wire, started: startedSchema.parse(flat) };
}

function flatOf(body: Uint8Array): JsonObject | null {
  const json = readJsonObject(body);
  return json && flattened(json);
}

function wireOf(flat: JsonObject | null): WireAnswerFields | null {
  const answer = answerSchema.safeParse(flat);
  return flat !== null && answer.success && answer.data.return_code !== '' ? { ...answer.data, speaksOfRefund: speaksOfRefund(flat) } : null;
}

const saysNothing: ReadonlySet<JsonValue> = new Set<JsonValue>([null, '', '0', false]);

/** The document has no such field in an order; one that comes all the same isn't ignored where money depends on it (CASES 38). */
function speaksOfRefund(flat: JsonObject): boolean {
  return Object.entries(flat).some(([key, value]) => /refund/i.test(key) && !saysNothing.has(value));
}

/** A FAIL may come with `data` (FIELD): its fields beside the others'. Null where the two places contradict each other. */
function flattened(json: JsonObject): JsonObject | null {
  const data = json['data'];
  if (!isJsonObject(data)) return json;
  const said = (object: JsonObject) => Object.entries(object).filter(([, value]) => value !== null && value !== '');
  const outer = Object.fromEntries(said(json));
  const inner = said(data);
  return inner.some(([key, value]) => Object.hasOwn(outer, key) && outer[key] !== value) ? null : { ...outer, ...Object.fromEntries(inner) };
}
