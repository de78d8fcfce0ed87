/** What customer displays show: taken from the screen that operates the till, checked, remembered, and handed to each of them. */
import { parseDisplay } from '../core/contract/display-schema.ts';
import type { CustomerDisplay } from '../core/contract/types.ts';

type Listener = (display: CustomerDisplay) => void;

export class CustomerDisplays {
  #last: CustomerDisplay | null = null;
  readonly #listeners = new Set<Listener>();

  /** True while somebody may be looking. */
  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Shows what the operating screen says. False where it isn't what a display may show: then nothing changes. */
  show(given: unknown): boolean {
    const display = parseDisplay(given);
    if (display === null) return false;
    this.#last = display;
    for (const listener of this.#listeners) listener(display);
    return true;
  }

  /** The operating screen is gone: nothing that it said is claimed any longer. */
  clear(): void {
    if (this.#last !== null) this.show({ shop: this.#last.shop, shows: { kind: 'idle' } });
  }

  /** What is shown now, at once, and every change after it. */
  onShows(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#last !== null) listener(this.#last);
    return () => this.#listeners.delete(listener);
  }
}
