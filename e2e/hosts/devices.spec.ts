/** The devices in a process of their own: when it dies, it comes back, and the till goes on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronProgram, projectFolder, whySkipped } from './electron-runtime.ts';

describe.skipIf(whySkipped !== null)('the devices process under Electron', () => {
  const home = mkdtempSync(join(tmpdir(), 'scantill-devices-'));
  let printer: Server;
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    printer = createServer((socket) => void socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => printer.listen(0, '127.0.0.1', resolve));
    const settings = {
      store: { name: 'Corner shop', locale: 'en', currency: 'CNY' },
      terminal: { id: 'T01' },
      gateways: { shouqianba: { baseUrl: 'http://127.0.0.1:1', terminalSn: '100000000000', terminalKey: '0123456789abcdef0123456789abcdef' } },
      devices: { scanners: [], printer: { type: 'tcp', host: '127.0.0.1', port: (printer.address() as AddressInfo).port } },
    };
    writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
    application = await _electron.launch({ executablePath: electronProgram ?? '', args: ['--no-sandbox', projectFolder, '--home', home] });
    page = await application.firstWindow();
    await page.waitForLoadState('load');
  });

  afterAll(async () => {
    await application?.close();
    printer?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const processId = (): Promise<number | null> =>
    application.evaluate(({ app }) => app.getAppMetrics().find((one) => one.serviceName === 'node.mojom.NodeService' || one.name === 'ScanTill devices')?.pid ?? null);
  const status = (): Promise<unknown> => page.evaluate("window.scantill.call('status', {})");

  it('runs beside the main process', async () => {
    await expect.poll(processId).toEqual(expect.any(Number));
    expect(await processId()).not.toBe(application.process().pid);
    expect(await status()).toMatchObject({ training: false, phase: 'ready', printer: { present: true } });
  });

  it('comes back after it was killed, and the till has not noticed more than that', async () => {
    const first = await processId();
    if (first === null) throw new Error('no devices process');
    process.kill(first, 'SIGKILL');
    await expect.poll(async () => {
      const second = await processId();
      return second !== null && second !== first;
    }).toBe(true);
    await expect.poll(status).toMatchObject({ phase: 'ready', printer: { light: 'ready' } });
  });
});
