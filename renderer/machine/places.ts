/** The screens that have a memory of their own, as places of the machine: one type per screen, each beside its logic. */
import type { CashChangePlace, CashReceivedPlace } from './cash.ts';

/**
 * Every place has a `name`, which is the screen's name everywhere, and a `stage`: it changes exactly when something else
 * stands on screen, so that the guard and the focus go by it.
 */
export type PartPlace =
  | CashReceivedPlace
  | CashChangePlace;

export type PartName = PartPlace['name'];
export type PlaceOf<Name extends PartName> = Extract<PartPlace, { readonly name: Name }>;
