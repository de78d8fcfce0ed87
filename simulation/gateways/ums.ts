/** UMS' netpay (2020-09-21) in memory: written from its document, ERRATA and the field notes, sharing nothing with `core/gateways`. */
import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../../core/ports.ts';
import type { VirtualTime } from '../clock.ts';
import type { Notice, NoticeSays } from '../courier.ts';
import type { GatewayServer } from '../network.ts';
import type { ReadRequest, ServedAnswer, Word } from '../observations.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import { Books, refundedMinor, type BookedRefund, type Order } from './books.ts';

export const umsSettings = {
  baseUrl: 'https://api-mop.chinaums.test', appId: '10037e6f6394d1f70163aefe5d430004', appKey: 'b1b2c3d4e5f60718293a4b5c6d7e8f90', merchantId: '898340149000005', terminalId: 'AB880001', sourceId: '3194',
  notifyKey: 'f7e6d5c4b3a2918070605040302010ff', notifyUrl: 'https://shop.test/ums', currency: 'CNY',
} as const;

type Fields = Readonly<Record<string, unknown>>;

const prefix = '/v1/netpay/';
const calls: Readonly<Record<string, ReadRequest['call']>> = { 'trade/precreate': 'present', query: 'query', close: 'reverse', refund: 'refund', 'refund-query': 'queryRefund' };
const statuses = { created: ['NEW_ORDER', 'WAIT_BUYER_PAY'], paid: ['TRADE_SUCCESS', 'TRADE_SUCCESS'], notPaid: ['TRADE_CLOSED', 'TRADE_CLOSED'], unsure: ['UNKNOWN', 'UNKNOWN'], undoing: ['UNKNOWN', 'UNKNOWN'], undone: ['TRADE_CLOSED', 'TRADE_CLOSED'] } as const;
const words = { created: 'waiting', paid: 'paid', notPaid: 'notPaid', unsure: 'unsure', undoing: 'unsure', undone: 'undone' } as const satisfies Record<Order['state'], Word>;
const timestampMilliseconds = 10 * 60_000;
const chinaOffset = 8 * 3_600_000;

export class UmsServer implements GatewayServer {
  readonly id = 'ums';
  readonly origin = umsSettings.baseUrl;
  readonly books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #misread: (what: string) => void;
  readonly #refunds = new Map<string, BookedRefund>();
  /** A number that was refused stays refused: its request may come a second time by another way. */
  readonly #refused = new Map<string, string>();

  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], misread: (what: string) => void) {
    this.books = new Books(this.id, true, time, random, profile);
    this.#time = time;
    this.#random = random;
    this.#misread = misread;
  }

  read(request: WireRequest): ReadRequest {
    const fields = fieldsOf(request);
    const call = calls[new URL(request.url).pathname.slice(prefix.length)] ?? 'other';
    const number = textOf(fields, 'merOrderId');
    const isOfRefund = call === 'queryRefund';
    const amount = fields[call === 'refund' ? 'refundAmount' : 'totalAmount'];
    return {
      call,
      reference: isOfRefund ? (this.#refunds.get(number)?.order.reference ?? null) : number === '' ? (this.#byTarget(fields)?.reference ?? null) : number,
      refund: isOfRefund ? number : call === 'refund' ? textOf(fields, 'refundOrderId') : null,
      amountMinor: typeof amount === 'number' ? amount : null,
      code: null,
      account: [textOf(fields, 'mid'), textOf(fields, 'tid'), textOf(fields, 'instMid')].join('/'),
    };
  }

  receive(request: WireRequest, respond: (answer: ServedAnswer) => void): void {
    const fields = fieldsOf(request);
    const path = new URL(request.url).pathname.slice(prefix.length);
    const problem = this.#problem(request, fields, path);
    if (problem !== null) {
      this.#misread(`ums: ${problem}`);
      respond(failed('BAD_REQUEST', 'refused'));
      return;
    }
    if (Math.abs(chinaTime(textOf(fields, 'requestTimestamp')) - this.#time.trueWall()) > timestampMilliseconds) {
      respond(failed('ABNORMAL_REQUEST_TIME', 'refused'));
      return;
    }
    if (this.#random.chance(this.books.profile.serverError)) {
      const error = failed(this.#random.pick(['INTERNAL_ERROR', 'TIMEOUT', 'NET_ERROR', 'ORDER_PROCESSING']), 'unsure');
      if (this.#random.chance(0.5)) this.#serve(path, fields, () => respond(error));
      else this.#later(100, 2000, () => respond(error));
      return;
    }
    this.#serve(path, fields, respond);
  }

  falsified(answer: ServedAnswer, what: 'amount' | 'reference'): ServedAnswer | null {
    const named = what === 'amount' ? /"totalAmount":(\d+)/ : /"merOrderId":"([^"]+)"/;
    const found = named.exec(answer.body)?.[1];
    const reference = /"merOrderId":"([^"]+)"/.exec(answer.body)?.[1] ?? '';
    if (found === undefined || this.books.orders.get(reference)?.isForeign === true) return null;
    // Beside a refund's own number the amount may be the refund's too, so a wrong one must be neither.
    const other = what === 'amount' ? String(Number(found) + 600_001) : `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`;
    return { ...answer, body: answer.body.replace(named, (whole) => whole.replace(found, other)) };
  }

  /** A signed form (1.8); its order's fields may stand inside `billPayment`. */
  notice(order: Order, says: NoticeSays): Notice {
    const random = this.#random;
    const numbers = { merOrderId: says.reference ?? order.reference, seqId: says.number ?? order.number };
    const type = random.pick(['MD5', 'SHA256', '']);
    const fields: Readonly<Record<string, string>> = {
      mid: umsSettings.merchantId, tid: umsSettings.terminalId, instMid: 'APPDEFAULT', status: says.paid ? 'TRADE_SUCCESS' : 'TRADE_CLOSED', totalAmount: String(order.amountMinor), ...(type === '' ? {} : { signType: type }),
      ...(random.chance(0.5) ? numbers : { merOrderId: numbers.merOrderId, billPayment: JSON.stringify({ ...numbers, status: 'TRADE_SUCCESS' }) }),
    };
    const text = Object.keys(fields).toSorted().map((name) => `${name}=${fields[name]}`).join('&') + umsSettings.notifyKey;
    const sign = createHash(type === 'SHA256' ? 'sha256' : 'md5').update(text).digest('hex').toUpperCase();
    const pairs = { ...fields, sign: says.isSigned ? sign : `${sign.startsWith('0') ? '1' : '0'}${sign.slice(1)}` };
    const body = says.isGarbage ? '%E0%A4%A' : new URLSearchParams(pairs).toString();
    return { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, query: '', body: new TextEncoder().encode(body) };
  }

  #serve(path: string, fields: Fields, respond: (answer: ServedAnswer) => void): void {
    const number = textOf(fields, 'merOrderId');
    switch (calls[path]) {
      case 'present':
        return this.#later(50, 1500, () => respond(this.#precreate(fields, number)));
      case 'query':
        return this.#later(20, 400, () => respond(this.#query(number === '' ? this.#byTarget(fields) : this.books.visible(number))));
      case 'reverse':
        return this.#later(50, 1500, () => respond(this.#close(this.books.visible(number))));
      case 'refund':
        return this.#later(50, 1500, () => respond(this.#refund(this.books.visible(number), textOf(fields, 'refundOrderId'), Number(fields['refundAmount']))));
      default: {
        const refund = this.#refunds.get(number);
        return this.#later(20, 400, () => respond(refund === undefined ? failed('NO_ORDER', 'notFound') : this.#refundAnswer(refund)));
      }
    }
  }

  /** What is wrong by 1.1 to 1.7 and the signature; null where nothing is. */
  #problem(request: WireRequest, fields: Fields, path: string): string | null {
    const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const [, appId, timestamp = '', nonce = '', signature] = /^OPEN-BODY-SIG AppId="([^"]+)", Timestamp="(\d{14})", Nonce="([^"]+)", Signature="([^"]+)"$/.exec(header) ?? [];
    const digest = createHash('sha256').update(request.body ?? new Uint8Array()).digest('hex');
    if (appId !== umsSettings.appId || signature !== createHmac('sha256', umsSettings.appKey).update(appId + timestamp + nonce + digest).digest('base64')) return 'BAD_SIGN';
    if (calls[path] === undefined) return `no such path: ${path}`;
    if (textOf(fields, 'mid') !== umsSettings.merchantId || textOf(fields, 'tid') !== umsSettings.terminalId || textOf(fields, 'instMid') !== 'APPDEFAULT') return 'mid, tid or instMid';
    const number = textOf(fields, 'merOrderId');
    if (path === 'query' && number === '' && textOf(fields, 'targetOrderId') !== '') return null;
    if (!/^3194[0-9A-Z]{2,28}$/.test(number)) return 'merOrderId';
    if (path === 'trade/precreate' && (!isFen(fields['totalAmount']) || fields['tradeType'] !== 'APP')) return 'totalAmount or tradeType';
    if (path === 'refund' && (!isFen(fields['refundAmount']) || !/^3194[0-9A-Z]{2,28}$/.test(textOf(fields, 'refundOrderId')))) return 'refundAmount or refundOrderId';
    return null;
  }

  #precreate(fields: Fields, reference: string): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    if (books.orders.has(reference)) return failed('DUP_ORDER', 'unsure');
    if (random.chance(books.profile.declines / 2)) return failed(random.pick(['NO_SERVICE', 'INACTIVE_MERCHANT']), 'refused');
    const expires = textOf(fields, 'expireTime');
    const lives = expires === '' ? 1_800_000 : Math.max(0, chinaTime(expires) - this.#time.trueWall());
    const order = books.openShown(reference, Number(fields['totalAmount']), `https://qr.ums.test/${random.digits(14)}`, 20, lives);
    const qr = random.chance(0.5) ? { qrCode: order.code } : { qrCode: order.code, appPayRequest: { qrCode: order.code } };
    return this.#answer(order, 'waiting', qr);
  }

  #query(order: Order | null): ServedAnswer {
    if (order === null || order.visibleFrom > this.#time.now) return failed('NO_ORDER', 'notFound');
    const refunded = refundedMinor(order, ['done']);
    if (order.state !== 'paid' || order.refunds.every((refund) => refund.state === 'failed')) return this.#answer(order, words[order.state], order.isForeign || this.#random.chance(0.7) ? {} : { seqId: '' });
    // Given back in full it is closed, or still "going back" (2.3).
    const isClosed = refunded >= order.amountMinor && this.#random.chance(0.7);
    return this.#answer(order, isClosed ? 'undone' : 'unsure', { status: isClosed ? 'TRADE_CLOSED' : 'TRADE_REFUND' });
  }

  /** A close leaves what is paid paid (1.7); "not allowed" is said of that, and of what is closed already. */
  #close(order: Order | null): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    if (order === null) return failed('NO_ORDER', 'notFound');
    if (order.state !== 'created') return order.state === 'undone' && random.chance(0.5) ? this.#closed(order) : failed('OPERATION_NOT_ALLOWED', 'unsure');
    if (order.reversalTroubles > 0) {
      order.reversalTroubles -= 1;
      switch (random.pick(['error', 'errorButDone', 'race'] as const)) {
        case 'error':
          return failed(random.pick(['TARGET_FAIL', 'NET_ERROR', 'NO_CROSS_DAY_TRADING']), 'unsure');
        case 'errorButDone':
          books.undo(order);
          return failed('TIMEOUT', 'unsure');
        case 'race':
          // Whoever has the page open confirms in this very moment.
          if (books.charge(order)) books.become(order, 'paid');
          return failed('OPERATION_NOT_ALLOWED', 'unsure');
      }
    }
    books.undo(order);
    if (random.chance(books.profile.takesBackItsWord)) books.takeBackWord(order);
    return this.#closed(order);
  }

  #closed(order: Order): ServedAnswer {
    const body = this.#random.chance(0.5) ? { errCode: 'SUCCESS', errMsg: 'success' } : { errCode: 'SUCCESS', merOrderId: order.reference, status: 'TRADE_CLOSED' };
    return { status: 200, body: JSON.stringify(body), word: 'undone' };
  }

  // ---- refunds

  /** The same two numbers are the same refund, and say how it stands (1.3.3). */
  #refund(order: Order | null, number: string, amountMinor: number): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    const known = this.#refunds.get(number);
    if (known !== undefined) {
      if (known.amountMinor !== amountMinor) this.#misread('ums: a refund number was used for two amounts');
      return this.#refundAnswer(known);
    }
    const refusal = this.#refused.get(number);
    if (refusal !== undefined) return failed(refusal, 'refundRefused');
    if (order === null) return this.#refuse(number, 'NO_ORDER');
    if (order.state !== 'paid' || amountMinor > books.leftMinor(order)) return this.#refuse(number, 'OPERATION_NOT_ALLOWED');
    const refund = books.beginRefund(order, number, amountMinor);
    this.#refunds.set(number, refund);
    if (!random.chance(books.profile.refundTrouble)) books.endRefund(refund, 'done');
    else this.#later(500, random.chance(0.2) ? 900_000 : 60_000, () => books.endRefund(refund, random.chance(0.7) ? 'done' : 'failed'));
    return random.chance(books.profile.refundTrouble / 4) ? failed('TARGET_FAIL', 'unsure') : this.#refundAnswer(refund);
  }

  #refuse(number: string, code: string): ServedAnswer {
    this.#refused.set(number, code);
    return failed(code, 'refundRefused');
  }

  #refundAnswer(refund: BookedRefund): ServedAnswer {
    const random = this.#random;
    const { order } = refund;
    const isUnsure = refund.state === 'pending' && random.chance(0.2);
    const status = { done: 'SUCCESS', failed: 'FAIL', pending: isUnsure ? 'UNKNOWN' : 'PROCESSING' }[refund.state];
    const word = ({ done: 'refunded', failed: 'refundFailed', pending: isUnsure ? 'unsure' : 'refundPending' } as const)[refund.state];
    const body = {
      errCode: 'SUCCESS', errMsg: null, merOrderId: order.reference, refundOrderId: refund.reference, refundStatus: status, refundAmount: refund.amountMinor, totalAmount: order.amountMinor,
      status: random.pick(['', 'REFUND', 'TRADE_REFUND']), refundTargetOrderId: refund.number, payTime: '2026-11-21 10:00:00',
    };
    return { status: 200, body: JSON.stringify(body), word };
  }

  #answer(order: Order, word: Word, more: Fields): ServedAnswer {
    const body = {
      errCode: 'SUCCESS', errMsg: '', responseTimestamp: '2026-11-21 10:00:00', merOrderId: order.reference, totalAmount: order.amountMinor, status: this.#random.pick(statuses[order.state]),
      seqId: order.number, targetSys: 'Alipay 2.0', payTime: '2026-11-21 10:00:00', ...(order.isCharged ? { targetOrderId: targetOf(order), buyerId: order.payer.id } : {}), ...more,
    };
    return { status: 200, body: JSON.stringify(body), word };
  }

  #byTarget(fields: Fields): Order | null {
    return this.books.byNumber.get(textOf(fields, 'targetOrderId').slice(2)) ?? null;
  }

  #later(least: number, most: number, action: () => void): void {
    this.#time.after(this.#random.between(least, most), action);
  }
}

function targetOf(order: Order): string {
  return `20${order.number}`;
}

function failed(code: string, word: Word): ServedAnswer {
  return { status: 200, body: JSON.stringify({ errCode: code, errMsg: '失败', responseTimestamp: '2026-11-21 10:00:00' }), word };
}

function isFen(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** Of `2026-11-21 10:00:00` in China. */
function chinaTime(text: string): number {
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = text.split(/[- :]/).map(Number);
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) - chinaOffset;
}

function fieldsOf(request: WireRequest): Fields {
  return JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) as Fields;
}

function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
