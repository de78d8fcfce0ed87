/** A statement that doesn't agree with the book: rows left out, another till's added, amounts changed. */
import { z } from 'zod';
import { habitsOf } from '../foreign.ts';
import { randomDigits } from '../ledger.ts';
import type { GatewayId, Order } from '../model.ts';
import { hoursAheadOf } from './rows.ts';
import type { StatementRow } from './rows.ts';

const count = z.coerce.number().int().min(0).max(1000).default(0);
const faultsSchema = z.strictObject({ missing: count, extra: count, amount: count });
export type StatementFaults = z.infer<typeof faultsSchema>;

export const noStatementFaults: StatementFaults = { missing: 0, extra: 0, amount: 0 };

/** Reads `missing:1,extra:1,amount:1`; null where it is something else. */
export function readStatementFaults(text: string): StatementFaults | null {
  if (!/^(\w+:\d{1,4}(,\w+:\d{1,4})*)?$/.test(text)) return null;
  const pairs = text === '' ? [] : text.split(',').map((pair) => pair.split(':'));
  const parsed = faultsSchema.safeParse(Object.fromEntries(pairs));
  return parsed.success ? parsed.data : null;
}

/** Leaves out the first rows, changes the last ones by one minor unit, and adds rows of another till at the end. Null where there are too few. */
export function spoil(rows: readonly StatementRow[], faults: StatementFaults, gateway: GatewayId, day: string): StatementRow[] | null {
  if (faults.missing + faults.amount > rows.length) return null;
  const left = rows.slice(faults.missing);
  const changedFrom = left.length - faults.amount;
  const changed = left.map((row, index) => (index < changedFrom ? row : { ...row, amount: row.amount + 1 }));
  return [...changed, ...Array.from({ length: faults.extra }, (_none, index) => strangerRow(gateway, day, index))];
}

/** A payment that is in no book of ours. */
function strangerRow(gateway: GatewayId, day: string, index: number): StatementRow {
  const at = Date.parse(`${day}T23:00:00Z`) - hoursAheadOf(gateway) * 3_600_000 + index * 1000;
  const { terminal, currency } = habitsOf(gateway);
  const order: Order = {
    gateway, reference: `T99${randomDigits(17)}`, gatewayNumber: `789${randomDigits(13)}`, tradeNumber: `42000${randomDigits(23)}`, code: '', wallet: 'alipay', payer: '',
    amount: 100 + index, currency, subject: '别的收银台', operator: '99', reflect: '', notifyUrl: null, terminal,
    createdAt: at, shown: null, extras: {}, state: 'paid', refusal: null, paidAt: at, endedAt: at, timesCharged: 1, wrongPasswords: 0, refunds: [],
    counts: { pay: 1, present: 0, query: 0, cancel: 0, refund: 0, queryRefund: 0 },
  };
  return { kind: 'payment', at, order, refund: null, terminal, amount: order.amount };
}
