/** Makes a row of money of a line of a statement, by the columns that were found. */
import type { StatementField } from '../contract/types.ts';
import type { Currency } from '../money/currency.ts';
import { amountCell, type AmountUnit } from './amount-cell.ts';
import type { StatementKind, StatementRow } from './statement.ts';
import { dayOf } from './statement-time.ts';

/** Which column has which field, and how amounts are to be read. */
export interface RowReading {
  readonly fields: readonly (StatementField | null)[];
  readonly amountUnit: AmountUnit;
  readonly currency: Currency;
}

/** The cell without what keeps a spreadsheet from rounding it: `\t123`, `` `123 ``, `'123`, `="123"`. */
export function cleanCell(text: string): string {
  const trimmed = text.trim();
  const formula = /^="(.*)"$/u.exec(trimmed);
  if (formula) return (formula[1] ?? '').trim();
  return /^[`']/u.test(trimmed) ? trimmed.slice(1).trim() : trimmed;
}

const totalsLine = /^(?:#|合计|总计|总额|小计|汇总|总笔数|本页|total|subtotal|grand ?total|sum|summary)/iu;

/**
 * The line as a row; null where it is none: a total, a remark, or an empty line. A row has a reference, or else a time and
 * an amount, and then nothing of ours can be found for it.
 */
export function readRow(line: readonly string[], reading: RowReading): StatementRow | null {
  const cells: Partial<Record<StatementField, string>> = {};
  reading.fields.forEach((field, index) => {
    if (field !== null) cells[field] = cleanCell(line[index] ?? '');
  });
  const day = cells.time === undefined ? null : dayOf(cells.time);
  const attemptRef = orNull(cells.attemptRef);
  const gatewayRef = orNull(cells.gatewayRef);
  const walletRef = orNull(cells.walletRef);
  const hasReference = attemptRef !== null || gatewayRef !== null || walletRef !== null;
  if (totalsLine.test(cleanCell(line[0] ?? '')) && (!hasReference || day === null)) return null;
  const money = readMoney(cells, reading);
  if (!hasReference && (day === null || money.minor === null)) return null;
  return {
    kind: money.kind, cells, attemptRef, gatewayRef, walletRef, refundRef: orNull(cells.refundRef), minor: money.minor, day,
    outcome: outcomeOf(cells.state ?? '', money.kind), currency: orNull(cells.currency)?.toUpperCase() ?? null, terminal: orNull(cells.terminal),
  };
}

/** What a word of the column `kind` means; null where it says neither. */
export function kindOf(text: string): StatementKind | null {
  if (/退款|退货|refund/iu.test(text)) return 'refund';
  if (/撤单|撤销|冲正|取消|cancel|void|revers/iu.test(text)) return 'undo';
  if (/提现|结算|手续费|充值|转账|settle|payout|withdraw|^fee|transfer/iu.test(text)) return 'other';
  if (/收款|消费|支付|付款|交易|收入|payment|sale|purchase|^pay|charge|income/iu.test(text)) return 'payment';
  return null;
}

function readMoney(cells: Readonly<Partial<Record<StatementField, string>>>, reading: RowReading): { readonly kind: StatementKind; readonly minor: number | null } {
  const amount = amountOf(cells.amount, reading);
  const refunded = amountOf(cells.refundAmount, reading);
  const named = kindOf(cells.kind ?? '');
  // Without a word for it, a sign or a filled refund column tells a refund.
  const looksBack = (amount ?? 0) < 0 || (named === null && (refunded ?? 0) !== 0);
  const kind = (named === null || named === 'payment') && looksBack ? 'refund' : (named ?? 'payment');
  if (kind === 'payment' || kind === 'other') return { kind, minor: amount };
  const given = kind === 'refund' && refunded !== null && refunded !== 0 ? refunded : amount;
  return { kind, minor: given === null || given === 0 ? given : -Math.abs(given) };
}

function amountOf(text: string | undefined, reading: RowReading): number | null {
  return text === undefined || text === '' ? null : amountCell(text, reading.amountUnit, reading.currency);
}

function outcomeOf(state: string, kind: StatementKind): StatementRow['outcome'] {
  if (/失败|fail|declin/iu.test(state)) return 'failed';
  // "Cancelled" is the end of a payment and the success of its undoing.
  if (kind !== 'undo' && /关闭|撤单|撤销|未支付|未付|取消|过期|closed|unpaid|cancel|void|revers|expired/iu.test(state)) return 'failed';
  if (/处理中|待|进行中|pending|processing|refunding|accepted|waiting/iu.test(state)) return 'pending';
  return 'done';
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' || text === '-' || text === '/' || text === '--' ? null : text;
}
