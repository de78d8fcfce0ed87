/** Tests of the code that the customer scans: its keys, its states, what a scan does meanwhile, and that a sale never has two ways open. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import { codeStage } from './code-stage.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleDeclined, samplePayment, yuan } from './samples.ts';
import { sampleBeingPaid, sampleClosed, sampleClosing, sampleCodeUp, sampleMaking, sampleNotClosed, sampleScanned } from './samples-present.ts';
import { isAskedFirst } from './same-customer.ts';

const caps = (till: Rehearsal): readonly string[] => bindings(till.state).filter(({ key }) => key !== '/').map(({ key, word }) => `${key} ${word}`);
const told = (till: Rehearsal, payment: PaymentView): Rehearsal => till.send({ type: 'event', event: { type: 'payment', payment } }).wait(500);

function asked(): Rehearsal {
  return new Rehearsal().keys('3', '8', '.', '5', '*');
}

function up(): Rehearsal {
  const till = asked().answer({ kind: 'started', payment: sampleMaking() });
  return told(till, sampleCodeUp({ changedAt: till.now }));
}

function closed(afterSeconds: number): Rehearsal {
  const till = up().keys('-');
  const changedAt = till.now + afterSeconds * 1000;
  return told(till.wait(afterSeconds * 1000), sampleClosed(afterSeconds, { changedAt }));
}

describe('the key', () => {
  it('asks for a code of the amount that stands, and no scan belongs to it', () => {
    expect(asked().asked('present')).toMatchObject([{ request: { amount: yuan(3850) } }]);
    expect(asked().asked('present')[0]?.request).not.toHaveProperty('scanId');
  });
  it('has no cap where no gateway shows codes, and without an amount', () => {
    expect(caps(new Rehearsal({ showing: false }).keys('5')).join()).not.toContain('cap.showQr');
    expect(caps(new Rehearsal()).join()).not.toContain('cap.showQr');
    expect(new Rehearsal({ showing: false }).keys('5', '*').asked('present')).toEqual([]);
  });
  it('stays away while a code is held that Enter would charge', () => {
    expect(caps(new Rehearsal().scan(sampleCode()).keys('5')).join()).not.toContain('cap.showQr');
  });
  it('on Not paid asks for a code of the same sale', () => {
    const till = new Rehearsal().keys('3', '8', '.', '5').scan(sampleCode());
    told(till.answer({ kind: 'started', payment: samplePayment('submitting') }), sampleDeclined({ changedAt: till.now }));
    expect(till.view).toBe('notPaid');
    expect(till.keys('*').asked('present')).toMatchObject([{ request: { amount: yuan(3850), paymentId: 'p-0418' } }]);
  });
});

describe('the screen', () => {
  it('is being made, then up with its three caps', () => {
    const till = asked().answer({ kind: 'started', payment: sampleMaking() });
    expect(till.view).toBe('presentQr');
    expect(caps(till)).toEqual(['- cap.cancelCode']);
    told(till, sampleCodeUp({ changedAt: till.now }));
    expect(caps(till)).toEqual(['- cap.cancelCode', '+ cap.printCode', 'Enter cap.askNow']);
  });
  it('says that somebody has scanned it, keeps its caps, and lets no scan charge the sale beside it', () => {
    const till = told(up(), sampleScanned({ changedAt: Number.MAX_SAFE_INTEGER }));
    expect(codeStage(sampleScanned())).toBe('scanned');
    expect(till.view).toBe('presentQr');
    expect(caps(till)).toEqual(['- cap.cancelCode', '+ cap.printCode', 'Enter cap.askNow']);
    expect(till.scan(sampleCode()).asked('pay')).toEqual([]);
    expect(till.asked('sound')).toEqual([]);
  });
  it('is followed by Paid once it is paid, with the sound of Paid', () => {
    const till = up();
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { direction: 'show', changedAt: till.now + 1 }) } });
    expect(till.view).toBe('paid');
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'paid' }]);
  });
  it('asks now, and prints the code', () => {
    expect(up().keys('Enter').asked('askNow')).toMatchObject([{ paymentId: 'p-0418' }]);
    expect(up().keys('+').asked('printCode')).toMatchObject([{ paymentId: 'p-0418' }]);
  });
  it('prints nothing where there is no printer', () => {
    const till = new Rehearsal({ printer: { light: 'ready', message: null, present: false } }).keys('5', '*').answer({ kind: 'started', payment: sampleMaking() });
    told(till, sampleCodeUp({ changedAt: till.now }));
    expect(caps(till)).toEqual(['- cap.cancelCode', 'Enter cap.askNow']);
  });
  it('takes no digit while the code can be paid', () => expect(up().keys('7').state.entry.typed).toBe(''));
});

describe('taking the code back', () => {
  it('is one press, and the goods stay until it is surely closed', () => {
    const till = up().keys('-');
    expect(till.asked('giveUp')).toMatchObject([{ paymentId: 'p-0418' }]);
    told(till, sampleClosing({ changedAt: till.now }));
    expect(till.view).toBe('presentQr');
    expect(caps(till)).toEqual(['+ cap.park', 'Enter cap.askNow']);
  });
  it('is silent: a code that nobody pays stops nobody’s hand', () => {
    const till = up().keys('-');
    till.send({ type: 'event', event: { type: 'payment', payment: sampleClosing({ changedAt: till.now }) } });
    expect(till.asked('sound')).toEqual([]);
  });
  it('ends in Not paid, where a scan is a new attempt of the same sale', () => {
    const till = closed(10);
    expect(till.view).toBe('notPaid');
    expect(till.scan(sampleCode()).asked('pay')).toMatchObject([{ request: { paymentId: 'p-0418', amount: yuan(3850) } }]);
  });
});

describe('a scan while a code is shown', () => {
  it('charges nothing and says so, whether the code is being made, up or being closed', () => {
    const making = asked().answer({ kind: 'started', payment: sampleMaking() });
    expect(making.scan(sampleCode()).asked('pay')).toEqual([]);
    expect(making.state.notice).toMatchObject({ key: 'notice.scanWhileCode' });
    const shown = up().scan(sampleCode());
    expect(shown.asked('pay')).toEqual([]);
    expect(shown.state).toMatchObject({ held: null, notice: { key: 'notice.scanWhileCode' } });
    const closing = up();
    told(closing.keys('-'), sampleClosing({ changedAt: closing.now }));
    expect(closing.scan(sampleCode()).asked('pay')).toEqual([]);
    expect(closing.state.notice).toMatchObject({ message: message('scanWhileOpen') });
  });
  it('of a receipt or a badge is refused too', () => {
    expect(up().scan({ kind: 'receipt', paymentId: 'p-1', number: 'T01-251120-0001', amount: yuan(100), verdict: 'paid' }).view).toBe('presentQr');
    const badge = up().scan({ kind: 'badge', scanId: 'scan-9', person: { operatorId: 'o-01', name: '王芳', role: 'owner' } });
    expect(badge.asked('call')).toEqual([]);
    expect(badge.state.notice).toMatchObject({ key: 'notice.badgeWhileOpen' });
  });
});

describe('a code whose time is over', () => {
  it('is renewed by Enter, for the same sale and only once the old one is closed', () => {
    const till = up();
    told(till.wait(240_000), sampleClosing({ changedAt: till.now }));
    expect(caps(till).join()).not.toContain('cap.newCode');
    told(till, sampleClosed(0, { changedAt: till.now + 1 }));
    expect(till.view).toBe('presentQr');
    expect(caps(till)).toEqual(['- cap.cancelSale', 'Enter cap.newCode']);
    expect(till.keys('Enter').asked('present')).toMatchObject([{ request: { paymentId: 'p-0418', amount: yuan(3850) } }]);
  });
  it('is renewed by Enter too where the gateway ended it early, by a cancellation or as closed', () => {
    for (const ended of [sampleClosed(90, { gaveUp: false }), samplePayment('declined', { direction: 'show', gaveUp: false, declineReason: 'closed', deadlineSeconds: 240 })]) {
      const till = up();
      told(till.wait(90_000), { ...ended, changedAt: till.now + 1 });
      expect(till.view).toBe('presentQr');
      expect(caps(till)).toEqual(['- cap.cancelSale', 'Enter cap.newCode']);
      expect(till.keys('Enter').asked('present')).toMatchObject([{ request: { paymentId: 'p-0418', amount: yuan(3850) } }]);
    }
  });
  it('that the cashier took back, or that was refused, is Not paid like any other', () => {
    expect(closed(90).view).toBe('notPaid');
    const till = asked().answer({ kind: 'started', payment: sampleMaking() });
    told(till, samplePayment('declined', { direction: 'show', declineReason: 'merchantBlocked', changedAt: till.now }));
    expect(till.view).toBe('notPaid');
  });
  it('case 13: a scan within a minute charges, a later one is held and asked about', () => {
    expect(closed(250).scan(sampleCode()).asked('pay')).toHaveLength(1);
    const late = closed(250).wait(61_000);
    expect(late.scan(sampleCode({ expiresAt: late.now + 30_000 })).asked('pay')).toEqual([]);
    expect(late.view).toBe('notPaid');
    expect(late.state.held).not.toBeNull();
  });
  it('begins the next sale with a digit', () => expect(closed(250).keys('7').state.entry.typed).toBe('7'));
});

describe('case 27: a code that can’t be closed', () => {
  function left(): Rehearsal {
    const till = up().keys('-');
    return told(till, sampleNotClosed({ changedAt: till.now }));
  }
  it('is said quietly, and a scan there charges nothing before the amount stands again', () => {
    const till = left();
    expect(till.view).toBe('presentQr');
    expect(till.asked('sound')).toEqual([]);
    expect(till.scan(sampleCode()).asked('pay')).toEqual([]);
    expect(till.state.notice).toMatchObject({ key: 'notice.scanNotClosed' });
    till.keys('Enter');
    expect(till.view).toBe('sale');
    expect(till.scan(sampleCode()).asked('pay')).toMatchObject([{ request: { amount: yuan(3850) } }]);
    expect(till.asked('pay')[0]?.request).not.toHaveProperty('paymentId');
  });
  it('that somebody is paying right now is no quiet one: it is heard, and tells nobody to charge again', () => {
    const till = up().keys('-');
    told(till, sampleBeingPaid({ changedAt: till.now }));
    expect(till.view).toBe('review');
    expect(caps(till).join()).not.toContain('cap.chargeOtherwise');
    expect(till.scan(sampleCode()).asked('pay')).toEqual([]);
    expect(till.state.notice).toMatchObject({ message: message('scanWhileOpen') });
  });
  it('stands in no bar, and is heard once it is paid after all', () => {
    const till = left().keys('-');
    expect(till.state.bars).toEqual([]);
    const payment = samplePayment('review', { direction: 'show', reviewReason: 'paidAfterGivingUp', changedAt: till.now });
    till.send({ type: 'event', event: { type: 'payment', payment } });
    expect(till.state.bars).toHaveLength(1);
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'notKnown' }]);
  });
  it('is heard, and once, also where the list tells it before its event does', () => {
    const till = left().keys('-');
    const { paymentId } = sampleNotClosed();
    const payment = samplePayment('review', { paymentId, direction: 'show', reviewReason: 'paidAfterGivingUp', changedAt: till.now + 1 });
    till.send({ type: 'open', open: { open: [payment], quiet: [], settledToday: { paid: 0, undone: 0, longestSeconds: 0 }, chain: 'whole' } });
    expect(till.state.bars).toHaveLength(1);
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'notKnown' }]);
    till.send({ type: 'event', event: { type: 'payment', payment } });
    expect(till.state.bars).toHaveLength(1);
    expect(till.asked('sound')).toEqual([]);
  });
  it('is asked about from its list, and opens no screen for a person', () => {
    const quiet = sampleNotClosed();
    const till = left().keys('-').keys('/', '1');
    till.send({ type: 'open', open: { open: [], quiet: [quiet], settledToday: { paid: 0, undone: 0, longestSeconds: 0 }, chain: 'whole' } }).keys('6').wait(500);
    expect(caps(till)).toContain('Enter cap.askNow');
    expect(till.keys('Enter').asked('askNow')).toMatchObject([{ paymentId: quiet.paymentId }]);
  });
});

describe('case 11: the same amount as a parked one', () => {
  it('asks of a code that nothing closes whether it was paid, and not whose it is', () => {
    const till = asked().answer({ kind: 'askSameCustomer', other: sampleNotClosed({ paymentId: 'p-0415' }), givenUp: false }).wait(500);
    expect(caps(till)).toEqual(expect.arrayContaining(['Enter guard.notClosedWait', '+ guard.notClosedCharge']));
    expect(till.keys('+').asked('present')).toMatchObject([{ request: { assurances: ['anotherCustomer'] } }]);
  });
  it('waits in words while the till asks once more, and says it where that code was paid', () => {
    const other = sampleNotClosed({ paymentId: 'p-0415' });
    const asking = asked().answer({ kind: 'askSameCustomer', other, givenUp: false }).wait(500).keys('+');
    expect([asking.view, isAskedFirst(asking.state)]).toEqual(['charging', true]);
    const paid = asking.answer({ kind: 'askSameCustomer', other: { ...other, quiet: false, reviewReason: 'paidAfterGivingUp' }, givenUp: false }).wait(500);
    expect(caps(paid)).toEqual(expect.arrayContaining(['Enter guard.paidNow', '+ guard.anotherShow']));
    const again = paid.keys('+');
    expect(isAskedFirst(again.state)).toBe(false);
    expect(again.asked('present')).toMatchObject([{ request: { assurances: ['anotherCustomer'] } }]);
  });
  it('is asked about before a code is made, and + shows one', () => {
    const other = samplePayment('unknown', { paymentId: 'p-0415', parked: true });
    const till = asked().answer({ kind: 'askSameCustomer', other, givenUp: false }).wait(500);
    expect(till.view).toBe('sameCustomer');
    expect(caps(till)).toContain('+ guard.anotherShow');
    expect(till.keys('+').asked('present')).toMatchObject([{ request: { assurances: ['anotherCustomer'] } }]);
  });
  it('goes back to the amount where it is neither', () => {
    const other = samplePayment('unknown', { paymentId: 'p-0415', parked: true });
    const till = asked().answer({ kind: 'askSameCustomer', other, givenUp: false }).wait(500).keys('-');
    expect(till.view).toBe('sale');
    expect(till.state).toMatchObject({ held: null, entry: { typed: '38.5' } });
  });
});
