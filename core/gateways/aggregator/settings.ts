/** The aggregator's block of settings.json (DESIGN.md 7). */
import { z } from 'zod';
import type { SettingChoice, SettingField } from '../setting-field.ts';
import { addressField, baseAddress, commonForm, commonSettings, currencyField, plainNumber, says, secureUrl } from '../settings.ts';

const exampleAddress = 'https://pay.example';
const exampleReturnUrl = 'https://shop.example/paid';
const exampleNotifyUrl = 'https://shop.example/notify/aggregator';

export const aggregatorSettings = z.strictObject({
  baseUrl: baseAddress(exampleAddress, 'withoutPath'),
  /** Document 2, `appid`. */
  appId: plainNumber(64),
  secret: plainNumber(128),
  /** What the customer pays with (document 6). */
  bankCode: z.string(says('要是带引号的数字，例如 "911"', 'must be a number in quotes such as "911"')).regex(/^[0-9]{1,6}$/, says('要是数字，例如 "911"', 'must be digits such as "911"')),
  /** The document says fen, its examples look like yuan: the merchant's contract decides, and nobody guesses (ERRATA 5.1). */
  amountUnit: z.enum(['fen', 'yuan'], says('要是 "fen" 或 "yuan"，按合同', 'must be "fen" or "yuan", as the contract says')),
  returnUrl: secureUrl(exampleReturnUrl),
  notifyUrl: secureUrl(exampleNotifyUrl),
  currency: z.literal('CNY', says('要是 "CNY"', 'must be "CNY"')).optional(),
  ...commonSettings,
});

export type AggregatorSettings = z.infer<typeof aggregatorSettings>;

/** Document 6. Others may be written in settings.json. */
const bankCodes: readonly SettingChoice[] = [
  { value: '911', label: { 'zh-CN': '支付宝扫码', en: 'Alipay, scanned' } },
  { value: '912', label: { 'zh-CN': '微信扫码', en: 'WeChat, scanned' } },
  { value: '901', label: { 'zh-CN': '支付宝 H5', en: 'Alipay, phone page' } },
  { value: '903', label: { 'zh-CN': '微信 H5', en: 'WeChat, phone page' } },
  { value: '906', label: { 'zh-CN': '网银', en: 'Online banking' } },
];

const units: readonly SettingChoice[] = [
  { value: 'fen', label: { 'zh-CN': '分：38.50 元写成 3850', en: 'fen: ¥38.50 is written 3850' } },
  { value: 'yuan', label: { 'zh-CN': '元：38.50 元写成 38.50', en: 'yuan: ¥38.50 is written 38.50' } },
];

export const aggregatorForm: readonly SettingField[] = [
  addressField(exampleAddress),
  { key: 'appId', kind: 'text', label: { 'zh-CN': '商户 ID appid', en: 'Merchant id (appid)' }, help: { 'zh-CN': '开户时得到。', en: 'Given with the account.' }, whenEmpty: null, identity: 'account' },
  { key: 'secret', kind: 'secret', label: { 'zh-CN': '商户密钥 secret', en: 'Merchant secret' }, help: { 'zh-CN': '和商户 ID 一起得到。', en: 'Given with the merchant id.' }, whenEmpty: null },
  { key: 'bankCode', kind: 'choice', label: { 'zh-CN': '支付方式 bank_code', en: 'Means of payment (bank_code)' }, help: null, whenEmpty: null, choices: bankCodes },
  { key: 'amountUnit', kind: 'choice', label: { 'zh-CN': '金额按什么计', en: 'Amounts are counted in' }, help: { 'zh-CN': '看合同。选错了，每一笔都会对不上。', en: 'See the contract. With the wrong one no answer will match.' }, whenEmpty: null, identity: 'account', choices: units },
  { key: 'returnUrl', kind: 'address', label: { 'zh-CN': '付款后跳转的网址 return_url', en: 'Page after paying (return_url)' }, help: { 'zh-CN': '顾客手机付完后看到的页面。', en: 'What the customer’s phone shows after paying.' }, whenEmpty: null, example: exampleReturnUrl },
  { key: 'notifyUrl', kind: 'address', label: { 'zh-CN': '通知地址 notify_url', en: 'Address for notices (notify_url)' }, help: { 'zh-CN': '没有公网地址也要填；收不到通知，本机自己会查。', en: 'Must be filled even where nothing listens: the till asks by itself.' }, whenEmpty: null, example: exampleNotifyUrl },
  currencyField(['CNY']),
  ...commonForm,
];
