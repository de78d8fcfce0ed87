/**
 * Signs with the right one of a terminal's keys, changes them by check-in, and activates terminals (CASES 32). A terminal whose
 * key stands in the settings is left alone until somebody checks it in once: its key may be another till's too.
 */
import type { GatewayIdentity } from '../gateways/gateway.ts';
import type { ActivationAnswer, TerminalRefusal, TerminalRule, Vendor } from '../gateways/terminal-rule.ts';
import type { Clock, HttpTransport, Monotonic, WireAnswer, WireLimits } from '../ports.ts';
import { keptKey } from './filled.ts';
import { activatedAgain, afterWord, besideSettings, checkInBegun, checkedIn, checkInRefused, firstKeys, isCheckInDue, keyInUse, turned, type KeyVerdict, type TerminalKeys } from './keys.ts';
import { saidWithout } from './said.ts';
import { KeyShelf, type KeyShelfPorts } from './shelf.ts';

/** A gateway with terminals as the desk sees it: a configured one, of any. */
export interface KeyedGateway {
  readonly gateway: { readonly id: string; readonly terminal?: TerminalRule | undefined };
  readonly settings: unknown;
  readonly identity: GatewayIdentity;
}

export interface TerminalDeskPorts extends KeyShelfPorts {
  readonly clock: Clock;
  readonly http: HttpTransport;
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
  /** A payment or refund is under way: not now. */
  | { readonly kind: 'busy' }
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
  private readonly shelf: KeyShelf;
  /** By gateway: requests on the wire that are signed with its keys. */
  private readonly onWire = new Map<string, number>();
  private readonly waitingForWire = new Map<string, (() => void)[]>();
  private readonly checkIns = new Map<string, Promise<CheckInResult>>();
  private readonly activations = new Map<string, Promise<ActivationResult>>();
  private readonly notBefore = new Map<string, Monotonic>();
  /** By terminal: keys that were refused since one was last taken. */
  private readonly refused = new Map<string, Set<string>>();
  /** Terminals whose key was taken since this process began. */
  private readonly worked = new Set<string>();

  constructor(ports: TerminalDeskPorts) {
    this.ports = ports;
    this.shelf = new KeyShelf(ports);
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
    const { id } = configured.gateway;
    const running = this.activations.get(id) ?? this.checkIns.get(id) ?? (isWanted ? this.dueCheckIn(configured, rule, trade) : null);
    const afterwards = (): Signing | Promise<Signing> => this.sign(configured, null);
    return running === null ? this.take(configured, rule) : Promise.resolve<unknown>(running).then(afterwards, afterwards);
  }

  /** Changes the key now, where nothing of this gateway is under way. A question that is out, about what has ended, is waited for. */
  async checkIn(configured: KeyedGateway): Promise<CheckInResult> {
    const rule = configured.gateway.terminal;
    if (rule === undefined) return { kind: 'none' };
    const wire = this.wireIsFree(configured.gateway.id);
    if (wire !== null) await wire;
    return this.begin(configured, rule, null) ?? { kind: 'busy' };
  }

  /** At the start and when a day begins: a check-in that is due, before anybody waits for it. */
  async checkInIfDue(configured: KeyedGateway): Promise<CheckInResult | null> {
    const rule = configured.gateway.terminal;
    if (rule === undefined) return null;
    return this.dueCheckIn(configured, rule, null);
  }

  /** A new terminal for a code. Its key is kept before anybody is told of the number, and is told to nobody. */
  async activate(gatewayId: string, rule: TerminalRule, baseUrl: string, vendor: Vendor, code: string): Promise<ActivationResult> {
    // A check-in that is out writes the same file, and changes the same key.
    await this.checkIns.get(gatewayId);
    await this.wireIsFree(gatewayId);
    if (this.isInUse(gatewayId, null)) return { kind: 'busy' };
    const running = this.activateNow(gatewayId, rule, baseUrl, vendor, code).finally(() => this.activations.delete(gatewayId));
    this.activations.set(gatewayId, running);
    return running;
  }

  private async activateNow(gatewayId: string, rule: TerminalRule, baseUrl: string, vendor: Vendor, code: string): Promise<ActivationResult> {
    const { http, log } = this.ports;
    for (const secret of [vendor.vendorKey, code]) this.ports.keepSecret?.(secret);
    const { origin } = new URL(baseUrl);
    // A lost answer is asked for again as the same device, so that it stays one terminal.
    if (!this.shelf.keepDevice(gatewayId)) return { kind: 'notKept' };
    const before = this.shelf.activated(gatewayId, origin);
    // The same terminal gets another key: if nothing more is heard of it, a check-in asks for that one.
    if (before !== null && !this.shelf.put(gatewayId, checkInBegun(before))) return { kind: 'notKept' };
    const result = await http.send(rule.buildActivation({ baseUrl, vendor, code, deviceId: this.shelf.deviceId(gatewayId) }), limits);
    const answer = result.kind === 'answer' ? saidWithout(rule.readActivation(result.answer), [vendor.vendorKey, code]) : null;
    log.info('activation', { gateway: gatewayId, outcome: answer?.kind ?? result.kind, code: answer === null || answer.kind === 'activated' ? null : answer.evidence.code });
    if (before !== null && !before.checkInOpen && (result.kind === 'neverSent' || answer?.kind === 'refused')) this.shelf.put(gatewayId, before);
    if (answer === null) return { kind: 'unknown', evidence: { code: null, words: null } };
    if (answer.kind !== 'activated') return answer;
    const { terminalSn: number, terminalKey: key } = answer;
    const known = this.shelf.kept(gatewayId, origin, number);
    if (!this.shelf.put(gatewayId, known === undefined ? firstKeys(origin, number, key, null) : activatedAgain(known, key), { origin, number })) return { kind: 'notKept' };
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
        if (isOut) this.leftWire(id);
        isOut = false;
        return answer === null ? 'asItIs' : this.heard(configured, rule, key, answer);
      },
    };
  }

  private leftWire(gatewayId: string): void {
    const left = (this.onWire.get(gatewayId) ?? 1) - 1;
    this.onWire.set(gatewayId, left);
    if (left > 0) return;
    const waiting = this.waitingForWire.get(gatewayId) ?? [];
    this.waitingForWire.delete(gatewayId);
    for (const go of waiting) go();
  }

  /** Once no request of this gateway is out; null where none is, or where one is about something under way, which is no matter of a moment. */
  private wireIsFree(gatewayId: string): Promise<void> | null {
    if ((this.onWire.get(gatewayId) ?? 0) === 0 || this.ports.isBusy(gatewayId, null)) return null;
    return new Promise<void>((go) => this.waitingForWire.set(gatewayId, [...(this.waitingForWire.get(gatewayId) ?? []), go]));
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
    // What is written is which of two kept keys signs, also when one is taken again after both were refused: till then they take
    // turns, and that, like what can't be written, is remembered until the next start.
    const isNews = next !== keys || (word === 'taken' && refused.size > 1);
    if (isNews && this.shelf.isKept(keys) && (verdict === 'bothRefused' || !this.shelf.put(id, next))) this.shelf.remember(id, next);
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
    if (!this.shelf.isKept(keys) || clock.monotonic() < (this.notBefore.get(id) ?? -Infinity) || !isCheckInDue(keys, rule.dayOf(clock.wall()))) return null;
    return this.begin(configured, rule, trade);
  }

  /** Null where something is under way. */
  private begin(configured: KeyedGateway, rule: TerminalRule, trade: string | null): Promise<CheckInResult> | null {
    const { id } = configured.gateway;
    const running = this.checkIns.get(id);
    if (running !== undefined) return running;
    // What is under way can't be asked about either before the lost key is got: then only the wire must be free.
    if (this.isLost(configured, rule) ? this.isOnWire(id) : this.isInUse(id, trade)) return null;
    const begun = this.change(configured, rule).finally(() => this.checkIns.delete(id));
    this.checkIns.set(id, begun);
    return begun;
  }

  /** Something of this gateway is under way, the attempt with this number left out. */
  private isInUse(gatewayId: string, except: string | null): boolean {
    return this.isOnWire(gatewayId) || this.ports.isBusy(gatewayId, except);
  }

  private isOnWire(gatewayId: string): boolean {
    return (this.onWire.get(gatewayId) ?? 0) > 0 || this.activations.has(gatewayId);
  }

  /** Under the key in use, and once more under the other where that one is refused: a moment's refusal must not shut both out. */
  private async change(configured: KeyedGateway, rule: TerminalRule): Promise<CheckInResult> {
    const { id } = configured.gateway;
    const before = this.keys(configured, rule);
    this.notBefore.set(id, this.ports.clock.monotonic() + againAfterMilliseconds);
    const first = await this.askForKey(configured, rule, before);
    const other = turned(before);
    const isOtherAsked = refusesKey(first) && other !== before;
    const last = isOtherAsked ? await this.askForKey(configured, rule, other) : first;
    if (last.kind === 'neverSent' || last.kind === 'refused') this.shelf.put(id, afterCheckIn(before, isOtherAsked ? other : before, last));
    return last.kind === 'neverSent' ? { kind: 'unknown' } : last;
  }

  /** One check-in, signed with the key in use. Its answer is kept; where none came, it stays open. */
  private async askForKey(configured: KeyedGateway, rule: TerminalRule, signing: TerminalKeys): Promise<CheckInResult | { readonly kind: 'neverSent' }> {
    const { clock, http, log } = this.ports;
    const { id } = configured.gateway;
    const day = rule.dayOf(clock.wall());
    const keys = checkInBegun(signing);
    if (!this.shelf.put(id, keys)) return { kind: 'notKept' };
    const settings = rule.withKey(configured.settings, keyInUse(keys));
    const result = await http.send(rule.buildCheckIn(settings, this.shelf.deviceId(id)), limits);
    const answer = result.kind === 'answer' ? rule.readCheckIn(settings, result.answer) : null;
    log.info('check-in', { gateway: id, outcome: answer?.kind ?? result.kind, code: answer === null || answer.kind === 'checkedIn' ? null : answer.evidence.code });
    if (answer === null) return { kind: result.kind === 'neverSent' ? 'neverSent' : 'unknown' };
    if (answer.kind !== 'checkedIn') return answer.kind === 'refused' ? { kind: 'refused', why: answer.why } : { kind: 'unknown' };
    // A key that can't be kept is not used: the check-in stays open, and is done again.
    if (!this.shelf.put(id, checkedIn(keys, answer.terminalKey, day))) return { kind: 'notKept' };
    this.refused.delete(terminalId(keys.origin, keys.number));
    this.notBefore.delete(id);
    return { kind: 'checkedIn' };
  }

  private keys(configured: KeyedGateway, rule: TerminalRule): TerminalKeys {
    const { origin } = configured.identity;
    const { number, key } = rule.terminalOf(configured.settings);
    const kept = this.shelf.kept(configured.gateway.id, origin, number);
    if (kept === undefined) return firstKeys(origin, number, key, key);
    return key === keptKey ? kept : besideSettings(kept, key);
  }
}

/**
 * What is kept after a check-in that changed no key. One before it whose answer was lost may have: it stays open until every kept
 * key was refused for it. @param before as it was kept; `signing`: with the key that was asked with last
 */
function afterCheckIn(before: TerminalKeys, signing: TerminalKeys, last: CheckInResult | { readonly kind: 'neverSent' }): TerminalKeys {
  if (last.kind === 'neverSent') return before;
  return refusesKey(last) ? checkInRefused(before) : signing;
}

function refusesKey(result: CheckInResult | { readonly kind: 'neverSent' }): boolean {
  return result.kind === 'refused' && result.why === 'keyRefused';
}

function terminalId(origin: string, number: string): string {
  return `${origin} ${number}`;
}
