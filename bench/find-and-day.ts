/**
 * Finding, the day's pages and its totals in journals of ten thousand to a million payments, each beside the barest SQLite
 * statement that touches the same rows, in the same run. Sizes may be given: `find-and-day.ts 10000 100000`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { journalFileName } from '../adapters/journal/database.ts';
import { openJournal, type ReadableJournal } from '../adapters/journal/sqlite-journal.ts';
import { dayCursor } from '../core/journal/storage.ts';
import type { FindQuery, PaymentRecord } from '../core/journal/storage.ts';
import { makeBigJournal, type BigJournal } from './big-journal.ts';

const given = process.argv.slice(2).map(Number);
const sizes = given.length > 0 ? given : [10_000, 100_000, 1_000_000];
const rounds = 120;
const rowsShown = 9;
const pageRows = 100;

interface Pair {
  /** The journal's own answer. */
  readonly ours: () => unknown;
  /** One prepared statement over the same index. */
  readonly bare: () => unknown;
}

interface Result {
  readonly milliseconds: number;
  readonly slowest20thMilliseconds: number;
  readonly bareMilliseconds: number;
  readonly ratio: number;
}

const folder = mkdtempSync(join(tmpdir(), 'scantill-find-'));
const results = new Map<number, Readonly<Record<string, Result>>>();
try {
  for (const payments of sizes) {
    const began = performance.now();
    const big = makeBigJournal(join(folder, String(payments)), payments);
    const madeSeconds = Math.round((performance.now() - began) / 100) / 10;
    const measured = measure(big);
    results.set(payments, measured);
    console.log(JSON.stringify({ payments, rows: big.rows, madeSeconds, ...measured }));
    rmSync(big.folder, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const [least, most] = [results.get(sizes[0] ?? 0), results.get(sizes.at(-1) ?? 0)];
if (least !== undefined && most !== undefined) {
  const growth = Object.fromEntries(Object.entries(most).map(([name, result]) => [name, round(result.milliseconds / (least[name]?.milliseconds ?? Number.NaN))]));
  const slowest = Math.max(...Object.entries(most).filter(([name]) => name.startsWith('find')).map(([, result]) => result.milliseconds));
  console.log(JSON.stringify({ from: sizes[0], to: sizes.at(-1), growth, slowestFindMilliseconds: slowest, findUnder5Milliseconds: slowest < 5 }));
}

function measure(big: BigJournal): Readonly<Record<string, Result>> {
  const journal = openJournal({ folder: big.folder, access: 'reader' });
  const database = new Database(join(big.folder, journalFileName), { readonly: true });
  try {
    const measured: Record<string, Result> = {};
    for (const [name, pair] of Object.entries({ ...finds(journal, database, big), ...days(journal, database, big) })) measured[name] = timed(pair);
    return measured;
  } finally {
    database.close();
    journal.close();
  }
}

function finds(journal: ReadableJournal, database: Database.Database, big: BigJournal): Readonly<Record<string, Pair>> {
  const samples = samplesOf(journal, database, big);
  const by = (field: Partial<NonNullable<FindQuery['text']>>, filter: FindQuery['filter'] = {}) => () =>
    journal.find({ text: { reference: null, amountMinor: null, last4: null, codeHash: null, ...field }, filter, count: rowsShown });
  const reference = (make: (record: PaymentRecord) => string, bare: (text: string) => unknown, filter: FindQuery['filter'] = {}): Pair => ({
    ours: () => by({ reference: make(samples()) }, filter)(), bare: () => bare(make(samples())),
  });
  const record = 'payments JOIN facets ON facets.facet = payments.facet';
  const joined = `FROM payment_references AS side CROSS JOIN ${record} WHERE payments.row = side.payment`;
  const whole = database.prepare(`SELECT payments.*, facets.* ${joined} AND side.value = ? COLLATE NOCASE LIMIT ${rowsShown}`);
  const head = database.prepare(`SELECT payments.*, facets.* ${joined} AND side.value >= ? COLLATE NOCASE AND side.value < ? COLLATE NOCASE LIMIT ${rowsShown}`);
  const amounts = database.prepare(`SELECT payments.*, facets.* FROM ${record} WHERE amount_minor = ? ORDER BY started_at DESC LIMIT ${rowsShown}`);
  const last4 = database.prepare(`SELECT payments.*, facets.* FROM ${record} WHERE last4 = ? ORDER BY started_at DESC LIMIT ${rowsShown}`);
  const newest = database.prepare(`SELECT payments.*, facets.* FROM ${record} WHERE started_at <= ? ORDER BY started_at DESC LIMIT ${rowsShown}`);
  const range = (text: string): unknown => head.all(text, `${text}\u{10FFFF}`);
  const bareNewest = (): unknown => newest.all(Number.MAX_SAFE_INTEGER);
  return {
    findExact: reference((one) => refOf(one, 'attemptRef'), (text) => whole.all(text)),
    findExactOtherCase: reference((one) => refOf(one, 'attemptRef').toLowerCase(), (text) => whole.all(text)),
    findBeginning: reference((one) => refOf(one, 'attemptRef').slice(0, 6), range),
    findCommonBeginning: reference((one) => refOf(one, 'number').slice(0, 6), range),
    findBeginningOfADay: reference((one) => refOf(one, 'number').slice(0, 10), range),
    // The end as a beginning of the whole value: what an index that only knows beginnings costs for as many rows.
    findEnd: reference((one) => refOf(one, 'attemptRef').slice(-5), range),
    findEndOfNumber: reference((one) => one.number.slice(-4), range),
    findAmount: { ours: () => by({ amountMinor: samples().amountMinor })(), bare: () => amounts.all(samples().amountMinor) },
    findLast4: { ours: () => by({ last4: samples().last4 })(), bare: () => last4.all(samples().last4) },
    findDigitsAsAll: { ours: () => { const { last4: digits, amountMinor } = samples(); return by({ reference: digits, last4: digits, amountMinor })(); }, bare: () => last4.all(samples().last4) },
    findNewest: { ours: () => journal.find({ text: null, filter: {}, count: rowsShown }), bare: bareNewest },
    findRareOperator: { ours: () => journal.find({ text: null, filter: { operatorId: big.rareOperator }, count: rowsShown }), bare: bareNewest },
    findRareOperatorCommonBeginning: { ours: by({ reference: 'T01-' }, { operatorId: big.rareOperator }), bare: bareNewest },
    findRefundedOfADay: { ours: () => journal.find({ text: null, filter: { state: 'refunded', fromDay: samples().day, toDay: samples().day }, count: rowsShown }), bare: bareNewest },
    findAmountSpan: { ours: () => { const { amountMinor } = samples(); return journal.find({ text: null, filter: { leastMinor: amountMinor, mostMinor: amountMinor + 3 }, count: rowsShown }); }, bare: () => amounts.all(samples().amountMinor) },
  };
}

function days(journal: ReadableJournal, database: Database.Database, big: BigJournal): Readonly<Record<string, Pair>> {
  const samples = samplesOf(journal, database, big);
  const page = database.prepare(`SELECT payments.*, facets.* FROM payments JOIN facets ON facets.facet = payments.facet WHERE day = ? ORDER BY started_at DESC LIMIT ${pageRows}`);
  const sums = database.prepare('SELECT facet, hour, count(*), sum(amount_minor) FROM payments WHERE day = ? GROUP BY facet, hour');
  const query = () => {
    const { day } = samples();
    return { fromDay: day, toDay: day, filter: {} };
  };
  const first = journal.dayRows({ fromDay: big.lastDay, toDay: big.lastDay, filter: {}, after: null, count: pageRows }).at(-1);
  if (first === undefined) throw new Error('the last day is empty');
  const after = dayCursor(first);
  return {
    dayFirstPage: { ours: () => journal.dayRows({ ...query(), after: null, count: pageRows }), bare: () => page.all(samples().day) },
    dayNextPage: { ours: () => journal.dayRows({ fromDay: big.lastDay, toDay: big.lastDay, filter: {}, after, count: pageRows }), bare: () => page.all(big.lastDay) },
    dayTotals: { ours: () => journal.daySums(query()), bare: () => sums.all(samples().day) },
  };
}

/** Payments by a gateway from all of the journal, one after the other, none looked for twice in a row. */
function samplesOf(journal: ReadableJournal, database: Database.Database, big: BigJournal): () => PaymentRecord {
  const ids = database.prepare('SELECT payment_id FROM payments WHERE row % ? = 1 AND last4 IS NOT NULL AND paid_sequence IS NOT NULL').pluck().all(Math.max(1, Math.floor(big.payments / 400))) as string[];
  const records = ids.flatMap((value) => journal.payments({ by: 'paymentId', value }));
  let turn = 0;
  return () => {
    turn += 7;
    const record = records[turn % records.length];
    if (record === undefined) throw new Error('no payment to look for');
    return record;
  };
}

function refOf(record: PaymentRecord, kind: string): string {
  const reference = record.references.find((one) => one.kind === kind);
  if (reference === undefined) throw new Error(`${record.paymentId} has no ${kind}`);
  return reference.value;
}

/** Both in turn, so that whatever else the machine does hits both alike. */
function timed({ ours, bare }: Pair): Result {
  const [own, other]: [number[], number[]] = [[], []];
  for (let index = 0; index < rounds; index += 1) {
    own.push(duration(ours));
    other.push(duration(bare));
  }
  const [milliseconds, bareMilliseconds] = [quantile(own, 0.5), quantile(other, 0.5)];
  return { milliseconds: round(milliseconds), slowest20thMilliseconds: round(quantile(own, 0.95)), bareMilliseconds: round(bareMilliseconds), ratio: round(milliseconds / bareMilliseconds) };
}

function duration(action: () => unknown): number {
  const began = performance.now();
  action();
  return performance.now() - began;
}

function quantile(values: readonly number[], part: number): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length * part)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
