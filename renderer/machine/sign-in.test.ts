/** Tests of sign in, lock and hand-over: what covers the screen, what stays under it, and that no PIN is kept anywhere. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { ScanSeen, TillStatus } from '../../core/contract/types.ts';
import { entryTotal } from './entry.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { nobodyYet } from './approving.ts';
import type { CashChangePlace } from './cash.ts';
import type { RecordPlace } from './record.ts';
import type { RefundPlace } from './refund-open.ts';
import type { RefundResultPlace } from './refund-result.ts';
import { refundedSale, sampleCash, samplePlan, sampleRefund } from './samples-money.ts';
import { sampleCode, sampleNow, samplePayment, sampleStatus } from './samples.ts';
import { atWork, liWei, samplePeople, sampleStaff, sampleWang } from './samples-shift.ts';
import { idleLockMs } from './sign-in.ts';
import { entryRules, type Place } from './state.ts';
import { menuChoices } from './choices.ts';

const locked: Partial<TillStatus> = atWork('cashier', { staff: sampleStaff('locked') });
const badge: ScanSeen = { kind: 'badge', scanId: 'scan-9', person: { operatorId: sampleWang.operatorId, name: sampleWang.name, role: 'cashier' } };

function told(till: Rehearsal, status: Partial<TillStatus>): Rehearsal {
  return till.send({ type: 'status', status: sampleStatus(status) });
}

function total(till: Rehearsal): number {
  const rules = entryRules(till.state);
  return rules ? entryTotal(till.state.entry, rules).minor : 0;
}

function called(till: Rehearsal, name: string): readonly unknown[] {
  return till.asked('call').filter((request) => request.name === name).map((request) => request.request);
}

describe('signing in', () => {
  const signedOut = (): Rehearsal => new Rehearsal({ staff: sampleStaff('signedOut'), shiftNeeded: true });

  it('covers the till until somebody is signed in, and is not there where nobody was added', () => {
    expect(signedOut().view).toBe('signIn');
    expect(new Rehearsal().view).toBe('sale');
    expect(told(signedOut(), atWork()).view).toBe('sale');
  });
  it('enters a PIN by itself at its last digit, and keeps none of it', () => {
    const till = signedOut().keys('7', '3', '9');
    expect(called(till, 'signIn')).toEqual([]);
    expect(JSON.stringify(till.state)).not.toContain('739');
    till.keys('1');
    expect(called(till, 'signIn')).toEqual([{ approval: { kind: 'pin', pin: '7391' } }]);
    expect(till.state.place).toMatchObject({ pin: { sent: true } });
    expect(till.state.place.name === 'signIn' && till.state.place.pin.typed.length).toBe(0);
    expect(JSON.stringify(till.state)).not.toMatch(/7391|739/);
  });
  it('takes no digit while the till looks at one PIN', () => expect(signedOut().keys('1', '2', '3', '4', '5').asked('sound')).toHaveLength(1));
  it('says how many tries are left, and takes the next PIN', () => {
    const till = signedOut().keys('1', '2', '3', '4').send({ type: 'reply', name: 'signIn', tag: '', reply: { kind: 'wrongPin', triesLeft: 3, message: message('wrongPin', { n: '3' }) } });
    expect(till.state.place).toMatchObject({ pin: { refusal: { triesLeft: 3 }, sent: false } });
    expect(called(till.keys('1', '2', '3', '5'), 'signIn')).toHaveLength(1);
  });
  it('takes none for 60 s after too many, while a badge still signs in', () => {
    const till = signedOut();
    told(till, { staff: sampleStaff('signedOut', 'cashier', { triesLeft: 0, waitUntil: till.now + 60_000 }) });
    expect(till.keys('1').asked('sound')).toEqual([{ kind: 'sound', sound: 'tick' }]);
    expect(called(till.scan(badge), 'signIn')).toEqual([{ approval: { kind: 'badge', scanId: 'scan-9' } }]);
    const later = signedOut();
    told(later, { staff: sampleStaff('signedOut', 'cashier', { triesLeft: 0, waitUntil: later.now + 60_000 }) }).wait(60_200);
    expect(later.keys('1').asked('sound')).toEqual([]);
  });
  it('has no menu and no other key than the one that takes a digit back', () => {
    expect(bindings(signedOut().state)).toEqual([]);
    const till = signedOut().keys('1', '2');
    expect(bindings(till.state).map((binding) => binding.key)).toEqual(['-']);
    expect(till.wait(500).keys('-').state.place).toMatchObject({ pin: { typed: { length: 1 } } });
    expect(till.keys('/').state.menu).toBe('closed');
  });
  it('charges nothing and leads nowhere', () => {
    const till = signedOut().scan(sampleCode());
    expect(till.asked('pay')).toEqual([]);
    expect(till.state.notice).toMatchObject({ message: { key: 'signInFirst' } });
    expect(till.send({ type: 'goOpen' }).view).toBe('signIn');
    expect(till.send({ type: 'bar', paymentId: 'p' }).view).toBe('signIn');
    expect(told(till, atWork()).view).toBe('sale');
  });
});

describe('the lock', () => {
  const working = (): Rehearsal => new Rehearsal(atWork());

  it('is asked for by / 8, and keeps the typed amount', () => {
    const till = working().keys('3', '8', '.', '5', '/', '8');
    expect(called(till, 'lock')).toHaveLength(1);
    told(till, locked);
    expect([till.view, total(till)]).toEqual(['signIn', 3850]);
    expect(told(till, atWork()).view).toBe('sale');
    expect(total(till)).toBe(3850);
  });
  it('comes by itself after five minutes without a hand, and not before', () => {
    expect(called(working().wait(idleLockMs - 1200), 'lock')).toEqual([]);
    const till = working();
    let asked = 0;
    for (let second = 0; second <= idleLockMs / 1000 + 2; second += 1) {
      till.now += 1000;
      asked += called(till.send({ type: 'tick' }), 'lock').length;
    }
    expect(asked).toBe(1);
  });
  it('is put off by a key and by a scan', () => {
    const till = working();
    till.now += idleLockMs - 1000;
    till.keys('1');
    till.now += idleLockMs - 1000;
    till.send({ type: 'event', event: { type: 'scan', scan: { kind: 'garbled', message: message('scannerGarbled') } } });
    till.now += idleLockMs - 1000;
    expect(called(till.send({ type: 'tick' }), 'lock')).toEqual([]);
  });
  it('never comes while a payment is on screen, and is not in the menu then', () => {
    const till = working().keys('5').scan(sampleCode({ expiresAt: sampleNow + 90_000 })).answer({ kind: 'started', payment: samplePayment('waitingForPayer') });
    till.now += idleLockMs * 2;
    expect(called(till.send({ type: 'tick' }), 'lock')).toEqual([]);
    expect(menuChoices(till.state).map((choice) => choice.digit)).not.toContain('8');
    expect(menuChoices(working().state).map((choice) => choice.digit)).toContain('8');
    expect(menuChoices(new Rehearsal().state).map((choice) => choice.digit)).not.toContain('8');
  });
  it('never comes over what is unfinished, on any screen of money', () => {
    const refund = sampleRefund('unknown');
    const result: RefundResultPlace = { name: 'refundResult', stage: 'unknown', payment: refundedSale(refund), refundRef: refund.refundRef, back: null };
    const form: RefundPlace = {
      name: 'refund', stage: 'approval', subject: { kind: 'ours', paymentId: 'p-0386', plan: samplePlan() }, elsewhere: false, typed: null, reasons: ['a'], reason: 0, sentence: '', approving: nobodyYet,
      commandId: null, unclear: false, other: null, back: null,
    };
    const recorded: RecordPlace = { name: 'record', stage: 'owner', payment: samplePayment('review'), refundRef: null, as: 'paid', how: null, sentence: '', approving: nobodyYet, commandId: null, unclear: false, back: null };
    const received: Place = { name: 'cashReceived', stage: 'typing', typed: '', commandId: 'c' };
    const change: CashChangePlace = { name: 'cashChange', stage: 'shown', payment: sampleCash() };
    const comes = (place: Place): boolean => {
      const till = working();
      till.state = { ...till.state, place };
      till.now += idleLockMs + 2000;
      const menu = menuChoices(till.state).some((choice) => choice.digit === '8');
      const asked = called(till.send({ type: 'tick' }), 'lock').length === 1;
      expect(menu).toBe(asked);
      return asked;
    };
    expect([form, { ...form, commandId: 'c' }, recorded, { ...recorded, commandId: 'c' }, change, { ...result, stage: 'refunded' }, { ...result, stage: 'refused' }, { ...result, stage: 'settled' }].map((place) => comes(place as Place))).toEqual([true, true, true, true, true, true, true, true]);
    const unfinished: readonly Place[] = [
      { ...form, stage: 'sending', commandId: 'c' }, { ...form, commandId: 'c', unclear: true }, { ...recorded, stage: 'sending', commandId: 'c' }, { ...recorded, commandId: 'c', unclear: true }, received, { ...change, stage: 'returning' },
      ...(['submitting', 'unknown', 'pending', 'review'] as const).map((stage) => ({ ...result, stage })),
    ];
    expect(unfinished.map(comes)).toEqual(unfinished.map(() => false));
  });
  it('comes over a payment that has ended as over any screen, five minutes after its end came', () => {
    const declined = samplePayment('declined');
    const till = working().keys('5').scan(sampleCode({ expiresAt: sampleNow + 90_000 })).answer({ kind: 'started', payment: samplePayment('waitingForPayer') });
    till.now += idleLockMs + 1000;
    till.send({ type: 'event', event: { type: 'payment', payment: { ...declined, changedAt: till.now } } });
    expect([till.view, called(till.send({ type: 'tick' }), 'lock').length]).toEqual(['notPaid', 0]);
    till.now += idleLockMs + 1000;
    expect(called(till.send({ type: 'tick' }), 'lock')).toHaveLength(1);
    told(till, locked);
    expect([told(till, atWork()).view, till.state.currentId]).toEqual(['notPaid', declined.paymentId]);
  });
  it('leaves a refund under it that knows what became of it meanwhile', () => {
    const open = sampleRefund('unknown');
    const till = working();
    till.state = { ...till.state, place: { name: 'refundResult', stage: 'unknown', payment: refundedSale(open), refundRef: open.refundRef, back: null } };
    told(till, locked).send({ type: 'event', event: { type: 'payment', payment: refundedSale(sampleRefund('refunded', { changedAt: sampleNow + 5000 })) } });
    expect(told(till, atWork()).state.place).toMatchObject({ name: 'refundResult', stage: 'refunded' });
  });
  it('hides what ends meanwhile behind a bar, and shows where it was when it is lifted', () => {
    const parked = samplePayment('unknown', { parked: true });
    const till = told(working().keys('/', '1').send({ type: 'event', event: { type: 'payment', payment: parked } }), locked);
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { parked: true, changedAt: sampleNow + 1000 }) } });
    expect([till.view, till.state.bars.length]).toEqual(['signIn', 1]);
    expect(told(till, atWork()).state.place.name).toBe('open');
  });
  it('says to a code that it charges nothing', () => {
    expect(told(working(), locked).scan(sampleCode()).state.notice).toMatchObject({ message: { key: 'tillLocked' } });
  });
  it('forgets a PIN that was being set under it', () => {
    const till = new Rehearsal(atWork('owner')).keys('/', '7', '5').send({ type: 'reply', name: 'people', tag: 'people', reply: samplePeople }).wait(500).keys('*', '7', '3', '9', '1', '7', '3');
    expect(told(till, { ...locked, staff: sampleStaff('locked', 'owner') }).view).toBe('signIn');
    told(till, atWork('owner'));
    expect(till.state.place).toMatchObject({ name: 'pinSet', first: null, pin: { typed: { length: 0 } } });
  });
});

describe('a badge hands the till over', () => {
  it('with the amount that was typed', () => {
    const till = new Rehearsal(atWork()).keys('5').scan(badge);
    expect(called(till, 'signIn')).toEqual([{ approval: { kind: 'badge', scanId: 'scan-9' } }]);
    till.send({ type: 'reply', name: 'signIn', tag: 'handOver', reply: { kind: 'signedIn', person: sampleWang } });
    expect([till.view, total(till), till.state.notice?.kind]).toEqual(['sale', 500, 'done']);
  });
  it('but not while a payment has no outcome', () => {
    const till = new Rehearsal(atWork()).keys('5').scan(sampleCode({ expiresAt: sampleNow + 90_000 })).answer({ kind: 'started', payment: samplePayment('waitingForPayer') }).wait(2000);
    expect(called(till.scan(badge), 'signIn')).toEqual([]);
    expect(till.state.notice).toMatchObject({ key: 'notice.badgeWhileOpen' });
  });
  it('and a refused badge changes nothing', () => {
    const till = new Rehearsal(atWork()).scan(badge).send({ type: 'reply', name: 'signIn', tag: 'handOver', reply: { kind: 'refused', message: message('badgeUnknown') } });
    expect(till.state.notice).toMatchObject({ message: { key: 'badgeUnknown' } });
  });
  it('and where the till says nothing, the screen says so', () => {
    const till = new Rehearsal(atWork()).scan(badge).send({ type: 'replyLost', name: 'signIn', tag: 'handOver' });
    expect(till.state.notice).toMatchObject({ key: 'notice.actionFailed' });
    expect(till.asked('loadStatus')).toHaveLength(1);
  });
  it('says so where that person is at the till already', () => {
    const own: ScanSeen = { ...badge, person: { ...liWei, role: 'owner' } };
    expect(called(new Rehearsal(atWork('owner')).scan(own), 'signIn')).toEqual([]);
  });
});

describe('without an open shift', () => {
  const closed = (): Rehearsal => new Rehearsal(atWork('cashier', { shift: null }));

  it('the sale keeps the amount and Enter opens the shift', () => {
    const till = closed().keys('5').wait(500);
    expect(bindings(till.state).filter((binding) => binding.primary).map((binding) => binding.word)).toEqual(['cap.openShift']);
    till.keys('Enter');
    expect([till.view, total(till)]).toEqual(['shiftOpen', 500]);
  });
  it('a scan charges nothing', () => {
    const till = closed().keys('5').scan(sampleCode());
    expect(till.asked('pay')).toEqual([]);
    expect([till.state.notice, total(till)]).toMatchObject([{ message: { key: 'shiftClosed' } }, 500]);
  });
});
