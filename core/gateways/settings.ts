/** The pieces that the gateways' settings have in common (DESIGN.md 7), with messages that say what to write instead. */
import { z } from 'zod';
import { says } from '../contract/settings-words.ts';
import type { SettingField } from './setting-field.ts';

/** For a gateway's own requirements: Chinese and English, each the end of a sentence that begins with the key. */
export { says };

/** Text of 1 to `most` printable characters without blanks around it: what is copied by hand often brings one along. */
export function plainText(most: number) {
  return z
    .string(says('要是带引号的文字', 'must be text in quotes'))
    .min(1, says('不能为空', 'must not be empty'))
    .max(most, says(`最多 ${most} 个字符`, `must have at most ${most} characters`))
    .refine((text) => text.trim() === text, says('开头或末尾有空格：删掉它', 'has a blank at its beginning or end: remove it'))
    .refine((text) => !/\p{Cc}/u.test(text), says('里有看不见的控制字符：重新输一遍', 'holds a control character: type it again'));
}

/** A number or key that travels in a header or a signature: printable ASCII without blanks. */
export function plainNumber(most: number) {
  return plainText(most).refine((text) => /^[\x21-\x7e]*$/.test(text), says('只能有字母、数字和符号，不能有空格', 'may hold letters, digits and signs only, no blanks'));
}

/** `https:` anywhere, `http:` on this machine alone (DESIGN.md 7); no user, query or fragment. */
export function secureUrl(example: string) {
  return z.string(says(`要是网址，例如 ${example}`, `must be an address such as ${example}`)).superRefine((text, context) => {
    const problem = urlProblem(text, example);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

/** A base address: a secure URL without query; a slash at its end is dropped. */
export function baseAddress(example: string, path: 'withPath' | 'withoutPath') {
  return secureUrl(example)
    .superRefine((text, context) => {
      if (!URL.canParse(text)) return;
      const url = new URL(text);
      if (url.search !== '') context.addIssue({ code: 'custom', message: says(`不能有“?”和后面的内容，照这样写：${example}`, `must end before the "?": write it like ${example}`) });
      if (path === 'withoutPath' && url.pathname !== '/') {
        context.addIssue({ code: 'custom', message: says(`只写协议、主机和端口，路径由本程序加，照这样写：${example}`, `must be scheme, host and port only, the till adds the path: write it like ${example}`) });
      }
    })
    .transform((text) => text.replace(/\/+$/, ''));
}

const seconds = (most: number) => z
  .int(says('要是整数（秒）', 'must be a whole number of seconds'))
  .min(1, says('至少 1 秒', 'must be at least 1 second'))
  .max(most, says(`最多 ${most} 秒`, `must be at most ${most} seconds`));

/** `gateways.X.payment`: the till-wide `payment` block, overridden for this gateway. */
export const paymentOverride = z.strictObject({
  maximumAmount: z.string(says('要是带引号的金额，例如 "50000.00"', 'must be an amount in quotes such as "50000.00"')).regex(/^[0-9]{1,8}(\.[0-9]{1,2})?$/, says('要是金额，例如 50000.00', 'must be an amount such as 50000.00')).optional(),
  deadlineSeconds: seconds(180).optional(),
  presentSeconds: seconds(900).optional(),
  reverseNotBeforeSeconds: seconds(180).optional(),
  pollIntervalSeconds: seconds(180).optional(),
  answerTimeoutSeconds: seconds(180).optional(),
});

/** The keys that every gateway's block may have. */
export const commonSettings = { payment: paymentOverride.optional(), supportPhone: plainText(64).optional() };

const asForAll = { 'zh-CN': '和其他网关一样', en: 'as for all gateways' };
const inSeconds = { 'zh-CN': '秒', en: 's' };

/** The fields of `commonSettings`, for the end of every gateway's form. */
export const commonForm: readonly SettingField[] = [
  {
    key: 'supportPhone', kind: 'text', label: { 'zh-CN': '客服电话', en: 'Support phone' },
    help: { 'zh-CN': '一笔要人来看时，屏幕上显示这个号码。', en: 'Shown when a payment must be cleared up with the gateway.' },
    whenEmpty: { 'zh-CN': '不显示', en: 'none is shown' },
  },
  {
    key: 'payment', kind: 'group', label: { 'zh-CN': '时间和限额', en: 'Times and limits' },
    help: { 'zh-CN': '只管这个网关；空着就和其他网关一样。', en: 'For this gateway alone; left empty, as for all others.' }, whenEmpty: asForAll,
    fields: [
      { key: 'maximumAmount', kind: 'amount', label: { 'zh-CN': '最大金额', en: 'Largest amount' }, help: { 'zh-CN': '超过就不收，防止多按了 0。', en: 'Nothing above it is charged: a guard against a 0 too many.' }, whenEmpty: asForAll },
      { key: 'deadlineSeconds', kind: 'number', label: { 'zh-CN': '最长等待', en: 'Longest wait' }, help: { 'zh-CN': '到时还没付，就查一次再撤销。', en: 'Then a payment is asked once more and undone.' }, whenEmpty: asForAll, unit: inSeconds, range: { least: 1, most: 180 }, wise: { least: 30, most: 60 } },
      { key: 'presentSeconds', kind: 'number', label: { 'zh-CN': '出示的码能用多久', en: 'A shown code stands for' }, help: null, whenEmpty: asForAll, unit: inSeconds, range: { least: 1, most: 900 } },
      { key: 'reverseNotBeforeSeconds', kind: 'number', label: { 'zh-CN': '最早撤销', en: 'Undone no earlier than' }, help: null, whenEmpty: asForAll, unit: inSeconds, range: { least: 1, most: 180 } },
      { key: 'pollIntervalSeconds', kind: 'number', label: { 'zh-CN': '多久查一次', en: 'Asked every' }, help: null, whenEmpty: asForAll, unit: inSeconds, range: { least: 1, most: 180 } },
      { key: 'answerTimeoutSeconds', kind: 'number', label: { 'zh-CN': '一次回答最多等', en: 'An answer may take' }, help: { 'zh-CN': '过了就算结果未知，接着查。', en: 'Then its outcome is not known, and it is asked about.' }, whenEmpty: asForAll, unit: inSeconds, range: { least: 1, most: 180 } },
    ],
  },
];

/** The field of the address that orders are sent to. */
export function addressField(example: string): SettingField {
  return {
    key: 'baseUrl', kind: 'address', label: { 'zh-CN': '接口地址', en: 'Base address' }, help: { 'zh-CN': '要用 https。只有本机模拟器可以用 http。', en: 'https only; http is for the built-in simulator.' },
    whenEmpty: null, identity: 'origin', example,
  };
}

/** The field of the currency; the first one holds where nothing is said. */
export function currencyField(currencies: readonly [string, ...string[]]): SettingField {
  const [first] = currencies;
  return {
    key: 'currency', kind: 'choice', label: { 'zh-CN': '货币', en: 'Currency' }, help: null, whenEmpty: { 'zh-CN': first, en: first },
    choices: currencies.map((value) => ({ value, label: { 'zh-CN': value, en: value } })),
  };
}

function urlProblem(text: string, example: string): string | null {
  if (!URL.canParse(text)) return says(`不是网址，照这样写：${example}`, `is no address: write it like ${example}`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return says('里不能有用户名和密码', 'must not hold a user name or password');
  if (url.hash !== '' || text.endsWith('#')) return says('里不能有“#”', 'must not hold a "#"');
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return says(`要以 https:// 开头，例如 ${example}`, `must begin with https:// such as ${example}`);
  return isLoopback(url.hostname) ? null : says('要以 https:// 开头（只有本机可以用 http://）', 'must begin with https:// (http:// is accepted for this machine itself only)');
}

/** Whether a host, as `URL` writes it, is this machine itself. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
