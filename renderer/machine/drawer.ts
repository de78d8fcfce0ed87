/** Cash in and out of the drawer: how much, why, and who approves. Zero opens it with nothing to book. */
import type { Amount, Approval, XReport } from '../../core/contract/types.ts';
import { makeAmount } from '../../core/money/amount.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { deleteDigit, emptyEntry, entryTotal, typeKey, type AmountKey, type Entry } from './entry.ts';
import { calls, refused, stay, type Moment, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { emptyPin, pinWithoutLast, refusedPin, sentPin, type PinEntry } from './pin-entry.ts';
import { pressOn } from './press.ts';
import { chosenIndex, isSentence, reasonText, sentenceMost, type Reason } from './reasons.ts';
import { drawerRules } from './shift-open.ts';
import { typedPin } from './sign-in.ts';
import type { Place, TillScreen } from './state.ts';

export interface DrawerPlace {
  readonly name: 'drawer';
  readonly stage: 'amount' | 'why' | 'sentence' | 'who' | 'sent';
  readonly direction: 'in' | 'out';
  readonly entry: Entry;
  readonly reason: Reason | null;
  readonly pin: PinEntry;
  /** What moved the drawer in this shift so far. */
  readonly report: XReport | null;
  /** One until the till says that another movement is booked under it: an answer that was lost never books twice, whatever is pressed after it. */
  readonly commandId: string;
  readonly back: Place;
}

const tag = 'drawer';
const reasons: Readonly<Record<'in' | 'out' | 'opened', readonly WordKey[]>> = {
  out: ['reason.bank', 'reason.supplier', 'reason.change', 'reason.other'],
  in: ['reason.change', 'reason.moreFloat', 'reason.other'],
  opened: ['reason.swapNotes', 'reason.checkDrawer', 'reason.other'],
};

export function openDrawer(state: TillScreen, moment: Moment): Step {
  const place: DrawerPlace = {
    name: 'drawer', stage: 'amount', direction: 'out', entry: emptyEntry, reason: null, pin: emptyPin, report: null, commandId: moment.freshId, back: state.place,
  };
  return stay({ ...state, menu: 'closed', place }, calls('xReport', {}, tag));
}

export function moveAmount(state: TillScreen, at: DrawerPlace): Amount | null {
  const rules = drawerRules(state);
  return rules && entryTotal(at.entry, rules);
}

/** Whether nothing is booked: the drawer is only opened. */
export function onlyOpens(state: TillScreen, at: DrawerPlace): boolean {
  return at.entry.typed !== '' && moveAmount(state, at)?.minor === 0;
}

export function drawerReasons(state: TillScreen, at: DrawerPlace): readonly WordKey[] {
  return reasons[onlyOpens(state, at) ? 'opened' : at.direction];
}

/** Paying out needs a supervisor; paying in, opening alone, and whoever is one already, does not. */
export function approvalNeeded(state: TillScreen, at: DrawerPlace): boolean {
  const { status } = state;
  return !onlyOpens(state, at) && at.direction === 'out' && status?.staff.state !== 'none' && status?.staff.person?.role === 'cashier';
}

export const drawer: Part<DrawerPlace> = {
  busy: (at) => at.pin.sent,
  keys: (at, state) => keysOf[at.stage](at, state),
  digits: (at) => (at.stage === 'amount' || at.stage === 'who' ? 'text' : at.stage === 'why' ? 'choice' : 'none'),
  onDigit(state, at, key) {
    if (at.stage === 'why') return onReasonDigit(state, at, key);
    return at.stage === 'who' ? onPinDigit(state, at, key) : onAmountKey(state, at, key);
  },
  onText: (state, at, text) => stay(at.stage === 'sentence' && at.reason ? { ...state, place: { ...at, reason: { ...at.reason, sentence: text.slice(0, sentenceMost) } } } : state),
  onHoldDelete(state, at) {
    if (at.stage === 'amount') return stay({ ...state, place: { ...at, entry: emptyEntry } });
    return stay(at.stage === 'who' ? { ...state, place: { ...at, pin: emptyPin } } : state);
  },
  onScan: (state, at, scan) => (at.stage === 'who' && !at.pin.sent && scan.kind === 'badge' ? send(state, at, { kind: 'badge', scanId: scan.scanId }) : null),
  onReply(state, at, reply, moment) {
    if (reply.name === 'xReport' && reply.tag === tag) return stay(reply.reply.kind === 'report' ? { ...state, place: { ...at, report: reply.reply.report } } : state);
    if (reply.name !== 'moveCash' || reply.tag !== at.commandId) return stay(state);
    const answer = reply.reply;
    switch (answer.kind) {
      case 'done': return stay({ ...state, place: at.back, notice: { kind: 'done', key: onlyOpens(state, at) ? 'notice.drawerOpened' : 'notice.drawerMoved' } });
      case 'approvalNeeded': case 'wrongPin': case 'pinWait': return stay({ ...state, place: { ...at, stage: 'who', pin: refusedPin(answer) } });
      case 'refused': {
        // Only now is it known what became of the one before: Enter after this is a movement of its own.
        const commandId = answer.message.key === 'drawerMovedOtherwise' ? moment.freshId : at.commandId;
        return stay({ ...state, place: { ...at, stage: 'why', pin: emptyPin, commandId }, notice: { kind: 'message', message: answer.message } });
      }
    }
  },
  onLost: (state, at, lost) => stay(at.pin.sent && lost.tag === at.commandId ? { ...state, place: { ...at, stage: 'why', pin: emptyPin }, notice: { kind: 'words', key: 'notice.actionFailed' } } : state),
};

const keysOf: Readonly<Record<DrawerPlace['stage'], (at: DrawerPlace, state: TillScreen) => readonly Binding[]>> = {
  amount: (at) => [
    turnKey(at),
    at.entry.typed === '' ? notKey(at) : { key: '-', word: 'cap.delete', press: deleteAmount },
    ...(at.entry.typed === '' ? [] : [{ key: 'Enter', word: 'cap.nextWhy', press: toWhy, primary: true } as const]),
  ],
  why: (at, state) => [
    ...(onlyOpens(state, at) ? [] : [turnKey(at)]), notKey(at),
    ...(at.reason ? [approvalNeeded(state, at)
      ? { key: 'Enter', word: 'cap.nextPin', press: toWho, primary: true } as const
      : { key: 'Enter', word: onlyOpens(state, at) ? 'cap.openDrawer' : at.direction === 'in' ? 'cap.payIn' : 'cap.payOut', press: sendOwn, primary: true } as const] : []),
  ],
  sentence: (at) => [
    { key: '-', word: 'cap.back', press: dropSentence },
    ...((at.reason?.sentence ?? '').trim() === '' ? [] : [{ key: 'Enter', word: 'cap.useReason', press: toWhy, primary: true } as const]),
  ],
  // Nobody calls off what is on its way.
  who: (at) => (at.pin.sent ? [] : [at.pin.typed.length > 0 ? { key: '-', word: 'cap.delete', press: deletePin } : notKey(at)]),
  sent: () => [],
};

function turnKey(at: DrawerPlace): Binding {
  return { key: '*', word: at.direction === 'out' ? 'cap.payInInstead' : 'cap.payOutInstead', press: turn };
}

function notKey(at: DrawerPlace): Binding {
  return { key: '-', word: at.direction === 'out' ? 'cap.doNotPayOut' : 'cap.doNotPayIn', press: leave };
}

function onAmountKey(state: TillScreen, at: DrawerPlace, key: PadKey): Step {
  const rules = drawerRules(state);
  const entry = rules && /^[0-9.]/.test(key) ? typeKey(at.entry, key as AmountKey, rules) : null;
  return entry ? stay({ ...state, place: { ...at, entry, reason: null } }) : refused(state);
}

function onReasonDigit(state: TillScreen, at: DrawerPlace, key: PadKey): Step {
  const list = drawerReasons(state, at);
  const index = chosenIndex(key, list);
  if (index === null) return refused(state);
  if (!isSentence(index, list)) return stay({ ...state, place: { ...at, reason: { index, sentence: null } } });
  return stay({ ...state, place: { ...at, stage: 'sentence', reason: { index, sentence: at.reason?.sentence ?? '' } } });
}

function onPinDigit(state: TillScreen, at: DrawerPlace, key: PadKey): Step {
  const next = typedPin(state, at.pin, key);
  if (!next) return refused(state);
  return next.full === null ? stay({ ...state, place: { ...at, pin: next.pin } }) : send(state, at, { kind: 'pin', pin: next.full });
}

function send(state: TillScreen, at: DrawerPlace, approval: Approval | null): Step {
  const rules = drawerRules(state);
  if (!rules || !at.reason) return refused(state);
  const amount = moveAmount(state, at) ?? makeAmount(0, rules.currency);
  const request = {
    commandId: at.commandId, direction: onlyOpens(state, at) ? 'in' : at.direction, amountMinor: amount.minor, reason: reasonText(state, at.reason, drawerReasons(state, at)),
    ...(approval ? { approval } : {}),
  };
  return stay({ ...state, place: { ...at, stage: approval ? 'who' : 'sent', pin: sentPin } }, calls('moveCash', request, at.commandId));
}

const leave = pressOn('drawer', (state, at) => stay({ ...state, place: at.back }));
const turn = pressOn('drawer', (state, at) => stay({ ...state, place: { ...at, direction: at.direction === 'out' ? 'in' : 'out', reason: null } }));
const toWhy = pressOn('drawer', (state, at) => stay({ ...state, place: { ...at, stage: 'why' } }));
const toWho = pressOn('drawer', (state, at) => stay({ ...state, place: { ...at, stage: 'who', pin: emptyPin } }));
const sendOwn = pressOn('drawer', (state, at) => send(state, at, null));
const dropSentence = pressOn('drawer', (state, at) => stay({ ...state, place: { ...at, stage: 'why', reason: null } }));
const deletePin = pressOn('drawer', (state, at) => stay({ ...state, place: { ...at, pin: pinWithoutLast(at.pin) } }));

const deleteAmount = pressOn('drawer', (state, at) => {
  const rules = drawerRules(state);
  return rules ? stay({ ...state, place: { ...at, entry: deleteDigit(at.entry, rules), reason: null } }) : refused(state);
});
