/** The evidence of one payment: its journal rows as lines that a person can read, repeats of one kind folded together. */
import type { TimelineEntry } from '../contract/types.ts';
import type { Outcome } from '../gateways/gateway.ts';
import { isPaymentRow, paymentEntry, printEvent, type PaymentEntry, type PrintEvent } from '../journal/journal.ts';
import type { JournalRow } from '../journal/storage.ts';
import type { PaymentEvent } from './events.ts';

type Line = Omit<TimelineEntry, 'sequence' | 'count'>;

/** All lines of a payment, oldest first. */
export function timeline(rows: readonly JournalRow[]): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let stateBefore = '';
  for (const row of rows) {
    const entry = isPaymentRow(row) ? paymentEntry(row) : null;
    const lines = entry === null ? printLines(printEvent(row), row.at) : paymentLines(entry, stateBefore);
    stateBefore = entry?.state ?? stateBefore;
    for (const line of lines) {
      const before = entries.at(-1);
      if (before?.what === line.what && before.detail === line.detail && line.what !== 'undoSent') {
        entries[entries.length - 1] = { ...before, count: before.count + 1 };
      } else {
        entries.push({ ...line, sequence: row.sequence, count: 1 });
      }
    }
  }
  return entries;
}

function paymentLines(entry: PaymentEntry, stateBefore: string): Line[] {
  const { event } = entry;
  const lines = eventLines(event);
  const at = event.time.wall;
  if (entry.send === 'query') lines.push({ at, by: 'till', what: 'asked', detail: null });
  if (entry.send === 'reverse') lines.push({ at, by: 'till', what: 'undoSent', detail: null });
  if (entry.send === 'pay' && event.type !== 'attemptCreated') lines.push({ at, by: 'till', what: 'repeated', detail: event.attemptRef });
  if (entry.state === 'review' && stateBefore !== 'review') lines.push({ at, by: 'unknown', what: 'handedToPerson', detail: null });
  return lines;
}

function eventLines(event: PaymentEvent): Line[] {
  const at = event.time.wall;
  switch (event.type) {
    case 'attemptCreated':
      return [
        { at, by: 'till', what: 'journaled', detail: null },
        { at, by: 'till', what: 'sent', detail: event.attemptRef },
      ];
    case 'answered':
      return [{ at, by: event.outcome.kind === 'unknown' ? 'unknown' : 'gateway', what: answerLine(event.outcome), detail: words(event.outcome) }];
    case 'notAnswered':
      return [{ at, by: 'unknown', what: event.how === 'neverSent' ? 'neverSent' : 'noAnswer', detail: `${(event.durationMilliseconds / 1000).toFixed(1)} s` }];
    case 'timerFired':
      return event.timer === 'deadline' ? [{ at, by: 'till', what: 'deadline', detail: null }] : [];
    case 'personActed':
      return event.act === 'askedNow' ? [] : [{ at, by: 'person', what: event.act, detail: null }];
    case 'takenUp':
      return [{ at, by: 'till', what: 'restarted', detail: null }];
  }
}

function answerLine(outcome: Outcome): TimelineEntry['what'] {
  switch (outcome.kind) {
    case 'paid':
      return 'answerPaid';
    case 'waiting':
      return 'answerWaiting';
    case 'declined':
      return 'answerDeclined';
    case 'reversed':
      return 'answerReversed';
    case 'notFound':
      return 'answerNotFound';
    case 'unknown':
      return 'answerUnknown';
  }
}

function words(outcome: Outcome): string | null {
  const said = [outcome.evidence.code, outcome.evidence.words].filter((text) => text !== null && text !== '');
  return said.length > 0 ? said.join(' · ') : null;
}

function printLines(event: PrintEvent, at: number): Line[] {
  if (event.type !== 'printEnded') return [];
  switch (event.how) {
    case 'printed':
      return [{ at, by: 'till', what: 'receiptPrinted', detail: null }];
    case 'interrupted':
      return [{ at, by: 'unknown', what: 'receiptInterrupted', detail: event.detail }];
    case 'notBegun':
    case 'dropped':
      return [];
  }
}
