/** Headings and words of exported files in the shop's language. */
import type { AttemptStateName, Locale, RefundStateName, Wallet } from '../contract/types.ts';

const chinese = {
  day: '日期', time: '时间', kind: '类型', number: '编号', amount: '金额', counted: '计入合计', currency: '币种', wallet: '付款方式', gateway: '网关', state: '状态', operator: '收银员',
  reference: '我们的单号', gatewayRef: '网关单号', walletRef: '钱包单号', saleRef: '店内单号', last4: '码尾号', refundOf: '退的是哪笔',
  sale: '收款', refund: '退款', title: '收款明细', rows: '明细', totals: '合计', page: '第 {n} 页',
  byCurrency: '按币种', byGateway: '按网关', byWallet: '按付款方式', byOperator: '按收银员', apart: '不在合计里',
  sales: '收款笔数', salesAmount: '收款', refunds: '退款笔数', refundsAmount: '退款', net: '净收', count: '笔数', open: '结果未知', refundOpen: '退款结果未知', settledPaid: '人工记为已收', settledNotPaid: '人工记为未收', settledRefunded: '人工记为已退', settledNotRefunded: '人工记为未退', outside: '别处退的',
  differences: '对账差异', difference: '差异', looksLike: '看起来', theirs: '对账文件', ours: '账本', effect: '影响', note: '备注', theirAmount: '对方金额', ourAmount: '我方金额', theirState: '对方状态', ourState: '我方状态', theirTime: '对方时间', refundRef: '退款单号', index: '序号', terminal: '终端',
  matched: '对上了', missingHere: '这里没有', missingThere: '那边没有', different: '金额不同', ourTotal: '账本合计', theirTotal: '对账文件合计', explained: '已解释', unexplained: '还没有解释',
  notInJournal: '账本里没有', bookedUnderOurNumber: '用我们的单号记了账', notOnStatement: '对账文件里没有', otherDay: '记在另一天', otherAmount: '金额不一样', otherState: '状态不一样', openHere: '这里还没有结果', refundMissing: '缺一笔退款', duplicate: '重复',
};

const english: typeof chinese = {
  day: 'Day', time: 'Time', kind: 'Kind', number: 'Number', amount: 'Amount', counted: 'In totals', currency: 'Currency', wallet: 'Wallet', gateway: 'Gateway', state: 'State', operator: 'Operator',
  reference: 'Our reference', gatewayRef: 'Gateway reference', walletRef: 'Wallet reference', saleRef: 'Sale reference', last4: 'Last four', refundOf: 'Refund of',
  sale: 'Sale', refund: 'Refund', title: 'Takings', rows: 'Rows', totals: 'Totals', page: 'Page {n}',
  byCurrency: 'By currency', byGateway: 'By gateway', byWallet: 'By wallet', byOperator: 'By operator', apart: 'Not in the totals',
  sales: 'Sales', salesAmount: 'Sales amount', refunds: 'Refunds', refundsAmount: 'Refunds amount', net: 'Net', count: 'Count', open: 'Not known yet', refundOpen: 'Refund not known yet', settledPaid: 'Recorded as paid', settledNotPaid: 'Recorded as not paid', settledRefunded: 'Recorded as refunded', settledNotRefunded: 'Recorded as not refunded', outside: 'Given back elsewhere',
  differences: 'Differences', difference: 'Difference', looksLike: 'Looks like', theirs: 'Statement', ours: 'Journal', effect: 'Effect', note: 'Note', theirAmount: 'Their amount', ourAmount: 'Our amount', theirState: 'Their state', ourState: 'Our state', theirTime: 'Their time', refundRef: 'Refund reference', index: 'No.', terminal: 'Terminal',
  matched: 'Matched', missingHere: 'Missing here', missingThere: 'Missing there', different: 'Different', ourTotal: 'Total, journal', theirTotal: 'Total, statement', explained: 'Explained', unexplained: 'Not explained',
  notInJournal: 'Not in the journal', bookedUnderOurNumber: 'Booked under our number', notOnStatement: 'Not on the statement', otherDay: 'Booked on another day', otherAmount: 'Another amount', otherState: 'Another state', openHere: 'Not known here yet', refundMissing: 'A refund is missing', duplicate: 'Twice',
};

export type ExportWord = keyof typeof chinese;

export function exportWord(word: ExportWord, locale: Locale): string {
  return locale === 'zh-CN' ? chinese[word] : english[word];
}

const wallets: Readonly<Record<Wallet | 'cash', readonly [string, string]>> = {
  wechat: ['微信', 'WeChat'], alipay: ['支付宝', 'Alipay'], unionpay: ['云闪付', 'UnionPay'], other: ['其他', 'Other'], cash: ['现金', 'Cash'],
};

export function walletWord(wallet: Wallet | 'cash', locale: Locale): string {
  return wallets[wallet][locale === 'zh-CN' ? 0 : 1];
}

const states: Readonly<Record<AttemptStateName | RefundStateName, readonly [string, string]>> = {
  submitting: ['发送中', 'Submitting'], waitingForPayer: ['等顾客付款', 'Waiting for payer'], unknown: ['结果未知', 'Not known yet'], reversing: ['撤销中', 'Reversing'], paid: ['已收', 'Paid'],
  declined: ['未收', 'Not paid'], reversed: ['已撤销', 'Reversed'], review: ['要人看', 'Review'], settled: ['人工记录', 'Recorded by a person'], lapsed: ['二维码没关掉，没人付', 'Code not closed, unpaid'], pending: ['退款中', 'Pending'], refunded: ['已退', 'Refunded'], refused: ['退不了', 'Refused'],
};

export function stateWord(state: string, locale: Locale): string {
  const words = Object.hasOwn(states, state) ? states[state as keyof typeof states] : undefined;
  return words === undefined ? state : words[locale === 'zh-CN' ? 0 : 1];
}
