/** The status bar's lights: what is ready, what wants attention, what is gone, each with its three sentences. */
import type { TillConfiguration } from './configuration.ts';
import { message, type Message, type MessageKey } from './contract/messages.ts';
import type { StatusLight, TillStatus } from './contract/types.ts';
import type { Outcome } from './gateways/gateway.ts';
import type { EventTime } from './payment/events.ts';
import type { ConfiguredGateway, RequestMet } from './payment/runner.ts';
import type { DeviceEvent, Instant, PrinterProblem } from './ports.ts';
import { keyIsKeptApart, numberAtFault, secretAtFault } from './settings/at-fault.ts';
import { secondsApartMost } from './time/http-date.ts';

type Lights = Pick<TillStatus, 'scanner' | 'printer' | 'gateways' | 'journal' | 'notifications' | 'clockCheckedAt'>;

/** A gateway that left a request unanswered counts as down for so long. */
const downMilliseconds = 60_000;

const ready: StatusLight = { light: 'ready', message: null };

const printerMessages: Readonly<Record<PrinterProblem, MessageKey>> = {
  absent: 'printerAbsent',
  unreachable: 'printerGone',
  busy: 'printerGone',
  paperOut: 'paperOut',
  coverOpen: 'paperOut',
  error: 'printerGone',
  permission: 'printerPermission',
};

export class TillLights {
  private readonly configuration: TillConfiguration;
  private readonly scanners = new Map<string, StatusLight>();
  private printer: StatusLight = ready;
  /** Gateways that left their last request unanswered: since when, by the monotonic clock, and the words for it. */
  private readonly silent = new Map<string, { readonly since: number; readonly message: Message }>();
  /** Gateways that refuse us: their key, their terminal, the whole shop. */
  private readonly refusing = new Map<string, Message>();
  /** By gateway: how many payments their payers dispute, and the newest one's number, as long as nobody has closed a shift since. */
  private readonly disputes = new Map<string, { readonly count: number; readonly number: string }>();
  private journal: StatusLight = ready;
  /** Numbers of payments that can't be read from the journal. */
  private readonly unreadable = new Set<string>();
  private notifications: StatusLight | null = null;
  private chainChecked: 'whole' | 'checking' | 'broken' = 'checking';
  private clockCheckedAt: number | null = null;
  /** By the newest answer that named the gateway's own time. */
  private clockOff = false;
  private devicesRestarting = false;

  constructor(configuration: TillConfiguration) {
    this.configuration = configuration;
  }

  lights(): Lights {
    const restarting: StatusLight = { light: 'attention', message: message('devicesRestarting') };
    const scanner = this.devicesRestarting ? restarting : (this.worstScanner() ?? ready);
    return {
      scanner: { ...scanner, present: this.configuration.scannersPresent || this.scanners.size > 0 },
      printer: { ...(this.devicesRestarting ? restarting : this.printer), present: this.configuration.printerPresent },
      gateways: this.gatewaysOfScreens().map(({ gateway }) => ({
        id: gateway.id,
        names: gateway.names,
        ...this.gatewayLight(gateway.id),
      })),
      journal: this.journalLight(),
      notifications: this.notifications,
      clockCheckedAt: this.clockCheckedAt,
    };
  }

  /**
   * Whether a gateway left a request unanswered in the last minute and has answered nothing since, so that a new sale may go
   * elsewhere. For a minute only: then the next sale asks it again, since nothing else may.
   */
  isDown(id: string, now: number): boolean {
    const silent = this.silent.get(id);
    return silent !== undefined && now - silent.since < downMilliseconds;
  }

  private gatewayLight(id: string): StatusLight {
    const [silent, refusal] = [this.silent.get(id), this.refusing.get(id)];
    if (silent !== undefined) return { light: 'gone', message: silent.message };
    const note = refusal ?? this.disputeNote(id);
    return note === undefined ? ready : { light: 'attention', message: note };
  }

  /** What can't be read stays so: it is said unless the journal is gone altogether, and beside every other note. */
  private journalLight(): TillStatus['journal'] {
    if (this.unreadable.size === 0 || this.journal.light === 'gone') return this.journal;
    const unreadable = message('paymentUnreadable', { number: [...this.unreadable].join(', ') });
    const note = this.journal.message;
    return note === null ? { light: 'attention', message: unreadable } : { light: 'attention', message: note, also: unreadable };
  }

  /** A payment can't be read from the journal. @param number the receipt's */
  paymentUnreadable(number: string): void {
    this.unreadable.add(number);
  }

  unreadablePayments(): readonly string[] {
    return [...this.unreadable];
  }

  /** A gateway notified that a payment is disputed. @param number the receipt's */
  disputed(gateway: string, number: string): void {
    this.disputes.set(gateway, { count: (this.disputes.get(gateway)?.count ?? 0) + 1, number });
  }

  private disputeNote(gateway: string): Message | undefined {
    const disputed = this.disputes.get(gateway);
    if (disputed === undefined) return undefined;
    const { count, number } = disputed;
    return count === 1 ? message('paymentDisputed', { gateway, number }) : message('paymentsDisputed', { gateway, number, n: String(count) });
  }

  /** Whoever closes a shift has read the status bar. */
  disputesSeen(): void {
    this.disputes.clear();
  }

  chainState(): 'whole' | 'checking' | 'broken' {
    return this.chainChecked;
  }

  chain(state: 'whole' | 'broken'): void {
    this.chainChecked = state;
  }

  journalStopped(why: Message | null): void {
    this.journal = why === null ? ready : { light: 'gone', message: why };
  }

  journalNote(note: Message): void {
    this.journal = { light: 'attention', message: note };
  }

  /** The one note that is left, or that all is well again. */
  journalSays(note: Message | null): void {
    if (note === null) this.journal = ready;
    else this.journalNote(note);
  }

  /** A copy that failed is said unless something worse is; one that was made takes that back. */
  backedUp(how: 'done' | 'failed', folder: string): void {
    const isSaid = this.journal.message?.key === 'backupFailed';
    if (how === 'failed' && this.journal.light === 'ready') this.journalNote(message('backupFailed', { folder }));
    if (how === 'done' && isSaid) this.journal = ready;
  }

  /** `place` is the address that can't be listened on; null where notifications are taken. */
  notificationsTaken(place: string | null, isInUse: boolean): void {
    this.notifications = place === null ? ready : { light: 'attention', message: message(isInUse ? 'notificationsPortTaken' : 'notificationsNotTaken', { place }) };
  }

  printerProblem(problem: PrinterProblem, interrupted: boolean): void {
    this.printer = { light: problem === 'unreachable' || problem === 'absent' ? 'gone' : 'attention', message: printerMessage(problem, interrupted) };
  }

  device(event: Extract<DeviceEvent, { type: 'scanner' | 'printer' | 'devices' }>): void {
    switch (event.type) {
      case 'devices':
        this.devicesRestarting = event.state === 'restarting';
        return;
      case 'printer':
        this.printer = event.problem === null && event.state === 'ready' ? ready : { light: event.state, message: printerMessage(event.problem ?? 'error', false) };
        return;
      case 'scanner':
        this.scanners.set(event.scannerId, scannerLight(event));
        return;
    }
  }

  /**
   * A gateway's light follows what each request to it met, of whatever payment or refund; the clock was checked whenever an answer
   * had a date. What is asked under another address says nothing about this one, and what is asked under an older key or terminal
   * nothing about whether the one of the settings is taken.
   */
  gatewayMet(sentAs: ConfiguredGateway, met: RequestMet, at: EventTime): void {
    const { id } = sentAs.gateway;
    const now = this.configuration.gateways.get(id);
    if (now?.identity.origin !== sentAs.identity.origin) return;
    if (met.kind === 'notAnswered') {
      this.silent.set(id, { since: at.monotonic, message: message(met.isNewSale ? 'gatewayUnreachable' : 'gatewaySilent', { gateway: id }) });
      return;
    }
    if (met.kind === 'answered') {
      if (met.gatewayClock !== null) this.compareClock(at.wall, met.gatewayClock);
      // What isn't in its documents may be a proxy's, which tells neither that it is there nor that it is gone.
      if (met.outcome.kind === 'unknown' && met.outcome.why === 'unlisted') return;
    }
    this.silent.delete(id);
    if (now !== sentAs) return;
    const refusal = refusalOf(met);
    if (refusal !== null) this.refusing.set(id, refusedBy(sentAs, refusal, met.kind === 'answered' ? met.outcome.evidence.code : null));
    else if (met.kind === 'answered' && met.outcome.kind !== 'unknown') this.refusing.delete(id);
  }

  private compareClock(ours: Instant, theirs: Instant): void {
    this.clockCheckedAt = ours;
    // Theirs counts whole seconds: half of one is nobody's error.
    this.clockOff = Math.abs(ours - theirs) - 500 > secondsApartMost * 1000;
  }

  /** Whether this till's clock and a gateway's are further apart than gateways forgive. */
  clockIsOff(): boolean {
    return this.clockOff;
  }

  /** Screens sell in the store's currency; a gateway of another one is the command line's. */
  private gatewaysOfScreens(): readonly ConfiguredGateway[] {
    return [...this.configuration.gateways.values()].filter((configured) => configured.maximumAmount.currency === this.configuration.store.currency);
  }

  /** The scanner that needs most attention; null where all are ready. */
  private worstScanner(): StatusLight | null {
    const lights = [...this.scanners.values()];
    return lights.find((one) => one.light === 'gone') ?? lights.find((one) => one.light === 'attention') ?? null;
  }
}

/** By which words a gateway refuses us, and not just one payment; null where it doesn't. */
function refusalOf(met: Exclude<RequestMet, { kind: 'notAnswered' }>): MessageKey | null {
  if (met.kind === 'credentialsRefused') return met.isNewSale ? 'wrongKey' : 'keyRefused';
  return refusalIn(met.outcome);
}

/** The refusal, with the setting that the owner corrects; a key that an activation gave stands in none. */
function refusedBy(sentAs: ConfiguredGateway, refusal: MessageKey, code: string | null): Message {
  const gateway = sentAs.gateway.id;
  if (refusal !== 'wrongKey' && refusal !== 'keyRefused') return message(refusal, { gateway, key: numberAtFault(sentAs, code) });
  return keyIsKeptApart(sentAs) ? message(`${refusal}Activated`, { gateway }) : message(refusal, { gateway, key: secretAtFault(sentAs) });
}

function refusalIn(outcome: Outcome): MessageKey | null {
  switch (outcome.kind) {
    case 'declined':
      return outcome.reason === 'wrongKey' || outcome.reason === 'anotherTill' || outcome.reason === 'merchantBlocked' || outcome.reason === 'terminalUnknown' ? outcome.reason : null;
    case 'refundDeclined':
      if (outcome.reason === 'wrongKey') return 'keyRefused';
      return outcome.reason === 'merchantBlocked' || outcome.reason === 'terminalUnknown' ? outcome.reason : null;
    case 'unknown':
      if (outcome.why === 'keyRefused') return 'keyRefused';
      return outcome.why === 'bothKeysRefused' ? 'terminalKeyRefused' : null;
    default:
      return null;
  }
}

function printerMessage(problem: PrinterProblem, interrupted: boolean): Message {
  if (interrupted && problem !== 'paperOut') return message('printInterrupted');
  return message(printerMessages[problem], { key: 'lp, dialout' });
}

function scannerLight(event: Extract<DeviceEvent, { type: 'scanner' }>): StatusLight {
  switch (event.state) {
    case 'ready':
      return ready;
    case 'gone':
      return { light: 'gone', message: message('scannerGone', { key: 'Enter' }) };
    case 'attention':
      return { light: 'attention', message: message('scannerAttention', { key: event.detail ?? event.scannerId }) };
  }
}
