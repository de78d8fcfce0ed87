/** Refunds, cash and reports on paper: what must stand there in both languages, and that it fits every width. */
import { describe, expect, it } from 'vitest';
import { receiptText } from '../../native-bridge/printer/text.ts';
import { columnsOf } from '../../native-bridge/printer/characters.ts';
import { message } from '../contract/messages.ts';
import type { CashTaken, DayRow, DaySum, DrawerMove, Locale, PaymentView, RefundView, ShiftSums, XReport, ZReport } from '../contract/types.ts';
import { makeAmount, type Amount } from '../money/amount.ts';
import { cashLines, cashSlip } from './cash-receipt.ts';
import { dayReceipt } from './day-receipt.ts';
import type { ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { refundReceipt } from './refund-receipt.ts';
import { xReceipt, zReceipt } from './shift-receipt.ts';

const yuan = (minor: number): Amount => makeAmount(minor, 'CNY');
const chen = { operatorId: 'c1', name: '陈晓' };
const wang = { operatorId: 'o1', name: '王芳' };
const names = { shouqianba: { 'zh-CN': '收钱吧', en: 'Shouqianba' }, omipay: { 'zh-CN': 'Omipay', en: 'Omipay' } };
const noon = Date.parse('2026-11-21T04:00:00Z');

function shopOf(locale: Locale, more: Partial<ReceiptShop> = {}): ReceiptShop {
  return { storeName: locale === 'en' ? 'Corner shop' : '街角小店', terminalId: 'T01', timezone: 'Asia/Shanghai', locale, header: [], footer: [], training: false, ...more };
}

function payment(more: Partial<PaymentView> = {}): PaymentView {
  return {
    paymentId: 'p1', number: 'T01-261121-0386', saleRef: null, amount: yuan(9600), state: 'paid', verdict: 'paid', open: false, quiet: false,
    gateway: 'shouqianba', gatewayNames: names.shouqianba, attemptRef: 'A'.repeat(32), gatewayRef: '7894259244067344', walletRef: '4200002611212026', wallet: 'alipay', direction: 'scan', shownCode: null, orderNumberEntry: 'none', last4: '7720', charged: null, disputed: false,
    startedAt: noon - 1000, changedAt: noon, paidAt: noon, declineReason: null, reviewReason: null, message: null, gatewayCode: null, gatewayWords: null, canUndo: true,
    gaveUp: false, parked: false, notWanted: false, questionSeconds: 30, deadlineSeconds: 45, asked: 0, nextAt: null, undoTries: 0, undoTriesMost: 6, receipt: 'printed',
    likelyDuplicateOf: null, supportPhone: null, day: '2026-11-21', tender: 'gateway', cash: null, operator: chen, foreign: false, settled: null, refunds: [],
    refundable: { left: yuan(5500), refunded: yuan(4100), open: yuan(0), wholeOnly: false, refusal: null, outsideAllowed: false }, ...more,
  };
}

function refund(more: Partial<RefundView> = {}): RefundView {
  return {
    refundRef: 'R'.repeat(20), paymentId: 'p1', attemptRef: 'A'.repeat(32), amount: yuan(4100), state: 'refunded', open: false, settledAs: null, way: 'gateway', reason: '顾客退货',
    by: chen, approvedBy: wang, gatewayRefundRef: 'G-REFUND-9', startedAt: noon + 60_000, changedAt: noon + 65_000, asked: 0, nextAt: null, message: null, gatewayCode: null, gatewayWords: null, ...more,
  };
}

/** As it prints on 80 mm paper. */
function on80(document: ReceiptDocument): string {
  return receiptText(document, 48);
}

function fitsEveryWidth(document: ReceiptDocument): void {
  for (const columns of [32, 42, 48]) {
    for (const line of receiptText(document, columns).split('\n')) expect(columnsOf(line), `${columns}: ${line}`).toBeLessThanOrEqual(columns);
  }
}

function banners(document: ReceiptDocument): readonly string[] {
  return document.blocks.flatMap((block) => (block.type === 'banner' ? [block.text] : []));
}

describe('a refund on paper', () => {
  it('names what went back, the payment it belongs to with every reference, and what is left', () => {
    const document = refundReceipt(payment(), refund(), shopOf('en'), false);
    const text = on80(document);
    for (const part of ['Refunded', '-￥41.00', 'T01-261121-0386', '￥96.00', '2026-11-21 12:00:00', '2026-11-21 12:01:05', 'A'.repeat(32), '7894259244067344', '4200002611212026', 'R'.repeat(20), 'G-REFUND-9', 'Alipay ** 7720', '顾客退货', '陈晓', '王芳', 'wallet it came from, not in']) expect(text).toContain(part);
    expect(text).toMatch(/Can be refunded +￥55\.00/);
    expect(document.blocks).toContainEqual({ type: 'barcode', text: 'R'.repeat(20) });
    expect(document.blocks).toContainEqual({ type: 'qr', text: 'R'.repeat(20) });
    expect(document.blocks.some((block) => block.type === 'barcode' && block.text.startsWith('A'))).toBe(false);
    fitsEveryWidth(document);
  });

  it.each([
    ['pending', { state: 'pending', open: true }, ['Accepted, not arrived yet', 'GIVE NO CASH', 'Keep this slip']],
    ['pending after a lost answer', { state: 'pending', open: true, message: message('refundUnknown') }, ['Refund not known yet', 'GIVE NO CASH', 'it is refunded twice', 'Keep this slip']],
    ['unknown', { state: 'unknown', open: true, message: message('refundUnknown') }, ['Refund not known yet', 'GIVE NO CASH', 'it is refunded twice', 'Keep this slip']],
    ['review', { state: 'review', open: true, message: message('refundReview', { gateway: 'shouqianba' }) }, ['Refund not known yet', 'GIVE NO CASH', 'The owner calls Shouqianba']],
    ['refused', { state: 'refused', gatewayCode: 'E9', gatewayWords: 'not enough' }, ['Not refunded', 'Nothing was given back', 'E9 not enough']],
    ['settled as refunded', { state: 'settled', settledAs: 'refunded' }, ['Recorded as refunded']],
    ['settled as not refunded', { state: 'settled', settledAs: 'notRefunded' }, ['Recorded as not refunded']],
    ['outside', { way: 'outside', message: message('refundOutsideDone', { amount: '¥41.00' }) }, ['Recorded as given back elsewhere', 'Keep the proof']],
  ] as const)('%s says so, and never that the money arrived', (_name, more, parts) => {
    const document = refundReceipt(payment(), refund(more), shopOf('en'), false);
    const text = receiptText(document, 200);
    for (const part of parts) expect(text).toContain(part);
    expect(text).not.toMatch(/arrives now|\{|undefined|null/);
    fitsEveryWidth(document);
    fitsEveryWidth(refundReceipt(payment(), refund(more), shopOf('zh-CN'), false));
  });

  it('of a cash sale names the cash that was given, with a line to sign', () => {
    const sale = payment({ tender: 'cash', gateway: 'cash', gatewayNames: { 'zh-CN': '现金', en: 'Cash' }, wallet: 'other', last4: null, gatewayRef: null, walletRef: null });
    const text = on80(refundReceipt(sale, refund({ way: 'cash', gatewayRefundRef: null, approvedBy: null }), shopOf('zh-CN'), false));
    for (const part of ['已退现金', '已给现金', '￥41.00', '签名', '现金']) expect(text).toContain(part);
    expect(text).not.toMatch(/不退现金|不要给现金|通道|同意/);
  });

  it('shows what is under way, training twice and a copy as one', () => {
    const document = refundReceipt(payment({ refundable: { left: yuan(0), refunded: yuan(4100), open: yuan(5500), wholeOnly: false, refusal: null, outsideAllowed: false } }), refund(), shopOf('en', { training: true }), true);
    expect(on80(document)).toMatch(/Under way +￥55\.00/);
    expect(banners(document)).toEqual(['TRAINING · NO REAL MONEY', 'COPY', 'TRAINING · NO REAL MONEY', 'COPY']);
  });
});

describe('cash on paper', () => {
  const cash: CashTaken = { received: makeAmount(2000, 'AUD'), change: makeAmount(545, 'AUD'), roundingMinor: 2, due: makeAmount(1455, 'AUD'), returned: false };

  it('has received, change and rounding; without rounding no line of it', () => {
    const text = on80({ blocks: cashLines(cash, 'en') });
    expect(text).toMatch(/Rounding +\+A\$0\.02\nCash received +A\$20\.00\nChange +A\$5\.45/);
    expect(on80({ blocks: cashLines({ ...cash, roundingMinor: -3 }, 'en') })).toContain('-A$0.03');
    expect(on80({ blocks: cashLines({ ...cash, roundingMinor: 0 }, 'en') })).not.toContain('Rounding');
    expect(on80({ blocks: cashLines({ ...cash, returned: true }, 'zh-CN') })).toContain('没有收');
  });

  it.each([
    ['out', 6400, 'Cash out', '-￥64.00'],
    ['in', 10_000, 'Cash in', '￥100.00'],
  ] as const)('%s: a slip with the sum, the reason, the names and a line to sign', (direction, minor, word, sum) => {
    const move: DrawerMove = { at: noon, direction, amount: yuan(minor), reason: 'To the bank', by: chen, approvedBy: wang };
    const document = cashSlip(move, 214, shopOf('en', { training: true }));
    const text = on80(document);
    for (const part of [word, sum, 'To the bank', '陈晓', '王芳', '214', 'Signature', 'put it in the drawer', '2026-11-21 12:00:00']) expect(text).toContain(part);
    expect(banners(document)).toHaveLength(2);
    fitsEveryWidth(document);
  });

  it('an opening has no sum', () => {
    const text = on80(cashSlip({ at: noon, direction: 'opened', amount: yuan(0), reason: 'Change', by: chen, approvedBy: null }, 214, shopOf('zh-CN')));
    expect(text).toContain('开钱箱');
    expect(text).not.toMatch(/0\.00|同意/);
  });
});

const sums: ShiftSums = {
  afterSequence: 387, upToSequence: 1512,
  tenders: [
    { gateway: 'omipay', wallet: 'wechat', currency: 'AUD', sales: 3, salesMinor: 4350, refunds: 0, refundsMinor: 0 },
    { gateway: 'cash', wallet: 'cash', currency: 'CNY', sales: 17, salesMinor: 31_200, refunds: 1, refundsMinor: 1200 },
    { gateway: 'shouqianba', wallet: 'alipay', currency: 'CNY', sales: 48, salesMinor: 165_520, refunds: 2, refundsMinor: 5300 },
    { gateway: 'shouqianba', wallet: 'wechat', currency: 'CNY', sales: 62, salesMinor: 210_940, refunds: 0, refundsMinor: 0 },
  ],
  settled: [{ as: 'paid', currency: 'CNY', count: 1, minor: 2600 }, { as: 'refunded', currency: 'CNY', count: 1, minor: 700 }],
  outsideRefunds: [{ currency: 'CNY', count: 1, minor: 880 }],
  cashReturned: { count: 1, minor: 3850 },
  carriedOver: [{ kind: 'payment', number: 'T01-261121-0401', reference: 'B'.repeat(32), amount: yuan(2699), startedAt: noon }],
  moves: [
    { at: noon, direction: 'out', amount: yuan(6400), reason: '送银行', by: chen, approvedBy: wang },
    { at: noon, direction: 'opened', amount: yuan(0), reason: '换零钱', by: chen, approvedBy: null },
  ],
  expectedDrawerMinor: 73_600,
  drawerOpenings: 1,
};

const z: ZReport = {
  number: 214, shift: 214, terminalId: 'T01', openedAt: noon - 3_600_000, openedBy: chen, closedAt: noon + 3_600_000, closedBy: wang, float: yuan(50_000), sums,
  counted: yuan(73_350), differenceMinor: -250, differenceReason: '找零找错', recounts: 1, left: yuan(50_000), training: false,
};

describe('a Z on paper', () => {
  it('has its number large, each tender, currencies apart, the drawer and the count', () => {
    const document = zReceipt(z, shopOf('en'), names, false);
    const text = on80(document);
    expect(document.blocks).toContainEqual({ type: 'text', text: 'Z 214', align: 'center', bold: true, size: 2 });
    for (const line of [
      /Shouqianba WeChat x62 +￥2,109\.40/, /Shouqianba Alipay x48 +￥1,655\.20/, /Refunds x2 +-￥53\.00/, /Cash x17 +￥312\.00/, /Omipay WeChat x3 +A\$43\.50/,
      /AUD\n.*\n.*Sales x3 +A\$43\.50\nNet +A\$43\.50/, /Sales x127 +￥4,076\.60\nRefunds x3 +-￥65\.00\nNet +￥4,011\.60/,
      /Float +￥500\.00/, /Cash sales x17 +￥312\.00/, /Cash refunds x1 +-￥12\.00/, /Cash out 12:00 +-￥64\.00\n +送银行 · 陈晓 · 王芳/, /Opened, nothing booked +1/,
      /Expected +￥736\.00\nCounted +￥733\.50\nDifference +-￥2\.50/, /Reason +找零找错/, /Recounted +1/, /Takings taken out +￥233\.50/, /Goes to the next shift +￥500\.00/,
      /Cash taken back \(not above\) x1 +￥38\.50/, /As paid x1 +￥26\.00/, /As refunded x1 +￥7\.00/, /Given back elsewhere \(not above\)\nRefunds x1 +-￥8\.80/,
      /Not known yet x1/, /Sale T01-261121-0401 +￥26\.99/, new RegExp('B'.repeat(32)), /Journal +388 - 1512/, /Opened +2026-11-21 11:00:00 陈晓/, /Closed +2026-11-21 13:00:00 王芳/,
    ]) expect(text).toMatch(line);
    fitsEveryWidth(document);
    fitsEveryWidth(zReceipt(z, shopOf('zh-CN'), names, true));
  });

  it('the drawer’s column adds up to what is expected', () => {
    expect(50_000 + 31_200 - 1200 - 6400).toBe(sums.expectedDrawerMinor);
  });

  it('printed again is a copy, and one of training says so twice whatever the till is in now', () => {
    expect(banners(zReceipt(z, shopOf('en'), names, true))).toEqual(['COPY', 'COPY']);
    expect(banners(zReceipt({ ...z, training: true }, shopOf('en'), names, false))).toHaveLength(2);
    expect(banners(zReceipt(z, shopOf('en', { training: true }), names, false))).toEqual([]);
  });

  it('without a drawer has no count, and without a difference no reason', () => {
    expect(on80(zReceipt({ ...z, counted: null, differenceMinor: 0, differenceReason: null, left: yuan(0) }, shopOf('en'), names, false))).not.toMatch(/Float|Counted|Difference|Drawer/);
    const even = on80(zReceipt({ ...z, counted: yuan(73_600), differenceMinor: 0, differenceReason: null, recounts: 0 }, shopOf('en'), names, false));
    expect(even).toMatch(/Difference +￥0\.00/);
    expect(even).not.toMatch(/Reason|Recounted/);
  });

  it('of a shift in which nothing happened says so', () => {
    const empty = { ...sums, tenders: [], settled: [], outsideRefunds: [], carriedOver: [], moves: [], cashReturned: { count: 0, minor: 0 }, drawerOpenings: 0, expectedDrawerMinor: 50_000 };
    const text = on80(zReceipt({ ...z, sums: empty, counted: yuan(50_000), differenceMinor: 0, differenceReason: null }, shopOf('zh-CN'), names, false));
    expect(text).toContain('没有收款');
    expect(text).not.toMatch(/由人记录|在别处退的|结果未知|现金改回/);
  });
});

describe('an X on paper', () => {
  const x: XReport = { shift: { number: 214, openedAt: noon, openedBy: chen, float: yuan(50_000), count: null }, at: noon + 1000, by: wang, cashShown: true, sums };

  it('changes nothing, says so, and has no count', () => {
    const document = xReceipt(x, shopOf('en'), names, true);
    const text = on80(document);
    for (const part of ['X report', 'it changes nothing', '￥312.00', '￥736.00']) expect(text).toContain(part);
    expect(text).not.toMatch(/Counted|Difference|Z 214/);
    fitsEveryWidth(document);
    expect(on80(xReceipt(x, shopOf('en'), names, false))).not.toContain('Float');
  });

  it('with hidden cash names no sum that tells what the drawer should hold', () => {
    const tenders = sums.tenders.map((tender) => (tender.gateway === 'cash' ? { ...tender, salesMinor: 0, refundsMinor: 0 } : tender));
    const hidden: XReport = { ...x, cashShown: false, sums: { ...sums, tenders, cashReturned: { count: 1, minor: 0 }, expectedDrawerMinor: 0 } };
    const text = on80(xReceipt(hidden, shopOf('en'), names, true));
    expect(text).toMatch(/Cash x17 +after the count/);
    expect(text).toMatch(/Net without cash\s+￥3,711\.60/);
    expect(text).toMatch(/Expected +after the count/);
    expect(text).toMatch(/Net +A\$43\.50/);
    expect(text).not.toMatch(/312\.00|736\.00|38\.50|￥0\.00/);
  });
});

describe('the day on paper', () => {
  const daySum = (key: string, more: Partial<DaySum>): DaySum => ({ key, currency: 'CNY', sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0, netMinor: 0, ...more });
  const totals = {
    byCurrency: [daySum('CNY', { sales: 3, salesMinor: 13_850, refunds: 1, refundsMinor: 4100, netMinor: 9750 }), daySum('AUD', { currency: 'AUD', sales: 1, salesMinor: 1450, netMinor: 1450 })],
    byGateway: [daySum('shouqianba', { sales: 2, netMinor: 9350 }), daySum('cash', { sales: 1, netMinor: 400 }), daySum('omipay', { currency: 'AUD', sales: 1, netMinor: 1450 })],
    byWallet: [daySum('wechat', { sales: 2, netMinor: 9350 }), daySum('cash', { sales: 1, netMinor: 400 }), daySum('wechat', { currency: 'AUD', sales: 1, netMinor: 1450 })],
    byOperator: [], byHour: [],
    open: [{ kind: 'sale', currency: 'CNY', count: 1, minor: 4520 }, { kind: 'refund', currency: 'CNY', count: 1, minor: 50 }], settled: [{ as: 'notPaid', currency: 'CNY', count: 1, minor: 555 }], outside: [{ currency: 'CNY', count: 2, minor: 900 }], rows: 5,
  } as const;
  const dayRow = (more: Partial<DayRow>): DayRow => ({
    kind: 'sale', cursor: '', paymentId: 'p', number: 'T01-261121-0386', at: noon, amount: yuan(3850), gateway: 'shouqianba', wallet: 'wechat', last4: '4417', state: 'paid', verdict: 'paid',
    counts: true, outside: false, settled: false, open: false, operator: chen, reference: 'A', gatewayRef: null, saleRef: null, ...more,
  });
  const rows = [
    dayRow({}),
    dayRow({ number: 'T01-261121-0387', kind: 'refund', amount: yuan(4100), state: 'refunded' }),
    dayRow({ number: 'T01-261121-0388', amount: yuan(4520), state: 'unknown', verdict: 'notKnownYet', counts: false, open: true }),
    dayRow({ number: 'T01-261121-0389', amount: yuan(100), state: 'declined', verdict: 'notPaid', counts: false }),
    dayRow({ number: 'T01-261121-0390', amount: yuan(400), gateway: 'cash', wallet: 'cash', last4: null }),
    dayRow({ number: 'T01-261121-0391', kind: 'refund', amount: yuan(50), state: 'pending', counts: false, open: true }),
    dayRow({ number: 'T01-261121-0392', amount: yuan(555), state: 'settled', counts: false, settled: true, verdict: 'notPaid' }),
    dayRow({ number: 'T01-261121-0393', kind: 'refund', amount: yuan(900), state: 'refunded', counts: false, outside: true }),
  ];

  it('has totals by currency, what is in none of them, and each row with its sum', () => {
    const document = dayReceipt({ day: '2026-11-21', printedAt: noon + 1000, totals, rows, rowsLeftOut: 0, cashShown: true }, shopOf('en', { training: true }), names);
    const text = on80(document);
    for (const line of [
      /The day 2026-11-21/, /CNY\nWeChat x2 +￥93\.50\nCash x1 +￥4\.00\nShouqianba x2 +￥93\.50\nCash x1 +￥4\.00\nSales x3 +￥138\.50\nRefunds x1 +-￥41\.00\nNet +￥97\.50/,
      /AUD\nWeChat x1 +A\$14\.50\nSales x1 +A\$14\.50/, /\nNot known yet x1 +￥45\.20\nRefund not known yet x1 +-￥0\.50\n/, /As not paid x1 +￥5\.55\nRecorded as given back elsewhere x2 +-￥9\.00/,
      /12:00 #0386 WeChat +￥38\.50\n/, /12:00 #0387 Refund WeChat +-￥41\.00\n/, /#0388 WeChat +\(￥45\.20\)\n +Not known yet: keep the goods/, /#0389 WeChat +\(￥1\.00\)\n +Not paid/,
      /#0390 Cash +￥4\.00/, /#0391 Refund WeChat +\(-￥0\.50\)\n +Accepted, not arrived yet/, /#0392 WeChat +\(￥5\.55\)\n +Recorded by a person/, /#0393 Refund WeChat +\(-￥9\.00\)\n +Recorded as given back elsewhere/,
    ]) expect(text).toMatch(line);
    expect(banners(document)).toHaveLength(2);
    fitsEveryWidth(document);
    fitsEveryWidth(dayReceipt({ day: '2026-11-21', printedAt: noon, totals, rows, rowsLeftOut: 0, cashShown: false }, shopOf('zh-CN'), names));
  });

  it('says of a sale in the totals that another try of it is still with a person, and of a paid one nothing', () => {
    const list = [dayRow({ state: 'review', open: true }), dayRow({ number: 'T01-261121-0387' })];
    const on = (locale: 'en' | 'zh-CN'): ReceiptDocument => dayReceipt({ day: '2026-11-21', printedAt: noon, totals, rows: list, rowsLeftOut: 0, cashShown: true }, shopOf(locale), names);
    expect(on80(on('en'))).toMatch(/#0386 WeChat +￥38\.50\n +Paid; another try is not settled\n.*#0387 WeChat +￥38\.50\n(?! +Paid)/);
    fitsEveryWidth(on('en'));
    fitsEveryWidth(on('zh-CN'));
  });

  it('keeps each row on one line of 58 mm paper', () => {
    const text = receiptText(dayReceipt({ day: '2026-11-21', printedAt: noon, totals, rows: [dayRow({ amount: yuan(1_284_600) })], rowsLeftOut: 0, cashShown: true }, shopOf('zh-CN'), names), 32);
    expect(text).toMatch(/12:00 #0386 微信 +￥12,846\.00/);
  });

  it('leaves the sums of cash out where they are hidden from whoever will count; rows are as on the screen', () => {
    const text = on80(dayReceipt({ day: '2026-11-21', printedAt: noon, totals: { ...totals, byWallet: [daySum('cash', { sales: 1 })], byGateway: [] }, rows, rowsLeftOut: 0, cashShown: false }, shopOf('en'), names));
    expect(text).toMatch(/Cash x1 +after the count/);
    expect(text).toMatch(/#0390 Cash +￥4\.00/);
    expect(text).toContain('Net without cash');
    expect(text.split('￥4.00')).toHaveLength(2);
  });

  it('says how many rows it leaves out where the list is too long for paper', () => {
    for (const [locale, words] of [['en', 'Left out: 412 rows'], ['zh-CN', '412 笔，太长没打']] as const) {
      const document = dayReceipt({ day: '2026-11-21', printedAt: noon, totals: { ...totals, rows: 412 }, rows: [], rowsLeftOut: 412, cashShown: true }, shopOf(locale), names);
      expect(on80(document)).toContain(words);
      fitsEveryWidth(document);
    }
  });

  it('of a day without sales says so', () => {
    const none = { byCurrency: [], byGateway: [], byWallet: [], byOperator: [], byHour: [], open: [], settled: [], outside: [], rows: 0 };
    expect(on80(dayReceipt({ day: '2026-11-21', printedAt: noon, totals: none, rows: [], rowsLeftOut: 0, cashShown: true }, shopOf('en'), names))).toContain('No sales');
  });
});
