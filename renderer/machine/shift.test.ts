/** Tests of the shift screens: float, blind count, difference, Z, X with hidden cash, and the drawer's own movements. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { ShiftView } from '../../core/contract/types.ts';
import { zhCN } from '../words/zh-CN.ts';
import { countedMinor, typeCount } from './counting.ts';
import { bindings, type PadKey } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleNow, sampleStatus, yuan } from './samples.ts';
import { atWork, sampleCarriedSums, sampleClosedShift, sampleCount, sampleShift, sampleSums, sampleX, sampleZ } from './samples-shift.ts';
import { added, carried, cashRow, netMinor, otherSums, walletRows } from './shift-sums.ts';

function called(till: Rehearsal, name: string): readonly { readonly request: Record<string, unknown>; readonly tag: string }[] {
  return till.asked('call').filter((request) => request.name === name).map(({ request, tag }) => ({ request: request as Record<string, unknown>, tag }));
}

function words(till: Rehearsal): readonly string[] {
  return bindings(till.state).map((binding) => binding.word);
}

/** Enter and the other command keys, after the guard. */
function press(till: Rehearsal, ...keys: readonly PadKey[]): Rehearsal {
  for (const key of keys) till.wait(500).keys(key);
  return till;
}

function opening(shift: ShiftView = sampleClosedShift): Rehearsal {
  return new Rehearsal(atWork('cashier', { shift: null })).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftOpen', reply: shift }).wait(500);
}

function closing(shift: ShiftView = sampleShift()): Rehearsal {
  return new Rehearsal(atWork()).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: shift }).wait(500);
}

describe('opening the shift', () => {
  it('takes the float as one sum, and opens with one Enter where it is what was left', () => {
    const [call] = called(press(opening().keys('5', '00'), 'Enter'), 'openShift');
    expect(call?.request).toMatchObject({ floatMinor: 50000 });
    expect(call?.request['denominations']).toBeUndefined();
  });
  it('needs something typed: an empty drawer is a 0', () => {
    expect(words(opening())).not.toContain('cap.openWith');
    expect(called(press(opening({ ...sampleClosedShift, lastZ: null }).keys('0'), 'Enter'), 'openShift')[0]?.request).toMatchObject({ floatMinor: 0 });
  });
  it('says what the last shift left only after Enter, and writes a difference down with the second one', () => {
    const till = press(opening().keys('4', '9', '0'), 'Enter');
    expect(called(till, 'openShift')).toEqual([]);
    expect(till.state.place).toMatchObject({ stage: 'compared' });
    expect(till.keys('Enter').state.place).toMatchObject({ stage: 'compared' });
    expect(called(press(till, 'Enter'), 'openShift')[0]?.request).toMatchObject({ floatMinor: 49000 });
  });
  it('compares again after another sum was typed', () => {
    const till = press(opening().keys('4', '9', '0'), 'Enter', '-');
    till.keys('1');
    expect(till.state.place).toMatchObject({ stage: 'float' });
    expect(called(press(till, 'Enter'), 'openShift')).toEqual([]);
  });
  it('counts note by note, and keeps the counts where the menu was used', () => {
    const till = press(press(opening(), '*').keys('3'), 'Enter').keys('4');
    press(till, '/').keys('0');
    expect(till.view).toBe('sale');
    press(till, '/').keys('5').send({ type: 'reply', name: 'shift', tag: 'shiftOpen', reply: sampleClosedShift }).wait(500);
    press(till, '*');
    expect(till.state.drawerCounts).toMatchObject({ 10000: '3', 5000: '4' });
    for (let row = 0; row < 7; row += 1) press(till, 'Enter');
    const [call] = called(press(till, 'Enter'), 'openShift');
    expect(call?.request).toMatchObject({ floatMinor: 50000 });
    expect(call?.request['denominations']).toHaveLength(8);
  });
  it('repeats a lost answer as the same command, and another sum as another', () => {
    const till = press(opening().keys('5', '00'), 'Enter');
    const [first] = called(till, 'openShift');
    const [again] = called(press(till.lose('openShift'), 'Enter'), 'openShift');
    expect(again?.request['commandId']).toBe(first?.request['commandId']);
    till.lose('openShift').keys('0');
    const [other] = called(press(till, 'Enter', 'Enter'), 'openShift');
    expect(other?.request['commandId']).not.toBe(first?.request['commandId']);
  });
  it('asks for no float where there is no drawer', () => {
    const till = press(opening({ ...sampleClosedShift, drawer: false }), 'Enter');
    expect(called(till, 'openShift')[0]?.request).toMatchObject({ floatMinor: 0 });
  });
  it('goes back to the sale with its amount', () => {
    const till = press(opening().keys('5', '00'), 'Enter');
    const [call] = called(till, 'openShift');
    till.send({ type: 'reply', name: 'openShift', tag: call?.tag ?? '', reply: { kind: 'done', shift: sampleShift() } });
    expect([till.view, till.state.drawerCounts]).toEqual(['sale', {}]);
  });
});

describe('the count', () => {
  const counted = (): Rehearsal => {
    const till = closing();
    for (const digits of [['3'], ['4'], ['5'], ['9'], ['6'], ['2', '3'], ['4']] as const) press(till.keys(...digits), 'Enter');
    return till.keys('5');
  };

  it('is blind: nothing that is known before it says what should be there', () => {
    expect(words(counted())).toContain('cap.showDifference');
    expect(JSON.stringify(counted().state.place)).not.toMatch(/expected/);
  });
  it('goes row by row with Enter and sends all of it after the last', () => {
    const [call] = called(press(counted(), 'Enter'), 'countDrawer');
    expect(call?.request).toMatchObject({ countedMinor: 74550 });
  });
  it('empties a field with −, then goes up; arrows move, digits never do', () => {
    const till = press(closing().keys('3'), 'Enter', '-');
    expect(till.state.place).toMatchObject({ row: 0 });
    expect(press(till, '-').state.drawerCounts).toEqual({ 10000: '' });
    expect(till.keys('down', 'down').state.place).toMatchObject({ row: 2 });
    expect(till.keys('8').state).toMatchObject({ place: { row: 2 }, drawerCounts: { 2000: '8' } });
  });
  it('is kept where the till is left for a sale', () => {
    const till = press(counted(), '/').keys('0', '/', '5');
    expect(countedMinor(till.state.drawerCounts, sampleShift().denominations)).toBe(74550);
  });
  it('is refused a sixth digit', () => expect(typeCount({ 100: '12345' }, yuan(100), '6')).toBeNull());

  const differing = (count = sampleCount()): Rehearsal => {
    const till = press(counted(), 'Enter');
    const [call] = called(till, 'countDrawer');
    return till.send({ type: 'reply', name: 'countDrawer', tag: call?.tag ?? '', reply: { kind: 'counted', count } });
  };

  it('that differs needs a reason before the close', () => {
    const till = press(differing(), 'Enter');
    expect(called(till, 'closeShift')).toEqual([]);
    expect(till.state.notice).toMatchObject({ message: { key: 'differenceReasonMissing' } });
    expect(called(press(till.keys('1'), 'Enter'), 'closeShift')[0]?.request).toMatchObject({ differenceReason: zhCN['reason.wrongChange'] });
  });
  it('takes a reason in one’s own words', () => {
    const till = differing().keys('5').send({ type: 'text', text: '有一张是假的' });
    expect(called(press(till, 'Enter', 'Enter'), 'closeShift')[0]?.request).toMatchObject({ differenceReason: '有一张是假的' });
  });
  it('that is exact closes with Enter alone', () => {
    const till = differing(sampleCount({ counted: yuan(74800), differenceMinor: 0 }));
    expect(called(press(till, 'Enter'), 'closeShift')[0]?.request['differenceReason']).toBeUndefined();
  });
  it('is done over once, and no more than once', () => {
    expect(press(differing(), '+').state.place).toMatchObject({ stage: 'count', row: 0 });
    expect(words(differing(sampleCount({ recountUsed: true })))).not.toContain('cap.recount');
  });
  it('says what stays in the drawer, and never more than was counted', () => {
    const till = press(differing(sampleCount({ counted: yuan(74800), differenceMinor: 0 })), '*', 'Enter');
    expect(called(press(till, 'Enter'), 'closeShift')[0]?.request).toMatchObject({ leftMinor: 50000 });
    const less = press(press(press(differing(sampleCount({ counted: yuan(74800), differenceMinor: 0 })), '*').keys('9', '0'), 'Enter'), 'Enter');
    expect(called(less, 'closeShift')[0]?.request).toMatchObject({ leftMinor: 9000 });
    expect(press(press(differing(), '*').keys('9', '00'), 'Enter').state.notice).toMatchObject({ message: { key: 'takingsTooMuch' } });
  });
  it('that was journaled before stands again, with its difference', () => {
    const shift = sampleShift();
    expect(closing({ ...shift, current: shift.current && { ...shift.current, count: sampleCount() } }).state.place).toMatchObject({ stage: 'difference' });
  });
  it('ends in the Z, and leaves nothing counted behind', () => {
    const till = press(differing().keys('1'), 'Enter');
    const [call] = called(till, 'closeShift');
    till.send({ type: 'reply', name: 'closeShift', tag: call?.tag ?? '', reply: { kind: 'closed', z: sampleZ() } });
    expect([till.view, till.state.drawerCounts]).toEqual(['shiftZ', {}]);
  });
  it('stays where the close was refused', () => {
    const till = press(differing().keys('1'), 'Enter');
    const [call] = called(till, 'closeShift');
    till.send({ type: 'reply', name: 'closeShift', tag: call?.tag ?? '', reply: { kind: 'refused', message: message('shiftNotOpen') } });
    expect(till.state).toMatchObject({ place: { stage: 'difference' }, notice: { message: { key: 'shiftNotOpen' } } });
  });
  it('is skipped where there is no drawer', () => {
    expect(called(press(closing(sampleShift({ drawer: false })), 'Enter'), 'closeShift')).toHaveLength(1);
    expect(words(closing(sampleShift({ drawer: false })))).not.toContain('cap.cashMove');
  });
});

describe('the Z', () => {
  const shown = (change = {}): Rehearsal => press(opening(), '+').send({ type: 'reply', name: 'z', tag: 'z213', reply: sampleZ(change) });

  it('prints a copy, and lets the next person in', () => {
    expect(called(press(shown(), '+'), 'printZ')[0]?.request).toEqual({ number: 213 });
    expect(called(press(shown(), 'Enter'), 'lock')).toHaveLength(1);
  });
  it('is looked at again until its paper and its backup are done', () => {
    const till = shown({ printed: 'waiting' });
    let looks = 0;
    for (let ticks = 0; ticks < 20; ticks += 1) looks += called(till.wait(200), 'z').length;
    expect(looks).toBeGreaterThanOrEqual(2);
    const done = shown();
    let more = 0;
    for (let ticks = 0; ticks < 20; ticks += 1) more += called(done.wait(200), 'z').length;
    expect(more).toBe(0);
  });
});

describe('the X', () => {
  const shown = (cashShown = false): Rehearsal => press(closing().keys('3'), '*').send({ type: 'reply', name: 'xReport', tag: 'x', reply: { kind: 'report', report: sampleX(cashShown) } });

  it('goes back to the count as it was', () => {
    const till = press(shown(), 'Enter');
    expect([till.view, till.state.drawerCounts]).toEqual(['shiftClose', { 10000: '3' }]);
  });
  it('shows cash sums to a supervisor’s PIN or badge alone', () => {
    const till = press(shown(), '*').keys('7', '3', '9', '1');
    expect(called(till, 'xReport')[0]?.request).toEqual({ approval: { kind: 'pin', pin: '7391' } });
    expect(JSON.stringify(till.state)).not.toContain('7391');
    till.send({ type: 'reply', name: 'xReport', tag: 'x', reply: { kind: 'wrongPin', triesLeft: 2, message: message('wrongPin', { n: '2' }) } });
    expect(till.state.place).toMatchObject({ stage: 'approving', report: { cashShown: false } });
    const badge = till.scan({ kind: 'badge', scanId: 'scan-3', person: { operatorId: 'o-03', name: '赵宁', role: 'supervisor' } });
    expect(called(badge, 'xReport')[0]?.request).toEqual({ approval: { kind: 'badge', scanId: 'scan-3' } });
    expect(words(shown(true))).not.toContain('cap.showExpected');
  });
});

describe('cash in and out', () => {
  const drawer = (role: 'cashier' | 'supervisor' = 'cashier'): Rehearsal => (
    press(new Rehearsal(atWork(role)).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleShift() }), '+')
  );
  const why = (role: 'cashier' | 'supervisor' = 'cashier'): Rehearsal => press(drawer(role).keys('3', '00'), 'Enter').keys('1');

  it('pays out with a supervisor’s PIN', () => {
    const till = press(why(), 'Enter').keys('7', '3', '9', '1');
    expect(called(till, 'moveCash')[0]?.request).toMatchObject({ direction: 'out', amountMinor: 30000, reason: zhCN['reason.bank'], approval: { kind: 'pin', pin: '7391' } });
    expect(JSON.stringify(till.state)).not.toContain('7391');
  });
  it('asks a supervisor nothing, nor anybody who pays in', () => {
    expect(called(press(why('supervisor'), 'Enter'), 'moveCash')[0]?.request['approval']).toBeUndefined();
    const till = press(press(press(drawer(), '*').keys('3', '00'), 'Enter').keys('1'), 'Enter');
    expect(called(till, 'moveCash')[0]?.request).toMatchObject({ direction: 'in', amountMinor: 30000 });
  });
  it('opens the drawer with nothing to book at 0', () => {
    const till = press(press(drawer().keys('0'), 'Enter').keys('1'), 'Enter');
    expect(called(till, 'moveCash')[0]?.request).toMatchObject({ amountMinor: 0, reason: zhCN['reason.swapNotes'] });
  });
  it('asks for a PIN where the till wants one after all, and takes another where it was mistyped: it stays the same command', () => {
    const till = press(why('supervisor'), 'Enter');
    const [first] = called(till, 'moveCash');
    const tag = first?.tag ?? '';
    till.send({ type: 'reply', name: 'moveCash', tag, reply: { kind: 'approvalNeeded', role: 'supervisor', message: message('approvalSupervisor') } });
    expect(till.state.place).toMatchObject({ stage: 'who' });
    for (const reply of [{ kind: 'wrongPin', triesLeft: 2, message: message('wrongPin', { n: '2' }) }, { kind: 'pinWait', until: 0, message: message('pinWait', { n: '30' }) }, { kind: 'refused', message: message('badgeUnknown') }] as const) {
      const [again] = called(till.keys('7', '3', '9', '1'), 'moveCash');
      expect(again?.request['commandId']).toBe(tag);
      till.send({ type: 'reply', name: 'moveCash', tag, reply });
    }
    expect(called(press(till, 'Enter'), 'moveCash')[0]?.request['commandId']).toBe(tag);
  });
  it('goes back to the count, and says that the drawer is open', () => {
    const till = press(why('supervisor'), 'Enter');
    const [call] = called(till, 'moveCash');
    till.send({ type: 'reply', name: 'moveCash', tag: call?.tag ?? '', reply: { kind: 'done', shift: sampleShift() } });
    expect([till.view, till.state.notice]).toMatchObject(['shiftClose', { kind: 'done', key: 'notice.drawerMoved' }]);
    till.now += 9000;
    expect(till.send({ type: 'tick' }).state.notice).toBeNull();
  });
  it('is the same command after a lost answer, whatever is pressed then, until the till says that another movement is booked under it', () => {
    const till = press(why('supervisor'), 'Enter');
    const [first] = called(till, 'moveCash');
    const commandId = first?.request['commandId'];
    const tag = first?.tag ?? '';
    till.send({ type: 'replyLost', name: 'moveCash', tag });
    const standing = till.wait(500).state;
    const sent = (...keys: readonly PadKey[]): Record<string, unknown> => {
      till.state = standing;
      for (const key of keys) till.wait(500).keys(key);
      return called(till, 'moveCash')[0]?.request ?? {};
    };
    expect(sent('Enter')).toMatchObject({ commandId, direction: 'out' });
    expect(sent('1', 'Enter')).toMatchObject({ commandId, reason: zhCN['reason.bank'] });
    expect(sent('*', '1', 'Enter')).toMatchObject({ commandId, direction: 'in', amountMinor: 30_000 });
    expect(sent('2', 'Enter')).toMatchObject({ commandId, reason: zhCN['reason.supplier'] });
    till.send({ type: 'reply', name: 'moveCash', tag, reply: { kind: 'refused', message: message('drawerMovedOtherwise') } });
    expect(till.state).toMatchObject({ place: { stage: 'why' }, notice: { message: { key: 'drawerMovedOtherwise' } } });
    const [own] = called(press(till, 'Enter'), 'moveCash');
    expect(own?.request).toMatchObject({ reason: zhCN['reason.supplier'], commandId: expect.any(String) });
    expect(own?.request['commandId']).not.toBe(commandId);
  });
  it('is the same command with the same sentence of one’s own, which is told again after a lost answer', () => {
    const other = (): Rehearsal => press(press(drawer('supervisor').keys('3', '00'), 'Enter').keys('4').send({ type: 'text', text: '付快递' }), 'Enter', 'Enter');
    const till = other();
    const [first] = called(till, 'moveCash');
    till.send({ type: 'replyLost', name: 'moveCash', tag: first?.tag ?? '' }).wait(500).keys('4');
    expect(called(press(till, 'Enter', 'Enter'), 'moveCash')[0]?.request).toEqual(first?.request);
  });
  it('needs an amount and a reason before the next step', () => {
    expect(words(drawer())).not.toContain('cap.nextWhy');
    expect(words(press(drawer().keys('3'), 'Enter'))).not.toContain('cap.nextPin');
  });
});

describe('the sums of a report', () => {
  const sums = sampleSums(true);

  it('are one row per wallet in the store’s currency', () => {
    expect(walletRows(sums, 'CNY').map((row) => [row.wallet, netMinor(row)])).toEqual([['wechat', 139030], ['alipay', 113960], ['unionpay', 24300]]);
    expect(netMinor(added(walletRows(sums, 'CNY')))).toBe(277290);
  });
  it('never add currencies', () => expect(otherSums(sums, 'CNY')).toMatchObject([{ gateway: 'omipay', currency: 'AUD', sales: 2, salesMinor: 3800 }]));
  it('keep cash by itself, and its number where its sum is hidden', () => {
    expect(cashRow(sums, 'CNY')).toMatchObject({ sales: 12, salesMinor: 31200 });
    expect(cashRow(sampleSums(false), 'CNY')).toMatchObject({ sales: 12, salesMinor: 0 });
  });
  it('name what is carried over: sales and refunds apart, and of each currency its own amount', () => {
    expect(carried(sums, 'CNY')).toEqual([{ kind: 'payment', count: 1, amounts: [yuan(2600)] }]);
    expect(carried(sampleCarriedSums, 'CNY')).toEqual([
      { kind: 'payment', count: 2, amounts: [yuan(2600), { minor: 1500, currency: 'AUD' }] }, { kind: 'refund', count: 2, amounts: [yuan(5300)] },
    ]);
    expect(carried({ ...sums, carriedOver: [] }, 'CNY')).toEqual([]);
  });
});

it('the shift that closed elsewhere meanwhile is opened instead', () => {
  const till = new Rehearsal(atWork()).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleClosedShift });
  expect(till.view).toBe('shiftOpen');
  expect(sampleStatus(atWork()).shift?.openedAt).toBeLessThan(sampleNow);
});
