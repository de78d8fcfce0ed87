/** Tests of People: the owner first, roles and leaving saved as one choice, and a PIN that its person alone types, twice. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { Person } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { peopleRows, ringedPerson } from './people.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleStatus } from './samples.ts';
import { atWork, samplePeople, sampleStaff, sampleWang } from './samples-shift.ts';

function opened(people: readonly Person[] = samplePeople, role: 'owner' | 'cashier' | 'none' = 'owner'): Rehearsal {
  const till = new Rehearsal(role === 'none' ? {} : atWork(role)).keys('/', '7', '5');
  return till.send({ type: 'reply', name: 'people', tag: 'people', reply: people }).wait(500);
}

function called(till: Rehearsal, name: string): readonly unknown[] {
  return till.asked('call').filter((request) => request.name === name).map((request) => request.request);
}

function ringed(till: Rehearsal): string | null {
  return till.state.place.name === 'people' ? ringedPerson(till.state.place)?.name ?? null : null;
}

describe('the list', () => {
  it('has those who left at its end', () => {
    const till = opened(samplePeople.toReversed());
    expect(till.state.place.name === 'people' && peopleRows(till.state.place).at(-1)?.name).toBe('周凯');
  });
  it('moves by row and round', () => {
    expect(ringed(opened().keys('2'))).toBe('陈晓');
    expect(ringed(opened().keys('8'))).toBe('周凯');
    expect(ringed(opened().send({ type: 'row', index: 3 }))).toBe('王芳');
  });
  it('saves a role only with Enter, and drops it with −', () => {
    const till = opened().keys('2', '6');
    expect(called(till.wait(500).keys('Enter'), 'changePerson')).toMatchObject([{ operatorId: 'o-02', change: { role: 'supervisor' } }]);
    expect(opened().keys('2', '6').wait(500).keys('-').state.place).toMatchObject({ standing: null });
    expect(opened().keys('2', '6', '4').state.place).toMatchObject({ standing: null });
    expect(bindings(opened().state).map((binding) => binding.key)).not.toContain('Enter');
  });
  it('lets someone leave, and come back as what they are chosen to be', () => {
    expect(called(opened().keys('2', '4').wait(500).keys('Enter'), 'changePerson')).toMatchObject([{ change: { left: true } }]);
    expect(called(opened().keys('8', '6').wait(500).keys('Enter'), 'changePerson')).toMatchObject([{ operatorId: 'o-05', change: { left: false } }]);
  });
  it('says why the last owner stays one', () => {
    const till = opened().keys('4').wait(500).keys('Enter').send({ type: 'reply', name: 'changePerson', tag: 'people', reply: { kind: 'refused', message: message('lastOwner') } });
    expect(till.state.notice).toMatchObject({ message: { key: 'lastOwner' } });
    expect(till.state.place).toMatchObject({ stage: 'list' });
  });
});

describe('the owner comes first', () => {
  it('a cashier finds a PIN asked for, and the list opens once an owner is signed in', () => {
    const till = opened(samplePeople, 'cashier');
    expect(till.state.place).toMatchObject({ stage: 'owner' });
    till.keys('7', '3', '9', '1');
    expect(called(till, 'signIn')).toEqual([{ approval: { kind: 'pin', pin: '7391' } }]);
    till.send({ type: 'status', status: sampleStatus(atWork('owner')) });
    expect(till.state.place).toMatchObject({ name: 'people', stage: 'list' });
  });
  it('says so where the PIN was no owner’s', () => {
    const till = opened(samplePeople, 'cashier').keys('7', '3', '9', '1').send({ type: 'reply', name: 'signIn', tag: 'people', reply: { kind: 'signedIn', person: sampleWang } });
    expect(till.state.notice).toMatchObject({ key: 'notice.notOwner' });
    expect(till.state.place).toMatchObject({ stage: 'owner' });
  });
  it('and a badge of somebody else takes the list away again', () => {
    const till = opened();
    till.send({ type: 'status', status: sampleStatus(atWork('cashier')) });
    expect(till.state.place).toMatchObject({ name: 'people', stage: 'owner' });
    const setting = opened().keys('2', '*', '7', '3').send({ type: 'status', status: sampleStatus(atWork('cashier')) });
    expect(setting.state.place).toMatchObject({ name: 'people', stage: 'owner' });
  });
});

describe('the first person', () => {
  it('is the owner, and sets a PIN at once', () => {
    const till = opened([], 'none');
    expect(bindings(till.state).map((binding) => binding.word)).toContain('cap.addOwner');
    till.keys('+').send({ type: 'text', text: ' 李薇 ' }).wait(500).keys('Enter');
    expect(called(till, 'addPerson')).toMatchObject([{ name: '李薇', role: 'owner' }]);
    const { place } = till.state;
    const tag = place.name === 'personAdd' ? place.sentAs?.commandId ?? '' : '';
    till.send({ type: 'reply', name: 'addPerson', tag, reply: { kind: 'done', people: samplePeople.slice(0, 1) } });
    expect(till.state.place).toMatchObject({ name: 'pinSet', person: { name: '李薇' } });
  });
  it('is added once, also where the answer was lost', () => {
    const till = opened([], 'none').keys('+').send({ type: 'text', text: '李薇' }).wait(500).keys('Enter');
    const [first] = called(till, 'addPerson');
    till.lose('addPerson').wait(500).keys('Enter');
    expect(called(till, 'addPerson')).toEqual([first]);
  });
  it('must have a PIN before the next one comes', () => {
    const keys = bindings(opened(samplePeople.slice(0, 1), 'none').state).map((binding) => binding.key);
    expect(keys).not.toContain('+');
    expect(keys).toContain('*');
  });
});

describe('a PIN', () => {
  const setting = (): Rehearsal => opened().keys('2', '*').wait(500);

  it('is typed twice, and sent only where both are the same', () => {
    const till = setting().keys('7', '3', '9', '1', '7', '3', '9');
    expect(called(till, 'setPin')).toEqual([]);
    expect(JSON.stringify(till.state)).not.toContain('7391');
    expect(called(till.keys('1'), 'setPin')).toMatchObject([{ operatorId: 'o-02', pin: '7391' }]);
    expect(JSON.stringify(till.state)).not.toMatch(/7391|739/);
    expect(till.state.place).toMatchObject({ first: null, pin: { sent: true } });
  });
  it('is set also where a sign-in covers the screen before the answer comes', () => {
    const till = setting().keys('7', '3', '9', '1', '7', '3', '9', '1').send({ type: 'status', status: sampleStatus({ staff: sampleStaff('signedOut'), shiftNeeded: true }) });
    expect(till.view).toBe('signIn');
    till.send({ type: 'reply', name: 'setPin', tag: 'o-02', reply: { kind: 'done', people: samplePeople } });
    expect(till.view).toBe('signIn');
    expect(till.send({ type: 'status', status: sampleStatus(atWork('owner')) }).view).toBe('people');
  });
  it('begins again where the second is another', () => {
    const till = setting().keys('7', '3', '9', '1', '7', '3', '9', '2');
    expect(called(till, 'setPin')).toEqual([]);
    expect(till.state.place).toMatchObject({ first: null, pin: { typed: { length: 0 } }, problem: { key: 'notice.pinDiffers' } });
  });
  it('that is too easy, or somebody’s already, is turned down in one sentence', () => {
    const till = setting().keys('1', '1', '1', '1', '1', '1', '1', '1').send({ type: 'reply', name: 'setPin', tag: 'o-02', reply: { kind: 'refused', message: message('pinTooEasy') } });
    expect(till.state.place).toMatchObject({ name: 'pinSet', problem: { message: { key: 'pinTooEasy' } } });
  });
  it('goes back digit by digit, into the first typing', () => {
    const till = setting().keys('7', '3', '9', '1', '7').wait(500).keys('-', '-');
    expect(till.state.place).toMatchObject({ first: null, pin: { typed: { length: 3 } } });
  });
});

describe('a badge', () => {
  const waiting = (): Rehearsal => opened().keys('2', '*').wait(500).keys('*').wait(500);

  it('is registered by its scan, whatever is on it', () => {
    const till = waiting().scan({ kind: 'other', scanId: 'scan-7', message: message('notAPaymentCode') });
    expect(called(till, 'setBadge')).toMatchObject([{ operatorId: 'o-02', scanId: 'scan-7' }]);
  });
  it('is never a payment code', () => {
    const till = waiting().scan({ kind: 'paymentCode', scanId: 'scan-1', wallet: 'wechat', last4: '4417', digits: 18, expiresAt: 0 });
    expect(called(till, 'setBadge')).toEqual([]);
    expect(till.state.notice).toMatchObject({ key: 'notice.notABadge' });
  });
  it('that is lost is taken back with one key', () => expect(called(waiting().keys('+'), 'setBadge')).toMatchObject([{ operatorId: 'o-02', scanId: null }]));
});
