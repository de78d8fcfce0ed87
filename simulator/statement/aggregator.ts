/** The aggregator's statement: UTF-8 with a mark, Chinese headers, yuan whatever the contract's unit is, a line of sums after the table. */
import { csvLine } from './csv.ts';
import { decimals, timeOf } from './rows.ts';
import type { StatementRow } from './rows.ts';

const headers = ['创建时间', '支付时间', '商户订单号', '平台订单号', '交易类型', '支付方式', '订单金额(元)', '实付金额(元)', '订单状态', '附加字段'];
const kinds: Readonly<Record<StatementRow['kind'], string>> = { payment: '收款', refund: '退款', cancel: '撤销' };
/** Section 6 of its document. */
const banks: Readonly<Record<string, string>> = { '901': '支付宝H5', '903': '微信H5支付', '906': '网银支付', '911': '支付宝扫码', '912': '微信扫码' };

/** The file's text. A refund is in it only where somebody made one in the back office: the interface has none. */
export function aggregatorStatement(rows: readonly StatementRow[]): string {
  const sum = decimals(rows.reduce((total, row) => total + row.amount, 0));
  return `\uFEFF${[headers, ...rows.map(cellsOf), ['合计', `${rows.length}笔`, '', '', '', '', sum, sum, '', '']].map(csvLine).join('')}`;
}

function cellsOf({ kind, at, order, amount }: StatementRow): string[] {
  const value = decimals(amount);
  return [
    timeOf('aggregator', order.createdAt), timeOf('aggregator', at), `\t${order.reference}`, `\t${order.gatewayNumber}`, kinds[kind],
    banks[String(order.extras['bank_code'] ?? '')] ?? '', value, value, '交易成功', String(order.extras['attach'] ?? ''),
  ];
}
