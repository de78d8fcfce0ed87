/** The owner's PIN before a settings screen: asked where nobody who may stands there, or the till wants it again. */
import type { ApprovalRefusal } from '../../core/contract/types.ts';
import { calls, stay, type Reply, type Request, type Step } from './inputs.ts';
import type { Binding, PadKey } from './keys.ts';
import type { Press } from './part.ts';
import { isOwnersTurn } from './people.ts';
import { emptyPin, pinWithoutLast, refusedPin, sentPin, type PinEntry } from './pin-entry.ts';
import { typedPin } from './sign-in.ts';
import type { TillScreen } from './state.ts';

/** What every settings screen remembers of its owner. */
export interface OwnerAccess {
  readonly pin: PinEntry;
  /** The till wants the PIN, although an owner is signed in: too long ago. */
  readonly asked: boolean;
  /** An owner's PIN or badge was taken a moment ago. */
  readonly signed: boolean;
}

export const nobodyAsked: OwnerAccess = { pin: emptyPin, asked: false, signed: false };

export const settingsTag = 'settings';
export const loadSettings: Request = calls('settings', {}, settingsTag);

/** Whether the settings may be asked for now, or the PIN comes first. */
export function mayLoad(state: TillScreen, access: OwnerAccess): boolean {
  return isOwnersTurn(state) && (access.signed || !access.asked);
}

/** The till wants the owner's PIN: what is typed on the screen stays. */
export function askedAgain(refusal: ApprovalRefusal): OwnerAccess {
  return { pin: refusal.kind === 'approvalNeeded' ? emptyPin : refusedPin(refusal), asked: true, signed: false };
}

/** One more digit of the PIN; the last one sends it. Null where none is taken now. */
export function ownerDigit(state: TillScreen, access: OwnerAccess, key: PadKey): { readonly access: OwnerAccess; readonly requests: readonly Request[] } | null {
  const next = typedPin(state, access.pin, key);
  if (!next) return null;
  if (next.full === null) return { access: { ...access, pin: next.pin }, requests: [] };
  return { access: { ...access, pin: sentPin }, requests: [calls('signIn', { approval: { kind: 'pin', pin: next.full } }, settingsTag)] };
}

export function ownerBadge(access: OwnerAccess, scanId: string): { readonly access: OwnerAccess; readonly requests: readonly Request[] } {
  return { access: { ...access, pin: sentPin }, requests: [calls('signIn', { approval: { kind: 'badge', scanId } }, settingsTag)] };
}

/** What the till says to the PIN; `withAccess` puts it into the place that asked. */
export function onOwnerSigned(state: TillScreen, access: OwnerAccess, reply: Extract<Reply, { name: 'signIn' }>, withAccess: (access: OwnerAccess) => TillScreen['place']): Step {
  const answer = reply.reply;
  if (answer.kind !== 'signedIn') return stay({ ...state, place: withAccess({ ...access, pin: refusedPin(answer) }) });
  const isOwner = answer.person.role === 'owner';
  const place = withAccess({ ...access, pin: emptyPin, signed: isOwner });
  if (isOwner) return stay({ ...state, place }, { kind: 'loadStatus' });
  return stay({ ...state, place, notice: { kind: 'words', key: 'notice.notOwner', values: { name: answer.person.name } } }, { kind: 'loadStatus' });
}

/** The caps while the PIN is asked for. */
export function ownerKeys(access: OwnerAccess, leave: Press, withAccess: (state: TillScreen, access: OwnerAccess) => TillScreen): readonly Binding[] {
  const deletes: Press = (state) => stay(withAccess(state, { ...access, pin: pinWithoutLast(access.pin) }));
  return [access.pin.typed.length > 0 ? { key: '-', word: 'cap.delete', press: deletes } : { key: '-', word: 'cap.backToSale', press: leave }];
}

/** Leaves a settings screen for the counter, as it was. */
export function leaveSettings(state: TillScreen): Step {
  return stay({ ...state, place: { name: 'counter' } });
}
