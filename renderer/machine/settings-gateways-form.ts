/** The gateways' settings as they stand on the screen: what was typed over what is written, and what can be read of it. */
import type { ConnectionTest, GatewaySettings, Hanging, RoutingSettings, SettingFieldView, SettingProblem, SettingsView } from '../../core/contract/types.ts';
import { calls, type Request } from './inputs.ts';
import type { OwnerAccess } from './settings-owner.ts';
import { routeRows, sameRouting } from './settings-routing.ts';

export interface SettingsGatewaysPlace {
  readonly name: 'settingsGateways';
  /** `owner`: the PIN comes first. `typing`: the ringed field is typed into. `hanging`: something would be cut off (CASES 6). */
  readonly stage: 'owner' | 'loading' | 'form' | 'typing' | 'saving' | 'hanging';
  readonly access: OwnerAccess;
  readonly view: SettingsView | null;
  /** What is typed into: the gateway's settings, or an activation of its terminal. */
  readonly form: 'settings' | 'activation';
  /** What the gateway said to an activation that it refused. */
  readonly said: string | null;
  /** `routing`, or a gateway's id. */
  readonly tab: string;
  /** The ringed row; above them all, at -1, the tabs. */
  readonly ring: number;
  /** What was changed on this tab and not saved: by a field's key; null empties it. */
  readonly values: Readonly<Record<string, string | null>>;
  readonly routing: RoutingSettings | null;
  /** What stands in the field that is typed into. */
  readonly text: string;
  readonly problems: readonly SettingProblem[];
  readonly tests: Readonly<Record<string, ConnectionTest>>;
  /** Gateways that are being tested; one after the other. */
  readonly testing: readonly string[];
  readonly hanging: Hanging | null;
  /** The command that carries this change; a repeat after a lost answer is the same one. */
  readonly sentAs: { readonly commandId: string; readonly body: string } | null;
}

export const routingTab = 'routing';
export const valueMost = 1000;

/** The tabs from left to right: the routing, the gateways that are on, and those that may be switched on. */
export function tabsOf({ view }: SettingsGatewaysPlace): readonly string[] {
  const all = view?.gateways ?? [];
  return [routingTab, ...all.filter(({ on }) => on).map(({ id }) => id), ...all.filter(({ on }) => !on).map(({ id }) => id)];
}

export function gatewayAt({ view, tab }: SettingsGatewaysPlace): GatewaySettings | null {
  return view?.gateways.find(({ id }) => id === tab) ?? null;
}

/** The ringed field of a gateway's form. */
export function ringedField(at: SettingsGatewaysPlace): SettingFieldView | null {
  return fieldsOf(at)[at.ring] ?? null;
}

/** Before the keys of an activation's fields. */
export const activationPrefix = 'activation.';

/** The fields that are on the screen. */
export function fieldsOf(at: SettingsGatewaysPlace): readonly SettingFieldView[] {
  const gateway = gatewayAt(at);
  return (at.form === 'activation' ? gateway?.activation : gateway?.fields) ?? [];
}

/** What a field shows: what was typed, else what is written. Null where it is empty; of a secret only what was typed. */
export function fieldValue(at: SettingsGatewaysPlace, field: SettingFieldView): string | null {
  const typed = at.values[field.key];
  return typed === undefined ? field.value : typed;
}

export function rowCount(at: SettingsGatewaysPlace): number {
  if (!at.view) return 0;
  return at.tab === routingTab ? routeRows(at.view).length : fieldsOf(at).length;
}

export function isChanged(at: SettingsGatewaysPlace): boolean {
  if (at.tab !== routingTab) return Object.keys(at.values).length > 0;
  return at.view !== null && at.routing !== null && !sameRouting(at.routing, at.view.routing);
}

/** What the till says is wrong with a field of this tab. */
export function problemOf(at: SettingsGatewaysPlace, key: string): SettingProblem | null {
  return at.problems.find((problem) => problem.key === `gateways.${at.tab}.${key}`) ?? null;
}

/** A test of a gateway: on its own tab with what was typed, on the routing's as it is saved. */
export function testRequest(at: SettingsGatewaysPlace, gateway: string): Request {
  return calls('testGateway', { gateway, values: at.tab === gateway ? at.values : {} }, gateway);
}

/** Without secrets that were typed and not saved: nobody finds them under a locked screen. An activation is secret as a whole, its code too. */
export function withoutSecrets(at: SettingsGatewaysPlace): SettingsGatewaysPlace {
  const secret = new Set((gatewayAt(at)?.fields ?? []).filter(({ kind }) => kind === 'secret').map(({ key }) => key));
  const values = Object.fromEntries(Object.entries(at.values).filter(([key]) => !secret.has(key) && !key.startsWith(activationPrefix)));
  // What is on its way keeps the number that its answer comes back with.
  const rest = { ...at, values, sentAs: at.stage === 'saving' ? at.sentAs : null };
  const isSecretTyped = at.stage === 'typing' && (at.form === 'activation' || ringedField(at)?.kind === 'secret');
  return isSecretTyped ? { ...rest, stage: 'form', text: '' } : rest;
}

/** Whether a field is the one that a test found wrong: the first secret, where the gateway refuses the key and no new one was typed. */
export function isWrongKey(at: SettingsGatewaysPlace, field: SettingFieldView): boolean {
  const refusedKey = at.tests[at.tab]?.steps.some(({ state, detail }) => state === 'failed' && detail?.kind === 'keyWrong') ?? false;
  return refusedKey && gatewayAt(at)?.fields.find(({ kind }) => kind === 'secret') === field && at.values[field.key] === undefined;
}

export function hasFailed(test: ConnectionTest | undefined): boolean {
  return test?.steps.some(({ state }) => state === 'failed') ?? false;
}

/** As it is saved, with the tab that stands. */
export function fresh(at: SettingsGatewaysPlace, view: SettingsView): SettingsGatewaysPlace {
  return { ...at, stage: 'form', form: 'settings', said: null, view, values: {}, routing: view.routing, problems: [], hanging: null, sentAs: null };
}

/** With another value of a field; as it is written, it is no change. */
export function withValue(at: SettingsGatewaysPlace, field: SettingFieldView, value: string | null): SettingsGatewaysPlace {
  const { [field.key]: _, ...others } = at.values;
  const isWritten = field.kind !== 'secret' && value === field.value;
  return { ...at, problems: at.problems.filter((problem) => problem !== problemOf(at, field.key)), values: isWritten ? others : { ...others, [field.key]: value } };
}
