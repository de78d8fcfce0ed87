/** The rules that all gateways' settings share, tried on the two that exist. */
import { describe, expect, test } from 'vitest';
import { omipay } from './omipay/index.ts';
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
