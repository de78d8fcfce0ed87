/** A key that was typed over another, while something hangs on it: the old one is asked with until the new one was taken (CASES 6). */
import { describe, expect, it } from 'vitest';
import type { KeyChange, SettingsStore } from '../settings/store.ts';
import { Bench, outcomes } from '../testing/bench.ts';

const keyRefused = outcomes.unknown('keyRefused');
const wrongKey = { kind: 'declined', reason: 'wrongKey', aboutOrder: false, order: null, evidence: { code: 'SIGN', words: null } } as const;
const tokenRefused = { kind: 'refused', evidence: { code: 'AUTH', words: null } } as const;

describe('case 6: a changed key', () => {
  it('that is refused leaves an open payment to the old one, and the light says so', async () => {
    const bench = await Bench.started({ formerKeys: ['old'] });
    const sale = await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(3);
    const refusedNow = bench.take('query');
    expect(refusedNow.key).toBe('new');
    await refusedNow.answer(keyRefused);
    expect(bench.till.status().gateways[0]).toMatchObject({ light: 'attention', message: { key: 'keyRefused', values: { key: 'gateways.bench.key' } } });
    await bench.clock.pass(3);
    const asked = bench.take('query');
    expect(asked.key).toBe('old');
    await asked.answer(outcomes.paid());
    expect(bench.payment(sale.paymentId).state).toBe('paid');
    // The old one being taken says nothing about the new one.
    expect(bench.till.status().gateways[0]).toMatchObject({ light: 'attention', message: { key: 'keyRefused' } });
  });

  it('that is refused sells nothing under the old one: who typed it hears of it', async () => {
    const bench = await Bench.started({ formerKeys: ['old'] });
    const sale = await bench.started();
    await bench.take('pay').answer(wrongKey);
    expect(bench.payment(sale.paymentId)).toMatchObject({ state: 'declined', declineReason: 'wrongKey' });
    await bench.started('130000000000000002');
    expect(bench.take('pay').key).toBe('new');
  });

  it('that is refused lets a refund go out once more under the old one, as one of the same number', async () => {
    const bench = await Bench.started({ formerKeys: ['old'] });
    const sale = await bench.started();
    await bench.take('pay').answer(outcomes.paid());
    expect(await bench.till.call('refund', { commandId: 'refund', paymentId: sale.paymentId, amount: sale.amount, reason: 'test' })).toMatchObject({ kind: 'started' });
    const first = bench.take('refund');
    await first.answer(outcomes.refundDeclined('wrongKey'));
    const second = bench.take('refund');
    expect([first.key, second.key, second.refundRef === first.refundRef]).toEqual(['new', 'old', true]);
    await second.answer(outcomes.refunded());
    expect(bench.payment(sale.paymentId).refunds).toMatchObject([{ state: 'refunded' }]);
  });

  /** A file with both keys that can't be read the first time; what was changed in it. */
  function storeUnreadableOnce(): { readonly store: SettingsStore; readonly changed: KeyChange[] } {
    const changed: KeyChange[] = [];
    let reads = 0;
    const store: SettingsStore = {
      kept: true, gateways: [],
      read: () => {
        reads += 1;
        if (reads === 1) return { kind: 'unreadable', problem: { key: '', sentence: { 'zh-CN': '', en: '' } } };
        return { kind: 'stored', mark: 'm', raw: { gateways: { bench: { key: 'new' } }, formerGateways: { bench: changed.length > 0 ? [] : [{ key: 'old' }] } } };
      },
      prepare: (changes) => ({ kind: 'ready', write: () => {
        changed.push(...changes);
        return 'written';
      } }),
    };
    return { store, changed };
  }

  it('that was taken lets the old one go, with a later answer where the file can’t be read at that moment, and once', async () => {
    const { store, changed } = storeUnreadableOnce();
    const bench = await Bench.started({ formerKeys: ['old'], settings: store });
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    expect(changed).toEqual([]);
    for (let round = 0; round < 2; round += 1) {
      await bench.clock.pass(3);
      await bench.take('query').answer(outcomes.waiting());
    }
    expect(changed).toEqual([{ path: ['formerGateways', 'bench'], value: undefined }]);
  });

  it('that was taken while the till is still asking about what was open lets the old one go at once', async () => {
    const before = await Bench.started({ formerKeys: ['old'] });
    await before.started();
    await before.started('130000000000000002', 900);
    const { store, changed } = storeUnreadableOnce();
    store.read();
    const bench = before.reborn({ settings: store });
    const starting = bench.till.start();
    await bench.take('query').answer(outcomes.paid());
    expect([bench.till.status().phase, changed.length]).toEqual(['recovering', 1]);
    await bench.take('query').answer(outcomes.paid());
    await starting;
    expect(changed).toHaveLength(1);
  });

  it('is tried again where the old one is refused too', async () => {
    const bench = await Bench.started({ formerKeys: ['old', 'older'] });
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    const keys: unknown[] = [];
    for (let round = 0; round < 5; round += 1) {
      await bench.clock.pass(3);
      const asked = bench.take('query');
      keys.push(asked.key);
      await asked.answer(keyRefused);
    }
    expect(keys).toEqual(['new', 'old', 'older', 'new', 'old']);
  });

  it('that a gateway refuses without a word for it leaves an open payment to the old one', async () => {
    const bench = await Bench.started({ formerKeys: ['old'] });
    await bench.started();
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(3);
    await bench.take('query').answer(outcomes.unknown('unlisted'));
    await bench.clock.pass(3);
    expect(bench.take('query').key).toBe('old');
  });

  it('that gets no access token leaves an open payment to the old one', async () => {
    const bench = await Bench.started({ formerKeys: ['old'], tokens: true });
    const sale = await bench.started();
    await bench.take('token').answer({ kind: 'token', token: 'T1', expiresInSeconds: 6 });
    await bench.take('pay').answer(outcomes.waiting());
    await bench.clock.pass(6);
    const query = bench.take('query');
    await query.answer(outcomes.waiting());
    await bench.clock.pass(3);
    const renewal = bench.take('token');
    expect(renewal.key).toBe('new');
    await renewal.answer(tokenRefused);
    await bench.clock.pass(3);
    const other = bench.take('token');
    expect(other.key).toBe('old');
    await other.answer({ kind: 'token', token: 'T2', expiresInSeconds: 600 });
    await bench.take('query').answer(outcomes.paid());
    expect(bench.payment(sale.paymentId).state).toBe('paid');
  });
});
