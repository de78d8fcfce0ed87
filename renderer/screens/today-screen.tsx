/** A day: its sums and charts left, its list right, and what `+` and `5` offer over both. */
import { memo, type ReactElement } from 'react';
import type { DayView, TillStatus } from '../../core/contract/types.ts';
import { amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { dayHead, emptySum } from '../machine/day-sums.ts';
import type { TillScreen } from '../machine/state.ts';
import { dayCount, listOf, ringedPlace, rowCount, type TodayPlace } from '../machine/today.ts';
import { isEmptyDay } from '../machine/today-rows.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { RecordedMark, ReturnMark } from '../parts/money-marks.tsx';
import { currencyWords } from '../words/day-words.ts';
import { fullDayWords } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';
import { DayCharts } from './today-chart-frame.tsx';
import { TodayEmpty } from './today-empty.tsx';
import { DayList } from './today-list.tsx';
import { ExportPanel, FilterPanel } from './today-panels.tsx';
import { DaySums, type DayProps } from './today-sums.tsx';
import '../styles/today.css';

/** Grey bars before this; a sentence after that. */
const barsAfterMs = 100;
const sentenceAfterMs = 2000;

interface TodayProps {
  readonly at: TodayPlace;
  readonly state: TillScreen;
}

export default function TodayScreen({ at, state }: TodayProps): ReactElement | null {
  const { status } = state;
  if (!status) return null;
  if (isEmptyDay(at) && at.view) {
    return (
      <main className="today today-empty">
        <div className="today-left"><Head day={at.day} view={at.view} status={status} /><TodayEmpty at={at} state={state} view={at.view} /></div>
        {at.stage === 'export' && <ExportPanel at={at} state={state} />}
        {/* Opened before it was known that there is nothing to narrow. */}
        {at.stage === 'filter' && <FilterPanel at={at} state={state} />}
      </main>
    );
  }
  const list = listOf(at);
  const place = ringedPlace(at);
  return (
    <main className="today">
      <div className="today-left">
        {at.view ? <Sums day={at.day} table={at.table} people={at.people} view={at.view} status={status} /> : (
          <><Head day={at.day} view={null} status={status} /><Loading at={at} state={state} /></>
        )}
      </div>
      <DayList
        rows={list.rows} pinned={list.pinned} more={list.more} count={rowCount(at)} next={at.loaded.next} total={dayCount(at)} index={at.index} place={place?.index ?? null} placeOf={place?.count ?? null} filter={at.filter}
        asking={at.asking} timezone={status.timezone} dayChangeHour={status.dayChangeHour} gateways={status.gateways} day={at.day}
      />
      {at.stage === 'export' && <ExportPanel at={at} state={state} />}
      {at.stage === 'filter' && <FilterPanel at={at} state={state} />}
    </main>
  );
}

/** Everything on the left: drawn again only where the day's sums change, and not with every row that is scrolled to. */
const Sums = memo(function Sums(props: DayProps): ReactElement {
  return <><Head day={props.day} view={props.view} status={props.status} /><Notes view={props.view} /><DaySums {...props} /><DayCharts {...props} /></>;
});

interface HeadProps {
  readonly day: string;
  readonly view: DayView | null;
  readonly status: TillStatus;
}

function Head({ day, view, status }: HeadProps): ReactElement {
  const { t, locale } = useWords();
  const { main, others } = view ? dayHead(view.totals, status.currency) : { main: emptySum(status.currency), others: [] };
  // Whoever will count the drawer doesn't read what is in it: the till leaves its sums out (SCREENS.md 5.13).
  const hidden = view?.cashShown === false;
  const net = makeAmount(main.netMinor, main.currency);
  return (
    <header className="today-head">
      <h1 tabIndex={-1} id="title">{t(hidden ? 'today.netWallets' : 'today.net', { day: fullDayWords(day, locale), currency: currencyWords(t, main.currency) })}</h1>
      <div className="today-net" style={figuresWide(net)}>
        {/* A sum that isn't known is no zero. */}
        {view ? <AmountFigures amount={net} empty={main.sales + main.refunds === 0} id="amount" /> : <span className="amount">&nbsp;</span>}
        {view && (main.sales > 0 || others.length > 0) && (
          <div className="today-counts">
            <b>{t('today.sales', { count: main.sales })}</b>
            {others.map((other) => {
              const through = status.gateways.filter(({ id }) => view.totals.byGateway.some((sum) => sum.key === id && sum.currency === other.currency));
              const name = through.length === 1 ? through[0]?.names[locale] : undefined;
              return (
                <span key={other.currency}>
                  {name === undefined ? t('today.othersPlain') : t('today.others', { gateway: name })} <b>{amountWithSign(makeAmount(other.netMinor, other.currency))}</b>
                  {t('today.otherSales', { count: other.sales })}
                </span>
              );
            })}
          </div>
        )}
      </div>
    </header>
  );
}

/** What is not known, what a person recorded, and what was given back elsewhere: named, and in no total. */
function Notes({ view }: { readonly view: DayView }): ReactElement | null {
  const { t } = useWords();
  const { open, settled, outside } = view.totals;
  if (open.length + settled.length + outside.length === 0) return null;
  return (
    <div className="today-notes">
      {open.map(({ kind, currency, count, minor }) => (
        <p className="today-note is-open" key={`${kind}${currency}`}>
          <UnknownMark size={22} /><span><b>{t(openWords[kind], { count, amount: amountWithSign(makeAmount(minor, currency)) })}</b> {t('today.openHint')}</span>
        </p>
      ))}
      {settled.map(({ as, currency, count, minor }) => (
        <p className="today-note" key={`${as}${currency}`}>
          <RecordedMark size={18} />
          <span><b>{t(settledWords[as], { count, amount: amountWithSign(makeAmount(minor, currency)) })}</b> {t('today.settledHint')}</span>
        </p>
      ))}
      {outside.map(({ currency, count, minor }) => (
        <p className="today-note" key={`outside${currency}`}>
          <ReturnMark size={18} /><span><b>{t('today.outside', { count, amount: amountWithSign(makeAmount(minor, currency)) })}</b> {t('today.settledHint')}</span>
        </p>
      ))}
    </div>
  );
}

const openWords = { sale: 'today.open', refund: 'today.refundOpen' } as const;
const settledWords = { paid: 'today.settledPaid', notPaid: 'today.settledNotPaid', refunded: 'today.settledRefunded' } as const;

function Loading({ at, state }: TodayProps): ReactElement | null {
  const { t } = useWords();
  const waited = state.now - at.askedAt;
  if (waited < barsAfterMs) return null;
  return (
    <div className="today-loading">
      {waited >= sentenceAfterMs && <p>{t('today.loading')}</p>}
      <i /><i /><i /><i />
    </div>
  );
}
