/** Omipay's signed push to the address that the order named (section 3.9). */
import { createHash, randomBytes } from 'node:crypto';
import type { Order } from '../model.ts';
import type { Counter } from './gateway-side.ts';
import { sendMadeUp, spoilt } from './notice-control.ts';
import type { ControlAnswer, MadeUp } from './notice-control.ts';
import { amountInYuan, easternTime, rateOf } from './omipay-answers.ts';

/** Three tries; the document doesn't say how far apart. */
const pausesSeconds = [0, 10, 30] as const;

export interface PushSigner {
  readonly merchantNumber: string;
  readonly secretKey: string;
}

/** Section 2.3: the four joined with ampersands, MD5, upper case. */
export function signOmipay(merchantNumber: string, timestamp: string, nonce: string, secretKey: string): string {
  return createHash('md5').update(`${merchantNumber}&${timestamp}&${nonce}&${secretKey}`).digest('hex').toUpperCase();
}

/** Tells the shop of a payment, once; of nothing else, says the document. */
export function pushPaid(counter: Counter, signer: PushSigner, order: Order): void {
  if (order.gateway !== 'omipay' || order.state !== 'paid' || order.extras['pushed'] === true) return;
  order.extras['pushed'] = true;
  push(counter, signer, { order, change: {}, signed: true }, pausesSeconds);
}

/** `POST /simulator/omipay/notice`. */
export function controlOmipay(counter: Counter, signer: PushSigner, name: string, body: unknown): ControlAnswer | null {
  return name === 'notice' ? sendMadeUp(counter, 'omipay', body, (given) => push(counter, signer, given, [0])) : null;
}

/** False where the order named no address. */
function push({ clock, courier }: Counter, { merchantNumber, secretKey }: PushSigner, { order, change, signed }: MadeUp, pauses: readonly number[]): boolean {
  if (order.notifyUrl === null) return false;
  const fields: Record<string, string | number | boolean> = {
    return_code: 'SUCCESS', nonce_str: randomBytes(16).toString('hex'), timestamp: clock.wall(), order_no: order.gatewayNumber, out_order_no: order.reference,
    currency: order.currency, total_amount: order.amount, order_time: easternTime(order.createdAt), pay_time: easternTime(order.paidAt), exchange_rate: rateOf(order),
    cny_amount: amountInYuan(order), ...change,
  };
  const sign = signOmipay(merchantNumber, String(fields['timestamp']), String(fields['nonce_str']), secretKey);
  courier.send({
    gateway: 'omipay', reference: order.reference, url: order.notifyUrl, headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...fields, sign: signed ? sign : spoilt(sign) }), pausesSeconds: pauses,
    isTaken: (status, text) => status === 200 && saysSuccess(text),
  });
  return true;
}

function saysSuccess(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'return_code' in answer && answer.return_code === 'SUCCESS';
  } catch {
    return false;
  }
}
