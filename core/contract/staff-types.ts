/** People at the till: who they are, how they sign in, and how an act is approved. Types alone. */
import type { Message } from './messages.ts';
import type { Instant } from './types.ts';

export type Role = 'cashier' | 'supervisor' | 'owner';

/** A person of the shop as screens show them. Nobody is ever deleted: what they did keeps their name. */
export interface Person {
  readonly operatorId: string;
  /** Two digits, in the order in which they were added: `01`. */
  readonly number: string;
  readonly name: string;
  readonly role: Role;
  readonly hasPin: boolean;
  readonly hasBadge: boolean;
  /** Left the shop: greyed, signs in nowhere. */
  readonly left: boolean;
  readonly leftAt: Instant | null;
  readonly lastHereAt: Instant | null;
}

/** Who did something, as a list or a receipt names them. */
export interface PersonName {
  readonly operatorId: string;
  readonly name: string;
}

/**
 * Who stands behind an act that not everybody may do: a PIN, or a badge that was just scanned (its handle; the badge's number
 * never reaches a screen). Never logged.
 */
export type Approval = { readonly kind: 'pin'; readonly pin: string } | { readonly kind: 'badge'; readonly scanId: string };

/** Why an approval didn't count. Nothing was done. */
export type ApprovalRefusal =
  | { readonly kind: 'approvalNeeded'; readonly role: Role; readonly message: Message }
  | { readonly kind: 'wrongPin'; readonly triesLeft: number; readonly message: Message }
  | { readonly kind: 'pinWait'; readonly until: Instant; readonly message: Message };

/** The sign-in as the frame shows it. */
export interface StaffStatus {
  /**
   * `none`: nobody has a PIN or a badge yet, and whoever stands at the till may do everything. `signedOut`: someone must sign in.
   * `signedIn`. `locked`: someone is signed in, and the screen is locked.
   */
  readonly state: 'none' | 'signedOut' | 'signedIn' | 'locked';
  readonly person: (PersonName & { readonly role: Role }) | null;
  readonly pinDigits: number;
  /** After wrong PINs: tries left, and until when none is taken. */
  readonly triesLeft: number;
  readonly waitUntil: Instant | null;
}

export type SignReply =
  | { readonly kind: 'signedIn'; readonly person: Person }
  | Extract<ApprovalRefusal, { kind: 'wrongPin' | 'pinWait' }>
  | { readonly kind: 'refused'; readonly message: Message };

export type PeopleReply = { readonly kind: 'done'; readonly people: readonly Person[] } | ApprovalRefusal | { readonly kind: 'refused'; readonly message: Message };

/** What the owner may change about a person. The owner's approval comes with each. */
export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly left?: boolean | undefined;
}
