/** OMoney's API V1.2.1 in memory: written from its document and ERRATA, sharing nothing with `core/gateways`. */
import type { WireRequest } from '../../core/ports.ts';
import type { VirtualTime } from '../clock.ts';
import type { Notice, NoticeSays } from '../courier.ts';
import type { GatewayServer } from '../network.ts';
import type { ReadRequest, ServedAnswer, Word } from '../observations.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import { Books, type BookedRefund, type Order } from './books.ts';

export const omoneySettings = {
  baseUrl: 'https://api.omoney.test', clientId: 'shop-client', clientSecret: 'd0c1b2a3948576650f1e2d3c4b5a6978', paymentMethod: 'ALIPAY', currency: 'CNY', returnUrl: 'https://shop.test/paid',
  notifyUrl: 'https://shop.test/omoney', website: 'https://shop.test',
  customer: { clientIp: '10.0.0.1', firstName: 'Shop', lastName: 'Corner', country: 'CN', state: 'SH', city: 'Shanghai', zip: '200000', email: 'shop@shop.test', address1: 'Corner 1', phone: '02100000' },
} as const;

/** Every token begins so: that it is in no row, log, screen or paper is one look. */
export const tokenPrefix = 'SIMTOKEN';

type Fields = Readonly<Record<string, unknown>>;

const statuses = { created: 'WAIT_PAY', paid: 'SUCCESS', notPaid: 'FAIL', unsure: 'UNCAPTURE', undoing: 'WAIT_PAY', undone: 'FAIL' } as const;
const words = { created: 'waiting', paid: 'paid', notPaid: 'notPaid', unsure: 'unsure', undoing: 'waiting', undone: 'undone' } as const satisfies Record<Order['state'], Word>;

export class OmoneyServer implements GatewayServer {
  readonly id = 'omoney';
  readonly origin = omoneySettings.baseUrl;
  readonly books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #misread: (what: string) => void;
  /** When each token ends. */
  readonly #tokens = new Map<string, number>();

  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], misread: (what: string) => void) {
    this.books = new Books(this.id, false, time, random, profile);
    this.#time = time;
    this.#random = random;
    this.#misread = misread;
  }

  read(request: WireRequest): ReadRequest {
    const { call, order, refund, orderId } = this.#about(request);
    const fields = call === 'present' || call === 'refund' ? fieldsOf(request) : {};
    return {
      call,
      reference: call === 'present' ? textOf(fields, 'order_id') : (orderId ?? order?.reference ?? refund?.order.reference ?? null),
      refund: call === 'refund' ? textOf(fields, 'refund_order_id') : (refund?.reference ?? null),
      amountMinor: typeof fields['amount'] === 'string' ? minorOf(fields['amount']) : null,
      code: null,
      account: omoneySettings.clientId,
    };
  }

  receive(request: WireRequest, respond: (answer: ServedAnswer) => void): void {
    const random = this.#random;
    const about = this.#about(request);
    if (about.call === 'token') return this.#later(30, 800, () => respond(this.#token(request)));
    const problem = this.#problem(request, about.call);
    if (problem !== null) {
      this.#misread(`omoney: ${problem}`);
      respond(says(400, problem, 'refused'));
      return;
    }
    // Somebody renewed the credentials' tokens elsewhere, or OMoney forgot them all.
    if (random.chance(this.books.profile.revocations)) this.#tokens.clear();
    if ((this.#tokens.get((request.headers['authorization'] ?? '').slice('Bearer '.length)) ?? 0) < this.#time.now) {
      // One form repeats the token that it refuses: that is no reason to write it down.
      const token = (request.headers['authorization'] ?? '').slice('Bearer '.length);
      const body = random.pick([JSON.stringify({ message: 'Invalid or expired token' }), JSON.stringify({ message: `Invalid access token: ${token}` }), JSON.stringify({ error: 'invalid_token' }), JSON.stringify({ status: 401, error: 'Unauthorized' }), '']);
      respond({ status: 401, body, word: 'tokenRefused' });
      return;
    }
    if (random.chance(this.books.profile.serverError)) {
      const error: ServedAnswer = { ...says(500, 'Internal error', 'unsure'), ...(random.chance(0.5) ? {} : { body: '<html>500</html>' }) };
      // Words of an error refuse a creation, which moves no money: here it then wasn't made.
      if (about.call !== 'present' && random.chance(0.5)) this.#serve(request, () => respond(error));
      else this.#later(100, 2000, () => respond(about.call === 'present' ? { ...error, word: error.body.startsWith('<') ? 'unsure' : 'refused' } : error));
      return;
    }
    this.#serve(request, respond);
  }

  falsified(answer: ServedAnswer, what: 'amount' | 'reference'): ServedAnswer | null {
    const named = what === 'amount' ? /"amount":"([\d.]+)"/ : /"order_id":"([^"]+)"/;
    const found = named.exec(answer.body)?.[1];
    const reference = /"order_id":"([^"]+)"/.exec(answer.body)?.[1]?.trim() ?? '';
    if (found === undefined || this.books.orders.get(reference)?.isForeign === true) return null;
    const other = what === 'amount' ? `1${found}` : `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`;
    return { ...answer, body: answer.body.replace(named, (whole) => whole.replace(found, other)) };
  }

  /** Unsigned JSON (2.1.8). */
  notice(order: Order, said: NoticeSays): Notice {
    const body = { order_id: said.reference ?? order.reference, payment_id: said.number ?? order.number, status: said.paid ? 'SUCCESS' : 'FAIL', amount: decimal(order.amountMinor), currency: 'CNY' };
    return { method: 'POST', headers: { 'content-type': 'application/json' }, query: '', body: new TextEncoder().encode(said.isGarbage ? 'order_id=1' : JSON.stringify(body)) };
  }

  /** What a request is about, by its path alone. */
  #about(request: WireRequest): { readonly call: ReadRequest['call']; readonly order?: Order | undefined; readonly refund?: BookedRefund | undefined; readonly orderId?: string } {
    const { pathname } = new URL(request.url);
    const [, kind = '', id = '', last = ''] = /^\/v1\/(oauth\/token|payment|refund)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(pathname) ?? [];
    if (kind === 'oauth/token') return { call: 'token' };
    const isGet = request.method === 'GET';
    if (kind === 'payment' && !isGet && id === '') return { call: 'present' };
    if (kind === 'payment' && isGet) return { call: 'query', order: this.books.byNumber.get(decodeURIComponent(id)) };
    if (kind === 'payment' && last === 'cancel') return { call: 'reverse', orderId: decodeURIComponent(id) };
    if (kind === 'refund' && !isGet) return { call: 'refund', orderId: decodeURIComponent(id) };
    return kind === 'refund' ? { call: 'queryRefund', refund: this.books.refundsByNumber.get(decodeURIComponent(id)) } : { call: 'other' };
  }

  #problem(request: WireRequest, call: ReadRequest['call']): string | null {
    if (call === 'other') return `no such call: ${request.method} ${new URL(request.url).pathname}`;
    if (!/^Bearer \S+$/.test(request.headers['authorization'] ?? '')) return 'no token';
    if (call !== 'present' && call !== 'refund') return null;
    const fields = fieldsOf(request);
    if (!/^\d+\.\d\d$/.test(textOf(fields, 'amount')) || minorOf(textOf(fields, 'amount')) <= 0 || fields['currency'] !== 'CNY') return 'amount';
    const needed = call === 'refund' ? ['refund_order_id', 'notify_url'] : ['order_id', 'payment_method', 'request_type', 'description', 'return_url', 'notify_url', 'website'];
    return needed.find((name) => textOf(fields, name) === '') ?? null;
  }

  /** Document 1.7; `expires_in` is hours there, and minutes here now and then. */
  #token(request: WireRequest): ServedAnswer {
    const random = this.#random;
    const credentials = Buffer.from(`${omoneySettings.clientId}:${omoneySettings.clientSecret}`).toString('base64');
    if (request.headers['authorization'] !== `Basic ${credentials}`) {
      this.#misread('omoney: the credentials');
      return { status: 401, body: '{"error":"invalid_client"}', word: 'tokenRefused' };
    }
    if (random.chance(this.books.profile.serverError)) return { status: 503, body: 'busy', word: 'unsure' };
    const seconds = random.chance(0.3) ? random.between(30, 900) : 43_035;
    const token = tokenPrefix + random.digits(24);
    this.#tokens.set(token, this.#time.now + seconds * 1000);
    return { status: 200, body: JSON.stringify({ access_token: token, token_type: random.pick(['bearer', 'Bearer']), expires_in: seconds, scope: 'write,read' }), word: 'unsure' };
  }

  #serve(request: WireRequest, respond: (answer: ServedAnswer) => void): void {
    const { call, order, refund, orderId } = this.#about(request);
    switch (call) {
      case 'present':
        return this.#later(100, 2500, () => respond(this.#create(fieldsOf(request))));
      case 'query':
        return this.#later(20, 400, () => respond(this.#query(order)));
      case 'reverse':
        return this.#later(50, 1500, () => respond(this.#cancel(orderId === undefined ? null : this.books.visible(orderId))));
      case 'refund':
        return this.#later(50, 1500, () => respond(this.#refund(orderId === undefined ? null : this.books.visible(orderId), fieldsOf(request))));
      default:
        return this.#later(20, 400, () => respond(refund === undefined ? says(404, 'No such refund', 'unsure') : this.#refundAnswer(refund)));
    }
  }

  #create(fields: Fields): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    const reference = textOf(fields, 'order_id');
    if (books.orders.has(reference)) return says(400, 'Duplicate order_id', 'refused');
    if (random.chance(books.profile.declines / 2)) return says(400, 'Payment method is not open', 'refused');
    return this.#answer(books.openShown(reference, minorOf(textOf(fields, 'amount')), `https://page.omoney.test/${random.digits(14)}`, 18, 7_200_000));
  }

  #query(order: Order | undefined): ServedAnswer {
    if (order === undefined || order.visibleFrom > this.#time.now) return says(404, 'No such payment', 'unsure');
    order.canBeAsked = true;
    return this.#answer(order);
  }

  /** SUCCESS is no word about the money (2.1.9, ERRATA): it may come before the cancelling, and of what is paid too. */
  #cancel(order: Order | null): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    if (order === null) return says(404, 'No such payment', 'unsure');
    if (order.state !== 'created') return this.#cancelAnswer(order, order.state === 'undone' || random.chance(0.3));
    if (order.reversalTroubles > 0) {
      order.reversalTroubles -= 1;
      switch (random.pick(['refused', 'later', 'never', 'race'] as const)) {
        case 'refused':
          return this.#cancelAnswer(order, false);
        case 'later':
          this.#later(1000, 40_000, () => order.state === 'created' && books.undo(order));
          return this.#cancelAnswer(order, true);
        case 'never':
          return this.#cancelAnswer(order, true);
        case 'race':
          if (books.charge(order)) books.become(order, 'paid');
          return this.#cancelAnswer(order, true);
      }
    }
    books.undo(order);
    return this.#cancelAnswer(order, true);
  }

  #cancelAnswer(order: Order, isTaken: boolean): ServedAnswer {
    const body = { payment_id: order.number, order_id: order.reference, status: isTaken ? 'SUCCESS' : 'FAIL' };
    return { status: 200, body: JSON.stringify(body), word: 'unsure' };
  }

  // ---- refunds

  /** Every request is a refund of its own (CASES 24). */
  #refund(order: Order | null, fields: Fields): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    const amountMinor = minorOf(textOf(fields, 'amount'));
    if (order === null) return says(404, 'No such payment', 'refundRefused');
    if (order.state !== 'paid' || amountMinor > books.leftMinor(order)) return says(400, 'Refund is not possible', 'refundRefused');
    const refund = books.beginRefund(order, textOf(fields, 'refund_order_id'), amountMinor);
    const isTroubled = random.chance(books.profile.refundTrouble);
    this.#later(500, isTroubled ? 900_000 : 10_000, () => books.endRefund(refund, isTroubled && random.chance(0.3) ? 'failed' : 'done'));
    return this.#refundAnswer(refund);
  }

  #refundAnswer(refund: BookedRefund): ServedAnswer {
    const { order } = refund;
    const status = { pending: 'WAIT', done: 'SUCCESS', failed: 'FAIL' }[refund.state];
    const word = ({ pending: 'refundPending', done: 'refunded', failed: 'refundFailed' } as const)[refund.state];
    const body = {
      refund_id: refund.number, refund_order_id: refund.reference, payment_id: order.number, order_id: order.reference, amount: decimal(refund.amountMinor), currency: 'CNY', status,
      links: this.#random.chance(0.8) ? [{ href: `${omoneySettings.baseUrl}/v1/refund/${refund.number}?k=${refund.number.slice(-4)}`, rel: 'self', method: 'GET' }] : [],
    };
    return { status: 200, body: JSON.stringify(body), word };
  }

  #answer(order: Order): ServedAnswer {
    const random = this.#random;
    const self = { href: `${omoneySettings.baseUrl}/v1/payment/${order.number}?k=${order.number.slice(-4)}`, rel: 'self', method: 'GET' };
    const body = {
      payment_id: order.number, transaction_id: order.isCharged ? `20${order.number}` : '', order_id: random.chance(0.2) ? ` ${order.reference}` : order.reference, amount: decimal(order.amountMinor), currency: 'CNY',
      payment_method: 'ALIPAY', status: statuses[order.state], links: [...(random.chance(0.9) ? [self] : []), { href: order.code, rel: 'proceed_url', method: 'REDIRECT' }],
    };
    return { status: 200, body: JSON.stringify(body), word: words[order.state] };
  }

  #later(least: number, most: number, action: () => void): void {
    this.#time.after(this.#random.between(least, most), action);
  }
}

/** An error (2.4): words alone. */
function says(status: number, message: string, word: Word): ServedAnswer {
  return { status, body: JSON.stringify({ message }), word };
}

function decimal(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function minorOf(text: string): number {
  return Number(text.replace('.', ''));
}

function fieldsOf(request: WireRequest): Fields {
  return JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) as Fields;
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
