/** UMS' answers as zod schemas, tolerant where the document, its examples and captured answers differ (document 1.1 to 1.7). */
import { z } from 'zod';
import { isJsonObject, readJsonObject, type JsonObject } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';

const answerSchema = z.object({
  errCode: decidingText,
  errMsg: shownText,
  mid: decidingText,
  merOrderId: decidingText,
  /** Fen, as a number or as text. */
  totalAmount: decidingText,
  status: decidingText,
  seqId: shownText,
  /** The wallet's own number of the payment. */
  targetOrderId: shownText,
  targetSys: shownText,
  buyerId: shownText,
  /** Present on unpaid orders too (FIELD): nothing is decided from its being there. */
  payTime: shownText,
  qrCode: decidingText,
  prepayId: shownText,
  refundOrderId: decidingText,
  refundStatus: decidingText,
  /** What this refund gave back, or all of them so far (ERRATA 1.3). */
  refundAmount: decidingText,
  refundTargetOrderId: shownText,
  secureStatus: decidingText,
  completedAmount: decidingText,
});

export type WireAnswerFields = z.infer<typeof answerSchema> & {
  /** What an app hands to its wallet; null where the answer has none. */
  readonly appPayRequest: JsonObject | null;
  readonly jsPayRequest: JsonObject | null;
  /** Whether any field has the word in its name and says anything. */
  readonly speaksOfRefund: boolean;
};

/** The answer in a body, or null where it is none of this gateway's. */
export function readWire(body: Uint8Array): WireAnswerFields | null {
  const json = readJsonObject(body);
  const answer = answerSchema.safeParse(json);
  if (json === null || !answer.success || answer.data.errCode === '') return null;
  return { ...answer.data, appPayRequest: objectIn(json, 'appPayRequest'), jsPayRequest: objectIn(json, 'jsPayRequest'), speaksOfRefund: speaksOfRefund(json) };
}

function objectIn(json: JsonObject, key: string): JsonObject | null {
  const value = json[key];
  return isJsonObject(value) ? value : null;
}

const saysNothing: ReadonlySet<unknown> = new Set<unknown>([null, '', '0', false]);

/** A query's answer has no such field (document 1.2.3); one that comes all the same isn't ignored where money depends on it (CASES 38). */
function speaksOfRefund(json: JsonObject): boolean {
  return Object.entries(json).some(([key, value]) => /refund/i.test(key) && !saysNothing.has(value));
}
