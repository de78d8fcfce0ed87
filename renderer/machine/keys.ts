/** The 17 keys of the pad, and what each does on the screen that stands: one table for the rail's caps and their handlers. */
import { amountWithSign } from '../../core/money/amount.ts';
import type { PaymentView } from '../../core/contract/types.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { entryIsEmpty, entryTotal, type AmountKey } from './entry.ts';
import { openCash } from './cash.ts';
import { openPaymentDetail } from './payment-detail.ts';
import { mayEnterNumber, openOrderNumber } from './order-number.ts';
import { openRecord } from './record.ts';
import { openRefund } from './refund-open.ts';
import { goesBackCap, hasOpenRefund, isTurned, turnedBecause } from './turned.ts';
import type { Press } from './part.ts';
import { canShow, codeBindings, showAgain, showCode } from './present.ts';
import { codeStage } from './code-stage.ts';
import { isBusy, isPart, partAt } from './parts.ts';
import type { PartName } from './places.ts';
import { asksAboutQuiet, sameWord } from './same-customer.ts';
import { entryRules, type TillScreen } from './state.ts';
import { openShift } from './shift-close.ts';
import { hasAmount, notPaidIsStale, openList, ringedPayment, shiftIsMissing, shownPayment, viewName, type ViewName } from './view.ts';

export type CommandKey = 'Enter' | '-' | '+' | '*' | '/';
export type MoveKey = 'up' | 'down' | 'left' | 'right';
export type PadKey = AmountKey | CommandKey | MoveKey;

/** What pressing a key does. */
export type Action =
  | 'menu' | 'closeMenu' | 'backToMenu' | 'takeOver' | 'retryJournal'
  | 'deleteDigit' | 'addLine' | 'typeCode' | 'deleteCodeDigit' | 'leaveTyping' | 'useTypedCode' | 'charge' | 'dropCode'
  | 'askNow' | 'askToGiveUp' | 'giveUp' | 'keepWaiting' | 'park'
  | 'done' | 'printAgain' | 'showReceipt' | 'hideReceipt'
  | 'changeAmount' | 'sameAmountAgain' | 'chargeHeld' | 'cancelSale' | 'useFailedCode' | 'waitForNewCode'
  | 'sameCustomer' | 'anotherCustomer' | 'neither' | 'chargeAgain' | 'waitForAnother' | 'showOther' | 'backToAmount'
  | 'leavePayment' | 'printEvidence' | 'openRinged' | 'askRinged' | 'evidenceRinged' | 'notWanted' | 'move' | 'otherList' | 'backToSale';

export type Binding = BindingLook & (
  | { readonly action: Action; readonly press?: undefined }
  /** Screens of `parts.ts` bring what their caps do. */
  | { readonly press: Press; readonly action?: undefined }
);

interface BindingLook {
  readonly key: CommandKey | '82' | '46';
  readonly word: WordKey;
  readonly values?: Readonly<Record<string, string>>;
  /** The filled cap: the safe next step. */
  readonly primary?: boolean;
  /** Drawn in the middle of the screen as a large choice, or only a second key for the same thing: not on the rail. */
  readonly offRail?: 'choice' | 'also';
}

/** What a digit is on a screen: never two of these at once. `text` is what a screen of `parts.ts` types, a PIN included. */
export type DigitUse = 'amount' | 'nextAmount' | 'code' | 'text' | 'move' | 'choice' | 'none';

export function digitUse(state: TillScreen): DigitUse {
  if (state.menu !== 'closed') return 'choice';
  const standing = partAt(state);
  if (standing && viewName(state) === standing.at.name) return standing.part.digits(standing.at, state);
  switch (viewName(state)) {
    case 'presentQr':
      return codeIsOver(state) ? 'nextAmount' : 'none';
    case 'sale':
      return 'amount';
    case 'typeCode':
      return 'code';
    case 'paid': case 'notPaid': case 'codePaid': case 'codeOpen': case 'sameCodeFailed': case 'sameCustomer':
      return 'nextAmount';
    case 'open': case 'openEmpty':
      return 'move';
    default:
      return 'none';
  }
}

/** Expired or left to itself: the next customer may begin. */
function codeIsOver(state: TillScreen): boolean {
  const shown = shownPayment(state);
  const stage = shown && codeStage(shown);
  return stage === 'expired' || stage === 'notClosed';
}

/** Every key that does something now, from left to right as the rail shows them. */
export function bindings(state: TillScreen): readonly Binding[] {
  if (state.menu === 'main') return [{ key: '-', action: 'closeMenu', word: 'cap.back' }, { key: '/', action: 'closeMenu', word: 'cap.back', offRail: 'also' }];
  if (state.menu === 'sections' || state.menu === 'settings') return [{ key: '-', action: 'backToMenu', word: 'cap.back' }, { key: '/', action: 'closeMenu', word: 'cap.back', offRail: 'also' }];
  const view = viewName(state);
  const standing = partAt(state);
  const own = isPart(view) ? standing?.part.keys(standing.at, state) ?? [] : ofView[view](state, shownPayment(state));
  if (isPart(view) && isBusy(state)) return own;
  if (view === 'connecting' || view === 'occupied' || view === 'takenOver' || view === 'signIn') return own;
  return [view === 'paid' ? { ...menuKey, offRail: 'also' } : menuKey, ...own];
}

const menuKey: Binding = { key: '/', action: 'menu', word: 'cap.menu' };
const askNow: Binding = { key: 'Enter', action: 'askNow', word: 'cap.askNow', primary: true };
const park: Binding = { key: '+', action: 'park', word: 'cap.park' };

type BindingsOf = (state: TillScreen, shown: PaymentView | null) => readonly Binding[];

const ofView: Readonly<Record<Exclude<ViewName, PartName>, BindingsOf>> = {
  connecting: () => [],
  occupied: () => [{ key: 'Enter', action: 'takeOver', word: 'cap.takeOver', primary: true }],
  takenOver: () => [{ key: 'Enter', action: 'takeOver', word: 'cap.takeBack', primary: true }],
  stopped: (state) => (canRetry(state) ? [{ key: 'Enter', action: 'retryJournal', word: 'cap.retry', primary: true }] : []),
  recovering: () => [],
  sale: saleBindings,
  charging: () => [],
  typeCode: typeCodeBindings,
  codePaid: (state) => [
    { key: '-', action: 'backToAmount', word: 'cap.delete' },
    { key: '+', action: 'chargeAgain', word: 'cap.chargeAgain', values: guardAmount(state) },
    { key: 'Enter', action: 'waitForAnother', word: 'cap.waitForAnother', primary: true },
  ],
  codeOpen: () => [
    { key: '-', action: 'backToAmount', word: 'cap.delete' },
    { key: 'Enter', action: 'showOther', word: 'cap.showOther', primary: true },
  ],
  sameCodeFailed: () => failedCodeBindings,
  sameCustomer: (state) => [
    { key: '-', action: 'neither', word: 'cap.neither' },
    { key: 'Enter', action: 'sameCustomer', word: sameWord(state.guard), primary: true, offRail: 'choice' },
    { key: '+', action: 'anotherCustomer', word: anotherWord(state), values: guardAmount(state), offRail: 'choice' },
  ],
  waiting: (state, shown) => [
    ...(shown && !shown.gaveUp ? [{ key: '-', action: 'askToGiveUp', word: shown.canUndo ? 'cap.customerGivesUp' : 'cap.stopWaitingAsk' } as const] : []),
    ...(shown && state.now - shown.startedAt >= shown.questionSeconds * 1000 ? [park] : []),
    askNow,
  ],
  question: (_, shown) => [
    park,
    { key: 'Enter', action: 'keepWaiting', word: 'question.keep', primary: true, offRail: 'choice' },
    { key: '-', action: 'giveUp', word: shown?.canUndo === false ? 'question.stop' : 'question.giveUp', offRail: 'choice' },
  ],
  unknown: (_, shown) => [
    ...(shown && !shown.gaveUp ? [{ key: '-', action: 'giveUp', word: shown.canUndo ? 'cap.giveUp' : 'cap.stopWaiting' } as const] : []),
    park, askNow,
  ],
  reversing: () => [park, { ...askNow, word: 'cap.tryNow' }],
  review: (state, shown) => [
    // Three caps say enough on the small screen; `−` leaves as it does everywhere.
    { key: '-', action: 'leavePayment', word: 'cap.backToSale', offRail: 'also' },
    { key: '+', action: 'leavePayment', word: 'cap.nextCustomer' },
    ...reviewBindings(state, shown),
  ],
  paid: (state) => [
    state.receiptUp ? { key: '+', action: 'hideReceipt', word: 'cap.hideReceipt' }
      : state.status?.printer.present ? { key: '+', action: 'printAgain', word: 'cap.printAgain' } : { key: '+', action: 'showReceipt', word: 'cap.showReceipt' },
    { key: 'Enter', action: 'done', word: 'cap.done', primary: true },
    { key: '-', action: 'done', word: 'cap.done', offRail: 'also' },
  ],
  notPaid: notPaidBindings,
  presentQr: codeBindings,
  open: openBindings,
  openEmpty: (state) => [
    ...(otherListHasRows(state) ? [{ key: '46', action: 'otherList', word: 'cap.otherList' } as const] : []),
    { key: 'Enter', action: 'backToSale', word: 'cap.backToSale', primary: true },
    { key: '-', action: 'backToSale', word: 'cap.backToSale', offRail: 'also' },
  ],
};

function anotherWord(state: TillScreen): WordKey {
  if (asksAboutQuiet(state.guard)) return 'guard.notClosedCharge';
  return state.guard?.charge.scan === null ? 'guard.anotherShow' : 'guard.another';
}

const failedCodeBindings: readonly Binding[] = [
  { key: '-', action: 'waitForNewCode', word: 'cap.waitForNewCode' },
  { key: 'Enter', action: 'useFailedCode', word: 'cap.useFailedCode', primary: true },
];

function saleBindings(state: TillScreen): readonly Binding[] {
  const rules = entryRules(state);
  const typing = !entryIsEmpty(state.entry);
  const list: Binding[] = [];
  if (typing) list.push({ key: '-', action: 'deleteDigit', word: 'cap.delete' });
  else if (state.held) list.push({ key: '-', action: 'dropCode', word: 'cap.dropCode' });
  if (typing && state.entry.typed !== '' && hasAmount(state)) list.push({ key: '+', action: 'addLine', word: 'cap.add' });
  if (hasAmount(state) && !state.held && !shiftIsMissing(state) && canShow(state)) list.push({ key: '*', press: showCode, word: 'cap.showQr' });
  if (shiftIsMissing(state)) list.push({ key: 'Enter', press: openShift, word: 'cap.openShift', primary: true });
  else if (!state.held) list.push(hasAmount(state) && state.status?.cash.on ? { key: 'Enter', press: openCash, word: 'cap.cash' } : { key: 'Enter', action: 'typeCode', word: 'cap.typeCode' });
  else if (rules && hasAmount(state)) {
    list.push({ key: 'Enter', action: 'charge', word: 'cap.charge', values: { amount: amountWithSign(entryTotal(state.entry, rules)) }, primary: true });
  }
  return list;
}

function typeCodeBindings(state: TillScreen): readonly Binding[] {
  const rules = entryRules(state);
  if (!state.typedCode) return [{ key: '-', action: 'leaveTyping', word: 'cap.backToScan' }];
  const values = rules && hasAmount(state) ? { amount: amountWithSign(entryTotal(state.entry, rules)) } : null;
  return [
    { key: '-', action: 'deleteCodeDigit', word: 'cap.delete' },
    { key: 'Enter', action: 'useTypedCode', primary: true, ...(values ? { word: 'cap.charge', values } : { word: 'cap.useCode' }) },
  ];
}

function notPaidBindings(state: TillScreen, shown: PaymentView | null): readonly Binding[] {
  if (state.guard?.kind === 'sameCodeFailed') return failedCodeBindings;
  const cancel: Binding = { key: '-', action: 'cancelSale', word: 'cap.cancelSale' };
  if (!shown) return [cancel];
  if (state.held) return [cancel, { key: 'Enter', action: 'chargeHeld', word: 'cap.charge', values: { amount: amountWithSign(shown.amount) }, primary: true }];
  const show: readonly Binding[] = canShow(state) ? [{ key: '*', press: showAgain, word: 'cap.showQr' }] : [];
  if (notPaidIsStale(state, shown)) return [...show, cancel, { key: 'Enter', action: 'sameAmountAgain', word: 'cap.sameAmount' }];
  return [...show, cancel, { key: 'Enter', action: 'changeAmount', word: 'cap.changeAmount' }];
}

/**
 * Where the gateway says paid after all, Enter gives it back; else a person's word ends it. Evidence is printed from the list too,
 * so that a number that is missing has its key here.
 */
function reviewBindings(state: TillScreen, shown: PaymentView | null): readonly Binding[] {
  if (!shown) return [];
  const back = { name: 'payment', paymentId: shown.paymentId } as const;
  const record: Press = (before) => openRecord(before, shown, { back });
  if (isTurned(shown)) {
    const because = turnedBecause(shown);
    return [
      { key: '*', press: record, word: 'cap.record' },
      { key: 'Enter', press: (before) => openRefund(before, shown.paymentId, { back, because }), ...goesBackCap(shown.refundable), primary: true },
    ];
  }
  const star: readonly Binding[] = mayEnterNumber(shown)
    ? [{ key: '*', press: (before) => openOrderNumber(before, shown, back), word: 'cap.enterNumber' }]
    : state.status?.printer.present ? [{ key: '*', action: 'printEvidence', word: 'cap.printEvidence' }] : [];
  return [
    ...star,
    { key: 'Enter', press: record, word: 'cap.record', primary: true },
  ];
}

function openBindings(state: TillScreen): readonly Binding[] {
  const ringed = ringedPayment(state);
  const list: Binding[] = [];
  const lists = otherListHasRows(state);
  if (lists) list.push({ key: '46', action: 'otherList', word: 'cap.otherList' });
  // Six caps are too many for the small screen: beside the other list's cap, rows are touched, or moved to unprinted.
  if (openList(state).length > 1) list.push({ key: '82', action: 'move', word: 'cap.choose', ...(lists ? { offRail: 'also' } : {}) });
  if (state.status?.printer.present) list.push({ key: '+', action: 'evidenceRinged', word: 'cap.evidence' });
  if (ringed && (ringed.parked || ringed.quiet || ringed.notWanted)) {
    list.push({ key: '*', action: 'notWanted', word: ringed.notWanted ? 'cap.wantedAgain' : 'cap.paidOtherwise' });
  }
  list.push({ key: '-', action: 'backToSale', word: 'cap.back' });
  list.push(enterOnRow(ringed));
  return list;
}

/** A verdict screen is for what has none yet; a paid one whose refund is open is looked at as a payment. */
function enterOnRow(ringed: PaymentView | null): Binding {
  if (ringed?.state === 'review' && !ringed.quiet) return { key: 'Enter', action: 'openRinged', word: 'cap.openIt', primary: true };
  if (ringed && (ringed.state === 'settled' || hasOpenRefund(ringed))) {
    return { key: 'Enter', press: (state) => openPaymentDetail(state, ringed.paymentId, state.place), word: 'cap.openIt', primary: true };
  }
  return { key: 'Enter', action: 'askRinged', word: 'cap.askNow', primary: true };
}

function otherListHasRows(state: TillScreen): boolean {
  if (state.place.name !== 'open' || !state.openPayments) return false;
  return state.openPayments[state.place.list === 'open' ? 'quiet' : 'open'].length > 0;
}

/** Enter retries where a person may have helped; a broken or newer journal stays as it is. */
function canRetry(state: TillScreen): boolean {
  const key = state.status?.stopMessage?.key;
  return key === 'journalNotWritable' || key === 'journalInUse';
}

function guardAmount(state: TillScreen): Readonly<Record<string, string>> {
  return state.guard ? { amount: amountWithSign(state.guard.charge.amount) } : {};
}
