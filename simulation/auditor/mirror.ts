/** The journal as an outsider reads it: row by row from the disk, with nothing of the engine's own code. */
import type { JournalRow } from '../../core/journal/storage.ts';
import type { Transmission, WireCall } from '../observations.ts';

export interface SeenAttempt {
  readonly reference: string;
  readonly paymentId: string;
  readonly gateway: string;
  readonly amountMinor: number;
  readonly saleRef: string | null;
  readonly commandId: string | null;
  readonly createdAt: number;
  state: string;
  /** When it last became open, or was open at a start; what is open too long breaks the liveness rule. */
  openSince: number;
  /** The newest row, the call it announces, and whether that call was seen on the wire already. */
  announced: { readonly sequence: number; readonly call: string | null; wasSent: boolean };
  /** Reversals announced before the first review. */
  reversals: number;
  hasBeenInReview: boolean;
  toldPaid: boolean;
  /** What people said about it: acts that hold until they are taken back. */
  readonly acts: Set<string>;
  readonly transmissions: Transmission[];
}

export interface PrintRow {
  readonly type: string;
  readonly jobId: string;
  readonly kind?: string;
  readonly how?: string;
}

interface PaymentRow {
  readonly event: { readonly type: string; readonly attemptRef: string } & Record<string, unknown>;
  readonly state: string;
  readonly send: string | null;
}

/** `comparing`: the gateway said paid without naming an amount, and a query that compares it is out (CASES 23). */
export const openStates: ReadonlySet<string> = new Set(['comparing', 'submitting', 'waitingForPayer', 'unknown', 'reversing', 'review']);
const paymentRows: ReadonlySet<string> = new Set(['attemptCreated', 'answered', 'notAnswered', 'timerFired', 'personActed', 'takenUp']);

export interface MirrorListener {
  /** An attempt has a new row; `before` is its state before it, null where it is new. */
  moved(attempt: SeenAttempt, before: string | null, row: JournalRow): void;
  printed(paymentId: string, row: PrintRow): void;
}

export class Mirror {
  readonly attempts = new Map<string, SeenAttempt>();
  readonly ofPayment = new Map<string, SeenAttempt[]>();
  /** Attempts whose outcome is not known. */
  readonly open = new Set<SeenAttempt>();
  readonly #now: () => number;
  readonly #listener: MirrorListener;

  constructor(now: () => number, listener: MirrorListener) {
    this.#now = now;
    this.#listener = listener;
  }

  stored(row: JournalRow): void {
    if (!paymentRows.has(row.type)) {
      if (row.type.startsWith('print')) this.#listener.printed(row.aggregate, JSON.parse(row.payload) as PrintRow);
      return;
    }
    const { event, state, send } = JSON.parse(row.payload) as PaymentRow;
    const known = this.attempts.get(event.attemptRef);
    const before = known?.state ?? null;
    const attempt = known ?? this.#created(event, row);
    attempt.state = isCompared(row.type, state, send, before) ? state : 'comparing';
    if (typeof event['act'] === 'string') act(attempt, event['act']);
    attempt.announced = { sequence: row.sequence, call: send, wasSent: false };
    if (attempt.state === 'review') attempt.hasBeenInReview = true;
    else if (send === 'reverse' && !attempt.hasBeenInReview) attempt.reversals += 1;
    if (!openStates.has(attempt.state)) this.open.delete(attempt);
    else if (!this.open.has(attempt)) {
      this.open.add(attempt);
      attempt.openSince = this.#now();
    }
    this.#listener.moved(attempt, before, row);
  }

  /** The verdict as CASES 1 defines it, from the attempts' states alone. */
  verdict(paymentId: string): 'paid' | 'notPaid' | 'notKnownYet' {
    const states = (this.ofPayment.get(paymentId) ?? []).map((attempt) => attempt.state);
    if (states.includes('paid')) return 'paid';
    return states.some((state) => openStates.has(state)) ? 'notKnownYet' : 'notPaid';
  }

  #created(event: PaymentRow['event'], row: JournalRow): SeenAttempt {
    const amount = event['amount'] as { readonly minor: number };
    const attempt: SeenAttempt = {
      reference: event.attemptRef,
      paymentId: row.aggregate,
      gateway: String(event['gateway']),
      amountMinor: amount.minor,
      saleRef: textOrNull(event['saleRef']),
      commandId: textOrNull(event['commandId']),
      createdAt: this.#now(),
      state: '',
      openSince: this.#now(),
      announced: { sequence: row.sequence, call: null, wasSent: false },
      reversals: 0,
      hasBeenInReview: false,
      toldPaid: false,
      acts: new Set(),
      transmissions: [],
    };
    this.attempts.set(attempt.reference, attempt);
    const others = this.ofPayment.get(attempt.paymentId);
    if (others === undefined) this.ofPayment.set(attempt.paymentId, [attempt]);
    else others.push(attempt);
    return attempt;
  }
}

function act(attempt: SeenAttempt, done: string): void {
  if (done === 'wantedAgain') attempt.acts.delete('notWanted');
  else attempt.acts.add(done);
}

/** False while an attempt that is journaled as paid waits for the query that compares its amount. */
function isCompared(type: string, state: string, send: string | null, before: string | null): boolean {
  if (state !== 'paid') return true;
  if (send === 'query') return false;
  return before !== 'comparing' || type === 'answered' || type === 'notAnswered' || type === 'takenUp';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** How often a call of an attempt was seen on the wire. */
export function sentTimes(attempt: SeenAttempt, call: WireCall): number {
  let count = 0;
  for (const transmission of attempt.transmissions) if (transmission.call === call) count += 1;
  return count;
}
