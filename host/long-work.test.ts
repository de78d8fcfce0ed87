/** Long work as screens ask for it: in threads, one of a kind, with progress, and nothing half-done ever. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../adapters/clock.ts';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { message, type Message } from '../core/contract/messages.ts';
import type { LongTask, ReconcileResult, TillCalls } from '../core/contract/types.ts';
import { ManualClock } from '../core/testing/manual-clock.ts';
import { morning, paymentRecord, refundRecord } from '../core/testing/day-records.ts';
import { createLongWork, type LongWork } from './long-work.ts';
import type { MatchNews } from './tell-match.ts';

// Each test starts threads of its own, which read the program anew.
vi.setConfig({ testTimeout: 90_000 });

const day = '2026-11-21';
let folder = '';
let work: LongWork;
let clock: ManualClock;
let told: LongTask[] = [];
let matched: { readonly result: ReconcileResult; readonly news: MatchNews; readonly by: string }[] = [];
let standing = 'Lan';
let noted: object[] = [];
let notNoted: Message | null = null;
let wake: () => void = () => undefined;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-long-'));
  told = [];
  matched = [];
  standing = 'Lan';
  noted = [];
  notNoted = null;
  clock = new ManualClock(morning);
});
afterEach(async () => {
  await work.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A home with this many sales, one of them open and two of them refunded, and the long work over it. */
function open(sales: number, kindOfClock: 'manual' | 'system' = 'manual'): void {
  const home = join(folder, 'home');
  const journal = openJournal({ folder: home, access: 'till' });
  const payments = Array.from({ length: sales }, (_none, index) => paymentRecord({ paymentId: String(index), startedAt: morning + index * 1000, lastSequence: 1, ...(index === 0 ? { state: 'review', verdict: 'notKnownYet', open: true } : {}) }));
  const refunds = payments.slice(1, 3).map((payment, index) => refundRecord(payment, `R${index}`));
  journal.append([], { payments, refunds, moves: [], shifts: [], printJobs: [], commands: [] });
  journal.close();
  mkdirSync(join(folder, 'Downloads'));
  work = createLongWork({
    folder: home, clock: kindOfClock === 'manual' ? clock : systemClock(), log, surroundings: { platform: 'linux', userFolder: folder },
    shop: { storeName: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY', gatewayNames: {}, gateways: {} },
    onTask: (task) => {
      told.push(task);
      wake();
    },
    onMatched: ({ by, ...result }, news) => matched.push({ result, news, by: by.name }),
    who: () => ({ operatorId: standing, name: standing }),
    noteDifference: (note) => {
      if (notNoted === null) noted.push(note);
      return notNoted;
    },
  });
}

async function ended(taskId: string): Promise<LongTask> {
  for (;;) {
    const task = told.findLast((one) => one.taskId === taskId && one.state !== 'running');
    if (task !== undefined) return task;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

async function started(reply: Promise<{ readonly kind: 'started'; readonly task: LongTask } | { readonly kind: 'refused' }>): Promise<LongTask> {
  const got = await reply;
  if (got.kind !== 'started') throw new Error('refused');
  return got.task;
}

function matchOf(reply: TillCalls['reconcileResult'][1]): ReconcileResult {
  if (reply === null || 'kind' in reply) throw new Error('no result');
  return reply;
}

describe('an export', () => {
  it('goes to the folder of people, says path and rows, and is remembered for a minute', async () => {
    open(2500);
    const task = await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv' }));
    expect(task).toMatchObject({ kind: 'export', state: 'running', format: 'csv', target: join(folder, 'Documents', 'ScanTill', `scantill-${day}.csv`), startedAt: morning });
    const end = await ended(task.taskId);
    expect(end).toMatchObject({ state: 'done', done: 2502, total: 2502, message: { key: 'exportDone', values: { n: '2,502', folder: task.target } } });
    expect(readFileSync(task.target, 'utf8').split('\r\n')).toHaveLength(2504);
    expect(work.tasks()).toEqual([end]);
    await clock.pass(60);
    expect(work.tasks()).toEqual([]);
  });

  it('is one at a time, and a repeated command is the same one', async () => {
    open(3000);
    mkdirSync(join(folder, 'out'));
    const first = await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv', folder: join(folder, 'out') }));
    expect(await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv' }))).toMatchObject({ taskId: first.taskId });
    expect(await work.call('startExport', { commandId: 'c2', fromDay: day, toDay: day, format: 'pdf' })).toMatchObject({ kind: 'refused', message: { key: 'taskBusy' } });
    await ended(first.taskId);
    const second = await started(work.call('startExport', { commandId: 'c3', fromDay: day, toDay: day, format: 'csv' }));
    expect((await ended(second.taskId)).target).toBe(join(folder, 'out', `scantill-${day} (2).csv`));
  });

  it('names the folders that are there, the one of last time first, and goes to the one that is chosen', async () => {
    open(3);
    const documents = join(folder, 'Documents', 'ScanTill');
    mkdirSync(join(folder, 'Downloads'), { recursive: true });
    const before = await work.call('exportFolders', {});
    expect(before).toMatchObject({ folder: documents });
    expect(before.folders.slice(0, 2)).toEqual([documents, join(folder, 'Downloads')]);
    const task = await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv', folder: join(folder, 'Downloads') }));
    expect((await ended(task.taskId)).target).toBe(join(folder, 'Downloads', `scantill-${day}.csv`));
    expect(await work.call('exportFolders', {})).toMatchObject({ folder: join(folder, 'Downloads') });
  });

  it('goes to the usual folder while the one of last time is not there, says so, and makes nothing in its place', async () => {
    open(3);
    const [mounted, usual] = [join(folder, 'mnt'), join(folder, 'Documents', 'ScanTill')];
    const stick = join(mounted, 'stick');
    mkdirSync(stick, { recursive: true });
    await ended((await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv', folder: stick }))).taskId);
    rmSync(stick, { recursive: true });
    expect(await work.call('exportFolders', {})).toMatchObject({ folder: usual, folders: expect.not.arrayContaining([stick]) as string[] });
    const path = join(usual, `scantill-${day}.csv`);
    expect(await ended((await started(work.call('startExport', { commandId: 'c2', fromDay: day, toDay: day, format: 'csv' }))).taskId))
      .toMatchObject({ state: 'done', target: path, message: { key: 'exportDoneElsewhere', values: { n: '5', folder: path, gone: stick } } });
    expect(readdirSync(mounted)).toEqual([]);
    // It was out for a while: the next export goes there again.
    mkdirSync(stick);
    expect(await work.call('exportFolders', {})).toMatchObject({ folder: stick });
  });

  it('fails where the folder that was chosen is not there any more, and makes none', async () => {
    open(3);
    const stick = join(folder, 'stick');
    const task = await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv', folder: stick }));
    expect(await ended(task.taskId)).toMatchObject({ state: 'failed', message: { key: 'exportFailed', values: { folder: stick } } });
    expect(readdirSync(folder)).not.toContain('stick');
    expect(await work.call('exportFolders', {})).toMatchObject({ folder: join(folder, 'Documents', 'ScanTill') });
  });

  it('leaves nothing behind where it is cancelled', async () => {
    open(9000, 'system');
    mkdirSync(join(folder, 'out'));
    const task = await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'pdf', folder: join(folder, 'out') }));
    await work.call('cancelTask', { taskId: task.taskId });
    expect(await ended(task.taskId)).toMatchObject({ state: 'cancelled', message: { key: 'exportCancelled' } });
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });

  it('says where it could not be written', async () => {
    open(3);
    writeFileSync(join(folder, 'file'), '');
    const task = await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv', folder: join(folder, 'file') }));
    expect(await ended(task.taskId)).toMatchObject({ state: 'failed', message: { key: 'exportFailed', values: { folder: join(folder, 'file') } } });
  });
});

describe('a match', () => {
  const mapping = { columns: { order: 'attemptRef', yuan: 'amount', kind: 'kind', refund: 'refundRef', time: 'time' }, amountUnit: 'major' } as const;

  function statement(sales: number): string {
    const path = join(folder, 'Downloads', 'nov.csv');
    const ref = (index: number): string => `T01251120${String(index).padStart(14, '0')}`;
    const rows = Array.from({ length: sales }, (_none, index) => `${ref(index)},38.50,sale,,2026-11-21 11:00`);
    writeFileSync(path, `order,yuan,kind,refund,time\n${rows.join('\n')}\n${ref(1)},-10.00,refund,R0,2026-11-21 11:00\nX,5.00,sale,,2026-11-21 11:00\n`);
    return path;
  }

  it('finds the files, looks at one, matches it, and takes notes', async () => {
    open(40);
    const path = statement(40);
    const listed = await work.call('statements', {});
    expect(listed).toMatchObject({ folder: join(folder, 'Downloads'), files: [{ name: 'nov.csv', matchedAt: null, differencesLeft: null }] });
    expect(listed.folders).toContain(join(folder, 'Downloads'));
    expect(await work.call('statementLook', { path, gateway: 'shouqianba' })).toMatchObject({ rows: 42, fromDay: null, problem: { key: 'statementUnreadable' } });
    expect(await work.call('statementLook', { path, gateway: 'shouqianba', mapping })).toMatchObject({ rows: 42, fromDay: day, toDay: day, problem: null });
    const task = await started(work.call('startReconcile', { commandId: 'm1', path, gateway: 'shouqianba', mapping }));
    // Whoever is there when it ends did not match it.
    standing = 'Wei';
    expect(await ended(task.taskId)).toMatchObject({ kind: 'reconcile', state: 'done', message: { key: 'reconcileDone', values: { n: '42' } } });
    const result = matchOf(await work.call('reconcileResult', { taskId: task.taskId }));
    expect(result).toMatchObject({ rows: 42, matched: 40, missingHere: 2, missingThere: 1, different: 0, unexplainedMinor: 0 });
    expect(matched.map(({ news, by }) => [by, news.booked])).toEqual([['Lan', [{ paymentId: '0', attemptRefs: ['T0125112000000000000000'], refundRef: null }]]]);
    const index = result.differences.find((row) => row.looksLike === 'notInJournal')?.index ?? 0;
    const withNote = matchOf(await work.call('noteDifference', { commandId: 'n1', taskId: task.taskId, index, note: 'asked the bank' }));
    expect(withNote.differences.find((row) => row.index === index)?.note).toBe('asked the bank');
    expect(noted).toEqual([{ commandId: 'n1', gateway: 'shouqianba', reference: 'X', text: 'asked the bank' }]);
    expect(await work.call('statements', {})).toMatchObject({ files: [{ matchedAt: morning, differencesLeft: 3 }] });
    expect(await work.call('statementLook', { path, gateway: 'shouqianba' })).toMatchObject({ amountUnit: 'major', problem: null });
  });

  it('exports what differs, notes included', async () => {
    open(5);
    const task = await started(work.call('startReconcile', { commandId: 'm1', path: statement(5), gateway: 'shouqianba', mapping }));
    await ended(task.taskId);
    await work.call('noteDifference', { commandId: 'n1', taskId: task.taskId, index: 1, note: '=note' });
    const exporting = await started(work.call('exportDifferences', { taskId: task.taskId, format: 'csv' }));
    const end = await ended(exporting.taskId);
    expect(end).toMatchObject({ state: 'done', target: join(folder, 'Documents', 'ScanTill', 'nov-differences.csv') });
    const text = readFileSync(end.target, 'utf8');
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text).toContain("'=note");
    expect(text).toContain('Not in the journal');
    expect(await work.call('exportDifferences', { taskId: 'gone', format: 'csv' })).toMatchObject({ kind: 'refused' });
  });

  it('exports what differs to the usual folder while the one of last time is not there', async () => {
    open(5);
    const stick = join(folder, 'stick');
    mkdirSync(stick);
    await ended((await started(work.call('startExport', { commandId: 'c1', fromDay: day, toDay: day, format: 'csv', folder: stick }))).taskId);
    rmSync(stick, { recursive: true });
    const task = await started(work.call('startReconcile', { commandId: 'm1', path: statement(5), gateway: 'shouqianba', mapping }));
    await ended(task.taskId);
    const exporting = await started(work.call('exportDifferences', { taskId: task.taskId, format: 'csv' }));
    const path = join(folder, 'Documents', 'ScanTill', 'nov-differences.csv');
    expect(await ended(exporting.taskId)).toMatchObject({ state: 'done', target: path, message: { key: 'exportDoneElsewhere', values: { folder: path, gone: stick } } });
    expect(readdirSync(folder)).not.toContain('stick');
  });

  it('says why a note could not be taken, and shows none', async () => {
    open(5);
    const task = await started(work.call('startReconcile', { commandId: 'm1', path: statement(5), gateway: 'shouqianba', mapping }));
    await ended(task.taskId);
    notNoted = message('journalNotWritable');
    expect(await work.call('noteDifference', { commandId: 'n1', taskId: task.taskId, index: 1, note: 'asked' })).toEqual({ kind: 'refused', message: notNoted });
    const result = matchOf(await work.call('reconcileResult', { taskId: task.taskId }));
    expect(result.differences.map(({ note }) => note)).toEqual([null, null, null]);
  });

  it('keeps what differs from others, and drops it at the end', async () => {
    open(5);
    const task = await started(work.call('startReconcile', { commandId: 'm1', path: statement(5), gateway: 'shouqianba', mapping }));
    await ended(task.taskId);
    const kept = join(folder, 'home', 'reconcile');
    expect(statSync(kept).mode & 0o077).toBe(0);
    await work.close();
    expect(readdirSync(join(folder, 'home'))).not.toContain('reconcile');
  });

  it('says what is wrong with a file that it cannot match', async () => {
    open(3);
    writeFileSync(join(folder, 'Downloads', 'x.csv'), 'a,b\n1,2\n');
    const task = await started(work.call('startReconcile', { commandId: 'm1', path: join(folder, 'Downloads', 'x.csv'), gateway: 'shouqianba', mapping: { columns: {}, amountUnit: 'major' } }));
    expect(await ended(task.taskId)).toMatchObject({ state: 'failed', message: { key: 'statementUnreadable' } });
  });
});
