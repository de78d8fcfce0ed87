/** Shouqianba's upay gateway 2.0 in memory: written from its document and the field notes, sharing nothing with `core/gateways`. */
import { createHash } from 'node:crypto';
import type { WireRequest } from '../../core/ports.ts';
import type { VirtualTime } from '../clock.ts';
import type { GatewayServer } from '../network.ts';
import type { Notice, NoticeSays } from '../courier.ts';
import type { ReadRequest, ServedAnswer, Word } from '../observations.ts';
import type { Profile } from '../profile.ts';
import type { SeededRandom } from '../random.ts';
import { Books, refundedMinor, type BookedRefund, type Order } from './books.ts';
import type { Payers } from './payers.ts';
import { refundedStatus, refundedWords, ShouqianbaRefunds } from './shouqianba-refunds.ts';

export const shouqianbaSettings = { baseUrl: 'https://upay.shouqianba.test', terminalSn: '100000123456789012', terminalKey: 'c5a8f0e1d2b34c6798a0b1c2d3e4f506', currency: 'CNY' } as const;

/** The shop has two terminals there; settings name one at a time. */
export const otherTerminal = { terminalSn: '100000987654321098', terminalKey: '9b7d5f3e1c0a2b4d6f8e7c5a3b1d0f2e' } as const;
const terminalKeys: Readonly<Record<string, string>> = { [shouqianbaSettings.terminalSn]: shouqianbaSettings.terminalKey, [otherTerminal.terminalSn]: otherTerminal.terminalKey };

type Fields = Readonly<Record<string, unknown>>;

const declines = ['INSUFFICIENT_FUND', 'EXPIRED_BARCODE', 'BUYER_OVER_DAILY_LIMIT', 'BUYER_OVER_TRANSACTION_LIMIT', 'TRADE_FAILED'] as const;
const orderStatus = { created: 'CREATED', paid: 'PAID', notPaid: 'PAY_CANCELED', unsure: 'PAY_ERROR', undoing: 'CANCEL_INPROGRESS', undone: 'CANCELED' } as const;
const status = { created: 'IN_PROG', paid: 'SUCCESS', notPaid: 'FAIL_CANCELED', unsure: 'FAIL_ERROR', undoing: 'IN_PROG', undone: 'SUCCESS' } as const;
const words = { created: 'waiting', paid: 'paid', notPaid: 'notPaid', unsure: 'unsure', undoing: 'unsure', undone: 'undone' } as const satisfies Record<Order['state'], Word>;

const chinaOffset = 8 * 3_600_000;
const dayOf = (wall: number): number => Math.floor((wall + chinaOffset) / 86_400_000);

const calls: Readonly<Record<string, ReadRequest['call']>> = { '/upay/v2/pay': 'pay', '/upay/v2/precreate': 'present', '/upay/v2/query': 'query', '/upay/v2/cancel': 'reverse', '/upay/v2/refund': 'refund' };

export class ShouqianbaServer implements GatewayServer {
  readonly id = 'shouqianba';
  readonly origin = shouqianbaSettings.baseUrl;
  readonly books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #payers: Payers;
  readonly #misread: (what: string) => void;
  readonly #refunds: ShouqianbaRefunds;

  /** `misread` hears of requests that the documents don't allow. */
  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['gateway'], payers: Payers, misread: (what: string) => void) {
    this.books = new Books(this.id, true, time, random, profile);
    this.#time = time;
    this.#random = random;
    this.#payers = payers;
    this.#misread = misread;
    const answers = { failed, answer: (result: string, order: Order, error: string, word: Word, refund: BookedRefund | null, newest: string) => this.#answer(result, order, error, word, { refund, status: newest }) };
    this.#refunds = new ShouqianbaRefunds(this.books, time, random.fork(), answers, misread);
  }

  read(request: WireRequest): ReadRequest {
    const fields = fieldsOf(request);
    const path = new URL(request.url).pathname;
    const call = calls[path] ?? 'other';
    const amount = textOf(fields, call === 'refund' ? 'refund_amount' : 'total_amount');
    const reference = textOf(fields, 'client_sn') ?? this.books.byNumber.get(textOf(fields, 'sn') ?? '')?.reference ?? null;
    return { call, reference, refund: textOf(fields, 'refund_request_no'), amountMinor: amount === null ? null : Number(amount), code: textOf(fields, 'dynamic_id'), account: textOf(fields, 'terminal_sn') ?? '' };
  }

  receive(request: WireRequest, respond: (answer: ServedAnswer) => void): void {
    const fields = fieldsOf(request);
    const path = new URL(request.url).pathname;
    const problem = this.#problem(request, fields, path);
    if (problem !== null) {
      this.#misread(`shouqianba: ${problem}`);
      respond(clientError('INVALID_PARAMS', problem));
      return;
    }
    if (this.#random.chance(this.books.profile.serverError)) {
      // Half of the failures strike after the work was done.
      const failed = this.#random.pick([serverError('UNKNOWN_SYSTEM_ERROR', 200), serverError('UNEXPECTED_PROVIDER_ERROR', 500), serverError('MAINTENANCE_INPROGRESS', 503)]);
      if (this.#random.chance(0.5)) this.#serve(path, fields, () => respond(failed));
      else this.#later(200, 2000, () => respond(failed));
      return;
    }
    this.#serve(path, fields, respond);
  }

  falsified(answer: ServedAnswer, what: 'amount' | 'reference'): ServedAnswer | null {
    const named = what === 'amount' ? /"total_amount":"(\d+)"/ : /"client_sn":"([^"]+)"/;
    const found = named.exec(answer.body)?.[1];
    if (found === undefined || this.#isForeign(answer)) return null;
    const other = what === 'amount' ? String(Number(found) + this.#random.pick([1, -1, 100, 99])) : `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`;
    return { ...answer, body: answer.body.replace(named, (whole) => whole.replace(found, other)) };
  }

  /** Of another till's order the till knows nothing to compare an answer with: there a lie is no fault that it could notice. */
  #isForeign(answer: ServedAnswer): boolean {
    const reference = /"client_sn":"([^"]+)"/.exec(answer.body)?.[1] ?? '';
    return this.books.orders.get(reference)?.isForeign === true;
  }

  #serve(path: string, fields: Fields, respond: (answer: ServedAnswer) => void): void {
    const reference = textOf(fields, 'client_sn') ?? this.books.byNumber.get(textOf(fields, 'sn') ?? '')?.reference ?? '';
    if (path === '/upay/v2/pay') this.#pay(fields, reference, respond);
    else if (path === '/upay/v2/precreate') this.#later(50, 1500, () => respond(this.#precreate(fields, reference)));
    else if (path === '/upay/v2/query') this.#later(20, 400, () => respond(this.#query(reference)));
    else if (path === '/upay/v2/refund') this.#later(50, 2500, () => respond(this.#refunds.refund(this.books.visible(reference), textOf(fields, 'refund_request_no') ?? '', Number(textOf(fields, 'refund_amount')))));
    else this.#later(50, 1500, () => this.#cancel(reference, respond));
  }

  /** What is wrong with the request by sections 2.2, 4.2 and 5.2 and the signature; null where nothing is. */
  #problem(request: WireRequest, fields: Fields, path: string): string | null {
    const body = request.body ?? new Uint8Array();
    const terminalSn = textOf(fields, 'terminal_sn') ?? '';
    const sign = createHash('md5').update(body).update(terminalKeys[terminalSn] ?? '').digest('hex');
    const header = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    if (header !== `${terminalSn} ${sign}`) return 'ILLEGAL_SIGN';
    if (request.method !== 'POST') return 'not a POST';
    const stranger = Object.entries(fields).find(([, value]) => typeof value !== 'string');
    if (stranger !== undefined) return `${stranger[0]} is not a string`;
    if (terminalKeys[terminalSn] === undefined) return 'terminal_sn';
    const clientSn = textOf(fields, 'client_sn');
    if (clientSn === null ? textOf(fields, 'sn') === null : Buffer.byteLength(clientSn) > 32) return 'client_sn';
    if (path === '/upay/v2/query' || path === '/upay/v2/cancel') return null;
    if (path === '/upay/v2/refund') return refundProblem(fields);
    if (path !== '/upay/v2/pay' && path !== '/upay/v2/precreate') return `no such path: ${path}`;
    if (!/^[1-9]\d{0,9}$/.test(textOf(fields, 'total_amount') ?? '')) return 'total_amount';
    const code = path === '/upay/v2/pay' ? ['dynamic_id', 32] as const : ['payway', 2] as const;
    for (const [name, most] of [code, ['subject', 64], ['operator', 32]] as const) {
      const text = textOf(fields, name);
      if (text === null || Buffer.byteLength(text) > most) return name;
    }
    return null;
  }

  // ---- pay

  #pay(fields: Fields, reference: string, respond: (answer: ServedAnswer) => void): void {
    const { books } = this;
    if (books.orders.has(reference)) {
      this.#later(20, 300, () => respond(failed('CLIENT_SN_CONFLICT', 'unsure')));
      return;
    }
    const code = textOf(fields, 'dynamic_id') ?? '';
    const payer = this.#payers.useCode(code, reference);
    if (payer === 'unknown') {
      respond(this.#random.chance(0.5) ? clientError('INVALID_BARCODE', `no such code ${code}`) : failed('INVALID_BARCODE', 'refused', `no such code ${code}`));
      return;
    }
    if (payer === 'expired' || payer === 'used') {
      respond(failed('EXPIRED_BARCODE', 'refused', `code ${code} is over`));
      return;
    }
    const order = books.open(reference, Number(textOf(fields, 'total_amount')), payer, code, 16);
    this.#process(order, respond);
  }

  #process(order: Order, respond: (answer: ServedAnswer) => void): void {
    const { books } = this;
    const random = this.#random;
    const { declines: declining, unsure, password, takesBackItsWord } = books.profile;
    if (random.chance(declining)) {
      this.#later(100, 2500, () => {
        if (order.state !== 'created') return respond(this.#inProgress(order));
        books.become(order, 'notPaid');
        if (random.chance(takesBackItsWord * 3)) books.takeBackWord(order);
        respond(this.#answer('PAY_FAIL', order, random.pick(declines)));
      });
    } else if (random.chance(unsure)) {
      this.#later(300, 4000, () => this.#becomeUnsure(order, respond));
    } else if (random.chance(password)) {
      books.askPayer(order);
      this.#later(300, 4500, () => respond(this.#inProgress(order)));
    } else {
      // Accepted at once, booked a moment later: a reversal may come in between.
      this.#later(100, 3000, () => {
        if (order.state === 'created') books.pay(order);
        respond(order.state === 'paid' ? this.#answer('PAY_SUCCESS', order) : order.state === 'notPaid' ? this.#answer('PAY_FAIL', order, 'INSUFFICIENT_FUND') : this.#inProgress(order));
      });
    }
  }

  /** "Failed, and we don't know about the wallet": the gateway sorts it out by itself, some minutes later. */
  #becomeUnsure(order: Order, respond: (answer: ServedAnswer) => void): void {
    if (order.state !== 'created') return respond(this.#inProgress(order));
    this.books.becomeUnsure(order);
    respond(this.#answer('PAY_FAIL_ERROR', order, 'UNEXPECTED_PROVIDER_ERROR'));
  }

  /** An order whose code the customer scans; it lives four minutes (field notes). */
  #precreate(fields: Fields, reference: string): ServedAnswer {
    const { books } = this;
    const random = this.#random;
    if (books.orders.has(reference)) return failed('CLIENT_SN_CONFLICT', 'unsure');
    if (random.chance(books.profile.declines / 2)) return failed('TRADE_FAILED', 'refused');
    const order = books.openShown(reference, Number(textOf(fields, 'total_amount')), `https://qr.shouqianba.test/${random.digits(12)}`, 16, 240_000);
    return this.#answer('PRECREATE_SUCCESS', order, '', 'waiting', { refund: null, status: 'IN_PROG' });
  }

  /** The callback that an order changed (field notes); unsigned here, so that it counts as anybody's. */
  notice(order: Order, says: NoticeSays): Notice {
    const body = { client_sn: says.reference ?? order.reference, sn: says.number ?? order.number, client_tsn: order.reference, order_status: says.paid ? 'PAID' : 'PAY_CANCELED', total_amount: String(order.amountMinor) };
    return { method: 'POST', headers: { 'content-type': 'application/json' }, query: '', body: new TextEncoder().encode(says.isGarbage ? '{"sn":' : JSON.stringify(body)) };
  }

  // ---- query and cancel

  #query(reference: string): ServedAnswer {
    const order = this.books.visible(reference);
    return order === null ? this.#notFound() : this.#answer('SUCCESS', order);
  }

  #cancel(reference: string, respond: (answer: ServedAnswer) => void): void {
    const { books } = this;
    const random = this.#random;
    const order = books.visible(reference);
    if (order === null) return respond(this.#notFound());
    if (order.state === 'undone') return respond(random.chance(0.5) ? this.#answer('CANCEL_SUCCESS', order) : failed('UPAY_CANCEL_ORDER_NOOP', 'undone'));
    const wall = this.#time.trueWall();
    const today = dayOf(wall) === dayOf(wall - (this.#time.now - order.createdAt));
    if (order.state === 'notPaid' || !today || order.refunds.length > 0) return respond(failed('UPAY_CANCEL_INVALID_ORDER_STATE', 'unsure', '当前的订单状态是3201'));
    if (order.state === 'undoing') return respond(this.#answer('CANCEL_IN_PROGRESS', order));
    if (order.reversalTroubles > 0) return this.#troubledCancel(order, respond);
    const word = order.state === 'created' ? random.pick(['CANCEL_ABORT_SUCCESS', 'CANCEL_SUCCESS']) : 'CANCEL_SUCCESS';
    const fresh = order.state === 'created';
    books.undo(order);
    if (fresh && random.chance(books.profile.takesBackItsWord)) books.takeBackWord(order);
    respond(this.#answer(word, order));
  }

  #troubledCancel(order: Order, respond: (answer: ServedAnswer) => void): void {
    const { books } = this;
    const random = this.#random;
    order.reversalTroubles -= 1;
    switch (random.weighted({ error: 4, errorButDone: 1, slowly: 1, race: order.state === 'created' ? 2 : 0 })) {
      case 'error':
        return respond(this.#answer(random.pick(['CANCEL_ERROR', 'CANCEL_ABORT_ERROR']), order, 'UNEXPECTED_PROVIDER_ERROR', 'unsure'));
      case 'errorButDone':
        books.undo(order);
        return respond(failed('EXTERNAL_SERVICE_EXCEPTION', 'unsure'));
      case 'slowly':
        books.become(order, 'undoing');
        this.#later(1000, 25_000, () => order.state === 'undoing' && books.undo(order));
        return respond(this.#answer('CANCEL_IN_PROGRESS', order));
      case 'race':
        // The payer confirms in the very moment in which the order is to be aborted.
        books.pay(order);
        return respond(this.#answer('CANCEL_ABORT_ERROR', order, 'TRADE_HAS_SUCCESS', 'unsure'));
    }
  }

  // ---- answers

  #inProgress(order: Order): ServedAnswer {
    return this.#answer(this.#random.pick(['PAY_IN_PROGRESS', 'PAY_IN_PROGRESS', 'PAY_FAIL_IN_PROGRESS']), order, '', order.state === 'created' ? 'waiting' : 'unsure');
  }

  #notFound(): ServedAnswer {
    return failed(this.#random.pick(['UPAY_ORDER_NOT_EXISTS', 'UPAY_ORDER_NOT_EXIST']), 'notFound');
  }

  #answer(result: string, order: Order, error = '', word: Word = wordOf(order), newest: { readonly refund: BookedRefund | null; readonly status: string } | null = null): ServedAnswer {
    const inProgress = order.state === 'created' || order.state === 'undoing';
    const refunded = order.state === 'paid' ? refundedStatus(order) : null;
    const refund = newest === null ? order.refunds.at(-1) : newest.refund;
    const kept = order.isCharged ? order.amountMinor - refundedMinor(order, ['done']) : 0;
    const ended = String(this.#time.trueWall() - Math.round(this.#time.now - order.changedAt));
    const data = {
      sn: order.number,
      client_sn: order.reference,
      terminal_sn: shouqianbaSettings.terminalSn,
      ...(refund ? { client_tsn: `${order.reference}-${refund.reference}` } : {}),
      status: newest?.status ?? status[order.state],
      ...(order.direction === 'show' && result === 'PRECREATE_SUCCESS' ? { qr_code: order.code } : {}),
      order_status: inProgress && result.startsWith('P') ? 'CREATED' : newest?.status === 'REFUND_ERROR' ? 'REFUND_ERROR' : (refunded ?? orderStatus[order.state]),
      total_amount: String(order.amountMinor),
      payer_uid: order.payer.id,
      trade_no: `20${order.number}`,
      subject: 'Corner shop',
      ...(inProgress ? {} : { payway: order.payer.wallet === 'wechat' ? '3' : '1', sub_payway: '1', net_amount: String(kept), finish_time: ended, channel_finish_time: ended }),
    };
    const biz = { result_code: result, error_code: error, error_message: error === '' ? '' : '交易失败', data };
    return { status: 200, body: JSON.stringify({ result_code: '200', error_code: '', error_message: '', biz_response: biz }), word };
  }

  #later(least: number, most: number, action: () => void): void {
    this.#time.after(this.#random.between(least, most), action);
  }
}

function wordOf(order: Order): Word {
  const refunded = order.state === 'paid' ? refundedStatus(order) : null;
  return refunded === null ? words[order.state] : refundedWords[refunded];
}

/** What is wrong with a refund by 3.2 and the field notes. */
function refundProblem(fields: Fields): string | null {
  const number = textOf(fields, 'refund_request_no');
  if (number === null || Buffer.byteLength(number) > 20) return 'refund_request_no';
  if (!/^[1-9]\d{0,9}$/.test(textOf(fields, 'refund_amount') ?? '')) return 'refund_amount';
  const operator = textOf(fields, 'operator');
  return operator === null || Buffer.byteLength(operator) > 64 ? 'operator' : null;
}

function failed(code: string, word: Word, message = '交易失败'): ServedAnswer {
  const biz = { result_code: 'FAIL', error_code: code, error_message: message, data: null };
  return { status: 200, body: JSON.stringify({ result_code: '200', error_code: '', error_message: '', biz_response: biz }), word };
}

function clientError(code: string, message: string): ServedAnswer {
  return { status: 200, body: JSON.stringify({ result_code: '400', error_code: code, error_message: message }), word: 'refused' };
}

function serverError(code: string, httpStatus: number): ServedAnswer {
  return { status: httpStatus, body: JSON.stringify({ result_code: '500', error_code: code, error_message: '系统错误' }), word: 'unsure' };
}

function fieldsOf(request: WireRequest): Fields {
  return JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) as Fields;
}

function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
