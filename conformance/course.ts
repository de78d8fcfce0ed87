/** One sale as a till would lead it through: asked until it ends, undone where it doesn't, given back where it was paid. */
import type { Direction } from '../core/gateways/gateway.ts';
import type { Exchange, Sale, Stand } from './stand.ts';

const rounds = 6;
const pauseMilliseconds = 5000;
/** Where a lost refund is sent again only if a second one can't fit (CASES 24), all of it is given back. */
const amountMinor = 1234;

/** Every exchange of one sale whose payer plays `script`, in order. */
export async function playSale(stand: Stand, direction: Direction, script: string): Promise<readonly Exchange[]> {
  const sale = stand.sale(direction, script, amountMinor);
  const exchanges: Exchange[] = [];
  const ask = async (call: Parameters<Stand['ask']>[0]) => {
    const exchange = await stand.ask(call, sale);
    exchanges.push(exchange);
    return exchange;
  };
  let end = endOf(await ask(direction === 'scan' ? 'pay' : 'present'));
  for (let round = 0; end === null && round < rounds; round += 1) {
    stand.clock.advance(pauseMilliseconds);
    if (stand.canQuery(sale)) end = endOf(await ask('query'));
    else if (mayPayAgain(stand, sale, round)) end = endOf(await ask('pay'));
  }
  for (let attempt = 0; end === null && attempt < 3 && stand.traits(sale).reverse !== null; attempt += 1) {
    end = endOf(await ask('reverse')) ?? (stand.canQuery(sale) ? endOf(await ask('query')) : null);
    stand.clock.advance(pauseMilliseconds);
  }
  if (end === 'paid' && mayRefund(stand, sale)) await giveBack(stand, sale, ask);
  return exchanges;
}

/** `paid` or `notPaid`; null while it is neither. A repeat's refusal is no end (CASES 2). */
export function endOf({ outcome, transmission }: Exchange): 'paid' | 'notPaid' | null {
  switch (outcome?.kind) {
    case 'paid':
      return 'paid';
    case 'reversed':
      return 'notPaid';
    case 'declined':
      return transmission > 1 && !outcome.aboutOrder ? null : 'notPaid';
    default:
      return null;
  }
}

function mayPayAgain(stand: Stand, sale: Sale, round: number): boolean {
  const { repeatPayWithinSeconds } = stand.gateway.capabilities;
  return sale.facts.direction === 'scan' && repeatPayWithinSeconds !== null && ((round + 1) * pauseMilliseconds) / 1000 <= repeatPayWithinSeconds;
}

export function mayRefund(stand: Stand, sale: Sale): boolean {
  const { refund } = stand.gateway.capabilities;
  return refund !== null && (refund.orderBy === 'attemptRef' || sale.facts.gatewayRef !== null);
}

async function giveBack(stand: Stand, sale: Sale, ask: (call: 'refund' | 'queryRefund') => Promise<Exchange>): Promise<void> {
  const parts = stand.gateway.capabilities.refund?.partial === true ? [334, 900] : [amountMinor];
  let given = 0;
  for (const part of parts) {
    sale.facts = { ...sale.facts, refund: stand.refundOf(sale, part, given) };
    if (await giveBackOnce(stand, sale, ask)) given += part;
  }
}

/** Whether the money went back, as far as the gateway says. */
async function giveBackOnce(stand: Stand, sale: Sale, ask: (call: 'refund' | 'queryRefund') => Promise<Exchange>): Promise<boolean> {
  let { outcome } = await ask('refund');
  for (let round = 0; round < rounds && outcome?.kind !== 'refunded' && outcome?.kind !== 'refundDeclined'; round += 1) {
    stand.clock.advance(pauseMilliseconds);
    if (stand.canQueryRefund(sale)) ({ outcome } = await ask('queryRefund'));
    // "Not there": the same number may be sent once more.
    else if (stand.gateway.capabilities.refund?.repeat === 'same') ({ outcome } = await ask('refund'));
    if (outcome?.kind === 'notFound' && stand.gateway.capabilities.refund?.repeat === 'same') ({ outcome } = await ask('refund'));
  }
  return outcome?.kind === 'refunded';
}
