/** Sign in and lock: a cover over whatever stands, which only the till's word lifts. The PIN enters itself; a badge does as well. */
import { nobodyYet } from './approving.ts';
import { message } from '../../core/contract/messages.ts';
import type { PaymentView, ScanSeen, StaffStatus } from '../../core/contract/types.ts';
import { calls, refused, stay, type Reply, type ReplyLost, type Request, type Step } from './inputs.ts';
import type { Part } from './part.ts';
import { emptyPin, pinWaitUntil, pinWith, pinWithoutLast, refusedPin, sentPin, type PinEntry } from './pin-entry.ts';
import { pressOn } from './press.ts';
import { withoutSecrets } from './settings-gateways-form.ts';
import type { Place, TillScreen } from './state.ts';
import { shownPayment, viewName, type ViewName } from './view.ts';

/** The screen that asks who is there. `under` stands again, as it was, once somebody is signed in. */
export interface SignInPlace {
  readonly name: 'signIn';
  readonly stage: 'signedOut' | 'locked';
  readonly pin: PinEntry;
  readonly under: Place;
}

/** A till that nobody touches locks itself after this (SCREENS.md 5.19). */
export const idleLockMs = 300_000;
/** A lock that went unanswered is asked for again after this. */
const lockAgainMs = 10_000;
const handOverTag = 'handOver';

export const signIn: Part<SignInPlace> = {
  keys: (at) => (at.pin.typed.length > 0 ? [{ key: '-', word: 'cap.delete', press: deleteDigit }] : []),
  digits: () => 'text',
  onDigit(state, at, key) {
    const next = typedPin(state, at.pin, key);
    if (!next) return refused(state);
    const place = { ...at, pin: next.pin };
    return next.full === null ? stay({ ...state, place }) : stay({ ...state, place: { ...at, pin: sentPin } }, calls('signIn', { approval: { kind: 'pin', pin: next.full } }));
  },
  onHoldDelete: (state, at) => stay({ ...state, place: { ...at, pin: at.pin.sent ? at.pin : emptyPin } }),
  onScan(state, at, scan) {
    if (scan.kind === 'badge') return stay({ ...state, place: { ...at, pin: sentPin } }, calls('signIn', { approval: { kind: 'badge', scanId: scan.scanId } }));
    const said = scan.kind === 'other' ? 'badgeUnknown' : at.stage === 'locked' ? 'tillLocked' : 'signInFirst';
    return stay({ ...state, notice: { kind: 'message', message: message(said) } });
  },
  onReply(state, at, reply) {
    if (reply.name !== 'signIn') return stay(state);
    if (reply.reply.kind === 'signedIn') return stay({ ...state, place: { ...at, pin: emptyPin } }, { kind: 'loadStatus' });
    return stay({ ...state, place: { ...at, pin: refusedPin(reply.reply) } });
  },
  onLost: (state, at) => stay({ ...state, place: { ...at, pin: emptyPin }, notice: { kind: 'words', key: 'notice.actionFailed' } }),
};

const deleteDigit = pressOn('signIn', (state, at) => stay({ ...state, place: { ...at, pin: pinWithoutLast(at.pin) } }));

/** The PIN with one more digit, and all of it once it is full; null where none is taken now. */
export function typedPin(state: TillScreen, pin: PinEntry, key: string): { readonly pin: PinEntry; readonly full: string | null } | null {
  const staff = state.status?.staff;
  if (!staff || pinWaitUntil(pin, staff.waitUntil, state.now) !== null) return null;
  const next = pinWith(pin, key, staff.pinDigits);
  return next && { pin: next, full: next.typed.length === staff.pinDigits ? next.typed.digits() : null };
}

/**
 * Puts the cover where the till says that nobody may work here, and takes it away where somebody may. Whatever was
 * pressed, scanned or touched meanwhile: what lies under a cover stays as it was.
 */
export function withCover(before: TillScreen, after: TillScreen): TillScreen {
  const wanted = coverWanted(after);
  const { place } = after;
  if (wanted === null) return place.name === 'signIn' ? { ...after, place: place.under, bars: barsLeft(after, place.under) } : after;
  if (place.name === 'signIn') return place.stage === wanted ? after : { ...after, place: { ...place, stage: wanted }, menu: 'closed' };
  if (before.place.name === 'signIn') return { ...after, place: { ...before.place, stage: wanted }, menu: 'closed' };
  return { ...after, place: { name: 'signIn', stage: wanted, pin: emptyPin, under: withoutPins(place) }, menu: 'closed' };
}

/** What lies under the cover keeps amounts and counts, but nobody's PIN. */
function withoutPins(place: Place): Place {
  if (place.name === 'pinSet') return { ...place, first: null, pin: emptyPin };
  if (place.name === 'refund' || place.name === 'record') return { ...place, approving: nobodyYet };
  if (place.name === 'settingsLines') return { ...place, access: { ...place.access, pin: emptyPin } };
  if (place.name === 'settingsGateways') return withoutSecrets({ ...place, access: { ...place.access, pin: emptyPin } });
  return place.name === 'people' || place.name === 'shiftX' || place.name === 'drawer' ? { ...place, pin: emptyPin } : place;
}

function coverWanted({ status }: TillScreen): SignInPlace['stage'] | null {
  if (!status || status.phase === 'stopped') return null;
  return status.staff.state === 'signedOut' || status.staff.state === 'locked' ? status.staff.state : null;
}

/** The payment that stands there again says its own end. */
function barsLeft(state: TillScreen, under: Place): TillScreen['bars'] {
  return under.name === 'counter' ? state.bars.filter((bar) => bar.payment.paymentId !== state.currentId) : state.bars;
}

/** Whether the screen may be locked now: never while money is on its way there. What has ended, or hasn't begun, keeps under the cover. */
export function mayLock(state: TillScreen): boolean {
  if (state.status?.staff.state !== 'signedIn' || state.place.name === 'signIn') return false;
  return !state.charging && !isUnsettled(shownPayment(state)) && !isUnfinished(state.place);
}

/** A code that nobody paid, and that is asked about once a day, waits for nobody at the counter. */
function isUnsettled(payment: PaymentView | null): boolean {
  return payment !== null && payment.open && !payment.quiet;
}

/** Cash in somebody's hand, an answer that is awaited or went missing, a refund without its outcome. */
function isUnfinished(place: Place): boolean {
  switch (place.name) {
    case 'cashReceived': return true;
    case 'cashChange': return place.stage === 'returning';
    case 'refund': case 'record': return place.stage === 'sending' || place.unclear;
    case 'orderNumber': return place.stage === 'sending';
    case 'drawer': return place.pin.sent;
    case 'refundResult': return place.stage !== 'refunded' && place.stage !== 'refused' && place.stage !== 'settled';
    default: return false;
  }
}

export function lockNow(state: TillScreen): Step {
  return mayLock(state) ? stay({ ...state, menu: 'closed', lockAskedAt: state.now }, calls('lock', {})) : refused(state);
}

/** What went well is read in a few seconds and needs no key. */
const doneStaysMs = 8000;

export function withoutOldNews(state: TillScreen): TillScreen {
  return state.notice?.kind === 'done' && state.now - state.lastHandAt >= doneStaysMs ? { ...state, notice: null } : state;
}

/** What a tick asks for where nobody has touched the till for long. */
export function idleLock(state: TillScreen): Step {
  // What came on screen by itself, as a verdict does, is left there as long as what a hand has brought.
  const since = Math.max(state.lastHandAt, state.shownSince);
  const isDue = state.link === 'up' && mayLock(state) && state.now - since >= idleLockMs && state.now - state.lockAskedAt >= lockAgainMs;
  return isDue ? lockNow(state) : stay(state);
}

/** Answers that belong to no screen: the lock, and a till handed over by a badge. Null where it is somebody else's. */
export function onStaffReply(state: TillScreen, reply: Reply): Step | null {
  if (reply.name === 'lock') return stay({ ...state, status: reply.reply });
  if (reply.name !== 'signIn' || reply.tag !== handOverTag) return null;
  if (reply.reply.kind !== 'signedIn') return stay({ ...state, notice: { kind: 'message', message: reply.reply.message } });
  const { name } = reply.reply.person;
  return stay({ ...state, notice: { kind: 'done', key: 'notice.handedOver', values: { name } } }, { kind: 'loadStatus' });
}

/** The till said nothing to such a call: nobody knows who is there, and the screen claims nothing new. */
export function onStaffLost(state: TillScreen, lost: ReplyLost): Step | null {
  const isOurs = lost.name === 'lock' || (lost.name === 'signIn' && lost.tag === handOverTag);
  return isOurs ? stay({ ...state, notice: { kind: 'words', key: 'notice.actionFailed' } }, { kind: 'loadStatus' }) : null;
}

const paymentOpen: ReadonlySet<ViewName> = new Set(['charging', 'waiting', 'question', 'unknown', 'reversing', 'presentQr', 'cashReceived']);

/** A badge where no screen asked for one: the till changes hands, and a typed amount stays. */
export function handOver(state: TillScreen, badge: Extract<ScanSeen, { kind: 'badge' }>): Step {
  const staff: StaffStatus | undefined = state.status?.staff;
  if (paymentOpen.has(viewName(state))) return stay({ ...state, notice: { kind: 'words', key: 'notice.badgeWhileOpen' } });
  if (staff?.state === 'signedIn' && staff.person?.operatorId === badge.person.operatorId) {
    return stay({ ...state, notice: { kind: 'done', key: 'notice.alreadyHere', values: { name: badge.person.name } } });
  }
  const request: Request = calls('signIn', { approval: { kind: 'badge', scanId: badge.scanId } }, handOverTag);
  return stay(state, request);
}
