/** The screens with a memory of their own, by name: the machine finds their keys and answers here. */
import { cashChange, cashReceived } from './cash.ts';
import type { Part } from './part.ts';
import type { PartName, PartPlace, PlaceOf } from './places.ts';
import type { TillScreen } from './state.ts';

const parts: { readonly [Name in PartName]: Part<PlaceOf<Name>> } = {
  cashReceived,
  cashChange,
};

/** Whether a view is one of these screens. */
export function isPart(view: string): view is PartName {
  return Object.hasOwn(parts, view);
}

/** The screen that stands, with what it remembers; null where the counter, the list or a payment stands. */
export function partAt(state: TillScreen): { readonly part: Part; readonly at: PartPlace } | null {
  const { place } = state;
  if (place.name === 'counter' || place.name === 'open' || place.name === 'payment') return null;
  return { part: parts[place.name], at: place };
}
