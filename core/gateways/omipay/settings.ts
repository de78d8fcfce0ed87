/** Omipay's block of settings.json (DESIGN.md 7). */
import { z } from 'zod';
import type { SettingChoice, SettingField } from '../setting-field.ts';
import { addressField, baseAddress, commonForm, commonSettings, currencyField, plainNumber, says, secureUrl } from '../settings.ts';

const exampleAddress = 'https://www.omipay.com.au/omipay/api/v2';
const exampleNotifyUrl = 'https://shop.example/notify/omipay';

export const omipaySettings = z.strictObject({
  baseUrl: baseAddress(exampleAddress, 'withPath'),
  merchantNumber: plainNumber(64),
  secretKey: plainNumber(128),
  /** The number under which Omipay knows this till (document 3.4, `pos_no`). */
  posNumber: plainNumber(64),
  /** Where Omipay pushes that an order was paid; a till that can't be reached leaves it out (document 3.9: "if attached"). */
  notifyUrl: secureUrl(exampleNotifyUrl).optional(),
  /** The wallet of a shown QR code (document 2.2). */
  qrPlatform: z.enum(['WECHATPAY', 'ALIPAY', 'UPI'], says('要是 "WECHATPAY"、"ALIPAY" 或 "UPI"', 'must be "WECHATPAY", "ALIPAY" or "UPI"')).optional(),
  /** The currency of the orders (document 2.2). */
  currency: z.enum(['AUD', 'CNY'], says('要是 "AUD" 或 "CNY"', 'must be "AUD" or "CNY"')).optional(),
  ...commonSettings,
});

export type OmipaySettings = z.infer<typeof omipaySettings>;

const qrPlatforms: readonly SettingChoice[] = [
  { value: 'WECHATPAY', label: { 'zh-CN': '微信', en: 'WeChat' } },
  { value: 'ALIPAY', label: { 'zh-CN': '支付宝', en: 'Alipay' } },
  { value: 'UPI', label: { 'zh-CN': '云闪付', en: 'UnionPay' } },
];

export const omipayForm: readonly SettingField[] = [
  addressField(exampleAddress),
  { key: 'merchantNumber', kind: 'text', label: { 'zh-CN': '商户号 m_number', en: 'Merchant number (m_number)' }, help: { 'zh-CN': '开户时由 Omipay 给。', en: 'Given by Omipay with the account.' }, whenEmpty: null, identity: 'account' },
  { key: 'secretKey', kind: 'secret', label: { 'zh-CN': '密钥 secret_key', en: 'Secret key (secret_key)' }, help: { 'zh-CN': '和商户号一起得到。', en: 'Given with the merchant number.' }, whenEmpty: null },
  { key: 'posNumber', kind: 'text', label: { 'zh-CN': '收银机编号 pos_no', en: 'Till number (pos_no)' }, help: { 'zh-CN': 'Omipay 用它认这台收银机。', en: 'The number under which Omipay knows this till.' }, whenEmpty: null },
  { key: 'qrPlatform', kind: 'choice', label: { 'zh-CN': '出示哪个钱包的码', en: 'Wallet of a shown code' }, help: null, whenEmpty: { 'zh-CN': '微信', en: 'WeChat' }, choices: qrPlatforms },
  currencyField(['AUD', 'CNY']),
  {
    key: 'notifyUrl', kind: 'address', label: { 'zh-CN': '到账通知地址 notify_url', en: 'Address for notices (notify_url)' }, example: exampleNotifyUrl,
    help: { 'zh-CN': '要能从网上连到，Omipay 往这里通知。', en: 'Where Omipay tells that an order was paid; it must be reachable from outside.' }, whenEmpty: { 'zh-CN': '不通知，由收银机去查', en: 'no notices; the till asks' },
  },
  ...commonForm,
];
