/** The window's keys: scanner bursts go to the till, what is left goes to the screen machine. Nothing types into a field by itself. */
import { createWedge, type WedgeKey } from '../scanner/wedge.ts';
import type { PadKey } from '../machine/keys.ts';
import { decodeKey } from '../scanner/key-characters.ts';
import { focusedField, leavesField, restore, type Field } from './field.ts';
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
}

/** `−` held for so long takes everything back. */
const holdDeleteMs = 600;
/** Until the scanner was measured in the wizard. */
const holdMilliseconds = 70;
const gapMilliseconds = 65;

/** Listens before any field sees a key. Returns what lets typed digits out at once, before another scanner's code is looked at. */
export function listenToKeyboard(page: Window, targets: KeyboardTargets): () => void {
  let deleteSince: number | null = null;
  /** The field as it stood before the keys that may yet be a scan. */
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
      if (field) field = null;
      else press(key.code, key.shiftKey);
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

  /** The keys type by themselves; only a scan's suffix is kept from the field. */
  function onFieldKey(event: KeyboardEvent, element: HTMLInputElement): void {
    const { value } = element;
    const verdict = wedge.key(wedgeKey(event));
    if (verdict !== 'held') return;
    if (decodeKey(event.code, event.shiftKey) === null) swallow(event);
    else field ??= { element, value };
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.repeat) {
      if (!focusedField(page.document)) onRepeat(event);
      return;
    }
    const typedInto = focusedField(page.document);
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

function wedgeKey(event: KeyboardEvent): HeldKey {
  return {
    code: event.code, shiftKey: event.shiftKey, ctrlKey: event.ctrlKey, altKey: event.altKey, metaKey: event.metaKey,
    repeat: false, time: event.timeStamp,
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
