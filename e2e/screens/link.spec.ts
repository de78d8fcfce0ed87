/** The screens behind the browser host's WebSocket: another screen at the till, a link that is lost, a payment said again. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, WebSocketRoute } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TillStatus } from '../../core/contract/types.ts';
import { sampleCode, samplePayment } from '../../renderer/machine/samples.ts';
import { scriptOf } from './scenes.ts';
import { openTheatre, type Theatre } from './stage.ts';

const output = join(import.meta.dirname, '../output/screens');
let theatre: Theatre & { readonly address: string };

beforeAll(async () => {
  mkdirSync(output, { recursive: true });
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

interface Frame {
  readonly id?: number;
  readonly name?: string;
  readonly request?: unknown;
  readonly takeOver?: true;
}

/** A till behind a socket that answers from a script, and can be cut. */
async function browserHost(options: { readonly occupied?: boolean; readonly status?: Partial<TillStatus> } = {}) {
  const page: Page = await theatre.open();
  const frames: Frame[] = [];
  const script: Record<string, unknown> = { ...scriptOf({ name: 'sale-idle', view: 'sale', ...(options.status ? { status: options.status } : {}) }) };
  let socket: WebSocketRoute | null = null;
  let reachable = true;
  await page.routeWebSocket('**/till', (route) => {
    if (!reachable) {
      void route.close();
      return;
    }
    socket = route;
    if (options.occupied) route.send(JSON.stringify({ occupied: true }));
    route.onMessage((text) => {
      const frame = JSON.parse(String(text)) as Frame;
      frames.push(frame);
      const reply = script[frame.name ?? ''];
      if (frame.id !== undefined && reply !== undefined) route.send(JSON.stringify({ id: frame.id, reply }));
    });
  });
  await page.goto(`${theatre.address}/index.html`);
  return {
    page, frames, script,
    say: (frame: unknown) => socket?.send(JSON.stringify(frame)),
    cut: async () => {
      reachable = false;
      await socket?.close();
    },
    mend: () => {
      reachable = true;
    },
  };
}

const views = (name: string): string => `[data-view="${name}"]`;

describe('the browser host', () => {
  it('asks before it takes the till from another screen, and says when it lost it', async () => {
    const { page, frames, say } = await browserHost({ occupied: true });
    await page.waitForSelector(views('occupied'));
    await page.screenshot({ path: join(output, 'occupied.png') });
    await page.waitForTimeout(450);
    await page.keyboard.press('Enter');
    await page.waitForSelector(views('sale'));
    expect(frames).toContainEqual({ takeOver: true });
    say({ takenOver: true });
    await page.waitForSelector(views('takenOver'));
    await page.screenshot({ path: join(output, 'taken-over.png') });
    await page.context().close();
  });

  it('says that the till is gone, charges nothing meanwhile, and comes back by itself', async () => {
    const { page, cut, mend, frames } = await browserHost();
    await page.waitForSelector(views('sale'));
    await cut();
    await page.waitForSelector('.status-lost');
    expect(await page.locator('.light.ready').count()).toBe(0);
    await page.screenshot({ path: join(output, 'link-lost.png') });
    mend();
    await page.waitForSelector('.light.ready');
    expect(frames.filter((frame) => frame.name === 'status')).toHaveLength(2);
    await page.context().close();
  });

  it('opens the customer’s phone in another tab that knows nothing of this one', async () => {
    const phoneUrl = `${theatre.address}/icon.svg`;
    const { page } = await browserHost({ status: { training: true, phoneUrl } });
    await page.waitForSelector(views('sale'));
    const band = page.locator('a.training-band');
    expect(await band.getAttribute('href')).toBe(phoneUrl);
    expect(await band.getAttribute('rel')).toContain('noopener');
    const openings: readonly (() => Promise<void>)[] = [
      () => band.click(),
      async () => {
        await page.keyboard.press('NumpadDivide', { delay: 100 });
        await page.keyboard.press('Numpad9');
      },
    ];
    for (const open of openings) {
      const [tab] = await Promise.all([page.context().waitForEvent('page'), open()]);
      await tab.waitForURL(phoneUrl);
      expect(await tab.evaluate('window.opener')).toBeNull();
    }
    await page.context().close();
  });

  it('says a payment again under the same command after the link was cut', async () => {
    const { page, cut, mend, frames, script, say } = await browserHost();
    await page.waitForSelector(views('sale'));
    await page.click('.keypad button');
    say({ event: { type: 'scan', scan: sampleCode({ expiresAt: Date.now() + 30_000 }) } });
    await page.waitForSelector(views('charging'));
    await cut();
    await page.waitForSelector('.status-lost');
    script['pay'] = { kind: 'started', payment: samplePayment('paid', { startedAt: Date.now(), changedAt: Date.now() }) };
    mend();
    await page.waitForSelector(views('paid'));
    const pays = frames.filter((frame) => frame.name === 'pay');
    expect(pays).toHaveLength(2);
    expect(pays[1]).toEqual(pays[0]);
    await page.context().close();
  });
});
