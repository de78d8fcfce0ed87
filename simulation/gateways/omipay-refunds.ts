/** Omipay's Refund and QueryRefund (document 3.10 and 3.11): every request is a refund of its own, and takes its nine states' time. */
import type { VirtualTime } from '../clock.ts';
import type { ServedAnswer } from '../observations.ts';
import type { SeededRandom } from '../random.ts';
import type { BookedRefund, Books, Order } from './books.ts';

const wayThere = ['Applied', 'MerchantConfirmed', 'OrganizationConfirmed', 'OrganizationPayback'] as const;
const failures = ['MerchantRejected', 'TimeoutClosed', 'OrganizationFailed', 'CustomerCancelled'] as const;

export class OmipayRefunds {
  readonly #books: Books;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  /** How far each one got on its way; what failed says how. */
  readonly #stages = new Map<BookedRefund, number>();
  readonly #failures = new Map<BookedRefund, (typeof failures)[number]>();

  constructor(books: Books, time: VirtualTime, random: SeededRandom) {
    this.#books = books;
    this.#time = time;
    this.#random = random;
  }

  /** Nothing holds two requests with one number apart: both are booked, if they fit. */
  refund(orderNumber: string, number: string, amountMinor: number): ServedAnswer {
    const order = this.#books.byNumber.get(orderNumber);
    if (order === undefined || order.visibleFrom > this.#time.now) return failed('ORDER_NO_ERROR');
    if (order.state !== 'paid') return failed('ORDER_NOT_PAID');
    if (amountMinor > this.#books.leftMinor(order)) return failed('AMOUNT_OVER_LIMIT');
    const refund = this.#books.beginRefund(order, number, amountMinor);
    this.#goOn(refund, 0, this.#random.chance(this.#books.profile.refundTrouble / 2) ? this.#random.between(0, 3) : null);
    return this.#accepted(refund, order);
  }

  query(refundNumber: string): ServedAnswer {
    const refund = this.#books.refundsByNumber.get(refundNumber);
    if (refund === undefined) return { ...failed('REFUND_NO_ERROR'), word: 'unsure' };
    const result = this.#result(refund);
    const word = refund.state === 'failed' ? 'refundFailed' : result === 'Closed' ? 'refunded' : 'refundPending';
    const body = {
      return_code: 'SUCCESS', result_code: this.#random.chance(0.3) ? result.toUpperCase() : result, out_refund_no: refund.reference, currency: 'CNY', amount: refund.amountMinor,
      refund_time: '20161227105530', success_time: result === 'Closed' ? '20161227105602' : '',
    };
    return { status: 200, body: JSON.stringify(body), word };
  }

  #result(refund: BookedRefund): string {
    switch (refund.state) {
      case 'failed':
        return this.#failures.get(refund) ?? 'OrganizationFailed';
      case 'done':
        // Given back by the wallet; the books are closed a little later.
        return this.#time.now - refund.changedAt > 20_000 ? 'Closed' : 'OrganizationPayback';
      case 'pending':
        return wayThere[Math.min(this.#stages.get(refund) ?? 0, 2)] ?? 'Applied';
    }
  }

  /** From state to state in seconds, or in an hour; some end without the money at one of them. */
  #goOn(refund: BookedRefund, stage: number, failsAt: number | null): void {
    this.#stages.set(refund, stage);
    const random = this.#random;
    this.#time.after(random.chance(0.1) ? random.between(60, 3600) * 1000 : random.between(500, 15_000), () => {
      if (refund.state !== 'pending') return;
      if (stage === failsAt) {
        this.#failures.set(refund, random.pick(failures));
        this.#books.endRefund(refund, 'failed');
      } else if (stage === wayThere.length - 1) this.#books.endRefund(refund, 'done');
      else this.#goOn(refund, stage + 1, failsAt);
    });
  }

  #accepted(refund: BookedRefund, order: Order): ServedAnswer {
    const key = this.#random.chance(0.3) ? 'refund_no ' : 'refund_no';
    const body = { return_code: 'SUCCESS', [key]: refund.number, order_no: order.number, currency: 'CNY', amount: refund.amountMinor, refund_time: '20161227105530' };
    return { status: 200, body: JSON.stringify(body), word: 'refundPending' };
  }
}

function failed(code: string): ServedAnswer {
  return { status: 200, body: JSON.stringify({ return_code: 'FAIL', error_code: code, error_msg: '退款失败' }), word: 'refundRefused' };
}
