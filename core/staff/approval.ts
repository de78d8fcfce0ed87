/** An approval as an act of its own: a row beside the act that it allowed, in the same transaction. */
import type { PersonName, Role } from '../contract/types.ts';
import type { Amount } from '../money/amount.ts';
import type { EventTime } from '../payment/events.ts';
import type { Act } from './roles.ts';

export interface ApprovedEvent {
  readonly type: 'approved';
  readonly time: EventTime;
  /** What was approved. */
  readonly act: Act;
  readonly by: PersonName;
  readonly role: Role;
  readonly how: 'pin' | 'badge' | 'signedIn';
  /** Who asked for it; the same person where they may do it themselves. */
  readonly askedBy: PersonName;
  /** The refund that it allowed. */
  readonly refundRef: string | null;
  readonly amount: Amount | null;
}
