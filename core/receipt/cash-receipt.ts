/** Cash on paper: the lines of a cash sale's receipt, and the slip of what went in or out of the drawer. */
import type { CashTaken, DrawerMove, Locale } from '../contract/types.ts';
import { amountWithSign } from '../money/amount.ts';
import { localText } from '../time/day.ts';
import { differenceText, paper, row, rows, signature, sumText, text } from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { reportWords, type ReportWords } from './report-words.ts';
import { receiptWords } from './words.ts';

/** Received, change, and by how much the sale was rounded; to stand under the total of a cash sale's receipt. */
export function cashLines(cash: CashTaken, locale: Locale): readonly ReceiptBlock[] {
  const words = reportWords(locale);
  return [
    ...(cash.returned ? [text(words.cashTakenBack, { bold: true, align: 'center' })] : []),
    ...rows([
      [words.rounding, cash.roundingMinor === 0 ? null : differenceText(cash.roundingMinor, cash.due.currency)],
      [words.received, amountWithSign(cash.received)],
      [words.change, amountWithSign(cash.change)],
    ]),
  ];
}

/** The slip of one drawer move: signed, it lies in the drawer in place of the money, or beside it. */
export function cashSlip(move: DrawerMove, shift: number, shop: ReceiptShop): ReceiptDocument {
  const words = reportWords(shop.locale);
  return paper(shop, false, [
    text(drawerMoveWord(move, words), { bold: true, size: 2, align: 'center' }),
    ...(move.direction === 'opened' ? [] : [row('', drawerMoveSum(move), { bold: true, size: 2 })]),
    { type: 'rule', style: 'dashed' },
    ...rows([
      [words.reason, move.reason],
      [receiptWords(shop.locale).time, localText(move.at, shop.timezone)],
      [receiptWords(shop.locale).terminal, shop.terminalId],
      [words.shift, String(shift)],
      [words.by, move.by.name === '' ? null : move.by.name],
      [words.approvedBy, move.approvedBy?.name ?? null],
    ]),
    ...signature(words.signature),
    text(words.putInDrawer, { align: 'center' }),
  ]);
}

export function drawerMoveWord(move: DrawerMove, words: ReportWords): string {
  switch (move.direction) {
    case 'in':
      return words.paidIn;
    case 'out':
      return words.paidOut;
    case 'opened':
      return words.opened;
  }
}

/** What it did to the drawer: `¥100.00`, `-¥64.00`. */
export function drawerMoveSum(move: DrawerMove): string {
  return move.direction === 'out' ? sumText(-move.amount.minor, move.amount.currency) : amountWithSign(move.amount);
}
