/** UMS's payment notification (section 1.8): a signed form, sent to the order's address and to the shop's own until somebody says SUCCESS. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Json, Order } from '../model.ts';
import type { Counter } from './gateway-side.ts';
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
export function notifyPaid({ courier }: Counter, signer: NoticeSigner, { url, signType }: NoticeSettings, order: Order): void {
  if (order.gateway !== 'ums' || order.state !== 'paid' || order.extras['notified'] === true || order.extras['poslink'] === true) return;
  order.extras['notified'] = true;
  const addresses = new Set([order.notifyUrl, url].filter((address) => address !== null));
  for (const address of addresses) {
    courier.send({
      gateway: 'ums', reference: order.reference, url: address, pausesSeconds,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(signedParameters(signer, signType, order)).toString(),
      isTaken: (status, text) => status === 200 && text.trim() === 'SUCCESS',
    });
  }
}

/** Section 1.8.3, with a key that no table names: whoever checks the signature must take what comes. */
function signedParameters({ merchantId, notifyKey }: NoticeSigner, signType: NoticeSignType | null, order: Order): Record<string, string> {
  const at = chinaTime(order.paidAt ?? order.createdAt);
  const amount = String(order.amount);
  const parameters: Record<string, string> = {
    mid: merchantId, tid: order.terminal, instMid: String(order.extras['instMid'] ?? 'APPDEFAULT'), attachedData: String(order.extras['attachedData'] ?? ''), bankCardNo: '',
    billFunds: `现金:${amount}`, billFundsDesc: `现金支付${(order.amount / 100).toFixed(2)}元。`, buyerId: order.payer, couponAmount: '0', buyerPayAmount: amount, totalAmount: amount,
    invoiceAmount: amount, receiptAmount: amount, merOrderId: order.reference, payTime: at, createTime: chinaTime(order.createdAt), seqId: order.gatewayNumber, settleDate: at.slice(0, 10),
    status: statusOf(order), targetOrderId: order.tradeNumber, targetSys: targetSystem(order), connectSys: 'UNIONPAY', orderDesc: order.subject,
    billPayment: JSON.stringify({ totalAmount: order.amount, payTime: at, merOrderId: order.reference, status: statusOf(order) }),
    [`rnd${randomBytes(4).toString('hex')}`]: `a&b=c+d %25 ${randomBytes(4).toString('hex')}`,
    ...(signType === null ? {} : { signType }),
  };
  return { ...parameters, sign: signNotice(parameters, notifyKey, signType ?? 'MD5') };
}

const settingsSchema = z.strictObject({ url: z.url().nullable().optional(), signType: z.enum(['MD5', 'SHA256']).nullable().optional() });

/** `POST /simulator/ums/notifications`: what the shop's own address is, and how notifications are signed from now on. */
export function controlUms(settings: NoticeSettings, name: string, body: unknown): { readonly status: number; readonly json: Json } | null {
  if (name !== 'notifications') return null;
  const parsed = settingsSchema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  if (parsed.data.url !== undefined) settings.url = parsed.data.url;
  if (parsed.data.signType !== undefined) settings.signType = parsed.data.signType;
  return { status: 200, json: { url: settings.url, signType: settings.signType } };
}
