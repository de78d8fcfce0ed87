/** Tests of the screen machine: guards, the list of open payments, the start, and what holds on every screen. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import { entryTotal } from './entry.ts';
import { bindings, digitUse } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleDeclined, sampleNow, sampleOpen, samplePayment, sampleQuiet, sampleReview, sampleStatus } from './samples.ts';
import { entryRules } from './state.ts';
import { chipCount, viewName } from './view.ts';

function total(till: Rehearsal): number {
  const rules = entryRules(till.state);
  return rules ? entryTotal(till.state.entry, rules).minor : -1;
}

/** 38.50 typed and scanned; the till has started this payment. */
function sold(payment: PaymentView): Rehearsal {
  return new Rehearsal().keys('3', '8', '.', '5').scan(sampleCode()).answer({ kind: 'started', payment });
}

describe('the guards', () => {
  const parked = samplePayment('unknown', { paymentId: 'p-parked', parked: true });
  const asked = (): Rehearsal => new Rehearsal().keys('3', '8', '.', '5').scan(sampleCode({ expiresAt: sampleNow + 60_000 }))
    .answer({ kind: 'askSameCustomer', other: parked, givenUp: false }).wait(500);

  it('of a parked customer charge nothing under Enter, and show that payment', () => {
    const till = asked().keys('Enter');
    expect(till.asked('pay')).toEqual([]);
    expect(till.view).toBe('unknown');
  });
  it('of a parked customer who is the same leave no amount armed for the next one', () => {
    expect(total(asked().keys('Enter'))).toBe(0);
  });
  it('of a parked customer charge another one under +', () => {
    expect(asked().keys('+').asked('pay')[0]?.request.assurances).toEqual(['anotherCustomer']);
  });
  it('forget neither amount nor code', () => {
    const till = asked().keys('-');
    expect(total(till)).toBe(3850);
    expect(till.state.held?.scanId).toBe('scan-1');
  });
  it('of a paid code charge again only under +', () => {
    const till = new Rehearsal().keys('5').scan(sampleCode()).answer({ kind: 'askCodePaid', other: samplePayment('paid'), message: message('alreadyPaid') }).wait(500);
    expect(till.keys('Enter').asked('pay')).toEqual([]);
    expect(till.view).toBe('sale');
    till.scan(sampleCode({ scanId: 'scan-2' })).answer({ kind: 'askCodePaid', other: samplePayment('paid'), message: message('alreadyPaid') }).wait(500);
    expect(till.keys('+').asked('pay')[0]?.request.assurances).toEqual(['chargeAgain']);
  });
  it('of an open code have no way to charge', () => {
    const till = new Rehearsal().keys('5').scan(sampleCode()).answer({ kind: 'codeOpen', other: parked, message: message('codeUsedTwice') }).wait(500);
    expect(till.keys('+').asked('pay')).toEqual([]);
    expect(till.keys('Enter').view).toBe('unknown');
  });
});

describe('the list of open payments', () => {
  const opened = (): Rehearsal => new Rehearsal().send({ type: 'open', open: { ...sampleOpen, quiet: sampleQuiet } }).keys('/', '1').wait(500);

  it('moves by 8 and 2, and asks about the ringed one', () => {
    const till = opened().keys('2', 'Enter');
    expect(till.asked('askNow')).toEqual([{ kind: 'askNow', paymentId: 'p-0414' }]);
  });
  it('opens a review with Enter, and − goes back', () => {
    const till = opened().keys('Enter').wait(500);
    expect(till.view).toBe('review');
    expect(till.keys('-').view).toBe('sale');
  });
  it('notes that a parked customer paid otherwise', () => {
    expect(opened().keys('2', '*').asked('setNotWanted')).toEqual([{ kind: 'setNotWanted', paymentId: 'p-0414', on: true }]);
  });
  it('changes lists by 4 and 6', () => expect(opened().keys('6').state.place).toMatchObject({ list: 'quiet', index: 0 }));
  it('opened before anything was known, shows the list that has something in it once the till says', () => {
    const till = new Rehearsal().keys('/', '1').wait(500);
    expect(till.state.place).toMatchObject({ list: 'open' });
    expect(till.send({ type: 'open', open: { ...sampleOpen, open: [], quiet: sampleQuiet } }).state.place).toMatchObject({ list: 'quiet' });
    expect(opened().send({ type: 'open', open: { ...sampleOpen, open: [], quiet: sampleQuiet } }).state.place).toMatchObject({ list: 'open' });
  });
  it('makes no sale of a scan', () => expect(opened().scan(sampleCode()).asked('pay')).toEqual([]));
});

describe('the start', () => {
  it('sells nothing before what was left open was asked', () => {
    const till = new Rehearsal({ phase: 'recovering', recovery: { open: 2, asked: 0 } }).keys('5').scan(sampleCode());
    expect(till.view).toBe('recovering');
    expect(till.asked('pay')).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'message', message: message('recovering') });
  });
  it('takes up who still stands at the counter after the page was loaded again', () => {
    const waiting = samplePayment('unknown', { startedAt: sampleNow - 9000 });
    expect(new Rehearsal().send({ type: 'open', open: { ...sampleOpen, open: [waiting] } }).view).toBe('unknown');
  });
  it('takes up who stands at the counter also where the page was loaded while what was open was still asked', () => {
    const waiting = samplePayment('unknown', { startedAt: sampleNow - 9000 });
    const open = { ...sampleOpen, open: [waiting] };
    const till = new Rehearsal({ phase: 'recovering', recovery: { open: 1, asked: 0 } }).send({ type: 'open', open });
    expect(till.view).toBe('recovering');
    expect(till.send({ type: 'status', status: sampleStatus({ phase: 'ready' }) }).send({ type: 'open', open }).view).toBe('unknown');
  });
  it('tries the journal again with Enter', () => {
    const till = new Rehearsal({ phase: 'stopped', stopMessage: message('journalNotWritable') });
    expect(till.keys('Enter').asked('retryJournal')).toHaveLength(1);
  });
  it('asks before it takes over from another screen', () => {
    const till = new Rehearsal().send({ type: 'link', link: 'occupied' }).wait(500);
    expect(till.view).toBe('occupied');
    expect(till.keys('Enter').asked('takeOver')).toHaveLength(1);
  });
  it('asks about every payment whose end it may have missed', () => {
    const till = new Rehearsal().send({ type: 'open', open: sampleOpen });
    till.send({ type: 'open', open: { ...sampleOpen, open: sampleOpen.open.slice(0, 2) } });
    expect(till.asked('loadDetail').map((request) => request.paymentId)).toEqual(['p-0416']);
  });
});

it('opens the customer’s phone in training alone, and leaves the amount', () => {
  const url = 'http://127.0.0.1:1/simulator/phone/';
  const till = new Rehearsal({ training: true, phoneUrl: url }).keys('5', '/', '9');
  expect(till.asked('openPhone')).toEqual([{ kind: 'openPhone', url }]);
  expect([till.state.menu, total(till)]).toEqual(['closed', 500]);
  expect(till.send({ type: 'phone' }).asked('openPhone')).toHaveLength(1);
  expect(new Rehearsal().keys('/', '9').asked('openPhone')).toEqual([]);
});

it('the chip leaves out the payment that is on screen', () => {
  expect(chipCount(sold(samplePayment('unknown')).state)).toBe(0);
  expect(chipCount(new Rehearsal().state)).toBe(1);
});

describe('every screen', () => {
  const parked = samplePayment('unknown', { paymentId: 'p-parked', parked: true });
  const guarded = (): Rehearsal => new Rehearsal().keys('5').scan(sampleCode({ expiresAt: sampleNow + 90_000 }));
  const screens: readonly Rehearsal[] = [
    new Rehearsal(), new Rehearsal().keys('5'), new Rehearsal().keys('5', '+', '7'), new Rehearsal().scan(sampleCode({ expiresAt: sampleNow + 90_000 })),
    new Rehearsal().scan(sampleCode({ expiresAt: sampleNow + 90_000 })).keys('5'), new Rehearsal().keys('Enter'), new Rehearsal().keys('Enter').wait(500).keys('1'),
    guarded(), guarded().answer({ kind: 'askCodePaid', other: samplePayment('paid'), message: message('alreadyPaid') }),
    guarded().answer({ kind: 'codeOpen', other: parked, message: message('codeUsedTwice') }), guarded().answer({ kind: 'askSameCodeFailed', other: sampleDeclined() }),
    guarded().answer({ kind: 'askSameCustomer', other: parked, givenUp: false }), sold(samplePayment('waitingForPayer')).wait(2000),
    sold(samplePayment('waitingForPayer')).wait(31_000), sold(samplePayment('unknown')), sold(samplePayment('reversing')), sold(sampleReview()),
    sold(samplePayment('paid')), sold(sampleDeclined()), sold(sampleDeclined()).wait(61_000), sold(samplePayment('reversed')),
    new Rehearsal().keys('/'), new Rehearsal().keys('/', '7'), new Rehearsal().send({ type: 'open', open: { ...sampleOpen, quiet: sampleQuiet } }).keys('/', '1'),
    new Rehearsal().keys('/', '1'), new Rehearsal({ phase: 'recovering' }), new Rehearsal({ phase: 'stopped', stopMessage: message('journalInUse') }),
  ].map((till) => till.wait(500));

  it.each(screens.map((till) => [`${viewName(till.state)} ${till.state.menu}`, till] as const))('%s does something for each of its caps', (_, till) => {
    for (const binding of bindings(till.state)) {
      const other = Object.assign(Object.create(Rehearsal.prototype) as Rehearsal, till);
      other.keys(binding.key === '82' ? 'down' : binding.key === '46' ? 'right' : binding.key);
      expect(other.asked('sound').filter((request) => request.sound === 'tick'), `${binding.key} ${binding.word}`).toEqual([]);
    }
  });
  it('has each key once, and one filled cap at most', () => {
    for (const { state } of screens) {
      const keys = bindings(state).map((binding) => binding.key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(bindings(state).filter((binding) => binding.primary).length).toBeLessThanOrEqual(1);
    }
  });
  it('takes a digit in one way only: text where an amount or a code is typed, movement where rows are', () => {
    for (const till of screens) {
      const use = digitUse(till.state);
      const other = Object.assign(Object.create(Rehearsal.prototype) as Rehearsal, till).keys('2');
      const typed = JSON.stringify(other.state.entry) !== JSON.stringify(till.state.entry) || other.state.typedCode !== till.state.typedCode;
      const moved = JSON.stringify(other.state.place) !== JSON.stringify(till.state.place) && other.state.place.name === 'open';
      expect(typed && moved).toBe(false);
      if (use === 'move' || use === 'none' || use === 'choice') expect(typed).toBe(false);
    }
  });
});
