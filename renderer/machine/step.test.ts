/** Tests of the screen machine from the amount to the verdict. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import { entryTotal } from './entry.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleDeclined, sampleNow, sampleOpen, samplePayment } from './samples.ts';
import { entryRules } from './state.ts';

function total(till: Rehearsal): number {
  const rules = entryRules(till.state);
  return rules ? entryTotal(till.state.entry, rules).minor : -1;
}

/** 38.50 typed and scanned; the till has started this payment. */
function sold(payment: PaymentView): Rehearsal {
  return new Rehearsal().keys('3', '8', '.', '5').scan(sampleCode()).answer({ kind: 'started', payment });
}

function event(till: Rehearsal, payment: PaymentView): Rehearsal {
  return till.send({ type: 'event', event: { type: 'payment', payment } });
}

describe('a sale', () => {
  it('is charged by the scan, with the amount that stands', () => {
    const till = new Rehearsal().keys('3', '8', '.', '5').scan(sampleCode());
    expect(till.asked('pay')[0]?.request).toMatchObject({ scanId: 'scan-1', amount: { minor: 3850, currency: 'CNY' } });
    expect(till.view).toBe('charging');
  });
  it('without an amount holds the code until Enter', () => {
    const till = new Rehearsal().scan(sampleCode({ expiresAt: sampleNow + 60_000 }));
    expect(till.requests).toEqual([]);
    till.keys('5', 'Enter');
    expect(till.asked('pay')[0]?.request).toMatchObject({ scanId: 'scan-1', amount: { minor: 500 } });
  });
  it('drops a held code after its time and says so', () => {
    const till = new Rehearsal().scan(sampleCode({ expiresAt: sampleNow + 5000 })).wait(5000);
    expect(till.state.held).toBeNull();
    expect(till.state.notice).toEqual({ kind: 'message', message: message('scanExpired') });
  });
  it('drops a held code on − where no amount is typed', () => {
    expect(new Rehearsal().scan(sampleCode({ expiresAt: sampleNow + 60_000 })).keys('-').state.held).toBeNull();
  });
  it('is told to the till once its amount has rested for 600 ms', () => {
    const till = new Rehearsal().keys('5');
    till.wait(400);
    expect(till.asked('amountEntered')).toEqual([]);
    till.wait(200);
    expect(till.asked('amountEntered')).toEqual([{ kind: 'amountEntered', amount: { minor: 500, currency: 'CNY' } }]);
  });
  it('charges nothing while the till is not connected', () => {
    const till = new Rehearsal().keys('5').send({ type: 'link', link: 'down' }).scan(sampleCode());
    expect(till.asked('pay')).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.scanNoLink' });
  });
  it('opens the refund of a receipt, charges nothing and keeps the amount', () => {
    const till = new Rehearsal().keys('5').scan({ kind: 'receipt', paymentId: 'p', number: 'T01-1', amount: { minor: 100, currency: 'CNY' }, verdict: 'paid' });
    expect(till.asked('pay')).toEqual([]);
    expect(till.view).toBe('refund');
    expect(total(till)).toBe(500);
  });
  it('never ends in a charge by any run of Enters', () => {
    const till = new Rehearsal().keys('5', 'Enter', 'Enter', 'Enter', 'Enter');
    expect(till.asked('pay')).toEqual([]);
  });
  it('keeps no digit of a typed code once it was sent', () => {
    const till = new Rehearsal().keys('Enter').wait(500).keys('1', '3', '4', 'Enter');
    expect(till.asked('submitTyped')).toEqual([{ kind: 'submitTyped', text: '134' }]);
    expect(JSON.stringify(till.state)).not.toContain('"134"');
  });
  it('takes all of it back when − is held', () => {
    expect(total(new Rehearsal().keys('5', '+', '7').send({ type: 'holdDelete' }))).toBe(0);
  });
});

describe('waiting', () => {
  const payment = samplePayment('waitingForPayer', { startedAt: sampleNow + 1000 });

  it('shows no stripes before one second', () => {
    const till = sold(payment);
    expect(till.view).toBe('charging');
    expect(till.wait(1000).view).toBe('waiting');
  });
  it('asks at 30 s, and Enter keeps waiting', () => {
    const till = sold(payment).wait(30_000);
    expect(till.view).toBe('question');
    till.wait(400).keys('Enter');
    expect(till.asked('keepWaiting')).toHaveLength(1);
    expect(till.view).toBe('waiting');
  });
  it('asks before it gives up', () => {
    const till = sold(payment).wait(5000).keys('-');
    expect(till.requests).toEqual([]);
    expect(till.view).toBe('question');
    till.wait(400).keys('-');
    expect(till.asked('giveUp')).toHaveLength(1);
  });
  it('refuses a scan and says so', () => {
    const till = sold(payment).wait(5000).scan(sampleCode({ scanId: 'scan-2' }));
    expect(till.asked('pay')).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'message', message: message('scanWhileOpen') });
  });
  it('does not promise an undo where the gateway has none', () => {
    const till = sold({ ...payment, canUndo: false }).wait(30_000);
    expect(bindings(till.state).map((binding) => binding.word)).toContain('question.stop');
  });
  it('can be parked from 30 s on, and the counter is free', () => {
    const till = sold(payment).wait(30_500).keys('+');
    expect(till.asked('park')).toEqual([{ kind: 'park', paymentId: payment.paymentId }]);
    expect(till.view).toBe('sale');
  });
});

describe('a verdict', () => {
  it('is drawn only from what the till says', () => {
    const till = sold(samplePayment('submitting', { startedAt: sampleNow + 1000 })).wait(3000);
    expect(till.view).toBe('waiting');
    event(till, samplePayment('paid', { startedAt: sampleNow + 1000, changedAt: sampleNow + 3000 }));
    expect(till.view).toBe('paid');
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'paid' }]);
  });
  it('is not taken back by an older word', () => {
    const till = sold(samplePayment('paid', { changedAt: sampleNow + 5000 }));
    expect(event(till, samplePayment('waitingForPayer', { changedAt: sampleNow + 4000 })).view).toBe('paid');
  });
  it('is not confirmed by a key of the 400 ms before it was seen', () => {
    const till = sold(sampleDeclined());
    till.wait(200).keys('Enter', '-');
    expect(till.view).toBe('notPaid');
    expect(till.wait(200).keys('-').view).toBe('sale');
  });
  it('cuts in, wherever the cashier has gone meanwhile', () => {
    const till = sold(samplePayment('unknown')).wait(1000).keys('/', '1');
    event(till, samplePayment('paid', { changedAt: till.now }));
    expect(till.view).toBe('paid');
  });
  it('knocks again at 30 s while nothing is known', () => {
    const till = sold(samplePayment('unknown', { startedAt: sampleNow + 1000 })).wait(29_800);
    expect(till.asked('sound')).toEqual([]);
    expect(till.wait(200).asked('sound')).toEqual([{ kind: 'sound', sound: 'notKnown' }]);
  });
  it('of a parked payment is a bar, not a takeover', () => {
    const parked = samplePayment('unknown', { parked: true });
    const till = new Rehearsal().send({ type: 'open', open: { ...sampleOpen, open: [parked] } }).keys('5');
    event(till, samplePayment('paid', { parked: true, changedAt: sampleNow + 9000 }));
    expect(till.view).toBe('sale');
    expect(till.state.bars).toHaveLength(1);
    expect(total(till)).toBe(500);
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'paid' }]);
  });
});

describe('Paid', () => {
  it('leaves after 15 s', () => expect(sold(samplePayment('paid')).wait(15_200).view).toBe('sale'));
  it('gives way to the next amount', () => {
    const till = sold(samplePayment('paid')).keys('7');
    expect(till.view).toBe('sale');
    expect(total(till)).toBe(700);
  });
  it('says that this code has just paid, and holds nothing', () => {
    const till = sold(samplePayment('paid')).scan(sampleCode({ scanId: 'scan-2' }));
    expect(till.view).toBe('paid');
    expect(till.state.held).toBeNull();
    expect(till.state.notice).toMatchObject({ message: { key: 'alreadyPaid' } });
  });
  it('holds another code for the next sale', () => {
    const till = sold(samplePayment('paid')).scan(sampleCode({ scanId: 'scan-2', last4: '9026' }));
    expect(till.view).toBe('sale');
    expect(till.state.held?.last4).toBe('9026');
    expect(till.asked('pay')).toEqual([]);
  });
  it('shows the receipt where there is no printer, and stays while it is looked at', () => {
    const till = new Rehearsal({ printer: { light: 'gone', present: false, message: null } });
    till.keys('5').scan(sampleCode()).answer({ kind: 'started', payment: samplePayment('paid') }).wait(500).keys('+');
    expect(till.state.receiptUp).toBe(true);
    expect(till.wait(20_000).view).toBe('paid');
  });
});

describe('Not paid', () => {
  it('charges a new code again at once, as the same sale', () => {
    const till = sold(sampleDeclined()).scan(sampleCode({ scanId: 'scan-2' }));
    expect(till.asked('pay')[0]?.request).toMatchObject({ scanId: 'scan-2', paymentId: 'p-0418', amount: { minor: 3850 } });
  });
  it('after 60 s holds a scan until Enter (CASES 13)', () => {
    const till = sold(sampleDeclined()).wait(60_000).scan(sampleCode({ scanId: 'scan-2', expiresAt: sampleNow + 120_000 }));
    expect(till.asked('pay')).toEqual([]);
    till.wait(500).keys('Enter');
    expect(till.asked('pay')[0]?.request).toMatchObject({ scanId: 'scan-2', paymentId: 'p-0418' });
  });
  it('after 60 s takes the same amount again only when told', () => {
    const till = sold(sampleDeclined()).wait(61_000).keys('Enter').wait(500).scan(sampleCode({ scanId: 'scan-2' }));
    expect(till.asked('pay')).toHaveLength(1);
  });
  it('starts the next customer with a digit and keeps the held code', () => {
    const till = sold(sampleDeclined()).wait(60_000).scan(sampleCode({ scanId: 'scan-2', expiresAt: sampleNow + 120_000 })).keys('4');
    expect(total(till)).toBe(400);
    expect(till.state.held?.scanId).toBe('scan-2');
  });
  it('asks before it takes the code that has just failed', () => {
    const till = sold(sampleDeclined()).scan(sampleCode()).answer({ kind: 'askSameCodeFailed', other: sampleDeclined() }).wait(500);
    expect(till.view).toBe('notPaid');
    till.keys('Enter');
    expect(till.asked('pay')[0]?.request.assurances).toEqual(['sameCodeAgain']);
  });
});
