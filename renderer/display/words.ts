/** What a customer reads: few words, and no reasons. Both languages stand on the screen, the shop's own first. */
import type { Locale } from '../../core/contract/types.ts';

interface DisplayWords {
  readonly pay: string;
  readonly showCode: string;
  readonly scan: string;
  readonly scanCode: string;
  readonly left: string;
  readonly confirm: string;
  readonly received: string;
  readonly change: string;
  readonly paid: string;
  readonly thanks: string;
  readonly thanksReceipt: string;
  readonly notPaid: string;
  readonly seeCashier: string;
  readonly checking: string;
  readonly training: string;
}

export const displayWords: Readonly<Record<Locale, DisplayWords>> = {
  'zh-CN': {
    pay: '请付', showCode: '请出示付款码', scan: '用手机扫左边的码', scanCode: '付款二维码', left: '这个码还能用', confirm: '请在手机上确认', received: '收', change: '找',
    paid: '已付款', thanks: '谢谢', thanksReceipt: '谢谢，请拿好小票', notPaid: '没有扣款', seeCashier: '请看收银员', checking: '请稍等，正在查询',
    training: '练习 · 不收真钱',
  },
  en: {
    pay: 'Please pay', showCode: 'Show your payment code', scan: 'Scan this code with your phone', scanCode: 'QR code to pay', left: 'Code is valid for', confirm: 'Please confirm on your phone',
    received: 'Received', change: 'Change', paid: 'Paid', thanks: 'Thank you', thanksReceipt: 'Thank you. Please take your receipt', notPaid: 'Nothing was taken',
    seeCashier: 'Please see the cashier', checking: 'One moment, we are checking', training: 'TRAINING · No real money',
  },
};
