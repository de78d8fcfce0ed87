/** A match finds every difference and nothing else, and the differences explain the totals to the minor unit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReconcileRow, StatementField } from '../contract/types.ts';
import { Matcher, type Match } from './matcher.ts';
import type { OurEntry, OurSide } from './our-side.ts';
import type { StatementRow } from './statement.ts';
import { noon, ourPayment, ourRefund, TestSide, theirRow } from '../testing/statement-book.ts';

const day = 86_400_000;
const bounds = { from: Date.UTC(2026, 10, 20, 16), to: Date.UTC(2026, 10, 21, 16) };
const days = { fromDay: '2026-11-21', toDay: '2026-11-21' };
const allReferences: readonly StatementField[] = ['attemptRef', 'gatewayRef', 'walletRef', 'refundRef', 'amount'];

function match(side: OurSide, rows: readonly StatementRow[], fields = allReferences): Match & { readonly all: readonly ReconcileRow[] } {
  const all: ReconcileRow[] = [];
  const matcher = new Matcher({ side, currency: 'CNY', fields, days, bounds, terminals: new Set(['T1']), sink: (row) => all.push(row) });
  for (const row of rows) matcher.add(row);
  return { ...matcher.finish(), all };
}

function said(found: { readonly all: readonly ReconcileRow[] }): string[] {
  return found.all.map((row) => `${row.kind} ${row.looksLike} ${row.effectMinor}`).toSorted();
}

function expectExplained(found: Match): void {
  expect(found.explainedMinor).toBe(found.theirsMinor - found.oursMinor);
  expect(found.matched + found.missingHere + found.different).toBe(found.rows);
}

describe('one payment', () => {
  const paid = ourPayment({ paymentId: '1' });

  it('matches by our number, by the gateway\'s, and by the wallet\'s', () => {
    const forms: Partial<StatementRow>[] = [{}, { attemptRef: null }, { attemptRef: null, gatewayRef: null, walletRef: 'W1' }];
    for (const form of forms) {
      const found = match(new TestSide([paid]), [theirRow(paid, form)]);
      expect(found).toMatchObject({ rows: 1, matched: 1, missingHere: 0, missingThere: 0, different: 0, theirsMinor: 3850, oursMinor: 3850 });
    }
  });

  it('matches by whichever reference the statement has a column for', () => {
    const found = match(new TestSide([paid]), [theirRow(paid, { attemptRef: null })], ['gatewayRef', 'amount']);
    expect(found).toMatchObject({ matched: 1, missingThere: 0 });
  });

  it('never matches by amount alone', () => {
    const found = match(new TestSide([paid]), [theirRow(paid, { attemptRef: 'X', gatewayRef: 'Y' })]);
    expect(said(found)).toEqual(['missingHere notInJournal 3850', 'missingThere notOnStatement -3850']);
    expectExplained(found);
  });

  it('names a row of another terminal', () => {
    const found = match(new TestSide([]), [theirRow(paid, { terminal: 'T2' })]);
    expect(found.all[0]).toMatchObject({ kind: 'missingHere', looksLike: 'notInJournal', fields: ['terminal'], effectMinor: 3850 });
  });

  it('shows another amount with both sides', () => {
    const found = match(new TestSide([paid]), [theirRow(paid, { minor: 3450, cells: { amount: '34.50' } })]);
    expect(found.all).toEqual([expect.objectContaining({ kind: 'different', looksLike: 'otherAmount', fields: ['amount'], effectMinor: -400, theirs: { amount: '34.50' } })]);
    expect(found.all[0]?.ours).toMatchObject({ paymentId: '1', reference: 'A1', gatewayRef: 'G1', amount: { minor: 3850, currency: 'CNY' }, state: 'paid' });
    expectExplained(found);
  });

  it('counts an amount that cannot be read as nothing, and says so', () => {
    const found = match(new TestSide([paid]), [theirRow(paid, { minor: null })]);
    expect(said(found)).toEqual(['different otherAmount -3850']);
    expectExplained(found);
  });

  it('is a duplicate where the statement has it twice', () => {
    const found = match(new TestSide([paid]), [theirRow(paid), theirRow(paid)]);
    expect(said(found)).toEqual(['missingHere duplicate 3850']);
    expectExplained(found);
  });

  it('matches what we have on the neighbouring day, and does not ask for it on this one', () => {
    for (const at of [noon - day, noon + day]) {
      const other = ourPayment({ paymentId: '1', at });
      expect(match(new TestSide([other]), [theirRow(other)])).toMatchObject({ matched: 1, different: 0, missingThere: 0, oursMinor: 3850 });
      expect(match(new TestSide([other]), [])).toMatchObject({ missingThere: 0, oursMinor: 0 });
    }
  });

  it('says that the statement books it on another day altogether', () => {
    const found = match(new TestSide([ourPayment({ paymentId: '1', at: noon - 5 * day })]), [theirRow(paid)]);
    expect(found.all[0]).toMatchObject({ kind: 'different', looksLike: 'otherDay', fields: ['time'], effectMinor: 3850 });
    expectExplained(found);
  });

  it('suspects the next statement where it began minutes before the day ended', () => {
    const found = match(new TestSide([ourPayment({ paymentId: '1', at: bounds.to - 60_000 })]), []);
    expect(said(found)).toEqual(['missingThere otherDay -3850']);
  });

  it('keeps another currency out of every sum', () => {
    const found = match(new TestSide([]), [theirRow(paid, { currency: 'AUD' })]);
    expect(found).toMatchObject({ missingHere: 1, theirsMinor: 0, explainedMinor: 0 });
    expect(match(new TestSide([paid]), [theirRow(paid, { currency: 'RMB' })])).toMatchObject({ matched: 1 });
  });

  it('passes over what did not end with money, and what is no payment', () => {
    const found = match(new TestSide([]), [theirRow(paid, { outcome: 'failed' }), theirRow(paid, { outcome: 'pending' }), theirRow(paid, { kind: 'other' })]);
    expect(found).toMatchObject({ rows: 0, missingHere: 0, theirsMinor: 0 });
  });
});

describe('booked there, not here', () => {
  it('names the attempt of a payment that the journal has as not paid, or still open', () => {
    for (const [moved, state, looksLike] of [['no', 'declined', 'bookedUnderOurNumber'], ['open', 'unknown', 'openHere']] as const) {
      const ours = ourPayment({ paymentId: '1', moved, state });
      const found = match(new TestSide([ours]), [theirRow(ours)]);
      expect(said(found)).toEqual([`missingHere ${looksLike} 3850`]);
      expect(found.booked).toEqual([{ paymentId: '1', attemptRefs: ['A1'], refundRef: null }]);
      expectExplained(found);
    }
  });

  it('names the second attempt that is paid as well', () => {
    const ours = ourPayment({ paymentId: '1', references: ['A1', 'B1'], gatewayRefs: ['G1', 'H1'] });
    const found = match(new TestSide([ours]), [theirRow(ours), theirRow(ours, { attemptRef: 'B1', gatewayRef: 'H1' })]);
    expect(said(found)).toEqual(['missingHere bookedUnderOurNumber 3850']);
    expect(found.booked).toEqual([{ paymentId: '1', attemptRefs: ['A1', 'B1'], refundRef: null }]);
  });

  it('names the attempt that was not undone', () => {
    const ours = ourPayment({ paymentId: '1', references: ['A1', 'B1'], moved: 'no', state: 'reversed' });
    const [first, second] = [theirRow(ours), theirRow(ours, { attemptRef: 'B1' })];
    const found = match(new TestSide([ours]), [first, second, { ...second, kind: 'undo', minor: -3850 }]);
    expect(found).toMatchObject({ matched: 2, missingHere: 1, booked: [{ attemptRefs: ['A1'] }] });
  });

  it('matches an attempt that was undone there, beside the one that paid', () => {
    const ours = ourPayment({ paymentId: '1', references: ['A1', 'B1'] });
    const first = theirRow(ours);
    const found = match(new TestSide([ours]), [first, { ...first, kind: 'undo', minor: -3850 }, theirRow(ours, { attemptRef: 'B1' })]);
    expect(found).toMatchObject({ rows: 3, matched: 3, booked: [] });
  });

  it('matches a payment and its undoing where we have it as undone', () => {
    const ours = ourPayment({ paymentId: '1', moved: 'no', state: 'reversed' });
    const found = match(new TestSide([ours]), [theirRow(ours, { kind: 'undo', minor: -3850 }), theirRow(ours)]);
    expect(found).toMatchObject({ rows: 2, matched: 2, missingHere: 0, booked: [] });
  });

  it('matches a payment that never counted here and was given back', () => {
    const ours = ourPayment({ paymentId: '1', moved: 'no', state: 'reversed' });
    const back = ourRefund(ours, 'R1', { minor: 3850, undo: true });
    const found = match(new TestSide([ours, back]), [theirRow(ours), theirRow(back)]);
    expect(found).toMatchObject({ rows: 2, matched: 2, theirsMinor: 0, oursMinor: 0, booked: [] });
    const twice = ourPayment({ paymentId: '2', references: ['A2', 'B2'] });
    const second = ourRefund(twice, 'R2', { minor: 3850, undo: true });
    const both = match(new TestSide([twice, second]), [theirRow(twice), theirRow(twice, { attemptRef: 'B2' }), theirRow(second)]);
    expect(both).toMatchObject({ rows: 3, matched: 3, theirsMinor: 3850, oursMinor: 3850, booked: [] });
  });

  it('differs where they undid what we have as paid', () => {
    const ours = ourPayment({ paymentId: '1' });
    const found = match(new TestSide([ours]), [theirRow(ours), theirRow(ours, { kind: 'undo', minor: -3850 })]);
    expect(said(found)).toEqual(['different otherState -3850']);
    expectExplained(found);
  });
});

describe('refunds', () => {
  it('case 29: that the journal lacks are told all, however few of them are shown', () => {
    const sold = Array.from({ length: 1200 }, (_none, index) => ourPayment({ paymentId: String(index) }));
    const rows = sold.flatMap((one) => [theirRow(one), theirRow(ourRefund(one, `R${one.paymentId}`), { cells: { refundRef: `R${one.paymentId}` } })]);
    const strangers = Array.from({ length: 1200 }, (_none, index) => theirRow(ourPayment({ paymentId: `X${index}` })));
    const found = match(new TestSide(sold), [...strangers, ...rows]);
    expect(found).toMatchObject({ matched: 1200, missingHere: 2400 });
    expect(found.differences).toHaveLength(1000);
    expect(found.refundsMissing).toEqual(sold.map(({ paymentId }) => ({ paymentId, minor: 1000, reference: `R${paymentId}` })));
  });

  const paid = ourPayment({ paymentId: '1' });
  const refund = ourRefund(paid, 'R1');
  const side = new TestSide([paid, refund]);

  it('match by their number, alone or behind the order\'s', () => {
    for (const refundRef of ['R1', 'A1-R1', 'A1R1']) expect(match(side, [theirRow(paid), theirRow(refund, { refundRef })])).toMatchObject({ matched: 2, missingThere: 0 });
  });

  it('match by order and amount where the row has no number of ours', () => {
    for (const refundRef of [null, 'A1', 'G1']) expect(match(side, [theirRow(paid), theirRow(refund, { refundRef })])).toMatchObject({ matched: 2, missingThere: 0 });
  });

  it('match by the gateway\'s number of that very refund, not by one of another that gave back as much', () => {
    const [first, second] = [ourRefund(paid, 'R1', { gatewayRefs: ['GR1'] }), ourRefund(paid, 'R2', { gatewayRefs: ['GR2'], moved: 'open', state: 'pending' })];
    const two = new TestSide([paid, first, second]);
    expect(match(two, [theirRow(paid), theirRow(first, { refundRef: 'GR1' })])).toMatchObject({ matched: 2, missingHere: 0, missingThere: 0 });
    const found = match(two, [theirRow(paid), theirRow(second, { refundRef: 'GR2' })]);
    expect(found.booked).toEqual([{ paymentId: '1', attemptRefs: [], refundRef: 'R2' }]);
    expect(said(found)).toEqual(['missingHere openHere -1000', 'missingThere refundMissing 1000']);
    // One number for both: the amount tells.
    const alike = [ourRefund(paid, 'R1', { gatewayRefs: ['GR'] }), ourRefund(paid, 'R2', { gatewayRefs: ['GR'], minor: 250 })];
    expect(match(new TestSide([paid, ...alike]), [theirRow(paid), ...alike.map((one) => theirRow(one, { refundRef: 'GR' }))])).toMatchObject({ matched: 3, missingHere: 0, missingThere: 0 });
  });

  it('are booked under one gateway\'s number also where the answer that named it for the second was lost, in whatever order they stand', () => {
    const [first, second] = [ourRefund(paid, 'R1', { gatewayRefs: ['GR'] }), ourRefund(paid, 'R2', { minor: 250, moved: 'no', state: 'refused' })];
    const shared = new TestSide([paid, first, second]);
    const rows = [first, second].map((one) => theirRow(one, { refundRef: 'GR' }));
    for (const inOrder of [rows, rows.toReversed()]) {
      const found = match(shared, [theirRow(paid), ...inOrder]);
      expect(found.booked).toEqual([{ paymentId: '1', attemptRefs: [], refundRef: 'R2' }]);
      expect(said(found)).toEqual(['missingHere bookedUnderOurNumber -250']);
      expectExplained(found);
    }
    // The very same row twice is still a row too many.
    expect(said(match(new TestSide([paid, first]), [theirRow(paid), ...[first, first].map((one) => theirRow(one, { refundRef: 'GR' }))]))).toEqual(['missingHere duplicate -1000']);
  });

  describe('under a number that two of them may have, where the second one\'s answer was lost', () => {
    const named = ourRefund(paid, 'R1', { gatewayRefs: ['GR'] });
    const row = (time: string | null, minor = 1000) => theirRow(named, { refundRef: 'GR', minor: -minor, cells: time === null ? {} : { time } });
    const lostOnes = [['refused', ourRefund(paid, 'R2', { moved: 'no', state: 'refused' })], ['open', ourRefund(paid, 'R2', { moved: 'open', state: 'review' })]] as const;

    it.each(lostOnes)('the same row once more is a row too many, and books nothing (%s)', (_what, lost) => {
      for (const [first, second] of [['2026-11-21 12:00:00', '2026-11-21 12:00:00'], [null, null], ['2026-11-21 12:00:00', null]] as const) {
        const found = match(new TestSide([paid, named, lost]), [theirRow(paid), row(first), row(second)]);
        expect([said(found), found.booked]).toEqual([['missingHere duplicate -1000'], []]);
        expectExplained(found);
      }
    });

    it.each(lostOnes)('a row of another time is the second one\'s, and the same once more is not (%s)', (what, lost) => {
      const rows = [row('2026-11-21 12:00:00'), row('2026-11-21 12:07:31'), row('2026-11-21 12:07:31')];
      for (const inOrder of [rows, rows.toReversed()]) {
        const found = match(new TestSide([paid, named, lost]), [theirRow(paid), ...inOrder]);
        expect(said(found)).toEqual([`missingHere ${what === 'open' ? 'openHere' : 'bookedUnderOurNumber'} -1000`, 'missingHere duplicate -1000'].toSorted());
        expect(found.booked).toEqual([{ paymentId: '1', attemptRefs: [], refundRef: 'R2' }]);
        expectExplained(found);
      }
    });

    it('a row of another amount is the named one\'s where that has no other row, whatever was refused', () => {
      const refused = ourRefund(paid, 'R2', { minor: 250, moved: 'no', state: 'refused' });
      const found = match(new TestSide([paid, named, refused]), [theirRow(paid), row(null, 250)]);
      expect([said(found), found.booked]).toEqual([['different otherAmount 750'], []]);
      expectExplained(found);
    });

    it('a row of another amount is the second one\'s where the named one is on another day\'s statement', () => {
      const old = ourRefund(paid, 'R1', { gatewayRefs: ['GR'], at: noon - 5 * day });
      const open = ourRefund(paid, 'R2', { minor: 250, moved: 'open', state: 'review' });
      const found = match(new TestSide([paid, old, open]), [theirRow(paid), row(null, 250)]);
      expect([said(found), found.booked]).toEqual([['missingHere openHere -250'], [{ paymentId: '1', attemptRefs: [], refundRef: 'R2' }]]);
      expectExplained(found);
    });

    it('no refused one is believed to be done where two are alike, where it is of another day, or was given back in cash', () => {
      const refused = (refundRef: string, change: Partial<OurEntry> = {}) => ourRefund(paid, refundRef, { minor: 250, moved: 'no', state: 'refused', ...change });
      for (const others of [[refused('R2'), refused('R3')], [refused('R2', { at: noon - 5 * day })], [refused('R2', { state: 'refunded' })]]) {
        const found = match(new TestSide([paid, named, ...others]), [theirRow(paid), row(null), row(null, 250)]);
        expect([said(found), found.booked]).toEqual([['missingHere duplicate -250'], []]);
        expectExplained(found);
      }
    });
  });

  it('are missing here where the number is none of ours, whatever the amount', () => {
    const found = match(side, [theirRow(paid), theirRow(refund, { refundRef: 'OTHER' })]);
    expect(said(found)).toEqual(['missingHere refundMissing -1000', 'missingThere refundMissing 1000']);
    expectExplained(found);
  });

  it('that are open here and done there become a review', () => {
    const open = ourRefund(paid, 'R1', { moved: 'open', state: 'pending' });
    const found = match(new TestSide([paid, open]), [theirRow(paid), theirRow(open)]);
    expect(said(found)).toEqual(['missingHere openHere -1000']);
    expect(found.booked).toEqual([{ paymentId: '1', attemptRefs: [], refundRef: 'R1' }]);
    expectExplained(found);
  });
});

type Fault = 'none' | 'amount' | 'missingThere' | 'twice' | 'bookedThere' | 'openHere' | 'undoneThere' | 'undoneBoth' | 'notPaidBoth' | 'dayBefore' | 'dayAfter';
type RefundFault = 'none' | 'amount' | 'missingThere' | 'theirsAlone' | 'openHere';

interface World {
  readonly ours: OurEntry[];
  readonly theirs: StatementRow[];
  readonly expected: string[];
  readonly booked: string[];
}

const movedOf: Readonly<Partial<Record<Fault, OurEntry['moved']>>> = { bookedThere: 'no', openHere: 'open', undoneBoth: 'no', notPaidBoth: 'no' };

/** Adds a payment to both sides, with one thing wrong, and what a match has to say about it. */
function addPayment(world: World, paymentId: string, minor: number, fault: Fault): OurEntry {
  const at = fault === 'dayBefore' ? noon - day : fault === 'dayAfter' ? noon + day : noon;
  const moved = movedOf[fault] ?? 'yes';
  const ours = ourPayment({ paymentId, minor, at, moved, state: moved === 'yes' ? 'paid' : moved === 'open' ? 'unknown' : 'declined' });
  const row = theirRow(ours);
  const undo = theirRow(ours, { kind: 'undo', minor: -minor });
  world.ours.push(ours);
  switch (fault) {
    case 'none': case 'dayBefore': case 'dayAfter': world.theirs.push(row); break;
    case 'amount': world.theirs.push({ ...row, minor: minor + 7 }); world.expected.push('different otherAmount 7'); break;
    case 'missingThere': world.expected.push(`missingThere notOnStatement ${-minor}`); break;
    case 'twice': world.theirs.push(row, row); world.expected.push(`missingHere duplicate ${minor}`); break;
    case 'bookedThere': world.theirs.push(row); world.expected.push(`missingHere bookedUnderOurNumber ${minor}`); world.booked.push(paymentId); break;
    case 'openHere': world.theirs.push(row); world.expected.push(`missingHere openHere ${minor}`); world.booked.push(paymentId); break;
    case 'undoneThere': world.theirs.push(row, undo); world.expected.push(`different otherState ${-minor}`); break;
    case 'undoneBoth': world.theirs.push(row, undo); break;
    case 'notPaidBoth': break;
  }
  return ours;
}

function addRefund(world: World, payment: OurEntry, refundRef: string, minor: number, fault: RefundFault): void {
  const ours = ourRefund(payment, refundRef, { minor, at: noon, ...(fault === 'openHere' ? { moved: 'open', state: 'pending' } : {}) });
  const row = theirRow(ours);
  if (fault !== 'theirsAlone') world.ours.push(ours);
  if (fault !== 'missingThere') world.theirs.push(fault === 'amount' ? { ...row, minor: -minor - 3 } : row);
  if (fault === 'amount') world.expected.push('different otherAmount -3');
  if (fault === 'missingThere') world.expected.push(`missingThere refundMissing ${minor}`);
  if (fault === 'theirsAlone') world.expected.push(`missingHere refundMissing ${-minor}`);
  if (fault === 'openHere') {
    world.expected.push(`missingHere openHere ${-minor}`);
    world.booked.push(payment.paymentId);
  }
}

describe('a random journal and a statement with injected differences', () => {
  // Few amounts, so that many rows are alike and only references tell them apart.
  const amount = fc.constantFrom(100, 101, 3850, 12_860);
  const fault = fc.constantFrom<Fault>('none', 'amount', 'missingThere', 'twice', 'bookedThere', 'openHere', 'undoneThere', 'undoneBoth', 'notPaidBoth', 'dayBefore', 'dayAfter');
  const refundFault = fc.constantFrom<RefundFault>('none', 'amount', 'missingThere', 'theirsAlone', 'openHere');
  const payment = fc.record({ minor: amount, fault, refunds: fc.array(fc.record({ minor: fc.constantFrom(10, 11), fault: refundFault }), { maxLength: 3 }) });

  it('every injected difference is found, nothing else is, and the sums explain the totals', () => {
    fc.assert(
      fc.property(fc.array(payment, { maxLength: 40 }), fc.nat({ max: 5 }), fc.boolean(), fc.infiniteStream(fc.nat()), (payments, strangers, ownNumbers, order) => {
        const world: World = { ours: [], theirs: [], expected: [], booked: [] };
        payments.forEach((one, index) => {
          const ours = addPayment(world, `p${index}`, one.minor, one.fault);
          if (ours.moved === 'yes') one.refunds.forEach((refund, place) => addRefund(world, ours, `R${index}-${place}`, refund.minor, refund.fault));
        });
        for (let index = 0; index < strangers; index += 1) {
          world.theirs.push(theirRow(ourPayment({ paymentId: `s${index}` })));
          world.expected.push('missingHere notInJournal 3850');
        }
        const rows = world.theirs.map((row) => ({ row: ownNumbers ? row : { ...row, attemptRef: null }, place: order.next().value ?? 0 }));
        const shuffled = rows.toSorted((left, right) => left.place - right.place).map(({ row }) => row);
        const found = match(new TestSide(world.ours), shuffled, ownNumbers ? allReferences : ['gatewayRef', 'refundRef', 'amount']);
        expect(said(found)).toEqual(world.expected.toSorted());
        expect(found.booked.map((one) => one.paymentId).toSorted()).toEqual(world.booked.toSorted());
        expectExplained(found);
      }),
      { numRuns: 500 },
    );
  });
});

describe('case 29: what a restored journal may conclude from a statement', () => {
  const paid = ourPayment({ paymentId: '1' });
  const second = ourPayment({ paymentId: '2' });

  it('nothing, where a payment of ours in its days is not on it', () => {
    expect(match(new TestSide([paid, second]), [theirRow(paid), theirRow(second)]).showsAll).toBe(true);
    expect(match(new TestSide([paid, second]), [theirRow(paid)]).showsAll).toBe(false);
  });

  it('all the same, where what is not on it is a person\'s word alone, or at an end of its days', () => {
    const recorded = ourPayment({ paymentId: '2', state: 'settled' });
    expect(match(new TestSide([paid, recorded]), [theirRow(paid)]).showsAll).toBe(true);
    const late = ourPayment({ paymentId: '2', at: bounds.to - 60_000 });
    expect(match(new TestSide([paid, late]), [theirRow(paid)]).showsAll).toBe(true);
  });

  it('nothing from a file of another merchant, or an empty one, where we have ever sold there', () => {
    const old = ourPayment({ paymentId: '1', at: noon - 5 * day });
    const theirs = theirRow(ourPayment({ paymentId: '9' }));
    expect(match(new TestSide([old]), [theirs]).showsAll).toBe(false);
    expect(match(new TestSide([old]), []).showsAll).toBe(false);
    expect(match(new TestSide([]), []).showsAll).toBe(true);
    expect(match(new TestSide([]), [theirs]).showsAll).toBe(true);
  });

  it('nothing from a file that leaves refunds out', () => {
    const given = ourRefund(paid, 'R1');
    expect(match(new TestSide([paid, given]), [theirRow(paid)]).showsAll).toBe(false);
    expect(match(new TestSide([paid, given]), [theirRow(paid), theirRow(given)]).showsAll).toBe(true);
  });

  it('nothing while it shows a refund of ours that isn\'t final and that the journal lacks', () => {
    const pending = { outcome: 'pending' } as const;
    const missing = theirRow(ourRefund(paid, 'R8'), pending);
    expect(match(new TestSide([paid]), [theirRow(paid), missing]).showsAll).toBe(false);
    expect(match(new TestSide([paid]), [theirRow(paid), { ...missing, refundRef: null }]).showsAll).toBe(false);
    const open = ourRefund(paid, 'R8', { moved: 'open', state: 'pending' });
    expect(match(new TestSide([paid, open]), [theirRow(paid), missing]).showsAll).toBe(true);
    const anothers = theirRow(ourRefund(ourPayment({ paymentId: '9' }), 'R9'), pending);
    expect(match(new TestSide([paid]), [theirRow(paid), anothers]).showsAll).toBe(true);
  });
});
