/** Opening a till over the real adapters: training without an account, and every reason not to open, each with its words. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { messageText } from '../core/contract/messages.ts';
import { screenCodeDigits } from '../core/scan/codes.ts';
import { digitsOf } from '../simulator/scripts.ts';
import { openTill, type OpenTillResult } from './assemble.ts';
import { checkWholeChain } from './chain-check.ts';

let home: string;
const opened: OpenTillResult[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scantill-host-'));
});
afterEach(async () => {
  for (const one of opened.splice(0)) if (one.kind === 'ok') await one.opened.close();
  rmSync(home, { recursive: true, force: true });
});

async function open(mode: 'auto' | 'training' | 'real' = 'auto', ownerAccess = true): Promise<OpenTillResult> {
  const spawnDevices = (): never => {
    throw new Error('no device is set up, so no process is started');
  };
  const result = await openTill({ home, mode, codeDigits: screenCodeDigits, spawnDevices, locale: 'en', logToStandardError: false, withScanners: true, ownerAccess });
  opened.push(result);
  return result;
}

function writeSettings(settings: unknown): void {
  const path = join(home, 'settings.json');
  writeFileSync(path, JSON.stringify(settings), { mode: 0o600 });
}

const shop = {
  store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY' },
  terminal: { id: 'T07' },
  gateways: { shouqianba: { baseUrl: 'https://gateway.invalid', terminalSn: '100000000000', terminalKey: '0123456789abcdef0123456789abcdef' } },
};

async function openedTill(mode: 'auto' | 'training' | 'real' = 'auto', ownerAccess = true) {
  const result = await open(mode, ownerAccess);
  if (result.kind !== 'ok') throw new Error(result.detail);
  return result.opened;
}

describe('training (case 37)', () => {
  it('opens without settings, with a journal of its own, and sells to the simulated phone', async () => {
    const { till, folder } = await openedTill();
    expect(folder).toBe(join(home, 'training'));
    await till.start();
    expect(till.status()).toMatchObject({ training: true, phase: 'ready', storeName: 'ScanTill training shop', currency: 'CNY' });
    const scan = till.submitScan(digitsOf('paid'), null, true);
    if (scan.kind !== 'paymentCode') throw new Error(scan.kind);
    const paid = new Promise((resolve) => {
      till.onEvent((event) => {
        if (event.type === 'payment' && event.payment.verdict === 'paid') resolve(event.payment.amount.minor);
      });
    });
    await till.call('pay', { commandId: 'first', scanId: scan.scanId, amount: { minor: 3850, currency: 'CNY' } });
    expect(await paid).toBe(3850);
  });

  it('takes no code that its simulator did not issue', async () => {
    const { till } = await openedTill();
    expect(till.submitScan('131234567890123456', null, true)).toMatchObject({ kind: 'other', message: { key: 'trainingCodeOnly' } });
  });

  it('is asked under the same address after a restart, so that what it left open can be', async () => {
    const first = await openedTill();
    const origin = first.configuration.gateways.get('shouqianba')?.identity;
    await first.close();
    const second = await openedTill();
    expect(second.configuration.gateways.get('shouqianba')?.identity).toEqual(origin);
  });
});

describe('a shop with settings', () => {
  it('opens with its own gateways, in its own home', async () => {
    writeSettings(shop);
    const { till, folder, configuration } = await openedTill();
    expect(folder).toBe(home);
    expect(till.status()).toMatchObject({ training: false, phoneUrl: null, storeName: 'Corner shop', terminalId: 'T07' });
    expect([...configuration.gateways.keys()]).toEqual(['shouqianba']);
  });

  it('can be trained in all the same', async () => {
    writeSettings(shop);
    expect((await openedTill('training')).till.status().training).toBe(true);
  });
});

describe('reasons not to open', () => {
  it('names the missing file where a real till was asked for', async () => {
    const result = await open('real');
    expect(result).toMatchObject({ kind: 'missingSettings', path: join(home, 'settings.json') });
  });

  it('names the key that is wrong, and never falls back to training', async () => {
    writeSettings({ ...shop, terminal: { id: 'no blanks please' } });
    const result = await open();
    if (result.kind !== 'settingsProblem') throw new Error(result.kind);
    expect(result.problem.key).toBe('terminal.id');
    expect(messageText(result.message, 'en')).toMatch(/^settings\.json is wrong: terminal\.id .*[^.]\. Nothing was charged\./);
  });

  it('refuses settings that others can read', async () => {
    writeSettings(shop);
    chmodSync(join(home, 'settings.json'), 0o644);
    const result = await open();
    expect(result.kind).toBe('settingsProblem');
  });

  it('says that another till has the journal (case 28), and opens once that one is closed', async () => {
    writeSettings(shop);
    const other = openJournal({ folder: home, access: 'till' });
    expect(await open()).toMatchObject({ kind: 'journalInUse', message: { key: 'journalInUse' } });
    other.close();
    expect((await open()).kind).toBe('ok');
  });

  it('says that the journal is broken', async () => {
    writeSettings(shop);
    writeFileSync(join(home, 'journal.db'), 'this is no database, and long enough to be looked at '.repeat(20), { mode: 0o600 });
    expect(await open()).toMatchObject({ kind: 'journalBroken', message: { key: 'journalBroken' } });
  });

  it('says that the home can’t be written', async () => {
    writeFileSync(join(home, 'training'), 'a file where the folder should be');
    expect(await open()).toMatchObject({ kind: 'notWritable', message: { key: 'journalNotWritable' } });
  });
});

describe('the end', () => {
  it('frees the journal, and may be said twice', async () => {
    const one = await openedTill();
    await Promise.all([one.close(), one.close()]);
    openJournal({ folder: one.folder, access: 'till' }).close();
  });
});

describe('the whole chain (case 30)', () => {
  it('is checked in a worker beside the running till', async () => {
    const { till, folder } = await openedTill();
    await till.start();
    const state = await checkWholeChain(folder, (error) => expect.unreachable(error.message)).result;
    expect(state).toMatchObject({ kind: 'whole' });
  });
});

describe('notifications', () => {
  it('whose port another program has are said on the status bar, and the till sells all the same', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    writeSettings({ ...shop, notifications: { port } });
    try {
      const { till } = await openedTill('real', false);
      await vi.waitFor(() => expect(till.status().notifications).toMatchObject({ light: 'attention', message: { key: 'notificationsPortTaken', values: { place: `127.0.0.1:${port}` } } }));
      await till.start();
      expect(till.status().phase).toBe('ready');
    } finally {
      await new Promise((closed) => other.close(closed));
    }
  });

  it('that nobody set up have no light', async () => {
    writeSettings(shop);
    const { till } = await openedTill('real', false);
    expect(till.status().notifications).toBeNull();
  });
});
