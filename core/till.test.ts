/** The till's own rules: guards, commands, training, scans, receipts and what a dying process leaves, each case by its number. */
import { describe, expect, it } from 'vitest';
import { makeAmount } from './money/amount.ts';
import { Bench, facts, lost, outcomes, withUndo } from './testing/bench.ts';
import { messageText } from './contract/messages.ts';

const code = '130000000000000001';

describe('case 8: commands are carried out once', () => {
  it('case 8: a repeated pay command gets the first one’s payment and sends nothing', async () => {
    const bench = await Bench.started();
    const scan = bench.scan(code);
    if (scan.kind !== 'paymentCode') throw new Error('no code');
    const request = { commandId: 'the-same', scanId: scan.scanId, amount: makeAmount(3850, 'CNY') };
    const first = await bench.till.call('pay', request);
    const second = await bench.till.call('pay', request);
    expect(second).toMatchObject({ kind: 'started', payment: { paymentId: first.kind === 'started' ? first.payment.paymentId : '' } });
    expect(bench.count('pay')).toBe(1);
  });

  it('case 8: also after a restart', async () => {
    const bench = await Bench.started();
    const scan = bench.scan(code);
    if (scan.kind !== 'paymentCode') throw new Error('no code');
    const request = { commandId: 'the-same', scanId: scan.scanId, amount: makeAmount(3850, 'CNY') };
    await bench.till.call('pay', request);
    const after = bench.reborn();
    void after.till.start();
    await after.take('query').answer(outcomes.paid());
    expect(await after.till.call('pay', request)).toMatchObject({ kind: 'started', payment: { state: 'paid' } });
    expect(after.count('pay')).toBe(0);
  });
});

describe('case 9: the same code again', () => {
  it('case 9: while its payment is open it is refused at any amount', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850);
    expect(await bench.pay(code, 3850)).toMatchObject({ kind: 'codeOpen' });
    expect(await bench.pay(code, 100, { assurances: ['chargeAgain', 'anotherCustomer', 'sameCodeAgain'] })).toMatchObject({ kind: 'codeOpen' });
    expect(bench.count('pay')).toBe(1);
  });

  it('case 9: a review counts as open', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started(code, 3850);
    await bench.take('pay').answer(outcomes.paid({ saysAlreadyPaid: true }));
    expect(bench.payment(paymentId).state).toBe('review');
    expect((await bench.pay(code, 100)).kind).toBe('codeOpen');
  });

  it('case 9: the same amount as a paid one asks, at any time later; said again, it is charged', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850);
    await bench.take('pay').answer(outcomes.paid());
    await bench.clock.pass(86_400);
    expect(await bench.pay(code, 3850)).toMatchObject({ kind: 'askCodePaid', message: { key: 'alreadyPaid' } });
    expect(bench.count('pay')).toBe(1);
    expect((await bench.pay(code, 3850, { assurances: ['chargeAgain', 'anotherCustomer'] })).kind).toBe('started');
  });

  it('case 9: another amount than the paid one is charged', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850);
    await bench.take('pay').answer(outcomes.paid());
    expect((await bench.pay(code, 900)).kind).toBe('started');
  });
});

describe('an amount that stands', () => {
  const showsOnly = { ...withUndo, cpm: false, mpm: true, present: { queryBy: 'attemptRef', reverse: withUndo.reverse, firstQueryAfterSeconds: 2, validSecondsMost: 240, wallets: [] } } as const;

  it('opens a connection ahead where a code would be scanned or shown, and nowhere else', async () => {
    const entered = async (bench: Bench): Promise<readonly string[]> => {
      await bench.till.call('amountEntered', { amount: makeAmount(3850, 'CNY') });
      return bench.preconnected;
    };
    expect(await entered(await Bench.started({ routeShowing: () => null }))).toEqual(['https://bench.example']);
    expect(await entered(await Bench.started({ capabilities: showsOnly }))).toEqual(['https://bench.example']);
    expect(await entered(await Bench.started({ capabilities: showsOnly, routeShowing: () => null }))).toEqual([]);
    expect(await entered(await Bench.started({ capabilities: { ...withUndo, cpm: false } }))).toEqual([]);
    const inYen = await Bench.started({ capabilities: showsOnly });
    await inYen.till.call('amountEntered', { amount: makeAmount(3850, 'JPY') });
    expect(inYen.preconnected).toEqual([]);
  });
});

describe('case 10: the sale’s own number', () => {
  it('case 10: a second one is refused while it is open or paid; again lifts only paid', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850, { saleRef: 'ORDER-1' });
    expect(await bench.pay('130000000000000002', 100, { saleRef: 'ORDER-1', assurances: ['chargeAgain'] })).toMatchObject({ kind: 'refused', message: { key: 'saleRefUsed' } });
    await bench.take('pay').answer(outcomes.paid());
    expect(await bench.pay('130000000000000002', 100, { saleRef: 'ORDER-1' })).toMatchObject({ kind: 'refused' });
    expect(await bench.pay('130000000000000002', 100, { saleRef: 'ORDER-1', assurances: ['chargeAgain'] })).toMatchObject({ kind: 'started' });
  });

  it('case 10: not paid, it is free again', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850, { saleRef: 'ORDER-1' });
    await bench.take('pay').answer(outcomes.declined());
    expect((await bench.pay('130000000000000002', 3850, { saleRef: 'ORDER-1' })).kind).toBe('started');
  });
});

describe('case 11: is this the customer of the parked payment', () => {
  it('case 11: the amount of an open payment asks once', async () => {
    const bench = await Bench.started();
    const first = await bench.started(code, 3850);
    await bench.till.call('park', { paymentId: first.paymentId });
    expect(await bench.pay('130000000000000002', 3850)).toMatchObject({ kind: 'askSameCustomer', givenUp: false, other: { paymentId: first.paymentId } });
    expect(await bench.pay('130000000000000002', 3850, { assurances: ['anotherCustomer'] })).toMatchObject({ kind: 'started' });
  });

  it('case 11: so does the amount of one given up in the last ten minutes, and no longer', async () => {
    const bench = await Bench.started();
    const first = await bench.started(code, 3850);
    await bench.take('pay').answer(outcomes.waiting());
    await bench.till.call('giveUp', { paymentId: first.paymentId, commandId: 'g' });
    await bench.take('query').answer(outcomes.reversed());
    expect(await bench.pay('130000000000000002', 3850)).toMatchObject({ kind: 'askSameCustomer', givenUp: true });
    await bench.clock.pass(601);
    expect((await bench.pay('130000000000000002', 3850)).kind).toBe('started');
  });
});

describe('case 11: ended while nobody looked', () => {
  it('case 11: the amount of a payment that turned out paid after a restart asks once', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850);
    const after = bench.reborn();
    void after.till.start();
    await after.take('query').answer(outcomes.paid());
    expect(await after.pay('130000000000000002', 3850)).toMatchObject({ kind: 'askSameCustomer', givenUp: false, other: { verdict: 'paid' } });
    expect((await after.pay('130000000000000002', 3850, { assurances: ['anotherCustomer'] })).kind).toBe('started');
  });
});

describe('case 12: the same payer twice', () => {
  it('case 12: two paid attempts of one payer and amount within ten minutes are told', async () => {
    const bench = await Bench.started();
    const first = await bench.started(code, 3850);
    await bench.take('pay').answer(outcomes.paid({ order: facts({ payerId: 'payer-1', gatewayRef: 'G1' }) }));
    await bench.clock.pass(120);
    const second = await bench.started('130000000000000002', 3850);
    await bench.take('pay').answer(outcomes.paid({ order: facts({ payerId: 'payer-1', gatewayRef: 'G2' }) }));
    expect(bench.payment(second.paymentId).likelyDuplicateOf).toBe(first.number);
    expect(bench.payment(first.paymentId).likelyDuplicateOf).toBeNull();
  });
});

describe('case 14: paid otherwise', () => {
  it('case 14: money that comes later is a review; taken back, it is paid', async () => {
    for (const takenBack of [false, true]) {
      const bench = await Bench.started();
      const { paymentId } = await bench.started();
      await bench.take('pay').answer(outcomes.waiting());
      await bench.till.call('park', { paymentId });
      await bench.till.call('setNotWanted', { paymentId, on: true });
      if (takenBack) await bench.till.call('setNotWanted', { paymentId, on: false });
      await bench.clock.pass(3);
      await bench.take('query').answer(outcomes.paid());
      expect(bench.payment(paymentId)).toMatchObject(takenBack ? { state: 'paid' } : { state: 'review', reviewReason: 'notWanted' });
    }
  });
});

describe('case 30: the chain at a start', () => {
  it('case 30: a broken one stops selling with a sentence, and nothing is sent', async () => {
    const bench = await Bench.started();
    await bench.started();
    const row = bench.journal.rows[0];
    if (!row) throw new Error('no row');
    bench.journal.rows[0] = { ...row, payload: row.payload.replace('3850', '1') };
    const after = bench.reborn();
    await after.till.start();
    expect(after.till.status()).toMatchObject({ phase: 'stopped', stopMessage: { key: 'journalBroken' } });
    expect((await after.pay('130000000000000002', 100)).kind).toBe('refused');
    expect((await after.till.call('retryJournal', {})).phase).toBe('stopped');
    expect(after.sent).toEqual([]);
  });

  it('case 30: what a worker finds later stops it too', async () => {
    const bench = await Bench.started();
    bench.till.chainChecked({ kind: 'broken', sequence: 7, why: 'edited' });
    expect(bench.till.status()).toMatchObject({ phase: 'stopped', stopMessage: { key: 'journalBroken', values: { n: '7' } } });
  });
});

describe('case 31: the process ends', () => {
  it('case 31: after a stop nothing is sent, whatever falls due or comes in', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    const pay = bench.take('pay');
    bench.till.stop();
    await pay.end(lost);
    await bench.clock.pass(120);
    expect(bench.pending).toHaveLength(0);
    expect(bench.payment(paymentId).verdict).toBe('notKnownYet');
  });
});

describe('case 34: the key of the codes’ hash', () => {
  it('case 34: lost, the rule about codes is off, and that is said', async () => {
    const bench = await Bench.started();
    await bench.started(code, 3850);
    await bench.take('pay').answer(outcomes.paid());
    bench.secrets.write('code-hash-key', new Uint8Array(3));
    const after = bench.reborn();
    await after.till.start();
    expect(after.till.status().journal).toMatchObject({ light: 'attention', message: { key: 'codeHashLost' } });
  });
});

describe('case 36: what counts as a payment code', () => {
  it.each(['1234567890123', '690123456789', '13000000000000000A', '１３００００００００００００００００', '', '1'.repeat(33)])('case 36: %s is none', async (text) => {
    const bench = await Bench.started();
    expect(bench.scan(text).kind).toBe('other');
  });

  it('case 36: goods are none, whatever their digits', async () => {
    const bench = await Bench.started();
    expect(bench.till.submitScan('690123456789012345', ']E0', false).kind).toBe('other');
  });

  it('case 36: an unknown prefix is charged all the same', async () => {
    const bench = await Bench.started();
    expect((await bench.pay('999999999999999999', 100)).kind).toBe('started');
  });
});

describe('case 37: training', () => {
  it('case 37: takes only codes that its own simulator issued', async () => {
    const bench = await Bench.started({ training: { phoneUrl: 'http://127.0.0.1:1/', isIssuedCode: (text) => text === code } });
    expect(bench.scan('130000000000000009')).toMatchObject({ kind: 'other', message: { key: 'trainingCodeOnly' } });
    expect((await bench.pay(code, 100)).kind).toBe('started');
  });
});

describe('case 40: receipts', () => {
  it('case 40: one receipt per payment, written with the row that makes it paid', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    const types = bench.journal.rowsOf(paymentId).map((row) => row.type);
    expect(types).toEqual(['attemptCreated', 'answered', 'printQueued', 'printBegun', 'printEnded']);
    expect(bench.printed).toHaveLength(1);
    expect(bench.payment(paymentId).receipt).toBe('printed');
  });

  it('case 40: a job of which no byte left prints by itself within ten minutes', async () => {
    const bench = await Bench.started({ printer: true });
    bench.printing = { kind: 'notBegun', problem: 'unreachable', detail: 'refused' };
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', receipt: 'waiting' });
    expect(bench.till.status().printer.message?.key).toBe('printerGone');
    bench.printing = { kind: 'printed' };
    await bench.clock.pass(30);
    bench.device({ type: 'printer', state: 'ready', problem: null, detail: null });
    await bench.clock.pass(0);
    expect(bench.printed).toHaveLength(1);
    expect(bench.payment(paymentId).receipt).toBe('printed');
  });

  it('case 40: and not after them', async () => {
    const bench = await Bench.started({ printer: true });
    bench.printing = { kind: 'notBegun', problem: 'unreachable', detail: 'refused' };
    await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    bench.printing = { kind: 'printed' };
    await bench.clock.pass(601);
    bench.device({ type: 'printer', state: 'ready', problem: null, detail: null });
    await bench.clock.pass(0);
    expect(bench.printed).toHaveLength(0);
  });

  it('case 40: a begun one waits for a key and is a copy', async () => {
    const bench = await Bench.started({ printer: true });
    bench.printing = { kind: 'interrupted', problem: 'paperOut', detail: 'out' };
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    expect(bench.payment(paymentId)).toMatchObject({ state: 'paid', receipt: 'interrupted' });
    bench.printing = { kind: 'printed' };
    await bench.till.call('printReceipt', { paymentId });
    await bench.clock.pass(0);
    expect(bench.printed[0]?.document.blocks[0]).toEqual({ type: 'banner', text: 'COPY' });
  });

  it('case 40: after a crash in the middle of a job it waits for a key', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    const job = [...bench.journal.jobs.values()][0];
    if (!job) throw new Error('no job');
    bench.journal.jobs.set(job.jobId, { ...job, state: 'printing' });
    const after = bench.reborn({ printer: true });
    await after.till.start();
    expect(after.printed).toHaveLength(0);
    expect(after.payment(paymentId).receipt).toBe('interrupted');
  });
});

describe('money rule 4: one sale never has two live attempts', () => {
  it('refuses a new attempt of a payment that is open, paid or unknown, and sends nothing', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    expect(await bench.pay('130000000000000002', 3850, { paymentId })).toMatchObject({ kind: 'refused', message: { key: 'scanWhileOpen' } });
    await bench.take('pay').answer(outcomes.paid());
    expect(await bench.pay('130000000000000002', 3850, { paymentId })).toMatchObject({ kind: 'refused', message: { key: 'saleAlreadyPaid' } });
    expect(await bench.pay('130000000000000002', 3850, { paymentId: 'none' })).toMatchObject({ kind: 'refused', message: { key: 'paymentNotFound' } });
    expect(bench.count('pay')).toBe(1);
  });

  it('takes a new attempt at another amount for a new sale', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.declined());
    expect((await bench.started('130000000000000002', 900, { paymentId })).paymentId).not.toBe(paymentId);
  });
});

describe('the journal comes back', () => {
  it('case 26: what was open is asked before anything new is sold', async () => {
    const bench = await Bench.started();
    await bench.started();
    const pay = bench.take('pay');
    bench.journal.full = true;
    await pay.answer(outcomes.paid());
    expect(bench.till.status().phase).toBe('stopped');
    bench.journal.full = false;
    expect((await bench.till.call('retryJournal', {})).phase).toBe('recovering');
    expect(await bench.pay('130000000000000002', 100)).toMatchObject({ kind: 'refused', message: { key: 'recovering' } });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.till.status().phase).toBe('ready');
    expect(bench.till.recentPayments(1)[0]).toMatchObject({ state: 'paid' });
  });
});

describe('case 7: a request that was out when the journal failed', () => {
  it('case 7: gets its answer after the retry, and nothing is asked beside it', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(3);
    const old = bench.take('query');
    bench.journal.full = true;
    await bench.pay('130000000000000002', 100);
    bench.journal.full = false;
    await bench.till.call('retryJournal', {});
    expect(bench.pending).toHaveLength(0);
    await old.answer(outcomes.paid());
    expect(bench.payment(paymentId).verdict).toBe('paid');
    expect(bench.till.status().phase).toBe('ready');
  });

  it('case 7: is asked anew where its answer came while nothing could be written', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(3);
    bench.journal.full = true;
    await bench.take('query').answer(outcomes.paid());
    bench.journal.full = false;
    await bench.till.call('retryJournal', {});
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(paymentId).verdict).toBe('paid');
  });
});

describe('receipts after a restart', () => {
  it('case 40: a half-printed one does not print again by itself', async () => {
    const bench = await Bench.started({ printer: true });
    bench.printing = { kind: 'interrupted', problem: 'paperOut', detail: 'out' };
    await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    const after = bench.reborn({ printer: true });
    await after.till.start();
    await after.clock.pass(1);
    expect(after.printed).toHaveLength(0);
  });

  it('evidence on paper is not taken for the receipt', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await bench.started();
    await bench.till.call('printEvidence', { paymentId });
    await bench.take('pay').answer(outcomes.paid());
    await bench.clock.pass(1);
    expect(bench.printed.map((job) => job.jobId.split('.')[0])).toEqual(['evidence', 'receipt']);
  });
});

describe('case 40: the key for a receipt that waits', () => {
  it('case 40: prints it however old it is, and never a second one beside it', async () => {
    const bench = await Bench.started({ printer: true });
    bench.printing = { kind: 'notBegun', problem: 'unreachable', detail: 'refused' };
    const { paymentId } = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    bench.printing = { kind: 'printed' };
    await bench.clock.pass(3600);
    await bench.till.call('printReceipt', { paymentId });
    await bench.clock.pass(1);
    expect(bench.printed).toHaveLength(1);
    expect(bench.printed[0]?.document.blocks[0]).not.toEqual({ type: 'banner', text: 'COPY' });
    expect(bench.journal.jobs.size).toBe(1);
  });
});

describe('receipts of what is not paid', () => {
  it('are refused with a sentence, and nothing is queued', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await bench.started();
    expect(await bench.till.call('printReceipt', { paymentId })).toMatchObject({ kind: 'refused', message: { key: 'noReceiptYet' } });
    expect(bench.journal.jobs.size).toBe(0);
  });
});

describe('scans of other things', () => {
  it('a receipt says what it is, and nothing is charged', async () => {
    const bench = await Bench.started();
    const { attemptRef, number } = await bench.started();
    expect(bench.scan(attemptRef)).toMatchObject({ kind: 'receipt', number });
    expect(bench.count('pay')).toBe(1);
  });

  it('a serial scanner’s code reaches the screens as a handle, never as digits', async () => {
    const bench = await Bench.started();
    bench.device({ type: 'scan', scannerId: 's', text: code, symbology: null });
    const event = bench.events.find((one) => one.type === 'scan');
    expect(event).toMatchObject({ scan: { kind: 'paymentCode', last4: '0001' } });
    expect(JSON.stringify(event)).not.toContain(code);
  });
});

describe('money rule 9: a payment code is a secret', () => {
  it('stands in no journal row, no event and no log line', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await bench.started(code, 3850);
    await bench.take('pay').end(lost);
    await bench.take('query').answer(outcomes.paid());
    for (const text of [JSON.stringify(bench.journal.rows), JSON.stringify(bench.events), bench.logged.join('\n'), JSON.stringify(bench.till.paymentDetail(paymentId)), JSON.stringify(bench.printed)]) {
      expect(text).not.toContain(code);
    }
  });
});

describe('messages of a payment', () => {
  it('never leave a value unfilled', async () => {
    const bench = await Bench.started();
    const { paymentId } = await bench.started();
    const said = bench.events.flatMap((event) => (event.type === 'payment' && event.payment.message ? [messageText(event.payment.message, 'zh-CN')] : []));
    expect(said.filter((text) => /[{}]/.test(text))).toEqual([]);
    await bench.take('pay').answer(outcomes.declined());
    expect(messageText(bench.payment(paymentId).message ?? { key: 'paid', values: {} }, 'en')).toBe('Not enough balance. Nothing was taken. Ask for another card or wallet, then scan again.');
  });
});
