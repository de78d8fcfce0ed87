/** OMoney's statement: UTF-8 with a mark, its field names as headers, times in UTC as everywhere in its document, and nothing around the table. */
import { writeAmount } from '../gateways/omoney-money.ts';
import { csvLine } from './csv.ts';
import type { StatementRow } from './rows.ts';

const headers = ['create_time', 'type', 'payment_id', 'order_id', 'refund_id', 'refund_order_id', 'transaction_id', 'payment_method', 'currency', 'amount', 'status'];

/** The file's text; decimals as in its calls, refunds negative. */
export function omoneyStatement(rows: readonly StatementRow[]): string {
  return `\uFEFF${[headers, ...rows.map(cellsOf)].map(csvLine).join('')}`;
}

function cellsOf({ at, order, refund, amount }: StatementRow): string[] {
  return [
    `${new Date(at).toISOString().slice(0, 19)}Z`, refund === null ? 'PAYMENT' : 'REFUND', order.gatewayNumber, order.reference, refund?.gatewayNumber ?? '', refund?.reference ?? '',
    order.tradeNumber, String(order.extras['payment_method'] ?? 'ALIPAY'), order.currency, writeAmount(amount, order.currency), refund?.phase === 'open' ? 'WAIT' : 'SUCCESS',
  ];
}
