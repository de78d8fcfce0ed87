/** What `activate` and `checkin` say: what happened, what it means, what to do next. */
import type { Locale } from '../core/contract/types.ts';
import { filled } from './filled.ts';

const words = {
  activated: {
    'zh-CN': '终端 {number} 已激活。密钥存在 HOME/secrets 里。settings.json 里可以不写终端号和密钥。',
    en: 'Terminal {number} is active. Its key is kept in HOME/secrets. Number and key may be left out of settings.json.',
  },
  activatedAnother: {
    'zh-CN': '终端 {number} 已激活，settings.json 里写的是另一个终端。现在收款还用那一个。把 settings.json 里的终端号和密钥删掉，再启动。',
    en: 'Terminal {number} is active, but settings.json names another one. Payments still go through that one. Remove its number and key from settings.json and start again.',
  },
  codeRefused: { 'zh-CN': '激活码不对，或者过期、用完了。什么都没有改。再要一个激活码。', en: 'The code is wrong, too old or used up. Nothing was changed. Ask for another one.' },
  keyRefused: { 'zh-CN': '网关不认服务商密钥。什么都没有改。核对 --vendor 文件里的 vendorSn 和 vendorKey。', en: 'The gateway does not take the vendor’s key. Nothing was changed. Compare vendorSn and vendorKey in the --vendor file.' },
  terminalUnknown: { 'zh-CN': '网关不认这个终端。什么都没有改。打电话给网关。', en: 'The gateway knows no such terminal. Nothing was changed. Call the gateway.' },
  other: { 'zh-CN': '网关拒绝了。什么都没有改。看网关的原话。', en: 'The gateway refused. Nothing was changed. See its own words.' },
  activationUnknown: {
    'zh-CN': '没有收到可靠的回答。激活码可能用掉了一次，这里什么都没有改。用同一个激活码再试一次。',
    en: 'No reliable answer came. The code may have been used once; nothing was changed here. Try the same code again.',
  },
  notKept: { 'zh-CN': '密钥存不进 HOME/secrets。什么都没有用上。检查磁盘和权限，再试一次。', en: 'The key can not be kept in HOME/secrets. Nothing was put to use. Check the disk and its permissions, then try again.' },
  checkedIn: { 'zh-CN': '已签到，换了新密钥。旧密钥也留着。以后每天第一笔之前自动签到。', en: 'Checked in, with a new key. The old one is kept too. From now on this is done before each day’s first payment.' },
  checkInRefused: { 'zh-CN': '网关拒绝了签到。密钥没有换。如果收款也不行，重新激活终端。', en: 'The gateway refused the check-in. The key was not changed. Where payments fail too, activate the terminal again.' },
  checkInUnknown: { 'zh-CN': '没有收到可靠的回答。密钥可能换了，这里还用旧的。再运行一次 checkin。', en: 'No reliable answer came. The key may have been changed; the old one is still in use here. Run checkin again.' },
  checkInBusy: { 'zh-CN': '还有收款或退款没有结束。密钥没有换。先运行 resolve。', en: 'A payment or refund is still under way. The key was not changed. Run resolve first.' },
  activationBusy: { 'zh-CN': '还有收款或退款没有结束。什么都没有改。先运行 resolve。', en: 'A payment or refund is still under way. Nothing was changed. Run resolve first.' },
  vendorReadable: { 'zh-CN': '本机其他用户能读这个文件。什么都没有做。请执行：chmod 600 {path}', en: 'others on this machine can read this file. Nothing was done. Fix it with: chmod 600 {path}' },
  vendorWrong: { 'zh-CN': '文件要是 {"appId":"…","vendorSn":"…","vendorKey":"…"}', en: 'the file must be {"appId":"…","vendorSn":"…","vendorKey":"…"}' },
} as const satisfies Readonly<Record<string, Readonly<Record<Locale, string>>>>;

export type Word = keyof typeof words;

export function word(key: Word, locale: Locale, values: Readonly<Record<string, string>> = {}): string {
  return filled(words[key][locale], values);
}
