/** Commands about a payment that is on record and can't be read end with what it is, and send nothing. */
import { expect, it } from 'vitest';
import { message, messageText } from '../core/contract/messages.ts';
import { Bench, outcomes } from '../core/testing/bench.ts';
import { makeUnreadable } from '../core/testing/unreadable.ts';
import type { OpenTill } from '../host/assemble.ts';
import { orderNumber } from './order-number.ts';
import type { Output } from './output.ts';
import { refund } from './refund.ts';
import { settle } from './settle.ts';

function open({ till, journal }: Bench): OpenTill {
  return { till, journal, configuration: { store: { locale: 'en', currency: 'CNY', timezone: 'Asia/Shanghai' }, gateways: new Map(), refund: { reasons: [] } } } as unknown as OpenTill;
}

const never = new Promise<void>(() => undefined);

it('a payment that can’t be read is neither refunded nor settled, nor given a number', async () => {
  const before = await Bench.started();
  const { paymentId, number, attemptRef } = await before.started();
  await before.take('pay').answer(outcomes.paid());
  makeUnreadable(before, paymentId);
  const bench = before.reborn();
  const said = messageText(message('paymentUnreadable', { number }), 'en');
  const lines: Readonly<Record<string, unknown>>[] = [];
  const output: Output = { line: (object) => void lines.push(object), bytes: () => undefined, note: () => undefined };

  expect(await refund(open(bench), { payment: attemptRef }, output, never)).toBe(2);
  expect(lines).toMatchObject([{ message: said, final: true }]);
  await expect(settle(open(bench), number, { as: 'notPaid', reason: 'seen in the portal' }, output, never)).rejects.toThrow(said);
  await expect(orderNumber(open(bench), number, '1234567890', output, never)).rejects.toThrow(said);
  expect(bench.sent).toEqual([]);
});
