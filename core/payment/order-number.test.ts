/** CASES 22: the gateway's number of an order, entered by a supervisor: a claim, asked under, and believed only where it is ours. */
import { describe, expect, it } from 'vitest';
import type { SettleReply } from '../contract/types.ts';
import type { Outcome } from '../gateways/gateway.ts';
import { Bench, facts, lost, neverSent, outcomes, withoutUndo, type BenchOptions } from '../testing/bench.ts';
import { open, pin, pins, signIn } from '../testing/shop.ts';

/** Never any answer: at the deadline a person must look, and no number is known to ask by. */
async function inReview(options: BenchOptions = {}): Promise<{ bench: Bench; paymentId: string }> {
  const bench = await Bench.started({ capabilities: withoutUndo, ...options });
  const { paymentId } = await bench.started();
  await bench.take('pay').end(lost);
  for (let second = 0; second < 50; second += 1) {
    while (bench.pending.length > 0) await bench.take('pay').end(lost);
    await bench.clock.pass(1);
  }
  expect(bench.payment(paymentId)).toMatchObject({ state: 'review', gatewayRef: null, orderNumberEntry: 'wanted' });
  return { bench, paymentId };
}

/** ORDER_PAID to a repeat: paid on our own number, with no number of theirs and no amount. */
async function paidWithoutNumber(options: BenchOptions = {}): Promise<{ bench: Bench; paymentId: string }> {
  const bench = await Bench.started({ capabilities: withoutUndo, ...options });
  const { paymentId } = await bench.started();
  await bench.take('pay').end(lost);
  await bench.take('pay').answer(outcomes.paid({ order: facts({}), amountCompared: false, saysAlreadyPaid: true }));
  expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', gatewayRef: null, orderNumberEntry: 'wanted', refundable: { refusal: { key: 'refundNoGatewayRef' } } });
  return { bench, paymentId };
}

let commands = 0;
async function enter(bench: Bench, paymentId: string, number = 'OMI0001', commandId = `enter-${(commands += 1)}`): Promise<SettleReply> {
  const reply = await bench.till.call('enterOrderNumber', { commandId, paymentId, number });
  await bench.clock.pass(0);
  return reply;
}

const paidUnder = (number: string): Outcome => outcomes.paid({ order: facts({ gatewayRef: number }) });

describe('case 22: the number of an order that no answer named', () => {
  it('case 22: is asked under at once, with a row that says who entered what and when', async () => {
    const { bench, paymentId } = await inReview();
    const rows = bench.journal.rows.length;
    expect(await enter(bench, paymentId)).toMatchObject({ kind: 'done', payment: { state: 'review', gatewayRef: null, orderNumberEntry: 'asking' } });
    expect(bench.sent.at(-1)).toMatchObject({ call: 'query', gatewayRef: 'OMI0001', isClaim: true });
    const row = bench.journal.rows[rows];
    expect(row?.type).toBe('gatewayRefEntered');
    expect(JSON.parse(row?.payload ?? '')).toMatchObject({ event: { gatewayRef: 'OMI0001', by: { operatorId: 'T01' }, time: { wall: bench.clock.wall() } }, state: 'review', send: 'query' });
    expect(bench.till.paymentDetail(paymentId)?.timeline).toContainEqual(expect.objectContaining({ what: 'numberEntered', detail: 'OMI0001', by: 'person', person: 'T01' }));
  });

  it('case 22: the gateway’s paid word under it is the review’s word, and its money can be given back', async () => {
    const { bench, paymentId } = await inReview();
    await enter(bench, paymentId);
    await bench.take('query').answer(paidUnder('OMI0001'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', gatewayRef: 'OMI0001', orderNumberEntry: 'none', refundable: { refusal: null, left: { minor: 3850 } } });
    expect(bench.journal.payments({ by: 'reference', value: 'OMI0001' })).toMatchObject([{ paymentId }]);
  });

  it('case 22: what was paid stays paid, its amount is compared, and it can be refunded through the gateway', async () => {
    const { bench, paymentId } = await paidWithoutNumber();
    const sales = bench.journal.moveSums({ afterSequence: 0, upToSequence: bench.journal.head().sequence });
    await enter(bench, paymentId);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid', orderNumberEntry: 'asking' });
    await bench.take('query').answer(paidUnder('OMI0001'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', gatewayRef: 'OMI0001', orderNumberEntry: 'none', refundable: { refusal: null } });
    expect(bench.till.activePayments()).toEqual([]);
    expect(bench.journal.moveSums({ afterSequence: 0, upToSequence: bench.journal.head().sequence })).toEqual(sales);
    expect(await bench.till.call('refund', { commandId: 'r-1', paymentId, amount: { minor: 3850, currency: 'CNY' }, reason: 'x' })).toMatchObject({ kind: 'started' });
    expect(bench.sent.at(-1)).toMatchObject({ call: 'refund', gatewayRef: 'OMI0001', isClaim: false });
  });

  it('case 22: another order’s number is said, forgotten, and changes nothing about the money', async () => {
    for (const answer of [outcomes.unknown('mismatch'), outcomes.notFound(), outcomes.declined(true), outcomes.paid({ amountCompared: false })]) {
      const { bench, paymentId } = await inReview();
      await enter(bench, paymentId);
      await bench.take('query').answer(answer);
      expect(bench.payment(paymentId), answer.kind).toMatchObject({ state: 'review', reviewReason: 'cannotUndo', gatewayRef: null, orderNumberEntry: 'wrong', gatewayCode: null });
      const asked = bench.count('query');
      await bench.clock.pass(4000);
      expect(bench.count('query'), answer.kind).toBe(asked);
    }
  });

  it('case 22: a wrong number leaves a paid payment paid, and the right one may follow', async () => {
    const { bench, paymentId } = await paidWithoutNumber();
    await enter(bench, paymentId, 'WRONG-1');
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid', gatewayRef: null, orderNumberEntry: 'wrong', refundable: { refusal: { key: 'refundNoGatewayRef' } } });
    await enter(bench, paymentId, 'RIGHT-1');
    await bench.take('query').answer(paidUnder('RIGHT-1'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', gatewayRef: 'RIGHT-1' });
  });

  it('case 22: a word of ours under it that isn’t paid ends a review as the gateway says', async () => {
    const { bench, paymentId } = await inReview();
    await enter(bench, paymentId);
    await bench.take('query').answer({ kind: 'declined', reason: 'closed', aboutOrder: true, order: facts({ gatewayRef: 'OMI0001' }), evidence: { code: 'CANCELLED', words: null } });
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', verdict: 'notPaid', gatewayRef: 'OMI0001' });
  });

  it('case 22: money found under it after a person’s "not paid" opens it again', async () => {
    const { bench, paymentId } = await inReview();
    await bench.till.call('settle', { commandId: 's-1', paymentId, as: 'notPaid', how: 'supportSaid', sentence: null });
    await enter(bench, paymentId);
    await bench.take('query').answer(paidUnder('OMI0001'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'settledContradicted', gatewayRef: 'OMI0001' });
  });

  it('case 22: without an answer a review asks on under it, also after a restart', async () => {
    const { bench, paymentId } = await inReview();
    await enter(bench, paymentId);
    await bench.take('query').end(lost);
    expect(bench.payment(paymentId)).toMatchObject({ orderNumberEntry: 'asking', gatewayRef: null });
    await bench.clock.pass(61);
    await bench.take('query').end(lost);
    const reborn = bench.reborn();
    void reborn.till.start();
    await reborn.clock.pass(0);
    expect(reborn.sent).toMatchObject([{ call: 'query', gatewayRef: 'OMI0001', isClaim: true }]);
    await reborn.take('query').answer(paidUnder('OMI0001'));
    expect(reborn.payment(paymentId)).toMatchObject({ gatewayRef: 'OMI0001', state: 'review' });
  });

  it('case 22: what is paid asks three times, also across a restart, and then forgets the number', async () => {
    const { bench, paymentId } = await paidWithoutNumber();
    await enter(bench, paymentId);
    await bench.take('query').end(lost);
    const reborn = bench.reborn();
    void reborn.till.start();
    await reborn.clock.pass(0);
    await reborn.take('query').end(neverSent);
    await reborn.clock.pass(61);
    await reborn.take('query').answer(outcomes.unknown('gatewayUnsure'));
    expect(reborn.payment(paymentId)).toMatchObject({ state: 'paid', gatewayRef: null, orderNumberEntry: 'unanswered' });
    expect(reborn.till.activePayments()).toEqual([]);
    await reborn.clock.pass(4000);
    expect(reborn.pending).toEqual([]);
  });
});

describe('case 22: who may enter which number', () => {
  it('case 22: only what can be asked by the gateway’s number alone, and has none', async () => {
    const ours = await Bench.started();
    const { paymentId } = await ours.started();
    await ours.take('pay').answer(outcomes.paid());
    expect(ours.payment(paymentId).orderNumberEntry).toBe('none');
    expect(await enter(ours, paymentId)).toMatchObject({ kind: 'refused', message: { key: 'orderNumberNotWanted' } });
    const known = await Bench.started({ capabilities: withoutUndo });
    const { paymentId: paidThere } = await known.started();
    await known.take('pay').answer(outcomes.paid());
    expect(await enter(known, paidThere)).toMatchObject({ kind: 'refused', message: { key: 'orderNumberNotWanted' } });
    const { paymentId: under } = await known.started('130000000000000002', 500);
    expect(await enter(known, under)).toMatchObject({ kind: 'refused', message: { key: 'orderNumberNotWanted' } });
  });

  it('case 22: never cash, which has no number anywhere', async () => {
    const bench = await Bench.started({ capabilities: withoutUndo });
    const taken = await bench.till.call('payCash', { commandId: 'c-1', amount: { minor: 500, currency: 'CNY' }, receivedMinor: 500 });
    if (taken.kind !== 'taken') throw new Error(taken.kind);
    expect(taken.payment.orderNumberEntry).toBe('none');
    expect(await enter(bench, taken.payment.paymentId)).toMatchObject({ kind: 'refused', message: { key: 'orderNumberNotWanted' } });
  });

  it('case 22: a number of another payment in this journal is refused, and nothing is sent', async () => {
    const { bench, paymentId } = await inReview();
    const other = await bench.started('130000000000000002', 500);
    await bench.take('pay').answer(paidUnder('OMI0002'));
    for (const number of ['OMI0002', other.attemptRef, bench.payment(paymentId).attemptRef]) {
      expect(await enter(bench, paymentId, number)).toMatchObject({ kind: 'refused', message: { key: 'orderNumberTaken' } });
    }
    expect(bench.pending).toEqual([]);
  });

  it('case 22: a payment code typed by mistake is refused, and comes into no row', async () => {
    const { bench, paymentId } = await inReview();
    const { length } = bench.journal.rows;
    expect(await enter(bench, paymentId, '130000000000000001')).toMatchObject({ kind: 'refused', message: { key: 'orderNumberFormat' } });
    expect(await enter(bench, paymentId, 'OMI 001')).toMatchObject({ kind: 'refused', message: { key: 'orderNumberFormat' } });
    expect(bench.journal.rows).toHaveLength(length);
  });

  it('case 22: while the gateway is being asked under one, no other is taken; after that another may be', async () => {
    const { bench, paymentId } = await inReview();
    await enter(bench, paymentId, 'OMI0001');
    expect(await enter(bench, paymentId, 'OMI0009')).toMatchObject({ kind: 'refused', message: { key: 'settleAsking' } });
    await bench.take('query').end(lost);
    expect(await enter(bench, paymentId, 'OMI0009')).toMatchObject({ kind: 'done' });
    expect(bench.sent.at(-1)).toMatchObject({ call: 'query', gatewayRef: 'OMI0009' });
  });

  it('case 22: a cashier needs a supervisor’s word, which is a row of its own; a supervisor’s own is enough', async () => {
    const bench = await open(50_000, { capabilities: withoutUndo });
    const unnumbered = async (code: string, minor: number): Promise<string> => {
      const { paymentId } = await bench.started(code, minor);
      await bench.take('pay').end(lost);
      await bench.take('pay').answer(outcomes.paid({ order: facts({}), amountCompared: false, saysAlreadyPaid: true }));
      return paymentId;
    };
    const paymentId = await unnumbered('130000000000000001', 3850);
    expect(await enter(bench, paymentId)).toMatchObject({ kind: 'approvalNeeded', role: 'supervisor' });
    expect(await bench.till.call('enterOrderNumber', { commandId: 'pin-1', paymentId, number: 'OMI0001', approval: pin(pins.cashier) })).toMatchObject({ kind: 'approvalNeeded' });
    expect(bench.count('query')).toBe(0);
    expect(await bench.till.call('enterOrderNumber', { commandId: 'pin-2', paymentId, number: 'OMI0001', approval: pin(pins.supervisor) })).toMatchObject({ kind: 'done' });
    const [entered, approved] = bench.journal.rows.slice(-2).map((row) => JSON.parse(row.payload) as { readonly event?: { readonly by: { readonly name: string } }; readonly act?: string; readonly askedBy?: { readonly name: string } });
    expect(entered?.event?.by.name).toBe('supervisor');
    expect(approved).toMatchObject({ act: 'enterGatewayRef', askedBy: { name: 'cashier' } });
    await bench.clock.pass(0);
    await bench.take('query').answer(paidUnder('OMI0001'));
    const second = await unnumbered('130000000000000002', 500);
    await signIn(bench, 'supervisor');
    expect(await enter(bench, second, 'OMI0002')).toMatchObject({ kind: 'done' });
  });

  it('case 22: the receipt has the number as soon as it is the order’s, and the claim before that stands in no copy', async () => {
    const { bench, paymentId } = await paidWithoutNumber();
    await enter(bench, paymentId);
    expect(JSON.stringify(bench.till.paymentDetail(paymentId)?.receipt)).not.toContain('OMI0001');
    await bench.take('query').answer(paidUnder('OMI0001'));
    expect(JSON.stringify(bench.till.paymentDetail(paymentId)?.receipt)).toContain('OMI0001');
  });

  it('case 22: the same command again asks nothing again (case 8)', async () => {
    const { bench, paymentId } = await inReview();
    await enter(bench, paymentId, 'OMI0001', 'once');
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(await enter(bench, paymentId, 'OMI0001', 'once')).toMatchObject({ kind: 'done', payment: { orderNumberEntry: 'wrong' } });
    expect(bench.pending).toEqual([]);
  });

  it('money rule 9: a customer’s fresh code that was scanned into the field is refused, and is in no row', async () => {
    const { bench, paymentId } = await inReview();
    expect(await enter(bench, paymentId, '134567890123456789')).toMatchObject({ kind: 'refused', message: { key: 'orderNumberFormat' } });
    expect(JSON.stringify(bench.journal.rows)).not.toContain('134567890123456789');
  });

  it('case 23: our own order, by the gateway’s word unpaid, is a loud review, whatever was told before', async () => {
    const { bench, paymentId } = await paidWithoutNumber();
    await enter(bench, paymentId);
    await bench.take('query').answer({ ...outcomes.declined(true), order: facts({ gatewayRef: 'OMI0001' }) } as Outcome);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'saidPaidAndNot', open: true });
  });
});
