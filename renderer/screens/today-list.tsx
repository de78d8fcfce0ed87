/** The list of a day, newest first, under what isn't settled: only the rows in sight are in the page, the others come as they are scrolled to. */
import { memo, useEffect, useRef, useState, type ReactElement } from 'react';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import type { DayRow, ListFilter, TillStatus } from '../../core/contract/types.ts';
import { shopDayOf } from '../machine/days.ts';
import { isOpen } from '../machine/today-filter.ts';
import { keepFocus, Key } from '../parts/cap.tsx';
import { NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { RecordedMark, ReturnMark } from '../parts/money-marks.tsx';
import { useSend } from '../parts/send.ts';
import { rowKind, rowPaidBy, rowWords, shortNumber, type RowKind } from '../words/day-words.ts';
import { countText, signedText } from '../words/days.ts';
import { clockText, dayText } from '../words/format.ts';
import { useWords, wordsIn, type Translate } from '../words/i18n.ts';

interface DayListProps {
  readonly rows: readonly DayRow[];
  /** The first so many aren't settled, and may be of any day; `more` of these stand in Open alone. */
  readonly pinned: number;
  readonly more: number;
  /** Places in the list, also of rows that haven't come. */
  readonly count: number;
  readonly next: string | null;
  /** How many rows the till counts; null while it hasn't said. */
  readonly total: number | null;
  readonly index: number;
  /** The ringed row's place and of how many, as it is said; null where no row is ringed. */
  readonly place: number | null;
  readonly placeOf: number | null;
  readonly filter: ListFilter;
  readonly asking: boolean;
  readonly day: string;
  readonly timezone: string;
  readonly dayChangeHour: number;
  readonly gateways: TillStatus['gateways'];
}

/** So near to the end of what is here, the next page is asked for. */
const aheadRows = 80;
const needEveryMs = 100;
const wide = '(min-width: 1280px)';
/** `11-20`: there is room for a day or a time beside what became of it. */
const dayCharacters = 5;
const rowHeights = { wide: 62, narrow: 58 } as const;

export const DayList = memo(function DayList({ rows, pinned, more, count, next, total, index, place, placeOf, filter, asking, day, timezone, dayChangeHour, gateways }: DayListProps): ReactElement {
  const { t, locale } = useWords();
  const send = useSend();
  const height = useRowHeight();
  const scroller = useRef<HTMLDivElement>(null);
  const neededAt = useRef(0);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 6, scrollPaddingStart: 4, scrollPaddingEnd: 4 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => virtual.measure(), [virtual, height]);
  useScrollToRing(virtual, index, rows[index]?.cursor ?? null, count);
  useEffect(() => {
    if (next === null || last + aheadRows < rows.length) return undefined;
    // A thumb that is drawn passes thousands of rows: what is needed is said ten times a second, not with every frame.
    const timer = window.setTimeout(() => {
      neededAt.current = performance.now();
      send({ type: 'need', index: last });
    }, Math.max(0, needEveryMs - (performance.now() - neededAt.current)));
    return () => window.clearTimeout(timer);
  }, [send, next, last, rows.length]);
  const ringed = rows[index];
  return (
    <section className="day-list" aria-label={t('today.list')}>
      <header className="row">
        <h2>{total === null ? ' ' : t(isOpen(filter) ? 'today.rows' : 'today.filtered', { count: countText(total) })}</h2>
        <button type="button" className="small-key" tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: '5' })}>
          <span>{t('today.filterKey')}</span><Key>5</Key>
        </button>
      </header>
      {more > 0 && <p className="day-unsettled">{t('today.moreUnsettled', { count: more })}</p>}
      {count === 0 && !asking ? <p className="day-nothing">{t('today.nothing')}</p> : (
        <div className="day-rows" ref={scroller}>
          <ul style={{ height: virtual.getTotalSize() }}>
            {items.map((item) => <Row row={rows[item.index]} index={item.index} place={item.index < pinned ? item.index === pinned - 1 ? 'lastPinned' : 'pinned' : 'day'} top={item.start} height={height} ringed={item.index === index} day={day} timezone={timezone} dayChangeHour={dayChangeHour} t={wordsIn(locale)} key={item.index} />)}
          </ul>
        </div>
      )}
      <footer>{ringed && place !== null && placeOf !== null && <RowFacts row={ringed} index={place} count={placeOf} gateways={gateways} />}</footer>
    </section>
  );
});

interface RowProps {
  /** Undefined while it is on its way: its place is kept, its amount is blank. */
  readonly row: DayRow | undefined;
  readonly index: number;
  /** Where it stands: on top until it is settled, or among the day's. */
  readonly place: 'pinned' | 'lastPinned' | 'day';
  readonly top: number;
  readonly height: number;
  readonly ringed: boolean;
  readonly day: string;
  readonly timezone: string;
  readonly dayChangeHour: number;
  readonly t: Translate;
}

const Row = memo(function Row({ row, index, place, top, height, ringed, day, timezone, dayChangeHour, t }: RowProps): ReactElement {
  const send = useSend();
  const style = { height, transform: `translateY(${top}px)` };
  if (!row) return <li style={style} className="day-row coming"><i /></li>;
  const kind = rowKind(row);
  const elsewhen = place !== 'day' && shopDayOf(row.at, { timezone, dayChangeHour }) !== day;
  const at = elsewhen ? dayText(row.at, timezone).slice(0, dayCharacters) : clockText(row.at, timezone, 'minutes');
  return (
    <li style={style} className={['day-row', ringed ? 'on' : '', place === 'lastPinned' ? 'last-pinned' : ''].filter((name) => name !== '').join(' ')} aria-current={ringed}>
      <button type="button" className={ringed ? 'ringed' : ''} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}>
        <Mark kind={kind} />
        <span className="stack">
          <span className="day-row-what"><b>{at}</b> <b className={`is-${kind}`}>{rowWords(t, row)}</b></span>
          <span className="day-row-facts">{rowPaidBy(t, row)} · {shortNumber(row.number)}{row.operator && <span className="day-row-operator"> · {row.operator.name}</span>}</span>
        </span>
        <span className={row.counts || row.settled || kind === 'open' ? 'day-row-sum' : 'day-row-sum nought'}>
          {signedText(row.kind === 'refund' ? { ...row.amount, minor: -row.amount.minor } : row.amount)}
        </span>
      </button>
    </li>
  );
});

function Mark({ kind }: { readonly kind: RowKind }): ReactElement {
  switch (kind) {
    case 'paid': return <PaidMark size={21} />;
    case 'notPaid': return <NotPaidMark size={21} />;
    case 'open': return <UnknownMark size={21} />;
    case 'refunded': return <ReturnMark size={21} />;
    case 'recorded': return <RecordedMark size={21} />;
  }
}

/** The ringed row's place and its references, for whoever calls somebody about it. */
function RowFacts({ row, index, count, gateways }: { readonly row: DayRow; readonly index: number; readonly count: number; readonly gateways: TillStatus['gateways'] }): ReactElement {
  const { t, locale } = useWords();
  const gateway = gateways.find(({ id }) => id === row.gateway)?.names[locale] ?? (row.gateway === 'cash' ? t('wallet.cash') : row.gateway);
  return (
    <>
      <p>{[t('today.position', { index: countText(index + 1), count: countText(count) }), gateway, row.operator?.name].filter((fact) => fact !== undefined).join(' · ')}</p>
      <p className="day-reference">{row.gatewayRef ?? row.reference}{row.saleRef !== null && ` · ${t('row.saleRef')} ${row.saleRef}`}</p>
    </>
  );
}

/** The list follows the ring where somebody moved it. Rows that come in on top move nothing under a finger. */
function useScrollToRing(virtual: Virtualizer<HTMLDivElement, Element>, index: number, cursor: string | null, count: number): void {
  const shown = useRef<{ readonly index: number; readonly cursor: string | null }>({ index: -1, cursor: null });
  useEffect(() => {
    const before = shown.current;
    shown.current = { index, cursor };
    if (before.index === index || (before.cursor !== null && before.cursor === cursor) || index >= count) return;
    virtual.scrollToIndex(index, { align: 'auto' });
  }, [virtual, index, cursor, count]);
}

/** Rows are as high as the picture of this window's width has them. */
function useRowHeight(): number {
  const [isWide, setWide] = useState(() => window.matchMedia(wide).matches);
  useEffect(() => {
    const query = window.matchMedia(wide);
    const look = (): void => setWide(query.matches);
    query.addEventListener('change', look);
    return () => query.removeEventListener('change', look);
  }, []);
  return isWide ? rowHeights.wide : rowHeights.narrow;
}
