/** A payment that can't be folded from its rows any more, by a row that the engine makes nothing of. */
import { Journal } from '../journal/journal.ts';
import type { JournalStorage } from '../journal/storage.ts';
import type { Clock } from '../ports.ts';

/** What the projections say of it stays: the row alone is what nothing can be made of. */
export function makeUnreadable({ journal, clock }: { readonly journal: JournalStorage; readonly clock: Clock }, paymentId: string): void {
  const event = { type: 'notified', time: { wall: 0, monotonic: 0 }, attemptRef: 'nobody', gatewayRef: null };
  new Journal(journal, clock).append([{ aggregate: paymentId, type: 'notified', payload: { event, state: 'unknown', send: null } }]);
}
