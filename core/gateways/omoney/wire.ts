/** OMoney's answers as zod schemas, with keys and values trimmed as its own examples need it (document 2.1.6, 2.2.5, ERRATA). */
import { z } from 'zod';
import { isJsonObject, readJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';

/** An example has a blank before the order's number. */
const trimmed = decidingText.transform((text) => text.trim());

/** The fields of a payment or a refund that the till reads; `''` where unset. */
const fieldsSchema = z.object({
  payment_id: trimmed,
  transaction_id: trimmed,
  order_id: trimmed,
  refund_id: trimmed,
  refund_order_id: trimmed,
  amount: trimmed,
  currency: trimmed,
  status: trimmed,
  payment_method: shownText,
});

export type WireFields = z.infer<typeof fieldsSchema> & {
  /** `href` by `rel`; a relation that comes twice with different addresses is left out. */
  readonly links: Readonly<Record<string, string>>;
};

/** An answer: what it describes, or the error that it says (document 2.4; OAuth's own shape for tokens). */
export type WireAnswerFields = { readonly kind: 'fields'; readonly fields: WireFields } | { readonly kind: 'error'; readonly words: string } | { readonly kind: 'none' };

export function readWire(body: Uint8Array): WireAnswerFields {
  const json = readJsonObject(body);
  if (json === null) return { kind: 'none' };
  const words = errorWords(json);
  if (words !== null) return { kind: 'error', words };
  const fields = fieldsSchema.safeParse(json);
  const links = readLinks(json['links']);
  // A refund's number is worth asking by, also where its answer has no state.
  const says = fields.success && (fields.data.status !== '' || fields.data.refund_id !== '');
  return says && links !== null ? { kind: 'fields', fields: { ...fields.data, links } } : { kind: 'none' };
}

/** The words of an error; null where the answer describes an order or a refund. Frameworks put a status of their own beside. */
function errorWords(json: JsonObject): string | null {
  if (json['order_id'] !== undefined || json['payment_id'] !== undefined || json['refund_id'] !== undefined) return null;
  const { message, error } = json;
  if (typeof message === 'string') return message;
  return typeof error === 'string' ? error : null;
}

function readLinks(value: JsonValue | undefined): Readonly<Record<string, string>> | null {
  const links: Record<string, string> = Object.create(null);
  if (value === undefined || value === null) return links;
  if (!isList(value)) return null;
  const twice = new Set<string>();
  for (const link of value) {
    if (!isJsonObject(link)) return null;
    const { href, rel } = link;
    if (typeof href !== 'string' || typeof rel !== 'string') return null;
    if (Object.hasOwn(links, rel) && links[rel] !== href.trim()) twice.add(rel);
    links[rel] = href.trim();
  }
  for (const rel of twice) delete links[rel];
  return links;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
