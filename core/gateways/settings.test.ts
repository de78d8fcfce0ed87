/** The rules that all gateways' settings share, and their forms. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inChinese } from '../contract/settings-words.ts';
import { omipay } from './omipay/index.ts';
import { gateways } from './registry.ts';
import type { SettingField } from './setting-field.ts';
import { shouqianba } from './shouqianba/index.ts';

const shouqianbaBlock = { baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'k'.repeat(32), qrPayway: '3', currency: 'CNY' };
const omipayBlock = {
  baseUrl: 'https://www.omipay.com.au/omipay/api/v2', merchantNumber: '123456', secretKey: 's', posNumber: 'pos_1',
  notifyUrl: 'https://shop.example/push', qrPlatform: 'WECHATPAY', currency: 'AUD',
};
const both = [['shouqianba', shouqianba, shouqianbaBlock], ['omipay', omipay, omipayBlock]] as const;

describe.each(both)('%s', (_name, gateway, block) => {
  const problems = (changes: object) => gateway.settings.safeParse({ ...block, ...changes }).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

  test('takes the block of DESIGN.md 7 with everything optional', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ supportPhone: '400 668 6000', payment: { deadlineSeconds: 60, maximumAmount: '500.00' } })).toEqual([]);
    expect(problems({ currency: undefined })).toEqual([]);
  });

  test.each(['https://api.example', 'http://127.0.0.1:4180', 'http://127.1.2.3', 'http://[::1]:4180', 'http://localhost:4180'])('takes %s', (baseUrl) => {
    expect(problems({ baseUrl })).toEqual([]);
  });

  test.each(['http://api.example', 'http://128.0.0.1', 'http://127.0.0.1.example', 'http://localhost.example', 'ftp://api.example', 'api.example', '', 'https://u:p@api.example', 'https://api.example/#x', 'https://api.example/?a=1'])(
    'refuses %j as an address',
    (baseUrl) => {
      expect(problems({ baseUrl }).join()).toMatch(/^baseUrl: /);
    },
  );

  test('refuses unknown and missing keys and names them', () => {
    expect(problems({ terminalNumber: '1' }).join()).toContain('terminalNumber');
    expect(problems({ payment: { deadline: 3 } }).join()).toContain('payment: Unrecognized key: "deadline"');
    expect(problems({ [gateway.secretKeys[0] ?? '']: undefined }).join()).toContain(`${gateway.secretKeys[0]}: must be text in quotes`);
    expect(problems({ [gateway.secretKeys[0] ?? '']: ' key' }).join()).toContain('has a blank');
  });

  test('bounds the times: 1 to 180 seconds', () => {
    expect(problems({ payment: { deadlineSeconds: 0 } })).toEqual(['payment.deadlineSeconds: must be at least 1 second']);
    expect(problems({ payment: { deadlineSeconds: 181 } })).toEqual(['payment.deadlineSeconds: must be at most 180 seconds']);
    expect(problems({ payment: { deadlineSeconds: '45' } })).toEqual(['payment.deadlineSeconds: must be a whole number of seconds']);
  });

  test('never repeats a secret in a message', () => {
    expect(problems({ [gateway.secretKeys[0] ?? '']: 'hush hush' }).join()).not.toContain('hush');
  });

  test('refuses a currency that the gateway does not count in', () => {
    expect(problems({ currency: 'USD' }).join()).toContain('must be "');
  });
});

test('Shouqianba wants no path in its address and drops the slash; Omipay has its path in it', () => {
  expect(shouqianba.settings.parse({ ...shouqianbaBlock, baseUrl: 'https://vsi-api.shouqianba.com/' }).baseUrl).toBe('https://vsi-api.shouqianba.com');
  expect(shouqianba.settings.safeParse({ ...shouqianbaBlock, baseUrl: 'https://vsi-api.shouqianba.com/upay/v2' }).error?.issues[0]?.message).toContain('the till adds the path');
  expect(omipay.settings.parse({ ...omipayBlock, baseUrl: `${omipayBlock.baseUrl}/` }).baseUrl).toBe(omipayBlock.baseUrl);
});

test('the identity is where the money goes, without any secret', () => {
  expect(shouqianba.identity(shouqianba.settings.parse(shouqianbaBlock))).toEqual({ origin: 'https://vsi-api.shouqianba.com', account: '100000330001' });
  expect(omipay.identity(omipay.settings.parse(omipayBlock))).toEqual({ origin: 'https://www.omipay.com.au', account: '123456' });
});

describe.each(gateways.map((gateway) => [gateway.id, gateway] as const))('the form of %s', (_id, gateway) => {
  const shape = shapeOf(gateway.settings);

  test('has exactly one field for every key of the schema, and no other', () => {
    expect(gateway.form.map((field) => field.key).toSorted()).toEqual(Object.keys(shape).toSorted());
    for (const field of gateway.form) {
      if (field.kind === 'group') expect(field.fields.map((one) => one.key).toSorted(), field.key).toEqual(Object.keys(shapeOf(shape[field.key])).toSorted());
    }
  });

  test.each(everyField(gateway.form, shape))('$path has words in both languages and tells what may be left empty', ({ field, schema }) => {
    const words = [field.label, field.help, field.whenEmpty, ...(field.kind === 'choice' ? field.choices.map((choice) => choice.label) : []), ...(field.kind === 'number' ? [field.unit] : [])];
    for (const each of words) if (each !== null) expect([each['zh-CN'].trim(), each.en.trim()]).not.toContain('');
    expect(schema.safeParse(undefined).success).toBe(field.whenEmpty !== null);
  });

  test('offers only what the schema takes', () => {
    for (const { field, schema, path } of everyField(gateway.form, shape)) {
      const offered = field.kind === 'choice' ? field.choices.map((choice) => choice.value) : field.kind === 'number' ? [field.range.least, field.range.most, field.wise?.least ?? field.range.least, field.wise?.most ?? field.range.most] : field.kind === 'address' ? [field.example] : [];
      for (const value of offered) expect(schema.safeParse(value).success, `${path} ${value}`).toBe(true);
      if (field.kind === 'number') for (const value of [field.range.least - 1, field.range.most + 1]) expect(schema.safeParse(value).success, `${path} ${value}`).toBe(false);
    }
  });

  test('makes its secret keys write-only, and nothing else', () => {
    expect(gateway.form.filter((field) => field.kind === 'secret').map((field) => field.key).toSorted()).toEqual([...gateway.secretKeys].toSorted());
    expect(gateway.form.filter((field) => field.identity !== undefined).length).toBeGreaterThan(0);
  });

  test('has its requirements in Chinese too', () => {
    const wrong = [undefined, '', ' x', 'x\u0000', '中文', 7, true, 'x'.repeat(5000), 'ftp://a.example', 'http://a.example', 'https://a.example/?a=1', 'https://u:p@a.example', 'https://a.example/#x', {}];
    for (const { field, schema, path } of everyField(gateway.form, shape)) {
      if (field.kind === 'group') continue;
      for (const value of wrong) for (const issue of schema.safeParse(value).error?.issues ?? []) expect(inChinese(issue.message), `${path}: ${issue.message}`).toBeDefined();
    }
  });
});

interface OneField {
  readonly path: string;
  readonly field: SettingField;
  readonly schema: z.ZodType;
}

function everyField(form: readonly SettingField[], shape: Readonly<Record<string, z.ZodType>>, within = ''): readonly OneField[] {
  return form.flatMap((field) => {
    const schema = shape[field.key] ?? z.never();
    const one = { path: within + field.key, field, schema };
    return field.kind === 'group' ? [one, ...everyField(field.fields, shapeOf(schema), `${field.key}.`)] : [one];
  });
}

/** The keys of a block or a group, whatever is wrapped around it. */
function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return shapeOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return shapeOf(schema.in as z.ZodType);
  return schema instanceof z.ZodObject ? schema.shape : {};
}
