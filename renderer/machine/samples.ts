/** Payments, statuses and scans for tests and pictures of the screens: one believable shop on one believable day. */
import { message } from '../../core/contract/messages.ts';
import type {
  Amount, AttemptStateName, Instant, OpenPayments, PaymentDetail, PaymentView, ReceiptDocument, ScanSeen, TillStatus, TimelineEntry, Verdict, Wallet,
} from '../../core/contract/types.ts';

/** 2025-11-20 10:42:07 in Shanghai. */
export const sampleNow: Instant = Date.UTC(2025, 10, 20, 2, 42, 7);

const ready = { light: 'ready', message: null } as const;
export const shouqianba = { id: 'shouqianba', names: { 'zh-CN': '收钱吧', en: 'Shouqianba' } } as const;
export const omipay = { id: 'omipay', names: { 'zh-CN': 'Omipay', en: 'Omipay' } } as const;

/** An amount in fen. */
export function yuan(minor: number): Amount {
  return { minor, currency: 'CNY' };
}

export const chenXiao = { operatorId: 'o-02', name: '陈晓' } as const;

export function sampleStatus(change: Partial<TillStatus> = {}): TillStatus {
  return {
    version: '1.0', training: false, phoneUrl: null, storeName: '南门便利店', terminalId: 'T01', timezone: 'Asia/Shanghai', locale: 'zh-CN',
    currency: 'CNY', maximumAmount: { minor: 5_000_000, currency: 'CNY' }, phase: 'ready', stopMessage: null, recovery: { open: 0, asked: 0 },
    openCount: 1, scanner: { ...ready, present: true }, printer: { ...ready, present: true },
    gateways: [{ ...ready, ...shouqianba }, { ...ready, ...omipay }], journal: ready, notifications: null,
    clockCheckedAt: sampleNow - 120_000, staff: { state: 'none', person: null, pinDigits: 4, triesLeft: 5, waitUntil: null }, shift: null, shiftNeeded: false,
    cash: { on: false, roundTo: yuan(1), notes: [100, 500, 1000, 2000, 5000, 10000].map(yuan) }, refund: { reasons: [], approvalAbove: yuan(5000) },
    showing: true,
    tasks: [], restored: false, dayChangeHour: 0, ...change,
  };
}

const verdicts: Readonly<Record<AttemptStateName, Verdict>> = {
  submitting: 'notKnownYet', waitingForPayer: 'notKnownYet', unknown: 'notKnownYet', reversing: 'notKnownYet', review: 'notKnownYet',
  paid: 'paid', declined: 'notPaid', reversed: 'notPaid', settled: 'paid', lapsed: 'notKnownYet',
};

export function samplePayment(state: AttemptStateName, change: Partial<PaymentView> = {}): PaymentView {
  const startedAt = change.startedAt ?? sampleNow;
  const amount = change.amount ?? yuan(3850);
  const none = { minor: 0, currency: amount.currency };
  return {
    paymentId: 'p-0418', number: 'T01-251120-0418', saleRef: null, amount, state, verdict: verdicts[state],
    open: verdicts[state] === 'notKnownYet', quiet: false, orderNumberEntry: 'none', gateway: shouqianba.id, gatewayNames: shouqianba.names, attemptRef: 'T01251120104207K7QXM2R9D4',
    gatewayRef: '7895259485470412', walletRef: null, wallet: 'wechat', direction: 'scan', shownCode: null, last4: '4417', charged: null, disputed: false, startedAt, changedAt: startedAt,
    paidAt: state === 'paid' ? startedAt : null, declineReason: null, reviewReason: null, message: null, gatewayCode: null, gatewayWords: null,
    canUndo: true, gaveUp: false, parked: false, notWanted: false, questionSeconds: 30, deadlineSeconds: 45, asked: 0, nextAt: null,
    undoTries: 0, undoTriesMost: 6, receipt: state === 'paid' ? 'printed' : 'none', likelyDuplicateOf: null, supportPhone: null,
    day: '2025-11-20', tender: 'gateway', cash: null, operator: chenXiao, foreign: false, settled: null, refunds: [],
    refundable: { left: state === 'paid' ? amount : none, refunded: none, open: none, wholeOnly: false, refusal: null, outsideAllowed: false }, ...change,
  };
}

export function sampleDeclined(change: Partial<PaymentView> = {}): PaymentView {
  return samplePayment('declined', {
    declineReason: 'insufficientBalance', message: message('insufficientBalance'), gatewayCode: 'PAY_FAIL', gatewayWords: 'ACCOUNT_BALANCE_NOT_ENOUGH', ...change,
  });
}

export function sampleCode(change: Partial<Extract<ScanSeen, { kind: 'paymentCode' }>> = {}): Extract<ScanSeen, { kind: 'paymentCode' }> {
  return { kind: 'paymentCode', scanId: 'scan-1', wallet: 'wechat', last4: '4417', digits: 18, expiresAt: sampleNow + 30_000, ...change };
}

interface SampleRow {
  readonly minutesAgo: number;
  readonly minor: number;
  readonly wallet: Wallet;
  readonly last4: string;
  readonly state: AttemptStateName;
}

const rows: readonly SampleRow[] = [
  { minutesAgo: 1, minor: 1200, wallet: 'wechat', last4: '0932', state: 'paid' },
  { minutesAgo: 3, minor: 5680, wallet: 'alipay', last4: '7720', state: 'paid' },
  { minutesAgo: 6, minor: 850, wallet: 'wechat', last4: '1185', state: 'declined' },
  { minutesAgo: 7, minor: 850, wallet: 'alipay', last4: '3301', state: 'paid' },
  { minutesAgo: 11, minor: 2600, wallet: 'wechat', last4: '6604', state: 'review' },
  { minutesAgo: 14, minor: 10320, wallet: 'unionpay', last4: '2279', state: 'paid' },
  { minutesAgo: 18, minor: 1790, wallet: 'wechat', last4: '5117', state: 'paid' },
];

export const sampleRecent: readonly PaymentView[] = rows.map((row, index) => samplePayment(row.state, {
  paymentId: `p-${index}`, number: `T01-251120-04${17 - index}`, amount: { minor: row.minor, currency: 'CNY' }, wallet: row.wallet, last4: row.last4,
  startedAt: sampleNow - row.minutesAgo * 60_000,
}));

export function sampleReview(change: Partial<PaymentView> = {}): PaymentView {
  return samplePayment('review', {
    paymentId: 'p-0409', number: 'T01-251120-0409', amount: { minor: 2600, currency: 'CNY' }, last4: '6604', startedAt: sampleNow - 615_000,
    gatewayRef: '7895259485469125', reviewReason: 'reversalFailed', message: message('reversalFailed', { gateway: shouqianba.id, n: '6' }),
    undoTries: 6, asked: 10, nextAt: sampleNow + 168_000, supportPhone: '400-668-8200', ...change,
  });
}

export const sampleOpen: OpenPayments = {
  open: [
    sampleReview(),
    samplePayment('reversing', {
      paymentId: 'p-0414', number: 'T01-251120-0414', amount: { minor: 11800, currency: 'CNY' }, wallet: 'alipay', last4: '2093', parked: true,
      startedAt: sampleNow - 207_000, undoTries: 4, nextAt: sampleNow + 16_000,
    }),
    samplePayment('unknown', {
      paymentId: 'p-0416', number: 'T01-251120-0416', amount: { minor: 1450, currency: 'AUD' }, last4: '5117', gateway: omipay.id, gatewayNames: omipay.names, parked: true,
      startedAt: sampleNow - 102_000, asked: 12, nextAt: sampleNow + 3_000, canUndo: false,
    }),
  ],
  quiet: [],
  settledToday: { paid: 3, undone: 1, longestSeconds: 72 },
  chain: 'whole',
};

export const sampleQuiet: readonly PaymentView[] = [3850, 1200, 6400].map((minor, index) => samplePayment('review', {
  paymentId: `q-${index}`, number: `T01-251120-042${index}`, amount: { minor, currency: 'CNY' }, direction: 'show', wallet: 'other', last4: null,
  reviewReason: 'codeNotClosed', quiet: true, open: false, message: message('codeNotClosed'),
  startedAt: sampleNow - (index * 86_400 + 1_500) * 1000, nextAt: sampleNow + (index + 1) * 3_900_000,
}));

type Line = readonly [seconds: number, by: TimelineEntry['by'], what: TimelineEntry['what'], detail?: string, count?: number];

function timeline(start: Instant, lines: readonly Line[]): readonly TimelineEntry[] {
  return lines.map(([seconds, by, what, detail, count], index) => ({
    at: start + Math.round(seconds * 1000), sequence: 17866 + index, by, what, count: count ?? 1, detail: detail ?? null, person: null, refundRef: null, amount: null,
  }));
}

export function sampleDetail(payment: PaymentView): PaymentDetail {
  const lines: readonly Line[] = payment.quiet ? quietLines : payment.state === 'review' ? reviewLines : waitingLines;
  return { payment, timeline: timeline(payment.startedAt, lines), receipt: payment.verdict === 'paid' ? sampleReceipt : null };
}

const reviewLines: readonly Line[] = [
  [0.108, 'till', 'journaled'], [0.117, 'till', 'sent', 'T01251120103152418K7Q'], [15.119, 'unknown', 'noAnswer', '15 s'],
  [15.34, 'gateway', 'asked', 'IN_PROG', 10], [30.006, 'person', 'keptWaiting'], [45.121, 'till', 'deadline'],
  [45.602, 'unknown', 'undoSent', '2 · 4 · 8 · 16 · 32 s', 6], [169.377, 'unknown', 'handedToPerson'],
];
const quietLines: readonly Line[] = [
  [0.2, 'till', 'journaled'], [0.3, 'till', 'codeAsked'], [0.9, 'gateway', 'codeShown'], [240, 'till', 'deadline'], [255, 'unknown', 'undoSent', '2 · 4 · 8 · 16 · 32 s', 6],
  [317, 'gateway', 'asked', 'CREATED', 2],
];
const waitingLines: readonly Line[] = [
  [0.1, 'till', 'journaled', 'T01-251120-0418'], [0.11, 'till', 'sent'], [1.2, 'gateway', 'answerWaiting', 'IN_PROG'],
  [4.2, 'gateway', 'asked', 'IN_PROG'], [7.2, 'gateway', 'asked', 'IN_PROG'], [10.2, 'gateway', 'asked', 'IN_PROG'],
];

const plain = { align: 'left', bold: false, size: 1 } as const;

export const sampleReceipt: ReceiptDocument = {
  blocks: [
    { type: 'text', text: '南门便利店', align: 'center', bold: true, size: 2 },
    { type: 'text', text: '2025-11-20 10:42:19', ...plain, align: 'center' },
    { type: 'rule', style: 'dashed' },
    { type: 'row', left: '收款成功', right: '¥38.50', bold: true, size: 2 },
    { type: 'row', left: '钱包', right: '微信 •• 4417', bold: false, size: 1 },
    { type: 'row', left: '网关', right: '收钱吧', bold: false, size: 1 },
    { type: 'row', left: '小票号', right: 'T01-251120-0418', bold: false, size: 1 },
    { type: 'rule', style: 'dashed' },
    { type: 'barcode', text: 'T01251120104207K7QXM2R9D4' },
    { type: 'qr', text: 'T01251120104207K7QXM2R9D4' },
    { type: 'text', text: '谢谢', ...plain, align: 'center' },
    { type: 'feed', lines: 3 },
    { type: 'cut' },
  ],
};
