/** Keys as they stand on screen: caps on the rail, large choices, and the key legends on both. Touching one is pressing the key. */
import { useRef, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { bindings, type Binding, type PadKey } from '../machine/keys.ts';
import type { TillScreen } from '../machine/state.ts';
import { useWords, type Translate } from '../words/i18n.ts';
import { useSend } from './send.ts';

/** The key that a touch on a cap stands for. */
const touched: Readonly<Record<Binding['key'], PadKey>> = { Enter: 'Enter', '-': '-', '+': '+', '*': '*', '/': '/', 82: 'down', 46: 'right' };
const holdMs = 600;

export function keyLegend(t: Translate, key: Binding['key']): string {
  if (key === 'Enter') return t('key.enter');
  if (key === '82') return t('key.updown');
  if (key === '46') return t('key.leftright');
  return key === '-' ? '−' : key;
}

/**
 * While letters are typed into a field, a letter keyboard's own signs are letters. These keys are none and do the same, so the
 * cap shows them there (keys/field.ts). Which of the two is seen is decided by the focus itself, in frame.css.
 */
const besideLetters: Partial<Record<Binding['key'], string>> = { '/': 'F10', '*': 'F8', '+': 'F6', '-': 'Esc' };

function CapKey({ name }: { readonly name: Binding['key'] }): ReactElement {
  const { t } = useWords();
  const other = besideLetters[name];
  return <Key>{other === undefined ? keyLegend(t, name) : <><span className="sign">{keyLegend(t, name)}</span><span className="sign-beside-letters">{other}</span></>}</Key>;
}

export function Key({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className="key" aria-hidden="true">{children}</span>;
}

export function Cap({ binding }: { readonly binding: Binding }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const hold = useRef<number | undefined>(undefined);
  const className = binding.primary ? 'cap primary' : binding.key === '/' ? 'cap menu' : 'cap';
  const stopHold = (): void => window.clearTimeout(hold.current);
  return (
    <button
      type="button" className={className} data-key={binding.key} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: touched[binding.key] })}
      onPointerDown={() => {
        if (binding.word === 'cap.delete') hold.current = window.setTimeout(() => send({ type: 'holdDelete' }), holdMs);
      }}
      onPointerUp={stopHold} onPointerLeave={stopHold}
    >
      <CapKey name={binding.key} />
      <span>{t(binding.word, binding.values)}</span>
    </button>
  );
}

/** One of two large answers in the middle of a question. */
export function Choice({ state, keyName, hint }: { readonly state: TillScreen; readonly keyName: Binding['key']; readonly hint: string }): ReactElement | null {
  const { t } = useWords();
  const send = useSend();
  const binding = bindings(state).find((candidate) => candidate.key === keyName && candidate.offRail === 'choice');
  if (!binding) return null;
  const words = t(binding.word, binding.values);
  const className = ['choice', binding.primary ? 'primary ringed' : '', words.length > 22 ? 'long' : ''].join(' ').trim();
  return (
    <button type="button" className={className} data-key={binding.key} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: touched[binding.key] })}>
      <span className="row"><Key>{keyLegend(t, binding.key)}</Key><span>{words}</span></span>
      <span className="choice-hint">{hint}</span>
    </button>
  );
}

/** A touch moves no focus: the next Enter belongs to the screen, not to what was touched last. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
