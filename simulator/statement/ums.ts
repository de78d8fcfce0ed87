/** UMS's statement: UTF-8 with a mark, Chinese headers in the first line, yuan with two decimals, one line of sums at the end. */
import type { Wallet } from '../model.ts';
import { csvLine } from './csv.ts';
import { decimals, timeOf } from './rows.ts';
import type { StatementRow } from './rows.ts';

const headers = ['清算日期', '交易时间', '终端号', '交易类型', '商户订单号', '退款订单号', '平台流水号', '渠道订单号', '支付渠道', '交易金额', '状态'];
const types: Readonly<Record<StatementRow['kind'], string>> = { payment: '消费', refund: '退货', cancel: '担保撤销' };
const channels: Readonly<Record<Wallet, string>> = { wechat: '微信', alipay: '支付宝', unionpay: '云闪付' };

/** The file's text, mark included; refunds negative. */
export function umsStatement(rows: readonly StatementRow[]): string {
  const sum = decimals(rows.reduce((total, row) => total + row.amount, 0));
  return ['\uFEFF', csvLine(headers), ...rows.map((row) => csvLine(cellsOf(row))), csvLine(['总计', '', '', `${rows.length}笔`, '', '', '', '', '', sum, ''])].join('');
}

function cellsOf({ kind, at, order, refund, terminal, amount }: StatementRow): string[] {
  const time = timeOf('ums', at);
  return [
    time.slice(0, 10), time, terminal, types[kind], `\t${order.reference}`, refund === null ? '' : `\t${refund.reference}`, refund?.gatewayNumber ?? order.gatewayNumber,
    `\t${order.tradeNumber}`, channels[order.wallet], decimals(amount), '成功',
  ];
}
