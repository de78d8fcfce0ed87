/** Plants a bug into a copy of each gateway, several times over, and wants the suite red for each: what it doesn't catch it doesn't check. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantedBugsOf, type PlantedBug } from './planted-bugs.ts';
import { ids } from './suite.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scantill-conformance-'));
  for (const room of ['core', 'simulator', 'conformance']) await cp(join(root, room), join(folder, room), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Line {
  readonly rule?: string;
  readonly found?: readonly string[];
  readonly broken?: number;
}

/** The broken rules of the copy's gateway, up to the first one. */
async function runSuite(gateway: string): Promise<readonly Line[]> {
  const { stdout } = await execute(process.execPath, ['--no-warnings', 'conformance/run.ts', gateway, '--until-broken'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
    .catch((error: unknown) => (error instanceof Error && 'stdout' in error ? { stdout: String(error.stdout) } : Promise.reject(error)));
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Line);
}

/** Runs the suite with the bug in the copy, and takes it out again. */
async function runWith(gateway: string, { changes }: PlantedBug): Promise<readonly Line[]> {
  const before = new Map<string, string>();
  try {
    for (const [file, from, to] of changes) {
      const path = join(folder, 'core', 'gateways', gateway, file);
      const text = await readFile(path, 'utf8');
      if (!before.has(path)) before.set(path, text);
      await writeFile(path, replacedOnce(text, from, to, file));
    }
    return await runSuite(gateway);
  } finally {
    for (const [path, text] of before) await writeFile(path, text);
  }
}

function replacedOnce(text: string, from: string, to: string, file: string): string {
  if (text.split(from).length !== 2) throw new Error(`this text must stand exactly once in ${file}, so that a bug can be planted there: ${from}`);
  return text.replace(from, () => to);
}

const planted = await Promise.all(ids.map(async (id) => ({ id, bugs: await plantedBugsOf(id) })));

describe.each(planted)('$id', ({ id, bugs }) => {
  test('has three copies with a broken rule at least', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(3);
  });

  test('the copy without a bug breaks no rule', async () => {
    expect(await runSuite(id)).toMatchObject([{ broken: 0 }]);
  }, 120_000);

  test.each(bugs)('$name: is caught', async (bug) => {
    const lines = await runWith(id, bug);
    expect(lines.at(-1)?.broken, lines.map(({ rule }) => rule ?? '').join()).toBe(1);
    expect(lines[0]?.found).not.toEqual([]);
  }, 120_000);
});
