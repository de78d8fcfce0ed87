/** The owner's PIN or badge before the screens that are an owner's alone. */
import type { ReactElement } from 'react';
import type { PinEntry } from '../machine/pin-entry.ts';
import type { TillScreen } from '../machine/state.ts';
import { Keypad } from '../screens/keypad.tsx';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { PinBoxes, PinTrouble, usePinTrouble } from './pin.tsx';

export function OwnerFirst({ pin, state, hint }: { readonly pin: PinEntry; readonly state: TillScreen; readonly hint: WordKey }): ReactElement {
  const { t } = useWords();
  const trouble = usePinTrouble(state, pin);
  const digits = state.status?.staff.pinDigits ?? 4;
  return (
    <main className="asks-pin">
      <h1 tabIndex={-1} id="title">{t('people.owner')}</h1>
      <PinBoxes typed={pin.sent ? digits : pin.typed.length} digits={digits} ringed={!pin.sent} />
      {trouble === null ? <p className="pin-hint">{pin.sent ? t('signIn.checking') : t(hint)}</p> : <PinTrouble {...trouble} />}
      <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>
    </main>
  );
}
