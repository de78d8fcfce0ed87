/** "Check, then open", "check, then count": one line per matter. What is not well is acknowledged, and stops nothing. */
import type { ReactElement } from 'react';
import type { ShiftCheck, ShiftView } from '../../core/contract/types.ts';
import { useWords, type Translate } from '../words/i18n.ts';
import { amountsText } from '../words/sums.ts';
import { UnknownMark } from './marks.tsx';
import { TickMark } from './money-marks.tsx';

interface ShiftChecksProps {
  readonly shift: ShiftView;
  readonly when: 'open' | 'close';
}

export function ShiftChecks({ shift, when }: ShiftChecksProps): ReactElement {
  const { t } = useWords();
  return (
    <ul className="checks">
      {shift.checks.map((check) => {
        const hint = hintOf(t, check, when, shift);
        return (
          <li className="check" key={check.what}>
            {check.fine ? <FineMark /> : <UnknownMark size={25} />}
            <div><b>{check.fine ? t(`check.${check.what}.fine`) : t(`check.${check.what}`, { count: check.count })}</b>{hint !== null && <p>{hint}</p>}</div>
            {isSeen(check) && <span className="row tag seen">{t('check.seen')}<TickMark size={13} /></span>}
          </li>
        );
      })}
    </ul>
  );
}

/** What is carried over is looked at, not solved: whoever goes on has seen it. */
function isSeen(check: ShiftCheck): boolean {
  return !check.fine && (check.what === 'openPayments' || check.what === 'openRefunds');
}

function hintOf(t: Translate, check: ShiftCheck, when: 'open' | 'close', { lastZ }: ShiftView): string | null {
  if (check.fine) return check.what === 'journal' && lastZ ? t('check.lastZ', { number: lastZ.number }) : null;
  const amount = amountsText(check.amounts);
  if (check.what === 'openPayments') return t(when === 'open' ? 'check.openPayments.openHint' : 'check.openPayments.closeHint', { amount });
  return t(`check.${check.what}.hint`, { amount });
}

/** A matter that is well: a tick in ink. Green would say paid. */
export function FineMark({ size = 25 }: { readonly size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" fill="none" stroke="var(--ink2)" aria-hidden="true">
      <circle cx="50" cy="50" r="44" strokeWidth="8" />
      <path d="M28 52 L44 68 L73 35" strokeWidth="10" />
    </svg>
  );
}
