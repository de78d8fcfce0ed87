/** A refund of a payment that can't be read: the screen says what the till says of it, and not that there is none. */
import { expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleScannedReceipt, staffed } from './samples-money.ts';

it('a plan that is refused goes back, with the words of the till', () => {
  const said = message('paymentUnreadable', { number: 'T01-261121-0386' });
  const till = new Rehearsal(staffed).scan(sampleScannedReceipt());
  expect(till.view).toBe('refund');
  till.send({ type: 'reply', name: 'refundPlan', tag: 'p-0386', reply: { kind: 'refused', message: said } });
  expect(till.view).not.toBe('refund');
  expect(till.state.notice).toEqual({ kind: 'message', message: said });
});
