/** Terminals from outside: activated by the vendor's code, checked in daily, killed at every durable step; the till can pay afterwards (CASES 32). */
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canKillAtSteps, dropHome, inParallel, killedAtStep, makeHome, start, till, type Ended } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();
/** Good for every home of this file. */
const code = '84170263';

interface Kept {
  readonly deviceId: string;
  readonly terminals: readonly { readonly number: string; readonly newest: string; readonly older: string | null; readonly checkInOpen: boolean; readonly checkedInOn: number | null }[];
}

beforeAll(() => {
  shop.simulator.world.control('shouqianba', 'activation-code', { code, uses: 1000 });
});
beforeEach(() => {
  shop.simulator.world.control('shouqianba', 'terminal', { oldKey: 'dies' });
});

/** A home whose settings know the gateway's address and no terminal. */
function freshHome(): string {
  const home = makeHome({ shouqianba: { baseUrl: shop.simulator.gateways.shouqianba.baseUrl } });
  writeFileSync(vendorFile(home), JSON.stringify(shop.simulator.vendor), { mode: 0o600 });
  return home;
}

const vendorFile = (home: string): string => join(home, 'vendor.json');
const keysFile = (home: string): string => join(home, 'secrets', 'terminal-shouqianba');
const kept = (home: string): Kept => JSON.parse(readFileSync(keysFile(home), 'utf8')) as Kept;
const activate = (home: string, given = code): Promise<Ended> => till(home, 'activate', '--code', given, '--vendor', vendorFile(home));
const pay = (home: string, story = 'paid'): Promise<Ended> => till(home, 'pay', '--gateway', 'shouqianba', '--amount', '7.00', '--code', shop.simulator.codes[story] ?? '', '--again');

async function activatedHome(): Promise<string> {
  const home = freshHome();
  const activated = await activate(home);
  expect(activated.code, activated.stdout + activated.stderr).toBe(0);
  return home;
}

/** What a home's terminal asked of the gateway, in order. */
function callsOf(home: string): readonly string[] {
  const numbers = new Set(kept(home).terminals.map(({ number }) => number));
  return shop.simulator.world.requests().flatMap(({ call, body, refusedAs }) => (numbers.has(String(body?.['terminal_sn'])) ? [refusedAs === null ? call : `${call} ${refusedAs}`] : []));
}

async function expectPays(home: string, told = ''): Promise<void> {
  const paid = await pay(home);
  expect(paid.code, `${told}: ${paid.stdout}${paid.stderr}`).toBe(0);
  const ours = shop.simulator.world.books().orders.filter(({ reference }) => reference === paid.lines.at(-1)?.attemptRef);
  expect(ours.map(({ timesCharged }) => timesCharged), told).toEqual([1]);
}

/** As if the last check-in had been on the day before. */
function aDayLater(home: string): void {
  const file = kept(home);
  writeKept(home, { ...file, terminals: file.terminals.map((one) => ({ ...one, checkedInOn: (one.checkedInOn ?? 1) - 1 })) });
}

function writeKept(home: string, file: Kept): void {
  writeFileSync(keysFile(home), JSON.stringify(file));
}

/** Another till checks in under our number, so often that none of our keys lives on. */
function checkInElsewhere(home: string): void {
  for (const { number } of kept(home).terminals) {
    for (let times = 0; times < 3; times += 1) shop.simulator.world.control('shouqianba', 'checkin-elsewhere', { terminal: number });
  }
}

/** Runs a command and kills it once the gateway has seen this call from it. */
async function killedAt(call: string, args: readonly string[]): Promise<void> {
  const before = shop.simulator.world.requests().length;
  const run = start(args);
  await expect.poll(() => shop.simulator.world.requests().slice(before).some((request) => request.call === call), { timeout: 20_000 }).toBe(true);
  run.child.kill('SIGKILL');
  await run.ended;
}

describe('a terminal', () => {
  it('is activated by the vendor’s code, pays, refunds and is listed; settings.json names neither number nor key', async () => {
    const home = freshHome();
    expect((await pay(home)).code).toBe(78);
    const settings = readFileSync(join(home, 'settings.json'), 'utf8');
    const activated = await activate(home);
    expect(activated.lines).toMatchObject([{ gateway: 'shouqianba', state: 'activated', terminalSn: kept(home).terminals[0]?.number, final: true }]);
    expect(activated.code).toBe(0);
    expect(statSync(keysFile(home)).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'secrets')).mode & 0o777).toBe(0o700);
    await expectPays(home);
    expect(callsOf(home)).toEqual(['checkin', 'pay']);
    const [listed] = (await till(home, 'list')).lines;
    expect(listed).toMatchObject({ verdict: 'paid', amount: 700 });
    expect((await till(home, 'refund', '--payment', String(listed?.attemptRef))).code).toBe(0);
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).toBe(settings);
    dropHome(home);
  });

  it('case 32: is checked in before each day’s first payment, once, with a new key each time', async () => {
    const home = await activatedHome();
    await expectPays(home);
    await expectPays(home);
    const [first] = kept(home).terminals;
    aDayLater(home);
    await expectPays(home);
    expect(callsOf(home)).toEqual(['checkin', 'pay', 'pay', 'checkin', 'pay']);
    expect(kept(home).terminals[0]).toMatchObject({ older: first?.newest, checkInOpen: false });
    const checkedIn = await till(home, 'checkin');
    expect(checkedIn).toMatchObject({ code: 0, lines: [{ gateway: 'shouqianba', state: 'checkedIn', final: true }] });
    await expectPays(home);
    dropHome(home);
  });

  it('case 6: what was sent under one terminal is refunded under it after another was activated', async () => {
    const home = await activatedHome();
    const paid = await pay(home);
    const { deviceId, ...file } = kept(home);
    // Another machine to the gateway, so another terminal; the till keeps both.
    writeKept(home, { ...file, deviceId: `${deviceId}-2` });
    const second = await activate(home);
    expect(second.lines.at(-1)?.['terminalSn']).not.toBe(kept(home).terminals[0]?.number);
    expect((await till(home, 'refund', '--payment', String(paid.lines.at(-1)?.attemptRef))).code).toBe(0);
    const refund = shop.simulator.world.requests().findLast(({ call }) => call === 'refund');
    expect(refund?.body?.['terminal_sn']).toBe(kept(home).terminals[0]?.number);
    await expectPays(home);
    expect(shop.simulator.world.requests().at(-1)?.body?.['terminal_sn']).toBe(second.lines.at(-1)?.['terminalSn']);
    dropHome(home);
  });

  it('case 32: is not checked in while a payment is under way', async () => {
    const home = await activatedHome();
    await killedAt('pay', ['pay', '--home', home, '--json', '--gateway', 'shouqianba', '--amount', '7.00', '--code', shop.simulator.codes['waits'] ?? '']);
    const before = callsOf(home).filter((call) => call === 'checkin').length;
    expect(await till(home, 'checkin')).toMatchObject({ code: 2, lines: [{ state: 'busy', final: true }] });
    expect(callsOf(home).filter((call) => call === 'checkin')).toHaveLength(before);
    expect((await till(home, 'resolve')).code).toBe(0);
    expect((await till(home, 'checkin')).code).toBe(0);
    await expectPays(home);
    dropHome(home);
  });
});

describe.each(['dies', 'lives'] as const)('a lost answer, where the key before %s', (oldKey) => {
  beforeEach(() => {
    shop.simulator.world.control('shouqianba', 'terminal', { oldKey });
  });

  it('case 32: of a check-in by hand is not known (3), and the next payment makes it good', async () => {
    const home = await activatedHome();
    shop.simulator.world.addRule({ match: { gateway: 'shouqianba', call: 'checkin' }, fault: { kind: 'answerLost' } });
    expect(await till(home, 'checkin')).toMatchObject({ code: 3, lines: [{ state: 'unknown', final: true }] });
    await expectPays(home);
    expect(kept(home).terminals[0]).toMatchObject({ checkInOpen: false });
    dropHome(home);
  });

  it('case 32: of the day’s check-in doesn’t keep the payment that waits for it', async () => {
    const home = await activatedHome();
    shop.simulator.world.addRule({ match: { gateway: 'shouqianba', call: 'checkin' }, fault: { kind: 'answerLost' } });
    await expectPays(home);
    await expectPays(home);
    dropHome(home);
  });

  it('of an activation is not known (3); the same code again is the same terminal, and one that was active pays on', async () => {
    const home = freshHome();
    shop.simulator.world.addRule({ match: { gateway: 'shouqianba', call: 'activate' }, fault: { kind: 'answerLost' } });
    expect(await activate(home)).toMatchObject({ code: 3, lines: [{ state: 'unknown', terminalSn: null }] });
    expect((await activate(home)).code).toBe(0);
    await expectPays(home);
    shop.simulator.world.addRule({ match: { gateway: 'shouqianba', call: 'activate' }, fault: { kind: 'answerLost' } });
    expect((await activate(home)).code).toBe(3);
    await expectPays(home);
    expect(kept(home).terminals).toHaveLength(1);
    dropHome(home);
  });
});

describe('ILLEGAL_SIGN', () => {
  it('case 32: sends the same payment once more under the other key, which stays in use', async () => {
    const home = await activatedHome();
    await expectPays(home);
    const file = kept(home);
    writeKept(home, { ...file, terminals: file.terminals.map((one) => ({ ...one, newest: one.older ?? '', older: one.newest })) });
    await expectPays(home);
    await expectPays(home);
    expect(callsOf(home)).toEqual(['checkin', 'pay', 'pay ILLEGAL_SIGN', 'pay', 'pay']);
    dropHome(home);
  });

  it('case 32: under both keys is refused (2), names the other till, and charges nothing; another activation ends it', async () => {
    const home = await activatedHome();
    await expectPays(home);
    checkInElsewhere(home);
    const refused = await pay(home);
    expect(refused).toMatchObject({ code: 2, stderr: '' });
    expect(refused.lines.at(-1)).toMatchObject({ state: 'declined', verdict: 'notPaid', final: true });
    expect(refused.lines.at(-1)?.message).toMatch(/Another till uses this terminal number/);
    expect(callsOf(home)).toEqual(['checkin', 'pay', 'pay ILLEGAL_SIGN', 'pay ILLEGAL_SIGN']);
    expect(await till(home, 'checkin')).toMatchObject({ code: 2, lines: [{ state: 'refused' }] });
    expect((await activate(home)).code).toBe(0);
    await expectPays(home);
    dropHome(home);
  });

  it('case 32: under both keys while a payment is asked about is a review that says “activate again”; the activation ends it', async () => {
    const home = await activatedHome();
    await expectPays(home);
    await killedAt('pay', ['pay', '--home', home, '--json', '--gateway', 'shouqianba', '--amount', '7.00', '--code', shop.simulator.codes['waits'] ?? '']);
    checkInElsewhere(home);
    const asked = await till(home, 'resolve');
    expect(asked.code, asked.stdout).toBe(3);
    const told = asked.lines.findLast((line) => line.attemptRef !== undefined);
    expect(told).toMatchObject({ state: 'review', verdict: 'notKnownYet' });
    expect(told?.message).toMatch(/activates the terminal again/);
    expect((await activate(home)).code).toBe(0);
    const resolved = await till(home, 'resolve');
    expect(resolved.code, resolved.stdout).toBe(0);
    // The payer of this story pays after a while: whichever came first, the till says what the book says.
    const order = shop.simulator.world.books().orders.find(({ reference }) => reference === told?.attemptRef);
    expect((await till(home, 'list')).lines.find((line) => line.attemptRef === told?.attemptRef)).toMatchObject({ verdict: order?.state === 'paid' ? 'paid' : 'notPaid' });
    dropHome(home);
  });
});

describe('secrets', () => {
  it('stand in no line, log, setting or journal', async () => {
    const home = await activatedHome();
    const runs = [await pay(home), await till(home, 'checkin'), await activate(home), await activate(home, '00000000')];
    const secrets = new Set<string>([shop.simulator.vendor.vendorKey, code]);
    const note = (): void => kept(home).terminals.forEach(({ newest, older }) => [newest, older].forEach((key) => key !== null && secrets.add(key)));
    note();
    checkInElsewhere(home);
    runs.push(await pay(home), await till(home, 'checkin'), await activate(home), await pay(home));
    note();
    expect(secrets.size).toBeGreaterThanOrEqual(5);
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.parentPath !== join(home, 'secrets') && entry.name !== 'vendor.json');
    expect(files.map(({ name }) => name)).toContain('till.log');
    const all = [...runs.map(({ stdout, stderr }) => stdout + stderr), ...files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))].join('\n');
    expect(all).toContain('check-in');
    for (const secret of secrets) expect(all.includes(secret)).toBe(false);
    dropHome(home);
  });
});

describe('exit codes', () => {
  it('are as documented', async () => {
    const home = freshHome();
    expect(await activate(home, '00000000')).toMatchObject({ code: 2, lines: [{ state: 'refused', gatewayCode: expect.stringContaining('INVALID_PARAMS') }] });
    expect((await till(home, 'activate', '--code', code)).code).toBe(64);
    expect((await till(home, 'activate', '--code', code, '--vendor', vendorFile(home), '--gateway', 'omipay')).code).toBe(64);
    expect((await till(home, 'activate', '--code', code, '--vendor', join(home, 'nowhere.json'))).code).toBe(64);
    chmodSync(vendorFile(home), 0o644);
    expect((await activate(home)).code).toBe(78);
    chmodSync(vendorFile(home), 0o600);
    // No terminal yet: the settings are not whole.
    const missing = await till(home, 'checkin');
    expect(missing.code).toBe(78);
    expect(missing.stderr).toContain('gateways.shouqianba.terminalSn');
    expect((await activate(home)).code).toBe(0);
    const other = start(['pay', '--home', home, '--json', '--gateway', 'shouqianba', '--amount', '7.00', '--code', shop.simulator.codes['waits'] ?? '']);
    await expect.poll(() => callsOf(home).includes('pay'), { timeout: 20_000 }).toBe(true);
    expect([(await activate(home)).code, (await till(home, 'checkin')).code]).toEqual([74, 74]);
    await other.ended;
    const without = makeHome({ omipay: shop.simulator.gateways.omipay });
    expect((await till(without, 'checkin')).code).toBe(78);
    for (const one of [home, without]) dropHome(one);
  });
});

const stories = [
  { story: 'a first activation', steps: 22, setUp: async () => freshHome(), args: (home: string) => ['activate', '--home', home, '--json', '--code', code, '--vendor', vendorFile(home)] },
  { story: 'another activation of the same terminal', steps: 16, setUp: paidHome, args: (home: string) => ['activate', '--home', home, '--json', '--code', code, '--vendor', vendorFile(home)] },
  { story: 'a check-in', steps: 14, setUp: paidHome, args: (home: string) => ['checkin', '--home', home, '--json'] },
  { story: 'the day’s check-in and its payment', steps: 22, setUp: activatedHome, args: (home: string) => ['pay', '--home', home, '--json', '--gateway', 'shouqianba', '--amount', '7.00', '--code', shop.simulator.codes['paid'] ?? '', '--again'] },
] as const;

async function paidHome(): Promise<string> {
  const home = await activatedHome();
  await expectPays(home);
  return home;
}

/** Whatever died: a terminal that was there pays at once, and one that wasn't is activated by the same code. */
async function expectTrades(home: string, wasActive: boolean, told: string): Promise<void> {
  const resolved = wasActive ? await till(home, 'resolve') : null;
  expect(resolved?.code ?? 0, `${told}: ${resolved?.stdout ?? ''}${resolved?.stderr ?? ''}`).toBe(0);
  if (!wasActive) expect((await activate(home)).code, told).toBe(0);
  await expectPays(home, told);
  expect(kept(home).terminals, told).toHaveLength(1);
  expect((await till(home, 'verify')).code, told).toBe(0);
  dropHome(home);
}

describe('kill -9', () => {
  it.skipIf(!canKillAtSteps).each(stories)('case 32: at each sync and rename of $story: the till can pay afterwards', async ({ story, steps, setUp, args }) => {
    await inParallel(Array.from({ length: steps }, (_, index) => index + 1), 8, async (step) => {
      const home = await setUp();
      const wasActive = existsSync(keysFile(home));
      const ended = await killedAtStep(args(home), step, 'fsync,fdatasync,rename');
      // The last one ran to its end: no durable step was left out.
      if (step === steps) expect(ended.signal).toBeNull();
      await expectTrades(home, wasActive, `${story}, killed at step ${step}`);
    });
  }, 600_000);

  it.each([['checkin', 'checkin'], ['pay', 'checkin'], ['activate', 'activate']] as const)('case 32: in %s, after the gateway has changed the key and before its answer', async (command, call) => {
    const home = await paidHome();
    aDayLater(home);
    shop.simulator.world.addRule({ match: { gateway: 'shouqianba', call }, fault: { kind: 'silent', processed: true } });
    const args = command === 'activate' ? ['--code', code, '--vendor', vendorFile(home)] : command === 'pay' ? ['--gateway', 'shouqianba', '--amount', '7.00', '--code', shop.simulator.codes['paid'] ?? '', '--again'] : [];
    await killedAt(call, [command, '--home', home, '--json', ...args]);
    await expectTrades(home, true, `killed in ${command}`);
  });
});
