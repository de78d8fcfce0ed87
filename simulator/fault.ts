/** Everything that can go wrong between a request's arrival and its answer, as data. */
import { z } from 'zod';

const seconds = z.number().min(0).max(86_400);
/** True: the gateway did what it was asked before the fault. */
const processed = z.boolean();

export const alterations = ['wrongAmount', 'wrongReference', 'blankKey', 'otherTypes', 'otherNesting', 'unlistedStatus', 'smallerNet'] as const;
/** An otherwise true answer, bent. */
export type Alteration = (typeof alterations)[number];

/** What a refund alone can be answered with. */
export const refundSayings = [
  'refundError', 'refundNoop', 'refundConflict', 'refundFail', 'shopBalanceShort', 'refundOrderState', 'refundTooOld', 'refundOverLimit', 'notRefundable', 'unlistedError',
] as const;
export type RefundSaying = (typeof refundSayings)[number];

export const sayings = ['notExist', 'inProgress', 'alreadyKnown', 'cancelError', 'cancelAbortError', 'systemError', ...refundSayings] as const;
/** Something that the gateway says whatever the truth is. */
export type Saying = (typeof sayings)[number];

export const faultSchema = z.discriminatedUnion('kind', [
  /** The connection dies before anything was read. */
  z.strictObject({ kind: z.literal('requestLost') }),
  /** Processed; the connection dies without an answer. */
  z.strictObject({ kind: z.literal('answerLost') }),
  /** Processed at once, answered later. */
  z.strictObject({ kind: z.literal('answerLate'), seconds }),
  /** Held somewhere and processed only later, then answered if anybody is still there. Queries overtake it. */
  z.strictObject({ kind: z.literal('processedLate'), seconds }),
  /** The connection dies at once, and the request is processed later all the same. */
  z.strictObject({ kind: z.literal('lostThenProcessed'), seconds }),
  /** Processed; half of the body, then the connection dies. */
  z.strictObject({ kind: z.literal('cutInHalf') }),
  /** The socket stays open and silent. */
  z.strictObject({ kind: z.literal('silent'), processed }),
  /** A page of a proxy with that status, no gateway's answer. */
  z.strictObject({ kind: z.literal('httpStatus'), status: z.number().int().min(200).max(599), processed }),
  z.strictObject({ kind: z.literal('garbage'), processed }),
  z.strictObject({ kind: z.literal('emptyAnswer'), processed }),
  /** The network delivers the request twice; the answer is the second one's. */
  z.strictObject({ kind: z.literal('processedTwice') }),
  /** The answer's body comes twice in one. */
  z.strictObject({ kind: z.literal('answerTwice') }),
  z.strictObject({ kind: z.literal('altered'), how: z.enum(alterations) }),
  z.strictObject({ kind: z.literal('says'), what: z.enum(sayings), processed }),
  /** Any body at all, for what is not listed here. */
  z.strictObject({ kind: z.literal('answers'), status: z.number().int().min(200).max(599), body: z.string().max(100_000), processed }),
  /** The payer pays in the moment in which this request arrives; it then takes its normal way. */
  z.strictObject({ kind: z.literal('paidFirst') }),
  /** The payer pays in the moment in which this cancel arrives, and the cancel fails. */
  z.strictObject({ kind: z.literal('paidInstead') }),
]);

export type Fault = z.infer<typeof faultSchema>;
