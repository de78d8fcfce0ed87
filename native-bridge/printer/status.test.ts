/** Tests of the printer's status: which bytes are answers, and what they mean. */
import { describe, expect, it } from 'vitest';
import { isPaperNearEnd, isStatusAnswer, troubleOf, type StatusAnswers } from './status.ts';

describe('answers', () => {
  it.each([
    [0x12, true],
    [0x16, true],
    [0x1a, true],
    [0x72, true],
    [0x11, false],
    [0x13, false],
    [0x10, false],
    [0x92, false],
    [0x00, false],
  ])('%i: %s', (byte, answer) => expect(isStatusAnswer(byte)).toBe(answer));
});

describe('trouble', () => {
  it.each<[string, StatusAnswers, string | null]>([
    ['all well', { 1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12 }, null],
    ['drawer open', { 1: 0x16 }, null],
    ['cover', { 1: 0x1a, 2: 0x16, 4: 0x72 }, 'coverOpen'],
    ['paper, by n=4', { 1: 0x1a, 2: 0x12, 4: 0x72 }, 'paperOut'],
    ['paper, by n=2', { 1: 0x1a, 2: 0x32 }, 'paperOut'],
    ['cutter', { 1: 0x1a, 2: 0x52, 3: 0x1a }, 'error'],
    ['fault', { 1: 0x1a, 3: 0x32 }, 'error'],
    ['recovers', { 1: 0x1a, 3: 0x52 }, 'error'],
    ['feed button', { 1: 0x1a, 2: 0x1a }, 'busy'],
    ['offline', { 1: 0x1a }, 'busy'],
  ])('%s', (_name, answers, problem) => expect(troubleOf(answers)?.problem ?? null).toBe(problem));

  it('near the end is no trouble, only a note', () => {
    expect(troubleOf({ 1: 0x12, 4: 0x1e })).toBeNull();
    expect(isPaperNearEnd({ 4: 0x1e })).toBe(true);
    expect(isPaperNearEnd({ 4: 0x12 })).toBe(false);
  });
});
