/** Poslink's answers as a zod schema; the names are FIELD's and those of UMS' public page, whose versions differ. */
import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';

const answerSchema = z.object({
  errCode: decidingText,
  errInfo: shownText,
  queryResCode: decidingText,
  queryResDesc: shownText,
  merchantOrderId: decidingText,
  orderId: decidingText,
  refundRequestId: decidingText,
  originalTransactionAmount: decidingText,
  transactionAmount: decidingText,
  totalAmount: decidingText,
  originalAmount: decidingText,
  thirdPartyOrderId: shownText,
  thirdPartyBuyerId: shownText,
});

export type PoslinkAnswer = z.infer<typeof answerSchema>;

/** The answer, or null where it is none of poslink's. */
export function poslinkAnswer(json: JsonObject): PoslinkAnswer | null {
  const answer = answerSchema.safeParse(json);
  return answer.success && answer.data.errCode !== '' ? answer.data : null;
}
