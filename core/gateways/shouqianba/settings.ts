/** Shouqianba's block of settings.json (DESIGN.md 7). */
import { z } from 'zod';
import type { SettingChoice, SettingField } from '../setting-field.ts';
import { addressField, baseAddress, commonForm, commonSettings, currencyField, plainNumber, says } from '../settings.ts';
import { isPublicKey } from './sign.ts';

const exampleAddress = 'https://vsi-api.shouqianba.com';

export const shouqianbaSettings = z.strictObject({
  baseUrl: baseAddress(exampleAddress, 'withoutPath'),
  /** String(32), document 3.2.2. */
  terminalSn: plainNumber(32),
  terminalKey: plainNumber(128),
  /** The wallet of a shown QR code (document, appendix 6). */
  qrPayway: z.string(says('要是带引号的数字，例如 "3"', 'must be a number in quotes such as "3"')).regex(/^[0-9]{1,2}$/, says('要是一到两位数字，例如 "3"', 'must be one or two digits such as "3"')).optional(),
  /** The platform's RSA key, which signs callbacks (FIELD); without it they are not verified. In PEM or its inner part alone. */
  platformPublicKey: z
    .string(says('要是带引号的公钥', 'must be a public key in quotes'))
    .refine(isPublicKey, says('要是 RSA 公钥：“-----BEGIN PUBLIC KEY-----”和“-----END PUBLIC KEY-----”之间的内容', 'must be an RSA public key: what stands between "-----BEGIN PUBLIC KEY-----" and "-----END PUBLIC KEY-----"'))
    .optional(),
  /** All amounts are fen (document 3.1). */
  currency: z.literal('CNY', says('要是 "CNY"：收钱吧按分计', 'must be "CNY": Shouqianba counts in fen')).optional(),
  ...commonSettings,
});

export type ShouqianbaSettings = z.infer<typeof shouqianbaSettings>;

/** Document, appendix 6, and FIELD.md. Others may be written in settings.json. */
const qrPayways: readonly SettingChoice[] = [
  { value: '3', label: { 'zh-CN': '微信', en: 'WeChat' } },
  { value: '1', label: { 'zh-CN': '支付宝', en: 'Alipay' } },
  { value: '17', label: { 'zh-CN': '云闪付', en: 'UnionPay' } },
];

export const shouqianbaForm: readonly SettingField[] = [
  addressField(exampleAddress),
  { key: 'terminalSn', kind: 'text', label: { 'zh-CN': '终端号 terminal_sn', en: 'Terminal number (terminal_sn)' }, help: { 'zh-CN': '激活终端时得到。', en: 'Given when the terminal was activated.' }, whenEmpty: null, identity: 'account' },
  { key: 'terminalKey', kind: 'secret', label: { 'zh-CN': '终端密钥 terminal_key', en: 'Terminal key (terminal_key)' }, help: { 'zh-CN': '和终端号一起得到，签到后会换。', en: 'Given with the terminal number; a check-in replaces it.' }, whenEmpty: null },
  { key: 'qrPayway', kind: 'choice', label: { 'zh-CN': '出示哪个钱包的码 payway', en: 'Wallet of a shown code (payway)' }, help: null, whenEmpty: { 'zh-CN': '微信', en: 'WeChat' }, choices: qrPayways },
  currencyField(['CNY']),
  {
    key: 'platformPublicKey', kind: 'text', label: { 'zh-CN': '平台公钥', en: 'Platform’s public key' }, help: { 'zh-CN': '收钱吧给的 RSA 公钥，用来核对付款通知。', en: 'The RSA key from Shouqianba by which notices of payment are checked.' },
    whenEmpty: { 'zh-CN': '通知不核对，只用来去查', en: 'notices are not checked; they only make the till ask' },
  },
  ...commonForm,
];
