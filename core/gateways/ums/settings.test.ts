/** UMS' settings: the lengths of the document, and its form. */
import { expect, test } from 'vitest';
import { inChinese } from '../../contract/settings-words.ts';
import { block } from './fixtures/shop.ts';
import { umsForm, umsSettings } from './settings.ts';

const problems = (changes: object) => umsSettings.safeParse({ ...block, ...changes }).error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];

test('takes the block of DESIGN.md 7, and does without what has a default', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ notifyKey: undefined, instMid: undefined, currency: undefined })).toEqual([]);
  expect(problems({ subAppId: 'wx1234567890', notifyUrl: 'https://shop.example/ums', poslink: { merchantCode: '898201612345679', terminalCode: '88880002' } })).toEqual([]);
});

test('merchant numbers have 15 characters, terminals 8, source numbers 4, letters among them (ERRATA 1.2.4, FIELD)', () => {
  for (const merchantId of ['89820161234567', '8982016123456789', '89820161234567 ', '89820161234567-', '']) expect(problems({ merchantId }).join()).toMatch(/^merchantId: /);
  for (const terminalId of ['8888000', '888800011', '']) expect(problems({ terminalId }).join()).toMatch(/^terminalId: /);
  for (const sourceId of ['100', '10011', '10 1', '']) expect(problems({ sourceId }).join()).toMatch(/^sourceId: /);
  expect(problems({ sourceId: '3GET', terminalId: 'C5G7YL4R' })).toEqual([]);
  expect(problems({ merchantId: '1' })).toEqual(['merchantId: must be exactly 15 letters or digits']);
  expect(inChinese('must be exactly 15 letters or digits')).toBe('要正好 15 位字母或数字');
});

test('business types have 8 to 32 characters, addresses at most 255, and nothing breaks out of the header', () => {
  for (const instMid of ['SHORT', 'x'.repeat(33), 'APP DEFAULT']) expect(problems({ instMid }).join()).toMatch(/^instMid: /);
  for (const instMid of ['APPDEFAULT', 'YUEDANDEFAULT', 'QRPAYDEFAULT', 'APPDANDEFUALT']) expect(problems({ instMid })).toEqual([]);
  expect(problems({ notifyUrl: `https://shop.example/${'x'.repeat(240)}` }).join()).toMatch(/^notifyUrl: must have at most 255/);
  for (const appId of ['a"b', 'a\\b', 'a b', '']) expect(problems({ appId }).join()).toMatch(/^appId: /);
});

test('poslink is all or nothing', () => {
  for (const poslink of [{}, { merchantCode: '898201612345679' }, { merchantCode: '1', terminalCode: '88880002' }, { merchantCode: '898201612345679', terminalCode: '88880002', more: '1' }]) {
    expect(problems({ poslink }).join()).toMatch(/^poslink/);
  }
  expect(problems({ poslink: { merchantCode: '898201612345679', terminalCode: '88880002', deviceType: '1' } }).join()).toMatch(/^poslink.deviceType: must be two digits/);
});

test('nothing repeats a secret', () => {
  expect(problems({ appKey: 'hush hush', notifyKey: 'hush hush' }).join()).not.toContain('hush');
});

test('the form has a field for each key', () => {
  expect(umsForm.map(({ key }) => key).toSorted()).toEqual(Object.keys(umsSettings.shape).toSorted());
  expect(umsForm.filter(({ kind }) => kind === 'secret').map(({ key }) => key)).toEqual(['appKey', 'notifyKey']);
});
