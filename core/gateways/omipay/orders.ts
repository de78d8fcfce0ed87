/**
 * The orders that a till doesn't make, for integrators: JSAPI, online, APP and applet (document 3.3, 3.5, 3.6 and 3.7). A builder
 * and a reader each, with typed results; how such an order ended is asked with QueryOrder as for all others.
 */
import type { DeclineReason } from '../../contract/types.ts';
import type { Amount } from '../../money/amount.ts';
import type { WireAnswer, WireRequest } from '../../ports.ts';
import type { Evidence, Moment, UnknownWhy } from '../gateway.ts';
import { isPageAddress } from '../shown-code.ts';
import { rowOf } from '../wire-fields.ts';
import { keptReference, textForWire } from '../words.ts';
import { evidenceOf } from './order.ts';
import { longestOrderName, signedFields, signedRequest, type Fields } from './requests.ts';
import type { OmipaySettings } from './settings.ts';
import { errorCodes, returnCodes } from './table.ts';
import { readStarted, type StartedFields } from './wire.ts';

/** What every order says. What is left out isn't sent. */
export interface OrderBasics {
  /** What the payer sees; cut to 64 characters. */
  readonly orderName: string;
  /** In AUD or CNY. */
  readonly amount: Amount;
  /** Ours, never given twice. */
  readonly outOrderNo: string;
  /** Where the push goes to; the settings' where it is left out. */
  readonly notifyUrl?: string;
  /** The shop (`o_number`). */
  readonly branchNumber?: string;
}

/** Document 3.3: a page that pays in the wallet's own browser, or behind a QR code. */
export interface JsapiOrder extends OrderBasics {
  /** Where the payer's browser goes once it is paid. */
  readonly redirectUrl: string;
  readonly directPay?: boolean;
  /** Asks for `pcPayUrl`, a page for a large screen, too. */
  readonly showPcPayUrl?: boolean;
  readonly posNumber?: string;
}

/** Document 3.5: Alipay or POLi on a web page; POLi takes more than 1. */
export interface OnlineOrder extends OrderBasics {
  readonly type: 'web' | 'wap';
  readonly platform?: 'ALIPAYONLINE' | 'POLI';
  readonly returnUrl?: string;
}

/** Document 3.6: inside the shop's own app, whose id WeChat wants. */
export type AppOrder = OrderBasics & ({ readonly platform: 'ALIPAYONLINE' | 'POLI' } | { readonly platform: 'WECHATPAY'; readonly appId: string });

/** Document 3.7: inside an applet of WeChat's, for a payer that it knows (`customerId` is the openid). */
export interface AppletOrder extends OrderBasics {
  readonly appId: string;
  readonly customerId: string;
}

/** What became of an order's request. A closed union; whatever isn't listed is `unknown`: then only QueryOrder tells. */
export type OrderAnswer<Started> =
  | { readonly kind: 'started'; /** Omipay's number, by which alone it can be asked for. */ readonly orderNo: string; readonly start: Started; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly reason: DeclineReason; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly why: UnknownWhy; readonly evidence: Evidence };

export interface JsapiStart {
  readonly payUrl: string;
  /** Null where it wasn't asked for. Opened with `signedPage`. */
  readonly pcPayUrl: string | null;
}

/** What `wx.requestPayment` takes. */
export interface AppletStart {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: string;
  readonly paySign: string;
}

export function buildJsapiOrder(order: JsapiOrder, settings: OmipaySettings, moment: Moment): WireRequest {
  return signedRequest('MakeJSAPIOrder', {
    ...basics(order, settings), redirect_url: order.redirectUrl,
    ...given({ direct_pay: flag(order.directPay), show_pc_pay_url: flag(order.showPcPayUrl), o_number: order.branchNumber, pos_no: order.posNumber }),
  }, settings, moment);
}

export function buildOnlineOrder(order: OnlineOrder, settings: OmipaySettings, moment: Moment): WireRequest {
  if (order.platform === 'POLI' && order.amount.minor <= 1) throw new Error('POLi takes more than 1');
  return signedRequest('MakeOnlineOrder', {
    ...basics(order, settings), ...given({ return_url: order.returnUrl }), type: order.type, ...given({ o_number: order.branchNumber, platform: order.platform }),
  }, settings, moment);
}

export function buildAppOrder(order: AppOrder, settings: OmipaySettings, moment: Moment): WireRequest {
  const appId = order.platform === 'WECHATPAY' ? order.appId : undefined;
  return signedRequest('MakeAPPOrder', { ...basics(order, settings), platform: order.platform, ...given({ o_number: order.branchNumber, app_id: appId }) }, settings, moment);
}

export function buildAppletOrder(order: AppletOrder, settings: OmipaySettings, moment: Moment): WireRequest {
  return signedRequest('MakeAppletOrder', {
    ...basics(order, settings), platform: 'WECHATPAY', ...given({ o_number: order.branchNumber }), app_id: order.appId, customer_id: order.customerId,
  }, settings, moment);
}

/** The answer to `order`. Total. */
export function readJsapiOrder(order: JsapiOrder, answer: WireAnswer): OrderAnswer<JsapiStart> {
  return read(order, answer, ({ pay_url: payUrl, pc_pay_url: pcPayUrl }) =>
    isPageAddress(payUrl) && (pcPayUrl === '' || isPageAddress(pcPayUrl)) ? { payUrl, pcPayUrl: pcPayUrl === '' ? null : pcPayUrl } : null);
}

/** Total. */
export function readOnlineOrder(order: OnlineOrder, answer: WireAnswer): OrderAnswer<{ readonly payUrl: string }> {
  return read(order, answer, ({ pay_url: payUrl }) => (isPageAddress(payUrl) ? { payUrl } : null));
}

/** `orderString` is what the wallet's own kit takes: text, or JSON as text. Total. */
export function readAppOrder(order: AppOrder, answer: WireAnswer): OrderAnswer<{ readonly orderString: string }> {
  return read(order, answer, ({ order_string: orderString }) => (orderString === '' ? null : { orderString }));
}

/** Total. */
export function readAppletOrder(order: AppletOrder, answer: WireAnswer): OrderAnswer<AppletStart> {
  return read(order, answer, ({ timeStamp, nonceStr, Package, package: lower, signType, paySign }) => {
    // `Package` in the table of 3.7, `package` in its example.
    const start = { timeStamp, nonceStr, package: Package === '' ? lower : Package, signType, paySign };
    return Object.values(start).includes('') ? null : start;
  });
}

/**
 * A page of Omipay's as the payer's browser opens it: signed like a call (document 3.2 and 3.3). The signature is good for any
 * call for five minutes (2.1), so it is made for one payer at a time and written down nowhere.
 */
export function signedPage(pageUrl: string, redirectUrl: string, settings: OmipaySettings, moment: Moment): string {
  const page = new URL(pageUrl);
  for (const [key, value] of Object.entries({ ...signedFields(settings, moment), redirect_url: redirectUrl })) page.searchParams.set(key, value);
  return page.href;
}

/** Omipay's number and what starts the payment: an order without either is of no use, and is asked for. */
function read<Started>(order: OrderBasics, answer: WireAnswer, startOf: (fields: StartedFields) => Started | null): OrderAnswer<Started> {
  const both = readStarted(answer.body);
  if (both === null) return { kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } };
  const { wire, started } = both;
  const evidence = evidenceOf(wire, null);
  const unknown = (why: UnknownWhy): OrderAnswer<Started> => ({ kind: 'unknown', why, evidence });
  if (wire.out_order_no !== '' && wire.out_order_no !== order.outOrderNo) return unknown('mismatch');
  switch (rowOf(returnCodes, wire.return_code)?.means) {
    case 'done': {
      const orderNo = keptReference(wire.order_no, null);
      const start = startOf(started);
      return orderNo === null || start === null ? unknown('unlisted') : { kind: 'started', orderNo, start, evidence };
    }
    case 'failed': {
      const meaning = rowOf(errorCodes, wire.error_code)?.order;
      return meaning === undefined ? unknown('unlisted') : { ...meaning, evidence };
    }
    case undefined:
      return unknown('unlisted');
  }
}

function basics({ orderName, amount, outOrderNo, notifyUrl }: OrderBasics, settings: OmipaySettings): Fields {
  if (amount.currency !== 'AUD' && amount.currency !== 'CNY') throw new Error(`Omipay takes AUD and CNY, not ${amount.currency}`);
  if (!Number.isSafeInteger(amount.minor) || amount.minor <= 0) throw new Error('an order needs an amount');
  if (outOrderNo === '') throw new Error('an order needs its number');
  return {
    order_name: textForWire(orderName, longestOrderName), currency: amount.currency, amount: String(amount.minor), ...given({ notify_url: notifyUrl ?? settings.notifyUrl }), out_order_no: outOrderNo,
  };
}

/** Document 3.3: 1 where it is wanted, and else not sent. */
function flag(wanted: boolean | undefined): string | undefined {
  return wanted === true ? '1' : undefined;
}

function given(fields: Readonly<Record<string, string | undefined>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
