/** The screens with a memory of their own, by name: the machine finds their keys and answers here. */
import { cashChange, cashReceived } from './cash.ts';
import { find } from './find.ts';
import { paymentDetail } from './payment-detail.ts';
import { orderNumber } from './order-number.ts';
import { record } from './record.ts';
import { refund } from './refund.ts';
import { refundResult } from './refund-result.ts';
import { drawer } from './drawer.ts';
import type { Part } from './part.ts';
import { people } from './people.ts';
import { personAdd } from './person-add.ts';
import { pinSet } from './pin-set.ts';
import { progress } from './progress.ts';
import { reconcile } from './reconcile.ts';
import { reconcileResult } from './reconcile-result.ts';
import { settingsGateways } from './settings-gateways.ts';
import { settingsLines } from './settings-lines.ts';
import { shiftClose } from './shift-close.ts';
import { shiftOpen } from './shift-open.ts';
import { shiftX } from './shift-x.ts';
import { shiftZ } from './shift-z.ts';
import { signIn } from './sign-in.ts';
import { today } from './today.ts';
import type { PartName, PartPlace, PlaceOf } from './places.ts';
import type { TillScreen } from './state.ts';

const parts: { readonly [Name in PartName]: Part<PlaceOf<Name>> } = {
  signIn,
  people,
  personAdd,
  pinSet,
  settingsLines,
  settingsGateways,
  shiftOpen,
  shiftClose,
  shiftX,
  shiftZ,
  drawer,
  today,
  progress,
  reconcile,
  reconcileResult,
  cashReceived,
  cashChange,
  find,
  paymentDetail,
  refund,
  refundResult,
  record,
  orderNumber,
};

/** Whether a view is one of these screens. */
export function isPart(view: string): view is PartName {
  return Object.hasOwn(parts, view);
}

/** Whether the screen that stands must be left to the till's answer: whoever left it might do the same thing twice. */
export function isBusy(state: TillScreen): boolean {
  const standing = partAt(state);
  return standing?.part.busy?.(standing.at) ?? false;
}

/** The screen that stands, with what it remembers; null where the counter, the list or a payment stands. */
export function partAt(state: TillScreen): { readonly part: Part; readonly at: PartPlace } | null {
  const { place } = state;
  if (place.name === 'counter' || place.name === 'open' || place.name === 'payment') return null;
  return { part: parts[place.name], at: place };
}
