/** Turns the byte stream of a scanner into whole codes: pure, with the time of arrival handed in. */
import type { Monotonic } from '../../core/ports.ts';

/** One code as the scanner meant it, or word that one was damaged. */
export type Frame =
  | { readonly kind: 'scan'; readonly text: string; readonly symbology: string | null }
  | { readonly kind: 'garbled' };

export interface FramingOptions {
  /** A silence this long ends a code of a scanner that sends no suffix. */
  readonly gapMilliseconds: number;
  /** Longer codes are garbled. Payment codes have at most 32 characters, QR codes on leaflets a few hundred. */
  readonly maximumLength: number;
}

export const defaultFraming: FramingOptions = { gapMilliseconds: 60, maximumLength: 1024 };

export interface Framing {
  /** Takes bytes that arrived at `at` and returns the codes that they complete. */
  push(bytes: Uint8Array, at: Monotonic): readonly Frame[];
  /** Returns the code that the silence until `at` completes, if any. Calling it too early or twice changes nothing. */
  settle(at: Monotonic): readonly Frame[];
  /** When `settle` has to be called unless more bytes come, or null where nothing is pending. */
  dueAt(): Monotonic | null;
  /** The line went down: a code that had begun is garbled, and what was learned about the suffix is forgotten. */
  reset(): readonly Frame[];
}

const startOfText = 0x02;
const endOfText = 0x03;
const tabulator = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const groupSeparator = 0x1d;

/** A byte or two of noise with no code around it (a plug going in) is not worth a message to the cashier. */
const noiseWorthAMessage = 3;

/**
 * A scanner known to send suffixes may pause this many gaps inside a code. Reading can be held up by a busy machine,
 * and there the suffix, not the silence, says where the code ends.
 */
const patienceWithSuffix = 4;

const symbologyPrefix = /^\][A-Za-z][0-9A-Za-z]/;

/** Splits an AIM symbology identifier (`]Q1`) off a code. */
export function separateSymbology(code: string): { readonly text: string; readonly symbology: string | null } {
  const prefix = symbologyPrefix.exec(code)?.[0];
  return prefix === undefined ? { text: code, symbology: null } : { text: code.slice(prefix.length), symbology: prefix };
}

export function createFraming(options: FramingOptions = defaultFraming): Framing {
  let text = '';
  let noise = 0;
  let overlong = false;
  let insideStartOfText = false;
  let lastByteAt: Monotonic = 0;
  /** How the code before ended. A scanner that sends suffixes and then doesn't has been cut off. */
  let suffixExpected = false;

  function pending(): boolean {
    return text !== '' || noise > 0 || insideStartOfText;
  }

  function patience(): number {
    return suffixExpected || insideStartOfText ? options.gapMilliseconds * patienceWithSuffix : options.gapMilliseconds;
  }

  function clear(): void {
    text = '';
    noise = 0;
    overlong = false;
    insideStartOfText = false;
  }

  /** Judges what was collected and starts afresh. */
  function finish(cutShort: boolean): readonly Frame[] {
    const { text: content, symbology } = separateSymbology(text);
    const hasText = text !== '';
    const damaged = overlong || noise > 0 || cutShort || content === '';
    const silent = !hasText && noise < noiseWorthAMessage;
    clear();
    if (silent) return [];
    return damaged ? [{ kind: 'garbled' }] : [{ kind: 'scan', text: content, symbology }];
  }

  function finishBySilence(): readonly Frame[] {
    const cutShort = suffixExpected || insideStartOfText;
    // Said once only: a scanner whose suffix was switched off works again with the second scan.
    suffixExpected = false;
    return finish(cutShort);
  }

  function finishBySuffix(): readonly Frame[] {
    if (text !== '') suffixExpected = true;
    return finish(false);
  }

  function take(byte: number): readonly Frame[] {
    switch (byte) {
      case startOfText: {
        // A second start without an end in between: the first code never ended.
        const before = finish(true);
        insideStartOfText = true;
        return before;
      }
      case endOfText:
      case tabulator:
      case lineFeed:
      case carriageReturn:
        return finishBySuffix();
      case groupSeparator:
        // Belongs to GS1 codes, where it only separates fields.
        return [];
      default:
        if (byte < 0x20 || byte > 0x7e) noise += 1;
        else if (text.length < options.maximumLength) text += String.fromCharCode(byte);
        else overlong = true;
        return [];
    }
  }

  function settle(at: Monotonic): readonly Frame[] {
    if (!pending() || at - lastByteAt < patience()) return [];
    return finishBySilence();
  }

  return {
    push(bytes, at) {
      const frames = [...settle(at)];
      if (bytes.length > 0) lastByteAt = at;
      for (const byte of bytes) frames.push(...take(byte));
      return frames;
    },
    settle,
    dueAt() {
      return pending() ? lastByteAt + patience() : null;
    },
    reset() {
      const frames = text === '' ? [] : finish(true);
      clear();
      suffixExpected = false;
      return frames;
    },
  };
}
