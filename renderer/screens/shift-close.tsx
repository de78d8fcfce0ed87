/** Close the shift: the checks left, right the blind count, then the difference as a fact, its reason, and what stays in the drawer. */
import type { ReactElement } from 'react';
import { amountText, amountWithSign, makeAmount, type Amount } from '../../core/money/amount.ts';
import { countedSoFar, differenceReasons, takingsOf, type ShiftClosePlace } from '../machine/shift-close.ts';
import { drawerRules } from '../machine/shift-open.ts';
import { sentenceMost } from '../machine/reasons.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { DrawerCount } from '../parts/drawer-count.tsx';
import { ReasonChoices } from '../parts/reason-choices.tsx';
import { ShiftChecks } from '../parts/shift-checks.tsx';
import { TextField } from '../parts/text-field.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { spokenAmount } from '../words/spoken.ts';
import { sumText } from '../words/sums.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';

interface ShiftCloseProps {
  readonly at: ShiftClosePlace;
  readonly state: TillScreen;
}

function ShiftClose({ at, state }: ShiftCloseProps): ReactElement {
  const { t } = useWords();
  const drawer = at.shift?.drawer !== false;
  return (
    <main className="shift">
      <div className="shift-left">
        <h1 tabIndex={-1} id="title">{t(drawer ? 'check.close' : 'check.closeNoDrawer')}</h1>
        {at.shift && <ShiftChecks shift={at.shift} when="close" />}
        {at.shift?.drawer && <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>}
        <OnDuty at={at} state={state} />
      </div>
      <section className="shift-panel">{at.shift && <Panel at={at} state={state} />}</section>
    </main>
  );
}

function OnDuty({ at, state }: ShiftCloseProps): ReactElement | null {
  const { t } = useWords();
  const open = at.shift?.current;
  if (!open) return null;
  const minutes = Math.max(0, Math.floor((state.now - open.openedAt) / 60_000));
  const time = clockText(open.openedAt, state.status?.timezone, 'minutes');
  return (
    <div className="shift-card">
      <b>{t('count.shift', { number: open.number, name: open.openedBy.name })}</b>
      <p>{at.shift?.drawer ? t('count.opened', { time, amount: amountText(open.float) }) : t('count.openedNoDrawer', { time })}</p>
      <p>{t('count.onDuty', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })}</p>
    </div>
  );
}

function Panel({ at, state }: ShiftCloseProps): ReactElement | null {
  const { t } = useWords();
  if (!at.shift) return null;
  if (!at.shift.drawer) return <div className="shift-plain"><h2>{t(at.stage === 'sent' ? 'difference.closing' : 'count.noDrawer')}</h2><p>{t('count.noDrawerHint')}</p></div>;
  if (at.stage === 'takings') return <Takings at={at} state={state} />;
  if (at.count && at.stage !== 'count') return <Difference at={at} state={state} />;
  return (
    <>
      <header className="row"><h2>{t('count.title')}</h2><span>{t(at.count ? 'difference.recounted' : 'count.blind')}</span></header>
      <DrawerCount values={at.shift.denominations} counts={state.drawerCounts} row={at.stage === 'sent' ? -1 : at.row} />
    </>
  );
}

/** Three sums side by side. A difference is a fact and never red. */
export function ThreeSums({ counted, expectedMinor, differenceMinor }: { readonly counted: Amount; readonly expectedMinor: number; readonly differenceMinor: number }): ReactElement {
  const { t } = useWords();
  return (
    <dl className="three-sums">
      <div><dt>{t('difference.counted')}</dt><dd>{amountText(counted)}</dd></div>
      <div><dt>{t('difference.expected')}</dt><dd>{sumText(expectedMinor, counted.currency)}</dd></div>
      <div><dt className="row">{differenceMinor !== 0 && <UnknownMark size={21} />}{t('difference.difference')}</dt><dd>{sumText(differenceMinor, counted.currency)}</dd></div>
    </dl>
  );
}

function Difference({ at, state }: ShiftCloseProps): ReactElement | null {
  const { t } = useWords();
  const { count } = at;
  if (!count) return null;
  const { counted, expected, differenceMinor, recountUsed } = count;
  const left = makeAmount(at.leftMinor ?? counted.minor, counted.currency);
  return (
    <>
      <header className="row"><h2>{differenceMinor === 0 ? t('difference.none') : t('difference.title', { amount: sumText(differenceMinor, counted.currency) })}</h2></header>
      <ThreeSums counted={counted} expectedMinor={expected.minor} differenceMinor={differenceMinor} />
      {at.stage === 'sentence' && <div className="shift-sentence"><h3>{t('difference.sentence')}</h3><TextField label={t('difference.sentence')} value={at.reason?.sentence ?? ''} most={sentenceMost} /></div>}
      {at.stage !== 'sentence' && differenceMinor !== 0 && (
        <div className="shift-why">
          <h3>{t('difference.why')}</h3>
          <ReasonChoices reasons={differenceReasons} reason={at.reason} ringed={at.stage === 'difference'} />
          <p>{t('difference.whyHint')}</p>
        </div>
      )}
      <footer className="shift-foot">
        <p>{t(recountUsed ? 'difference.recounted' : 'difference.recount')}</p>
        <p><b>{at.leftMinor === null ? t('difference.leftAll', { left: amountWithSign(left) }) : t('difference.left', { left: amountWithSign(left), out: sumText(counted.minor - left.minor, counted.currency) })}</b></p>
        {at.stage === 'sent' && <p>{t('difference.closing')}</p>}
        {state.link === 'down' && <p>{t('sale.noLink')}</p>}
      </footer>
    </>
  );
}

function Takings({ at, state }: ShiftCloseProps): ReactElement | null {
  const { t } = useWords();
  const takings = takingsOf(state, at);
  if (!takings || !at.count) return null;
  return (
    <>
      <header className="row"><h2>{t('takings.title')}</h2></header>
      <div className="shift-amount" style={figuresWide(takings.stays)}><AmountFigures amount={takings.stays} empty={at.entry.typed === ''} caret /></div>
      <dl className="three-sums two">
        <div><dt>{t('takings.counted')}</dt><dd>{amountText(at.count.counted)}</dd></div>
        <div><dt>{t('takings.out')}</dt><dd>{takings.out ? amountText(takings.out) : t('takings.tooMuch')}</dd></div>
      </dl>
    </>
  );
}

export const shiftCloseLook: PartLook<ShiftClosePlace> = {
  title: 'screen.shiftClose',
  draw: (at, state) => <ShiftClose at={at} state={state} />,
  words(at, state, { t, locale }) {
    if (!at.shift) return { polite: t('shift.loading') };
    if (at.count && at.stage === 'difference') return { polite: t('difference.title', { amount: sumText(at.count.differenceMinor, at.count.counted.currency) }) };
    if (at.stage === 'takings') {
      const takings = takingsOf(state, at);
      return { polite: takings ? spokenAmount(takings.stays, locale) : '' };
    }
    const value = at.shift.denominations[at.row];
    const sum = countedSoFar(state, at);
    const rules = drawerRules(state);
    if (at.stage !== 'count' || !value || !sum || !rules || !at.shift.drawer) return {};
    return { polite: t('say.countRow', { value: spokenAmount(value, locale), pieces: state.drawerCounts[value.minor] ?? '0', sum: spokenAmount(sum, locale) }) };
  },
};
