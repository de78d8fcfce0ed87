/**
 * Tells a keyboard scanner's burst from a person's typing: pure logic over raw key events, with time and timers handed in.
 *
 * Keys are held until it is clear what they are. A *burst* is a run of keys, each less than `gapMilliseconds` after the
 * one before; it ends with Enter or Tab, with another kind of key, or with `holdMilliseconds` of silence. Then:
 *
 * - 6 or more characters: one scan. Nothing of it is ever released as typing.
 * - 2 to 5 characters, all at most 25 ms apart (an Enter or Tab ending it counts as a key): a scan that stopped short.
 *   It is dropped and reported as garbled. Scanners send at 7 to 16 ms; two fingers rolling over a number pad
 *   stay above 30 ms, so that quick typing is not taken for it. The `00` (or `000`) key of a number pad sends its zeros as
 *   fast as a scanner: two or three zeros by themselves are typing.
 * - Anything else is typing, and is released in order.
 *
 * A slow machine tears a code in two, and a person's digit can run into one. So a burst that no Enter has ended is in
 * doubt for 160 ms: scans, whole or stopped short, and the first digits after a pause. A key that was pressed in time and
 * came late continues it, and behind one that came late, silence counts from its coming. A second burst within that time
 * is the rest of the same code: both are dropped and reported once, as garbled. So is a scan right behind a typed digit of
 * the same row of keys, or with digits of both rows in it. A digit of the other row is a person's: it tears nothing.
 *
 * Enter and Tab within 150 ms of the last character of a scan or a garbled burst belong to it and are swallowed (CASES 35).
 */
import { burstFrom, extended, isOfCode, judgeBurst, mayContinue, type Burst, type BurstKey, type BurstVerdict } from './burst.ts';
import { decodeKey, isShift, isSuffix, separateSymbology } from './key-characters.ts';

/** What the wedge needs of a keyboard event. `time` and `now()` have the same origin (`event.timeStamp`, `performance.now()`). */
export interface WedgeKey {
  /** The physical key. `key` is of no use: it depends on the layout, and is "Process" while an input method composes. */
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly time: number;
}

export interface WedgeOptions<Key extends WedgeKey> {
  /** How long the last key of a burst is waited upon. 70 until measured. */
  readonly holdMilliseconds: number;
  /** Keys closer than this belong together. 65 until measured. */
  readonly gapMilliseconds: number;
  /** Calls `action` once after `milliseconds`; the returned function cancels it. */
  readonly setTimer: (milliseconds: number, action: () => void) => () => void;
  readonly now: () => number;
  /** A whole scan; `symbology` is the AIM identifier (`]Q1`) where the scanner sends one. */
  readonly onScan: (text: string, symbology: string | null) => void;
  /** A held key turned out to be typing. Called in the order of the keys. */
  readonly onKey: (event: Key) => void;
  readonly onGarbled: () => void;
}

export interface Wedge<Key extends WedgeKey> {
  /**
   * `held`: the wedge took the key (prevent its default); it comes back through `onKey` or not at all.
   * `passed`: the key is none of the wedge's business; what was held before it has been released already.
   */
  key(event: Key): 'held' | 'passed';
  /**
   * Another scanner has read a code: digits that a person typed before it, and that are still held, come out first.
   * A burst of six keys and more stays: it is a scan of its own.
   */
  releaseTyping(): void;
  /** Releases or emits what is held, and stops the timer: when the window closes or the setting changes. */
  close(): void;
}

/** CASES 35. */
const suffixMilliseconds = 150;
/** How near two bursts are that may be one torn code: the gaps of a slow machine were up to 150 ms. */
const tornMilliseconds = 160;
/** After so long no more parts of one torn code are awaited: what comes then is a person's. */
const tornMostMilliseconds = 1000;
/** A digit this soon after another typed key is typing: nobody types and scans so quickly. */
const rhythmMilliseconds = 300;
/** A timer or a key this late means that the window or the machine was busy, and that keys may be waiting behind it. */
const lateMilliseconds = 10;
/** How long those keys get to arrive. */
const secondLookMilliseconds = 15;

export function createWedge<Key extends WedgeKey>(options: WedgeOptions<Key>): Wedge<Key> {
  /** The burst that is coming in. */
  let held: Burst<Key> | null = null;
  /** A finished burst that may be a part of a torn code. */
  let doubt: { readonly burst: Burst<Key>; readonly verdict: BurstVerdict } | null = null;
  /** A torn code whose other parts are swallowed as they come. */
  let torn: { readonly since: number; readonly part: Burst<Key> } | null = null;
  /** The last character that was released as typing. */
  let typed: BurstKey<Key> | null = null;
  let cancelTimer: (() => void) | null = null;
  let suffixUntil = Number.NEGATIVE_INFINITY;
  /** From when the newest character's silence counts. */
  let silentSince = 0;

  function stopTimer(): void {
    cancelTimer?.();
    cancelTimer = null;
  }

  function startTimer(dueAt: number, action: () => void): void {
    wait(Math.max(0, dueAt - options.now()), () => {
      if (options.now() - dueAt > lateMilliseconds) wait(secondLookMilliseconds, action);
      else action();
    });
  }

  function wait(milliseconds: number, action: () => void): void {
    stopTimer();
    cancelTimer = options.setTimer(milliseconds, () => {
      cancelTimer = null;
      action();
    });
  }

  function release({ keys }: Burst<Key>): void {
    for (const key of keys) options.onKey(key.event);
    typed = keys.at(-1) ?? typed;
  }

  function emit(burst: Burst<Key>): void {
    suffixUntil = burst.last + suffixMilliseconds;
    const { text, symbology } = separateSymbology(burst.keys.map((key) => key.character).join(''));
    options.onScan(text, symbology);
  }

  function tear(part: Burst<Key>): void {
    doubt = null;
    torn = { since: part.start, part };
    suffixUntil = part.last + suffixMilliseconds;
    options.onGarbled();
  }

  /** Nothing more can belong to what was in doubt: it is what it looked like. */
  function settle(): void {
    stopTimer();
    const settled = doubt;
    doubt = null;
    if (settled) conclude(settled.burst, settled.verdict);
  }

  function conclude(burst: Burst<Key>, verdict: BurstVerdict): void {
    switch (verdict) {
      case 'scan': return emit(burst);
      case 'garbled': return tear(burst);
      case 'typing': return release(burst);
    }
  }

  function followsTyping(burst: Burst<Key>): boolean {
    const [first] = burst.keys;
    return typed !== null && first !== undefined && burst.start - typed.event.time < tornMilliseconds && mayContinue(burstFrom(typed), first);
  }

  /** Ends the burst. `isLast`: a key has said that no more of it comes. */
  function finish({ suffixGap, isLast }: { readonly suffixGap: number | null; readonly isLast: boolean }): void {
    stopTimer();
    const burst = held;
    held = null;
    if (!burst) return;
    const verdict = judgeBurst(burst, suffixGap);
    const isTyped = verdict === 'typing' && (isRhythm(burst) || !burst.keys.every(isOfCode));
    if (verdict === 'typing') settle();
    // What is in doubt beside a scan is its other part.
    if (verdict !== 'typing' && (doubt || followsTyping(burst))) tear(burst);
    else if (isLast || isTyped) conclude(burst, verdict);
    else putInDoubt(burst, verdict);
  }

  function isRhythm(burst: Burst<Key>): boolean {
    return doubt !== null || (typed !== null && burst.start - typed.event.time < rhythmMilliseconds);
  }

  function putInDoubt(burst: Burst<Key>, verdict: BurstVerdict): void {
    doubt = { burst, verdict };
    startTimer(silentSince + tornMilliseconds, settle);
  }

  function takeCharacter(event: Key, character: string): 'held' {
    const key: BurstKey<Key> = { event, character };
    if (held && event.time - held.last >= options.gapMilliseconds) finish({ suffixGap: null, isLast: false });
    else if (!held) takeBackDoubt(event.time);
    if (held) held = extended(held, key);
    else if (isTornPart(key)) return 'held';
    else held = burstFrom(key);
    // Time runs from when the key was pressed; behind a key that came late the next one comes late as well.
    silentSince = options.now() - event.time > lateMilliseconds ? options.now() : event.time;
    startTimer(silentSince + options.holdMilliseconds, () => finish({ suffixGap: null, isLast: false }));
    return 'held';
  }

  /** A key that was pressed in time but came late continues the burst that was thought to be over. */
  function takeBackDoubt(time: number): void {
    if (!doubt || time - doubt.burst.last >= options.gapMilliseconds) return;
    held = doubt.burst;
    doubt = null;
  }

  /** The first key of a burst beside what came before it: swallows it where both are parts of a torn code. */
  function isTornPart(key: BurstKey<Key>): boolean {
    if (doubt && !(key.event.time - doubt.burst.last < tornMilliseconds && mayContinue(doubt.burst, key))) settle();
    if (doubt && doubt.verdict !== 'typing') {
      stopTimer();
      tear(doubt.burst);
    }
    if (!torn) return false;
    const gap = key.event.time - torn.part.last;
    const isNear = gap < options.gapMilliseconds || (gap < tornMilliseconds && key.event.time - torn.since < tornMostMilliseconds);
    torn = isNear && mayContinue(torn.part, key) ? { since: torn.since, part: burstFrom(key) } : null;
    if (torn) suffixUntil = key.event.time + suffixMilliseconds;
    return torn !== null;
  }

  function takeSuffix(event: Key): 'held' | 'passed' {
    const gap = held ? event.time - held.last : Number.POSITIVE_INFINITY;
    // A suffix has more time than a character: a whole scan is still held when a late Enter comes.
    finish({ suffixGap: gap < options.gapMilliseconds ? gap : null, isLast: true });
    settle();
    torn = null;
    typed = null;
    return event.time <= suffixUntil ? 'held' : 'passed';
  }

  function passCommand(): 'passed' {
    finish({ suffixGap: null, isLast: true });
    settle();
    torn = null;
    typed = null;
    return 'passed';
  }

  return {
    key(event) {
      if (isShift(event.code)) return 'passed';
      const isCommand = event.ctrlKey || event.altKey || event.metaKey;
      // A key held down repeats every 30 ms and would look like a scan; scanners never repeat.
      if (isCommand || event.repeat) return passCommand();
      if (isSuffix(event.code)) return takeSuffix(event);
      const character = decodeKey(event.code, event.shiftKey);
      return character === null ? passCommand() : takeCharacter(event, character);
    },
    releaseTyping() {
      if (doubt?.verdict === 'typing') settle();
      if (held && judgeBurst(held, null) === 'typing') finish({ suffixGap: null, isLast: true });
    },
    close() {
      passCommand();
    },
  };
}
