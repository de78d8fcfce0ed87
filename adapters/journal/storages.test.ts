/** The journal on SQLite and the one in memory answer alike: same random records, same questions, same answers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryJournal } from '../../core/testing/memory-journal.ts';
import { dayTotals } from '../../core/find/day.ts';
import { listTotals } from '../../core/journal/list-totals.ts';
import { dayCursor, paymentCounts, refundCounts, refundIsOutside } from '../../core/journal/storage.ts';
import { paymentRecord, refundRecord } from '../../core/testing/day-records.ts';
import type {
  DayQuery, DayRecord, DaySumRecord, FindQuery, JournalStorage, MoveRecord, PaymentRecord, ProjectionChanges, ReferenceRecord, RefundRecord, ShiftRecord,
} from '../../core/journal/storage.ts';
import { usualLimits, type WalkLimits } from './lists.ts';
import { openJournal } from './sqlite-journal.ts';
import { noChanges, rowAfter } from './testing/rows.ts';

const days = ['2026-10-01', '2026-11-01', '2026-11-20', '2026-11-21', '2026-11-22'] as const;
const hour = 3_600_000;
// What comes first comes most often: some facets are full, others hold one row.
const operators = ['none', 'none', 'none', 'none', 'none', 'op1', 'op2'] as const;
const gateways = ['shouqianba', 'shouqianba', 'shouqianba', 'shouqianba', 'shouqianba', 'omipay', 'cash'] as const;
const wallets = ['wechat', 'wechat', 'wechat', 'wechat', 'wechat', 'alipay', 'cash'] as const;
const often = <Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> => fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const amounts = [0, 100, 3850, 3851, 4417, 5_000_000] as const;
/** Many, so that some share all that sums are made by but the way and the state. */
const refundRefs = Array.from({ length: 30 }, (_, index) => `r${index + 1}`);
const paymentIds = Array.from({ length: 40 }, (_, index) => `p${String(index).padStart(2, '0')}`);
/** Few letters, both cases, seldom those that only Unicode folds or that lie outside of the first plane: collisions are the point. */
const letter = fc.oneof({ weight: 9, arbitrary: fc.constantFrom('a', 'A', 'b') }, { weight: 1, arbitrary: fc.constantFrom('B', '1', 'é', 'É', '中', '🧾', '%', '_') });
const referenceText = fc.array(letter, { minLength: 1, maxLength: 7, size: 'max' }).map((letters) => letters.join(''));
const kinds: readonly ReferenceRecord['kind'][] = ['number', 'attemptRef', 'gatewayRef', 'walletRef', 'saleRef', 'refundRef', 'gatewayRefundRef', 'paymentId'];

/** When something began: near its day, or (as a clock may have been wrong) years away from it. */
const began = (far: boolean) =>
  fc.record({ day: fc.constantFrom(...days), hours: fc.constantFrom(0, 9, 9, 9, 27), away: far ? fc.constantFrom(0, 0, -900, 900) : fc.constant(0) }).map(({ day, hours, away }) => ({
    day, hour: hours % 24, startedAt: Date.parse(day) + hours * hour + away * 24 * hour,
  }));

const references = fc.array(fc.record({ value: referenceText, kind: fc.constantFrom(...kinds) }), { maxLength: 5 }).map((some) => {
  const unique = new Map(some.map((reference) => [reference.value, reference]));
  return [...unique.values()].toSorted((left, right) => (left.value < right.value ? -1 : 1));
});

const payment = (far: boolean): fc.Arbitrary<PaymentRecord> =>
  fc.tuple(
    began(far),
    fc.record({
      paymentId: fc.constantFrom(...paymentIds), number: fc.constantFrom('T01-1', 'T01-2'), amountMinor: fc.constantFrom(...amounts), currency: often<'CNY' | 'AUD'>('CNY', 'AUD'),
      gateway: fc.constantFrom(...gateways), wallet: fc.constantFrom(...wallets), last4: fc.constantFrom('4417', '1111', null), state: often<PaymentRecord['state']>('paid', 'declined', 'unknown', 'settled'),
      verdict: often<PaymentRecord['verdict']>('paid', 'notPaid', 'notKnownYet'), operatorId: fc.constantFrom(...operators), foreign: often<boolean>(false, true), settledAs: often<PaymentRecord['settledAs']>(null, 'paid', 'notPaid'),
      refundedMinor: often(0, 50), refundOpenMinor: often(0, 50), takenUp: fc.boolean(), open: often<boolean>(false, true), paidSequence: fc.constantFrom(null, 3),
      saleRef: fc.constantFrom(null, 'S-1', 'S-2'), references, codeHashes: fc.subarray(['h1', 'h2', 'h3']), payerIds: fc.subarray(['y1', 'y2']), lastSequence: fc.integer({ min: 1, max: 9 }),
    }),
  ).map(([start, rest]) => ({ ...rest, ...start }));

const refund = (far: boolean): fc.Arbitrary<RefundRecord> =>
  fc.tuple(
    began(far),
    fc.record({
      refundRef: fc.constantFrom(...refundRefs), gatewayRefundRef: fc.constantFrom(null, 'g1', 'g2'), paymentId: fc.constantFrom(...paymentIds), number: fc.constant('T01-1'), amountMinor: fc.constantFrom(...amounts), currency: often<'CNY' | 'AUD'>('CNY', 'AUD'),
      gateway: fc.constantFrom(...gateways), wallet: fc.constantFrom(...wallets), way: fc.constantFrom<RefundRecord['way']>('gateway', 'gateway', 'outside', 'outside', 'cash'),
      state: fc.constantFrom<RefundRecord['state']>('refunded', 'refunded', 'refused', 'refused', 'pending', 'settled'), settledAs: often<RefundRecord['settledAs']>(null, 'refunded', 'notRefunded'), open: often<boolean>(false, true), undo: often<boolean>(false, true),
      operatorId: fc.constantFrom(...operators), approvedById: fc.constantFrom(null, 'op9'), refundedSequence: fc.constantFrom(null, 4), lastSequence: fc.integer({ min: 1, max: 9 }),
    }),
  ).map(([start, rest]) => ({ ...rest, ...start }));

const move: fc.Arbitrary<Omit<MoveRecord, 'sequence'>> = fc.record({
  kind: fc.constantFrom('sale' as const, 'refund' as const, 'outsideRefund' as const, 'drawerIn' as const, 'drawerOut' as const, 'drawerOpened' as const),
  paymentId: fc.constantFrom(null, 'p00'), refundRef: fc.constantFrom(null, 'r1'), gateway: fc.constantFrom(...gateways), wallet: fc.constantFrom(...wallets),
  currency: often<'CNY' | 'AUD'>('CNY', 'AUD'), minor: fc.constantFrom(...amounts), operatorId: fc.constantFrom(...operators),
});

const shift: fc.Arbitrary<ShiftRecord> = fc.record({ number: fc.integer({ min: 1, max: 4 }), openedSequence: fc.integer({ min: 1, max: 9 }), closedSequence: fc.constantFrom(null, 9) });

/** What one append stores; a refund names a payment that is there. */
const changes = (far: boolean) =>
  fc.record({ payments: fc.array(payment(far), { minLength: 1, maxLength: 16, size: 'max' }), refunds: fc.array(refund(far), { maxLength: 16, size: 'max' }), move: fc.option(move, { nil: null }), shifts: fc.array(shift, { maxLength: 1 }) });
const history = (far: boolean) => fc.array(changes(far), { minLength: 1, maxLength: 3 });

const fullFilter: fc.Arbitrary<Required<DayQuery['filter']>> = fc.record({
  fromDay: fc.constantFrom(...days), toDay: fc.constantFrom(...days), leastMinor: fc.constantFrom(...amounts), mostMinor: fc.constantFrom(...amounts), wallet: fc.constantFrom(...wallets),
  gateway: fc.constantFrom(...gateways), operatorId: fc.constantFrom(...operators, 'nobody'), state: fc.constantFrom('paid' as const, 'paid' as const, 'unknown' as const, 'settled' as const, 'refunded' as const, 'declined' as const, 'review' as const),
});
/** One or two of its fields: more let nearly nothing through. */
const filter: fc.Arbitrary<DayQuery['filter']> = fc.tuple(fullFilter, fc.subarray(['fromDay', 'toDay', 'leastMinor', 'mostMinor', 'wallet', 'gateway', 'operatorId', 'state'], { minLength: 1, maxLength: 2 }))
  .map(([full, asked]) => Object.fromEntries(Object.entries(full).filter(([name]) => asked.includes(name))));

const find: fc.Arbitrary<FindQuery> = fc.record({
  text: fc.option(fc.record({ reference: fc.option(referenceText), amountMinor: fc.option(fc.constantFrom(...amounts)), last4: fc.constantFrom(null, '4417'), codeHash: fc.constantFrom(null, 'h1') }), { nil: null }),
  filter: fc.oneof(fc.constant({}), filter), count: fc.integer({ min: 1, max: 9 }),
});

const dayQuery: fc.Arbitrary<DayQuery> = fc.record({ fromDay: fc.constantFrom(days[0], days[1], days[2]), toDay: fc.constantFrom(...days), filter: fc.oneof(fc.constant({}), filter) });

const opened: { readonly folder: string; close(): void }[] = [];

afterEach(() => {
  for (const one of opened.splice(0)) {
    one.close();
    rmSync(one.folder, { recursive: true, force: true });
  }
});

/** Both storages after the same appends. */
function both(appends: readonly { readonly payments: readonly PaymentRecord[]; readonly refunds: readonly RefundRecord[]; readonly move: Omit<MoveRecord, 'sequence'> | null; readonly shifts: readonly ShiftRecord[] }[], limits: WalkLimits): readonly [JournalStorage, JournalStorage] {
  const folder = mkdtempSync(join(tmpdir(), 'scantill-storages-'));
  const sqlite = openJournal({ folder, access: 'till', limits });
  opened.push({ folder, close: () => sqlite.close() });
  const memory = new MemoryJournal();
  for (const { payments, refunds, move: moved, shifts } of appends) {
    const row = rowAfter(sqlite.head(), 'P1', `{"n":${sqlite.head().sequence}}`);
    const known = new Set([...memory.paymentRecords.keys(), ...payments.map((record) => record.paymentId)]);
    const stored: ProjectionChanges = {
      ...noChanges, payments, refunds: refunds.filter((record) => known.has(record.paymentId)), shifts, moves: moved === null ? [] : [{ ...moved, sequence: row.sequence }],
    };
    sqlite.append([row], stored);
    memory.append([row], stored);
  }
  return [sqlite, memory];
}

function agree(storages: readonly [JournalStorage, JournalStorage], ask: (storage: JournalStorage) => unknown): void {
  expect(ask(storages[0])).toEqual(ask(storages[1]));
}

/** Rows and money of everything that shares all that totals are made by; two groups of one name would be two lines here. */
function groupsOf(sums: readonly DaySumRecord[]): ReadonlyMap<string, { readonly rows: number; readonly minor: number }> {
  const groups = new Map<string, { readonly rows: number; readonly minor: number }>();
  for (const { rows, minor, ...of } of sums) {
    const name = JSON.stringify(Object.entries(of).toSorted(([left], [right]) => (left < right ? -1 : 1)));
    const before = groups.get(name) ?? { rows: 0, minor: 0 };
    groups.set(name, { rows: before.rows + rows, minor: before.minor + minor });
  }
  return groups;
}

/** What one row of the list adds to the sums. */
function sumOfRow(row: DayRecord): DaySumRecord {
  const { gateway, wallet, currency, operatorId, hour: hourOfDay, settledAs, open, amountMinor } = row.record;
  const counts = row.kind === 'sale' ? paymentCounts(row.record) : refundCounts(row.record);
  return { kind: row.kind, gateway, wallet, currency, operatorId, hour: hourOfDay, settledAs, open, counts, outside: row.kind === 'refund' && refundIsOutside(row.record), rows: 1, minor: amountMinor };
}

/** Every page of the list, one after the other. */
function allRows(storage: JournalStorage, query: DayQuery, count: number): readonly DayRecord[] {
  const rows: DayRecord[] = [];
  for (let after: string | null = null; ; ) {
    const page = storage.dayRows({ ...query, after, count });
    rows.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < count) return rows;
    after = dayCursor(last);
  }
}

const runs = { numRuns: 20 };

const shortLimits: WalkLimits = { recentRows: 1, sortedRows: 1, sortedMatches: 1, filteredRows: 2, eraRows: 2 };

describe.each([
  ['days as clocks make them', false, usualLimits],
  ['days far from their instants', true, usualLimits],
  ['every walk given up for the next', false, shortLimits],
  ['every walk given up for the next, days far from their instants', true, shortLimits],
])('both storages: %s', (_name, far, limits) => {
  test('a search finds the same, in the same order', () => {
    fc.assert(fc.property(history(far), fc.array(find, { minLength: 30, maxLength: 30 }), (appends, queries) => {
      const storages = both(appends, limits);
      for (const query of queries) agree(storages, (storage) => storage.find(query));
    }), runs);
  });

  test('what is typed of a reference that is there finds the same: whole, beginning, end, in either case', () => {
    fc.assert(fc.property(history(far), fc.array(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 7 }), fc.constantFrom('upper', 'lower', 'as it is'), fc.oneof(fc.constant({}), filter)), { minLength: 30, maxLength: 30 }), (appends, picks) => {
      const storages = both(appends, limits);
      const values = storages[1].find({ text: null, filter: {}, count: 100 }).flatMap(({ record }) => record.references.map((reference) => [...reference.value]));
      for (const [which, end, length, letters, narrowed] of picks) {
        const value = values[which % Math.max(1, values.length)];
        if (value === undefined) continue;
        const typed = (end % 2 === 0 ? value.slice(0, length) : value.slice(-length)).join('');
        const reference = letters === 'upper' ? typed.toUpperCase() : letters === 'lower' ? typed.toLowerCase() : typed;
        agree(storages, (storage) => storage.find({ text: { reference, amountMinor: null, last4: null, codeHash: null }, filter: narrowed, count: 9 }));
      }
    }), runs);
  });

  test('the list has the same rows on the same pages, and its sums are those of the rows shown', () => {
    fc.assert(fc.property(history(far), fc.array(fc.tuple(dayQuery, fc.integer({ min: 1, max: 7 })), { minLength: 15, maxLength: 15 }), (appends, queries) => {
      const storages = both(appends, limits);
      for (const [query, count] of queries) {
        agree(storages, (storage) => allRows(storage, query, count));
        agree(storages, (storage) => storage.daySums(query));
        expect(groupsOf(storages[0].daySums(query))).toEqual(groupsOf(allRows(storages[0], query, count).map(sumOfRow)));
      }
    }), runs);
  });

  test('every other question has one answer', () => {
    fc.assert(fc.property(history(far), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }), referenceText, (appends, afterSequence, upToSequence, value) => {
      const storages = both(appends, limits);
      const questions: ((storage: JournalStorage) => unknown)[] = [
        (storage) => storage.head(), (storage) => storage.row(upToSequence), (storage) => storage.rowsAfter(afterSequence, 3), (storage) => storage.rowsOfType('test', afterSequence), (storage) => storage.rowsOfType('none', 0), (storage) => storage.rowsOf('P1'),
        (storage) => storage.moveSums({ afterSequence, upToSequence }), (storage) => storage.drawerMoves({ afterSequence, upToSequence }),
        (storage) => storage.shift('newest'), (storage) => storage.shift(2), (storage) => storage.refunds({ open: true }), (storage) => storage.refunds({ refundRef: 'r1' }),
        (storage) => storage.payments({ by: 'takenUp' }), (storage) => storage.payments({ by: 'newest', count: 5 }), (storage) => storage.payments({ by: 'saleRef', value: 'S-1' }),
        (storage) => storage.payments({ by: 'codeHash', value: 'h2' }), (storage) => storage.payments({ by: 'reference', value }), (storage) => storage.countOfDay(days[2]),
        (storage) => storage.payments({ by: 'day', value: days[1] }), (storage) => storage.payments({ by: 'payerId', value: 'y1', since: Date.parse(days[2]) }),
        (storage) => storage.payments({ by: 'amount', minor: 3850, currency: 'CNY', since: Date.parse(days[2]) }), (storage) => storage.aggregateOfCommand('none'),
        ...paymentIds.flatMap((paymentId) => [(storage: JournalStorage) => storage.refunds({ paymentId }), (storage: JournalStorage) => storage.payments({ by: 'paymentId', value: paymentId })]),
      ];
      for (const question of questions) agree(storages, question);
    }), runs);
  });
});

/** Both storages holding one day. */
function bothOf(payments: readonly PaymentRecord[], refunds: readonly RefundRecord[]): readonly [JournalStorage, JournalStorage] {
  return both([{ payments, refunds, move: null, shifts: [] }], usualLimits);
}

const today = { fromDay: '2026-11-21', toDay: '2026-11-21', filter: {} };

describe('sums of a day', () => {
  const sale = paymentRecord({ paymentId: '1' });
  const [refused, elsewhere] = [refundRecord(sale, 'R1', { state: 'refused', amountMinor: 3850 }), refundRecord(sale, 'R2', { way: 'outside', amountMinor: 3850 })];

  // As it is when a refund was refused for good and then recorded, within the hour, by one person.
  test.each([['refused first', [refused, elsewhere]], ['recorded first', [elsewhere, refused]]])('what was given back elsewhere stays apart from a refund that was refused: %s', (_name, refunds) => {
    for (const storage of bothOf([sale], refunds)) {
      expect(dayTotals(storage.daySums(today)).outside).toEqual([{ currency: 'CNY', count: 1, minor: 3850 }]);
      expect(listTotals(storage.dayRows({ ...today, after: null, count: 9 })).outside).toEqual([{ gateway: 'shouqianba', currency: 'CNY', count: 1, minor: 3850 }]);
    }
  });
});

describe('the outcome that a list is narrowed to', () => {
  const open = { verdict: 'notKnownYet', open: true } as const;
  const states = {
    submitting: open, waitingForPayer: open, unknown: open, reversing: open, review: open, lapsed: { verdict: 'notKnownYet' }, paid: {}, declined: { verdict: 'notPaid' }, reversed: { verdict: 'notPaid' },
  } as const;
  const payments = [
    ...Object.entries(states).map(([state, rest]) => paymentRecord({ paymentId: state, state: state as PaymentRecord['state'], ...rest })),
    paymentRecord({ paymentId: 'settledPaid', state: 'settled', settledAs: 'paid' }), paymentRecord({ paymentId: 'settledNotPaid', state: 'settled', verdict: 'notPaid', settledAs: 'notPaid' }),
    // One attempt paid it, and another one is looked at.
    paymentRecord({ paymentId: 'paidAndReview', state: 'review', open: true }),
    paymentRecord({ paymentId: 'partBack', refundedMinor: 10 }), paymentRecord({ paymentId: 'backUnderWay', refundOpenMinor: 10 }),
  ];
  const paid = payments.find((one) => one.paymentId === 'paid') ?? paymentRecord({ paymentId: 'paid' });
  const refunds = [
    ...(['submitting', 'unknown', 'pending', 'review'] as const).map((state) => refundRecord(paid, `R-${state}`, { state, open: true })),
    refundRecord(paid, 'R-refunded'), refundRecord(paid, 'R-refused', { state: 'refused' }), refundRecord(paid, 'R-outside', { way: 'outside' }),
    refundRecord(paid, 'R-settledBack', { state: 'settled', settledAs: 'refunded' }), refundRecord(paid, 'R-settledNotBack', { state: 'settled', settledAs: 'notRefunded' }),
  ];

  test.each([
    ['paid', ['paid', 'paidAndReview', 'partBack', 'backUnderWay'], []],
    ['declined', ['declined', 'reversed'], []],
    ['unknown', ['submitting', 'waitingForPayer', 'unknown', 'reversing', 'review', 'lapsed', 'paidAndReview'], ['R-submitting', 'R-unknown', 'R-pending', 'R-review']],
    ['refunded', ['partBack', 'backUnderWay'], ['R-submitting', 'R-unknown', 'R-pending', 'R-review', 'R-refunded', 'R-outside', 'R-settledBack']],
    ['settled', ['settledPaid', 'settledNotPaid'], ['R-settledBack', 'R-settledNotBack']],
    ['review', ['review', 'paidAndReview'], ['R-review']],
  ] as const)('%s has every row of it and no other', (state, sales, given) => {
    for (const storage of bothOf(payments, refunds)) {
      const rows = storage.dayRows({ ...today, filter: { state }, after: null, count: 99 });
      const ids = rows.map((row) => (row.kind === 'sale' ? row.record.paymentId : row.record.refundRef));
      expect(ids.toSorted()).toEqual([...sales, ...given].toSorted());
      expect(storage.daySums({ ...today, filter: { state } }).reduce((sum, one) => sum + one.rows, 0)).toBe(rows.length);
      expect(storage.find({ text: null, filter: { state }, count: 99 }).map(({ record }) => record.paymentId).toSorted()).toEqual([...sales].sort());
    }
  });

  test('not known yet agrees with the totals: every open row is there', () => {
    for (const storage of bothOf(payments, refunds)) {
      const [all, narrowed] = [{}, { state: 'unknown' as const }].map((asked) => storage.daySums({ ...today, filter: asked }).filter((sum) => sum.open));
      expect(narrowed).toEqual(all);
    }
  });
});

describe('rebuilding', () => {
  test('the projections dumped are what was stored, and come back from a rebuild the same', () => {
    fc.assert(fc.property(history(true), (appends) => {
      const folder = mkdtempSync(join(tmpdir(), 'scantill-rebuild-'));
      const journal = openJournal({ folder, access: 'till' });
      opened.push({ folder, close: () => journal.close() });
      const memory = new MemoryJournal();
      for (const { payments, refunds, move: moved, shifts } of appends) {
        const row = rowAfter(journal.head());
        const known = new Set([...memory.paymentRecords.keys(), ...payments.map((record) => record.paymentId)]);
        const stored = { ...noChanges, payments, refunds: refunds.filter((record) => known.has(record.paymentId)), shifts, moves: moved === null ? [] : [{ ...moved, sequence: row.sequence }] };
        journal.append([row], stored);
        memory.append([row], stored);
      }
      const expected = {
        payments: byKey(memory.paymentRecords.values(), (record) => record.paymentId), refunds: byKey(memory.refundRecords.values(), (record) => record.refundRef),
        moves: memory.moves, shifts: [...memory.shifts.values()].toSorted((left, right) => left.number - right.number),
      };
      const dumped = () => {
        const { payments, refunds, moves, shifts } = journal.dumpProjections();
        return { payments: [...payments], refunds: [...refunds], moves: [...moves], shifts: [...shifts] };
      };
      expect(dumped()).toEqual(expected);
      journal.rebuildProjections([{ ...noChanges, ...expected }]);
      expect(dumped()).toEqual(expected);
    }), { numRuns: 25 });
  });
});

function byKey<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): readonly Item[] {
  return [...items].toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}
