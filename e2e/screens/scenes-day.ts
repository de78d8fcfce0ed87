/** The screens of the day as scenes: Today, exports, long work, reconciling. */
import { message } from '../../core/contract/messages.ts';
import { sampleNow, samplePayment } from '../../renderer/machine/samples.ts';
import { refundedSale, sampleRefund } from '../../renderer/machine/samples-money.ts';
import {
  noSampleRows, sampleAllMatched, sampleCashHiddenDay, sampleCashierShift, sampleDay, sampleDayPage, sampleDayView, sampleEmptyDay, sampleEvening, sampleLook, samplePeople, sampleResult,
  sampleStatements, sampleTask,
} from '../../renderer/machine/samples-day.ts';
import type { Scene } from './scenes.ts';
import type { Script, Stage } from './stage.ts';

const today: Script = {
  day: sampleDayView, dayPage: sampleDayPage, people: samplePeople,
  exportFolders: { folder: '/home/shop/Documents/ScanTill', folders: ['/home/shop/Documents/ScanTill', '/home/shop/Downloads', '/media/shop/STICK'] },
};
const files: Script = { ...today, statements: sampleStatements, statementLook: sampleLook, startReconcile: { kind: 'started', task: sampleTask({ kind: 'reconcile', target: 'sqb_202511.csv', format: null }) } };
const evening = sampleEvening - sampleNow;
const nextMorning = evening + 9 * 3_600_000;

/** `/` `4` at five past ten in the evening, with everything drawn. */
async function goToday(stage: Stage, after = evening): Promise<void> {
  await stage.skip(after);
  await stage.press('NumpadDivide', 'Numpad4');
  await stage.page.waitForSelector('.today .amount, .nothing', { timeout: 5000 });
  await stage.page.waitForTimeout(500);
}

function then(...codes: readonly string[]): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await goToday(stage);
    await stage.skip(500);
    await stage.press(...codes);
    await stage.page.waitForTimeout(300);
  };
}

async function goReconcile(stage: Stage): Promise<void> {
  await then('NumpadAdd', 'Numpad4')(stage);
  await stage.page.waitForSelector('.mapping-row, .nothing h1', { timeout: 5000 });
}

/** The match is over before a second has passed: its result stands at once. */
async function goResult(stage: Stage): Promise<void> {
  await goReconcile(stage);
  await stage.skip(500);
  await stage.press('NumpadEnter');
  await stage.push({ type: 'task', task: sampleTask({ kind: 'reconcile', state: 'done', target: 'sqb_202511.csv', format: null, done: 12_406, total: 12_406 }) });
  await stage.page.waitForSelector('.result, .all-matched', { timeout: 5000 });
  await stage.skip(500);
}

async function goExport(stage: Stage): Promise<void> {
  await stage.reply({ startExport: { kind: 'started', task: sampleTask({ startedAt: sampleEvening + 1200 }) } });
  await then('NumpadAdd')(stage);
  await stage.skip(500);
  await stage.press('NumpadMultiply', 'NumpadMultiply', 'Numpad1');
  await stage.skip(5000);
  await stage.page.waitForSelector('[data-view="progress"]', { timeout: 3000 });
  await stage.skip(500);
}

const asOwner = { staff: { ...sampleCashierShift.staff, person: { operatorId: 'o-1', name: '李薇', role: 'owner' } }, shift: sampleCashierShift.shift } as const;
const settled = { ...sampleDayView, totals: { ...sampleDayView.totals, settled: [{ as: 'paid', currency: 'CNY', count: 1, minor: 2600 }] } } as const;
/** The last refund was given back elsewhere: a line of its own, and a row that says so. */
const outside = {
  day: { ...sampleDayView, totals: { ...sampleDayView.totals, settled: settled.totals.settled, outside: [{ currency: 'CNY', count: 2, minor: 5850 }] } },
  dayPage: { ...sampleDayPage, rows: sampleDayPage.rows.map((row, index) => (index === 3 ? { ...row, counts: false, outside: true } : row)) },
} as const;

/** Two of other days, this day's own, and more than have a row on top. */
const unsettled = [9, 6, 4, 2, 0].map((daysAgo, index) => samplePayment(index === 1 ? 'unknown' : 'review', {
  paymentId: daysAgo === 0 ? 'd-0' : `u-${index}`, number: `T01-2511${String(20 - daysAgo).padStart(2, '0')}-01${40 + index}`, amount: { minor: 2600 + index * 480, currency: 'CNY' },
  day: `2025-11-${String(20 - daysAgo).padStart(2, '0')}`, startedAt: sampleEvening - daysAgo * 86_400_000 - 25 * 60_000, last4: `33${index}1`,
}));

/** Five rows of a day; one of them was paid, and a second try of it may have been too. */
const paidTwice = samplePayment('review', { paymentId: 'd-1', verdict: 'paid', number: 'T01-251120-0440', amount: { minor: 1480, currency: 'CNY' }, day: sampleDay, startedAt: sampleEvening - 7 * 60_000, last4: '0877' });
const fiveRows = { day: { ...sampleDayView, unsettled: [paidTwice], totals: { ...sampleDayView.totals, rows: 5 } }, dayPage: { ...sampleDayPage, rows: sampleDayPage.rows.slice(1, 6) } };

/** On the way since yesterday evening, of a sale ten days before. */
const lateRefund = sampleRefund('pending', { startedAt: sampleEvening });
const morningAfter = {
  ...sampleEmptyDay, unsettled: [{ ...refundedSale(lateRefund), day: '2025-11-10' }],
  dayBefore: sampleEmptyDay.dayBefore && { ...sampleEmptyDay.dayBefore, open: [{ kind: 'refund', currency: 'CNY', count: 1, minor: lateRefund.amount.minor }] },
} as const;

/** Sold in one hour alone, then and now. */
const oneHour = { ...sampleDayView, totals: { ...sampleDayView.totals, byHour: sampleDayView.totals.byHour.slice(4, 5) }, weekBefore: sampleDayView.weekBefore.slice(4, 5) };

export const dayScenes: readonly Scene[] = [
  { name: 'today', view: 'today', script: today, play: goToday },
  { name: 'today-gateways', view: 'today', script: { ...today, day: settled }, play: then('Numpad0') },
  { name: 'today-outside', view: 'today', script: { ...today, ...outside }, play: goToday },
  { name: 'today-unsettled', view: 'today', script: { ...today, day: { ...sampleDayView, unsettled } }, play: goToday },
  { name: 'today-empty-unsettled', view: 'today', script: { ...today, day: { ...sampleEmptyDay, unsettled: [...unsettled.slice(0, 2), ...sampleEmptyDay.unsettled] }, dayPage: noSampleRows }, play: (stage) => goToday(stage, nextMorning) },
  { name: 'today-paid-twice', view: 'today', script: { ...today, ...fiveRows }, play: then('Numpad2', 'Numpad2', 'Numpad2', 'Numpad2') },
  { name: 'today-empty-refund', view: 'today', script: { ...today, day: morningAfter, dayPage: noSampleRows }, play: (stage) => goToday(stage, nextMorning) },
  { name: 'today-people', view: 'today', status: asOwner, script: today, play: then('Numpad0', 'Numpad0') },
  { name: 'today-one-hour', view: 'today', script: { ...today, day: oneHour }, play: goToday },
  { name: 'today-row', view: 'today', script: today, play: then('Numpad2', 'Numpad2', 'Numpad2', 'Numpad2', 'Numpad2', 'Numpad2', 'Numpad2', 'Numpad2') },
  { name: 'today-cash-hidden', view: 'today', status: sampleCashierShift, script: { ...today, day: sampleCashHiddenDay }, play: goToday },
  { name: 'today-filter', view: 'today', status: sampleCashierShift, script: today, play: then('Numpad5', 'Numpad6', 'Numpad2') },
  { name: 'today-nothing-like-it', view: 'today', script: today, play: async (stage) => {
    await then('Numpad5', 'Numpad6')(stage);
    await stage.reply({ day: { ...sampleEmptyDay, dayBefore: null }, dayPage: noSampleRows });
    await stage.skip(500);
    await stage.press('NumpadEnter');
    await stage.page.waitForTimeout(300);
  } },
  { name: 'today-export', view: 'today', script: today, play: then('NumpadAdd') },
  { name: 'today-export-filtered', view: 'today', script: today, play: async (stage) => {
    await then('Numpad5', 'Numpad6')(stage);
    await stage.skip(500);
    await stage.press('NumpadEnter');
    await stage.page.waitForTimeout(300);
    await stage.skip(500);
    await stage.press('NumpadAdd', 'NumpadAdd');
  } },
  { name: 'today-empty', view: 'today', script: { ...today, day: sampleEmptyDay, dayPage: noSampleRows }, play: (stage) => goToday(stage, nextMorning) },
  { name: 'today-loading', view: 'today', play: async (stage) => {
    await stage.press('NumpadDivide', 'Numpad4');
    await stage.skip(3000);
  } },
  { name: 'export-progress', view: 'progress', script: today, play: goExport },
  { name: 'export-in-background', view: 'sale', script: today, play: async (stage) => {
    await goExport(stage);
    await stage.press('NumpadEnter');
    await stage.page.waitForTimeout(300);
  } },
  { name: 'export-done', view: 'sale', script: today, play: async (stage) => {
    await goExport(stage);
    await stage.press('NumpadEnter');
    await stage.push({ type: 'task', task: sampleTask({ state: 'done', done: 100_000 }) });
  } },
  { name: 'export-failed', view: 'sale', script: today, play: async (stage) => {
    await goExport(stage);
    await stage.press('NumpadEnter');
    await stage.push({ type: 'task', task: sampleTask({ state: 'failed', message: message('exportFailed', { folder: 'U 盘 / ScanTill' }) }) });
  } },
  { name: 'reconcile-file', view: 'reconcile', script: files, play: goReconcile },
  { name: 'reconcile-unclear', view: 'reconcile', script: { ...files, statementLook: { ...sampleLook, gateway: null, amountUnit: null, terminal: null } }, play: goReconcile },
  { name: 'reconcile-no-files', view: 'reconcile', script: { ...files, statements: { ...sampleStatements, files: [] } }, play: goReconcile },
  { name: 'reconcile-result', view: 'reconcileResult', script: { ...files, reconcileResult: sampleResult }, play: goResult },
  {
    name: 'reconcile-result-restored', view: 'reconcileResult', script: { ...files, reconcileResult: sampleResult }, play: goResult,
    status: { restored: true, journal: { light: 'attention', message: message('restoredDays', { gateway: 'shouqianba', from: '2025-11-19 22:04:11', to: '2025-11-20 08:30:02' }) } },
  },
  { name: 'reconcile-result-missing', view: 'reconcileResult', script: { ...files, reconcileResult: { ...sampleResult, unexplainedMinor: -120 } }, play: async (stage) => {
    await goResult(stage);
    await stage.press('Numpad2');
  } },
  { name: 'reconcile-note', view: 'reconcileResult', script: { ...files, reconcileResult: sampleResult }, play: async (stage) => {
    await goResult(stage);
    await stage.press('NumpadMultiply');
  } },
  { name: 'reconcile-sentence', view: 'reconcileResult', field: true, script: { ...files, reconcileResult: sampleResult }, play: async (stage) => {
    await goResult(stage);
    await stage.press('NumpadMultiply');
    await stage.skip(500);
    await stage.press('NumpadMultiply');
    await stage.page.fill('[data-field]', 'A1 / A2');
  } },
  { name: 'reconcile-all-matched', view: 'reconcileResult', script: { ...files, reconcileResult: sampleAllMatched }, play: goResult },
];
