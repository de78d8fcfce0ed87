/** `till find` and `till list`: what the journal holds, also beside a running till. */
import { message, messageText } from '../core/contract/messages.ts';
import type { Listed, ListedRefund } from '../core/journal/reading.ts';
import { paymentCounts, refundCounts, type PaymentRecord, type ReferenceRecord } from '../core/journal/storage.ts';
import { amountWithSign, makeAmount } from '../core/money/amount.ts';
import { shopDay } from '../core/time/day.ts';
import type { OpenReading } from '../host/reading.ts';
import { givenDay } from './day.ts';
import { exitCodes } from './exit.ts';
import { isoTime, paymentFields, paymentText, refundText, type Output } from './output.ts';
import { word } from './words.ts';

/** So many are printed of what a part or an amount finds. */
const foundMost = 100;

export function find(opened: OpenReading, text: string, output: Output): number {
  const { locale, currency } = opened.store;
  const found = opened.journal.snapshot(() => opened.reading.search(text, currency, foundMost + 1));
  const isMore = found.length > foundMost && found.every(({ exact }) => !exact);
  for (const { matched, exact, ...listed } of isMore ? found.slice(0, foundMost) : found) printListed(listed, opened, output, { matched, exact });
  const unreadable = opened.reading.unreadable();
  for (const record of unreadable) printUnreadable(record, opened, output);
  if (isMore) output.note(word('moreFound', locale, { n: String(foundMost) }));
  return found.length + unreadable.length > 0 ? exitCodes.done : exitCodes.notFound;
}

export function list(opened: OpenReading, day: string | undefined, output: Output): number {
  const { timezone, dayChangeHour } = opened.store;
  const wanted = day === undefined ? shopDay(Date.now(), timezone, dayChangeHour) : givenDay('--day', day);
  // One unchanging state: the totals are those of the lines above them, whatever a running till appends meanwhile.
  opened.journal.snapshot(() => {
    const { payments, totals, settled, outside } = opened.reading.day(wanted);
    for (const listed of payments) printListed(listed, opened, output);
    for (const record of opened.reading.unreadable()) printUnreadable(record, opened, output);
    const text = [
      ...totals.map((sum) => `${sum.gateway} ${sum.currency}  paid ${sum.paid}  refunded ${sum.refunded}  net ${sum.net}`),
      ...outside.map((sum) => `${sum.gateway} ${sum.currency}  given back elsewhere ${sum.minor} (${sum.count})`),
    ];
    output.line({ totals, ...(settled.length === 0 ? {} : { settled }), ...(outside.length === 0 ? {} : { outside }) }, text.join('\n'));
  });
  return exitCodes.done;
}

/** The fields of a pay line at the top level, what decides about the totals, and the payment's refunds. */
function printListed({ payment, counts, refunds }: Listed, opened: OpenReading, output: Output, found: Readonly<Record<string, unknown>> = {}): void {
  const { locale } = opened.store;
  const { day, tender, foreign, settled } = payment;
  const settledAs = settled?.as ?? null;
  const text = [paymentText(payment, locale), ...refunds.map(({ refund }) => `  ${refundText(refund, payment, locale)}`)].join('\n');
  output.line({ ...paymentFields(payment, locale), day, tender, foreign, settledAs, counts, refunds: refunds.map(refundEntry), ...found }, text);
}

/** What was last recorded of a payment that can't be read. How it ended isn't known; the totals have it as it was recorded. */
function printUnreadable(record: PaymentRecord, opened: OpenReading, output: Output): void {
  const { paymentId, number, gateway, saleRef, day, foreign, settledAs, startedAt } = record;
  const referenceOf = (kind: ReferenceRecord['kind']): string | null => record.references.find((one) => one.kind === kind)?.value ?? null;
  const amount = makeAmount(record.amountMinor, record.currency);
  const said = messageText(message('paymentUnreadable', { number }), opened.store.locale);
  const refunds = opened.journal.refunds({ paymentId }).map((one) => ({ refundRef: one.refundRef, state: one.state, amount: one.amountMinor, currency: one.currency, time: isoTime(one.startedAt), gatewayRefundRef: one.gatewayRefundRef, way: one.way, day: one.day, settledAs: one.settledAs, counts: refundCounts(one) }));
  output.line({
    time: isoTime(startedAt), paymentId, attemptRef: referenceOf('attemptRef'), gatewayRef: referenceOf('gatewayRef'), state: 'unknown', verdict: 'notKnownYet', amount: amount.minor, currency: amount.currency, gateway,
    message: said, number, saleRef, walletRef: referenceOf('walletRef'), day, foreign, settledAs, counts: paymentCounts(record), unreadable: true, refunds,
  }, `${isoTime(startedAt)}  ${number}  ${amountWithSign(amount)}  ${said}`);
}

function refundEntry({ refund, day, counts }: ListedRefund): Readonly<Record<string, unknown>> {
  const { refundRef, state, amount, reason, changedAt, gatewayRefundRef, way, settledAs } = refund;
  return { refundRef, state, amount: amount.minor, currency: amount.currency, reason, time: isoTime(changedAt), gatewayRefundRef, way, day, settledAs, counts };
}
