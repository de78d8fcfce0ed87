/** A new person: a name, and nothing else. The role is chosen in the list; the PIN is the person's own business. */
import { calls, refused, stay } from './inputs.ts';
import type { Part } from './part.ts';
import { emptyPin } from './pin-entry.ts';
import { openPeople } from './people.ts';
import { pressOn } from './press.ts';

export interface PersonAddPlace {
  readonly name: 'personAdd';
  readonly stage: 'name' | 'saving';
  readonly text: string;
  /** The first person is the owner. */
  readonly isFirst: boolean;
  /** The command that carries this name; a repeat after a lost answer is the same one. */
  readonly sentAs: { readonly commandId: string; readonly text: string } | null;
}

export const nameMost = 40;

export const personAdd: Part<PersonAddPlace> = {
  keys: (at) => (at.stage === 'saving' ? [] : [
    { key: '-', word: 'cap.doNotAdd', press: leave },
    ...(at.text.trim() === '' ? [] : [{ key: 'Enter', word: at.isFirst ? 'cap.addAsOwner' : 'cap.addAsCashier', press: add, primary: true } as const]),
  ]),
  digits: () => 'none',
  onText: (state, at, text) => stay(at.stage === 'name' ? { ...state, place: { ...at, text: text.slice(0, nameMost) } } : state),
  onScan: (state) => stay({ ...state, notice: { kind: 'words', key: 'notice.scanNoName' } }),
  onReply(state, at, reply) {
    if (reply.name !== 'addPerson' || reply.tag !== at.sentAs?.commandId) return stay(state);
    const answer = reply.reply;
    if (answer.kind !== 'done') return stay({ ...state, place: { ...at, stage: 'name', sentAs: null }, notice: { kind: 'message', message: answer.message } });
    // The newest has the highest number.
    const person = answer.people.toSorted((left, right) => Number(left.number) - Number(right.number)).at(-1);
    if (!person) return openPeople(state);
    if (at.isFirst) return stay({ ...state, place: { name: 'pinSet', stage: 'pin', person, first: null, pin: emptyPin, problem: null } });
    return openPeople(state, person.operatorId);
  },
  onLost: (state, at, { tag }) => stay(tag !== at.sentAs?.commandId ? state : { ...state, place: { ...at, stage: 'name' }, notice: { kind: 'words', key: 'notice.actionFailed' } }),
};

const leave = pressOn('personAdd', (state) => openPeople(state));

const add = pressOn('personAdd', (state, at, moment) => {
  const text = at.text.trim();
  if (text === '') return refused(state);
  const commandId = at.sentAs?.text === text ? at.sentAs.commandId : moment.freshId;
  const request = { commandId, name: text, role: at.isFirst ? 'owner' : 'cashier' } as const;
  return stay({ ...state, place: { ...at, stage: 'saving', sentAs: { commandId, text } } }, calls('addPerson', request, commandId));
});
