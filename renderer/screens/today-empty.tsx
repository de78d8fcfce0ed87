/** A day without a sale: one sentence, the key that leads to the day before, and what that day left. */
import type { ReactElement } from 'react';
import type { DayView, TillStatus } from '../../core/contract/types.ts';
import { amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { dayPlus, shopDayOf } from '../machine/days.ts';
import type { TillScreen } from '../machine/state.ts';
import type { TodayPlace } from '../machine/today.ts';
import { unsettledBeside } from '../machine/today-unsettled.ts';
import { AmountFigures } from '../parts/amount.tsx';
import { keepFocus, Key } from '../parts/cap.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { useSend } from '../parts/send.ts';
import { dayWords } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';
import { DayCharts } from './today-chart-frame.tsx';

interface TodayEmptyProps {
  readonly at: TodayPlace;
  readonly state: TillScreen;
  readonly view: DayView;
}

export function TodayEmpty({ at, state, view }: TodayEmptyProps): ReactElement | null {
  const { t } = useWords();
  const send = useSend();
  if (!state.status) return null;
  const isToday = at.day === shopDayOf(state.now, state.status);
  return (
    <>
      <div className="today-nothing">
        <h2>{t(isToday ? 'today.empty' : 'today.emptyOther')}</h2>
        <p className="row">
          <span>{t(isToday ? 'today.emptyHint' : 'today.emptyOtherHint')}</span>
          <button type="button" className="small-key" tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: 'left' })}><Key>4</Key></button>
        </p>
      </div>
      <DayCharts day={at.day} table={at.table} view={view} status={state.status} />
      {(view.dayBefore !== null || view.unsettled.length > 0) && (
        <aside className="day-before">
          {view.dayBefore && <DayBefore before={view.dayBefore} at={at} state={state} />}
          <LeftOpen view={view} status={state.status} isToday={isToday} />
        </aside>
      )}
    </>
  );
}

interface DayBeforeProps {
  readonly before: NonNullable<DayView['dayBefore']>;
  readonly at: TodayPlace;
  readonly state: TillScreen;
}

function DayBefore({ before, at, state }: DayBeforeProps): ReactElement | null {
  const { t, locale } = useWords();
  const { status } = state;
  if (!status) return null;
  const isYesterday = at.day === shopDayOf(state.now, status) && before.day === dayPlus(at.day, -1);
  const day = dayWords(before.day, locale);
  const sum = before.byCurrency.find(({ currency }) => currency === status.currency);
  return (
    <section>
      <h2>{isYesterday ? t('today.yesterday', { day }) : day}</h2>
      {sum && <AmountFigures amount={makeAmount(sum.netMinor, sum.currency)} />}
      {sum && <p>{t('today.facts', { sales: sum.sales, refunds: sum.refunds })}</p>}
    </section>
  );
}

/** What isn't settled, of any day: the day before's by its sum, and how many of other days. */
function LeftOpen({ view, status, isToday }: { readonly view: DayView; readonly status: TillStatus; readonly isToday: boolean }): ReactElement | null {
  const { t } = useWords();
  const before = view.dayBefore?.day ?? null;
  const sums = view.dayBefore?.open ?? [];
  const open = sums.reduce((count, sum) => count + sum.count, 0);
  const others = unsettledBeside(view, before, status);
  if (open === 0 && others === 0) return null;
  // An amount only where it is one: neither a refund's with a sale's, nor two currencies.
  const only = sums.length === 1 && sums[0]?.kind === 'sale' ? sums[0] : null;
  const words = isToday && before === dayPlus(view.day, -1) ? 'today.leftOpenYesterday' : 'today.leftOpen';
  return (
    <section className="day-left">
      <UnknownMark size={26} />
      <div>
        <b>{open === 0 ? t('today.unsettled', { count: others }) : t(words, { count: open, amount: only === null ? '' : amountWithSign(makeAmount(only.minor, only.currency)) }).replace(/[, ]+$/, '')}</b>
        <p>{open > 0 && others > 0 ? t('today.moreUnsettled', { count: others }) : t('today.leftOpenHint')}</p>
      </div>
    </section>
  );
}
