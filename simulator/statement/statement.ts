/** A gateway's statement file of one day, from its book. */
import iconv from 'iconv-lite';
import type { GatewayId, Order } from '../model.ts';
import { noStatementFaults, spoil } from './faults.ts';
import type { StatementFaults } from './faults.ts';
import { aggregatorStatement } from './aggregator.ts';
import { omipayStatement } from './omipay.ts';
import { omoneyStatement } from './omoney.ts';
import { rowsOf } from './rows.ts';
import { shouqianbaStatement } from './shouqianba.ts';
import { umsStatement } from './ums.ts';

export interface StatementFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** `day` is YYYY-MM-DD by the gateway's clock. Null where the day has too few rows for the faults, or nobody has seen this gateway's files. */
export function makeStatement(orders: readonly Order[], gateway: GatewayId, day: string, now: number, faults: StatementFaults = noStatementFaults): StatementFile | null {
  const rows = spoil(rowsOf(orders, gateway, day), faults, gateway, day);
  if (rows === null) return null;
  const name = `${gateway}-${day}.csv`;
  switch (gateway) {
    case 'shouqianba':
      return { name, type: 'text/csv; charset=gb18030', bytes: iconv.encode(shouqianbaStatement(rows, day, now), 'gb18030') };
    case 'omipay':
      return { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(omipayStatement(rows, day), 'utf8') };
    case 'omoney':
      return { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(omoneyStatement(rows), 'utf8') };
    case 'aggregator':
      return { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(aggregatorStatement(rows), 'utf8') };
    case 'ums':
      return { name, type: 'text/csv; charset=utf-8', bytes: Buffer.from(umsStatement(rows), 'utf8') };
    default:
      return null;
  }
}
