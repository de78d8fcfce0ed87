/** Every scripted code of the 500s: what its refund is answered at both gateways, and what the book has then. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from './index.ts';
import { describeScripts, digitsOf } from './scripts.ts';
import { nextRequest, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { WireResult, ScanGateway } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const gateways: readonly ScanGateway[] = ['shouqianba', 'omipay'];
const played = new Set<string>();

/** The first answer; a query about it; the same number again; then, an hour later, a query. `-` is a socket that stays silent. */
type Words = readonly [first: string, query: string, again: string, later: string];

interface Play {
  readonly name: string;
  readonly words: readonly [shouqianba: Words, omipay: Words];
  /** The states of what is booked under the number after the first request, and an hour after the second. */
  readonly book: readonly [shouqianba: readonly [string, string], omipay: readonly [string, string]];
}

// Omipay does the same number twice: 40 and 40 of 100 fit.
const doneAtOnce: Play['book'] = [['closed', 'closed'], ['merchantConfirmed', 'closed closed']];
const doneByRepeat: Play['book'] = [['', 'closed'], ['', 'closed']];
const doneLater: Play['book'] = [['merchantConfirmed', 'closed'], ['merchantConfirmed', 'closed closed']];
const never: Play['book'] = [['', ''], ['', '']];
const endsFailed = (state: string): Play['book'] => [['merchantConfirmed', state], ['merchantConfirmed', `${state} ${state}`]];

const answered = (shouqianba: string, omipay = shouqianba): Play['words'] => [[shouqianba, 'PARTIAL_REFUNDED', 'REFUND_SUCCESS', 'PARTIAL_REFUNDED'], [omipay, 'MerchantConfirmed', 'SUCCESS', 'Closed']];
const notDone = (shouqianba: string, omipay = shouqianba): Play['words'] => [[shouqianba, 'PAID', 'REFUND_SUCCESS', 'PARTIAL_REFUNDED'], [omipay, 'REFUND_NO_ERROR', 'SUCCESS', 'Closed']];
const refused = (shouqianba: string, omipay: string): Play['words'] => [[shouqianba, 'PAID', shouqianba, 'PAID'], [omipay, 'REFUND_NO_ERROR', omipay, 'REFUND_NO_ERROR']];
const pending = (omipay: string, shouqianbaLater: string, omipayLater: string): Play['words'] => [['REFUND_IN_PROGRESS', 'REFUND_INPROGRESS', 'REFUND_IN_PROGRESS', shouqianbaLater], ['SUCCESS', omipay, 'SUCCESS', omipayLater]];

const plays: readonly Play[] = [
  { name: 'refundAnswerLost', words: answered('lost'), book: doneAtOnce },
  { name: 'refundLost', words: notDone('lost'), book: doneByRepeat },
  {
    name: 'refundAnswerLostNoop', book: [['closed', 'closed'], ['merchantConfirmed', 'closed']],
    words: [['lost', 'PARTIAL_REFUNDED', 'UPAY_REFUND_ORDER_NOOP', 'PARTIAL_REFUNDED'], ['lost', 'MerchantConfirmed', 'AMOUNT_OVER_LIMIT', 'Closed']],
  },
  {
    name: 'refundAnswerLostConflict', book: [['closed', 'closed'], ['merchantConfirmed', 'closed']],
    words: [['lost', 'PARTIAL_REFUNDED', 'REFUND_REQUEST_CONFLICT', 'PARTIAL_REFUNDED'], ['lost', 'MerchantConfirmed', 'PARAMETER_INVALID', 'Closed']],
  },
  { name: 'refundAnswersLost', words: [['lost', 'PARTIAL_REFUNDED', 'lost', 'PARTIAL_REFUNDED'], ['lost', 'MerchantConfirmed', 'lost', 'Closed']], book: doneAtOnce },
  { name: 'refundLostThenBooked', words: notDone('lost'), book: [['', 'closed'], ['', 'closed closed']] },
  { name: 'refundBookedLate', words: notDone('-'), book: [['', 'closed'], ['', 'closed closed']] },
  { name: 'refundAnswerLate', words: answered('-'), book: doneAtOnce },
  { name: 'refundSilentDone', words: answered('-'), book: doneAtOnce },
  { name: 'refundSilent', words: notDone('-'), book: doneByRepeat },
  { name: 'refundStatus500Done', words: answered('HTTP 500'), book: doneAtOnce },
  { name: 'refundStatus500', words: notDone('HTTP 500'), book: doneByRepeat },
  { name: 'refundStatus403Done', words: answered('HTTP 403'), book: doneAtOnce },
  { name: 'refundGarbageDone', words: answered('HTTP 200'), book: doneAtOnce },
  { name: 'refundGarbage', words: notDone('HTTP 200'), book: doneByRepeat },
  { name: 'refundEmptyDone', words: answered('HTTP 200'), book: doneAtOnce },
  { name: 'refundCutInHalf', words: answered('lost'), book: doneAtOnce },
  { name: 'refundSystemErrorDone', words: answered('UNKNOWN_SYSTEM_ERROR', 'SYSTEM_ERROR'), book: doneAtOnce },
  { name: 'refundSystemError', words: notDone('UNKNOWN_SYSTEM_ERROR', 'SYSTEM_ERROR'), book: doneByRepeat },
  {
    name: 'refundProcessedTwice', book: [['closed', 'closed'], ['merchantConfirmed merchantConfirmed', 'closed closed']],
    words: [['REFUND_SUCCESS', 'PARTIAL_REFUNDED', 'REFUND_SUCCESS', 'PARTIAL_REFUNDED'], ['SUCCESS', 'MerchantConfirmed', 'AMOUNT_OVER_LIMIT', 'Closed']],
  },
  { name: 'refundAnswerTwice', words: answered('HTTP 200'), book: doneAtOnce },
  { name: 'refundShopBalance', words: notDone('SELLER_BALANCE_NOT_ENOUGH', 'AMOUNT_OVER_LIMIT'), book: doneByRepeat },
  { name: 'refundOrderState', words: refused('UPAY_REFUND_INVALID_ORDER_STATE', 'ORDER_NOT_PAID'), book: never },
  {
    name: 'refundTooOld', book: [['', ''], ['merchantConfirmed', 'timeoutClosed timeoutClosed']],
    words: [['UPAY_REFUND_INVALID_ORDER_STATE', 'PAID', 'UPAY_REFUND_INVALID_ORDER_STATE', 'PAID'], ['SUCCESS', 'MerchantConfirmed', 'SUCCESS', 'TimeoutClosed']],
  },
  { name: 'refundOverLimit', words: refused('REFUNDABLE_AMOUNT_NOT_ENOUGH', 'AMOUNT_OVER_LIMIT'), book: never },
  { name: 'refundNotRefundable', words: refused('UPAY_TCP_ORDER_NOT_REFUNDABLE', 'PERMISSION_ERROR'), book: never },
  { name: 'refundUnlistedError', words: refused('REFUND_CHANNEL_BUSY', 'REFUND_CHANNEL_BUSY'), book: never },
  {
    name: 'refundFails', book: [['organizationFailed', 'organizationFailed'], ['organizationFailed', 'organizationFailed organizationFailed']],
    words: [['TRADE_FAILED', 'PAID', 'TRADE_FAILED', 'PAID'], ['SUCCESS', 'OrganizationFailed', 'SUCCESS', 'OrganizationFailed']],
  },
  { name: 'refundInProgress', words: pending('MerchantConfirmed', 'PARTIAL_REFUNDED', 'Closed'), book: doneLater },
  { name: 'refundInProgressOnce', words: answered('REFUND_IN_PROGRESS', 'SUCCESS'), book: doneAtOnce },
  { name: 'refundNeverEnds', words: pending('MerchantConfirmed', 'REFUND_INPROGRESS', 'MerchantConfirmed'), book: endsFailed('merchantConfirmed') },
  { name: 'refundErrorDone', words: answered('UNEXPECTED_PROVIDER_ERROR', 'SYSTEM_ERROR'), book: doneAtOnce },
  {
    name: 'refundErrorThenDone', book: [['unsure', 'closed'], ['unsure', 'closed closed']],
    words: [['UNEXPECTED_PROVIDER_ERROR', 'REFUND_ERROR', 'UNEXPECTED_PROVIDER_ERROR', 'PARTIAL_REFUNDED'], ['SYSTEM_ERROR', 'MerchantConfirmed', 'SYSTEM_ERROR', 'Closed']],
  },
  {
    name: 'refundErrorThenFailed', book: [['unsure', 'organizationFailed'], ['unsure', 'organizationFailed organizationFailed']],
    words: [['UNEXPECTED_PROVIDER_ERROR', 'REFUND_ERROR', 'UNEXPECTED_PROVIDER_ERROR', 'PAID'], ['SYSTEM_ERROR', 'MerchantConfirmed', 'SYSTEM_ERROR', 'OrganizationFailed']],
  },
  { name: 'refundSteps', words: pending('Applied', 'PARTIAL_REFUNDED', 'Closed'), book: [['applied', 'closed'], ['applied', 'closed closed']] },
  { name: 'refundMerchantRejected', words: pending('MerchantConfirmed', 'PAID', 'MerchantRejected'), book: endsFailed('merchantRejected') },
  { name: 'refundTimeoutClosed', words: pending('MerchantConfirmed', 'PAID', 'TimeoutClosed'), book: endsFailed('timeoutClosed') },
  { name: 'refundOrganizationFailed', words: pending('MerchantConfirmed', 'PAID', 'OrganizationFailed'), book: endsFailed('organizationFailed') },
  { name: 'refundCustomerCancelled', words: pending('MerchantConfirmed', 'PAID', 'CustomerCancelled'), book: endsFailed('customerCancelled') },
  { name: 'refundQueriesLost', words: [['REFUND_IN_PROGRESS', 'lost', 'REFUND_IN_PROGRESS', 'lost'], ['SUCCESS', 'lost', 'SUCCESS', 'lost']], book: doneLater },
  { name: 'refundQueriesDead', words: [['lost', 'lost', 'REFUND_SUCCESS', 'lost'], ['lost', 'lost', 'SUCCESS', 'lost']], book: doneAtOnce },
  {
    name: 'refundQueryNotFound', book: doneAtOnce,
    words: [['REFUND_SUCCESS', 'UPAY_ORDER_NOT_EXISTS', 'REFUND_SUCCESS', 'UPAY_ORDER_NOT_EXISTS'], ['SUCCESS', 'REFUND_NO_ERROR', 'SUCCESS', 'REFUND_NO_ERROR']],
  },
  {
    name: 'refundQueriesStale', book: doneAtOnce,
    words: [['REFUND_IN_PROGRESS', 'REFUND_INPROGRESS', 'REFUND_SUCCESS', 'REFUND_INPROGRESS'], ['SUCCESS', 'MerchantConfirmed', 'SUCCESS', 'MerchantConfirmed']],
  },
  { name: 'refundUnlistedState', words: [['REFUND_IN_PROGRESS', 'IN_QUEUE', 'REFUND_IN_PROGRESS', 'IN_QUEUE'], ['SUCCESS', 'REVIEWING', 'SUCCESS', 'REVIEWING']], book: doneLater },
  { name: 'refundQueryGarbage', words: [['REFUND_IN_PROGRESS', 'HTTP 200', 'REFUND_IN_PROGRESS', 'HTTP 200'], ['SUCCESS', 'HTTP 200', 'SUCCESS', 'HTTP 200']], book: doneLater },
];

/** As `wordOf`; a body that can't be read is told by its HTTP status. */
function wordOrStatus(result: WireResult): string {
  try {
    return wordOf(result);
  } catch {
    return `HTTP ${result.status}`;
  }
}

const bookedStates = (reference: string): string => (simulator.world.order(reference)?.refunds ?? []).map((refund) => refund.state).join(' ');

describe.each(gateways.map((gateway, side) => [gateway, side as 0 | 1] as const))('refunds at %s', (gateway, side) => {
  const teller = () => tellerOf(simulator, gateway);

  async function firstWord(reference: string, silent: boolean): Promise<string> {
    const refund = teller().refund(reference, 'F1', '40');
    if (!silent) return wordOrStatus(await refund);
    await nextRequest(simulator);
    return '-';
  }

  it.each(plays)('$name', async ({ name, words, book }) => {
    played.add(name);
    const [first, query, again, later] = words[side];
    // Each order plays its code's script anew.
    for (const reference of ['R1', 'R2']) {
      expect(wordOf(await teller().pay(reference, simulator.world.code(name)))).toBe(side === 0 ? 'PAY_SUCCESS' : 'SUCCESS');
      expect(wordOf(await teller().query(reference))).toBe('PAID');
      expect(await firstWord(reference, first === '-')).toBe(first);
      expect(bookedStates(reference)).toBe(book[side][0]);
      expect(wordOrStatus(await teller().queryRefund(reference))).toBe(query);
    }
    expect(wordOrStatus(await teller().refund('R1', 'F1', '40'))).toBe(again);
    clock.advance(3_600_000);
    expect(bookedStates('R1')).toBe(book[side][1]);
    expect(wordOrStatus(await teller().queryRefund('R1'))).toBe(later);
    for (const order of simulator.world.books().orders) expect(order.refunds.filter(({ phase }) => phase !== 'failed').length * 40).toBeLessThanOrEqual(order.amount);
  });

  it.each(['refundWrongReference', 'refundWrongReferenceOnce', 'refundWrongAmount', 'refundBlankKey', 'refundOtherTypes', 'refundOtherNesting'])('%s bends the answers about the refund, not the book', async (name) => {
    played.add(name);
    const texts: string[][] = [];
    for (const [reference, code] of [['R1', name], ['R2', 'paid']] as const) {
      await teller().pay(reference, simulator.world.code(code));
      texts.push([(await teller().query(reference)).text, (await teller().refund(reference, 'F1', '40')).text, (await teller().queryRefund(reference)).text].map(plainText));
    }
    const [bentTexts = [], plainTexts = []] = texts;
    const differs = bentTexts.map((text, index) => text !== plainTexts[index]);
    expect(differs).toEqual([false, true, !name.endsWith('Once')]);
    expect(simulator.world.order('R1')?.refunds).toMatchObject([{ reference: 'F1', amount: 40 }]);
  });

  /** Without what belongs to one order; a bent number that is nobody's stays. */
  function plainText(text: string): string {
    return text.replace(/"(sn|trade_no|order_no|refund_no)( ?)":"(?!7890000000000000"|0{22}fe")[^"]*"/g, '$1$2').replaceAll('R2', 'R1');
  }

  it('a second refund of the order, under another number, goes its plain way', async () => {
    await teller().pay('R1', simulator.world.code('refundAnswerLostNoop'));
    expect(wordOf(await teller().refund('R1', 'F1', '40'))).toBe('lost');
    expect(wordOf(await teller().refund('R1', 'F2', '60'))).toBe(side === 0 ? 'REFUND_SUCCESS' : 'SUCCESS');
    clock.advance(2000);
    expect(simulator.world.order('R1')).toMatchObject({ state: 'refunded', refunds: [{ reference: 'F1', phase: 'done' }, { reference: 'F2', phase: 'done' }] });
  });

  it('refundAnswerLate answers after its seconds', async () => {
    await teller().pay('R1', simulator.world.code('refundAnswerLate', 30));
    const refund = teller().refund('R1', 'F1', '40');
    await nextRequest(simulator);
    clock.advance(30_000);
    expect(wordOf(await refund)).toBe(side === 0 ? 'REFUND_SUCCESS' : 'SUCCESS');
  });

  it('are in the book with amounts, states and times', async () => {
    await teller().pay('R1', simulator.world.code('refundSteps'));
    const start = clock.wall();
    await teller().refund('R1', 'F1', '40');
    clock.advance(8000);
    expect(simulator.world.order('R1')?.refunds).toEqual([{
      reference: 'F1', gatewayNumber: expect.stringMatching(/^[0-9a-f]{24}$/), amount: 40, terminal: side === 0 ? 'SIMULATOR000001' : 'SIMPOS01',
      at: start, state: 'closed', phase: 'done', backAt: start + 6000, endedAt: start + 8000,
      steps: ['applied', 'merchantConfirmed', 'organizationConfirmed', 'organizationPayback', 'closed'].map((state, index) => ({ state, at: start + index * 2000 })),
    }]);
    expect(simulator.world.books().totals).toMatchObject([{ charged: 100, refunded: 40, refundsOpen: 0, net: 60 }]);
  });
});

describe('the codes of refunds', () => {
  it('all have a test here', () => {
    const ours = describeScripts().filter(({ digits }) => digits.slice(9, 10) === '5');
    expect(ours.map((script) => script.name).filter((name) => !played.has(name))).toEqual([]);
  });

  it.each([[1, 'Applied'], [2, 'MerchantConfirmed'], [3, 'OrganizationConfirmed'], [4, 'OrganizationPayback']])('refundNeverEnds %i stays %s', async (state, word) => {
    const teller = tellerOf(simulator, 'omipay');
    await teller.pay('R1', digitsOf('refundNeverEnds', state));
    await teller.refund('R1', 'F1', '40');
    clock.advance(86_400_000);
    expect(wordOf(await teller.queryRefund('R1'))).toBe(word);
    expect(simulator.world.books().totals).toMatchObject([{ refunded: 0, refundsOpen: 40, net: 100 }]);
  });
});
