/** Days, exports and statements for tests and pictures: the sums of one believable evening, and as many rows. */
import type {
  DayPage, DayRow, DaySum, DayView, Instant, LongTask, Person, ReconcileResult, ReconcileRow, StatementFile, StatementLook, TillStatus, Wallet,
} from '../../core/contract/types.ts';
import type { Currency } from '../../core/money/currency.ts';
import { sampleNow, samplePayment, shouqianba } from './samples.ts';

export const sampleDay = '2025-11-20';
/** 22:05 of the same day. */
export const sampleEvening: Instant = sampleNow + 40_980_000;

function sum(key: string, sales: number, salesMinor: number, refunds = 0, refundsMinor = 0, currency: Currency = 'CNY'): DaySum {
  return { key, currency, sales, salesMinor, refunds, refundsMinor, netMinor: salesMinor - refundsMinor };
}

const hours: readonly (readonly [hour: number, sales: number, minor: number, before: number])[] = [
  [8, 10, 41_260, 38_800], [9, 13, 60_890, 52_310], [10, 12, 55_100, 61_200], [11, 16, 74_420, 70_050], [12, 25, 128_640, 98_700],
  [13, 20, 99_310, 84_200], [14, 10, 46_800, 51_500], [15, 9, 39_150, 42_040], [16, 12, 58_330, 40_120], [17, 14, 71_900, 66_480],
  [18, 23, 118_270, 124_900], [19, 19, 92_440, 81_300], [20, 12, 60_100, 55_250], [21, 7, 34_400, 23_590],
];

export const sampleDayView: DayView = {
  day: sampleDay,
  totals: {
    byCurrency: [sum('CNY', 202, 981_010, 2, 8750), sum('AUD', 8, 21_460, 0, 0, 'AUD')],
    byWallet: [sum('wechat', 96, 481_230, 1, 4650), sum('alipay', 71, 394_080, 1, 4100), sum('unionpay', 12, 65_500), sum('cash', 23, 40_200), sum('wechat', 8, 21_460, 0, 0, 'AUD')],
    byGateway: [sum('shouqianba', 179, 940_810, 2, 8750), sum('cash', 23, 40_200), sum('omipay', 8, 21_460, 0, 0, 'AUD')],
    byOperator: [sum('o-1', 118, 566_420, 1, 4650), sum('o-2', 84, 414_590, 1, 4100), sum('o-1', 8, 21_460, 0, 0, 'AUD')],
    byHour: hours.map(([hour, sales, minor]) => sum(String(hour).padStart(2, '0'), sales, minor)),
    open: [{ kind: 'sale', currency: 'CNY', count: 1, minor: 4520 }],
    settled: [],
    outside: [],
    rows: 219,
  },
  weekBefore: hours.map(([hour, sales, , before]) => sum(String(hour).padStart(2, '0'), sales, before)),
  dayBefore: { day: '2025-11-19', byCurrency: [sum('CNY', 188, 903_450, 1, 2000)], open: [] },
  unsettled: [], cashShown: true,
};

export const sampleEmptyDay: DayView = {
  day: '2025-11-21',
  totals: { byCurrency: [], byWallet: [], byGateway: [], byOperator: [], byHour: [], open: [], settled: [], outside: [], rows: 0 },
  weekBefore: hours.map(([hour, sales, , before]) => sum(String(hour).padStart(2, '0'), sales, before)),
  dayBefore: { day: sampleDay, byCurrency: [sum('CNY', 202, 981_010, 2, 8750)], open: [{ kind: 'sale', currency: 'CNY', count: 1, minor: 4520 }] },
  unsettled: [samplePayment('unknown', { paymentId: 'p-0437', amount: { minor: 4520, currency: 'CNY' }, day: sampleDay })],
  cashShown: true,
};

export const noSampleRows: DayPage = { day: '2025-11-21', rows: [], next: null };

type RowSketch = readonly [minutesBefore: number, state: DayRow['state'], wallet: Wallet | 'cash', last4: string | null, minor: number, change?: Partial<DayRow>];

const sketches: readonly RowSketch[] = [
  [25, 'unknown', 'wechat', '3958', 4520, { verdict: 'notKnownYet', open: true, counts: false }],
  [7, 'paid', 'wechat', '0877', 1480],
  [10, 'paid', 'alipay', '1902', 6200],
  [16, 'refunded', 'wechat', '4417', 3850, { kind: 'refund', number: 'T01-251120-0418' }],
  [18, 'declined', 'wechat', '3310', 990, { verdict: 'notPaid', counts: false }],
  [21, 'paid', 'unionpay', '6651', 12_860],
  [29, 'paid', 'cash', null, 750, { gateway: 'cash', gatewayRef: null }],
  [32, 'paid', 'wechat', '8046', 1900],
  [40, 'settled', 'alipay', '2093', 2600, { settled: true, counts: false }],
  [44, 'paid', 'alipay', '5512', 8800],
  [51, 'paid', 'wechat', '7781', 430],
  [58, 'paid', 'wechat', '9026', 3300],
];

export function sampleRow(index: number, [minutes, state, wallet, last4, minor, change]: RowSketch): DayRow {
  const number = `T01-251120-0${441 - index}`;
  return {
    kind: 'sale', cursor: String(100_000 - index), paymentId: `d-${index}`, number, at: sampleEvening - minutes * 60_000, amount: { minor, currency: 'CNY' },
    gateway: shouqianba.id, wallet, last4, state, verdict: 'paid', counts: true, outside: false, settled: false, open: false,
    operator: index % 3 === 1 ? { operatorId: 'o-2', name: '王芳' } : { operatorId: 'o-1', name: '李薇' },
    reference: `T01251120215${String(index).padStart(3, '0')}K7QXM2R9D4`, gatewayRef: `78952594854${70_000 + index}`, saleRef: null, ...change,
  };
}

export const sampleDayPage: DayPage = {
  day: sampleDay,
  next: null,
  rows: Array.from({ length: 219 }, (_, index) => {
    const sketch = sketches[index];
    return sketch ? sampleRow(index, sketch) : { ...sampleRow(index, [60 + index * 3, 'paid', 'wechat', String(1000 + index), 1000 + index * 10]), number: `T01-251120-${String(441 - index).padStart(4, '0')}` };
  }),
};

/** One page of a day of so many rows, told from the cursor alone: the row's number from the top. */
export function samplePageOf(total: number, after: string | null, count: number): DayPage {
  const from = after === null ? 0 : Number(after) + 1;
  const rows = Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, offset) => {
    const index = from + offset;
    const sketch = sketches[1 + (index % (sketches.length - 1))] ?? [1, 'paid', 'wechat', '0001', 100];
    return { ...sampleRow(index, sketch), cursor: String(index), number: `T01-251120-${index}`, at: sampleEvening - index * 800 };
  });
  return { day: sampleDay, rows, next: from + rows.length < total ? String(from + rows.length - 1) : null };
}

export const samplePeople: readonly Person[] = [
  { operatorId: 'o-1', number: '01', name: '李薇', role: 'owner', hasPin: true, hasBadge: true, left: false, leftAt: null, lastHereAt: sampleNow },
  { operatorId: 'o-2', number: '02', name: '王芳', role: 'cashier', hasPin: true, hasBadge: false, left: false, leftAt: null, lastHereAt: sampleNow },
];

export function sampleTask(change: Partial<LongTask> = {}): LongTask {
  return {
    taskId: 'task-1', kind: 'export', state: 'running', done: 61_200, total: 100_000, startedAt: sampleEvening, endedAt: null,
    target: 'U 盘 / ScanTill / 2025-11.xlsx', format: 'xlsx', message: null, ...change,
  };
}

/** The same day for whoever will count the drawer: the till leaves the sums of cash out, and keeps their counts. */
export const sampleCashHiddenDay: DayView = {
  ...sampleDayView,
  cashShown: false,
  totals: {
    ...sampleDayView.totals,
    byCurrency: [sum('CNY', 202, 940_810, 2, 8750), sum('AUD', 8, 21_460, 0, 0, 'AUD')],
    byWallet: [sum('wechat', 96, 481_230, 1, 4650), sum('alipay', 71, 394_080, 1, 4100), sum('unionpay', 12, 65_500), sum('cash', 23, 0)],
  },
};

/** A cashier in an open shift: who will count the drawer doesn't read what is in it. */
export const sampleCashierShift = {
  staff: { state: 'signedIn', person: { operatorId: 'o-2', name: '王芳', role: 'cashier' }, pinDigits: 4, triesLeft: 5, waitUntil: null },
  shift: { number: 215, openedAt: sampleNow, by: { operatorId: 'o-2', name: '王芳' } },
  cash: { on: true, roundTo: { minor: 10, currency: 'CNY' }, notes: [] },
} as const satisfies Partial<TillStatus>;

const folder = '/media/stick/statements';

export const sampleFiles: readonly StatementFile[] = [
  { path: `${folder}/sqb_202511.csv`, name: 'sqb_202511.csv', changedAt: sampleNow - 7_900_000, bytes: 1_900_000, matchedAt: null, differencesLeft: null },
  { path: `${folder}/sqb_202510.csv`, name: 'sqb_202510.csv', changedAt: sampleNow - 18 * 86_400_000, bytes: 1_800_000, matchedAt: sampleNow - 18 * 86_400_000, differencesLeft: 0 },
  { path: `${folder}/omipay_nov.xlsx`, name: 'omipay_nov.xlsx', changedAt: sampleNow - 2 * 86_400_000, bytes: 214_000, matchedAt: null, differencesLeft: null },
];

export const sampleStatements = { folder, folders: [folder, '/home/shop/Downloads'], files: sampleFiles };

export const sampleLook: StatementLook = {
  path: sampleFiles[0]?.path ?? '', gateway: 'shouqianba', terminal: '100001220024173', fromDay: '2025-11-01', toDay: '2025-11-20', rows: 12_406, encoding: 'utf-8',
  columns: [
    { theirs: '商户订单号', ours: 'attemptRef', example: 'T01251120214431K7QXM25NEHC' },
    { theirs: '流水号', ours: 'gatewayRef', example: '7895259485470412' },
    { theirs: '交易时间', ours: 'time', example: '2025-11-20 21:44:31' },
    { theirs: '金额（元）', ours: 'amount', example: '128.60' },
    { theirs: '类型', ours: 'kind', example: '消费' },
    { theirs: '备注2', ours: null, example: '' },
    { theirs: '手续费', ours: 'fee', example: '0.39' },
  ],
  amountUnit: 'major', problem: null,
};

function difference(index: number, kind: ReconcileRow['kind'], minor: number, looksLike: ReconcileRow['looksLike'], day: string): ReconcileRow {
  const at = Date.parse(`${day}:00+08:00`);
  const gatewayRef = `78952594854${70_380 + index}`;
  const ours: ReconcileRow['ours'] = {
    paymentId: `r-${index}`, number: `T01-${day.slice(2, 10).replaceAll('-', '')}-04${10 + index}`, reference: `T01251120213601K7QXM2R9D${index}`, gatewayRef,
    amount: { minor: kind === 'different' ? 8600 : Math.abs(minor), currency: 'CNY' }, state: 'paid', at,
  };
  const theirs: ReconcileRow['theirs'] = { amount: kind === 'different' ? '82.00' : (Math.abs(minor) / 100).toFixed(2), gatewayRef, time: day.replace('T', ' '), fee: '0.39' };
  return {
    index, kind, theirs: kind === 'missingThere' ? null : theirs, ours: kind === 'missingHere' ? null : ours,
    fields: kind === 'different' ? ['amount'] : [], effectMinor: minor, looksLike, note: null,
  };
}

export const sampleResult: ReconcileResult = {
  gateway: 'shouqianba', path: sampleFiles[0]?.path ?? '', currency: 'CNY', fromDay: '2025-11-01', toDay: '2025-11-20', rows: 12_406, matched: 12_403, missingHere: 2, missingThere: 3, different: 1,
  theirsMinor: 48_612_040, oursMinor: 48_619_690, explainedMinor: -7650, unexplainedMinor: 0,
  differences: [
    difference(1, 'different', -400, 'otherAmount', '2025-11-20T21:36'),
    difference(2, 'missingHere', 3850, 'notInJournal', '2025-11-18T13:02'),
    difference(3, 'missingHere', 1200, 'notInJournal', '2025-11-09T18:20'),
    difference(4, 'missingThere', -4520, 'notOnStatement', '2025-11-17T21:40'),
    difference(5, 'missingThere', -5780, 'notOnStatement', '2025-11-05T20:11'),
    difference(6, 'missingThere', -2000, 'notOnStatement', '2025-11-02T19:37'),
  ],
};

export const sampleAllMatched: ReconcileResult = {
  ...sampleResult, matched: 12_406, missingHere: 0, missingThere: 0, different: 0, theirsMinor: 48_619_690, explainedMinor: 0, differences: [],
};
