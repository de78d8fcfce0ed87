/** What holds on every screen of cash, finding and refunds: a handler for each cap, one filled cap, digits in one way only, no charge by a scan. */
import { describe, expect, it } from 'vitest';
import { bindings, digitUse, type PadKey } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleNow, samplePayment, sampleReview } from './samples.ts';
import { refundedSale, sampleBadge, sampleCash, sampleForeign, sampleHits, samplePlan, sampleRefund, sampleSale, sampleScannedReceipt, sampleStory, sampleTurned, staffed } from './samples-money.ts';
import type { TillScreen } from './state.ts';

const planned = (status = staffed): Rehearsal => new Rehearsal(status).scan(sampleScannedReceipt()).send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan() }).wait(500);
const cash = (): Rehearsal => new Rehearsal(staffed).keys('3', '8', '.', '5', 'Enter').wait(500);
const reviewed = (payment = sampleReview()): Rehearsal => new Rehearsal(staffed).keys('5').scan(sampleCode()).answer({ kind: 'started', payment }).wait(500);

function given(): Rehearsal {
  const till = cash().keys('5', 'Enter');
  const { place } = till.state;
  return till.send({ type: 'reply', name: 'payCash', tag: place.name === 'cashReceived' ? place.commandId : '', reply: { kind: 'taken', payment: sampleCash() } });
}

function finding(hits = sampleHits): Rehearsal {
  const till = new Rehearsal(staffed).keys('/', '2');
  const [request] = till.asked('call');
  return till.send({ type: 'reply', name: 'find', tag: request?.tag ?? '', reply: { hits, more: false } }).wait(500);
}

function looking(): Rehearsal {
  const till = finding([{ payment: sampleStory().payment, matched: 'number', text: 'T01', from: 0, length: 3, exact: true }]).keys('Enter');
  return till.send({ type: 'reply', name: 'paymentDetail', tag: 'p-0438', reply: sampleStory() });
}

function ended(state: Parameters<typeof sampleRefund>[0], change: Parameters<typeof sampleRefund>[1] = {}): Rehearsal {
  const till = planned().keys('1', '2', '3', '4', 'Enter');
  const { place } = till.state;
  const refund = sampleRefund(state, change);
  return till.send({ type: 'reply', name: 'refund', tag: place.name === 'refund' ? place.commandId ?? '' : '', reply: { kind: 'started', payment: refundedSale(refund), refund } });
}

const foreign = { kind: 'foreignReceipt', reference: 'T02251120091203', gateway: 'shouqianba' } as const;
const screens: readonly (readonly [string, Rehearsal])[] = ([
  ['cash, nothing typed', cash()], ['cash, enough', cash().keys('5')], ['cash, too little', cash().keys('2', '0')], ['the change', given()],
  ['Find', finding()], ['Find, nothing there', finding([])], ['Find, days', finding().keys('*')], ['a payment', looking()], ['a payment’s records', looking().keys('*')],
  ['Refund before the plan', new Rehearsal(staffed).scan(sampleScannedReceipt())], ['Refund', planned()], ['Refund, PIN begun', planned().keys('1')], ['Refund, badge', planned().scan(sampleBadge)],
  ['Refund, amount', planned().keys('*')], ['Refund, amount typed', planned().keys('*').wait(500).keys('2')], ['Refund, reason', planned().keys('up')], ['Refund, sentence', planned().keys('up').wait(500).keys('4')],
  ['Refund without people', planned({})], ['Refund, another receipt', planned().scan(sampleScannedReceipt(sampleSale({ paymentId: 'p-2' })))], ['Refund, asked elsewhere', new Rehearsal(staffed).scan(foreign)],
  ['Refund, another till’s', new Rehearsal(staffed).scan(foreign).send({ type: 'reply', name: 'lookUp', tag: foreign.reference, reply: { kind: 'foreign', order: sampleForeign() } })],
  ['running', ended('submitting')], ['refunded', ended('refunded')], ['partly refunded', ended('refunded', { amount: { minor: 100, currency: 'CNY' } })], ['refused', ended('refused')], ['not known', ended('unknown')],
  ['accepted', ended('pending')], ['a refund for a person', ended('review')], ['a recorded refund', ended('settled', { settledAs: 'notRefunded' })],
  ['Record', reviewed().keys('Enter')], ['Record, how', reviewed().keys('Enter').wait(500).keys('1')], ['Record, owner', reviewed().keys('Enter').wait(500).keys('1').wait(500).keys('2')],
  ['Record, sentence', reviewed().keys('Enter').wait(500).keys('*')], ['a review', reviewed()], ['a turned review', reviewed(sampleTurned())],
] as const).map(([name, till]) => [name, till.wait(500)]);

function copy(till: Rehearsal): Rehearsal {
  return Object.assign(Object.create(Rehearsal.prototype) as Rehearsal, till);
}

/** What is typed on a screen, and what is ringed or chosen there. */
function typedOn({ place, entry, typedCode }: TillScreen): string {
  const typed = 'typed' in place ? place.typed : null;
  const pin = 'approving' in place ? place.approving.pin.typed.length : null;
  return JSON.stringify([typed, pin, entry, typedCode, 'sentence' in place ? place.sentence : null]);
}

function chosenOn({ place }: TillScreen): string {
  return JSON.stringify(['ringed' in place ? place.ringed : null, 'line' in place ? place.line : null, 'reason' in place ? place.reason : null, 'as' in place ? place.as : null, 'how' in place ? place.how : null]);
}

describe.each(screens)('%s', (_, till) => {
  it('does something for each of its caps', () => {
    for (const binding of bindings(till.state)) {
      const other = copy(till).keys(binding.key === '82' ? 'down' : binding.key === '46' ? 'right' : binding.key);
      expect(other.asked('sound').filter(({ sound }) => sound === 'tick'), `${binding.key} ${binding.word}`).toEqual([]);
    }
  });
  it('has each key once, one filled cap at most, and always a way on or back', () => {
    const keys = bindings(till.state);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
    expect(keys.filter(({ primary }) => primary).length).toBeLessThanOrEqual(1);
    expect(keys.filter(({ key }) => key !== '/').length).toBeGreaterThan(0);
  });
  it('takes a digit as text or as a choice, never as both', () => {
    for (const key of ['1', '2', '4', '8'] as const satisfies readonly PadKey[]) {
      const other = copy(till).keys(key);
      const typed = typedOn(other.state) !== typedOn(till.state) && other.state.place.name === till.state.place.name;
      const chosen = chosenOn(other.state) !== chosenOn(till.state);
      expect(typed && chosen).toBe(false);
      const use = digitUse(till.state);
      if (use === 'move' || use === 'choice' || use === 'none') expect(typed).toBe(false);
      if (use === 'text') expect(chosen).toBe(false);
    }
  });
  it('charges no payment code but where the scan is the sale’s', () => {
    const other = copy(till).scan(sampleCode({ scanId: 'scan-9', expiresAt: sampleNow + 90_000 }));
    const isSale = till.state.place.name === 'cashReceived';
    expect(other.asked('pay')).toHaveLength(isSale ? 1 : 0);
    expect(other.asked('call').filter(({ name }) => name !== 'find')).toEqual([]);
  });
  it('moves no money by Enter before anybody has seen it', () => {
    const fresh = copy(till);
    fresh.state = { ...till.state, shownSince: till.now };
    expect(fresh.keys('Enter', '+', '-', '*').asked('call')).toEqual([]);
  });
});

it('the sound of a refund that ended well is not the sound of money that came in', () => {
  expect(ended('refunded').asked('sound')).toEqual([]);
  expect(samplePayment('paid').refunds).toEqual([]);
});
