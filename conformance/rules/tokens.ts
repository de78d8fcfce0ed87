/** Access tokens, and orders of other tills. */
import * as fc from 'fast-check';
import { answerOf, noise } from '../../core/testing/gateway-answers.ts';
import type { Rule } from '../rule.ts';
import { Stand } from '../stand.ts';
import { paidSale } from './courses.ts';

const tokens: Rule = {
  name: 'a token is got, used in a header, doubted when it is refused, and never made of anything but a whole answer',
  check: async ({ gateway }) => {
    const rule = gateway.token;
    if (rule === null) return [];
    const stand = await Stand.open(gateway);
    try {
      const [direction = 'show'] = stand.directions;
      const { wire, answer } = await stand.askToken(stand.settings);
      const found: string[] = [];
      if (wire === null || answer?.kind !== 'token') return ['no token was got'];
      if (answer.expiresInSeconds <= 0) found.push('a token that is over at once');
      for (let length = 0; length < wire.body.length; length += 1) if (rule.read({ ...wire, body: wire.body.slice(0, length) }).kind !== 'unknown') found.push(`the first ${length} bytes of a token's answer are no answer`);
      for (const status of [400, 401, 403, 500, 502]) if (rule.read({ ...wire, status }).kind === 'token') found.push(`a token with status ${status}`);
      fc.assert(fc.property(noise, fc.constantFrom(200, 401, 500), (body, status) => {
        if (rule.read(answerOf(body, status)).kind === 'token') found.push('a token from noise');
      }), { numRuns: 150, seed: 20_261_121 });
      const wrong = await stand.askToken({ ...(stand.settings as object), [gateway.secretKeys[0] ?? '']: 'another' });
      if (wrong.answer?.kind !== 'refused') found.push(`wrong credentials are ${wrong.answer?.kind}`);
      if (JSON.stringify([answer.expiresInSeconds, wrong.answer]).includes(answer.token)) found.push('the token stands in evidence');
      const sale = await paidSale(stand, direction);
      if (sale === null) return [...found, 'no sale was paid'];
      stand.simulator.world.control(stand.id, 'token', { revoke: true });
      const refused = await stand.ask('query', sale);
      if (refused.outcome?.kind !== 'unknown' || refused.outcome.why !== 'tokenRefused') found.push(`a refused token is ${JSON.stringify(refused.outcome?.kind)}`);
      await stand.newToken();
      if ((await stand.ask('query', sale)).outcome?.kind !== 'paid') found.push('a new token does not work');
      return found;
    } finally {
      await stand.close();
    }
  },
};

const lookUps: Rule = {
  name: 'case 38: another till’s order is found by its number alone, and only where number and amount are told',
  check: async ({ gateway }) => {
    const { lookUp } = gateway;
    if (lookUp === null) return [];
    const found: string[] = [];
    for (const text of ['', ' ', '38.50', '134567890123456789', '2512345678901234', '301234567890123456789012', '6212345678901234567']) {
      if (lookUp.mayBe(text)) found.push(`${text} would be sent as a number, and may be a payment code`);
    }
    const stand = await Stand.open(gateway);
    try {
      const { world } = stand.simulator;
      const currency = gateway.currency(stand.settings) as 'CNY' | 'AUD';
      const sale = stand.sale('scan', 'paid');
      const order = world.bookForeign({ gateway: stand.id, amount: 4321, reference: sale.facts.attemptRef, currency });
      if (order === null) return ['the simulator books no foreign order'];
      const numbers = [order.reference, order.gatewayNumber].filter((number) => lookUp.mayBe(number));
      if (numbers.length === 0) return ['neither number of an order can be looked up'];
      for (const number of numbers) {
        const ask = async () => {
          const answer = await stand.send(lookUp.build(number, stand.settings, await stand.moment()));
          return answer === null ? null : { answer, result: lookUp.read(number, answer, stand.settings) };
        };
        const true_ = await ask();
        if (true_?.result.kind !== 'found' || true_.result.amount.minor !== 4321 || true_.result.attemptRef !== order.reference || !true_.result.untouched) found.push(`${number}: ${JSON.stringify(true_?.result)}`);
        if (true_ !== null) for (let length = 0; length < true_.answer.body.length; length += 7) if (lookUp.read(number, { ...true_.answer, body: true_.answer.body.slice(0, length) }, stand.settings).kind !== 'unknown') found.push('half an answer is believed');
        const undo = world.addRule({ match: { gateway: stand.id, reference: order.reference }, times: 'always', fault: { kind: 'altered', how: 'unlistedStatus' } });
        const stranger = (await ask())?.result;
        if (stranger?.kind !== 'unknown' && !(stranger?.kind === 'found' && !stranger.untouched)) found.push('an order in an unlisted state may be refunded');
        undo();
      }
      return found;
    } finally {
      await stand.close();
    }
  },
};

export const tokenRules: readonly Rule[] = [tokens, lookUps];
