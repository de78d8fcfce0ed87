/** Omipay's five orders that the payer opens by themselves: QR, JSAPI, online, APP and applet (sections 3.2, 3.3, 3.5, 3.6, 3.7). */
import { randomBytes } from 'node:crypto';
import type { JsonObject, Order, Wallet } from '../model.ts';
import type { FieldTable } from './fields.ts';
import { shownContent } from './gateway-side.ts';
import { success } from './omipay-answers.ts';

export type Fields = Readonly<Record<string, string>>;

/** What one of the five is to the simulator. */
interface Creation {
  readonly table: FieldTable;
  /** Whose payers can open it. */
  wallets(fields: Fields): readonly [Wallet, ...Wallet[]];
  /** Whether the shop can show it as a QR code. */
  readonly shows: boolean;
  /** What is refused beyond the table. */
  refuses?(fields: Fields): string | null;
  answer(order: Order, fields: Fields): JsonObject;
}

const address = /^https?:\/\/[^\s]+$/;
/** What all five ask for. The document gives no longest out_order_no; 64 is what the simulator stores. */
const sale: FieldTable = {
  order_name: { required: true, most: 128 },
  currency: { required: true, pattern: /^(AUD|CNY)$/ },
  amount: { required: true, pattern: /^\d{1,10}$/ },
  notify_url: { required: true, pattern: address },
  out_order_no: { required: true, most: 64 },
  o_number: { most: 32 },
};
const oneOrNothing = { pattern: /^[01]$/ };
const walletOfPlatform: Readonly<Record<string, Wallet>> = { ALIPAY: 'alipay', ALIPAYONLINE: 'alipay', WECHATPAY: 'wechat', UPI: 'unionpay', POLI: 'alipay' };
const byPlatform = (fields: Fields): readonly [Wallet] => [walletOfPlatform[fields['platform'] ?? ''] ?? 'alipay'];
const linkOf = (order: Order): string => order.shown?.content ?? '';
const numbered = (order: Order, fields: JsonObject): JsonObject => success(order, { order_no: order.gatewayNumber, ...fields });

export const creations: Readonly<Record<string, Creation>> = {
  MakeQROrder: {
    table: { ...sale, platform: { required: true, pattern: /^(ALIPAY|WECHATPAY|UPI)$/ } },
    wallets: byPlatform,
    shows: true,
    answer: (order) => numbered(order, { qrcode: linkOf(order), pay_url: `${linkOf(order)}/qrpay` }),
  },
  MakeJSAPIOrder: {
    table: { ...sale, redirect_url: { required: true, pattern: address }, direct_pay: oneOrNothing, show_pc_pay_url: oneOrNothing, pos_no: { most: 32 } },
    wallets: () => ['wechat', 'alipay'],
    shows: true,
    answer: (order, fields) => numbered(order, { pay_url: linkOf(order), ...(fields['show_pc_pay_url'] === '1' ? { pc_pay_url: `${linkOf(order)}/pc` } : {}) }),
  },
  MakeOnlineOrder: {
    table: { ...sale, return_url: { pattern: address }, type: { required: true, pattern: /^(web|wap)$/ }, platform: { pattern: /^(ALIPAYONLINE|POLI)$/ } },
    wallets: byPlatform,
    shows: true,
    refuses: (fields) => (fields['platform'] === 'POLI' && Number(fields['amount']) <= 1 ? 'AMOUNT_INVALID' : null),
    answer: (order) => numbered(order, { pay_url: linkOf(order) }),
  },
  MakeAPPOrder: {
    table: { ...sale, platform: { required: true, pattern: /^(ALIPAYONLINE|WECHATPAY|POLI)$/ }, app_id: { most: 32 } },
    wallets: byPlatform,
    shows: false,
    refuses: (fields) => (fields['platform'] === 'WECHATPAY' && (fields['app_id'] ?? '') === '' ? 'PARAMETER_INVALID' : null),
    answer: (order) => numbered(order, { order_string: `app_order=${order.gatewayNumber}&sign=${randomBytes(16).toString('hex')}` }),
  },
  MakeAppletOrder: {
    table: { ...sale, platform: { required: true, pattern: /^WECHATPAY$/ }, app_id: { required: true, most: 32 }, customer_id: { required: true, most: 128 } },
    wallets: byPlatform,
    shows: false,
    answer: (order) =>
      numbered(order, {
        timeStamp: String(Math.trunc(order.createdAt / 1000)), nonceStr: randomBytes(16).toString('hex'), Package: `prepay_id=wx${order.gatewayNumber}`,
        signType: 'MD5', paySign: randomBytes(16).toString('hex').toUpperCase(),
      }),
  },
};

/** The QR code's content, or null where the order is paid in an app. */
export function contentOf(creation: Creation): string | null {
  return creation.shows ? shownContent('omipay') : null;
}
