/** The rules about how attempts end: only an explicit word of the gateway, or a request that never left, ends one. */
import type { Findings } from '../findings.ts';
import type { Transmission, Word } from '../observations.ts';
import { isForgottenClose, openStates, sentTimes, type SeenAttempt } from './seen.ts';

/** Which states may follow which (DESIGN.md 4: forward only). */
const follows: Readonly<Record<string, readonly string[]>> = {
  comparing: ['comparing', 'paid', 'review'],
  submitting: ['submitting', 'comparing', 'waitingForPayer', 'unknown', 'reversing', 'paid', 'declined', 'reversed', 'review'],
  waitingForPayer: ['waitingForPayer', 'comparing', 'unknown', 'reversing', 'paid', 'declined', 'reversed', 'review'],
  unknown: ['unknown', 'comparing', 'waitingForPayer', 'reversing', 'paid', 'declined', 'reversed', 'review'],
  reversing: ['reversing', 'comparing', 'paid', 'declined', 'reversed', 'review'],
  paid: ['paid', 'review'],
  declined: ['declined', 'review'],
  reversed: ['reversed', 'review'],
  review: ['review', 'comparing', 'paid', 'declined', 'reversed', 'settled', 'lapsed'],
  lapsed: ['lapsed', 'review'],
  settled: ['settled', 'review'],
};

/** Between "doesn't exist" to a reversal and the query that may confirm it (CASES 19). */
const absenceProofMilliseconds = 15_000;

/** The longest that an attempt may hang without an outcome and without a person being called, while the till runs. */
const openMostMilliseconds = 420_000;

export class OutcomeRules {
  readonly #findings: Findings;
  readonly #now: () => number;

  constructor(findings: Findings, now: () => number) {
    this.#findings = findings;
    this.#now = now;
  }

  moved(attempt: SeenAttempt, before: string | null): void {
    const { state } = attempt;
    if (before === null) {
      const begins = attempt.gateway === 'cash' || attempt.isForeign ? 'paid' : 'submitting';
      if (state !== begins) this.#broken('moves go forward', attempt, `it began as ${state}`);
      return;
    }
    if (openStates.has(before) && before !== 'review') this.checkHanging(attempt);
    if (state === before) return;
    if (attempt.gateway === 'cash' && before === 'paid' && state === 'reversed') return;
    if (!(follows[before] ?? []).includes(state)) this.#broken('moves go forward', attempt, `${before} became ${state}`);
    if (state === 'paid' || state === 'comparing') this.#becamePaid(attempt);
    if (state === 'declined') this.#becameDeclined(attempt);
    if (state === 'reversed' && !lastSaid(attempt, ['undone', 'notPaid'])) this.#broken('money 2: only an explicit word ends', attempt, 'reversed without the gateway saying so');
  }

  /** Every automatic way ends within minutes: in an outcome, or with a person. */
  checkHanging(attempt: SeenAttempt): void {
    const open = this.#now() - attempt.openSince;
    if (open > openMostMilliseconds) this.#broken('liveness', attempt, `${attempt.state} for ${Math.round(open / 1000)} s`);
  }

  #becamePaid(attempt: SeenAttempt): void {
    if (!attempt.transmissions.some((sent, index) => saysPaid(sent, index))) this.#broken('told paid without money', attempt, 'no intact answer said paid');
    if (sentTimes(attempt, 'reverse') > 0 && !isForgottenClose(attempt)) this.#broken('CASES 15: paid after a reversal', attempt, 'it became paid although a reversal had left');
    if (attempt.acts.has('notWanted')) this.#broken('CASES 14: not wanted', attempt, 'it became paid although the customer had paid otherwise, and nobody is told');
    // Where nothing undoes a paid order, a person decides what becomes of money that comes after all.
    if (attempt.acts.has('gaveUp') && attempt.gateway !== 'shouqianba') this.#broken('CASES 15: paid after giving up', attempt, 'it became paid although the cashier had given it up');
  }

  #becameDeclined(attempt: SeenAttempt): void {
    if (lastSaid(attempt, ['notPaid', 'undone']) || refusedAtFirst(attempt) || neverLeft(attempt) || refusedUnseen(attempt) || provenAbsent(attempt)) return;
    const neverSent = attempt.transmissions.at(-1)?.end === 'neverSent';
    this.#broken(neverSent ? 'money 3: never sent' : 'money 2: only an explicit word ends', attempt, 'declined without an explicit word about the order');
  }

  #broken(rule: Parameters<Findings['broken']>[0], attempt: SeenAttempt, detail: string): void {
    this.#findings.broken(rule, attempt.reference, detail);
  }
}

/** True where an intact answer said one of these about the order itself. */
function lastSaid(attempt: SeenAttempt, words: readonly Word[]): boolean {
  return attempt.transmissions.some((sent) => sent.end === 'intact' && sent.word !== null && words.includes(sent.word));
}

/** "Paid before" counts as the answer to a repeat alone (CASES 5). */
function saysPaid(sent: Transmission, index: number): boolean {
  if (sent.end !== 'intact' || sent.call === 'reverse') return false;
  return sent.word === 'paid' || (sent.word === 'paidBefore' && index > 0);
}

/** A request whose access token was refused was not looked at: as if it had never left. */
function lookedAt(attempt: SeenAttempt): readonly Transmission[] {
  return attempt.transmissions.filter(({ word }) => word !== 'tokenRefused');
}

/** CASES 2: a refusal of the request is an end only as the answer to the first transmission. */
function refusedAtFirst(attempt: SeenAttempt): boolean {
  const first = lookedAt(attempt)[0];
  return (first?.call === 'pay' || first?.call === 'present') && first.end === 'intact' && first.word === 'refused' && lookedAt(attempt).filter(({ call }) => call === first.call).length === 1;
}

/** Something that isn't the gateway refused to make a code: nobody ever saw one, so nobody can have paid it. */
function refusedUnseen(attempt: SeenAttempt): boolean {
  return attempt.direction === 'show' && !attempt.wasOffered && lookedAt(attempt).length === 1 && lookedAt(attempt)[0]?.end === 'mangled';
}

/** Money rule 3: the only transmission never left, or waited for an access token that never came. */
function neverLeft(attempt: SeenAttempt): boolean {
  const sent = lookedAt(attempt);
  return (sent.length === 0 && attempt.gateway === 'omoney') || (sent.length === 1 && sent[0]?.end === 'neverSent');
}

/** CASES 19: the reversal and a query fifteen seconds later both said that there is no such order. */
function provenAbsent(attempt: SeenAttempt): boolean {
  const said = attempt.transmissions.filter((sent) => sent.end === 'intact' && sent.word === 'notFound');
  const reversal = said.find((sent) => sent.call === 'reverse');
  return reversal !== undefined && said.some((sent) => sent !== reversal && sent.sentAt - endOf(reversal) >= absenceProofMilliseconds);
}

function endOf(sent: Transmission): number {
  return sent.endedAt ?? Number.POSITIVE_INFINITY;
}
