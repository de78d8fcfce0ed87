/** Tests of a dropped link: it ends every call but the money commands, so the loss of another screen's call says nothing about the one that stands. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { TillCallName } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleTask } from './samples-day.ts';
import { sampleCode, samplePayment, sampleReview } from './samples.ts';
import { refundedSale, sampleBadge, sampleCash, samplePlan, sampleRefund, sampleScannedReceipt, staffed } from './samples-money.ts';
import { atWork, sampleClosedShift, sampleShift } from './samples-shift.ts';
import { mayLock } from './sign-in.ts';

const foreign = { kind: 'foreignReceipt', reference: 'X123', gateway: 'shouqianba' } as const;

/** What may still be on its way of a screen that was left. */
const elsewhere: readonly TillCallName[] = ['day', 'dayPage', 'lookUp', 'refundPlan', 'printRefund', 'askRefundNow', 'find', 'people', 'shift', 'xReport', 'settings', 'statements', 'refund', 'settle'];

function tag(till: Rehearsal): string {
  const { place } = till.state;
  return 'commandId' in place && place.commandId !== null ? place.commandId : '';
}

/** Each of them goes unanswered, and the screen stands as before: no notice, the same keys. */
function loseElsewhere(till: Rehearsal): Rehearsal {
  const before = till.state;
  for (const name of elsewhere) till.send({ type: 'replyLost', name, tag: 'of another screen' });
  expect(till.state).toEqual(before);
  return till;
}

describe('a refund', () => {
  const form = (): Rehearsal => {
    const till = new Rehearsal(staffed).scan(sampleScannedReceipt());
    return till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan() }).wait(500);
  };
  const sending = (): Rehearsal => form().keys('1', '2', '3', '4', 'Enter');
  const refund = sampleRefund('refunded');

  it('case 8: that is on its way waits for its own answer, and shows it', () => {
    const till = loseElsewhere(sending());
    expect(till.state.place).toMatchObject({ name: 'refund', stage: 'sending' });
    till.send({ type: 'reply', name: 'refund', tag: tag(till), reply: { kind: 'started', payment: refundedSale(refund), refund } });
    expect(till.view).toBe('refundResult');
  });
  it('case 8: is not left for “no money moved” by a look-up or a plan that was asked before it', () => {
    const till = new Rehearsal(staffed).scan(foreign).wait(500).keys('-').wait(500).scan(sampleScannedReceipt());
    till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan() }).wait(500).keys('1', '2', '3', '4', 'Enter');
    till.send({ type: 'replyLost', name: 'lookUp', tag: 'X123' }).send({ type: 'replyLost', name: 'refundPlan', tag: 'p-0386' });
    expect(till.state).toMatchObject({ place: { name: 'refund', stage: 'sending' }, notice: null });
    till.send({ type: 'reply', name: 'refund', tag: tag(till), reply: { kind: 'started', payment: refundedSale(refund), refund } });
    expect(till.view).toBe('refundResult');
  });
  it('that was never sent is not said to be perhaps refunded', () => {
    expect(loseElsewhere(form()).state).toMatchObject({ place: { stage: 'approval', unclear: false, commandId: null }, notice: null });
    const loading = new Rehearsal(staffed).scan(sampleScannedReceipt());
    expect(loseElsewhere(loading).state.place).toMatchObject({ name: 'refund', stage: 'loading' });
  });
  it('says that it isn’t known where its own answer is lost, and where its form is, leads back', () => {
    expect(sending().lose('refund').state).toMatchObject({ place: { stage: 'approval', unclear: true }, notice: { key: 'notice.refundUnclear' } });
    expect(new Rehearsal(staffed).scan(sampleScannedReceipt()).lose('refundPlan').state).toMatchObject({ place: { name: 'counter' }, notice: { key: 'notice.callFailed' } });
    expect(new Rehearsal(staffed).scan(foreign).lose('lookUp').state).toMatchObject({ place: { name: 'counter' }, notice: { key: 'notice.callFailed' } });
  });
});

describe('recording an outcome', () => {
  const opened = (): Rehearsal => new Rehearsal(staffed).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment: sampleReview() }).wait(500).keys('Enter').wait(500);

  it('with nothing chosen yet stays at its first step', () => {
    const till = loseElsewhere(opened()).keys('1').wait(500);
    expect(till.state.place).toMatchObject({ name: 'record', as: 'paid', stage: 'how' });
  });
  it('case 8: that is on its way shows what was recorded', () => {
    const till = loseElsewhere(opened().keys('1').wait(500).keys('1').wait(500).keys('1', '2', '3', '4', 'Enter'));
    const settled = samplePayment('settled', { paymentId: 'p-0409', message: message('settledPaid', { name: '李薇', amount: '¥26.00' }) });
    till.send({ type: 'reply', name: 'settle', tag: tag(till), reply: { kind: 'done', payment: settled } });
    expect(till.state.notice).toMatchObject({ message: { key: 'settledPaid' } });
  });
});

it('a gateway’s number that is on its way is asked under, and says so (case 22)', () => {
  const payment = sampleReview({ gatewayRef: null, orderNumberEntry: 'wanted' });
  const till = new Rehearsal({}).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment }).wait(500).keys('*').wait(500);
  expect(loseElsewhere(till).state.place).toMatchObject({ name: 'orderNumber', stage: 'number' });
  loseElsewhere(till.send({ type: 'text', text: '1612270001' }).keys('Enter').send({ type: 'text', text: '16122700012' }));
  till.send({ type: 'reply', name: 'enterOrderNumber', tag: tag(till), reply: { kind: 'done', payment } });
  expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.numberAsked' });
});

it('cash that is being booked, or taken back, waits for its own answer', () => {
  const till = new Rehearsal(staffed).keys('3', '8', '.', '5', 'Enter').wait(500).keys('5', 'Enter');
  loseElsewhere(till).send({ type: 'reply', name: 'payCash', tag: tag(till), reply: { kind: 'taken', payment: sampleCash() } }).wait(500);
  expect(loseElsewhere(till.keys('-')).state.place).toMatchObject({ name: 'cashChange', stage: 'returning' });
  expect(till.lose('returnCash').state.notice).toMatchObject({ key: 'notice.actionFailed' });
});

describe('the shift', () => {
  it('that is being opened, or the drawer that is being counted, stays as it is', () => {
    const opening = new Rehearsal(atWork('cashier', { shift: null })).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftOpen', reply: { ...sampleClosedShift, lastZ: null } }).wait(500).keys('5', 'Enter');
    expect(loseElsewhere(opening.send({ type: 'holdDelete' })).state.place).toMatchObject({ name: 'shiftOpen', stage: 'opening' });
    const closing = new Rehearsal(atWork('cashier')).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleShift() }).wait(500);
    expect(loseElsewhere(closing).state.place).toMatchObject({ name: 'shiftClose', stage: 'count' });
  });
  it('a pay-out that is on its way can’t be called off, and nothing else is opened over it', () => {
    const till = new Rehearsal(atWork('cashier')).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleShift() }).wait(500).keys('+').wait(500);
    till.keys('3', '00', 'Enter').wait(500).keys('1', 'Enter').wait(500).keys('7', '3', '9', '1').wait(500);
    const [pin] = [till.state.place.name === 'drawer' && till.state.place.pin.sent];
    expect(pin).toBe(true);
    expect(bindings(till.state).filter(({ key }) => key === '-')).toEqual([]);
    loseElsewhere(till.keys('-', '/', '0'));
    expect(till.state).toMatchObject({ place: { name: 'drawer', stage: 'who' }, menu: 'closed' });
    till.send({ type: 'reply', name: 'moveCash', tag: tag(till), reply: { kind: 'done', shift: sampleShift() } });
    expect(till.state.notice).toEqual({ kind: 'done', key: 'notice.drawerMoved' });
  });
  it('a pay-out whose answer is lost may be called off or sent again', () => {
    const till = new Rehearsal(atWork('cashier')).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleShift() }).wait(500).keys('+').wait(500);
    till.keys('3', '00', 'Enter').wait(500).keys('1', 'Enter').wait(500).keys('7', '3', '9', '1').lose('moveCash').wait(500);
    expect(till.state).toMatchObject({ place: { stage: 'why' }, notice: { key: 'notice.actionFailed' } });
    expect(bindings(till.state).map(({ key }) => key)).toContain('-');
  });
});

it('nothing leads away from a screen that waits for its answer, and nothing changes what it waits for: no scan, no line of long work, no key that is held', () => {
  const tasks = [sampleTask()];
  const record = new Rehearsal({ ...staffed, tasks }).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment: sampleReview() }).wait(500).keys('Enter').wait(500);
  record.keys('1').wait(500).keys('1').wait(500).keys('1', '2', '3', '4', 'Enter');
  const drawer = new Rehearsal(atWork('cashier', { tasks })).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleShift() }).wait(500).keys('+').wait(500);
  drawer.keys('3', '00', 'Enter').wait(500).keys('1', 'Enter').wait(500).keys('7', '3', '9', '1').wait(500);
  const change = new Rehearsal({ ...staffed, tasks }).keys('3', '8', '.', '5', 'Enter').wait(500).keys('5', 'Enter');
  change.send({ type: 'reply', name: 'payCash', tag: tag(change), reply: { kind: 'taken', payment: sampleCash() } }).wait(500).keys('-');
  for (const till of [record, drawer, change]) {
    const { place } = till.state;
    for (const scan of [sampleScannedReceipt(), foreign, sampleCode(), sampleBadge] as const) {
      till.scan(scan);
      expect(till.asked('call')).toEqual([]);
      expect(till.state).toMatchObject({ place, notice: { key: 'notice.scanBusy' } });
    }
    till.send({ type: 'task', taskId: tasks[0]?.taskId ?? '' });
    till.send({ type: 'holdDelete' }).send({ type: 'text', text: 'other' });
    expect(till.state.place).toEqual(place);
    expect(mayLock(till.state)).toBe(false);
  }
});

describe('a screen that only reads', () => {
  it('says nothing of what another one lost: Today, Find, one payment, a refund’s result', () => {
    expect(loseOthers(new Rehearsal(staffed).keys('/', '4'), ['day', 'dayPage', 'lookUp', 'refundPlan', 'find']).notice).toBeNull();
    expect(loseOthers(new Rehearsal(staffed).keys('/', '2'), ['day', 'lookUp', 'refundPlan', 'people']).notice).toBeNull();
    expect(loseOthers(new Rehearsal(staffed).keys('/', '1').scan(sampleScannedReceipt()), ['day', 'lookUp', 'find']).notice).toBeNull();
  });
});

function loseOthers(till: Rehearsal, names: readonly TillCallName[]): Rehearsal['state'] {
  for (const name of names) till.send({ type: 'replyLost', name, tag: 'of another screen' });
  return till.state;
}
