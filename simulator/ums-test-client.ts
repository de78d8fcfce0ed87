/** A caller of UMS for the simulator's own tests; it signs by FIELD.md's words and shares no code with the side. */
import { createHash, createHmac } from 'node:crypto';
import type { Simulator } from './index.ts';
import { parsed, send } from './test-client.ts';
import type { Answer, Sending, WireResult } from './test-client.ts';

/** `yyyy-MM-dd HH:mm:ss` of China. */
export function chinaText(instant: number): string {
  return new Date(instant + 28_800_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A signed POST of these bytes. */
export function umsRequest(simulator: Simulator, body: string, signed: string = body): Sending {
  const { appId, appKey } = simulator.gateways.ums;
  const timestamp = chinaText(simulator.world.clock.wall()).replace(/\D/g, '');
  const nonce = 'nonce-0123456789';
  const hash = createHash('sha256').update(Buffer.from(signed)).digest('hex');
  const signature = createHmac('sha256', appKey).update(`${appId}${timestamp}${nonce}${hash}`).digest('base64');
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `OPEN-BODY-SIG AppId="${appId}", Timestamp="${timestamp}", Nonce="${nonce}", Signature="${signature}"` },
    body,
  };
}

/** One call of netpay with the fields that each of them wants. */
export function ums(simulator: Simulator, call: string, fields: Record<string, unknown>): Promise<WireResult> {
  const { baseUrl, merchantId: mid, terminalId: tid, instMid } = simulator.gateways.ums;
  const body = JSON.stringify({ requestTimestamp: chinaText(simulator.world.clock.wall()), mid, tid, instMid, ...fields });
  return send(`${baseUrl}/v1/netpay/${call}`, umsRequest(simulator, body));
}

export function poslink(simulator: Simulator, call: string, fields: Record<string, unknown>): Promise<WireResult> {
  const { baseUrl, merchantId: merchantCode, terminalId: terminalCode } = simulator.gateways.ums;
  const body = JSON.stringify({ merchantCode, terminalCode, ...fields });
  return send(`${baseUrl}/v6/poslink/transaction/${call}`, umsRequest(simulator, body));
}

/** A number with our source number before it, as long as the till's. */
export function numberOf(name: string): string {
  return `1001${name.padStart(23, '0')}`;
}

/** The error word, or what the answer says of the refund or of the order. */
export function umsWord(result: WireResult): string {
  if (result.kind === 'lost') return 'lost';
  const answer: Answer = parsed(result);
  if (answer['errCode'] !== 'SUCCESS') return String(answer['errCode']);
  return String(answer['refundStatus'] ?? answer['status']);
}

/** One order and what its shop does with it; `now` gives the simulator of the running test. */
export function umsShop(now: () => Simulator) {
  const order = numberOf('R1');
  return {
    order,
    create: (change: Record<string, unknown> = {}, address = 'trade/precreate') => ums(now(), address, { merOrderId: order, totalAmount: 100, tradeType: 'APP', ...change }),
    query: (change: Record<string, unknown> = {}) => ums(now(), 'query', { merOrderId: order, ...change }),
    refund: (name: string, refundAmount: unknown, change: Record<string, unknown> = {}) => ums(now(), 'refund', { merOrderId: order, refundOrderId: numberOf(name), refundAmount, ...change }),
    pay: () => now().world.confirm(order),
    booked: () => now().world.order(order),
  };
}
