/** People: who works here, as what, and with which PIN or badge. The owner's screen; someone who left stays in the list, grey. */
import type { Person, Role } from '../../core/contract/types.ts';
import { calls, refused, stay, type Request, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { emptyPin, pinWithoutLast, refusedPin, sentPin, type PinEntry } from './pin-entry.ts';
import { pressOn } from './press.ts';
import { typedPin } from './sign-in.ts';
import type { TillScreen } from './state.ts';

/** What a person is, or that they left: one choice, saved as one. */
export type Standing = Role | 'left';
export const standings: readonly Standing[] = ['cashier', 'supervisor', 'owner', 'left'];

export interface PeoplePlace {
  readonly name: 'people';
  /** `owner`: the owner's PIN or badge comes first. `saving`: the till has been asked. */
  readonly stage: 'owner' | 'list' | 'saving';
  readonly people: readonly Person[] | null;
  readonly ringedId: string | null;
  /** Chosen and not saved; null where nothing was changed. */
  readonly standing: Standing | null;
  readonly pin: PinEntry;
}

const tag = 'people';
export const loadPeople: Request = calls('people', {}, tag);

export function openPeople(state: TillScreen, ringedId: string | null = null): Step {
  const place: PeoplePlace = { name: 'people', stage: isOwnersTurn(state) ? 'list' : 'owner', people: null, ringedId, standing: null, pin: emptyPin };
  return stay({ ...state, menu: 'closed', place }, loadPeople);
}

/** Whether people may be changed by whoever stands there: an owner, or anybody while nobody has been added. */
export function isOwnersTurn({ status }: TillScreen): boolean {
  return status !== null && (status.staff.state === 'none' || status.staff.person?.role === 'owner');
}

/** Those who left stand at the end. */
export function peopleRows(at: PeoplePlace): readonly Person[] {
  const all = at.people ?? [];
  return [...all.filter((person) => !person.left), ...all.filter((person) => person.left)];
}

export function ringedPerson(at: PeoplePlace): Person | null {
  const rows = peopleRows(at);
  return rows.find((person) => person.operatorId === at.ringedId) ?? rows[0] ?? null;
}

export function standingOf(person: Person): Standing {
  return person.left ? 'left' : person.role;
}

export const people: Part<PeoplePlace> = {
  keys: (at, state) => (at.stage === 'owner' ? ownerKeys(at) : at.stage === 'saving' ? [] : listKeys(at, state)),
  digits: (at) => (at.stage === 'owner' ? 'text' : at.stage === 'saving' ? 'none' : 'move'),
  onDigit: (state, at, key) => (at.stage === 'owner' ? onPinDigit(state, at, key) : onMove(state, at, key)),
  onHoldDelete: (state, at) => stay(at.stage === 'owner' && !at.pin.sent ? { ...state, place: { ...at, pin: emptyPin } } : state),
  onRow(state, at, index) {
    const person = peopleRows(at)[index];
    return person && at.stage === 'list' ? stay({ ...state, place: { ...at, ringedId: person.operatorId, standing: null } }) : stay(state);
  },
  onScan(state, at, scan) {
    if (at.stage !== 'owner' || scan.kind !== 'badge') return null;
    return stay({ ...state, place: { ...at, pin: sentPin } }, calls('signIn', { approval: { kind: 'badge', scanId: scan.scanId } }, tag));
  },
  onReply(state, at, reply) {
    if (reply.tag !== tag) return stay(state);
    if (reply.name === 'people') return stay({ ...state, place: { ...at, people: reply.reply } });
    if (reply.name === 'signIn') return onSigned(state, at, reply.reply);
    if (reply.name !== 'changePerson') return stay(state);
    const answer = reply.reply;
    if (answer.kind === 'done') return stay({ ...state, place: { ...at, stage: 'list', people: answer.people, standing: null } });
    return stay({ ...state, place: { ...at, stage: 'list' }, notice: { kind: 'message', message: answer.message } });
  },
  onLost(state, at, lost) {
    if (lost.tag !== tag || lost.name === 'people') return stay(state);
    const place: PeoplePlace = { ...at, stage: at.stage === 'saving' ? 'list' : at.stage, pin: emptyPin };
    return stay({ ...state, place, notice: { kind: 'words', key: 'notice.actionFailed' } }, loadPeople);
  },
};

function ownerKeys(at: PeoplePlace): readonly Binding[] {
  return [at.pin.typed.length > 0 ? { key: '-', word: 'cap.delete', press: deletePin } : { key: '-', word: 'cap.backToSale', press: leave }];
}

function listKeys(at: PeoplePlace, state: TillScreen): readonly Binding[] {
  if (!at.people) return [{ key: '-', word: 'cap.back', press: leave }];
  const ringed = ringedPerson(at);
  if (!ringed) return [
    { key: '-', word: 'cap.back', press: leave }, { key: '+', word: 'cap.addOwner', press: add, offRail: 'also' }, { key: 'Enter', word: 'cap.addOwner', press: add, primary: true },
  ];
  if (at.standing !== null) {
    return [
      { key: '82', word: 'cap.choosePerson', press: refused, offRail: 'also' }, { key: '46', word: 'cap.role', press: refused },
      { key: '-', word: 'cap.doNotSave', press: drop }, { key: 'Enter', word: 'cap.save', press: save, primary: true },
    ];
  }
  const list: Binding[] = [];
  if (at.people.length > 1) list.push({ key: '82', word: 'cap.choosePerson', press: refused });
  // Before the first PIN stands, nobody could be told from anybody.
  if (state.status?.staff.state !== 'none') {
    list.push({ key: '46', word: 'cap.role', press: refused }, { key: '+', word: 'cap.addPerson', press: add });
  }
  if (!ringed.left) list.push({ key: '*', word: 'cap.pinBadge', press: openPin });
  list.push({ key: '-', word: 'cap.back', press: leave });
  return list;
}

function onPinDigit(state: TillScreen, at: PeoplePlace, key: PadKey): Step {
  const next = typedPin(state, at.pin, key);
  if (!next) return refused(state);
  if (next.full === null) return stay({ ...state, place: { ...at, pin: next.pin } });
  return stay({ ...state, place: { ...at, pin: sentPin } }, calls('signIn', { approval: { kind: 'pin', pin: next.full } }, tag));
}

type SignAnswer = Extract<Parameters<NonNullable<Part<PeoplePlace>['onReply']>>[2], { name: 'signIn' }>['reply'];

function onSigned(state: TillScreen, at: PeoplePlace, answer: SignAnswer): Step {
  if (answer.kind !== 'signedIn') return stay({ ...state, place: { ...at, pin: refusedPin(answer) } });
  if (answer.person.role === 'owner') return stay({ ...state, place: { ...at, pin: emptyPin } }, { kind: 'loadStatus' });
  return stay({ ...state, place: { ...at, pin: emptyPin }, notice: { kind: 'words', key: 'notice.notOwner', values: { name: answer.person.name } } }, { kind: 'loadStatus' });
}

function onMove(state: TillScreen, at: PeoplePlace, key: PadKey): Step {
  if (key === '4' || key === 'left') return withStanding(state, at, -1);
  if (key === '6' || key === 'right') return withStanding(state, at, 1);
  const by = key === '8' || key === 'up' ? -1 : key === '2' || key === 'down' ? 1 : 0;
  const rows = peopleRows(at);
  const ringed = ringedPerson(at);
  if (by === 0 || !ringed || rows.length < 2) return refused(state);
  const next = rows[(rows.indexOf(ringed) + by + rows.length) % rows.length];
  return stay({ ...state, place: { ...at, ringedId: next?.operatorId ?? null, standing: null } });
}

function withStanding(state: TillScreen, at: PeoplePlace, by: 1 | -1): Step {
  const ringed = ringedPerson(at);
  if (!ringed || state.status?.staff.state === 'none') return refused(state);
  const index = standings.indexOf(at.standing ?? standingOf(ringed));
  const next = standings[(index + by + standings.length) % standings.length] ?? 'cashier';
  return stay({ ...state, place: { ...at, ringedId: ringed.operatorId, standing: next === standingOf(ringed) ? null : next } });
}

const leave = pressOn('people', (state) => stay({ ...state, place: { name: 'counter' } }));
const deletePin = pressOn('people', (state, at) => stay({ ...state, place: { ...at, pin: pinWithoutLast(at.pin) } }));
const drop = pressOn('people', (state, at) => stay({ ...state, place: { ...at, standing: null } }));

const add = pressOn('people', (state, at) => stay({
  ...state, place: { name: 'personAdd', stage: 'name', text: '', isFirst: (at.people ?? []).length === 0, sentAs: null },
}));

const openPin = pressOn('people', (state, at) => {
  const person = ringedPerson(at);
  return person ? stay({ ...state, place: { name: 'pinSet', stage: 'pin', person, first: null, pin: emptyPin, problem: null } }) : refused(state);
});

const save = pressOn('people', (state, at, moment) => {
  const person = ringedPerson(at);
  if (!person || at.standing === null) return refused(state);
  const change = at.standing === 'left' ? { left: true } : { ...(person.left ? { left: false } : {}), ...(person.role === at.standing ? {} : { role: at.standing }) };
  const request = { commandId: moment.freshId, operatorId: person.operatorId, change };
  return stay({ ...state, place: { ...at, stage: 'saving' } }, calls('changePerson', request, tag));
});
