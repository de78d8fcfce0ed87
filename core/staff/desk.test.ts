/** People at a running till: who may sell, who approves, and that no PIN leaves the call in which it came. */
import { describe, expect, it } from 'vitest';
import { makeAmount } from '../money/amount.ts';
import { Bench } from '../testing/bench.ts';
import { command, open, paid, pin, pins, signIn, staffed } from '../testing/shop.ts';

describe('signing in', () => {
  it('a till without people sells as it stands; the first owner’s PIN puts the sign-in on, with that owner at the till', async () => {
    const bench = await Bench.started({ screens: true });
    expect(bench.till.status()).toMatchObject({ staff: { state: 'none' }, shiftNeeded: false });
    await bench.started();
    const shop = await staffed();
    expect(shop.till.status()).toMatchObject({ staff: { state: 'signedIn', person: { name: 'owner', role: 'owner' } }, shiftNeeded: true });
  });

  it('after a start nobody is at the till, and nothing is sold before somebody is, in a shift', async () => {
    const bench = (await staffed()).reborn();
    await bench.till.start();
    expect(bench.till.status().staff.state).toBe('signedOut');
    expect(await bench.pay('130000000000000001', 100)).toMatchObject({ kind: 'refused', message: { key: 'signInFirst' } });
    await signIn(bench, 'cashier');
    expect(await bench.pay('130000000000000001', 100)).toMatchObject({ kind: 'refused', message: { key: 'shiftClosed' } });
    await bench.till.call('openShift', { commandId: command(), floatMinor: 0 });
    expect(await bench.pay('130000000000000001', 100)).toMatchObject({ kind: 'started', payment: { operator: { name: 'cashier' } } });
  });

  it('five wrong PINs make the till wait a minute, also over a restart, and a right one then counts', async () => {
    const bench = await staffed();
    for (let left = 4; left > 0; left -= 1) expect(await bench.till.call('signIn', { approval: pin('0000') })).toMatchObject({ kind: 'wrongPin', triesLeft: left });
    expect(await bench.till.call('signIn', { approval: pin('0000') })).toMatchObject({ kind: 'pinWait' });
    expect(await bench.till.call('signIn', { approval: pin(pins.owner) })).toMatchObject({ kind: 'pinWait' });
    const after = bench.reborn();
    await after.till.start();
    expect(await after.till.call('signIn', { approval: pin(pins.owner) })).toMatchObject({ kind: 'pinWait' });
    await after.clock.pass(61);
    expect(await after.till.call('signIn', { approval: pin(pins.owner) })).toMatchObject({ kind: 'signedIn' });
  });

  it('wrong PINs below five are counted over a restart, forgotten as any others, and told without a digit of them', async () => {
    const bench = await staffed();
    for (const digits of ['0000', '0001', '0002']) await bench.till.call('signIn', { approval: pin(digits) });
    await signIn(bench, 'cashier');
    const after = bench.reborn();
    await after.till.start();
    expect(after.till.status().staff.triesLeft).toBe(2);
    expect(await after.till.call('signIn', { approval: pin('0003') })).toMatchObject({ kind: 'wrongPin', triesLeft: 1 });
    expect(await after.reborn().till.call('signIn', { approval: pin('0004') })).toMatchObject({ kind: 'pinWait' });
    const later = after.reborn();
    await later.clock.pass(61);
    expect(await later.till.call('signIn', { approval: pin('0005') })).toMatchObject({ kind: 'wrongPin', triesLeft: 4 });
    const last = later.reborn();
    expect(last.till.status().staff.triesLeft).toBe(4);
    await last.clock.pass(601);
    expect(last.till.status().staff.triesLeft).toBe(5);
    const rows = bench.journal.rows.filter((row) => row.type === 'wrongPin').map((row) => JSON.parse(row.payload) as Readonly<Record<string, unknown>>);
    expect(rows.map((row) => row['tries'])).toEqual([1, 2, 3, 4, 1]);
    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(['by', 'commandId', 'time', 'tries', 'type']);
  });

  it('a locked till takes no scan, and whoever was there stays', async () => {
    const bench = await open();
    await bench.till.call('lock', {});
    expect(await bench.pay('130000000000000001', 100)).toMatchObject({ kind: 'refused', message: { key: 'tillLocked' } });
    await signIn(bench, 'cashier');
    expect(await bench.pay('130000000000000001', 100)).toMatchObject({ kind: 'started' });
  });

  it('a badge is found by its scan, signs in, and its number stands nowhere', async () => {
    const bench = await staffed();
    const [owner] = await bench.till.call('people', {});
    const seen = bench.scan('BADGE-0815-WANG');
    expect(seen).toMatchObject({ kind: 'other' });
    const scanId = seen.kind === 'other' ? (seen.scanId ?? '') : '';
    expect(await bench.till.call('setBadge', { commandId: command(), operatorId: owner?.operatorId ?? '', scanId })).toMatchObject({ kind: 'done' });
    const badge = bench.scan('BADGE-0815-WANG');
    expect(badge).toMatchObject({ kind: 'badge', person: { name: 'owner' } });
    await signIn(bench, 'cashier');
    expect(await bench.till.call('signIn', { approval: { kind: 'badge', scanId: badge.kind === 'badge' ? badge.scanId : '' } })).toMatchObject({ kind: 'signedIn', person: { name: 'owner' } });
    expect(JSON.stringify([bench.journal.rows, bench.logged, bench.events])).not.toContain('BADGE-0815');
  });

  it('no PIN stands in the journal, in a log or in an event', async () => {
    const bench = await open();
    await bench.till.call('signIn', { approval: pin('0000') });
    const everything = JSON.stringify([bench.journal.rows.map((row) => row.payload), bench.logged, bench.events]);
    for (const digits of [...Object.values(pins), '"0000"']) expect(everything).not.toContain(`"${digits}"`);
  });
});

describe('approvals', () => {
  const refund = (bench: Bench, paymentId: string, minor: number, digits?: string) =>
    bench.till.call('refund', { commandId: command(), paymentId, amount: makeAmount(minor, 'CNY'), reason: 'returned', ...(digits === undefined ? {} : { approval: pin(digits) }) });

  it('up to the limit a cashier gives money back; above it a supervisor approves, as an act of its own', async () => {
    const bench = await open();
    const { paymentId } = await paid(bench, 20_000, '130000000000000001');
    expect(await refund(bench, paymentId, 5001)).toMatchObject({ kind: 'approvalNeeded', role: 'supervisor' });
    expect(await refund(bench, paymentId, 5001, pins.cashier)).toMatchObject({ kind: 'approvalNeeded' });
    expect(bench.count('refund')).toBe(0);
    expect(await refund(bench, paymentId, 5001, pins.supervisor)).toMatchObject({ kind: 'started', refund: { by: { name: 'cashier' }, approvedBy: { name: 'supervisor' } } });
    const rows = bench.journal.rows.filter((row) => row.aggregate === paymentId).map((row) => row.type);
    expect(rows.slice(-2)).toEqual(['refundCreated', 'approved']);
    expect(bench.till.paymentDetail(paymentId)?.timeline.find((line) => line.what === 'approved')).toMatchObject({ person: 'supervisor' });
  });

  it('several small refunds of one payment are one large one', async () => {
    const bench = await open();
    const { paymentId } = await paid(bench, 20_000, '130000000000000001');
    expect(await refund(bench, paymentId, 5000)).toMatchObject({ kind: 'started' });
    await bench.take('refund').answer({ kind: 'refunded', refund: { gatewayRefundRef: null, refundedAt: null }, evidence: { code: null, words: null } });
    expect(await refund(bench, paymentId, 1)).toMatchObject({ kind: 'approvalNeeded', role: 'supervisor' });
  });

  it('a wrong PIN sends nothing and says how many tries are left', async () => {
    const bench = await open();
    const { paymentId } = await paid(bench, 20_000, '130000000000000001');
    expect(await refund(bench, paymentId, 10_000, '0000')).toMatchObject({ kind: 'wrongPin', triesLeft: 4 });
    expect(bench.count('refund')).toBe(0);
  });

  it('only the owner records an outcome, whoever is signed in', async () => {
    const bench = await open();
    await signIn(bench, 'owner');
    const payment = await bench.started('130000000000000009', 700);
    await bench.take('pay').answer({ kind: 'declined', reason: 'other', aboutOrder: true, order: null, evidence: { code: null, words: null } });
    await bench.clock.pass(60);
    await bench.take('query').answer({ kind: 'paid', order: { gatewayRef: 'G', walletRef: null, wallet: null, payerId: null, paidAt: null }, aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence: { code: null, words: null } });
    const word = { commandId: command(), paymentId: payment.paymentId, as: 'paid', how: 'supportSaid', sentence: null } as const;
    expect(await bench.till.call('settle', word)).toMatchObject({ kind: 'approvalNeeded', role: 'owner' });
    expect(await bench.till.call('settle', { ...word, approval: pin(pins.supervisor) })).toMatchObject({ kind: 'approvalNeeded' });
    expect(await bench.till.call('settle', { ...word, approval: pin(pins.owner) })).toMatchObject({ kind: 'done', payment: { settled: { by: { name: 'owner' } } } });
  });
});
