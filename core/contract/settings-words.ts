/** What is wrong with a setting, in both languages: a schema carries the English words, which find the Chinese ones again. */

const chinese = new Map<string, string>();

/** A requirement in both languages, each the end of a sentence that begins with the key. Returns the English words. */
export function says(zh: string, en: string): string {
  chinese.set(en, zh);
  return en;
}

/** The Chinese words of a requirement; undefined for words that `says` never saw. */
export function inChinese(en: string): string | undefined {
  return chinese.get(en);
}
