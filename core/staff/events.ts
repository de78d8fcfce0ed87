/** Everything that can happen to the people of a till: the rows of the aggregate `staff`. A PIN or a badge's number is in none of them. */
import type { PersonName, Role } from '../contract/types.ts';
import type { EventTime } from '../payment/events.ts';

/** The aggregate that all of them belong to. */
export const staffAggregate = 'staff';

/** When, by whom and on which command. */
export interface StaffAct {
  readonly time: EventTime;
  /** Who did it, or approved it; null while nobody was signed in (the first person, wrong PINs on a locked screen). */
  readonly by: PersonName | null;
  /** Null where no command of a screen asked for it (CASES 8). */
  readonly commandId: string | null;
}

export interface PersonAdded extends StaffAct {
  readonly type: 'personAdded';
  readonly operatorId: string;
  readonly number: string;
  readonly name: string;
  readonly role: Role;
}

/** All that can be changed about a person, as it is afterwards. */
export interface PersonChanged extends StaffAct {
  readonly type: 'personChanged';
  readonly operatorId: string;
  readonly name: string;
  readonly role: Role;
  readonly left: boolean;
}

export interface PinSet extends StaffAct {
  readonly type: 'pinSet';
  readonly operatorId: string;
  /** Hex of the keyed digest (64 digits); never the PIN. */
  readonly digest: string;
}

export interface BadgeSet extends StaffAct {
  readonly type: 'badgeSet';
  readonly operatorId: string;
  /** Hex of the keyed hash of the badge's text; null takes the badge away. */
  readonly digest: string | null;
}

export interface SignedIn extends StaffAct {
  readonly type: 'signedIn';
  readonly operatorId: string;
  readonly how: 'pin' | 'badge';
}

/** The screen was locked; who was there stays signed in. */
export interface TillLocked extends StaffAct {
  readonly type: 'tillLocked';
}

/** One wrong PIN, after which more may be tried: a restart gives none back. */
export interface WrongPin extends StaffAct {
  readonly type: 'wrongPin';
  /** How many of the tries were used by then, this one too. */
  readonly tries: number;
}

/** So many wrong PINs in a row that none is taken for a while. */
export interface WrongPins extends StaffAct {
  readonly type: 'wrongPins';
  readonly tries: number;
  readonly waitSeconds: number;
}

export type StaffEvent = PersonAdded | PersonChanged | PinSet | BadgeSet | SignedIn | TillLocked | WrongPin | WrongPins;
