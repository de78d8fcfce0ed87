/** Statements of the simulated gateways, matched against a journal: real files, with what can be wrong in them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readLines } from '../adapters/statement/lines.ts';
import { readShapes } from '../adapters/statement/shape.ts';
import type { ReconcileRow, StatementMapping } from '../core/contract/types.ts';
import type { PaymentRecord, RefundRecord } from '../core/journal/storage.ts';
import { cleanCell } from '../core/reconcile/read-row.ts';
import { journalOf, morning, paymentRecord, refundRecord } from '../core/testing/day-records.ts';
import type { Order } from '../simulator/model.ts';
import { makeStatement } from '../simulator/statement/statement.ts';
import { reconcileFile, type Reconciled } from './reconcile-work.ts';
import { lookAtStatement } from './statement-look.ts';
import type { WorkShop } from './work-shop.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scantill-reconcile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shop: WorkShop = {
  storeName: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY', gatewayNames: {},
  gateways: { shouqianba: { currency: 'CNY', terminals: ['SIMULATOR000001'] }, omipay: { currency: 'AUD', terminals: ['SIMPOS01'] } },
};

function orderOf(payment: PaymentRecord, refunds: readonly RefundRecord[], change: Partial<Order> = {}): Order {
  const reference = (kind: string): string => payment.references.find((one) => one.kind === kind)?.value ?? '';
  const gateway = payment.gateway === 'omipay' ? 'omipay' : 'shouqianba';
  return {
    gateway, reference: reference('attemptRef'), gatewayNumber: reference('gatewayRef'), tradeNumber: reference('walletRef'), code: '', wallet: 'wechat', payer: '', shown: null, extras: {}, amount: payment.amountMinor,
    currency: payment.currency, subject: '茶', operator: '01', reflect: '', notifyUrl: null, terminal: gateway === 'omipay' ? 'SIMPOS01' : 'SIMULATOR000001', createdAt: payment.startedAt, state: 'paid', refusal: null,
    paidAt: payment.startedAt + 2000, endedAt: payment.startedAt + 2000, timesCharged: 1, wrongPasswords: 0, counts: { pay: 1, present: 0, query: 0, cancel: 0, refund: 0, queryRefund: 0 },
    refunds: refunds.map((refund) => ({ reference: refund.refundRef, gatewayNumber: `GR${refund.refundRef}`, amount: refund.amountMinor, terminal: '', at: refund.startedAt, state: 'closed', phase: 'done', backAt: refund.startedAt, endedAt: refund.startedAt, steps: [] })),
    ...change,
  };
}

function sales(gateway: 'shouqianba' | 'omipay'): { readonly payments: PaymentRecord[]; readonly refunds: RefundRecord[] } {
  const payments = Array.from({ length: 12 }, (_none, index) => paymentRecord({ paymentId: String(index), gateway, currency: gateway === 'omipay' ? 'AUD' : 'CNY', amountMinor: 3850, startedAt: morning + index * 60_000 }));
  const refunds = payments.slice(0, 3).map((payment, index) => refundRecord(payment, `2611210000000000000${index}`, { amountMinor: 500 }));
  return { payments, refunds };
}

async function reconcile(gateway: 'shouqianba' | 'omipay', orders: readonly Order[], ours: { readonly payments: readonly PaymentRecord[]; readonly refunds: readonly RefundRecord[] }, faults?: { missing: number; extra: number; amount: number }): Promise<Extract<Reconciled, { kind: 'done' }>> {
  const made = makeStatement(orders, gateway, '2026-11-21', morning + 86_400_000, faults);
  if (made === null) throw new Error('too few rows');
  const path = join(folder, made.name);
  writeFileSync(path, made.bytes);
  const found = await reconcileFile(journalOf(ours.payments, ours.refunds), shop, { path, gateway, mapping: null, remembered: {} });
  if (found.kind !== 'done') throw new Error(`refused: ${found.message.key}`);
  expect(found.result.unexplainedMinor).toBe(0);
  expect(found.result.explainedMinor).toBe(found.result.theirsMinor - found.result.oursMinor);
  return found;
}

/** The same table as a spreadsheet program would keep it, behind a sheet that says whose it is. */
async function asWorkbook(csv: string, amountsAre: NumberConstructor | StringConstructor): Promise<string> {
  const [shape] = await readShapes(csv);
  if (shape === undefined) throw new Error('no table');
  const lines: (readonly string[])[] = [];
  await readLines({ path: csv, shape, onLine: (cells) => lines.push(cells) });
  const cell = (text: string): object | null => {
    const clean = cleanCell(text);
    if (clean === '') return null;
    if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(clean)) return { value: new Date(`${clean.replace(' ', 'T')}Z`), format: 'yyyy/m/d h:mm:ss' };
    return /^-?\d+\.\d{2}$/.test(clean) && amountsAre === Number ? { value: Number(clean) } : { value: text };
  };
  const path = `${csv}.xlsx`;
  await writeExcelFile([{ sheet: 'Cover', data: [[{ value: 'Statement' }], [{ value: 'For' }, { value: 'Corner shop' }]] }, { sheet: 'Rows', data: lines.map((cells) => cells.map(cell)) }]).toFile(path);
  return path;
}

function withoutCells({ theirs: _theirs, ...row }: ReconcileRow): Omit<ReconcileRow, 'theirs'> {
  return row;
}

for (const gateway of ['shouqianba', 'omipay'] as const) {
  describe(`the statement of ${gateway}`, () => {
    const ours = sales(gateway);
    const orders = ours.payments.map((payment) => orderOf(payment, ours.refunds.filter((refund) => refund.paymentId === payment.paymentId)));

    it('matches to the cent', async () => {
      const { result, look, booked } = await reconcile(gateway, orders, ours);
      expect(result).toMatchObject({ rows: 15, matched: 15, missingHere: 0, missingThere: 0, different: 0, theirsMinor: 12 * 3850 - 1500, oursMinor: 12 * 3850 - 1500, currency: gateway === 'omipay' ? 'AUD' : 'CNY' });
      expect(look).toMatchObject({ gateway, rows: 15, fromDay: '2026-11-21', toDay: '2026-11-21', encoding: gateway === 'omipay' ? 'UTF-8' : 'GB18030', amountUnit: 'major', problem: null });
      expect(booked).toEqual([]);
    });

    it('shows what is missing on either side and what is different, and their sum is the difference', async () => {
      const { result } = await reconcile(gateway, orders, ours, { missing: 2, extra: 2, amount: 1 });
      expect(result).toMatchObject({ missingHere: 2, missingThere: 2, different: 1, rows: 15, matched: 12 });
      expect(result.differences.map((row) => row.kind)).toEqual(['different', 'missingHere', 'missingHere', 'missingThere', 'missingThere']);
      expect(result.differences[1]).toMatchObject({ looksLike: 'notInJournal', fields: ['terminal'] });
    });

    it('says the same as XLSX, behind a cover sheet, with times as dates and amounts as numbers or as text', async () => {
      const faults = { missing: 2, extra: 2, amount: 1 };
      const made = makeStatement(orders, gateway, '2026-11-21', morning + 86_400_000, faults);
      if (made === null) throw new Error('too few rows');
      const csv = join(folder, made.name);
      writeFileSync(csv, made.bytes);
      for (const amountsAre of [Number, String]) {
        const path = await asWorkbook(csv, amountsAre);
        const request = { gateway, mapping: null, remembered: {} };
        const journal = journalOf(ours.payments, ours.refunds);
        const [fromText, fromSheet] = [await reconcileFile(journal, shop, { ...request, path: csv }), await reconcileFile(journal, shop, { ...request, path })];
        if (fromText.kind !== 'done' || fromSheet.kind !== 'done') throw new Error('refused');
        expect(fromSheet.look).toMatchObject({ encoding: 'XLSX', gateway, rows: 15, fromDay: '2026-11-21', toDay: '2026-11-21', amountUnit: 'major' });
        expect({ ...fromSheet.result, path: csv, differences: fromSheet.result.differences.map(withoutCells) }).toEqual({ ...fromText.result, differences: fromText.result.differences.map(withoutCells) });
        expect(fromSheet.result).toMatchObject({ missingHere: 2, missingThere: 2, different: 1, unexplainedMinor: 0 });
      }
    });

    it('finds what was booked under our number while we had no answer', async () => {
      const open = paymentRecord({ paymentId: '99', gateway, currency: gateway === 'omipay' ? 'AUD' : 'CNY', state: 'review', verdict: 'notKnownYet', open: true });
      const { result, booked } = await reconcile(gateway, [...orders, orderOf(open, [])], { ...ours, payments: [...ours.payments, open] });
      expect(result).toMatchObject({ matched: 15, missingHere: 1 });
      expect(booked).toEqual([{ paymentId: '99', attemptRefs: ['T0125112000000000000099'], refundRef: null }]);
    });
  });
}

describe('shouqianba', () => {
  it('matches a payment that was undone on both sides', async () => {
    const undone = paymentRecord({ paymentId: '50', state: 'reversed', verdict: 'notPaid' });
    const { result } = await reconcile('shouqianba', [orderOf(undone, [], { state: 'cancelled', endedAt: morning + 60_000 })], { payments: [undone], refunds: [] });
    expect(result).toMatchObject({ rows: 2, matched: 2, missingHere: 0, theirsMinor: 0 });
  });

  it('takes the shop\'s own order number for no reference of the gateway\'s', async () => {
    const ours = paymentRecord({ paymentId: '60', saleRef: '17', references: [...paymentRecord({ paymentId: '60' }).references, { value: '17', kind: 'saleRef' }] });
    const { result } = await reconcile('shouqianba', [orderOf(ours, [], { reference: '17', gatewayNumber: '18', tradeNumber: '19' })], { payments: [ours], refunds: [] });
    expect(result).toMatchObject({ matched: 0, missingHere: 1, missingThere: 1 });
  });

  it('finds a refund that was made behind the till\'s back', async () => {
    const [payment] = sales('shouqianba').payments;
    if (payment === undefined) throw new Error('no payment');
    const { result } = await reconcile('shouqianba', [orderOf(payment, [refundRecord(payment, 'BACKOFFICE')])], { payments: [payment], refunds: [] });
    expect(result.differences).toEqual([expect.objectContaining({ kind: 'missingHere', looksLike: 'refundMissing', effectMinor: -1000 })]);
  });
});

describe('a look', () => {
  const path = (): string => join(folder, 'x.csv');
  const look = async (mapping: StatementMapping | null = null, remembered: Readonly<Record<string, StatementMapping>> = {}, gateway: string | null = 'ums') =>
    (await lookAtStatement({ path: path(), gateway, mapping, remembered }, shop)).look;

  it('waits for the unit where nothing names it, and takes it from what is remembered', async () => {
    writeFileSync(path(), 'merOrderId,totalAmount\nA1,3850\n');
    expect(await look()).toMatchObject({ rows: 1, amountUnit: null, problem: { key: 'statementNoUnit' }, columns: [{ theirs: 'merOrderId', ours: 'attemptRef', example: 'A1' }, { theirs: 'totalAmount', ours: 'amount', example: '3850' }] });
    const mapping: StatementMapping = { columns: { merOrderId: 'attemptRef', totalAmount: 'amount' }, amountUnit: 'minor' };
    expect(await look(null, { ums: mapping })).toMatchObject({ amountUnit: 'minor', problem: null });
    expect(await look(mapping)).toMatchObject({ amountUnit: 'minor', problem: null });
    const refused = await reconcileFile(journalOf([]), shop, { path: path(), gateway: 'ums', mapping: null, remembered: {} });
    expect(refused).toMatchObject({ kind: 'refused', message: { key: 'statementNoUnit' } });
  });

  it('says what it doesn\'t recognise', async () => {
    writeFileSync(path(), 'foo,bar\n1,2\n');
    expect(await look(null, {}, null)).toMatchObject({ gateway: null, problem: { key: 'statementUnreadable' }, columns: [{ theirs: 'foo', ours: null }, { theirs: 'bar', ours: null }] });
    rmSync(path());
    expect(await look()).toMatchObject({ problem: { key: 'statementNotRead' }, rows: 0 });
  });
});
