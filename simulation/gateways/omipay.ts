/** Omipay's Web API 2.0.6 in memory: written from its document and the field notes, sharing nothing with `core/gateways`. */
import { createHash } from 'node:crypto';
import type { WireRequest } from '../../core/ports.ts';
import type { VirtualTime } from '../clock.ts';
import type { GatewayServer } from '../network.ts';
import type { Notice, NoticeSays } from '../courier.ts';
import type { ReadRequest, ServedAnswer, Word } from '../observations.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import { Books, type Order } from './books.ts';
import { OmipayRefunds } from './omipay-refunds.ts';
import type { Payers } from './payers.ts';

export const omipaySettings = {
  baseUrl: 'https://www.omipay.test/omipay/api/v2', merchantNumber: '1234567890', secretKey: '0af61531c6c04ac4ac910d0cd59e6238', posNumber: 'pos-1',
  notifyUrl: 'https://shop.test/notify', currency: 'CNY',
} as const;

/** A request is refused when its timestamp is further off (2.1). */
const timestampMilliseconds = 5 * 60_000;
const declines = ['NOT_ENOUGH', 'CARD_NOT_SUPPORT', 'QRCODE_EXPIRED', 'AMOUNT_INVALID'] as const;
const results = { created: ['PAYING', 'READY'], paid: ['PAID', 'SETTLED'], notPaid: ['FAILED', 'CANCELLED'], unsure: ['PAYING', 'PAYING'], undoing: ['PAYING', 'PAYING'], undone: ['CANCELLED', 'CANCELLED'] } as const;
const words = { created: 'waiting', paid: 'paid', notPaid: 'notPaid', unsure: 'waiting', undoing: 'waiting', undone: 'notPaid' } as const satisfies Record<Order['state'], Word>;

const calls: Readonly<Record<string, ReadRequest['call']>> = { MakeScanOrder: 'pay', MakeQROrder: 'present', QueryOrder: 'query', Refund: 'refund', QueryRefund: 'queryRefund' };

export class OmipayServer implements GatewayServer {
  readonly id = 'omipay';
  readonly origin = new URL(omipaySettings.baseUrl).origin;
  readonly books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #payers: Payers;
  readonly #misread: (what: string) => void;
  readonly #refunds: OmipayRefunds;

  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], payers: Payers, misread: (what: string) => void) {
    this.books = new Books(this.id, false, time, random, profile);
    this.#time = time;
    this.#random = random;
    this.#payers = payers;
    this.#misread = misread;
    this.#refunds = new OmipayRefunds(this.books, time, random.fork());
  }

  read(request: WireRequest): ReadRequest {
    const url = new URL(request.url);
    const fields = url.searchParams;
    const name = url.pathname.split('/').at(-1);
    const amount = fields.get('amount');
    const refund = this.books.refundsByNumber.get(fields.get('refund_no') ?? '');
    return {
      call: calls[name ?? ''] ?? 'other',
      reference: fields.get('out_order_no') ?? this.books.byNumber.get(fields.get('order_no') ?? '')?.reference ?? refund?.order.reference ?? null,
      refund: fields.get('out_refund_no') ?? refund?.reference ?? null,
      amountMinor: amount === null ? null : Number(amount),
      code: fields.get('qrcode'),
      account: fields.get('m_number') ?? '',
    };
  }

  receive(request: WireRequest, respond: (answer: ServedAnswer) => void): void {
    const url = new URL(request.url);
    const problem = this.#problem(url);
    if (problem !== null) {
      this.#misread(`omipay: ${problem}`);
      respond(failed('PARAMETER_INVALID', 'refused', null));
      return;
    }
    const timestamp = Number(url.searchParams.get('timestamp'));
    if (Math.abs(timestamp - this.#time.trueWall()) >= timestampMilliseconds) {
      respond(failed(this.#random.pick(['SIGN_TIMEOUT', 'SIGN_TIMEOUOT']), 'refused', null));
      return;
    }
    if (this.#random.chance(this.books.profile.serverError)) {
      const error = failed('SYSTEM_ERROR', 'unsure', null);
      if (this.#random.chance(0.5)) this.#serve(url, () => respond(error));
      else this.#later(100, 2000, () => respond(error));
      return;
    }
    this.#serve(url, respond);
  }

  falsified(answer: ServedAnswer, what: 'amount' | 'reference'): ServedAnswer | null {
    const named = what === 'amount' ? /"amount":(\d+)/ : /"out_(?:order|refund)_no":"([^"]+)"/;
    const found = named.exec(answer.body)?.[1];
    if (found === undefined || this.#isForeign(answer)) return null;
    const other = what === 'amount' ? String(Number(found) + this.#random.pick([1, -1, 100])) : `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`;
    return { ...answer, body: answer.body.replace(named, (whole) => whole.replace(found, other)) };
  }

  /** Of another till's order the till knows nothing to compare an answer with: there a lie is no fault that it could notice. */
  #isForeign(answer: ServedAnswer): boolean {
    const reference = /"out_order_no":"([^"]+)"/.exec(answer.body)?.[1] ?? '';
    return this.books.orders.get(reference)?.isForeign === true;
  }

  /** What is wrong by 2.1 to 2.3, 3.4 and 3.8; null where nothing is. */
  #problem(url: URL): string | null {
    const fields = url.searchParams;
    const of = (name: string): string => fields.get(name) ?? '';
    const sign = createHash('md5').update([of('m_number'), of('timestamp'), of('nonce_str'), omipaySettings.secretKey].join('&')).digest('hex').toUpperCase();
    if (of('sign') !== sign) return 'SIGN_ERROR';
    if (of('m_number') !== omipaySettings.merchantNumber) return 'MERCHANTNO_INVALID';
    if (!/^[a-zA-Z0-9]{10,32}$/.test(of('nonce_str'))) return 'nonce_str';
    if (!/^\d{13}$/.test(of('timestamp'))) return 'timestamp';
    if (url.pathname.endsWith('/QueryOrder')) return of('order_no') === '' ? 'order_no' : null;
    if (url.pathname.endsWith('/QueryRefund')) return of('refund_no') === '' ? 'refund_no' : null;
    if (url.pathname.endsWith('/Refund')) return refundProblem(of('order_no'), of('out_refund_no'), of('amount'));
    const isShown = url.pathname.endsWith('/MakeQROrder');
    if (!isShown && !url.pathname.endsWith('/MakeScanOrder')) return `no such path: ${url.pathname}`;
    if (!/^[1-9]\d*$/.test(of('amount'))) return 'amount';
    if (of('currency') !== omipaySettings.currency) return 'currency';
    for (const name of isShown ? ['order_name', 'notify_url', 'out_order_no', 'platform'] : ['order_name', 'notify_url', 'qrcode', 'pos_no', 'out_order_no']) if (of(name) === '') return name;
    return null;
  }

  #serve(url: URL, respond: (answer: ServedAnswer) => void): void {
    const of = (name: string): string => url.searchParams.get(name) ?? '';
    if (url.pathname.endsWith('/QueryOrder')) this.#later(20, 400, () => respond(this.#query(of('order_no'))));
    else if (url.pathname.endsWith('/QueryRefund')) this.#later(20, 400, () => respond(this.#refunds.query(of('refund_no'))));
    else if (url.pathname.endsWith('/Refund')) this.#later(50, 1500, () => respond(this.#refunds.refund(of('order_no'), of('out_refund_no'), Number(of('amount')))));
    else if (url.pathname.endsWith('/MakeQROrder')) this.#later(50, 1500, () => respond(this.#makeQrOrder(of('out_order_no'), Number(of('amount')))));
    else this.#makeScanOrder(url.searchParams, respond);
  }

  // ---- MakeScanOrder

  #makeScanOrder(fields: URLSearchParams, respond: (answer: ServedAnswer) => void): void {
    const { books } = this;
    const reference = fields.get('out_order_no') ?? '';
    const known = books.orders.get(reference);
    if (known !== undefined) {
      this.#later(20, 400, () => respond(this.#repeated(known)));
      return;
    }
    const code = fields.get('qrcode') ?? '';
    const payer = this.#payers.useCode(code, reference);
    if (typeof payer === 'string') {
      respond(failed(payer === 'unknown' ? 'QRCODE_ERROR' : 'QRCODE_EXPIRED', 'refused', null, `code ${code}`));
      return;
    }
    this.#process(books.open(reference, Number(fields.get('amount')), payer, code, this.#random.pick([24, 32])), respond);
  }

  /** The same number again: only words about the order, or about the code, which is used up. */
  #repeated(order: Order): ServedAnswer {
    const random = this.#random;
    if (order.state === 'paid') return failed('ORDER_PAID', 'paidBefore', random.chance(0.5) ? order : null);
    if (order.state === 'notPaid') return random.chance(0.5) ? failed('ORDER_CLOSED', 'notPaid', null) : failed('QRCODE_EXPIRED', 'refused', null);
    return failed('USERPAYING', 'waiting', order);
  }

  #process(order: Order, respond: (answer: ServedAnswer) => void): void {
    const { books } = this;
    const random = this.#random;
    const { declines: declining, password, unsure } = books.profile;
    if (random.chance(declining)) {
      this.#later(100, 2500, () => {
        books.become(order, 'notPaid');
        respond(failed(random.pick(declines), 'refused', random.chance(0.3) ? order : null));
      });
    } else if (random.chance(unsure)) {
      this.#later(300, 4000, () => {
        books.askPayer(order);
        respond(failed('SYSTEM_ERROR', 'unsure', null));
      });
    } else if (random.chance(password)) {
      books.askPayer(order);
      this.#later(300, 4500, () => respond(failed('USERPAYING', 'waiting', order)));
    } else {
      this.#later(100, 3000, () => {
        books.pay(order);
        respond(order.state === 'paid' ? this.#paid(order) : failed('NOT_ENOUGH', 'refused', null));
      });
    }
  }

  #paid(order: Order): ServedAnswer {
    const body = { return_code: 'SUCCESS', order_no: order.number, out_order_no: order.reference, order_time: '20261121105602', error_msg: null, success: true };
    return { status: 200, body: JSON.stringify(body), word: 'paid' };
  }

  // ---- MakeQROrder

  /** The answer names neither our number nor the amount (3.2); the code lives two hours. */
  #makeQrOrder(reference: string, amountMinor: number): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    if (books.orders.has(reference)) return failed('PARAMETER_INVALID', 'refused', null);
    if (random.chance(books.profile.declines / 2)) return failed('WEBSTORE_NOT_EXISTS', 'refused', null);
    const order = books.openShown(reference, amountMinor, `https://qr.omipay.test/${random.digits(12)}`, random.pick([24, 32]), 7_200_000);
    const body = { return_code: 'SUCCESS', qrcode: order.code, order_no: order.number, pay_url: '' };
    return { status: 200, body: JSON.stringify(body), word: 'waiting' };
  }

  /** The push (3.9), whose signature covers nothing of the order. */
  notice(order: Order, says: NoticeSays): Notice {
    const random = this.#random;
    const [timestamp, nonce] = [String(this.#time.trueWall()), `nonce${random.digits(12)}`];
    const sign = createHash('md5').update([omipaySettings.merchantNumber, timestamp, nonce, omipaySettings.secretKey].join('&')).digest('hex').toUpperCase();
    const body = {
      return_code: 'SUCCESS', nonce_str: nonce, timestamp, sign: says.isSigned ? sign : sign.replace(/[0-9]/, 'F').toLowerCase(), order_no: says.number ?? order.number, out_order_no: says.reference ?? order.reference,
      currency: 'CNY', amount: order.amountMinor, order_time: '20161115114530', pay_time: '20161115114602', exchange_rate: 100_000_000,
    };
    return { method: 'POST', headers: { 'content-type': 'application/json' }, query: '', body: new TextEncoder().encode(says.isGarbage ? '<xml/>' : JSON.stringify(body)) };
  }

  // ---- QueryOrder

  #query(number: string): ServedAnswer {
    const order = this.books.byNumber.get(number);
    if (order === undefined || order.visibleFrom > this.#time.now) return failed('PERMISSION_ERROR', 'unsure', null);
    order.canBeAsked = true;
    const body = {
      return_code: 'SUCCESS', result_code: this.#random.pick(results[order.state]), out_order_no: order.reference, order_no: order.number, currency: omipaySettings.currency,
      amount: order.amountMinor, pay_currency: 'CNY', pay_amount: order.amountMinor, order_time: '20261121105530', pay_time: order.isCharged ? '20261121105602' : '', exchange_rate: 100_000_000,
    };
    return { status: 200, body: JSON.stringify(body), word: words[order.state] };
  }

  #later(least: number, most: number, action: () => void): void {
    this.#time.after(this.#random.between(least, most), action);
  }
}

function refundProblem(orderNumber: string, number: string, amount: string): string | null {
  if (orderNumber === '') return 'order_no';
  if (number === '') return 'out_refund_no';
  return /^[1-9]\d*$/.test(amount) ? null : 'amount';
}

function failed(code: string, word: Word, order: Order | null, message = '交易失败'): ServedAnswer {
  const body = { return_code: 'FAIL', error_code: code, error_msg: message, success: false, ...(order === null ? {} : { order_no: order.number }) };
  return { status: 200, body: JSON.stringify(body), word };
}
