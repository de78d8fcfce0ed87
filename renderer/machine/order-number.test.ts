/** Tests of entering the gateway's number (CASES 22): where its key stands, whose word it takes, and that nothing is believed. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleOpen, sampleReview } from './samples.ts';
import { sampleBadge, sampleSale, sampleStory, staffed } from './samples-money.ts';

const refusal = message('refundNoGatewayRef', { gateway: 'omipay' });
const lost = (): PaymentView => sampleReview({ gatewayRef: null, orderNumberEntry: 'wanted', reviewReason: 'cannotUndo', message: message('cannotUndo', { gateway: 'omipay' }) });
const paidWithout = (change: Partial<PaymentView> = {}): PaymentView => {
  const sale = sampleSale();
  return sampleSale({ gatewayRef: null, orderNumberEntry: 'wanted', refundable: { ...sale.refundable, refusal }, ...change });
};

function called(till: Rehearsal): readonly unknown[] {
  return till.asked('call').filter((request) => request.name === 'enterOrderNumber').map((request) => request.request);
}

const caps = (till: Rehearsal): readonly string[] => bindings(till.state).map((binding) => `${binding.key} ${binding.word}`);
const onReview = (status = staffed, payment = lost()): Rehearsal => new Rehearsal(status).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment }).wait(500);

function onDetail(payment = paidWithout(), status = staffed): Rehearsal {
  const till = new Rehearsal(status).send({ type: 'open', open: sampleOpen }).keys('/', '2').wait(500);
  const [request] = till.keys('4').wait(200).asked('call');
  till.send({ type: 'reply', name: 'find', tag: request?.tag ?? '', reply: { hits: [{ payment, matched: 'last4', text: '4417', from: 0, length: 1, exact: false }], more: false } }).keys('Enter');
  return till.send({ type: 'reply', name: 'paymentDetail', tag: payment.paymentId, reply: { ...sampleStory(), payment } }).wait(500);
}

function typed(till: Rehearsal, text = '1612270001'): Rehearsal {
  return till.send({ type: 'text', text });
}

function reply(till: Rehearsal, answer: Extract<Parameters<Rehearsal['send']>[0], { type: 'reply'; name: 'enterOrderNumber' }>['reply']): Rehearsal {
  const { place } = till.state;
  return till.send({ type: 'reply', name: 'enterOrderNumber', tag: place.name === 'orderNumber' ? place.commandId ?? '' : '', reply: answer });
}

describe('where the number is entered (case 22)', () => {
  it('case 22: has its key on a review that lacks it, and on no other', () => {
    expect(caps(onReview())).toContain('* cap.enterNumber');
    expect(caps(onReview(staffed, sampleReview()))).not.toContain('* cap.enterNumber');
    expect(onReview().keys('*').state.place).toMatchObject({ name: 'orderNumber', stage: 'number', typed: '' });
  });
  it('case 22: its place among the references leads there, where others are copied', () => {
    const till = onDetail();
    expect(till.keys('3').state.place).toMatchObject({ name: 'orderNumber', stage: 'number' });
    expect(till.asked('copy')).toEqual([]);
    expect(till.wait(500).keys('-').view).toBe('paymentDetail');
  });
  it('case 22: a payment whose number is known has nothing to enter', () => {
    expect(onDetail(sampleSale()).keys('3').asked('copy')).toHaveLength(1);
  });
});

describe('entering it (case 22)', () => {
  it('case 22: sends nothing before the number is whole', () => {
    const till = typed(onReview({}).keys('*').wait(500), '12345').keys('Enter');
    expect(called(till)).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.numberMissing' });
  });
  it('case 22: needs nobody where the shop has no people; blanks that were copied with it are no part of it', () => {
    const till = typed(onReview({}).keys('*').wait(500), ' 1612 270001 ').keys('Enter');
    expect(called(till)).toEqual([{ commandId: expect.any(String), paymentId: 'p-0409', number: '1612270001' }]);
  });
  it('case 22: asks a cashier for a supervisor’s PIN', () => {
    const till = typed(onReview().keys('*').wait(500)).keys('Enter');
    expect(called(till)).toEqual([]);
    expect(till.state.place).toMatchObject({ stage: 'who' });
    till.wait(500).keys('1', '2', '3', '4', 'Enter');
    expect(called(till)).toEqual([{ commandId: expect.any(String), paymentId: 'p-0409', number: '1612270001', approval: { kind: 'pin', pin: '1234' } }]);
  });
  it('case 22: takes a badge as well', () => {
    const till = typed(onReview().keys('*').wait(500)).keys('Enter').wait(500).scan(sampleBadge).keys('Enter');
    expect(called(till)).toMatchObject([{ number: '1612270001', approval: { kind: 'badge' } }]);
  });
  it('case 22: goes back to the review with what was entered, which claims nothing about the money', () => {
    const till = typed(onReview({}).keys('*').wait(500)).keys('Enter');
    reply(till, { kind: 'done', payment: { ...lost(), orderNumberEntry: 'asking' } });
    expect(till.view).toBe('review');
    expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.numberAsked' });
    expect(called(till)).toHaveLength(0);
  });
  it('case 22: a refusal stands where the number is, and it can be typed anew', () => {
    const till = typed(onReview({}).keys('*').wait(500)).keys('Enter');
    reply(till, { kind: 'refused', message: message('orderNumberTaken') });
    expect(till.state.place).toMatchObject({ stage: 'number', typed: '1612270001', commandId: null });
    expect(till.state.notice).toEqual({ kind: 'message', message: message('orderNumberTaken') });
  });
  it('case 22: a wrong PIN is asked for again, beside its dots', () => {
    const till = typed(onReview().keys('*').wait(500)).keys('Enter').wait(500).keys('1', '2', '3', '4', 'Enter');
    reply(till, { kind: 'wrongPin', triesLeft: 4, message: message('approvalSupervisor') });
    expect(till.state.place).toMatchObject({ stage: 'who', approving: { pin: { refusal: { kind: 'wrongPin' } } } });
  });
  it('case 22: is the same command after a wrong PIN, and another one for another number (case 8)', () => {
    const till = typed(onReview().keys('*').wait(500)).keys('Enter').wait(500).keys('1', '2', '3', '4', 'Enter');
    const [first] = called(till);
    reply(till, { kind: 'wrongPin', triesLeft: 4, message: message('wrongPin', { n: '4' }) });
    expect(called(till.wait(500).keys('1', '2', '3', '4', 'Enter'))).toEqual([first]);
    till.lose('enterOrderNumber').wait(500).keys('-').wait(500);
    typed(till, '1612270002').keys('Enter').wait(500).keys('1', '2', '3', '4', 'Enter');
    const [other] = called(till) as readonly { readonly commandId: string; readonly number: string }[];
    expect(other).toMatchObject({ number: '1612270002' });
    expect([first]).not.toMatchObject([{ commandId: other?.commandId }]);
  });
  it('case 22: without an answer of the till the same command goes out again (case 8)', () => {
    const till = typed(onReview({}).keys('*').wait(500)).keys('Enter');
    const { place } = till.state;
    const commandId = place.name === 'orderNumber' ? place.commandId ?? '' : '';
    till.send({ type: 'replyLost', name: 'enterOrderNumber', tag: commandId }).wait(500).keys('Enter');
    expect(called(till)).toMatchObject([{ commandId }]);
  });
  it('case 22: a scanned payment code is charged nothing, and is no number', () => {
    const till = onReview({}).keys('*').wait(500).scan(sampleCode());
    expect(till.asked('pay')).toEqual([]);
    expect(till.state.place).toMatchObject({ name: 'orderNumber', typed: '' });
  });
});
