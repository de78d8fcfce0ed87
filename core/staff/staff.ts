/** The people of a till, folded from the rows of `staff`, and what screens see of them. */
import type { Person, PersonName, Role } from '../contract/types.ts';
import type { Instant } from '../ports.ts';
import type { StaffEvent } from './events.ts';

/** One person with what signs them in. Stays inside core: screens get a `Person`. */
export interface StaffPerson {
  readonly operatorId: string;
  readonly number: string;
  readonly name: string;
  readonly role: Role;
  /** The keyed digest of the PIN; null where none was set, and for whoever left. */
  readonly pin: Uint8Array | null;
  /** Hex of the keyed hash of the badge. */
  readonly badge: string | null;
  readonly left: boolean;
  /** When they left; null for whoever is here. */
  readonly leftAt: Instant | null;
  readonly lastHereAt: Instant | null;
}

export interface Staff {
  /** In the order in which they were added. */
  readonly people: readonly StaffPerson[];
  /** Who is signed in; null where nobody is. */
  readonly signedIn: string | null;
  readonly locked: boolean;
  /** The newest wait after wrong PINs was not followed by a right one: it may still run (see pin-tries.ts). */
  readonly waitJournaled: boolean;
  /** Tries that were used up by the newest wrong PIN, below the number at which a wait begins. */
  readonly triesJournaled: number;
}

export const nobody: Staff = { people: [], signedIn: null, locked: false, waitJournaled: false, triesJournaled: 0 };

export function staffOf(events: Iterable<StaffEvent>): Staff {
  let staff = nobody;
  for (const event of events) staff = stepStaff(staff, event);
  return staff;
}

export function stepStaff(staff: Staff, event: StaffEvent): Staff {
  switch (event.type) {
    case 'personAdded': {
      const { operatorId, number, name, role } = event;
      return { ...staff, people: [...staff.people, { operatorId, number, name, role, pin: null, badge: null, left: false, leftAt: null, lastHereAt: null }] };
    }
    case 'personChanged': {
      const { name, role, left } = event;
      const leftAt = left ? (personOf(staff, event.operatorId)?.leftAt ?? event.time.wall) : null;
      // Whoever leaves takes PIN and badge along: both are free for others, and coming back begins with a new PIN.
      const changed = withPerson(staff, event.operatorId, left ? { name, role, left, leftAt, pin: null, badge: null } : { name, role, left, leftAt });
      return left && staff.signedIn === event.operatorId ? { ...changed, signedIn: null, locked: false } : changed;
    }
    case 'pinSet':
      return withPerson(staff, event.operatorId, { pin: bytesOfHex(event.digest) });
    case 'badgeSet':
      return withPerson(staff, event.operatorId, { badge: event.digest });
    case 'signedIn': {
      const here = withPerson(staff, event.operatorId, { lastHereAt: event.time.wall });
      // A badge is allowed during the wait, so it says nothing about who tried the PINs.
      return { ...here, signedIn: event.operatorId, locked: false, waitJournaled: event.how === 'badge' && staff.waitJournaled };
    }
    case 'tillLocked':
      return staff.signedIn === null ? staff : { ...staff, locked: true };
    case 'wrongPin':
      // One is taken only once a wait is over.
      return { ...staff, waitJournaled: false, triesJournaled: event.tries };
    case 'wrongPins':
      return { ...staff, waitJournaled: true, triesJournaled: 0 };
  }
}

/** As a new run of the program finds them: nobody is at the till until they sign in. */
export function atStart(staff: Staff): Staff {
  return { ...staff, signedIn: null, locked: false };
}

export function personOf(staff: Staff, operatorId: string): StaffPerson | null {
  return staff.people.find((person) => person.operatorId === operatorId) ?? null;
}

/** The person of a badge's keyed hash (hex); null where it is nobody's. */
export function findByBadge(staff: Staff, digest: string): StaffPerson | null {
  return staff.people.find((person) => person.badge === digest) ?? null;
}

export function signedInPerson(staff: Staff): StaffPerson | null {
  return staff.signedIn === null ? null : personOf(staff, staff.signedIn);
}

export function canSignIn(person: StaffPerson): boolean {
  return !person.left && (person.pin !== null || person.badge !== null);
}

/**
 * True once an owner can sign in: from then on people sign in and approve. Before, whoever stands at the till may do
 * everything; else the first owner, still without a PIN, would be locked out. The rules never let it become false again.
 */
export function staffIsOn(staff: Staff): boolean {
  return staff.people.some((person) => person.role === 'owner' && canSignIn(person));
}

/** The `state` of the frame's StaffStatus. */
export function staffState(staff: Staff): 'none' | 'signedOut' | 'signedIn' | 'locked' {
  if (!staffIsOn(staff)) return 'none';
  if (staff.signedIn === null) return 'signedOut';
  return staff.locked ? 'locked' : 'signedIn';
}

export function personName(person: StaffPerson): PersonName {
  return { operatorId: person.operatorId, name: person.name };
}

export function personView(person: StaffPerson): Person {
  const { operatorId, number, name, role, left, leftAt, lastHereAt } = person;
  return { operatorId, number, name, role, hasPin: person.pin !== null, hasBadge: person.badge !== null, left, leftAt, lastHereAt };
}

/** Everybody as the screen of people lists them: those who left at the end. */
export function peopleView(staff: Staff): readonly Person[] {
  const people = staff.people.map(personView);
  return [...people.filter((person) => !person.left), ...people.filter((person) => person.left)];
}

function withPerson(staff: Staff, operatorId: string, change: Partial<StaffPerson>): Staff {
  return { ...staff, people: staff.people.map((person) => (person.operatorId === operatorId ? { ...person, ...change } : person)) };
}

function bytesOfHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

/** Hex of a digest, as events hold it. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
