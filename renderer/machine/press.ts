/** A cap's handler for one screen: it does nothing where another one stands by now. */
import { refused, type Moment, type Step } from './inputs.ts';
import type { Press } from './part.ts';
import type { PartName, PlaceOf } from './places.ts';
import type { TillScreen } from './state.ts';

export function pressOn<Name extends PartName>(name: Name, act: (state: TillScreen, at: PlaceOf<Name>, moment: Moment) => Step): Press {
  return (state, moment) => (isAt(state, name) ? act(state, state.place, moment) : refused(state));
}

function isAt<Name extends PartName>(state: TillScreen, name: Name): state is TillScreen & { readonly place: PlaceOf<Name> } {
  return state.place.name === name;
}
