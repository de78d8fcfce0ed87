/** Finds payments by a text: each way to match gives its own newest, and the newest of all are among them. */
import type Database from 'better-sqlite3';
import { matchOf, partOf, type FindText } from '../../core/journal/matching.ts';
import type { FindQuery, FindRecord, PaymentRecord } from '../../core/journal/storage.ts';
import { findLookups, headSearches, tailSearches } from './list-statements.ts';
import { newestFirst, type ListWalker, type Narrowed, type Place, type Prepare, type WalkLimits } from './lists.ts';
import { eraOf, instantsOfEra, reversedText } from './records.ts';

type Statements<Texts> = Readonly<Record<keyof Texts, Database.Statement>>;

/** Above every character that a reference can hold. */
const afterAll = '\u{10FFFF}';

interface Parts {
  readonly part: string | null;
  readonly partEnd: string | null;
  readonly tail: string | null;
  readonly tailEnd: string | null;
}

/** What one search asks for. */
interface Search {
  readonly text: FindText;
  readonly parts: Parts;
  readonly narrowed: Narrowed;
  readonly count: number;
}

export class Finder {
  readonly #sales: ListWalker;
  readonly #lookups: Statements<typeof findLookups>;
  readonly #ends: readonly Statements<typeof headSearches>[];
  readonly #recordsOf: (rows: readonly number[]) => readonly PaymentRecord[];
  readonly #limits: WalkLimits;

  constructor(sales: ListWalker, prepare: Prepare, records: (rows: readonly number[]) => readonly PaymentRecord[], limits: WalkLimits) {
    this.#sales = sales;
    this.#limits = limits;
    this.#lookups = prepare(findLookups);
    this.#ends = [prepare(headSearches), prepare(tailSearches)];
    for (const end of this.#ends) for (const statement of [end.matches, end.eras]) statement.pluck();
    this.#recordsOf = records;
  }

  find(query: FindQuery): readonly FindRecord[] {
    const { text, count } = query;
    const narrowed = this.#sales.narrowed(query.filter);
    if (narrowed === null) return [];
    if (text === null) return this.#records(this.#sales.newest(narrowed, count)).map((record) => ({ record, matched: 'filter', text: '', exact: false }));
    const exact = this.#exact(text, narrowed, count);
    const rest = exact.length < count ? this.#partial(text, narrowed, count, exact) : [];
    return this.#records([...exact, ...rest]).flatMap((record) => {
      const match = matchOf(record, text);
      return match === null ? [] : [{ record, ...match }];
    });
  }

  #records(places: readonly Place[]): readonly PaymentRecord[] {
    return this.#recordsOf(places.map(({ row }) => row));
  }

  #exact(text: FindText, narrowed: Narrowed, count: number): readonly Place[] {
    const places: Place[] = [];
    if (text.reference !== null) places.push(...(this.#lookups.whole.all({ ...narrowed, whole: text.reference, count }) as Place[]));
    if (text.codeHash !== null) places.push(...(this.#lookups.code.all({ ...narrowed, codeHash: text.codeHash, count }) as Place[]));
    return newestOf(places, count);
  }

  /** The newest of what matches in part, exact ones left out. */
  #partial(text: FindText, narrowed: Narrowed, count: number, exact: readonly Place[]): readonly Place[] {
    const known = new Set(exact.map((place) => place.row));
    const search: Search = { text, parts: partsOf(text), narrowed, count: count + known.size };
    const found = this.#amongFiltered(search) ?? [...this.#byDigits(search), ...(search.parts.part === null ? [] : this.#ends.flatMap((end) => this.#byEnd(end, search)))];
    return newestOf(found.filter((place) => !known.has(place.row)), count - known.size);
  }

  #byDigits({ text, narrowed, count }: Search): readonly Place[] {
    return [
      ...(text.amountMinor === null ? [] : (this.#lookups.amount.all({ ...narrowed, amount: text.amountMinor, count }) as Place[])),
      ...(text.last4 === null ? [] : (this.#lookups.last4.all({ ...narrowed, last4: text.last4, count }) as Place[])),
    ];
  }

  /** Looks at what passes a filter, where that is little or much of it matches; null where it can't tell. */
  #amongFiltered(search: Search): readonly Place[] | null {
    const { filteredRows } = this.#limits;
    if (search.narrowed.facetIds === null) return null;
    return this.#amongPlaces(search, this.#sales.newest(search.narrowed, filteredRows), filteredRows);
  }

  /** Which of the newest `asked` payments match: the answer, where they are all there are or enough of them do; else null. */
  #amongPlaces({ text, parts, count }: Search, places: readonly Place[], asked: number): readonly Place[] | null {
    const rows = JSON.stringify(places.map((place) => place.row));
    const found = this.#lookups.among.all({ ...parts, last4: text.last4, amount: text.amountMinor, rows }) as Place[];
    return found.length >= count || places.length < asked ? newestOf(found, count) : null;
  }

  /** The newest whose references begin (or end) so. */
  #byEnd(end: Statements<typeof headSearches>, search: Search): readonly Place[] {
    const { narrowed, parts, count } = search;
    const { sortedMatches } = this.#limits;
    const eras = { oldestEra: eraOf(narrowed.since), newestEra: eraOf(narrowed.beforeAt) };
    const matches = end.matches.get({ ...parts, ...eras, count: sortedMatches + 1 }) as number;
    if (matches <= sortedMatches) return this.#inEras(end, search, eras, count);
    const found: Place[] = [];
    for (const era of end.eras.all({ ...parts, ...eras }) as number[]) {
      if (found.length >= count) break;
      const wanted = { ...search, count: count - found.length };
      found.push(...(this.#amongEra(end, wanted, era) ?? this.#inEras(end, search, { oldestEra: era, newestEra: era }, wanted.count)));
    }
    return found;
  }

  /** Where much of an era matches, its newest payments are looked at rather than all the matches; null where that isn't shorter. */
  #amongEra(end: Statements<typeof headSearches>, search: Search, era: number): readonly Place[] | null {
    const { eraRows } = this.#limits;
    if ((end.matches.get({ ...search.parts, oldestEra: era, newestEra: era, count: eraRows }) as number) < eraRows) return null;
    return this.#amongPlaces(search, this.#sales.newestWithin(search.narrowed, instantsOfEra(era), eraRows), eraRows);
  }

  /** A payment can match with several of its references: asks for more rows until enough payments are among them. */
  #inEras(end: Statements<typeof headSearches>, search: Search, eras: { readonly oldestEra: number; readonly newestEra: number }, count: number): readonly Place[] {
    const statement = search.narrowed.isAll ? end.newest : end.passing;
    for (let rows = count * 2 + 1; ; rows *= 8) {
      const places = statement.all({ ...search.narrowed, ...search.parts, ...eras, count: rows }) as Place[];
      const distinct = newestOf(places, count);
      if (places.length < rows || isSettled(distinct, places, count)) return distinct;
    }
  }
}

/** Whether rows that were cut off can't be among the newest: enough are there, and the oldest row began before the last of them. */
function isSettled(distinct: readonly Place[], places: readonly Place[], count: number): boolean {
  const last = distinct[count - 1];
  return last !== undefined && places.some((place) => place.startedAt < last.startedAt);
}

function partsOf(text: FindText): Parts {
  const part = partOf(text);
  if (part === null) return { part, partEnd: null, tail: null, tailEnd: null };
  const tail = reversedText(part);
  return { part, partEnd: part + afterAll, tail, tailEnd: tail + afterAll };
}

function newestOf(places: readonly Place[], count: number): readonly Place[] {
  const rows = new Set<number>();
  const distinct: Place[] = [];
  for (const place of places.toSorted(newestFirst)) {
    if (distinct.length === count) break;
    if (rows.has(place.row)) continue;
    rows.add(place.row);
    distinct.push(place);
  }
  return distinct;
}
