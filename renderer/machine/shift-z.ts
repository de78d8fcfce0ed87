/** The Z report after the close: its number, what was counted, what goes on, and its paper. It is read here, never run again. */
import type { ZView } from '../../core/contract/types.ts';
import { calls, stay, type Step } from './inputs.ts';
import type { Part } from './part.ts';
import { pressOn } from './press.ts';
import { lockNow, mayLock } from './sign-in.ts';
import type { TillScreen } from './state.ts';

export interface ShiftZPlace {
  readonly name: 'shiftZ';
  readonly stage: 'shown';
  readonly number: number;
  readonly z: ZView | null;
  /** When its paper and its backup were asked about last. */
  readonly lookedAt: number;
}

/** Paper and backup take a while: they are looked at so often until they are done. */
const lookMs = 1500;

export function openZ(state: TillScreen, number: number, z: ZView | null = null): Step {
  return stay({ ...state, menu: 'closed', place: { name: 'shiftZ', stage: 'shown', number, z, lookedAt: state.now } }, ...(z ? [] : [look(number)]));
}

export const shiftZ: Part<ShiftZPlace> = {
  keys: (at, state) => [
    ...(at.z && state.status?.printer.present ? [{ key: '+', word: at.z.printed === 'none' ? 'cap.printReport' : 'cap.printAgain', press: print } as const] : []),
    mayLock(state) && !state.status?.shift ? { key: 'Enter', word: 'cap.nextPerson', press: nextPerson, primary: true } : { key: 'Enter', word: 'cap.done', press: leave, primary: true },
    { key: '-', word: 'cap.back', press: leave, offRail: 'also' },
  ],
  digits: () => 'none',
  onReply(state, at, reply) {
    if (reply.tag !== zTag(at.number)) return stay(state);
    if (reply.name === 'z') return stay({ ...state, place: { ...at, z: reply.reply ?? at.z } });
    if (reply.name !== 'printZ') return stay(state);
    if (reply.reply.kind === 'refused') return stay({ ...state, notice: { kind: 'message', message: reply.reply.message } }, look(at.number));
    return stay(state, look(at.number));
  },
  onLost: (state, at, lost) => stay(lost.name === 'printZ' && lost.tag === zTag(at.number) ? { ...state, notice: { kind: 'words', key: 'notice.actionFailed' } } : state),
  onTick(state, at) {
    const busy = at.z === null || at.z.printed === 'waiting' || at.z.printed === 'printing' || at.z.backup?.state === 'running';
    if (!busy || state.now - at.lookedAt < lookMs) return stay(state);
    return stay({ ...state, place: { ...at, lookedAt: state.now } }, look(at.number));
  },
};

function zTag(number: number): string {
  return `z${number}`;
}

function look(number: number): ReturnType<typeof calls> {
  return calls('z', { number }, zTag(number));
}

const leave = pressOn('shiftZ', (state) => stay({ ...state, place: { name: 'counter' } }));
const print = pressOn('shiftZ', (state, at) => stay(state, calls('printZ', { number: at.number }, zTag(at.number))));
const nextPerson = pressOn('shiftZ', (state) => lockNow({ ...state, place: { name: 'counter' } }));
