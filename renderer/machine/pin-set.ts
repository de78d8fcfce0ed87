/** A person's own PIN, typed twice with nobody looking, or a badge instead. Dots only; both typings go with the call. */
import { message } from '../../core/contract/messages.ts';
import type { Person } from '../../core/contract/types.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { emptyPin, pinWith, pinWithoutLast, sentPin, type PinEntry } from './pin-entry.ts';
import type { Pin } from './pin.ts';
import { openPeople } from './people.ts';
import { pressOn } from './press.ts';
import type { Notice, TillScreen } from './state.ts';

export interface PinSetPlace {
  readonly name: 'pinSet';
  readonly stage: 'pin' | 'badge';
  readonly person: Person;
  /** What was typed the first time; null while it is being typed. */
  readonly first: Pin | null;
  readonly pin: PinEntry;
  /** Why it begins again. */
  readonly problem: Notice | null;
}

export const pinSet: Part<PinSetPlace> = {
  keys: (at) => (at.pin.sent ? [] : at.stage === 'pin' ? pinKeys(at) : badgeKeys(at)),
  digits: (at) => (at.stage === 'pin' ? 'text' : 'none'),
  onDigit: (state, at, key, moment) => onPinDigit(state, at, key, moment.freshId),
  onHoldDelete: (state, at) => stay(at.pin.sent ? state : { ...state, place: { ...at, pin: emptyPin } }),
  onScan(state, at, scan, moment) {
    if (at.stage === 'pin') return null;
    const scanId = scan.kind === 'badge' || scan.kind === 'other' ? scan.scanId : null;
    if (scanId === null) return stay({ ...state, notice: { kind: 'words', key: 'notice.notABadge' } });
    const request = { commandId: moment.freshId, operatorId: at.person.operatorId, scanId };
    return stay({ ...state, place: { ...at, pin: sentPin } }, calls('setBadge', request, at.person.operatorId));
  },
  onReply(state, at, reply) {
    if ((reply.name !== 'setPin' && reply.name !== 'setBadge') || reply.tag !== at.person.operatorId) return stay(state);
    const answer = reply.reply;
    if (answer.kind !== 'done') return stay({ ...state, place: again(at, { kind: 'message', message: answer.message }) });
    const opened = openPeople(state, at.person.operatorId);
    const key = reply.name === 'setPin' ? 'notice.pinSet' : 'notice.badgeSet';
    return stay({ ...opened.state, notice: { kind: 'done', key, values: { name: at.person.name } } }, ...opened.requests, { kind: 'loadStatus' });
  },
  onLost: (state, at, { tag }) => stay(tag !== at.person.operatorId ? state : { ...state, place: again(at, { kind: 'words', key: 'notice.actionFailed' }) }),
};

function pinKeys(at: PinSetPlace): readonly Binding[] {
  const isUntouched = at.first === null && at.pin.typed.length === 0;
  return [
    isUntouched ? { key: '-', word: 'cap.back', press: leave } : { key: '-', word: 'cap.delete', press: deleteDigit },
    { key: '*', word: 'cap.badgeInstead', press: toBadge },
  ];
}

function badgeKeys(at: PinSetPlace): readonly Binding[] {
  return [
    ...(at.person.hasBadge ? [{ key: '+', word: 'cap.takeBadge', press: takeBadge } as const] : []),
    { key: '*', word: 'cap.pinInstead', press: toPin },
    { key: '-', word: 'cap.back', press: leave },
  ];
}

function onPinDigit(state: TillScreen, at: PinSetPlace, key: PadKey, freshId: string): Step {
  const digits = state.status?.staff.pinDigits ?? 0;
  const pin = pinWith(at.pin, key, digits);
  if (!pin) return refused(state);
  const place: PinSetPlace = { ...at, pin, problem: null };
  if (pin.typed.length < digits) return stay({ ...state, place });
  if (at.first === null) return stay({ ...state, place: { ...place, first: pin.typed, pin: emptyPin } });
  if (!at.first.same(pin.typed)) return stay({ ...state, place: again(at, { kind: 'words', key: 'notice.pinDiffers' }) });
  const request = { commandId: freshId, operatorId: at.person.operatorId, pin: pin.typed.digits() };
  return stay({ ...state, place: { ...at, first: null, pin: sentPin, problem: null } }, calls('setPin', request, at.person.operatorId));
}

/** Both typings are gone; why is said beside the boxes. */
function again(at: PinSetPlace, problem: Notice): PinSetPlace {
  return { ...at, first: null, pin: emptyPin, problem };
}

const leave = pressOn('pinSet', (state, at) => openPeople(state, at.person.operatorId));
const toBadge = pressOn('pinSet', (state, at) => stay({ ...state, place: { ...at, stage: 'badge', first: null, pin: emptyPin, problem: null } }));
const toPin = pressOn('pinSet', (state, at) => stay({ ...state, place: { ...at, stage: 'pin', problem: null } }));

/** Back into the first typing where the second is empty. */
const deleteDigit = pressOn('pinSet', (state, at) => {
  if (at.pin.typed.length > 0) return stay({ ...state, place: { ...at, pin: pinWithoutLast(at.pin) } });
  return at.first === null ? refused(state) : stay({ ...state, place: { ...at, first: null, pin: { ...emptyPin, typed: at.first.withoutLast() } } });
});

const takeBadge = pressOn('pinSet', (state, at, moment) => {
  if (!at.person.hasBadge) return stay({ ...state, notice: { kind: 'message', message: message('badgeUnknown') } });
  const request = { commandId: moment.freshId, operatorId: at.person.operatorId, scanId: null };
  return stay({ ...state, place: { ...at, pin: sentPin } }, calls('setBadge', request, at.person.operatorId));
});
