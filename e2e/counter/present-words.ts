/** What both screens say while a code is shown, in both languages. */
import type { Language } from './day-words.ts';

const words = {
  // ---- the cashier's screen
  sale: ['输入金额，再扫付款码', 'Type the amount, then scan'],
  codeUp: ['请顾客扫码付款', 'Ask the customer to scan'],
  keepGoods: ['钱还没到，先别交货', 'Not paid yet. Keep the goods'],
  onDisplay: ['顾客屏上也有这个码', 'Also on the customer display'],
  closing: ['正在关掉这个码', 'Closing this code'],
  notClosed: ['这个码没能关掉', 'This code could not be closed'],
  nobodyPaid: ['没有人付，也不用等；万一有人付了，马上告诉你', 'Nobody paid it. No need to wait: should it be paid after all, you are told'],
  scanRefused: ['这一次扫码没有收款', 'This scan charged nothing'],
  noReceipt: ['还没有付款，这不是小票', 'Not paid yet. This is no receipt'],
  codeRead: ['码已读', 'Code read'],
  waiting: ['等顾客在手机上付款', 'Waiting for the customer to pay'],
  givesUp: ['顾客不付了吗？', 'Does the customer give up?'],
  stopped: ['问到结果会马上告诉你', 'You are told the moment there is an answer'],
  paid: ['收款成功', 'Paid'],
  printed: ['小票已打印', 'Receipt printed'],
  notPaid: ['支付失败', 'Not paid'],
  undone: ['已撤销', 'Undone'],
  otherList: ['换一张表', 'Other list'],
  quietList: ['个二维码没能关掉', 'could not be closed'],
  personMustLook: [/的 ¥[\d.]+ 要店长来看/, /from .+: a person must look/],
  review: ['要店长来看', 'A person must look'],
  paidAfterGivingUp: ['不等了以后网关说付了', 'After you stopped waiting the gateway says paid'],
  oneOpen: ['1 笔结果未知', '1 not known yet'],
  // ---- refunding
  wasItPaid: ['刚才 ¥22.20 的码没能关掉，顾客付了吗？', 'The code for ¥22.20 could not be closed. Was it paid?'],
  wasThisPaid: ['刚才 ¥22.30 的码没能关掉，顾客付了吗？', 'The code for ¥22.30 could not be closed. Was it paid?'],
  paidMeanwhile: ['刚才 ¥22.30 的码已经付了', 'The code for ¥22.30 has been paid'],
  refund: ['退款', 'Refund'],
  refundIt: ['退 ¥', 'Refund ¥'],
  refunded: ['已退款', 'Refunded'],
  cannotRefund: ['综合支付不能退款：在别处退了，请在这里记一笔。', 'Aggregator cannot refund: record here what you gave back elsewhere.'],
  recordIt: ['记一笔 ¥', 'Record ¥'],
  recorded: ['已记下', 'Recorded'],
  recordedOutside: ['记为在别处退了。这里没有动钱。', 'Recorded as given back elsewhere. No money moved here.'],
  // ---- settings
  routing: ['分配', 'Routing'],
  saved: ['设置已保存', 'The settings are saved'],
  // ---- the customer's screen
  showCode: ['请出示付款码', 'Show your payment code'],
  scanThis: ['用手机扫左边的码', 'Scan this code with your phone'],
  thanks: ['谢谢，请拿好小票', 'Thank you. Please take your receipt'],
  nothingTaken: ['没有扣款', 'Nothing was taken'],
  checking: ['请稍等，正在查询', 'One moment, we are checking'],
} as const;

export type ShowingWords = { readonly [Word in keyof typeof words]: (typeof words)[Word][0] extends string ? string : RegExp };

export function showingWords(language: Language): ShowingWords {
  const column = language === 'zh-CN' ? 0 : 1;
  return Object.fromEntries(Object.entries(words).map(([word, said]) => [word, said[column]])) as ShowingWords;
}
