/** The aggregator ("综合支付") in memory: written from its document and ERRATA, sharing nothing with `core/gateways`. */
import { createHash } from 'node:crypto';
import type { WireRequest } from '../../core/ports.ts';
import type { VirtualTime } from '../clock.ts';
import type { Notice, NoticeSays } from '../courier.ts';
import type { GatewayServer } from '../network.ts';
import type { ReadRequest, ServedAnswer, Word } from '../observations.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import { Books, type Order } from './books.ts';

export const aggregatorSettings = {
  baseUrl: 'https://gpu.aggregator.test', appId: 'shop2026', secret: 'e5f60718293a4b5c6d7e8f90b1b2c3d4', bankCode: '911', amountUnit: 'yuan', returnUrl: 'https://shop.test/paid', notifyUrl: 'https://shop.test/aggregator', currency: 'CNY',
} as const;

const calls: Readonly<Record<string, ReadRequest['call']>> = { '/api/order/unified': 'present', '/api/order/check_order': 'query' };

export class AggregatorServer implements GatewayServer {
  readonly id = 'aggregator';
  readonly origin = aggregatorSettings.baseUrl;
  readonly books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #misread: (what: string) => void;

  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], misread: (what: string) => void) {
    // "Failed" stands on orders that can still be paid (ERRATA 5.4).
    this.books = new Books(this.id, true, time, random, profile, false);
    this.#time = time;
    this.#random = random;
    this.#misread = misread;
  }

  read(request: WireRequest): ReadRequest {
    const pairs = pairsOf(request);
    const amount = pairs.get('amount');
    return { call: calls[new URL(request.url).pathname] ?? 'other', reference: pairs.get('order_no'), refund: null, amountMinor: amount === null ? null : Number(amount.replace('.', '')), code: null, account: pairs.get('appid') ?? '' };
  }

  receive(request: WireRequest, respond: (answer: ServedAnswer) => void): void {
    const pairs = pairsOf(request);
    const call = calls[new URL(request.url).pathname];
    const problem = problemOf(pairs, call);
    if (problem !== null) {
      this.#misread(`aggregator: ${problem}`);
      respond(failed(problem, 'refused'));
      return;
    }
    const isCreation = call === 'present';
    if (this.#random.chance(this.books.profile.serverError)) {
      // What fails here was not made: no money moves by a code that nobody sees.
      this.#later(100, 2000, () => respond(failed('系统繁忙', isCreation ? 'refused' : 'unsure')));
      return;
    }
    const reference = pairs.get('order_no') ?? '';
    if (isCreation) this.#later(100, 2500, () => respond(this.#unified(reference, Number((pairs.get('amount') ?? '').replace('.', '')))));
    else this.#later(20, 400, () => respond(this.#check(reference)));
  }

  falsified(answer: ServedAnswer, what: 'amount' | 'reference'): ServedAnswer | null {
    const named = what === 'amount' ? /"amount":"([\d.]+)"/ : /"order_no":"([^"]+)"/;
    const found = named.exec(answer.body)?.[1];
    if (found === undefined) return null;
    const other = what === 'amount' ? `1${found}` : `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`;
    return { ...answer, body: answer.body.replace(named, (whole) => whole.replace(found, other)) };
  }

  /** A form with a signature over every pair, those without a value too (4, 5.2). */
  notice(order: Order, says: NoticeSays): Notice {
    const pairs = {
      appid: aggregatorSettings.appId, order_no: says.reference ?? order.reference, platform_order_no: says.number ?? order.number, amount: yuan(order.amountMinor), pay_status: says.paid ? '1' : '0', attach: '', time: String(this.#time.trueWall()),
    };
    const sign = signed({ ...pairs, secret: aggregatorSettings.secret });
    const body = says.isGarbage ? 'appid=other' : new URLSearchParams({ ...pairs, sign: says.isSigned ? sign : `${sign.startsWith('0') ? '1' : '0'}${sign.slice(1)}` }).toString();
    return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, query: '', body: new TextEncoder().encode(body) };
  }

  #unified(reference: string, amountMinor: number): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    if (books.orders.has(reference)) return failed('订单号重复', 'refused');
    if (random.chance(books.profile.declines / 2)) return failed('通道未开通', 'refused');
    // Nothing says how long a code lives: an hour, a day, or for good.
    const order = books.openShown(reference, amountMinor, `https://page.aggregator.test/${random.digits(14)}`, 20, Number.POSITIVE_INFINITY);
    return this.#answer(order, { redirect_url: order.code });
  }

  #check(reference: string): ServedAnswer {
    const order = this.books.visible(reference);
    return order === null ? failed('订单不存在', 'unsure') : this.#answer(order, {});
  }

  #answer(order: Order, more: Readonly<Record<string, string>>): ServedAnswer {
    const isPaid = order.state === 'paid';
    const data = {
      order_no: order.reference, platform_order_no: order.number, amount: yuan(order.amountMinor), pay_status: isPaid ? this.#random.pick<string | number>(['1', 1]) : this.#random.pick<string | number>(['-1', '0', -1]), bank_code: '911', pay_time: isPaid ? '2026-11-21 10:00:00' : '', ...more,
    };
    return { status: 200, body: JSON.stringify({ status: this.#random.pick<string | number>(['1', 1]), message: 'ok', data }), word: isPaid ? 'paid' : 'waiting' };
  }

  #later(least: number, most: number, action: () => void): void {
    this.#time.after(this.#random.between(least, most), action);
  }
}

/** What is wrong by 4, 5.1 and 5.4; null where nothing is. */
function problemOf(pairs: URLSearchParams, call: ReadRequest['call'] | undefined): string | null {
  if (call === undefined) return 'no such path';
  const given = Object.fromEntries([...pairs].filter(([name, value]) => name !== 'sign' && value !== ''));
  if (pairs.get('sign') !== signed({ ...given, secret: aggregatorSettings.secret })) return 'sign';
  if (pairs.get('appid') !== aggregatorSettings.appId) return 'appid';
  const number = pairs.get('order_no') ?? '';
  if (number === '' || number.length > 20) return 'order_no';
  if (call === 'query') return null;
  if (!/^\d+\.\d\d$/.test(pairs.get('amount') ?? '')) return 'amount';
  return ['product_name', 'bank_code', 'notify_url', 'return_url'].find((name) => (pairs.get(name) ?? '') === '') ?? null;
}

function signed(pairs: Readonly<Record<string, string>>): string {
  return createHash('md5').update(Object.keys(pairs).toSorted().map((name) => `${name}=${pairs[name]}`).join('&')).digest('hex');
}

/** An error's `data` is an empty list, or absent (5.1, 5.4). */
function failed(message: string, word: Word): ServedAnswer {
  return { status: 200, body: JSON.stringify({ status: '0', message, data: [] }), word };
}

function yuan(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function pairsOf(request: WireRequest): URLSearchParams {
  return request.method === 'GET' ? new URL(request.url).searchParams : new URLSearchParams(new TextDecoder().decode(request.body ?? new Uint8Array()));
}
