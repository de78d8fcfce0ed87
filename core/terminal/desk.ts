/**
 * Signs with the right one of a terminal's keys, changes them by check-in, and activates terminals (CASES 32). A terminal whose
 * key stands in the settings is left alone until somebody checks it in once: its key may be another till's too.
 */
import type { GatewayIdentity } from '../gateways/gateway.ts';
import type { ActivationAnswer, TerminalRefusal, TerminalRule, Vendor } from '../gateways/terminal-rule.ts';
import type { Clock, HttpTransport, Log, Monotonic, Random, Secrets, WireAnswer, WireLimits } from '../ports.ts';
import { activatedAgain, afterWord, besideSettings, checkInBegun, checkedIn, checkInRefused, firstKeys, isCheckInDue, keyInUse, type KeyVerdict, type TerminalKeys } from './keys.ts';
import { readTerminalFile, writeTerminalFile, type TerminalFile } from './store.ts';

/** A gateway with terminals as the desk sees it: a configured one, of any. */
export interface KeyedGateway {
  readonly gateway: { readonly id: string; readonly terminal?: TerminalRule | undefined };
  readonly settings: unknown;
  readonly identity: GatewayIdentity;
}

export interface TerminalDeskPorts {
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly log: Log;
  /** Whether an attempt or a refund of this gateway is under way, the one with this number left out. */
  isBusy(gatewayId: string, except: string | null): boolean;
}

/** What one request is signed with. `landed` is called once with its answer, or null where none came. */
export interface Signing {
  readonly settings: unknown;
  landed(answer: WireAnswer | null): KeyVerdict;
}

export type CheckInResult =
  | { readonly kind: 'checkedIn' }
  | { readonly kind: 'refused'; readonly why: TerminalRefusal }
  /** The answer never came, or can't be read: it is done again before the next trade. */
  | { readonly kind: 'unknown' }
  /** A payment or refund is under way: not now. */
  | { readonly kind: 'busy' }
  /** The keys can't be kept, so none was changed: the file of the secrets can't be read or written. */
  | { readonly kind: 'notKept' }
  /** This gateway has no terminals. */
  | { readonly kind: 'none' };

export type ActivationResult =
  | { readonly kind: 'activated'; readonly number: string }
  | { readonly kind: 'notKept' }
  | Exclude<ActivationAnswer, { kind: 'activated' }>;

/** Why a terminal can't trade; for the light of its gateway and the message of a review. */
export type TerminalTrouble =
  /** Neither key is taken, and none of them ever was: it must be activated. */
  | 'activateAgain'
  /** Its key was taken before and is not any more: another till checked in under this number. */
  | 'anotherTill';

const limits: WireLimits = { connectMilliseconds: 5000, answerMilliseconds: 10_000 };
/** A check-in that failed is not tried again before each trade, but after so long. */
const againAfterMilliseconds = 600_000;

export class TerminalDesk {
  private readonly ports: TerminalDeskPorts;
  private readonly files = new Map<string, TerminalFile>();
  /** By gateway: requests on the wire that are signed with its keys. */
  private readonly onWire = new Map<string, number>();
  private readonly checkIns = new Map<string, Promise<CheckInResult>>();
  private readonly notBefore = new Map<string, Monotonic>();
  /** By terminal: keys that were refused since one was last taken. */
  private readonly refused = new Map<string, Set<string>>();
  /** Terminals whose key was taken since this process began. */
  private readonly worked = new Set<string>();
  /** Gateways whose file can't be read: nothing is written over what may be in it. */
  private readonly unreadable = new Set<string>();

  constructor(ports: TerminalDeskPorts) {
    this.ports = ports;
  }

  /**
   * What the next request of this gateway is signed with: at once where nothing has to be waited for. A check-in that is out is
   * waited for, and a due one is made before the first trade of the day, while nothing else is under way.
   * @param trade the number of the attempt that is a new trade; null for what asks, undoes or refunds
   */
  sign(configured: KeyedGateway, trade: string | null): Signing | Promise<Signing> {
    const rule = configured.gateway.terminal;
    if (rule === undefined) return { settings: configured.settings, landed: () => 'asItIs' };
    const isWanted = trade !== null || this.isLost(configured, rule);
    const running = this.checkIns.get(configured.gateway.id) ?? (isWanted ? this.dueCheckIn(configured, rule, trade) : null);
    return running === null ? this.take(configured, rule) : running.then(() => this.sign(configured, null));
  }

  /** Changes the key now, where nothing of this gateway is under way. */
  async checkIn(configured: KeyedGateway): Promise<CheckInResult> {
    const rule = configured.gateway.terminal;
    if (rule === undefined) return { kind: 'none' };
    return this.checkIns.get(configured.gateway.id) ?? this.begin(configured, rule, null) ?? { kind: 'busy' };
  }

  /** At the start and when a day begins: a check-in that is due, before anybody waits for it. */
  async checkInIfDue(configured: KeyedGateway): Promise<CheckInResult | null> {
    const rule = configured.gateway.terminal;
    if (rule === undefined || this.checkIns.has(configured.gateway.id)) return null;
    return this.dueCheckIn(configured, rule, null);
  }

  /** A new terminal for a code. Its key is kept before anybody is told of the number, and is told to nobody. */
  async activate(gatewayId: string, rule: TerminalRule, baseUrl: string, vendor: Vendor, code: string): Promise<ActivationResult> {
    const { http, log } = this.ports;
    const file = this.file(gatewayId);
    // A lost answer is asked for again as the same device, so that it stays one terminal.
    if (!this.save(gatewayId, file)) return { kind: 'notKept' };
    const result = await http.send(rule.buildActivation({ baseUrl, vendor, code, deviceId: file.deviceId }), limits);
    if (result.kind !== 'answer') return { kind: 'unknown', evidence: { code: null, words: null } };
    const answer = rule.readActivation(result.answer);
    log.info('activation', { gateway: gatewayId, outcome: answer.kind, code: answer.kind === 'activated' ? null : answer.evidence.code });
    if (answer.kind !== 'activated') return answer;
    const { origin } = new URL(baseUrl);
    const { terminalSn: number, terminalKey: key } = answer;
    const known = this.file(gatewayId).terminals.find((one) => one.origin === origin && one.number === number);
    if (!this.put(gatewayId, known === undefined ? firstKeys(origin, number, key, null) : activatedAgain(known, key), { origin, number })) return { kind: 'notKept' };
    this.refused.delete(terminalId(origin, number));
    this.notBefore.delete(gatewayId);
    return { kind: 'activated', number };
  }

  /** Why this gateway's terminal can't trade now; null where it can, as far as anybody knows. */
  trouble(configured: KeyedGateway): TerminalTrouble | null {
    const rule = configured.gateway.terminal;
    if (rule === undefined) return null;
    const keys = this.keys(configured, rule);
    const id = terminalId(keys.origin, keys.number);
    const refused = this.refused.get(id);
    if (refused === undefined || !refused.has(keys.newest) || (keys.older !== null && !refused.has(keys.older))) return null;
    return keys.newestWorked || this.worked.has(id) ? 'anotherTill' : 'activateAgain';
  }

  // ---- signing

  private take(configured: KeyedGateway, rule: TerminalRule): Signing {
    const { id } = configured.gateway;
    const key = keyInUse(this.keys(configured, rule));
    this.onWire.set(id, (this.onWire.get(id) ?? 0) + 1);
    let isOut = true;
    return {
      settings: rule.withKey(configured.settings, key),
      landed: (answer) => {
        if (isOut) this.onWire.set(id, (this.onWire.get(id) ?? 1) - 1);
        isOut = false;
        return answer === null ? 'asItIs' : this.heard(configured, rule, key, answer);
      },
    };
  }

  private heard(configured: KeyedGateway, rule: TerminalRule, key: string, answer: WireAnswer): KeyVerdict {
    const word = rule.keyWord(answer);
    if (word === null) return 'asItIs';
    const { id } = configured.gateway;
    const keys = this.keys(configured, rule);
    const terminal = terminalId(keys.origin, keys.number);
    const refused = this.refused.get(terminal) ?? new Set<string>();
    if (word === 'refused') this.refused.set(terminal, refused.add(key));
    else {
      this.refused.delete(terminal);
      this.worked.add(terminal);
    }
    const { keys: next, verdict } = afterWord(keys, key, word, refused);
    if (word === 'refused') this.ports.log.warn('a terminal key was refused', { gateway: id, verdict });
    // The key that only the gateway knows is asked for at once, whenever the last check-in was tried.
    if (verdict === 'otherKey' && keys.checkInOpen) this.notBefore.delete(id);
    // What is written is which of two kept keys signs: where that fails, the memory of it is enough until the next start.
    if (next !== keys && this.isKept(keys) && !this.put(id, next)) this.remember(id, next);
    return verdict;
  }

  // ---- checking in

  /** Our key is refused, and the gateway may have made one whose answer was lost: another check-in is the only way to it. */
  private isLost(configured: KeyedGateway, rule: TerminalRule): boolean {
    const keys = this.keys(configured, rule);
    return keys.checkInOpen && this.refused.get(terminalId(keys.origin, keys.number))?.has(keyInUse(keys)) === true;
  }

  private dueCheckIn(configured: KeyedGateway, rule: TerminalRule, trade: string | null): Promise<CheckInResult> | null {
    const { clock } = this.ports;
    const { id } = configured.gateway;
    const keys = this.keys(configured, rule);
    if (!this.isKept(keys) || clock.monotonic() < (this.notBefore.get(id) ?? -Infinity) || !isCheckInDue(keys, rule.dayOf(clock.wall()))) return null;
    return this.begin(configured, rule, trade);
  }

  /** Null where something is under way. */
  private begin(configured: KeyedGateway, rule: TerminalRule, trade: string | null): Promise<CheckInResult> | null {
    const { id } = configured.gateway;
    if ((this.onWire.get(id) ?? 0) > 0 || this.ports.isBusy(id, trade)) return null;
    const running = this.change(configured, rule).finally(() => this.checkIns.delete(id));
    this.checkIns.set(id, running);
    return running;
  }

  private async change(configured: KeyedGateway, rule: TerminalRule): Promise<CheckInResult> {
    const { clock, http, log } = this.ports;
    const { id } = configured.gateway;
    const day = rule.dayOf(clock.wall());
    const file = this.file(id);
    const keys = checkInBegun(this.keys(configured, rule));
    this.notBefore.set(id, clock.monotonic() + againAfterMilliseconds);
    if (!this.put(id, keys)) return { kind: 'notKept' };
    const settings = rule.withKey(configured.settings, keyInUse(keys));
    const result = await http.send(rule.buildCheckIn(settings, file.deviceId), limits);
    const answer = result.kind === 'answer' ? rule.readCheckIn(settings, result.answer) : null;
    log.info('check-in', { gateway: id, outcome: answer?.kind ?? result.kind, code: answer === null || answer.kind === 'checkedIn' ? null : answer.evidence.code });
    if (answer?.kind === 'checkedIn') {
      // A key that can't be kept is not used: the check-in stays open, and is done again.
      if (!this.put(id, checkedIn(keys, answer.terminalKey, day))) return { kind: 'notKept' };
      this.refused.delete(terminalId(keys.origin, keys.number));
      this.notBefore.delete(id);
      return { kind: 'checkedIn' };
    }
    // Nothing left, or it was refused in so many words: no key was changed.
    const isUnchanged = result.kind === 'neverSent' || answer?.kind === 'refused';
    if (isUnchanged) this.put(id, checkInRefused(keys));
    return answer?.kind === 'refused' ? { kind: 'refused', why: answer.why } : { kind: 'unknown' };
  }

  // ---- keeping

  private keys(configured: KeyedGateway, rule: TerminalRule): TerminalKeys {
    const { origin } = configured.identity;
    const { number, key } = rule.terminalOf(configured.settings);
    const kept = this.file(configured.gateway.id).terminals.find((one) => one.origin === origin && one.number === number);
    return kept === undefined ? firstKeys(origin, number, key, key) : besideSettings(kept, key);
  }

  /** Whether this till keeps the terminal's keys, since it activated it or checked it in. */
  private isKept({ origin, number }: TerminalKeys): boolean {
    return [...this.files.values()].some(({ terminals }) => terminals.some((one) => one.origin === origin && one.number === number));
  }

  private file(gatewayId: string): TerminalFile {
    const known = this.files.get(gatewayId) ?? this.read(gatewayId) ?? { version: 1, deviceId: this.newDeviceId(), terminals: [], activated: null };
    this.files.set(gatewayId, known);
    return known;
  }

  private read(gatewayId: string): TerminalFile | null {
    try {
      return readTerminalFile(this.ports.secrets, gatewayId);
    } catch (error) {
      this.unreadable.add(gatewayId);
      this.ports.log.error('terminal keys can not be read', { gateway: gatewayId, error: String(error) });
      return null;
    }
  }

  /** Durable before it is used by anything. False where it can't be kept. */
  private put(gatewayId: string, keys: TerminalKeys, activated?: TerminalFile['activated']): boolean {
    return this.save(gatewayId, this.fileWith(gatewayId, keys, activated));
  }

  private remember(gatewayId: string, keys: TerminalKeys): void {
    this.files.set(gatewayId, this.fileWith(gatewayId, keys));
  }

  private fileWith(gatewayId: string, keys: TerminalKeys, activated?: TerminalFile['activated']): TerminalFile {
    const file = this.file(gatewayId);
    const others = file.terminals.filter((one) => one.origin !== keys.origin || one.number !== keys.number);
    return { ...file, terminals: [...others, keys], activated: activated ?? file.activated };
  }

  private save(gatewayId: string, file: TerminalFile): boolean {
    if (this.unreadable.has(gatewayId)) return false;
    try {
      writeTerminalFile(this.ports.secrets, gatewayId, file);
      this.files.set(gatewayId, file);
      return true;
    } catch (error) {
      this.ports.log.error('terminal keys can not be kept', { gateway: gatewayId, error: String(error) });
      return false;
    }
  }

  private newDeviceId(): string {
    return `scantill-${[...this.ports.random.bytes(12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}

function terminalId(origin: string, number: string): string {
  return `${origin} ${number}`;
}
