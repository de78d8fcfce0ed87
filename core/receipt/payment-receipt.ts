/** What stands on the paper: the receipt of a paid payment, and the evidence of one that isn't. */
import { messageText } from '../contract/messages.ts';
import type { Locale, PaymentView, TimelineEntry } from '../contract/types.ts';
import { amountWithSign } from '../money/amount.ts';
import { chargeText, rateText } from '../money/payer-charge.ts';
import { localText } from '../time/day.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { cashLines } from './cash-receipt.ts';
import { reportWords } from './report-words.ts';
import { receiptWords, type ReceiptWords } from './words.ts';

/** The shop's side of a receipt. */
export interface ReceiptShop {
  readonly storeName: string;
  readonly terminalId: string;
  readonly timezone: string;
  readonly locale: Locale;
  readonly header: readonly string[];
  readonly footer: readonly string[];
  readonly training: boolean;
}

/** The receipt of a paid payment. A refund starts by scanning its barcode or QR: our own order number (CASES 4). */
export function paymentReceipt(payment: PaymentView, shop: ReceiptShop, copy: boolean): ReceiptDocument {
  const words = receiptWords(shop.locale);
  return {
    blocks: [
      ...top(shop, words, copy),
      text(words.paid, { bold: true, size: 2, align: 'center' }),
      row(words.total, amountWithSign(payment.amount), { bold: true, size: 2 }),
      ...(payment.cash === null ? [] : cashLines(payment.cash, shop.locale)),
      ...chargedRows(payment, words),
      { type: 'rule', style: 'dashed' },
      ...references(payment, shop, words),
      { type: 'rule', style: 'dashed' },
      text(words.keep, { align: 'center' }),
      { type: 'barcode', text: payment.attemptRef },
      { type: 'qr', text: payment.attemptRef },
      ...bottom(shop, words, copy),
    ],
  };
}

/** What the payer was charged in a currency of their own, where the gateway named it. */
function chargedRows({ charged, amount }: PaymentView, words: ReceiptWords): ReceiptBlock[] {
  const rows = charged === null ? [] : ([[words.rate, rateText(amount.currency, charged)], [words.charged, chargeText(charged)]] as const);
  return rows.flatMap(([label, value]) => (value === null ? [] : [row(label, value)]));
}

/** The timeline on paper, with the journal's numbers and every reference. */
export function evidenceReceipt(payment: PaymentView, lines: readonly TimelineEntry[], shop: ReceiptShop): ReceiptDocument {
  const words = receiptWords(shop.locale);
  return {
    blocks: [
      ...top(shop, words, false),
      text(words.evidence, { bold: true, size: 2, align: 'center' }),
      ...(payment.verdict === 'notKnownYet' ? [text(words.notKnown, { bold: true, align: 'center' })] : []),
      row(words.total, amountWithSign(payment.amount), { bold: true, size: 2 }),
      row(words.state, words.states[payment.state]),
      { type: 'rule', style: 'dashed' },
      ...references(payment, shop, words),
      { type: 'rule', style: 'dashed' },
      ...lines.flatMap((line) => evidenceLine(line, payment.gatewayNames[shop.locale], shop, words)),
      ...(payment.message ? [{ type: 'rule', style: 'dashed' } as const, text(messageText(payment.message, shop.locale, { [payment.gateway]: payment.gatewayNames }))] : []),
      { type: 'barcode', text: payment.attemptRef },
      ...bottom(shop, words, false),
    ],
  };
}

function evidenceLine(line: TimelineEntry, gatewayName: string, shop: ReceiptShop, words: ReceiptWords): ReceiptBlock[] {
  const said = words.lines[line.what].replace('{gateway}', gatewayName);
  const what = line.count > 1 ? `${said} x${line.count}` : said;
  const first = row(localText(line.at, shop.timezone), `${words.journal} ${line.sequence}`);
  const second = text(line.detail === null ? what : `${what}: ${line.detail}`);
  return [first, second];
}

function references(payment: PaymentView, shop: ReceiptShop, words: ReceiptWords): ReceiptBlock[] {
  const code = payment.last4 === null ? '' : ` ** ${payment.last4}`;
  const rows: (readonly [string, string | null])[] = [
    [words.number, payment.number],
    [words.time, localText(payment.paidAt ?? payment.startedAt, shop.timezone)],
    [words.terminal, shop.terminalId],
    [words.wallet, payment.tender === 'cash' ? reportWords(shop.locale).cash : `${words.wallets[payment.wallet]}${code}`],
    [words.gateway, payment.tender === 'cash' ? null : payment.gatewayNames[shop.locale]],
    [words.saleNumber, payment.saleRef],
    [words.ourNumber, payment.attemptRef],
    [words.gatewayNumber, payment.gatewayRef],
    [words.walletNumber, payment.walletRef],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [row(label, value)]));
}

function top(shop: ReceiptShop, words: ReceiptWords, copy: boolean): ReceiptBlock[] {
  return [
    ...marks(shop, words, copy),
    text(shop.storeName, { bold: true, size: 2, align: 'center' }),
    ...shop.header.map((line) => text(line, { align: 'center' })),
    { type: 'rule', style: 'solid' },
  ];
}

function bottom(shop: ReceiptShop, words: ReceiptWords, copy: boolean): ReceiptBlock[] {
  return [...shop.footer.map((line) => text(line, { align: 'center' })), ...marks(shop, words, copy), { type: 'feed', lines: 3 }, { type: 'cut' }];
}

function marks(shop: ReceiptShop, words: ReceiptWords, copy: boolean): ReceiptBlock[] {
  const banners = [...(shop.training ? [words.training] : []), ...(copy ? [words.copy] : [])];
  return banners.map((banner) => ({ type: 'banner', text: banner }));
}

interface Style {
  readonly align?: 'left' | 'center' | 'right';
  readonly bold?: boolean;
  readonly size?: 1 | 2;
}

function text(content: string, style: Style = {}): ReceiptBlock {
  return { type: 'text', text: content, align: style.align ?? 'left', bold: style.bold ?? false, size: style.size ?? 1 };
}

function row(left: string, right: string, style: Style = {}): ReceiptBlock {
  return { type: 'row', left, right, bold: style.bold ?? false, size: style.size ?? 1 };
}
