/** Tests of refunds: three steps, who approves, what a scan means there, and what becomes of them. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { RefundPlan, RefundReply, TillStatus } from '../../core/contract/types.ts';
import type { Said } from '../words/i18n.ts';
import { notPaidWords } from '../words/payment-words.ts';
import { customerDisplay } from './display.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleCode, sampleNow, samplePayment, sampleReview, yuan } from './samples.ts';
import { refundedSale, sampleBadge, sampleCash, sampleForeign, samplePlan, sampleRefund, sampleSale, sampleScannedReceipt, sampleTurned, staffed } from './samples-money.ts';

/** The receipt of 41.00 is scanned, and the till has answered with the plan. */
function scanned(plan: RefundPlan = samplePlan(), status: Partial<TillStatus> = staffed): Rehearsal {
  const till = new Rehearsal(status).keys('1', '2').scan(sampleScannedReceipt());
  return till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: plan }).wait(500);
}

function approved(till: Rehearsal): Rehearsal {
  return till.keys('1', '2', '3', '4', 'Enter');
}

function called(till: Rehearsal, name: string): readonly unknown[] {
  return till.asked('call').filter((request) => request.name === name).map((request) => request.request);
}

function answered(till: Rehearsal, reply: RefundReply): Rehearsal {
  const { place } = till.state;
  if (place.name !== 'refund' || place.commandId === null) throw new Error('no refund is on its way');
  return till.send({ type: 'reply', name: 'refund', tag: place.commandId, reply });
}

function started(state: Parameters<typeof sampleRefund>[0], change: Parameters<typeof sampleRefund>[1] = {}): Rehearsal {
  const refund = sampleRefund(state, change);
  return answered(approved(scanned()), { kind: 'started', payment: refundedSale(refund), refund }).wait(500);
}

const caps = (till: Rehearsal): readonly string[] => bindings(till.state).map((binding) => `${binding.key} ${binding.word}`);

describe('a plain refund', () => {
  it('is scan, PIN, Enter: all that is left, for the first reason', () => {
    const till = scanned();
    expect(till.state.place).toMatchObject({ name: 'refund', stage: 'approval', reason: 0 });
    expect(called(approved(till), 'refund')).toEqual([{ commandId: expect.any(String), paymentId: 'p-0386', amount: yuan(4100), reason: '顾客退货', approval: { kind: 'pin', pin: '1234' } }]);
  });
  it('keeps the amount that is typed on Sale', () => {
    const till = scanned().keys('-');
    expect(till.view).toBe('sale');
    expect(till.state.entry.typed).toBe('12');
  });
  it('goes to nobody without a PIN, and says who approves', () => {
    const till = scanned().keys('1', '2', 'Enter');
    expect(called(till, 'refund')).toEqual([]);
    expect(till.state.notice).toEqual({ kind: 'message', message: message('approvalCashier') });
    const above = scanned(samplePlan(sampleSale({ amount: yuan(6000) }))).keys('Enter');
    expect(above.state.notice).toEqual({ kind: 'message', message: message('approvalSupervisor') });
  });
  it('counts what went back before together with what goes back now', () => {
    const plan = samplePlan(sampleSale({ amount: yuan(8600) }));
    const rest = scanned({ ...plan, refundable: { ...plan.refundable, refunded: yuan(6000), left: yuan(2600) } }).keys('Enter');
    expect(rest.state.notice).toEqual({ kind: 'message', message: message('approvalSupervisor') });
  });
  it('is approved by a badge, and sent only with Enter', () => {
    const till = scanned().scan(sampleBadge);
    expect(called(till, 'refund')).toEqual([]);
    expect(called(till.keys('Enter'), 'refund')).toMatchObject([{ approval: { kind: 'badge', scanId: 'scan-badge' } }]);
  });
  it('needs nobody where the shop has no people: digits choose the reason', () => {
    const till = scanned(samplePlan(), {}).keys('3', 'Enter');
    expect(called(till, 'refund')).toEqual([{ commandId: expect.any(String), paymentId: 'p-0386', amount: yuan(4100), reason: '重复收款' }]);
  });
  it('takes the shop’s own reasons, and its language for the defaults', () => {
    expect(scanned(samplePlan(sampleSale(), { reasons: ['破损'] })).state.place).toMatchObject({ reasons: ['破损'] });
    expect(scanned(samplePlan(), { ...staffed, locale: 'en' }).state.place).toMatchObject({ reasons: ['Goods returned', 'Wrong amount charged', 'Charged twice'] });
  });
  it('keeps no PIN on screen once it was sent, nor anywhere that could be written out', () => {
    const typed = scanned().keys('9', '7', '5');
    expect(JSON.stringify(typed.state)).not.toMatch(/975/);
    expect(String(typed.state.place.name === 'refund' && typed.state.place.approving.pin.typed)).toBe('•••');
    const till = typed.keys('3', 'Enter');
    expect(till.state.place).toMatchObject({ stage: 'sending' });
    expect(till.state.place.name === 'refund' && till.state.place.approving.pin.typed.length).toBe(0);
  });
});

describe('the steps', () => {
  it('type an amount up to what is left, then the reason, then the PIN', () => {
    const till = scanned().keys('*').wait(500).keys('2', '0', '.', '5', 'Enter').wait(500).keys('2');
    expect(till.state.place).toMatchObject({ stage: 'approval', typed: '20.5', reason: 1 });
    expect(called(approved(till.wait(500)), 'refund')).toMatchObject([{ amount: yuan(2050), reason: '金额收错' }]);
  });
  it('refuse more than is left, and say how much it is', () => {
    const till = scanned().keys('*').wait(500).keys('4', '2');
    expect(till.state.place).toMatchObject({ typed: '4' });
    expect(till.state.notice).toEqual({ kind: 'message', message: message('refundTooMuch', { max: '41.00' }) });
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'tick' }]);
  });
  it('take no change of the amount where all of it is all there is', () => {
    const plan = samplePlan(sampleSale({ refundable: { ...sampleSale().refundable, wholeOnly: true } }));
    expect(caps(scanned(plan))).not.toContain('* cap.changeAmount');
  });
  it('take a sentence for another reason, and not none', () => {
    const till = scanned().keys('up').wait(500).keys('4').wait(500);
    expect(till.state.place).toMatchObject({ stage: 'other' });
    expect(till.keys('Enter').state.notice).toEqual({ kind: 'message', message: message('reasonMissing') });
    till.send({ type: 'text', text: '盒子压坏了' }).keys('Enter').wait(500);
    expect(called(approved(till), 'refund')).toMatchObject([{ reason: '盒子压坏了' }]);
  });
  it('type the PIN and choose nothing while it is asked for', () => {
    const till = scanned().keys('3');
    expect(till.state.place).toMatchObject({ reason: 0, stage: 'approval' });
    expect(till.keys('-').state.place).toMatchObject({ name: 'refund' });
    expect(till.keys('-').view).toBe('sale');
  });
  it('let Enter pass only 400 ms after they changed', () => {
    const till = new Rehearsal({}).scan(sampleScannedReceipt()).send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan() }).keys('Enter');
    expect(called(till, 'refund')).toEqual([]);
  });
});

describe('an approval that doesn’t count', () => {
  it('leaves the form as it was, with an empty PIN and why', () => {
    const till = answered(approved(scanned()), { kind: 'wrongPin', triesLeft: 3, message: message('wrongPin', { n: '3' }) }).wait(500);
    expect(till.state.place).toMatchObject({ stage: 'approval', approving: { pin: { sent: false, refusal: { kind: 'wrongPin', triesLeft: 3 } } } });
    expect(called(approved(till), 'refund')).toHaveLength(1);
  });
  it('takes no digit before its time is over', () => {
    const till = answered(approved(scanned()), { kind: 'pinWait', until: sampleNow + 60_000, message: message('pinWait', { n: '60' }) }).wait(500).keys('1');
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'tick' }]);
    expect(till.wait(62_000).keys('1').asked('sound')).toEqual([]);
  });
  it('says the same refund again where the answer was lost', () => {
    const till = approved(scanned());
    const [first] = called(till, 'refund');
    till.lose('refund').wait(500);
    expect(called(approved(till), 'refund')).toEqual([first]);
  });
  it('stays the same command over a PIN that was mistyped after a lost answer', () => {
    const till = approved(scanned());
    const [first] = called(till, 'refund');
    till.lose('refund').wait(500);
    answered(approved(till), { kind: 'wrongPin', triesLeft: 3, message: message('wrongPin', { n: '3' }) }).wait(500);
    expect(till.state.place).toMatchObject({ unclear: false });
    expect(called(approved(till), 'refund')).toEqual([first]);
    answered(till, { kind: 'refused', message: message('badgeUnknown') }).wait(500);
    expect(called(approved(till), 'refund')).toEqual([first]);
  });
  it('is asked once more where nothing was sent', () => {
    const till = answered(approved(scanned()), { kind: 'refused', message: message('refundSameAmount', { amount: '¥41.00' }) }).wait(500);
    const before = till.state.place;
    expect(before).toMatchObject({ unclear: false, stage: 'approval' });
    expect(called(approved(till), 'refund')).toHaveLength(1);
  });
});

describe('a scan on Refund', () => {
  it('of a payment code is refused, says so, and leaves everything', () => {
    const till = scanned().keys('1').scan(sampleCode());
    expect(till.state.notice).toEqual({ kind: 'words', key: 'notice.refundScan' });
    expect(till.asked('pay')).toEqual([]);
    expect(till.state.held).toBeNull();
    expect(till.state.place.name === 'refund' && till.state.place.approving.pin.typed.length).toBe(1);
  });
  it('of another receipt switches after asking', () => {
    const other = sampleScannedReceipt(sampleSale({ paymentId: 'p-2', number: 'T01-251120-0401' }));
    const till = scanned().keys('1').scan(other).wait(500);
    expect(till.state.place).toMatchObject({ stage: 'switching', subject: { paymentId: 'p-0386' } });
    expect(called(till.keys('Enter'), 'refundPlan')).toEqual([{ paymentId: 'p-2' }]);
    const kept = scanned().scan(other).wait(500).keys('-');
    expect(kept.state.place).toMatchObject({ stage: 'approval', subject: { paymentId: 'p-0386' } });
  });
  it('of the same receipt changes nothing', () => expect(scanned().scan(sampleScannedReceipt()).state.place).toMatchObject({ stage: 'approval' }));
  it('while it is sent is refused', () => {
    expect(approved(scanned()).scan(sampleScannedReceipt()).state.notice).toEqual({ kind: 'message', message: message('refundWaitsForOutcome') });
  });
});

describe('a receipt', () => {
  it('opens Refund on Sale, Paid and Not paid', () => {
    const sold = (state: 'paid' | 'declined'): Rehearsal => new Rehearsal(staffed).keys('5').scan(sampleCode()).answer({ kind: 'started', payment: samplePayment(state) });
    expect(sold('paid').scan(sampleScannedReceipt()).view).toBe('refund');
    expect(sold('declined').scan(sampleScannedReceipt()).view).toBe('refund');
    expect(sold('declined').scan(sampleScannedReceipt()).keys('-').wait(500).keys('-').view).toBe('notPaid');
  });
  it('is refused while a payment has no outcome, and says so', () => {
    for (const payment of [samplePayment('unknown'), samplePayment('reversing'), sampleReview()]) {
      const till = new Rehearsal(staffed).keys('5').scan(sampleCode()).answer({ kind: 'started', payment }).scan(sampleScannedReceipt());
      expect(till.view).not.toBe('refund');
      expect(till.state.notice).toEqual({ kind: 'message', message: message('scanWhileOpen') });
    }
  });
  it('opens its payment elsewhere', () => {
    expect(new Rehearsal(staffed).keys('/', '1').scan(sampleScannedReceipt()).view).toBe('paymentDetail');
    expect(new Rehearsal(staffed).keys('/', '2').scan(sampleScannedReceipt()).view).toBe('paymentDetail');
  });
  it('of a payment that has nothing left says why, and leads to it', () => {
    const spent = sampleSale({ refundable: { ...sampleSale().refundable, left: yuan(0), refusal: message('refundNothingLeft') } });
    const till = scanned(samplePlan(spent));
    expect(till.state.place).toMatchObject({ stage: 'cannot' });
    expect(till.keys('Enter').view).toBe('paymentDetail');
  });
  it('of a gateway that can’t refund is recorded as given back elsewhere', () => {
    const refundable = { ...sampleSale().refundable, refusal: message('refundNotSupported', { gateway: 'omipay' }), outsideAllowed: true };
    const till = approved(scanned(samplePlan(sampleSale(), { refundable })));
    expect(called(till, 'refund')).toEqual([]);
    expect(called(till, 'recordOutsideRefund')).toMatchObject([{ paymentId: 'p-0386', amount: yuan(4100) }]);
  });
  it('that was recorded in part goes on with the rest, by *', () => {
    const refusal = message('refundNotSupported', { gateway: 'omipay' });
    const before = { ...sampleSale().refundable, refusal, outsideAllowed: true };
    const payment = { ...refundedSale(sampleRefund('refunded', { way: 'outside', amount: yuan(1000) })), refundable: { ...before, left: yuan(3100), refunded: yuan(1000) } };
    const till = approved(scanned(samplePlan(sampleSale(), { refundable: before })));
    answered(till, { kind: 'started', payment, refund: sampleRefund('refunded', { way: 'outside', amount: yuan(1000) }) }).wait(500);
    expect(till.view).toBe('refundResult');
    expect(till.keys('*').view).toBe('refund');
    expect(till.state.place).toMatchObject({ stage: 'loading', subject: { paymentId: 'p-0386' } });
  });
  it('wants a supervisor, however small it is', () => {
    const refundable = { ...sampleSale().refundable, refusal: message('refundNotSupported', { gateway: 'omipay' }), outsideAllowed: true };
    expect(scanned(samplePlan(sampleSale(), { refundable })).keys('Enter').state.notice).toEqual({ kind: 'message', message: message('approvalSupervisor') });
  });
  it('on a person’s word alone is recorded too', () => {
    const refundable = { ...sampleSale().refundable, refusal: message('refundOnlyRecorded', { gateway: 'omipay' }), outsideAllowed: true };
    expect(scanned(samplePlan(sampleSale(), { refundable })).state.place).toMatchObject({ name: 'refund', stage: 'approval' });
  });
});

describe('another till’s receipt (case 38)', () => {
  const foreign = { kind: 'foreignReceipt', reference: 'T02251120091203', gateway: 'shouqianba' } as const;
  const found = (status: Partial<TillStatus> = staffed): Rehearsal => new Rehearsal(status).scan(foreign)
    .send({ type: 'reply', name: 'lookUp', tag: foreign.reference, reply: { kind: 'foreign', order: sampleForeign() } }).wait(500);

  it('is looked up at its gateway, and goes back whole with a supervisor’s PIN whatever the amount', () => {
    expect(called(new Rehearsal(staffed).scan(foreign), 'lookUp')).toEqual([{ reference: foreign.reference }]);
    expect(caps(found())).not.toContain('* cap.changeAmount');
    expect(found().keys('Enter').state.notice).toEqual({ kind: 'message', message: message('approvalSupervisor') });
    expect(called(approved(found()), 'refundForeign')).toEqual([{ commandId: expect.any(String), lookUpId: 'look-1', reason: '顾客退货', approval: { kind: 'pin', pin: '1234' } }]);
  });
  it('is looked up again by another scan once what was found is too old, and stays the same command', () => {
    const till = approved(found());
    const [first] = called(till, 'refundForeign');
    const { place } = till.state;
    const tag = place.name === 'refund' ? place.commandId ?? '' : '';
    till.send({ type: 'reply', name: 'refundForeign', tag, reply: { kind: 'refused', message: message('lookUpExpired') } }).wait(500);
    expect(called(till.scan(foreign), 'lookUp')).toEqual([{ reference: foreign.reference }]);
    expect(till.scan(foreign).asked('call')).toEqual([]);
    till.send({ type: 'reply', name: 'lookUp', tag: foreign.reference, reply: { kind: 'foreign', order: sampleForeign({ lookUpId: 'look-2' }) } }).wait(500);
    expect(called(approved(till), 'refundForeign')).toEqual([{ ...(first as object), lookUpId: 'look-2' }]);
    expect(till.scan(foreign).asked('call')).toEqual([]);
    expect(till.lose('refundForeign').scan(foreign).asked('call')).toEqual([]);
  });
  it('has no refund where the gateway shows any', () => {
    const till = new Rehearsal(staffed).scan(foreign).send({ type: 'reply', name: 'lookUp', tag: foreign.reference, reply: { kind: 'foreign', order: sampleForeign({ refusal: message('foreignTouched', { gateway: 'shouqianba' }) }) } });
    expect(till.state.place).toMatchObject({ stage: 'cannot' });
    expect(called(till.wait(500).keys('Enter'), 'refundForeign')).toEqual([]);
  });
  it('goes back to where it was scanned where nothing was found', () => {
    const till = new Rehearsal(staffed).keys('5').scan(foreign).send({ type: 'reply', name: 'lookUp', tag: foreign.reference, reply: { kind: 'notFound', message: message('lookUpNotFound', { key: 'T02' }) } });
    expect(till.view).toBe('sale');
    expect(till.state.notice).toEqual({ kind: 'message', message: message('lookUpNotFound', { key: 'T02' }) });
  });
});

describe('what became of it', () => {
  it('is drawn only from what the till says', () => {
    const till = started('submitting');
    expect(till.state.place).toMatchObject({ name: 'refundResult', stage: 'submitting' });
    const now = refundedSale(sampleRefund('refunded', { changedAt: till.now }));
    till.send({ type: 'event', event: { type: 'payment', payment: now } });
    expect(till.state.place).toMatchObject({ stage: 'refunded' });
    expect(till.asked('sound')).toEqual([]);
    till.send({ type: 'event', event: { type: 'payment', payment: refundedSale(sampleRefund('unknown')) } });
    expect(till.state.place).toMatchObject({ stage: 'refunded' });
  });
  it('stops the hand in the drawer while nothing is known (case 24), and asks now with Enter', () => {
    for (const state of ['unknown', 'pending'] as const) {
      const till = started(state);
      expect(called(till.keys('Enter'), 'askRefundNow')).toEqual([{ paymentId: 'p-0386', refundRef: sampleRefund(state).refundRef }]);
      expect(till.keys('+').view).toBe('sale');
    }
    expect(answered(approved(scanned()), { kind: 'started', payment: refundedSale(sampleRefund('unknown')), refund: sampleRefund('unknown') }).asked('sound')).toEqual([{ kind: 'sound', sound: 'notKnown' }]);
  });
  it('refuses a payment code and another receipt until it is known', () => {
    for (const scan of [sampleCode(), sampleScannedReceipt(sampleSale({ paymentId: 'p-2' }))]) {
      const till = started('unknown').scan(scan);
      expect(till.state.place).toMatchObject({ name: 'refundResult' });
      expect(till.state.notice).toEqual({ kind: 'message', message: message('refundWaitsForOutcome') });
      expect(till.asked('pay')).toEqual([]);
    }
  });
  it('refused as too old: records what is given back elsewhere, by a supervisor', () => {
    const till = started('refused', { message: message('refundRefusedOld', { gateway: 'omipay' }) });
    expect(caps(till)).toContain('* cap.recordOutside');
    const plan = samplePlan(refundedSale(sampleRefund('refused', { message: message('refundRefusedOld', { gateway: 'omipay' }) })));
    till.keys('*').send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: plan }).wait(500);
    expect(till.keys('Enter').state.notice).toEqual({ kind: 'message', message: message('approvalSupervisor') });
    expect(called(approved(till), 'recordOutsideRefund')).toMatchObject([{ paymentId: 'p-0386', amount: yuan(4100) }]);
  });
  it.each(['refundRefusedState', 'refundRefusedBalance', 'refundRefusedAmount'] as const)('%s: what was given back elsewhere is recorded, from the result or from the payment', (key) => {
    const refused = refundedSale(sampleRefund('refused', { message: message(key, { gateway: 'omipay' }) }));
    const forGood = key === 'refundRefusedState';
    const till = started('refused', { message: message(key, { gateway: 'omipay' }) });
    expect(caps(till)).toContain(forGood ? '* cap.recordOutside' : '* cap.changeAmount');
    till.keys('+').send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan(refused) }).wait(500);
    expect(caps(till)).toContain('+ cap.elsewhere');
    expect(caps(till.keys('+'))).toContain('+ cap.refundThrough');
    expect(till.keys('Enter').state.notice).toEqual({ kind: 'message', message: message('approvalSupervisor') });
    expect(called(approved(till), 'recordOutsideRefund')).toMatchObject([{ paymentId: 'p-0386', amount: yuan(4100) }]);
    const detail = new Rehearsal(staffed).scan(sampleScannedReceipt()).send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan(sampleSale({ refundable: { ...sampleSale().refundable, left: yuan(0), refusal: message('refundNothingLeft') } })) }).wait(500);
    detail.keys('Enter').send({ type: 'reply', name: 'paymentDetail', tag: 'p-0386', reply: { payment: refused, timeline: [], receipt: null } }).wait(500);
    expect(caps(detail)).toContain(forGood ? 'Enter cap.recordOutside' : 'Enter cap.refundLeft');
    expect(detail.keys('Enter').state.place).toMatchObject({ name: 'refund', elsewhere: forGood });
  });
  it('refused for a reason that passes: nothing is recorded as given back elsewhere', () => {
    const till = started('refused', { message: message('refundRefusedOther', { gateway: 'omipay' }) }).keys('+');
    till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan(refundedSale(sampleRefund('refused', { message: message('refundRefusedOther', { gateway: 'omipay' }) }))) }).wait(500);
    expect(caps(till).join()).not.toMatch(/cap\.(recordOutside|elsewhere)/);
  });
  it('refused: tries again with the same amount, or with another', () => {
    const again = started('refused').keys('+');
    expect(called(again, 'refundPlan')).toEqual([{ paymentId: 'p-0386' }]);
    const other = started('refused').keys('*').send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: samplePlan() });
    expect(other.state.place).toMatchObject({ stage: 'amount', typed: '' });
    expect(caps(started('refused'))).toContain('Enter cap.done');
  });
  it('offers more only where something is left', () => {
    expect(caps(started('refunded'))).not.toContain('* cap.refundMore');
    expect(caps(started('refunded', { amount: yuan(1000) }))).toContain('* cap.refundMore');
  });
  it('leads a refund that no machine can end to a person', () => {
    expect(started('review').keys('Enter').state.place).toMatchObject({ name: 'record', refundRef: sampleRefund('review').refundRef });
  });
  it('of a parked refund is a bar, and rings low where it was refused', () => {
    const till = started('unknown').keys('+').keys('7');
    till.send({ type: 'event', event: { type: 'payment', payment: refundedSale(sampleRefund('refused', { changedAt: till.now })) } });
    expect(till.state.bars).toMatchObject([{ refundRef: sampleRefund('refused').refundRef }]);
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'notPaid' }]);
    expect(till.view).toBe('sale');
  });
  it('in cash names the drawer', () => {
    expect(scanned(samplePlan(sampleCash())).state.place).toMatchObject({ subject: { plan: { way: 'cash' } } });
  });
});

describe('a review that turned to paid', () => {
  const turned = (reviewReason: NonNullable<ReturnType<typeof sampleTurned>['reviewReason']>): Rehearsal => new Rehearsal(staffed).keys('2', '6').scan(sampleCode())
    .answer({ kind: 'started', payment: sampleTurned({ reviewReason }) }).wait(500);

  it.each([['paidAfterUndo', 2], ['paidTwice', 2], ['notWanted', 2], ['paidAfterGivingUp', 0], ['dayIsOver', 0]] as const)('%s is given back with one key', (reason, preset) => {
    const till = turned(reason).keys('Enter');
    expect(called(till, 'refundPlan')).toEqual([{ paymentId: 'p-0409' }]);
    till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0409', reply: samplePlan(sampleTurned()) });
    expect(till.state.place).toMatchObject({ name: 'refund', stage: 'approval', reason: preset, typed: null });
    expect(till.wait(500).keys('-').view).toBe('review');
  });
  it('at a gateway that can’t refund has the key that records what was given back elsewhere', () => {
    const refundable = { ...sampleTurned().refundable, refusal: message('refundNotSupported', { gateway: 'aggregator' }), outsideAllowed: true };
    const payment = sampleTurned({ reviewReason: 'paidAfterGivingUp', refundable });
    const till = new Rehearsal(staffed).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment }).wait(500);
    expect(caps(till)).toContain('Enter cap.recordOutside');
    const [first, second] = [till.keys('Enter'), new Rehearsal(staffed).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment }).wait(500).keys('*')];
    expect(first.view).toBe('refund');
    first.send({ type: 'reply', name: 'refundPlan', tag: 'p-0409', reply: samplePlan(payment) });
    expect(first.state.place).toMatchObject({ name: 'refund', stage: 'approval' });
    expect(called(approved(first.wait(500)), 'recordOutsideRefund')).toMatchObject([{ paymentId: 'p-0409', amount: yuan(2600) }]);
    expect(second.view).toBe('record');
    expect(caps(second)).toContain('+ cap.recordOutside');
  });
  it('stays on the refund’s own screen when it ends by it, and says nowhere that nothing was taken', () => {
    const till = turned('paidAfterGivingUp').keys('Enter');
    till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0409', reply: samplePlan(sampleTurned()) });
    const under = sampleTurned({ changedAt: till.now, refunds: [sampleRefund('submitting', { amount: yuan(2600) })] });
    answered(approved(till.wait(500)), { kind: 'started', payment: under, refund: sampleRefund('submitting', { amount: yuan(2600) }) });
    const back = { ...under, state: 'reversed', verdict: 'notPaid', open: false, changedAt: till.now + 1, refunds: [sampleRefund('refunded', { amount: yuan(2600) })] } as const;
    till.send({ type: 'event', event: { type: 'payment', payment: back } });
    expect(till.state.place).toMatchObject({ name: 'refundResult', stage: 'refunded' });
    expect(customerDisplay(till.state)?.shows.kind).not.toBe('notPaid');
    const said: Pick<Said, 't' | 'text'> = { t: (key) => key, text: (given) => given.key };
    expect(notPaidWords(back, said as Said)).toMatchObject({ reason: 'notPaid.refundedReason', money: 'notPaid.moneyRefunded' });
  });
  it('is recorded with *', () => expect(turned('paidAfterUndo').keys('*').view).toBe('record'));
  it('is not offered where nothing matching was paid', () => {
    const till = new Rehearsal(staffed).keys('2', '6').scan(sampleCode()).answer({ kind: 'started', payment: sampleReview({ reviewReason: 'dayIsOver' }) }).wait(500).keys('Enter');
    expect(till.view).toBe('record');
  });
});
