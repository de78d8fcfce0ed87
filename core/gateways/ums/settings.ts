/** UMS' block of settings.json (DESIGN.md 7), with the lengths of the document's narrowest tables (ERRATA 1.2.4). */
import { z } from 'zod';
import type { SettingField } from '../setting-field.ts';
import { addressField, baseAddress, commonForm, commonSettings, currencyField, plainNumber, plainText, says, secureUrl } from '../settings.ts';

const exampleAddress = 'https://api-mop.chinaums.com';
const exampleNotifyUrl = 'https://shop.example/notify/ums';

/** Exactly `length` letters or digits. */
function code(length: number) {
  return plainText(64).regex(new RegExp(`^[0-9A-Za-z]{${length}}$`), says(`要正好 ${length} 位字母或数字`, `must be exactly ${length} letters or digits`));
}

/** What stands in the `Authorization` header between quotation marks. */
const headerText = plainNumber(128).refine((text) => !/["\\]/.test(text), says('里不能有引号和反斜杠', 'must not hold a quotation mark or a backslash'));

/** The sister product that charges scanned codes (FIELD): unconfirmed, so it is off unless its own numbers stand here. */
const poslinkSettings = z.strictObject({
  merchantCode: code(15),
  terminalCode: code(8),
  /** 11 is a device beside a till that only scans. */
  deviceType: z.string(says('要是带引号的数字，例如 "11"', 'must be a number in quotes such as "11"')).regex(/^[0-9]{2}$/, says('要是两位数字，例如 "11"', 'must be two digits such as "11"')).optional(),
  /** This till's own address; UMS wants it from devices of type 11. */
  ip: plainNumber(64).optional(),
});

export const umsSettings = z.strictObject({
  baseUrl: baseAddress(exampleAddress, 'withoutPath'),
  appId: headerText,
  appKey: plainNumber(128),
  merchantId: code(15),
  terminalId: code(8),
  /** The first four characters of all our numbers (document 1.1); it may hold letters (FIELD). */
  sourceId: code(4),
  /** The key that signs notifications (document 1.8.4); without it none is taken as verified. */
  notifyKey: plainNumber(128).optional(),
  /** An order is known under the one it was made under alone (FIELD). 8..32 characters (document 1.1.3). */
  instMid: plainText(64).regex(/^[0-9A-Za-z_]{8,32}$/, says('要是 8 到 32 位字母或数字，例如 APPDEFAULT', 'must be 8 to 32 letters or digits such as APPDEFAULT')).optional(),
  /** Sent only where it stands here: required in the table of 1.1.3, absent in its example (ERRATA). */
  subAppId: plainNumber(32).optional(),
  /** Where UMS tells that an order was paid (document 1.8); at most 255 characters. */
  notifyUrl: secureUrl(exampleNotifyUrl).refine((text) => text.length <= 255, says('最多 255 个字符', 'must have at most 255 characters')).optional(),
  poslink: poslinkSettings.optional(),
  /** All amounts are fen (document 1.1.3). */
  currency: z.literal('CNY', says('要是 "CNY"：银联商务按分计', 'must be "CNY": UMS counts in fen')).optional(),
  ...commonSettings,
});

export type UmsSettings = z.infer<typeof umsSettings>;
export type PoslinkSettings = z.infer<typeof poslinkSettings>;

/** The document's own example of a value (1.1.3). */
export const defaultInstMid = 'APPDEFAULT';

export const defaultDeviceType = '11';

const fromUms = { 'zh-CN': '开户时由银联商务给。', en: 'Given by UMS with the account.' };

export const umsForm: readonly SettingField[] = [
  addressField(exampleAddress),
  { key: 'appId', kind: 'text', label: { 'zh-CN': '开发者编号 AppId', en: 'Developer number (AppId)' }, help: fromUms, whenEmpty: null },
  { key: 'appKey', kind: 'secret', label: { 'zh-CN': '开发者密钥 AppKey', en: 'Developer key (AppKey)' }, help: { 'zh-CN': '和开发者编号一起得到，用来签每个请求。', en: 'Given with the developer number; it signs every request.' }, whenEmpty: null },
  { key: 'merchantId', kind: 'text', label: { 'zh-CN': '商户号 mid', en: 'Merchant number (mid)' }, help: { 'zh-CN': '15 位。', en: '15 characters.' }, whenEmpty: null, identity: 'account' },
  { key: 'terminalId', kind: 'text', label: { 'zh-CN': '终端号 tid', en: 'Terminal number (tid)' }, help: { 'zh-CN': '8 位。', en: '8 characters.' }, whenEmpty: null, identity: 'account' },
  { key: 'sourceId', kind: 'text', label: { 'zh-CN': '来源编号', en: 'Source number' }, help: { 'zh-CN': '4 位，每个订单号都以它开头。', en: 'Four characters; all order numbers begin with it.' }, whenEmpty: null },
  {
    key: 'instMid', kind: 'text', label: { 'zh-CN': '业务类型 instMid', en: 'Business type (instMid)' },
    help: { 'zh-CN': '订单只能用下单时的业务类型查到。', en: 'An order is found only under the one it was made under.' }, whenEmpty: { 'zh-CN': defaultInstMid, en: defaultInstMid }, identity: 'account',
  },
  {
    key: 'subAppId', kind: 'text', label: { 'zh-CN': '微信子商户 subAppId', en: 'WeChat app of the shop (subAppId)' },
    help: { 'zh-CN': '银联商务要求时才填。', en: 'Only where UMS asks for it.' }, whenEmpty: { 'zh-CN': '不送', en: 'not sent' },
  },
  currencyField(['CNY']),
  {
    key: 'notifyUrl', kind: 'address', label: { 'zh-CN': '到账通知地址 notifyUrl', en: 'Address for notices (notifyUrl)' }, example: exampleNotifyUrl,
    help: { 'zh-CN': '要能从网上连到，银联商务往这里通知。', en: 'Where UMS tells that an order was paid; it must be reachable from outside.' }, whenEmpty: { 'zh-CN': '不通知，由收银机去查', en: 'no notices; the till asks' },
  },
  {
    key: 'notifyKey', kind: 'secret', label: { 'zh-CN': '通知密钥', en: 'Key of notices' }, help: { 'zh-CN': '用来验通知的签名。', en: 'Verifies the signature of notices.' },
    whenEmpty: { 'zh-CN': '通知不算已验证', en: 'no notice counts as verified' },
  },
  {
    key: 'poslink', kind: 'group', label: { 'zh-CN': '扫顾客付款码（POS 通）', en: "Charging customers' codes (poslink)" },
    help: { 'zh-CN': '另一个产品，要单独开通；没试过真实的。', en: 'Another product with an account of its own; untried against the real one.' },
    whenEmpty: { 'zh-CN': '不扫码，只出示', en: 'codes are shown, not scanned' }, identity: 'account',
    fields: [
      { key: 'merchantCode', kind: 'text', label: { 'zh-CN': '商户号 merchantCode', en: 'Merchant number (merchantCode)' }, help: { 'zh-CN': '15 位。', en: '15 characters.' }, whenEmpty: null, identity: 'account' },
      { key: 'terminalCode', kind: 'text', label: { 'zh-CN': '终端号 terminalCode', en: 'Terminal number (terminalCode)' }, help: { 'zh-CN': '8 位。', en: '8 characters.' }, whenEmpty: null, identity: 'account' },
      { key: 'deviceType', kind: 'text', label: { 'zh-CN': '设备类型 deviceType', en: 'Kind of device (deviceType)' }, help: null, whenEmpty: { 'zh-CN': defaultDeviceType, en: defaultDeviceType } },
      { key: 'ip', kind: 'text', label: { 'zh-CN': '本机地址 ip', en: 'Address of this till (ip)' }, help: null, whenEmpty: { 'zh-CN': '不送', en: 'not sent' } },
    ],
  },
  ...commonForm,
];

/** Under whom orders are made and found: asked for under another of these they would seem never to have been (FIELD, CASES 6). */
export function accountOf(settings: UmsSettings): string {
  const shown = [settings.merchantId, settings.terminalId, settings.instMid ?? defaultInstMid];
  const { poslink } = settings;
  return [...shown, ...(poslink === undefined ? [] : [poslink.merchantCode, poslink.terminalCode])].join('/');
}
