/** Rules, control calls and what a web page from elsewhere can't do. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alterations, faultSchema, sayings } from './fault.ts';
import { serveSimulator } from './index.ts';
import type { ManualClock, Simulator } from './index.ts';
import { refundStates } from './model.ts';
import { describeScripts } from './scripts.ts';
import { parsed, send, shouqianba, simulatorForEach, tellerOf, wordOf } from './test-client.ts';
import type { Teller } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;
let teller: Teller;

simulatorForEach((made) => {
  ({ clock, simulator } = made);
  teller = tellerOf(simulator, 'shouqianba');
});

const code = (name: string) => simulator.codes[name] ?? '';

describe('rules', () => {
  it('meet the calls that they match, as often as they say, after those that they skip', async () => {
    simulator.world.addRule({ match: { gateway: 'shouqianba', call: 'query' }, skip: 1, times: 2, fault: { kind: 'httpStatus', status: 502, processed: false } });
    await teller.pay('R1', code('paid'));
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await teller.query('R1')).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  it('come before the script, and end when they are removed', async () => {
    const remove = simulator.world.addRule({ match: { call: 'pay' }, times: 'always', fault: { kind: 'requestLost' } });
    expect(wordOf(await teller.pay('R1', code('garbagePaid')))).toBe('lost');
    expect(simulator.world.order('R1')).toBeNull();
    remove();
    expect((await teller.pay('R1', code('garbagePaid'))).status).toBe(200);
    expect(simulator.world.order('R1')?.state).toBe('paid');
  });

  it('let a payer with any code behave, who is nobody otherwise', async () => {
    const digits = '134726581093324417';
    expect(wordOf(await teller.pay('R1', digits))).toBe('INVALID_BARCODE');
    simulator.world.addRule({ match: { code: digits }, payer: [{ after: 2, does: 'pays' }] });
    expect(wordOf(await teller.pay('R2', digits))).toBe('PAY_IN_PROGRESS');
    clock.advance(2000);
    expect(simulator.world.order('R2')?.state).toBe('paid');
  });

  it('answer with any body', async () => {
    simulator.world.addRule({ match: { call: 'query' }, fault: { kind: 'answers', status: 200, body: '{"result_code":"200"}', processed: false } });
    expect(parsed(await teller.query('R1'))).toEqual({ result_code: '200' });
  });

  it('put any fault on the refunds of any code, and on the queries about them', async () => {
    const omipay = tellerOf(simulator, 'omipay');
    simulator.world.addRule({ match: { code: code('paid'), call: 'refund' }, fault: { kind: 'garbage', processed: true } });
    simulator.world.addRule({ match: { code: code('paid'), call: 'queryRefund' }, fault: { kind: 'httpStatus', status: 502, processed: false } });
    await omipay.pay('R1', code('paid'));
    expect((await omipay.refund('R1', 'F1', '10')).text).not.toContain('SUCCESS');
    expect((await omipay.queryRefund('R1')).status).toBe(502);
    expect(wordOf(await omipay.queryRefund('R1'))).toBe('MerchantConfirmed');
  });

  it('can mean repeats only, or first transmissions only', async () => {
    simulator.world.addRule({ match: { call: 'refund', repeat: true }, times: 'always', fault: { kind: 'says', what: 'refundNoop', processed: false } });
    await teller.pay('R1', code('paid'));
    const words: string[] = [];
    for (const number of ['F1', 'F1', 'F2', 'F2']) words.push(wordOf(await teller.refund('R1', number, '10')));
    expect(words).toEqual(['REFUND_SUCCESS', 'UPAY_REFUND_ORDER_NOOP', 'REFUND_SUCCESS', 'UPAY_REFUND_ORDER_NOOP']);
  });

  it('say how a refund goes on', async () => {
    simulator.world.addRule({ match: { reference: 'R1' }, refundGoes: [{ after: 1, becomes: 'closed' }] });
    await teller.pay('R1', code('refundNeverEnds'));
    expect([wordOf(await teller.refund('R1', 'F1', '10')), wordOf(await teller.refund('R1', 'F2', '10'))]).toEqual(['REFUND_IN_PROGRESS', 'REFUND_IN_PROGRESS']);
    clock.advance(3_600_000);
    expect(simulator.world.order('R1')?.refunds.map((refund) => refund.phase)).toEqual(['done', 'open']);
  });

  it('can let a refund fail after it was paid back: the wallet hasn\'t got it then, and the shop can refund it again', async () => {
    const omipay = tellerOf(simulator, 'omipay');
    simulator.world.addRule({ match: { call: 'refund' }, refundGoes: [{ after: 1, becomes: 'organizationPayback' }, { after: 2, becomes: 'organizationFailed' }, { after: 3, becomes: 'closed' }] });
    await omipay.pay('R1', code('paid'));
    await omipay.refund('R1', 'F1', '100');
    clock.advance(1000);
    expect(simulator.world.order('R1')?.refunds).toMatchObject([{ phase: 'open', backAt: clock.wall() }]);
    clock.advance(2000);
    expect(simulator.world.order('R1')).toMatchObject({ state: 'paid', refunds: [{ phase: 'failed', state: 'organizationFailed', backAt: null }] });
    expect(wordOf(await omipay.refund('R1', 'F1', '100'))).toBe('SUCCESS');
  });

  it('that make no sense are refused', () => {
    expect(() => simulator.world.addRule({})).toThrow('either a fault or a payer or refundGoes');
    expect(() => simulator.world.addRule({ times: 0, fault: { kind: 'requestLost' } })).toThrow('times');
  });
});

describe('the payer of a waiting order', () => {
  it('pays or refuses when a test says so, once', async () => {
    await teller.pay('R1', code('ignored'));
    await teller.pay('R2', code('ignored'));
    expect(simulator.world.confirm('R1')).toBe(true);
    expect(simulator.world.confirm('R1')).toBe(false);
    expect(simulator.world.refuse('R2', 'insufficient')).toBe(true);
    expect(simulator.world.books().orders.map((order) => [order.state, order.refusal])).toEqual([['paid', null], ['refused', 'insufficient']]);
  });
});

describe('the request log', () => {
  it('has every request with its body, its fault and its refusal', async () => {
    await teller.pay('R1', code('answerLost'));
    await shouqianba(simulator, 'query', {});
    expect(simulator.world.requests()).toMatchObject([
      { at: clock.wall(), method: 'POST', path: '/upay/v2/pay', gateway: 'shouqianba', call: 'pay', reference: 'R1', fault: 'answerLost', refusedAs: null, body: { total_amount: '100' } },
      { call: 'query', reference: null, fault: null, refusedAs: 'INVALID_PARAMS' },
    ]);
  });
});

describe('the control calls', () => {
  const json = { 'content-type': 'application/json' };
  const control = (name: string) => `${simulator.url}/simulator/${name}`;
  const token = () => /phone\/([0-9a-f]{32})\/$/.exec(simulator.phoneUrl)?.[1] ?? '';
  const rule = JSON.stringify({ match: { call: 'pay' }, fault: { kind: 'answerLost' } });

  it('show books and requests, set rules and decide for a payer', async () => {
    expect(parsed(await send(control('rules'), { method: 'POST', headers: json, body: rule }))).toEqual({ added: 1 });
    expect(wordOf(await teller.pay('R1', code('ignored')))).toBe('lost');
    expect((await send(control('decide'), { method: 'POST', headers: json, body: '{"reference":"R1","does":"pays"}' })).status).toBe(200);
    expect(parsed(await send(control('books')))).toMatchObject({ orders: [{ reference: 'R1', state: 'paid' }], totals: [{ net: 100 }] });
    expect(parsed(await send(control('requests')))).toMatchObject({ requests: [{ call: 'pay', fault: 'answerLost' }] });
  });

  it('refuse a rule that is none', async () => {
    const result = await send(control('rules'), { method: 'POST', headers: json, body: '{"fault":{"kind":"earthquake"}}' });
    expect(result.status).toBe(400);
  });

  it('are not for web pages: foreign origin, rebound name, no token, no preflight-free type', async () => {
    expect((await send(control('books'), { headers: { origin: 'https://example.com' } })).status).toBe(403);
    expect((await send(control('books'), { headers: { host: 'example.com' } })).status).toBe(403);
    expect((await send(control('books'), { headers: { origin: simulator.url } })).status).toBe(403);
    expect((await send(control('books'), { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect((await send(`${control('books')}?token=${token()}`, { headers: { origin: simulator.url } })).status).toBe(200);
    expect((await send(control('rules'), { method: 'POST', headers: { 'content-type': 'text/plain' }, body: rule })).status).toBe(415);
    expect((await send(control('books'))).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('garbage', () => {
  it.each([
    ['/', 'GET', ''], ['/upay/v2/pay', 'POST', '\u0000\u0001'], ['/upay/v2/cancel', 'POST', '{"a":'], ['/omipay/api/v2/MakeScanOrder?%E0%A4%A&&=&a', 'GET', ''],
    ['/omipay/api/v2/constructor', 'GET', ''], ['/upay/v2/query', 'POST', 'x'.repeat(300_000)], ['/simulator/rules', 'POST', 'null'], ['/simulator/phone/x/', 'GET', ''],
  ])('%s is answered and harms nothing', async (path, method, body) => {
    const result = await send(`${simulator.url}${path}`, { method, body, headers: { 'content-type': 'application/json' } });
    expect(result.kind).toBe('answer');
    expect(wordOf(await teller.pay('R1', code('paid')))).toBe('PAY_SUCCESS');
  });
});

describe('for the command line', () => {
  it('the first line has the settings blocks, the codes and the phone', async () => {
    const lines: string[] = [];
    const served = await serveSimulator({ clock }, (line) => lines.push(line));
    await served.close();
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      gateways: {
        shouqianba: { baseUrl: served.url, currency: 'CNY' },
        omipay: { baseUrl: `${served.url}/omipay/api/v2`, currency: 'AUD', merchantNumber: expect.stringMatching(/^\d{10}$/) },
      },
      codes: { paid: expect.any(String), waits: expect.any(String) },
      phone: served.phoneUrl,
    });
  });
});

describe('docs/simulator.md', () => {
  it('lists every script with its digits and every kind of fault', () => {
    const page = readFileSync(new URL('../docs/simulator.md', import.meta.url), 'utf8');
    for (const { name, digits, says, parameter } of describeScripts()) expect(page).toContain(`| \`${name}\` | ${digits.slice(9, 12)} | ${says} | ${parameter} |`);
    for (const option of faultSchema.options) expect(page).toContain(`\`${option.shape.kind.value}\``);
    for (const name of [...alterations, ...sayings, ...refundStates]) expect(page).toContain(`\`${name}\``);
  });
});
