/** OMoney's merchant payment API V1.2.1, the other side: tokens, payments with their links, cancels, refunds, and what it tells by itself. */
import type { CallName, Json, JsonObject, Order, RefundEntry } from '../model.ts';
import { isJsonType } from './fields.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateway-side.ts';
import { alter, problem, say, statusOf, unknownMessage } from './omoney-answers.ts';
import { faultsOfMethods, faultsOfPayment, faultsOfRefund, isObject } from './omoney-fields.ts';
import type { Fields } from './omoney-fields.ts';
import { Links } from './omoney-links.ts';
import { listMethods } from './omoney-methods.ts';
import { readAmount } from './omoney-money.ts';
import { cancelPayment, createPayment, queryPayment, queryRefund, refundKey, refundPayment } from './omoney-trade.ts';
import type { OmoneyDesk } from './omoney-trade.ts';
import { sendNotice, tellShop } from './omoney-notices.ts';
import { checkoutPage } from './omoney-page.ts';
import { TokenDesk } from './omoney-token.ts';
import type { OmoneyAccount } from './omoney-token.ts';

type OmoneyCall = 'token' | 'methods' | 'present' | 'query' | 'cancel' | 'refund' | 'queryRefund';

/** What a path names: the call, and the number in it. */
interface Target {
  readonly call: OmoneyCall;
  readonly id: string;
}

const routes: readonly { readonly path: RegExp; readonly method?: string; readonly call: OmoneyCall }[] = [
  { path: /^\/v1\/oauth\/token$/, call: 'token' },
  { path: /^\/v1\/paymentmethod$/, call: 'methods' },
  { path: /^\/v1\/payment$/, call: 'present' },
  { path: /^\/v1\/payment\/([^/]+)\/cancel$/, call: 'cancel' },
  { path: /^\/v1\/payment\/([^/]+)$/, call: 'query' },
  // The same path with two meanings: by the shop's order number, and by OMoney's refund number.
  { path: /^\/v1\/refund\/([^/]+)$/, method: 'POST', call: 'refund' },
  { path: /^\/v1\/refund\/([^/]+)$/, call: 'queryRefund' },
];

const methodsOfCalls: Readonly<Record<OmoneyCall, readonly string[]>> = {
  token: ['POST'], methods: ['GET', 'POST'], present: ['POST'], query: ['GET'], cancel: ['POST'], refund: ['POST'], queryRefund: ['GET'],
};

function targetOf(path: string, method: string): Target | null {
  for (const route of routes) {
    const parts = route.path.exec(path);
    if (parts !== null && (route.method === undefined || route.method === method)) return { call: route.call, id: decoded(parts[1] ?? '') };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function omoneySide(counter: Counter, account: OmoneyAccount): GatewaySide {
  const desk: OmoneyDesk = { counter, links: new Links(), refundNotifyUrls: new Map() };
  const tokens = new TokenDesk(counter.clock, account);
  tellShop(desk);
  return {
    id: 'omoney',
    methods: ['GET', 'POST'],
    callOf: (path, method): CallName | null => targetOf(path, method)?.call ?? null,
    read: (_call, request) => readRequest(desk, tokens, request),
    alter,
    statusOf,
    page: (request) => checkoutPage(desk, request),
    control: (name, body) => control(desk, tokens, name, body),
  };
}

function control(desk: OmoneyDesk, tokens: TokenDesk, name: string, body: unknown): { readonly status: number; readonly json: Json } | null {
  switch (name) {
    case 'token':
      return tokens.control(body);
    case 'links':
      return desk.links.control(body);
    case 'notice':
      return sendNotice(desk, body);
    default:
      return null;
  }
}

function readRequest(desk: OmoneyDesk, tokens: TokenDesk, request: IncomingRequest): ReadRequest {
  const target = targetOf(request.path, request.method);
  if (target === null) throw new Error(`${request.path} is no path of OMoney`);
  desk.links.reachedAt(request.headers['host']);
  const fields = fieldsOf(request);
  const refusal = refuseRequest(desk, tokens, target, request, fields);
  const { orderNow, entryNow } = lookUps(desk, target, fields);
  const known = orderNow();
  const { id, call } = target;
  const byOrderId = call === 'cancel' || call === 'refund' ? id : call === 'present' ? textOf(fields, 'order_id') : null;
  return {
    reference: known?.reference ?? byOrderId,
    code: known?.code ?? null,
    amount: known?.amount ?? readAmount(textOf(fields, 'amount') ?? '', textOf(fields, 'currency') ?? ''),
    repeat: call === 'refund' ? entryNow() !== null : known !== null,
    body: fields,
    refusedAs: refusal === null ? null : String(refusal['message']),
    answer: () => refusal ?? answerCall(desk, tokens, target, fields ?? {}),
    say: (what) => {
      const entry = entryNow();
      const refundNotifyUrl = desk.refundNotifyUrls.get(refundKey(known?.reference ?? '', entry?.reference ?? '')) ?? '';
      return say(call, what, { order: orderNow(), entry, refundNotifyUrl, links: desk.links });
    },
  };
}

/** A POST's JSON object, `{}` where it has no body, or a GET's query string. Null where it is neither. */
function fieldsOf({ method, body, query }: IncomingRequest): Fields | null {
  if (method === 'GET') return Object.fromEntries(new URLSearchParams(query));
  if (body.length === 0) return Object.fromEntries(new URLSearchParams(query));
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function textOf(fields: Fields | null, name: string): string | null {
  const value = fields?.[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function lookUps({ counter: { ledger } }: OmoneyDesk, { call, id }: Target, fields: Fields | null): { readonly orderNow: () => Order | null; readonly entryNow: () => RefundEntry | null } {
  const orderNow = () => {
    switch (call) {
      case 'present':
        return ledger.find('omoney', textOf(fields, 'order_id') ?? '');
      case 'query':
        return ledger.findByGatewayNumber('omoney', id);
      case 'cancel':
      case 'refund':
        return ledger.find('omoney', id);
      case 'queryRefund':
        return ledger.findRefund('omoney', id)?.order ?? null;
      default:
        return null;
    }
  };
  const entryNow = () => {
    if (call === 'queryRefund') return ledger.findRefund('omoney', id)?.refund ?? null;
    return call === 'refund' ? (orderNow()?.refunds.findLast((entry) => entry.reference === textOf(fields, 'refund_order_id')) ?? null) : null;
  };
  return { orderNow, entryNow };
}

/** The refusal of the request itself, or null where it may be processed. */
function refuseRequest(desk: OmoneyDesk, tokens: TokenDesk, { call, id }: Target, request: IncomingRequest, fields: Fields | null): JsonObject | null {
  const { method, headers, query, body } = request;
  if (!methodsOfCalls[call].includes(method)) return problem(405, `请使用${methodsOfCalls[call].join('或')}`);
  // Section 1.5, for every request.
  if (!String(headers['accept'] ?? '').split(',').some((part) => isJsonType(part.trim()))) return problem(400, 'Accept必须是application/json');
  if (call === 'token') {
    if (!/^application\/x-www-form-urlencoded\s*(;\s*charset=utf-8\s*)?$/i.test(String(headers['content-type'] ?? ''))) return problem(400, 'Content-Type必须是application/x-www-form-urlencoded');
    const refused = tokens.refuse(request);
    return refused === null ? null : problem(refused.status, refused.message);
  }
  if (!isJsonType(headers['content-type'])) return problem(400, 'Content-Type必须是application/json');
  if (!tokens.isGood(headers['authorization'])) return problem(401, 'access_token无效或已过期');
  if (method === 'GET' && body.length > 0) return problem(400, 'GET请求不能有请求主体');
  if (fields === null) return problem(400, '请求主体不是JSON对象');
  if ((call === 'query' || call === 'queryRefund') && !mayAsk(desk, call, id, query)) return problem(404, unknownMessage);
  const faults = faultsOfCall(call, request, fields);
  return faults.length > 0 ? problem(400, faults.join('; ')) : null;
}

/** By the link that was given. Of another till's payment nobody here was given one, so its bare address will do. */
function mayAsk({ counter: { ledger }, links }: OmoneyDesk, call: 'query' | 'queryRefund', id: string, query: string): boolean {
  const order = call === 'query' ? ledger.findByGatewayNumber('omoney', id) : (ledger.findRefund('omoney', id)?.order ?? null);
  return links.opens(id, query) || (query === '' && order !== null && order.shown === null);
}

function faultsOfCall(call: Exclude<OmoneyCall, 'token'>, { query, body }: IncomingRequest, fields: Fields): string[] {
  switch (call) {
    case 'methods':
      return body.length > 0 ? ['参数应在地址中'] : faultsOfMethods(fields);
    case 'present':
      return query === '' ? faultsOfPayment(fields) : ['参数应在请求主体中'];
    case 'refund':
      return query === '' ? faultsOfRefund(fields) : ['参数应在请求主体中'];
    case 'cancel':
      return Object.keys(fields).length > 0 ? ['取消支付没有参数'] : [];
    case 'query':
    case 'queryRefund':
      return [];
  }
}

function answerCall(desk: OmoneyDesk, tokens: TokenDesk, { call, id }: Target, fields: Fields): Json {
  switch (call) {
    case 'token':
      return tokens.make();
    case 'methods':
      return listMethods(String(fields['currency']), String(fields['country']));
    case 'present':
      return createPayment(desk, fields);
    case 'query':
      return queryPayment(desk, id);
    case 'cancel':
      return cancelPayment(desk, id);
    case 'refund':
      return refundPayment(desk, id, fields);
    case 'queryRefund':
      return queryRefund(desk, id);
  }
}
