/** Settings changed from a screen, over the real file and journal: who may, what is written, what is in force, what is kept. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../adapters/clock.ts';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import type { SaveSettingsReply, SettingsChange, SettingsView } from '../core/contract/types.ts';
import { gateways } from '../core/gateways/registry.ts';
import { refundsOf } from '../core/journal/verify.ts';
import { screenCodeDigits } from '../core/scan/codes.ts';
import { makeUnreadable } from '../core/testing/unreadable.ts';
import { startSimulator } from '../simulator/index.ts';
import { digitsOf } from '../simulator/scripts.ts';
import { openTill, type OpenTill } from './assemble.ts';

const file = `{
  "store": { "name": "Corner shop", "locale": "en", "currency": "CNY" },
  "refund": { "reasons": ["Wrong item"], "approvalAbove": "50.00" },
  "terminal":   { "id": "T07" },
  "gateways": {
    "shouqianba": { "baseUrl": "https://gateway.invalid", "terminalSn": "100000000000", "terminalKey": "0123456789abcdef0123456789abcdef" }
  }
}
`;

let home: string;
const opened: OpenTill[] = [];
let commands = 0;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-settings-'));
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
  rmSync(home, { recursive: true, force: true });
});

const path = (): string => join(home, 'settings.json');
const written = (): string => readFileSync(path(), 'utf8');

async function shop(text: string | null = file): Promise<OpenTill> {
  if (text !== null) writeFileSync(path(), text, { mode: 0o600 });
  const spawnDevices = (): never => {
    throw new Error('no device is set up, so no process is started');
  };
  const result = await openTill({ home, mode: 'auto', codeDigits: screenCodeDigits, spawnDevices, locale: 'en', logToStandardError: false, withScanners: true, ownerAccess: false });
  if (result.kind !== 'ok') throw new Error(result.detail);
  opened.push(result.opened);
  return result.opened;
}

async function settings({ till }: OpenTill): Promise<SettingsView> {
  const reply = await till.call('settings', {});
  if (reply.kind !== 'settings') throw new Error(JSON.stringify(reply));
  return reply.settings;
}

function save({ till }: OpenTill, mark: string, change: SettingsChange, commandId = `settings-${++commands}`): Promise<SaveSettingsReply> {
  return till.call('saveSettings', { commandId, mark, change });
}

function journaled({ journal }: OpenTill): readonly { readonly type: string; readonly [key: string]: unknown }[] {
  return journal.rowsOf('settings').map((row) => JSON.parse(row.payload) as { type: string });
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + 30_000; !isSo(); ) {
    if (performance.now() > end) throw new Error('it never was so');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a changed setting', () => {
  it('is written, in force and journaled, and nothing else in the file moves', async () => {
    const one = await shop();
    const reply = await save(one, (await settings(one)).mark, { refundReasons: ['Wrong item', '尺码不合'] });
    expect(reply).toMatchObject({ kind: 'saved', settings: { refundReasons: ['Wrong item', '尺码不合'], kept: true } });
    expect(written()).toBe(file.replace('["Wrong item"]', '["Wrong item", "尺码不合"]'));
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(one.till.status().refund.reasons).toEqual(['Wrong item', '尺码不合']);
    expect(journaled(one)).toMatchObject([{ type: 'settingsChanged', keys: ['refund.reasons'], by: { operatorId: 'T07' } }]);
    expect(readdirSync(home).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('stands after a restart', async () => {
    const one = await shop();
    await save(one, (await settings(one)).mark, { receipt: { header: ['12 Long Street'], footer: ['Thank you'] } });
    await one.close();
    const again = await shop(null);
    expect(await settings(again)).toMatchObject({ receipt: { header: ['12 Long Street'], footer: ['Thank you'] } });
    expect(again.configuration.receipt).toEqual({ header: ['12 Long Street'], footer: ['Thank you'] });
  });

  it('stands on the next receipt, and on the sample in the right places', async () => {
    const one = await shop();
    const { receipt } = await settings(one);
    const { document, headerAt, footerAt } = receipt.sample;
    expect(document.blocks[headerAt - 1]).toMatchObject({ type: 'text', text: 'Corner shop' });
    expect(document.blocks[headerAt]).toMatchObject({ type: 'rule', style: 'solid' });
    expect(document.blocks[footerAt - 1]).toMatchObject({ type: 'qr' });
  });

  it('that changes nothing is no act', async () => {
    const one = await shop();
    expect(await save(one, (await settings(one)).mark, { refundReasons: ['Wrong item'], receipt: { header: [], footer: [] } })).toMatchObject({ kind: 'saved' });
    expect(journaled(one)).toEqual([]);
    expect(written()).toBe(file);
  });

  it('is made once, however often the screen asks', async () => {
    const one = await shop();
    const { mark } = await settings(one);
    await save(one, mark, { refundReasons: ['a'] }, 'same');
    expect(await save(one, mark, { refundReasons: ['a'] }, 'same')).toMatchObject({ kind: 'saved', settings: { refundReasons: ['a'] } });
    expect(journaled(one)).toHaveLength(1);
  });
});

describe('nothing is written', () => {
  it('over somebody else’s change', async () => {
    const one = await shop();
    const { mark } = await settings(one);
    const theirs = file.replace('Wrong item', 'Broken');
    writeFileSync(path(), theirs, { mode: 0o600 });
    expect(await save(one, mark, { refundReasons: ['mine'] })).toMatchObject({ kind: 'changedMeanwhile', settings: { refundReasons: ['Broken'] }, message: { key: 'settingsChangedMeanwhile' } });
    expect(written()).toBe(theirs);
    expect(journaled(one)).toEqual([]);
  });

  it('that the till could not read again', async () => {
    const one = await shop();
    const reply = await save(one, (await settings(one)).mark, { refundReasons: ['x'.repeat(201)] });
    expect(reply).toMatchObject({ kind: 'wrong', problems: [{ key: 'refund.reasons[0]', words: { en: 'Must have at most 200 characters.', 'zh-CN': '最多 200 个字符。' } }] });
    expect(written()).toBe(file);
  });

  it('where the file has become unreadable meanwhile, and says so', async () => {
    const one = await shop();
    const { mark } = await settings(one);
    writeFileSync(path(), '{', { mode: 0o600 });
    expect(await save(one, mark, { refundReasons: ['mine'] })).toMatchObject({ kind: 'refused', message: { key: 'settingsUnreadable' } });
    expect(written()).toBe('{');
  });
});

describe('a shop with people', () => {
  async function staffed(): Promise<OpenTill> {
    const one = await shop();
    await one.till.start();
    for (const [name, role, pin] of [['Li Wei', 'owner', '7391'], ['Chen', 'cashier', '4826']] as const) {
      const added = await one.till.call('addPerson', { commandId: `add-${name}`, name, role });
      if (added.kind !== 'done') throw new Error(JSON.stringify(added));
      const operatorId = added.people.find((person) => person.name === name)?.operatorId ?? '';
      await one.till.call('setPin', { commandId: `pin-${name}`, operatorId, pin });
    }
    return one;
  }

  it('shows them to an owner alone, and names who changed them', async () => {
    const one = await staffed();
    const signIn = (pin: string) => one.till.call('signIn', { approval: { kind: 'pin', pin } });
    await signIn('4826');
    expect(await one.till.call('settings', {})).toMatchObject({ kind: 'approvalNeeded', role: 'owner' });
    expect(await save(one, 'any', { refundReasons: [] })).toMatchObject({ kind: 'approvalNeeded' });
    expect(await one.till.call('settings', { approval: { kind: 'pin', pin: '4826' } })).toMatchObject({ kind: 'approvalNeeded' });
    await signIn('7391');
    const { mark } = await settings(one);
    expect(await save(one, mark, { refundReasons: ['Broken'] })).toMatchObject({ kind: 'saved' });
    expect(journaled(one)).toMatchObject([{ type: 'settingsChanged', by: { name: 'Li Wei' } }]);
  });
});

describe('training', () => {
  it('changes them until it ends, and says so', async () => {
    const one = await shop(null);
    const { mark, kept } = await settings(one);
    expect(kept).toBe(false);
    expect(await save(one, mark, { refundReasons: ['a'] })).toMatchObject({ kind: 'saved' });
    expect(one.till.status().refund.reasons).toEqual(['a']);
    expect(readdirSync(home)).toEqual(['training']);
  });
});

describe('a gateway’s form', () => {
  const fields = (view: SettingsView, id = 'shouqianba') => Object.fromEntries(view.gateways.find((one) => one.id === id)?.fields.map((field) => [field.key, field]) ?? []);

  it('shows what is written, and of a secret only that it is set', async () => {
    const view = await settings(await shop());
    expect(fields(view)).toMatchObject({
      baseUrl: { value: 'https://gateway.invalid' }, terminalKey: { kind: 'secret', value: null, isSet: true }, currency: { value: null, isSet: false }, 'payment.deadlineSeconds': { value: null, wise: { least: 30, most: 60 } },
    });
    expect(JSON.stringify(view)).not.toContain('0123456789abcdef');
    expect(view.gateways.map(({ id, on }) => [id, on])).toEqual(expect.arrayContaining([['shouqianba', true], ['omipay', false]]));
  });

  it('replaces a secret, which no row and no log keeps, and is in force at once', async () => {
    const one = await shop();
    const secret = 'fresh-key-fresh-key-fresh-key-00';
    expect(await save(one, (await settings(one)).mark, { gateway: { id: 'shouqianba', values: { terminalKey: secret, 'payment.deadlineSeconds': '60', supportPhone: null } } })).toMatchObject({ kind: 'saved' });
    expect(JSON.parse(written())).toMatchObject({ gateways: { shouqianba: { terminalKey: secret, payment: { deadlineSeconds: 60 } } } });
    expect(one.configuration.gateways.get('shouqianba')).toMatchObject({ settings: { terminalKey: secret }, policy: { deadlineSeconds: 60 } });
    expect(journaled(one)).toMatchObject([{ keys: ['gateways.shouqianba.terminalKey', 'gateways.shouqianba.payment.deadlineSeconds'] }]);
    one.log.info('said by mistake', { secret });
    expect(JSON.stringify(one.journal.rowsAfter(0, 100)) + readFileSync(join(home, 'logs', readdirSync(join(home, 'logs'))[0] ?? ''), 'utf8')).not.toContain(secret);
  });

  it('says what is wrong with each key, in both languages, and writes nothing', async () => {
    const one = await shop();
    const reply = await save(one, (await settings(one)).mark, { gateway: { id: 'shouqianba', values: { baseUrl: 'http://gateway.invalid', terminalSn: null, 'payment.deadlineSeconds': 'soon' } } });
    expect(reply).toMatchObject({ kind: 'wrong', problems: [
      { key: 'gateways.shouqianba.baseUrl', words: { 'zh-CN': '要以 https:// 开头（只有本机可以用 http://）。' } },
      { key: 'gateways.shouqianba.terminalSn', words: { en: expect.stringContaining('missing') } },
      { key: 'gateways.shouqianba.payment.deadlineSeconds', words: { 'zh-CN': '要是整数（秒）。' } },
    ] });
    expect(written()).toBe(file);
  });

  it('switches on a gateway that was off, and the routing sends new sales there', async () => {
    const one = await shop();
    const values = { baseUrl: 'https://omipay.invalid/omipay/api/v2', merchantNumber: '000034', secretKey: 'abcdefabcdefabcdef', posNumber: 'POS1', currency: 'CNY' };
    const saved = await save(one, (await settings(one)).mark, { gateway: { id: 'omipay', values } });
    if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved));
    expect(saved.settings.gateways.find(({ id }) => id === 'omipay')).toMatchObject({ on: true, scans: true });
    const nowhere = { wechat: null, alipay: null, unionpay: null, other: null };
    expect(await save(one, saved.settings.mark, { routing: { cpm: { ...nowhere, alipay: 'omipay' }, fallback: { ...nowhere, alipay: 'shouqianba' }, mpm: [] } })).toMatchObject({ kind: 'saved', settings: { routing: { cpm: { alipay: 'omipay' }, fallback: { alipay: 'shouqianba', other: null } } } });
    expect([one.configuration.routeCode('alipay'), one.configuration.routeCode('wechat'), one.configuration.routeCode('alipay', (id) => id === 'omipay')]).toEqual(['omipay', 'shouqianba', 'shouqianba']);
    expect(one.till.status().gateways.map(({ id }) => id)).toEqual(['shouqianba', 'omipay']);
  });
});

describe('a gateway that doesn’t answer', () => {
  it('leaves new sales to the fallback, and what has begun where it is', async () => {
    const dead = 'http://127.0.0.1:9';
    const one = await shop(JSON.stringify({
      store: { name: 'Corner shop', locale: 'en', currency: 'CNY' }, terminal: { id: 'T07' },
      gateways: {
        shouqianba: { baseUrl: dead, terminalSn: '100000000000', terminalKey: '0123456789abcdef0123456789abcdef' },
        omipay: { baseUrl: `${dead}/omipay/api/v2`, merchantNumber: '000034', secretKey: 'abcdefabcdefabcdef', posNumber: 'POS1', currency: 'CNY' },
      },
      routing: { cpm: { other: 'shouqianba' }, fallback: { wechat: 'omipay' } },
    }));
    await one.till.start();
    const sale = async (code: string): Promise<string> => {
      const scan = one.till.submitScan(code, null, false);
      if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
      const reply = await one.till.call('pay', { commandId: `sale-${code}`, scanId: scan.scanId, amount: { minor: 3850, currency: 'CNY' } });
      if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
      await until(() => one.till.recentPayments(1)[0]?.state === 'declined');
      return reply.payment.gateway;
    };
    expect([await sale('134567890123456781'), await sale('134567890123456782'), await sale('134567890123456783')]).toEqual(['shouqianba', 'omipay', 'shouqianba']);
  });
});

describe('a gateway that shows codes and doesn’t answer', () => {
  it('leaves new codes to the next of the list', async () => {
    const simulator = await startSimulator();
    try {
      const one = await shop(JSON.stringify({
        store: { name: 'Corner shop', locale: 'en', currency: 'CNY' }, terminal: { id: 'T07' },
        gateways: { shouqianba: { baseUrl: 'http://127.0.0.1:9', terminalSn: '100000000000', terminalKey: '0123456789abcdef0123456789abcdef' }, ums: simulator.gateways.ums },
        routing: { mpm: ['shouqianba', 'ums'] },
      }));
      await one.till.start();
      const show = async (commandId: string): Promise<string> => {
        const reply = await one.till.call('present', { commandId, amount: { minor: 3850, currency: 'CNY' } });
        if (reply.kind !== 'started') throw new Error(JSON.stringify(reply));
        return reply.payment.gateway;
      };
      expect(await show('first')).toBe('shouqianba');
      await until(() => one.till.recentPayments(1)[0]?.state === 'declined');
      expect(await show('second')).toBe('ums');
      await until(() => one.till.recentPayments(1)[0]?.shownCode !== null);
    } finally {
      await simulator.close();
    }
  });
});

describe('case 6: another identity', () => {
  async function selling(name: 'paid' | 'waits'): Promise<OpenTill> {
    const one = await shop(null);
    await one.till.start();
    const scan = one.till.submitScan(digitsOf(name), null, true);
    if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
    await one.till.call('pay', { commandId: `sale-${name}`, scanId: scan.scanId, amount: { minor: 3850, currency: 'CNY' } });
    if (name === 'paid') await until(() => one.till.recentPayments(1)[0]?.verdict === 'paid');
    return one;
  }

  const keyIn = (block: unknown): unknown => (typeof block === 'object' && block !== null && 'terminalKey' in block ? block.terminalKey : undefined);
  const keyNow = (one: OpenTill): unknown => keyIn(one.configuration.gateways.get('shouqianba')?.settings);
  const formerKeys = (one: OpenTill): readonly unknown[] => (one.configuration.gateways.get('shouqianba')?.former ?? []).map(({ settings: block }) => keyIn(block));
  const other = { gateway: { id: 'shouqianba', values: { terminalSn: '999000000001' } } };

  it('is set without a word where nothing hangs on the old one', async () => {
    const one = await shop();
    expect(await save(one, (await settings(one)).mark, other)).toMatchObject({ kind: 'saved' });
    expect(written()).not.toContain('formerGateways');
  });

  it('stops before an open payment is cut off, and names it', async () => {
    const one = await selling('waits');
    const before = one.configuration.gateways.get('shouqianba')?.identity.account ?? '';
    const reply = await save(one, (await settings(one)).mark, other);
    expect(reply).toMatchObject({ kind: 'hanging', hanging: { gateway: 'shouqianba', open: [{ amount: { minor: 3850 } }], openRefunds: [], changes: [{ before, after: '999000000001' }] } });
    expect(JSON.stringify(reply)).not.toMatch(/terminalKey/);
    expect(one.configuration.gateways.get('shouqianba')?.identity.account).toBe(before);
    expect(journaled(one)).toEqual([]);
  });

  it('counts what may still be refunded', async () => {
    const one = await selling('paid');
    expect(await save(one, (await settings(one)).mark, other)).toMatchObject({ kind: 'hanging', hanging: { open: [], refundable: 1, withinDays: 90 } });
  });

  it('is set all the same on a word, and what hangs on the old one is asked under the old one', async () => {
    const one = await selling('waits');
    const [open] = one.till.recentPayments(1);
    expect(await save(one, (await settings(one)).mark, { gateway: { ...other.gateway, keepFormer: true } })).toMatchObject({ kind: 'saved' });
    expect(journaled(one)).toMatchObject([{ keys: ['gateways.shouqianba.terminalSn', 'formerGateways.shouqianba'] }]);
    // The simulator knows the old terminal alone: only asked under it does the payment ever end, once the customer has typed the password.
    await until(() => one.till.recentPayments(1)[0]?.open === false);
    expect(one.till.recentPayments(1)[0]).toMatchObject({ paymentId: open?.paymentId, state: 'paid' });
  }, 60_000);

  it('names what is open and can’t be read, too, and keeps the former block for it', async () => {
    const before = await selling('waits');
    const [sale] = before.till.recentPayments(1);
    await opened.pop()?.close();
    const journal = openJournal({ folder: before.folder, access: 'till', refundsOf });
    makeUnreadable({ journal, clock: systemClock() }, sale?.paymentId ?? '');
    journal.close();
    const one = await shop(null);
    await one.till.start();
    expect(await save(one, (await settings(one)).mark, other)).toMatchObject({ kind: 'hanging', hanging: { open: [], openRefunds: [], unreadable: [sale?.number], refundable: 0 } });
    expect(await save(one, (await settings(one)).mark, { gateway: { ...other.gateway, keepFormer: true } })).toMatchObject({ kind: 'saved' });
    expect(journaled(one)).toMatchObject([{ keys: ['gateways.shouqianba.terminalSn', 'formerGateways.shouqianba'] }]);
  });

  it('is what a new key of the same terminal is to what is open: named first, and the old key is kept until the new one was taken', async () => {
    const one = await selling('waits');
    const right = String(keyNow(one));
    const typed = (terminalKey: string, keepFormer?: true): SettingsChange => ({ gateway: { id: 'shouqianba', values: { terminalKey }, ...(keepFormer ? { keepFormer } : {}) } });
    const mistyped = typed('wrong-key-wrong-key-wrong-key-00');
    const stopped = await save(one, (await settings(one)).mark, mistyped);
    expect(stopped).toMatchObject({ kind: 'hanging', hanging: { open: [{ amount: { minor: 3850 } }], changes: [{ label: { en: 'Terminal key (terminal_key)' }, before: '••••••', after: '••••••' }] } });
    expect(JSON.stringify(stopped)).not.toContain('wrong-key');
    expect(keyNow(one)).toBe(right);
    expect(await save(one, (await settings(one)).mark, typed('wrong-key-wrong-key-wrong-key-00', true))).toMatchObject({ kind: 'saved' });
    // Another mistake, while the right one is kept: it stays kept.
    expect(await save(one, (await settings(one)).mark, typed('wrong-key-wrong-key-wrong-key-01', true))).toMatchObject({ kind: 'saved' });
    expect(formerKeys(one)).toEqual(['wrong-key-wrong-key-wrong-key-00', right]);
    await until(() => one.till.recentPayments(1)[0]?.open === false);
    expect(one.till.recentPayments(1)[0]).toMatchObject({ state: 'paid' });
    expect(formerKeys(one)).toContain(right);
    // The right one again: it is no former one any more, and the first payment under it drops the others.
    expect(await save(one, (await settings(one)).mark, typed(right, true))).toMatchObject({ kind: 'saved' });
    expect(formerKeys(one)).not.toContain(right);
    const scan = one.till.submitScan(digitsOf('paid'), null, true);
    if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
    await one.till.call('pay', { commandId: 'after', scanId: scan.scanId, amount: { minor: 1200, currency: 'CNY' } });
    await until(() => one.till.recentPayments(1)[0]?.verdict === 'paid');
    await until(() => formerKeys(one).length === 0);
    expect(journaled(one).at(-1)).toMatchObject({ type: 'settingsChanged', by: { operatorId: one.configuration.terminalId }, keys: ['formerGateways.shouqianba'] });
    expect(JSON.stringify(one.journal.rowsAfter(0, 1000))).not.toMatch(new RegExp(`wrong-key|${right}`));
  }, 60_000);

  it('of a key leaves nothing behind where nothing hangs on the old one', async () => {
    const one = await shop();
    expect(await save(one, (await settings(one)).mark, { gateway: { id: 'shouqianba', values: { terminalKey: 'fresh-key-fresh-key-fresh-key-00' } } })).toMatchObject({ kind: 'saved' });
    expect(written()).not.toContain('formerGateways');
  });

  it('that was left behind by hand is asked again as soon as it is put back', async () => {
    const simulator = await startSimulator();
    const block = simulator.gateways.shouqianba;
    const text = JSON.stringify({ store: { name: 'Corner shop', currency: 'CNY' }, terminal: { id: 'T07' }, gateways: { shouqianba: block } });
    const one = await shop(text);
    await one.till.start();
    const scan = one.till.submitScan(simulator.codes['waits'] ?? '', null, true);
    if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
    await one.till.call('pay', { commandId: 'sale', scanId: scan.scanId, amount: { minor: 3850, currency: 'CNY' } });
    await until(() => one.till.recentPayments(1)[0]?.state === 'waitingForPayer');
    await one.close();
    const later = await shop(text.replace(block.terminalSn, '999000000001'));
    await later.till.start();
    expect(later.till.recentPayments(1)[0]).toMatchObject({ state: 'review', reviewReason: 'identityMissing' });
    expect(await save(later, (await settings(later)).mark, { gateway: { id: 'shouqianba', values: { terminalSn: block.terminalSn } } })).toMatchObject({ kind: 'saved' });
    await until(() => later.till.recentPayments(1)[0]?.verdict !== 'notKnownYet');
    await later.close();
    await simulator.close();
  }, 60_000);

  it('is refunded under the old one, and goes back to it without leaving it twice', async () => {
    const one = await selling('paid');
    const [paid] = one.till.recentPayments(1);
    const before = one.configuration.gateways.get('shouqianba')?.identity.account ?? '';
    await save(one, (await settings(one)).mark, { gateway: { ...other.gateway, keepFormer: true } });
    const refund = await one.till.call('refund', { commandId: 'refund', paymentId: paid?.paymentId ?? '', amount: { minor: 3850, currency: 'CNY' }, reason: 'test' });
    expect(refund).toMatchObject({ kind: 'started' });
    await until(() => one.till.recentPayments(1)[0]?.refunds[0]?.state === 'refunded');
    expect(await save(one, (await settings(one)).mark, { gateway: { id: 'shouqianba', values: { terminalSn: before } } })).toMatchObject({ kind: 'saved' });
    expect(one.configuration.gateways.get('shouqianba')).toMatchObject({ identity: { account: before }, former: [] });
  });
});

describe('a connection test', () => {
  const steps = async (one: OpenTill, gateway: string, values: Record<string, string | null> = {}) => {
    const reply = await one.till.call('testGateway', { gateway, values });
    return reply.kind === 'tested' ? reply.test.steps.map(({ step, state, detail }) => `${step} ${state}${detail === null || state === 'passed' ? '' : ` ${detail.kind}`}`) : [JSON.stringify(reply)];
  };
  const ways = ['server', 'certificate', 'clock', 'signature', 'query'];

  /** Their words for "no such number" are those for everything else: then the test says so, and shows them. */
  const untold: Readonly<Record<string, readonly string[]>> = { aggregator: ['signature', 'query'], omoney: ['query'] };

  it.each(gateways.map(({ id }) => id))('passes every step at the simulated %s, and moves no money', async (id) => {
    const one = await shop(null);
    const more = gateways.find((gateway) => gateway.id === id)?.methods === undefined ? [] : ['methods'];
    expect(await steps(one, id)).toEqual([...ways, ...more].map((step) => (untold[id]?.includes(step) === true ? `${step} notRun cannotTell` : `${step} passed`)));
    expect(one.till.recentPayments(10)).toEqual([]);
  });

  it('shows the words of a gateway that tells nothing apart', async () => {
    const one = await shop(null);
    if (!gateways.some(({ id }) => id === 'aggregator')) return;
    const said = async (values: Record<string, string>) => {
      const reply = await one.till.call('testGateway', { gateway: 'aggregator', values });
      return reply.kind === 'tested' ? reply.test.words : null;
    };
    expect(await said({ secret: 'f'.repeat(32) })).toBe('签名错误');
    expect(await said({})).not.toBe('签名错误');
  });

  it.each(gateways.filter(({ id }) => id !== 'aggregator').map((gateway) => [gateway.id, gateway.secretKeys[0] ?? ''] as const))('stops at the signature where the key of %s is wrong', async (id, key) => {
    const one = await shop(null);
    expect((await steps(one, id, { [key]: 'f'.repeat(32) })).slice(3, 5)).toEqual(['signature failed keyWrong', 'query notRun']);
  });

  it('lists the means of payment that are open, and stops where the settings’ own is not among them', async () => {
    const one = await shop(null);
    const asked = async (values: Record<string, string>) => {
      const reply = await one.till.call('testGateway', { gateway: 'omoney', values });
      return reply.kind === 'tested' ? reply.test.steps.at(-1) : reply;
    };
    const codes = ['ALIPAY', 'WECHATPAY', 'ADYEN_UNIONPAY'];
    expect(await asked({})).toEqual({ step: 'methods', state: 'passed', detail: { kind: 'methods', codes } });
    expect(await asked({ paymentMethod: 'VISA' })).toEqual({ step: 'methods', state: 'failed', detail: { kind: 'methodNotOpen', method: 'VISA', codes } });
    // A code of three letters can't be asked with: then nothing is said of it.
    expect(await asked({ 'customer.country': 'CHN' })).toMatchObject({ step: 'methods', state: 'notRun' });
    expect(one.till.recentPayments(10)).toEqual([]);
  });

  it('stops at a server that isn’t there, and at an address that is somebody else’s', async () => {
    const one = await shop(null);
    expect(await steps(one, 'shouqianba', { baseUrl: 'http://127.0.0.1:9', terminalKey: 'typed-again' })).toEqual(['server failed unreachable', ...ways.slice(1).map((step) => `${step} notRun`)]);
    const stranger = createServer((_, answer) => answer.end('<html>Log in</html>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    expect((await steps(one, 'shouqianba', { baseUrl: `http://127.0.0.1:${port}`, terminalKey: 'typed-again' })).slice(3)).toEqual(['signature failed notItsAnswer', 'query notRun']);
    stranger.close();
  });

  it('stops at a clock that is far off', async () => {
    const one = await shop(null);
    const stranger = createServer((_, answer) => answer.writeHead(200, { date: new Date(Date.now() - 600_000).toUTCString() }).end('{}'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    expect(await steps(one, 'shouqianba', { baseUrl: `http://127.0.0.1:${port}`, terminalKey: 'typed-again' })).toEqual(['server passed', 'certificate passed', 'clock failed secondsApart', 'signature notRun', 'query notRun']);
    stranger.close();
  });

  it('sends no stored secret to an address that was typed over the stored one', async () => {
    const one = await shop();
    const heard: string[] = [];
    const stranger = createServer((request, answer) => {
      heard.push(request.url ?? '');
      answer.end('{}');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    expect(await one.till.call('testGateway', { gateway: 'shouqianba', values: { baseUrl: `http://127.0.0.1:${port}` } })).toMatchObject({ kind: 'wrong', problems: [{ key: 'gateways.shouqianba.terminalKey' }] });
    expect(heard).toEqual([]);
    stranger.close();
  });

  it('says what is missing before anything is sent', async () => {
    const one = await shop();
    expect(await one.till.call('testGateway', { gateway: 'shouqianba', values: { terminalSn: null } })).toMatchObject({ kind: 'wrong', problems: [{ key: 'gateways.shouqianba.terminalSn' }] });
  });
});
