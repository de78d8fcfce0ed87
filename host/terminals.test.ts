/** Terminals at a running till, over the real file, journal and secrets, against the strict simulator: activated in the settings, in use at once (CASES 6, 32, 33). */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActivateTerminalReply, SettingsView } from '../core/contract/types.ts';
import { screenCodeDigits } from '../core/scan/codes.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { openTill, type OpenTill } from './assemble.ts';

let home: string;
let simulator: Simulator;
const opened: OpenTill[] = [];
let commands = 0;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'scantill-terminals-'));
  simulator = await startSimulator({ port: 0 });
  simulator.world.control('shouqianba', 'activation-code', { code: '84170263', uses: 100 });
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  await simulator.close();
  rmSync(home, { recursive: true, force: true });
});

const baseUrl = (): string => simulator.gateways.shouqianba.baseUrl;
const written = (): { gateways: Record<string, unknown>; formerGateways?: Record<string, unknown[]> } => JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8'));

async function shop(block: object | null): Promise<OpenTill> {
  if (block !== null) writeFileSync(join(home, 'settings.json'), JSON.stringify({ store: { name: 'Corner shop', locale: 'en' }, terminal: { id: 'T07' }, gateways: block }), { mode: 0o600 });
  const spawnDevices = (): never => {
    throw new Error('no device is set up, so no process is started');
  };
  const result = await openTill({ home, mode: 'real', codeDigits: screenCodeDigits, spawnDevices, locale: 'en', logToStandardError: false, withScanners: true, ownerAccess: false });
  if (result.kind !== 'ok') throw new Error(result.detail);
  opened.push(result.opened);
  await result.opened.till.start();
  return result.opened;
}

const typed = () => ({ ...simulator.vendor, activationCode: undefined, code: '84170263' });
function activate({ till }: OpenTill, change: object = {}, values: Record<string, string | null> = {}): Promise<ActivateTerminalReply> {
  const { code, appId, vendorSn, vendorKey } = { ...typed(), ...change };
  return till.call('activateTerminal', { commandId: `activate-${++commands}`, gateway: 'shouqianba', values, activation: { code, appId, vendorSn, vendorKey } });
}

async function settings({ till }: OpenTill): Promise<SettingsView> {
  const reply = await till.call('settings', {});
  if (reply.kind !== 'settings') throw new Error(JSON.stringify(reply));
  return reply.settings;
}

async function pay({ till }: OpenTill): Promise<string> {
  const seen = till.submitScan(simulator.codes['paid'] ?? '', null, false);
  if (seen.kind !== 'paymentCode') throw new Error(seen.kind);
  const reply = await till.call('pay', { commandId: `pay-${++commands}`, scanId: seen.scanId, amount: { minor: 700, currency: 'CNY' }, assurances: ['anotherCustomer', 'chargeAgain', 'sameCodeAgain'] });
  if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
  const { paymentId } = reply.payment;
  for (const end = performance.now() + 20_000; till.paymentDetail(paymentId)?.payment.verdict === 'notKnownYet'; ) {
    if (performance.now() > end) throw new Error('it never ended');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return till.paymentDetail(paymentId)?.payment.state ?? '';
}

const numberNow = (one: OpenTill): string | undefined => one.configuration.gateways.get('shouqianba')?.identity.account;
const lastTerminal = (call: string): unknown => simulator.world.requests().findLast((request) => request.call === call)?.body?.['terminal_sn'];

describe('an activation in the settings', () => {
  it('switches a gateway on that was off: address saved, key kept apart, number shown, in use at once and after a restart', async () => {
    const one = await shop({});
    const reply = await activate(one, {}, { baseUrl: baseUrl() });
    if (reply.kind !== 'activated') throw new Error(JSON.stringify(reply));
    expect(reply.message).toMatchObject({ key: 'terminalActivated', values: { n: reply.number } });
    expect(written().gateways).toEqual({ shouqianba: { baseUrl: baseUrl() } });
    expect(statSync(join(home, 'secrets', 'terminal-shouqianba')).mode & 0o777).toBe(0o600);
    const form = (await settings(one)).gateways.find(({ id }) => id === 'shouqianba');
    expect(form?.on).toBe(true);
    expect(form?.fields.find(({ key }) => key === 'terminalSn')).toMatchObject({ value: reply.number });
    expect(form?.fields.find(({ key }) => key === 'terminalKey')).toMatchObject({ value: null, isSet: true, keptApart: true });
    expect(form?.activation?.map(({ key, value }) => `${key} ${String(value)}`)).toEqual(['activation.code null', 'activation.appId null', 'activation.vendorSn null', 'activation.vendorKey null']);
    expect(await pay(one)).toBe('paid');
    expect(lastTerminal('pay')).toBe(reply.number);
    expect(one.journal.rowsOf('settings').map(({ type }) => type)).toEqual(['terminalActivated', 'settingsChanged']);
    await one.close();
    const again = await shop(null);
    expect(numberNow(again)).toBe(reply.number);
    expect(await pay(again)).toBe('paid');
  });

  it('that comes again under its number takes none of the code’s few uses', async () => {
    const one = await shop({});
    const { code, appId, vendorSn, vendorKey } = typed();
    const request = { commandId: 'twice', gateway: 'shouqianba', values: { baseUrl: baseUrl() }, activation: { code, appId, vendorSn, vendorKey } };
    const first = await one.till.call('activateTerminal', request);
    const second = await one.till.call('activateTerminal', request);
    if (first.kind !== 'activated' || second.kind !== 'activated') throw new Error(JSON.stringify([first, second]));
    expect(second.number).toBe(first.number);
    expect(simulator.world.requests().filter(({ call }) => call === 'activate')).toHaveLength(1);
    expect(one.journal.rowsOf('settings').map(({ type }) => type)).toEqual(['terminalActivated', 'settingsChanged']);
  });

  it('case 6: replaces a terminal of the settings; what was paid there is refunded there', async () => {
    const one = await shop({ shouqianba: simulator.gateways.shouqianba });
    expect(await pay(one)).toBe('paid');
    const [paid] = one.till.recentPayments(1);
    const reply = await activate(one);
    if (reply.kind !== 'activated') throw new Error(JSON.stringify(reply));
    expect(written().gateways['shouqianba']).not.toHaveProperty('terminalKey');
    expect(written().formerGateways?.['shouqianba']).toMatchObject([{ terminalSn: simulator.gateways.shouqianba.terminalSn }]);
    expect(await pay(one)).toBe('paid');
    expect(lastTerminal('pay')).toBe(reply.number);
    await one.till.call('refund', { commandId: 'refund', paymentId: paid?.paymentId ?? '', amount: { minor: 700, currency: 'CNY' }, reason: 'test' });
    await expect.poll(() => one.till.paymentDetail(paid?.paymentId ?? '')?.payment.refunds[0]?.state, { timeout: 20_000 }).toBe('refunded');
    expect(lastTerminal('refund')).toBe(simulator.gateways.shouqianba.terminalSn);
  });

  it('is tested with the key that is kept, and a check-in leaves that test whole', async () => {
    const one = await shop({});
    await activate(one, {}, { baseUrl: baseUrl() });
    for (const _ of [1, 2, 3]) {
      expect(await one.till.checkIn('shouqianba')).toEqual({ kind: 'checkedIn' });
      const test = await one.till.call('testGateway', { gateway: 'shouqianba', values: {} });
      expect(test.kind === 'tested' && test.test.steps.every(({ state }) => state === 'passed')).toBe(true);
    }
    expect(await pay(one)).toBe('paid');
    expect(simulator.world.requests().filter(({ refusedAs }) => refusedAs !== null)).toEqual([]);
  });

  it('that is refused says why in three sentences, with the gateway’s words, and changes nothing', async () => {
    const one = await shop({ shouqianba: simulator.gateways.shouqianba });
    const before = readFileSync(join(home, 'settings.json'), 'utf8');
    expect(await activate(one, { code: '00000000' })).toMatchObject({ kind: 'notActivated', message: { key: 'activationCodeRefused' }, words: '激活码不存在' });
    expect(await activate(one, { vendorKey: 'not-the-vendors' })).toMatchObject({ kind: 'notActivated', message: { key: 'activationKeyRefused' } });
    simulator.world.addRule({ match: { call: 'activate' }, fault: { kind: 'answerLost' } });
    expect(await activate(one)).toMatchObject({ kind: 'notActivated', message: { key: 'activationUnknown' } });
    expect(readFileSync(join(home, 'settings.json'), 'utf8')).toBe(before);
    expect(await pay(one)).toBe('paid');
  });

  it('is not sent with a field that is wrong, here or on the gateway’s form', async () => {
    const one = await shop({});
    expect(await activate(one, { code: '', vendorSn: 'has a blank' })).toMatchObject({ kind: 'wrong', problems: [{ key: 'gateways.shouqianba.activation.code' }, { key: 'gateways.shouqianba.activation.vendorSn' }, { key: 'gateways.shouqianba.baseUrl' }] });
    expect(simulator.world.requests()).toEqual([]);
    expect(await one.till.call('activateTerminal', { commandId: 'other', gateway: 'omipay', values: {}, activation: {} })).toMatchObject({ kind: 'refused', message: { key: 'gatewayNotSet' } });
  });

  it('writes nothing that was typed, and no key, into log, journal or settings', async () => {
    const one = await shop({});
    await activate(one, { code: '00000000' }, { baseUrl: baseUrl() });
    await activate(one, {}, { baseUrl: baseUrl() });
    await one.till.checkIn('shouqianba');
    const { newest, older } = (JSON.parse(readFileSync(join(home, 'secrets', 'terminal-shouqianba'), 'utf8')) as { terminals: [{ newest: string; older: string }] }).terminals[0];
    const rows = one.journal.rowsOf('settings').map(({ payload }) => payload).join('\n');
    const log = readFileSync(join(home, 'logs', 'till.log'), 'utf8');
    expect(log).toContain('activation');
    for (const secret of [newest, older, simulator.vendor.vendorKey, '84170263']) expect(`${rows}${log}${readFileSync(join(home, 'settings.json'), 'utf8')}`).not.toContain(secret);
  });
});
