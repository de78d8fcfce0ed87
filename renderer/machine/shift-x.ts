/** The X report: read at any time, changing nothing. Cash sums stay hidden from whoever will count, until a supervisor shows them. */
import type { Approval, XReport } from '../../core/contract/types.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Part } from './part.ts';
import { emptyPin, pinWithoutLast, refusedPin, sentPin, type PinEntry } from './pin-entry.ts';
import { pressOn } from './press.ts';
import { typedPin } from './sign-in.ts';
import type { Place, TillScreen } from './state.ts';

export interface ShiftXPlace {
  readonly name: 'shiftX';
  readonly stage: 'report' | 'approving';
  readonly report: XReport | null;
  readonly pin: PinEntry;
  /** The close, with what was counted so far. */
  readonly back: Place;
}

const tag = 'x';

export function openX(state: TillScreen): Step {
  const place: ShiftXPlace = { name: 'shiftX', stage: 'report', report: null, pin: emptyPin, back: state.place };
  return stay({ ...state, menu: 'closed', place }, calls('xReport', {}, tag));
}

export const shiftX: Part<ShiftXPlace> = {
  keys: (at, state) => (at.stage === 'approving' ? approvingKeys(at) : reportKeys(at, state)),
  digits: (at) => (at.stage === 'approving' ? 'text' : 'none'),
  onDigit(state, at, key) {
    const next = typedPin(state, at.pin, key);
    if (!next) return refused(state);
    return next.full === null ? stay({ ...state, place: { ...at, pin: next.pin } }) : approve(state, at, { kind: 'pin', pin: next.full });
  },
  onHoldDelete: (state, at) => stay(at.pin.sent ? state : { ...state, place: { ...at, pin: emptyPin } }),
  onScan: (state, at, scan) => (at.stage === 'approving' && scan.kind === 'badge' ? approve(state, at, { kind: 'badge', scanId: scan.scanId }) : null),
  onReply(state, at, reply) {
    if (reply.tag !== tag) return stay(state);
    if (reply.name === 'printX' && reply.reply.kind === 'refused') return stay({ ...state, notice: { kind: 'message', message: reply.reply.message } });
    if (reply.name !== 'xReport') return stay(state);
    const answer = reply.reply;
    if (answer.kind === 'report') return stay({ ...state, place: { ...at, stage: 'report', report: answer.report, pin: emptyPin } });
    if (at.stage === 'approving') return stay({ ...state, place: { ...at, pin: refusedPin(answer) } });
    return stay({ ...state, notice: { kind: 'message', message: answer.message } });
  },
  onLost: (state, at, lost) => stay(lost.tag !== tag ? state : { ...state, place: { ...at, pin: emptyPin }, notice: { kind: 'words', key: 'notice.actionFailed' } }),
};

function approve(state: TillScreen, at: ShiftXPlace, approval: Approval): Step {
  return stay({ ...state, place: { ...at, pin: sentPin } }, calls('xReport', { approval }, tag));
}

function reportKeys(at: ShiftXPlace, state: TillScreen): readonly Binding[] {
  return [
    ...(at.report && !at.report.cashShown ? [{ key: '*', word: 'cap.showExpected', press: showExpected } as const] : []),
    ...(at.report && state.status?.printer.present ? [{ key: '+', word: 'cap.printReport', press: print } as const] : []),
    { key: 'Enter', word: 'cap.done', press: leave, primary: true },
    { key: '-', word: 'cap.back', press: leave, offRail: 'also' },
  ];
}

function approvingKeys(at: ShiftXPlace): readonly Binding[] {
  return [at.pin.typed.length > 0 ? { key: '-', word: 'cap.delete', press: deletePin } : { key: '-', word: 'cap.doNotShow', press: backToReport }];
}

const leave = pressOn('shiftX', (state, at) => stay({ ...state, place: at.back }));
const print = pressOn('shiftX', (state) => stay(state, calls('printX', {}, tag)));
const showExpected = pressOn('shiftX', (state, at) => stay({ ...state, place: { ...at, stage: 'approving', pin: emptyPin } }));
const backToReport = pressOn('shiftX', (state, at) => stay({ ...state, place: { ...at, stage: 'report', pin: emptyPin } }));
const deletePin = pressOn('shiftX', (state, at) => stay({ ...state, place: { ...at, pin: pinWithoutLast(at.pin) } }));
