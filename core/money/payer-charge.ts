/** What a payer was charged in a currency of their own: named by a gateway, shown with the sale, and in no total. */
import { amountDigits } from './amount.ts';
import type { Currency } from './currency.ts';

export interface PayerCharge {
  /** How much of `currency` one unit of the sale's is, as an exact decimal: `5.0154`; null where it wasn't named. */
  readonly rate: string | null;
  readonly currency: Currency;
  /** Minor units of `currency`; null where they weren't named. */
  readonly minor: number | null;
}

/** `1 AUD = 5.0154 CNY`; null where no rate was named. @param sale the sale's currency */
export function rateText(sale: Currency, { rate, currency }: PayerCharge): string | null {
  return rate === null ? null : `1 ${sale} = ${rate} ${currency}`;
}

/** `5.02 CNY`; null where no amount was named. The currency by its letters: a sign alone could be another's. */
export function chargeText({ minor, currency }: PayerCharge): string | null {
  return minor === null ? null : `${amountDigits({ minor, currency })} ${currency}`;
}
