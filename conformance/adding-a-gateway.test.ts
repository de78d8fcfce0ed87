/** docs/adding-a-gateway.md is executed: every block, in order, in a copy of the tree, which is as before when the example is taken out. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import process from 'node:process';
import { promisify, stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateways } from '../core/gateways/registry.ts';
import { rules } from './suite.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'adding-a-gateway.md'), 'utf8');

/** The lines of each block, and what stands in its first. */
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({ title: text.split('\n')[0] ?? '', lines: text.trim().split('\n') }));
const [generating, ...others] = blocks;
const removing = others.at(-1);
const between = others.slice(0, -1);

const seconds = 300_000;
let folder = '';
let before = '';

/** What the example may touch, and what the checks read. */
const rooms = ['core', 'simulator', 'conformance', 'docs', 'scripts', 'host', 'adapters', 'native-bridge', 'electron', 'browser-host', 'cli', 'renderer', 'simulation', 'bench'];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-adding-'));
  for (const room of rooms) cpSync(join(root, room), join(folder, room), { recursive: true, filter: (path) => !path.includes(`${sep}node_modules`) });
  for (const name of readdirSync(root)) if (/\.(json|config\.ts)$/.test(name)) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  before = digestOf();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Over every path and every byte of the copy's rooms. */
function digestOf(): string {
  const hash = createHash('sha256');
  const files = rooms.flatMap((room) => readdirSync(join(folder, room), { recursive: true, withFileTypes: true })).map((entry) => ({ path: join(entry.parentPath, entry.name), isFile: entry.isFile() }));
  for (const { path, isFile } of files.toSorted((left, right) => (left.path < right.path ? -1 : 1))) hash.update(`${path}\n`).update(isFile ? readFileSync(path) : '');
  return hash.digest('hex');
}

interface Ended {
  readonly status: number;
  readonly output: string;
}

const tools: Readonly<Record<string, string>> = { vitest: 'vitest/vitest.mjs', tsc: 'typescript/bin/tsc' };

/** One line of a block, without a shell: the page keeps to what works in any. */
async function run(line: string): Promise<Ended> {
  const [program, ...words] = line.split(' ');
  const [tool = '', ...rest] = words;
  const toolPath = tools[tool];
  if (program !== 'node' && (program !== 'npx' || toolPath === undefined)) throw new Error(`this test can't run ${line}`);
  const commandLine = program === 'node' ? words : [join(folder, 'node_modules', toolPath ?? ''), ...rest];
  // A test runner inside of one must not take itself for its worker.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|TEST$|NODE_OPTIONS|NODE_ENV)/.test(name)));
  try {
    const { stdout, stderr } = await execute(process.execPath, ['--no-warnings', ...commandLine], { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 });
    return { status: 0, output: `${stdout}${stderr}` };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') throw error;
    return { status: error.code, output: 'stdout' in error && 'stderr' in error ? `${String(error.stdout)}${String(error.stderr)}` : '' };
  }
}

async function runBlock(lines: readonly string[]): Promise<string> {
  let output = '';
  for (const line of lines) {
    const ended = await run(line);
    expect(ended, line).toMatchObject({ status: 0 });
    output += ended.output;
  }
  return output;
}

/** The suite over the copy with one text changed. */
async function conformanceWith(path: string, from: string, to: string): Promise<Ended> {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  try {
    writeFileSync(file, text.replace(from, () => to));
    return await run('node conformance/run.ts lantern');
  } finally {
    writeFileSync(file, text);
  }
}

describe('the steps', () => {
  test('the page generates, tries and removes: six blocks at least', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6);
    expect([generating?.title, removing?.title]).toEqual(['node scripts/new-gateway.mjs lantern', 'node scripts/new-gateway.mjs --remove lantern']);
  });

  test('the example is generated, and a second time it is refused', async () => {
    const output = await runBlock(generating?.lines ?? []);
    for (const path of output.trim().split('\n')) expect(existsSync(join(folder, path)), path).toBe(true);
    const again = await run('node scripts/new-gateway.mjs lantern');
    expect(again).toMatchObject({ status: 64, output: expect.stringContaining('is there already') });
  }, seconds);

  test.each(['', 'abc', 'Lantern', '../lantern', 'omipay', 'amount'])('no gateway can be called "%s"', async (id) => {
    const generated = digestOf();
    expect(await run(`node scripts/new-gateway.mjs ${id}`.trim())).toMatchObject({ status: 64 });
    expect(digestOf()).toBe(generated);
  }, seconds);

  test.each(between)('$title', async ({ lines }) => {
    const output = await runBlock(lines);
    // What filters tests must have found some, and what sells must have sold.
    const runs = lines.filter((line) => line.startsWith('npx vitest'));
    expect([...stripVTControlCharacters(output).matchAll(/Tests .*\b[1-9]\d* passed/g)]).toHaveLength(runs.length);
    if (lines.some((line) => line.includes(' pay '))) expect(output).toMatch(/\bpaid\b/);
    if (lines.some((line) => line.includes('conformance/run.ts'))) expect(output).toContain('"broken":0');
  }, seconds);

  test('without a side in the simulator the suite is red', async () => {
    const { status, output } = await conformanceWith('simulator/gateways/registry.ts', '    lantern: { side: lanternSide, block: lanternBlock },\n', '');
    expect(status).toBe(1);
    expect(output).toContain('startSimulator().gateways has no block for lantern');
  }, seconds);

  test('without a row for a word of the document the suite is red', async () => {
    const { status, output } = await conformanceWith('core/gateways/lantern/table.ts', "  SHOP_BALANCE: { ...nothing, refund: refuses('shopBalance'), where: '4.4' },\n", '');
    expect(status).toBe(1);
    expect(output).toContain('4.4: reason SHOP_BALANCE has no row');
  }, seconds);

  test('without the copied document the suite is red', async () => {
    const path = join(folder, 'conformance', 'documents', 'lantern.ts');
    const copied = readFileSync(path);
    rmSync(path);
    const { status, output } = await run('node conformance/run.ts lantern');
    writeFileSync(path, copied);
    expect(status).toBe(1);
    expect(output).toContain('was never copied');
  }, seconds);

  test('what was changed, or never was an example, is not removed', async () => {
    const path = join(folder, 'core', 'gateways', 'lantern', 'index.ts');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, `${text}// mine\n`);
    const changed = digestOf();
    for (const id of ['lantern', 'omipay']) expect(await run(`node scripts/new-gateway.mjs --remove ${id}`)).toMatchObject({ status: 64, output: expect.stringContaining('nothing is removed') });
    expect(digestOf()).toBe(changed);
    writeFileSync(path, text);
  }, seconds);

  test('it is removed, and the copy is as before', async () => {
    await runBlock(removing?.lines ?? []);
    expect(digestOf()).toBe(before);
  }, seconds);
});

describe('what the page explains', () => {
  test('every rule of the suite has its row, and no other', () => {
    const rows = /## What each rule of the suite means\n([\s\S]*?)\n## /.exec(page)?.[1]?.split('\n').filter((line) => line.startsWith('| ')).slice(1) ?? [];
    expect(rows.map((row) => row.split(' | ')[0]?.slice(2))).toEqual(rules.map(({ name }) => name));
  });

  test('every capability is explained', () => {
    const table = /## Capabilities, one by one\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '';
    const names = gateways.flatMap(({ capabilities }) => [capabilities, capabilities.present ?? {}, capabilities.reverse ?? {}, capabilities.refund ?? {}].flatMap((part) => Object.keys(part)));
    expect([...new Set(names)].filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });
});
