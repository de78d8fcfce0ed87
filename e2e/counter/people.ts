/** People at the counter: who is added by whom, and how they sign in. By keys alone. */
import type { Counter } from './counter.ts';
import type { Words } from './day-words.ts';

export interface StaffMember {
  readonly name: string;
  readonly pin: string;
}

/** From a till without people: the owner adds themselves, sets a PIN, and stands before the list. */
export async function addOwner(counter: Counter, say: Words, owner: StaffMember): Promise<void> {
  await counter.menu('7', '5');
  await counter.sees(say('people'));
  await counter.press('Enter');
  await counter.headline(say('owner'));
  await counter.write(owner.name);
  await counter.press('Enter');
  await setPin(counter, say, owner);
}

/** On the owner's list of people. */
export async function addPerson(counter: Counter, say: Words, person: StaffMember, role: 'cashier' | 'supervisor'): Promise<void> {
  await counter.press('+');
  await counter.headline(say('person'));
  await counter.write(person.name);
  await counter.press('Enter');
  await counter.sees(say('noPin'));
  if (role === 'supervisor') {
    await counter.type('6');
    await counter.sees(say('unsaved'));
    await counter.press('Enter');
    await counter.isGone(say('unsaved'));
  }
  await counter.press('*');
  await setPin(counter, say, person);
}

async function setPin(counter: Counter, say: Words, { name, pin }: StaffMember): Promise<void> {
  await counter.headline(say('ownPin', { name }));
  await counter.type(pin + pin);
  await counter.headline(say('list'));
}

/** Locks the till and unlocks it as somebody else. */
export async function takeOver(counter: Counter, say: Words, person: StaffMember): Promise<void> {
  await counter.menu('8');
  await counter.headline(say('signIn'));
  await signIn(counter, person);
}

export async function signIn(counter: Counter, { name, pin }: StaffMember): Promise<void> {
  await counter.type(pin);
  await counter.page.getByRole('banner').getByText(name).waitFor();
}
