/** Shifts: opened once, counted blind, closed once, numbered without a gap. */
import { describe, expect, it } from 'vitest';
import type { MessageKey } from '../contract/messages.ts';
import type { PersonName } from '../contract/types.ts';
import type { MoveSum } from '../journal/storage.ts';
import { drawerMoveRecord, isShiftRow, shiftAggregate, shiftEvent, type ShiftAct, type ShiftEvent } from './events.ts';
import { closeShift, countDrawer, moveCash, openShift, showExpected, type Closing, type ShiftDecision } from './rules.ts';
import { countView, openShiftView, shiftOf, stepShift, type Shift } from './shift.ts';
import { expectedDrawer, shiftSums, sumMoves } from './sums.ts';
import { xReport } from './z-report.ts';

const cashier: PersonName = { operatorId: 'c1', name: 'Chen Xiao' };
const boss: PersonName = { operatorId: 'o1', name: 'Wang Fang' };
const act = (wall = 1000): ShiftAct => ({ time: { wall, monotonic: 7 }, by: cashier, commandId: 'k' });
const opening = { floatMinor: 50_000, currency: 'CNY', denominations: [], terminalId: 'T01', training: false } as const;

const sum = (kind: MoveSum['kind'], minor: number, more: Partial<MoveSum> = {}): MoveSum => ({ kind, gateway: 'cash', wallet: 'cash', currency: 'CNY', count: 1, minor, ...more });

function sumsOf(shift: Shift, moveSums: readonly MoveSum[] = []) {
  return shiftSums({ afterSequence: 0, upToSequence: 9, moveSums, drawerSums: moveSums, drawerMoves: shift.moves, carriedOver: [], float: { minor: shift.opened.floatMinor, currency: shift.opened.currency } });
}

function event<Event extends ShiftEvent>(decision: ShiftDecision<Event>): Event {
  if (decision.kind === 'refused') throw new Error(decision.message.key);
  return decision.event;
}

function refusal(decision: ShiftDecision<ShiftEvent>): MessageKey | null {
  return decision.kind === 'refused' ? decision.message.key : null;
}

function opened(newest: Shift | null = null): Shift {
  return stepShift(null, event(openShift(newest, opening, act())));
}

function counted(shift: Shift, countedMinor: number, expectedMinor: number): Shift {
  return stepShift(shift, event(countDrawer(shift, { countedMinor, expectedMinor, denominations: [] }, act())));
}

function closing(shift: Shift, more: Partial<Closing> = {}): Closing {
  return { sums: sumsOf(shift), drawer: true, uncounted: false, differenceReason: null, leftMinor: null, ...more };
}

function closed(shift: Shift, more: Partial<Closing> = {}): Shift {
  return stepShift(shift, event(closeShift(shift, closing(shift, more), act(5000))));
}

describe('opening', () => {
  it('is refused while a shift is open', () => {
    expect(refusal(openShift(opened(), opening, act()))).toBe('shiftAlreadyOpen');
  });

  it('numbers shifts without a gap and knows what the last one left', () => {
    const first = closed(counted(opened(), 50_000, 50_000), { leftMinor: 30_000 });
    const second = opened(first);
    expect([first.number, second.number, second.opened.lastLeftMinor, first.opened.lastLeftMinor]).toEqual([1, 2, 30_000, null]);
    expect([first.closed?.z.number, first.closed?.z.shift]).toEqual([1, 1]);
    expect(opened(closed(second, { drawer: false })).number).toBe(3);
  });
});

describe('without an open shift', () => {
  it.each([['never opened', null], ['closed', closed(counted(opened(), 50_000, 50_000))]])('%s: nothing is moved, shown, counted or closed', (_name, shift) => {
    expect(refusal(moveCash(shift, { direction: 'in', minor: 1, reason: 'x', approvedBy: null }, act()))).toBe('shiftNotOpen');
    expect(refusal(showExpected(shift, act()))).toBe('shiftNotOpen');
    expect(refusal(countDrawer(shift, { countedMinor: 0, expectedMinor: 0, denominations: [] }, act()))).toBe('shiftNotOpen');
    expect(refusal(closeShift(shift, closing(opened()), act()))).toBe('shiftNotOpen');
  });

  it('an event that comes all the same is a broken invariant', () => {
    const shift = closed(counted(opened(), 50_000, 50_000));
    expect(() => stepShift(shift, event(showExpected(opened(), act())))).toThrow('without an open shift');
    expect(() => stepShift(null, event(showExpected(opened(), act())))).toThrow('without an open shift');
    expect(() => stepShift(opened(), opened().opened)).toThrow('twice');
  });
});

describe('the drawer', () => {
  it('should hold float, cash sales and cash in, less what was given back, taken back and taken out, in its own currency', () => {
    const sums = [
      sum('sale', 31_200), sum('refund', 5300), sum('cashReturned', 1200), sum('drawerIn', 10_000), sum('drawerOut', 16_400), sum('drawerOpened', 0),
      sum('sale', 99, { gateway: 'shouqianba', wallet: 'wechat' }), sum('refund', 98, { gateway: 'shouqianba', wallet: 'wechat' }), sum('sale', 97, { currency: 'AUD' }),
      sum('outsideRefund', 96), sum('settledPaid', 95), sum('settledNotPaid', 94), sum('settledRefunded', 93),
    ];
    expect(expectedDrawer({ minor: 50_000, currency: 'CNY' }, sums)).toBe(50_000 + 31_200 - 5300 - 1200 + 10_000 - 16_400);
  });

  it('opened with nothing to book is a move of its own kind, counted and worth nothing', () => {
    const shift = opened();
    const nothing = event(moveCash(shift, { direction: 'out', minor: 0, reason: 'change', approvedBy: boss }, act()));
    expect(nothing).toMatchObject({ direction: 'opened', minor: 0 });
    expect(drawerMoveRecord(nothing, 4, 'CNY')).toMatchObject({ sequence: 4, kind: 'drawerOpened', gateway: 'cash', wallet: 'cash', minor: 0, operatorId: 'c1' });
    const moved = stepShift(shift, nothing);
    expect(sumsOf(moved, [sum('drawerOpened', 0, { count: 3 })])).toMatchObject({ drawerOpenings: 3, expectedDrawerMinor: 50_000 });
  });

  it('moves keep reason, names and direction', () => {
    const out = event(moveCash(opened(), { direction: 'out', minor: 6400, reason: 'To the bank', approvedBy: boss }, act(3000)));
    expect(stepShift(opened(), out).moves).toEqual([{ at: 3000, direction: 'out', amount: { minor: 6400, currency: 'CNY' }, reason: 'To the bank', by: cashier, approvedBy: boss }]);
    expect(drawerMoveRecord(out, 8, 'CNY')).toMatchObject({ kind: 'drawerOut', minor: 6400 });
    expect(drawerMoveRecord(opened().opened, 8, 'CNY')).toBeNull();
  });
});

describe('counting', () => {
  it('is blind: there is no view of what it should be before a count is journaled', () => {
    expect(openShiftView(opened(), 74_800).count).toBeNull();
    const shift = counted(opened(), 74_550, 74_800);
    expect(openShiftView(shift, 74_800).count).toEqual({
      counted: { minor: 74_550, currency: 'CNY' }, expected: { minor: 74_800, currency: 'CNY' }, differenceMinor: -250, recountUsed: false,
    });
  });

  it('may be done once more, and no third time', () => {
    const once = counted(opened(), 74_550, 74_800);
    const twice = counted(once, 74_700, 74_800);
    expect(twice.counts.map(({ recount }) => recount)).toEqual([false, true]);
    expect(countView(twice, 74_800)).toMatchObject({ differenceMinor: -100, recountUsed: true });
    expect(refusal(countDrawer(twice, { countedMinor: 74_800, expectedMinor: 74_800, denominations: [] }, act()))).toBe('recountUsed');
  });

  it('holds until the drawer moves: then it is done anew', () => {
    const twice = counted(counted(opened(), 50_000, 50_000), 50_000, 50_000);
    expect(countView(twice, 53_850)).toBeNull();
    expect(refusal(closeShift(twice, closing(twice, { sums: sumsOf(twice, [sum('sale', 3850)]) }), act()))).toBe('countFirst');
    const again = counted(twice, 53_850, 53_850);
    expect(again.counts.at(-1)?.recount).toBe(false);
    expect(closed(again, { sums: sumsOf(again, [sum('sale', 3850)]) }).closed?.z).toMatchObject({ recounts: 2, differenceMinor: 0 });
  });
});

describe('closing', () => {
  it('wants a count first', () => {
    expect(refusal(closeShift(opened(), closing(opened()), act()))).toBe('countFirst');
  });

  it('wants a reason where the count differs, and keeps none where it does not', () => {
    const short = counted(opened(), 49_750, 50_000);
    expect(refusal(closeShift(short, closing(short), act()))).toBe('differenceReasonMissing');
    expect(refusal(closeShift(short, closing(short, { differenceReason: '  ' }), act()))).toBe('differenceReasonMissing');
    expect(closed(short, { differenceReason: ' wrong change ' }).closed?.z).toMatchObject({ differenceMinor: -250, differenceReason: 'wrong change', recounts: 0 });
    expect(closed(counted(opened(), 50_000, 50_000), { differenceReason: 'said for nothing' }).closed?.z.differenceReason).toBeNull();
  });

  it('takes out no more than the drawer holds', () => {
    const shift = counted(opened(), 50_000, 50_000);
    expect(refusal(closeShift(shift, closing(shift, { leftMinor: -1 }), act()))).toBe('takingsTooMuch');
    expect(refusal(closeShift(shift, closing(shift, { leftMinor: 50_001 }), act()))).toBe('takingsTooMuch');
    expect(closed(shift, { leftMinor: 0 }).closed?.z.left.minor).toBe(0);
    expect(closed(shift).closed?.z.left.minor).toBe(50_000);
  });

  it('without a drawer counts nothing and leaves nothing', () => {
    const shift = opened();
    expect(closed(shift, { drawer: false, leftMinor: 999 }).closed).toMatchObject({ counted: false, leftMinor: 0, z: { counted: null, differenceMinor: 0, left: { minor: 0 } } });
  });

  it('happens once', () => {
    const shift = closed(counted(opened(), 50_000, 50_000));
    expect(refusal(closeShift(shift, closing(shift), act()))).toBe('shiftNotOpen');
  });
});

describe('sums', () => {
  it('keep currencies, gateways and wallets apart, in one order whatever the order of the rows', () => {
    const given = [
      sum('sale', 100, { gateway: 'shouqianba', wallet: 'wechat', count: 2 }), sum('sale', 700, { gateway: 'omipay', wallet: 'wechat', currency: 'AUD' }),
      sum('refund', 40, { gateway: 'shouqianba', wallet: 'wechat' }), sum('sale', 50, { gateway: 'shouqianba', wallet: 'alipay' }), sum('sale', 300, { count: 3 }), sum('cashReturned', 100),
      sum('settledPaid', 26, { gateway: 'omipay' }), sum('settledPaid', 4, { gateway: 'shouqianba' }), sum('settledNotPaid', 5), sum('settledRefunded', 6), sum('outsideRefund', 9, { currency: 'AUD' }), sum('outsideRefund', 8),
    ];
    const sums = sumsOf(opened(), given);
    expect(sums.tenders).toEqual([
      { gateway: 'omipay', wallet: 'wechat', currency: 'AUD', sales: 1, salesMinor: 700, refunds: 0, refundsMinor: 0 },
      { gateway: 'cash', wallet: 'cash', currency: 'CNY', sales: 2, salesMinor: 200, refunds: 0, refundsMinor: 0 },
      { gateway: 'shouqianba', wallet: 'alipay', currency: 'CNY', sales: 1, salesMinor: 50, refunds: 0, refundsMinor: 0 },
      { gateway: 'shouqianba', wallet: 'wechat', currency: 'CNY', sales: 2, salesMinor: 100, refunds: 1, refundsMinor: 40 },
    ]);
    expect(sums.settled).toEqual([
      { as: 'paid', currency: 'CNY', count: 2, minor: 30 }, { as: 'notPaid', currency: 'CNY', count: 1, minor: 5 }, { as: 'refunded', currency: 'CNY', count: 1, minor: 6 },
    ]);
    expect(sums.outsideRefunds).toEqual([{ currency: 'AUD', count: 1, minor: 9 }, { currency: 'CNY', count: 1, minor: 8 }]);
    expect(sums.cashReturned).toEqual({ count: 1, minor: 100 });
    expect(sumsOf(opened(), given.toReversed())).toEqual(sums);
  });

  it('of single moves are those of the journal', () => {
    const move = { sequence: 1, kind: 'sale', paymentId: 'p', refundRef: null, gateway: 'cash', wallet: 'cash', currency: 'CNY', minor: 10, operatorId: 'c1' } as const;
    expect(sumMoves([move, { ...move, sequence: 2, minor: 5 }, { ...move, sequence: 3, currency: 'AUD' }])).toEqual([
      { kind: 'sale', gateway: 'cash', wallet: 'cash', currency: 'CNY', count: 2, minor: 15 }, { kind: 'sale', gateway: 'cash', wallet: 'cash', currency: 'AUD', count: 1, minor: 10 },
    ]);
  });
});

describe('an X', () => {
  const shift = stepShift(opened(), event(moveCash(opened(), { direction: 'out', minor: 6400, reason: 'bank', approvedBy: boss }, act())));
  const sums = sumsOf(shift, [sum('sale', 31_200, { count: 17 }), sum('cashReturned', 1200), sum('drawerOut', 6400), sum('sale', 100, { gateway: 'shouqianba', wallet: 'wechat' })]);

  it('hides cash sums and the expected drawer from whoever will count; counts and moves stay', () => {
    const hidden = xReport(shift, sums, { at: 9000, by: cashier, cashShown: false });
    expect(hidden.sums).toMatchObject({ expectedDrawerMinor: 0, cashReturned: { count: 1, minor: 0 }, moves: shift.moves });
    expect(hidden.sums.tenders).toMatchObject([{ gateway: 'cash', sales: 16, salesMinor: 0, refundsMinor: 0 }, { gateway: 'shouqianba', salesMinor: 100 }]);
    expect(JSON.stringify(hidden)).not.toMatch(/30000|31200|73600/);
    expect(hidden.shift.count).toBeNull();
  });

  it('shows them to a supervisor', () => {
    expect(xReport(shift, sums, { at: 9000, by: boss, cashShown: true }).sums).toBe(sums);
  });
});

describe('rows', () => {
  it('of a shift are known by their type and come back as they went in', () => {
    const shift = closed(counted(opened(), 50_000, 50_000));
    const events = [shift.opened, ...shift.counts, shift.closed].filter((one) => one !== null);
    const journaled = events.map((one) => ({ type: one.type, payload: JSON.stringify(one) }));
    expect(journaled.every(isShiftRow)).toBe(true);
    expect(isShiftRow({ type: 'answered' })).toBe(false);
    expect(shiftOf(journaled.map(shiftEvent))).toEqual(shift);
    expect([shiftOf([]), shiftAggregate(7)]).toEqual([null, 'shift-7']);
  });
});
