/** Z reports: sums by the journal's sequence, whatever the clock did, and the same text when made again from the rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CarriedOver, ShiftSums, ZReport } from '../contract/types.ts';
import { ShiftFolder } from '../journal/shift-rows.ts';
import type { JournalRow, MoveRecord } from '../journal/storage.ts';
import { shopDay } from '../time/day.ts';
import { drawerMoveRecord, isShiftRow, shiftAggregate, shiftEvent, type ShiftAct, type ShiftEvent } from './events.ts';
import { closeShift, countDrawer, moveCash, openShift, type ShiftDecision } from './rules.ts';
import { shiftOf, type Shift } from './shift.ts';
import { shiftSums, sumMoves } from './sums.ts';
import { zText } from './z-report.ts';

const chen = { operatorId: 'c1', name: 'Chen Xiao' };
const wang = { operatorId: 'o1', name: 'Wang Fang' };

type Tender = Pick<MoveRecord, 'gateway' | 'wallet' | 'currency'>;
const cash: Tender = { gateway: 'cash', wallet: 'cash', currency: 'CNY' };
const wechat: Tender = { gateway: 'shouqianba', wallet: 'wechat', currency: 'CNY' };
const dollars: Tender = { gateway: 'omipay', wallet: 'alipay', currency: 'AUD' };

/** A journal of shifts and of money: rows in order, each with the wall clock as it happened to stand. */
class Book {
  readonly rows: JournalRow[] = [];
  readonly moves: MoveRecord[] = [];
  /** What is without an outcome after each row. */
  private readonly openAfter = new Map<number, readonly CarriedOver[]>();
  private open: readonly CarriedOver[] = [];
  wall = Date.UTC(2026, 10, 21, 4);

  private write(aggregate: string, type: string, payload: unknown): number {
    const sequence = this.rows.length + 1;
    this.rows.push({ sequence, at: this.wall, aggregate, type, payload: JSON.stringify(payload), previousHash: '', hash: '' });
    this.openAfter.set(sequence, this.open);
    return sequence;
  }

  private get act(): ShiftAct {
    return { time: { wall: this.wall, monotonic: this.rows.length }, by: chen, commandId: `k${this.rows.length}` };
  }

  private take<Event extends ShiftEvent>(number: number, decision: ShiftDecision<Event>): number {
    if (decision.kind === 'refused') throw new Error(decision.message.key);
    const sequence = this.write(shiftAggregate(number), decision.event.type, decision.event);
    const move = drawerMoveRecord(decision.event, sequence, 'CNY');
    if (move !== null) this.moves.push(move);
    return sequence;
  }

  shift(number: number): Shift | null {
    return shiftOf(this.rows.filter((row) => row.aggregate === shiftAggregate(number) && isShiftRow(row)).map(shiftEvent));
  }

  private get newest(): Shift | null {
    const number = this.rows.filter((row) => row.type === 'shiftOpened').length;
    return number === 0 ? null : this.shift(number);
  }

  private get current(): Shift {
    const { newest } = this;
    if (newest === null || newest.closed !== null) throw new Error('no open shift');
    return newest;
  }

  private closedAt(number: number): number {
    return this.rows.find((row) => row.aggregate === shiftAggregate(number) && row.type === 'shiftClosed')?.sequence ?? 0;
  }

  openShift(floatMinor = 50_000): void {
    this.take((this.newest?.number ?? 0) + 1, openShift(this.newest, { floatMinor, currency: 'CNY', denominations: [], terminalId: 'T01', training: false }, this.act));
  }

  begin(reference: string, minor = 2600): void {
    this.open = [...this.open, { kind: 'payment', number: `T01-${reference}`, reference, amount: { minor, currency: 'CNY' }, startedAt: this.wall }];
    this.write(reference, 'attemptCreated', {});
  }

  money(kind: MoveRecord['kind'], minor: number, tender: Tender, paymentId = 'p'): void {
    this.open = this.open.filter((one) => one.reference !== paymentId);
    const sequence = this.write(paymentId, 'answered', {});
    this.moves.push({ sequence, kind, paymentId, refundRef: null, ...tender, minor, operatorId: 'c1' });
  }

  drawer(direction: 'in' | 'out', minor: number): void {
    this.take(this.current.number, moveCash(this.current, { direction, minor, reason: 'Change', approvedBy: direction === 'out' ? wang : null }, this.act));
  }

  private sums(upToSequence: number): ShiftSums {
    const shift = this.current;
    const afterSequence = this.closedAt(shift.number - 1);
    const inRange = this.moves.filter(({ sequence }) => sequence > afterSequence && sequence <= upToSequence);
    // A database gives groups in whatever order it likes.
    const moveSums = sumMoves(inRange.toReversed());
    const openedSequence = this.rows.findIndex((row) => row.aggregate === `shift-${shift.number}`) + 1;
    const drawerSums = sumMoves(inRange.filter(({ sequence }) => sequence > openedSequence));
    return shiftSums({ afterSequence, upToSequence, moveSums, drawerSums, drawerMoves: shift.moves, carriedOver: this.open.toReversed(), float: { minor: shift.opened.floatMinor, currency: 'CNY' } });
  }

  /** Counts what is there, and closes. */
  close(difference = 0, leftMinor: number | null = null): ZReport {
    const { number } = this.current;
    const expectedMinor = this.sums(this.rows.length).expectedDrawerMinor;
    this.take(number, countDrawer(this.current, { countedMinor: expectedMinor + difference, expectedMinor, denominations: [] }, this.act));
    this.take(number, closeShift(this.current, { sums: this.sums(this.rows.length + 1), drawer: true, uncounted: false, differenceReason: difference === 0 ? null : 'Wrong change', leftMinor }, this.act));
    return this.z(number);
  }

  /** As it stands in the journal. */
  z(number: number): ZReport {
    const z = this.shift(number)?.closed?.z;
    if (z === undefined) throw new Error(`shift ${number} is not closed`);
    return z;
  }

  /** What `verify` says of each Z in turn, made again from the rows and these moves of money: null where its text is the same. */
  madeAgain(moves: readonly MoveRecord[] = this.moves): readonly (string | null)[] {
    const said: (string | null)[] = [];
    let at = 0;
    const folder: ShiftFolder = new ShiftFolder({ shifts: new Map(), moved: (move) => folder.moved(move), carriedOver: () => this.openAfter.get(at) ?? [] });
    for (const row of this.rows) {
      at = row.sequence;
      if (!isShiftRow(row)) {
        for (const move of moves) if (move.sequence === at) folder.moved(move);
        continue;
      }
      // The drawer's moves it makes of the shift's own rows.
      const why = folder.take(row);
      if (row.type === 'shiftClosed') said.push(why);
      else if (why !== null) throw new Error(why);
    }
    return said;
  }
}

/** Every Z of the book is the same to the byte when it is made again from its rows, and there are so many. */
function sameAgain(book: Book, count: number): void {
  expect(book.madeAgain()).toEqual(Array.from({ length: count }, () => null));
}

const salesOf = (z: ZReport, gateway: string): number => z.sums.tenders.filter((tender) => tender.gateway === gateway).reduce((sum, tender) => sum + tender.salesMinor, 0);

describe('a Z', () => {
  it('is the same to the byte when it is made again from the rows', () => {
    const book = new Book();
    book.openShift();
    book.money('sale', 3850, wechat);
    book.money('sale', 31_200, cash);
    book.money('refund', 1000, wechat);
    book.money('cashReturned', 1200, cash);
    book.money('settledPaid', 2600, wechat);
    book.money('outsideRefund', 900, dollars);
    book.drawer('out', 6400);
    book.drawer('in', 0);
    book.begin('q1');
    const z = book.close(-250, 50_000);
    sameAgain(book, 1);
    expect(z).toMatchObject({
      number: 1, shift: 1, terminalId: 'T01', openedBy: chen, closedBy: chen, differenceMinor: -250, differenceReason: 'Wrong change', recounts: 0, training: false,
      float: { minor: 50_000 }, counted: { minor: 50_000 + 31_200 - 1200 - 6400 - 250 }, left: { minor: 50_000 },
      sums: { afterSequence: 0, upToSequence: book.rows.length, drawerOpenings: 1, expectedDrawerMinor: 73_600, carriedOver: [{ reference: 'q1' }], moves: [{ direction: 'out', approvedBy: wang }, { direction: 'opened' }] },
    });
  });

  it('made again shows whatever was changed: a move left out, doubled, or of another sum', () => {
    const book = new Book();
    book.openShift();
    book.money('sale', 3850, wechat);
    book.money('sale', 3850, cash);
    book.close();
    const [first, second] = book.moves;
    if (first === undefined || second === undefined) throw new Error('no moves');
    for (const moves of [[first], [first, first, second], [first, { ...second, minor: 3851 }], [first, { ...second, currency: 'AUD' } as const]]) {
      expect(book.madeAgain(moves)).toEqual(['Z report 1 is not what its rows make']);
    }
  });

  it('case 39: a payment counts in the shift in which it became paid, and the Z before lists it as carried over', () => {
    const book = new Book();
    book.openShift();
    book.begin('late', 2600);
    const before = book.close();
    book.openShift();
    book.money('sale', 2600, wechat, 'late');
    const after = book.close();
    expect([salesOf(before, 'shouqianba'), before.sums.carriedOver.map(({ reference }) => reference)]).toEqual([0, ['late']]);
    expect([salesOf(after, 'shouqianba'), after.sums.carriedOver]).toEqual([2600, []]);
    sameAgain(book, 2);
  });

  it('case 39: money that came between two shifts is in the second one: ranges leave no gap', () => {
    const book = new Book();
    book.openShift();
    const first = book.close();
    book.money('sale', 777, wechat);
    book.money('sale', 300, cash);
    book.openShift();
    const second = book.close();
    expect(second.sums.afterSequence).toBe(first.sums.upToSequence);
    expect([salesOf(first, 'shouqianba'), salesOf(second, 'shouqianba')]).toEqual([0, 777]);
    // The float was counted with it in the drawer.
    expect([salesOf(second, 'cash'), second.sums.expectedDrawerMinor]).toEqual([300, 50_000]);
    sameAgain(book, 2);
  });

  it('keeps two currencies apart, and the drawer counts its own alone', () => {
    const book = new Book();
    book.openShift();
    book.money('sale', 1450, dollars);
    book.money('sale', 3850, wechat);
    book.money('sale', 500, cash);
    book.money('refund', 450, dollars);
    const z = book.close();
    expect(z.sums.tenders.map(({ currency, salesMinor, refundsMinor }) => [currency, salesMinor, refundsMinor])).toEqual([['AUD', 1450, 450], ['CNY', 500, 0], ['CNY', 3850, 0]]);
    expect(z.sums.expectedDrawerMinor).toBe(50_500);
    sameAgain(book, 1);
  });
});

describe('the clock has no say in a Z', () => {
  const at = (text: string): number => Date.parse(text);

  it.each([
    ['midnight', '2026-11-21T15:58:00Z', '2026-11-21T16:02:00Z', 'Asia/Shanghai', 0],
    ['the day change at 04:00', '2026-11-21T19:58:00Z', '2026-11-21T20:02:00Z', 'Asia/Shanghai', 4],
    ['the hour that is skipped in spring', '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', 'Europe/Berlin', 2],
    ['the hour that comes twice in autumn', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', 'Europe/Berlin', 3],
    ['a new year', '2026-12-31T15:59:00Z', '2026-12-31T16:01:00Z', 'Asia/Shanghai', 0],
  ])('across %s it is one Z with both sales', (_name, before, after, timezone, dayChangeHour) => {
    const book = new Book();
    book.wall = at(before) - 3_600_000;
    book.openShift();
    book.wall = at(before);
    book.money('sale', 100, wechat);
    book.wall = at(after);
    book.money('sale', 23, wechat);
    const z = book.close();
    expect(salesOf(z, 'shouqianba')).toBe(123);
    sameAgain(book, 1);
    // For people the rows may lie on two days of the shop; the Z doesn't ask.
    expect(shopDay(at(after), timezone, dayChangeHour) >= shopDay(at(before), timezone, dayChangeHour)).toBe(true);
  });

  it('set back before the shift was opened, what happens still counts in it, and its times are told as they were', () => {
    const book = new Book();
    book.wall = at('2026-11-21T10:00:00Z');
    book.openShift();
    book.money('sale', 100, cash);
    book.wall = at('2026-11-20T09:00:00Z');
    book.money('sale', 23, cash);
    const z = book.close();
    expect([salesOf(z, 'cash'), z.openedAt, z.closedAt]).toEqual([123, at('2026-11-21T10:00:00Z'), at('2026-11-20T09:00:00Z')]);
    book.openShift();
    book.wall = at('2026-11-21T10:00:00Z');
    book.money('sale', 5, cash);
    expect(salesOf(book.close(), 'cash')).toBe(5);
    sameAgain(book, 2);
  });
});

describe('all Zs together', () => {
  const step = fc.oneof(
    fc.record({ what: fc.constantFrom('sale', 'refund', 'cashReturned', 'settledPaid', 'settledNotPaid', 'settledRefunded', 'outsideRefund'), minor: fc.integer({ min: 1, max: 99_999 }), tender: fc.constantFrom(cash, wechat, dollars) }),
    fc.record({ what: fc.constantFrom('in', 'out'), minor: fc.integer({ min: 0, max: 9999 }) }),
    fc.record({ what: fc.constant('begin') }),
    fc.record({ what: fc.constant('clock'), by: fc.integer({ min: -90_000_000, max: 90_000_000 }) }),
    fc.record({ what: fc.constant('close'), difference: fc.constantFrom(0, 0, -250, 100) }),
  );

  it('are numbered 1, 2, 3, …, count every move exactly once, and are the same again, whatever happened', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const book = new Book();
      book.openShift();
      let number = 1;
      for (const [index, one] of steps.entries()) {
        if ('tender' in one) book.money(one.what, one.minor, one.what === 'cashReturned' ? cash : one.tender);
        else if ('minor' in one) book.drawer(one.what, one.minor);
        else if ('by' in one) book.wall += one.by;
        else if ('difference' in one) {
          // A drawer can't be counted to less than nothing, nor leave it.
          book.drawer('in', 10_000_000);
          book.close(one.difference);
          book.openShift(20_000_000);
          number += 1;
        } else book.begin(`b${index}`);
      }
      book.drawer('in', 10_000_000);
      book.close();
      const zs = Array.from({ length: number }, (_, index) => book.z(index + 1));
      expect(zs.map((z) => z.number)).toEqual(zs.map((_, index) => index + 1));
      expect(zs.slice(1).map((z) => z.sums.afterSequence)).toEqual(zs.slice(0, -1).map((z) => z.sums.upToSequence));
      const moved = (kind: MoveRecord['kind']): number => book.moves.filter((move) => move.kind === kind).reduce((sum, move) => sum + move.minor, 0);
      const reported = (field: 'salesMinor' | 'refundsMinor'): number => zs.flatMap((z) => z.sums.tenders).reduce((sum, tender) => sum + tender[field], 0);
      expect(reported('salesMinor')).toBe(moved('sale') - moved('cashReturned'));
      expect(reported('refundsMinor')).toBe(moved('refund'));
      expect(zs.reduce((sum, z) => sum + z.sums.cashReturned.minor, 0)).toBe(moved('cashReturned'));
      expect(zs.reduce((sum, z) => sum + z.sums.settled.reduce((part, one) => part + one.minor, 0), 0)).toBe(moved('settledPaid') + moved('settledNotPaid') + moved('settledRefunded'));
      sameAgain(book, zs.length);
    }), { numRuns: 60 });
  });
});

describe('the text of a Z', () => {
  it('does not depend on the order in which its fields were set', () => {
    const book = new Book();
    book.openShift();
    book.money('sale', 1, cash);
    const z = book.close();
    const turned = Object.fromEntries(Object.entries(z).toReversed()) as unknown as ZReport;
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(z));
    expect(zText(turned)).toBe(zText(z));
    expect(zText({ ...z, recounts: 1 })).not.toBe(zText(z));
  });
});
