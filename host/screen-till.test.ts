/** The till as screens get it: every call checked, and a till that couldn't be opened says why until it can. */
import { describe, expect, it } from 'vitest';
import { message } from '../core/contract/messages.ts';
import type { TillEvent } from '../core/contract/types.ts';
import type { OpenTillResult } from './assemble.ts';
import { startScreenTill, type ScreenTill } from './screen-till.ts';

const inUse = { kind: 'journalInUse', message: message('journalInUse'), detail: 'another till' } as const;
const closed: OpenTillResult = inUse;

function screenTill(results: readonly OpenTillResult[]): { till: ScreenTill; opens: () => number } {
  let opens = 0;
  const open = (): Promise<OpenTillResult> => Promise.resolve(results[Math.min(opens++, results.length - 1)] ?? closed);
  const till = startScreenTill({ open, checkChain: () => ({ result: Promise.resolve(null), cancel: () => undefined }), locale: 'en' });
  return { till, opens: () => opens };
}

describe('a till that could not be opened', () => {
  it('is stopped, in its own words', async () => {
    const { till } = screenTill([closed]);
    expect(await till.call('status', {})).toMatchObject({ reply: { phase: 'stopped', stopMessage: { key: 'journalInUse' }, locale: 'en' } });
  });

  it('refuses to sell, and does nothing else either', async () => {
    const { till } = screenTill([closed]);
    const pay = { commandId: 'c', scanId: 's', amount: { minor: 100, currency: 'CNY' } };
    expect(await till.call('pay', pay)).toEqual({ reply: { kind: 'refused', message: inUse.message } });
    expect(await till.call('submitScan', { text: '130000000000000001', source: 'typed' })).toMatchObject({ reply: { kind: 'other' } });
    expect(await till.call('recentPayments', { count: 7 })).toEqual({ reply: [] });
    expect(await till.call('openPayments', {})).toMatchObject({ reply: { open: [] } });
    expect(till.openCount()).toBe(0);
  });

  it('tries again when told to, and says how it went', async () => {
    const { till, opens } = screenTill([closed]);
    await till.opened;
    const heard: TillEvent[] = [];
    till.onEvent((event) => heard.push(event));
    expect(await till.call('retryJournal', {})).toMatchObject({ reply: { phase: 'stopped' } });
    expect(opens()).toBe(2);
    expect(heard).toMatchObject([{ type: 'status', status: { phase: 'stopped' } }]);
  });

  it('is opened once, however often it is told to at the same time', async () => {
    const { till, opens } = screenTill([closed]);
    await Promise.all([till.call('retryJournal', {}), till.call('retryJournal', {}), till.call('retryJournal', {})]);
    expect(opens()).toBe(2);
  });

  it('is not opened again by anything else, nor after its end', async () => {
    const { till, opens } = screenTill([closed]);
    await till.call('status', {});
    await till.close();
    await till.call('retryJournal', {});
    expect(opens()).toBe(1);
  });
});

describe('what long work has found', () => {
  /** A till whose person may do `allowed` alone, and long work that writes down what reached it. */
  function withPerson(allowed: readonly string[]): { till: ScreenTill; reached: string[] } {
    const reached: string[] = [];
    const opened = {
      till: { refusalOf: (act: string) => (allowed.includes(act) ? null : message('approvalSupervisor')), onEvent: () => undefined, start: () => Promise.resolve(), backUpMissing: () => null, chainChecked: () => undefined },
      work: { call: (name: string) => Promise.resolve(void reached.push(name)), tasks: () => [] },
      folder: '', log: { error: () => undefined }, close: () => Promise.resolve(),
    };
    return { till: screenTill([{ kind: 'ok', opened } as unknown as OpenTillResult]).till, reached };
  }
  const calls = [['reconcileResult', { taskId: 't' }], ['noteDifference', { commandId: 'c', taskId: 't', index: 1, note: 'n' }], ['exportDifferences', { taskId: 't', format: 'csv' }]] as const;

  it('is told, and noted on, only to whoever may reconcile: also on a locked till', async () => {
    const { till, reached } = withPerson([]);
    for (const [name, request] of calls) expect(await till.call(name, request)).toEqual({ reply: { kind: 'refused', message: message('approvalSupervisor') } });
    expect(reached).toEqual([]);
  });

  it('reaches who may', async () => {
    const { till, reached } = withPerson(['reconcile', 'export']);
    for (const [name, request] of calls) await till.call(name, request);
    expect(reached).toEqual(calls.map(([name]) => name));
  });
});

describe('calls from outside', () => {
  it.each([
    [undefined, {}],
    ['', {}],
    ['__proto__', {}],
    ['toString', {}],
    ['status', null],
    ['status', []],
    ['status', { more: 1 }],
    ['pay', { commandId: '', scanId: 's', amount: { minor: 1, currency: 'CNY' } }],
    ['pay', { commandId: 'c', scanId: 's', amount: { minor: 0, currency: 'CNY' } }],
    ['pay', { commandId: 'c', scanId: 's', amount: { minor: 0.1, currency: 'CNY' } }],
    ['pay', { commandId: 'c', scanId: 's', amount: { minor: 1, currency: 'cny' } }],
    ['pay', { commandId: 'c'.repeat(65), scanId: 's', amount: { minor: 1, currency: 'CNY' } }],
    ['pay', { commandId: 'c', scanId: 's', amount: { minor: 1, currency: 'CNY' }, assurances: ['anything'] }],
    ['submitScan', { text: '1'.repeat(5000), source: 'typed' }],
    ['recentPayments', { count: 1e9 }],
  ])('refuses %s with %j', async (name, request) => {
    const { till } = screenTill([closed]);
    expect(await till.call(name, request)).toEqual({ error: expect.any(String) });
  });

  it('says which field is wrong, never what it holds', async () => {
    const { till } = screenTill([closed]);
    const answer = await till.call('submitScan', { text: '130000000000000001', source: 'camera' });
    expect(JSON.stringify(answer)).toContain('source');
    expect(JSON.stringify(answer)).not.toContain('1300');
  });
});
