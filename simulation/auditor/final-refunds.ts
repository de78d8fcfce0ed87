/** The last audit of refunds: the gateways' books, what was told, what was wished for, and the sums of all Zs. */
import { refundedMinor, type BookedRefund, type Order } from '../gateways/books.ts';
import type { FinalAudit } from './final-rules.ts';
import { tenders } from './ledger.ts';
import { askedByTheirNumber, isHeld, openRefundStates, openStates, sumOf, type SeenAttempt, type SeenRefund } from './seen.ts';

export function auditRefunds(audit: FinalAudit, orders: ReadonlyMap<string, Order>): void {
  for (const refund of audit.mirror.refunds.values()) if (refund.way === 'gateway') auditRefund(audit, refund, orders.get(refund.attempt.reference));
  for (const order of orders.values()) auditOrderRefunds(audit, order);
  for (const wish of audit.wishes) auditWish(audit, wish);
}

/** One refund against the gateway's books. */
export function auditRefund({ findings, refunds }: Pick<FinalAudit, 'findings' | 'refunds'>, refund: SeenRefund, order: Order | undefined): void {
  const { reference, state, amountMinor } = refund;
  const done = refunds.booked(refund, ['done']);
  const held = refunds.booked(refund, ['done', 'pending']);
  const entries = (order?.refunds ?? []).filter((one) => one.reference === reference && one.state !== 'failed').length;
  if (entries > 1) findings.broken('one refund for one wish', reference, `the gateway booked it ${entries} times`);
  if (state === 'refunded' && done !== amountMinor) findings.broken('told refunded without it', reference, `the gateway gave ${done} of ${amountMinor} back`);
  if (state === 'refused' && held > 0) findings.broken('told not refunded with it', reference, `the gateway gave ${held} back`);
  if (state === 'submitting' || state === 'unknown') findings.broken('liveness', reference, `${state} at the end of all faults`);
  const canAsk = canAskAbout(refund, order, 'done');
  if (state === 'pending' && done > 0 && (canAsk || !askedByTheirNumber.has(refund.attempt.gateway))) findings.broken('liveness', reference, 'pending at the end of all faults, and the gateway has given it back');
  if (state === 'settled' && refund.settledAs === 'notRefunded' && done > 0 && canAsk) findings.broken('CASES 17: recorded', reference, 'it was recorded as not given back, the gateway gave it back, and nobody is told');
}

/** Omipay and OMoney are asked by their own number, which a lost answer or an older copy of the journal leaves unknown: of two under one of ours, one can be asked about. */
function canAskAbout(refund: SeenRefund, order: Order | undefined, state: BookedRefund['state']): boolean {
  return askedByTheirNumber.has(refund.attempt.gateway) && order?.refunds.some((one) => one.number === refund.number && one.state === state) === true;
}

/** What of an attempt's money a person recorded as given back, and no gateway can say otherwise. */
export function saidMinor({ refunds }: FinalAudit, attempt: SeenAttempt, order: Order): number {
  return sumOf(attempt.refunds, (refund) => {
    if (refund.way === 'outside') return true;
    const isSaid = refund.state === 'settled' && refund.settledAs === 'refunded' && refunds.booked(refund, ['done']) === 0;
    // The order itself tells it at Shouqianba.
    return isSaid && refund.attempt.gateway !== 'shouqianba' && !canAskAbout(refund, order, 'failed');
  });
}

function auditOrderRefunds({ findings, mirror }: FinalAudit, order: Order): void {
  if (refundedMinor(order, ['done', 'pending']) > order.amountMinor) findings.broken('money 6: never more than was paid', order.reference, 'more was given back than was paid');
  for (const booked of order.refunds) {
    if (booked.by === 'portal' || booked.state === 'failed' || mirror.lost.has(booked.reference)) continue;
    const refund = mirror.refunds.get(booked.reference);
    if (refund === undefined) findings.broken('money 1: durable before sent', booked.reference, 'the gateway has a refund that the journal does not know');
    else if (refund.amountMinor !== booked.amountMinor) findings.broken('money 5: amounts', booked.reference, `the journal has ${refund.amountMinor}, the gateway ${booked.amountMinor}`);
  }
}

/** However often it was clicked, sent and answered: one wish is given back once. */
function auditWish({ findings, mirror, refunds, isRestored }: FinalAudit, wish: FinalAudit['wishes'][number]): void {
  if (isRestored) return;
  const made = [...mirror.refunds.values()].filter((refund) => refund.commandId !== null && wish.commandIds.has(refund.commandId));
  const given = made.reduce((sum, refund) => sum + (refund.way === 'gateway' ? refunds.booked(refund, ['done', 'pending']) : refund.amountMinor), 0);
  if (given > wish.amountMinor * wish.times) findings.broken('one refund for one wish', made.map(({ reference }) => reference).join(' and '), `${given} was given back of ${wish.amountMinor} that was asked for`);
}

// ---- the sums

/** All Zs and the open shift together are the gateways' books; what a person must look at, or recorded, stands apart. */
export function auditBooks(audit: FinalAudit, orders: ReadonlyMap<string, Order>): void {
  const { findings, mirror, ledger, shifts, isRestored } = audit;
  if (isRestored) return;
  const apart = new Set<string>();
  const booked = new Map<string, number>();
  for (const [paymentId, attempts] of mirror.ofPayment) {
    if (isApart(attempts, orders)) {
      apart.add(paymentId);
      continue;
    }
    for (const { reference, gateway } of attempts) {
      const order = orders.get(reference);
      if (order !== undefined) booked.set(gateway, (booked.get(gateway) ?? 0) + (order.isCharged ? order.amountMinor : 0) - refundedMinor(order, ['done']));
    }
  }
  const open = tenders(ledger.within(shifts.closedSequence, Number.POSITIVE_INFINITY));
  const without = tenders(ledger.moves.filter(({ paymentId }) => paymentId !== null && apart.has(paymentId)));
  for (const gateway of new Set([...booked.keys(), ...open.keys()])) {
    if (gateway === 'cash') continue;
    const closed = shifts.reports.flatMap(({ sums }) => sums.tenders).filter((tender) => tender.gateway === gateway);
    const all = closed.reduce((sum, { salesMinor, refundsMinor }) => sum + salesMinor - refundsMinor, 0) + net(open.get(gateway)) - net(without.get(gateway));
    if (all !== (booked.get(gateway) ?? 0)) findings.broken('Zs and books', gateway, `all Zs and the open shift have ${all}, the gateway's books ${booked.get(gateway) ?? 0}`);
  }
}

function isApart(attempts: readonly SeenAttempt[], orders: ReadonlyMap<string, Order>): boolean {
  return attempts.some((attempt) => {
    const hasPortal = orders.get(attempt.reference)?.refunds.some(({ by }) => by === 'portal') === true;
    const isUnsure = openStates.has(attempt.state) || attempt.state === 'lapsed' || attempt.state === 'settled' || attempt.isForeign;
    return hasPortal || isUnsure || attempt.refunds.some((refund) => openRefundStates.has(refund.state) || refund.state === 'settled' || (refund.isUndo && isHeld(refund)));
  });
}

function net(total: { readonly salesMinor: number; readonly refundsMinor: number } | undefined): number {
  return total === undefined ? 0 : total.salesMinor - total.refundsMinor;
}
