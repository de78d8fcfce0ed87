/** People at the till: who may be added, changed and signed in, and that nothing of a PIN gets out. */
import { describe, expect, it } from 'vitest';
import { messageText, type MessageKey } from '../contract/messages.ts';
import type { PersonName, Role } from '../contract/types.ts';
import type { StaffAct, StaffEvent } from './events.ts';
import { acts, approvalMessage, leastRole, mayDo } from './roles.ts';
import { addPerson, changePerson, lockTill, setBadge, setPin, signIn, wrongPins, type StaffDecision } from './rules.ts';
import { atStart, canSignIn, findByBadge, hexOf, peopleView, personOf, personView, signedInPerson, staffIsOn, staffOf, staffState, stepStaff, type Staff } from './staff.ts';

const boss: PersonName = { operatorId: 'o1', name: 'Wang Fang' };

function act(wall = 1000, by: PersonName | null = boss): StaffAct {
  return { time: { wall, monotonic: 5 }, by, commandId: null };
}

/** A digest that stands for a PIN: its digits, then zeros. */
function digestOf(pin: string): Uint8Array {
  const digest = new Uint8Array(32);
  digest.set([...pin].map(Number), 3);
  return digest;
}

/** A shop as its events make it. */
class Shop {
  readonly events: StaffEvent[] = [];
  get staff(): Staff {
    return staffOf(this.events);
  }

  take(decision: StaffDecision<StaffEvent>): MessageKey | 'done' {
    if (decision.kind === 'refused') return decision.message.key;
    // What is journaled is text, and comes back as it went in.
    this.events.push(JSON.parse(JSON.stringify(decision.event)) as StaffEvent);
    return 'done';
  }

  add(operatorId: string, role: Role): MessageKey | 'done' {
    return this.take(addPerson(this.staff, { operatorId, name: `Name of ${operatorId}`, role }, act()));
  }

  pin(operatorId: string, pin: string, length = 4): MessageKey | 'done' {
    return this.take(setPin(this.staff, operatorId, { digits: pin, length, digest: digestOf(pin) }, act()));
  }

  badge(operatorId: string, digest: string | null): MessageKey | 'done' {
    return this.take(setBadge(this.staff, operatorId, digest, act()));
  }

  change(operatorId: string, change: Parameters<typeof changePerson>[2], wall = 1000): MessageKey | 'done' {
    return this.take(changePerson(this.staff, operatorId, change, act(wall)));
  }

  signIn(operatorId: string, how: 'pin' | 'badge' = 'pin', wall = 2000): void {
    const person = personOf(this.staff, operatorId);
    if (person === null) throw new Error('nobody');
    this.events.push(signIn(person, how, act(wall, null)));
  }
}

/** An owner with a PIN, a supervisor with a badge, and a cashier with a PIN. */
function openShop(): Shop {
  const shop = new Shop();
  shop.add('o1', 'owner');
  shop.pin('o1', '4417');
  shop.add('s1', 'supervisor');
  shop.badge('s1', 'b5');
  shop.add('c1', 'cashier');
  shop.pin('c1', '9305');
  return shop;
}

describe('adding people', () => {
  it('begins with an owner, who has a PIN or badge before anybody follows', () => {
    const shop = new Shop();
    expect(shop.add('c1', 'cashier')).toBe('firstIsOwner');
    expect(shop.add('o1', 'owner')).toBe('done');
    expect(shop.add('c1', 'cashier')).toBe('ownerPinFirst');
    expect(staffState(shop.staff)).toBe('none');
    expect(shop.pin('o1', '4417')).toBe('done');
    expect(staffState(shop.staff)).toBe('signedOut');
    expect(shop.add('c1', 'cashier')).toBe('done');
  });

  it('numbers them in order, and numbers run on past who left', () => {
    const shop = openShop();
    shop.change('c1', { left: true }, 7000);
    shop.add('c2', 'cashier');
    expect(peopleView(shop.staff).map(({ number, left }) => [number, left])).toEqual([['01', false], ['02', false], ['04', false], ['03', true]]);
  });
});

describe('the owner', () => {
  it('who is the last can neither be demoted nor leave', () => {
    const shop = openShop();
    expect(shop.change('o1', { role: 'supervisor' })).toBe('lastOwner');
    expect(shop.change('o1', { left: true })).toBe('lastOwner');
    expect(shop.change('o1', { name: 'Wang Fang' })).toBe('done');
  });

  it('may go once another owner can sign in, and not before', () => {
    const shop = openShop();
    shop.add('o2', 'owner');
    expect(shop.change('o1', { left: true })).toBe('lastOwner');
    shop.pin('o2', '7261');
    expect(shop.change('o1', { role: 'cashier' })).toBe('done');
    expect(shop.change('o2', { left: true })).toBe('lastOwner');
  });

  it('who signs in by badge alone keeps it: else nobody could open the shop again', () => {
    const shop = new Shop();
    shop.add('o1', 'owner');
    shop.badge('o1', 'b1');
    expect(staffIsOn(shop.staff)).toBe(true);
    expect(shop.badge('o1', null)).toBe('lastOwner');
    shop.pin('o1', '4417');
    expect(shop.badge('o1', null)).toBe('done');
  });
});

describe('a PIN', () => {
  it('that is easy or somebody’s already gets one and the same sentence', () => {
    const shop = openShop();
    const key = shop.pin('s1', '4417');
    expect(key).toBe('pinTooEasy');
    expect(shop.pin('s1', '1234')).toBe(key);
    expect(shop.pin('s1', '9305')).toBe(key);
    expect(shop.pin('s1', '7261')).toBe('done');
  });

  it('of another length is told so, whatever its digits', () => {
    expect(openShop().pin('s1', '4417', 6)).toBe('pinLength');
    expect(openShop().pin('s1', '44179', 4)).toBe('pinLength');
    expect(openShop().pin('s1', '44a7', 4)).toBe('pinLength');
  });

  it('may be set to what the same person had', () => {
    expect(openShop().pin('o1', '4417')).toBe('done');
  });

  it('stands in no event: only its digest does, and no view has either', () => {
    const shop = openShop();
    expect(JSON.stringify(shop.events.map((event) => ({ ...event, digest: null })))).not.toMatch(/4417|9305/);
    expect(personOf(shop.staff, 'o1')?.pin).toEqual(digestOf('4417'));
    const views = JSON.stringify(peopleView(shop.staff));
    expect(views).not.toContain(hexOf(digestOf('4417')));
    expect(views).not.toMatch(/"pin"|"badge"|b5/);
  });

  it('is for people of the shop who are here', () => {
    const shop = openShop();
    shop.change('c1', { left: true });
    expect(shop.pin('c1', '7261')).toBe('personNotFound');
    expect(shop.pin('x', '7261')).toBe('personNotFound');
    expect(shop.change('x', { name: 'y' })).toBe('personNotFound');
    expect(shop.badge('x', 'b9')).toBe('personNotFound');
  });
});

describe('a badge', () => {
  it('is one person’s, and taken back at once', () => {
    const shop = openShop();
    expect(shop.badge('c1', 'b5')).toBe('badgeTaken');
    expect(findByBadge(shop.staff, 'b5')?.operatorId).toBe('s1');
    expect(shop.badge('s1', null)).toBe('done');
    expect(findByBadge(shop.staff, 'b5')).toBeNull();
    expect(shop.badge('c1', 'b5')).toBe('done');
  });
});

describe('leaving', () => {
  it('frees PIN and badge, signs out, and keeps the name; coming back begins without a PIN', () => {
    const shop = openShop();
    shop.signIn('c1', 'pin', 2500);
    expect(signedInPerson(shop.staff)?.operatorId).toBe('c1');
    shop.change('c1', { left: true }, 7000);
    shop.change('c1', { name: 'Li Na' }, 8000);
    expect(staffState(shop.staff)).toBe('signedOut');
    expect(personView(personOf(shop.staff, 'c1') ?? fail())).toMatchObject({ name: 'Li Na', hasPin: false, left: true, leftAt: 7000, lastHereAt: 2500 });
    expect(shop.pin('s1', '9305')).toBe('done');
    shop.change('c1', { left: false });
    const back = personOf(shop.staff, 'c1') ?? fail();
    expect([back.left, back.leftAt, canSignIn(back)]).toEqual([false, null, false]);
  });
});

describe('signing in and locking', () => {
  it('hides who was there until somebody signs in', () => {
    const shop = openShop();
    shop.events.push(lockTill(act()));
    expect(staffState(shop.staff)).toBe('signedOut');
    shop.signIn('c1');
    shop.events.push(lockTill(act()));
    expect([staffState(shop.staff), signedInPerson(shop.staff)?.operatorId]).toEqual(['locked', 'c1']);
    shop.signIn('s1', 'badge', 9000);
    expect([staffState(shop.staff), signedInPerson(shop.staff)?.operatorId, personOf(shop.staff, 's1')?.lastHereAt]).toEqual(['signedIn', 's1', 9000]);
  });

  it('ends with the run of the program', () => {
    const shop = openShop();
    shop.signIn('c1');
    expect(staffState(atStart(shop.staff))).toBe('signedOut');
  });

  it('with a right PIN ends a journaled wait; a badge says nothing about it', () => {
    const shop = openShop();
    shop.events.push(wrongPins(act()));
    expect(shop.staff.waitJournaled).toBe(true);
    shop.signIn('s1', 'badge');
    expect(shop.staff.waitJournaled).toBe(true);
    shop.signIn('c1', 'pin');
    expect(shop.staff.waitJournaled).toBe(false);
  });
});

describe('roles', () => {
  it('let each higher one do all that a lower one may', () => {
    for (const one of acts) {
      const may = (['cashier', 'supervisor', 'owner'] as const).map((role) => mayDo(role, one));
      expect(may, one).toEqual(may.toSorted((left, right) => Number(left) - Number(right)));
      expect(mayDo(leastRole(one), one), one).toBe(true);
      expect(mayDo('owner', one), one).toBe(true);
    }
  });

  it.each([
    ['cashier', ['refundUpToLimit', 'payIn', 'openShift', 'closeShift'], ['refundAboveLimit', 'refundForeign', 'recordOutsideRefund', 'payOut', 'showExpected', 'settle', 'people', 'settings']],
    ['supervisor', ['refundAboveLimit', 'refundForeign', 'payOut', 'showExpected'], ['settle', 'people', 'settings']],
    ['owner', ['settle', 'people', 'settings'], []],
  ] as const)('a %s may do this, and not that', (role, may, mayNot) => {
    expect(may.filter((one) => !mayDo(role, one))).toEqual([]);
    expect(mayNot.filter((one) => mayDo(role, one))).toEqual([]);
  });

  it('ask for who is needed', () => {
    expect(messageText(approvalMessage('owner'), 'en')).toContain('owner');
    expect(messageText(approvalMessage('supervisor'), 'en')).toContain('supervisor');
    expect(approvalMessage('cashier').key).toBe('approvalCashier');
  });
});

describe('the fold', () => {
  it('is the same in one go and step by step', () => {
    const shop = openShop();
    shop.signIn('c1');
    let staff = staffOf([]);
    for (const event of shop.events) staff = stepStaff(staff, event);
    expect(staff).toEqual(shop.staff);
  });
});

function fail(): never {
  throw new Error('nobody of that id');
}
