/** The words on paper, in the shop's language. */
import type { AttemptStateName, Locale, TimelineEntry, Wallet } from '../contract/types.ts';

export interface ReceiptWords {
  readonly paid: string;
  readonly copy: string;
  readonly training: string;
  readonly total: string;
  /** The rate at which the payer was charged in a currency of their own, and what that made. */
  readonly rate: string;
  readonly charged: string;
  readonly number: string;
  readonly time: string;
  readonly wallet: string;
  readonly gateway: string;
  readonly gatewayNumber: string;
  readonly walletNumber: string;
  readonly ourNumber: string;
  readonly saleNumber: string;
  readonly terminal: string;
  readonly keep: string;
  readonly evidence: string;
  readonly notKnown: string;
  readonly state: string;
  readonly journal: string;
  readonly wallets: Readonly<Record<Wallet, string>>;
  readonly states: Readonly<Record<AttemptStateName, string>>;
  /** Lines of the evidence; `{gateway}` stands for its name. */
  readonly lines: Readonly<Record<TimelineEntry['what'], string>>;
}

const words: Readonly<Record<Locale, ReceiptWords>> = {
  'zh-CN': {
    paid: '收款成功',
    copy: '副本',
    training: '练习 · 不是真钱',
    total: '合计',
    rate: '汇率',
    charged: '顾客实付',
    number: '小票号',
    time: '时间',
    wallet: '付款方式',
    gateway: '通道',
    gatewayNumber: '通道单号',
    walletNumber: '钱包单号',
    ourNumber: '商户单号',
    saleNumber: '订单号',
    terminal: '收银台',
    keep: '退款请带上这张小票',
    evidence: '付款凭据',
    notKnown: '结果未知，先别交货',
    state: '状态',
    journal: '账本',
    wallets: { wechat: '微信', alipay: '支付宝', unionpay: '云闪付', other: '扫码支付' },
    states: { submitting: '正在收款', waitingForPayer: '等顾客付款', unknown: '结果未知', reversing: '正在撤销', paid: '收款成功', declined: '支付失败', reversed: '已撤销', review: '要店长来看', settled: '由人记录', lapsed: '二维码没关掉，没人付' },
    lines: {
      disputed: '{gateway}通知：付款人拒付',
      journaled: '写入账本',
      sent: '发给{gateway}',
      repeated: '再发给{gateway}',
      codeAsked: '请{gateway}给二维码',
      codeShown: '二维码已出示',
      lapsed: '七天没有人付，不再查',
      answerPaid: '{gateway}说付了',
      answerWaiting: '{gateway}：付款中',
      answerDeclined: '{gateway}：没有收成',
      answerReversed: '{gateway}：已撤销',
      answerNotFound: '{gateway}：没有这一笔',
      answerUnknown: '{gateway}的回答看不懂',
      noAnswer: '没有回答',
      neverSent: '没有连上，没有发出',
      asked: '查询',
      keptWaiting: '收银员：继续等',
      gaveUp: '收银员：不等了',
      parked: '收银员：放一边',
      deadline: '时间到：不再等',
      undoSent: '发出撤销',
      handedToPerson: '交给人看',
      restarted: '重新开机，接着查',
      notWanted: '收银员：另外付过了',
      wantedAgain: '收银员：没有另外付',
      receiptPrinted: '小票已打印',
      receiptInterrupted: '小票只打了一半',
      numberEntered: '录入{gateway}的单号',
      settledPaid: '记为付了',
      settledNotPaid: '记为没付',
      reopened: '说法不一样，重新打开',
      cashTaken: '收了现金',
      cashReturned: '不是现金，改回去了',
      drawerOpened: '钱箱已开',
      foundElsewhere: '别的收银台收的，{gateway}有这一笔',
      approved: '同意',
      refundJournaled: '退款写入账本',
      refundSent: '退款发给{gateway}',
      refundRepeated: '退款再发给{gateway}',
      refundAsked: '查询退款',
      refundDone: '{gateway}说退了',
      refundAccepted: '{gateway}已受理退款，还没退到',
      refundRefused: '{gateway}：没有退成',
      refundNotFound: '{gateway}：没有这个退款',
      refundCash: '从钱箱退了现金',
      refundOutside: '记为在别处退了',
      refundHandedToPerson: '退款交给人看',
      refundSettled: '退款由人记录',
    },
  },
  en: {
    paid: 'Paid',
    copy: 'COPY',
    training: 'TRAINING · NO REAL MONEY',
    total: 'Total',
    rate: 'Exchange rate',
    charged: 'Payer was charged',
    number: 'Receipt',
    time: 'Time',
    wallet: 'Paid with',
    gateway: 'Gateway',
    gatewayNumber: 'Gateway no.',
    walletNumber: 'Wallet no.',
    ourNumber: 'Order no.',
    saleNumber: 'Sale no.',
    terminal: 'Till',
    keep: 'Bring this receipt for a refund',
    evidence: 'Evidence of a payment',
    notKnown: 'Not known yet: keep the goods',
    state: 'State',
    journal: 'Journal',
    wallets: { wechat: 'WeChat', alipay: 'Alipay', unionpay: 'UnionPay', other: 'Scanned code' },
    states: { submitting: 'Charging', waitingForPayer: 'Waiting for the customer', unknown: 'Not known yet', reversing: 'Undoing', paid: 'Paid', declined: 'Not paid', reversed: 'Undone', review: 'A person must look', settled: 'Recorded by a person', lapsed: 'Code not closed, unpaid' },
    lines: {
      disputed: '{gateway} says that the payer disputes it',
      journaled: 'Written to the journal',
      sent: 'Sent to {gateway}',
      repeated: 'Sent to {gateway} again',
      codeAsked: '{gateway} asked for a code',
      codeShown: 'QR code shown',
      lapsed: 'Unpaid for a week: no longer asked',
      answerPaid: '{gateway} says paid',
      answerWaiting: '{gateway}: in progress',
      answerDeclined: '{gateway}: not charged',
      answerReversed: '{gateway}: undone',
      answerNotFound: '{gateway}: no such payment',
      answerUnknown: 'An answer that cannot be relied on',
      noAnswer: 'No answer',
      neverSent: 'No connection, nothing was sent',
      asked: 'Asked',
      keptWaiting: 'Cashier: keep waiting',
      gaveUp: 'Cashier: give up',
      parked: 'Cashier: parked',
      deadline: 'Time is up: no more waiting',
      undoSent: 'Undo sent',
      handedToPerson: 'Handed to a person',
      restarted: 'Started again, asking goes on',
      notWanted: 'Cashier: paid otherwise',
      wantedAgain: 'Cashier: not paid otherwise',
      receiptPrinted: 'Receipt printed',
      receiptInterrupted: 'Receipt half printed',
      numberEntered: '{gateway} number entered',
      settledPaid: 'Recorded as paid',
      settledNotPaid: 'Recorded as not paid',
      reopened: 'Contradicted, open again',
      cashTaken: 'Cash taken',
      cashReturned: 'Not cash after all, taken back',
      drawerOpened: 'Drawer opened',
      foundElsewhere: 'Another till’s, found at {gateway}',
      approved: 'Approved',
      refundJournaled: 'Refund written to the journal',
      refundSent: 'Refund sent to {gateway}',
      refundRepeated: 'Refund sent to {gateway} again',
      refundAsked: 'Asked about the refund',
      refundDone: '{gateway} says refunded',
      refundAccepted: '{gateway} accepted the refund, not arrived yet',
      refundRefused: '{gateway}: not refunded',
      refundNotFound: '{gateway}: no such refund',
      refundCash: 'Refunded in cash from the drawer',
      refundOutside: 'Recorded as given back elsewhere',
      refundHandedToPerson: 'Refund handed to a person',
      refundSettled: 'Refund recorded by a person',
    },
  },
};

export function receiptWords(locale: Locale): ReceiptWords {
  return words[locale];
}
