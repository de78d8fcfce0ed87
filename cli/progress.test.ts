/** When long work says how far it is. */
import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

function saidOver(locale: 'en' | 'zh-CN', calls: readonly (readonly [seconds: number, done: number])[]): readonly string[] {
  const notes: string[] = [];
  let now = 5000;
  const output = { line: () => expect.unreachable('stdout is not for progress'), bytes: () => expect.unreachable('stdout is not for progress'), note: (text: string) => void notes.push(text) };
  const progress = new Progress(output, locale, { monotonic: () => now });
  for (const [seconds, done] of calls) {
    now = 5000 + seconds * 1000;
    progress.rows('rowsExported', done, 9000);
  }
  return notes;
}

describe('progress', () => {
  it('is not told of what takes less than a second', () => {
    expect(saidOver('en', [[0.1, 1000], [0.5, 4000], [0.99, 9000]])).toEqual([]);
  });

  it('is told once a second at most, with the rows done and how many there are', () => {
    expect(saidOver('en', [[0.5, 1000], [1, 2000], [1.4, 3000], [1.9, 4000], [2.1, 5000], [3, 6000], [9, 9000]])).toEqual(['export: 2000 of 9000 rows', 'export: 5000 of 9000 rows', 'export: 9000 of 9000 rows']);
    expect(saidOver('zh-CN', [[1, 2000]])).toEqual(['导出：2000 / 9000 行']);
  });
});
