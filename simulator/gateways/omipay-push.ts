/** Omipay's signed push to the address that the order named (section 3.9). */
import { createHash, randomBytes } from 'node:crypto';
import type { Order } from '../model.ts';
import type { Counter } from './gateway-side.ts';
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
export function pushPaid({ clock, courier }: Counter, { merchantNumber, secretKey }: PushSigner, order: Order): void {
  if (order.gateway !== 'omipay' || order.state !== 'paid' || order.notifyUrl === null || order.extras['pushed'] === true) return;
  order.extras['pushed'] = true;
  const timestamp = clock.wall();
  const nonce = randomBytes(16).toString('hex');
  const body = JSON.stringify({
    return_code: 'SUCCESS', nonce_str: nonce, timestamp, sign: signOmipay(merchantNumber, String(timestamp), nonce, secretKey),
    order_no: order.gatewayNumber, out_order_no: order.reference, currency: order.currency, total_amount: order.amount,
    order_time: easternTime(order.createdAt), pay_time: easternTime(order.paidAt), exchange_rate: rateOf(order), cny_amount: amountInYuan(order),
  });
  courier.send({
    gateway: 'omipay', reference: order.reference, url: order.notifyUrl, headers: { 'content-type': 'application/json' }, body, pausesSeconds,
    isTaken: (status, text) => status === 200 && saysSuccess(text),
  });
}

function saysSuccess(text: string): boolean {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'return_code' in answer && answer.return_code === 'SUCCESS';
  } catch {
    return false;
  }
}
