/** A small caller of both gateways for the simulator's own tests; it signs by the documents and shares no code with the sides. */
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach } from 'vitest';
import { manualClock, startSimulator } from './index.ts';
import type { LoggedRequest, ManualClock, Simulator } from './index.ts';

/** Gives each test of a file a simulator with a clock of its own, closed after it. Called once at the top of the file. */
export function simulatorForEach(take: (made: { readonly clock: ManualClock; readonly simulator: Simulator }) => void, wall?: number): void {
  let simulator: Simulator | null = null;
  beforeEach(async () => {
    const clock = manualClock(wall);
    simulator = await startSimulator({ clock });
    take({ clock, simulator });
  });
  afterEach(async () => simulator?.close());
}

export interface WireResult {
  /** `lost`: the connection died before the answer was whole. */
  readonly kind: 'answer' | 'lost';
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** One request over a connection of its own. Resolves always, unless nobody ever answers. */
export function send(url: string, { method = 'GET', headers = {}, body = '' }: Sending = {}): Promise<WireResult> {
  return new Promise((resolve) => {
    const lost = (status: number, text: string) => resolve({ kind: 'lost', status, headers: {}, text });
    const request = httpRequest(url, { method, headers: { 'content-length': Buffer.byteLength(body), ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const text = () => Buffer.concat(chunks).toString('utf8');
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ kind: 'answer', status: response.statusCode ?? 0, headers: response.headers, text: text() }));
      response.on('error', () => lost(response.statusCode ?? 0, text()));
    });
    request.on('error', () => lost(0, ''));
    request.end(body);
  });
}

export type Answer = Record<string, unknown>;

export function parsed(result: WireResult): Answer {
  return JSON.parse(result.text) as Answer;
}

const md5 = (text: string | Buffer) => createHash('md5').update(text).digest('hex');

export function shouqianbaRequest(simulator: Simulator, body: string): Sending {
  const { terminalSn, terminalKey } = simulator.gateways.shouqianba;
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `${terminalSn} ${md5(Buffer.from(body + terminalKey))}` },
    body,
  };
}

export function shouqianba(simulator: Simulator, call: string, fields: Record<string, unknown>): Promise<WireResult> {
  const { baseUrl, terminalSn } = simulator.gateways.shouqianba;
  return send(`${baseUrl}/upay/v2/${call}`, shouqianbaRequest(simulator, JSON.stringify({ terminal_sn: terminalSn, ...fields })));
}

export function omipayQuery(simulator: Simulator, fields: Record<string, string>): string {
  const { merchantNumber, secretKey } = simulator.gateways.omipay;
  const timestamp = String(simulator.world.clock.wall());
  const nonce = 'nonce0123456789';
  const sign = md5(`${merchantNumber}&${timestamp}&${nonce}&${secretKey}`).toUpperCase();
  return new URLSearchParams({ m_number: merchantNumber, timestamp, nonce_str: nonce, sign, ...fields }).toString();
}

export function omipay(simulator: Simulator, call: string, fields: Record<string, string>, method = 'POST'): Promise<WireResult> {
  return send(`${simulator.gateways.omipay.baseUrl}/${call}?${omipayQuery(simulator, fields)}`, {
    method, headers: { 'content-type': 'application/json' },
  });
}

/** The same steps at either gateway. */
export interface Teller {
  pay(reference: string, code: string, amount?: string): Promise<WireResult>;
  /** Needs the order to be booked at Omipay, which asks by its own number. */
  query(reference: string): Promise<WireResult>;
  /** Under the shop's refund number. */
  refund(reference: string, number: string, amount: string): Promise<WireResult>;
  /** How the order's first refund is: QueryRefund at Omipay, the order's query at Shouqianba, which has no other. */
  queryRefund(reference: string): Promise<WireResult>;
}

/** The gateways that take scanned codes by calls of their own form. */
export type ScanGateway = 'shouqianba' | 'omipay';

export function tellerOf(simulator: Simulator, gateway: ScanGateway): Teller {
  if (gateway === 'shouqianba') {
    return {
      pay: (reference, code, amount = '100') =>
        shouqianba(simulator, 'pay', { client_sn: reference, total_amount: amount, dynamic_id: code, subject: '南门便利店', operator: '01' }),
      query: (reference) => shouqianba(simulator, 'query', { client_sn: reference }),
      refund: (reference, number, amount) =>
        shouqianba(simulator, 'refund', { client_sn: reference, refund_request_no: number, operator: '01', refund_amount: amount }),
      queryRefund: (reference) => shouqianba(simulator, 'query', { client_sn: reference }),
    };
  }
  const order = (reference: string) => simulator.world.order(reference, 'omipay');
  return {
    pay: (reference, code, amount = '100') =>
      omipay(simulator, 'MakeScanOrder', {
        order_name: '南门便利店', currency: 'AUD', amount, notify_url: simulator.gateways.omipay.notifyUrl,
        qrcode: code, pos_no: simulator.gateways.omipay.posNumber, out_order_no: reference,
      }),
    query: (reference) => omipay(simulator, 'QueryOrder', { order_no: order(reference)?.gatewayNumber ?? 'unknown' }),
    refund: (reference, number, amount) =>
      omipay(simulator, 'Refund', { order_no: order(reference)?.gatewayNumber ?? 'unknown', out_refund_no: number, amount }),
    queryRefund: (reference) => omipay(simulator, 'QueryRefund', { refund_no: order(reference)?.refunds[0]?.gatewayNumber ?? 'unknown' }),
  };
}

/** Where an answer of either gateway stands, in one word. */
export function wordOf(result: WireResult): string {
  if (result.kind === 'lost') return 'lost';
  const answer = parsed(result);
  const biz = answer['biz_response'] as Answer | undefined;
  if (biz !== undefined) {
    const data = biz['data'] as Answer | null | undefined;
    return biz['result_code'] === 'SUCCESS' ? String(data?.['order_status'] ?? biz['order_status']) : String(biz['error_code'] || biz['result_code']);
  }
  if (answer['error_code']) return String(answer['error_code']);
  const data = answer['data'] as Answer | undefined;
  return String(answer['result_code'] ?? data?.['result_code'] ?? answer['return_code']);
}

/** The next request that reaches a gateway; when it resolves, the request was processed as far as it will be now. */
export function nextRequest(simulator: Simulator): Promise<LoggedRequest> {
  return new Promise((resolve) => {
    const stop = simulator.world.onRequest((request) => {
      stop();
      resolve(request);
    });
  });
}
