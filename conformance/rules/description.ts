/** What a gateway says of itself: numbers, settings, names, and that the simulator plays its other side. */
import { z } from 'zod';
import type { Gateway, ReferenceRule } from '../../core/gateways/gateway.ts';
import type { SettingField } from '../../core/gateways/setting-field.ts';
import { numberBy } from '../../core/payment/reference.ts';
import { startSimulator } from '../../simulator/index.ts';
import type { Rule } from '../rule.ts';
import { blockOf, random, Stand } from '../stand.ts';

const leastBits = 50;

/** Digits alone, as long as a payment code: such a number would be taken for one at the scanner (CASES 36). */
const looksScanned = /^\d{15,32}$/;

function wrongNumbers(rule: ReferenceRule, name: string): readonly string[] {
  const { prefix, length, alphabet } = rule;
  const bits = (length - prefix.length) * Math.log2(alphabet.length);
  return [
    ...(new Set(alphabet).size === alphabet.length ? [] : [`the alphabet of ${name} numbers has a letter twice`]),
    ...(bits >= leastBits ? [] : [`${name} numbers have ${bits.toFixed(1)} random bits, and need ${leastBits}`]),
    ...(looksScanned.test(numberBy(rule, random)) ? [`a printed ${name} number can be taken for a payment code`] : []),
  ];
}

const simulated: Rule = {
  name: 'has a side in the simulator',
  check: async ({ gateway }) => {
    const simulator = await startSimulator();
    const block = blockOf(simulator, gateway.id);
    await simulator.close();
    return block === undefined ? [`startSimulator().gateways has no block for ${gateway.id}: without an opponent nothing of it is proven`] : [];
  },
};

const numbers: Rule = {
  name: 'case 4: numbers have at least 50 random bits and pass for no payment code',
  check: async ({ gateway, variants }) => {
    const found: string[] = [];
    for (const variant of variants) {
      const stand = await Stand.open(gateway, variant);
      await stand.close();
      const { order, refund } = stand.rules;
      found.push(...wrongNumbers(order, 'order'), ...(refund === null ? [] : wrongNumbers(refund, 'refund')));
      if (refund !== null && refund.prefix === order.prefix && refund.length === order.length) found.push('a refund number can be an order number');
      if ((refund === null) !== (gateway.capabilities.refund === null)) found.push('the rule of refund numbers and the capability to refund disagree');
    }
    return found;
  },
};

const abilities: Rule = {
  name: 'says what it can do, without contradicting itself',
  check: ({ gateway }) => {
    const { cpm, mpm, currencies, present, reverse, repeatPayWithinSeconds, refund } = gateway.capabilities;
    return [
      ...(cpm || mpm ? [] : ['neither scans nor shows']),
      ...(mpm === (present !== null) ? [] : ['mpm and present disagree']),
      ...(currencies.length > 0 ? [] : ['counts in no currency']),
      ...(cpm || (reverse === null && repeatPayWithinSeconds === null) ? [] : ['says how scanned codes are undone or sent again, and scans none']),
      ...(gateway.names['zh-CN'].trim() === '' || gateway.names.en.trim() === '' ? ['has no name in one of the languages'] : []),
      ...(gateway.secretKeys.length > 0 ? [] : ['has no secret, so anybody may charge for the shop']),
      ...(refund?.repeat === 'same' || refund?.queryBy !== null || refund.repeat === 'whenMoreThanHalf' ? [] : ['a lost answer to a refund could never be cleared up']),
    ];
  },
};

const settings: Rule = {
  name: 'settings and form agree, and a wrong setting is named without its secret',
  check: async ({ gateway, variants }) => {
    const stand = await Stand.open(gateway, variants[0]);
    await stand.close();
    const shape = shapeOf(gateway.settings);
    const { origin, account } = gateway.identity(stand.settings);
    const found = [...differences('the form', gateway.form.map((field) => field.key), Object.keys(shape)), ...differences('secret fields', secretFields(gateway), gateway.secretKeys)];
    for (const field of gateway.form) found.push(...wrongField(field, shape[field.key]));
    if (gateway.settings.safeParse({ ...stand.block, nobodyKnowsThisKey: 1 }).success) found.push('takes a key that it does not know');
    if (!URL.canParse(origin) || account === '') found.push('identity names no server or no account');
    if (stand.secrets.some((secret) => `${origin} ${account}`.includes(secret))) found.push('identity holds a secret');
    if (!gateway.capabilities.currencies.includes(gateway.currency(stand.settings))) found.push('counts in a currency that it does not list');
    for (const key of gateway.secretKeys) {
      const said = gateway.settings.safeParse({ ...stand.block, [key]: ' hush-hush ' });
      if (said.success || JSON.stringify(said.error.issues).includes('hush')) found.push(`${key}: a wrong secret is taken, or repeated in the message`);
    }
    return found;
  },
};

/** The path that the till listens on, as docs/settings.md has it; a proxy of the shop's stands in front. */
const addresses: Rule = {
  name: 'its example of an address for notices is one that the till listens on',
  check: ({ gateway }) => gateway.form.flatMap((field) => {
    if (field.key !== 'notifyUrl') return [];
    const path = field.kind === 'address' && URL.canParse(field.example) ? new URL(field.example).pathname : '';
    return path === `/notify/${gateway.id}` ? [] : [`the form's example leads to ${path}, and the till listens on /notify/${gateway.id}`];
  }),
};

function secretFields(gateway: Gateway): readonly string[] {
  return gateway.form.flatMap((field) => (field.kind === 'secret' ? [field.key] : []));
}

function differences(what: string, left: readonly string[], right: readonly string[]): readonly string[] {
  const [one, other] = [left.toSorted().join(), right.toSorted().join()];
  return one === other ? [] : [`${what}: ${one}, and not ${other}`];
}

function wrongField(field: SettingField, schema: z.ZodType | undefined): readonly string[] {
  if (schema === undefined) return [];
  const mayBeAbsent = schema.safeParse(undefined).success;
  const inside = field.kind === 'group' ? differences(field.key, field.fields.map((one) => one.key), Object.keys(shapeOf(schema))) : [];
  const offered = field.kind === 'choice' ? field.choices.map(({ value }) => value).filter((value) => !schema.safeParse(value).success) : [];
  return [...inside, ...offered.map((value) => `${field.key} offers ${value}, which the schema refuses`), ...(mayBeAbsent === (field.whenEmpty !== null) ? [] : [`${field.key}: form and schema disagree on whether it may be left out`])];
}

/** The keys of a block or a group, whatever is wrapped around it. */
function shapeOf(schema: unknown): Readonly<Record<string, z.ZodType>> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return shapeOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return shapeOf(schema.in);
  return schema instanceof z.ZodObject ? schema.shape : {};
}

export const descriptionRules: readonly Rule[] = [simulated, numbers, abilities, settings, addresses];
