/** The long work that a screen asks for: exports and matches in worker threads, one of a kind at a time, beside selling. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TargetPlace } from '../adapters/export/target.ts';
import { listStatements } from '../adapters/statement/folder.ts';
import { WorkMemory } from '../adapters/statement/work-memory.ts';
import { message, type Message } from '../core/contract/messages.ts';
import type { HostCallName, LongTask, PersonName, ReconcileResult, StatementLook, TaskReply, TillCalls } from '../core/contract/types.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Surroundings } from './home.ts';
import type { WorkEnd, WorkTask } from './long-work-types.ts';
import type { MatchNews, MatchOf } from './tell-match.ts';
import { defaultExportFolder, exportFolderNow, exportFolders, statementFolders, type ExportFolder } from './work-folders.ts';
import type { WorkShop } from './work-shop.ts';
import { startWork, type WorkThread } from './work-thread.ts';

export interface LongWorkOptions {
  /** Of the journal; what is remembered lies there too. */
  readonly folder: string;
  readonly shop: WorkShop;
  readonly clock: Clock;
  readonly log: Log;
  readonly surroundings: Pick<Surroundings, 'platform' | 'userFolder'>;
  /** Told of each start, of progress at most four times a second, and of each end. */
  readonly onTask: (task: LongTask) => void;
  /** A match ended, and found what the till must know of. */
  readonly onMatched: (match: ReconcileResult & Pick<MatchOf, 'by'>, news: MatchNews) => void;
  /** Who stands at the till: a match is theirs who began it, whoever is there when it ends. */
  readonly who: () => PersonName;
  /** Journals a note on a difference; a message where it couldn't be. `reference` is the row's own, theirs or ours. */
  readonly noteDifference: (note: { readonly commandId: string; readonly gateway: string; readonly reference: string; readonly text: string }) => Message | null;
}

export interface LongWork {
  call<Name extends HostCallName>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1]>;
  /** Running work, and work that ended in the last minute; oldest first. */
  tasks(): readonly LongTask[];
  /** Stops everything; no half file stays. */
  close(): Promise<void>;
}

/** How long an ended task is still shown, and a result kept at least. */
const keptMilliseconds = 60_000;
const keptResults = 5;

interface Running {
  task: LongTask;
  readonly commandId: string | null;
  readonly thread: WorkThread;
}

interface KeptResult {
  readonly taskId: string;
  result: ReconcileResult;
  readonly differencesPath: string;
}

type Calls = { readonly [Name in HostCallName]: (request: TillCalls[Name][0]) => Promise<TillCalls[Name][1]> };

export function createLongWork(options: LongWorkOptions): LongWork {
  const work = new Work(options);
  return {
    // Each name's function takes its own request: one indexed call can't show that to the compiler.
    call: (name, request) => (work.calls[name] as (asked: typeof request) => Promise<TillCalls[typeof name][1]>)(request),
    tasks: () => work.tasks(), close: () => work.close(),
  };
}

class Work {
  readonly calls: Calls = {
    startExport: async (request) => this.#startExport(request),
    exportFolders: async () => this.#exportFolders(),
    cancelTask: (request) => this.#cancel(request.taskId),
    statements: async (request) => this.#statements(request.folder),
    statementLook: (request) => this.#look(request),
    startReconcile: async (request) => this.#startReconcile(request),
    reconcileResult: async (request) => this.#results.find((kept) => kept.taskId === request.taskId)?.result ?? null,
    noteDifference: async (request) => this.#note(request),
    exportDifferences: async (request) => this.#exportDifferences(request),
  };
  readonly #options: LongWorkOptions;
  readonly #memory: WorkMemory;
  readonly #running = new Map<string, Running>();
  readonly #forgets = new Set<() => void>();
  #results: readonly KeptResult[] = [];
  #looking: WorkThread | null = null;

  constructor(options: LongWorkOptions) {
    this.#options = options;
    this.#memory = new WorkMemory(join(options.folder, 'long-work.json'));
    // Differences of a run before this one: their results are gone.
    rmSync(this.#differencesFolder(), { recursive: true, force: true });
  }

  tasks(): readonly LongTask[] {
    return [...this.#running.values()].map(({ task }) => task);
  }

  async close(): Promise<void> {
    for (const forget of this.#forgets) forget();
    await Promise.all([this.#looking?.cancel(), ...[...this.#running.values()].filter(({ task }) => task.state === 'running').map(({ thread }) => thread.cancel())]);
    rmSync(this.#differencesFolder(), { recursive: true, force: true });
  }

  // ---- exports

  #exportFolder(): ExportFolder {
    return exportFolderNow(this.#memory.read().exportFolder, this.#options.surroundings);
  }

  #exportFolders(): TillCalls['exportFolders'][1] {
    const { folder } = this.#exportFolder();
    return { folder, folders: [...new Set([folder, ...exportFolders(this.#options.surroundings)])] };
  }

  #startExport({ commandId, fromDay, toDay, format, folder }: TillCalls['startExport'][0]): TaskReply {
    const into = folder === undefined ? this.#exportFolder() : { folder, gone: null };
    const name = `scantill-${fromDay === toDay ? fromDay : `${fromDay}-${toDay}`}.${format}`;
    return this.#startFile(commandId, { kind: 'export', fromDay, toDay, format, place: this.#placeIn(into, name) }, into.gone, () => {
      // A stick that is only out for the moment stays the folder of next time.
      if (into.gone === null) this.#memory.rememberExportFolder(into.folder);
    });
  }

  #exportDifferences({ taskId, format }: TillCalls['exportDifferences'][0]): TaskReply {
    const kept = this.#results.find((one) => one.taskId === taskId);
    if (kept === undefined) return { kind: 'refused', message: message('statementNotRead') };
    const into = this.#exportFolder();
    const name = `${basename(kept.result.path).replace(/\.[^.]*$/u, '')}-differences.${format}`;
    return this.#startFile(null, { kind: 'exportDifferences', result: kept.result, differencesPath: kept.differencesPath, format, place: this.#placeIn(into, name) }, into.gone, () => undefined);
  }

  #startFile(commandId: string | null, task: Extract<WorkTask, { kind: 'export' | 'exportDifferences' }>, gone: string | null, onDone: () => void): TaskReply {
    const folder = join(task.place.path, '..');
    return this.#start(commandId, { kind: 'export', target: task.place.path, format: task.format }, task, (end, shown) => {
      if (end.kind !== 'exported') return { ...shown, message: exportProblem(end, shown, folder) };
      onDone();
      return { ...shown, done: end.rows, total: end.rows, target: end.path, message: exportMessage(end, gone) };
    });
  }

  /** Only the usual folder is made where it is missing. */
  #placeIn({ folder }: ExportFolder, name: string): TargetPlace {
    return { path: join(folder, name), existing: 'newName', makesFolder: folder === defaultExportFolder(this.#options.surroundings) };
  }

  // ---- statements

  #statements(folder: string | undefined): TillCalls['statements'][1] {
    const { statementFolder, matched } = this.#memory.read();
    const folders = statementFolders(this.#options.surroundings, this.#options.folder);
    const chosen = folder ?? statementFolder ?? folders[0] ?? this.#options.folder;
    if (folder !== undefined) this.#memory.rememberStatementFolder(folder);
    const files = listStatements(chosen).map((file) => {
      const before = Object.hasOwn(matched, file.path) ? matched[file.path] : undefined;
      // A file that was written again since is another file.
      return before?.changedAt === file.changedAt ? { ...file, matchedAt: before.at, differencesLeft: before.differencesLeft } : { ...file, matchedAt: null, differencesLeft: null };
    });
    return { folder: chosen, folders: [...new Set([chosen, ...folders])], files };
  }

  /** One at a time: a newer question ends the one before, whose answer nobody waits for. */
  async #look({ path, gateway, mapping }: TillCalls['statementLook'][0]): Promise<StatementLook> {
    await this.#looking?.cancel();
    const request = { path, gateway: gateway ?? null, mapping: mapping ?? null, remembered: this.#memory.read().mappings };
    const thread = this.#thread({ kind: 'look', request }, () => undefined);
    this.#looking = thread;
    const end = await thread.ended;
    if (this.#looking === thread) this.#looking = null;
    if (end.kind === 'looked') return end.look;
    if (end.kind === 'failed') this.#options.log.warn('a statement could not be looked at', { detail: end.detail });
    return { path, gateway: request.gateway, terminal: null, fromDay: null, toDay: null, rows: 0, encoding: '', columns: [], amountUnit: null, problem: message('statementNotRead') };
  }

  #startReconcile({ commandId, path, gateway, mapping }: TillCalls['startReconcile'][0]): TaskReply {
    const differencesPath = join(this.#differencesFolder(), `${randomUUID()}.ndjson`);
    mkdirSync(this.#differencesFolder(), { recursive: true, mode: 0o700 });
    this.#memory.rememberMapping(gateway, mapping);
    const by = this.#options.who();
    const task: WorkTask = { kind: 'reconcile', request: { path, gateway, mapping, remembered: {} }, differencesPath };
    return this.#start(commandId, { kind: 'reconcile', target: path, format: null }, task, (end, shown) => {
      if (end.kind !== 'reconciled') {
        rmSync(differencesPath, { force: true });
        return { ...shown, message: end.kind === 'refused' ? end.message : end.kind === 'cancelled' ? message('reconcileCancelled') : message('statementNotRead') };
      }
      this.#keep({ taskId: shown.taskId, result: end.result, differencesPath });
      this.#options.onMatched({ ...end.result, by }, end.news);
      return { ...shown, done: end.result.rows, total: end.result.rows, message: message('reconcileDone', { n: grouped(end.result.rows) }) };
    });
  }

  /** Null where the result is gone; the reason where the journal couldn't take it. */
  #note({ commandId, taskId, index, note }: TillCalls['noteDifference'][0]): TillCalls['noteDifference'][1] {
    const kept = this.#results.find((one) => one.taskId === taskId);
    const row = kept?.result.differences.find((one) => one.index === index);
    if (kept === undefined || row === undefined) return null;
    const reference = row.theirs?.attemptRef ?? row.ours?.reference ?? row.theirs?.gatewayRef ?? row.theirs?.walletRef ?? '';
    const why = this.#options.noteDifference({ commandId, gateway: kept.result.gateway, reference, text: note });
    if (why !== null) return { kind: 'refused', message: why };
    kept.result = { ...kept.result, differences: kept.result.differences.map((one) => (one === row ? { ...one, note } : one)) };
    return kept.result;
  }

  #keep(kept: KeptResult): void {
    const all = [...this.#results, kept];
    for (const old of all.slice(0, -keptResults)) rmSync(old.differencesPath, { force: true });
    this.#results = all.slice(-keptResults);
    const { path, missingHere, missingThere, different } = kept.result;
    const changedAt = listStatements(join(path, '..')).find((file) => file.path === path)?.changedAt;
    if (changedAt !== undefined) this.#memory.rememberMatch(path, { at: this.#options.clock.wall(), changedAt, differencesLeft: missingHere + missingThere + different });
  }

  // ---- tasks

  #start(commandId: string | null, about: Pick<LongTask, 'kind' | 'target' | 'format'>, work: WorkTask, ended: (end: WorkEnd, shown: LongTask) => LongTask): TaskReply {
    const all = [...this.#running.values()];
    const before = commandId === null ? undefined : all.find((one) => one.commandId === commandId);
    if (before !== undefined) return { kind: 'started', task: before.task };
    if (all.some(({ task }) => task.kind === about.kind && task.state === 'running')) return { kind: 'refused', message: message('taskBusy') };
    const taskId = randomUUID();
    const thread = this.#thread(work, (done, total) => this.#change(taskId, (task) => (task.state === 'running' ? { ...task, done, total } : task)));
    const task: LongTask = { taskId, ...about, state: 'running', done: 0, total: null, startedAt: this.#options.clock.wall(), endedAt: null, message: null };
    this.#running.set(taskId, { task, commandId, thread });
    this.#options.onTask(task);
    void thread.ended.then((end) => this.#end(taskId, end, ended));
    return { kind: 'started', task };
  }

  #end(taskId: string, end: WorkEnd, ended: (end: WorkEnd, shown: LongTask) => LongTask): void {
    if (end.kind === 'failed' || end.kind === 'tooManyRows') this.#options.log.warn('long work failed', { detail: end.kind === 'failed' ? end.detail : `more than ${end.most} rows` });
    this.#change(taskId, (task) => ended(end, { ...task, state: stateOf(end), endedAt: this.#options.clock.wall() }));
    const forget = this.#options.clock.after(keptMilliseconds, () => {
      this.#running.delete(taskId);
      this.#forgets.delete(forget);
    });
    this.#forgets.add(forget);
  }

  #change(taskId: string, change: (task: LongTask) => LongTask): void {
    const running = this.#running.get(taskId);
    if (running === undefined) return;
    running.task = change(running.task);
    this.#options.onTask(running.task);
  }

  async #cancel(taskId: string): Promise<null> {
    const running = this.#running.get(taskId);
    if (running?.task.state === 'running') await running.thread.cancel();
    return null;
  }

  #thread(task: WorkTask, onProgress: (done: number, total: number) => void): WorkThread {
    return startWork({ folder: this.#options.folder, shop: this.#options.shop, task }, this.#options.clock, onProgress);
  }

  #differencesFolder(): string {
    return join(this.#options.folder, 'reconcile');
  }
}

function stateOf(end: WorkEnd): LongTask['state'] {
  switch (end.kind) {
    case 'exported': case 'looked': case 'reconciled': return 'done';
    case 'cancelled': return 'cancelled';
    case 'refused': case 'failed': case 'tooManyRows': return 'failed';
  }
}

function exportProblem(end: Exclude<WorkEnd, { kind: 'exported' }>, { total }: LongTask, folder: string): Message {
  if (end.kind === 'cancelled') return message('exportCancelled');
  return end.kind === 'tooManyRows' ? message('exportTooLarge', { n: grouped(total ?? end.most), most: grouped(end.most) }) : message('exportFailed', { folder });
}

/** Where the file is, and why it isn't where the last one went. */
function exportMessage({ rows, path }: Extract<WorkEnd, { kind: 'exported' }>, gone: string | null): Message {
  const said = { n: grouped(rows), folder: path };
  return gone === null ? message('exportDone', said) : message('exportDoneElsewhere', { ...said, gone });
}

/** `12,406`: for people, in both languages. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}
