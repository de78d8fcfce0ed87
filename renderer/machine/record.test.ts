/** Tests of recording an outcome, of finding payments and of looking at one. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { FindHit } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleNow, sampleOpen, samplePayment, sampleReview } from './samples.ts';
import { refundedSale, sampleBadge, sampleHits, samplePlan, sampleRefund, sampleSale, sampleScannedReceipt, sampleStory, sampleTurned, staffed } from './samples-money.ts';

function called(till: Rehearsal, name: string): readonly unknown[] {
  return till.asked('call').filter((request) => request.name === name).map((request) => request.request);
}

const caps = (till: Rehearsal): readonly string[] => bindings(till.state).map((binding) => `${binding.key} ${binding.word}`);

describe('recording an outcome (case 17)', () => {
  const review = (status = staffed, payment = sampleReview()): Rehearsal => new Rehearsal(status).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment }).wait(500);
  const opened = (): Rehearsal => review().keys('Enter').wait(500);

  it('presets nothing, and records nothing before both were chosen', () => {
    const till = opened();
    expect(till.state.place).toMatchObject({ name: 'record', as: null, how: null });
    expect(caps(till)).toContain('Enter cap.recordMissing');
    expect(called(till.keys('Enter'), 'settle')).toEqual([]);
    expect(called(till.keys('1').wait(500).keys('Enter'), 'settle')).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.recordMissing' });
  });
  it('carries word and amount on its cap, and the owner’s PIN with it', () => {
    const till = opened().keys('1').wait(500).keys('2').wait(500);
    expect(bindings(till.state).at(-1)).toMatchObject({ word: 'cap.recordPaid', values: { amount: '¥26.00' }, primary: true });
    expect(called(till.keys('Enter'), 'settle')).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'message', message: message('approvalOwner') });
    till.keys('1', '2', '3', '4', 'Enter');
    expect(called(till, 'settle')).toEqual([{ commandId: expect.any(String), paymentId: 'p-0409', as: 'paid', how: 'seenInPortal', sentence: null, approval: { kind: 'pin', pin: '1234' } }]);
  });
  it('asks a sentence for another way of knowing', () => {
    const till = opened().keys('2').wait(500).keys('4').wait(500);
    expect(till.state.place).toMatchObject({ stage: 'sentence', how: 'other' });
    till.send({ type: 'text', text: '问过客服' }).keys('Enter').wait(500).scan(sampleBadge).keys('Enter');
    expect(called(till, 'settle')).toMatchObject([{ as: 'notPaid', how: 'other', sentence: '问过客服', approval: { kind: 'badge' } }]);
  });
  it('needs nobody where the shop has no people', () => {
    const till = review({}).keys('Enter').wait(500).keys('2').wait(500).keys('1').wait(500).keys('Enter');
    expect(called(till, 'settle')).toEqual([{ commandId: expect.any(String), paymentId: 'p-0409', as: 'notPaid', how: 'supportSaid', sentence: null }]);
  });
  it('leads back to Sale with what was recorded, and the review is gone', () => {
    const till = review({}).keys('Enter').wait(500).keys('1').wait(500).keys('1').wait(500).keys('Enter');
    const { place } = till.state;
    const settled = samplePayment('settled', { paymentId: 'p-0409', message: message('settledPaid', { name: '李薇', amount: '¥26.00' }), changedAt: till.now });
    till.send({ type: 'reply', name: 'settle', tag: place.name === 'record' ? place.commandId ?? '' : '', reply: { kind: 'done', payment: settled } });
    expect(till.view).toBe('sale');
    expect(till.state.notice).toMatchObject({ message: { key: 'settledPaid' } });
  });
  it.each([['refunded', 'refundSettledDone', '1'], ['notRefunded', 'refundSettledNot', '2']] as const)('of a refund says how the refund ended (%s), and nothing of goods', (settledAs, key, digit) => {
    const till = new Rehearsal({}).scan(sampleScannedReceipt()).send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan() }).wait(500).keys('Enter');
    const tagOf = (): string => ('commandId' in till.state.place && till.state.place.commandId) || '';
    const open = sampleRefund('review');
    till.send({ type: 'reply', name: 'refund', tag: tagOf(), reply: { kind: 'started', payment: refundedSale(open), refund: open } }).wait(500).keys('Enter').wait(500).keys(digit).wait(500).keys('1').wait(500).keys('Enter');
    expect(called(till, 'settle')).toMatchObject([{ refundRef: open.refundRef }]);
    const ended = refundedSale(sampleRefund('settled', { settledAs, message: message(key) }), { message: message('paid') });
    till.send({ type: 'reply', name: 'settle', tag: tagOf(), reply: { kind: 'done', payment: ended } });
    expect(till.state.notice).toEqual({ kind: 'message', message: message(key) });
  });
  it('shows why a PIN didn’t count, beside its dots', () => {
    const till = opened().keys('1').wait(500).keys('1').wait(500).keys('1', '2', '3', '4', 'Enter');
    const { place } = till.state;
    till.send({ type: 'reply', name: 'settle', tag: place.name === 'record' ? place.commandId ?? '' : '', reply: { kind: 'approvalNeeded', role: 'owner', message: message('approvalOwner') } });
    expect(till.state.place).toMatchObject({ stage: 'owner', as: 'paid', approving: { pin: { refusal: { kind: 'approvalNeeded' } } } });
  });
  it('stays the same command over a lost answer and a PIN that was mistyped after it', () => {
    const till = opened().keys('1').wait(500).keys('1').wait(500).keys('1', '2', '3', '4', 'Enter');
    const [first] = called(till, 'settle');
    const { place } = till.state;
    const name = 'settle';
    const tag = place.name === 'record' ? place.commandId ?? '' : '';
    till.send({ type: 'replyLost', name, tag }).wait(500);
    expect(till.state.place).toMatchObject({ unclear: true });
    till.keys('1', '2', '3', '4', 'Enter').send({ type: 'reply', name, tag, reply: { kind: 'wrongPin', triesLeft: 3, message: message('wrongPin', { n: '3' }) } }).wait(500);
    expect(till.state.place).toMatchObject({ unclear: false });
    expect(called(till.keys('1', '2', '3', '4', 'Enter'), name)).toEqual([first]);
  });
  it('is a command of its own once it is known that the one before was another word', () => {
    const till = opened().keys('1').wait(500).keys('1').wait(500).keys('1', '2', '3', '4', 'Enter');
    const [first] = called(till, 'settle') as readonly { readonly commandId: string }[];
    till.lose('settle').wait(500).keys('up', 'up').keys('2').wait(500).keys('1', '2', '3', '4', 'Enter');
    expect(called(till, 'settle')).toMatchObject([{ as: 'notPaid', commandId: first?.commandId }]);
    till.send({ type: 'reply', name: 'settle', tag: first?.commandId ?? '', reply: { kind: 'refused', message: message('settledOtherwise') } }).wait(500);
    expect(till.state.notice).toEqual({ kind: 'message', message: message('settledOtherwise') });
    const [own] = called(till.keys('1', '2', '3', '4', 'Enter'), 'settle') as readonly { readonly commandId: string }[];
    expect(own?.commandId).not.toBe(first?.commandId);
  });
  it('has a refund’s cap only where the gateway’s last matching word is paid', () => {
    expect(caps(opened())).not.toContain('+ cap.refundTurned');
    expect(caps(review(staffed, sampleTurned()).keys('*').wait(500))).toContain('+ cap.refundTurned');
  });
  it('goes back to the review with −', () => expect(opened().keys('-').view).toBe('review'));
});

describe('Find', () => {
  const opened = (): Rehearsal => new Rehearsal(staffed).keys('/', '2').wait(500);
  const found = (till: Rehearsal, hits: readonly FindHit[] = sampleHits): Rehearsal => {
    const request = till.asked('call').find(({ name }) => name === 'find');
    if (!request) throw new Error('nothing was looked up');
    return till.send({ type: 'reply', name: 'find', tag: request.tag, reply: { hits, more: false } });
  };
  /** Types, and lets it rest until it is looked up. */
  const typed = (till: Rehearsal): Rehearsal => till.keys('4', '4', '1', '7').wait(200);

  it('opens with the last nine', () => {
    expect(called(new Rehearsal(staffed).keys('/', '2'), 'find')).toEqual([{ text: '', filter: {}, count: 9 }]);
  });
  it('looks up what rests 150 ms, once', () => {
    const till = opened().keys('4', '4');
    expect(called(till, 'find')).toEqual([]);
    expect(called(till.wait(200), 'find')).toEqual([{ text: '44', filter: {}, count: 9 }]);
    expect(called(till.wait(200), 'find')).toEqual([]);
  });
  it('rings the first, goes down with +, and opens with Enter', () => {
    const till = found(typed(opened())).keys('+', 'Enter');
    expect(called(till, 'paymentDetail')).toEqual([{ paymentId: 'p-h2' }]);
    expect(till.wait(500).keys('-').state.place).toMatchObject({ name: 'find', typed: '4417', ringed: 1 });
  });
  it('takes every digit and letter as text, never as movement', () => {
    const till = found(typed(opened())).keys('2', '8').send({ type: 'letter', letter: 't' });
    expect(till.state.place).toMatchObject({ typed: '441728T', ringed: 0 });
  });
  it('drops an answer to an older question', () => {
    const till = typed(opened());
    const [request] = till.asked('call');
    till.keys('5').send({ type: 'reply', name: 'find', tag: request?.tag ?? '', reply: { hits: sampleHits, more: false } });
    expect(till.state.place).toMatchObject({ hits: null });
  });
  it('deletes a digit, and goes back where nothing is typed', () => {
    const till = opened().keys('4', '-');
    expect(till.state.place).toMatchObject({ name: 'find', typed: '' });
    expect(till.keys('-').view).toBe('sale');
  });
  it('looks a payment code up by its hash, charges nothing, and opens the one it is', () => {
    const till = new Rehearsal(staffed).keys('5', '/', '2').wait(500).scan(sampleCode({ expiresAt: sampleNow + 60_000 }));
    expect(till.asked('pay')).toEqual([]);
    expect(called(till, 'find')).toEqual([{ text: '', filter: {}, count: 9, scanId: 'scan-1' }]);
    expect(found(till, sampleHits.slice(0, 1)).view).toBe('paymentDetail');
  });
  it('narrows by days, sums, wallets and outcomes with 8 2 and 4 6', () => {
    const till = opened().keys('*').wait(500).keys('6');
    expect(called(till, 'find')).toEqual([{ text: '', filter: { fromDay: '2025-11-20', toDay: '2025-11-20' }, count: 9 }]);
    expect(called(till.keys('2', '6'), 'find')).toMatchObject([{ filter: { mostMinor: 2000 } }]);
    expect(called(till.keys('2', '6'), 'find')).toMatchObject([{ filter: { wallet: 'wechat' } }]);
    expect(till.keys('Enter').state.place).toMatchObject({ stage: 'typing' });
  });
});

describe('one payment', () => {
  const opened = (payment = sampleSale(), open = sampleOpen): Rehearsal => {
    const till = new Rehearsal(staffed).send({ type: 'open', open }).keys('/', '2').wait(500);
    const [request] = till.keys('4').wait(200).asked('call');
    till.send({ type: 'reply', name: 'find', tag: request?.tag ?? '', reply: { hits: [{ payment, matched: 'last4', text: '4417', from: 0, length: 1, exact: false }], more: false } }).keys('Enter');
    return till.send({ type: 'reply', name: 'paymentDetail', tag: payment.paymentId, reply: { ...sampleStory(), payment } }).wait(500);
  };

  it('offers what is left', () => {
    const till = opened();
    expect(bindings(till.state).at(-1)).toMatchObject({ key: 'Enter', word: 'cap.refundLeft', values: { amount: '¥41.00' } });
    till.keys('Enter');
    expect(called(till, 'refundPlan')).toEqual([{ paymentId: 'p-0386' }]);
    till.send({ type: 'replyLost', name: 'refundPlan', tag: 'p-0386' });
    expect(till.view).toBe('paymentDetail');
  });
  it('asks about its open refund instead (case 7)', () => {
    const till = opened(sampleStory().payment).keys('Enter');
    expect(called(till, 'askRefundNow')).toEqual([{ paymentId: 'p-0438', refundRef: 'R-2' }]);
    expect(caps(till).filter((cap) => cap.includes('refund'))).toEqual([]);
  });
  it('offers nothing where nothing is left', () => {
    expect(caps(opened(refundedSale(sampleRefund('refunded'), { refundable: sampleSale().refundable })))).not.toContain('Enter cap.refundLeft');
  });
  it('copies a reference by its digit', () => {
    const till = opened().keys('3');
    expect(till.asked('copy')).toEqual([{ kind: 'copy', text: '7895259485441906' }]);
    expect(till.keys('9').asked('sound')).toEqual([{ kind: 'sound', sound: 'tick' }]);
  });
  it('reads its lines again when the till says something new of it', () => {
    const till = opened();
    till.send({ type: 'event', event: { type: 'payment', payment: sampleSale({ changedAt: till.now }) } });
    expect(called(till, 'paymentDetail')).toEqual([{ paymentId: 'p-0386' }]);
  });
  it('charges nothing of a scan', () => expect(opened().scan(sampleCode()).asked('pay')).toEqual([]));
});

it('a parked refund stands in the list and opens its payment', () => {
  const till = new Rehearsal(staffed).send({ type: 'open', open: { ...sampleOpen, open: [refundedSale(sampleRefund('unknown'))] } }).keys('/', '1').wait(500).keys('Enter');
  expect(till.view).toBe('paymentDetail');
});

it('a refund that is still open takes nobody’s place at the counter after the page was loaded again', () => {
  const till = new Rehearsal(staffed).send({ type: 'open', open: { ...sampleOpen, open: [refundedSale(sampleRefund('unknown'))] } });
  expect(till.view).toBe('sale');
});
