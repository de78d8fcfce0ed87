/** Which request each call of the till is (document 1); how it is signed is `signed-request.ts`. */
import type { WireRequest } from '../../ports.ts';
import type { AttemptFacts, Call, Moment } from '../gateway.ts';
import { textForWire } from '../words.ts';
import { buildOrder } from './orders.ts';
import { buildPoslink, isPoslinks } from './poslink.ts';
import type { UmsSettings } from './settings.ts';
import { netpayRequest, type Fields } from './signed-request.ts';

/** How much longer than it is shown a code may be paid: long enough to close it, and no more (document 1.1.3, `expireTime`). */
const closingSeconds = 60;

/** The request of one call. Throws only where the till asks for what can't be, such as charging a code without poslink. */
export function buildRequest(call: Call, attempt: AttemptFacts, settings: UmsSettings, moment: Moment): WireRequest {
  if (isPoslinks(attempt, settings)) return buildPoslink(call, attempt, settings, moment);
  if (attempt.amount.currency !== 'CNY') throw new Error(`UMS counts in fen, not in ${attempt.amount.currency}`);
  switch (call) {
    case 'pay':
      throw new Error('UMS charges codes through poslink alone, and no code that it shows');
    case 'present':
      return presentRequest(attempt, settings, moment);
    case 'query':
      return netpayRequest('query', { merOrderId: attempt.attemptRef }, settings, moment);
    case 'reverse':
      return netpayRequest('close', { merOrderId: attempt.attemptRef }, settings, moment);
    case 'refund':
      return netpayRequest('refund', refundFields(attempt), settings, moment);
    case 'queryRefund':
      return netpayRequest('refund-query', queryRefundFields(attempt), settings, moment);
  }
}

/** Document 1.1: the order whose answer has a code to show. */
function presentRequest(attempt: AttemptFacts, settings: UmsSettings, moment: Moment): WireRequest {
  const { presentSeconds } = attempt;
  return buildOrder('alipayCode', {
    merOrderId: attempt.attemptRef,
    totalAmount: attempt.amount,
    orderDesc: textForWire(attempt.subject, 255),
    ...(presentSeconds === null ? {} : { expiresAt: moment.now + (presentSeconds + closingSeconds) * 1000 }),
  }, settings, moment);
}

/** Document 1.3.3. Every transmission of one refund has the same number, so that it stays one refund. */
function refundFields(attempt: AttemptFacts): Fields {
  const { refund } = attempt;
  if (refund === null) throw new Error('a refund needs its number and amount');
  if (refund.amount.currency !== 'CNY') throw new Error(`UMS counts in fen, not in ${refund.amount.currency}`);
  return { merOrderId: attempt.attemptRef, refundAmount: refund.amount.minor, refundOrderId: refund.refundRef };
}

/** Document 1.4.3: its `merOrderId` is the number of the refund (ERRATA). */
function queryRefundFields(attempt: AttemptFacts): Fields {
  if (attempt.refund === null) throw new Error('a refund needs its number to be asked for');
  return { merOrderId: attempt.refund.refundRef };
}
