/** `till find` and `till list`: what the journal holds, also beside a running till. */
import type { Listed, ListedRefund } from '../core/journal/reading.ts';
import { shopDay } from '../core/time/day.ts';
import type { OpenReading } from '../host/reading.ts';
import { givenDay } from './day.ts';
import { exitCodes } from './exit.ts';
import { isoTime, paymentFields, paymentText, refundText, type Output } from './output.ts';

export function find(opened: OpenReading, reference: string, output: Output): number {
  const found = opened.journal.snapshot(() => opened.reading.find(reference));
  for (const listed of found) printListed(listed, opened, output);
  return found.length > 0 ? exitCodes.done : exitCodes.notFound;
}

export function list(opened: OpenReading, day: string | undefined, output: Output): number {
  const { timezone, dayChangeHour } = opened.store;
  const wanted = day === undefined ? shopDay(Date.now(), timezone, dayChangeHour) : givenDay('--day', day);
  // One unchanging state: the totals are those of the lines above them, whatever a running till appends meanwhile.
  opened.journal.snapshot(() => {
    const { payments, totals, settled, outside } = opened.reading.day(wanted);
    for (const listed of payments) printListed(listed, opened, output);
    const text = [
      ...totals.map((sum) => `${sum.gateway} ${sum.currency}  paid ${sum.paid}  refunded ${sum.refunded}  net ${sum.net}`),
      ...outside.map((sum) => `${sum.gateway} ${sum.currency}  given back elsewhere ${sum.minor} (${sum.count})`),
    ];
    output.line({ totals, ...(settled.length === 0 ? {} : { settled }), ...(outside.length === 0 ? {} : { outside }) }, text.join('\n'));
  });
  return exitCodes.done;
}

/** The fields of a pay line at the top level, what decides about the totals, and the payment's refunds. */
function printListed({ payment, counts, refunds }: Listed, opened: OpenReading, output: Output): void {
  const { locale } = opened.store;
  const { day, tender, foreign, settled } = payment;
  const settledAs = settled?.as ?? null;
  const text = [paymentText(payment, locale), ...refunds.map(({ refund }) => `  ${refundText(refund, payment, locale)}`)].join('\n');
  output.line({ ...paymentFields(payment, locale), day, tender, foreign, settledAs, counts, refunds: refunds.map(refundEntry) }, text);
}

function refundEntry({ refund, day, counts }: ListedRefund): Readonly<Record<string, unknown>> {
  const { refundRef, state, amount, reason, changedAt, gatewayRefundRef, way, settledAs } = refund;
  return { refundRef, state, amount: amount.minor, currency: amount.currency, reason, time: isoTime(changedAt), gatewayRefundRef, way, day, settledAs, counts };
}
