/** Every word on the phone's page, in both languages. */

export interface PhoneWords {
  readonly band: string;
  readonly title: string;
  readonly wallets: { readonly wechat: string; readonly alipay: string; readonly unionpay: string };
  readonly marks: { readonly wechat: string; readonly alipay: string; readonly unionpay: string };
  readonly walletLegend: string;
  readonly barcode: string;
  readonly qr: string;
  readonly newCode: string;
  readonly balance: string;
  readonly waitingForShop: string;
  readonly asks: string;
  readonly pay: string;
  readonly cancel: string;
  readonly shown: string;
  readonly scan: string;
  readonly customer: string;
  readonly manners: { readonly atOnce: string; readonly password: string; readonly notEnough: string; readonly ignores: string; readonly cancels: string; readonly late: string; readonly paysAll: string };
  readonly network: string;
  readonly troubles: { readonly loseOne: string; readonly late: string; readonly status500: string; readonly none: string };
  readonly ended: Readonly<Record<string, string>>;
  readonly away: string;
  readonly otherLanguage: string;
}

export const phoneWords: Readonly<Record<'zh-CN' | 'en', PhoneWords>> = {
  'zh-CN': {
    band: '模拟钱包 · 不是真钱',
    title: '模拟钱包',
    wallets: { wechat: '微信', alipay: '支付宝', unionpay: '云闪付' },
    marks: { wechat: '微', alipay: '支', unionpay: '云' },
    walletLegend: '钱包',
    barcode: '付款条码',
    qr: '付款二维码',
    newCode: '换新码',
    balance: '余额',
    waitingForShop: '请收银员扫这个码',
    asks: '{shop} 请你付',
    pay: '付款',
    cancel: '取消',
    shown: '柜台上正显示的码',
    scan: '扫 {amount} · {shop}',
    customer: '被收款时，这位顾客',
    manners: { atOnce: '余额足，马上付', password: '输密码，8 秒后付', notEnough: '余额不足', ignores: '不理睬', cancels: '点取消', late: '过 50 秒才付', paysAll: '见码就付，付两次也行' },
    network: '网络',
    troubles: { loseOne: '丢掉一次回答', late: '回答慢 20 秒', status500: '返回 500', none: '断网' },
    ended: { paid: '付了', refused: '没付', error: '出错了', cancelled: '商家撤销了', partlyRefunded: '退了一部分', refunded: '全退了' },
    away: '模拟器没有回应。重新打开这个页面。',
    otherLanguage: 'English',
  },
  en: {
    band: 'Simulated wallet · not real money',
    title: 'Simulated wallet',
    wallets: { wechat: 'WeChat', alipay: 'Alipay', unionpay: 'UnionPay' },
    marks: { wechat: 'W', alipay: 'A', unionpay: 'U' },
    walletLegend: 'Wallet',
    barcode: 'Payment code as a barcode',
    qr: 'Payment code as a QR code',
    newCode: 'New code in',
    balance: 'Balance',
    waitingForShop: 'Let the cashier scan this code',
    asks: '{shop} asks you to pay',
    pay: 'Pay',
    cancel: 'Cancel',
    shown: 'Shown at the counter now',
    scan: 'Scan {amount} · {shop}',
    customer: 'When charged, this customer',
    manners: { atOnce: 'Pays at once', password: 'Password, pays in 8 s', notEnough: 'Not enough balance', ignores: 'Ignores it', cancels: 'Taps cancel', late: 'Pays after 50 s', paysAll: 'Pays every code, even twice' },
    network: 'The network',
    troubles: { loseOne: 'Lose one answer', late: 'Answer 20 s late', status500: 'Answer 500', none: 'No network' },
    ended: { paid: 'Paid', refused: 'Not paid', error: 'Went wrong', cancelled: 'Undone by the shop', partlyRefunded: 'Refunded in part', refunded: 'Refunded' },
    away: 'The simulator doesn’t answer. Open this page again.',
    otherLanguage: '中文',
  },
};
