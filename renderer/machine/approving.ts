/** Who approves: a PIN being typed or a badge that was scanned, and why the last one didn't count. */
import type { Approval, ApprovalRefusal, ScanSeen } from '../../core/contract/types.ts';
import { emptyPin, pinWaitUntil, pinWith, pinWithoutLast, refusedPin, sentPin, type PinEntry } from './pin-entry.ts';
import type { TillScreen } from './state.ts';

export type Badge = Extract<ScanSeen, { kind: 'badge' }>;

export interface Approving {
  readonly pin: PinEntry;
  /** A badge takes the PIN's place. */
  readonly badge: Badge | null;
}

export const nobodyYet: Approving = { pin: emptyPin, badge: null };
/** What was sent leaves the screen with the call. */
export const approvalSent: Approving = { pin: sentPin, badge: null };

export function approvalRefused(refusal: ApprovalRefusal): Approving {
  return { pin: refusedPin(refusal), badge: null };
}

/** Whether a person must be named at all: a shop without people has nobody to ask. */
export function approvalAsked(state: TillScreen): boolean {
  return state.status?.staff.state !== 'none';
}

/** With one more digit of a PIN; null where the key is none, or no PIN is taken now. */
export function approvingDigit(state: TillScreen, approving: Approving, key: string): Approving | null {
  const staff = state.status?.staff;
  if (!staff || pinWaitUntil(approving.pin, staff.waitUntil, state.now) !== null) return null;
  const pin = pinWith(approving.pin, key, staff.pinDigits);
  return pin && { pin, badge: null };
}

export function approvingWithoutLast(approving: Approving): Approving {
  return { ...approving, pin: pinWithoutLast(approving.pin) };
}

export function approvedByBadge(badge: Badge): Approving {
  return { pin: emptyPin, badge };
}

/** For the request that carries it; null where nobody has approved yet. Call it only there. */
export function approvalOf(state: TillScreen, { pin, badge }: Approving): Approval | null {
  if (badge) return { kind: 'badge', scanId: badge.scanId };
  return pin.typed.length > 0 && pin.typed.length === state.status?.staff.pinDigits ? { kind: 'pin', pin: pin.typed.digits() } : null;
}

export function isApproved(state: TillScreen, { pin, badge }: Approving): boolean {
  return badge !== null || (pin.typed.length > 0 && pin.typed.length === state.status?.staff.pinDigits);
}
