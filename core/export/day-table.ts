/** The list of a span of days as a table: a row for each sale and each refund, newest first, and sums of the rows themselves. */
import type { DayQuery, DayRecord, JournalReader, PaymentRecord, ReferenceRecord } from '../journal/storage.ts';
import { dayCursor, paymentCounts, refundCounts, refundIsOutside } from '../journal/storage.ts';
import type { Locale } from '../contract/types.ts';
import { DaySums } from './day-sums.ts';
import { isAmountCell, type Cell, type CellKind, type Column, type FileTable } from './table.ts';
import { exportWord, stateWord, walletWord, type ExportWord } from './words.ts';
import { zonedTime } from './zoned-time.ts';

export interface DayTableOptions {
  readonly journal: Pick<JournalReader, 'dayRows'>;
  readonly query: DayQuery;
  readonly storeName: string;
  readonly timezone: string;
  readonly locale: Locale;
  readonly gatewayName: (gateway: string) => string;
  /** The name of a person; an empty text for the empty id of a till without people. */
  readonly operatorName: (operatorId: string) => string;
}

type DayColumn = 'day' | 'time' | 'kind' | 'number' | 'amount' | 'counted' | 'outside' | 'currency' | 'wallet' | 'gateway' | 'state' | 'operator' | 'reference' | 'gatewayRef' | 'walletRef' | 'saleRef' | 'last4' | 'refundOf';

const dayColumns: readonly (readonly [DayColumn, CellKind, number])[] = [
  ['day', 'day', 12], ['time', 'time', 21], ['kind', 'text', 8], ['number', 'text', 20], ['amount', 'amount', 14], ['counted', 'amount', 14], ['outside', 'amount', 14], ['currency', 'text', 8], ['wallet', 'text', 10], ['gateway', 'text', 12],
  ['state', 'text', 14], ['operator', 'text', 12], ['reference', 'text', 28], ['gatewayRef', 'text', 26], ['walletRef', 'text', 32], ['saleRef', 'text', 16], ['last4', 'text', 9], ['refundOf', 'text', 28],
];

const rowsAtOnce = 1000;

export function dayTable(options: DayTableOptions): FileTable {
  const { query, locale, storeName } = options;
  const sums = new DaySums(options);
  const row = rowMaker(options);
  const word = (one: ExportWord): string => exportWord(one, locale);
  return {
    title: `${storeName} · ${word('title')}`,
    subtitle: query.fromDay === query.toDay ? query.fromDay : `${query.fromDay} – ${query.toDay}`,
    rowsName: word('rows'), sumsName: word('totals'),
    columns: columnsOf(dayColumns, locale),
    pages: pagesOf(options.journal, query, (record) => {
      sums.add(record);
      return row(record);
    }),
    sums: () => sums.tables(),
    printed: { first: ['time', 'kind', 'number', 'wallet', 'last4', 'gateway', 'state', 'operator', 'amount'], second: ['reference', 'gatewayRef', 'walletRef', 'saleRef', 'refundOf'] },
    muted: (one) => one.some((cell, index) => dayColumns[index]?.[0] === 'counted' && isAmountCell(cell) && cell.minor === 0),
    pageWords: word('page'),
  };
}

export function columnsOf(columns: readonly (readonly [ExportWord, CellKind, number])[], locale: Locale): readonly Column[] {
  return columns.map(([key, kind, width]) => ({ key, heading: exportWord(key, locale), kind, width }));
}

function* pagesOf(journal: Pick<JournalReader, 'dayRows'>, query: DayQuery, row: (record: DayRecord) => readonly Cell[]): Iterable<readonly (readonly Cell[])[]> {
  let after: string | null = null;
  for (;;) {
    const records = journal.dayRows({ ...query, after, count: rowsAtOnce });
    if (records.length > 0) yield records.map(row);
    const last = records.at(-1);
    if (last === undefined || records.length < rowsAtOnce) return;
    after = dayCursor(last);
  }
}

function rowMaker({ timezone, locale, gatewayName, operatorName }: DayTableOptions): (row: DayRecord) => readonly Cell[] {
  const time = zonedTime(timezone);
  return (row) => {
    const { record } = row;
    const payment = row.kind === 'sale' ? row.record : row.payment;
    const signed = row.kind === 'sale' ? record.amountMinor : -record.amountMinor;
    const { currency } = record;
    const counts = row.kind === 'sale' ? paymentCounts(row.record) : refundCounts(row.record);
    const isOutside = row.kind === 'refund' && refundIsOutside(row.record);
    const references = row.kind === 'sale' ? paymentReferences(payment) : { own: row.record.refundRef, gateway: row.record.gatewayRefundRef ?? '', wallet: '' };
    return [
      record.day, time(record.startedAt), exportWord(row.kind, locale), record.number, { minor: signed, currency }, { minor: counts ? signed : 0, currency }, isOutside ? { minor: signed, currency } : null, currency,
      walletWord(record.wallet, locale), gatewayName(record.gateway), isOutside ? exportWord('outside', locale) : stateWord(record.state, locale), operatorName(record.operatorId),
      references.own, orNull(references.gateway), orNull(references.wallet), payment.saleRef, payment.last4, row.kind === 'refund' ? valuesOf(payment.references, 'attemptRef') : null,
    ];
  };
}

function paymentReferences(payment: PaymentRecord): { readonly own: string; readonly gateway: string; readonly wallet: string } {
  const { references } = payment;
  return { own: valuesOf(references, 'attemptRef'), gateway: valuesOf(references, 'gatewayRef'), wallet: valuesOf(references, 'walletRef') };
}

/** A payment that was tried more than once has a reference for each attempt. */
function valuesOf(references: readonly ReferenceRecord[], kind: ReferenceRecord['kind']): string {
  return references.filter((one) => one.kind === kind).map((one) => one.value).join(' ');
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
