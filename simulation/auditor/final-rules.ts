/** The last audit, when nothing moves any more: the gateways' books and the wallets against the journal, and the journal against itself. */
import { createHash } from 'node:crypto';
import { verifyJournal } from '../../core/journal/verify.ts';
import type { Findings } from '../findings.ts';
import { refundedMinor, type Books, type Order } from '../gateways/books.ts';
import type { Payers } from '../gateways/payers.ts';
import type { Disk } from '../disk.ts';
import type { Wish } from '../returns.ts';
import type { Basket } from '../workload.ts';
import { auditBooks, auditRefunds, saidMinor } from './final-refunds.ts';
import type { Ledger } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import type { RefundRules } from './refund-rules.ts';
import { knowsTheirNumber, openStates, type SeenAttempt } from './seen.ts';
import type { ShiftRules } from './shift-rules.ts';

export interface FinalAudit {
  readonly findings: Findings;
  readonly mirror: Mirror;
  readonly ledger: Ledger;
  readonly refunds: RefundRules;
  readonly shifts: ShiftRules;
  readonly wishes: readonly Wish[];
  /** An older copy of the journal came back: what it lacks can be in no sum. */
  readonly isRestored: boolean;
  readonly books: readonly Books[];
  readonly payers: Payers;
  readonly baskets: readonly Basket[];
  readonly disk: Disk;
}

export function auditAtTheEnd(audit: FinalAudit): void {
  const orders = new Map(audit.books.flatMap((books) => [...books.orders]));
  for (const [paymentId, attempts] of audit.mirror.ofPayment) auditPayment(audit, paymentId, attempts, orders);
  for (const order of orders.values()) auditOrder(audit, order);
  for (const basket of audit.baskets) auditBasket(audit, basket, [...orders.values()]);
  auditRefunds(audit, orders);
  auditBooks(audit, orders);
  auditWallets(audit, [...orders.values()]);
  auditChain(audit);
  auditProjections(audit);
}

// ---- money

function auditPayment(audit: FinalAudit, paymentId: string, attempts: readonly SeenAttempt[], orders: ReadonlyMap<string, Order>): void {
  const { findings, mirror } = audit;
  const kept = attempts.filter((attempt) => orders.get(attempt.reference)?.isCharged === true || attempt.gateway === 'cash');
  const verdict = mirror.verdict(paymentId);
  const paid = attempts.filter((attempt) => attempt.state === 'paid');
  if (paid.length > 1) findings.broken('charged twice', paymentId, `${paid.length} attempts of one payment are paid`);
  for (const attempt of paid) if (!kept.includes(attempt)) findings.broken('told paid without money', attempt.reference, `its order is ${orders.get(attempt.reference)?.state ?? 'unknown to the gateway'}`);
  for (const attempt of kept) {
    const order = orders.get(attempt.reference);
    const isGivenBack = order === undefined || refundedMinor(order, ['done']) + saidMinor(audit, attempt, order) >= order.amountMinor;
    const isRecorded = attempt.state === 'settled';
    if (isRecorded && attempt.settledAs === 'notPaid' && !isGivenBack && isStillTold(attempt, order)) findings.broken('CASES 17: recorded', attempt.reference, 'it was recorded as not paid, the gateway keeps the money, and nobody is told');
    // Nobody asks about what has lapsed: what was paid before is heard, and what was paid since is on a statement at most.
    const isLostSight = attempt.state === 'lapsed' && (order === undefined || !order.canBeAsked || order.changedAt > (attempt.lapsedAt ?? 0) - 60_000);
    if (attempt.state !== 'paid' && attempt.state !== 'review' && !isLostSight && !isRecorded && !isGivenBack) {
      findings.broken('told not paid with money', attempt.reference, `the gateway keeps the money, the journal says ${attempt.state}, the verdict is ${verdict}`);
    }
  }
  for (const attempt of attempts) {
    if (openStates.has(attempt.state) && attempt.state !== 'review') findings.broken('liveness', attempt.reference, `${attempt.state} at the end of all faults`);
  }
}

/** False where the gateway can't be asked, or its words say neither: of an order of which a part went back UMS says TRADE_REFUND alone. */
function isStillTold(attempt: SeenAttempt, order: Order): boolean {
  return order.canBeAsked && knowsTheirNumber(attempt) && !cameAfterAllLooks(attempt, order) && !(attempt.gateway === 'ums' && order.refunds.length > 0);
}

/** What a person recorded is looked at for a week (CASES 17). */
const looksLastMilliseconds = 7 * 86_400_000 - 3_600_000;

/** True where money came after what a person recorded was looked at: the next look is at most a day later. */
export function waitsForNextLook(attempt: SeenAttempt, order: Order): boolean {
  return attempt.state === 'settled' && attempt.settledAs === 'notPaid' && order.isCharged && !wasHeard(attempt, order);
}

function wasHeard(attempt: SeenAttempt, order: Order): boolean {
  return attempt.transmissions.some((sent) => sent.end === 'intact' && sent.sentAt >= order.changedAt);
}

/** Money of the days after the last look is heard of by a notice or a statement at most. */
function cameAfterAllLooks(attempt: SeenAttempt, order: Order): boolean {
  return !wasHeard(attempt, order) && order.changedAt > (attempt.settledAt ?? 0) + looksLastMilliseconds;
}

function auditOrder({ findings, mirror }: FinalAudit, order: Order): void {
  if (order.isForeign || mirror.lost.has(order.reference)) return;
  const attempt = mirror.attempts.get(order.reference);
  if (attempt === undefined) findings.broken('money 1: durable before sent', order.reference, 'the gateway has an order that the journal does not know');
  else if (attempt.amountMinor !== order.amountMinor) findings.broken('money 5: amounts', order.reference, `the journal has ${attempt.amountMinor}, the gateway ${order.amountMinor}`);
}

/** Money rule 4: what one customer came for is paid at most once, or the rest is a loud review. */
function auditBasket({ findings, mirror }: FinalAudit, basket: Basket, orders: readonly Order[]): void {
  if (!basket.isHonest) return;
  const charged = orders.filter((order) => order.isCharged && basket.codes.has(order.code));
  const quiet = charged.filter((order) => mirror.attempts.get(order.reference)?.state === 'paid');
  if (quiet.length > 1) findings.broken('charged twice', quiet.map((order) => order.reference).join(' and '), 'one customer paid one sale twice, and nobody is told');
}

/** Money doesn't appear or vanish: the wallets lost what the gateways' books have. */
function auditWallets({ findings, payers }: FinalAudit, orders: readonly Order[]): void {
  for (const payer of payers.all) {
    const charged = orders.reduce((sum, order) => sum + (order.payer === payer ? (order.isCharged ? order.amountMinor : 0) - refundedMinor(order, ['done']) : 0), 0);
    if (payer.balanceAtFirst - charged !== payer.balanceMinor) findings.broken('wallets and books', payer.id, `it had ${payer.balanceAtFirst}, has ${payer.balanceMinor}, and paid ${charged}`);
  }
}

// ---- the journal

/** Money rule 10, by the documented formula and nothing of the till's own. */
function auditChain({ findings, disk }: FinalAudit): void {
  let hash = '0'.repeat(64);
  let sequence = 0;
  for (const row of disk.rows) {
    sequence += 1;
    const own = createHash('sha256').update(JSON.stringify([row.sequence, row.at, row.aggregate, row.type, row.payload, hash])).digest('hex');
    if (row.sequence !== sequence || row.previousHash !== hash || row.hash !== own) {
      findings.broken('money 10: chain', `row ${sequence}`, 'it does not follow from the rows before it');
      return;
    }
    hash = own;
  }
}

/** The projections are what the rows alone make of them: by the till's own `verify`, and the verdicts once more from outside. */
function auditProjections({ findings, disk, mirror }: FinalAudit): void {
  const state = verifyJournal(disk, disk.projections());
  if (state.kind === 'broken') findings.broken('money 10: projections', `row ${state.sequence}`, state.why);
  for (const [paymentId, stored] of disk.paymentRecords) {
    const isOpen = (mirror.ofPayment.get(paymentId) ?? []).some((attempt) => openStates.has(attempt.state));
    const verdict = mirror.verdict(paymentId);
    if (stored.open !== isOpen || stored.verdict !== verdict) findings.broken('money 10: projections', paymentId, `it has ${stored.verdict}, open ${stored.open}; its rows say ${verdict}, open ${isOpen}`);
  }
}
