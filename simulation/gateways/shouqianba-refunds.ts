/** Shouqianba's refund (document 3.3, field notes): one number is one refund, however often it is sent. */
import type { VirtualTime } from '../clock.ts';
import type { ServedAnswer, Word } from '../observations.ts';
import type { SeededRandom } from '../random.ts';
import { refundedMinor, type BookedRefund, type Books, type Order } from './books.ts';

/** How the server writes an answer: business code, error code, what it means, and the transaction that it is about. */
export interface RefundAnswers {
  answer(result: string, order: Order, error: string, word: Word, refund: BookedRefund | null, status: string): ServedAnswer;
  failed(code: string, word: Word): ServedAnswer;
}

export class ShouqianbaRefunds {
  readonly #books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #answers: RefundAnswers;
  readonly #misread: (what: string) => void;
  /** A number that was refused stays refused: its request may come a second time by another way. */
  readonly #refused = new Map<string, string>();

  constructor(books: Books, time: VirtualTime, random: SeededRandom, answers: RefundAnswers, misread: (what: string) => void) {
    this.#books = books;
    this.#time = time;
    this.#random = random;
    this.#answers = answers;
    this.#misread = misread;
  }

  refund(order: Order | null, number: string, amountMinor: number): ServedAnswer {
    const random = this.#random;
    const refusal = this.#refused.get(number);
    if (refusal !== undefined) return this.#answers.failed(refusal, 'refundRefused');
    if (order === null) return this.#refuse(number, random.pick(['UPAY_ORDER_NOT_EXISTS', 'UPAY_ORDER_NOT_EXIST']));
    const known = order.refunds.find((refund) => refund.reference === number);
    if (known !== undefined) return this.#again(known, amountMinor);
    if (order.state !== 'paid') return this.#refuse(number, random.pick(['UPAY_REFUND_INVALID_ORDER_STATE', 'UPAY_TCP_ORDER_NOT_REFUNDABLE']));
    if (amountMinor > this.#books.leftMinor(order)) return this.#refuse(number, 'REFUNDABLE_AMOUNT_NOT_ENOUGH');
    if (random.chance(this.#books.profile.refundTrouble)) return this.#troubled(order, number, amountMinor);
    return this.#done(this.#books.beginRefund(order, number, amountMinor));
  }

  #refuse(number: string, code: string): ServedAnswer {
    this.#refused.set(number, code);
    return this.#answers.failed(code, 'refundRefused');
  }

  /** The same number is the same refund: it says how that one stands. */
  #again(refund: BookedRefund, amountMinor: number): ServedAnswer {
    if (refund.amountMinor !== amountMinor) {
      this.#misread('shouqianba: a refund number was used for two amounts');
      return this.#answers.failed('REFUND_REQUEST_CONFLICT', 'unsure');
    }
    switch (refund.state) {
      case 'done':
        return this.#random.chance(0.5) ? this.#answers.failed('UPAY_REFUND_ORDER_NOOP', 'refunded') : this.#success(refund);
      case 'pending':
        return this.#pending(refund);
      case 'failed':
        return this.#answers.answer('REFUND_FAIL', refund.order, '', 'refundFailed', refund, 'FAIL_CANCELED');
    }
  }

  #troubled(order: Order, number: string, amountMinor: number): ServedAnswer {
    const random = this.#random;
    switch (random.weighted({ balance: 3, slowly: 3, slowlyFailing: 1, errorNotDone: 2, errorDone: 2, system: 1 })) {
      case 'balance':
        return this.#refuse(number, random.pick(['SELLER_BALANCE_NOT_ENOUGH', 'ACCOUNT_BALANCE_NOT_ENOUGH']));
      case 'slowly':
        return this.#slowly(order, number, amountMinor, 'done');
      case 'slowlyFailing':
        return this.#slowly(order, number, amountMinor, 'failed');
      case 'errorNotDone':
        return this.#answers.answer('REFUND_ERROR', order, 'UNEXPECTED_PROVIDER_ERROR', 'unsure', null, 'REFUND_ERROR');
      case 'errorDone': {
        const refund = this.#books.beginRefund(order, number, amountMinor);
        this.#books.endRefund(refund, 'done');
        return this.#answers.answer('REFUND_ERROR', order, '', 'unsure', refund, 'REFUND_ERROR');
      }
      case 'system':
        return this.#answers.failed('EXTERNAL_SERVICE_EXCEPTION', 'unsure');
    }
  }

  #slowly(order: Order, number: string, amountMinor: number, end: 'done' | 'failed'): ServedAnswer {
    const refund = this.#books.beginRefund(order, number, amountMinor);
    this.#time.after(this.#random.between(500, this.#random.chance(0.2) ? 900_000 : 60_000), () => this.#books.endRefund(refund, end));
    return this.#pending(refund);
  }

  #pending(refund: BookedRefund): ServedAnswer {
    return this.#answers.answer('REFUND_IN_PROGRESS', refund.order, '', 'refundPending', refund, 'IN_PROG');
  }

  #done(refund: BookedRefund): ServedAnswer {
    this.#books.endRefund(refund, 'done');
    return this.#success(refund);
  }

  #success(refund: BookedRefund): ServedAnswer {
    return this.#answers.answer('REFUND_SUCCESS', refund.order, '', 'refunded', refund, 'SUCCESS');
  }
}

/** The order's state in an answer once something of it was refunded (appendix 3, field notes); null before. */
export function refundedStatus(order: Order): 'REFUND_INPROGRESS' | 'REFUNDED' | 'PARTIAL_REFUNDED' | null {
  if (order.refunds.some((refund) => refund.state === 'pending')) return 'REFUND_INPROGRESS';
  const done = refundedMinor(order, ['done']);
  if (done === 0) return null;
  return done >= order.amountMinor ? 'REFUNDED' : 'PARTIAL_REFUNDED';
}

/** What an order whose refunds stand so means for a query: given back in full, its money isn't with the shop any more. */
export const refundedWords = { REFUND_INPROGRESS: 'unsure', REFUNDED: 'undone', PARTIAL_REFUNDED: 'paid' } as const satisfies Record<string, Word>;
