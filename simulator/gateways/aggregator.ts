/** The "综合支付" aggregator, the other side: orders with a page to pay on, and how they stand; it has no refund and no cancel. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { randomDigits } from '../ledger.ts';
import type { CallName, Json, JsonObject, Order, Wallet } from '../model.ts';
import { payShown } from '../shown.ts';
import { alter, chinaTime, checkAnswer, failure, readAmount, say, takenMessage, unifiedAnswer, unknownMessage, writeAmount } from './aggregator-answers.ts';
import { returnFields, sendNotice, tellShop } from './aggregator-notices.ts';
import type { AggregatorAccount } from './aggregator-notices.ts';
import { signRequest } from './aggregator-sign.ts';
import type { Pairs } from './aggregator-sign.ts';
import { faultsOfFields } from './fields.ts';
import type { FieldTable } from './fields.ts';
import type { Counter, GatewaySide, IncomingRequest, PageAnswer, ReadRequest } from './gateway-side.ts';
import { hostedPage, noSuchPage, pressed, seeOther } from './hosted-page.ts';

const paths: Readonly<Record<string, 'present' | 'query'>> = { '/api/order/unified': 'present', '/api/order/check_order': 'query' };
const pagePath = '/pay/';

const appid = { required: true };
const orderNo = { required: true, most: 20 };
const sign = { required: true, pattern: /^[0-9a-f]{32}$/ };
const address = { required: true, pattern: /^https?:\/\/\S+$/ };

/** Sections 5.1 and 5.4. */
const tables: Readonly<Record<'present' | 'query', FieldTable>> = {
  present: {
    appid, order_no: orderNo, amount: { required: true }, openid: {}, product_name: { required: true }, bank_code: { required: true, pattern: /^(901|903|906|911|912)$/ },
    // Chinese has to be URL-encoded in it before it is sent.
    attach: { pattern: /^[\x20-\x7e]*$/ }, notify_url: address, return_url: address, sign,
  },
  query: { appid, order_no: orderNo, sign },
};

/** Section 6; online banking stands for UnionPay here. */
const walletsOfBanks: Readonly<Record<string, Wallet>> = { '901': 'alipay', '911': 'alipay', '903': 'wechat', '912': 'wechat', '906': 'unionpay' };

export function aggregatorSide(counter: Counter, account: AggregatorAccount): GatewaySide {
  const pages = new Map<string, Order>();
  tellShop(counter, account);
  return {
    id: 'aggregator',
    methods: ['POST', 'GET'],
    callOf: (path): CallName | null => paths[path] ?? null,
    read: (call, request) => readRequest({ counter, account, pages }, call as 'present' | 'query', request),
    alter,
    page: (request) => payPage({ counter, account, pages }, request),
    control: (name, body) => (name === 'notice' ? sendNotice(counter, account, body) : name === 'contract' ? changeContract(account, body) : null),
  };
}

const contractSchema = z.strictObject({ amountUnit: z.enum(['fen', 'yuan']) });

/** `POST /simulator/aggregator/contract`: in which unit amounts are from now on. */
function changeContract(account: AggregatorAccount, body: unknown): { readonly status: number; readonly json: Json } {
  const parsed = contractSchema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  account.amountUnit = parsed.data.amountUnit;
  return { status: 200, json: parsed.data };
}

interface AggregatorDesk {
  readonly counter: Counter;
  readonly account: AggregatorAccount;
  /** By the opaque last part of their address. */
  readonly pages: Map<string, Order>;
}

function readRequest(desk: AggregatorDesk, call: 'present' | 'query', request: IncomingRequest): ReadRequest {
  const { counter, account } = desk;
  const pairs = pairsOf(request);
  const refusedAs = pairs === null ? '参数格式错误' : refuseRequest(account, call, request, pairs);
  const orderNow = () => counter.ledger.find('aggregator', pairs?.['order_no'] ?? '');
  const known = orderNow();
  return {
    reference: known?.reference ?? (pairs?.['order_no'] || null),
    code: known?.code ?? null,
    amount: known?.amount ?? readAmount(pairs?.['amount'] ?? '', account.amountUnit),
    repeat: known !== null,
    body: pairs,
    refusedAs,
    answer: () => (refusedAs === null && pairs !== null ? answerCall(desk, call, pairs, request) : failure(call, refusedAs ?? '')),
    say: (what) => say(call, what, orderNow(), account.amountUnit),
  };
}

/** A form in the body of a POST (section 3), a query string in a GET (section 5.4); null where it is neither, or a name comes twice. */
function pairsOf({ method, headers, query, body }: IncomingRequest): Pairs | null {
  const isForm = /^application\/x-www-form-urlencoded\s*(;\s*charset=utf-8\s*)?$/i.test(String(headers['content-type'] ?? ''));
  if (method === 'POST' ? !isForm || query !== '' : body.length > 0) return null;
  const parameters = [...new URLSearchParams(method === 'POST' ? body.toString('utf8') : query)];
  const pairs = Object.fromEntries(parameters);
  return Object.keys(pairs).length === parameters.length ? pairs : null;
}

function refuseRequest({ appId, secret, amountUnit }: AggregatorAccount, call: 'present' | 'query', { method }: IncomingRequest, pairs: Pairs): string | null {
  if (call === 'present' && method !== 'POST') return '请使用POST';
  const faults = faultsOfFields(pairs, tables[call]);
  if (faults.length > 0) return faults.join('; ');
  if (pairs['appid'] !== appId) return '商户不存在';
  if (pairs['sign'] !== signRequest(pairs, secret)) return '签名错误';
  return call === 'present' && readAmount(pairs['amount'] ?? '', amountUnit) === null ? 'amount格式错误' : null;
}

function answerCall(desk: AggregatorDesk, call: 'present' | 'query', pairs: Pairs, request: IncomingRequest): Json {
  if (call === 'present') return submit(desk, pairs, request);
  const order = desk.counter.ledger.find('aggregator', pairs['order_no'] ?? '');
  return order === null ? failure(call, unknownMessage) : checkAnswer(order, desk.account.amountUnit);
}

/** The number is unique (section 5.1); a repeat doesn't even tell the address again. */
function submit({ counter, account, pages }: AggregatorDesk, pairs: Pairs, { headers }: IncomingRequest): Json {
  const reference = pairs['order_no'] ?? '';
  if (counter.ledger.find('aggregator', reference) !== null) return failure('present', takenMessage);
  const bank = pairs['bank_code'] ?? '';
  const key = randomBytes(12).toString('hex');
  return counter.show(
    {
      gateway: 'aggregator', reference, gatewayNumber: platformNumber(counter.clock.wall()), amount: readAmount(pairs['amount'] ?? '', account.amountUnit) ?? 0, currency: 'CNY',
      subject: pairs['product_name'] ?? '', operator: '', reflect: '', notifyUrl: pairs['notify_url'] ?? null, terminal: '',
      extras: { bank_code: bank, attach: pairs['attach'] ?? '', return_url: pairs['return_url'] ?? '' },
      content: `http://${String(headers['host'] ?? '')}${pagePath}${key}`, wallets: [walletsOfBanks[bank] ?? 'alipay'], livesSeconds: null,
    },
    (order): JsonObject => {
      pages.set(key, order);
      return unifiedAnswer(order, account.amountUnit);
    },
  );
}

/** As the examples' platform_order_no: the time, and digits. */
function platformNumber(now: number): string {
  return `A${chinaTime(now).replace(/\D/g, '')}${randomDigits(10)}`;
}

/** Where `redirect_url` leads: the payer's browser pays or cancels there, and brings the end back to the shop. */
function payPage({ counter: { ledger }, account, pages }: AggregatorDesk, { method, path, headers, body }: IncomingRequest): PageAnswer | null {
  if (!path.startsWith(pagePath)) return null;
  const order = pages.get(path.slice(pagePath.length));
  if (order === undefined) return noSuchPage();
  if (method === 'POST') {
    const does = pressed(body);
    if (does === 'pay') payShown(ledger, order, 'pays');
    if (does === 'cancel' && order.state === 'waiting') ledger.refuse(order, 'payerCancelled');
    return seeOther(path);
  }
  if (order.state === 'waiting') payShown(ledger, order, 'scans');
  return hostedPage(
    {
      shop: order.subject, amount: `¥${writeAmount(order.amount, 'yuan')}`,
      stands: order.state === 'waiting' || order.state === 'error' ? 'waiting' : order.paidAt === null ? 'ended' : 'paid',
      back: { url: String(order.extras['return_url'] ?? ''), fields: returnFields(order, account) },
    },
    headers['accept-language'],
  );
}
