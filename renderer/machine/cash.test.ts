/** Tests of cash: what one digit stands for, that no run of Enters books it, and how it is taken back. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { CashReply } from '../../core/contract/types.ts';
import { makeAmount } from '../../core/money/amount.ts';
import { cashOffers, dueInCash, handedOver, makeChange } from '../../core/money/cash.ts';
import { cashDue, cashHandedOver } from './cash.ts';
import { entryTotal } from './entry.ts';
import { bindings } from './keys.ts';
import type { PadKey } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleNow, samplePayment, yuan } from './samples.ts';
import { sampleCash, sampleScannedReceipt, staffed } from './samples-money.ts';
import { entryRules } from './state.ts';

const counter = (): Rehearsal => new Rehearsal(staffed).keys('3', '8', '.', '5');
const opened = (): Rehearsal => counter().keys('Enter').wait(500);

function total(till: Rehearsal): number {
  const rules = entryRules(till.state);
  return rules ? entryTotal(till.state.entry, rules).minor : -1;
}

function booked(till: Rehearsal): readonly unknown[] {
  return till.asked('call').filter((request) => request.name === 'payCash').map((request) => request.request);
}

/** The till's answer to the booking that is on its way. */
function answered(till: Rehearsal, reply: CashReply): Rehearsal {
  const { place } = till.state;
  if (place.name !== 'cashReceived') throw new Error('no cash is being booked');
  return till.send({ type: 'reply', name: 'payCash', tag: place.commandId, reply });
}

describe('one digit', () => {
  const due = yuan(3850);
  it.each([['0', 3850], ['4', 4000], ['5', 5000], ['1', 10000], ['2', 20000], ['58.5', 5850], ['100', 10000], ['20', 2000], ['5.', 500]] as const)(
    '%s hands over %i fen of 38.50 due', (typed, minor) => expect(handedOver(typed, due)?.minor).toBe(minor),
  );
  it('is nothing where none was typed', () => expect(handedOver('', due)).toBeNull());
  it('stands for whole sums where a currency has no coins below one', () => expect(handedOver('4', makeAmount(3850, 'JPY'))?.minor).toBe(4000));
  it('is offered as exact and the likeliest, each with its change', () => {
    const notes = [100, 500, 1000, 2000, 5000, 10000].map(yuan);
    expect(cashOffers(due, notes).map(({ digit, received, change }) => [digit, received.minor, change.minor])).toEqual([['0', 3850, 0], ['4', 4000, 150], ['5', 5000, 1150], ['1', 10000, 6150]]);
    expect(cashOffers(yuan(350), notes).map(({ received }) => received.minor)).toEqual([350, 400, 500, 1000]);
    expect(cashOffers(yuan(5000), notes).map(({ received }) => received.minor)).toEqual([5000, 6000, 10000]);
  });
});

describe('the sums', () => {
  it('show what the till will book: the smallest coin, never nothing, for a sale below half of it', () => {
    const till = new Rehearsal(staffed).keys('0', '.', '0', '2', 'Enter');
    const roundTo = till.state.status?.cash.roundTo;
    expect(roundTo?.minor).toBe(10);
    expect(cashDue(till.state)?.minor).toBe(10);
  });
  it('round what is due to the coins that there are, half up', () => {
    expect([3853, 3855, 3858, 3850].map((minor) => dueInCash(yuan(minor), yuan(10)).minor)).toEqual([3850, 3860, 3860, 3850]);
    expect(dueInCash(makeAmount(1452, 'AUD'), makeAmount(5, 'AUD')).minor).toBe(1450);
  });
  it('make up the change in as few pieces as can be', () => {
    expect(makeChange(yuan(1150)).map(({ value, pieces, coin }) => [value.minor, pieces, coin])).toEqual([[1000, 1, false], [100, 1, false], [50, 1, true]]);
    expect(makeChange(yuan(0))).toEqual([]);
    expect(makeChange(yuan(3))).toEqual([]);
  });
});

describe('taking cash', () => {
  it('is the amount, Enter, a digit, Enter', () => {
    const till = opened().keys('5', 'Enter');
    expect(booked(till)).toEqual([{ commandId: expect.any(String), amount: yuan(3850), receivedMinor: 5000 }]);
    answered(till, { kind: 'taken', payment: sampleCash() });
    expect(till.view).toBe('cashChange');
    expect(total(till)).toBe(0);
  });
  it('is never booked by a run of Enters, fast or slow', () => {
    const till = counter();
    for (let press = 0; press < 12; press += 1) {
      till.keys('Enter');
      expect(booked(till)).toEqual([]);
      till.wait(press % 3 === 0 ? 0 : 450);
    }
    expect(till.view).toBe('cashReceived');
    expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.cashTypeFirst' });
  });
  it('is never booked by a scan with any suffix, nor by scans between Enters', () => {
    for (const suffix of [['Enter'], ['Enter', 'Enter'], []] as const satisfies readonly (readonly PadKey[])[]) {
      const till = opened();
      for (let scan = 0; scan < 4; scan += 1) {
        till.scan(sampleCode({ scanId: `scan-${scan}`, expiresAt: sampleNow + 60_000 })).keys(...suffix).wait(500);
        expect(booked(till)).toEqual([]);
      }
    }
  });
  it('gives way to a scan, which charges the wallet the whole amount', () => {
    const till = opened().keys('5').scan(sampleCode({ expiresAt: sampleNow + 60_000 }));
    expect(till.asked('pay')[0]?.request).toMatchObject({ amount: yuan(3850), scanId: 'scan-1' });
    expect(booked(till)).toEqual([]);
    expect(till.view).toBe('charging');
  });
  it('says what is missing and books nothing', () => {
    const till = opened().keys('2', '0', 'Enter');
    expect(booked(till)).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'message', message: message('cashShort', { x: '18.50' }) });
    expect(bindings(till.state).some((binding) => binding.primary)).toBe(false);
  });
  it('deletes a digit with −, and goes back to the scan with the amount', () => {
    const till = opened().keys('5', '-');
    expect(till.view).toBe('cashReceived');
    till.keys('-');
    expect([till.view, total(till)]).toEqual(['sale', 3850]);
  });
  it('types the code by hand with *', () => expect(opened().keys('*').view).toBe('typeCode'));
  it('takes no scan and no key while it is being booked', () => {
    const till = opened().keys('5', 'Enter').scan(sampleCode());
    expect(till.asked('pay')).toEqual([]);
    expect(till.keys('Enter').asked('call')).toEqual([]);
    // Whoever left for the menu or the list would find the amount in Sale again, and take the cash twice.
    till.keys('/').send({ type: 'goOpen' });
    expect([till.view, till.state.menu]).toEqual(['cashReceived', 'closed']);
  });
  it('asks for the same booking again where the answer was lost', () => {
    const till = opened().keys('5', 'Enter');
    const [first] = booked(till);
    till.lose('payCash').wait(500).keys('Enter');
    expect(booked(till)).toEqual([first]);
  });
  it('stays where the till refuses it, with its sentence', () => {
    const till = answered(opened().keys('5', 'Enter'), { kind: 'refused', message: message('cashWhileOpen') });
    expect(till.view).toBe('cashReceived');
    expect(till.state.notice).toEqual({ kind: 'message', message: message('cashWhileOpen') });
  });
  it('needs an open shift where the shop has people', () => {
    expect(new Rehearsal({ ...staffed, shift: null }).keys('5', 'Enter').view).not.toBe('cashReceived');
  });
  it('is not offered with a held code, without an amount, or where the shop takes none', () => {
    expect(counter().scan(sampleCode({ expiresAt: sampleNow + 60_000 })).asked('pay')).toHaveLength(1);
    expect(new Rehearsal(staffed).keys('Enter').view).toBe('typeCode');
    expect(new Rehearsal().keys('5', 'Enter').view).toBe('typeCode');
  });
  it('counts the exact sum where due was rounded', () => {
    const till = new Rehearsal(staffed).keys('3', '8', '.', '5', '7', 'Enter').wait(500).keys('0');
    const { place } = till.state;
    expect(place.name === 'cashReceived' && cashHandedOver(till.state, place)).toEqual(yuan(3860));
  });
});

describe('the change', () => {
  const given = (): Rehearsal => answered(opened().keys('5', 'Enter'), { kind: 'taken', payment: sampleCash() }).wait(500);

  it('stays until a digit, which starts the next amount', () => {
    const till = given().wait(30_000);
    expect(till.view).toBe('cashChange');
    till.keys('7');
    expect([till.view, total(till)]).toEqual(['sale', 700]);
  });
  it('holds a scan for the next sale', () => {
    const till = given().scan(sampleCode({ scanId: 'scan-2', expiresAt: sampleNow + 60_000 }));
    expect([till.view, till.state.held?.scanId]).toEqual(['sale', 'scan-2']);
    expect(till.asked('pay')).toEqual([]);
  });
  it('opens the refund of a receipt', () => expect(given().scan(sampleScannedReceipt()).view).toBe('refund'));
  it('is done with Enter', () => expect(given().keys('Enter').view).toBe('sale'));
  it('is taken back with −, and the amount stands in Sale again', () => {
    const till = given().keys('-');
    expect(till.asked('call').map(({ name }) => name)).toEqual(['returnCash']);
    till.send({ type: 'reply', name: 'returnCash', tag: 'p-0419', reply: { kind: 'done', payment: sampleCash({ returned: true }) } });
    expect([till.view, total(till)]).toEqual(['sale', 3850]);
  });
  it('stays where it can’t be taken back any more', () => {
    const till = given().keys('-').send({ type: 'reply', name: 'returnCash', tag: 'p-0419', reply: { kind: 'refused', message: message('cashReturnTooLate') } });
    expect(till.view).toBe('cashChange');
    expect(till.state.notice).toEqual({ kind: 'message', message: message('cashReturnTooLate') });
  });
  it('makes no sound of a gateway’s verdict', () => {
    expect(answered(opened().keys('5', 'Enter'), { kind: 'taken', payment: sampleCash() }).asked('sound')).toEqual([]);
    expect(samplePayment('paid').tender).toBe('gateway');
  });
});
