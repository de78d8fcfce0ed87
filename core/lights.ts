/** The status bar's lights: what is ready, what wants attention, what is gone, each with its three sentences. */
import type { TillConfiguration } from './configuration.ts';
import { message, type Message, type MessageKey } from './contract/messages.ts';
import type { StatusLight, TillStatus } from './contract/types.ts';
import type { ConfiguredGateway } from './payment/runner.ts';
import { isEnded, type AttemptState } from './payment/state.ts';
import type { DeviceEvent, PrinterProblem } from './ports.ts';

type Lights = Pick<TillStatus, 'scanner' | 'printer' | 'gateways' | 'journal' | 'notifications' | 'clockCheckedAt'>;

/** A gateway that owed an answer counts as down for so long. */
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
  private readonly gateways = new Map<string, StatusLight>();
  /** When a gateway last owed an answer, by the monotonic clock. */
  private readonly silentSince = new Map<string, number>();
  private journal: StatusLight = ready;
  private notifications: StatusLight | null = null;
  private chainChecked: 'whole' | 'checking' | 'broken' = 'checking';
  private clockCheckedAt: number | null = null;
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
        ...(this.gateways.get(gateway.id) ?? ready),
      })),
      journal: this.journal,
      notifications: this.notifications,
      clockCheckedAt: this.clockCheckedAt,
    };
  }

  /**
   * Whether a gateway didn't answer a moment ago, so that a new sale may go elsewhere. For a minute only: then the next sale
   * asks it again, since nothing else would.
   */
  isDown(id: string, now: number): boolean {
    const since = this.silentSince.get(id);
    return since !== undefined && now - since < downMilliseconds;
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

  /** A gateway's light follows its last answer; its clock was checked whenever it sent a date. */
  gatewaySpoke(attempt: AttemptState): void {
    const id = attempt.created.gateway;
    // An attempt that ended had an answer, whatever was lost before.
    const silent = (attempt.unknownWhy === 'noAnswer' && !isEnded(attempt)) || attempt.declineReason === 'gatewayUnreachable';
    const refused = attempt.declineReason === 'wrongKey' || attempt.declineReason === 'anotherTill' || attempt.declineReason === 'merchantBlocked' || attempt.declineReason === 'terminalUnknown';
    if (silent) this.silentSince.set(id, attempt.changed.monotonic);
    else if (refused || attempt.lastWord !== null) this.silentSince.delete(id);
    if (silent) this.gateways.set(id, { light: 'gone', message: message(attempt.declineReason === 'gatewayUnreachable' ? 'gatewayUnreachable' : 'gatewaySilent', { gateway: id }) });
    else if (refused) this.gateways.set(id, { light: 'attention', message: message(refusedMessage(attempt), { gateway: id, key: `gateways.${id}` + (attempt.declineReason === 'wrongKey' ? `.${this.configuration.gateways.get(id)?.gateway.secretKeys[0] ?? ''}` : '') }) });
    else if (attempt.lastWord !== null) {
      this.gateways.delete(id);
      this.clockCheckedAt = attempt.changed.wall;
    }
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

function refusedMessage(attempt: AttemptState): MessageKey {
  if (attempt.declineReason === 'merchantBlocked' || attempt.declineReason === 'anotherTill') return attempt.declineReason;
  return attempt.declineReason === 'terminalUnknown' ? 'terminalUnknown' : 'wrongKey';
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
