/** The words of the simulator: gateways, calls, wallets, orders and what happened to them. */

export const gatewayIds = ['shouqianba', 'omipay', 'ums', 'omoney', 'aggregator'] as const;
export type GatewayId = (typeof gatewayIds)[number];

/** `pay` takes a scanned code, `present` makes an order for the payer to scan or open; `notify` is the gateway's own call to the shop. */
export const callNames = [
  'pay', 'present', 'query', 'cancel', 'refund', 'queryRefund', 'secureComplete', 'secureCancel', 'rate', 'activate', 'checkin', 'token', 'methods', 'notify',
] as const;
export type CallName = (typeof callNames)[number];

export const wallets = ['wechat', 'alipay', 'unionpay'] as const;
export type Wallet = (typeof wallets)[number];

/** Why a wallet did not pay. Each gateway has its own word for it, or the nearest that its document lists. */
export const refusals = [
  'insufficient', 'expired', 'used', 'badCode', 'payerCancelled', 'overLimit', 'overDayLimit', 'cardNotSupported', 'failed', 'timedOut',
] as const;
export type Refusal = (typeof refusals)[number];

/**
 * `error`: failed, and the gateway is not sure of it yet (Shouqianba's PAY_ERROR).
 * `cancelled`: ended by the shop, before or after the money moved.
 */
export type OrderState = 'waiting' | 'paid' | 'refused' | 'error' | 'cancelled' | 'partlyRefunded' | 'refunded';

/**
 * How far a refund is: Omipay's nine words (section 3.11), and `unsure`, where the gateway doesn't know (Shouqianba's REFUND_ERROR).
 * Shouqianba has fewer words and says the nearest.
 */
export const refundStates = [
  'applied', 'merchantConfirmed', 'organizationConfirmed', 'organizationPayback', 'closed',
  'merchantRejected', 'timeoutClosed', 'organizationFailed', 'customerCancelled', 'unsure',
] as const;
export type RefundState = (typeof refundStates)[number];

/** `open`: its amount is held, and can't be refunded again. `failed`: its amount is the shop's once more. */
export type RefundPhase = 'open' | 'done' | 'failed';

export interface RefundEntry {
  /** The shop's refund number. Not unique at Omipay, which promises no idempotency. */
  readonly reference: string;
  readonly gatewayNumber: string;
  /** In minor units of the order's currency. */
  readonly amount: number;
  /** The terminal that asked for it. */
  readonly terminal: string;
  /** When the gateway took it. */
  readonly at: number;
  state: RefundState;
  phase: RefundPhase;
  /** When the money was in the payer's wallet again. */
  backAt: number | null;
  /** When it was done or had failed. */
  endedAt: number | null;
  /** Every state that it was in, with its beginning. */
  readonly steps: { readonly state: RefundState; readonly at: number }[];
}

/** How often each call named this order, also before the order existed. */
export interface CallCounts {
  pay: number;
  present: number;
  query: number;
  cancel: number;
  refund: number;
  queryRefund: number;
}

/** What a gateway gave the shop to show, for an order that waits for whoever scans it. */
export interface ShownCode {
  /** What the QR code holds; null where the payer gets there in an app or by a link that is no code. */
  readonly content: string | null;
  /** Whose scanner can read it. */
  readonly wallets: readonly Wallet[];
  /** From then on nobody can pay it; null: it lives for good. */
  readonly expiresAt: number | null;
  /** When a payer first opened it. */
  scannedAt: number | null;
}

export interface Order {
  readonly gateway: GatewayId;
  readonly reference: string;
  readonly gatewayNumber: string;
  readonly tradeNumber: string;
  /** The payment code that was scanned; of a shown order the scripted code that it plays, or empty. */
  readonly code: string;
  /** Of a shown order: the first that could pay it, until somebody scans it. */
  wallet: Wallet;
  payer: string;
  readonly amount: number;
  readonly currency: string;
  readonly subject: string;
  readonly operator: string;
  readonly reflect: string;
  readonly notifyUrl: string | null;
  /** The terminal that made it: ours, or another till's (CASES 38). */
  readonly terminal: string;
  readonly createdAt: number;
  /** Null where the shop scanned the payer's code. */
  readonly shown: ShownCode | null;
  /** What one gateway alone keeps of it. */
  readonly extras: Record<string, Json>;
  state: OrderState;
  /** Why it wasn't paid; of a shown order that still waits, why its last payer didn't. */
  refusal: Refusal | null;
  paidAt: number | null;
  endedAt: number | null;
  /** How often money was taken for this order. More than once would be the simulator's own fault. */
  timesCharged: number;
  wrongPasswords: number;
  readonly refunds: RefundEntry[];
  readonly counts: CallCounts;
}

export interface Totals {
  readonly gateway: GatewayId;
  readonly currency: string;
  /** All that was ever taken. */
  readonly charged: number;
  /** Given back by a cancel. */
  readonly cancelled: number;
  /** Refunds that are done. */
  readonly refunded: number;
  /** Refunds that were taken and have not ended. */
  readonly refundsOpen: number;
  /** What the shop has, with open refunds not yet taken off. */
  readonly net: number;
}

export interface Books {
  readonly orders: readonly Order[];
  readonly totals: readonly Totals[];
  /** Refund numbers of one order that were booked more than once, failed ones aside: what a till must never bring about. */
  readonly doubleRefunds: readonly { readonly gateway: GatewayId; readonly reference: string; readonly refundReference: string; readonly times: number }[];
  /** References that were asked for or cancelled and are not booked. */
  readonly strangers: readonly { readonly gateway: GatewayId; readonly reference: string; readonly counts: Readonly<CallCounts> }[];
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface LoggedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly gateway: GatewayId;
  readonly call: CallName;
  /** The shop's order number, where the request or the order that it names has one. */
  readonly reference: string | null;
  /** The parsed body (Shouqianba) or query string (Omipay); null where it could not be parsed. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** What the script or rule did to it. */
  readonly fault: string | null;
  /** The gateway's refusal of the request itself (signature, fields), if it was refused. */
  readonly refusedAs: string | null;
}
