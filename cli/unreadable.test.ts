/** Commands about a payment that is on record and can't be read end with what it is, and send nothing. */
import { expect, it } from 'vitest';
import { message, messageText } from '../core/contract/messages.ts';
import { Bench, outcomes } from '../core/testing/bench.ts';
import { makeUnreadable } from '../core/testing/unreadable.ts';
import { never, openedOver, printed } from './bench-till.ts';
import { orderNumber } from './order-number.ts';
import { refund } from './refund.ts';
import { settle } from './settle.ts';

it('a payment that can’t be read is neither refunded nor settled, nor given a number', async () => {
  const before = await Bench.started();
  const { paymentId, number, attemptRef } = await before.started();
  await before.take('pay').answer(outcomes.paid());
  makeUnreadable(before, paymentId);
  const bench = before.reborn();
  const said = messageText(message('paymentUnreadable', { number }), 'en');
  const output = printed();

  expect(await refund(openedOver(bench), { payment: attemptRef }, output, never)).toBe(2);
  expect(output.lines).toMatchObject([{ message: said, final: true }]);
  await expect(settle(openedOver(bench), number, { as: 'notPaid', reason: 'seen in the portal' }, output, never)).rejects.toThrow(said);
  await expect(orderNumber(openedOver(bench), number, '1234567890', output, never)).rejects.toThrow(said);
  expect(bench.sent).toEqual([]);
});
