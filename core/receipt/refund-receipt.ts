/** A refund on paper: what became of it, which payment it belongs to, and what can still be given back. */
import { messageText } from '../contract/messages.ts';
import type { PaymentView, RefundView } from '../contract/types.ts';
import { amountWithSign } from '../money/amount.ts';
import { localText } from '../time/day.ts';
import { paper, row, rows, section, signature, takenOff, text } from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { reportWords, type RefundTitle, type ReportWords } from './report-words.ts';
import { receiptWords } from './words.ts';

/**
 * The paper of one refund, as it stands now. It is the customer's slip too: while the money is under way it says so, and
 * who brings it back is found by its barcode or QR, the refund's own number.
 */
export function refundReceipt(payment: PaymentView, refund: RefundView, shop: ReceiptShop, copy: boolean): ReceiptDocument {
  const words = reportWords(shop.locale);
  return paper(shop, copy, [
    text(words.refundTitles[titleOf(refund)], { bold: true, size: 2, align: 'center' }),
    row(words.refund, takenOff(refund.amount), { bold: true, size: 2 }),
    ...meaning(payment, refund, shop, words),
    ...section(...refundFacts(refund, shop, words)),
    ...section(...original(payment, shop, words)),
    ...section(...rests(payment, words)),
    { type: 'rule', style: 'dashed' },
    { type: 'barcode', text: refund.refundRef },
    { type: 'qr', text: refund.refundRef },
    ...(isCash(refund) && refund.state === 'refunded' ? signature(words.signature) : []),
    ...shop.footer.map((line) => text(line, { align: 'center' })),
  ]);
}

function titleOf(refund: RefundView): RefundTitle {
  if (isUnconfirmed(refund)) return 'unknown';
  if (refund.state === 'settled') return refund.settledAs === 'refunded' ? 'settledRefunded' : 'settledNotRefunded';
  if (refund.state !== 'refunded' || refund.way === 'gateway') return refund.state;
  return refund.way;
}

/** Pending because its answer was lost: nobody said yet that it is on its way. */
function isUnconfirmed(refund: RefundView): boolean {
  return refund.state === 'pending' && refund.message?.key === 'refundUnknown';
}

function isCash(refund: RefundView): boolean {
  return refund.way === 'cash';
}

/** What it means for the money, in the words of the till; the gateway's own stand below them. */
function meaning(payment: PaymentView, refund: RefundView, shop: ReceiptShop, words: ReportWords): ReceiptBlock[] {
  const said = refund.message === null ? [] : [text(messageText(refund.message, shop.locale, { [payment.gateway]: payment.gatewayNames }))];
  switch (refund.state) {
    case 'refunded':
      if (isCash(refund)) return [row(words.cashGiven, amountWithSign(refund.amount), { bold: true })];
      return refund.way === 'outside' ? said : [text(words.backToWallet), text(words.arrives)];
    case 'pending':
      if (isUnconfirmed(refund)) return [text(words.noCash, { bold: true, align: 'center' }), ...said, text(words.keepSlip)];
      return [text(words.noCash, { bold: true, align: 'center' }), text(words.backToWallet), text(words.keepSlip)];
    case 'submitting':
    case 'unknown':
    case 'review':
      return [text(words.noCash, { bold: true, align: 'center' }), ...said, text(words.keepSlip)];
    case 'refused':
      return [text(words.nothingGiven), ...said];
    case 'settled':
      return said;
  }
}

function refundFacts(refund: RefundView, shop: ReceiptShop, words: ReportWords): readonly ReceiptBlock[] {
  const gatewaySaid = [refund.gatewayCode, refund.gatewayWords].filter((part) => part !== null && part !== '').join(' ');
  return rows([
    [receiptWords(shop.locale).time, localText(refund.state === 'refunded' ? refund.changedAt : refund.startedAt, shop.timezone)],
    [words.refundNumber, refund.refundRef],
    [words.gatewayRefundNumber, refund.gatewayRefundRef],
    [words.reason, refund.reason],
    [words.by, nameOrNull(refund.by.name)],
    [words.approvedBy, nameOrNull(refund.approvedBy?.name ?? '')],
    [receiptWords(shop.locale).gateway, nameOrNull(gatewaySaid)],
  ]);
}

function original(payment: PaymentView, shop: ReceiptShop, words: ReportWords): readonly ReceiptBlock[] {
  const labels = receiptWords(shop.locale);
  const code = payment.last4 === null ? '' : ` ** ${payment.last4}`;
  const isCashSale = payment.tender === 'cash';
  return [
    text(words.original, { bold: true }),
    ...rows([
      [labels.number, payment.number],
      [labels.time, localText(payment.paidAt ?? payment.startedAt, shop.timezone)],
      [words.paidAmount, amountWithSign(payment.amount)],
      [labels.wallet, isCashSale ? words.cash : `${words.wallets[payment.wallet]}${code}`],
      [labels.gateway, isCashSale ? null : payment.gatewayNames[shop.locale]],
      [labels.saleNumber, payment.saleRef],
      [labels.ourNumber, payment.attemptRef],
      [labels.gatewayNumber, payment.gatewayRef],
      [labels.walletNumber, payment.walletRef],
    ]),
  ];
}

function rests({ refundable }: PaymentView, words: ReportWords): readonly ReceiptBlock[] {
  return rows([
    [words.refundedSoFar, amountWithSign(refundable.refunded)],
    [words.underWay, refundable.open.minor === 0 ? null : amountWithSign(refundable.open)],
    [words.leftToRefund, amountWithSign(refundable.left)],
  ]);
}

function nameOrNull(name: string): string | null {
  return name === '' ? null : name;
}
