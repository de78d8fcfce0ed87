/** `till simulate`: many short histories out of one seed over production `core`, and every rule of the design watched in each. */
import type { Rule } from './findings.ts';
import { SeededRandom, subSeed } from './random.ts';
import { World, type HistoryResult } from './world.ts';

export interface BrokenRule {
  readonly rule: Rule;
  readonly detail: string;
  readonly seed: number;
  /** The command that shows the same history alone. */
  readonly replay: string;
  /** What happened in the history, line by line; with its first broken rule alone, because it is long. */
  readonly timeline: readonly string[];
}

export interface SimulationOptions {
  readonly payments: number;
  readonly seed: number;
  /** Ends after the first history that broke a rule. */
  readonly untilBroken?: boolean;
  /** Lives every `of`-th history, from number `index` on: all lanes of one seed together are the whole, whatever their number. */
  readonly lane?: { readonly index: number; readonly of: number };
  onBroken(broken: BrokenRule): void;
}

export interface SimulationSummary {
  readonly payments: number;
  readonly faults: number;
  readonly crashes: number;
  readonly brokenRules: number;
  readonly paymentsPerSecond: number;
  /** Over all journals: the same for the same seed. */
  readonly digest: string;
}

/** Histories are short, so that a broken rule can be replayed and read. */
const historyPayments = { least: 10, most: 60 } as const;

export async function simulate(options: SimulationOptions): Promise<SimulationSummary> {
  const began = performance.now();
  const lane = options.lane ?? { index: 0, of: 1 };
  const total = { payments: 0, faults: 0, crashes: 0, brokenRules: 0 };
  let digest = '';
  // What is left counts by the histories' drawn sizes, so that every lane knows where the last one ends.
  let left = options.payments;
  for (let index = 0; left > 0 && !(options.untilBroken === true && total.brokenRules > 0); index += 1) {
    const seed = subSeed(options.seed, index);
    const size = Math.min(left, sizeOf(seed));
    left -= size;
    if (index % lane.of !== lane.index) continue;
    const result = await history(seed, size, false);
    total.payments += result.payments;
    total.faults += result.faults;
    total.crashes += result.crashes;
    total.brokenRules += result.broken.length;
    digest = joinedDigests(digest, result.digest);
    if (result.broken.length > 0) await report(seed, size, options);
    if (result.payments === 0 && result.broken.length === 0) throw new Error(`the history of seed ${seed} has no payment`);
  }
  return { ...total, paymentsPerSecond: Math.round((total.payments / (performance.now() - began)) * 1000), digest };
}

/** Drawn from the seed alone, so that a replay with the same number of payments is the same history. */
function sizeOf(seed: number): number {
  return new SeededRandom(seed ^ 0x5bd1e995).between(historyPayments.least, historyPayments.most);
}

async function history(seed: number, payments: number, keepsTimeline: boolean): Promise<HistoryResult> {
  const world = new World(seed, keepsTimeline);
  const unhandled = (error: unknown): void => world.threw(error);
  process.on('unhandledRejection', unhandled);
  try {
    return await world.live(payments);
  } finally {
    process.off('unhandledRejection', unhandled);
  }
}

/** Lives the history once more, this time writing down what happens. */
async function report(seed: number, size: number, options: SimulationOptions): Promise<void> {
  const { broken, timeline } = await history(seed, size, true);
  const replay = `npm run --silent till -- simulate --payments ${size} --seed ${seed}`;
  broken.forEach(({ rule, detail }, index) => options.onBroken({ rule, detail, seed, replay, timeline: index === 0 ? timeline : [] }));
}

/** The digest of both parts together, in whichever order they are joined. */
export function joinedDigests(left: string, right: string): string {
  if (left === '' || right === '') return left + right;
  let text = '';
  for (let index = 0; index < left.length; index += 1) text += (parseInt(left.charAt(index), 16) ^ parseInt(right.charAt(index), 16)).toString(16);
  return text;
}
