/** The customer's window in Electron: found by itself, on the screen it is given, gone and back with it, and what stands on it while a sale goes on. */
import type { ElectronApplication, Page } from 'playwright';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../hosts/electron-runtime.ts';
import { hosts, type Host } from './hosts.ts';
import { Showing } from './showing.ts';
import { openScene, whyNot, type Scene } from './stories.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const sizes: readonly Size[] = [{ width: 1280, height: 800 }, { width: 1024, height: 768 }];
const times = { deadlineSeconds: 28, presentSeconds: 60, reverseNotBeforeSeconds: 6, pollIntervalSeconds: 1, answerTimeoutSeconds: 4 };
const electron = hosts.find(({ name }) => name === 'in Electron');
const why = electron === undefined ? 'there is no Electron host' : whyNot(electron);
if (why !== null) console.warn(`the customer display in Electron: skipped, ${why}.`);

/** An Xvfb has one screen: the second one is told to Electron as the system would tell it, and everything behind that is the till's own. */
async function plugIn(application: ElectronApplication, size: Size): Promise<Page> {
  const opening = application.waitForEvent('window');
  await application.evaluate(({ screen }, { width, height }) => {
    const [cashiers] = screen.getAllDisplays();
    if (cashiers === undefined) throw new Error('there is no screen at all');
    const bounds = { x: cashiers.bounds.width, y: 0, width, height };
    const second = { ...cashiers, id: cashiers.id + 1, bounds, workArea: bounds };
    screen.getAllDisplays = () => [cashiers, second];
    screen.emit('display-added', {}, second);
  }, size);
  const page = await opening;
  await page.waitForURL('**/display.html');
  await page.locator('.display').waitFor();
  return page;
}

async function unplug(application: ElectronApplication, page: Page): Promise<void> {
  const closing = page.waitForEvent('close');
  await application.evaluate(({ screen }) => {
    const [cashiers, second] = screen.getAllDisplays();
    if (cashiers === undefined || second === undefined) throw new Error('nothing is plugged in');
    screen.getAllDisplays = () => [cashiers];
    screen.emit('display-removed', {}, second);
  });
  await closing;
}

/** The bounds of the till's other window, as the system has them. */
function customersBounds(application: ElectronApplication): Promise<Size> {
  return application.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().endsWith('/display.html'));
    if (window === undefined) throw new Error('the customer has no window');
    const { width, height } = window.getBounds();
    return { width, height };
  });
}

describe.skipIf(electron === undefined || why !== null).each(['zh-CN', 'en'] as const)(why === null ? 'the customer display in Electron, %s' : `the customer display in Electron, %s (skipped: ${why})`, (language) => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await openScene(electron as Host, language, { settings: { payment: times } });
  });
  afterAll(async () => {
    await scene.counter.stop();
    await scene.shop.close();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await scene.counter.tellFailure(`present-display-${language}-${task.name}`);
  });

  const application = (): ElectronApplication => {
    const running = scene.counter.application;
    if (running === null) throw new Error('no Electron runs');
    return running;
  };

  it.each(sizes)('stands on a screen of $width by $height, found by itself, and says at each step what the customer is to know', async (size) => {
    expect(application().windows()).toHaveLength(1);
    const customer = await plugIn(application(), size);
    expect(await customersBounds(application())).toEqual(size);
    const till = new Showing(scene, customer, language);
    const { counter, shop, say } = till;
    const picture = async (state: string): Promise<void> => {
      const name = `customer-display-${state}-${size.width}-${language === 'en' ? 'en' : 'zh'}.png`;
      await customer.screenshot({ path: join(projectFolder, 'e2e', 'output', 'counter', name) });
    };
    await till.customerSees('idle');
    await picture('idle');
    await till.typeAmount('38.5');
    await till.customerSees('pay', say.showCode);
    await picture('pay');
    await counter.press('*');
    await till.codeUp('38.5');
    await picture('code');
    await counter.press('-');
    await till.customerSees('checking', say.checking);
    await picture('checking');
    await counter.headline(say.undone);
    await till.customerSees('notPaid', say.nothingTaken);
    await picture('not-paid');
    await counter.press('*');
    const code = await till.codeUp('38.5');
    shop.simulator.world.payShown(code.qr);
    await counter.headline(say.paid);
    await till.customerSees('paid', say.thanks);
    await picture('paid');
    await counter.press('Enter');
    await counter.headline(say.sale);
    await till.customerSees('idle');
    await unplug(application(), customer);
  });

  it('goes with its screen while a code is up, comes back with it, and takes neither the code nor the keys along', async () => {
    const before = await plugIn(application(), { width: 1024, height: 768 });
    const first = new Showing(scene, before, language);
    const { counter, shop, say } = first;
    const code = await first.show('7.1');
    await unplug(application(), before);
    await counter.headline(say.codeUp);
    await counter.page.locator('.qr-code').waitFor();
    const back = new Showing(scene, await plugIn(application(), { width: 1280, height: 800 }), language);
    await back.customerSees('code', say.scanThis);
    shop.simulator.world.payShown(code.qr);
    await back.isPaid('7.1');
    // The keys are still the cashier's.
    await back.typeAmount('5');
    await back.customerSees('pay', say.showCode);
  });
});
