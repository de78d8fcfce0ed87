/** A receipt to look at while its lines are written: this shop's paper, with a payment that never was. */
import type { ReceiptSettings } from '../contract/settings-types.ts';
import type { PaymentView } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import { paymentReceipt, type ReceiptShop } from '../receipt/payment-receipt.ts';
import type { Instant } from '../ports.ts';

/** What stands for the shop's own lines until their place is known; no shop writes it. */
const marker = '\u0000';

export function sampleReceipt(shop: Omit<ReceiptShop, 'header' | 'footer'>, sale: SampleSale): ReceiptSettings['sample'] {
  const { blocks } = paymentReceipt(samplePayment(shop, sale), { ...shop, header: [marker], footer: [marker] }, false);
  const isLine = (block: (typeof blocks)[number]): boolean => block.type === 'text' && block.text === marker;
  const first = blocks.findIndex(isLine);
  return { document: { blocks: blocks.filter((block) => !isLine(block)) }, headerAt: first, footerAt: blocks.findLastIndex(isLine) - 1 };
}

export interface SampleSale {
  readonly at: Instant;
  readonly currency: PaymentView['amount']['currency'];
  readonly gateway: string;
  readonly gatewayNames: PaymentView['gatewayNames'];
}

function samplePayment({ terminalId }: { readonly terminalId: string }, { at, currency, gateway, gatewayNames }: SampleSale): PaymentView {
  const none = makeAmount(0, currency);
  const amount = makeAmount(3850, currency);
  return {
    paymentId: 'sample', number: `${terminalId}-000000-0001`, saleRef: null, amount, state: 'paid', verdict: 'paid', open: false, quiet: false,
    gateway, gatewayNames, attemptRef: 'S0000000000000000000001', gatewayRef: '7800000000000001', walletRef: null, direction: 'scan', shownCode: null, orderNumberEntry: 'none', wallet: 'wechat', last4: '4417', charged: null, disputed: false,
    startedAt: at, changedAt: at, paidAt: at, declineReason: null, reviewReason: null, message: null, gatewayCode: null, gatewayWords: null,
    canUndo: false, gaveUp: false, parked: false, notWanted: false, questionSeconds: 30, deadlineSeconds: 45, asked: 0, nextAt: null, undoTries: 0, undoTriesMost: 6,
    receipt: 'none', likelyDuplicateOf: null, supportPhone: null, day: '', tender: 'gateway', cash: null, operator: { operatorId: terminalId, name: terminalId },
    foreign: false, settled: null, refunds: [], refundable: { left: amount, refunded: none, open: none, wholeOnly: false, refusal: null, outsideAllowed: false },
  };
}
