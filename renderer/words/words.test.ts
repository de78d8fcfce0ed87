/** Tests of the words: both languages complete, the same values in each, and messages of three sentences. */
import { describe, expect, it } from 'vitest';
import { allMessages, message, messageText } from '../../core/contract/messages.ts';
import { sectionChoices } from '../machine/choices.ts';
import { en } from './en.ts';
import { withGatewayName } from './gateways.ts';
import { clockText, dayText, stopwatch } from './format.ts';
import { headline, sentences } from './sentences.ts';
import { spokenAmount } from './spoken.ts';
import { zhCN, type WordKey } from './zh-CN.ts';

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
}

/** English names the amount where Chinese points at it, and hides counts of one. */
const freer: ReadonlySet<string> = new Set(['guard.title', 'guard.titleGivenUp', 'open.quietTitle_one', 'open.settled_one', 'unknown.askedNext', 'unknown.askedNext_one', 'unknown.askedNow', 'unknown.askedNow_one', 'line.answerUnknown']);

describe('the words', () => {
  it.each(Object.keys(zhCN) as WordKey[])('%s stands in both languages with the same values', (key) => {
    expect(zhCN[key]).not.toBe('');
    expect(en[key]).not.toBe('');
    if (freer.has(key)) return;
    expect(placeholders(en[key])).toEqual(placeholders(zhCN[key]));
  });
  it('use full-width punctuation in Chinese', () => {
    for (const text of Object.values(zhCN)) expect(text).not.toMatch(/[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]/);
  });
});

it('no text sends anybody to a section of the settings that the menu doesn’t have', () => {
  const digits = new Set<string>(sectionChoices.map(({ digit }) => digit));
  const texts = [...Object.values(zhCN), ...Object.values(en), ...Object.values(allMessages).flatMap((one) => [one['zh-CN'], one.en])];
  const sections = texts.flatMap((text) => [...text.matchAll(/(?:Settings|设置) (\d)/g)].map((found) => found[1] ?? ''));
  expect(sections.filter((digit) => !digits.has(digit))).toEqual([]);
});

describe('the messages', () => {
  it.each(Object.entries(allMessages))('%s has three sentences in both languages', (_, texts) => {
    expect(sentences(texts['zh-CN']).length).toBeGreaterThanOrEqual(3);
    expect(sentences(texts.en).length).toBeGreaterThanOrEqual(3);
    expect(placeholders(texts.en)).toEqual(placeholders(texts['zh-CN']));
  });
  it.each((Object.keys(zhCN) as WordKey[]).filter((key) => key.startsWith('notice.')))('%s has three sentences too', (key) => {
    expect(sentences(zhCN[key])).toHaveLength(3);
    expect(sentences(en[key])).toHaveLength(3);
  });
});

describe('sentences', () => {
  it('do not end inside an amount', () => expect(sentences('It paid ¥38.50 at 10:42. Wait.')).toEqual(['It paid ¥38.50 at 10:42.', 'Wait.']));
  it('as a headline lose their full stop', () => expect(headline('余额不足。')).toBe('余额不足'));
});

describe('times', () => {
  const at = Date.UTC(2025, 10, 20, 2, 42, 7, 108);
  it('are the store’s, to the millisecond where it is evidence', () => {
    expect(clockText(at, 'Asia/Shanghai', 'milliseconds')).toBe('10:42:07.108');
    expect(clockText(at, 'Australia/Sydney', 'minutes')).toBe('13:42');
  });
  it('name the day where it isn’t today', () => expect(dayText(at, 'Asia/Shanghai')).toBe('11-20 10:42'));
  it('count up as a stopwatch', () => expect(stopwatch(81)).toBe('01:21'));
});

describe('gateways in messages', () => {
  const gateways = [{ id: 'shouqianba', names: { 'zh-CN': '收钱吧', en: 'Shouqianba' } }];
  const named = (value: string, locale: 'zh-CN' | 'en'): string => messageText(withGatewayName(message('answerLost', { gateway: value }), gateways, locale), locale);

  it('have the name of the language for their id', () => {
    expect(named('shouqianba', 'en')).toMatch(/^Shouqianba did not answer\./);
    expect(named('shouqianba', 'zh-CN')).toMatch(/^收钱吧没有回答。/);
  });
  it('stand as they stand where the till has no such gateway', () => expect(named('Omipay', 'en')).toMatch(/^Omipay did not answer\./));
});

describe('spoken amounts', () => {
  it.each([[3850, '38 元 5 角', '38 yuan 50'], [1200, '12 元', '12 yuan'], [1205, '12 元 零 5 分', '12 yuan 05'], [50, '5 角', '0 yuan 50'], [8, '8 分', '0 yuan 08']] as const)(
    '%i fen are %s and %s', (minor, chinese, english) => {
      expect(spokenAmount({ minor, currency: 'CNY' }, 'zh-CN')).toBe(chinese);
      expect(spokenAmount({ minor, currency: 'CNY' }, 'en')).toBe(english);
    },
  );
  it('of another currency name it', () => expect(spokenAmount({ minor: 1450, currency: 'AUD' }, 'en')).toBe('14 dollars 50'));
});
