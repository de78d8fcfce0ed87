/** From the start of the process to the Sale screen in Electron, paired with a bare Electron window in the same run. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';

const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
const project = new URL('..', import.meta.url).pathname;
if (runtime === undefined || process.env['DISPLAY'] === undefined) {
  console.log('start-to-window: skipped, it needs ELECTRON_OVERRIDE_DIST_PATH and a display');
  process.exit(0);
}
const executablePath = join(runtime, 'electron');
const folder = mkdtempSync(join(tmpdir(), 'scantill-start-'));
const bareApp = join(folder, 'bare');
mkdirSync(bareApp);
writeFileSync(join(bareApp, 'package.json'), '{"name":"bare","version":"0.0.0","main":"main.js"}');
writeFileSync(join(bareApp, 'main.js'), "const { app, BrowserWindow } = require('electron'); app.whenReady().then(() => new BrowserWindow().loadURL('data:text/html,<main>here</main>'));");

const bare: number[] = [];
const till: number[] = [];
for (let round = 0; round < 7; round += 1) {
  bare.push(await timeToMain(bareApp));
  till.push(await timeToMain(project));
}
const [bareMilliseconds, tillMilliseconds] = [bare, till].map((times) => Math.round(times.toSorted((left, right) => left - right)[3] ?? Number.NaN));
console.log(JSON.stringify({ bareMilliseconds, tillMilliseconds }));
rmSync(folder, { recursive: true, force: true });

async function timeToMain(app: string): Promise<number> {
  const began = performance.now();
  const started = await _electron.launch({
    executablePath,
    args: ['--no-sandbox', app],
    env: { ...(process.env as Record<string, string>), SCANTILL_HOME: join(folder, 'home'), XDG_CONFIG_HOME: join(folder, 'config') },
  });
  const page = await started.firstWindow();
  await page.waitForSelector('main');
  const milliseconds = performance.now() - began;
  await started.close();
  return milliseconds;
}
