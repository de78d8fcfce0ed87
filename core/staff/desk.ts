/** The people at a running till: who is signed in, who approves, and how the owner changes the list. */
import { message, type Message } from '../contract/messages.ts';
import type { Approval, ApprovalRefusal, PeopleReply, Person, PersonChange, PersonName, Role, SignReply, StaffStatus } from '../contract/types.ts';
import type { Journal } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import type { Amount } from '../money/amount.ts';
import type { EventTime } from '../payment/events.ts';
import { makeReference } from '../payment/reference.ts';
import type { Clock, Instant, Monotonic, PinHasher, Random } from '../ports.ts';
import type { CodeVault } from '../scan/vault.ts';
import type { ApprovedEvent } from './approval.ts';
import { staffAggregate, type StaffAct, type StaffEvent } from './events.ts';
import { findByDigest } from './find-by-digest.ts';
import { beginTry, rightPin, triesAtStart, triesLeft, tryNotMade, waitSecondsLeft, wrongPin, type PinTries } from './pin-tries.ts';
import { approvalMessage, leastRole, mayDo, type Act } from './roles.ts';
import { addPerson, changePerson, lockTill, setBadge, setPin, signIn, wrongPinNoted, wrongPins, type StaffDecision } from './rules.ts';
import { atStart, findByBadge, peopleView, personName, personOf, personView, signedInPerson, staffIsOn, staffOf, staffState, stepStaff, type Staff, type StaffPerson } from './staff.ts';

export interface StaffDeskPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly pins: PinHasher;
  readonly vault: CodeVault;
  readonly terminalId: string;
  readonly pinDigits: number;
  /** The command line: whoever runs it owns the machine. */
  readonly ownerAccess: boolean;
  badgeHash(text: string): string;
  changed(): void;
  /** The sentence that a journal which can't be written is told with; the till stops selling. */
  journalFailed(error: JournalUnavailable): Message;
}

/** Who an act is by, and who allowed it; `approval` is null where nobody had to. */
export interface Allowed {
  readonly kind: 'allowed';
  readonly by: PersonName;
  readonly approval: { readonly by: PersonName; readonly role: Role; readonly how: ApprovedEvent['how'] } | null;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };
type Identified = { readonly kind: 'person'; readonly person: StaffPerson; readonly how: 'pin' | 'badge' } | Exclude<ApprovalRefusal, { kind: 'approvalNeeded' }> | Refused;

/** Acts that always want a PIN or a badge of the moment: the till may stand unlocked beside whoever is signed in. */
const alwaysAsked: ReadonlySet<Act> = new Set<Act>(['refundAboveLimit', 'refundForeign', 'recordOutsideRefund', 'settle']);

const peopleOpenMilliseconds = 5 * 60_000;
/** Shorter texts are read over a shoulder, and stand on goods. */
const shortestBadge = 6;

export class StaffDesk {
  private readonly ports: StaffDeskPorts;
  private staff: Staff;
  private tries: PinTries;
  /** When somebody last signed in here, or changed the list of people. */
  private shownAt: Monotonic | null = null;

  constructor(ports: StaffDeskPorts) {
    this.ports = ports;
    this.staff = atStart(staffOf(ports.journal.reader.rowsOf(staffAggregate).map((row) => JSON.parse(row.payload) as StaffEvent)));
    this.tries = triesAtStart(this.staff, ports.clock.monotonic());
  }

  status(): StaffStatus {
    const now = this.ports.clock.monotonic();
    const person = signedInPerson(this.staff);
    const seconds = waitSecondsLeft(this.tries, now);
    return {
      state: this.ports.ownerAccess ? 'none' : staffState(this.staff),
      person: person === null ? null : { ...personName(person), role: person.role },
      pinDigits: this.ports.pinDigits,
      triesLeft: triesLeft(this.tries, now),
      waitUntil: seconds === 0 ? null : this.ports.clock.wall() + seconds * 1000,
    };
  }

  /** True once people sign in at this till: then nothing is sold without a person and a shift. */
  isOn(): boolean {
    return !this.ports.ownerAccess && staffIsOn(this.staff);
  }

  /** Who stands at the till; the till itself where nobody is known. */
  who(): PersonName {
    const person = this.ports.ownerAccess ? null : signedInPerson(this.staff);
    return person === null ? this.terminal() : personName(person);
  }

  /** The name of somebody who did something once; their id where this journal doesn't know them. */
  name(operatorId: string): PersonName {
    const person = personOf(this.staff, operatorId);
    return person === null ? { operatorId, name: operatorId } : personName(person);
  }

  /** The person of a scanned badge; null where it is nobody's. */
  badgeOf(text: string): (PersonName & { readonly role: Role }) | null {
    const person = findByBadge(this.staff, this.ports.badgeHash(text));
    return person === null || person.left ? null : { ...personName(person), role: person.role };
  }

  people(): readonly Person[] {
    return peopleView(this.staff);
  }

  /** Why nothing may be sold by whoever stands there; null where it may. */
  sellingRefusal(): Message | null {
    switch (this.status().state) {
      case 'none':
      case 'signedIn':
        return null;
      case 'signedOut':
        return message('signInFirst');
      case 'locked':
        return message('tillLocked');
    }
  }

  // ---- approvals

  /**
   * Whether this may be done, and by whom. A PIN or badge that is given decides; left out, the signed-in person counts, for
   * acts that don't always ask. Awaits the PIN's digest: check again whatever may have changed meanwhile.
   */
  async allow(act: Act, approval: Approval | undefined): Promise<Allowed | ApprovalRefusal | Refused> {
    if (this.ports.ownerAccess || !staffIsOn(this.staff)) return { kind: 'allowed', by: this.who(), approval: null };
    const asker = signedInPerson(this.staff);
    if (approval !== undefined) {
      const found = await this.identify(approval);
      if (found.kind !== 'person') return found;
      const { person, how } = found;
      if (!mayDo(person.role, act)) return this.needed(act);
      // On a locked screen whoever approves is the one who acts: the other is not there.
      return { kind: 'allowed', by: asker === null || this.staff.locked ? personName(person) : personName(asker), approval: { by: personName(person), role: person.role, how } };
    }
    if (asker === null || this.staff.locked || alwaysAsked.has(act) || !mayDo(asker.role, act)) return this.needed(act);
    if ((act === 'people' || act === 'settings') && !this.wasHereJustNow()) return this.needed(act);
    return { kind: 'allowed', by: personName(asker), approval: { by: personName(asker), role: asker.role, how: 'signedIn' } };
  }

  /** Why whoever is signed in may not do this; null where they may. */
  refusalOf(act: Act): Message | null {
    if (!this.isOn()) return null;
    const person = signedInPerson(this.staff);
    return person !== null && !this.staff.locked && mayDo(person.role, act) ? null : approvalMessage(leastRole(act));
  }

  /** The row of an approval, to be written with what it allowed; null where nobody had to. */
  approvalEntry(allowed: Allowed, act: Act, time: EventTime, about: { readonly refundRef: string | null; readonly amount: Amount | null }): ApprovedEvent | null {
    const { approval } = allowed;
    return approval === null ? null : { type: 'approved', time, act, by: approval.by, role: approval.role, how: approval.how, askedBy: allowed.by, ...about };
  }

  /** Whether an approval that was given allows another act too: what is asked for may have grown while a PIN was looked at. */
  suffices(allowed: Allowed, act: Act): boolean {
    const { approval } = allowed;
    if (approval === null) return !this.isOn();
    return mayDo(approval.role, act) && !(alwaysAsked.has(act) && approval.how === 'signedIn');
  }

  needed(act: Act): ApprovalRefusal {
    const role = leastRole(act);
    return { kind: 'approvalNeeded', role, message: approvalMessage(role) };
  }

  private async identify(approval: Approval): Promise<Identified> {
    return approval.kind === 'pin' ? this.identifyPin(approval.pin) : this.identifyBadge(approval.scanId);
  }

  /** The list of people and the gateways' keys open every door: their owner must have shown who they are a moment ago. */
  private wasHereJustNow(): boolean {
    return this.shownAt !== null && this.ports.clock.monotonic() - this.shownAt < peopleOpenMilliseconds;
  }

  private identifyBadge(scanId: string): Identified {
    const held = this.ports.vault.find(scanId);
    // One scan is one word.
    this.ports.vault.release(scanId);
    const person = held === null ? null : findByBadge(this.staff, this.ports.badgeHash(held.code));
    return person === null || person.left ? { kind: 'refused', message: message('badgeUnknown') } : { kind: 'person', person, how: 'badge' };
  }

  private async identifyPin(pin: string): Promise<Identified> {
    const begun = beginTry(this.tries, this.ports.clock.monotonic());
    if (begun.kind === 'wait') return { kind: 'pinWait', until: this.waitsUntil(begun.seconds), message: begun.message };
    this.tries = begun.tries;
    const digest = await this.digestOf(pin);
    if (digest === null) {
      this.tries = tryNotMade(this.tries);
      return { kind: 'refused', message: message('pinNotChecked') };
    }
    const person = findByDigest(this.staff, digest);
    if (person !== null && !person.left) {
      this.tries = rightPin(this.tries);
      this.ports.changed();
      return { kind: 'person', person, how: 'pin' };
    }
    return this.wrong();
  }

  /** Null where it can't be computed on this computer: a badge still signs in. */
  private async digestOf(pin: string): Promise<Uint8Array | null> {
    try {
      return await this.ports.pins.digest(pin);
    } catch {
      return null;
    }
  }

  private wrong(): Identified {
    const now = this.ports.clock.monotonic();
    const wrong = wrongPin(this.tries, now);
    this.tries = wrong.tries;
    const act = { ...this.act(null), by: null };
    // Before anybody learns that it was wrong: pulling the plug gives no try back.
    const failed = wrong.waitBegins ? this.write(wrongPins(act)) : wrong.triesLeft > 0 ? this.write(wrongPinNoted(wrong.tries.taken, act)) : null;
    if (failed !== null) return failed;
    this.ports.changed();
    const seconds = waitSecondsLeft(this.tries, now);
    if (wrong.triesLeft > 0) return { kind: 'wrongPin', triesLeft: wrong.triesLeft, message: wrong.message };
    return { kind: 'pinWait', until: this.waitsUntil(seconds), message: wrong.message };
  }

  private waitsUntil(seconds: number): Instant {
    return this.ports.clock.wall() + seconds * 1000;
  }

  // ---- signing in

  async signIn(approval: Approval): Promise<SignReply> {
    const found = await this.identify(approval);
    if (found.kind !== 'person') return found;
    const failed = this.write(signIn(found.person, found.how, { ...this.act(null), by: personName(found.person) }));
    if (failed !== null) return failed;
    this.shownAt = this.ports.clock.monotonic();
    return { kind: 'signedIn', person: personView(personOf(this.staff, found.person.operatorId) ?? found.person) };
  }

  lock(): Message | null {
    return this.isOn() && this.staff.signedIn !== null && !this.staff.locked ? (this.write(lockTill(this.act(null)))?.message ?? null) : null;
  }

  // ---- the list of people

  addPerson(person: { readonly commandId: string; readonly name: string; readonly role: Role; readonly approval?: Approval | undefined }): Promise<PeopleReply> {
    return this.change(person, (act) => addPerson(this.staff, { operatorId: makeReference(this.ports.random, 12), name: person.name, role: person.role }, act));
  }

  changePerson(change: { readonly commandId: string; readonly operatorId: string; readonly change: PersonChange; readonly approval?: Approval | undefined }): Promise<PeopleReply> {
    return this.change(change, (act) => changePerson(this.staff, change.operatorId, change.change, act));
  }

  async setPin(set: { readonly commandId: string; readonly operatorId: string; readonly pin: string; readonly approval?: Approval | undefined }): Promise<PeopleReply> {
    // In every case, so that the time taken doesn't tell an easy PIN from one that is somebody's.
    const digest = await this.digestOf(set.pin);
    if (digest === null) return { kind: 'refused', message: message('pinNotChecked') };
    return this.changeAndEnter(set, 'pin', (act) => setPin(this.staff, set.operatorId, { digits: set.pin, length: this.ports.pinDigits, digest }, act));
  }

  setBadge(set: { readonly commandId: string; readonly operatorId: string; readonly scanId: string | null; readonly approval?: Approval | undefined }): Promise<PeopleReply> {
    const held = set.scanId === null ? null : this.ports.vault.find(set.scanId);
    if (set.scanId !== null && held === null) return Promise.resolve({ kind: 'refused', message: message('scanExpired') });
    if (held !== null && held.code.length < shortestBadge) return Promise.resolve({ kind: 'refused', message: message('badgeTooShort') });
    return this.changeAndEnter(set, 'badge', (act) => setBadge(this.staff, set.operatorId, held === null ? null : this.ports.badgeHash(held.code), act));
  }

  /** The first PIN or badge of an owner puts the sign-in on: that owner is at the till, and not thrown out by it. */
  private async changeAndEnter(request: { readonly commandId: string; readonly operatorId: string; readonly approval?: Approval | undefined }, how: 'pin' | 'badge', decide: (act: StaffAct) => StaffDecision<StaffEvent>): Promise<PeopleReply> {
    return this.change(request, decide, (after) => {
      const person = personOf(after, request.operatorId);
      const isFirst = !staffIsOn(this.staff) && staffIsOn(after);
      return isFirst && person !== null ? [signIn(person, how, { ...this.act(null), by: personName(person) })] : [];
    });
  }

  private async change(request: { readonly commandId: string; readonly approval?: Approval | undefined }, decide: (act: StaffAct) => StaffDecision<StaffEvent>, beside: (after: Staff) => readonly StaffEvent[] = () => []): Promise<PeopleReply> {
    if (this.ports.journal.reader.aggregateOfCommand(request.commandId) !== null) return { kind: 'done', people: this.people() };
    const allowed = await this.allow('people', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    if (this.ports.journal.reader.aggregateOfCommand(request.commandId) !== null) return { kind: 'done', people: this.people() };
    this.shownAt = this.ports.clock.monotonic();
    const by = allowed.approval?.by ?? allowed.by;
    const decision = decide({ ...this.act(request.commandId), by });
    if (decision.kind === 'refused') return decision;
    return this.write(decision.event, beside(stepStaff(this.staff, decision.event))) ?? { kind: 'done', people: this.people() };
  }

  // ---- writing

  /** One transaction, and one word to whoever watches: between two of them the till would stand open, or locked, for a moment. */
  private write(event: StaffEvent, beside: readonly StaffEvent[] = []): Refused | null {
    const events = [event, ...beside];
    try {
      this.ports.journal.append(events.map((one) => ({ aggregate: staffAggregate, type: one.type, payload: one })), { commandId: event.commandId });
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return { kind: 'refused', message: this.ports.journalFailed(error) };
    }
    for (const one of events) this.staff = stepStaff(this.staff, one);
    this.ports.changed();
    return null;
  }

  private act(commandId: string | null): StaffAct {
    const { clock } = this.ports;
    const person = signedInPerson(this.staff);
    return { time: { wall: clock.wall(), monotonic: clock.monotonic() }, by: person === null ? this.terminal() : personName(person), commandId };
  }

  private terminal(): PersonName {
    return { operatorId: this.ports.terminalId, name: this.ports.terminalId };
  }
}
