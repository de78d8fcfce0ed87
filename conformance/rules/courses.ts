/** Whole sales against the simulator: every script that it knows, every amount, and what a repeat brings about. */
import type { Direction } from '../../core/gateways/gateway.ts';
import { inWords } from '../../core/testing/gateway-answers.ts';
import { playSale } from '../course.ts';
import type { Block } from '../documents.ts';
import type { Rule, Subject } from '../rule.ts';
import { Stand, type Exchange, type Sale } from '../stand.ts';
import { untruths } from '../truth.ts';

/** Runs `body` at a fresh stand for each block of settings and each direction, and names both in front of what it finds. */
async function everywhere({ gateway, variants }: Subject, body: (stand: Stand, direction: Direction) => Promise<readonly string[]>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const variant of variants) {
    const stand = await Stand.open(gateway, variant);
    try {
      for (const direction of stand.directions) found.push(...(await body(stand, direction)).map((text) => `${variant === variants[0] ? '' : `${variant.name}, `}${direction}: ${text}`));
    } finally {
      await stand.close();
    }
  }
  return found;
}

const scripts: Rule = {
  name: 'plays every script of the simulator, and never tells what is not so',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const found: string[] = [];
    for (const [script, digits] of Object.entries(stand.simulator.codes)) {
      // Names for another wallet or parameter of a script play what their digits say.
      const name = stand.simulator.codes[script] === digits ? script : digits;
      if (!isScript(stand, name)) continue;
      for (const exchange of await playSale(stand, direction, name)) found.push(...untruths(stand, exchange).map((text) => `${name}: ${text}`));
    }
    return found;
  }),
};

/** `waits20` and the like are shorthand of the list, and no script's own name. */
function isScript(stand: Stand, name: string): boolean {
  try {
    stand.simulator.world.code(name);
    return true;
  } catch {
    return false;
  }
}

const ends: Rule = {
  name: 'a sale is paid, and all of it given back, as the books say',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const exchanges = await playSale(stand, direction, 'waits:7');
    const { refund } = stand.gateway.capabilities;
    const kinds = exchanges.flatMap(({ outcome }) => outcome?.kind ?? []);
    const order = stand.simulator.world.order(exchanges[0]?.facts.attemptRef ?? '', stand.id);
    const given = order?.refunds.reduce((sum, { phase, amount }) => sum + (phase === 'done' ? amount : 0), 0) ?? 0;
    return [
      ...(kinds.includes('paid') && order?.timesCharged === 1 ? [] : [`not paid: ${kinds.join(', ')}`]),
      ...(direction === 'show' && !kinds.includes('shown') ? ['nothing was shown'] : []),
      ...(refund === null || given === order?.amount ? [] : [`given back ${given} of ${order?.amount}: ${kinds.join(', ')}`]),
      ...(refund === null || kinds.filter((kind) => kind === 'refunded').length === (refund.partial ? 2 : 1) ? [] : [`not told of every refund: ${kinds.join(', ')}`]),
    ];
  }),
};

const amounts: Rule = {
  name: 'books exactly the amount, from the smallest to the largest',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const found: string[] = [];
    for (const minor of [1, 9, 10, 99, 100, 101, 1050, 99_999, 4_999_999]) {
      const sale = stand.sale(direction, 'paid', minor);
      const exchange = await stand.ask(direction === 'scan' ? 'pay' : 'present', sale);
      if (exchange.order?.amount !== minor) found.push(`${minor} was booked as ${exchange.order?.amount} (${exchange.refusedAs ?? exchange.outcome?.kind})`);
    }
    return found;
  }),
};

const currencies: Rule = {
  name: 'books exactly the amount in every currency that it counts in',
  check: async (subject) => {
    const inCurrency = subject.document?.inCurrency ?? ((block: Block) => block);
    const variants = subject.gateway.capabilities.currencies.map((currency) => ({ name: currency, block: (block: Block) => ({ ...inCurrency(block, currency), currency }) }));
    return everywhere({ ...subject, variants }, async (stand, direction) => {
      const found: string[] = [];
      for (const minor of [1, 1234, 4_999_999]) {
        const sale = stand.sale(direction, 'paid', minor);
        const { order, refusedAs, outcome } = await stand.ask(direction === 'scan' ? 'pay' : 'present', sale);
        const { currency } = sale.facts.amount;
        if (order?.amount !== minor || order.currency !== currency) found.push(`${minor} ${currency} was booked as ${order?.amount} ${order?.currency} (${refusedAs ?? outcome?.kind})`);
      }
      return found;
    });
  },
};

const creations: Rule = {
  name: 'case 5: the same opening again charges once, and ends no sale that may be paid',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const call = direction === 'scan' ? 'pay' : 'present';
    const found: string[] = [];
    for (const script of ['paid', 'waits']) {
      const sale = stand.sale(direction, script);
      const first = await stand.ask(call, sale);
      stand.clock.advance(1000);
      const second = await stand.ask(call, sale);
      found.push(...[first, second].flatMap((exchange) => untruths(stand, exchange)));
      if (second.outcome?.kind === 'declined' && second.outcome.aboutOrder) found.push('a repeat ends an order that stands');
      if (call === 'pay' && stand.gateway.capabilities.repeatPayWithinSeconds !== null && script === 'paid' && second.outcome?.kind !== 'paid') found.push(`a repeat within its time does not tell that it is paid: ${told(second)}`);
    }
    return found;
  }),
};

const lostThenWords: Rule = {
  name: 'case 2: words to a repeat that are not about the order end nothing',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    if (direction !== 'scan') return [];
    const found: string[] = [];
    for (const what of ['systemError', 'inProgress', 'alreadyKnown'] as const) {
      const sale = stand.sale(direction, 'answerLost');
      await stand.ask('pay', sale);
      const undo = stand.simulator.world.addRule({ match: { gateway: stand.id, call: 'pay', reference: sale.facts.attemptRef }, fault: { kind: 'says', what, processed: false } });
      const repeat = await stand.ask('pay', sale);
      undo();
      if ((repeat.outcome?.kind === 'declined' && repeat.outcome.aboutOrder) || repeat.outcome?.kind === 'reversed' || repeat.outcome?.kind === 'notFound') found.push(`${what} to the repeat of a paid order: ${told(repeat)}`);
    }
    return found;
  }),
};

const aboutOrder: Rule = {
  name: 'case 2: only an answer that names the order speaks of it',
  check: async (subject) => {
    const found = (await subject.specimens()).flatMap(({ call, facts, answer, outcome }) => {
      if (call !== 'pay' || outcome.kind !== 'declined' || !outcome.aboutOrder) return [];
      if (subject.document?.speakOfOrder?.some((code) => outcome.evidence.code?.split('/').includes(code)) === true) return [];
      const text = new TextDecoder().decode(answer.body);
      return text.includes(facts.attemptRef) || (facts.gatewayRef !== null && text.includes(facts.gatewayRef)) ? [] : [`${outcome.evidence.code}: a repeat that hears it would end the order`];
    });
    return [...new Set(found)];
  },
};

const reversals: Rule = {
  name: 'case 15: a reversal undoes what the gateway says that it undoes, once, and its repeat says nothing else',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const found: string[] = [];
    for (const script of ['ignored', 'paid', 'refused']) {
      const sale = stand.sale(direction, script);
      const { reverse } = stand.traits(sale);
      if (reverse === null) return [];
      await stand.ask(direction === 'scan' ? 'pay' : 'present', sale);
      const exchanges: Exchange[] = [];
      for (let transmission = 0; transmission < 2; transmission += 1) {
        exchanges.push(await stand.ask('reverse', sale));
        if (stand.canQuery(sale)) exchanges.push(await stand.ask('query', sale));
      }
      found.push(...exchanges.flatMap((exchange) => untruths(stand, exchange).map((text) => `${script}: ${text}`)));
      const order = stand.simulator.world.order(sale.facts.attemptRef, stand.id);
      const shouldBePaid = script === 'paid' && !reverse.undoesPaid;
      if (script !== 'refused' && (order?.state === 'paid') !== shouldBePaid) found.push(`${script}: after the reversal the order is ${order?.state}`);
      const last = exchanges.at(-1)?.outcome?.kind;
      if (script === 'ignored' && last !== 'reversed' && last !== 'declined') found.push(`${script}: undone, and the query says ${last}`);
    }
    return found;
  }),
};

const refundRepeats: Rule = {
  name: 'case 24: a refund under the same number is one refund where that is promised, and only there',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const { refund } = stand.gateway.capabilities;
    const sale = await paidSale(stand, direction);
    if (refund === null || sale === null) return refund === null ? [] : ['no sale was paid'];
    sale.facts = { ...sale.facts, refund: stand.refundOf(sale, 100) };
    const number = sale.facts.refund?.refundRef ?? '';
    const first = await stand.ask('refund', sale);
    stand.clock.advance(1000);
    const second = await stand.ask('refund', sale);
    const booked = stand.simulator.world.order(sale.facts.attemptRef, stand.id)?.refunds.filter(({ reference }) => reference === number).length ?? 0;
    const found = [first, second].flatMap((exchange) => (refund.repeat === 'same' ? untruths(stand, exchange) : []));
    if (refund.repeat === 'same' && booked !== 1) found.push(`sent twice under one number, and booked ${booked} times`);
    if (refund.repeat !== 'same' && booked === 1) found.push('the simulator keeps one refund for one number, and the gateway does not rely on it: one of them misread the document');
    if (second.outcome?.kind === 'refundDeclined' && second.outcome.aboutRefund) found.push(`the repeat of a refund that is done ends it: ${told(second)}`);
    return found;
  }),
};

/** A sale that was paid, asked about until it says so; null where it never did. */
export async function paidSale(stand: Stand, direction: Direction): Promise<Sale | null> {
  const sale = stand.sale(direction, 'paid');
  let exchange = await stand.ask(direction === 'scan' ? 'pay' : 'present', sale);
  for (let round = 0; round < 5 && exchange.outcome?.kind !== 'paid' && stand.canQuery(sale); round += 1) {
    stand.clock.advance(2000);
    exchange = await stand.ask('query', sale);
  }
  return exchange.outcome?.kind === 'paid' ? sale : null;
}

const falseAnswers: Rule = {
  name: 'money rule 2: what the simulator falsifies is believed by nobody',
  check: (subject) => everywhere(subject, async (stand, direction) => {
    const found: string[] = [];
    const { world } = stand.simulator;
    for (const how of ['wrongAmount', 'wrongReference', 'unlistedStatus'] as const) {
      const sale = await paidSale(stand, direction);
      if (sale === null) return ['no sale was paid'];
      const undo = world.addRule({ match: { gateway: stand.id, reference: sale.facts.attemptRef }, times: 'always', fault: { kind: 'altered', how } });
      if (stand.canQuery(sale)) {
        const { outcome } = await stand.ask('query', sale);
        // The simulator's word for it may stand in FIELD.md as one of an order that waits; it promises nothing either.
        if (outcome?.kind !== 'unknown' && !(how === 'unlistedStatus' && outcome?.kind === 'waiting')) found.push(`query with ${how}: ${outcome === null ? 'nothing' : inWords(outcome)}`);
      }
      if (stand.gateway.capabilities.refund !== null && how !== 'unlistedStatus') {
        sale.facts = { ...sale.facts, refund: stand.refundOf(sale, 200) };
        const { outcome } = await stand.ask('refund', sale);
        if (outcome?.kind !== 'unknown' && !(how === 'wrongReference' && outcome?.kind === 'refundPending')) found.push(`refund with ${how}: ${outcome === null ? 'nothing' : inWords(outcome)}`);
      }
      undo();
    }
    return found;
  }),
};

function told({ outcome }: Exchange): string {
  return outcome === null ? 'no answer' : inWords(outcome);
}

export const courseRules: readonly Rule[] = [scripts, ends, amounts, currencies, creations, lostThenWords, aboutOrder, reversals, refundRepeats, falseAnswers];
