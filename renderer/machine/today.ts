/** Today: a day's sums and its list, the days before and after, and what it is narrowed to. What `+` offers is today-export.ts's. */
import type { DayRow, DayView, ListFilter, Person } from '../../core/contract/types.ts';
import { dayPlus, shopDayOf, type Days, type DaySpan } from './days.ts';
import { calls, refused, stay, type Reply, type Request, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part, Press } from './part.ts';
import { openPaymentDetail } from './payment-detail.ts';
import { pressOn } from './press.ts';
import { openProgress } from './progress.ts';
import type { Notice, TillScreen } from './state.ts';
import { progressAfterMs, taskById } from './tasks.ts';
import { exportKey, exportKeys, onExportDigit, onExportStarted, withFolders } from './today-export.ts';
import { filterLines, isOpen, turned, type FilterLine } from './today-filter.ts';
import { indexAfter, isEmptyDay, left, needsPage, nextPageRows, noRows, pageRows, withFirstPage, withPage, type LoadedRows } from './today-rows.ts';
import { shownRows, type ShownRows } from './today-unsettled.ts';

/** Which sums the table on the left shows; the chart below it goes with them. */
export type DayTable = 'wallet' | 'gateway' | 'operator';

export interface TodayPlace {
  readonly name: 'today';
  /** `export`: what `+` offers; `filter`: what the list is narrowed to. */
  readonly stage: 'list' | 'export' | 'filter';
  readonly day: string;
  readonly filter: ListFilter;
  /** The filter being changed; what is on screen still has the other one. */
  readonly draft: ListFilter;
  readonly line: number;
  readonly span: DaySpan;
  /** Where files can go, as the till found it; null until it has said so. */
  readonly folders: readonly string[] | null;
  /** The one that is chosen; null leaves it to the till, which takes the one of last time. */
  readonly folder: string | null;
  readonly table: DayTable;
  /** Null until the till has said the sums of this day and filter. */
  readonly view: DayView | null;
  readonly loaded: LoadedRows;
  /** True from the day's question until its first page is here. */
  readonly asking: boolean;
  readonly askedAt: number;
  /** Counts the questions: an answer to an older one is dropped. */
  readonly turn: number;
  /** A payment changed, or an answer was lost: asked again a second after the last question. */
  readonly stale: boolean;
  readonly index: number;
  readonly people: readonly Person[];
  /** An export that was begun here and may still be so quick that nothing is said of it. */
  readonly taskId: string | null;
  readonly exported: Days | null;
}

/** After a change the day is asked again, but not more often than this. */
const askAgainMs = 1000;
/** A day takes no longer than this to add up. */
const answerMostMs = 20_000;

/** `/` `4`: today by the shop's clock. */
export function openToday(state: TillScreen): Step {
  if (!state.status) return refused(state);
  const at: TodayPlace = {
    name: 'today', stage: 'list', day: shopDayOf(state.now, state.status), filter: {}, draft: {}, line: 0, span: 'day', folders: null, folder: null, table: 'wallet', view: null,
    loaded: noRows, asking: false, askedAt: state.now, turn: state.now, stale: false, index: 0, people: [], taskId: null, exported: null,
  };
  const people: readonly Request[] = state.status.staff.state === 'none' ? [] : [calls('people', {})];
  return asked({ ...state, menu: 'closed' }, at, people);
}

/** The list as it stands on screen: `index` counts its rows. */
export function listOf(at: TodayPlace): ShownRows {
  return shownRows(at.loaded.rows, at);
}

/** The row that is ringed; null where none is here. */
export function ringedRow(at: TodayPlace): DayRow | null {
  return listOf(at).rows[at.index] ?? null;
}

/** How long the list is, as far as it is known: rows that haven't come yet have their place. */
export function rowCount(at: TodayPlace): number {
  const { rows, pinned, ofDay } = listOf(at);
  return at.loaded.next === null ? rows.length : Math.max(rows.length + 1, (at.view?.totals.rows ?? 0) + pinned - ofDay);
}

/** What is said beside the ringed row: its place among what isn't settled, or in the day as the till counts it; null while that isn't known. `index` begins at 0. */
export function ringedPlace(at: TodayPlace): { readonly index: number; readonly count: number } | null {
  const row = ringedRow(at);
  const { pinned, more } = listOf(at);
  if (!row) return null;
  if (at.index < pinned) return { index: at.index, count: pinned + more };
  const index = at.loaded.rows.indexOf(row);
  const count = dayCount(at);
  return count === null ? null : { index, count: Math.max(index + 1, count) };
}

/** How many rows the day has, those among them that stand on top; null while the till hasn't said. */
export function dayCount(at: TodayPlace): number | null {
  return at.view?.totals.rows ?? (at.loaded.next === null && !at.asking ? at.loaded.rows.length : null);
}

export function linesOf(state: TillScreen, at: TodayPlace): readonly FilterLine[] {
  return state.status ? filterLines(at.draft, state.status, at.people) : [];
}

export const today: Part<TodayPlace> = {
  digits: (at) => (at.stage === 'export' ? 'choice' : 'move'),
  keys(at, state) {
    if (at.stage === 'export') return exportKeys(at);
    if (at.stage === 'filter') return filterKeys(at);
    return isEmptyDay(at) ? emptyKeys : listKeys(at, state);
  },
  onDigit(state, at, key, moment) {
    if (at.stage === 'export') return onExportDigit(state, at, key, moment);
    return at.stage === 'filter' ? onFilterDigit(state, at, key) : onListDigit(state, at, key);
  },
  onRow: (state, at, index) => (at.stage === 'filter' ? stay({ ...state, place: { ...at, line: index } }) : wanted(state, { ...at, index }, index)),
  onNeed: (state, at, index) => wanted(state, at, index),
  onReply: (state, at, reply) => onReply(state, at, reply),
  onLost(state, at, { name, tag }) {
    if ((name === 'day' || name === 'dayPage') && tag !== String(at.turn)) return stay(state);
    if (name === 'startExport' || name === 'printDay') return stay({ ...state, notice: { kind: 'words', key: 'notice.actionFailed' } });
    if (name !== 'day' && name !== 'dayPage') return stay(state);
    const place = { ...at, asking: false, stale: true, loaded: { ...at.loaded, paging: false } };
    return stay({ ...state, place, notice: { kind: 'words', key: 'today.lost' } });
  },
  onPayment(state, at, payment) {
    const touched = [...at.loaded.touched, payment.paymentId];
    return stay({ ...state, place: { ...at, stale: true, loaded: { ...at.loaded, touched } } });
  },
  onTick(state, at) {
    const task = at.taskId === null ? null : taskById(state, at.taskId);
    if (task && task.state === 'running' && state.now - task.startedAt >= progressAfterMs) return openProgress(state, task, left({ ...at, taskId: null }), at.exported);
    const settled = task && task.state !== 'running' ? { ...at, taskId: null } : at;
    const since = state.now - at.askedAt;
    // An answer that came while another screen lay over this one went past it.
    if ((at.asking || at.loaded.paging) && since >= answerMostMs) return asked(state, left(settled));
    if (at.stale && !at.asking && since >= askAgainMs) return asked(state, settled);
    return stay(settled === at ? state : { ...state, place: settled });
  },
};

/** Asks for the day's sums and its first page. What is on screen stays until they come. */
function asked(state: TillScreen, at: TodayPlace, more: readonly Request[] = []): Step {
  const turn = at.turn + 1;
  const place: TodayPlace = { ...at, turn, asking: true, askedAt: state.now, stale: false, loaded: { ...at.loaded, paging: true } };
  const request = { day: at.day, filter: at.filter };
  return stay(
    { ...state, place }, calls('day', request, String(turn)), calls('dayPage', { ...request, after: null, count: pageRows }, String(turn)), ...more,
  );
}

/** Another day or another filter: nothing of the old one stays on screen. */
function askedAnew(state: TillScreen, at: TodayPlace): Step {
  return asked(state, { ...at, view: null, loaded: noRows, index: 0 });
}

function onReply(state: TillScreen, at: TodayPlace, reply: Reply): Step {
  switch (reply.name) {
    case 'people': return stay({ ...state, place: { ...at, people: reply.reply } });
    case 'day': {
      if (reply.tag !== String(at.turn)) return stay(state);
      const told = { ...at, view: reply.reply };
      return stay({ ...state, place: { ...told, index: indexAfter(listOf(at).rows, at.index, listOf(told).rows) } });
    }
    case 'dayPage': {
      if (reply.tag !== String(at.turn)) return stay(state);
      if (!at.asking) return paged(state, { ...at, loaded: withPage(at.loaded, reply.reply) });
      const loaded = withFirstPage(at.loaded, reply.reply);
      const index = indexAfter(listOf(at).rows, at.index, listOf({ ...at, loaded }).rows);
      return paged(state, { ...at, asking: false, loaded: { ...loaded, wanted: index }, index });
    }
    case 'exportFolders': return stay({ ...state, place: withFolders(at, reply.reply) });
    case 'startExport': return onExportStarted(state, at, reply.reply);
    case 'printDay':
      return stay({ ...state, notice: reply.reply.kind === 'refused' ? { kind: 'message', message: reply.reply.message } : printingNotice(reply.reply.rowsLeftOut, at.filter) });
    default: return stay(state);
  }
}

function printingNotice(rowsLeftOut: number, filter: ListFilter): Notice {
  return rowsLeftOut === 0 ? { kind: 'words', key: isOpen(filter) ? 'today.printing' : 'today.printingAll' } : { kind: 'words', key: 'today.printingTotals', values: { rows: String(rowsLeftOut) } };
}

/** The row that was scrolled or gone to has to be here: pages come until it is. */
function wanted(state: TillScreen, at: TodayPlace, index: number): Step {
  return paged(state, { ...at, loaded: { ...at.loaded, wanted: index } });
}

function paged(state: TillScreen, at: TodayPlace): Step {
  if (at.asking || !needsPage(at.loaded)) return stay({ ...state, place: at });
  const place = { ...at, loaded: { ...at.loaded, paging: true } };
  return stay({ ...state, place }, calls('dayPage', { day: at.day, filter: at.filter, after: at.loaded.next, count: nextPageRows(at.loaded) }, String(at.turn)));
}

function onListDigit(state: TillScreen, at: TodayPlace, key: PadKey): Step {
  switch (key) {
    case '8': case 'up': return moved(state, at, -1);
    case '2': case 'down': return moved(state, at, 1);
    case '4': case 'left': return turnedDay(state, at, -1);
    case '6': case 'right': return turnedDay(state, at, 1);
    // A day without a row has nothing to narrow.
    case '5': return isEmptyDay(at) ? refused(state) : stay({ ...state, place: { ...at, stage: 'filter', draft: at.filter, line: 0 } });
    case '0': return stay({ ...state, place: { ...at, table: nextTable[at.table] } });
    default: return refused(state);
  }
}

const nextTable: Readonly<Record<DayTable, DayTable>> = { wallet: 'gateway', gateway: 'operator', operator: 'wallet' };

function moved(state: TillScreen, at: TodayPlace, by: number): Step {
  const index = at.index + by;
  if (index < 0 || index >= rowCount(at)) return refused(state);
  return wanted(state, { ...at, index }, index);
}

/** The day before or after; after today there is nothing. */
function turnedDay(state: TillScreen, at: TodayPlace, by: number): Step {
  const day = dayPlus(at.day, by);
  if (!state.status || day > shopDayOf(state.now, state.status)) return refused(state);
  return askedAnew(state, { ...at, day });
}

function onFilterDigit(state: TillScreen, at: TodayPlace, key: PadKey): Step {
  const lines = linesOf(state, at);
  const line = lines[at.line];
  switch (key) {
    case '8': case 'up': case '2': case 'down': {
      const by = key === '8' || key === 'up' ? lines.length - 1 : 1;
      return stay({ ...state, place: { ...at, line: (at.line + by) % lines.length } });
    }
    case '4': case 'left': case '6': case 'right':
      return line ? stay({ ...state, place: { ...at, draft: turned(at.draft, line, key === '4' || key === 'left' ? -1 : 1) } }) : refused(state);
    default: return refused(state);
  }
}

function filterKeys(at: TodayPlace): readonly Binding[] {
  return [
    { key: '82', word: 'cap.choose', press: refused },
    { key: '46', word: 'cap.change', press: refused },
    ...(isOpen(at.draft) ? [] : [{ key: '*', word: 'cap.showAll', press: pressOn('today', (state, place) => askedAnew(state, { ...place, stage: 'list', filter: {}, draft: {} })) } as const]),
    { key: '-', word: 'cap.back', press: pressOn('today', (state, place) => stay({ ...state, place: { ...place, stage: 'list' } })) },
    { key: 'Enter', word: 'cap.showThese', press: pressOn('today', (state, place) => askedAnew(state, { ...place, stage: 'list', filter: place.draft })), primary: true },
  ];
}

const dayKey: Binding = { key: '46', word: 'cap.dayBeforeAfter', press: refused };
const toSale: Press = (state) => stay({ ...state, place: { name: 'counter' } });

const emptyKeys: readonly Binding[] = [
  dayKey, exportKey, { key: 'Enter', word: 'cap.goToSale', press: toSale, primary: true }, { key: '-', word: 'cap.goToSale', press: toSale, offRail: 'also' },
];

function listKeys(at: TodayPlace, state: TillScreen): readonly Binding[] {
  return [
    dayKey,
    exportKey,
    ...(state.status?.printer.present ? [{ key: '*', word: 'cap.printDay', press: pressOn('today', (standing, place) => stay(standing, calls('printDay', { day: place.day }))) } as const] : []),
    ...(rowCount(at) > 1 ? [{ key: '82', word: 'cap.choose', press: refused, offRail: 'also' } as const] : []),
    { key: '-', word: 'cap.backToSale', press: toSale, offRail: 'also' },
    ...(ringedRow(at) ? [{ key: 'Enter', word: 'cap.openIt', press: pressOn('today', openRinged), primary: true } as const] : []),
  ];
}

function openRinged(state: TillScreen, at: TodayPlace): Step {
  const row = ringedRow(at);
  return row ? openPaymentDetail(state, row.paymentId, left(at)) : refused(state);
}
