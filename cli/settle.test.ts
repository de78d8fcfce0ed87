/** What `settle` says where nothing can be recorded. */
import { describe, expect, it } from 'vitest';
import { makeAmount } from '../core/money/amount.ts';
import { Bench, outcomes, withoutUndo } from '../core/testing/bench.ts';
import type { OpenTill } from '../host/assemble.ts';
import { never, openedOver } from './bench-till.ts';
import { settle } from './settle.ts';

const output = { line: () => expect.unreachable('nothing was recorded'), bytes: () => expect.unreachable('nothing was recorded'), note: () => undefined };

/** A till that was started again over a refund that the gateway accepted and that hasn't arrived. */
async function withPendingRefund(full = false): Promise<{ readonly opened: OpenTill; readonly refundRef: string }> {
  const before = await Bench.started({ capabilities: withoutUndo });
  const { paymentId } = await before.started();
  await before.take('pay').answer(outcomes.paid());
  await before.till.call('refund', { commandId: 'back', paymentId, amount: makeAmount(1000, 'CNY'), reason: 'returned' });
  await before.take('refund').answer(outcomes.refundPending());
  const bench = before.reborn();
  bench.journal.full = full;
  return { opened: openedOver(bench), refundRef: bench.payment(paymentId).refunds[0]?.refundRef ?? '' };
}

const word = { as: 'paid', reason: 'seen in the portal' };

describe('settling a refund that is pending', () => {
  it('leaves it to the gateway while it is no person’s', async () => {
    const { opened, refundRef } = await withPendingRefund();
    await expect(settle(opened, refundRef, word, output, never)).rejects.toMatchObject({ code: 3, message: expect.stringContaining('still being asked') as string });
  });

  it('says that the journal can not be written, and not that the gateway is asked', async () => {
    const { opened, refundRef } = await withPendingRefund(true);
    await expect(settle(opened, refundRef, word, output, never)).rejects.toMatchObject({ code: 74, message: expect.not.stringContaining('asked') as string });
  });
});
