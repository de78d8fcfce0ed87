/** The words of refunds, cash and reports on paper, in the shop's language. */
import type { Locale, RefundStateName, Wallet } from '../contract/types.ts';

/** What a refund's paper says on top, by how it stands. */
export type RefundTitle = Exclude<RefundStateName, 'settled'> | 'settledRefunded' | 'settledNotRefunded' | 'cash' | 'outside';

export interface ReportWords {
  readonly cash: string;
  readonly wallets: Readonly<Record<Wallet | 'cash', string>>;
  // ---- refunds
  readonly refundTitles: Readonly<Record<RefundTitle, string>>;
  readonly refund: string;
  readonly refundNumber: string;
  readonly gatewayRefundNumber: string;
  readonly reason: string;
  readonly by: string;
  readonly approvedBy: string;
  readonly original: string;
  readonly paidAmount: string;
  readonly refundedSoFar: string;
  readonly underWay: string;
  readonly leftToRefund: string;
  readonly backToWallet: string;
  readonly arrives: string;
  readonly noCash: string;
  readonly nothingGiven: string;
  readonly cashGiven: string;
  readonly keepSlip: string;
  readonly signature: string;
  // ---- cash
  readonly received: string;
  readonly change: string;
  readonly rounding: string;
  readonly cashTakenBack: string;
  readonly paidIn: string;
  readonly paidOut: string;
  readonly opened: string;
  readonly putInDrawer: string;
  // ---- reports
  readonly xTitle: string;
  readonly xNote: string;
  readonly shift: string;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly readAt: string;
  readonly journal: string;
  readonly sales: string;
  readonly refunds: string;
  readonly net: string;
  readonly netWithoutCash: string;
  readonly hidden: string;
  readonly noSales: string;
  readonly cashReturned: string;
  readonly settled: string;
  readonly settledAs: Readonly<Record<'paid' | 'notPaid' | 'refunded', string>>;
  readonly outsideRefunds: string;
  readonly drawer: string;
  readonly float: string;
  readonly cashSales: string;
  readonly cashRefunds: string;
  readonly openings: string;
  readonly expected: string;
  readonly counted: string;
  readonly difference: string;
  readonly recounts: string;
  readonly left: string;
  readonly takings: string;
  readonly carriedOver: string;
  readonly carriedNote: string;
  readonly carriedKinds: Readonly<Record<'payment' | 'refund', string>>;
  readonly dayTitle: string;
  readonly printedAt: string;
  readonly notCounted: string;
  /** Of a sale that one try paid, while another try of it waits for its end: the paid one is in the totals. */
  readonly otherTryOpen: string;
  readonly list: string;
  readonly listLeftOut: (rows: number) => string;
}

const words: Readonly<Record<Locale, ReportWords>> = {
  'zh-CN': {
    cash: '现金',
    wallets: { wechat: '微信', alipay: '支付宝', unionpay: '云闪付', other: '扫码支付', cash: '现金' },
    refundTitles: {
      submitting: '退款结果未知', unknown: '退款结果未知', pending: '已受理，还没退到', refunded: '已退款', refused: '没退成', review: '退款结果未知',
      settledRefunded: '记为已退', settledNotRefunded: '记为没退', cash: '已退现金', outside: '记为在别处退了',
    },
    refund: '退款',
    refundNumber: '退款单号',
    gatewayRefundNumber: '通道退款单号',
    reason: '原因',
    by: '经手',
    approvedBy: '同意',
    original: '原来的付款',
    paidAmount: '付了',
    refundedSoFar: '已退',
    underWay: '退款中',
    leftToRefund: '还能退',
    backToWallet: '原路退回钱包，不退现金。',
    arrives: '马上或 3 天内收到。',
    noCash: '不要给现金',
    nothingGiven: '钱没有退。小票收好，随时可以再来退。',
    cashGiven: '已给现金',
    keepSlip: '这张凭据收好。没有收到，带它来问。',
    signature: '签名',
    received: '收现金',
    change: '找零',
    rounding: '抹零',
    cashTakenBack: '现金已改回，这一笔没有收',
    paidIn: '存入',
    paidOut: '取出',
    opened: '开钱箱',
    putInDrawer: '签名后放进钱箱',
    xTitle: 'X 报告',
    xNote: '只看不结，什么也不改变',
    shift: '班次',
    openedAt: '开班',
    closedAt: '交班',
    readAt: '看的时间',
    journal: '账本',
    sales: '收款',
    refunds: '退款',
    net: '净收',
    netWithoutCash: '净收（不含现金）',
    hidden: '数完才显示',
    noSales: '没有收款',
    cashReturned: '现金改回（不在上面）',
    settled: '由人记录（不在上面）',
    settledAs: { paid: '记为付了', notPaid: '记为没付', refunded: '记为已退' },
    outsideRefunds: '在别处退的（不在上面）',
    drawer: '钱箱',
    float: '备用金',
    cashSales: '现金收款',
    cashRefunds: '现金退款',
    openings: '空开钱箱',
    expected: '应有',
    counted: '数得',
    difference: '差额',
    recounts: '重数',
    left: '带到下一班',
    takings: '取出营业款',
    carriedOver: '结果未知',
    carriedNote: '不在总数里，下一班继续查',
    carriedKinds: { payment: '收款', refund: '退款' },
    dayTitle: '日报',
    printedAt: '打印',
    notCounted: '不在总数里',
    otherTryOpen: '已付；另一次收款还没了结',
    list: '明细',
    listLeftOut: (rows) => `${rows} 笔，太长没打；在导出里`,
  },
  en: {
    cash: 'Cash',
    wallets: { wechat: 'WeChat', alipay: 'Alipay', unionpay: 'UnionPay', other: 'Scanned code', cash: 'Cash' },
    refundTitles: {
      submitting: 'Refund not known yet', unknown: 'Refund not known yet', pending: 'Accepted, not arrived yet', refunded: 'Refunded', refused: 'Not refunded', review: 'Refund not known yet',
      settledRefunded: 'Recorded as refunded', settledNotRefunded: 'Recorded as not refunded', cash: 'Refunded in cash', outside: 'Recorded as given back elsewhere',
    },
    refund: 'Refund',
    refundNumber: 'Refund no.',
    gatewayRefundNumber: 'Gateway refund no.',
    reason: 'Reason',
    by: 'By',
    approvedBy: 'Approved by',
    original: 'The payment',
    paidAmount: 'Paid',
    refundedSoFar: 'Refunded',
    underWay: 'Under way',
    leftToRefund: 'Can be refunded',
    backToWallet: 'It goes back to the wallet it came from, not in cash.',
    arrives: 'It arrives now or within 3 days.',
    noCash: 'GIVE NO CASH',
    nothingGiven: 'Nothing was given back. Keep the receipt: it can be refunded later.',
    cashGiven: 'Cash given',
    keepSlip: 'Keep this slip. If the money does not arrive, bring it along.',
    signature: 'Signature',
    received: 'Cash received',
    change: 'Change',
    rounding: 'Rounding',
    cashTakenBack: 'The cash was taken back, nothing is paid',
    paidIn: 'Cash in',
    paidOut: 'Cash out',
    opened: 'Drawer opened',
    putInDrawer: 'Sign it and put it in the drawer',
    xTitle: 'X report',
    xNote: 'A look only: it changes nothing',
    shift: 'Shift',
    openedAt: 'Opened',
    closedAt: 'Closed',
    readAt: 'Read',
    journal: 'Journal',
    sales: 'Sales',
    refunds: 'Refunds',
    net: 'Net',
    netWithoutCash: 'Net without cash',
    hidden: 'after the count',
    noSales: 'No sales',
    cashReturned: 'Cash taken back (not above)',
    settled: 'Recorded by a person (not above)',
    settledAs: { paid: 'As paid', notPaid: 'As not paid', refunded: 'As refunded' },
    outsideRefunds: 'Given back elsewhere (not above)',
    drawer: 'Drawer',
    float: 'Float',
    cashSales: 'Cash sales',
    cashRefunds: 'Cash refunds',
    openings: 'Opened, nothing booked',
    expected: 'Expected',
    counted: 'Counted',
    difference: 'Difference',
    recounts: 'Recounted',
    left: 'Goes to the next shift',
    takings: 'Takings taken out',
    carriedOver: 'Not known yet',
    carriedNote: 'In no total; the next shift follows it up',
    carriedKinds: { payment: 'Sale', refund: 'Refund' },
    dayTitle: 'The day',
    printedAt: 'Printed',
    notCounted: 'In no total',
    otherTryOpen: 'Paid; another try is not settled',
    list: 'List',
    listLeftOut: (rows) => `Left out: ${rows} rows, too long for paper. The export has them.`,
  },
};

export function reportWords(locale: Locale): ReportWords {
  return words[locale];
}
