/** The gateways and homes of one file of tests, gone with it. */
import { afterAll, beforeAll } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { dropHome, makeHome } from './support.ts';

export interface TestShop {
  /** Started before the first test. */
  readonly simulator: Simulator;
  /** A new home; `change` replaces whole blocks of its settings. */
  newHome(change?: Readonly<Record<string, unknown>>): string;
}

/** Called once at the top of a file of tests. */
export function testShop(): TestShop {
  let simulator: Simulator | null = null;
  const homes: string[] = [];
  const running = (): Simulator => {
    if (simulator === null) throw new Error('the simulator runs only within tests');
    return simulator;
  };
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0 });
  });
  afterAll(async () => {
    for (const home of homes) dropHome(home);
    await simulator?.close();
  });
  return {
    get simulator() {
      return running();
    },
    newHome(change) {
      const home = makeHome(running().gateways, change);
      homes.push(home);
      return home;
    },
  };
}
