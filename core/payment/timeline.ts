/** The evidence of one payment: its journal rows as lines that a person can read, repeats of one kind folded together. */
import type { TimelineEntry } from '../contract/types.ts';
import type { Outcome } from '../gateways/gateway.ts';
import { isAboutRefund, isPaymentRow, paymentEntry, printEvent, type PaymentEntry, type PrintEvent } from '../journal/journal.ts';
import type { JournalRow } from '../journal/storage.ts';
import type { RefundEvent } from '../refund/events.ts';
import type { ApprovedEvent } from '../staff/approval.ts';
import type { AttemptEvent, AttemptCreated, CashTaken, ForeignFound } from './events.ts';

/** A line before it is counted and numbered; what is left out is null. */
type Line = Pick<TimelineEntry, 'at' | 'by' | 'what' | 'detail'> & Partial<Pick<TimelineEntry, 'person' | 'refundRef' | 'amount'>>;

/** All lines of a payment, oldest first. */
export function timeline(rows: readonly JournalRow[]): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const statesBefore = new Map<string, string>();
  for (const row of rows) {
    for (const line of linesOf(row, statesBefore)) {
      const before = entries.at(-1);
      if (before?.what === line.what && before.detail === line.detail && line.what !== 'undoSent') {
        entries[entries.length - 1] = { ...before, count: before.count + 1 };
      } else {
        entries.push({ person: null, refundRef: null, amount: null, ...line, sequence: row.sequence, count: 1 });
      }
    }
  }
  return entries;
}

function linesOf(row: JournalRow, statesBefore: Map<string, string>): Line[] {
  if (row.type === 'approved') return [approvedLine(JSON.parse(row.payload) as ApprovedEvent)];
  if (!isPaymentRow(row)) return row.type.startsWith('print') ? printLines(printEvent(row), row.at) : [];
  const entry = paymentEntry(row);
  const subject = isAboutRefund(entry.event) ? entry.event.refundRef : entry.event.attemptRef;
  const before = statesBefore.get(subject) ?? '';
  statesBefore.set(subject, entry.state);
  return paymentLines(entry, before);
}

function paymentLines(entry: PaymentEntry, stateBefore: string): Line[] {
  const { event } = entry;
  if (isAboutRefund(event)) return refundLines(entry, event, stateBefore);
  const lines = eventLines(event);
  const at = event.time.wall;
  if (entry.send === 'query') lines.push({ at, by: 'till', what: 'asked', detail: null });
  if (entry.send === 'reverse') lines.push({ at, by: 'till', what: 'undoSent', detail: null });
  if ((entry.send === 'pay' || entry.send === 'present') && event.type !== 'attemptCreated') lines.push({ at, by: 'till', what: 'repeated', detail: event.attemptRef });
  if (entry.state === 'lapsed' && stateBefore !== 'lapsed') lines.push({ at, by: 'till', what: 'lapsed', detail: null });
  if (entry.state === 'review' && stateBefore !== 'review') lines.push({ at, by: 'unknown', what: stateBefore === 'settled' ? 'reopened' : 'handedToPerson', detail: null });
  return lines;
}

function eventLines(event: AttemptCreated | CashTaken | ForeignFound | AttemptEvent): Line[] {
  const at = event.time.wall;
  switch (event.type) {
    case 'attemptCreated':
      return [
        { at, by: 'till', what: 'journaled', detail: null, person: event.by.name },
        { at, by: 'till', what: event.direction === 'show' ? 'codeAsked' : 'sent', detail: event.attemptRef },
      ];
    case 'cashTaken':
      return [{ at, by: 'person', what: 'cashTaken', detail: event.attemptRef, person: event.by.name, amount: event.amount }];
    case 'foreignFound':
      return [{ at, by: 'gateway', what: 'foundElsewhere', detail: event.attemptRef, person: event.by.name, amount: event.amount }];
    case 'cashReturned':
      return [{ at, by: 'person', what: 'cashReturned', detail: null, person: event.by.name }];
    case 'settled':
      return [{ at, by: 'person', what: event.as === 'paid' ? 'settledPaid' : 'settledNotPaid', detail: event.sentence, person: event.by.name }];
    case 'gatewayRefEntered':
      return [{ at, by: 'person', what: 'numberEntered', detail: event.gatewayRef, person: event.by.name }];
    case 'disputed':
      return [{ at, by: 'unknown', what: 'disputed', detail: event.words }];
    case 'bookedElsewhere':
    case 'notified':
      return [];
    case 'answered':
      return [{ at, by: event.outcome.kind === 'unknown' ? 'unknown' : 'gateway', what: answerLine(event.outcome), detail: words(event.outcome) }];
    case 'notAnswered':
      return [{ at, by: 'unknown', what: event.how === 'neverSent' ? 'neverSent' : 'noAnswer', detail: `${(event.durationMilliseconds / 1000).toFixed(1)} s` }];
    case 'timerFired':
      return event.timer === 'deadline' ? [{ at, by: 'till', what: 'deadline', detail: null }] : [];
    case 'personActed':
      return event.act === 'askedNow' ? [] : [{ at, by: 'person', what: event.act, detail: null, person: event.by.name }];
    case 'takenUp':
      return [{ at, by: 'till', what: 'restarted', detail: null }];
  }
}

function refundLines(entry: PaymentEntry, event: RefundEvent, stateBefore: string): Line[] {
  const { refundRef } = event;
  const at = event.time.wall;
  const lines = refundEventLines(event);
  if (entry.send === 'queryRefund') lines.push({ at, by: 'till', what: 'refundAsked', detail: null });
  if (entry.send === 'refund' && event.type !== 'refundCreated') lines.push({ at, by: 'till', what: 'refundRepeated', detail: refundRef });
  if (entry.state === 'review' && stateBefore !== 'review') lines.push({ at, by: 'unknown', what: 'refundHandedToPerson', detail: null });
  return lines.map((line) => ({ ...line, refundRef }));
}

function refundEventLines(event: RefundEvent): Line[] {
  const at = event.time.wall;
  switch (event.type) {
    case 'refundNotified':
      return [];
    case 'refundCreated':
      return refundCreatedLines(event);
    case 'refundAnswered':
      return [{ at, by: event.outcome.kind === 'unknown' ? 'unknown' : 'gateway', what: answerLine(event.outcome), detail: words(event.outcome) }];
    case 'refundNotAnswered':
      return [{ at, by: 'unknown', what: event.how === 'neverSent' ? 'neverSent' : 'noAnswer', detail: `${(event.durationMilliseconds / 1000).toFixed(1)} s` }];
    case 'refundSettled':
      return [{ at, by: 'person', what: 'refundSettled', detail: event.sentence, person: event.by.name }];
    case 'refundTakenUp':
      return [{ at, by: 'till', what: 'restarted', detail: null }];
    case 'refundTimerFired':
    case 'refundAskedNow':
    case 'refundBooked':
      return [];
  }
}

function refundCreatedLines(event: Extract<RefundEvent, { type: 'refundCreated' }>): Line[] {
  const { by, reason, amount, refundRef } = event;
  const at = event.time.wall;
  const who = { by: event.automatic ? 'till' : 'person', person: event.automatic ? null : by.name, amount, detail: reason } as const;
  switch (event.way) {
    case 'gateway':
      return [{ at, what: 'refundJournaled', ...who }, { at, by: 'till', what: 'refundSent', detail: refundRef }];
    case 'cash':
      return [{ at, what: 'refundCash', ...who }];
    case 'outside':
      return [{ at, what: 'refundOutside', ...who }];
  }
}

function approvedLine(event: ApprovedEvent): Line {
  return { at: event.time.wall, by: 'person', what: 'approved', detail: null, person: event.by.name, refundRef: event.refundRef, amount: null };
}

function answerLine(outcome: Outcome): TimelineEntry['what'] {
  switch (outcome.kind) {
    case 'paid':
      return 'answerPaid';
    case 'shown':
      return 'codeShown';
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
    case 'refunded':
      return 'refundDone';
    case 'refundPending':
      return 'refundAccepted';
    case 'refundDeclined':
      return 'refundRefused';
  }
}

function words(outcome: Outcome): string | null {
  const said = [outcome.evidence.code, outcome.evidence.words].filter((text) => text !== null && text !== '');
  return said.length > 0 ? said.join(' · ') : null;
}

function printLines(event: PrintEvent, at: number): Line[] {
  // A printed code is no receipt: the line would say that there is one.
  if (event.type !== 'printEnded' || event.jobId.startsWith('code.')) return [];
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
