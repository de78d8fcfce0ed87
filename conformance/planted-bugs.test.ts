/** Plants a bug into a copy of each gateway, several times over, and wants the suite red for each: what it doesn't catch it doesn't check. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CopiedRooms } from '../core/testing/planting.ts';
import { plantedBugsOf, type PlantedBug } from './planted-bugs.ts';
import { ids } from './suite.ts';

let copy: CopiedRooms;
beforeAll(async () => {
  copy = await CopiedRooms.of(['core', 'simulator', 'conformance']);
});
afterAll(() => copy.remove());

interface Line {
  readonly rule?: string;
  readonly found?: readonly string[];
  readonly broken?: number;
}

/** The broken rules of the copy's gateway, up to the first one. */
function runSuite(gateway: string): Promise<readonly Line[]> {
  return copy.run('conformance/run.ts', gateway, '--until-broken');
}

/** Runs the suite with the bug in the copy. */
function runWith(gateway: string, { changes }: PlantedBug): Promise<readonly Line[]> {
  return copy.with(changes.map(([file, from, to]) => [`core/gateways/${gateway}/${file}`, from, to]), () => runSuite(gateway));
}

const planted = await Promise.all(ids.map(async (id) => ({ id, bugs: await plantedBugsOf(id) })));

describe.each(planted)('$id', ({ id, bugs }) => {
  test('has three copies with a broken rule at least', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(3);
  });

  test('the copy without a bug breaks no rule', async () => {
    expect(await runSuite(id)).toMatchObject([{ broken: 0 }]);
  }, 300_000);

  test.each(bugs)('$name: is caught', async (bug) => {
    const lines = await runWith(id, bug);
    expect(lines.at(-1)?.broken, lines.map(({ rule }) => rule ?? '').join()).toBe(1);
    expect(lines[0]?.found).not.toEqual([]);
  }, 300_000);
});
