/** A small caller of OMoney for the simulator's own tests: by the document, following links, sharing no code with the side. */
import type { Simulator } from '../index.ts';
import { parsed, send } from '../test-client.ts';
import type { Answer, WireResult } from '../test-client.ts';

export interface OmoneyCaller {
  readonly token: string;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<WireResult>;
  /** Follows a link as it was given, or asks for a path. */
  get(pathOrHref: string, headers?: Readonly<Record<string, string>>): Promise<WireResult>;
  create(change?: Readonly<Record<string, unknown>>): Promise<WireResult>;
  refund(orderId: string, change?: Readonly<Record<string, unknown>>): Promise<WireResult>;
}

/** The document's own example of a customer, with the key and the values free of the blanks that the text extraction left. */
export const exampleCustomer = {
  first_name: 'Chris', middle_name: '', last_name: 'Ma', country: 'CN', state: 'BEIJING', city: 'BEIJING', zip: '400000', email: 'test@test.com',
  phone: '86-13800000000', address1: '北京市朝阳区中外 SOHO 大厦 32 楼区', address2: ' C 区', client_ip: '113.204.136.66', cpf: '',
};

/** Section 2.1.5's example. */
export const examplePayment = {
  return_url: 'http://www.mysite.com/return_url', notify_url: 'http://www.mysite.com/notify_url', payment_method: 'ALIPAY', request_type: 'WEB',
  order_id: 'db9e9e6b-918e-11e5-8346-1c6f65f84b6d', amount: '1.00', currency: 'CNY', description: '支付订单', website: 'http://www.mysite.com ', source: exampleCustomer,
};

/** Section 2.2.4's example. */
export const exampleRefund = {
  amount: '1.00', currency: 'CNY', refund_order_id: 'be8578eb-91a0-11e5-8346-1c6f65f84b6d', notify_url: 'http://www.mysite.com/refund_notify_url',
};

export const tokenPath = '/v1/oauth/token?grant_type=client_credentials&scope=write,read';

export function askToken(simulator: Simulator, headers: Readonly<Record<string, string>> = {}, path = tokenPath, body = ''): Promise<WireResult> {
  const { baseUrl, clientId, clientSecret } = simulator.gateways.omoney;
  const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  return send(`${baseUrl}${path}`, { method: 'POST', headers: { authorization, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers }, body });
}

export async function omoneyCaller(simulator: Simulator): Promise<OmoneyCaller> {
  const token = String(parsed(await askToken(simulator))['access_token']);
  const base = { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json' };
  const urlOf = (path: string) => (path.startsWith('/') ? `${simulator.gateways.omoney.baseUrl}${path}` : path);
  const post: OmoneyCaller['post'] = (path, body, headers = {}) =>
    send(urlOf(path), { method: 'POST', headers: { ...base, ...headers }, body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body) });
  return {
    token,
    post,
    get: (path, headers = {}) => send(urlOf(path), { headers: { ...base, ...headers } }),
    create: (change = {}) => post('/v1/payment', { ...examplePayment, ...change }),
    refund: (orderId, change = {}) => post(`/v1/refund/${orderId}`, { ...exampleRefund, ...change }),
  };
}

/** The address of a link; the tests fail where it is missing. */
export function linkOf(result: WireResult, rel: string): string {
  const links = parsed(result)['links'] as readonly Answer[];
  return String(links.find((link) => link['rel'] === rel)?.['href']);
}

/** HTTP status and status word or message, in one line. */
export function standOf(result: WireResult): string {
  if (result.kind === 'lost') return 'lost';
  if (!/^\{.*\}$/s.test(result.text)) return `${result.status} unreadable`;
  const answer = parsed(result);
  return `${result.status} ${String(answer['status'] ?? answer['message'])}`;
}
