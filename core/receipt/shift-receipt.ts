/** X and Z on paper: what was taken by gateway and wallet, the drawer, and everything that is in no total. */
import type { GatewayNames } from '../contract/messages.ts';
import type { ShiftSums, TenderSum, XReport, ZReport } from '../contract/types.ts';
import { amountWithSign, type Amount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';
import { localText } from '../time/day.ts';
import { differenceText, paper, row, rows, section, signature, sumText, text } from './blocks.ts';
import { drawerMoveSum, drawerMoveWord } from './cash-receipt.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { reportWords, type ReportWords } from './report-words.ts';
import { receiptWords } from './words.ts';

interface Context {
  readonly shop: ReceiptShop;
  readonly words: ReportWords;
  readonly gatewayNames: GatewayNames;
  /** False while cash sums are hidden from whoever will count. */
  readonly cashShown: boolean;
}

/** The Z of a closed shift. Its training mark is that of the shift, whatever the till is in now. */
export function zReceipt(z: ZReport, shop: ReceiptShop, gatewayNames: GatewayNames, copy: boolean): ReceiptDocument {
  const own: ReceiptShop = { ...shop, terminalId: z.terminalId, training: z.training };
  const context: Context = { shop: own, words: reportWords(shop.locale), gatewayNames, cashShown: true };
  const { words } = context;
  return paper(own, copy, [
    text(`Z ${z.number}`, { bold: true, size: 2, align: 'center' }),
    ...rows([
      [receiptWords(shop.locale).terminal, z.terminalId],
      [words.openedAt, timeAndName(z.openedAt, z.openedBy.name, shop)],
      [words.closedAt, timeAndName(z.closedAt, z.closedBy.name, shop)],
      [words.journal, `${z.sums.afterSequence + 1} - ${z.sums.upToSequence}`],
    ]),
    ...money(z.sums, context),
    ...(z.counted === null ? [] : section(...drawer(z.sums, z.float, context), ...countLines(z, z.counted, words))),
    ...notKnown(z.sums, context),
    ...signature(words.signature),
  ]);
}

/** A look at an open shift; it ends nothing. */
export function xReceipt(x: XReport, shop: ReceiptShop, gatewayNames: GatewayNames, hasDrawer: boolean): ReceiptDocument {
  const context: Context = { shop, words: reportWords(shop.locale), gatewayNames, cashShown: x.cashShown };
  const { words } = context;
  return paper(shop, false, [
    text(words.xTitle, { bold: true, size: 2, align: 'center' }),
    text(words.xNote, { align: 'center' }),
    ...rows([
      [receiptWords(shop.locale).terminal, shop.terminalId],
      [words.shift, String(x.shift.number)],
      [words.openedAt, timeAndName(x.shift.openedAt, x.shift.openedBy.name, shop)],
      [words.readAt, timeAndName(x.at, x.by?.name ?? '', shop)],
    ]),
    ...money(x.sums, context),
    ...(hasDrawer ? section(...drawer(x.sums, x.shift.float, context)) : []),
    ...notKnown(x.sums, context),
  ]);
}

// ---- money

/** Tenders by currency, and what stands apart from them. */
function money(sums: ShiftSums, context: Context): readonly ReceiptBlock[] {
  const { words } = context;
  const currencies = [...new Set(sums.tenders.map((tender) => tender.currency))];
  const tenders = currencies.length === 0 ? section(text(words.noSales)) : currencies.flatMap((currency) => tendersOf(sums.tenders, currency, context));
  return [
    ...tenders,
    ...section(...(sums.cashReturned.count === 0 ? [] : [row(counted(words.cashReturned, sums.cashReturned.count), cashSum(sums.cashReturned.minor, drawerCurrency(sums), context))])),
    ...apart(words.settled, sums.settled.map((one) => row(counted(words.settledAs[one.as], one.count), sumText(one.minor, one.currency)))),
    ...apart(words.outsideRefunds, sums.outsideRefunds.map((one) => row(counted(words.refunds, one.count), sumText(-one.minor, one.currency)))),
  ];
}

function tendersOf(all: readonly TenderSum[], currency: Currency, context: Context): readonly ReceiptBlock[] {
  const { words, cashShown } = context;
  const tenders = all.filter((tender) => tender.currency === currency);
  const hidesCash = !cashShown && tenders.some(isCash);
  const total = (field: 'sales' | 'salesMinor' | 'refunds' | 'refundsMinor'): number => tenders.reduce((sum, tender) => sum + tender[field], 0);
  return section(
    text(currency, { bold: true }),
    ...tenders.flatMap((tender) => tenderLines(tender, context)),
    row(counted(words.sales, total('sales')), hidesCash ? words.hidden : sumText(total('salesMinor'), currency)),
    ...(total('refunds') === 0 ? [] : [row(counted(words.refunds, total('refunds')), hidesCash ? words.hidden : sumText(-total('refundsMinor'), currency))]),
    row(hidesCash ? words.netWithoutCash : words.net, sumText(total('salesMinor') - total('refundsMinor'), currency), { bold: true, size: 2 }),
  );
}

function tenderLines(tender: TenderSum, context: Context): readonly ReceiptBlock[] {
  const { words, cashShown, shop } = context;
  const name = isCash(tender) ? words.cash : `${context.gatewayNames[tender.gateway]?.[shop.locale] ?? tender.gateway} ${words.wallets[tender.wallet]}`;
  const hidden = isCash(tender) && !cashShown;
  return [
    row(counted(name, tender.sales), hidden ? words.hidden : sumText(tender.salesMinor, tender.currency)),
    ...(tender.refunds === 0 ? [] : [row(`  ${counted(words.refunds, tender.refunds)}`, hidden ? words.hidden : sumText(-tender.refundsMinor, tender.currency))]),
  ];
}

// ---- the drawer

/** From the float to what should be there, so that the column adds up; each move with its reason and names. */
function drawer(sums: ShiftSums, float: Amount, context: Context): readonly ReceiptBlock[] {
  const { words, shop, cashShown } = context;
  const cash = sums.tenders.find((tender) => isCash(tender) && tender.currency === float.currency);
  return [
    text(words.drawer, { bold: true }),
    row(words.float, amountWithSign(float)),
    row(counted(words.cashSales, cash?.sales ?? 0), cashShown ? sumText(cash?.salesMinor ?? 0, float.currency) : words.hidden),
    row(counted(words.cashRefunds, cash?.refunds ?? 0), cashShown ? sumText(-(cash?.refundsMinor ?? 0), float.currency) : words.hidden),
    ...sums.moves.flatMap((move) => (move.direction === 'opened' ? [] : [
      row(`${drawerMoveWord(move, words)} ${clockTime(move.at, shop)}`, drawerMoveSum(move)),
      text(`  ${[move.reason, move.by.name, move.approvedBy?.name].filter(Boolean).join(' · ')}`),
    ])),
    row(words.openings, String(sums.drawerOpenings)),
    row(words.expected, cashShown ? sumText(sums.expectedDrawerMinor, float.currency) : words.hidden, { bold: true }),
  ];
}

function countLines(z: ZReport, found: Amount, words: ReportWords): readonly ReceiptBlock[] {
  const { currency } = found;
  return [
    row(words.counted, sumText(found.minor, currency), { bold: true }),
    row(words.difference, differenceText(z.differenceMinor, currency), { bold: true, size: 2 }),
    ...rows([
      [words.reason, z.differenceReason],
      [words.recounts, z.recounts === 0 ? null : String(z.recounts)],
      [words.takings, sumText(found.minor - z.left.minor, currency)],
      [words.left, amountWithSign(z.left)],
    ]),
  ];
}

// ---- what is in no total

function notKnown(sums: ShiftSums, { words, shop }: Context): readonly ReceiptBlock[] {
  if (sums.carriedOver.length === 0) return [];
  return section(
    text(counted(words.carriedOver, sums.carriedOver.length), { bold: true }),
    text(words.carriedNote),
    ...sums.carriedOver.flatMap((one) => [
      row(`${words.carriedKinds[one.kind]} ${one.number}`, amountWithSign(one.amount)),
      text(`  ${localText(one.startedAt, shop.timezone)}`),
      text(`  ${one.reference}`),
    ]),
  );
}

function apart(title: string, lines: readonly ReceiptBlock[]): readonly ReceiptBlock[] {
  return lines.length === 0 ? [] : section(text(title, { bold: true }), ...lines);
}

function counted(label: string, count: number): string {
  return `${label} x${count}`;
}

function isCash(tender: TenderSum): boolean {
  return tender.gateway === 'cash';
}

function cashSum(minor: number, currency: Currency | null, { words, cashShown }: Context): string {
  return cashShown && currency !== null ? sumText(minor, currency) : words.hidden;
}

/** Cash is taken in the store's currency alone. */
function drawerCurrency(sums: ShiftSums): Currency | null {
  return sums.tenders.find(isCash)?.currency ?? null;
}

function timeAndName(at: number, name: string, shop: ReceiptShop): string {
  return `${localText(at, shop.timezone)}${name === '' ? '' : ` ${name}`}`;
}

/** `10:42` */
function clockTime(at: number, shop: ReceiptShop): string {
  return localText(at, shop.timezone).slice(11, 16);
}
