/** Cash, refunds and found payments for tests and pictures of the screens, beside samples.ts and of the same day. */
import { message } from '../../core/contract/messages.ts';
import type { CashTaken, FindHit, ForeignOrder, PaymentDetail, PaymentView, PersonName, RefundPlan, RefundStateName, RefundView, Role, ScanSeen, TillStatus, TimelineEntry } from '../../core/contract/types.ts';
import { chenXiao, sampleNow, samplePayment, sampleReceipt, sampleReview, shouqianba, yuan } from './samples.ts';

export const liWei: PersonName = { operatorId: 'o-01', name: '李薇' };

/** A shop with people, an open shift and a drawer: Chen Xiao stands at the till. */
export const staffed: Partial<TillStatus> = {
  staff: { state: 'signedIn', person: { ...chenXiao, role: 'cashier' }, pinDigits: 4, triesLeft: 5, waitUntil: null },
  shift: { number: 214, openedAt: sampleNow - 3_600_000, by: chenXiao }, shiftNeeded: true,
  cash: { on: true, roundTo: yuan(10), notes: [100, 500, 1000, 2000, 5000, 10000].map(yuan) },
};

export const sampleBadge: Extract<ScanSeen, { kind: 'badge' }> = { kind: 'badge', scanId: 'scan-badge', person: { ...liWei, role: 'owner' satisfies Role } };

export function sampleCash(change: Partial<CashTaken> = {}): PaymentView {
  const cash: CashTaken = { received: yuan(5000), change: yuan(1150), roundingMinor: 0, due: yuan(3850), returned: false, ...change };
  return samplePayment('paid', {
    paymentId: 'p-0419', number: 'T01-251120-0419', tender: 'cash', cash, gateway: 'cash', gatewayNames: { 'zh-CN': '现金', en: 'Cash' }, gatewayRef: null, walletRef: null, last4: null, receipt: 'none',
    startedAt: sampleNow + 115_000, paidAt: sampleNow + 115_000, amount: yuan(3850),
  });
}

/** 41.00 by Alipay, an hour before: what the refund screens give back. */
export function sampleSale(change: Partial<PaymentView> = {}): PaymentView {
  const startedAt = sampleNow - 2_626_000;
  return samplePayment('paid', {
    paymentId: 'p-0386', number: 'T01-251120-0386', amount: yuan(4100), wallet: 'alipay', last4: '7720', startedAt, paidAt: startedAt, gatewayRef: '7895259485441906', ...change,
  });
}

export function sampleRefund(state: RefundStateName, change: Partial<RefundView> = {}): RefundView {
  const open = state === 'submitting' || state === 'unknown' || state === 'pending' || state === 'review';
  return {
    refundRef: 'T01251120110640R1K7QX', paymentId: 'p-0386', attemptRef: 'T01251120095821K7QXM2R9D4', amount: yuan(4100), state, open, settledAs: null, way: 'gateway', reason: '顾客退货', by: chenXiao, approvedBy: chenXiao,
    gatewayRefundRef: null, startedAt: sampleNow, changedAt: sampleNow, asked: 0, nextAt: null, message: null, gatewayCode: null, gatewayWords: null, ...change,
  };
}

/** As the till has it: these refusals let what was given back elsewhere be recorded. */
function isForGood({ state, message: said }: RefundView): boolean {
  return state === 'refused' && (said?.key === 'refundRefusedOld' || said?.key === 'refundRefusedState' || said?.key === 'refundRefusedBalance' || said?.key === 'refundRefusedAmount');
}

/** The sale with this one refund, and what that leaves. */
export function refundedSale(refund: RefundView, change: Partial<PaymentView> = {}): PaymentView {
  const sale = sampleSale(change);
  const none = yuan(0);
  const refunded = refund.state === 'refunded' ? refund.amount : none;
  const open = refund.open ? refund.amount : none;
  const refusal = refund.open ? message('refundOpen') : null;
  return { ...sale, changedAt: refund.changedAt, refunds: [refund], refundable: { left: yuan(sale.amount.minor - refunded.minor - open.minor), refunded, open, wholeOnly: false, refusal, outsideAllowed: isForGood(refund) } };
}

export function samplePlan(payment: PaymentView = sampleSale(), change: Partial<RefundPlan> = {}): RefundPlan {
  return { payment, refundable: payment.refundable, reasons: [], approvalAbove: yuan(5000), way: payment.tender === 'cash' ? 'cash' : 'gateway', ...change };
}

export function sampleScannedReceipt(payment: PaymentView = sampleSale()): Extract<ScanSeen, { kind: 'receipt' }> {
  return { kind: 'receipt', paymentId: payment.paymentId, number: payment.number, amount: payment.amount, verdict: payment.verdict };
}

export function sampleForeign(change: Partial<ForeignOrder> = {}): ForeignOrder {
  return {
    lookUpId: 'look-1', gateway: shouqianba.id, gatewayNames: shouqianba.names, attemptRef: 'T02251120091203M2R9D4K7QX', gatewayRef: '7895259485440377', walletRef: null, wallet: 'alipay',
    amount: yuan(4100), paidAt: sampleNow - 5_404_000, refusal: null, ...change,
  };
}

/** Undone, and then the gateway said paid: the one key gives it back. */
export function sampleTurned(change: Partial<PaymentView> = {}): PaymentView {
  return sampleReview({
    reviewReason: 'paidAfterUndo', message: message('paidAfterUndo', { gateway: shouqianba.id, amount: '¥26.00' }),
    refundable: { left: yuan(2600), refunded: yuan(0), open: yuan(0), wholeOnly: false, refusal: null, outsideAllowed: false }, ...change,
  });
}

const days = 86_400_000;

/** Five payments that 4417 finds, each by something else. */
export const sampleHits: readonly FindHit[] = [
  hit(samplePayment('paid', { refunds: [sampleRefund('refunded', { amount: yuan(3850) })], refundable: { left: yuan(0), refunded: yuan(3850), open: yuan(0), wholeOnly: false, refusal: message('refundNothingLeft'), outsideAllowed: false } }), 'last4', '4417', 0),
  hit(samplePayment('paid', { paymentId: 'p-h2', amount: yuan(1200), startedAt: sampleNow - days + 27_480_000 }), 'last4', '4417', 0),
  hit(samplePayment('paid', { paymentId: 'p-h3', amount: yuan(8600), wallet: 'alipay', last4: '2093', startedAt: sampleNow - 2 * days - 5_400_000, gatewayRef: '7895259485904417' }), 'gatewayRef', '7895259485904417', 12),
  hit(samplePayment('declined', { paymentId: 'p-h4', number: 'T01-251114-4417', amount: yuan(750), wallet: 'unionpay', last4: '8106', startedAt: sampleNow - 6 * days + 37_380_000 }), 'number', 'T01-251114-4417', 11),
  hit(samplePayment('paid', { paymentId: 'p-h5', amount: yuan(4417), wallet: 'alipay', last4: '5031', startedAt: sampleNow - 18 * days + 6_540_000 }), 'amount', '4417', 0),
];

function hit(payment: PaymentView, matched: FindHit['matched'], text: string, from: number): FindHit {
  return { payment, matched, text, from, length: 4, exact: false };
}

/** 128.60, refunded in part, and a second refund without an answer. */
export function sampleStory(): PaymentDetail {
  const startedAt = sampleNow + 39_711_000;
  const [refunded, open] = [
    sampleRefund('refunded', { refundRef: 'R-1', amount: yuan(3850), startedAt: startedAt + 492_000 }),
    sampleRefund('unknown', { refundRef: 'R-2', amount: yuan(2000), reason: '金额收错', approvedBy: liWei, startedAt: startedAt + 1_066_000, asked: 2, nextAt: startedAt + 1_500_000 }),
  ];
  const payment = samplePayment('paid', {
    paymentId: 'p-0438', number: 'T01-251120-0438', amount: yuan(12860), wallet: 'unionpay', last4: '6651', startedAt, paidAt: startedAt + 33_000, operator: liWei, attemptRef: 'T01251120214418K7QXM2R9D4WB5NEHC', walletRef: '0525112021440193328',
    refunds: [refunded, open], refundable: { left: yuan(7010), refunded: yuan(3850), open: yuan(2000), wholeOnly: false, refusal: message('refundOpen'), outsideAllowed: false },
  });
  const line = (seconds: number, by: TimelineEntry['by'], what: TimelineEntry['what'], rest: Partial<TimelineEntry> = {}): TimelineEntry => ({
    at: startedAt + Math.round(seconds * 1000), sequence: 18_170 + Math.round(seconds), by, what, person: null, refundRef: null, amount: null, count: 1, detail: null, ...rest,
  });
  return {
    payment, receipt: sampleReceipt,
    timeline: [
      line(0.204, 'till', 'journaled', { detail: 'T01-251120-0438' }), line(0.21, 'till', 'sent'), line(2.3, 'gateway', 'answerDeclined', { amount: yuan(12860), detail: 'ACCOUNT_BALANCE_NOT_ENOUGH' }),
      line(26.611, 'till', 'journaled', { detail: 'T01-251120-0438' }), line(26.7, 'till', 'sent'), line(33.09, 'gateway', 'answerPaid', { amount: yuan(12860) }),
      line(492.377, 'person', 'refundJournaled', { refundRef: 'R-1', person: '陈晓' }), line(492.4, 'till', 'refundSent', { refundRef: 'R-1' }), line(493.902, 'gateway', 'refundDone', { refundRef: 'R-1', amount: yuan(3850) }),
      line(1066.015, 'person', 'refundJournaled', { refundRef: 'R-2', person: '陈晓' }), line(1066.1, 'till', 'refundSent', { refundRef: 'R-2' }), line(1081.016, 'unknown', 'noAnswer', { refundRef: 'R-2', amount: yuan(2000), detail: '15 s' }),
    ],
  };
}
