/** What the screens and papers of a whole day say, in both languages. */
export type Language = 'zh-CN' | 'en';

const words = {
  // ---- people
  people: ['还没有人', 'Nobody yet'],
  owner: ['店长叫什么', 'What is the owner called'],
  person: ['这个人叫什么', 'What is this person called'],
  ownPin: ['请{name}自己输 4 位 PIN', '{name} alone types 4 digits'],
  list: ['人员', 'People'],
  noPin: ['还没有 PIN', 'No PIN yet'],
  unsaved: ['还没存：领班', 'Not saved yet: Supervisor'],
  signIn: ['输 PIN，或扫工牌', 'Type your PIN, or scan your badge'],
  // ---- selling
  sale: ['输入金额，再扫付款码', 'Type the amount, then scan'],
  noShift: ['先开班，再收款', 'Open the shift first'],
  cash: ['收了多少现金？或直接扫码', 'Cash received? Or just scan'],
  takeChange: ['收下，找 ¥{change}', 'Take it, ¥{change} change'],
  giveChange: ['找给顾客', 'Give change'],
  drawerOpen: ['钱箱已开', 'Drawer is open'],
  paid: ['收款成功', 'Paid'],
  printed: ['小票已打印', 'Receipt printed'],
  stop: ['先别交货', 'Do not hand\nover the goods'],
  oneOpen: ['1 笔结果未知', '1 not known yet'],
  parkedPaid: ['刚才放一边的 ¥{amount} 已收款，可以交货', 'The ¥{amount} you parked is paid: hand over'],
  // ---- refunding
  find: ['扫小票，或输单号、金额、尾号', 'Scan a receipt, or type a number, an amount, the last four'],
  refundLeft: ['退款，还能退 ¥{amount}', 'Refund, ¥{amount} left'],
  refund: ['退款', 'Refund'],
  goodsReturned: ['顾客退货', 'Goods returned'],
  cashierMayNot: ['这要领班或店长同意', 'This needs a supervisor or the owner'],
  aboveTheLimit: ['超过 ¥50.00 要领班或店长的 PIN', 'Above ¥50.00, a supervisor’s or owner’s PIN'],
  refundIt: ['退 ¥{amount}', 'Refund ¥{amount}'],
  partly: ['已退一部分', 'Partly refunded'],
  refunded: ['已退款', 'Refunded'],
  payment: ['一笔付款', 'Payment'],
  // ---- the shift
  open: ['先看清，再开班', 'Check, then open'],
  count: ['先看清，再数钱', 'Check, then count'],
  countHidden: ['应有金额：数完才显示', 'What it should be is shown after you count'],
  sumsHidden: ['金额：数完钱才显示', 'Sums are shown after the count'],
  xOf: ['第 1 班 · ', 'Shift 1 · '],
  difference: ['差额 −0.50', 'Difference −0.50'],
  closed: ['交班完成，Z 报告已打印', 'Shift closed, the Z report is printed'],
  backup: ['备份已写好，读回核对过', 'Backup is written, read back and checked'],
  // ---- today
  today: ['人民币净收', 'net in yuan'],
  fourSales: ['4 笔', '4 sales'],
  export: ['导出、对账', 'Export, reconcile'],
  exported: ['导出好了', 'Exported'],
  // ---- on paper
  xTitle: ['X 报告', 'X report'],
  copy: ['副本', 'COPY'],
  gateway: ['收钱吧', 'Shouqianba'],
  wechat: ['微信', 'WeChat'],
  alipay: ['支付宝', 'Alipay'],
  paperCash: ['现金', 'Cash'],
  paperSales: ['收款', 'Sales'],
  paperRefunds: ['退款', 'Refunds'],
  paperNet: ['净收', 'Net'],
  netWithoutCash: ['净收（不含现金）', 'Net without cash'],
  afterTheCount: ['数完才显示', 'after the count'],
  expected: ['应有', 'Expected'],
  counted: ['数得', 'Counted'],
  paperDifference: ['差额', 'Difference'],
  reason: ['原因', 'Reason'],
  notKnown: ['不知道', 'Not known'],
  // ---- in the spreadsheet
  rowsSheet: ['明细', 'Rows'],
  totalsSheet: ['合计', 'Totals'],
  inTotals: ['计入合计', 'In totals'],
  kind: ['类型', 'Kind'],
  sheetGateway: ['网关', 'Gateway'],
  sheetSale: ['收款', 'Sale'],
  byCurrency: ['按币种', 'By currency'],
  byGateway: ['按网关', 'By gateway'],
} as const;

export type DayWord = keyof typeof words;
export type Words = (word: DayWord, values?: Readonly<Record<string, string>>) => string;

export function wordsIn(language: Language): Words {
  return (word, values = {}) => words[word][language === 'zh-CN' ? 0 : 1].replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
