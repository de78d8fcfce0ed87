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
});

export type WireAnswerFields = z.infer<typeof answerSchema> & {
  /** Whether any field has the word in its name and says anything. */
  readonly speaksOfRefund: boolean;
};

/** The answer in a body, or null where it is none of this gateway's. */
export function readWire(body: Uint8Array): WireAnswerFields | null {
  const json = readJsonObject(body);
  if (json === null) return null;
  const flat = flattened(json);
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
