/** The rules about shifts: numbers without a gap, and each X and Z says what the rows of its range say, by no clock (CASES 39). */
import type { ShiftSums, XReport, ZReport } from '../../core/contract/types.ts';
import type { JournalRow } from '../../core/journal/storage.ts';
import type { Findings } from '../findings.ts';
import { drawerEffect, nothing, sumOfKind, tenders, type Ledger, type Move } from './ledger.ts';
import type { Mirror } from './mirror.ts';

interface ShiftRow {
  readonly type: string;
  readonly number?: number;
  readonly floatMinor?: number;
  readonly direction?: 'in' | 'out' | 'opened';
  readonly minor?: number;
  readonly z?: ZReport;
}

const shiftRows: ReadonlySet<string> = new Set(['shiftOpened', 'cashMoved', 'drawerCounted', 'expectedShown', 'shiftClosed']);

export class ShiftRules {
  /** Every Z that was made, as the journal has it. */
  readonly reports: ZReport[] = [];
  closedSequence = 0;
  readonly #ledger: Ledger;
  readonly #mirror: Mirror;
  readonly #findings: Findings;
  #number = 0;
  #isOpen = false;
  #floatMinor = 0;
  #openedSequence = 0;

  constructor(ledger: Ledger, mirror: Mirror, findings: Findings) {
    this.#ledger = ledger;
    this.#mirror = mirror;
    this.#findings = findings;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  forget(): void {
    this.reports.length = 0;
    this.closedSequence = 0;
    this.#number = 0;
    this.#isOpen = false;
  }

  stored(row: JournalRow): void {
    if (!shiftRows.has(row.type)) return;
    const event = JSON.parse(row.payload) as ShiftRow;
    this.#findings.note(() => `journal ${row.sequence} ${row.aggregate} ${row.type} ${event.direction ?? ''} ${event.minor ?? ''}`);
    switch (row.type) {
      case 'shiftOpened':
        this.#opened(event, row);
        return;
      case 'cashMoved':
        if (!this.#isOpen) this.#broken(row.aggregate, 'cash was moved while no shift was open');
        this.#ledger.drawerMoved(event.direction ?? 'opened', event.minor ?? 0, row.sequence);
        return;
      case 'shiftClosed':
        if (event.z !== undefined) this.#closed(event.z, row);
        return;
    }
  }

  #opened(event: ShiftRow, row: JournalRow): void {
    if (this.#isOpen || event.number !== this.#number + 1) this.#broken(row.aggregate, `it follows shift ${this.#number}${this.#isOpen ? ', which is open' : ''}`);
    this.#number = event.number ?? 0;
    this.#isOpen = true;
    this.#openedSequence = row.sequence;
    this.#floatMinor = event.floatMinor ?? 0;
  }

  #closed(z: ZReport, row: JournalRow): void {
    if (!this.#isOpen || z.number !== this.#number || z.shift !== z.number) this.#broken(row.aggregate, `Z ${z.number} closes shift ${this.#number}${this.#isOpen ? '' : ', which is closed'}`);
    this.#range(`Z ${z.number}`, z.sums, row.sequence);
    this.#carriedOver(z);
    if (z.counted !== null && z.differenceMinor !== z.counted.minor - z.sums.expectedDrawerMinor) this.#broken(`Z ${z.number}`, 'its difference is not what was counted less what was expected');
    this.#isOpen = false;
    this.closedSequence = row.sequence;
    this.reports.push(z);
  }

  /** An X is asked for between two rows. */
  shown(x: XReport, lastSequence: number): void {
    this.#range(`X of shift ${x.shift.number}`, x.sums, lastSequence, x.cashShown);
  }

  #range(name: string, sums: ShiftSums, upTo: number, cashShown = true): void {
    if (sums.afterSequence !== this.closedSequence || sums.upToSequence !== upTo) this.#broken(name, `it counts rows ${sums.afterSequence} to ${sums.upToSequence}, and not ${this.closedSequence} to ${upTo}`);
    const moves = this.#ledger.within(this.closedSequence, upTo);
    const own = tenders(moves);
    const said = byGateway(sums);
    for (const gateway of new Set([...own.keys(), ...said.keys()])) {
      const [expected, found] = [own.get(gateway) ?? nothing, said.get(gateway) ?? nothing];
      const hidden = gateway === 'cash' && !cashShown;
      if (JSON.stringify(hidden ? countsOf(expected) : expected) !== JSON.stringify(found)) this.#broken(`${name} ${gateway}`, `it says ${JSON.stringify(found)}, its rows say ${JSON.stringify(expected)}`);
    }
    this.#apart(name, sums, moves, cashShown);
  }

  #apart(name: string, sums: ShiftSums, moves: readonly Move[], cashShown: boolean): void {
    // What moved the drawer before the float was counted is in the float.
    const expected = cashShown ? this.#floatMinor + drawerEffect(moves.filter(({ sequence }) => sequence > this.#openedSequence)) : 0;
    if (sums.expectedDrawerMinor !== expected) this.#broken(name, `the drawer should hold ${sums.expectedDrawerMinor} by it, and ${expected} by its rows`);
    const pairs = [
      ['outside refunds', totalOf(sums.outsideRefunds), sumOfKind(moves, 'outsideRefund')],
      ['cash taken back', cashShown ? sums.cashReturned : { ...sums.cashReturned, minor: sumOfKind(moves, 'cashReturned').minor }, sumOfKind(moves, 'cashReturned')],
      ['settled as paid', totalOf(sums.settled.filter(({ as }) => as === 'paid')), sumOfKind(moves, 'settledPaid')],
      ['settled as not paid', totalOf(sums.settled.filter(({ as }) => as === 'notPaid')), sumOfKind(moves, 'settledNotPaid')],
      ['settled as refunded', totalOf(sums.settled.filter(({ as }) => as === 'refunded')), sumOfKind(moves, 'settledRefunded')],
    ] as const;
    for (const [what, found, own] of pairs) if (found.count !== own.count || found.minor !== own.minor) this.#broken(`${name}, ${what}`, `${found.count} of ${found.minor}, and ${own.count} of ${own.minor} by its rows`);
    if (sums.drawerOpenings !== sumOfKind(moves, 'drawerOpened').count) this.#broken(name, `it has ${sums.drawerOpenings} openings of the drawer`);
  }

  #carriedOver(z: ZReport): void {
    const open = [...this.#mirror.open].map(({ reference }) => reference).concat([...this.#mirror.openRefunds].map(({ reference }) => reference)).sort();
    const said = z.sums.carriedOver.map(({ reference }) => reference).sort();
    if (open.join() !== said.join()) this.#broken(`Z ${z.number}`, `it carries over ${said.join(', ')}, and open are ${open.join(', ')}`);
  }

  #broken(about: string, detail: string): void {
    this.#findings.broken('CASES 39: X and Z', about, detail);
  }
}

function byGateway(sums: ShiftSums): ReadonlyMap<string, typeof nothing> {
  const said = new Map<string, typeof nothing>();
  for (const { gateway, sales, salesMinor, refunds, refundsMinor } of sums.tenders) {
    const before = said.get(gateway) ?? nothing;
    said.set(gateway, { sales: before.sales + sales, salesMinor: before.salesMinor + salesMinor, refunds: before.refunds + refunds, refundsMinor: before.refundsMinor + refundsMinor });
  }
  return said;
}

function countsOf(total: typeof nothing): typeof nothing {
  return { ...total, salesMinor: 0, refundsMinor: 0 };
}

function totalOf(sums: readonly { readonly count: number; readonly minor: number }[]): { readonly count: number; readonly minor: number } {
  return { count: sums.reduce((count, sum) => count + sum.count, 0), minor: sums.reduce((minor, sum) => minor + sum.minor, 0) };
}
