/** What a customer display is given, and nothing else: no reasons, no names of people, no digits of a code. */
import type { Amount } from '../money/amount.ts';
import type { Instant, Locale, Wallet } from './types.ts';

/** One thing at a time, as the customer should see it. */
export type DisplayShows =
  /** The shop's name and the clock. */
  | { readonly kind: 'idle' }
  /** The light is out: nobody has been here for long. */
  | { readonly kind: 'dark' }
  /** An amount that is still being typed, or is on its way: nothing is asked of the customer yet. */
  | { readonly kind: 'amount'; readonly amount: Amount }
  /** The amount stands, and the customer's code is waited for. */
  | { readonly kind: 'pay'; readonly amount: Amount }
  /** A code to scan. `wallets`: those that surely can; empty where that isn't known. */
  | { readonly kind: 'code'; readonly amount: Amount; readonly qr: string; readonly until: Instant; readonly wallets: readonly Wallet[] }
  /** The customer is to confirm on the phone. */
  | { readonly kind: 'confirm'; readonly amount: Amount }
  | { readonly kind: 'cash'; readonly due: Amount; readonly received: Amount; readonly change: Amount }
  /** `receipt`: one is on its way out of the printer. */
  | { readonly kind: 'paid'; readonly amount: Amount; readonly receipt: boolean }
  | { readonly kind: 'notPaid'; readonly amount: Amount }
  /** Not known yet, being undone, or being closed. */
  | { readonly kind: 'checking'; readonly amount: Amount };

export interface CustomerDisplay {
  readonly shop: { readonly name: string; readonly locale: Locale; readonly timezone: string; readonly training: boolean };
  readonly shows: DisplayShows;
}
