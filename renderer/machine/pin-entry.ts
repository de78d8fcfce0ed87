/** The PIN that a screen asks for: as it is typed, on its way, and refused. */
import type { ApprovalRefusal, Instant, Message } from '../../core/contract/types.ts';
import { Pin } from './pin.ts';

/** Why the last PIN or badge didn't count. */
export type PinRefusal = ApprovalRefusal | { readonly kind: 'refused'; readonly message: Message };

export interface PinEntry {
  readonly typed: Pin;
  /** A call with it is on its way: keys wait for the answer. */
  readonly sent: boolean;
  readonly refusal: PinRefusal | null;
}

export const emptyPin: PinEntry = { typed: Pin.empty, sent: false, refusal: null };
/** What was sent leaves the screen with the call. */
export const sentPin: PinEntry = { typed: Pin.empty, sent: true, refusal: null };

export function refusedPin(refusal: PinRefusal): PinEntry {
  return { ...emptyPin, refusal };
}

/** The PIN after one more digit; null where the key is no digit, or none is taken now. */
export function pinWith(entry: PinEntry, key: string, digitsMost: number): PinEntry | null {
  if (entry.sent || !/^[0-9]$/.test(key) || entry.typed.length >= digitsMost) return null;
  return { ...entry, typed: entry.typed.with(key), refusal: null };
}

export function pinWithoutLast(entry: PinEntry): PinEntry {
  return { ...entry, typed: entry.typed.withoutLast() };
}

/** When a PIN is taken again after too many wrong ones; null where one is taken now. */
export function pinWaitUntil(entry: PinEntry, waitUntil: Instant | null, now: Instant): Instant | null {
  const until = Math.max(waitUntil ?? 0, entry.refusal?.kind === 'pinWait' ? entry.refusal.until : 0);
  return until > now ? until : null;
}
