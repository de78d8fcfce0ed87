/** Shown codes: every script on a created order, payers who scan them, and the one who pays twice if he is let. */
import { describe, expect, it } from 'vitest';
import type { ManualClock, OrderState, Simulator } from './index.ts';
import { describeScripts } from './scripts.ts';
import { nextRequest, omipay, parsed, send, shouqianba, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { Answer, WireResult } from './test-client.ts';
import { numberOf, ums, umsWord } from './ums-test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const reference = numberOf('R1');
const shops = {
  shouqianba: {
    create: (own = reference, amount = 100) => shouqianba(simulator, 'precreate', { client_sn: own, total_amount: String(amount), payway: '3', subject: '南门便利店', operator: '01' }),
    query: (own = reference) => shouqianba(simulator, 'query', { client_sn: own }),
    cancel: (own = reference) => shouqianba(simulator, 'cancel', { client_sn: own }),
    refund: () => tellerOf(simulator, 'shouqianba').refund(reference, 'F1', '40'),
    word: wordOf,
    qr: (result: WireResult) => String(((parsed(result)['biz_response'] as Answer)['data'] as Answer)['qr_code']),
    created: 'PRECREATE_SUCCESS', known: 'CLIENT_SN_CONFLICT', failure: 'UNKNOWN_SYSTEM_ERROR', paid: 'PAID', unpaid: 'CREATED', strange: 'UPAY_ORDER_NOT_EXISTS',
  },
  omipay: {
    create: (own = reference, amount = 100) =>
      omipay(simulator, 'MakeQROrder', { order_name: '南门便利店', currency: 'AUD', amount: String(amount), notify_url: simulator.gateways.omipay.notifyUrl, out_order_no: own, platform: 'WECHATPAY' }),
    query: (own = reference) => tellerOf(simulator, 'omipay').query(own),
    cancel: null,
    refund: () => tellerOf(simulator, 'omipay').refund(reference, 'F1', '40'),
    word: wordOf,
    qr: (result: WireResult) => String(parsed(result)['qrcode']),
    created: 'SUCCESS', known: 'ORDER_PAID', failure: 'SYSTEM_ERROR', paid: 'PAID', unpaid: 'READY', strange: 'PERMISSION_ERROR',
  },
  ums: {
    create: (own = reference, amount = 100) => ums(simulator, 'trade/precreate', { merOrderId: own, totalAmount: amount, tradeType: 'APP', orderDesc: '南门便利店' }),
    query: (own = reference) => ums(simulator, 'query', { merOrderId: own }),
    cancel: (own = reference) => ums(simulator, 'close', { merOrderId: own }),
    refund: () => ums(simulator, 'refund', { merOrderId: reference, refundOrderId: numberOf('F1'), refundAmount: 40 }),
    word: umsWord,
    qr: (result: WireResult) => String(parsed(result)['qrCode']),
    created: 'NEW_ORDER', known: 'DUP_ORDER', failure: 'INTERNAL_ERROR', paid: 'TRADE_SUCCESS', unpaid: 'NEW_ORDER', strange: 'NO_ORDER',
  },
} as const;

const stateNow = (own = reference): OrderState | 'absent' => simulator.world.order(own)?.state ?? 'absent';
const json = { 'content-type': 'application/json' };
const post = (name: string, body: unknown) => send(`${simulator.url}/simulator/${name}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
const arm = (script: string) => post('rules', { match: { call: 'present', amount: 100 }, plays: script });
const played = new Set<string>();

type Word = 'created' | 'known' | 'failure' | 'lost' | number;
interface Play {
  readonly name: string;
  /** How the creation is answered; a number is an HTTP status with nothing readable. */
  readonly answer: Word;
  readonly state: OrderState | 'absent';
  /** Three minutes later, while the code still lives everywhere. */
  readonly later?: OrderState;
}

const plays: readonly Play[] = [
  { name: 'paid', answer: 'created', state: 'paid' },
  { name: 'singleUse', answer: 'created', state: 'paid' },
  { name: 'waits', answer: 'created', state: 'waiting', later: 'paid' },
  { name: 'wrongPassword', answer: 'created', state: 'waiting', later: 'paid' },
  ...['payerCancels', 'ignored', 'insufficient', 'insufficientLater', 'badCode', 'overLimit', 'overDayLimit', 'cardNotSupported'].map((name): Play => ({ name, answer: 'created', state: 'waiting', later: 'waiting' })),
  { name: 'closesItself', answer: 'created', state: 'waiting', later: 'refused' },
  { name: 'refused', answer: 'created', state: 'refused' },
  { name: 'expired', answer: 'created', state: 'refused' },
  { name: 'payError', answer: 'created', state: 'error', later: 'refused' },
  { name: 'payErrorPaid', answer: 'created', state: 'error', later: 'paid' },
  { name: 'answerLost', answer: 'lost', state: 'paid' },
  { name: 'answerLostWaits', answer: 'lost', state: 'waiting', later: 'paid' },
  { name: 'answerLostRefused', answer: 'lost', state: 'waiting', later: 'waiting' },
  { name: 'answerLostIgnored', answer: 'lost', state: 'waiting', later: 'waiting' },
  { name: 'requestLost', answer: 'lost', state: 'absent' },
  { name: 'lostThenBooked', answer: 'lost', state: 'absent', later: 'paid' },
  { name: 'cutInHalf', answer: 'lost', state: 'paid' },
  { name: 'status500Paid', answer: 500, state: 'paid' },
  { name: 'status500', answer: 500, state: 'absent' },
  { name: 'status403Paid', answer: 403, state: 'paid' },
  { name: 'garbagePaid', answer: 200, state: 'paid' },
  { name: 'garbage', answer: 200, state: 'absent' },
  { name: 'emptyPaid', answer: 200, state: 'paid' },
  { name: 'answerTwice', answer: 200, state: 'paid' },
  { name: 'systemErrorPaid', answer: 'failure', state: 'paid' },
  { name: 'systemError', answer: 'failure', state: 'absent' },
  { name: 'processedTwice', answer: 'known', state: 'paid' },
  { name: 'alreadyKnown', answer: 'known', state: 'absent' },
];

describe.each(Object.entries(shops))('at %s', (gateway, shop) => {
  const wordOfCreation = (result: WireResult): Word => {
    if (result.kind === 'lost') return 'lost';
    try {
      parsed(result);
    } catch {
      return result.status;
    }
    const word = shop.word(result);
    return word === shop.created ? 'created' : word === shop.known ? 'known' : word === shop.failure ? 'failure' : 0;
  };

  it.each(plays)('$name', async ({ name, answer, state, later }) => {
    played.add(name);
    await arm(name);
    expect(wordOfCreation(await shop.create())).toBe(answer);
    expect(stateNow()).toBe(state);
    clock.advance(180_000);
    expect(stateNow()).toBe(later ?? state);
    expect(simulator.world.order(reference)?.timesCharged ?? 0).toBeLessThan(2);
  });

  it.each(['answerLate', 'bookedLate'])('%s is answered later', async (name) => {
    played.add(name);
    await arm(name);
    const creation = shop.create();
    await nextRequest(simulator);
    expect(stateNow()).toBe(name === 'answerLate' ? 'paid' : 'absent');
    clock.advance(20_000);
    expect([wordOfCreation(await creation), stateNow()]).toEqual(['created', 'paid']);
  });

  it.each([['silentPaid', 'paid'], ['silent', 'absent']])('%s is never answered', async (name, state) => {
    played.add(name);
    await arm(name);
    void shop.create();
    await nextRequest(simulator);
    expect(stateNow()).toBe(state);
  });

  it('inProgressPaid and staleQueries say waiting of what is paid', async () => {
    played.add('inProgressPaid').add('staleQueries');
    await arm('staleQueries:2');
    await shop.create();
    expect(stateNow()).toBe('paid');
    const words = [shop.word(await shop.query()), shop.word(await shop.query()), shop.word(await shop.query())];
    expect(words[2]).toBe(shop.paid);
    expect(words.slice(0, 2)).not.toContain(shop.paid);
  });

  it.each<[string, readonly string[]]>([
    ['queriesLost', ['lost', 'lost', shop.paid]], ['queriesDead', ['lost', 'lost', 'lost']], ['notExistFirst', [shop.strange, shop.strange, shop.paid]], ['answersAllLost', ['lost', 'lost', 'lost']],
  ])('%s is played on its queries', async (name, words) => {
    played.add(name);
    await arm(name);
    await shop.create();
    clock.advance(3000);
    const heard: string[] = [];
    for (let index = 0; index < words.length; index += 1) heard.push(shop.word(await shop.query()));
    expect(heard).toEqual(words);
  });

  it('unlistedStatus is played on its queries', async () => {
    played.add('unlistedStatus');
    await arm('unlistedStatus');
    await shop.create();
    expect(['IN_QUEUE', 'REVIEWING', 'TRADE_FROZEN']).toContain(shop.word(await shop.query()));
  });

  it.each(['wrongAmount', 'wrongReference', 'blankKey', 'otherTypes', 'otherNesting', 'smallerNet'])('%s bends what is said, not the books', async (name) => {
    played.add(name).add(`${name}Once`);
    await arm(name);
    await shop.create();
    const bent = await shop.query();
    expect(simulator.world.order(reference)).toMatchObject({ state: 'paid', amount: 100 });
    // A test's rule comes before the script's, and this one lets the answer pass as it is.
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'processedTwice' } });
    // Omipay's answers have no net amount.
    expect((await shop.query()).text === bent.text).toBe(gateway === 'omipay' && name === 'smallerNet');
  });

  it('refund stories are played on its refunds', async () => {
    await arm('refundInProgress');
    const created = await shop.create();
    expect(simulator.world.shown()).toEqual([]);
    expect([stateNow(), wordOfCreation(created)]).toEqual(['paid', 'created']);
    await shop.refund();
    expect(simulator.world.order(reference)?.refunds).toMatchObject([{ phase: 'open' }]);
    clock.advance(5000);
    expect(simulator.world.order(reference)?.refunds).toMatchObject([{ phase: 'done' }]);
  });

  it('waits for whoever scans it, until its last second', async () => {
    const qr = shop.qr(await shop.create());
    expect(shop.word(await shop.query())).toBe(shop.unpaid);
    const [shown] = simulator.world.shown();
    expect(shown).toMatchObject({ gateway, reference, qr, amount: 100, subject: '南门便利店', scannedAt: null });
    clock.advance((shown?.expiresAt ?? 0) - clock.wall() - 1);
    expect(parsed(await post('pay-shown', { qr }))).toEqual({ done: true, gateway, reference });
    expect(shop.word(await shop.query())).toBe(shop.paid);
    expect((await post('pay-shown', { qr })).status).toBe(409);
  });

  it('can\'t be paid any more when it has expired', async () => {
    const qr = shop.qr(await shop.create());
    clock.advance((simulator.world.shown()[0]?.expiresAt ?? 0) - clock.wall());
    expect(simulator.world.payShown(qr)).toEqual({ done: false, why: 'ended' });
    expect([stateNow(), simulator.world.shown()]).toEqual(['refused', []]);
  });
});

describe.each([['shouqianba', 'cancelled'], ['ums', 'paid']] as const)('closing at %s', (gateway, paidFirst) => {
  const shop = shops[gateway];

  it.each<[string, readonly OrderState[]]>([
    ['cancelFails', ['waiting', 'waiting', 'cancelled']], ['cancelFailsAlways', ['waiting', 'waiting', 'waiting']], ['cancelAnswerLost', ['cancelled']],
    ['cancelLost', ['waiting', 'waiting', 'cancelled']], ['cancelGarbage', ['cancelled']], ['paidDuringCancel', [paidFirst]], ['paidInsteadOfCancel', ['paid', paidFirst]],
    ['paidAndCancelFailsAlways', ['paid', 'paid', 'paid']],
  ])('%s', async (name, states) => {
    played.add(name);
    await arm(name);
    await shop.create();
    const heard: string[] = [];
    for (let index = 0; index < states.length; index += 1) {
      await shop.cancel();
      heard.push(stateNow());
    }
    expect(heard).toEqual(states);
  });

  it('cancelSilent works and is never answered', async () => {
    played.add('cancelSilent');
    await arm('cancelSilent');
    await shop.create();
    void shop.cancel();
    await nextRequest(simulator);
    expect(stateNow()).toBe('cancelled');
  });
});

describe('a payer before the screen', () => {
  it('scans, refuses, and leaves it to the next one; another wallet can\'t read it', async () => {
    const qr = shops.shouqianba.qr(await shops.shouqianba.create());
    expect(simulator.world.payShown(qr, 'pays', 'alipay')).toEqual({ done: false, why: 'wallet' });
    expect(parsed(await post('pay-shown', { qr, does: 'scans' }))).toMatchObject({ done: true });
    expect(simulator.world.shown()).toMatchObject([{ scannedAt: clock.wall() }]);
    await post('pay-shown', { qr, does: 'insufficient' });
    expect(simulator.world.order(reference)).toMatchObject({ state: 'waiting', refusal: 'insufficient' });
    await post('decide', { reference, does: 'payerCancelled' });
    expect(simulator.world.order(reference)).toMatchObject({ state: 'waiting', refusal: 'payerCancelled' });
    await post('decide', { reference, does: 'pays' });
    expect(simulator.world.order(reference)).toMatchObject({ state: 'paid', refusal: null, wallet: 'wechat' });
    expect(simulator.world.payShown('https://qr.simulator.invalid/nobody')).toEqual({ done: false, why: 'unknown' });
  });

  it('who pays both codes of one sale, if he is let, has paid twice', async () => {
    await tellerOf(simulator, 'omipay').pay('scanned', simulator.world.code('ignored'));
    await shops.shouqianba.create();
    expect(parsed(await post('pay-all', {}))).toEqual({ paid: ['scanned', reference] });
    expect(simulator.world.books().totals.map(({ charged }) => charged)).toEqual([100, 100]);
  });

  it('who pays whatever he is asked for, some seconds later, meets only what is still open then', async () => {
    simulator.world.addRule({ times: 'always', payer: [{ after: 20, does: 'pays' }] });
    await tellerOf(simulator, 'shouqianba').pay('scanned', simulator.world.code('ignored'));
    clock.advance(5000);
    await shouqianba(simulator, 'cancel', { client_sn: 'scanned' });
    await shops.ums.create();
    clock.advance(20_000);
    expect(simulator.world.books().orders.map(({ state, timesCharged }) => [state, timesCharged])).toEqual([['cancelled', 0], ['paid', 1]]);
  });

  it('is set up by rules that a till can\'t miss: by amount, once; an unknown script is refused', async () => {
    expect((await post('rules', { match: { call: 'present' }, plays: 'earthquake' })).status).toBe(400);
    expect(() => simulator.world.playNextShown('paid:3')).toThrow('no script');
    await arm('waits:20');
    await shops.ums.create(reference, 200);
    clock.advance(20_000);
    expect(stateNow()).toBe('waiting');
    await shops.shouqianba.create(reference, 100);
    clock.advance(20_000);
    expect(simulator.world.order(reference, 'shouqianba')).toMatchObject({ state: 'paid', code: simulator.world.code('waits', 20) });
  });
});

describe('the scripts', () => {
  it('of payments are all played here on shown orders', () => {
    const others = describeScripts().filter(({ digits }) => digits.slice(9, 10) !== '5').map(({ name }) => name);
    expect(others.filter((name) => !played.has(name))).toEqual([]);
  });
});
