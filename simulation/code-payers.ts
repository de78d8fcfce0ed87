/** Customers in front of a code on the screen: they pay in time, at the last second, from a photograph, twice, or never. */
import type { PaymentView } from '../core/contract/types.ts';
import type { VirtualTime } from './clock.ts';
import type { Books, PhoneAct } from './gateways/books.ts';
import type { SeededRandom } from './random.ts';
import type { Screen } from './screen.ts';
import type { Basket } from './workload.ts';

export interface CodePayersPorts {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly screen: Screen;
  readonly books: readonly Books[];
}

const day = 86_400_000;

export class CodePayers {
  readonly #ports: CodePayersPorts;
  readonly #seen = new Set<string>();

  constructor(ports: CodePayersPorts) {
    this.#ports = ports;
  }

  /** A customer sees what the screen shows; the first time, a mind is made up. */
  see(basket: Basket, view: PaymentView): void {
    const { shownCode, paymentId } = view;
    if (shownCode === null || this.#seen.has(shownCode.qr)) return;
    const { random } = this.#ports;
    const { qr } = shownCode;
    this.#seen.add(qr);
    basket.codes.add(qr);
    const deadline = view.deadlineSeconds * 1000;
    const onScreen = (): boolean => this.#ports.screen.isUp && this.#ports.screen.views.get(paymentId)?.shownCode?.qr === qr;
    const anyway = (): boolean => true;
    switch (random.weighted({ soon: 6, late: 2, lastSecond: 1.5, photograph: 1.2, twice: 1.5, cancels: 1, never: 1.5 })) {
      case 'soon':
        return this.#plan(basket, qr, random.between(1000, 12_000), 'pays', random.between(300, 6000), onScreen);
      case 'late':
        return this.#plan(basket, qr, deadline * random.between(30, 90) / 100, 'pays', random.between(500, 20_000), onScreen);
      case 'lastSecond':
        return this.#plan(basket, qr, deadline - random.between(0, 2500), 'pays', random.between(0, 3000), onScreen);
      case 'photograph':
        return this.#plan(basket, qr, deadline + random.pick([random.between(0, 30_000), random.between(0, 5_400_000), random.between(0, 9 * day)]), 'pays', random.between(500, 9000), anyway);
      case 'twice':
        // The page is open, and meanwhile the payment code is held up as well.
        basket.holdsUpCode = true;
        return this.#plan(basket, qr, random.between(1000, 8000), 'pays', random.between(3000, 40_000), onScreen);
      case 'cancels':
        return this.#plan(basket, qr, random.between(1000, 12_000), 'cancels', random.between(500, 9000), onScreen);
      case 'never':
        return;
    }
  }

  /** What is photographed can be opened without a screen; anything else only while it stands there. */
  #plan(basket: Basket, qr: string, milliseconds: number, does: PhoneAct, confirmMilliseconds: number, sees: () => boolean): void {
    const order = this.#ports.books.map((books) => books.byShownCode.get(qr)).find((one) => one !== undefined);
    const books = this.#ports.books.find((one) => one.gateway === order?.gateway);
    if (order === undefined || books === undefined) return;
    this.#ports.time.after(Math.max(0, milliseconds), () => {
      if (sees()) books.openOnPhone(order, basket.payer, does, confirmMilliseconds);
    });
  }
}
