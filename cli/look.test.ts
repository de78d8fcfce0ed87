/** `list`, `find` and `receipt` of a journal in which one payment can't be read. */
import { expect, it } from 'vitest';
import { message, messageText } from '../core/contract/messages.ts';
import { JournalReading } from '../core/journal/reading.ts';
import { Bench, lost, outcomes } from '../core/testing/bench.ts';
import { makeUnreadable } from '../core/testing/unreadable.ts';
import type { OpenReading } from '../host/reading.ts';
import { printed } from './bench-till.ts';
import { find, list } from './look.ts';
import { receipt } from './receipt.ts';

function reading({ journal, clock }: Bench): OpenReading {
  const context = { clock, gatewayNames: (id: string) => ({ 'zh-CN': id, en: id }), refundCapability: () => null };
  const snapshot = <Result>(read: () => Result): Result => read();
  const opened = { reading: new JournalReading(journal, context), journal: Object.assign(journal, { snapshot }), store: { locale: 'en', currency: 'CNY', timezone: 'Asia/Shanghai', dayChangeHour: 0 } };
  return opened as unknown as OpenReading;
}

it('a payment that can’t be read is a line of its own, as not known, and keeps no other from being listed', async () => {
  const bench = await Bench.started();
  const paid = await bench.started('130000000000000001', 900);
  await bench.take('pay').answer(outcomes.paid());
  const open = await bench.started('130000000000000002', 3850);
  await bench.take('pay').end(lost);
  makeUnreadable(bench, open.paymentId);
  const said = messageText(message('paymentUnreadable', { number: open.number }), 'en');
  const unreadable = { paymentId: open.paymentId, attemptRef: open.attemptRef, number: open.number, state: 'unknown', verdict: 'notKnownYet', amount: 3850, currency: 'CNY', counts: false, unreadable: true, message: said, refunds: [] };

  const day = printed();
  expect(list(reading(bench), '2026-11-21', day)).toBe(0);
  expect(day.lines).toMatchObject([{ paymentId: paid.paymentId, verdict: 'paid' }, unreadable, { totals: [{ paid: 900 }] }]);
  const found = printed();
  expect(find(reading(bench), open.number, found)).toBe(0);
  expect(found.lines).toMatchObject([unreadable]);
  expect(() => receipt(reading(bench), open.number, { out: 'nowhere' }, printed())).toThrow(said);
});
