/** Shouqianba's statement: GB18030, Chinese headers, lines before and after the table, long numbers kept from spreadsheets. */
import type { StatementRow } from './rows.ts';
import { decimals, timeOf } from './rows.ts';
import { csvLine } from './csv.ts';

const headers = ['交易时间', '商户订单号', '商户流水号', '收钱吧订单号', '第三方订单号', '交易类型', '支付方式', '订单金额', '实收金额', '状态', '终端号', '操作员', '交易摘要'];
const kinds: Readonly<Record<StatementRow['kind'], string>> = { payment: '收款', refund: '退款', cancel: '撤单' };
const payways = { wechat: '微信', alipay: '支付宝', unionpay: '银联二维码' } as const;

/** The file's text; money in yuan with two decimals. */
export function shouqianbaStatement(rows: readonly StatementRow[], day: string, now: number): string {
  const above = [
    csvLine(['#收钱吧交易对账单']),
    csvLine(['#商户名称：模拟商户']),
    csvLine([`#起始时间：[${day} 00:00:00]，终止时间：[${day} 23:59:59]`]),
    csvLine([`#导出时间：[${timeOf('shouqianba', now)}]`]),
  ];
  return [...above, csvLine(headers), ...rows.map((row) => csvLine(cellsOf(row))), totalsLine(rows)].join('');
}

/** The tab before long numbers and the grave accent before the wallet's own are in every wallet's export. */
function cellsOf({ kind, at, order, refund, terminal, amount }: StatementRow): string[] {
  return [
    timeOf('shouqianba', at),
    `\t${order.reference}`,
    `\t${refund === null ? order.reference : `${order.reference}-${refund.reference}`}`,
    `\t${order.gatewayNumber}`,
    `\`${order.tradeNumber}`,
    kinds[kind],
    payways[order.wallet],
    decimals(amount),
    decimals(amount),
    '成功',
    `\t${terminal}`,
    order.operator,
    order.subject,
  ];
}

function totalsLine(rows: readonly StatementRow[]): string {
  const took = rows.filter((row) => row.kind === 'payment');
  const sum = decimals(rows.reduce((total, row) => total + row.amount, 0));
  return csvLine(['合计', '', '', '', '', `收款${took.length}笔 退款及撤单${rows.length - took.length}笔`, '', sum, sum, '', '', '', '']);
}
