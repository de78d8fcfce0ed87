/** Find: one field for any reference, an amount or the last four. Digits always type; `+` goes down a row, Enter opens it. */
import type { FindHit, ListFilter, Person, ScanSeen } from '../../core/contract/types.ts';
import { currencyDecimals } from '../../core/money/currency.ts';
import { backHere, goBack, type Back } from './back.ts';
import { dayPlus, shopDayOf } from './days.ts';
import { calls, refused, stay, type Request, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { openPaymentDetail } from './payment-detail.ts';
import { pressOn } from './press.ts';
import type { Notice, TillScreen } from './state.ts';
import { filterLines, turned, type FilterLine } from './today-filter.ts';

export const hitsMost = 9;
/** Typing that rests so long is looked up. */
const findRestMs = 150;
const typedMost = 64;

export const findDays = ['all', 'today', 'week'] as const;
export type FindDays = (typeof findDays)[number];

/** Spans of amounts in whole units of the store's currency; null is open. */
export const findSpans: readonly { readonly from: number | null; readonly to: number | null }[] = [
  { from: null, to: null }, { from: null, to: 20 }, { from: 20, to: 100 }, { from: 100, to: 500 }, { from: 500, to: null },
];

export interface FindPlace {
  readonly name: 'find';
  readonly stage: 'typing' | 'filter';
  readonly typed: string;
  /** A payment code that was scanned here: looked up by its hash, never charged. */
  readonly code: { readonly scanId: string; readonly last4: string } | null;
  readonly days: FindDays;
  /** An index into `findSpans`. */
  readonly span: number;
  readonly filter: ListFilter;
  /** When what is typed is looked up; null where it has been. */
  readonly dueAt: number | null;
  /** Null before the first answer. */
  readonly hits: readonly FindHit[] | null;
  readonly more: boolean;
  /** What `hits` were found for. */
  readonly foundFor: string;
  readonly ringed: number;
  /** The ringed line of the filter. */
  readonly line: number;
  readonly people: readonly Person[];
  readonly back: Back;
}

export function openFind(state: TillScreen, notice: Notice | null = null): Step {
  const place: FindPlace = {
    name: 'find', stage: 'typing', typed: '', code: null, days: 'all', span: 0, filter: {}, dueAt: null, hits: null, more: false, foundFor: '', ringed: 0, line: 0, people: [], back: backHere(state),
  };
  const people: readonly Request[] = state.status?.staff.state === 'none' ? [] : [calls('people', {})];
  const next = { ...state, menu: 'closed', place, notice } as const;
  return stay(next, lookUp(next, place), ...people);
}

/** The ringed hit; null where nothing was found. */
export function ringedHit(at: FindPlace): FindHit | null {
  return at.hits?.[Math.min(at.ringed, at.hits.length - 1)] ?? null;
}

/** The lines of the filter: days and amounts here, the rest as the day's list has them. */
export function findLines(at: FindPlace, state: TillScreen): readonly (FilterLine | 'days' | 'span')[] {
  return state.status ? ['days', 'span', ...filterLines(at.filter, state.status, at.people)] : [];
}

export const find: Part<FindPlace> = {
  digits: (at) => (at.stage === 'typing' ? 'text' : 'move'),
  keys: (at) => (at.stage === 'typing' ? typingKeys(at) : filterKeys),
  onDigit(state, at, key) {
    if (at.stage === 'filter') return changed(state, at, key);
    if (key === 'up' || key === 'down') return moved(state, at, key === 'down' ? 1 : -1);
    return /^[0-9.]/.test(key) ? typing(state, at, at.typed + key) : refused(state);
  },
  onLetter: (state, at, letter) => (at.stage === 'typing' ? typing(state, at, at.typed + letter.toUpperCase()) : refused(state)),
  onHoldDelete: (state, at) => typing(state, at, ''),
  onRow(state, at, index) {
    if (at.stage === 'filter') return stay({ ...state, place: { ...at, line: index } });
    return stay({ ...state, place: { ...at, ringed: index } });
  },
  onScan: (state, at, scan) => (scan.kind === 'paymentCode' ? byCode(state, at, scan) : null),
  onReply(state, at, reply) {
    if (reply.name === 'people') return stay({ ...state, place: { ...at, people: reply.reply } });
    if (reply.name !== 'find' || reply.tag !== tagOf(at)) return stay(state);
    const { hits, more } = reply.reply;
    const [only] = hits;
    // A code is one payment's, or nobody's here: there is nothing to choose.
    if (at.code && only && hits.length === 1) return openPaymentDetail({ ...state, place: { ...at, hits, more, foundFor: tagOf(at) } }, only.payment.paymentId, { ...at, hits, more, foundFor: tagOf(at) });
    return stay({ ...state, place: { ...at, hits: hits.slice(0, hitsMost), more, foundFor: tagOf(at), ringed: 0 } });
  },
  onLost: (state, at, { name, tag }) => stay(name === 'find' && tag === tagOf(at) ? { ...state, notice: { kind: 'words', key: 'notice.callFailed' } } : state),
  onPayment(state, at, payment) {
    const hits = at.hits?.map((hit) => (hit.payment.paymentId === payment.paymentId ? { ...hit, payment } : hit)) ?? null;
    return stay({ ...state, place: { ...at, hits } });
  },
  onTick(state, at) {
    if (at.dueAt === null || state.now < at.dueAt) return stay(state);
    const place = { ...at, dueAt: null };
    return stay({ ...state, place }, lookUp(state, place));
  },
};

function typingKeys(at: FindPlace): readonly Binding[] {
  const list: Binding[] = [at.typed === '' && !at.code ? { key: '-', word: 'cap.back', press: leave } : { key: '-', word: 'cap.delete', press: deleteLast }];
  if ((at.hits?.length ?? 0) > 1) list.push({ key: '+', word: 'cap.findNext', press: pressOn('find', (state, here) => moved(state, here, 1)) });
  list.push({ key: '*', word: 'cap.findDays', press: pressOn('find', (state, here) => stay({ ...state, place: { ...here, stage: 'filter' } })) });
  if (ringedHit(at)) list.push({ key: 'Enter', word: 'cap.openIt', primary: true, press: openRinged });
  return list;
}

const filterKeys: readonly Binding[] = [
  { key: '82', word: 'cap.choose', press: pressOn('find', (state, at) => changed(state, at, 'down')) },
  { key: '46', word: 'cap.change', press: pressOn('find', (state, at) => changed(state, at, 'right')) },
  { key: '-', word: 'cap.back', press: pressOn('find', closeFilter) },
  { key: 'Enter', word: 'cap.findDone', primary: true, press: pressOn('find', closeFilter) },
];

const leave = pressOn('find', (state, at) => goBack(state, at.back));
const deleteLast = pressOn('find', (state, at) => typing(state, at, at.code ? '' : at.typed.slice(0, -1)));
const openRinged = pressOn('find', (state, at) => {
  const hit = ringedHit(at);
  return hit ? openPaymentDetail(state, hit.payment.paymentId, at) : refused(state);
});

function closeFilter(state: TillScreen, at: FindPlace): Step {
  return stay({ ...state, place: { ...at, stage: 'typing' } });
}

function typing(state: TillScreen, at: FindPlace, typed: string): Step {
  if (typed.length > typedMost || at.stage !== 'typing') return refused(state);
  return stay({ ...state, place: { ...at, typed, code: null, dueAt: state.now + findRestMs } });
}

function byCode(state: TillScreen, at: FindPlace, scan: Extract<ScanSeen, { kind: 'paymentCode' }>): Step {
  const place: FindPlace = { ...at, stage: 'typing', typed: '', code: { scanId: scan.scanId, last4: scan.last4 }, dueAt: null };
  return stay({ ...state, place }, lookUp(state, place));
}

function moved(state: TillScreen, at: FindPlace, by: 1 | -1): Step {
  const rows = at.hits?.length ?? 0;
  return rows < 2 ? refused(state) : stay({ ...state, place: { ...at, ringed: (at.ringed + by + rows) % rows } });
}

/** `8` `2` another line of the filter, `4` `6` another choice of it: the results follow at once. */
function changed(state: TillScreen, at: FindPlace, key: string): Step {
  const lines = findLines(at, state);
  const up = key === '8' || key === 'up';
  if (up || key === '2' || key === 'down') return stay({ ...state, place: { ...at, line: (at.line + (up ? -1 : 1) + lines.length) % lines.length } });
  const line = lines[at.line];
  const left = key === '4' || key === 'left';
  if (!line || !(left || key === '6' || key === 'right')) return refused(state);
  const place = withLine(at, line, left ? -1 : 1);
  return stay({ ...state, place }, lookUp(state, place));
}

function withLine(at: FindPlace, line: FilterLine | 'days' | 'span', by: 1 | -1): FindPlace {
  if (line === 'days') return { ...at, days: findDays[(findDays.indexOf(at.days) + by + findDays.length) % findDays.length] ?? 'all' };
  if (line === 'span') return { ...at, span: (at.span + by + findSpans.length) % findSpans.length };
  return { ...at, filter: turned(at.filter, line, by) };
}

/** Tells the answer to this question from the one before it. */
function tagOf({ typed, code, days, span, filter }: FindPlace): string {
  return JSON.stringify([typed, code?.scanId ?? '', days, span, filter]);
}

function lookUp(state: TillScreen, at: FindPlace): Request {
  return calls('find', { text: at.typed, filter: wholeFilter(state, at), count: hitsMost, ...(at.code ? { scanId: at.code.scanId } : {}) }, tagOf(at));
}

function wholeFilter(state: TillScreen, { days, span, filter }: FindPlace): ListFilter {
  if (!state.status) return filter;
  const toDay = shopDayOf(state.now, state.status);
  const inDays = days === 'all' ? {} : { fromDay: days === 'today' ? toDay : dayPlus(toDay, -6), toDay };
  const chosen = findSpans[span];
  const unit = 10 ** currencyDecimals(state.status.currency);
  return {
    ...filter, ...inDays,
    ...(typeof chosen?.from === 'number' ? { leastMinor: chosen.from * unit } : {}), ...(typeof chosen?.to === 'number' ? { mostMinor: chosen.to * unit } : {}),
  };
}
