/** A shift at a running till, over days that begin at four, a clock set back, and currencies apart: sums to the minor unit. */
import { describe, expect, it } from 'vitest';
import { firstHash, rowHash } from '../journal/chain.ts';
import { verifyJournal } from '../journal/verify.ts';
import { makeAmount } from '../money/amount.ts';
import type { Bench } from '../testing/bench.ts';
import { outcomes } from '../testing/bench.ts';
import { cash, command, open, paid, pin, pins, signIn } from '../testing/shop.ts';

async function count(bench: Bench, countedMinor: number) {
  return bench.till.call('countDrawer', { commandId: command(), countedMinor });
}

async function close(bench: Bench, change: { readonly differenceReason?: string; readonly leftMinor?: number } = {}) {
  const reply = await bench.till.call('closeShift', { commandId: command(), ...change });
  if (reply.kind !== 'closed') throw new Error(JSON.stringify(reply));
  return reply.z.report;
}

function verified(bench: Bench): ReturnType<typeof verifyJournal> {
  const { journal } = bench;
  return verifyJournal(journal, {
    payments: journal.paymentRecords.values(), refunds: journal.refundRecords.values(), moves: journal.moves, shifts: journal.shifts.values(),
    printJobs: journal.jobs.values(), commands: [...journal.commands].map(([commandId, aggregate]) => ({ commandId, aggregate })),
  });
}

describe('case 39: a shift', () => {
  it('case 39: sums by what became certain, and closes with a Z that the rows make again to the byte', async () => {
    const bench = await open(50_000, { printer: true });
    await paid(bench, 3850, '130000000000000001');
    const { paymentId } = await paid(bench, 10_000, '280000000000000002');
    await cash(bench, 1998, 2000);
    await bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(2500, 'CNY'), reason: 'returned' });
    await bench.take('refund').answer(outcomes.refunded());
    await bench.till.call('moveCash', { commandId: command(), direction: 'out', amountMinor: 20_000, reason: 'bank', approval: pin(pins.supervisor) });
    expect(await count(bench, 31_990)).toMatchObject({ kind: 'counted', count: { expected: { minor: 32_000 }, differenceMinor: -10 } });
    expect(await bench.till.call('closeShift', { commandId: command() })).toMatchObject({ kind: 'refused', message: { key: 'differenceReasonMissing' } });
    const z = await close(bench, { differenceReason: 'a coin fell down', leftMinor: 30_000 });
    expect(z).toMatchObject({ number: 1, differenceMinor: -10, left: { minor: 30_000 }, sums: { expectedDrawerMinor: 32_000 } });
    expect(z.sums.tenders).toEqual([
      { gateway: 'bench', wallet: 'alipay', currency: 'CNY', sales: 1, salesMinor: 10_000, refunds: 1, refundsMinor: 2500 },
      { gateway: 'bench', wallet: 'wechat', currency: 'CNY', sales: 1, salesMinor: 3850, refunds: 0, refundsMinor: 0 },
      { gateway: 'cash', wallet: 'cash', currency: 'CNY', sales: 1, salesMinor: 2000, refunds: 0, refundsMinor: 0 },
    ]);
    expect(verified(bench).kind).toBe('whole');
    await bench.clock.pass(60);
    expect(bench.printed.filter((job) => job.jobId.startsWith('z.'))).toHaveLength(1);
  });

  it('says of no other movement that it is booked: the same command with another direction, sum or reason is refused', async () => {
    const bench = await open(50_000);
    const out = { commandId: 'drawer-once', direction: 'out', amountMinor: 30_000, reason: 'bank', approval: pin(pins.supervisor) } as const;
    expect(await bench.till.call('moveCash', out)).toMatchObject({ kind: 'done' });
    expect(await bench.till.call('moveCash', out)).toMatchObject({ kind: 'done' });
    for (const change of [{ direction: 'in' }, { amountMinor: 20_000 }, { reason: 'supplier' }] as const) {
      expect(await bench.till.call('moveCash', { ...out, ...change })).toMatchObject({ kind: 'refused', message: { key: 'drawerMovedOtherwise' } });
    }
    expect(await bench.till.call('countDrawer', { commandId: command(), countedMinor: 20_000 })).toMatchObject({ kind: 'counted', count: { differenceMinor: 0 } });
  });

  it('case 8: a movement asked for again is answered by what is booked before its PIN is looked at, and to nobody but who booked it', async () => {
    const bench = await open(50_000);
    const wrong = pin('0000');
    const out = { commandId: 'drawer-again', direction: 'out', amountMinor: 20_000, reason: 'bank', approval: pin(pins.supervisor) } as const;
    expect(await bench.till.call('moveCash', { ...out, approval: wrong })).toMatchObject({ kind: 'wrongPin' });
    expect(await bench.till.call('moveCash', out)).toMatchObject({ kind: 'done' });
    expect(await bench.till.call('moveCash', { ...out, approval: wrong })).toMatchObject({ kind: 'done' });
    expect(await bench.till.call('moveCash', { ...out, reason: 'supplier', approval: wrong })).toMatchObject({ kind: 'refused', message: { key: 'drawerMovedOtherwise' } });
    const moved = (): number => bench.journal.moves.filter(({ kind }) => kind === 'drawerOut').length;
    await bench.till.call('lock', {});
    expect(await bench.till.call('moveCash', { ...out, approval: wrong })).toMatchObject({ kind: 'wrongPin' });
    expect(await bench.till.call('moveCash', { commandId: out.commandId, direction: 'in', amountMinor: 20_000, reason: 'bank' })).toMatchObject({ kind: 'approvalNeeded' });
    await signIn(bench, 'supervisor');
    expect(await bench.till.call('moveCash', { ...out, approval: wrong })).toMatchObject({ kind: 'wrongPin' });
    expect(await bench.till.call('moveCash', out)).toMatchObject({ kind: 'done' });
    expect(moved()).toBe(1);
  });

  it('case 39: an edited Z is found', async () => {
    const bench = await open(0);
    await cash(bench, 1000);
    await count(bench, 1000);
    await close(bench);
    const { rows } = bench.journal;
    const index = rows.findIndex((row) => row.type === 'shiftClosed');
    // Chained anew, so that only the Z itself can give it away.
    for (let at = index; at < rows.length; at += 1) {
      const row = rows[at];
      if (row === undefined) throw new Error('no row');
      const payload = at === index ? row.payload.replaceAll('"salesMinor":1000', '"salesMinor":900') : row.payload;
      const edited = { ...row, payload, previousHash: rows[at - 1]?.hash ?? firstHash };
      rows[at] = { ...edited, hash: rowHash(edited) };
    }
    expect(verified(bench)).toMatchObject({ kind: 'broken', sequence: index + 1, why: 'Z report 1 is not what its rows make' });
  });

  it('case 39: a payment counts in the shift in which it became paid, and the Z before lists it as carried over', async () => {
    const bench = await open(0);
    const late = await bench.started('130000000000000001', 4520);
    await bench.take('pay').answer(outcomes.waiting());
    await count(bench, 0);
    const first = await close(bench);
    expect(first.sums.carriedOver).toMatchObject([{ kind: 'payment', reference: late.attemptRef, amount: { minor: 4520 } }]);
    expect(first.sums.tenders).toEqual([]);
    // Between two shifts: it belongs to the next one.
    await bench.clock.pass(3);
    await bench.take('query').answer(outcomes.paid());
    await bench.till.call('openShift', { commandId: command(), floatMinor: 0 });
    await count(bench, 0);
    const second = await close(bench);
    expect(second).toMatchObject({ number: 2, sums: { tenders: [{ sales: 1, salesMinor: 4520 }], carriedOver: [] } });
    expect(verified(bench).kind).toBe('whole');
  });

  it('case 39: a clock set back by a day changes no sum', async () => {
    const bench = await open(0);
    await paid(bench, 100, '130000000000000001');
    bench.clock.setWall(bench.clock.wall() - 86_400_000);
    await paid(bench, 200, '130000000000000002');
    await count(bench, 0);
    const z = await close(bench);
    expect(z.sums.tenders).toMatchObject([{ sales: 2, salesMinor: 300 }]);
    await bench.till.call('openShift', { commandId: command(), floatMinor: 0 });
    await count(bench, 0);
    expect((await close(bench)).sums.tenders).toEqual([]);
    expect(verified(bench).kind).toBe('whole');
  });

  it('can’t be closed twice, and the same command gets the same Z, also after the next shift was opened', async () => {
    const bench = await open(0);
    await count(bench, 0);
    const first = await bench.till.call('closeShift', { commandId: 'close-once' });
    expect(first).toMatchObject({ kind: 'closed', z: { report: { number: 1 } } });
    expect(await bench.till.call('closeShift', { commandId: command() })).toMatchObject({ kind: 'refused', message: { key: 'shiftNotOpen' } });
    await bench.till.call('openShift', { commandId: command(), floatMinor: 0 });
    expect(await bench.till.call('closeShift', { commandId: 'close-once' })).toMatchObject({ kind: 'closed', z: { report: { number: 1 } } });
    expect(bench.till.status().shift).toMatchObject({ number: 2 });
  });

  it('hides the cash from whoever will count, until a supervisor shows it, which is journaled', async () => {
    const bench = await open(10_000);
    await cash(bench, 5000);
    const hidden = await bench.till.call('xReport', {});
    expect(hidden).toMatchObject({ kind: 'report', report: { cashShown: false, sums: { expectedDrawerMinor: 0, tenders: [{ gateway: 'cash', sales: 1, salesMinor: 0 }] } } });
    expect(await bench.till.call('xReport', { approval: pin(pins.cashier) })).toMatchObject({ kind: 'approvalNeeded' });
    expect(await bench.till.call('xReport', { approval: pin(pins.supervisor) })).toMatchObject({ kind: 'report', report: { cashShown: true, sums: { expectedDrawerMinor: 15_000 } } });
    expect(bench.journal.rows.at(-1)?.type).toBe('expectedShown');
    const day = await bench.till.call('day', { day: '2026-11-21', filter: {} });
    expect(day).toMatchObject({ cashShown: false, totals: { byWallet: [{ key: 'cash', sales: 1, salesMinor: 0 }] } });
    await signIn(bench, 'owner');
    expect(await bench.till.call('day', { day: '2026-11-21', filter: {} })).toMatchObject({ cashShown: true, totals: { byWallet: [{ key: 'cash', salesMinor: 5000 }] } });
  });

  it('prints an X as the screen has it: with the cash once a supervisor showed it, and without it once it was asked for anew', async () => {
    const bench = await open(10_000, { printer: true });
    await cash(bench, 5000);
    const onPaper = async (): Promise<string> => {
      await bench.till.call('printX', {});
      await bench.clock.pass(60);
      return JSON.stringify(bench.printed.findLast((job) => job.jobId.startsWith('x.'))?.document.blocks);
    };
    await bench.till.call('xReport', {});
    expect(await onPaper()).not.toContain('150.00');
    await bench.till.call('xReport', { approval: pin(pins.supervisor) });
    expect(await onPaper()).toContain('150.00');
    await bench.till.call('xReport', { approval: pin(pins.cashier) });
    expect(await onPaper()).toContain('150.00');
    await bench.till.call('xReport', {});
    expect(await onPaper()).not.toContain('150.00');
  });

  it('a second count is the one recount, and a sale in between voids both', async () => {
    const bench = await open(0);
    await cash(bench, 5000);
    await count(bench, 4900);
    await count(bench, 5000);
    expect(await count(bench, 5100)).toMatchObject({ kind: 'refused', message: { key: 'recountUsed' } });
    await cash(bench, 100);
    expect(await bench.till.call('closeShift', { commandId: command() })).toMatchObject({ kind: 'refused', message: { key: 'countFirst' } });
    await count(bench, 5100);
    expect(await close(bench)).toMatchObject({ differenceMinor: 0 });
  });
});

describe('cash', () => {
  it('is taken at once, rounded, with change; short it books nothing', async () => {
    const bench = await open(0, { printer: true });
    expect(await bench.till.call('payCash', { commandId: command(), amount: makeAmount(3852, 'CNY'), receivedMinor: 3800 })).toMatchObject({ kind: 'short', by: { minor: 50 } });
    const payment = await cash(bench, 3852, 5000);
    expect(payment).toMatchObject({ tender: 'cash', verdict: 'paid', amount: { minor: 3850 }, cash: { received: { minor: 5000 }, change: { minor: 1150 }, roundingMinor: -2 } });
    expect(bench.sent).toHaveLength(0);
    expect(bench.printed.map((job) => job.jobId.split('.')[0])).toEqual(['drawer']);
  });

  it('says that the drawer stayed shut, and the cash is booked', async () => {
    const bench = await open(0, { printer: true });
    bench.printing = { kind: 'notBegun', problem: 'unreachable', detail: 'no printer' };
    const payment = await cash(bench, 1000);
    await bench.clock.pass(1);
    expect(bench.payment(payment.paymentId)).toMatchObject({ verdict: 'paid', message: { key: 'drawerNotOpened' } });
    // CASES 40: it doesn't open by itself beside nobody.
    bench.printing = { kind: 'printed' };
    await bench.clock.pass(30);
    bench.device({ type: 'printer', state: 'ready', problem: null, detail: null });
    await bench.clock.pass(1);
    expect(bench.printed).toHaveLength(0);
  });

  it('is taken back by the same person before the next sale, and by nobody later', async () => {
    const bench = await open(0);
    const first = await cash(bench, 1000);
    expect(await bench.till.call('returnCash', { commandId: command(), paymentId: first.paymentId })).toMatchObject({ kind: 'done', payment: { state: 'reversed', verdict: 'notPaid', cash: { returned: true } } });
    const second = await cash(bench, 2000);
    await signIn(bench, 'supervisor');
    expect(await bench.till.call('returnCash', { commandId: command(), paymentId: second.paymentId })).toMatchObject({ kind: 'refused', message: { key: 'cashReturnTooLate' } });
    await signIn(bench, 'cashier');
    await paid(bench, 300, '130000000000000001');
    expect(await bench.till.call('returnCash', { commandId: command(), paymentId: second.paymentId })).toMatchObject({ kind: 'refused', message: { key: 'cashReturnTooLate' } });
    await count(bench, 2000);
    expect(await close(bench)).toMatchObject({ sums: { cashReturned: { count: 1, minor: 1000 }, expectedDrawerMinor: 2000 } });
    expect(verified(bench).kind).toBe('whole');
  });

  it('is refunded out of the drawer, at once and with a slip', async () => {
    const bench = await open(0, { printer: true });
    const { paymentId } = await cash(bench, 4000);
    expect(await bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(1500, 'CNY'), reason: 'returned' })).toMatchObject({ kind: 'started', refund: { way: 'cash', state: 'refunded' } });
    await bench.clock.pass(1);
    expect(bench.printed.map((job) => job.jobId.split('.')[0])).toEqual(['drawer', 'drawer', 'refund']);
    await count(bench, 2500);
    expect(await close(bench)).toMatchObject({ differenceMinor: 0 });
  });

  it('money rule 4: is never booked while a scanned payment of the sale is open', async () => {
    const bench = await open(0);
    const { paymentId } = await bench.started('130000000000000001', 4000);
    await bench.take('pay').answer(outcomes.waiting());
    expect(await bench.till.call('payCash', { commandId: command(), amount: makeAmount(4000, 'CNY'), receivedMinor: 4000, paymentId })).toMatchObject({ kind: 'refused', message: { key: 'cashWhileOpen' } });
  });

  it('a repeated command is one sale', async () => {
    const bench = await open(0);
    const request = { commandId: 'cash-once', amount: makeAmount(1000, 'CNY'), receivedMinor: 1000 };
    const first = await bench.till.call('payCash', request);
    const second = await bench.till.call('payCash', request);
    expect(first.kind === 'taken' && second.kind === 'taken' && first.payment.paymentId === second.payment.paymentId).toBe(true);
    expect(bench.journal.moves).toHaveLength(1);
  });
});
