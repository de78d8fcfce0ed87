/** Export, reconcile, backup and restore through the real command line: files that people and gateways read, and the journal untouched by them. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import readExcel from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { GatewayId, StatementFaults } from '../../simulator/index.ts';
import { start, till, type Line } from './support.ts';
import { testShop } from './test-shop.ts';

const shop = testShop();
let home = '';
const payments: Line[] = [];
/** The till's day, and the day of the statements: China's, and ten hours east of Greenwich. */
const shopToday = dayAt(8);
const omipayToday = dayAt(10);

function dayAt(hoursEast: number): string {
  return new Date(Date.now() + hoursEast * 3_600_000).toISOString().slice(0, 10);
}

beforeAll(async () => {
  home = shop.newHome();
  for (const [gateway, amount] of [['shouqianba', '12.34'], ['shouqianba', '5.00'], ['shouqianba', '0.66'], ['omipay', '8.01'], ['omipay', '2.00']] as const) {
    const paid = await till(home, 'pay', '--gateway', gateway, '--amount', amount, '--code', shop.simulator.codes['paid'] ?? '', '--ref', `=${gateway}-${amount}`);
    expect(paid.code, paid.stderr).toBe(0);
    payments.push(paid.lines.at(-1) ?? {});
  }
  for (const [index, amount] of [[0, '2.34'], [3, '8.01']] as const) expect((await till(home, 'refund', '--payment', String(payments[index]?.attemptRef), '--amount', amount)).code).toBe(0);
}, 120_000);

function statement(gateway: GatewayId, faults?: StatementFaults): string {
  const made = shop.simulator.world.statement(gateway, gateway === 'omipay' ? omipayToday : shopToday, faults);
  if (made === null) throw new Error('too few rows for these faults');
  const path = join(home, `statement-${gateway}-${Object.keys(faults ?? {}).join('-')}.csv`);
  writeFileSync(path, made.bytes);
  return path;
}

describe('export', () => {
  it('a day as CSV: a BOM, ISO times, formulas defused, sums equal to the list’s', async () => {
    const out = join(home, 'day.csv');
    expect(await till(home, 'export', '--day', shopToday, '--format', 'csv', '--out', out)).toMatchObject({ code: 0, lines: [{ rows: 7, out }] });
    const text = readFileSync(out, 'utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    for (const payment of payments) expect(text).toContain(String(payment.attemptRef));
    expect(text).toMatch(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/);
    // An order number that begins with a sign must not become a formula.
    expect(text).not.toMatch(/(^|,)"?=/m);
    expect(text.split('\n').filter((line) => line.trim() !== '').length).toBeGreaterThanOrEqual(8);
  });

  it('as XLSX with the same rows', async () => {
    const out = join(home, 'day.xlsx');
    expect((await till(home, 'export', '--day', shopToday, '--format', 'xlsx', '--out', out)).code).toBe(0);
    const sheets = await readExcel(out);
    const cells = JSON.stringify(sheets);
    for (const payment of payments) expect(cells).toContain(String(payment.attemptRef));
  });

  it('as it prints: the printer’s bytes, and the same as text, in a file or on stdout', async () => {
    const [paper, text] = [join(home, 'day.bin'), join(home, 'day.txt')];
    const printed = await till(home, 'export', '--day', shopToday, '--format', 'escpos', '--out', paper);
    expect(printed).toMatchObject({ code: 0, stderr: '', lines: [{ format: 'escpos', rows: 7, rowsLeftOut: 0, out: paper, bytes: readFileSync(paper).length }] });
    expect(await till(home, 'export', '--day', shopToday, '--format', 'text', '--out', text)).toMatchObject({ code: 0, lines: [{ rows: 7 }] });
    const shown = await start(['export', '--home', home, '--day', shopToday, '--format', 'text']).ended;
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    const isTime = /\d\d:\d\d:\d\d/;
    expect(shown.stdout.split('\n').filter((line) => !isTime.test(line))).toEqual(readFileSync(text, 'utf8').split('\n').filter((line) => !isTime.test(line)));
    // In yuan and in dollars: sales, refunds, and what is left.
    for (const sums of [/Sales x3 .*18\.00\n/, /Refunds x1 .*-.?2\.34\n/, /Net .*15\.66\n/, /Sales x2 .*10\.01\n/, /Refunds x1 .*-.*8\.01\n/, /Net .*2\.00\n/]) expect(shown.stdout).toMatch(sums);
    for (const payment of payments) expect(shown.stdout).toContain(`#${String(payment['number']).slice(-4)} `);
    const asBytes = new TextDecoder('gb18030').decode(readFileSync(paper));
    for (const line of shown.stdout.split('\n').filter((one) => one.includes('#'))) expect(asBytes).toContain(line);
    const bytes = await start(['export', '--home', home, '--day', shopToday, '--format', 'escpos']).ended;
    expect(bytes.code).toBe(0);
    expect(bytes.stdout.startsWith('\u001B@')).toBe(true);
    expect((await till(home, 'export', '--day', shopToday, '--format', 'text')).lines).toMatchObject([{ rows: 7, text: expect.stringContaining('Sales x3') as string }]);
    for (const args of [['escpos'], ['csv']]) expect((await till(home, 'export', '--day', shopToday, '--format', ...args)).code).toBe(64);
  });

  it('a wrong day, format or place is 64, and no half file stays', async () => {
    for (const args of [['--day', 'today', '--format', 'csv', '--out', join(home, 'x.csv')], ['--day', '2026-02-30', '--format', 'csv', '--out', join(home, 'x.csv')], ['--day', shopToday, '--format', 'doc', '--out', join(home, 'x.csv')], ['--day', shopToday, '--format', 'csv', '--out', join(home, 'settings.json', 'x.csv')]]) {
      expect((await till(home, 'export', ...args)).code, args.join(' ')).toBe(64);
    }
    expect(readdirSync(home).filter((name) => name.startsWith('x.') || name.includes('.part'))).toEqual([]);
  });
});

describe('reconcile', () => {
  it.each(['shouqianba', 'omipay'] as const)('%s: a true statement matches whole', async (gateway) => {
    const ended = await till(home, 'reconcile', '--gateway', gateway, statement(gateway));
    expect(ended.lines, ended.stderr).toMatchObject([{ gateway, missingHere: 0, missingThere: 0, different: 0, unexplained: 0, booked: [], final: true }]);
    expect(ended.lines[0]?.['matched']).toBe(ended.lines[0]?.['rows']);
    expect(ended.lines[0]?.['theirs']).toBe(ended.lines[0]?.['ours']);
    expect(ended.code).toBe(0);
  });

  it('says each difference in a line of its own, and the sums explain one another', async () => {
    const path = statement('shouqianba', { missing: 1, extra: 2, amount: 1 });
    const ended = await till(home, 'reconcile', '--gateway', 'shouqianba', path);
    expect(ended.code, ended.stderr).toBe(2);
    const last = ended.lines.at(-1);
    const kinds = ended.lines.slice(0, -1).map((line) => line['difference']);
    expect(kinds.filter((kind) => kind === 'missingThere')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'missingHere')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'different')).toHaveLength(1);
    expect(last).toMatchObject({ missingHere: 2, missingThere: 1, different: 1, unexplained: 0, final: true });
    expect(Number(last?.['theirs']) - Number(last?.['ours'])).toBe(Number(last?.['explained']));
    expect(ended.lines.slice(0, -1).reduce((sum, line) => sum + Number(line['effect']), 0)).toBe(Number(last?.['explained']));
  });

  it('what cannot be read is 3, wrong usage 64, and the unit can be said', async () => {
    const foreign = join(home, 'foreign.csv');
    writeFileSync(foreign, `order;sum\n${String(payments[1]?.attemptRef)};500\n`);
    expect((await till(home, 'reconcile', '--gateway', 'shouqianba', foreign)).code).toBe(3);
    expect((await till(home, 'reconcile', '--gateway', 'shouqianba', join(home, 'nowhere.csv'))).code).toBe(3);
    expect((await till(home, 'reconcile', '--gateway', 'nobody', foreign)).code).toBe(64);
    expect((await till(home, 'reconcile', '--gateway', 'shouqianba', foreign, '--unit', 'shells')).code).toBe(64);
    expect((await till(home, 'reconcile', '--gateway', 'shouqianba', foreign, '--column', 'order=number')).code).toBe(64);
    const told = await till(home, 'reconcile', '--gateway', 'shouqianba', foreign, '--column', 'order=attemptRef', '--column', 'sum=amount', '--unit', 'fen');
    expect(told.lines.at(-1), told.stderr).toMatchObject({ rows: 1, matched: 1, final: true });
  });

  it('reads a workbook as it reads text: amounts exact, order numbers as text or as digits', async () => {
    const file = join(home, 'statement.xlsx');
    const ours = payments.filter((payment) => payment['gateway'] === 'shouqianba');
    const rows = ours.map((payment) => [{ value: String(payment.attemptRef) }, { value: Number(payment.gatewayRef) }, { value: '收款' }, { value: Number(payment.amount) / 100, format: '0.00' }]);
    await writeExcelFile([[{ value: '商户订单号' }, { value: '收钱吧订单号' }, { value: '交易类型' }, { value: '实收金额(元)' }], ...rows]).toFile(file);
    const ended = await till(home, 'reconcile', '--gateway', 'shouqianba', file);
    expect(ended.lines, ended.stderr).toMatchObject([{ rows: 3, matched: 3, missingHere: 0, different: 0, theirs: 1800, unexplained: 0, final: true }]);
    expect(ended.code).toBe(0);
  });

  it('says what the statement has booked and the journal has as not paid', async () => {
    const own = shop.newHome();
    const refused = (await till(own, 'pay', '--gateway', 'shouqianba', '--amount', '3.00', '--code', shop.simulator.codes['insufficient'] ?? '')).lines.at(-1) ?? {};
    const file = join(own, 'statement.csv');
    writeFileSync(file, `商户订单号,收钱吧订单号,交易类型,实收金额\n${String(refused.attemptRef)},7890000000000001,收款,3.00\n`);
    const ended = await till(own, 'reconcile', '--gateway', 'shouqianba', file, '--unit', 'yuan');
    expect(ended.code, ended.stderr).toBe(2);
    expect(ended.lines.at(-1)).toMatchObject({ booked: [{ paymentId: refused.paymentId, attemptRefs: [refused.attemptRef], refundRef: null }], reviews: 1 });
    expect(ended.stderr).toContain(String(refused.attemptRef));
    expect((await till(own, 'find', String(refused.attemptRef))).lines).toMatchObject([{ state: 'review', verdict: 'notKnownYet' }]);
    expect((await till(own, 'verify')).code).toBe(0);
  });
});

describe('backup', () => {
  it('is a whole journal, comes back into an empty home alone, and holds refunds back until it was reconciled (CASES 29)', async () => {
    const stick = join(home, 'stick');
    expect((await till(home, 'backup', '--to', stick)).code).toBe(2);
    mkdirSync(stick);
    const made = await till(home, 'backup', '--to', stick);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    const file = String(made.lines[0]?.['out']);
    expect((await till(home, 'restore', '--from', file)).code).toBe(2);
    const other = shop.newHome();
    expect((await till(other, 'restore', '--from', join(other, 'settings.json'))).code).toBe(2);
    const restored = await till(other, 'restore', '--from', file);
    expect(restored, restored.stderr).toMatchObject({ code: 0, lines: [{ restored: true }] });
    expect((await till(other, 'verify')).code).toBe(0);
    expect((await till(other, 'list')).lines.length).toBe((await till(home, 'list')).lines.length);
    const before = shop.simulator.world.requests().filter((request) => request.call === 'refund').length;
    const refund = await till(other, 'refund', '--payment', String(payments[1]?.attemptRef));
    expect(refund.code, refund.stdout).toBe(2);
    expect(refund.lines.at(-1)).toMatchObject({ state: 'refused', refundRef: null });
    expect(shop.simulator.world.requests().filter((request) => request.call === 'refund').length).toBe(before);
    for (const gateway of ['shouqianba', 'omipay'] as const) expect((await till(other, 'reconcile', '--gateway', gateway, statement(gateway))).code).toBe(0);
    expect((await till(other, 'refund', '--payment', String(payments[1]?.attemptRef), '--amount', '0.01')).code).toBe(0);
    rmSync(stick, { recursive: true, force: true });
  });

  it('case 29: a journal that was restored a moment ago is reconciled by the statements alone', async () => {
    const stick = join(home, 'second-stick');
    mkdirSync(stick);
    const file = String((await till(home, 'backup', '--to', stick)).lines[0]?.['out']);
    // After the copy: the statement shows a refund that the restored journal lacks.
    expect((await till(home, 'refund', '--payment', String(payments[2]?.attemptRef), '--amount', '0.06')).code).toBe(0);
    const other = shop.newHome();
    expect((await till(other, 'restore', '--from', file)).code).toBe(0);
    for (const gateway of ['shouqianba', 'omipay'] as const) await till(other, 'reconcile', '--gateway', gateway, statement(gateway));
    const most = await till(other, 'refund', '--payment', String(payments[2]?.attemptRef), '--amount', '0.61');
    expect(most.lines.at(-1), most.stderr).toMatchObject({ state: 'refused', message: expect.stringContaining('0.60') as string });
    expect((await till(other, 'refund', '--payment', String(payments[2]?.attemptRef), '--amount', '0.60')).code).toBe(0);
  });

  it('works on the home of an older program before any till has opened it, where all else says what to do', async () => {
    const [own, stick] = [shop.newHome(), join(home, 'older-stick')];
    mkdirSync(stick);
    expect((await till(own, 'pay', '--gateway', 'shouqianba', '--amount', '1.00', '--code', shop.simulator.codes['paid'] ?? '')).code).toBe(0);
    const older = new Database(join(own, 'journal.db'));
    older.exec('ALTER TABLE refunds DROP COLUMN gateway_refund_ref');
    older.pragma('user_version = 1');
    older.close();
    for (const command of ['list', 'verify'] as const) {
      const refused = await till(own, command);
      expect(refused.code).toBe(74);
      expect(refused.stderr).toMatch(/older version|旧版/);
    }
    const made = await till(own, 'backup', '--to', stick);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect((await till(own, 'resolve')).code).toBe(0);
    expect((await till(own, 'list')).lines).toHaveLength(2);
    expect((await till(own, 'verify')).code).toBe(0);
    const other = shop.newHome();
    expect((await till(other, 'restore', '--from', String(made.lines[0]?.['out']))).code).toBe(0);
  });

  it.each(['shift close', 'resolve'])('of a Z that could not be written is made by the next `%s`', async (next) => {
    const stick = join(home, `stick-${next.replace(' ', '-')}`);
    const own = shop.newHome({ backup: { folder: stick } });
    expect((await till(own, 'shift', 'open')).code).toBe(0);
    // The stick isn't there: the Z is made and its copy isn't.
    const closed = await till(own, 'shift', 'close');
    expect(closed, closed.stderr).toMatchObject({ code: 0, lines: [{ number: 1 }] });
    expect(closed.stderr).toContain(stick);
    const failed = await till(own, ...next.split(' '));
    expect(failed.stderr).toContain(stick);
    mkdirSync(stick);
    expect((await till(own, ...next.split(' '))).stderr).not.toContain(stick);
    expect(readdirSync(stick)).toEqual([expect.stringMatching(/-z-000001\.db$/)]);
    await till(own, ...next.split(' '));
    expect(readdirSync(stick)).toHaveLength(1);
  });

  it('of a Z whose process was killed is made by whatever comes next', async () => {
    const stick = join(home, 'killed-stick');
    mkdirSync(stick);
    const own = shop.newHome({ backup: { folder: stick } });
    expect((await till(own, 'shift', 'open')).code).toBe(0);
    const closing = start(['shift', 'close', '--home', own, '--json']);
    // The Z is printed once it is durable; its copy takes longer.
    await new Promise((done) => closing.child.stdout?.once('data', done));
    closing.child.kill('SIGKILL');
    await closing.ended;
    expect((await till(own, 'shift', 'open')).code).toBe(0);
    expect(readdirSync(stick)).toEqual([expect.stringMatching(/-z-000001\.db$/)]);
  });
});
