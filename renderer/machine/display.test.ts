/** Tests of what the customer sees: never more than the cashier's screen says, never before it, and nothing that isn't the customer's. */
import { describe, expect, it } from 'vitest';
import type { CustomerDisplay, PaymentView } from '../../core/contract/types.ts';
import { customerDisplay, lightOutMs, paidShownMs } from './display.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleDeclined, samplePayment, sampleReview, yuan } from './samples.ts';
import { sampleClosed, sampleClosing, sampleCodeUp, sampleMaking, sampleNotClosed, sampleQr, sampleScanned } from './samples-present.ts';

const told = (till: Rehearsal, payment: PaymentView): Rehearsal => till.send({ type: 'event', event: { type: 'payment', payment } });
const shows = (till: Rehearsal): CustomerDisplay['shows'] | undefined => customerDisplay(till.state)?.shows;

function sold(payment: PaymentView): Rehearsal {
  return new Rehearsal().keys('3', '8', '.', '5').scan(sampleCode()).answer({ kind: 'started', payment });
}

function shownCode(payment: PaymentView): Rehearsal {
  return told(new Rehearsal().keys('3', '8', '.', '5', '*').answer({ kind: 'started', payment: sampleMaking() }), payment);
}

describe('the amount', () => {
  it('shows as it is typed, and asks for the code once it rests', () => {
    const till = new Rehearsal().keys('3', '8');
    expect(shows(till)).toEqual({ kind: 'amount', amount: yuan(3800) });
    expect(shows(till.keys('.', '5').wait(700))).toEqual({ kind: 'pay', amount: yuan(3850) });
  });
  it('asks for no code while one is held, and shows nothing of it', () => {
    const till = new Rehearsal().scan(sampleCode()).keys('5').wait(700);
    expect(shows(till)).toEqual({ kind: 'amount', amount: yuan(500) });
  });
  it('is gone while another screen stands that is no business of the customer’s', () => {
    expect(shows(new Rehearsal().keys('5').wait(700).keys('/', '1'))).toEqual({ kind: 'idle' });
  });
  it('is gone while the shift is closed', () => expect(shows(new Rehearsal({ shiftNeeded: true }).keys('5').wait(700))).toEqual({ kind: 'idle' }));
});

describe('a code', () => {
  it('has an end in whole milliseconds, as every display takes it', () => {
    const till = shownCode(sampleCodeUp({ shownCode: { qr: sampleQr, since: 0, until: 1234.56, wallets: [], scanned: false }, changedAt: Number.MAX_SAFE_INTEGER }));
    expect(shows(till)).toMatchObject({ until: 1235 });
  });
  it('shows with what it holds, until when, and the wallets that surely can', () => {
    const till = shownCode(sampleCodeUp({ changedAt: Number.MAX_SAFE_INTEGER }));
    expect(shows(till)).toMatchObject({ kind: 'code', amount: yuan(3850), qr: sampleQr, wallets: ['wechat', 'alipay', 'unionpay'] });
  });
  it('names the wallets of its own order, whatever other gateways show, and none where nobody knows', () => {
    const { shownCode: code } = sampleCodeUp();
    if (code === null) throw new Error('no code');
    for (const wallets of [['alipay'], []] as const) {
      expect(shows(shownCode(sampleCodeUp({ shownCode: { ...code, wallets }, changedAt: Number.MAX_SAFE_INTEGER })))).toMatchObject({ kind: 'code', wallets });
    }
  });
  it('is gone from the display with the press that takes it back, and nobody is told that nothing was taken before it is sure', () => {
    expect(shows(shownCode(sampleClosing({ changedAt: Number.MAX_SAFE_INTEGER })))).toEqual({ kind: 'checking', amount: yuan(3850) });
    const till = shownCode(sampleMaking());
    expect(shows(told(till, sampleClosed(5, { changedAt: till.now })))).toEqual({ kind: 'notPaid', amount: yuan(3850) });
  });
  it('that somebody has scanned asks for a confirmation, and for a scan again once the gateway says so', () => {
    const till = shownCode(sampleScanned({ changedAt: Number.MAX_SAFE_INTEGER - 1 }));
    expect(shows(till)).toEqual({ kind: 'confirm', amount: yuan(3850) });
    expect(shows(told(till, sampleCodeUp({ changedAt: Number.MAX_SAFE_INTEGER })))).toMatchObject({ kind: 'code' });
  });
  it('that is being made is only an amount, and one that can’t be closed is nothing to the customer', () => {
    expect(shows(shownCode(sampleMaking()))).toMatchObject({ kind: 'amount' });
    expect(shows(shownCode(sampleNotClosed({ changedAt: Number.MAX_SAFE_INTEGER })))).toEqual({ kind: 'idle' });
  });
});

describe('a charge', () => {
  it('asks for a confirmation once it takes a second', () => {
    const till = sold(samplePayment('waitingForPayer', { startedAt: 0 }));
    expect(shows(till)).toEqual({ kind: 'confirm', amount: yuan(3850) });
  });
  it('that is not known, undone or for a person is being checked', () => {
    for (const payment of [samplePayment('unknown'), samplePayment('reversing'), sampleReview({ paymentId: 'p-0418' })]) {
      expect(shows(told(sold(samplePayment('submitting')), { ...payment, changedAt: Number.MAX_SAFE_INTEGER }))).toMatchObject({ kind: 'checking' });
    }
  });
  it('that was not paid says so without a reason, for a minute', () => {
    const till = sold(samplePayment('submitting'));
    told(till, sampleDeclined({ changedAt: till.now }));
    expect(shows(till)).toEqual({ kind: 'notPaid', amount: yuan(3850) });
    expect(shows(till.wait(61_000))).toEqual({ kind: 'idle' });
  });
  it('that is parked leaves the display', () => {
    const till = told(sold(samplePayment('submitting')), samplePayment('unknown', { changedAt: Number.MAX_SAFE_INTEGER })).wait(500).keys('+');
    expect(shows(till)).toEqual({ kind: 'idle' });
  });
});

describe('paid', () => {
  it('stands for eight seconds, then the shop’s name', () => {
    const till = sold(samplePayment('submitting'));
    told(till, samplePayment('paid', { changedAt: till.now }));
    expect(shows(till)).toEqual({ kind: 'paid', amount: yuan(3850), receipt: true });
    expect(shows(till.wait(paidShownMs - 400))).toMatchObject({ kind: 'paid' });
    expect(shows(till.wait(400))).toEqual({ kind: 'idle' });
  });
  it('promises no receipt where none prints', () => {
    const till = sold(samplePayment('submitting'));
    expect(shows(told(till, samplePayment('paid', { changedAt: till.now, receipt: 'none' })))).toMatchObject({ receipt: false });
  });
  it('is never said before it stands on the cashier’s screen', () => {
    const till = sold(samplePayment('submitting'));
    till.send({ type: 'status', status: { ...till.state.status, staff: { state: 'locked', person: null, pinDigits: 4, triesLeft: 5, waitUntil: null } } as never });
    told(till, samplePayment('paid', { changedAt: till.now }));
    expect(till.view).toBe('signIn');
    expect(shows(till)?.kind).not.toBe('paid');
  });
  it('of a parked payment is not the business of whoever stands there now', () => {
    const till = new Rehearsal();
    told(till, samplePayment('unknown', { paymentId: 'p-0415', parked: true }));
    told(till, samplePayment('paid', { paymentId: 'p-0415', parked: true, changedAt: till.now + 1 }));
    expect(shows(till)).toEqual({ kind: 'idle' });
  });
});

describe('cash', () => {
  const cash = { received: yuan(5000), change: yuan(1150), roundingMinor: 0, due: yuan(3850), returned: false };
  it('shows what was received and the change', () => {
    const till = new Rehearsal({ cash: { on: true, roundTo: yuan(1), notes: [] } }).keys('3', '8', '.', '5').wait(700).keys('Enter');
    expect(shows(till)).toEqual({ kind: 'pay', amount: yuan(3850) });
    till.wait(500).keys('5', 'Enter');
    const tag = till.asked('call')[0]?.tag ?? '';
    till.send({ type: 'reply', name: 'payCash', tag, reply: { kind: 'taken', payment: samplePayment('paid', { tender: 'cash', cash }) } });
    expect(shows(till)).toEqual({ kind: 'cash', due: yuan(3850), received: yuan(5000), change: yuan(1150) });
  });
});

describe('the display', () => {
  it('goes dark after five minutes without a hand', () => {
    const till = new Rehearsal().wait(1000);
    expect(shows(till)).toEqual({ kind: 'idle' });
    till.now += lightOutMs;
    expect(shows(till.send({ type: 'tick' }))).toEqual({ kind: 'dark' });
    expect(shows(till.keys('5'))).toMatchObject({ kind: 'amount' });
  });
  it('is told nothing by a screen that doesn’t operate the till', () => {
    const till = new Rehearsal().keys('5');
    expect(customerDisplay(till.send({ type: 'link', link: 'occupied' }).state)).toBeNull();
  });
  it('says in training that it is training', () => expect(customerDisplay(new Rehearsal({ training: true }).state)?.shop.training).toBe(true));
  it('gets no name, no last four, no number and no reason', () => {
    const payments = [sampleDeclined(), samplePayment('unknown'), samplePayment('paid'), sampleReview({ paymentId: 'p-0418' })];
    for (const payment of payments) {
      const text = JSON.stringify(customerDisplay(told(sold(samplePayment('submitting')), { ...payment, changedAt: Number.MAX_SAFE_INTEGER }).state));
      expect(text).not.toMatch(/4417|陈晓|insufficient|BALANCE|T01-/);
    }
  });
});
