/** The window's keys: scanner bursts go to the till, what is left goes to the screen machine. Nothing types into a field by itself. */
import { createWedge, type WedgeKey } from '../scanner/wedge.ts';
import type { PadKey } from '../machine/keys.ts';
import { decodeKey } from '../scanner/key-characters.ts';
import { focusedField, insert, isComposed, leavesField, padMinus, restore, takeBackLetter, type Field } from './field.ts';
import { padKey } from './pad.ts';

export interface KeyboardTargets {
  readonly onKey: (key: PadKey) => void;
  /** A letter that no field took. */
  readonly onLetter: (letter: string) => void;
  readonly onHoldDelete: () => void;
  readonly onScan: (text: string) => void;
  readonly onGarbled: () => void;
}

interface HeldKey extends WedgeKey {
  readonly repeat: false;
  /** What it types into the field that has the focus; null where none has. */
  readonly text: string | null;
}

/** `−` held for so long takes everything back. */
const holdDeleteMs = 600;
/** Until the scanner was measured in the wizard. */
const holdMilliseconds = 70;
const gapMilliseconds = 65;

/** Listens before any field sees a key. Returns what lets typed digits out at once, before another scanner's code is looked at. */
export function listenToKeyboard(page: Window, targets: KeyboardTargets): () => void {
  let deleteSince: number | null = null;
  /** The field as it stood before the keys of an input method that may yet be a scan. */
  let field: Field | null = null;
  const wedge = createWedge<HeldKey>({
    holdMilliseconds,
    gapMilliseconds,
    setTimer: (milliseconds, action) => {
      const timer = page.setTimeout(action, milliseconds);
      return () => page.clearTimeout(timer);
    },
    now: () => page.performance.now(),
    onScan: (text) => {
      takeBack();
      targets.onScan(text);
    },
    onKey: (key) => {
      if (key.text === null) press(key.code, key.shiftKey);
      else type(key.code, key.text);
    },
    onGarbled: () => {
      takeBack();
      targets.onGarbled();
    },
  });

  function press(code: string, shift: boolean): void {
    const key = padKey(code, shift);
    const letter = key === null && /^Key[A-Z]$/.test(code) ? decodeKey(code, shift) : null;
    if (key !== null) targets.onKey(key);
    else if (letter !== null) targets.onLetter(letter);
  }

  function takeBack(): void {
    if (field) restore(field);
    field = null;
  }

  /** A key that was held turned out to be typing. An input method has its keys already. */
  function type(code: string, text: string): void {
    const element = focusedField(page.document);
    if (field) field = null;
    else if (element && code === padMinus) takeBackLetter(element);
    else if (element) insert(element, text);
  }

  /** Held like everywhere else, and typed when it is clear that it is no scan. What an input method composes can't be held: a scan is taken out again. */
  function onFieldKey(event: KeyboardEvent, element: HTMLInputElement): void {
    const { value } = element;
    if (wedge.key(wedgeKey(event, event.key.length === 1 ? event.key : '')) !== 'held') return;
    if (isComposed(event) && decodeKey(event.code, event.shiftKey) !== null) field ??= { element, value };
    else swallow(event);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const typedInto = focusedField(page.document);
    if (event.repeat) {
      if (typedInto) onFieldRepeat(event, typedInto);
      else onRepeat(event);
      return;
    }
    if (typedInto && !leavesField(event, typedInto)) return onFieldKey(event, typedInto);
    const verdict = wedge.key(wedgeKey(event));
    if (verdict === 'held') {
      swallow(event);
      if (padKey(event.code, event.shiftKey) === '-') deleteSince = event.timeStamp;
      return;
    }
    const isShortcut = event.ctrlKey || event.altKey || event.metaKey;
    const key = isShortcut ? null : padKey(event.code, event.shiftKey);
    if (key === null || pressesFocusedCap(event)) return;
    swallow(event);
    if (key === '-') deleteSince = event.timeStamp;
    targets.onKey(key);
  }

  /** A letter that is held goes on typing, the pad's `−` goes on taking back; a key of the screen counts once. */
  function onFieldRepeat(event: KeyboardEvent, element: HTMLInputElement): void {
    wedge.releaseTyping();
    if (event.code === padMinus) takeBackLetter(element);
    if (event.code === padMinus || leavesField(event, element)) swallow(event);
  }

  /** A held key counts once; `−` held long takes all of it back. */
  function onRepeat(event: KeyboardEvent): void {
    const key = padKey(event.code, event.shiftKey);
    if (key === null) return;
    swallow(event);
    if (key !== '-' || deleteSince === null || event.timeStamp - deleteSince < holdDeleteMs) return;
    deleteSince = null;
    targets.onHoldDelete();
  }

  function onKeyUp(): void {
    deleteSince = null;
  }

  page.addEventListener('keydown', onKeyDown, { capture: true });
  page.addEventListener('keyup', onKeyUp, { capture: true });
  return () => wedge.releaseTyping();
}

function wedgeKey(event: KeyboardEvent, text: string | null = null): HeldKey {
  return {
    code: event.code, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, altKey: event.altKey, metaKey: event.metaKey,
    repeat: false, time: event.timeStamp, text,
  };
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Enter on a cap that Tab went to presses that cap; the browser does it. */
function pressesFocusedCap(event: KeyboardEvent): boolean {
  const focused = event.view?.document.activeElement;
  return event.code === 'Enter' && focused instanceof HTMLButtonElement && focused.matches(':focus-visible');
}
