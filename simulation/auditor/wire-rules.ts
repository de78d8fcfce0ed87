/** The rules about what goes out: durable first, one at a time, never too early, never a second charge. */
import type { Assurance } from '../../core/contract/types.ts';
import type { Findings } from '../findings.ts';
import type { Transmission } from '../observations.ts';
import type { Mirror } from './mirror.ts';
import { askedByTheirNumber, isForgottenClose, knowsTheirNumber, openRefundStates, openStates, sentTimes, type SeenAttempt } from './seen.ts';

const reverseNotBeforeMilliseconds = 15_000;
const answerTimeoutMilliseconds = 15_000;
const repeatWithinMilliseconds = 45_000;

/** What the auditor knows of the till's process that runs now. */
export interface ProcessSeen {
  readonly number: number;
  readonly startedAt: number;
  /** What was open and no review when it started. */
  readonly leftOpen: readonly SeenAttempt[];
}

export class WireRules {
  readonly #mirror: Mirror;
  readonly #findings: Findings;
  readonly #assurances: (commandId: string | null) => readonly Assurance[];
  readonly #isAnothers: (reference: string) => boolean;
  readonly #ofCode = new Map<string, SeenAttempt[]>();
  #process: ProcessSeen = { number: 0, startedAt: 0, leftOpen: [] };
  /** When the journal was tried again last: what was in the air then is asked anew, beside the request that is out. */
  #retriedAt = -1;
  /** Requests for access tokens by this process: one that fails is as good as a question that fails. */
  #tokens: Transmission[] = [];
  /** Whom this process asked about under a number that isn't theirs. */
  readonly #askedByClaim = new Set<SeenAttempt>();
  /** As which terminal this process speaks; null until it spoke, and then nothing is claimed. */
  #account: string | null = null;

  constructor(mirror: Mirror, findings: Findings, assurances: (commandId: string | null) => readonly Assurance[], isAnothers: (reference: string) => boolean) {
    this.#mirror = mirror;
    this.#findings = findings;
    this.#assurances = assurances;
    this.#isAnothers = isAnothers;
  }

  processStarted(number: number, startedAt: number): void {
    const leftOpen = [...this.#mirror.open].filter((attempt) => attempt.state !== 'review');
    this.#account = null;
    this.#tokens = [];
    this.#askedByClaim.clear();
    this.#process = { number, startedAt, leftOpen };
  }

  /** An older copy of the journal came back: what it doesn't know is forgotten here too. */
  restored(): void {
    for (const [code, attempts] of this.#ofCode) this.#ofCode.set(code, attempts.flatMap((attempt) => this.#mirror.attempts.get(attempt.reference) ?? []));
  }

  journalRetried(at: number): void {
    this.#retriedAt = at;
  }

  /** True where the till's settings name the terminal that the attempt was begun under. */
  isOwn(attempt: SeenAttempt): boolean {
    return this.#account !== null && attempt.transmissions[0]?.account === this.#account;
  }

  sending(sent: Transmission): void {
    const { reference, call } = sent;
    // A token is about no order, and moves nothing.
    if (call === 'token') {
      this.#tokens.push(sent);
      return;
    }
    if (sent.gateway === 'shouqianba') this.#account = sent.account;
    const attempt = reference === null ? undefined : this.#mirror.attempts.get(reference);
    // Another till's receipt is looked up without a row: asking moves nothing (CASES 38).
    if (call === 'query' && (attempt === undefined || attempt.isForeign) && (reference === null || this.#isAnothers(reference))) return;
    if (attempt === undefined) {
      this.#findings.broken('money 1: durable before sent', String(reference), `${call} was sent, and the journal has no such attempt`);
      return;
    }
    const claimant = this.#claimant(attempt, sent);
    if (claimant !== null) {
      claimant.announced.wasSent = true;
      this.#askedByClaim.add(claimant);
      return;
    }
    this.#announcedFirst(attempt, sent);
    this.#oneAtATime(attempt, sent);
    const first = attempt.transmissions[0];
    if (first !== undefined && first.account !== sent.account) this.#findings.broken('CASES 6: identity', attempt.reference, `begun as ${first.account}, and ${call} was sent as ${sent.account}`);
    if (sent.amountMinor !== null && sent.amountMinor !== attempt.amountMinor) {
      this.#findings.broken('money 5: amounts', attempt.reference, `the journal has ${attempt.amountMinor}, the wire ${sent.amountMinor}`);
    }
    if (call === 'reverse') this.#reversal(attempt, sent);
    if ((call === 'pay' || call === 'present') && sentTimes(attempt, call) === 0) this.#firstPay(attempt, sent);
    else if (call === 'present') this.#repeatedPresent(attempt);
    else if (call === 'pay') this.#repeatedPay(attempt, sent);
    attempt.transmissions.push(sent);
  }

  /** Who asks under the gateway's number of another's order, because a notice claimed that it was theirs (CASES 22); null where nobody does. */
  #claimant(attempt: SeenAttempt, sent: Transmission): SeenAttempt | null {
    const { announced } = attempt;
    if (sent.call !== 'query' || !askedByTheirNumber.has(sent.gateway) || (announced.call === 'query' && !announced.wasSent)) return null;
    return [...this.#mirror.attempts.values()].find((other) => other.hasClaim && other.gateway === sent.gateway && other.announced.call === 'query' && !other.announced.wasSent) ?? null;
  }

  /** Money rule 1: the newest durable row of the attempt announces this very transmission, and no other did. */
  #announcedFirst(attempt: SeenAttempt, sent: Transmission): void {
    const { announced } = attempt;
    if (announced.call === sent.call && !announced.wasSent) {
      announced.wasSent = true;
      return;
    }
    const why = announced.wasSent ? 'was sent already' : `announces ${String(announced.call)}`;
    this.#findings.broken('money 1: durable before sent', attempt.reference, `${sent.call} was sent, but the newest durable row ${announced.sequence} ${why}`);
  }

  #oneAtATime(attempt: SeenAttempt, sent: Transmission): void {
    const out = attempt.transmissions.find((other) => other.endedAt === null && other.process === sent.process && other.sentAt > this.#retriedAt);
    if (out === undefined || (sent.call === 'query' && out.call === 'query' && mayBeAskedForRefund(attempt))) return;
    this.#findings.broken('CASES 7: one request at a time', attempt.reference, `${sent.call} was sent while ${out.call} was out`);
  }

  #reversal(attempt: SeenAttempt, sent: Transmission): void {
    const first = attempt.transmissions.find((other) => other.call === 'pay' || other.call === 'present');
    const earliest = Math.max(first?.sentAt ?? 0, first?.process === sent.process ? 0 : this.#process.startedAt) + reverseNotBeforeMilliseconds;
    if (sent.sentAt < earliest) this.#findings.broken('CASES 25: reversal too early', attempt.reference, `${earliest - sent.sentAt} ms before it might leave`);
    if (attempt.toldCode !== null && first?.process === sent.process) this.#findings.broken('shown codes', attempt.reference, 'its code is on the screen while it is being closed');
    if (attempt.toldPaid && !isForgottenClose(attempt)) this.#findings.broken('paid is never undone', attempt.reference, 'a reversal was sent after the cashier had been told paid');
    if (attempt.acts.has('settled')) this.#findings.broken('CASES 17: recorded', attempt.reference, 'a reversal was sent after a person had recorded how it ended');
    if (attempt.refunds.some((refund) => refund.transmissions.length > 0)) this.#findings.broken('CASES 18: reversal after a refund', attempt.reference, 'a reversal was sent after a refund');
    const refund = this.#mirror.refundsOf(attempt.paymentId).find((one) => openRefundStates.has(one.state) && one.way === 'gateway');
    if (refund !== undefined) this.#findings.broken('CASES 7: one request at a time', attempt.reference, `a reversal was sent while refund ${refund.reference} is ${refund.state}`);
    if (attempt.reversals > 6) this.#findings.broken('CASES 16: six reversals', attempt.reference, `${attempt.reversals} before any review`);
  }

  #firstPay(attempt: SeenAttempt, sent: Transmission): void {
    for (const other of this.#mirror.ofPayment.get(attempt.paymentId) ?? []) {
      if (other !== attempt && (openStates.has(other.state) || other.state === 'paid')) {
        this.#findings.broken('money 4: one live attempt', attempt.reference, `${other.reference} of the same payment is ${other.state}`);
      }
    }
    this.#sameCode(attempt, sent);
    this.#takenUpFirst(attempt, sent);
  }

  /** CASES 9: an open payment's code is never charged; a paid one's with the same amount only if a person said so. */
  #sameCode(attempt: SeenAttempt, sent: Transmission): void {
    if (sent.code === null) return;
    const others = this.#ofCode.get(sent.code) ?? [];
    for (const other of others) {
      const verdict = other.paymentId === attempt.paymentId ? 'notPaid' : this.#mirror.verdict(other.paymentId);
      if (verdict === 'notKnownYet') this.#findings.broken('CASES 9: same code', attempt.reference, `the code's payment ${other.paymentId} is open`);
      const saidAgain = this.#assurances(attempt.commandId).includes('chargeAgain');
      if (verdict === 'paid' && other.amountMinor === attempt.amountMinor && !saidAgain) {
        this.#findings.broken('CASES 9: same code', attempt.reference, `the code has paid this amount as ${other.paymentId}`);
      }
    }
    this.#ofCode.set(sent.code, [...others, attempt]);
  }

  /** Money rule 7, CASES 26: before anything new is sold, what was left open was asked once, or the time for it is over. */
  #takenUpFirst(attempt: SeenAttempt, sent: Transmission): void {
    if (sent.sentAt >= this.#process.startedAt + answerTimeoutMilliseconds) return;
    for (const left of this.#process.leftOpen) {
      if (!openStates.has(left.state) || left.state === 'review' || !knowsTheirNumber(left)) continue;
      const hadNoToken = left.gateway === 'omoney' && this.#tokens.some(({ endedAt }) => endedAt !== null);
      const wasAsked = hadNoToken || this.#askedByClaim.has(left) || left.transmissions.some((other) => other.process === sent.process && other.endedAt !== null);
      if (!wasAsked) this.#findings.broken('money 7: taken up first', attempt.reference, `sold before ${left.reference} had been asked`);
    }
  }

  /** A code is asked for once; once more where the request was not looked at for its token. */
  #repeatedPresent(attempt: SeenAttempt): void {
    const before = attempt.transmissions.filter((other) => other.call === 'present');
    if (before.length > 1 || before.some((other) => other.word !== 'tokenRefused')) this.#findings.broken('shown codes', attempt.reference, 'a code was asked for again');
  }

  /** CASES 21: the same bytes of money again only while the code is fresh, by the process that has it in memory. */
  #repeatedPay(attempt: SeenAttempt, sent: Transmission): void {
    const first = attempt.transmissions.find((other) => other.call === 'pay');
    if (first === undefined) return;
    const same = first.code === sent.code && first.amountMinor === sent.amountMinor && first.process === sent.process;
    const late = sent.sentAt - first.sentAt > repeatWithinMilliseconds;
    const given = attempt.acts.has('gaveUp') || attempt.acts.has('parked');
    if (attempt.gateway !== 'omipay' || !same || late || given) {
      this.#findings.broken('CASES 21: repeat', attempt.reference, `pay was sent again${same ? '' : ' with another code, amount or process'}${late ? ' too late' : ''}${given ? ' after giving up or parking' : ''}`);
    }
  }
}

/** OMoney is asked about a payment for its lost refund too, and the wire doesn't tell the two questions apart; neither moves money. */
function mayBeAskedForRefund({ gateway, refunds }: SeenAttempt): boolean {
  return gateway === 'omoney' && refunds.some(({ number, state }) => number === null && openRefundStates.has(state));
}
