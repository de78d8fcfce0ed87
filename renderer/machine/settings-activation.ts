/** Activating a terminal from its gateway's form: typed on a form of its own, sent once, and forgotten (CASES 32). */
import type { ActivateTerminalReply } from '../../core/contract/types.ts';
import { calls, refused, stay, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import type { Press } from './part.ts';
import { pressOn } from './press.ts';
import { activationPrefix, fieldsOf, fieldValue, fresh, gatewayAt, problemOf, ringedField, type SettingsGatewaysPlace } from './settings-gateways-form.ts';
import { askedAgain } from './settings-owner.ts';
import type { TillScreen } from './state.ts';

/** The caps of the activation's own form. */
export function activationKeys(at: SettingsGatewaysPlace, typeField: Press): readonly Binding[] {
  const field = ringedField(at);
  const word = field !== null && isFilled(at, field.key) ? 'cap.changeLine' : 'cap.writeLine';
  const list: readonly Binding[] = [{ key: '82', word: 'cap.chooseLine', press: refused }, { key: '-', word: 'cap.back', press: leaveActivation }];
  if (firstEmpty(at) < 0) return [...list, { key: '*', word, press: typeField }, { key: 'Enter', word: 'cap.activateNow', press: activate, primary: true }];
  return [...list, { key: 'Enter', word, press: typeField, primary: true }];
}

export const openActivation = pressOn('settingsGateways', (state, at) => (gatewayAt(at)?.activation ? stay({ ...state, place: { ...at, form: 'activation', ring: 0, problems: [], said: null } }) : refused(state)));

const leaveActivation = pressOn('settingsGateways', (state, at) => stay({ ...state, place: { ...withoutActivation(at), ring: -1, problems: [] } }));

const activate = pressOn('settingsGateways', (state, at, moment) => {
  const gateway = gatewayAt(at);
  if (!gateway?.activation || firstEmpty(at) >= 0) return refused(state);
  const activation = Object.fromEntries(gateway.activation.map((field) => [field.key.slice(activationPrefix.length), fieldValue(at, field) ?? '']));
  const commandId = moment.freshId;
  const request = { commandId, gateway: gateway.id, values: withoutActivation(at).values, activation };
  return stay({ ...state, place: { ...at, stage: 'saving', problems: [], said: null, sentAs: { commandId, body: '' } } }, calls('activateTerminal', request, commandId));
});

/** After a field was filled: the next one that is empty, or the same where none is. */
export function nextToFill(at: SettingsGatewaysPlace): number {
  const next = firstEmpty(at);
  return next < 0 ? at.ring : next;
}

export function onActivated(state: TillScreen, at: SettingsGatewaysPlace, answer: ActivateTerminalReply): Step {
  switch (answer.kind) {
    case 'activated':
      return stay({ ...state, place: { ...fresh(at, answer.settings), ring: -1 }, notice: activatedNotice(answer) }, { kind: 'loadStatus' });
    case 'notActivated':
      return stay({ ...state, place: { ...at, stage: 'form', sentAs: null, said: answer.words ?? answer.code }, notice: { kind: 'message', message: answer.message } });
    case 'wrong': {
      const index = fieldsOf(at).findIndex((field) => problemOf({ ...at, problems: answer.problems }, field.key) !== null);
      return stay({ ...state, place: { ...at, stage: 'form', sentAs: null, problems: answer.problems, ring: index < 0 ? at.ring : index } });
    }
    case 'refused':
      return stay({ ...state, place: { ...at, stage: 'form', sentAs: null }, notice: { kind: 'message', message: answer.message } });
    default:
      return stay({ ...state, place: { ...at, stage: 'owner', sentAs: null, access: askedAgain(answer) } });
  }
}

/** Where it isn't in use yet, the till's own words say what to do. */
function activatedNotice({ number, message }: Extract<ActivateTerminalReply, { kind: 'activated' }>): TillScreen['notice'] {
  return message.key === 'terminalActivated' ? { kind: 'done', key: 'notice.terminalActivated', values: { number } } : { kind: 'message', message };
}

/** The gateway's own form again, with what was typed there; nothing stays of the activation. */
function withoutActivation(at: SettingsGatewaysPlace): SettingsGatewaysPlace {
  return { ...at, form: 'settings', said: null, values: Object.fromEntries(Object.entries(at.values).filter(([key]) => !key.startsWith(activationPrefix))) };
}

function isFilled(at: SettingsGatewaysPlace, key: string): boolean {
  return (at.values[key] ?? '') !== '';
}

function firstEmpty(at: SettingsGatewaysPlace): number {
  return gatewayAt(at)?.activation?.findIndex(({ key }) => !isFilled(at, key)) ?? -1;
}
