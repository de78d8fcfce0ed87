/** The screens that have a memory of their own, as places of the machine: one type per screen, each beside its logic. */
import type { CashChangePlace, CashReceivedPlace } from './cash.ts';
import type { FindPlace } from './find.ts';
import type { PaymentDetailPlace } from './payment-detail.ts';
import type { OrderNumberPlace } from './order-number.ts';
import type { RecordPlace } from './record.ts';
import type { RefundPlace } from './refund-open.ts';
import type { RefundResultPlace } from './refund-result.ts';
import type { DrawerPlace } from './drawer.ts';
import type { PeoplePlace } from './people.ts';
import type { PersonAddPlace } from './person-add.ts';
import type { PinSetPlace } from './pin-set.ts';
import type { ProgressPlace } from './progress.ts';
import type { ReconcilePlace } from './reconcile.ts';
import type { ReconcileResultPlace } from './reconcile-result.ts';
import type { SettingsGatewaysPlace } from './settings-gateways-form.ts';
import type { SettingsLinesPlace } from './settings-lines.ts';
import type { ShiftClosePlace } from './shift-close.ts';
import type { ShiftOpenPlace } from './shift-open.ts';
import type { ShiftXPlace } from './shift-x.ts';
import type { ShiftZPlace } from './shift-z.ts';
import type { SignInPlace } from './sign-in.ts';
import type { TodayPlace } from './today.ts';

/**
 * Every place has a `name`, which is the screen's name everywhere, and a `stage`: it changes exactly when something else
 * stands on screen, so that the guard and the focus go by it.
 */
export type PartPlace =
  | SignInPlace
  | PeoplePlace
  | PersonAddPlace
  | PinSetPlace
  | SettingsLinesPlace
  | SettingsGatewaysPlace
  | ShiftOpenPlace
  | ShiftClosePlace
  | ShiftXPlace
  | ShiftZPlace
  | DrawerPlace
  | TodayPlace
  | ProgressPlace
  | ReconcilePlace
  | ReconcileResultPlace
  | CashReceivedPlace
  | CashChangePlace
  | FindPlace
  | PaymentDetailPlace
  | RefundPlace
  | RefundResultPlace
  | RecordPlace
  | OrderNumberPlace;

export type PartName = PartPlace['name'];
export type PlaceOf<Name extends PartName> = Extract<PartPlace, { readonly name: Name }>;
