/** Bad input through the real command line: a clear message, the documented exit code, and nothing sent. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { start, till, writeSettings, type Ended, type Line } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();
const { newHome } = shop;
let home = '';

beforeAll(() => {
  home = newHome();
});

function pay(change: Readonly<Record<string, string>> = {}, folder = home): Promise<Ended> {
  const options = { gateway: 'shouqianba', amount: '12.34', code: shop.simulator.codes['paid'] ?? '', ...change };
  return till(folder, 'pay', ...Object.entries(options).flatMap(([name, value]) => [`--${name}=${value}`]));
}

async function expectRefused(ended: Promise<Ended>, code: number): Promise<string> {
  const before = shop.simulator.world.requests().length;
  const { code: exit, stdout, stderr } = await ended;
  expect({ exit, stdout }, stderr).toEqual({ exit: code, stdout: '' });
  expect(stderr.trim()).not.toBe('');
  // A stack trace is no message.
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(shop.simulator.world.requests().length).toBe(before);
  return stderr;
}

describe('amounts', () => {
  it.each(['0', '0.00', '-1', '1e3', '1.234', '99999999999', '１２', '', ' 1', '1,00', '0x10', 'NaN', '.5', '5.', '50000.01'])('%j is refused', async (amount) => {
    await expectRefused(pay({ amount }), 64);
  });

  it('tells what is wrong with it', async () => {
    expect(await expectRefused(pay({ amount: '1.234' }), 64)).toContain('Nothing was charged');
  });
});

describe('codes', () => {
  it.each(['', '13900000000100000A', '1'.repeat(33), '１３９０００００００１００００００', '13900 0001'])('%j is refused', async (code) => {
    await expectRefused(pay({ code }), 64);
  });
});

describe('commands', () => {
  it('refuses an unknown gateway, and one that is off', async () => {
    await expectRefused(pay({ gateway: 'nowhere' }), 64);
    await expectRefused(pay({ gateway: '__proto__' }), 64);
  });

  it('refuses unknown commands, missing options and options that do not exist', async () => {
    await expectRefused(till(home, 'sell'), 64);
    await expectRefused(till(home, 'pay', '--gateway', 'shouqianba'), 64);
    await expectRefused(till(home, 'list', '--frobnicate'), 64);
    await expectRefused(till(home, 'list', '--day', 'tomorrow'), 64);
  });

  it('case 10: refuses a second sale of one order number, unless it is said again', async () => {
    const own = newHome();
    expect((await pay({ ref: 'ORDER-7' }, own)).code).toBe(0);
    await expectRefused(pay({ ref: 'ORDER-7', code: shop.simulator.codes['paidAlipay'] ?? '' }, own), 64);
    expect((await till(own, 'pay', '--gateway', 'shouqianba', '--amount', '1', '--code', shop.simulator.codes['paidAlipay'] ?? '', '--ref', 'ORDER-7', '--again')).code).toBe(0);
  });

  it('case 9: refuses the code and amount of a paid payment, unless it is said again', async () => {
    const own = newHome();
    expect((await pay({}, own)).code).toBe(0);
    await expectRefused(pay({}, own), 64);
    expect((await till(own, 'pay', '--gateway', 'shouqianba', '--amount', '12.34', '--code', shop.simulator.codes['paid'] ?? '', '--again')).code).toBe(0);
  });

  it('case 9: refuses the code of an open payment at any amount, always', async () => {
    const own = newHome();
    const open = await till(own, 'pay', '--gateway', 'omipay', '--amount', '5', '--code', shop.simulator.codes['ignored'] ?? '');
    expect(open.code).toBe(3);
    const before = shop.simulator.world.requests().filter((request) => request.call === 'pay').length;
    const again = await till(own, 'pay', '--gateway', 'omipay', '--amount', '6', '--code', shop.simulator.codes['ignored'] ?? '', '--again');
    expect(again.code).toBe(64);
    expect(shop.simulator.world.requests().filter((request) => request.call === 'pay').length).toBe(before);
  });

  it('finds a payment by every whole reference, by either end of one, and by its amount', async () => {
    const own = newHome();
    const paid = (await pay({ ref: 'ORDER-9' }, own)).lines.at(-1);
    for (const reference of [paid?.attemptRef, paid?.gatewayRef, paid?.paymentId, String(paid?.['number']), 'ORDER-9']) {
      const found = await till(own, 'find', String(reference));
      expect(found).toMatchObject({ code: 0, lines: [{ paymentId: paid?.paymentId, verdict: 'paid', refunds: [], exact: true }] });
    }
    const attemptRef = String(paid?.attemptRef);
    const parts = { [attemptRef.slice(0, 10)]: 'attemptRef', [attemptRef.slice(-6)]: 'attemptRef', order: 'saleRef', '12.34': 'amount' };
    for (const [part, matched] of Object.entries(parts)) {
      expect(await till(own, 'find', part), part).toMatchObject({ code: 0, lines: [{ paymentId: paid?.paymentId, matched, exact: false }] });
    }
    expect(await till(own, 'find', 'order-9')).toMatchObject({ code: 0, lines: [{ matched: 'saleRef', exact: true }] });
    for (const nothing of ['', ' ', attemptRef.slice(0, 3), attemptRef.slice(4, 12), '12.35']) expect(await till(own, 'find', nothing), nothing).toMatchObject({ code: 2, lines: [] });
  });

  it('lists a day and ends with the totals', async () => {
    const own = newHome();
    await pay({}, own);
    expect((await till(own, 'list')).lines.at(-1)).toEqual({ totals: [{ gateway: 'shouqianba', currency: 'CNY', paid: 1234, refunded: 0, net: 1234 }] });
    expect((await till(own, 'list', '--day', '2001-01-01')).lines).toEqual([{ totals: [] }]);
  });
});

describe('settings', () => {
  it.each([
    ['no JSON', '{ "store": '],
    ['a missing key', '{ "store": { "name": "x", "timezone": "Asia/Shanghai", "locale": "en", "currency": "CNY" }, "gateways": {} }'],
    ['an unknown key', '{ "stoer": {} }'],
    ['an empty file', ''],
  ])('with %s are 78 and say which key', async (_name, text) => {
    const own = newHome();
    writeSettings(own, text);
    expect(await expectRefused(pay({}, own), 78)).toMatch(/settings\.json/);
  });

  it('that others can read are 78, and the message has the command that helps', async () => {
    const own = newHome();
    for (const mode of [0o644, 0o640, 0o620]) {
      chmodSync(join(own, 'settings.json'), mode);
      expect(await expectRefused(pay({}, own), 78)).toContain('chmod 600');
    }
  });

  it('that are missing are 78, for every command that needs them', async () => {
    const own = newHome();
    rmSync(join(own, 'settings.json'));
    for (const command of [['resolve'], ['list'], ['verify'], ['find', 'x']]) await expectRefused(till(own, ...command), 78);
    await expectRefused(pay({}, own), 78);
  });

  it('never echo a secret', async () => {
    const own = newHome({ gateways: { shouqianba: { ...shop.simulator.gateways.shouqianba, terminalKey: 'very-secret-key-1', nonsense: 1 } } });
    expect(await expectRefused(pay({}, own), 78)).not.toContain('very-secret-key-1');
  });
});

describe('the journal', () => {
  it('that cannot be opened is 74 and nothing is sent', async () => {
    const own = newHome();
    mkdirSync(join(own, 'journal.db'));
    await expectRefused(pay({}, own), 74);
  });

  it('that is no journal is 74', async () => {
    const own = newHome();
    writeFileSync(join(own, 'journal.db'), 'this is not a database, and long enough to be looked at as one'.repeat(40), { mode: 0o600 });
    await expectRefused(pay({}, own), 74);
  });

  it('case 28: that another till uses is 74 for what writes, while reading works', async () => {
    const own = newHome();
    const first = start(['pay', '--home', own, '--json', '--gateway', 'omipay', '--amount', '5', '--code', shop.simulator.codes['ignored'] ?? '']);
    await new Promise((resolve) => first.child.stdout?.once('data', resolve));
    expect((await pay({}, own)).code).toBe(74);
    expect((await till(own, 'resolve')).code).toBe(74);
    expect((await till(own, 'list')).lines[0]).toMatchObject({ verdict: 'notKnownYet' });
    expect((await till(own, 'verify')).code).toBe(0);
    first.child.kill('SIGTERM');
    const ended = await first.ended;
    expect(ended.code).toBe(3);
  });
});

describe('case 31: signals', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('case 31: %s ends with a final line that says not known yet, and sends nothing more', async (signal) => {
    const own = newHome();
    const run = start(['pay', '--home', own, '--json', '--gateway', 'shouqianba', '--amount', '5', '--code', shop.simulator.codes['ignored'] ?? '']);
    await new Promise((resolve) => run.child.stdout?.once('data', resolve));
    run.child.kill(signal);
    const ended = await run.ended;
    expect(ended).toMatchObject({ code: 3 });
    expect(ended.lines.at(-1)).toMatchObject({ final: true, verdict: 'notKnownYet' });
    expect((await till(own, 'resolve')).code).toBe(0);
  });
});

describe('the simulation', () => {
  it('lives the same payments in two workers as in one, and refuses none and a thousand', async () => {
    const [alone, shared] = await Promise.all([[], ['--workers', '2']].map((workers) => start(['simulate', '--json', '--payments', '150', '--seed', '9', ...workers]).ended));
    const told = ({ payments, faults, crashes, brokenRules }: Line): unknown => ({ payments, faults, crashes, brokenRules });
    expect([alone?.code, shared?.code, shared?.lines.length]).toEqual([0, 0, 1]);
    expect(told(shared?.lines[0] ?? {})).toEqual(told(alone?.lines[0] ?? {}));
    for (const workers of ['0', '1000', 'two']) expect((await start(['simulate', '--payments', '1', '--seed', '1', '--workers', workers]).ended).code).toBe(64);
  });
});
