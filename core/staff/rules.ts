/** What may be done to the people of a till: each rule gives the event to journal, or says why not. */
import { message, type Message } from '../contract/messages.ts';
import type { PersonChange, Role } from '../contract/types.ts';
import type { BadgeSet, PersonAdded, PersonChanged, PinSet, SignedIn, StaffAct, StaffEvent, TillLocked, WrongPin, WrongPins } from './events.ts';
import { findByDigest } from './find-by-digest.ts';
import { isEasyPin } from './pin-strength.ts';
import { pinTriesMost, pinWaitSeconds } from './pin-tries.ts';
import { findByBadge, hexOf, personOf, staffIsOn, stepStaff, type Staff, type StaffPerson } from './staff.ts';

/** The event to journal, or a sentence. Nothing was changed yet in either case. */
export type StaffDecision<Event extends StaffEvent> = { readonly kind: 'done'; readonly event: Event } | { readonly kind: 'refused'; readonly message: Message };

/** The first person is an owner; a second one waits until an owner can sign in. */
export function addPerson(staff: Staff, person: { readonly operatorId: string; readonly name: string; readonly role: Role }, act: StaffAct): StaffDecision<PersonAdded> {
  if (staff.people.length === 0 && person.role !== 'owner') return refused(message('firstIsOwner'));
  if (staff.people.length > 0 && !staffIsOn(staff)) return refused(message('ownerPinFirst'));
  const number = String(staff.people.length + 1).padStart(2, '0');
  return { kind: 'done', event: { ...act, type: 'personAdded', operatorId: person.operatorId, number, name: person.name, role: person.role } };
}

/** Name, role, leaving and coming back. There is always an owner, and once one could sign in, one always can. */
export function changePerson(staff: Staff, operatorId: string, change: PersonChange, act: StaffAct): StaffDecision<PersonChanged> {
  const person = personOf(staff, operatorId);
  if (person === null) return refused(message('personNotFound'));
  const event: PersonChanged = { ...act, type: 'personChanged', operatorId, name: change.name ?? person.name, role: change.role ?? person.role, left: change.left ?? person.left };
  return keepsAnOwner(staff, event) ? { kind: 'done', event } : refused(message('lastOwner'));
}

/**
 * A new PIN. `digest` is the PIN's (32 bytes), computed in every case, so that the time taken doesn't tell an easy PIN
 * from one that is somebody's already: both get the same sentence, and nobody learns another's PIN.
 */
export function setPin(staff: Staff, operatorId: string, pin: { readonly digits: string; readonly length: number; readonly digest: Uint8Array }, act: StaffAct): StaffDecision<PinSet> {
  const holder = findByDigest(staff, pin.digest);
  const person = personHere(staff, operatorId);
  if (person === null) return refused(message('personNotFound'));
  // A wrong length gives nothing away, and "choose another" would not help.
  if (pin.digits.length !== pin.length || !/^[0-9]+$/.test(pin.digits)) return refused(message('pinLength', { n: String(pin.length) }));
  const takenByAnother = holder !== null && holder.operatorId !== operatorId;
  if (takenByAnother || isEasyPin(pin.digits)) return refused(message('pinTooEasy'));
  return { kind: 'done', event: { ...act, type: 'pinSet', operatorId, digest: hexOf(pin.digest) } };
}

/** A badge by its keyed hash (hex); null takes it away at once. */
export function setBadge(staff: Staff, operatorId: string, digest: string | null, act: StaffAct): StaffDecision<BadgeSet> {
  if (personHere(staff, operatorId) === null) return refused(message('personNotFound'));
  const holder = digest === null ? null : findByBadge(staff, digest);
  if (holder !== null && holder.operatorId !== operatorId) return refused(message('badgeTaken'));
  const event: BadgeSet = { ...act, type: 'badgeSet', operatorId, digest };
  return keepsAnOwner(staff, event) ? { kind: 'done', event } : refused(message('lastOwner'));
}

/** Signs a person in whose PIN or badge was recognised. */
export function signIn(person: StaffPerson, how: SignedIn['how'], act: StaffAct): SignedIn {
  return { ...act, type: 'signedIn', operatorId: person.operatorId, how };
}

export function lockTill(act: StaffAct): TillLocked {
  return { ...act, type: 'tillLocked' };
}

/** A wrong PIN before the last one; `tries` of them are used. */
export function wrongPinNoted(tries: number, act: StaffAct): WrongPin {
  return { ...act, type: 'wrongPin', tries };
}

/** The wait that `wrongPin` (pin-tries.ts) began. */
export function wrongPins(act: StaffAct): WrongPins {
  return { ...act, type: 'wrongPins', tries: pinTriesMost, waitSeconds: pinWaitSeconds };
}

function personHere(staff: Staff, operatorId: string): StaffPerson | null {
  const person = personOf(staff, operatorId);
  return person === null || person.left ? null : person;
}

function keepsAnOwner(staff: Staff, event: StaffEvent): boolean {
  const after = stepStaff(staff, event);
  const hasOwner = after.people.some((person) => person.role === 'owner' && !person.left);
  return hasOwner && (staffIsOn(after) || !staffIsOn(staff));
}

function refused(said: Message): { readonly kind: 'refused'; readonly message: Message } {
  return { kind: 'refused', message: said };
}
