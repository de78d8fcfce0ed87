/** What can be seen from outside the till: requests on the wire, the gateways' words, what people were told, paper. */

export type WireCall = 'pay' | 'present' | 'token' | 'query' | 'reverse' | 'refund' | 'queryRefund' | 'other';

/** What a gateway's own documents say an answer of it means for the money. */
export type Word =
  /** The money of this order is with the shop. */
  | 'paid'
  /** This number was paid before: as the answer to a first transmission it may be another's order (CASES 5). */
  | 'paidBefore'
  /** The payer may still pay. */
  | 'waiting'
  /** The order is over and no money was kept. */
  | 'notPaid'
  /** This request was refused before any order was made. Says something only as the answer to the first transmission. */
  | 'refused'
  /** The order was undone. */
  | 'undone'
  /** The gateway doesn't know the order. */
  | 'notFound'
  /** This refund went through. */
  | 'refunded'
  /** This refund was accepted, and has not arrived. */
  | 'refundPending'
  /** This request for a refund was refused. Says something only as the answer to the first transmission. */
  | 'refundRefused'
  /** This refund ended, and nothing was given back by it. */
  | 'refundFailed'
  /** The access token was refused, and the request was not looked at. */
  | 'tokenRefused'
  /** The gateway doesn't know the outcome, or can't say. */
  | 'unsure';

/** A request as its gateway's documents read it. */
export interface ReadRequest {
  readonly call: WireCall;
  /** Our order number; null where the request names none that the gateway knows. */
  readonly reference: string | null;
  readonly amountMinor: number | null;
  /** Our number of the refund that it is about; null where it is about the order. */
  readonly refund: string | null;
  readonly code: string | null;
  /** Terminal or merchant number that it is sent as. */
  readonly account: string;
}

/** An answer of a simulated gateway, with what it means. */
export interface ServedAnswer {
  readonly status: number;
  readonly body: string;
  readonly word: Word;
}

/** One request that the till handed to the network. */
export interface Transmission extends ReadRequest {
  readonly number: number;
  readonly process: number;
  readonly gateway: string;
  readonly sentAt: number;
  endedAt: number | null;
  /** `intact`: the gateway's own answer reached the till unchanged. */
  end: 'intact' | 'mangled' | 'lost' | 'neverSent' | null;
  /** What an intact answer said. */
  word: Word | null;
}

/** Hears of everything on the wire. */
export interface WireObserver {
  sending(transmission: Transmission): void;
  ended(transmission: Transmission): void;
}
