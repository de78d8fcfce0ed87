/** A gateway's form with what stands in settings.json, and back: from what was typed to the keys of its block. */
import type { GatewayChange, GatewaySettings, SettingFieldView } from '../contract/types.ts';
import type { Gateway } from '../gateways/gateway.ts';
import type { SettingField } from '../gateways/setting-field.ts';
import type { Currency } from '../money/currency.ts';
import { isGroup, valueAt } from './json-values.ts';
import type { KeyChange } from './store.ts';

type Raw = Readonly<Record<string, unknown>>;
type PlainField = Exclude<SettingField, { readonly kind: 'group' }>;

/** Before the keys of what is typed in for an activation: they stand in no block. */
export const activationGroup = 'activation';

/** The form of one gateway; `raw` is the whole file. No secret leaves with it. */
export function gatewayForm(gateway: Gateway, raw: Raw, currency: Currency): GatewaySettings {
  const block = valueAt(raw, ['gateways', gateway.id]);
  const parsed = gateway.settings.safeParse(block);
  const ways = parsed.success && gateway.currency(parsed.data) === currency ? (gateway.directions?.(parsed.data) ?? gateway.capabilities) : { cpm: false, mpm: false };
  const shown = blockInForce(gateway, block);
  return {
    id: gateway.id, names: gateway.names, on: block !== undefined, scans: ways.cpm, shows: ways.mpm, fields: plainFields(gateway).map((one) => fieldView(one, shown)).map((view) => ({ ...view, keptApart: view.kind === 'secret' && view.isSet && valueAt(block, view.key.split('.')) === undefined })),
    activation: gateway.terminal?.activationForm.map((field) => fieldView({ path: [activationGroup, field.key], field, group: null }, undefined)) ?? null,
  };
}

/** The block with the number of an activated terminal, which it needn't name, and the word that a key is there. */
function blockInForce(gateway: Gateway, block: unknown): unknown {
  const parsed = gateway.settings.safeParse(block);
  if (gateway.terminal === undefined || !parsed.success || !isGroup(block)) return block;
  const { number, key } = gateway.terminal.terminalOf(parsed.data);
  const { settingKeys } = gateway.terminal;
  return { ...block, [settingKeys.number]: number, [settingKeys.key]: key };
}

/** The keys of settings.json that were changed in a form, in the order of the form. */
export function gatewayChanges(gateway: Gateway, values: GatewayChange['values']): readonly KeyChange[] {
  return plainFields(gateway).flatMap(({ path, field }) => {
    const typed = values[path.join('.')];
    return typed === undefined ? [] : [{ path: ['gateways', gateway.id, ...path], value: fromText(field, typed) }];
  });
}

/** The block as it would be with these values; for a test, and to see whether the identity changes. */
export function changedBlock(gateway: Gateway, block: unknown, values: GatewayChange['values']): unknown {
  return gatewayChanges(gateway, values).reduce<unknown>((before, { path, value }) => withValue(before, path.slice(2), value), block ?? {});
}

/** The fields that an identity is made of, with their values in a block. */
export function identityFields(gateway: Gateway, block: unknown): readonly { readonly label: SettingFieldView['label']; readonly value: string }[] {
  const shown = blockInForce(gateway, block);
  return plainFields(gateway).flatMap(({ path, field }) => (field.identity === undefined ? [] : [{ label: field.label, value: toText(valueAt(shown, path)) ?? '' }]));
}

/** The labels of the secrets that stand in both blocks, and differ. */
export function replacedSecrets(gateway: Gateway, before: unknown, after: unknown): readonly SettingFieldView['label'][] {
  return plainFields(gateway).flatMap(({ path, field }) => {
    const [was, will] = [toText(valueAt(before, path)), toText(valueAt(after, path))];
    return field.kind === 'secret' && was !== null && will !== null && was !== will ? [field.label] : [];
  });
}

interface FieldAt {
  readonly path: readonly string[];
  readonly field: PlainField;
  readonly group: SettingFieldView['group'];
}

function plainFields({ form }: Gateway): readonly FieldAt[] {
  return form.flatMap((field): readonly FieldAt[] => {
    if (field.kind !== 'group') return [{ path: [field.key], field, group: null }];
    return field.fields.map((inner) => ({ path: [field.key, inner.key], field: inner, group: field.label }));
  });
}

function fieldView({ path, field, group }: FieldAt, block: unknown): SettingFieldView {
  const written = toText(valueAt(block, path));
  return {
    key: path.join('.'), kind: field.kind, label: field.label, help: field.help, whenEmpty: field.whenEmpty, group,
    choices: field.kind === 'choice' ? field.choices : [],
    unit: field.kind === 'number' ? field.unit : null,
    wise: field.kind === 'number' ? (field.wise ?? field.range) : null,
    value: field.kind === 'secret' ? null : written,
    isSet: written !== null && written !== '',
    keptApart: false,
  };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

/** What isn't a whole number stays text: the schema then says what is wrong with it. */
function fromText(field: PlainField, typed: string | null): unknown {
  if (typed === null) return undefined;
  return field.kind === 'number' && /^[0-9]{1,9}$/.test(typed) ? Number(typed) : typed;
}

function withValue(group: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const before: Raw = isGroup(group) ? group : {};
  if (rest.length > 0) return { ...before, [key]: withValue(before[key], rest, value) };
  const { [key]: _, ...others } = before;
  return value === undefined ? others : { ...before, [key]: value };
}
