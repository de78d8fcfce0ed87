/** Omipay's statement: English, UTF-8, dollars with two decimals, a title above the table and a total per currency after it. */
import { csvLine } from './csv.ts';
import { decimals, timeOf } from './rows.ts';
import type { StatementRow } from './rows.ts';

const headers = ['Order No', 'Out Order No', 'Refund No', 'Out Refund No', 'Type', 'Currency', 'Amount', 'Created (EST)', 'Platform', 'Status', 'POS No'];
const platforms = { wechat: 'WECHATPAY', alipay: 'ALIPAY', unionpay: 'UPI' } as const;
const types: Readonly<Record<StatementRow['kind'], string>> = { payment: 'Payment', refund: 'Refund', cancel: 'Reversal' };

/** The file's text; money in the currency's main unit, refunds negative. */
export function omipayStatement(rows: readonly StatementRow[], day: string): string {
  const above = [csvLine(['Omipay Transaction Report']), csvLine(['Merchant', 'Simulated Merchant']), csvLine(['Date (EST)', day]), '\r\n'];
  return [...above, csvLine(headers), ...rows.map((row) => csvLine(cellsOf(row))), ...totalsLines(rows)].join('');
}

function cellsOf({ kind, at, order, refund, terminal, amount }: StatementRow): string[] {
  return [
    order.gatewayNumber, order.reference, refund?.gatewayNumber ?? '', refund?.reference ?? '',
    types[kind], order.currency, decimals(amount), timeOf('omipay', at), platforms[order.wallet],
    statusOf(kind, refund?.phase ?? 'done'), terminal,
  ];
}

function statusOf(kind: StatementRow['kind'], phase: 'open' | 'done' | 'failed'): string {
  if (kind === 'payment') return 'Paid';
  return phase === 'open' ? 'Refunding' : 'Refunded';
}

function totalsLines(rows: readonly StatementRow[]): string[] {
  const sums = new Map<string, number>();
  for (const { order, amount } of rows) sums.set(order.currency, (sums.get(order.currency) ?? 0) + amount);
  return [...sums].map(([currency, sum]) => csvLine(['Total', '', '', '', `${rows.filter((row) => row.order.currency === currency).length} rows`, currency, decimals(sum), '', '', '', '']));
}
