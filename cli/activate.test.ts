/** Activation from the command line, and the terminal's keys against the gateway that was written from the same pages by somebody else (CASES 32). */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../adapters/clock.ts';
import { undiciTransport } from '../adapters/http/undici-transport.ts';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { systemRandom } from '../adapters/random.ts';
import { fileSecrets } from '../adapters/secrets.ts';
import { gateways } from '../core/gateways/registry.ts';
import { TerminalDesk, type KeyedGateway } from '../core/terminal/desk.ts';
import { filledBlock } from '../core/terminal/filled.ts';
import { readTerminalFile } from '../core/terminal/store.ts';
import { testAttempt, testMoment } from '../core/testing/gateway-answers.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { activate } from './activate.ts';
import { CommandEnd } from './exit.ts';

let simulator: Simulator;
let home: string;
let lines: Record<string, unknown>[];
const out = { line: (object: Readonly<Record<string, unknown>>) => void lines.push({ ...object }), bytes: () => undefined, note: () => undefined };
const gateway = gateways.find(({ id }) => id === 'shouqianba');
const keyed: KeyedGateway['gateway'] | undefined = gateway;

beforeEach(async () => {
  simulator = await startSimulator({ port: 0 });
  home = mkdtempSync(join(tmpdir(), 'scantill-activate-'));
  lines = [];
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ store: { name: 'Shop' }, terminal: { id: 'T01' }, gateways: { shouqianba: { baseUrl: blockOf()['baseUrl'] } } }), { mode: 0o600 });
  writeFileSync(join(home, 'vendor.json'), JSON.stringify(simulator.vendor), { mode: 0o600 });
});
afterEach(async () => {
  await simulator.close();
  rmSync(home, { recursive: true, force: true });
});

const blockOf = (): Readonly<Record<string, unknown>> => ({ ...simulator.gateways.shouqianba });
const run = (change: object = {}) => activate({ home, json: true, code: simulator.vendor.activationCode, vendor: join(home, 'vendor.json'), ...change }, out);

test('a code becomes a terminal: its number is told, its key is kept for this user alone and told to nobody', async () => {
  expect(await run()).toBe(0);
  expect(lines).toMatchObject([{ gateway: 'shouqianba', state: 'activated', final: true, gatewayCode: null }]);
  const [terminal] = readTerminalFile(fileSecrets(home), 'shouqianba')?.terminals ?? [];
  expect(terminal?.number).toBe(lines[0]?.['terminalSn']);
  expect(statSync(join(home, 'secrets', 'terminal-shouqianba')).mode & 0o077).toBe(0);
  expect(JSON.stringify(lines)).not.toContain(terminal?.newest);
  expect(readFileSync(join(home, 'settings.json'), 'utf8')).not.toContain(terminal?.newest);
  // The same device stays the same terminal.
  expect(await run({ gateway: 'shouqianba' })).toBe(0);
  expect(lines[1]?.['terminalSn']).toBe(terminal?.number);
});

test('a terminal of the settings that is another one is named', async () => {
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ gateways: { shouqianba: { ...blockOf(), terminalSn: '100000000000' } } }), { mode: 0o600 });
  expect(await run()).toBe(0);
  expect(String(lines[0]?.['message'])).toMatch(/settings\.json/);
});

test('a wrong code or a wrong vendor’s key is refused (2) and keeps nothing', async () => {
  expect(await run({ code: '00000000' })).toBe(2);
  writeFileSync(join(home, 'vendor.json'), JSON.stringify({ ...simulator.vendor, vendorKey: 'not-the-vendors-key' }));
  expect(await run()).toBe(2);
  expect(lines.map(({ state }) => state)).toEqual(['refused', 'refused']);
  expect(readTerminalFile(fileSecrets(home), 'shouqianba')?.terminals).toEqual([]);
});

test('the code may stand in the vendor’s file, so that no argument shows it', async () => {
  const { activationCode, ...vendor } = simulator.vendor;
  const fileWith = (code: object): void => writeFileSync(join(home, 'vendor.json'), JSON.stringify({ ...vendor, ...code }));
  const runWithout = (): Promise<number> => activate({ home, json: true, vendor: join(home, 'vendor.json') }, out);
  fileWith({ code: activationCode });
  expect(await runWithout()).toBe(0);
  // The argument goes before it.
  expect(await run({ code: '00000000' })).toBe(2);
  fileWith({});
  await expect(runWithout()).rejects.toMatchObject({ code: 64 });
  expect(lines).toHaveLength(2);
});

test('the gateway’s words of a refusal are printed without the code and the vendor’s key', async () => {
  const { vendorKey } = simulator.vendor;
  const refusal = { result_code: '400', error_code: 'INVALID_PARAMS', error_message: `激活码 98765432 已过期 (${vendorKey})` };
  const gatewayThatEchoes = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(refusal)));
  await new Promise<void>((listening) => gatewayThatEchoes.listen(0, '127.0.0.1', listening));
  const address = gatewayThatEchoes.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ gateways: { shouqianba: { baseUrl: `http://127.0.0.1:${String(port)}` } } }), { mode: 0o600 });
  expect(await run({ code: '98765432' })).toBe(2);
  gatewayThatEchoes.close();
  expect(lines).toMatchObject([{ state: 'refused', gatewayCode: '400/INVALID_PARAMS', gatewayWords: '激活码 **** 已过期 (****)' }]);
});

test('an answer that never came is not known (3)', async () => {
  simulator.world.addRule({ match: { call: 'activate' }, fault: { kind: 'answerLost' } });
  expect(await run()).toBe(3);
  expect(await run()).toBe(0);
});

test('wrong usage is 64, wrong settings are 78, a till at work is 74; nothing is sent', async () => {
  const codeOf = async (change: object): Promise<number> => run(change).catch((error: unknown) => (error instanceof CommandEnd ? error.code : 0));
  expect(await codeOf({ gateway: 'omipay' })).toBe(64);
  expect(await codeOf({ vendor: join(home, 'nowhere.json') })).toBe(64);
  chmodSync(join(home, 'vendor.json'), 0o644);
  expect(await codeOf({})).toBe(78);
  chmodSync(join(home, 'vendor.json'), 0o600);
  writeFileSync(join(home, 'vendor.json'), '{"appId":"1"}');
  expect(await codeOf({})).toBe(78);
  writeFileSync(join(home, 'vendor.json'), JSON.stringify(simulator.vendor));
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ gateways: { shouqianba: { baseUrl: 'http://api.example' } } }));
  expect(await codeOf({})).toBe(78);
  writeFileSync(join(home, 'settings.json'), JSON.stringify({ gateways: { shouqianba: blockOf() } }));
  const till = openJournal({ folder: home, access: 'till' });
  await expect(run()).rejects.toThrow();
  till.close();
  expect(lines).toEqual([]);
});

test('case 32: activated, checked in and trading, against the strict gateway; a lost check-in answer is made good', async () => {
  if (gateway === undefined || keyed?.terminal === undefined) throw new Error('no terminals');
  await run();
  const secrets = fileSecrets(home);
  const settings = gateway.settings.parse(filledBlock({ baseUrl: blockOf()['baseUrl'] }, keyed.terminal, readTerminalFile(secrets, 'shouqianba')));
  const configured: KeyedGateway = { gateway: keyed, settings, identity: gateway.identity(settings) };
  const http = undiciTransport();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const desk = new TerminalDesk({ secrets, clock: systemClock(), random: systemRandom(), http, log, isBusy: () => false });
  const limits = { connectMilliseconds: 2000, answerMilliseconds: 2000 };
  const query = async (trade: string | null): Promise<string> => {
    const signing = await desk.sign(configured, trade);
    const result = await http.send(gateway.build('query', testAttempt(), signing.settings, testMoment), limits);
    if (result.kind !== 'answer') return result.kind;
    const verdict = signing.landed(result.answer);
    return verdict === 'asItIs' ? gateway.read('query', testAttempt(), result.answer, signing.settings).kind : verdict;
  };
  // Before the first trade there is a check-in, and the new key is taken.
  expect(await query('S1')).toBe('notFound');
  expect(readTerminalFile(secrets, 'shouqianba')?.terminals[0]).toMatchObject({ newestWorked: true, checkInOpen: false });
  simulator.world.addRule({ match: { call: 'checkin' }, fault: { kind: 'answerLost' } });
  expect(await desk.checkIn(configured)).toEqual({ kind: 'unknown' });
  const after = await query('S2');
  expect(after === 'notFound' || (after === 'otherKey' && (await query('S2')) === 'notFound')).toBe(true);
  expect(await query(null)).toBe('notFound');
  http.close();
}, 60_000);
