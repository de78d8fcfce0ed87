/** Open the shift: what to look at left, the float right, as one sum or note by note. */
import type { ReactElement } from 'react';
import type { ShiftView } from '../../core/contract/types.ts';
import { amountText, makeAmount } from '../../core/money/amount.ts';
import { countedMinor } from '../machine/counting.ts';
import { drawerRules, floatOf, type ShiftOpenPlace } from '../machine/shift-open.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Key } from '../parts/cap.tsx';
import { DrawerCount } from '../parts/drawer-count.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { ShiftChecks } from '../parts/shift-checks.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { spokenAmount } from '../words/spoken.ts';
import { sumText } from '../words/sums.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';

interface ShiftOpenProps {
  readonly at: ShiftOpenPlace;
  readonly state: TillScreen;
}

function ShiftOpen({ at, state }: ShiftOpenProps): ReactElement {
  const { t } = useWords();
  return (
    <main className="shift">
      <div className="shift-left">
        <h1 tabIndex={-1} id="title">{t('check.open')}</h1>
        {at.shift && <ShiftChecks shift={at.shift} when="open" />}
        {at.shift?.drawer && <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>}
        {at.shift && <LastShift shift={at.shift} state={state} />}
      </div>
      <section className="shift-panel">{at.shift && <Float at={at} state={state} shift={at.shift} />}</section>
    </main>
  );
}

/** What the last shift left is no number here: it is compared once the float was typed. */
function LastShift({ shift, state }: { readonly shift: ShiftView; readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const { lastZ } = shift;
  if (!lastZ) return <div className="shift-card"><b>{t('shiftOpen.first')}</b>{shift.drawer && <p>{t('shiftOpen.firstHint')}</p>}</div>;
  return (
    <div className="shift-card">
      <b>{t('shiftOpen.last', { number: lastZ.number, name: lastZ.by.name })}</b>
      <p>{t(shift.drawer ? 'shiftOpen.lastHint' : 'shiftOpen.lastHintNoDrawer', { time: clockText(lastZ.closedAt, state.status?.timezone, 'minutes') })}</p>
    </div>
  );
}

function Float({ at, state, shift }: ShiftOpenProps & { readonly shift: ShiftView }): ReactElement | null {
  const { t } = useWords();
  const rules = drawerRules(state);
  if (!rules) return null;
  if (!shift.drawer) return <div className="shift-plain"><h2>{t('shiftOpen.noDrawer')}</h2><p>{t('shiftOpen.noDrawerHint')}</p></div>;
  if (at.byPieces) {
    return (
      <>
        <header className="row"><h2>{t('shiftOpen.float')}</h2></header>
        <DrawerCount values={shift.denominations} counts={state.drawerCounts} row={at.stage === 'opening' ? -1 : at.row} />
        <Compared at={at} state={state} shift={shift} />
      </>
    );
  }
  const float = floatOf(state, at);
  const amount = float ?? makeAmount(0, rules.currency);
  return (
    <>
      <header className="row"><h2>{t('shiftOpen.float')}</h2></header>
      <div className="shift-amount" style={figuresWide(amount)}><AmountFigures amount={amount} empty={float === null} caret={at.stage !== 'opening'} /></div>
      <Compared at={at} state={state} shift={shift} />
      <footer className="shift-ways">
        <div><b>{t('shiftOpen.oneSum')}</b><p>{t('shiftOpen.oneSumHint')}</p></div>
        <div><b className="row"><Key>*</Key>{t('shiftOpen.byPieces')}</b><p>{t('shiftOpen.byPiecesHint')}</p></div>
      </footer>
    </>
  );
}

function Compared({ at, state, shift }: ShiftOpenProps & { readonly shift: ShiftView }): ReactElement | null {
  const { t } = useWords();
  const float = floatOf(state, at);
  if (at.stage !== 'compared' || !float || !shift.lastZ) return null;
  const { left } = shift.lastZ;
  const difference = sumText(float.minor - left.minor, float.currency);
  return <div className="shift-compared" role="alert"><UnknownMark size={28} /><div><b>{t('shiftOpen.compared', { left: amountText(left), difference })}</b><p>{t('shiftOpen.comparedHint')}</p></div></div>;
}

export const shiftOpenLook: PartLook<ShiftOpenPlace> = {
  title: 'screen.shiftOpen',
  draw: (at, state) => <ShiftOpen at={at} state={state} />,
  words(at, state, { t, locale }) {
    if (!at.shift) return { polite: t('shift.loading') };
    const float = floatOf(state, at);
    if (at.stage === 'compared' && float && at.shift.lastZ) {
      const { left } = at.shift.lastZ;
      return { urgent: t('shiftOpen.compared', { left: amountText(left), difference: sumText(float.minor - left.minor, left.currency) }) };
    }
    if (at.byPieces && float) {
      const value = at.shift.denominations[at.row];
      const sum = makeAmount(countedMinor(state.drawerCounts, at.shift.denominations), float.currency);
      return { polite: value ? t('say.countRow', { value: spokenAmount(value, locale), pieces: state.drawerCounts[value.minor] ?? '0', sum: spokenAmount(sum, locale) }) : '' };
    }
    return { polite: float ? spokenAmount(float, locale) : t('shiftOpen.float') };
  },
};
