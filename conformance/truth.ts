/** Holds what a gateway made of an answer against what the simulator has booked: the outcome must be so. */
import type { Exchange, Stand } from './stand.ts';

const withoutMoney: ReadonlySet<string> = new Set(['refused', 'error', 'cancelled', 'refunded']);

/** What is told and isn't so; one sentence each. */
export function untruths(stand: Stand, exchange: Exchange): readonly string[] {
  return [...wrongBooking(exchange), ...wrongOutcome(stand, exchange), ...leaks(stand, exchange)].map((text) => `${exchange.call}${exchange.fault === null ? '' : ` (${exchange.fault})`}: ${text}`);
}

/** The simulator takes only what its document allows, and books what was meant. */
function wrongBooking({ order, facts, refusedAs }: Exchange): readonly string[] {
  if (refusedAs !== null) return [`the simulator refused the request itself: ${refusedAs}`];
  if (order === null) return [];
  const found: string[] = [];
  if (order.amount !== facts.amount.minor || order.currency !== facts.amount.currency) found.push(`booked as ${order.amount} ${order.currency}, asked for ${facts.amount.minor} ${facts.amount.currency}`);
  if (order.timesCharged > 1) found.push(`charged ${order.timesCharged} times`);
  return found;
}

function wrongOutcome(stand: Stand, exchange: Exchange): readonly string[] {
  const { outcome, order, facts, fault, transmission } = exchange;
  const charged = (order?.timesCharged ?? 0) > 0;
  const ours = order?.refunds.filter((entry) => entry.reference === facts.refund?.refundRef) ?? [];
  switch (outcome?.kind) {
    case undefined:
    case 'waiting':
    case 'unknown':
      return [];
    case 'paid':
      // Words about another's order with our number are the engine's to judge (CASES 5).
      return charged || (outcome.saysAlreadyPaid && fault === 'says') ? [] : ['told paid, and no money was taken'];
    case 'shown':
      return order?.shown?.content === outcome.qr ? [] : ['shown is another code than the order’s'];
    case 'declined':
      // A repeat's refusal speaks of the repeat (CASES 2); a code that was never shown is paid by nobody.
      if (exchange.call === 'present' || (transmission > 1 && !outcome.aboutOrder)) return [];
      return order === null || withoutMoney.has(order.state) ? [] : [`told declined, and the order is ${order.state}`];
    case 'reversed':
      return order === null || withoutMoney.has(order.state) ? [] : [`told undone, and the order is ${order.state}`];
    case 'notFound':
      return (exchange.call === 'queryRefund' ? ours.length === 0 : order === null) || fault === 'says' ? [] : ['told not there, and it is booked'];
    case 'refunded':
      return isGivenBack(stand, exchange) ? [] : [`told given back, and the book has ${JSON.stringify(ours.map(({ phase, amount }) => [phase, amount]))}`];
    case 'refundPending':
      // Taken, whatever becomes of it: it may have failed in the next moment.
      return ours.some(({ amount }) => amount === facts.refund?.amount.minor) || fault === 'says' ? [] : ['told taken, and no such refund is booked'];
    case 'refundDeclined': {
      // What the network doubled is refused the second time where nothing promises that it is the same (CASES 24).
      const doubled = fault === 'processedTwice' && stand.gateway.capabilities.refund?.repeat !== 'same';
      if (doubled || (transmission > 1 && !outcome.aboutRefund)) return [];
      return ours.every(({ phase }) => phase === 'failed') ? [] : ['told refused, and the money goes back'];
    }
  }
}

/** Once, where one number is one refund; what the network doubled elsewhere can't be told from an answer (CASES 24). */
function isGivenBack({ gateway }: Stand, { order, facts }: Exchange): boolean {
  const ours = order?.refunds.filter((entry) => entry.reference === facts.refund?.refundRef) ?? [];
  const isOne = gateway.capabilities.refund?.repeat === 'same' ? ours.length === 1 : ours.length > 0;
  return isOne && ours.every(({ phase, amount }) => phase === 'done' && amount === facts.refund?.amount.minor);
}

/** Neither secret nor token nor payment code in what is kept. */
function leaks(stand: Stand, { outcome, facts }: Exchange): readonly string[] {
  const text = JSON.stringify(outcome) ?? '';
  const secrets = [...stand.secrets, ...(stand.token === null ? [] : [stand.token]), ...(facts.code === null ? [] : [facts.code])];
  return secrets.some((secret) => text.includes(secret)) ? ['a secret or the payment code stands in the outcome'] : [];
}
