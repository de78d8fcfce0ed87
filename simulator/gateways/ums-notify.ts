/** UMS's payment notification (section 1.8): a signed form, sent to the order's address and to the shop's own until somebody says SUCCESS. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Order } from '../model.ts';
import type { Counter } from './gateway-side.ts';
import { sendMadeUp, spoilt } from './notice-control.ts';
import type { ControlAnswer, MadeUp } from './notice-control.ts';
import { statusOf, targetSystem } from './ums-answers.ts';
import { chinaTime, signNotice } from './ums-sign.ts';
import type { NoticeSignType } from './ums-sign.ts';

export interface NoticeSettings {
  /** The shop's own address, set in the back office; an order's own comes besides. */
  url: string | null;
  /** Null: MD5, and no signType is sent. */
  signType: NoticeSignType | null;
}

/** Several tries within 24 hours, says the document, and no more. */
const pausesSeconds = [0, 10, 30, 60, 300, 1800, 3600, 21_600, 43_200] as const;

export interface NoticeSigner {
  readonly merchantId: string;
  readonly notifyKey: string;
}

/** Tells the shop that an order was paid, once per address. */
export function notifyPaid(counter: Counter, signer: NoticeSigner, settings: NoticeSettings, order: Order): void {
  if (order.gateway !== 'ums' || order.state !== 'paid' || order.extras['notified'] === true || order.extras['poslink'] === true) return;
  order.extras['notified'] = true;
  notify(counter, signer, settings, { order, change: {}, signed: true }, pausesSeconds);
}

/** False where neither the order nor the shop named an address. */
function notify({ courier }: Counter, signer: NoticeSigner, { url, signType }: NoticeSettings, { order, change, signed }: MadeUp, pauses: readonly number[]): boolean {
  const addresses = new Set([order.notifyUrl, url].filter((address) => address !== null));
  const changed = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, String(value)]));
  for (const address of addresses) {
    const parameters = { ...parametersOf(signer, signType, order), ...changed };
    const sign = signNotice(parameters, signer.notifyKey, signType ?? 'MD5');
    courier.send({
      gateway: 'ums', reference: order.reference, url: address, pausesSeconds: pauses,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ ...parameters, sign: signed ? sign : spoilt(sign) }).toString(),
      isTaken: (status, text) => status === 200 && text.trim() === 'SUCCESS',
    });
  }
  return addresses.size > 0;
}

/** Section 1.8.3, with a key that no table names: whoever checks the signature must take what comes. */
function parametersOf({ merchantId }: NoticeSigner, signType: NoticeSignType | null, order: Order): Record<string, string> {
  const at = chinaTime(order.paidAt ?? order.createdAt);
  const amount = String(order.amount);
  return {
    mid: merchantId, tid: order.terminal, instMid: String(order.extras['instMid'] ?? 'APPDEFAULT'), attachedData: String(order.extras['attachedData'] ?? ''), bankCardNo: '',
    billFunds: `现金:${amount}`, billFundsDesc: `现金支付${(order.amount / 100).toFixed(2)}元。`, buyerId: order.payer, couponAmount: '0', buyerPayAmount: amount, totalAmount: amount,
    invoiceAmount: amount, receiptAmount: amount, merOrderId: order.reference, payTime: at, createTime: chinaTime(order.createdAt), seqId: order.gatewayNumber, settleDate: at.slice(0, 10),
    status: statusOf(order), targetOrderId: order.tradeNumber, targetSys: targetSystem(order), connectSys: 'UNIONPAY', orderDesc: order.subject,
    billPayment: JSON.stringify({ totalAmount: order.amount, payTime: at, merOrderId: order.reference, status: statusOf(order) }),
    [`rnd${randomBytes(4).toString('hex')}`]: `a&b=c+d %25 ${randomBytes(4).toString('hex')}`,
    ...(signType === null ? {} : { signType }),
  };
}

const settingsSchema = z.strictObject({ url: z.url().nullable().optional(), signType: z.enum(['MD5', 'SHA256']).nullable().optional() });

/** `POST /simulator/ums/notifications`: what the shop's own address is, and how notifications are signed from now on. `notice`: one that is made up. */
export function controlUms(counter: Counter, signer: NoticeSigner, settings: NoticeSettings, name: string, body: unknown): ControlAnswer | null {
  if (name === 'notice') return sendMadeUp(counter, 'ums', body, (given) => notify(counter, signer, settings, given, [0]));
  if (name !== 'notifications') return null;
  const parsed = settingsSchema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  if (parsed.data.url !== undefined) settings.url = parsed.data.url;
  if (parsed.data.signType !== undefined) settings.signType = parsed.data.signType;
  return { status: 200, json: { url: settings.url, signType: settings.signType } };
}
