/** Codes that the customer scans (C-scan-B): shown, paid, closed, quiet when they can't be closed, and never two at once. */
import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../gateways/gateway.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, lost, neverSent, outcomes, undoOfUnpaidOnly, withoutUndo, withUndo } from '../testing/bench.ts';
import { settle } from '../testing/manual-clock.ts';
import { notice } from '../testing/notices.ts';

const day = 86_400;

/** Shouqianba's kind: closed by the cancel that also undoes what is paid. */
const closable: Capabilities = { ...withUndo, mpm: true, present: { queryBy: 'attemptRef', reverse: withUndo.reverse, firstQueryAfterSeconds: 2, validSecondsMost: 240, wallets: [] } };
/** UMS's kind: a close that leaves a paid order paid. */
const closableUnpaid: Capabilities = { ...closable, present: { ...present(closable), reverse: undoOfUnpaidOnly.reverse } };
/** The aggregator's kind: nothing closes it. */
const open: Capabilities = { ...closable, reverse: null, present: { ...present(closable), reverse: null } };
/** Omipay's kind: asked by its own number alone. */
const openByTheirNumber: Capabilities = { ...withoutUndo, mpm: true, present: { ...present(open), queryBy: 'gatewayRef' } };
/** OMoney's kind: asked by its own number, closed by ours. */
const closedByOurs: Capabilities = { ...closable, present: { ...present(closableUnpaid), queryBy: 'gatewayRef' } };

function present({ present: known }: Capabilities): NonNullable<Capabilities['present']> {
  if (known === null) throw new Error('shows no codes');
  return known;
}

async function asked(capabilities: Capabilities): Promise<{ bench: Bench; paymentId: string }> {
  const bench = await Bench.started({ capabilities });
  return { bench, paymentId: (await bench.shown()).paymentId };
}

async function up(capabilities: Capabilities): Promise<{ bench: Bench; paymentId: string }> {
  const { bench, paymentId } = await asked(capabilities);
  await bench.take('present').answer(outcomes.shown());
  return { bench, paymentId };
}

/** Lets time pass; every query that goes out meanwhile is answered the same. */
async function passAnswering(bench: Bench, seconds: number, answer: () => ReturnType<typeof outcomes.waiting>): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await bench.clock.pass(1);
    while (bench.pending[0]?.call === 'query') await bench.take('query').answer(answer());
  }
}

describe('a code that never came', () => {
  it('where the answer may tell of money, the gateway is asked before anybody hears that the sale may be charged anew', async () => {
    const { bench, paymentId } = await asked(open);
    await bench.take('present').answer(outcomes.unknown('gatewayUnsure'));
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
  });

  it('is a quiet matter once the gateway says that nobody has paid, and its sale’s number is free for another charge (case 10)', async () => {
    const bench = await Bench.started({ capabilities: open });
    const { paymentId } = await bench.shown(3850, { saleRef: 'ORDER-7' });
    expect(await bench.pay('130000000000000001', 3850, { saleRef: 'ORDER-7', assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'refused', message: { key: 'saleRefUsed' } });
    await bench.take('present').end(lost);
    await bench.take('query').answer(outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', quiet: true, message: { key: 'codeNeverShown' } });
    expect(await bench.pay('130000000000000001', 3850, { saleRef: 'ORDER-7', assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'started' });
  });

  it('keeps its sale’s number where the code was there to be scanned (case 10)', async () => {
    const bench = await Bench.started({ capabilities: open });
    const { paymentId } = await bench.shown(3850, { saleRef: 'ORDER-8' });
    await bench.take('present').answer(outcomes.shown());
    await passAnswering(bench, 300, () => outcomes.waiting(null));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', quiet: true });
    expect(await bench.pay('130000000000000001', 3850, { saleRef: 'ORDER-8', assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'refused', message: { key: 'saleRefUsed' } });
  });
});

describe('a code is shown', () => {
  it('is asked for after it is durable, and stands on the screen as the gateway gave it', async () => {
    const { bench, paymentId } = await asked(closable);
    expect(bench.journal.rows.at(-1)?.type).toBe('attemptCreated');
    expect(bench.payment(paymentId)).toMatchObject({ state: 'submitting', direction: 'show', shownCode: null, verdict: 'notKnownYet' });
    await bench.take('present').answer(outcomes.shown('https://qr.example/1'));
    const { shownCode, state } = bench.payment(paymentId);
    expect(state).toBe('waitingForPayer');
    expect(shownCode).toMatchObject({ qr: 'https://qr.example/1', since: bench.clock.wall(), until: bench.clock.wall() + 240_000 });
  });

  it('is paid by the word of a query, and is offered to nobody any more', async () => {
    const { bench, paymentId } = await up(closable);
    await bench.clock.pass(2);
    await bench.take('query').answer(outcomes.waiting());
    await bench.clock.pass(3);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid', shownCode: null });
  });

  it('paid at the last second is paid: the last query comes before the close', async () => {
    for (const capabilities of [closable, closableUnpaid, open]) {
      const { bench, paymentId } = await up(capabilities);
      await passAnswering(bench, 239, () => outcomes.waiting());
      await bench.clock.pass(1);
      await bench.take('query').answer(outcomes.paid());
      expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
      expect(bench.count('reverse')).toBe(0);
    }
  });

  it('says that the customer has scanned it while the gateway says so, and asks for a scan again after that', async () => {
    const { bench, paymentId } = await up(closable);
    expect(bench.payment(paymentId)).toMatchObject({ shownCode: { scanned: false }, message: { key: 'codeShown' } });
    await passAnswering(bench, 2, () => outcomes.paying());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'waitingForPayer', verdict: 'notKnownYet', shownCode: { scanned: true }, message: { key: 'codeScanned' } });
    await passAnswering(bench, 3, () => outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ shownCode: { scanned: false }, message: { key: 'codeShown' } });
  });

  it('that the gateway ends early without a reason is called closed, and one that it refuses to make is not', async () => {
    const { bench, paymentId } = await up(closable);
    await bench.clock.pass(90);
    const ended = outcomes.declined(true);
    if (ended.kind !== 'declined') throw new Error('not declined');
    await bench.take('query').answer({ ...ended, reason: 'other' });
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', declineReason: 'closed', gaveUp: false, verdict: 'notPaid' });
    const refused = await asked(closable);
    await refused.bench.take('present').answer({ ...ended, reason: 'other' });
    expect(refused.bench.payment(refused.paymentId)).toMatchObject({ state: 'declined', declineReason: 'other' });
  });

  it('names the wallets that can scan it: the one that was asked for, all where one code serves them, none where nobody knows', async () => {
    const ofOne: Capabilities = { ...closable, present: { ...present(closable), wallets: ['wechat', 'alipay'] } };
    for (const [capabilities, request, wallets] of [[closable, {}, ['wechat', 'alipay', 'unionpay']], [ofOne, {}, []], [ofOne, { wallet: 'alipay' }, ['alipay']]] as const) {
      const bench = await Bench.started({ capabilities });
      const { paymentId } = await bench.shown(3850, request);
      await bench.take('present').answer(outcomes.shown());
      expect(bench.payment(paymentId).shownCode).toMatchObject({ wallets });
    }
  });

  it('is refused for a wallet that the gateway has no code for, and nothing is sent', async () => {
    const bench = await Bench.started({ capabilities: { ...closable, present: { ...present(closable), wallets: ['wechat'] } } });
    expect(await bench.show(3850, { wallet: 'alipay' })).toMatchObject({ kind: 'refused', message: { key: 'walletNotShown' } });
    expect(bench.pending).toEqual([]);
  });

  it('a refused order is not paid, and nothing is asked twice', async () => {
    const { bench, paymentId } = await asked(closable);
    await bench.take('present').answer(outcomes.declined());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', verdict: 'notPaid' });
  });

  it('a request that never left is not paid', async () => {
    const { bench, paymentId } = await asked(openByTheirNumber);
    await bench.take('present').end(neverSent);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', declineReason: 'gatewayUnreachable' });
  });

  it('an order refused for its access token goes out once more, journaled before, and never a third time', async () => {
    const { bench, paymentId } = await asked(closable);
    await bench.take('present').answer(outcomes.unknown('tokenRefused'));
    expect(bench.journal.rows.filter((row) => (JSON.parse(row.payload) as { send?: string }).send === 'present')).toHaveLength(2);
    await bench.take('present').answer(outcomes.unknown('tokenRefused'));
    expect(bench.count('present')).toBe(2);
    expect(bench.payment(paymentId).state).toBe('reversing');
  });
});

describe('closing', () => {
  it('at the deadline asks, closes and asks again', async () => {
    const { bench, paymentId } = await up(closableUnpaid);
    await passAnswering(bench, 240, () => outcomes.waiting());
    await bench.take('reverse').answer(outcomes.reversed());
    await bench.take('query').answer(outcomes.declined(true));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversed', verdict: 'notPaid' });
  });

  it('the cashier takes it back: off the screen at once, closed as soon as it may be', async () => {
    const { bench, paymentId } = await up(closable);
    await bench.till.call('giveUp', { paymentId, commandId: 'c1' });
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversing', shownCode: null });
    await passAnswering(bench, 15, () => outcomes.waiting());
    await bench.take('reverse').answer(outcomes.reversed());
    await bench.take('query').answer(outcomes.reversed());
    expect(bench.payment(paymentId).verdict).toBe('notPaid');
  });

  it('case 15: paid after the close left, where a close leaves a paid order paid, is for a person', async () => {
    const { bench, paymentId } = await up(closableUnpaid);
    await passAnswering(bench, 240, () => outcomes.waiting());
    await bench.take('reverse').answer(outcomes.unknown('reversalRefused'));
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', quiet: false, open: true });
  });

  it('a code that never came is closed under our own number, also where only theirs can be asked for', async () => {
    const { bench, paymentId } = await asked(closedByOurs);
    await bench.take('present').end(lost);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversing', shownCode: null });
    await bench.clock.pass(15);
    const theirs = { order: { gatewayRef: 'PAY-1', walletRef: null, wallet: null, payerId: null, paidAt: null } };
    await bench.take('reverse').answer({ ...outcomes.unknown('gatewayUnsure'), ...theirs });
    await bench.take('query').answer(outcomes.declined(true));
    expect(bench.payment(paymentId).verdict).toBe('notPaid');
  });

  it('case 19: where nothing can be asked, two closes fifteen seconds apart prove that there is no order', async () => {
    const { bench, paymentId } = await asked(closedByOurs);
    await bench.take('present').end(lost);
    await bench.clock.pass(15);
    await bench.take('reverse').answer(outcomes.notFound());
    expect(bench.payment(paymentId).verdict).toBe('notKnownYet');
    await bench.clock.pass(15);
    await bench.take('reverse').answer(outcomes.notFound());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'declined', verdict: 'notPaid' });
  });

  it('an answer that comes after it was taken back is never shown', async () => {
    const { bench, paymentId } = await asked(closable);
    const late = bench.take('present');
    await bench.till.call('giveUp', { paymentId, commandId: 'c1' });
    await late.answer(outcomes.shown());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'reversing', shownCode: null });
  });
});

describe('case 27: a code that can\'t be closed', () => {
  it('case 27: unpaid at its end it is a quiet review, in no chip, and asked at 1, 10, 60 minutes and daily', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 240, () => outcomes.waiting());
    const payment = bench.payment(paymentId);
    expect(payment).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true, open: false, verdict: 'notKnownYet', shownCode: null });
    expect(bench.till.status().openCount).toBe(0);
    const before = bench.count('query');
    for (const [seconds, more] of [[60, 1], [540, 2], [3000, 3], [day, 4]] as const) {
      await bench.clock.pass(seconds);
      while (bench.pending[0]?.call === 'query') await bench.take('query').answer(outcomes.waiting());
      expect(bench.count('query')).toBe(before + more);
    }
  });

  it('case 27: after seven days it lapses, and money that comes later is heard', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 240, () => outcomes.waiting());
    for (let days = 0; days < 9; days += 1) {
      await bench.clock.pass(day);
      while (bench.pending[0]?.call === 'query') await bench.take('query').answer(outcomes.waiting());
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'lapsed', verdict: 'notKnownYet', open: false, quiet: false });
    const asks = bench.count('query');
    await bench.clock.pass(day * 3);
    expect(bench.count('query')).toBe(asks);
    bench.till.bookedElsewhere([bench.payment(paymentId).attemptRef], bench.till.who());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'onStatement', open: true });
  });

  it('case 27: paid after all is loud', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 240, () => outcomes.waiting());
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', quiet: false, open: true });
  });

  it('case 27: while nobody heard that it is unpaid, it is loud: the customer may have paid what the till could not see', async () => {
    const { bench, paymentId } = await up(open);
    for (let second = 0; second < 270; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending[0]?.call === 'query') await bench.take('query').end(lost);
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo', quiet: false, open: true });
    await passAnswering(bench, 60, () => outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true });
  });

  it('case 27: while somebody is paying it right now it is loud, and quiet once the gateway says that nobody does', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 240, () => outcomes.paying());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'payerIsPaying', quiet: false, open: true, message: { key: 'payerIsPaying' } });
    await passAnswering(bench, 60, () => outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true });
  });

  it('case 27: taken back while the customer types the password, it is loud, and what comes of it is heard', async () => {
    const { bench, paymentId } = await up(open);
    await bench.till.call('giveUp', { paymentId, commandId: 'c1' });
    await bench.take('query').answer(outcomes.paying());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'payerIsPaying', quiet: false, open: true });
    await bench.clock.pass(60);
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', open: true });
  });

  it('case 27: a quiet one that somebody begins to pay is loud, and asked again in a minute, whoever asked', async () => {
    for (const byNotice of [false, true]) {
      const { bench, paymentId } = await up(open);
      await passAnswering(bench, 240, () => outcomes.waiting());
      await passAnswering(bench, 3600, () => outcomes.waiting());
      expect(bench.payment(paymentId)).toMatchObject({ quiet: true });
      if (byNotice) bench.till.notified('bench', notice({ attemptRef: bench.payment(paymentId).attemptRef, verified: true }));
      else await bench.clock.pass(day);
      await bench.take('query').answer(outcomes.paying());
      expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'payerIsPaying', quiet: false, open: true });
      const asks = bench.count('query');
      await bench.clock.pass(60);
      expect(bench.count('query')).toBe(asks + 1);
    }
  });

  it('the last answer about another amount or number is told as that, and not as no answer', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 239, () => outcomes.waiting());
    await bench.clock.pass(1);
    await bench.take('query').answer(outcomes.unknown('mismatch'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'answerMismatch', quiet: false, open: true, message: { key: 'answerMismatch' } });
  });

  it('case 27: what never reached a screen is quiet at once, and lapses where nothing can be asked', async () => {
    const { bench, paymentId } = await asked(openByTheirNumber);
    await bench.take('present').end(lost);
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true });
    for (let days = 0; days < 9; days += 1) await bench.clock.pass(day);
    expect(bench.count('query')).toBe(0);
    expect(bench.payment(paymentId).state).toBe('lapsed');
  });
});

describe('case 27: whose turn it is', () => {
  it('case 27: shown, closed and twice "no such order": that proves nothing about a code that somebody may have scanned, so it stays asked, and money is loud', async () => {
    for (const capabilities of [closable, closableUnpaid]) {
      const { bench, paymentId } = await up(capabilities);
      await bench.clock.pass(15);
      await passAnswering(bench, 1, () => outcomes.notFound());
      await bench.till.call('giveUp', { paymentId, commandId: 'c1' });
      await bench.take('query').answer(outcomes.notFound());
      await bench.take('reverse').answer(outcomes.notFound());
      await bench.clock.pass(15);
      await bench.take('query').answer(outcomes.notFound());
      expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true, verdict: 'notKnownYet' });
      await bench.clock.pass(60);
      await bench.take('query').answer(outcomes.paid());
      expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'paidAfterGivingUp', quiet: false, open: true });
    }
  });

  it('case 27: what a notice made the till ask, and is still unpaid, is quiet like any other such word', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 239, () => outcomes.waiting());
    await bench.clock.pass(1);
    await bench.take('query').answer(outcomes.unknown('gatewayUnsure'));
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'cannotUndo', quiet: false });
    bench.till.notified('bench', notice({ attemptRef: bench.payment(paymentId).attemptRef, verified: true }));
    await bench.take('query').answer(outcomes.waiting());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true });
  });

  it('case 27: a garbled first answer doesn\'t make a code loud that the gateway calls unpaid until the end', async () => {
    const { bench, paymentId } = await asked(closable);
    await bench.take('present').answer(outcomes.unknown('mismatch'));
    for (let second = 0; second < 300 && bench.payment(paymentId).state !== 'review'; second += 1) {
      await bench.clock.pass(1);
      while (bench.pending[0] !== undefined) {
        if (bench.pending[0].call === 'query') await bench.take('query').answer(outcomes.waiting());
        else await bench.take('reverse').answer(outcomes.unknown('reversalRefused'));
      }
    }
    expect(bench.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'codeNotClosed', quiet: true });
  });
});

describe('the same customer', () => {
  it('case 11: a code that can\'t be closed may still be paid by whoever stands there: the same amount asks once', async () => {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 240, () => outcomes.waiting());
    expect(bench.payment(paymentId).quiet).toBe(true);
    expect(await bench.show(3850)).toMatchObject({ kind: 'askSameCustomer', other: { paymentId } });
    expect(await bench.pay('130000000000000004', 3850)).toMatchObject({ kind: 'askSameCustomer' });
    const said = bench.show(3850, { assurances: ['anotherCustomer'] });
    await settle();
    await bench.take('query').answer(outcomes.waiting());
    expect(await said).toMatchObject({ kind: 'started' });
    await bench.clock.pass(20 * 60);
    expect(await bench.show(1200)).toMatchObject({ kind: 'started' });
  });

  /** A code that nothing closes, its time over, and another customer charged the same amount by a scan. */
  async function saidToBeAnother() {
    const { bench, paymentId } = await up(open);
    await passAnswering(bench, 240, () => outcomes.waiting());
    const another = () => bench.pay('130000000000000004', 3850, { assurances: ['anotherCustomer'] });
    const said = another();
    await settle();
    return { bench, paymentId, said, another };
  }

  it('case 11: before another customer is charged, the gateway is asked once more, and nothing is charged until it has answered', async () => {
    const { bench, paymentId, said } = await saidToBeAnother();
    expect(bench.pending.map(({ call, attemptRef }) => [call, attemptRef])).toEqual([['query', bench.payment(paymentId).attemptRef]]);
    await bench.take('query').answer(outcomes.waiting());
    expect(await said).toMatchObject({ kind: 'started' });
    expect(bench.payment(paymentId).quiet).toBe(true);
    expect(bench.take('pay').code).toBe('130000000000000004');
  });

  it('case 11: a code that turns out to be paid then charges nobody a second time without another word', async () => {
    const { bench, paymentId, said, another } = await saidToBeAnother();
    await bench.take('query').answer(outcomes.paid());
    expect(await said).toMatchObject({ kind: 'askSameCustomer', givenUp: false, other: { paymentId, state: 'review', reviewReason: 'paidAfterGivingUp', quiet: false } });
    expect(bench.count('pay')).toBe(0);
    expect(await another()).toMatchObject({ kind: 'started' });
    expect(bench.count('pay')).toBe(1);
  });

  it.each([
    ['somebody is paying it', { ...outcomes.waiting(), payerIsThere: true } as ReturnType<typeof outcomes.waiting>, 'payerIsPaying'],
    ['another amount was paid', outcomes.unknown('mismatch'), 'answerMismatch'],
  ] as const)('case 11: a code of which it is then said that %s charges nobody without another word either, and a second word does', async (_what, answer, reviewReason) => {
    const { bench, said, another } = await saidToBeAnother();
    await bench.take('query').answer(answer);
    expect(await said).toMatchObject({ kind: 'askSameCustomer', other: { reviewReason } });
    expect(bench.count('pay')).toBe(0);
    const again = another();
    await settle();
    await bench.take('query').answer(answer);
    expect(await again).toMatchObject({ kind: 'started' });
    expect(bench.count('pay')).toBe(1);
  });

  it('case 11: a gateway that does not answer keeps nobody waiting longer than its time', async () => {
    const lostOne = await saidToBeAnother();
    await lostOne.bench.take('query').end(lost);
    expect(await lostOne.said).toMatchObject({ kind: 'started' });
    const silent = await saidToBeAnother();
    await silent.bench.clock.pass(14);
    expect(silent.bench.count('pay')).toBe(0);
    await silent.bench.clock.pass(1);
    expect(await silent.said).toMatchObject({ kind: 'started' });
  });

  it('case 11: an answer to a question from before lets no other customer be charged: it is asked once more, in the same time', async () => {
    const answeredLate = async () => {
      const { bench, paymentId } = await up(open);
      await passAnswering(bench, 240, () => outcomes.waiting());
      await bench.till.call('askNow', { paymentId });
      const older = bench.take('query');
      const said = bench.pay('130000000000000004', 3850, { assurances: ['anotherCustomer'] });
      await bench.clock.pass(10);
      await older.answer(outcomes.waiting());
      expect(bench.count('pay')).toBe(0);
      return { bench, paymentId, said };
    };
    const { bench, paymentId, said } = await answeredLate();
    await bench.take('query').answer(outcomes.paid());
    expect(await said).toMatchObject({ kind: 'askSameCustomer', other: { paymentId, reviewReason: 'paidAfterGivingUp' } });
    const silent = await answeredLate();
    await silent.bench.clock.pass(4);
    expect(silent.bench.count('pay')).toBe(0);
    await silent.bench.clock.pass(1);
    expect(await silent.said).toMatchObject({ kind: 'started' });
  });

  it('case 11: the same command once more while it waits is one sale', async () => {
    const { bench } = await up(open);
    await passAnswering(bench, 240, () => outcomes.waiting());
    const scan = bench.scan('130000000000000004');
    if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
    const again = () => bench.till.call('pay', { commandId: 'twice', scanId: scan.scanId, amount: makeAmount(3850, 'CNY'), assurances: ['anotherCustomer'] });
    const both = [again(), again()];
    await settle();
    await bench.take('query').answer(outcomes.waiting());
    const [first, second] = await Promise.all(both);
    expect(first).toMatchObject({ kind: 'started' });
    expect(second).toMatchObject({ kind: 'started', payment: { paymentId: first?.kind === 'started' ? first.payment.paymentId : '' } });
    expect(bench.count('pay')).toBe(1);
  });

  it('case 11: nobody waits for a code that its gateway will close', async () => {
    const { bench } = await up(closableUnpaid);
    expect(await bench.pay('130000000000000004', 3850)).toMatchObject({ kind: 'askSameCustomer' });
    expect(await bench.pay('130000000000000004', 3850, { assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'started' });
    expect(bench.count('query')).toBe(0);
  });
});

describe('after a power cut', () => {
  it('case 6: its terminal gone and put back while its close was out, and no number known: a person\'s, and never forgotten', async () => {
    const { bench, paymentId } = await asked(closedByOurs);
    await bench.take('present').end(lost);
    await bench.clock.pass(15);
    expect(bench.take('reverse').call).toBe('reverse');
    const moved = bench.reborn({ account: '200' });
    await moved.till.start();
    expect(moved.payment(paymentId)).toMatchObject({ state: 'review', reviewReason: 'identityMissing' });
    const back = moved.reborn({ account: '100' });
    await back.till.start();
    expect(back.payment(paymentId).state).toBe('review');
    expect(back.till.activePayments()[0]?.attempts[0]?.timers.next).toBeDefined();
  });


  it('the code whose screen is gone is closed, and what was paid meanwhile is paid', async () => {
    for (const answer of [outcomes.waiting(), outcomes.paid()]) {
      const { bench, paymentId } = await up(closableUnpaid);
      const again = bench.reborn();
      const started = again.till.start();
      await again.take('query').answer(answer);
      await started;
      expect(again.payment(paymentId).shownCode).toBeNull();
      if (answer.kind === 'paid') {
        expect(again.payment(paymentId)).toMatchObject({ state: 'paid', verdict: 'paid' });
        continue;
      }
      await passAnswering(again, 15, () => outcomes.waiting());
      await again.take('reverse').answer(outcomes.reversed());
      await again.take('query').answer(outcomes.declined(true));
      expect(again.payment(paymentId).verdict).toBe('notPaid');
    }
  });
});

describe('from scan to show and back', () => {
  it('money rule 4: no code is shown while the scanned one is open, and none is charged while one is shown', async () => {
    const bench = await Bench.started({ capabilities: closable });
    const { paymentId } = await bench.started();
    expect(await bench.show(3850, { paymentId })).toMatchObject({ kind: 'refused' });
    await bench.take('pay').answer(outcomes.declined());
    const shown = await bench.shown(3850, { paymentId });
    expect(shown.paymentId).toBe(paymentId);
    await bench.take('present').answer(outcomes.shown());
    expect(await bench.pay('130000000000000009', 3850, { paymentId })).toMatchObject({ kind: 'refused' });
    expect(bench.count('pay')).toBe(1);
  });

  it('a code is taken back at once where the scan that was called declined before it turns out to be paid', async () => {
    for (const capabilities of [closable, closableUnpaid]) {
      const bench = await Bench.started({ capabilities });
      const { paymentId, attemptRef } = await bench.started();
      await bench.take('pay').answer(outcomes.declined(true));
      await bench.clock.pass(55);
      await bench.shown(3850, { paymentId });
      await bench.take('present').answer(outcomes.shown());
      await passAnswering(bench, 4, () => outcomes.waiting());
      await bench.clock.pass(1);
      const sentinel = bench.pending.findIndex((request) => request.attemptRef === attemptRef);
      expect(sentinel).toBeGreaterThanOrEqual(0);
      const [request] = bench.pending.splice(sentinel, 1);
      await request?.answer(outcomes.paid());
      await bench.clock.pass(1);
      expect(bench.till.activePayments().find((payment) => payment.paymentId === paymentId)?.attempts.map(({ name }) => name)).toEqual(['review', 'reversing']);
      expect(bench.payment(paymentId)).toMatchObject({ shownCode: null });
    }
  });

  it('case 8: the same command is the same code', async () => {
    const bench = await Bench.started({ capabilities: closable });
    const first = await bench.show(3850, { commandId: 'once' });
    const second = await bench.show(3850, { commandId: 'once' });
    expect(first.kind === 'started' && second.kind === 'started' && first.payment.paymentId === second.payment.paymentId).toBe(true);
    expect(bench.count('present')).toBe(1);
  });
});
