/** `till find` and `till list`: what the journal holds, also beside a running till. */
import { totals } from '../core/journal/reading.ts';
import { shopDay } from '../core/time/day.ts';
import type { OpenReading } from '../host/reading.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { paymentFields, paymentText, type Output } from './output.ts';
import type { PaymentView } from '../core/contract/types.ts';

export function find(opened: OpenReading, reference: string, output: Output): number {
  const found = opened.reading.find(reference);
  for (const payment of found) printListed(payment, opened, output);
  return found.length > 0 ? exitCodes.done : exitCodes.notFound;
}

export function list(opened: OpenReading, day: string | undefined, output: Output): number {
  if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new CommandEnd(exitCodes.wrongUsage, `--day: not a day like 2026-11-21: ${day.slice(0, 40)}`);
  const { timezone, dayChangeHour } = opened.store;
  const payments = opened.reading.ofDay(day ?? shopDay(Date.now(), timezone, dayChangeHour));
  for (const payment of payments) printListed(payment, opened, output);
  const sums = totals(payments);
  output.line({ totals: sums }, sums.map((sum) => `${sum.gateway} ${sum.currency} ${sum.net}`).join('\n'));
  return exitCodes.done;
}

/** The fields of a pay line at the top level, and the payment's refunds, of which there can be none yet. */
function printListed(payment: PaymentView, opened: OpenReading, output: Output): void {
  const { locale } = opened.store;
  output.line({ ...paymentFields(payment, locale), refunds: [] }, paymentText(payment, locale));
}
