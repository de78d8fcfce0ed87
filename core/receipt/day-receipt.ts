/** The day on paper: its totals first, then every row of the list. */
import type { GatewayNames } from '../contract/messages.ts';
import type { DayRow, DaySum, DayTotals, Instant, RefundStateName } from '../contract/types.ts';
import type { Currency } from '../money/currency.ts';
import { localText } from '../time/day.ts';
import { paper, row, rows, section, sumText, text } from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { reportWords, type ReportWords } from './report-words.ts';
import { receiptWords, type ReceiptWords } from './words.ts';

/** What a day's paper shows. */
export interface DayOnPaper {
  readonly day: string;
  readonly printedAt: Instant;
  readonly totals: DayTotals;
  /** Oldest first reads best; they print in the order given. */
  readonly rows: readonly DayRow[];
  /** Where the list is too long for a roll of paper: how many rows it has; `rows` is then empty. 0 where it is printed. */
  readonly rowsLeftOut: number;
  /** False where no sum holds cash; rows have their amounts, as in the list on screen. */
  readonly cashShown: boolean;
}

interface Context {
  readonly shop: ReceiptShop;
  readonly words: ReportWords;
  readonly receipt: ReceiptWords;
  readonly gatewayNames: GatewayNames;
  readonly cashShown: boolean;
}

export function dayReceipt(day: DayOnPaper, shop: ReceiptShop, gatewayNames: GatewayNames): ReceiptDocument {
  const context: Context = { shop, words: reportWords(shop.locale), receipt: receiptWords(shop.locale), gatewayNames, cashShown: day.cashShown };
  const { words, receipt } = context;
  const { totals } = day;
  return paper(shop, false, [
    text(`${words.dayTitle} ${day.day}`, { bold: true, size: 2, align: 'center' }),
    ...rows([
      [receipt.terminal, shop.terminalId],
      [words.printedAt, localText(day.printedAt, shop.timezone)],
    ]),
    ...(totals.byCurrency.length === 0 ? section(text(words.noSales)) : totals.byCurrency.flatMap((sum) => section(...currencySums(sum, totals, context)))),
    ...apartSums(totals, words),
    ...listSection(day, context),
  ]);
}

/** The list, or that it isn't here: totals alone would look like a day without one. */
function listSection({ rows: list, rowsLeftOut }: DayOnPaper, context: Context): readonly ReceiptBlock[] {
  const { words } = context;
  if (rowsLeftOut > 0) return section(text(words.list, { bold: true }), text(words.listLeftOut(rowsLeftOut)));
  return list.length === 0 ? [] : section(text(words.list, { bold: true }), ...list.flatMap((one) => listLines(one, context)));
}

function currencySums(sum: DaySum, totals: DayTotals, context: Context): readonly ReceiptBlock[] {
  const { words } = context;
  const { currency } = sum;
  const ofCurrency = (sums: readonly DaySum[]): readonly DaySum[] => sums.filter((one) => one.currency === currency);
  const gateways = ofCurrency(totals.byGateway);
  return [
    text(currency, { bold: true }),
    ...ofCurrency(totals.byWallet).map((one) => partLine(one, words.wallets[one.key as keyof ReportWords['wallets']] ?? one.key, context)),
    // With one gateway its line would only say the same again.
    ...(gateways.length < 2 ? [] : gateways.map((one) => partLine(one, gatewayName(one.key, context), context))),
    row(`${words.sales} x${sum.sales}`, sumText(sum.salesMinor, currency)),
    row(`${words.refunds} x${sum.refunds}`, sumText(-sum.refundsMinor, currency)),
    row(context.cashShown ? words.net : words.netWithoutCash, sumText(sum.netMinor, currency), { bold: true, size: 2 }),
  ];
}

function partLine(sum: DaySum, name: string, { words, cashShown }: Context): ReceiptBlock {
  const hidden = sum.key === 'cash' && !cashShown;
  return row(`${name} x${sum.sales}`, hidden ? words.hidden : sumText(sum.netMinor, sum.currency));
}

function gatewayName(id: string, { gatewayNames, shop, words }: Context): string {
  return id === 'cash' ? words.cash : (gatewayNames[id]?.[shop.locale] ?? id);
}

function apartSums(totals: DayTotals, words: ReportWords): readonly ReceiptBlock[] {
  const open = totals.open.map((one) => (one.kind === 'sale'
    ? row(`${words.carriedOver} x${one.count}`, sumText(one.minor, one.currency))
    : row(`${words.refundTitles.unknown} x${one.count}`, sumText(-one.minor, one.currency))));
  const settled = totals.settled.map((one) => row(`${words.settledAs[one.as]} x${one.count}`, sumText(one.minor, one.currency)));
  const outside = totals.outside.map((one) => row(`${words.refundTitles.outside} x${one.count}`, sumText(-one.minor, one.currency)));
  return open.length + settled.length + outside.length === 0 ? [] : section(text(words.notCounted, { bold: true }), ...open, ...settled, ...outside);
}

/** Time, short number and wallet beside the sum; below it what became of it, where that isn't simply paid or refunded. */
function listLines(one: DayRow, context: Context): readonly ReceiptBlock[] {
  const { words } = context;
  const time = localText(one.at, context.shop.timezone).slice(11, 16);
  const name = words.wallets[one.wallet];
  const what = one.kind === 'refund' ? `${words.refund} ${name}` : name;
  const state = stateWord(one, context);
  return [row(`${time} #${one.number.slice(one.number.lastIndexOf('-') + 1)} ${what}`, rowSum(one)), ...(state === null ? [] : [text(`  ${state}`)])];
}

/** In brackets where it is in no total. */
function rowSum(one: DayRow): string {
  const sum = sumOf(one, one.amount.currency);
  return one.counts ? sum : `(${sum})`;
}

function sumOf(one: DayRow, currency: Currency): string {
  return sumText(one.kind === 'refund' ? -one.amount.minor : one.amount.minor, currency);
}

function stateWord(one: DayRow, { words, receipt }: Context): string | null {
  if (one.counts && !one.settled) return one.kind === 'sale' && one.open ? words.otherTryOpen : null;
  if (one.kind === 'sale') return one.open ? receipt.notKnown : receipt.states[one.state as keyof ReceiptWords['states']];
  const state = one.state as RefundStateName;
  if (one.outside) return words.refundTitles.outside;
  return state === 'settled' ? receipt.states.settled : words.refundTitles[state];
}
