/** Shouqianba's callback: what the newer pages say of it. The address is set in the back office; no call of the document names one. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import type { Order, OrderState } from '../model.ts';
import type { Counter } from './gateway-side.ts';
import type { MadeUp } from './notice-control.ts';
import { orderData } from './shouqianba-answers.ts';

export interface CallbackSettings {
  url: string | null;
}

/** At once, then after 1, 5, 30 and 600 seconds, until somebody answers plain `success`. */
const pausesSeconds = [0, 1, 5, 30, 600] as const;

const told: ReadonlySet<OrderState> = new Set(['paid', 'refused']);

let platformKeys: { readonly publicKey: string; readonly privateKey: string } | null = null;

/** Made when first needed: drawing an RSA pair takes longer than starting the simulator. */
function keys(): { readonly publicKey: string; readonly privateKey: string } {
  platformKeys ??= generateKeyPairSync('rsa', {
    modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return platformKeys;
}

/** The platform's public key in PEM, with which a till checks a callback. */
export function platformPublicKey(): string {
  return keys().publicKey;
}

/** Tells the shop how an order ended, once per end. */
export function callBack(counter: Counter, settings: CallbackSettings, order: Order): void {
  if (order.gateway !== 'shouqianba' || settings.url === null || !told.has(order.state) || order.extras['toldOf'] === order.state) return;
  order.extras['toldOf'] = order.state;
  sendCallback(counter, settings, { order, change: {}, signed: true }, pausesSeconds);
}

/** False where the back office has no address. */
export function sendCallback({ courier }: Counter, { url }: CallbackSettings, { order, change, signed }: MadeUp, pauses: readonly number[]): boolean {
  if (url === null) return false;
  const body = JSON.stringify({ ...orderData(order), ...change });
  courier.send({
    gateway: 'shouqianba', reference: order.reference, url, body, pausesSeconds: pauses,
    // Of other bytes it is a signature all the same, only not of these.
    headers: { 'content-type': 'application/json', authorization: `${order.terminal} ${signRaw(signed ? body : `${body} `)}` },
    isTaken: (status, text) => status === 200 && text.trim() === 'success',
  });
  return true;
}

/** SHA256withRSA over the raw body, base64. */
function signRaw(body: string): string {
  return createSign('RSA-SHA256').update(body, 'utf8').sign(keys().privateKey, 'base64');
}
