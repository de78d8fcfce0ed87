/** Walks the list of sales, or of refunds, newest first: whatever the filter, over few rows more than it answers. */
import type Database from 'better-sqlite3';
import type { DaySumRecord } from '../../core/journal/storage.ts';
import type { ListFilter } from '../../core/contract/types.ts';
import { facetLookup, findLookups, refundWalks, saleWalks } from './list-statements.ts';
import { facetHasState, instantsOfDays, sumOf, type Facet } from './records.ts';

/** A row's place in its list. */
export interface Place {
  readonly row: number;
  readonly startedAt: number;
  readonly id: string;
}

/** A filter as the statements take it; every field that isn't asked for lets all through. */
export interface Narrowed {
  readonly fromDay: string;
  readonly toDay: string;
  readonly least: number;
  readonly most: number;
  /** Null: any. */
  readonly facetIds: readonly number[] | null;
  readonly facets: string | null;
  /** True where nothing is asked for at all. */
  readonly isAll: boolean;
  readonly since: number;
  /** Rows below this place only. */
  readonly beforeAt: number;
  readonly beforeId: string;
}

const anyMinor = Number.MAX_SAFE_INTEGER;
const firstDay = '';
const lastDay = '~';
/** Where one way to walk is given up for another; the answers are the same. */
export interface WalkLimits {
  /** So many of the newest rows are looked at before a rare filter is suspected. */
  readonly recentRows: number;
  /** Up to so many rows of an amount span are sorted at once. */
  readonly sortedRows: number;
  /** Up to so many matches of a reference's end are sorted at once; more are searched era by era. */
  readonly sortedMatches: number;
  /** So many payments that pass a filter are looked at one by one before a text is looked for. */
  readonly filteredRows: number;
  /** So many payments of an era full of matches are looked at one by one, the newest, before all its matches are. */
  readonly eraRows: number;
}

export const usualLimits: WalkLimits = { recentRows: 500, sortedRows: 2000, sortedMatches: 2000, filteredRows: 400, eraRows: 128 };

export function newestFirst(left: Place, right: Place): number {
  if (left.startedAt !== right.startedAt) return right.startedAt - left.startedAt;
  if (left.id === right.id) return 0;
  return left.id < right.id ? 1 : -1;
}

export type Prepare = <Name extends string>(texts: Readonly<Record<Name, string>>) => Readonly<Record<Name, Database.Statement>>;

export class ListWalker {
  readonly #kind: 'sale' | 'refund';
  readonly #walks: Readonly<Record<keyof typeof saleWalks, Database.Statement>>;
  readonly #facets: Database.Statement;
  readonly #amounts: Readonly<Record<'countOfAmounts' | 'ofAmounts' | 'amount', Database.Statement>>;
  readonly #limits: WalkLimits;

  constructor(database: Database.Database, kind: 'sale' | 'refund', prepare: Prepare, limits: WalkLimits) {
    this.#kind = kind;
    this.#limits = limits;
    this.#walks = prepare(kind === 'sale' ? saleWalks : refundWalks);
    this.#walks.hasFarDays.pluck();
    this.#facets = database.prepare(facetLookup);
    const { countOfAmounts, ofAmounts, amount } = findLookups;
    this.#amounts = prepare({ countOfAmounts, ofAmounts, amount });
    this.#amounts.countOfAmounts.pluck();
  }

  /** What a filter, and days around it, come to. Null where nothing can pass. */
  narrowed(filter: ListFilter, days: { readonly fromDay?: string; readonly toDay?: string } = {}): Narrowed | null {
    const fromDay = laterOf(filter.fromDay ?? firstDay, days.fromDay ?? firstDay);
    const toDay = earlierOf(filter.toDay ?? lastDay, days.toDay ?? lastDay);
    const facetIds = this.#facetIds(filter);
    if (fromDay > toDay || facetIds?.length === 0) return null;
    const { since, until } = this.#instants(fromDay, toDay);
    return {
      fromDay, toDay, least: filter.leastMinor ?? -anyMinor, most: filter.mostMinor ?? anyMinor, facetIds, facets: facetIds === null ? null : JSON.stringify(facetIds),
      isAll: facetIds === null && filter.leastMinor === undefined && filter.mostMinor === undefined && fromDay === firstDay && toDay === lastDay, since, beforeAt: until, beforeId: '',
    };
  }

  /** The newest rows that pass, at most `count`. */
  newest(narrowed: Narrowed, count: number): readonly Place[] {
    const parameters = { ...narrowed, count };
    if (narrowed.fromDay === narrowed.toDay) return this.#places(this.#walks.ofDay, parameters);
    const { facetIds } = narrowed;
    const anyAmount = narrowed.least === -anyMinor && narrowed.most === anyMinor;
    if (facetIds === null && anyAmount) return this.#places(this.#walks.all, parameters);
    const recent = this.#places(this.#walks.recent, { ...parameters, window: Math.max(this.#limits.recentRows, 2 * count) });
    if (recent.length === count) return recent;
    if (this.#kind === 'sale' && !anyAmount) {
      if ((this.#amounts.countOfAmounts.get({ ...narrowed, count: this.#limits.sortedRows + 1 }) as number) <= this.#limits.sortedRows) return this.#places(this.#amounts.ofAmounts, parameters);
      if (narrowed.least === narrowed.most && facetIds === null) return this.#places(this.#amounts.amount, { ...parameters, amount: narrowed.least });
    }
    return this.#walked(narrowed, count);
  }

  /** The newest that pass and began within these instants, which are few days: walked without looking for a shorter way. */
  newestWithin(narrowed: Narrowed, instants: { readonly since: number; readonly until: number }, count: number): readonly Place[] {
    return this.#walked({ ...narrowed, since: Math.max(narrowed.since, instants.since), beforeAt: Math.min(narrowed.beforeAt, instants.until), beforeId: '' }, count);
  }

  #walked(narrowed: Narrowed, count: number): readonly Place[] {
    if (narrowed.facetIds === null) return this.#places(this.#walks.all, { ...narrowed, count });
    return this.#ofFacets(narrowed, narrowed.facetIds, count);
  }

  /** Takes a few of each facet, and more only of those whose last one is still among the newest. */
  #ofFacets(narrowed: Narrowed, facetIds: readonly number[], count: number): readonly Place[] {
    let found: Place[] = [];
    let due: readonly { readonly facet: number; readonly below: Place | null }[] = facetIds.map((facet) => ({ facet, below: null }));
    for (let chunk = Math.min(count, Math.ceil((2 * count) / facetIds.length)); due.length > 0; chunk *= 4) {
      const lasts: { readonly facet: number; readonly below: Place }[] = [];
      for (const { facet, below } of due) {
        const start = below === null ? narrowed : { ...narrowed, beforeAt: below.startedAt, beforeId: below.id };
        const places = this.#places(this.#walks.ofFacet, { ...start, facet, count: chunk });
        found.push(...places);
        const last = places.at(-1);
        if (last !== undefined && places.length === chunk) lasts.push({ facet, below: last });
      }
      found = found.sort(newestFirst).slice(0, count);
      const least = found.at(-1);
      due = lasts.filter(({ below }) => found.length < count || least === undefined || newestFirst(below, least) <= 0);
    }
    return found;
  }

  /** Sums of exactly the rows that pass. */
  sums(narrowed: Narrowed): readonly DaySumRecord[] {
    const facets = new Map((this.#facets.all(this.#kind) as Facet[]).map((facet) => [facet.facet, facet]));
    const statement = narrowed.fromDay === narrowed.toDay ? this.#walks.sumsOfDay : this.#walks.sums;
    const rows = statement.all(narrowed) as { readonly facet: number; readonly hour: number; readonly rows: number; readonly minor: number }[];
    return rows.map((row) => {
      const facet = facets.get(row.facet);
      if (facet === undefined) throw new Error(`facet ${row.facet} is missing`);
      return sumOf(facet, row.hour, row.rows, row.minor);
    });
  }

  #places(statement: Database.Statement, parameters: object): Place[] {
    return statement.all(parameters) as Place[];
  }

  /** Facets that a filter asks for; null where it asks for none. */
  #facetIds(filter: ListFilter): readonly number[] | null {
    const { wallet, gateway, operatorId, state } = filter;
    if (wallet === undefined && gateway === undefined && operatorId === undefined && state === undefined) return null;
    const wanted = (facet: Facet): boolean =>
      (wallet === undefined || facet.wallet === wallet)
      && (gateway === undefined || facet.gateway === gateway)
      && (operatorId === undefined || facet.operatorId === operatorId)
      && (state === undefined || facetHasState(facet, state));
    return (this.#facets.all(this.#kind) as Facet[]).filter(wanted).map((facet) => facet.facet);
  }

  /** A superset of what began on these days; everything where a row's day says nothing about its instant. */
  #instants(fromDay: string, toDay: string): { readonly since: number; readonly until: number } {
    const all = { since: -anyMinor, until: anyMinor };
    if (fromDay === firstDay && toDay === lastDay) return all;
    if (this.#walks.hasFarDays.get() === 1) return all;
    const { since, until } = instantsOfDays(fromDay, toDay);
    return { since: fromDay === firstDay ? all.since : since, until: toDay === lastDay ? all.until : until };
  }
}

function laterOf(left: string, right: string): string {
  return left > right ? left : right;
}

function earlierOf(left: string, right: string): string {
  return left < right ? left : right;
}
