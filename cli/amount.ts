/** Reads the amounts of options: digits, at most as many decimals as the currency has; anything else is wrong usage. */
import { message, messageText } from '../core/contract/messages.ts';
import type { Locale } from '../core/contract/types.ts';
import { amountWithSign, makeAmount, maximumWholeDigits, parseAmount, type Amount } from '../core/money/amount.ts';
import { currencyDecimals, type Currency } from '../core/money/currency.ts';
import { CommandEnd, exitCodes } from './exit.ts';

/** More than nothing. */
export function amountOf(text: string, currency: Currency, locale: Locale): Amount {
  const parsed = parseAmount(text, currency);
  if (parsed.kind === 'amount') return parsed.amount;
  const said = parsed.problem === 'tooLarge'
    ? message('amountTooLarge', { max: amountWithSign(makeAmount(10 ** (maximumWholeDigits + currencyDecimals(currency)) - 1, currency)) })
    : message('amountInvalid', { key: JSON.stringify(text.slice(0, 40)), n: String(currencyDecimals(currency)) });
  throw new CommandEnd(exitCodes.wrongUsage, messageText(said, locale));
}

/** What lies in a drawer: may be nothing. */
export function drawerMinor(text: string, currency: Currency, locale: Locale): number {
  const parsed = parseAmount(text, currency);
  return parsed.kind === 'problem' && parsed.problem === 'zero' ? 0 : amountOf(text, currency, locale).minor;
}
