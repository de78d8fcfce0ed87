/** The slip of a code that the customer scans: what to pay, until when, and that it is no receipt. */
import type { Locale, PaymentView } from '../contract/types.ts';
import { amountWithSign } from '../money/amount.ts';
import { localText } from '../time/day.ts';
import { paper, row, rows, section, text } from './blocks.ts';
import type { ReceiptDocument } from './document.ts';
import type { ReceiptShop } from './payment-receipt.ts';
import { receiptWords } from './words.ts';

interface CodeSlipWords {
  readonly title: string;
  readonly amount: string;
  readonly until: string;
  readonly noReceipt: string;
}

const words: Readonly<Record<Locale, CodeSlipWords>> = {
  'zh-CN': { title: '请扫码付款', amount: '应付', until: '有效到', noReceipt: '还没有付款，这不是小票' },
  en: { title: 'Scan to pay', amount: 'To pay', until: 'Valid until', noReceipt: 'Not paid yet. This is no receipt' },
};

/** Null once the code can't be paid any more: paper with a dead code would only mislead. */
export function codeSlip(payment: PaymentView, shop: ReceiptShop): ReceiptDocument | null {
  const { shownCode } = payment;
  if (shownCode === null) return null;
  const said = words[shop.locale];
  const receipt = receiptWords(shop.locale);
  return paper(shop, false, [
    text(said.title, { bold: true, size: 2, align: 'center' }),
    row(said.amount, amountWithSign(payment.amount), { bold: true, size: 2 }),
    { type: 'qr', text: shownCode.qr },
    text(said.noReceipt, { bold: true, align: 'center' }),
    ...section(...rows([
      [said.until, localText(shownCode.until, shop.timezone)],
      [receipt.number, payment.number],
      [receipt.gateway, payment.gatewayNames[shop.locale]],
      [receipt.terminal, shop.terminalId],
    ])),
  ]);
}
