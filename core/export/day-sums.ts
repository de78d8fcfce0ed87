/** Sums of the rows of an export, made while they are written: they can't disagree with them. */
import type { Locale } from '../contract/types.ts';
import type { DayRecord } from '../journal/storage.ts';
import { paymentCounts, refundCounts, refundIsOutside } from '../journal/storage.ts';
import { makeAmount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import type { Cell, Column, SumTable } from './table.ts';
import { exportWord, walletWord, type ExportWord } from './words.ts';

export interface SumWords {
  readonly locale: Locale;
  readonly gatewayName: (gateway: string) => string;
  readonly operatorName: (operatorId: string) => string;
}

interface Sum {
  readonly name: string;
  readonly currency: Currency;
  sales: number;
  salesMinor: number;
  refunds: number;
  refundsMinor: number;
}

interface Apart {
  readonly word: ExportWord;
  readonly currency: Currency;
  count: number;
  minor: number;
}

export class DaySums {
  readonly #words: SumWords;
  readonly #byCurrency = new Map<string, Sum>();
  readonly #byGateway = new Map<string, Sum>();
  readonly #byWallet = new Map<string, Sum>();
  readonly #byOperator = new Map<string, Sum>();
  readonly #apart = new Map<string, Apart>();

  constructor(words: SumWords) {
    this.#words = words;
  }

  add(row: DayRecord): void {
    const { record } = row;
    const apart = apartWord(row);
    if (apart !== null) this.#addApart(apart, record.currency, record.amountMinor);
    if (!(row.kind === 'sale' ? paymentCounts(row.record) : refundCounts(row.record))) return;
    const { locale } = this.#words;
    addTo(this.#byCurrency, record.currency, row, record.currency);
    addTo(this.#byGateway, record.gateway, row, this.#words.gatewayName(record.gateway));
    addTo(this.#byWallet, record.wallet, row, walletWord(record.wallet, locale));
    addTo(this.#byOperator, record.operatorId, row, this.#words.operatorName(record.operatorId));
  }

  tables(): readonly SumTable[] {
    const { locale } = this.#words;
    const sums = ([['byCurrency', this.#byCurrency], ['byGateway', this.#byGateway], ['byWallet', this.#byWallet], ['byOperator', this.#byOperator]] as const)
      .map(([word, all]) => ({ title: exportWord(word, locale), columns: sumColumns(locale), rows: [...all.values()].toSorted(bySize).map(sumRow) }));
    const apart = [...this.#apart.values()].map((one) => [exportWord(one.word, locale), one.currency, one.count, makeAmount(one.minor, one.currency)]);
    return apart.length === 0 ? sums : [...sums, { title: exportWord('apart', locale), columns: apartColumns(locale), rows: apart }];
  }

  #addApart(word: ExportWord, currency: Currency, minor: number): void {
    const key = `${word} ${currency}`;
    const sum = this.#apart.get(key) ?? { word, currency, count: 0, minor: 0 };
    sum.count += 1;
    sum.minor += minor;
    this.#apart.set(key, sum);
  }
}

function apartWord(row: DayRecord): ExportWord | null {
  const { settledAs } = row.record;
  if (settledAs === 'paid') return 'settledPaid';
  if (settledAs === 'notPaid') return 'settledNotPaid';
  if (settledAs === 'refunded') return 'settledRefunded';
  if (settledAs === 'notRefunded') return 'settledNotRefunded';
  if (row.kind === 'refund' && refundIsOutside(row.record)) return 'outside';
  if (!row.record.open) return null;
  return row.kind === 'sale' ? 'open' : 'refundOpen';
}

function addTo(all: Map<string, Sum>, key: string, row: DayRecord, name: string): void {
  const { currency, amountMinor } = row.record;
  // Currencies are never added together.
  const whole = `${key} ${currency}`;
  const sum = all.get(whole) ?? { name, currency, sales: 0, salesMinor: 0, refunds: 0, refundsMinor: 0 };
  if (row.kind === 'sale') {
    sum.sales += 1;
    sum.salesMinor += amountMinor;
  } else {
    sum.refunds += 1;
    sum.refundsMinor += amountMinor;
  }
  all.set(whole, sum);
}

function bySize(left: Sum, right: Sum): number {
  if (left.currency !== right.currency) return left.currency < right.currency ? -1 : 1;
  return right.salesMinor - left.salesMinor;
}

function sumRow(sum: Sum): readonly Cell[] {
  const amount = (minor: number): Cell => makeAmount(minor, sum.currency);
  return [sum.name, sum.currency, sum.sales, amount(sum.salesMinor), sum.refunds, amount(sum.refundsMinor), amount(sum.salesMinor - sum.refundsMinor)];
}

function sumColumns(locale: Locale): readonly Column[] {
  return [
    nameColumn, currencyColumn(locale), numberColumn('sales', 'count', 10, locale), numberColumn('salesAmount', 'amount', 16, locale),
    numberColumn('refunds', 'count', 10, locale), numberColumn('refundsAmount', 'amount', 16, locale), numberColumn('net', 'amount', 16, locale),
  ];
}

function apartColumns(locale: Locale): readonly Column[] {
  return [nameColumn, currencyColumn(locale), numberColumn('count', 'count', 10, locale), numberColumn('amount', 'amount', 16, locale)];
}

const nameColumn: Column = { key: 'name', heading: '', kind: 'text', width: 26 };

function currencyColumn(locale: Locale): Column {
  return { key: 'currency', heading: exportWord('currency', locale), kind: 'text', width: 8 };
}

function numberColumn(word: ExportWord, kind: 'count' | 'amount', width: number, locale: Locale): Column {
  return { key: word, heading: exportWord(word, locale), kind, width };
}
