/** Shouqianba's terminals: activation by a code, check-in, which of two keys sign, and what a lost answer leaves behind. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manualClock, startSimulator } from './index.ts';
import type { ManualClock, Simulator } from './index.ts';
import { parsed, send, shouqianba, simulatorForEach, wordOf } from './test-client.ts';
import type { Answer, WireResult } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

function signed(path: string, sn: string, key: string, fields: Record<string, unknown>, at: Simulator = simulator): Promise<WireResult> {
  const body = JSON.stringify(fields);
  const authorization = `${sn} ${createHash('md5').update(body + key).digest('hex')}`;
  return send(`${at.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body });
}

const ownKey = () => simulator.gateways.shouqianba.terminalKey;
const own = 'SIMULATOR000001';
const checkin = (key: string, sn = own, device = 'd1') => signed('/terminal/checkin', sn, key, { terminal_sn: sn, device_id: device });
const query = (key: string, sn = own, at: Simulator = simulator) => signed('/upay/v2/query', sn, key, { terminal_sn: sn, client_sn: 'nobody' }, at);
const activate = (change: Record<string, unknown> = {}) => {
  const { vendorSn, vendorKey, appId, activationCode } = simulator.vendor;
  return signed('/terminal/activate', vendorSn, vendorKey, { app_id: appId, code: activationCode, device_id: 'd1', ...change });
};
/** The word of a refusal, or the key that was given. */
const keyOf = (result: WireResult): string => {
  const answer = parsed(result);
  return answer['result_code'] === '200' ? String((answer['biz_response'] as Answer)['terminal_key']) : String(answer['error_code']);
};
const good = 'UPAY_ORDER_NOT_EXISTS';

describe('check-in', () => {
  it('gives a new key; the old one is dead at once', async () => {
    const answer = parsed(await checkin(ownKey()));
    expect(answer).toMatchObject({ result_code: '200', biz_response: { terminal_sn: own, terminal_key: expect.stringMatching(/^[0-9a-f]{32}$/) } });
    const next = String((answer['biz_response'] as Answer)['terminal_key']);
    expect([wordOf(await query(ownKey())), wordOf(await query(next)), keyOf(await checkin(ownKey()))]).toEqual(['ILLEGAL_SIGN', good, 'ILLEGAL_SIGN']);
  });

  it('or the last two are good, where the platform is the other page\'s', async () => {
    simulator.world.control('shouqianba', 'terminal', { oldKey: 'lives' });
    const second = keyOf(await checkin(ownKey()));
    const third = keyOf(await checkin(ownKey()));
    expect([wordOf(await query(ownKey())), wordOf(await query(second)), wordOf(await query(third))]).toEqual(['ILLEGAL_SIGN', good, good]);
  });

  it('whose answer was lost is made again with the old key, which trades no more', async () => {
    simulator.world.addRule({ match: { call: 'checkin' }, fault: { kind: 'answerLost' } });
    expect(wordOf(await checkin(ownKey()))).toBe('lost');
    expect(wordOf(await query(ownKey()))).toBe('ILLEGAL_SIGN');
    const key = keyOf(await checkin(ownKey()));
    expect(wordOf(await query(key))).toBe(good);
  });

  it('that never arrived changes nothing', async () => {
    simulator.world.addRule({ match: { call: 'checkin' }, fault: { kind: 'requestLost' } });
    expect(wordOf(await checkin(ownKey()))).toBe('lost');
    expect(wordOf(await query(ownKey()))).toBe(good);
  });

  it('by another till kills the key of ours', async () => {
    expect(simulator.world.control('shouqianba', 'checkin-elsewhere', {})).toEqual({ status: 200, json: { done: true } });
    expect(wordOf(await query(ownKey()))).toBe('ILLEGAL_SIGN');
    expect(simulator.world.control('shouqianba', 'checkin-elsewhere', { terminal: 'nobody' })).toEqual({ status: 200, json: { done: false } });
  });

  it('may be nested with a business code', async () => {
    simulator.world.addRule({ match: { call: 'checkin' }, fault: { kind: 'altered', how: 'otherNesting' } });
    expect(parsed(await checkin(ownKey()))).toMatchObject({ biz_response: { result_code: 'TERMINAL_CHECKIN_SUCCESS', data: { terminal_key: expect.any(String) } } });
  });

  it('gives keys that outlive the simulator', async () => {
    const second = keyOf(await checkin(ownKey()));
    const third = keyOf(await checkin(second));
    const next = await startSimulator({ clock: manualClock() });
    try {
      expect([wordOf(await query(third, own, next)), wordOf(await query(ownKey(), own, next)), wordOf(await query('f'.repeat(32), own, next))]).toEqual([good, 'ILLEGAL_SIGN', 'ILLEGAL_SIGN']);
    } finally {
      await next.close();
    }
  });

  it.each<[string, Record<string, unknown>]>([['no device', { device_id: undefined }], ['a key of no table', { client_sn: 'x' }]])('with %s is refused', async (_name, change) => {
    expect(keyOf(await signed('/terminal/checkin', own, ownKey(), { terminal_sn: own, device_id: 'd1', ...change }))).toBe('INVALID_PARAMS');
  });
});

describe('activation', () => {
  it('makes a terminal with a key, which trades and checks in from its own device', async () => {
    const biz = parsed(await activate())['biz_response'] as Answer;
    expect(biz).toMatchObject({ terminal_sn: expect.stringMatching(/^SIMULATOR1\d{5}$/), terminal_key: expect.stringMatching(/^[0-9a-f]{32}$/), merchant_name: '模拟商户' });
    const [sn, key] = [String(biz['terminal_sn']), String(biz['terminal_key'])];
    expect(wordOf(await query(key, sn))).toBe(good);
    expect(keyOf(await checkin(key, sn, 'd2'))).toBe('INVALID_TERMINAL');
    expect(wordOf(await query(keyOf(await checkin(key, sn)), sn))).toBe(good);
    expect(wordOf(await shouqianba(simulator, 'query', { client_sn: 'nobody' }))).toBe(good);
  });

  it('of the same device again keeps its number and gives a new key', async () => {
    const first = parsed(await activate())['biz_response'] as Answer;
    const second = parsed(await activate())['biz_response'] as Answer;
    expect(second['terminal_sn']).toBe(first['terminal_sn']);
    expect(wordOf(await query(String(first['terminal_key']), String(first['terminal_sn'])))).toBe('ILLEGAL_SIGN');
  });

  it('works three times with one code, for seven days; another code can be made', async () => {
    for (const device of ['d1', 'd2', 'd3']) expect(keyOf(await activate({ device_id: device }))).toMatch(/^[0-9a-f]{32}$/);
    expect(parsed(await activate({ device_id: 'd4' }))).toMatchObject({ result_code: '400', error_code: 'INVALID_PARAMS', error_message: '激活码使用次数已用完' });
    simulator.world.control('shouqianba', 'activation-code', { code: '5', uses: 1 });
    expect(keyOf(await activate({ code: '5', device_id: 'd4' }))).toMatch(/^[0-9a-f]{32}$/);
    simulator.world.control('shouqianba', 'activation-code', { code: '6' });
    clock.advance(7 * 86_400_000 + 1);
    expect(parsed(await activate({ code: '6' }))).toMatchObject({ error_message: '激活码已过期' });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another app', { app_id: 'x' }, 'INVALID_PARAMS'], ['an unknown code', { code: 'x' }, 'INVALID_PARAMS'], ['no device', { device_id: '' }, 'INVALID_PARAMS'], ['a key of no table', { terminal_sn: own }, 'INVALID_PARAMS'],
  ])('with %s is refused', async (_name, change, word) => {
    expect(keyOf(await activate(change))).toBe(word);
  });

  it('is signed by the vendor, and by nobody else', async () => {
    const { vendorSn, appId, activationCode } = simulator.vendor;
    const fields = { app_id: appId, code: activationCode, device_id: 'd1' };
    expect(keyOf(await signed('/terminal/activate', vendorSn, 'x', fields))).toBe('ILLEGAL_SIGN');
    expect(keyOf(await signed('/terminal/activate', own, ownKey(), fields))).toBe('TERMINAL_NOT_EXISTS');
  });

  it('is refused over HTTP where the control call makes no sense', async () => {
    const post = (name: string, body: string) => send(`${simulator.url}/simulator/${name}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([(await post('shouqianba/terminal', '{"oldKey":"maybe"}')).status, (await post('shouqianba/nothing', '{}')).status, (await post('shouqianba/terminal', '{"oldKey":"lives"}')).status]).toEqual([400, 404, 200]);
  });
});
