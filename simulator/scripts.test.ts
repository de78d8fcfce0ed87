/** Every scripted code, played from end to end on both gateways over real HTTP. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, OrderState, Simulator } from './index.ts';
import { describeScripts, digitsOf, scriptOf } from './scripts.ts';
import { nextRequest, parsed, shouqianba, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { Answer, Teller, WireResult, ScanGateway } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const code = (name: string) => simulator.codes[name] ?? '';
const stateOf = (reference: string): OrderState | 'absent' => simulator.world.order(reference)?.state ?? 'absent';
const played = new Set<string>();

interface Play {
  readonly name: string;
  /** The first answer, Shouqianba's word and Omipay's. */
  readonly pay: readonly [string, string];
  readonly state: OrderState | 'absent';
  /** What queries say after it, at both. */
  readonly queries?: readonly [readonly string[], readonly string[]];
  /** The order after an hour, and queries then. */
  readonly later?: OrderState;
  readonly laterQueries?: readonly [readonly string[], readonly string[]];
}

const twice = (words: readonly string[]): readonly [readonly string[], readonly string[]] => [words, words];
const paid = twice(['PAID']);

const plays: readonly Play[] = [
  { name: 'paid', pay: ['PAY_SUCCESS', 'SUCCESS'], state: 'paid', queries: paid },
  { name: 'waits', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', queries: [['CREATED'], ['PAYING']], later: 'paid', laterQueries: paid },
  { name: 'wrongPassword', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'paid', laterQueries: paid },
  { name: 'payerCancels', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'refused', laterQueries: [['PAY_CANCELED'], ['CANCELLED']] },
  { name: 'ignored', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'waiting', laterQueries: [['CREATED'], ['PAYING']] },
  { name: 'closesItself', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'refused', laterQueries: [['PAY_CANCELED'], ['CANCELLED']] },
  { name: 'refused', pay: ['TRADE_FAILED', 'ORDER_CLOSED'], state: 'refused', queries: [['PAY_CANCELED'], ['FAILED']] },
  { name: 'insufficient', pay: ['INSUFFICIENT_FUND', 'NOT_ENOUGH'], state: 'refused', queries: [['PAY_CANCELED'], ['FAILED']] },
  { name: 'insufficientLater', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'refused', laterQueries: [['PAY_CANCELED'], ['FAILED']] },
  { name: 'expired', pay: ['EXPIRED_BARCODE', 'QRCODE_EXPIRED'], state: 'refused' },
  { name: 'badCode', pay: ['INVALID_BARCODE', 'QRCODE_ERROR'], state: 'refused' },
  { name: 'overLimit', pay: ['BUYER_OVER_TRANSACTION_LIMIT', 'AMOUNT_INVALID'], state: 'refused' },
  { name: 'overDayLimit', pay: ['BUYER_OVER_DAILY_LIMIT', 'AMOUNT_INVALID'], state: 'refused' },
  { name: 'cardNotSupported', pay: ['TRADE_FAILED', 'CARD_NOT_SUPPORT'], state: 'refused' },
  { name: 'payError', pay: ['UNEXPECTED_PROVIDER_ERROR', 'SYSTEM_ERROR'], state: 'error', queries: [['PAY_ERROR'], ['PAYING']], later: 'refused' },
  { name: 'payErrorPaid', pay: ['UNEXPECTED_PROVIDER_ERROR', 'SYSTEM_ERROR'], state: 'error', queries: [['PAY_ERROR'], ['PAYING']], later: 'paid', laterQueries: paid },
  { name: 'answerLost', pay: ['lost', 'lost'], state: 'paid', queries: paid },
  { name: 'answerLostWaits', pay: ['lost', 'lost'], state: 'waiting', queries: [['CREATED'], ['PAYING']], later: 'paid' },
  { name: 'answerLostRefused', pay: ['lost', 'lost'], state: 'refused', queries: [['PAY_CANCELED'], ['FAILED']] },
  { name: 'answerLostIgnored', pay: ['lost', 'lost'], state: 'waiting', later: 'waiting' },
  { name: 'requestLost', pay: ['lost', 'lost'], state: 'absent', queries: [['UPAY_ORDER_NOT_EXISTS'], ['PERMISSION_ERROR']] },
  { name: 'cutInHalf', pay: ['lost', 'lost'], state: 'paid', queries: paid },
  { name: 'systemErrorPaid', pay: ['UNKNOWN_SYSTEM_ERROR', 'SYSTEM_ERROR'], state: 'paid', queries: paid },
  { name: 'systemError', pay: ['UNKNOWN_SYSTEM_ERROR', 'SYSTEM_ERROR'], state: 'absent' },
  { name: 'processedTwice', pay: ['CLIENT_SN_CONFLICT', 'ORDER_PAID'], state: 'paid', queries: paid },
  { name: 'alreadyKnown', pay: ['CLIENT_SN_CONFLICT', 'ORDER_PAID'], state: 'absent' },
  { name: 'inProgressPaid', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'paid', queries: paid },
  { name: 'notExistFirst', pay: ['lost', 'lost'], state: 'paid', queries: [['UPAY_ORDER_NOT_EXISTS', 'UPAY_ORDER_NOT_EXISTS', 'PAID'], ['PERMISSION_ERROR', 'PERMISSION_ERROR', 'PAID']] },
  { name: 'staleQueries', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'paid', queries: [['CREATED', 'CREATED', 'CREATED', 'PAID'], ['PAYING', 'PAYING', 'PAYING', 'PAID']] },
  { name: 'queriesLost', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'paid', laterQueries: twice(['lost', 'lost', 'PAID']) },
  { name: 'queriesDead', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'paid', laterQueries: twice(['lost', 'lost', 'lost', 'lost']) },
  { name: 'unlistedStatus', pay: ['PAY_IN_PROGRESS', 'USERPAYING'], state: 'waiting', later: 'paid', laterQueries: [['IN_QUEUE', 'IN_QUEUE', 'PAID'], ['REVIEWING', 'REVIEWING', 'PAID']] },
  { name: 'answersAllLost', pay: ['lost', 'lost'], state: 'paid', queries: twice(['lost', 'lost', 'lost']) },
];

async function wordsOf(teller: Teller, reference: string, count: number): Promise<string[]> {
  const words: string[] = [];
  for (let index = 0; index < count; index += 1) words.push(wordOf(await teller.query(reference)));
  return words;
}

describe.each<[ScanGateway, 0 | 1]>([['shouqianba', 0], ['omipay', 1]])('at %s', (gateway, side) => {
  it.each(plays)('$name', async (play) => {
    played.add(play.name);
    const teller = tellerOf(simulator, gateway);
    // Each use of a scripted code by a new order plays its script anew.
    for (const reference of ['R1', 'R2']) {
      expect(wordOf(await teller.pay(reference, code(play.name)))).toBe(play.pay[side]);
      expect(stateOf(reference)).toBe(play.state);
      const queries = play.queries?.[side] ?? [];
      expect(await wordsOf(teller, reference, queries.length)).toEqual(queries);
    }
    clock.advance(3_600_000);
    expect(stateOf('R1')).toBe(play.later ?? play.state);
    const laterQueries = play.laterQueries?.[side] ?? [];
    expect(await wordsOf(teller, 'R1', laterQueries.length)).toEqual(laterQueries);
    for (const order of simulator.world.books().orders) expect(order.timesCharged).toBeLessThanOrEqual(1);
  });

  it('singleUse pays one order, and refuses the next', async () => {
    played.add('singleUse');
    const teller = tellerOf(simulator, gateway);
    await teller.pay('R1', code('singleUse'));
    expect(wordOf(await teller.pay('R2', code('singleUse')))).toBe(side === 0 ? 'AUTHCODE_EXPIRE' : 'QRCODE_EXPIRED');
    expect([stateOf('R1'), stateOf('R2')]).toEqual(['paid', 'refused']);
  });

  it('answerLate is booked at once and answered later', async () => {
    played.add('answerLate');
    const pay = tellerOf(simulator, gateway).pay('R1', code('answerLate'));
    await nextRequest(simulator);
    expect(stateOf('R1')).toBe('paid');
    clock.advance(20_000);
    expect(wordOf(await pay)).toBe(side === 0 ? 'PAY_SUCCESS' : 'SUCCESS');
  });

  it('bookedLate is overtaken by queries, then booked and answered', async () => {
    played.add('bookedLate');
    const teller = tellerOf(simulator, gateway);
    const pay = teller.pay('R1', code('bookedLate'));
    await nextRequest(simulator);
    expect(wordOf(await teller.query('R1'))).toBe(side === 0 ? 'UPAY_ORDER_NOT_EXISTS' : 'PERMISSION_ERROR');
    clock.advance(20_000);
    expect(wordOf(await pay)).toBe(side === 0 ? 'PAY_SUCCESS' : 'SUCCESS');
    expect(wordOf(await teller.query('R1'))).toBe('PAID');
  });

  it('lostThenBooked is booked with nobody left to tell', async () => {
    played.add('lostThenBooked');
    const teller = tellerOf(simulator, gateway);
    expect(wordOf(await teller.pay('R1', code('lostThenBooked')))).toBe('lost');
    expect(stateOf('R1')).toBe('absent');
    clock.advance(20_000);
    expect(stateOf('R1')).toBe('paid');
  });

  it.each([['silentPaid', 'paid'], ['silent', 'absent']])('%s is never answered', async (name, state) => {
    played.add(name);
    const teller = tellerOf(simulator, gateway);
    let answered = false;
    const pay = teller.pay('R1', code(name)).finally(() => { answered = true; });
    await nextRequest(simulator);
    clock.advance(3_600_000);
    expect(wordOf(await teller.pay('R2', code('paid')))).toBe(side === 0 ? 'PAY_SUCCESS' : 'SUCCESS');
    expect(stateOf('R1')).toBe(state);
    expect(answered).toBe(false);
    await simulator.close();
    await pay;
  });

  it.each([
    ['status500Paid', 500, 'paid'], ['status500', 500, 'absent'], ['status403Paid', 403, 'paid'],
    ['garbagePaid', 200, 'paid'], ['garbage', 200, 'absent'], ['emptyPaid', 200, 'paid'], ['answerTwice', 200, 'paid'],
  ])('%s: HTTP %i without a readable answer, %s', async (name, status, state) => {
    played.add(name);
    const result = await tellerOf(simulator, gateway).pay('R1', code(name));
    expect(result.status).toBe(status);
    expect(() => parsed(result)).toThrow(SyntaxError);
    expect(stateOf('R1')).toBe(state);
    expect(result.headers['date']).toBeDefined();
  });

  it.each(['wrongAmount', 'wrongAmountOnce', 'wrongReference', 'wrongReferenceOnce', 'blankKey', 'otherTypes', 'otherNesting', 'smallerNet'])('%s bends the answer, not the books', async (name) => {
    played.add(name);
    const teller = tellerOf(simulator, gateway);
    const pay = await teller.pay('R1', code(name));
    const query = await teller.query('R1');
    expect(simulator.world.order('R1')).toMatchObject({ state: 'paid', amount: 100 });
    const plainPay = await teller.pay('plain', code('paid'));
    const plainQuery = await teller.query('plain');
    // Omipay's answers have no net amount, and the one to MakeScanOrder has neither an amount nor numbers.
    expect(bent(query, plainQuery)).toBe(!name.endsWith('Once') && !(side === 1 && name === 'smallerNet'));
    expect(bent(pay, plainPay)).toBe(!(side === 1 && /Amount|otherTypes|smallerNet/.test(name)));
  });
});

/** Whether two answers differ in more than what belongs to their orders. */
function bent(result: WireResult, plain: WireResult): boolean {
  const strip = ({ text }: WireResult) => text.replace(/"(sn|trade_no|order_no ?)":"[^"]*"/g, '$1').replace(/plain/g, 'R1').replace(/"7890000000000000"/, 'other');
  return strip(result) !== strip(plain);
}

describe('cancels at shouqianba', () => {
  const cancel = () => shouqianba(simulator, 'cancel', { client_sn: 'R1' });
  const cancelWords: [string, readonly string[], OrderState][] = [
    ['cancelFails', ['CANCEL_ERROR', 'CANCEL_ERROR', 'CANCEL_ABORT_SUCCESS'], 'cancelled'],
    ['cancelFailsAlways', ['CANCEL_ERROR', 'CANCEL_ERROR', 'CANCEL_ERROR', 'CANCEL_ERROR', 'CANCEL_ERROR', 'CANCEL_ERROR', 'CANCEL_ERROR'], 'waiting'],
    ['cancelAnswerLost', ['lost', 'UPAY_CANCEL_ORDER_NOOP'], 'cancelled'],
    ['cancelLost', ['lost', 'lost', 'CANCEL_ABORT_SUCCESS'], 'cancelled'],
    ['paidDuringCancel', ['CANCEL_SUCCESS'], 'cancelled'],
    ['paidInsteadOfCancel', ['CANCEL_ABORT_ERROR', 'CANCEL_SUCCESS'], 'cancelled'],
    ['paidAndCancelFailsAlways', ['CANCEL_ABORT_ERROR', 'CANCEL_ERROR', 'CANCEL_ERROR'], 'paid'],
    ['lostThenBooked', ['UPAY_ORDER_NOT_EXISTS'], 'paid'],
  ];

  it.each(cancelWords)('%s', async (name, words, state) => {
    played.add(name);
    const word = (result: WireResult) => {
      if (result.kind === 'lost') return 'lost';
      const biz = parsed(result)['biz_response'] as Answer;
      return biz['result_code'] === 'FAIL' ? biz['error_code'] : biz['result_code'];
    };
    await tellerOf(simulator, 'shouqianba').pay('R1', code(name));
    const heard: unknown[] = [];
    for (let index = 0; index < words.length; index += 1) heard.push(word(await cancel()));
    expect(heard).toEqual(words);
    clock.advance(3_600_000);
    expect(stateOf('R1')).toBe(state);
  });

  it('cancelGarbage and cancelSilent work and don\'t say so', async () => {
    played.add('cancelGarbage').add('cancelSilent');
    const teller = tellerOf(simulator, 'shouqianba');
    await teller.pay('R1', code('cancelGarbage'));
    const garbage = await cancel();
    expect(() => parsed(garbage)).toThrow(SyntaxError);
    expect(stateOf('R1')).toBe('cancelled');
    await teller.pay('R2', code('cancelSilent'));
    void shouqianba(simulator, 'cancel', { client_sn: 'R2' });
    await nextRequest(simulator);
    expect(stateOf('R2')).toBe('cancelled');
  });

  it('that a payment overtakes are played by the payer alone at omipay', async () => {
    expect(wordOf(await tellerOf(simulator, 'omipay').pay('R1', code('paidDuringCancel')))).toBe('USERPAYING');
  });
});

describe('the digits', () => {
  it('look like the wallets\' own, and are the simulator\'s', () => {
    for (const digits of Object.values(simulator.codes)) {
      expect(digits).toMatch(/^(1[0-5]\d{16}|2[5-9]\d{14,22}|62\d{17})$/);
      expect(simulator.isIssuedCode(digits)).toBe(true);
    }
    for (const other of ['134726581093324417', '139000000001', '139000000999000000', '1390000000010000001', '139000000001000009']) {
      expect(simulator.isIssuedCode(other)).toBe(false);
    }
  });

  it('carry a parameter', async () => {
    expect(scriptOf(digitsOf('waits', 7, 'alipay'))).toMatchObject({ name: 'waits', wallet: 'alipay', payer: [{ after: 7, does: 'pays' }] });
    expect(() => digitsOf('paid', 1)).toThrow('has no parameter');
    expect(simulator.codes['late50']).toBe(simulator.world.code('waits', 50));
  });

  it('all have a test here, but for those of refunds, which have their own', () => {
    const others = describeScripts().filter(({ digits }) => digits.slice(9, 10) !== '5');
    expect(others.map((script) => script.name).filter((name) => !played.has(name))).toEqual([]);
  });
});
