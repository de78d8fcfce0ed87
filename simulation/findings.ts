/** Where the auditor writes down which rule was broken, and a history its timeline. */
import type { VirtualTime } from './clock.ts';

/** A rule of the design, by its place there: money rules 1 to 10, CASES by number, or what follows from the engine's section. */
export type Rule =
  | 'money 1: durable before sent' | 'money 2: only an explicit word ends' | 'money 3: never sent' | 'money 4: one live attempt' | 'money 5: amounts' | 'money 7: taken up first'
  | 'money 8: one receipt' | 'money 8: one command, one payment' | 'money 9: secrets' | 'money 10: chain' | 'money 10: projections'
  | 'told paid without money' | 'told not paid with money' | 'charged twice' | 'paid is never undone' | 'moves go forward' | 'told before durable' | 'wallets and books'
  | 'CASES 6: identity' | 'CASES 7: one request at a time' | 'CASES 9: same code' | 'CASES 10: sale reference' | 'CASES 11: same amount' | 'CASES 14: not wanted' | 'CASES 15: paid after giving up' | 'CASES 15: paid after a reversal' | 'CASES 16: six reversals' | 'CASES 16: asking goes on'
  | 'CASES 21: repeat' | 'CASES 27: quiet' | 'shown codes' | 'CASES 25: reversal too early' | 'CASES 26: start' | 'liveness' | 'wire format' | 'engine threw'
  | 'money 6: never more than was paid' | 'told refunded without it' | 'told not refunded with it' | 'one refund for one wish' | 'CASES 8: one command, one refund' | 'CASES 17: recorded' | 'CASES 18: reversal after a refund'
  | 'CASES 24: repeat of a refund' | 'CASES 29: restored' | 'CASES 38: foreign receipt' | 'CASES 39: X and Z' | 'CASES 40: drawer' | 'the drawer' | 'day totals' | 'Zs and books' | 'approvals' | 'who did it' | 'PIN comparison';

export interface Finding {
  readonly rule: Rule;
  readonly detail: string;
  /** Virtual milliseconds since the history began. */
  readonly at: number;
}

const findingsMost = 20;

export class Findings {
  readonly found: Finding[] = [];
  /** What happened, line by line; only kept in a replay, because most histories are never read. */
  readonly timeline: string[] = [];
  readonly #time: VirtualTime;
  readonly #keepsTimeline: boolean;
  readonly #seen = new Set<string>();
  /** While an older journal is read again, nothing is judged a second time. */
  isMuted = false;

  constructor(time: VirtualTime, keepsTimeline: boolean) {
    this.#time = time;
    this.#keepsTimeline = keepsTimeline;
  }

  note(line: () => string): void {
    if (this.#keepsTimeline && !this.isMuted) this.timeline.push(`${(this.#time.now / 1000).toFixed(3).padStart(10)} s  ${line()}`);
  }

  /** Writes a broken rule down, once for each thing that it is about. */
  broken(rule: Rule, about: string, detail: string): void {
    if (this.isMuted) return;
    const key = `${rule} ${about}`;
    if (this.#seen.has(key) || this.found.length >= findingsMost) return;
    this.#seen.add(key);
    this.found.push({ rule, detail: `${about}: ${detail}`, at: this.#time.now });
    this.note(() => `BROKEN ${rule}: ${about}: ${detail}`);
  }
}
