/** How many payments that had been unclear for a while ended by themselves today: a count for the screens, not for the books. */
import type { OpenPayments } from '../contract/types.ts';
import type { AttemptState } from './state.ts';

type Counts = OpenPayments['settledToday'];

const none: Counts = { paid: 0, undone: 0, longestSeconds: 0 };

export class SettledToday {
  private day = '';
  private counted: Counts = none;

  /** Takes an attempt that ended on the shop's day `today`; one that nobody had to ask about doesn't count. */
  note(lead: AttemptState, today: string): void {
    const seconds = Math.round((lead.changed.wall - lead.created.time.wall) / 1000);
    // Only what had been unclear for a while counts as settled by itself.
    if (lead.asked === 0 || lead.sentinel?.round !== 0 && lead.name !== 'paid') return;
    const { paid, undone, longestSeconds } = this.counts(today);
    const isPaid = lead.name === 'paid';
    this.day = today;
    this.counted = { paid: paid + (isPaid ? 1 : 0), undone: undone + (isPaid ? 0 : 1), longestSeconds: Math.max(longestSeconds, seconds) };
  }

  counts(today: string): Counts {
    return this.day === today ? this.counted : none;
  }
}
