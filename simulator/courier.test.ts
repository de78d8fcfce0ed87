/** Notifications on their way: tries and pauses by the clock, the word that ends them, faults, replays, and nobody but loopback. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Courier } from './courier.ts';
import type { Notice, SentNotice } from './courier.ts';
import type { Fault } from './fault.ts';
import { manualClock } from './manual-clock.ts';
import type { ManualClock } from './manual-clock.ts';
import { Rules } from './rules.ts';
import { startListener } from './test-listener.ts';
import type { Listener } from './test-listener.ts';

let clock: ManualClock;
let rules: Rules;
let courier: Courier;
let shop: Listener;

beforeEach(async () => {
  clock = manualClock();
  rules = new Rules();
  courier = new Courier(clock, rules);
  shop = await startListener();
});
afterEach(async () => {
  courier.stop();
  await shop.close();
});

const notice = (change: Partial<Notice> = {}): Notice => ({
  gateway: 'aggregator', reference: 'R1', url: `${shop.url}/notify`, headers: { 'content-type': 'text/plain' }, body: 'paid', pausesSeconds: [0, 60, 60],
  isTaken: (status, text) => status === 200 && text === 'SUCCESS', ...change,
});

function nextEnd(): Promise<SentNotice> {
  return new Promise((resolve) => {
    const stop = courier.onEnd((ended) => {
      stop();
      resolve(ended);
    });
  });
}

/** Does something and waits for the try that it begins. */
async function ends(action: () => void): Promise<SentNotice['outcome']> {
  const ended = nextEnd();
  action();
  return (await ended).outcome;
}

const meets = (fault: Fault) => rules.add('test', { match: { call: 'notify' }, fault });

describe('tries', () => {
  it('end with the word, and only with it', async () => {
    expect(await ends(() => courier.send(notice()))).toBe('taken');
    clock.advance(3_600_000);
    expect(courier.all()).toMatchObject([{ try: 1, outcome: 'taken', status: 200, answer: 'SUCCESS', body: 'paid', fault: null }]);
  });

  it('go on after their pauses until these are used up', async () => {
    shop.answerWith(200, 'success');
    expect(await ends(() => courier.send(notice()))).toBe('refused');
    clock.advance(59_999);
    expect(shop.heard).toHaveLength(1);
    expect(await ends(() => clock.advance(1))).toBe('refused');
    expect(await ends(() => clock.advance(60_000))).toBe('refused');
    clock.advance(3_600_000);
    expect(courier.all().map((entry) => entry.try)).toEqual([1, 2, 3]);
    expect(shop.heard).toHaveLength(3);
  });

  it('end when a later one is taken', async () => {
    shop.answerWith(500, 'SUCCESS');
    await ends(() => courier.send(notice()));
    shop.answerWith(200, 'SUCCESS');
    expect(await ends(() => clock.advance(60_000))).toBe('taken');
    clock.advance(3_600_000);
    expect(shop.heard).toHaveLength(2);
  });

  it('count a shop that is away', async () => {
    await shop.close();
    expect(await ends(() => courier.send(notice()))).toBe('unreachable');
    expect(await ends(() => clock.advance(60_000))).toBe('unreachable');
  });
});

describe('an address elsewhere', () => {
  it.each(['https://127.0.0.1/notify', 'http://shop.example/notify', 'http://127.0.0.1.shop.example/', 'http://0x7f.1.shop.example/', 'nonsense'])('%s is never called', async (url) => {
    expect(await ends(() => courier.send(notice({ url })))).toBe('elsewhere');
    clock.advance(3_600_000);
    expect(courier.all()).toHaveLength(1);
  });
});

describe('faults', () => {
  it('requestLost: this try isn\'t sent, the next one is', async () => {
    meets({ kind: 'requestLost' });
    expect(await ends(() => courier.send(notice()))).toBe('lost');
    expect(shop.heard).toHaveLength(0);
    expect(await ends(() => clock.advance(60_000))).toBe('taken');
  });

  it('answerLost: the shop heard it and is told again', async () => {
    meets({ kind: 'answerLost' });
    expect(await ends(() => courier.send(notice()))).toBe('lost');
    expect(await ends(() => clock.advance(60_000))).toBe('taken');
    expect(shop.heard.map(({ body }) => body)).toEqual(['paid', 'paid']);
  });

  it('processedTwice: the shop hears it twice', async () => {
    meets({ kind: 'processedTwice' });
    await ends(() => courier.send(notice()));
    if (courier.all().some((entry) => entry.outcome === 'underWay')) await nextEnd();
    expect(courier.all().map((entry) => entry.outcome)).toEqual(['taken', 'taken']);
  });

  it('answerLate: it comes later', async () => {
    meets({ kind: 'answerLate', seconds: 30 });
    courier.send(notice());
    clock.advance(29_999);
    expect(courier.all()).toEqual([]);
    expect(await ends(() => clock.advance(1))).toBe('taken');
  });

  it('of a rule that names no call are not for notifications', async () => {
    rules.add('test', { fault: { kind: 'requestLost' }, times: 'always' });
    expect(await ends(() => courier.send(notice()))).toBe('taken');
  });
});

describe('a replay', () => {
  it('is the last notice of the order once more', async () => {
    await ends(() => courier.send(notice()));
    expect(await ends(() => expect(courier.again('aggregator', 'R1')).toBe(true))).toBe('taken');
    expect(courier.again('aggregator', 'R2')).toBe(false);
    expect(courier.all().map((entry) => entry.try)).toEqual([1, 0]);
  });
});

it('sends nothing after it was stopped', async () => {
  shop.answerWith(200, 'no');
  await ends(() => courier.send(notice()));
  courier.stop();
  clock.advance(3_600_000);
  expect(shop.heard).toHaveLength(1);
});
