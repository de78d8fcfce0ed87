/** The aggregator's answers as zod schemas, tolerant where the document and its examples differ (document 5.1, 5.4, ERRATA). */
import { z } from 'zod';
import { isJsonObject, readJsonObject } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';

/** What stands in `data`; `''` where unset. */
const orderSchema = z.object({
  order_no: decidingText,
  platform_order_no: decidingText,
  pay_status: decidingText,
  amount: decidingText,
  redirect_url: decidingText,
  bank_code: shownText,
});

const answerSchema = z.object({ status: decidingText, message: shownText });

export type WireOrder = z.infer<typeof orderSchema>;
export type WireAnswerFields = z.infer<typeof answerSchema> & { /** Null where no order is described. */ readonly order: WireOrder | null };

/** The answer in a body, or null where it is none of this gateway's. */
export function readWire(body: Uint8Array): WireAnswerFields | null {
  const json = readJsonObject(body);
  const answer = answerSchema.safeParse(json);
  if (json === null || !answer.success || answer.data.status === '') return null;
  const data = json['data'] ?? null;
  // On errors `data` is absent or an empty list; anything else that is no object is another answer than the document's.
  if (data === null || data === '' || (Array.isArray(data) && data.length === 0)) return { ...answer.data, order: null };
  const order = isJsonObject(data) ? orderSchema.safeParse(data) : null;
  return order?.success === true ? { ...answer.data, order: order.data } : null;
}
