/** The screens that are an owner's alone: they ask for one as soon as somebody else stands there, and open as soon as one does. */
import { stay, type Request, type Step } from './inputs.ts';
import { isOwnersTurn, openPeople } from './people.ts';
import { gatewaysWithOwner } from './settings-gateways.ts';
import { linesWithOwner } from './settings-lines.ts';

/** After every input. */
export function withOwner({ state, requests }: Step): Step {
  const { place } = state;
  if (place.name === 'settingsGateways') return besides(gatewaysWithOwner(state, place) ?? stay(state), requests);
  if (place.name === 'settingsLines') return besides(linesWithOwner(state, place) ?? stay(state), requests);
  if (place.name !== 'people' && place.name !== 'personAdd' && place.name !== 'pinSet') return { state, requests };
  const mayBeHere = isOwnersTurn(state);
  if (place.name === 'people' && (place.stage === 'owner') !== mayBeHere) return { state, requests };
  const ringedId = place.name === 'people' ? place.ringedId : null;
  if (place.name !== 'people' && mayBeHere) return { state, requests };
  const opened = openPeople(state, ringedId);
  return { state: opened.state, requests: [...requests, ...opened.requests] };
}

function besides(step: Step, requests: readonly Request[]): Step {
  return { state: step.state, requests: [...requests, ...step.requests] };
}
