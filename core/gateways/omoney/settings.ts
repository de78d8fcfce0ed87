/** OMoney's block of settings.json (DESIGN.md 7). */
import { z } from 'zod';
import type { Currency } from '../../money/currency.ts';
import type { SettingField } from '../setting-field.ts';
import { addressField, baseAddress, commonForm, commonSettings, currencyField, plainNumber, plainText, says, secureUrl } from '../settings.ts';

const exampleAddress = 'https://api.omoney.example';
const exampleReturnUrl = 'https://shop.example/paid';
const exampleNotifyUrl = 'https://shop.example/notify/omoney';
const exampleWebsite = 'https://shop.example';

/** Document 2.3 lists examples of them; an amount has two decimals at most (document 2.1.4). */
export const omoneyCurrencies = ['CNY', 'USD', 'EUR', 'AUD', 'CAD', 'CHF', 'GBP', 'HKD', 'IDR', 'INR', 'JPY', 'KRW', 'MOP', 'MYR', 'NZD', 'PHP', 'SGD', 'THB', 'TWD'] as const satisfies readonly [Currency, ...Currency[]];

/**
 * Document 2.1.5: the payer's address is mandatory, and at a counter nobody has one, so every order names the shop's own.
 * `state` and `zip` may be left out for most countries; `cpf` is for EBANX in Brazil alone.
 */
const customer = z.strictObject(
  {
    clientIp: plainNumber(20),
    firstName: plainText(64),
    middleName: plainText(64).optional(),
    lastName: plainText(64),
    country: z.string(says('要是带引号的国家代码，例如 "CN"', 'must be a country code in quotes such as "CN"')).regex(/^[A-Z]{2,3}$/, says('要是两三个大写字母，例如 "CN"', 'must be two or three capital letters such as "CN"')),
    state: plainText(50),
    city: plainText(50),
    zip: plainText(10),
    email: plainText(126),
    address1: plainText(255),
    address2: plainText(255).optional(),
    phone: plainText(50),
    cpf: z.string(says('要是带引号的 11 位数字', 'must be 11 digits in quotes')).regex(/^[0-9]{11}$/, says('要是 11 位数字', 'must be 11 digits')).optional(),
  },
  says('要是花括号里的一组键', 'must be a group of keys in braces'),
);

export const omoneySettings = z.strictObject({
  baseUrl: baseAddress(exampleAddress, 'withoutPath'),
  clientId: plainNumber(128),
  clientSecret: plainNumber(256),
  /** One of the means of payment of the contract (document 2.3); the connection test lists those that are open. */
  paymentMethod: plainNumber(50),
  currency: z.enum(omoneyCurrencies, says(`要是其中之一：${omoneyCurrencies.join('、')}`, `must be one of ${omoneyCurrencies.join(', ')}`)).optional(),
  returnUrl: secureUrl(exampleReturnUrl),
  notifyUrl: secureUrl(exampleNotifyUrl),
  website: secureUrl(exampleWebsite),
  customer,
  ...commonSettings,
});

export type OmoneySettings = z.infer<typeof omoneySettings>;

const field = (key: string, zh: string, en: string, help: SettingField['help'] = null, whenEmpty: SettingField['whenEmpty'] = null) => ({ key, kind: 'text' as const, label: { 'zh-CN': zh, en }, help, whenEmpty });
const notSent = { 'zh-CN': '不发送', en: 'not sent' };

export const omoneyForm: readonly SettingField[] = [
  addressField(exampleAddress),
  { ...field('clientId', '客户端 ID client_id', 'Client id (client_id)', { 'zh-CN': '开户时得到。', en: 'Given with the account.' }), identity: 'account' },
  { key: 'clientSecret', kind: 'secret', label: { 'zh-CN': '客户端密钥 client_secret', en: 'Client secret (client_secret)' }, help: { 'zh-CN': '和客户端 ID 一起得到。', en: 'Given with the client id.' }, whenEmpty: null },
  field('paymentMethod', '支付方式 payment_method', 'Means of payment (payment_method)', { 'zh-CN': '合同里开通的，例如 ALIPAY。', en: 'One that the contract opens, such as ALIPAY.' }),
  currencyField([...omoneyCurrencies]),
  { key: 'returnUrl', kind: 'address', label: { 'zh-CN': '付款后跳转的网址 return_url', en: 'Page after paying (return_url)' }, help: { 'zh-CN': '顾客手机付完后看到的页面。', en: 'What the customer’s phone shows after paying.' }, whenEmpty: null, example: exampleReturnUrl },
  { key: 'notifyUrl', kind: 'address', label: { 'zh-CN': '通知地址 notify_url', en: 'Address for notices (notify_url)' }, help: { 'zh-CN': '没有公网地址也要填；收不到通知，本机自己会查。', en: 'Must be filled even where nothing listens: the till asks by itself.' }, whenEmpty: null, example: exampleNotifyUrl },
  { key: 'website', kind: 'address', label: { 'zh-CN': '商户网站 website', en: 'The shop’s site (website)' }, help: null, whenEmpty: null, example: exampleWebsite },
  {
    key: 'customer', kind: 'group', label: { 'zh-CN': '顾客资料', en: 'Customer' }, whenEmpty: null,
    help: { 'zh-CN': 'OMoney 每笔都要顾客的地址。柜台上问不到，就一律报这一份，一般填本店自己的。', en: 'OMoney wants an address with every order. At a counter there is none, so all of them name this one: the shop’s own.' },
    fields: [
      field('clientIp', 'IP 地址 client_ip', 'IP address (client_ip)'), field('firstName', '名', 'First name'), field('middleName', '中间名', 'Middle name', null, notSent), field('lastName', '姓', 'Last name'),
      field('country', '国家', 'Country', { 'zh-CN': '大写代码，例如 CN。', en: 'A code such as CN.' }), field('state', '省或州', 'State'), field('city', '城市', 'City'),
      field('zip', '邮编', 'Post code', { 'zh-CN': '美国要写成 12345-6789。', en: 'In the US: 12345-6789.' }), field('email', '电子邮箱', 'E-mail'), field('address1', '地址', 'Address'),
      field('address2', '地址第二行', 'Second line of the address', null, notSent), field('phone', '电话', 'Phone'), field('cpf', '巴西税号 cpf', 'Brazilian tax number (cpf)', null, notSent),
    ],
  },
  ...commonForm,
];
