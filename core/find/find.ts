/** One field for any reference, amount or last four digits: what was typed or scanned becomes one look-up of the journal. */
import type { FindHit, ListFilter, PaymentView } from '../contract/types.ts';
import type { FindQuery, FindRecord } from '../journal/storage.ts';
import { amountText, makeAmount, parseAmount } from '../money/amount.ts';
import type { Currency } from '../money/currency.ts';

/** Parts of references shorter than this would find half the journal. */
const shortestPart = 4;

/** The look-up of a text; `codeHash` where it may be a payment code. */
export function findQuery(text: string, filter: ListFilter, count: number, shop: { readonly currency: Currency; codeHash(text: string): string | null }): FindQuery {
  const wanted = text.trim();
  if (wanted === '') return { text: null, filter, count };
  const amount = parseAmount(wanted.replace(/^[¥￥]/, '').replaceAll(',', ''), shop.currency);
  return {
    text: {
      reference: wanted.length >= shortestPart && /^[\x21-\x7e]+$/.test(wanted) ? wanted : null,
      amountMinor: amount.kind === 'amount' ? amount.amount.minor : null,
      last4: /^[0-9]{4}$/.test(wanted) ? wanted : null,
      codeHash: shop.codeHash(wanted),
    },
    filter, count,
  };
}

/** What was found, with the place of what was typed in it. */
export function findHit(found: FindRecord, payment: PaymentView, typed: string): FindHit {
  const text = found.matched === 'amount' ? amountText(makeAmount(found.record.amountMinor, found.record.currency)) : found.text;
  const wanted = found.matched === 'amount' ? text : typed.trim();
  const at = placeOf(text, wanted);
  return { payment, matched: found.matched, text, from: Math.max(0, at), length: at < 0 ? text.length : wanted.length, exact: found.exact };
}

/** The beginning before the end, as the look-up has it. */
function placeOf(text: string, wanted: string): number {
  const whole = text.toLowerCase();
  const part = wanted.toLowerCase();
  if (whole.startsWith(part)) return 0;
  return whole.endsWith(part) ? whole.length - part.length : -1;
}
