/** Sign in and lock: who is there? A PIN that enters itself, or a badge. Nobody's name, and what was typed is kept. */
import type { ReactElement } from 'react';
import { amountWithSign } from '../../core/money/amount.ts';
import { entryTotal } from '../machine/entry.ts';
import type { SignInPlace } from '../machine/sign-in.ts';
import { entryRules, type TillScreen } from '../machine/state.ts';
import { hasAmount } from '../machine/view.ts';
import { UnknownMark } from '../parts/marks.tsx';
import { PinBoxes, PinTrouble, usePinTrouble } from '../parts/pin.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { barText } from '../words/payment-words.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';

interface SignInProps {
  readonly at: SignInPlace;
  readonly state: TillScreen;
}

function SignIn({ at, state }: SignInProps): ReactElement {
  const { t } = useWords();
  const trouble = usePinTrouble(state, at.pin);
  const digits = state.status?.staff.pinDigits ?? 4;
  return (
    <main className={`asks-pin ${at.stage}`}>
      {at.stage === 'locked' && <time className="lock-clock">{clockText(state.now, state.status?.timezone, 'minutes')}</time>}
      <h1 tabIndex={-1} id="title">{t('signIn.title')}</h1>
      <PinBoxes typed={at.pin.sent ? digits : at.pin.typed.length} digits={digits} ringed={!at.pin.sent} />
      {trouble === null ? <p className="pin-hint">{at.pin.sent ? t('signIn.checking') : t('signIn.hint', { digits })}</p> : <PinTrouble {...trouble} />}
      <Note at={at} state={state} />
      <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>
    </main>
  );
}

/** The typed amount on a locked screen; before anyone sells, what was left open. */
function Note({ at, state }: SignInProps): ReactElement | null {
  const { t } = useWords();
  const rules = entryRules(state);
  if (hasAmount(state) && rules) {
    const amount = amountWithSign(entryTotal(state.entry, rules));
    return <p className="pin-note"><b>{t('signIn.kept', { amount })}</b><span>{t('signIn.keptHint')}</span></p>;
  }
  const open = state.status?.openCount ?? 0;
  if (at.stage === 'locked') return <p className="pin-note"><span>{t('signIn.keptHint')}</span></p>;
  return open === 0 ? null : <p className="pin-note"><UnknownMark size={22} /><b>{t('signIn.leftOpen', { count: open })}</b><span>{t('signIn.leftOpenHint')}</span></p>;
}

export const signInLook: PartLook<SignInPlace> = {
  title: 'screen.signIn',
  titleOf: (at) => (at.stage === 'locked' ? 'screen.locked' : 'screen.signIn'),
  draw: (at, state) => <SignIn at={at} state={state} />,
  words(_, state, { t }) {
    const bar = state.bars.at(-1);
    return { urgent: bar ? barText(t, bar, state) : '', polite: t('signIn.title') };
  },
};
