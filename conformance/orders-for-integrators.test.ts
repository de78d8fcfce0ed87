/** docs/orders-for-integrators.md is executed: its samples are type-checked, run against the simulator, and its table has what the documents leave to integrators. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gateways } from '../core/gateways/registry.ts';
import { gatewaysAt, simulatedGateways } from '../simulator/gateways/registry.ts';
import { documentedIds, documentOf } from './documents.ts';

const execute = promisify(execFile);
const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs', 'orders-for-integrators.md'), 'utf8');

/** Each block is a file, and its first line says which. */
const samples = [...page.matchAll(/^```ts\n\/\/ (integration\/[a-z]+\.ts)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => ({ path, text }));
const printed = /^```text\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? '';

const seconds = 60_000;

/** What checkout.ts asks of omipay.ts, from a gateway whose first word about the money leaves the amount out. */
const halfGateway = `
let asked = 0;
export const newOrder = (amount: unknown) => ({ outOrderNo: 'W1', amount });
export const startApp = async () => ({ kind: 'started', start: { orderString: '' }, orderNo: '1' });
export const askOmipay = async () => ({ kind: 'paid', aboutOrder: true, amountCompared: asked++ > 0 });
`;
const halfProgram = `
import { checkout } from './halfcheckout.ts';
const app = await checkout({ minor: 1450, currency: 'AUD' }, {} as never);
if (app.kind === 'pay') console.log(await app.hasPaid(), 'then', await app.hasPaid());
`;

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-integrators-'));
  for (const room of ['core', 'adapters', 'simulator', 'node_modules']) symlinkSync(join(root, room), join(folder, room), 'junction');
  mkdirSync(join(folder, 'integration'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json'), include: ['integration'] }));
  for (const { path, text } of samples) writeFileSync(join(folder, path), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program prints on both streams. */
async function node(...words: readonly string[]): Promise<string> {
  const env = { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|TEST$|NODE_OPTIONS|NODE_ENV)/.test(name))), INTEGRATION_BOOK: join(folder, 'book.jsonl'), FORCE_COLOR: '0' };
  try {
    const { stdout, stderr } = await execute(process.execPath, ['--no-warnings', ...words], { cwd: folder, env });
    return stdout + stderr;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) return `${String(error.stdout)}${String(error.stderr)}`;
    throw error;
  }
}

const checkTypes = (): Promise<string> => node(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--pretty', 'false');

describe('the samples', () => {
  test('are all of the page’s blocks', () => {
    expect(samples.map(({ path }) => path)).toEqual(['book', 'send', 'omipay', 'checkout', 'ums', 'shouqianba', 'omoney', 'try'].map((name) => `integration/${name}.ts`));
    expect([...page.matchAll(/^```/gm)]).toHaveLength(2 * (samples.length + 1));
  });

  test('have the types of the code, and a builder that wants something else turns them red', async () => {
    expect(await checkTypes()).toBe('');
    const wrong = join(folder, 'integration', 'wrong.ts');
    writeFileSync(wrong, "import { newOrder } from './omipay.ts';\nnewOrder({ minor: '14.50', currency: 'AUD' });\n");
    expect(await checkTypes()).toContain("integration/wrong.ts(2,12): error TS2322: Type 'string' is not assignable to type 'number'");
    rmSync(wrong);
  }, seconds);

  test('print what the page says, sent to gateways that are strict about their documents', async () => {
    expect(await node('integration/try.ts')).toBe(printed);
  }, seconds);

  test('believe “paid” of an answer whose amount was compared, and of no other, as the table says', async () => {
    const checkout = samples.find(({ path }) => path === 'integration/checkout.ts')?.text ?? '';
    writeFileSync(join(folder, 'integration', 'halfcheckout.ts'), checkout.replace("'./omipay.ts'", "'./half.ts'"));
    writeFileSync(join(folder, 'integration', 'half.ts'), halfGateway);
    writeFileSync(join(folder, 'integration', 'halfprogram.ts'), halfProgram);
    expect(await node('integration/halfprogram.ts')).toBe('notKnownYet then paid\n');
    for (const name of ['halfcheckout', 'half', 'halfprogram']) rmSync(join(folder, 'integration', `${name}.ts`));
  }, seconds);

  test('note each request before it leaves, and what came of it; no secret is in the book', () => {
    const text = readFileSync(join(folder, 'book.jsonl'), 'utf8');
    const rows = text.trim().split('\n').map((line) => JSON.parse(line) as { readonly number: string; readonly now: string });
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((_row, index) => index % 2 === 0).every(({ now }) => now === 'leaves')).toBe(true);
    expect(rows.filter((_row, index) => index % 2 === 1).map(({ now }) => now)).not.toContain('leaves');
    const blocks: Readonly<Record<string, Readonly<Record<string, unknown>>>> = gatewaysAt(simulatedGateways('fen'), 'http://127.0.0.1:1');
    const secrets = gateways.flatMap(({ id, secretKeys }) => secretKeys.map((key) => blocks[id]?.[key]));
    expect(secrets.length).toBeGreaterThan(4);
    for (const secret of [...secrets, 'sign', 'Bearer', 'app_order', 'prepay']) expect(text).not.toContain(String(secret));
  });
});

describe('the table', () => {
  const rows = /\| gateway \| call [^\n]*\n[^\n]*\n([\s\S]*?)\n\n/.exec(page)?.[1]?.split('\n').map((line) => line.slice(2, -1).split('|').map((cell) => cell.trim())) ?? [];
  const inTicks = (cell = ''): string => cell.replaceAll('`', '');

  test('names functions that its files have', async () => {
    expect(rows.length).toBeGreaterThan(15);
    for (const [gateway, call, , file, build, read] of rows) {
      const code = (await import(join(root, 'core', 'gateways', gateway ?? '', inTicks(file)))) as Readonly<Record<string, unknown>>;
      const names = [inTicks(build), inTicks(read)].filter((name) => name !== '');
      expect(names.length, call).toBeGreaterThan(0);
      for (const name of names) expect(typeof code[name], name).toBe('function');
    }
  });

  test('has every call that the documents leave to integrators, with its section and its file', async () => {
    let count = 0;
    for (const id of documentedIds()) {
      const calls = (await documentOf(id))?.calls.filter(({ usedBy }) => usedBy?.startsWith('whoever builds on the folder')) ?? [];
      for (const { section, name, implementedIn } of calls) {
        const row = rows.find(([gateway, call]) => gateway === id && call?.split(' ')[0] === name);
        expect(row === undefined ? null : [row[2], inTicks(row[3])], `${id} ${name}`).toEqual([section, implementedIn[0]]);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(10);
  });

  test('has every function of the files that are for integrators alone', async () => {
    for (const path of ['omipay/orders.ts', 'omipay/exchange-rate.ts', 'ums/orders.ts', 'ums/secure.ts', 'shouqianba/extras.ts']) {
      const code = (await import(join(root, 'core', 'gateways', path))) as Readonly<Record<string, unknown>>;
      const named = rows.filter(([gateway, , , file]) => `${gateway}/${inTicks(file)}` === path).flatMap(([, , , , build, read]) => [inTicks(build), inTicks(read)]).filter((name) => name !== '');
      expect(Object.keys(code).filter((name) => typeof code[name] === 'function').toSorted(), path).toEqual([...new Set(named)].toSorted());
    }
  });
});
