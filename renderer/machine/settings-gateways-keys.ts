/** What the keys do on the gateways' settings: one table for the caps and their handlers. */
import type { SettingsChange } from '../../core/contract/types.ts';
import { goOpen } from './actions.ts';
import { calls, refused, stay, type Moment, type Step } from './inputs.ts';
import type { Binding } from './keys.ts';
import { pressOn } from './press.ts';
import { fieldValue, fresh, gatewayAt, isChanged, ringedField, routingTab, tabsOf, testRequest, withValue, type SettingsGatewaysPlace } from './settings-gateways-form.ts';
import { activationKeys, nextToFill, openActivation } from './settings-activation.ts';
import { leaveSettings, ownerKeys } from './settings-owner.ts';
import type { TillScreen } from './state.ts';

export function gatewayKeys(at: SettingsGatewaysPlace): readonly Binding[] {
  switch (at.stage) {
    case 'owner': return ownerKeys(at.access, leave, (state, access) => ({ ...state, place: { ...at, access } }));
    case 'loading': return [{ key: '-', word: 'cap.backToSale', press: leave }];
    case 'typing': return [{ key: '-', word: 'cap.leaveLine', press: leaveField }, { key: 'Enter', word: 'cap.lineDone', press: fieldDone, primary: true }];
    case 'form': return at.form === 'activation' ? activationKeys(at, typeField) : formKeys(at);
    case 'hanging': return hangingKeys(at);
    case 'saving': return [];
  }
}

function formKeys(at: SettingsGatewaysPlace): readonly Binding[] {
  const field = ringedField(at);
  const changed = isChanged(at);
  const isTyped = field !== null && field.kind !== 'choice';
  const word = field?.kind === 'secret' && field.isSet ? 'cap.replace' : 'cap.changeLine';
  const list: Binding[] = [{ key: '82', word: 'cap.chooseLine', press: refused }];
  if (at.ring < 0) list.push({ key: '46', word: 'cap.otherTab', press: refused });
  else if (at.tab === routingTab || field?.kind === 'choice') list.push({ key: '46', word: 'cap.changeLine', press: refused });
  if (isTyped && changed) list.push({ key: '*', word, press: typeField });
  const activates = gatewayAt(at)?.activation !== null && gatewayAt(at) !== null && field?.kind !== 'secret' && !(isTyped && changed);
  if (activates) list.push({ key: '*', word: 'cap.activate', press: openActivation });
  else if (isTyped && !changed) list.push({ key: '*', word, press: typeField, offRail: 'also' });
  list.push(changed ? { key: '-', word: 'cap.doNotSave', press: drop } : { key: '-', word: 'cap.back', press: leave });
  const testWord = at.tab === routingTab ? 'cap.testAll' : 'cap.test';
  if (changed) return [...list, { key: '+', word: testWord, press: test }, { key: 'Enter', word: 'cap.save', press: save, primary: true }];
  if (isTyped) return [...list, { key: '+', word: testWord, press: test }, { key: 'Enter', word, press: typeField, primary: true }];
  return [...list, { key: '+', word: testWord, press: test, offRail: 'also' }, { key: 'Enter', word: testWord, press: test, primary: true }];
}

function hangingKeys(at: SettingsGatewaysPlace): readonly Binding[] {
  const count = (at.hanging?.open.length ?? 0) + (at.hanging?.openRefunds.length ?? 0);
  return [
    ...(count > 0 ? [{ key: '*', word: 'cap.showHanging', values: { count: String(count) }, press: (state: TillScreen) => goOpen(state) } as const] : []),
    { key: '+', word: 'cap.changeAnyway', press: saveAnyway },
    { key: '-', word: 'cap.notChangeYet', press: notYet, offRail: 'also' },
    { key: 'Enter', word: 'cap.notChangeYet', press: notYet, primary: true },
  ];
}

const leave = pressOn('settingsGateways', leaveSettings);
const leaveField = pressOn('settingsGateways', (state, at) => stay({ ...state, place: { ...at, stage: 'form', text: '' } }));
const notYet = pressOn('settingsGateways', (state, at) => stay({ ...state, place: { ...at, stage: 'form', hanging: null } }));
const drop = pressOn('settingsGateways', (state, at) => (at.view ? stay({ ...state, place: fresh(at, at.view) }) : refused(state)));

/** A secret is typed anew; of the old one nothing is here. */
const typeField = pressOn('settingsGateways', (state, at) => {
  const field = ringedField(at);
  return field ? stay({ ...state, place: { ...at, stage: 'typing', text: field.kind === 'secret' ? '' : (fieldValue(at, field) ?? '') } }) : refused(state);
});

/** An emptied field takes the key out; an emptied secret stays as it is. */
const fieldDone = pressOn('settingsGateways', (state, at) => {
  const field = ringedField(at);
  const text = at.text.trim();
  if (!field) return refused(state);
  const place: SettingsGatewaysPlace = { ...at, stage: 'form', text: '' };
  if (text === '' && field.kind === 'secret') return stay({ ...state, place });
  const filled = withValue(place, field, text === '' ? null : text);
  return stay({ ...state, place: at.form === 'activation' && text !== '' ? { ...filled, ring: nextToFill(filled) } : filled });
});

/** One after the other: on the routing's tab every gateway that is on. */
const test = pressOn('settingsGateways', (state, at) => {
  if (at.testing.length > 0) return refused(state);
  const testing = at.tab === routingTab ? tabsOf(at).filter((id) => at.view?.gateways.some((gateway) => gateway.id === id && gateway.on)) : [at.tab];
  const [first] = testing;
  return first === undefined ? refused(state) : stay({ ...state, place: { ...at, testing, problems: [] } }, testRequest(at, first));
});

const save = pressOn('settingsGateways', (state, at, moment) => send(state, at, { moment, keepFormer: false }));
const saveAnyway = pressOn('settingsGateways', (state, at, moment) => send(state, at, { moment, keepFormer: true }));

function send(state: TillScreen, at: SettingsGatewaysPlace, { moment, keepFormer }: { readonly moment: Moment; readonly keepFormer: boolean }): Step {
  if (!at.view || !isChanged(at)) return refused(state);
  const change: SettingsChange = at.tab === routingTab && at.routing
    ? { routing: at.routing }
    : { gateway: { id: gatewayAt(at)?.id ?? at.tab, values: at.values, ...(keepFormer ? { keepFormer } : {}) } };
  const body = JSON.stringify(change);
  const commandId = at.sentAs?.body === body ? at.sentAs.commandId : moment.freshId;
  return stay({ ...state, place: { ...at, stage: 'saving', sentAs: { commandId, body } } }, calls('saveSettings', { commandId, mark: at.view.mark, change }, commandId));
}
