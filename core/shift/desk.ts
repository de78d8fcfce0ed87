/** The shift at a running till: open, cash in and out, X, the blind count, and the close with its Z. */
import { message, type Message } from '../contract/messages.ts';
import type {
  Approval, ApprovalRefusal, CarriedOver, CloseReply, CountReply, Denomination, PrintState, ShiftCheck, ShiftReply, ShiftSums, ShiftView, TillCalls, XReply, ZReport, ZView,
} from '../contract/types.ts';
import type { Journal, NewEntry } from '../journal/journal.ts';
import { JournalUnavailable, type PrintJobRecord, type ShiftRecord } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import { denominationsOf } from '../money/denominations.ts';
import type { Backup, Clock } from '../ports.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import type { Allowed, StaffDesk } from '../staff/desk.ts';
import type { Act } from '../staff/roles.ts';
import { drawerMoveRecord, isShiftRow, shiftAggregate, shiftEvent, shiftNumber, type CashMoved, type ShiftAct, type ShiftEvent } from './events.ts';
import { closeShift, countDrawer, moveCash, openShift, showExpected } from './rules.ts';
import { countView, openShiftView, shiftOf, stepShift, type Shift } from './shift.ts';
import { expectedDrawer, shiftSums } from './sums.ts';
import { xReport } from './z-report.ts';

export type ShiftPaper = 'slip' | 'z' | 'drawer';

export interface ShiftDeskPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly staff: StaffDesk;
  readonly backup: Backup | null;
  readonly terminalId: string;
  readonly currency: Currency;
  /** False in a shop without a drawer: float, count and cash are skipped. */
  readonly drawer: boolean;
  readonly training: boolean;
  carriedOver(): readonly CarriedOver[];
  checks(): readonly ShiftCheck[];
  /** Rows that queue a print, to be written with what causes it; null without a printer. */
  paper(kind: ShiftPaper, aggregate: string, subject: string): { readonly entry: NewEntry; readonly job: PrintJobRecord; written(): void } | null;
  zDocument(number: number): ReceiptDocument;
  zPrinted(number: number): PrintState;
  changed(): void;
  /** A shift was closed: sentinels look, the chain's head is written elsewhere. */
  closed(): void;
  /** The copy of a Z ended; `folder` is where it was to go. */
  backedUp(how: 'done' | 'failed', folder: string): void;
  journalFailed(error: JournalUnavailable): Message;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };
type MoveRequest = TillCalls['moveCash'][0];

export class ShiftDesk {
  private readonly ports: ShiftDeskPorts;
  private shift: Shift | null;
  /** The row of the look that the report on screen shows its cash by; null where it shows none. */
  private look: number | null = null;
  private readonly backups = new Map<number, 'running' | 'done' | 'failed'>();

  constructor(ports: ShiftDeskPorts) {
    this.ports = ports;
    const record = ports.journal.reader.shift('newest');
    this.shift = record === null ? null : this.read(record.number);
  }

  /** The open shift; null where none is. */
  current(): Shift | null {
    return this.shift !== null && this.shift.closed === null ? this.shift : null;
  }

  view(): ShiftView {
    const current = this.current();
    const closed = current === null ? this.shift : current.number > 1 ? this.read(current.number - 1) : null;
    const last = closed?.closed ?? null;
    return {
      current: current === null ? null : openShiftView(current, this.expected(current)),
      drawer: this.ports.drawer,
      denominations: denominationsOf(this.ports.currency),
      lastZ: closed === null || last === null ? null : { number: closed.number, closedAt: last.time.wall, by: last.by, left: makeAmount(last.leftMinor, closed.opened.currency) },
      checks: this.ports.checks(),
    };
  }

  async open(request: { readonly commandId: string; readonly floatMinor: number; readonly denominations?: readonly Denomination[] | undefined }): Promise<ShiftReply> {
    const allowed = await this.ports.staff.allow('openShift', undefined);
    if (allowed.kind !== 'allowed') return allowed;
    if (this.isRepeated(request.commandId)) return this.done();
    const { currency, terminalId, training, drawer } = this.ports;
    const opening = { floatMinor: drawer ? request.floatMinor : 0, currency, denominations: request.denominations ?? [], terminalId, training };
    const decision = openShift(this.shift, opening, this.act(allowed, request.commandId));
    return this.carryOut(decision);
  }

  async moveCash(request: MoveRequest): Promise<ShiftReply> {
    const known = this.bookedBy(request.commandId);
    // Before any PIN: one that is mistyped over a lost answer is no word about what is booked. Anybody but who booked it is asked for theirs first.
    if (known !== null && this.standsHere(known)) return this.movedBefore(request, known);
    const act: Act = request.amountMinor === 0 ? 'openDrawer' : request.direction === 'out' ? 'payOut' : 'payIn';
    const allowed = await this.ports.staff.allow(act, request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    const { direction, amountMinor: minor, reason } = request;
    if (this.isRepeated(request.commandId)) return this.movedBefore(request, this.bookedBy(request.commandId));
    const decision = moveCash(this.shift, { direction, minor, reason, approvedBy: allowed.approval?.by ?? null }, this.act(allowed, request.commandId));
    if (decision.kind === 'refused') return decision;
    const time = decision.event.time;
    const approved = this.ports.staff.approvalEntry(allowed, act, time, { refundRef: null, amount: makeAmount(minor, this.ports.currency) });
    return this.write(decision.event, { beside: approved === null ? [] : [approved], papers: minor === 0 ? ['drawer'] : ['drawer', 'slip'] }) ?? this.done();
  }

  /** Reads the shift without changing it; cash sums are shown to nobody who may count, unless a supervisor says so. */
  async x(approval: Approval | undefined): Promise<XReply> {
    const shift = this.current();
    if (shift === null) return { kind: 'refused', message: message('shiftNotOpen') };
    const cashShown = await this.mayShowCash(approval);
    if (cashShown !== true && cashShown !== false) return cashShown;
    this.look = cashShown ? this.newestLook(shift.number) : null;
    const by = this.ports.staff.who();
    return { kind: 'report', report: xReport(shift, this.sums(shift), { at: this.ports.clock.wall(), by, cashShown }) };
  }

  /** Asked for with a PIN, the look is an event of its own. */
  private async mayShowCash(approval: Approval | undefined): Promise<boolean | ApprovalRefusal | Refused> {
    if (!this.ports.staff.isOn()) return true;
    if (approval === undefined) return false;
    const allowed = await this.ports.staff.allow('showExpected', approval);
    if (allowed.kind !== 'allowed') return allowed;
    const decision = showExpected(this.shift, { ...this.act(allowed, null), by: allowed.approval?.by ?? allowed.by });
    if (decision.kind === 'refused') return decision;
    return this.write(decision.event) ?? true;
  }

  /** What an X on paper is made from: the rows so far, and the look by which it may have the cash that the screen shows. */
  xSubject(): string {
    const { lastSequence } = this.ports.journal;
    return this.look === null ? String(lastSequence) : `${lastSequence}-${this.look}`;
  }

  private newestLook(number: number): number | null {
    return this.ports.journal.reader.rowsOf(shiftAggregate(number)).findLast((row) => row.type === 'expectedShown')?.sequence ?? null;
  }

  async count(request: { readonly commandId: string; readonly countedMinor: number; readonly denominations?: readonly Denomination[] | undefined }): Promise<CountReply> {
    const allowed = await this.ports.staff.allow('countDrawer', undefined);
    if (allowed.kind !== 'allowed') return { kind: 'refused', message: allowed.message };
    const shift = this.current();
    const expectedMinor = shift === null ? 0 : this.expected(shift);
    if (shift === null || !this.isRepeated(request.commandId)) {
      const decision = countDrawer(this.shift, { countedMinor: request.countedMinor, expectedMinor, denominations: request.denominations ?? [] }, this.act(allowed, request.commandId));
      if (decision.kind === 'refused') return decision;
      const failed = this.write(decision.event);
      if (failed !== null) return failed;
    }
    const counted = this.shift === null ? null : countView(this.shift, expectedMinor);
    return counted === null ? { kind: 'refused', message: message('countFirst') } : { kind: 'counted', count: counted };
  }

  async close(request: TillCalls['closeShift'][0]): Promise<CloseReply> {
    const allowed = await this.ports.staff.allow('closeShift', undefined);
    if (allowed.kind !== 'allowed') return allowed;
    const repeated = this.ports.journal.reader.aggregateOfCommand(request.commandId);
    if (repeated !== null) return { kind: 'closed', z: this.z(shiftNumber(repeated)) ?? missingZ(shiftNumber(repeated)) };
    const shift = this.current();
    if (shift === null) return { kind: 'refused', message: message('shiftNotOpen') };
    // The close's own row ends the range: nothing can come between it and what it counts.
    const sums = this.sums(shift, this.ports.journal.lastSequence + 1);
    // At the counter somebody counts; the owner's own access to the machine may close without.
    const uncounted = request.uncounted === true && !this.ports.staff.isOn();
    const closing = { sums, uncounted, drawer: this.ports.drawer, differenceReason: request.differenceReason ?? null, leftMinor: request.leftMinor ?? null };
    const decision = closeShift(shift, closing, this.act(allowed, request.commandId));
    if (decision.kind === 'refused') return decision;
    const failed = this.write(decision.event, { papers: ['z'] });
    if (failed !== null) return failed;
    this.backUp(shift.number);
    this.ports.closed();
    return { kind: 'closed', z: this.z(shift.number) ?? missingZ(shift.number) };
  }

  /** The report of a closed shift; null where there is none of this number. */
  report(number: number): ZReport | null {
    const shift = this.shift?.number === number ? this.shift : this.read(number);
    return shift?.closed?.z ?? null;
  }

  /** A closed shift's Z as a screen shows it; null where there is none of this number. */
  z(number: number): ZView | null {
    const report = this.report(number);
    if (report === null) return null;
    const state = this.backups.get(number);
    const { folder } = this.ports.backup ?? { folder: null };
    return { report, document: this.ports.zDocument(number), printed: this.ports.zPrinted(number), backup: folder === null || state === undefined ? null : { state, folder } };
  }

  // ---- sums

  /** What counts in the shift so far, or up to `upToSequence`. */
  sums(shift: Shift, upToSequence = this.ports.journal.lastSequence): ShiftSums {
    const { reader } = this.ports.journal;
    const afterSequence = this.closedBefore(shift.number);
    const { floatMinor: minor, currency } = shift.opened;
    return shiftSums({
      afterSequence, upToSequence,
      moveSums: reader.moveSums({ afterSequence, upToSequence }),
      drawerSums: reader.moveSums({ afterSequence: this.openedAt(shift.number), upToSequence }),
      drawerMoves: shift.moves,
      carriedOver: this.ports.carriedOver(),
      float: { minor, currency },
    });
  }

  private expected(shift: Shift): number {
    const { reader, lastSequence } = this.ports.journal;
    const { floatMinor: minor, currency } = shift.opened;
    return expectedDrawer({ minor, currency }, reader.moveSums({ afterSequence: this.openedAt(shift.number), upToSequence: lastSequence }));
  }

  /** The row that opened it: the float was counted there, with all that had moved the drawer before. */
  private openedAt(number: number): number {
    return this.ports.journal.reader.shift(number)?.openedSequence ?? 0;
  }

  /** The row that closed the shift before: what came after it counts here, also from between two shifts (CASES 39). */
  private closedBefore(number: number): number {
    return number === 1 ? 0 : (this.ports.journal.reader.shift(number - 1)?.closedSequence ?? 0);
  }

  // ---- writing

  private carryOut(decision: { readonly kind: 'done'; readonly event: ShiftEvent } | Refused): ShiftReply {
    if (decision.kind === 'refused') return decision;
    return this.write(decision.event) ?? this.done();
  }

  private write(event: ShiftEvent, more: { readonly beside?: readonly { readonly type: string }[]; readonly papers?: readonly ShiftPaper[] } = {}): Refused | null {
    const after = stepShift(event.type === 'shiftOpened' ? null : this.shift, event);
    const aggregate = shiftAggregate(after.number);
    const sequence = this.ports.journal.lastSequence + 1;
    const papers = (more.papers ?? []).flatMap((kind) => this.ports.paper(kind, aggregate, String(kind === 'z' ? after.number : sequence)) ?? []);
    const beside = (more.beside ?? []).map((one): NewEntry => ({ aggregate, type: one.type, payload: one }));
    const move = drawerMoveRecord(event, sequence, after.opened.currency);
    try {
      this.ports.journal.append([{ aggregate, type: event.type, payload: event }, ...beside, ...papers.map(({ entry }) => entry)], {
        commandId: event.commandId,
        moves: move === null ? [] : [move],
        shifts: this.shiftRecords(event, after.number, sequence),
        printJobs: papers.map(({ job }) => job),
      });
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return { kind: 'refused', message: this.ports.journalFailed(error) };
    }
    this.shift = after;
    for (const paper of papers) paper.written();
    this.ports.changed();
    return null;
  }

  private shiftRecords(event: ShiftEvent, number: number, sequence: number): readonly ShiftRecord[] {
    if (event.type === 'shiftOpened') return [{ number, openedSequence: sequence, closedSequence: null }];
    if (event.type !== 'shiftClosed') return [];
    const opened = this.ports.journal.reader.shift(number);
    if (opened === null) throw new Error(`shift ${number} has no record`);
    return [{ ...opened, closedSequence: sequence }];
  }

  private backUp(number: number): void {
    const { backup } = this.ports;
    if (backup === null || backup.folder === null) return;
    this.backups.set(number, 'running');
    const { folder } = backup;
    backup.begin(backupName(number), (how) => {
      this.backups.set(number, how);
      this.ports.backedUp(how, folder);
      this.ports.changed();
    });
  }

  /** Begins the copy of the newest Z that a crash, or a disk that wasn't there, prevented. Its number; null where none is missing. */
  backUpMissing(): number | null {
    const { backup } = this.ports;
    const newest = this.shift === null ? 0 : this.shift.closed === null ? this.shift.number - 1 : this.shift.number;
    if (newest === 0 || backup === null || backup.folder === null || this.backups.has(newest) || backup.isMade(backupName(newest))) return null;
    this.backUp(newest);
    return newest;
  }

  /** What became of the newest copy that this run made; `none` where it made none. */
  newestBackup(): 'none' | 'written' | 'failed' {
    const newest = [...this.backups.values()].findLast((state) => state !== 'running');
    if (newest === undefined) return 'none';
    return newest === 'done' ? 'written' : 'failed';
  }

  private read(number: number): Shift | null {
    return shiftOf(this.ports.journal.reader.rowsOf(shiftAggregate(number)).flatMap((row) => (isShiftRow(row) ? [shiftEvent(row)] : [])));
  }

  private act(allowed: Allowed, commandId: string | null): ShiftAct {
    const { clock } = this.ports;
    return { time: { wall: clock.wall(), monotonic: clock.monotonic() }, by: allowed.by, commandId };
  }

  private isRepeated(commandId: string): boolean {
    return this.ports.journal.reader.aggregateOfCommand(commandId) !== null;
  }

  /** What a command that came before has moved in the drawer; null where it has moved nothing there. */
  private bookedBy(commandId: string): CashMoved | null {
    const aggregate = this.ports.journal.reader.aggregateOfCommand(commandId);
    const rows = aggregate === null ? [] : this.ports.journal.reader.rowsOf(aggregate);
    const moves = rows.flatMap((row): readonly CashMoved[] => {
      const event = isShiftRow(row) ? shiftEvent(row) : null;
      return event?.type === 'cashMoved' && event.commandId === commandId ? [event] : [];
    });
    return moves[0] ?? null;
  }

  /** Whether the person who did this is the one at the till now. */
  private standsHere({ by }: ShiftEvent): boolean {
    const { staff } = this.ports;
    return staff.sellingRefusal() === null && staff.who().operatorId === by.operatorId;
  }

  /** "It is booked" is said of this very movement, and of no other one. */
  private movedBefore({ direction, amountMinor, reason }: MoveRequest, known: CashMoved | null): ShiftReply {
    const isThis = known !== null && known.minor === amountMinor && known.reason === reason && known.direction === (amountMinor === 0 ? 'opened' : direction);
    return isThis ? this.done() : { kind: 'refused', message: message('drawerMovedOtherwise') };
  }

  private done(): ShiftReply {
    return { kind: 'done', shift: this.view() };
  }
}

function backupName(number: number): string {
  return `z-${String(number).padStart(6, '0')}`;
}

function missingZ(number: number): never {
  throw new Error(`shift ${number} has no Z`);
}

