/** The journal's payments and refunds as an outsider reads them: row by row from the disk, with nothing of the engine's own code. */
import type { JournalRow } from '../../core/journal/storage.ts';
import type { Word } from '../observations.ts';
import { isGone, isHeld, openRefundStates, openStates, sumOf, type SeenAttempt, type SeenRefund } from './seen.ts';

interface PaymentRow {
  readonly event: { readonly type: string; readonly attemptRef: string; readonly refundRef?: string } & Readonly<Record<string, unknown>>;
  readonly state: string;
  readonly send: string | null;
}

const paymentRows: ReadonlySet<string> = new Set([
  'attemptCreated', 'cashTaken', 'foreignFound', 'answered', 'notAnswered', 'timerFired', 'personActed', 'takenUp', 'cashReturned', 'settled', 'bookedElsewhere', 'gatewayRefEntered', 'notified', 'disputed',
  'refundCreated', 'refundAnswered', 'refundNotAnswered', 'refundTimerFired', 'refundAskedNow', 'refundTakenUp', 'refundSettled', 'refundBooked', 'refundNotified',
]);

export interface MirrorListener {
  /** An attempt has a new row; `before` is its state before it, null where it is new. */
  moved(attempt: SeenAttempt, before: string | null, row: JournalRow): void;
  /** A refund has a new row; `attemptBefore` is what its attempt was before it. */
  refundMoved(refund: SeenRefund, before: string | null, row: JournalRow, attemptBefore: string): void;
}

export class Mirror {
  readonly attempts = new Map<string, SeenAttempt>();
  readonly refunds = new Map<string, SeenRefund>();
  readonly ofPayment = new Map<string, SeenAttempt[]>();
  /** Attempts whose outcome is not known. */
  readonly open = new Set<SeenAttempt>();
  readonly openRefunds = new Set<SeenRefund>();
  /** Numbers of which this journal knew once, before an older copy took its place. */
  readonly lost = new Set<string>();
  readonly #now: () => number;
  readonly #listener: MirrorListener;

  constructor(now: () => number, listener: MirrorListener) {
    this.#now = now;
    this.#listener = listener;
  }

  /** Takes a row of a payment; false where it is none. */
  stored(row: JournalRow): boolean {
    if (!paymentRows.has(row.type)) return false;
    const { event, state, send } = JSON.parse(row.payload) as PaymentRow;
    if (event.refundRef === undefined) this.#attemptRow(row, event, state, send);
    else this.#refundRow(row, event, event.refundRef, state, send);
    return true;
  }

  /** An older copy took the journal's place: everything is read again, and what was seen on the wire and the screen stays seen. */
  replacedBy(rows: readonly JournalRow[]): void {
    const attempts = new Map(this.attempts);
    const refunds = new Map(this.refunds);
    for (const part of [this.attempts, this.refunds, this.ofPayment, this.open, this.openRefunds]) part.clear();
    for (const row of rows) this.stored(row);
    for (const [reference, before] of attempts) {
      const now = this.attempts.get(reference);
      if (now === undefined) this.lost.add(reference);
      else {
        now.transmissions.push(...before.transmissions);
        now.transmissionsRead = now.transmissions.length;
        now.toldPaid = before.toldPaid;
        now.hasForgotten = true;
        now.wasOffered = before.wasOffered;
      }
    }
    for (const [reference, before] of refunds) {
      const now = this.refunds.get(reference);
      if (now === undefined) this.lost.add(reference);
      else now.transmissions.push(...before.transmissions);
    }
  }

  /** The verdict as CASES 1 defines it, from the attempts' states alone. */
  verdict(paymentId: string): 'paid' | 'notPaid' | 'notKnownYet' {
    const attempts = this.ofPayment.get(paymentId) ?? [];
    if (attempts.some((attempt) => attempt.state === 'paid')) return 'paid';
    if (attempts.some((attempt) => openStates.has(attempt.state) || attempt.state === 'lapsed')) return 'notKnownYet';
    return attempts.some((attempt) => attempt.state === 'settled' && attempt.settledAs === 'paid') ? 'paid' : 'notPaid';
  }

  refundsOf(paymentId: string): readonly SeenRefund[] {
    return (this.ofPayment.get(paymentId) ?? []).flatMap((attempt) => attempt.refunds);
  }

  #attemptRow(row: JournalRow, event: PaymentRow['event'], state: string, send: string | null): void {
    const known = this.attempts.get(event.attemptRef);
    const before = known?.state ?? null;
    const attempt = known ?? this.#created(event, row);
    attempt.state = isCompared(row.type, state, send, before) ? state : 'comparing';
    if (row.type === 'gatewayRefEntered' || row.type === 'notified') attempt.hasClaim = true;
    const word = row.type === 'answered' ? wordIn(event, attempt) : null;
    if (word !== null) attempt.heard.add(word);
    // A word from before the till was away is old: only a new one says that nobody paid.
    if (row.type === 'answered' || row.type === 'notAnswered' || row.type === 'takenUp') {
      attempt.lastHeard = word;
      attempt.transmissionsRead = attempt.transmissions.length;
    }
    if (row.type === 'answered') attempt.isBeingPaid = saysBeingPaid(event);
    if (attempt.state !== 'reversed') attempt.undoneByRefunds = false;
    attempt.lapsedAt = state === 'lapsed' ? (attempt.lapsedAt ?? this.#now()) : null;
    if (row.type === 'settled') attempt.acts.add('settled');
    if (row.type === 'settled') attempt.settledAt = this.#now();
    if (row.type === 'settled' && state === 'settled') attempt.settledAs = event['as'] === 'paid' ? 'paid' : 'notPaid';
    if (attempt.state !== 'settled') attempt.settledAs = null;
    if (typeof event['act'] === 'string') act(attempt, event['act']);
    attempt.announced = announced(attempt, row, send);
    if (attempt.state === 'review') attempt.hasBeenInReview = true;
    else if (send === 'reverse' && !attempt.hasBeenInReview) attempt.reversals += 1;
    this.#keepOpen(attempt);
    this.#listener.moved(attempt, before, row);
  }

  #refundRow(row: JournalRow, event: PaymentRow['event'], refundRef: string, state: string, send: string | null): void {
    const attempt = this.attempts.get(event.attemptRef);
    if (attempt === undefined) throw new Error(`row ${row.sequence} is a refund of an unknown attempt`);
    const attemptBefore = attempt.state;
    const known = this.refunds.get(refundRef);
    const before = known?.state ?? null;
    const refund = known ?? this.#refundCreated(attempt, event, refundRef, row);
    refund.state = state;
    refund.number = numberIn(event) ?? refund.number;
    if (row.type === 'refundSettled' && state === 'settled') refund.settledAs = event['as'] === 'refunded' ? 'refunded' : 'notRefunded';
    if (state !== 'settled') refund.settledAs = null;
    refund.announced = announced({ gateway: attempt.gateway, announced: refund.announced }, row, send);
    if (!openRefundStates.has(state)) this.openRefunds.delete(refund);
    else if (!this.openRefunds.has(refund)) {
      this.openRefunds.add(refund);
      refund.openSince = this.#now();
    }
    // CASES 17: a review whose money went back in full is undone, until a recorded refund turns out not to have gone.
    const isGivenBack = sumOf(attempt.refunds, isGone) >= attempt.amountMinor;
    if (attempt.state === 'review' && isGivenBack) {
      attempt.state = 'reversed';
      attempt.undoneByRefunds = true;
    } else if (attempt.undoneByRefunds && !isGivenBack) {
      attempt.state = 'review';
      attempt.undoneByRefunds = false;
    }
    this.#keepOpen(attempt);
    this.#listener.refundMoved(refund, before, row, attemptBefore);
  }

  #keepOpen(attempt: SeenAttempt): void {
    if (!openStates.has(attempt.state)) this.open.delete(attempt);
    else if (!this.open.has(attempt)) {
      this.open.add(attempt);
      attempt.openSince = this.#now();
    }
  }

  #created(event: PaymentRow['event'], row: JournalRow): SeenAttempt {
    const attempt: SeenAttempt = {
      reference: event.attemptRef,
      paymentId: row.aggregate,
      gateway: row.type === 'cashTaken' ? 'cash' : String(event['gateway']),
      amountMinor: minorOf(event),
      direction: event['direction'] === 'show' ? 'show' : 'scan',
      saleRef: textOrNull(event['saleRef']),
      commandId: textOrNull(event['commandId']),
      operatorId: operatorOf(event),
      day: String(event['day']),
      hour: Number(event['hour']),
      isForeign: row.type === 'foreignFound',
      createdAt: this.#now(),
      createdSequence: row.sequence,
      state: '',
      settledAs: null,
      openSince: this.#now(),
      announced: { sequence: row.sequence, call: null, wasSent: false },
      reversals: 0,
      hasBeenInReview: false,
      undoneByRefunds: false,
      toldPaid: false,
      toldCode: null,
      toldQuiet: false,
      wasOffered: false,
      hasForgotten: false,
      settledAt: null,
      heard: new Set(),
      lastHeard: null,
      isBeingPaid: false,
      hasClaim: false,
      lapsedAt: null,
      acts: new Set(),
      refunds: [],
      transmissions: [],
      transmissionsRead: 0,
    };
    this.attempts.set(attempt.reference, attempt);
    const others = this.ofPayment.get(attempt.paymentId);
    if (others === undefined) this.ofPayment.set(attempt.paymentId, [attempt]);
    else others.push(attempt);
    return attempt;
  }

  #refundCreated(attempt: SeenAttempt, event: PaymentRow['event'], reference: string, row: JournalRow): SeenRefund {
    const refund: SeenRefund = {
      reference, attempt,
      amountMinor: minorOf(event),
      way: event['way'] === 'cash' ? 'cash' : event['way'] === 'outside' ? 'outside' : 'gateway',
      commandId: textOrNull(event['commandId']),
      operatorId: operatorOf(event),
      day: String(event['day']),
      hour: Number(event['hour']),
      isAutomatic: event['automatic'] === true,
      number: null,
      createdSequence: row.sequence,
      leftBeforeMinor: attempt.amountMinor - sumOf(attempt.refunds, isHeld),
      state: '',
      settledAs: null,
      isUndo: attempt.state !== 'paid',
      openSince: this.#now(),
      announced: { sequence: row.sequence, call: null, wasSent: false },
      transmissions: [],
    };
    attempt.refunds.push(refund);
    this.refunds.set(reference, refund);
    return refund;
  }
}

/** What waits for an access token has not left yet: other rows may come meanwhile, and take nothing back. */
function announced(before: Pick<SeenAttempt, 'gateway' | 'announced'>, row: JournalRow, send: string | null): SeenAttempt['announced'] {
  const isAnswer = /[aA]nswered$|[tT]akenUp$/.test(row.type);
  if (send === null && before.gateway === 'omoney' && !isAnswer && before.announced.call !== null && !before.announced.wasSent) return before.announced;
  return { sequence: row.sequence, call: send, wasSent: false };
}

function act(attempt: SeenAttempt, done: string): void {
  if (done === 'wantedAgain') attempt.acts.delete('notWanted');
  else attempt.acts.add(done);
}

/** False while an attempt that is journaled as paid waits for the query that compares its amount. */
function isCompared(type: string, state: string, send: string | null, before: string | null): boolean {
  // What was paid and compared, or counted as such, is only asked under a number that a person entered (CASES 22).
  if (state !== 'paid' || before === 'paid') return true;
  if (send === 'query') return false;
  return before !== 'comparing' || type === 'answered' || type === 'notAnswered' || type === 'takenUp';
}

/** By the wire where it was seen; in an older copy of the journal by what the row has. */
function wordIn(event: PaymentRow['event'], attempt: SeenAttempt): Word | null {
  const answer = attempt.transmissions.slice(attempt.transmissionsRead).findLast((sent) => sent.call === event['call'] && sent.endedAt !== null);
  if (answer !== undefined) return answer.end === 'intact' ? answer.word : null;
  const { kind } = event['outcome'] as { readonly kind: string };
  if (kind === 'paid') return 'paid';
  return kind === 'waiting' || kind === 'shown' ? 'waiting' : null;
}

/** As the row has it: the gateways here say so at random of whatever isn't paid. */
function saysBeingPaid(event: PaymentRow['event']): boolean {
  const { kind, payerIsThere } = event['outcome'] as { readonly kind: string; readonly payerIsThere?: boolean };
  return kind === 'waiting' && payerIsThere === true;
}

function minorOf(event: Readonly<Record<string, unknown>>): number {
  return (event['amount'] as { readonly minor: number }).minor;
}

/** The number that an answer gave; the till remembers it from its row. */
function numberIn(event: Readonly<Record<string, unknown>>): string | null {
  const outcome = event['outcome'] as { readonly refund?: { readonly gatewayRefundRef: string | null } } | undefined;
  return outcome?.refund?.gatewayRefundRef ?? null;
}

function operatorOf(event: Readonly<Record<string, unknown>>): string {
  return (event['by'] as { readonly operatorId: string }).operatorId;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
