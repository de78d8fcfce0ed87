/** The field that has the focus, seen from the keyboard: what is typed into it, and what a scan left there. */

export interface Field {
  readonly element: HTMLInputElement;
  /** What stood there before the keys that are still in doubt. */
  readonly value: string;
}

/** The field that keys go into now; null where none has the focus. */
export function focusedField(page: Document): HTMLInputElement | null {
  const focused = page.activeElement;
  return focused instanceof HTMLInputElement && focused.dataset['field'] !== undefined ? focused : null;
}

/** Types a text where the caret stands. */
export function insert(element: HTMLInputElement, text: string): void {
  const [start, end] = caret(element);
  if (text === '' || element.value.length - (end - start) + text.length > element.maxLength) return;
  element.setRangeText(text, start, end, 'end');
  element.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }));
}

/** Takes back what is marked, or the letter before the caret. */
export function takeBackLetter(element: HTMLInputElement): void {
  const [start, end] = caret(element);
  const letter = start === end ? /.$/su.exec(element.value.slice(0, start))?.[0] ?? '' : '';
  if (letter === '' && start === end) return;
  element.setRangeText('', start - letter.length, end, 'end');
  element.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContentBackward' }));
}

function caret(element: HTMLInputElement): readonly [start: number, end: number] {
  return [element.selectionStart ?? element.value.length, element.selectionEnd ?? element.value.length];
}

/** An input method, or an accent that waits for its letter, has taken the key: it never comes as a character. */
export function isComposed(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === 'Process' || event.key === 'Dead';
}

/** Puts the text back that stood there, as if nothing had been typed. */
export function restore({ element, value }: Field): void {
  if (element.value === value) return;
  // React listens to the prototype's setter: through it the change is told like any other.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/**
 * Keys that belong to the screen also while a field has the focus. A letter keyboard's `/ * − +` are letters there: a name
 * may have them, and the caps show the keys that are none (F10, F8, Esc, F6; parts/cap.tsx). Those of the number pad go on
 * doing what they do everywhere: whoever has only the pad, or never looks at another key, must find the menu and the way back.
 */
export function leavesField(event: KeyboardEvent, element: HTMLInputElement): boolean {
  if (isComposed(event)) return false;
  if (event.code === 'Backspace' || event.code === padMinus) return element.value === '';
  return [
    'Enter', 'NumpadEnter', 'Escape', 'F6', 'F8', 'F10', 'NumpadAdd', 'NumpadMultiply', 'NumpadDivide', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown',
  ].includes(event.code);
}

/** The pad's `−` takes back a letter, and the screen when there is none left. */
export const padMinus = 'NumpadSubtract';
