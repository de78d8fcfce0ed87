/** Settings changed from a screen, over the real file and journal: who may, what is written, what is in force, what is kept. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaveSettingsReply, SettingsChange, SettingsView } from '../core/contract/types.ts';
import { screenCodeDigits } from '../core/scan/codes.ts';
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
