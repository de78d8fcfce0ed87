/** Tells the same stories in both hosts, each at a counter of its own, and says why a host is left out. */
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { socatMissing } from '../../native-bridge/testing/pty.ts';
import { missingReaders } from '../../native-bridge/printer/read-back.ts';
import { Counter } from './counter.ts';
import { hosts, type Host } from './hosts.ts';
import { openShop, type Shop, type ShopSettings } from './shop.ts';

export interface Scene {
  readonly shop: Shop;
  readonly counter: Counter;
  /** Types an amount and scans a code with the serial scanner. */
  sell(amount: string, code: string): Promise<void>;
  scan(code: string): void;
}

/** Why a host's stories are left out on this machine; null where they can be told. */
export function whyNot(host: Host): string | null {
  if (host.whySkipped !== null) return host.whySkipped;
  if (socatMissing) return 'there is no socat';
  return missingReaders().length > 0 ? `missing: ${missingReaders().join(', ')}` : null;
}

/** What a story needs beside the shop as it is: blocks of settings, and what the till finds in its environment. */
export interface SceneNeeds {
  readonly settings?: ShopSettings;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function openScene(host: Host, locale: 'zh-CN' | 'en', { settings = {}, environment = {} }: SceneNeeds = {}): Promise<Scene> {
  const shop = await openShop(locale, settings);
  const counter = new Counter(host, shop.home);
  const scan = (code: string): void => shop.scanner.send(`${code}\r`);
  try {
    await counter.start(environment);
    await counter.sees(locale === 'en' ? 'Scanner is ready' : '扫码枪已就绪');
  } catch (error) {
    await counter.tellFailure(`not opened ${host.name}`).catch(() => undefined);
    await counter.stop().catch((failure: unknown) => console.error(String(failure)));
    await shop.close();
    throw error;
  }
  return {
    shop, counter, scan,
    async sell(amount, code) {
      await counter.type(amount);
      // The last digit too: a scan charges what stands.
      await counter.amount(`¥${Number(amount).toFixed(2)}`);
      scan(code);
    },
  };
}

/** `stories` gets a function that gives the scene once it has begun. */
export function atBothCounters(title: string, locale: 'zh-CN' | 'en', stories: (scene: () => Scene) => void): void {
  for (const host of hosts) {
    const why = whyNot(host);
    const name = `${title} ${host.name}`;
    if (why !== null) console.warn(`${name}: skipped, ${why}.`);
    describe.skipIf(why !== null)(why === null ? name : `${name} (skipped: ${why})`, () => {
      let scene: Scene | null = null;
      const open = async (): Promise<void> => {
        scene = await openScene(host, locale);
      };
      const close = async (): Promise<void> => {
        await scene?.counter.stop();
        await scene?.shop.close();
        scene = null;
      };

      beforeAll(open);
      afterAll(close);
      // What a failed story left behind is no story of the next one.
      afterEach(async ({ task }) => {
        if (task.result?.state !== 'fail') return;
        await scene?.counter.tellFailure(task.name);
        await close();
        await open();
      });

      stories(() => {
        if (scene === null) throw new Error('the counter was not opened');
        return scene;
      });
    });
  }
}
