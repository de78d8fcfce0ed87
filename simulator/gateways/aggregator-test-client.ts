/** A small caller of the aggregator for the simulator's own tests: it signs by the document and shares no code with the side. */
import { createHash } from 'node:crypto';
import type { Simulator } from '../index.ts';
import { parsed, send } from '../test-client.ts';
import type { Answer, WireResult } from '../test-client.ts';

type Pairs = Readonly<Record<string, string>>;

/** Section 4's first rule, by hand: sorted, without empty values, `secret` among them. */
export function signed(simulator: Simulator, pairs: Pairs): Record<string, string> {
  const all: Pairs = { ...pairs, secret: simulator.gateways.aggregator.secret };
  const names = Object.keys(all).filter((name) => all[name] !== '');
  const text = names.toSorted().map((name) => `${name}=${all[name] ?? ''}`).join('&');
  return { ...pairs, sign: createHash('md5').update(text).digest('hex') };
}

/** The example of section 4, for the simulated merchant. */
export function orderPairs(simulator: Simulator, change: Pairs = {}): Pairs {
  return {
    order_no: '20191234567890123456', bank_code: '911', amount: '10000', appid: simulator.gateways.aggregator.appId,
    return_url: 'https://www.return.com/return', notify_url: 'http://www.notify.com/notify', product_name: 'onlinepay', ...change,
  };
}

export function postForm(simulator: Simulator, path: string, pairs: Pairs, headers: Pairs = {}): Promise<WireResult> {
  const body = new URLSearchParams(pairs).toString();
  return send(`${simulator.gateways.aggregator.baseUrl}${path}`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body });
}

export const unified = (simulator: Simulator, change: Pairs = {}): Promise<WireResult> => postForm(simulator, '/api/order/unified', signed(simulator, orderPairs(simulator, change)));

export function checkOrder(simulator: Simulator, order_no = '20191234567890123456', method: 'GET' | 'POST' = 'GET'): Promise<WireResult> {
  const pairs = signed(simulator, { appid: simulator.gateways.aggregator.appId, order_no });
  if (method === 'POST') return postForm(simulator, '/api/order/check_order', pairs);
  return send(`${simulator.gateways.aggregator.baseUrl}/api/order/check_order?${new URLSearchParams(pairs).toString()}`);
}

export function dataOf(result: WireResult): Answer {
  return (parsed(result)['data'] ?? {}) as Answer;
}

/** The status of an answer with its pay_status or message, in one line. */
export function standOf(result: WireResult): string {
  if (result.kind === 'lost') return 'lost';
  if (!/^\{.*\}$/s.test(result.text)) return `${result.status} unreadable`;
  return `${String(parsed(result)['status'])} ${String(dataOf(result)['pay_status'] ?? parsed(result)['message'])}`;
}
