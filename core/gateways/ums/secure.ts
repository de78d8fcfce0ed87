/**
 * Guaranteed payments, for integrators: completing one (document 1.6) lets UMS settle it, cancelling it (1.5) gives the money
 * back. The till makes no such orders itself; `secureTransaction` of an order (orders.ts) does.
 */
import type { Amount } from '../../money/amount.ts';
import { minorFromWire } from '../../money/amount.ts';
import type { WireAnswer, WireRequest } from '../../ports.ts';
import type { Evidence, Moment, RefundRefusal, UnknownWhy } from '../gateway.ts';
import { rowOf } from '../wire-fields.ts';
import { evidenceOf } from './order.ts';
import type { UmsSettings } from './settings.ts';
import { netpayRequest } from './signed-request.ts';
import { errorCodes, secureStatuses } from './table.ts';
import { readWire, type WireAnswerFields } from './wire.ts';

/** What came of completing or cancelling. */
export type SecureResult =
  /** Settled from tomorrow on; what isn't completed goes back to the payer. */
  | { readonly kind: 'completed'; readonly part: boolean; readonly completed: Amount; readonly evidence: Evidence }
  /** All of it goes back to the payer. */
  | { readonly kind: 'cancelled'; readonly evidence: Evidence }
  /** Still neither. */
  | { readonly kind: 'uncompleted'; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly reason: RefundRefusal; readonly evidence: Evidence }
  /** It may have been carried out: a query of the order says. */
  | { readonly kind: 'unknown'; readonly why: UnknownWhy; readonly evidence: Evidence };

/** The guaranteed order that is meant: its number and its whole amount. */
export interface SecureOrder {
  readonly merOrderId: string;
  readonly totalAmount: Amount;
}

/** Document 1.6.3: `completed` is 1 fen up to the whole. Throws on any other. */
export function buildSecureComplete(order: SecureOrder, completed: Amount, settings: UmsSettings, moment: Moment): WireRequest {
  const isPossible = completed.currency === 'CNY' && Number.isSafeInteger(completed.minor) && completed.minor >= 1 && completed.minor <= order.totalAmount.minor;
  if (!isPossible) throw new Error('completedAmount is 1 fen up to what was paid');
  return netpayRequest('secure-complete', { merOrderId: order.merOrderId, completedAmount: completed.minor }, settings, moment);
}

/** Document 1.5.3. */
export function buildSecureCancel(order: SecureOrder, settings: UmsSettings, moment: Moment): WireRequest {
  return netpayRequest('secure-cancel', { merOrderId: order.merOrderId }, settings, moment);
}

/** The answer to completing `completed` of it; total. */
export function readSecureComplete(order: SecureOrder, completed: Amount, answer: WireAnswer): SecureResult {
  return read('complete', order, completed, answer);
}

/** The answer to cancelling; total. HAS_CANCELLED is what a repeat hears (1.5.4). */
export function readSecureCancel(order: SecureOrder, answer: WireAnswer): SecureResult {
  return read('cancel', order, null, answer);
}

function read(call: 'complete' | 'cancel', order: SecureOrder, completed: Amount | null, answer: WireAnswer): SecureResult {
  const wire = readWire(answer.body);
  if (wire === null) return { kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } };
  const evidence = evidenceOf(wire, wire.secureStatus, null);
  const meaning = rowOf(errorCodes, wire.errCode)?.[call];
  if (meaning === undefined) return { kind: 'unknown', why: 'unlisted', evidence };
  if (meaning.kind === 'unknown') return { kind: 'unknown', why: meaning.why, evidence };
  if (isOthers(order, wire)) return { kind: 'unknown', why: 'mismatch', evidence };
  const state = wire.secureStatus === '' ? null : rowOf(secureStatuses, wire.secureStatus)?.means;
  switch (meaning.kind) {
    case 'done':
      return stateResult(order, completed, wire, evidence);
    case 'cancelled':
      return state === null || state === 'cancelled' ? { kind: 'cancelled', evidence } : { kind: 'unknown', why: 'gatewayUnsure', evidence };
    case 'refused':
      return { kind: 'refused', reason: meaning.reason, evidence };
    case 'notFound':
      return { kind: 'unknown', why: 'gatewayUnsure', evidence };
  }
}

/** SUCCESS says that the call was carried out; `secureStatus` says what came of it, with the order named (document 2.4). */
function stateResult(order: SecureOrder, completed: Amount | null, wire: WireAnswerFields, evidence: Evidence): SecureResult {
  const state = rowOf(secureStatuses, wire.secureStatus)?.means;
  if (state === undefined) return { kind: 'unknown', why: wire.secureStatus === '' ? 'gatewayUnsure' : 'unlisted', evidence };
  if (wire.merOrderId !== order.merOrderId) return { kind: 'unknown', why: 'mismatch', evidence };
  switch (state) {
    case 'uncompleted':
      return { kind: 'uncompleted', evidence };
    case 'cancelled':
      return completed === null ? { kind: 'cancelled', evidence } : { kind: 'unknown', why: 'gatewayUnsure', evidence };
    case 'partlyCompleted':
    case 'completed':
      return completedResult(order, completed, state === 'partlyCompleted', wire, evidence);
  }
}

/** Completed as asked for: this sum, and "in part" only where it is one. */
function completedResult(order: SecureOrder, completed: Amount | null, part: boolean, wire: WireAnswerFields, evidence: Evidence): SecureResult {
  // Asked to cancel, and told that it was completed: the money is the shop's.
  if (completed === null) return { kind: 'refused', reason: 'orderState', evidence };
  const agrees = minorFromWire(wire.completedAmount) === completed.minor && part === completed.minor < order.totalAmount.minor;
  return agrees ? { kind: 'completed', part, completed, evidence } : { kind: 'unknown', why: 'mismatch', evidence };
}

function isOthers(order: SecureOrder, wire: WireAnswerFields): boolean {
  if (wire.merOrderId !== '' && wire.merOrderId !== order.merOrderId) return true;
  return wire.totalAmount !== '' && minorFromWire(wire.totalAmount) !== order.totalAmount.minor;
}
