/** Which answers to a sale's command are kept, and how many. */
import { expect, it } from 'vitest';
import { message } from '../contract/messages.ts';
import type { PresentReply } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench } from '../testing/bench.ts';
import { SaleAnswers } from './sale-answers.ts';

it('case 8: the newest few dozen questions are kept, older ones and refusals are made anew', async () => {
  const other = await (await Bench.started()).started();
  const answers = new SaleAnswers<PresentReply>();
  const worked: string[] = [];
  const say = async (commandId: string, reply: PresentReply): Promise<PresentReply> =>
    answers.answer({ commandId, amount: makeAmount(3850, 'CNY') }, () => {
      worked.push(commandId);
      return reply;
    });
  const question = { kind: 'askSameCustomer', other, givenUp: false } as const;
  for (let number = 0; number < 49; number += 1) await say(`c${number}`, question);
  worked.length = 0;
  const refusal = { kind: 'refused', message: message('amountMissing') } as const;
  expect(await say('c48', refusal)).toBe(question);
  expect(await say('c1', refusal)).toBe(question);
  expect(worked).toEqual([]);
  expect(await say('c0', refusal)).toBe(refusal);
  expect(await say('c0', question)).toBe(question);
  expect(worked).toEqual(['c0', 'c0']);
});
