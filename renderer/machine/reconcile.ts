/** Reconcile, the file: which statement, what its columns are, and the start of the match. The journal is only read. */
import type { StatementFile, StatementLook } from '../../core/contract/types.ts';
import { calls, refused, stay, type Moment, type Reply, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { pressOn } from './press.ts';
import { openProgress } from './progress.ts';
import { fieldOf, mappedColumns, mappingOf, missing, nextMeaning, unitOf, type ColumnChanges, type MappedColumn, type Missing, type Unit } from './reconcile-mapping.ts';
import { openResult } from './reconcile-result.ts';
import type { Place, TillScreen } from './state.ts';
import { progressAfterMs, taskById, withStarted } from './tasks.ts';

export interface ReconcilePlace {
  readonly name: 'reconcile';
  readonly stage: 'file';
  /** Null until the till has said which files there are. */
  readonly files: readonly StatementFile[] | null;
  /** Where statements may lie, and the one that is looked into. */
  readonly folders: readonly string[];
  readonly folder: string | null;
  readonly file: number;
  readonly look: StatementLook | null;
  /** True while a file is being looked into. */
  readonly looking: boolean;
  readonly lookedAt: number;
  /** Counts the looks: an answer to an older one is dropped. */
  readonly turn: number;
  readonly gateway: string | null;
  readonly changes: ColumnChanges;
  readonly unit: Unit;
  readonly index: number;
  readonly taskId: string | null;
  /** Where it was opened from. */
  readonly back: Place;
}

export function openReconcile(state: TillScreen, back: Place): Step {
  const at: ReconcilePlace = {
    name: 'reconcile', stage: 'file', files: null, folders: [], folder: null, file: 0, look: null, looking: false, lookedAt: state.now, turn: state.now,
    gateway: null, changes: {}, unit: null, index: 0, taskId: null, back,
  };
  return stay({ ...state, menu: 'closed', place: at }, calls('statements', {}));
}

/** The columns as they stand on screen, with what a person changed. */
export function columnsOf(at: ReconcilePlace): readonly MappedColumn[] {
  return at.look ? mappedColumns(at.look, at.changes, at.unit) : [];
}

/** True where the file doesn't say whose it is: the first row asks. */
export function asksGateway(at: ReconcilePlace): boolean {
  return at.look !== null && at.look.gateway === null;
}

/** Rows on the right: the gateway's where it has to be chosen, then the columns. */
export function mappingRows(at: ReconcilePlace): number {
  return columnsOf(at).length + (asksGateway(at) ? 1 : 0);
}

export function missingOf(at: ReconcilePlace): Missing | null {
  return missing(at.gateway, columnsOf(at), at.unit);
}

export const reconcile: Part<ReconcilePlace> = {
  digits: () => 'move',
  keys: (at) => keysOf(at),
  onDigit: (state, at, key) => onDigit(state, at, key),
  onRow: (state, at, index) => stay({ ...state, place: { ...at, index } }),
  onReply: (state, at, reply) => onReply(state, at, reply),
  onLost(state, at, { name, tag }) {
    const isOwn = name === 'statements' || name === 'startReconcile' || (name === 'statementLook' && tag === String(at.turn));
    return stay(isOwn ? { ...state, place: { ...at, looking: false }, notice: { kind: 'words', key: 'notice.actionFailed' } } : state);
  },
  onTick(state, at) {
    const task = at.taskId === null ? null : taskById(state, at.taskId);
    if (!task) return stay(state);
    const back = { ...at, taskId: null };
    if (task.state === 'running') return state.now - task.startedAt >= progressAfterMs ? openProgress(state, task, back, null) : stay(state);
    return task.state === 'done' ? openResult(state, task.taskId, back) : stay({ ...state, place: back });
  },
};

function keysOf(at: ReconcilePlace): readonly Binding[] {
  const files = at.files?.length ?? 0;
  const ready = at.look !== null && !at.looking && at.taskId === null && missingOf(at) === null;
  return [
    ...(files > 1 ? [{ key: '+', word: 'cap.nextFile', press: pressOn('reconcile', (state, place) => chosen(state, place, (place.file + 1) % files)) } as const] : []),
    ...(mappingRows(at) > 0 ? [{ key: '82', word: 'cap.column', press: refused }, { key: '46', word: 'cap.changeMatch', press: refused }] as const : []),
    ...(at.folders.length > 1 ? [{ key: '*', word: 'cap.otherFolder', press: pressOn('reconcile', otherFolder), offRail: 'also' } as const] : []),
    { key: '-', word: 'cap.back', press: pressOn('reconcile', (state, place) => stay({ ...state, place: place.back })), ...(ready ? { offRail: 'also' } as const : {}) },
    ...(ready ? [{ key: 'Enter', word: 'cap.match', values: { rows: (at.look?.rows ?? 0).toLocaleString('en') }, press: pressOn('reconcile', match), primary: true } as const] : []),
  ];
}

function onDigit(state: TillScreen, at: ReconcilePlace, key: PadKey): Step {
  const rows = mappingRows(at);
  if (rows === 0) return refused(state);
  switch (key) {
    case '8': case 'up': return stay({ ...state, place: { ...at, index: (at.index + rows - 1) % rows } });
    case '2': case 'down': return stay({ ...state, place: { ...at, index: (at.index + 1) % rows } });
    case '4': case 'left': return changed(state, at, -1);
    case '6': case 'right': return changed(state, at, 1);
    default: return refused(state);
  }
}

/** `4` `6`: another gateway in the first row, another meaning in a column's. */
function changed(state: TillScreen, at: ReconcilePlace, by: 1 | -1): Step {
  if (asksGateway(at) && at.index === 0) return turnedGateway(state, at, by);
  const columns = columnsOf(at);
  const index = at.index - (asksGateway(at) ? 1 : 0);
  const column = columns[index];
  if (!column) return refused(state);
  const meaning = nextMeaning(columns, index, by);
  const changes = { ...at.changes, [column.theirs]: meaning === null ? null : fieldOf(meaning) };
  return stay({ ...state, place: { ...at, changes, unit: unitOf(meaning, at.unit) } });
}

/** A gateway's own mapping is known to the till: the file is looked at again with it. */
function turnedGateway(state: TillScreen, at: ReconcilePlace, by: 1 | -1): Step {
  const ids = state.status?.gateways.map(({ id }) => id) ?? [];
  const now = at.gateway === null ? (by === 1 ? -1 : 0) : ids.indexOf(at.gateway);
  const gateway = ids[(now + by + ids.length) % ids.length];
  return gateway === undefined ? refused(state) : looked(state, { ...at, gateway });
}

function chosen(state: TillScreen, at: ReconcilePlace, file: number): Step {
  return looked(state, { ...at, file, look: null, gateway: null, changes: {}, unit: null, index: 0 });
}

function looked(state: TillScreen, at: ReconcilePlace): Step {
  const file = at.files?.[at.file];
  if (!file) return stay({ ...state, place: at });
  const turn = at.turn + 1;
  const request = { path: file.path, ...(at.gateway === null ? {} : { gateway: at.gateway }) };
  return stay({ ...state, place: { ...at, turn, looking: true, lookedAt: state.now } }, calls('statementLook', request, String(turn)));
}

function otherFolder(state: TillScreen, at: ReconcilePlace): Step {
  const folder = at.folders[(at.folders.indexOf(at.folder ?? '') + 1) % Math.max(1, at.folders.length)];
  return folder === undefined ? refused(state) : stay({ ...state, place: { ...at, looking: true, lookedAt: state.now } }, calls('statements', { folder }));
}

function match(state: TillScreen, at: ReconcilePlace, moment: Moment): Step {
  const mapping = mappingOf(columnsOf(at), at.unit);
  if (!at.look || !mapping || at.gateway === null || missingOf(at) !== null) return refused(state);
  return stay(state, calls('startReconcile', { commandId: moment.freshId, path: at.look.path, gateway: at.gateway, mapping }));
}

function onReply(state: TillScreen, at: ReconcilePlace, reply: Reply): Step {
  switch (reply.name) {
    case 'statements': return chosen(state, { ...at, files: reply.reply.files, folders: reply.reply.folders, folder: reply.reply.folder, looking: false }, 0);
    case 'statementLook': {
      if (reply.tag !== String(at.turn)) return stay(state);
      const look = reply.reply;
      // The gateway that a person chose stays; the till may know its columns better now.
      return stay({ ...state, place: { ...at, look: at.look?.gateway === null ? { ...look, gateway: null } : look, looking: false, gateway: look.gateway ?? at.gateway, unit: look.amountUnit, index: firstUnclear(look, at) } });
    }
    case 'startReconcile':
      if (reply.reply.kind === 'refused') return stay({ ...state, notice: { kind: 'message', message: reply.reply.message } });
      return stay({ ...withStarted(state, reply.reply.task), place: { ...at, taskId: reply.reply.task.taskId } });
    default: return stay(state);
  }
}

/** The ring starts where a person is needed: the gateway, the unit, the first column that wasn't recognised. */
function firstUnclear(look: StatementLook, at: ReconcilePlace): number {
  if (at.look?.gateway === null) return at.index;
  if (look.gateway === null) return 0;
  const unit = look.amountUnit === null ? look.columns.findIndex(({ ours }) => ours === 'amount') : -1;
  return Math.max(0, unit >= 0 ? unit : look.columns.findIndex(({ ours }) => ours === null));
}
