/** How far long work is, for whoever waits at a terminal: on stderr, so that stdout keeps its documented lines. */
import type { Locale } from '../core/contract/types.ts';
import type { Clock } from '../core/ports.ts';
import type { Output } from './output.ts';
import { word, type Word } from './words.ts';

const millisecondsBetween = 1000;

/** Says it at most once a second, and never of work that takes less than one. */
export class Progress {
  readonly #output: Output;
  readonly #locale: Locale;
  readonly #clock: Pick<Clock, 'monotonic'>;
  #saidAt: number;

  constructor(output: Output, locale: Locale, clock: Pick<Clock, 'monotonic'>) {
    this.#output = output;
    this.#locale = locale;
    this.#clock = clock;
    this.#saidAt = clock.monotonic();
  }

  /** `total` is null where nobody knows yet how many rows there are. */
  rows(key: Extract<Word, 'rowsExported' | 'rowsRead' | 'rowsMatched'>, done: number, total: number | null): void {
    const now = this.#clock.monotonic();
    if (now - this.#saidAt < millisecondsBetween) return;
    this.#saidAt = now;
    this.#output.note(word(key, this.#locale, { n: String(done), ...(total === null ? {} : { total: String(total) }) }));
  }
}
