/** The customer scans us: at each of the five gateways, in both hosts; and from a scan to a shown code and back at the two that scan. */
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import type { GatewayId } from '../../simulator/index.ts';
import type { Language } from './day-words.ts';
import { hosts, type Host } from './hosts.ts';
import { presentSeconds, storiesAt, type ShowingGateway } from './present-stories.ts';
import { provenOrTold, undoneForCertain } from './present-turns.ts';
import { Showing } from './showing.ts';
import { openScene, whyNot, type Scene } from './stories.ts';

interface Told extends ShowingGateway {
  /** Each gateway's stories have amounts of their own. */
  readonly yuan: number;
  /** Further stories of the two that scan. */
  readonly turns?: (showing: () => Showing) => void;
  /** What its book has at the end that waits for a person: paid after it was taken back, and nothing gives it back there. */
  readonly waitsMinor?: number;
}

/** Two counters in each host, side by side: they wait for their gateways most of the time. */
const counters: readonly (readonly Told[])[] = [
  [
    { id: 'shouqianba', yuan: 11, closes: 'undoesPaid', refunds: true, turns: undoneForCertain },
    { id: 'omipay', yuan: 12, closes: 'never', refunds: true, turns: provenOrTold },
  ],
  [
    { id: 'ums', yuan: 13, closes: 'unpaidOnly', refunds: true },
    { id: 'omoney', yuan: 14, closes: 'unpaidOnly', refunds: true },
    { id: 'aggregator', yuan: 15, closes: 'never', refunds: false, waitsMinor: 1520 },
  ],
];

const times = { deadlineSeconds: 28, presentSeconds, reverseNotBeforeSeconds: 1, pollIntervalSeconds: 1, answerTimeoutSeconds: 4 };
/** WeChat's scanned codes go to one of the two gateways that scan, Alipay's to the other. */
const scanning = { wechat: 'shouqianba', alipay: 'omipay', unionpay: 'shouqianba', other: 'shouqianba' };
const languages: Readonly<Record<string, Language>> = { 'in Chromium': 'zh-CN', 'in Electron': 'en' };

interface Opened {
  readonly scene: Scene;
  readonly showing: Showing;
}

/** One till starts after the other: a start is all work. */
let lastStart: Promise<unknown> = Promise.resolve();

function open(host: Host, first: GatewayId): Promise<Opened> {
  const opening = lastStart.then(() => openNow(host, first));
  lastStart = opening.catch(() => undefined);
  return opening;
}

async function openNow(host: Host, first: GatewayId): Promise<Opened> {
  const language = languages[host.name] ?? 'en';
  const scene = await openScene(host, language, {
    settings: (blocks) => ({ gateways: { ...blocks, omipay: { ...blocks.omipay, currency: 'CNY' } }, routing: { cpm: scanning, mpm: [first] }, payment: times }),
    environment: { SCANTILL_CUSTOMER_DISPLAY: 'window' },
  });
  return { scene, showing: new Showing(scene, await scene.counter.customer(), language) };
}

for (const host of hosts) {
  const why = whyNot(host);
  for (const told of counters) {
    const name = `shown codes of ${told.map(({ id }) => id).join(' and ')} ${host.name}`;
    if (why !== null) console.warn(`${name}: skipped, ${why}.`);
    describe.skipIf(why !== null)(why === null ? name : `${name} (skipped: ${why})`, { concurrent: true }, () => {
      storiesOf(host, told);
    });
  }
}

function storiesOf(host: Host, told: readonly Told[]): void {
  let opened: Opened | null = null;
  const showing = (): Showing => {
    if (opened === null) throw new Error('the counter was not opened');
    return opened.showing;
  };
  const start = async (): Promise<void> => {
    opened = await open(host, told[0]?.id ?? 'shouqianba');
  };
  const close = async (): Promise<void> => {
    await opened?.scene.counter.stop();
    await opened?.scene.shop.close();
    opened = null;
  };

  beforeAll(start);
  afterAll(close);
  // What a failed story left behind is no story of the next one.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    await opened?.scene.counter.tellFailure(`present-${host.name}-${task.suite?.name ?? ''}-${task.name}`);
    await close();
    await start();
  });

  for (const { yuan, turns, waitsMinor, ...gateway } of told) {
    describe(gateway.id, { concurrent: false }, () => {
      storiesAt(gateway, yuan, showing);
      turns?.(showing);
      it('has booked what the till counts', () => showing().equalsTheBook(gateway.id, waitsMinor));
    });
  }
}
