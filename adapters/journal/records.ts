/** What the tables hold, shaped as the records of the port, and back. */
import type { ListFilter } from '../../core/contract/types.ts';
import { refundHasState, saleHasRefund, saleHasState } from '../../core/journal/list-states.ts';
import { paymentCounts, refundCounts, refundIsOutside } from '../../core/journal/storage.ts';
import type { DaySumRecord, PaymentRecord, ReferenceRecord, RefundRecord } from '../../core/journal/storage.ts';

type Packed = 'takenUp' | 'open' | 'foreign' | 'settledAs' | 'references' | 'codeHashes' | 'payerIds';

export interface PaymentRow extends Omit<PaymentRecord, Packed> {
  readonly row: number;
  readonly takenUp: number;
  readonly open: number;
  readonly foreignTill: number;
  readonly settledAs: string;
  readonly refs: string;
  readonly codes: string;
  readonly payers: string;
}

export function paymentOf(stored: PaymentRow): PaymentRecord {
  const { row: _row, refs, codes, payers, foreignTill, ...rest } = stored;
  return {
    ...rest,
    foreign: foreignTill === 1,
    settledAs: settledOf(stored.settledAs),
    takenUp: stored.takenUp === 1,
    open: stored.open === 1,
    references: (JSON.parse(refs) as ReferenceRecord[]).toSorted((left, right) => (left.value < right.value ? -1 : 1)),
    codeHashes: JSON.parse(codes) as string[],
    payerIds: JSON.parse(payers) as string[],
  };
}

export interface RefundRow extends Omit<RefundRecord, 'open' | 'undo' | 'settledAs'> {
  readonly row: number;
  readonly paymentRow: number;
  readonly open: number;
  readonly undo: number;
  readonly settledAs: string;
}

export function refundOf(stored: RefundRow): RefundRecord {
  const { row: _row, paymentRow: _paymentRow, ...rest } = stored;
  return { ...rest, open: stored.open === 1, undo: stored.undo === 1, settledAs: settledOf(stored.settledAs) };
}

/** One combination of everything that rows are narrowed to and summed by. */
export interface Facet {
  readonly facet: number;
  readonly kind: 'sale' | 'refund';
  readonly open: number;
  readonly state: string;
  readonly gateway: string;
  readonly wallet: DaySumRecord['wallet'];
  readonly currency: DaySumRecord['currency'];
  readonly operatorId: string;
  /** A sale's verdict, a refund's way. */
  readonly verdictOrWay: string;
  /** Empty for none. */
  readonly settledAs: string;
  /** A sale of another till, a refund of what never counted. */
  readonly aside: number;
  /** 1 where something of a sale was given back or is under way. */
  readonly refunded: number;
}

/** A facet as its columns are named. */
export type FacetColumns = Readonly<Record<'kind' | 'state' | 'gateway' | 'wallet' | 'currency' | 'operator_id' | 'verdict_or_way' | 'settled_as', string>> & Readonly<Record<'open' | 'aside' | 'refunded', number>>;

export function facetOfPayment(record: PaymentRecord): FacetColumns {
  return {
    ...sharedFacet(record), kind: 'sale', verdict_or_way: record.verdict, aside: Number(record.foreign),
    refunded: Number(saleHasRefund(record)),
  };
}

export function facetOfRefund(record: RefundRecord): FacetColumns {
  return { ...sharedFacet(record), kind: 'refund', verdict_or_way: record.way, aside: Number(record.undo), refunded: 0 };
}

function sharedFacet(record: PaymentRecord | RefundRecord): Omit<FacetColumns, 'kind' | 'verdict_or_way' | 'aside' | 'refunded'> {
  return {
    open: Number(record.open), state: record.state, gateway: record.gateway, wallet: record.wallet, currency: record.currency,
    operator_id: record.operatorId, settled_as: record.settledAs ?? '',
  };
}

/** What totals are made by, of rows that share this facet and hour. */
export function sumOf(facet: Facet, hour: number, rows: number, minor: number): DaySumRecord {
  return {
    kind: facet.kind, gateway: facet.gateway, wallet: facet.wallet, currency: facet.currency, operatorId: facet.operatorId, hour,
    settledAs: settledOf(facet.settledAs), open: facet.open === 1, counts: facetCounts(facet), outside: facetIsOutside(facet), rows, minor,
  };
}

/** By the core's own rules, which look at nothing but what a facet holds. */
function facetCounts(facet: Facet): boolean {
  const { state } = facet;
  const settledAs = settledOf(facet.settledAs);
  if (facet.kind === 'sale') return paymentCounts({ verdict: facet.verdictOrWay, settledAs, foreign: facet.aside === 1 } as PaymentRecord);
  return refundCounts({ state, way: facet.verdictOrWay, settledAs, undo: facet.aside === 1 } as RefundRecord);
}

/** By the core's own rules again: a list narrowed to a state is a few facets. */
export function facetHasState(facet: Facet, wanted: NonNullable<ListFilter['state']>): boolean {
  const [settledAs, open] = [settledOf(facet.settledAs), facet.open === 1];
  if (facet.kind === 'refund') return refundHasState({ state: facet.state, settledAs, open } as RefundRecord, wanted);
  return saleHasState({ state: facet.state, verdict: facet.verdictOrWay, settledAs, open } as PaymentRecord, facet.refunded === 1, wanted);
}

function facetIsOutside(facet: Facet): boolean {
  return facet.kind === 'refund' && refundIsOutside({ state: facet.state, way: facet.verdictOrWay } as RefundRecord);
}

function settledOf<Word extends string>(stored: string): Word | null {
  return stored === '' ? null : (stored as Word);
}

const dayMilliseconds = 86_400_000;

/**
 * Instants that a span of the shop's days can hold, in any time zone and with any hour at which the day changes: from 14
 * hours before the first day's midnight at Greenwich to 36 hours and a day after the last one's, with room to spare.
 */
export function instantsOfDays(fromDay: string, toDay: string): { readonly since: number; readonly until: number } {
  const [first, last] = [Date.parse(fromDay), Date.parse(toDay)];
  return {
    since: Number.isNaN(first) ? 0 : first - dayMilliseconds,
    until: Number.isNaN(last) ? Number.MAX_SAFE_INTEGER : last + 3 * dayMilliseconds,
  };
}

/** 1 where a row began days away from its day, as no clock does it: lists then can't go by instants. */
export function dayIsFar(day: string, startedAt: number): number {
  const midnight = Date.parse(day);
  if (Number.isNaN(midnight)) return 1;
  const { since, until } = instantsOfDays(day, day);
  return Number(startedAt < since || startedAt >= until);
}

const eraMilliseconds = 8 * dayMilliseconds;

/** Part of a reference's index that is searched at a time. */
export function eraOf(instant: number): number {
  return Math.floor(instant / eraMilliseconds);
}

export function instantsOfEra(era: number): { readonly since: number; readonly until: number } {
  return { since: era * eraMilliseconds, until: (era + 1) * eraMilliseconds };
}

/** The text from its end, so that its end can be looked for as a beginning. */
export function reversedText(text: string): string {
  return [...text].toReversed().join('');
}
