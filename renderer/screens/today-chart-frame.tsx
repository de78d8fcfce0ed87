/** The chart of a day with its caption, and the same numbers as a table for a screen reader. The drawing itself is loaded on its own. */
import { lazy, memo, Suspense, type ReactElement } from 'react';
import type { Currency, DayView } from '../../core/contract/types.ts';
import { amountText, amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { hourBars, shares, type HourBar } from '../machine/day-sums.ts';
import { dayPlus } from '../machine/days.ts';
import type { DayTable } from '../machine/today.ts';
import { weekdayWords } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';
import type { DayProps } from './today-sums.tsx';

const HourChart = lazy(() => import('./today-charts.tsx').then(({ HourChart: chart }) => ({ default: chart })));
const ShareChart = lazy(() => import('./today-charts.tsx').then(({ ShareChart: chart }) => ({ default: chart })));

export function DayCharts({ day, table, view, status }: Pick<DayProps, 'day' | 'table' | 'view' | 'status'>): ReactElement {
  return <Chart table={table} view={view} day={day} currency={status.currency} dayChangeHour={status.dayChangeHour} />;
}

interface ChartProps {
  readonly table: DayTable;
  readonly view: DayView;
  readonly day: string;
  readonly currency: Currency;
  readonly dayChangeHour: number;
}

/** Takings by hour beside the wallets, their shares beside the gateways, numbers of sales beside the people. */
const Chart = memo(function Chart(props: ChartProps): ReactElement {
  if (props.table === 'gateway') return <Shares {...props} />;
  return <Hours {...props} what={props.table === 'operator' ? 'sales' : 'takings'} />;
});

function Hours({ view, day, currency, dayChangeHour, what }: ChartProps & { readonly what: 'takings' | 'sales' }): ReactElement {
  const { t, locale } = useWords();
  const bars = hourBars(view, currency, what, dayChangeHour);
  const busiest = bars.reduce<HourBar | null>((most, bar) => (bar.now > (most?.now ?? 0) ? bar : most), null);
  const before = view.weekBefore.filter((sum) => sum.currency === currency).reduce((sum, hour) => sum + (what === 'sales' ? hour.sales : hour.salesMinor), 0);
  const weekday = weekdayWords(dayPlus(day, -7), locale);
  const text = (value: number): string => (what === 'sales' ? String(value) : amountText(makeAmount(value, currency)));
  return (
    <figure className="day-chart">
      <figcaption>
        <span>{t(what === 'sales' ? 'today.hourSales' : 'today.hours', { currency })}</span>
        {before > 0 && <span>{what === 'sales' ? t('today.beforeSales', { weekday, count: before }) : t('today.before', { weekday, amount: amountWithSign(makeAmount(before, currency)) })}</span>}
        {busiest && <span>{t(what === 'sales' ? 'today.busiestSales' : 'today.busiestTakings', { hour: Number(busiest.hour), count: busiest.now, amount: text(busiest.now) })}</span>}
      </figcaption>
      <div className="day-chart-plot" aria-hidden="true"><Suspense fallback={null}><HourChart bars={bars} busiest={busiest?.hour ?? null} currency={currency} what={what} /></Suspense></div>
      <table className="said">
        <thead><tr><th>{t('today.hour')}</th><th>{t('today.thisDay')}</th><th>{t('today.weekBefore')}</th></tr></thead>
        <tbody>{bars.map((bar) => <tr key={bar.hour}><td>{bar.hour}</td><td>{text(bar.now)}</td><td>{text(bar.before)}</td></tr>)}</tbody>
      </table>
    </figure>
  );
}

function Shares({ view, currency }: ChartProps): ReactElement {
  const { t } = useWords();
  const parts = shares(view.totals.byWallet, currency);
  return (
    <figure className="day-chart">
      <figcaption><span>{t('today.shares', { currency })}</span></figcaption>
      {parts.length === 0 ? <p>{t('today.noShares')}</p> : (
        <div className="day-chart-plot"><Suspense fallback={null}><ShareChart parts={parts} currency={currency} /></Suspense></div>
      )}
    </figure>
  );
}
