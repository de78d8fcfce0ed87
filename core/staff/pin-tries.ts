/** How often a PIN may be tried at this till: five times, then a wait, for everybody together and by the clock that never jumps. */
import { message, type Message } from '../contract/messages.ts';
import type { Monotonic } from '../ports.ts';
import type { Staff } from './staff.ts';

export const pinTriesMost = 5;
export const pinWaitSeconds = 60;
/** A wrong try is forgotten after this long: slips of a whole day must not add up. */
export const tryForgottenSeconds = 600;

/** Kept in memory; each wrong one is journaled too (`wrongPin`, `wrongPins`). A badge is always allowed and changes nothing here. */
export interface PinTries {
  /** Tries that were wrong, or are still being looked at, as far as they aren't forgotten. */
  readonly taken: number;
  /** When the newest wrong one was made, or the last one forgotten. */
  readonly wrongAt: Monotonic | null;
  /** Until then no PIN is taken; null where none waits. */
  readonly waitUntil: Monotonic | null;
}

export const allTriesLeft: PinTries = { taken: 0, wrongAt: null, waitUntil: null };

/** At a start: how long the program was gone is not known, so a journaled wait, and the time to forget a try, begin anew (as in CASES 25). */
export function triesAtStart({ waitJournaled, triesJournaled }: Staff, now: Monotonic): PinTries {
  if (waitJournaled) return { taken: pinTriesMost, wrongAt: now, waitUntil: now + pinWaitSeconds * 1000 };
  return triesJournaled === 0 ? allTriesLeft : { taken: triesJournaled, wrongAt: now, waitUntil: null };
}

export type TryBegun = { readonly kind: 'begun'; readonly tries: PinTries } | { readonly kind: 'wait'; readonly seconds: number; readonly message: Message };

/**
 * Takes one try before the PIN is looked at: a digest takes a while, and tries that overlap must not be more than five.
 * Follow it with `rightPin`, `wrongPin`, or `tryNotMade` where the PIN couldn't be looked at.
 */
export function beginTry(tries: PinTries, now: Monotonic): TryBegun {
  const seconds = waitSecondsLeft(tries, now);
  if (seconds > 0) return { kind: 'wait', seconds, message: message('pinWait', { n: String(seconds) }) };
  const fresh = tries.waitUntil === null ? withoutForgotten(tries, now) : allTriesLeft;
  // All tries are out at once: the next one has to see how they end.
  if (fresh.taken >= pinTriesMost) return { kind: 'wait', seconds: 1, message: message('pinWait', { n: '1' }) };
  return { kind: 'begun', tries: { ...fresh, taken: fresh.taken + 1 } };
}

/** A right PIN takes back its own try alone: else whoever knows one PIN could try all others between. */
export function rightPin(tries: PinTries): PinTries {
  return tryNotMade(tries);
}

function withoutForgotten(tries: PinTries, now: Monotonic): PinTries {
  if (tries.wrongAt === null) return tries;
  const forgotten = Math.floor((now - tries.wrongAt) / (tryForgottenSeconds * 1000));
  if (forgotten <= 0) return tries;
  const taken = Math.max(0, tries.taken - forgotten);
  return { ...tries, taken, wrongAt: taken === 0 ? null : tries.wrongAt + forgotten * tryForgottenSeconds * 1000 };
}

/** The PIN couldn't be looked at: nobody learned whether it was right, so the try isn't used up. */
export function tryNotMade(tries: PinTries): PinTries {
  return tries.waitUntil === null ? { ...tries, taken: Math.max(0, tries.taken - 1) } : tries;
}

export interface PinWrong {
  readonly tries: PinTries;
  readonly triesLeft: number;
  /** True where a wait begins with this one: `wrongPins` is journaled, once. */
  readonly waitBegins: boolean;
  /** `wrongPin` with the tries left, or `pinWait`. */
  readonly message: Message;
}

export function wrongPin(tries: PinTries, now: Monotonic): PinWrong {
  const triesLeft = Math.max(0, pinTriesMost - tries.taken);
  const noted: PinTries = { ...tries, wrongAt: tries.wrongAt ?? now };
  if (triesLeft > 0) return { tries: noted, triesLeft, waitBegins: false, message: message('wrongPin', { n: String(triesLeft) }) };
  const waiting = waitSecondsLeft(tries, now) > 0 ? tries : { ...tries, waitUntil: now + pinWaitSeconds * 1000 };
  return { tries: waiting, triesLeft: 0, waitBegins: waiting !== tries, message: message('pinWait', { n: String(waitSecondsLeft(waiting, now)) }) };
}

/** Tries left as the frame shows them. */
export function triesLeft(tries: PinTries, now: Monotonic): number {
  if (tries.waitUntil === null) return Math.max(0, pinTriesMost - withoutForgotten(tries, now).taken);
  return tries.waitUntil > now ? 0 : pinTriesMost;
}

/** Whole seconds until a PIN is taken again, rounded up; 0 where one is taken now. */
export function waitSecondsLeft(tries: PinTries, now: Monotonic): number {
  return tries.waitUntil === null ? 0 : Math.max(0, Math.ceil((tries.waitUntil - now) / 1000));
}
