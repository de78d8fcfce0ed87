/** A shop with one counter: settings, gateways in this process, a scanner on a pseudo-terminal and a printer on loopback. */
import { startSimulator, type Order, type Simulator } from '../../simulator/index.ts';
import { createPtyPair, type PtyPair } from '../../native-bridge/testing/pty.ts';
import { dropHome, makeHome } from '../cli/support.ts';
import { openPaper, type Paper } from './paper.ts';

/** Short enough for a test, long enough that a busy machine changes no outcome; the rules are the same. */
const times = { deadlineSeconds: 28, reverseNotBeforeSeconds: 2, pollIntervalSeconds: 1, answerTimeoutSeconds: 4 };

export interface Shop {
  readonly home: string;
  readonly simulator: Simulator;
  readonly scanner: PtyPair;
  readonly paper: Paper;
  /** The digits of a scripted code (docs/simulator.md). */
  code(name: string): string;
  /** What the gateways have booked under an amount in minor units. */
  booked(minor: number): readonly Pick<Order, 'state' | 'timesCharged' | 'reference'>[];
  close(): Promise<void>;
}

/** Blocks of the settings, which replace the shop's own; a function where they are made of the simulator's gateways. */
export type ShopSettings = Readonly<Record<string, unknown>> | ((gateways: Simulator['gateways']) => Readonly<Record<string, unknown>>);

export async function openShop(locale: 'zh-CN' | 'en', change: ShopSettings = {}): Promise<Shop> {
  const simulator = await startSimulator();
  const scanner = createPtyPair();
  await scanner.plug();
  const paper = await openPaper();
  const home = makeHome({ shouqianba: simulator.gateways.shouqianba }, {
    store: { name: '街角小店', timezone: 'Asia/Shanghai', locale, currency: 'CNY' },
    payment: times,
    devices: {
      scanners: [{ type: 'serial', path: scanner.devicePath, baudRate: 9600 }],
      printer: { type: 'tcp', host: '127.0.0.1', port: paper.port, columns: 48, encoding: 'gb18030' },
    },
    ...(typeof change === 'function' ? change(simulator.gateways) : change),
  });
  return {
    home, simulator, scanner, paper,
    code(name) {
      const digits = simulator.codes[name];
      if (digits === undefined) throw new Error(`no code is called ${name}`);
      return digits;
    },
    booked: (minor) => simulator.world.books().orders.filter((order) => order.amount === minor).map(({ state, timesCharged, reference }) => ({ state, timesCharged, reference })),
    async close() {
      await scanner.remove();
      await paper.switchOff();
      await simulator.close();
      dropHome(home);
    },
  };
}
