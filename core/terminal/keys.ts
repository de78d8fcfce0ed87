/** The keys of one terminal: which of the newest two signs, and what each event makes of them. Pure; every result is durable before it is used (CASES 32). */

/** What is kept of one terminal. The keys are secrets. */
export interface TerminalKeys {
  /** Where it is, and its number there. */
  readonly origin: string;
  readonly number: string;
  readonly newest: string;
  /** The one that worked before; null where there never was one. */
  readonly older: string | null;
  readonly inUse: 'newest' | 'older';
  /** Whether the gateway has taken the newest once. */
  readonly newestWorked: boolean;
  /** A check-in was sent and its answer never came: the gateway may know a key that we don't. */
  readonly checkInOpen: boolean;
  /** The gateway's day of the newest check-in. */
  readonly checkedInOn: number | null;
  /** The key of the settings when it was last taken over from there. */
  readonly fromSettings: string | null;
}

/** What an answer says of the key that signed its request. */
export type KeyWord = 'taken' | 'refused';

export type KeyVerdict =
  /** The answer stands as it is. */
  | 'asItIs'
  /** It was refused, and there is another that wasn't: the same request may go out once more. */
  | 'otherKey'
  /** Both were refused: only another activation, or another till's giving the number up, helps. */
  | 'bothRefused';

/** A terminal as settings or an activation name it. */
export function firstKeys(origin: string, number: string, key: string, fromSettings: string | null): TerminalKeys {
  return { origin, number, newest: key, older: null, inUse: 'newest', newestWorked: false, checkInOpen: false, checkedInOn: null, fromSettings };
}

export function keyInUse(keys: TerminalKeys): string {
  return keys.inUse === 'older' ? (keys.older ?? keys.newest) : keys.newest;
}

/** With the other key in use; the same where there is none. */
export function turned(keys: TerminalKeys): TerminalKeys {
  return keys.older === null ? keys : { ...keys, inUse: keys.inUse === 'newest' ? 'older' : 'newest' };
}

/** The same terminal was activated once more: the key in use stays as the older. */
export function activatedAgain(keys: TerminalKeys, key: string): TerminalKeys {
  if (key === keyInUse(keys)) return keys;
  return { ...firstKeys(keys.origin, keys.number, key, keys.fromSettings), older: keyInUse(keys) };
}

/**
 * Beside the key that stands in the settings. What stood there all along changes nothing, since check-ins have replaced it; one
 * that was typed anew is the newest.
 */
export function besideSettings(keys: TerminalKeys, key: string): TerminalKeys {
  if (key === keys.newest || key === keys.older || key === keys.fromSettings) return keys;
  // The first look after an activation, whose key is the newer one. Where a key came after it, this one was typed since.
  if (keys.fromSettings === null && keys.older === null) return { ...keys, fromSettings: key, older: key };
  return { ...firstKeys(keys.origin, keys.number, key, key), older: keyInUse(keys), checkedInOn: keys.checkedInOn };
}

/** Written before the request leaves: if nothing more is heard of it, its answer may have held another key. */
export function checkInBegun(keys: TerminalKeys): TerminalKeys {
  return { ...keys, checkInOpen: true };
}

/** The new key, to be written before it signs anything. The one that was in use stays until the new one has worked, and after. */
export function checkedIn(keys: TerminalKeys, key: string, day: number): TerminalKeys {
  const done = { ...keys, checkInOpen: false, checkedInOn: day };
  if (key === keyInUse(keys)) return done;
  return { ...done, newest: key, older: keyInUse(keys), inUse: 'newest', newestWorked: false };
}

/** No kept key gets another by a check-in: the gateway knows none that it would give for them. */
export function checkInRefused(keys: TerminalKeys): TerminalKeys {
  return { ...keys, checkInOpen: false };
}

/** What the gateway said of a key. @param refused keys that were refused since one was last taken, this one included */
export function afterWord(keys: TerminalKeys, key: string, word: KeyWord, refused: ReadonlySet<string>): { readonly keys: TerminalKeys; readonly verdict: KeyVerdict } {
  const isNewest = key === keys.newest;
  // A key that was replaced while its answer was on its way says nothing of those that are kept.
  if (!isNewest && key !== keys.older) return { keys, verdict: word === 'refused' ? 'otherKey' : 'asItIs' };
  if (word === 'taken') return { keys: isNewest && !keys.newestWorked ? { ...keys, newestWorked: true } : keys, verdict: 'asItIs' };
  // With a check-in open the gateway knows a third one, and gives it for the key that asked for it: that one stays in use.
  if (keys.checkInOpen) return { keys, verdict: 'otherKey' };
  const other = isNewest ? keys.older : keys.newest;
  if (other === null) return { keys, verdict: 'asItIs' };
  // Also where both were refused: the gateway may have been wrong for a moment, so each request tries the other one. Another
  // request may have found out already: then the other one is in use.
  return { keys: key === keyInUse(keys) ? turned(keys) : keys, verdict: refused.has(other) ? 'bothRefused' : 'otherKey' };
}

/** Due once in each of the gateway's days, and at once where the last one's answer never came. */
export function isCheckInDue(keys: TerminalKeys, day: number): boolean {
  return keys.checkInOpen || keys.checkedInOn === null || day > keys.checkedInOn;
}
