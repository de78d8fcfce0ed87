/** Codes that the shop shows: which of them could be paid now, and what happens when a payer scans one. */
import { declineToPay } from './behaviour.ts';
import { payerOf } from './codes.ts';
import type { Ledger } from './ledger.ts';
import type { GatewayId, Order, Refusal, Wallet } from './model.ts';

/** A shown order as somebody sees it who stands before the screen. */
export interface ShownNow {
  readonly gateway: GatewayId;
  readonly reference: string;
  /** What the QR code holds; null where the payer gets there in an app. */
  readonly qr: string | null;
  readonly amount: number;
  readonly currency: string;
  readonly subject: string;
  readonly wallets: readonly Wallet[];
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly scannedAt: number | null;
}

/** `scans`: opens it and decides later. */
export type ShownDeed = 'pays' | 'scans' | Refusal;

/** `unknown`: nobody's code. `ended`: paid, closed or expired. `wallet`: another wallet's code. */
export type ShownOutcome =
  | { readonly done: true; readonly gateway: GatewayId; readonly reference: string }
  | { readonly done: false; readonly why: 'unknown' | 'ended' | 'wallet' };

/** Newest first. */
export function shownNow(ledger: Ledger): ShownNow[] {
  return ledger.waiting().flatMap((order) => {
    if (order.shown === null) return [];
    const { gateway, reference, amount, currency, subject, createdAt } = order;
    const { content, wallets, expiresAt, scannedAt } = order.shown;
    return [{ gateway, reference, qr: content, amount, currency, subject, wallets, createdAt, expiresAt, scannedAt }];
  }).toReversed();
}

/** A payer scans a shown code and does something about it. Without a wallet, one that can read it. */
export function payShown(ledger: Ledger, order: Order | null, does: ShownDeed, wallet?: Wallet): ShownOutcome {
  if (order === null || order.shown === null) return { done: false, why: 'unknown' };
  if (order.state !== 'waiting') return { done: false, why: 'ended' };
  const chosen = wallet ?? order.shown.wallets[0] ?? order.wallet;
  if (!order.shown.wallets.includes(chosen)) return { done: false, why: 'wallet' };
  ledger.scan(order, chosen, payerOf(chosen, 'phone'));
  if (does === 'pays') ledger.charge(order);
  else if (does !== 'scans') declineToPay(order, does, ledger);
  return { done: true, gateway: order.gateway, reference: order.reference };
}
