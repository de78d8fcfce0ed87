/** A journal as years of selling leave it: real events that fold, a valid chain, made quickly and always the same. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { journalFileName } from '../adapters/journal/database.ts';
import { migrations } from '../adapters/journal/migrations.ts';
import { ProjectionWriter } from '../adapters/journal/projections.ts';
import { writes } from '../adapters/journal/statements.ts';
import { makePrivateFolder } from '../adapters/files.ts';
import type { Outcome } from '../core/gateways/gateway.ts';
import { firstHash, rowHash } from '../core/journal/chain.ts';
import { commandOf, isAboutRefund, stateAfter } from '../core/journal/journal.ts';
import { isPaid, moveOf, paymentRecord, refundRecord } from '../core/journal/projection.ts';
import type { PaymentRecord, ProjectionChanges, RefundRecord } from '../core/journal/storage.ts';
import { makeAmount } from '../core/money/amount.ts';
import type { AttemptCreated, CashTaken, EventTime, PaymentEvent } from '../core/payment/events.ts';
import { stepPayment, type Payment } from '../core/payment/payment.ts';
import type { RefundCreated } from '../core/refund/events.ts';

/** What the generator tells of its journal, so that a benchmark can ask for something that is there. */
export interface BigJournal {
  readonly folder: string;
  readonly payments: number;
  readonly rows: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** An operator of some twenty payments. */
  readonly rareOperator: string;
}

const paymentsOfDay = 1000;
const dayMilliseconds = 86_400_000;
const secondsBetween = 43;
export const rareOperator = 'QZ7RARE00001';
const people = [['A1KUAN000001', '李伟'], ['A1KUAN000002', '王芳'], ['A1KUAN000003', 'Alex'], ['A1KUAN000004', '张敏'], ['A1KUAN000005', '刘洋']] as const;
const policy = { connectSeconds: 5, answerTimeoutSeconds: 15, firstQueryAfterSeconds: 3, pollIntervalSeconds: 3, questionSeconds: 30, deadlineSeconds: 45, reverseNotBeforeSeconds: 15 } as const;
const wallets = ['wechat', 'alipay', 'wechat', 'alipay', 'unionpay'] as const;
/** Some amounts are common, most are not. */
const commonAmounts = [1000, 1500, 2000, 3850] as const;
const digits = '0123456789';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * Makes the journal of `payments` payments, a thousand a day, in `folder`; a folder that has one already keeps it. A tenth is
 * cash, a fiftieth is refunded in part, a few are declined. Some 60 µs a payment.
 */
export function makeBigJournal(folder: string, payments: number, lastDay = '2026-11-21'): BigJournal {
  // Ten in the morning in Shanghai.
  const lastMorning = Date.parse(`${lastDay}T10:00:00+08:00`);
  makePrivateFolder(folder);
  const path = join(folder, journalFileName);
  if (!existsSync(path)) {
    const unfinished = `${path}.making`;
    rmSync(unfinished, { force: true });
    fill(unfinished, payments, lastMorning);
    renameSync(unfinished, path);
  }
  const database = new Database(path, { readonly: true });
  const rows = database.prepare('SELECT max(sequence) FROM events').pluck().get() as number;
  database.close();
  return { folder, payments, rows, firstDay: dayOf(startOf(0, payments, lastMorning)), lastDay, rareOperator };
}

function fill(path: string, payments: number, lastMorning: number): void {
  const database = new Database(path);
  // Nobody needs this file if the power fails meanwhile: all of it is made anew.
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -500000', 'temp_store = MEMORY']) database.pragma(pragma);
  for (const { tables } of migrations) database.exec(tables);
  database.pragma(`user_version = ${migrations.length}`);
  // Indexes are sorted once at the end; those that writing itself asks are kept.
  const kept = new Set(['payment_references_payment']);
  const indexes = (database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all() as { name: string; sql: string }[]).filter(({ name }) => !kept.has(name));
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  database.exec(writes.begin);
  const maker = new Maker(database, lastMorning);
  for (let index = 0; index < payments; index += 1) maker.makePayment(index, payments);
  database.exec(writes.commit);
  for (const { sql } of indexes) database.exec(sql);
  database.pragma('synchronous = FULL');
  database.pragma('journal_mode = WAL');
  database.close();
}

class Maker {
  readonly #addEvent: Database.Statement;
  readonly #projections: ProjectionWriter;
  readonly #lastMorning: number;
  readonly #random = new QuickRandom();
  #sequence = 0;
  #hash = firstHash;

  constructor(database: Database.Database, lastMorning: number) {
    this.#lastMorning = lastMorning;
    const prepared: Partial<Record<keyof typeof writes, Database.Statement>> = {};
    for (const name of Object.keys(writes) as (keyof typeof writes)[]) prepared[name] = database.prepare(writes[name]);
    const all = prepared as Record<keyof typeof writes, Database.Statement>;
    this.#addEvent = all.addEvent;
    this.#projections = new ProjectionWriter(all);
  }

  makePayment(index: number, payments: number): void {
    const wall = startOf(index, payments, this.#lastMorning);
    const time: EventTime = { wall, monotonic: wall - startOf(0, payments, this.#lastMorning) };
    const rare = index % Math.max(1, Math.floor(payments / 20)) === 7;
    const [operatorId, name] = rare ? [rareOperator, 'Rare'] : (people[this.#random.below(people.length)] ?? people[0]);
    const by = { operatorId, name };
    const common = {
      time, paymentId: this.#random.text(20, letters), firstAttempt: true, number: numberOf(index, wall), day: dayOf(wall), hour: hourOf(wall),
      saleRef: this.#random.below(10) === 0 ? `WEB-${this.#random.text(8, digits)}` : null, subject: 'Corner shop', by, terminalId: 'T01',
    };
    const minor = this.#random.below(5) === 0 ? (commonAmounts[this.#random.below(commonAmounts.length)] ?? 1000) : 100 + this.#random.below(60_000);
    const amount = makeAmount(minor, 'CNY');
    if (this.#random.below(10) === 0) {
      const cash: CashTaken = { type: 'cashTaken', ...common, attemptRef: this.#random.text(13, digits), commandId: this.#random.text(20, letters), amount, roundingMinor: 0, receivedMinor: minor };
      this.#append([cash]);
      return;
    }
    const wallet = wallets[this.#random.below(wallets.length)] ?? 'wechat';
    const attemptRef = `S${this.#random.text(15, digits)}`;
    const created: AttemptCreated = {
      type: 'attemptCreated', ...common, attemptRef, commandId: this.#random.text(20, letters), amount, gateway: 'shouqianba',
      identity: { origin: 'https://vsi-api.shouqianba.com', account: '100000000000001' },
      traits: { queryBy: 'attemptRef', reverse: { undoesPaid: true, onlyOnDayAtOffsetMinutes: 480 }, repeatPayWithinSeconds: null },
      policy, codeHash: this.#random.text(64, '0123456789abcdef'), direction: 'scan', showFor: null, last4: this.#random.text(4, digits), wallet, scanned: time.monotonic, operator: name,
    };
    const declined = this.#random.below(5000) === 0;
    const events: PaymentEvent[] = [created, this.#answered(created, declined ? declinedOutcome() : this.#paidOutcome(created))];
    if (!declined && this.#random.below(50) === 0) events.push(...this.#refunded(created, Math.ceil(minor / 3)));
    this.#append(events);
  }

  #answered(created: AttemptCreated, outcome: Outcome): PaymentEvent {
    const { wall, monotonic } = created.time;
    return { type: 'answered', time: { wall: wall + 640, monotonic: monotonic + 640 }, attemptRef: created.attemptRef, call: 'pay', outcome, durationMilliseconds: 640, gatewayClock: wall };
  }

  #paidOutcome(created: AttemptCreated): Outcome {
    const date = dayOf(created.time.wall).replaceAll('-', '');
    const walletRef = created.wallet === 'alipay' ? `${date}22001${this.#random.text(15, digits)}` : `4200002${this.#random.text(3, digits)}${date}${this.#random.text(10, digits)}`;
    const order = { gatewayRef: `7894${this.#random.text(12, digits)}`, walletRef, wallet: created.wallet, payerId: this.#random.text(28, letters), paidAt: created.time.wall + 600 };
    return { kind: 'paid', order, aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence: { code: 'PAY_SUCCESS', words: null } };
  }

  #refunded(created: AttemptCreated, minor: number): readonly PaymentEvent[] {
    const wall = created.time.wall + 20 * 60_000;
    const time = { wall, monotonic: created.time.monotonic + 20 * 60_000 };
    const { attemptRef, by } = created;
    const refundRef = `R${this.#random.text(15, digits)}`;
    const refund: RefundCreated = {
      type: 'refundCreated', time, refundRef, attemptRef, amount: makeAmount(minor, 'CNY'), way: 'gateway', reason: '顾客退货', by, approvedBy: by, automatic: false, found: false, foundReference: null,
      commandId: this.#random.text(20, letters), day: dayOf(wall), hour: hourOf(wall), traits: { queryBy: 'refundRef', mayRepeat: true, limitMeansDone: false }, connectSeconds: 5, answerTimeoutSeconds: 15,
    };
    const outcome: Outcome = { kind: 'refunded', refund: { gatewayRefundRef: `7895${this.#random.text(12, digits)}`, refundedAt: wall }, evidence: { code: 'REFUND_SUCCESS', words: null } };
    return [refund, { type: 'refundAnswered', time: { wall: wall + 500, monotonic: time.monotonic + 500 }, refundRef, attemptRef, call: 'refund', outcome, durationMilliseconds: 500 }];
  }

  /** The rows of one payment; its projections as they are after the last of them. */
  #append(events: readonly PaymentEvent[]): void {
    let payment: Payment | null = null;
    let record: PaymentRecord | null = null;
    const refunds = new Map<string, RefundRecord>();
    const moves: ProjectionChanges['moves'][number][] = [];
    const commands: ProjectionChanges['commands'][number][] = [];
    for (const event of events) {
      const before: Payment | null = payment;
      const stepped = stepPayment(before, event);
      payment = stepped.payment;
      this.#addRow(payment.paymentId, event, { event, state: stateAfter(payment, event), send: stepped.send?.call ?? null });
      record = paymentRecord(payment, this.#sequence, payment.attempts.some(isPaid) ? (record?.paidSequence ?? null) : null);
      const refund = isAboutRefund(event) ? payment.refunds.find((one) => one.created.refundRef === event.refundRef) : undefined;
      if (refund !== undefined) refunds.set(refund.created.refundRef, refundRecord(payment, refund, this.#sequence, refunds.get(refund.created.refundRef) ?? null));
      const move = moveOf(before, payment, this.#sequence);
      if (move !== null) moves.push(move);
      const commandId = commandOf(event);
      if (commandId !== null) commands.push({ commandId, aggregate: payment.paymentId });
    }
    this.#projections.apply({ payments: record === null ? [] : [record], refunds: [...refunds.values()], moves, shifts: [], printJobs: [], commands });
  }

  #addRow(aggregate: string, event: PaymentEvent, payload: object): void {
    const row = { sequence: this.#sequence + 1, at: event.time.wall, aggregate, type: event.type, payload: JSON.stringify(payload), previousHash: this.#hash };
    this.#sequence = row.sequence;
    this.#hash = rowHash(row);
    this.#addEvent.run(row.sequence, row.at, row.aggregate, row.type, row.payload, row.previousHash, this.#hash);
  }
}

function declinedOutcome(): Outcome {
  return { kind: 'declined', reason: 'insufficientBalance', aboutOrder: true, order: null, evidence: { code: 'PAY_FAIL/INSUFFICIENT_FUND', words: '余额不足' } };
}

/** The last payment is the last of the last day's morning; days before are full. */
function startOf(index: number, payments: number, lastMorning: number): number {
  const fromEnd = payments - 1 - index;
  const day = Math.floor(fromEnd / paymentsOfDay);
  const place = paymentsOfDay - 1 - (fromEnd % paymentsOfDay);
  return lastMorning - day * dayMilliseconds + place * secondsBetween * 1000;
}

/** The clock of Shanghai, which never changes. */
function shopTime(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString();
}

function dayOf(instant: number): string {
  return shopTime(instant).slice(0, 10);
}

function hourOf(instant: number): number {
  return Number(shopTime(instant).slice(11, 13));
}

function numberOf(index: number, instant: number): string {
  return `T01-${dayOf(instant).slice(2).replaceAll('-', '')}-${String((index % paymentsOfDay) + 1).padStart(4, '0')}`;
}

/** Numbers that look random and are the same every time. */
class QuickRandom {
  #state = 0x9e3779b9;

  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }

  text(length: number, alphabet: string): string {
    let text = '';
    for (let count = 0; count < length; count += 1) text += alphabet.charAt(this.below(alphabet.length));
    return text;
  }
}
