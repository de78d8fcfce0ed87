/** Which payment a reference means: a whole one, and only where it means one payment alone (CASES 4). */
import type { JournalReader, PaymentRecord } from '../core/journal/storage.ts';

export type OnePayment =
  | { readonly kind: 'one'; readonly record: PaymentRecord }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly count: number };

/**
 * `isMeant` decides between several sales of one order number, of which one at a time can be paid (CASES 10). Any other
 * number that several payments have, the short one above all, means none of them.
 */
export function onePayment(journal: JournalReader, reference: string, isMeant: (record: PaymentRecord) => boolean): OnePayment {
  const found = journal.payments({ by: 'reference', value: reference });
  const [first] = found;
  if (first === undefined) return { kind: 'none' };
  if (found.length === 1) return { kind: 'one', record: first };
  if (!found.every((record) => record.saleRef === reference)) return { kind: 'several', count: found.length };
  const meant = found.filter(isMeant);
  const [one = found.at(-1)] = meant;
  return meant.length > 1 || one === undefined ? { kind: 'several', count: meant.length } : { kind: 'one', record: one };
}
