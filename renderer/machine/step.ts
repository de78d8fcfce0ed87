/** The screen machine: what a key, a scan, the till or the clock makes of a screen, as a pure function. */
import { message } from '../../core/contract/messages.ts';
import type { PaymentView, ScanSeen, TillEvent, TillStatus } from '../../core/contract/types.ts';
import { backToAmount, clearedCounter, goOpen, openPhone, perform, withEntry } from './actions.ts';
import { withoutOldBars } from './bars.ts';
import { onPayReply, onPayUnclear } from './charging.ts';
import { chooseDigit, moveRing } from './choices.ts';
import { emptyEntry, entryTotal, typeKey, type AmountKey } from './entry.ts';
import { refused, stay, type Input, type Moment, type Request, type Step } from './inputs.ts';
import { bindings, digitUse, type Binding, type PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { isBusy, partAt } from './parts.ts';
import { onOpenPayments, onDetail, onPayment, onRecent, unheardEnds, withoutBar } from './payments.ts';
import type { PartPlace } from './places.ts';
import { onScan, onScanLost } from './scans.ts';
import { soundBetween } from './sounds.ts';
import { withOwner } from './owner.ts';
import { idleLock, onStaffLost, onStaffReply, withCover, withoutOldNews } from './sign-in.ts';
import { entryRules, type Notice, type TillScreen } from './state.ts';
import { onTask } from './tasks.ts';
import { onTaskTouched } from './progress.ts';
import { detailWanted, hasAmount, screenSignature, viewName } from './view.ts';

/** For so long after a screen change, Enter − + * do nothing: nobody confirms what they haven't seen. */
export const guardMs = 400;
/** A typed amount that rests so long is read aloud, and the till may open its connection. */
export const entryRestMs = 600;
/** Paid leaves by itself after this. */
export const paidStaysMs = 15_000;
/** The longest code that a person types; the till says what is wrong with a shorter one. */
const codeDigitsMost = 32;

export function step(before: TillScreen, input: Input, moment: Moment): Step {
  const byHand = input.type === 'key' || input.type === 'scan' || input.type === 'holdDelete' || input.type === 'row' || input.type === 'letter' || input.type === 'text';
  const handOn = byHand || (input.type === 'event' && input.event.type === 'scan');
  const started: TillScreen = { ...before, now: moment.now, ...(byHand ? { notice: null } : {}), ...(handOn ? { lastHandAt: moment.now } : {}) };
  const reacted = react(started, input, moment);
  const { state, requests } = withOwner({ ...reacted, state: withCover(started, reacted.state) });
  // What was shown before is read with the time of before: seconds change screens too.
  const unsaid = state.notice === started.notice ? state.notice : null;
  return settled(before, state, requests, { input, oldNotice: unsaid });
}

function react(state: TillScreen, input: Input, moment: Moment): Step {
  switch (input.type) {
    case 'key': return onKey(state, input.key, moment);
    case 'holdDelete': return onHoldDelete(state);
    case 'row': return atPart(state, (part, at) => part.onRow?.(state, at, input.index)) ?? onRow(state, input.index);
    case 'letter': return onLetter(state, input.letter);
    // What is on its way is what was typed: nothing changes it until its answer is here.
    case 'text': return isBusy(state) ? stay(state) : atPart(state, (part, at) => part.onText?.(state, at, input.text)) ?? stay(state);
    case 'reply': return onStaffReply(state, input) ?? atAsker(state, input.name, (standing, part, at) => part.onReply?.(standing, at, input, moment)) ?? stay(state);
    case 'replyLost': return onStaffLost(state, input) ?? atAsker(state, input.name, (standing, part, at) => part.onLost?.(standing, at, input)) ?? stay(state);
    case 'need': return atPart(state, (part, at) => part.onNeed?.(state, at, input.index)) ?? stay(state);
    case 'task': return isBusy(state) ? refused(state) : onTaskTouched(state, input.taskId);
    case 'bar': return isBusy(state) ? refused(state) : goOpen(withoutBar(state, input.paymentId));
    case 'goOpen': return isBusy(state) ? refused(state) : goOpen(state);
    case 'phone': return openPhone(state);
    case 'phoneFailed': return stay({ ...state, notice: { kind: 'words', key: 'notice.phoneFailed', values: { url: input.url } } });
    case 'list': return state.place.name === 'open' && state.place.list !== input.list ? moveRing(state, '6') : stay(state);
    case 'scan': return scanned(state, input.scan, moment);
    case 'scanLost': return onScanLost(state);
    case 'link': return onLink(state, input.link);
    case 'event': return onEvent(state, input.event, moment);
    case 'status': return onStatus(state, input.status);
    case 'payReply': return stay(onPayReply(state, input.commandId, input.reply));
    case 'payUnclear': return onPayUnclear(state, input.commandId);
    case 'actReply': return input.reply.kind === 'done' ? paymentTold(state, input.reply.payment) : stay({ ...state, notice: { kind: 'message', message: input.reply.message } });
    case 'actLost': return stay({ ...state, notice: { kind: 'words', key: 'notice.actionFailed' } });
    case 'open': return stay(onOpenPayments(state, input.open), ...unheardEnds(state, input.open).map((paymentId) => ({ kind: 'loadDetail', paymentId } as const)));
    case 'recent': return stay(onRecent(state, input.recent));
    case 'detail': return stay(onDetail(state, input.paymentId, input.detail));
    case 'preferences': return stay({ ...state, preferences: input.preferences });
    case 'display': return stay(state.displayUp === input.up ? state : { ...state, displayUp: input.up });
    case 'tick': return onTick(state, moment);
  }
}

/** What every change brings with it: the guard's time, the sound of a verdict, the detail that is now on screen. */
function settled(before: TillScreen, after: TillScreen, asked: readonly Request[], { input, oldNotice }: { readonly input: Input; readonly oldNotice: Notice | null }): Step {
  const requests = [...asked];
  const changed = screenSignature(before) !== screenSignature(after);
  const sound = soundBetween(before, after);
  if (sound) requests.push({ kind: 'sound', sound });
  const wanted = detailWanted(after);
  const told = input.type === 'event' && input.event.type === 'payment' ? input.event.payment.paymentId : null;
  if (wanted !== null && (wanted !== detailWanted(before) || wanted === told)) requests.push({ kind: 'loadDetail', paymentId: wanted });
  if (!changed) return { state: after, requests };
  return { state: { ...after, notice: oldNotice === null ? after.notice : null, shownSince: after.now }, requests };
}

/** What the screen of parts.ts that stands makes of something; null where none stands or it has no answer to this. */
function atPart(state: TillScreen, ask: (part: Part, at: PartPlace) => Step | null | undefined): Step | null {
  const standing = partAt(state);
  return standing ? ask(standing.part, standing.at) ?? null : null;
}

/** An answer finds the screen that asked, also where a sign-in has covered it meanwhile: it would wait for ever. */
function atAsker(state: TillScreen, name: Extract<Input, { type: 'reply' | 'replyLost' }>['name'], ask: (standing: TillScreen, part: Part, at: PartPlace) => Step | null | undefined): Step | null {
  return name === 'signIn' ? atPart(state, (part, at) => ask(state, part, at)) : atUncovered(state, ask);
}

/** The screen that stands, or the one that a sign-in covers and that stands again as it was told. */
function atUncovered(state: TillScreen, ask: (standing: TillScreen, part: Part, at: PartPlace) => Step | null | undefined): Step | null {
  const { place } = state;
  if (place.name !== 'signIn') return atPart(state, (part, at) => ask(state, part, at));
  const standing: TillScreen = { ...state, place: place.under };
  const told = atPart(standing, (part, at) => ask(standing, part, at));
  return told && { ...told, state: { ...told.state, place: { ...place, under: told.state.place } } };
}

/** A scan means what the screen says that stands; else what the table says. An open menu is in nobody's way. */
function scanned(before: TillScreen, scan: ScanSeen, moment: Moment): Step {
  const state: TillScreen = { ...before, menu: 'closed' };
  const usable = state.link === 'up' && state.status !== null && scan.kind !== 'garbled';
  const own = usable ? atPart(state, (part, at) => part.onScan?.(state, at, scan, moment)) : null;
  // Whatever it was, it would lead away from the answer that this screen waits for.
  const waits = usable && isBusy(state) ? stay({ ...state, notice: { kind: 'words', key: 'notice.scanBusy' } }) : null;
  return own ?? waits ?? onScan(state, scan, moment);
}

/** The newest word on a payment, also for the screen that is about it. */
function paymentTold(before: TillScreen, payment: PaymentView): Step {
  const state = onPayment(before, payment);
  return atUncovered(state, (standing, part, at) => part.onPayment?.(standing, at, payment)) ?? stay(state);
}

function onLetter(state: TillScreen, letter: string): Step {
  if (digitUse(state) !== 'text') return stay(state);
  return atPart(state, (part, at) => part.onLetter?.(state, at, letter)) ?? stay(state);
}

function onKey(state: TillScreen, key: PadKey, moment: Moment): Step {
  if (isCommand(key)) {
    const binding = bindings(state).find((candidate) => candidate.key === key);
    if (!binding || (key !== '/' && isGuarded(state))) return refused(state);
    return binding.press ? binding.press(state, moment) : perform(state, binding.action, moment);
  }
  return onDigit(state, key, moment);
}

function onDigit(state: TillScreen, key: Exclude<PadKey, Binding['key']>, moment: Moment): Step {
  const use = digitUse(state);
  const ofPart = use === 'text' || use === 'move' || (use === 'choice' && state.menu === 'closed');
  const own = ofPart ? atPart(state, (part, at) => part.onDigit?.(state, at, key, moment)) : null;
  if (own) return own;
  switch (use) {
    case 'text': return refused(state);
    case 'choice': return chooseDigit(state, key);
    case 'move': return moveRing(state, key);
    case 'code': return isAmountKey(key) ? onCodeDigit(state, key) : refused(state);
    case 'amount': return isAmountKey(key) ? onAmountKey(state, key) : refused(state);
    case 'nextAmount': return isAmountKey(key) ? onNextAmount(state, key) : refused(state);
    case 'none': return refused(state);
  }
}

function onAmountKey(state: TillScreen, key: AmountKey): Step {
  const rules = entryRules(state);
  const entry = rules && typeKey(state.entry, key, rules);
  return entry ? stay(withEntry(state, entry)) : refused(state);
}

/** A digit on a verdict or a question starts a new amount; a code that is held stays held. */
function onNextAmount(state: TillScreen, key: AmountKey): Step {
  const kept = state.guard ? backToAmount(state).state : clearedCounter(state);
  return onAmountKey({ ...kept, entry: emptyEntry }, key);
}

function onCodeDigit(state: TillScreen, key: AmountKey): Step {
  const text = `${state.typedCode ?? ''}${key}`;
  return key === '.' || text.length > codeDigitsMost ? refused(state) : stay({ ...state, typedCode: text });
}

function onHoldDelete(state: TillScreen): Step {
  const view = viewName(state);
  if (state.menu !== 'closed' || isBusy(state)) return stay(state);
  const own = atPart(state, (part, at) => part.onHoldDelete?.(state, at));
  if (own) return own;
  if (view === 'sale') return stay(withEntry(state, emptyEntry));
  return stay(view === 'typeCode' ? { ...state, typedCode: '' } : state);
}

function onRow(state: TillScreen, index: number): Step {
  return state.place.name === 'open' ? stay({ ...state, place: { ...state.place, index } }) : stay(state);
}

function onLink(state: TillScreen, link: TillScreen['link']): Step {
  if (link !== 'up') return stay({ ...state, link });
  // A screen that comes back knows nothing for certain: everything is asked again.
  const again: readonly Request[] = state.status ? [{ kind: 'loadOpen' }, { kind: 'loadRecent' }] : [];
  return stay({ ...state, link }, { kind: 'loadStatus' }, ...again);
}

function onEvent(state: TillScreen, event: TillEvent, moment: Moment): Step {
  switch (event.type) {
    case 'status': return onStatus(state, event.status);
    case 'scan': return scanned({ ...state, notice: null }, event.scan, moment);
    case 'payment': {
      const next = paymentTold(state, event.payment);
      return next.state.place.name === 'open' ? { ...next, requests: [...next.requests, { kind: 'loadOpen' }] } : next;
    }
    case 'task': {
      const next = onTask(state, event.task);
      return atPart(next, (part, at) => part.onEvent?.(next, at, event)) ?? stay(next);
    }
  }
}

function onStatus(state: TillScreen, status: TillStatus): Step {
  const isNews = state.status === null || (state.status.phase !== 'ready' && status.phase === 'ready');
  const next = { ...state, status };
  return isNews ? stay(next, { kind: 'loadOpen' }, { kind: 'loadRecent' }) : stay(next);
}

function onTick(state: TillScreen, moment: Moment): Step {
  const requests: Request[] = [];
  let next = withoutOldBars(state);
  const rules = entryRules(next);
  if (!next.entrySettled && next.now - next.entryChangedAt >= entryRestMs) {
    next = { ...next, entrySettled: true };
    if (rules && hasAmount(next)) requests.push({ kind: 'amountEntered', amount: entryTotal(next.entry, rules) });
  }
  if (next.held && next.now >= next.held.expiresAt) {
    next = { ...next, held: null, notice: { kind: 'message', message: message('scanExpired') } };
  }
  if (viewName(next) === 'paid' && !next.receiptUp && next.now - next.shownSince >= paidStaysMs) next = clearedCounter(next);
  const standing = next;
  const own = atPart(standing, (part, at) => part.onTick?.(standing, at, moment)) ?? stay(standing);
  const idle = idleLock(withoutOldNews(own.state));
  return { state: idle.state, requests: [...requests, ...own.requests, ...idle.requests] };
}

function isGuarded(state: TillScreen): boolean {
  const since = state.now - state.shownSince;
  return since >= 0 && since < guardMs;
}

function isCommand(key: PadKey): key is Extract<PadKey, Binding['key']> {
  return key === 'Enter' || key === '-' || key === '+' || key === '*' || key === '/';
}

function isAmountKey(key: PadKey): key is AmountKey {
  return /^[0-9.]/.test(key);
}
