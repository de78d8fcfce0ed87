/** A PIN as it is typed: one box for each digit, a dot for each that was typed, and why the last one didn't count. */
import type { ReactElement } from 'react';
import { pinWaitUntil, type PinEntry } from '../machine/pin-entry.ts';
import type { TillScreen } from '../machine/state.ts';
import { secondsUntil } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { headline, sentences } from '../words/sentences.ts';
import { NotPaidMark } from './marks.tsx';

interface PinBoxesProps {
  readonly typed: number;
  readonly digits: number;
  /** The ring stands on the box that is typed next; without it, nothing is typed here now. */
  readonly ringed?: boolean;
}

export function PinBoxes({ typed, digits, ringed = true }: PinBoxesProps): ReactElement {
  const { t } = useWords();
  return (
    <div className="pin-boxes" role="img" aria-label={t('pin.label', { typed, digits })}>
      {Array.from({ length: digits }, (_, index) => (
        <i className={ringed && index === Math.min(typed, digits - 1) ? 'pin-box ringed' : 'pin-box'} key={index}>{index < typed && <b />}</i>
      ))}
    </div>
  );
}

export interface PinTroubleWords {
  readonly words: string;
  /** The seconds go down by themselves: that is seen, and not read aloud again and again. */
  readonly counting: boolean;
}

/** Why the last PIN or badge didn't count; null where there is nothing to say. */
export function usePinTrouble(state: TillScreen, pin: PinEntry): PinTroubleWords | null {
  const { t, text } = useWords();
  const until = pinWaitUntil(pin, state.status?.staff.waitUntil ?? null, state.now);
  if (until !== null) return { words: t('pin.wait', { seconds: secondsUntil(until, state.now) }), counting: true };
  if (!pin.refusal || pin.refusal.kind === 'pinWait') return null;
  const words = pin.refusal.kind === 'wrongPin' ? t('pin.wrong', { count: pin.refusal.triesLeft }) : headline(sentences(text(pin.refusal.message))[0] ?? '');
  return { words, counting: false };
}

export function PinTrouble({ words, counting }: PinTroubleWords): ReactElement {
  return <p className="row pin-trouble" role={counting ? undefined : 'alert'}><NotPaidMark size={22} /><span>{words}</span></p>;
}
