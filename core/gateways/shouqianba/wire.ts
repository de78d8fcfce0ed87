/** Shouqianba's answers as zod schemas, tolerant where the document, its examples and captured answers differ (document 2.3). */
import { z } from 'zod';
import { isJsonObject, readJsonObject, type JsonObject } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';

/** The fields of an order that the till reads; `''` where unset. */
const orderSchema = z.object({
  sn: decidingText,
  client_sn: decidingText,
  status: decidingText,
  order_status: decidingText,
  total_amount: decidingText,
  /** After a refund: our order number, a hyphen, our number of the refund (FIELD). */
  client_tsn: decidingText,
  /** The request's own fields; no document lists them in an answer, so an answer that has them must agree. */
  refund_request_no: decidingText,
  refund_amount: decidingText,
  payway: shownText,
  sub_payway: shownText,
  qr_code: shownText,
  payer_uid: shownText,
  trade_no: shownText,
  finish_time: shownText,
  channel_finish_time: shownText,
});

const businessSchema = z.object({ result_code: decidingText, error_code: decidingText, error_message: shownText });

const answerSchema = z.object({ result_code: decidingText, error_code: decidingText, error_message: shownText });

export type WireOrder = z.infer<typeof orderSchema>;
export type WireBusiness = z.infer<typeof businessSchema> & { readonly order: WireOrder };
export type WireAnswerFields = z.infer<typeof answerSchema> & { readonly business: WireBusiness | null };

/** The answer in a body, or null where it is none of this gateway's. */
export function readWire(body: Uint8Array): WireAnswerFields | null {
  const json = readJsonObject(body);
  const answer = answerSchema.safeParse(json);
  if (json === null || !answer.success || answer.data.result_code === '') return null;
  const response = json['biz_response'] ?? null;
  if (response === null) return { ...answer.data, business: null };
  const business = isJsonObject(response) ? readBusiness(response) : null;
  return business && { ...answer.data, business };
}

/** The business part: the order nested in `data` as the examples have it, or flat as the table lists it (ERRATA). */
function readBusiness(response: JsonObject): WireBusiness | null {
  const data = response['data'] ?? null;
  // `data: ""` is how some answers leave it unset; a list or a text would be another answer than the document's.
  if (data !== null && data !== '' && !isJsonObject(data)) return null;
  const business = businessSchema.safeParse(response);
  const order = orderSchema.safeParse(isJsonObject(data) ? data : response);
  return business.success && order.success ? { ...business.data, order: order.data } : null;
}
