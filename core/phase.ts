/** Whether anything may be begun now: what was left open is taken up first, and a journal that can't be used stops the till. */
import { message, type Message } from './contract/messages.ts';
import type { TillStatus } from './contract/types.ts';
import { verifyChain } from './journal/chain.ts';
import type { Journal } from './journal/journal.ts';
import { JournalUnavailable } from './journal/storage.ts';
import type { TillLights } from './lights.ts';
import { isOpen } from './payment/payment.ts';
import type { PaymentRunner } from './payment/runner.ts';
import { isEnded } from './payment/state.ts';
import type { Clock, Log } from './ports.ts';

export interface TillPhasePorts {
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly lights: TillLights;
  readonly clock: Clock;
  readonly log: Log;
  /** The frame of the screens shows something else now. */
  changed(): void;
}

/** The newest rows are checked before anything is sold; a worker checks the rest (CASES 30). */
const chainRowsAtStart = 500;

const journalMessages = { notWritable: 'journalNotWritable', inUse: 'journalInUse', broken: 'journalBroken', newer: 'journalNewer', older: 'journalOlder', settingsLost: 'journalNotWritable' } as const;

export class TillPhase {
  private readonly ports: TillPhasePorts;
  private name: TillStatus['phase'] = 'recovering';
  private why: Message | null = null;
  /** The chain doesn't add up: nothing else that happens makes it whole. */
  private isBroken = false;
  /** Nothing is begun any more; what is open stays in the journal (CASES 31). */
  private isEnding = false;
  private recovery = { open: 0, asked: 0 };
  private readonly waitingForFirstAnswers = new Set<string>();
  private recovered: (() => void) | null = null;
  private cancelLimit: () => void = () => undefined;

  constructor(ports: TillPhasePorts) {
    this.ports = ports;
  }

  status(): Pick<TillStatus, 'phase' | 'stopMessage' | 'recovery'> {
    return { phase: this.name, stopMessage: this.why, recovery: this.recovery };
  }

  /** True where the chain was found broken: such a journal speaks for nothing outside the home either. */
  journalIsBroken(): boolean {
    return this.isBroken;
  }

  end(): void {
    this.isEnding = true;
  }

  // ---- what may be done

  /** Why nothing that moves money may begin now; null where it may. */
  notNow(): Message | null {
    if (this.isEnding) return message('tillEnding');
    return this.stopped() ?? (this.name === 'recovering' ? message('recovering') : null);
  }

  /** Why nobody can act on what is open either; null while it is being recovered, and after. */
  noActs(): Message | null {
    return this.stopped() ?? (this.isEnding ? message('tillEnding') : null);
  }

  /** Why the till is stopped or ends; null where it isn't, also while it is still asking about what was open. */
  stopped(): Message | null {
    return this.name === 'stopped' ? (this.why ?? message('journalNotWritable')) : null;
  }

  // ---- recovery

  /**
   * Takes up every open attempt, and lets selling begin once each but the reviews was asked, or its answer's time is up
   * (money rule 7, CASES 26). The first requests leave before this returns.
   */
  takeUpOpen(): Promise<void> {
    const { runner } = this.ports;
    this.name = 'recovering';
    this.waitingForFirstAnswers.clear();
    const done = new Promise<void>((resolve) => {
      this.recovered = resolve;
    });
    runner.takeUp();
    let longestSeconds = 0;
    for (const payment of runner.active()) {
      for (const attempt of payment.attempts) {
        if (isEnded(attempt) || attempt.name === 'review' || attempt.inFlight === null) continue;
        this.waitingForFirstAnswers.add(attempt.created.attemptRef);
        longestSeconds = Math.max(longestSeconds, attempt.created.policy.answerTimeoutSeconds);
      }
    }
    this.limitRecovery(longestSeconds);
    this.recovery = { open: this.waitingForFirstAnswers.size, asked: 0 };
    this.finishRecovery();
    return done;
  }

  /** A request that had to wait for its access token first may take longer than its answer alone: selling doesn't wait for that. */
  private limitRecovery(seconds: number): void {
    this.cancelLimit();
    if (this.waitingForFirstAnswers.size === 0) return;
    this.cancelLimit = this.ports.clock.after(seconds * 1000, () => {
      this.waitingForFirstAnswers.clear();
      if (this.name === 'recovering') this.finishRecovery();
    });
  }

  /** An attempt's request was answered, or its time is up: the first one after a start counts. */
  answered(attemptRef: string): void {
    if (!this.waitingForFirstAnswers.delete(attemptRef)) return;
    this.recovery = { ...this.recovery, asked: this.recovery.asked + 1 };
    this.finishRecovery();
  }

  private finishRecovery(): void {
    if (this.waitingForFirstAnswers.size > 0) {
      this.ports.changed();
      return;
    }
    this.cancelLimit();
    if (this.name === 'recovering') this.set('ready', null);
    this.letGo();
  }

  private letGo(): void {
    this.recovered?.();
    this.recovered = null;
  }

  // ---- the journal

  /** Money rule 10 at start: the newest rows before anything is sold. False where the journal is broken. */
  checkChain(): boolean {
    const { reader } = this.ports.journal;
    const after = Math.max(0, reader.head().sequence - chainRowsAtStart);
    const anchor = after === 0 ? undefined : reader.rowsAfter(after - 1, 1)[0]?.hash;
    const state = verifyChain(reader, after, anchor);
    if (state.kind === 'whole') return true;
    this.chainChecked(state);
    return false;
  }

  /** What a check of the chain found. */
  chainChecked(state: ReturnType<typeof verifyChain>): void {
    if (state.kind === 'broken') {
      this.isBroken = true;
      this.stop(message('journalBroken', { n: String(state.sequence) }));
    }
    this.ports.lights.chain(state.kind);
    this.ports.changed();
  }

  /** A command that the journal could not take was not carried out; any other error is a broken invariant. */
  refusedByJournal(error: unknown): { readonly kind: 'refused'; readonly message: Message } {
    if (!(error instanceof JournalUnavailable)) throw error;
    this.journalFailed(error);
    return { kind: 'refused', message: this.why ?? message('journalNotWritable') };
  }

  /** The journal could not take a row: nothing is begun until it can. */
  journalFailed(error: JournalUnavailable): void {
    const { log, runner, journal } = this.ports;
    log.error('journal', { reason: error.reason, detail: error.message });
    const open = runner.active().filter(isOpen).length + runner.unreadableRecords().filter((record) => record.open).length;
    // "Nothing was sent" is true of a sale that could not begin, not of what is under way.
    if (error.reason === 'notWritable' && open > 0) this.stop(message('journalStoppedWithOpen', { n: String(open) }));
    else this.stop(message(journalMessages[error.reason], { n: String(journal.lastSequence) }));
  }

  /** Tries to write again; what was in the air meanwhile is asked anew. */
  retryJournal(): void {
    if (this.name !== 'stopped' || this.isBroken) return;
    try {
      this.ports.journal.append([{ aggregate: 'till', type: 'journalRetried', payload: {} }]);
    } catch (error) {
      this.refusedByJournal(error);
      return;
    }
    this.ports.lights.journalStopped(null);
    this.why = null;
    void this.takeUpOpen();
  }

  private stop(why: Message): void {
    // Whatever fails besides: a journal that doesn't add up stays the reason.
    if (this.isBroken && why.key !== 'journalBroken') return;
    this.ports.lights.journalStopped(why);
    this.set('stopped', why);
    this.letGo();
  }

  private set(name: TillStatus['phase'], why: Message | null): void {
    this.name = name;
    this.why = why;
    this.ports.changed();
  }
}
