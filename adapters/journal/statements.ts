/** Every look-up of the journal as SQL: each is answered by equality or range on an index, never by a scan (DESIGN.md 5). */
import type { PaymentQuery } from '../../core/journal/storage.ts';

const list = (table: string): string =>
  `(SELECT json_group_array(side.value ORDER BY side.position) FROM ${table} AS side WHERE side.payment_id = payments.payment_id)`;

const payment = `SELECT payment_id AS paymentId, number, day, started_at AS startedAt, amount_minor AS amountMinor, currency,
  gateway, state, verdict, taken_up AS takenUp, open, paid_sequence AS paidSequence, sale_ref AS saleRef,
  last_sequence AS lastSequence, ${list('payment_references')} AS refs, ${list('payment_codes')} AS codes,
  ${list('payment_payers')} AS payers FROM payments`;

const oldestFirst = 'ORDER BY started_at, number';

/** By kind of query. Answers are ordered oldest first; `newest` newest first. */
export const paymentLookups: Readonly<Record<PaymentQuery['by'], string>> = {
  paymentId: `${payment} WHERE payment_id = ?`,
  reference: `${payment} WHERE payment_id IN (SELECT payment_id FROM payment_references WHERE value = ?) ${oldestFirst}`,
  codeHash: `${payment} WHERE payment_id IN (SELECT payment_id FROM payment_codes WHERE value = ?) ${oldestFirst}`,
  payerId: `${payment} WHERE payment_id IN (SELECT payment_id FROM payment_payers WHERE value = ? AND started_at >= ?) ${oldestFirst}`,
  saleRef: `${payment} WHERE sale_ref = ? ${oldestFirst}`,
  takenUp: `${payment} WHERE taken_up = 1 ${oldestFirst}`,
  day: `${payment} WHERE day = ? ${oldestFirst}`,
  amount: `${payment} WHERE amount_minor = ? AND currency = ? AND started_at >= ? ${oldestFirst}`,
  // The bound takes nothing away: it makes this a range on the index that ends after `count` rows.
  newest: `${payment} WHERE started_at <= ${Number.MAX_SAFE_INTEGER} ORDER BY started_at DESC, number DESC LIMIT ?`,
};

const event = 'SELECT sequence, at, aggregate, type, payload, previous_hash AS previousHash, hash FROM events';
const printJob = 'SELECT job_id AS jobId, payment_id AS paymentId, state, queued_at AS queuedAt FROM print_jobs';

export const otherLookups = {
  head: 'SELECT sequence, hash FROM events WHERE sequence = (SELECT max(sequence) FROM events)',
  rowsOf: `${event} WHERE aggregate = ? ORDER BY sequence`,
  rowsAfter: `${event} WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  countOfDay: 'SELECT count(*) FROM payments WHERE day = ?',
  printJobsOfPayment: `${printJob} WHERE payment_id = ? ORDER BY queued_at, job_id`,
  printJobsUnfinished: `${printJob} WHERE unfinished = 1 ORDER BY queued_at, job_id`,
  paymentOfCommand: 'SELECT payment_id FROM commands WHERE command_id = ?',
} as const;

/** Whole tables in the order of their keys, for `verify` alone: these do scan. */
export const dumps = {
  payments: `${payment} ORDER BY payment_id`,
  printJobs: `${printJob} ORDER BY job_id`,
  commands: 'SELECT command_id AS commandId, payment_id AS paymentId FROM commands ORDER BY command_id',
} as const;

const putValue = (table: string): string =>
  // An unchanged value touches no page.
  `INSERT INTO ${table} (payment_id, position, value) VALUES (?, ?, ?)
   ON CONFLICT (payment_id, position) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`;

export const writes = {
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  addEvent: 'INSERT INTO events (sequence, at, aggregate, type, payload, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  putPayment: `INSERT INTO payments (payment_id, number, day, started_at, amount_minor, currency, gateway, state, verdict,
      taken_up, open, paid_sequence, sale_ref, last_sequence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (payment_id) DO UPDATE SET number = excluded.number, day = excluded.day, started_at = excluded.started_at,
      amount_minor = excluded.amount_minor, currency = excluded.currency, gateway = excluded.gateway, state = excluded.state,
      verdict = excluded.verdict, taken_up = excluded.taken_up, open = excluded.open, paid_sequence = excluded.paid_sequence,
      sale_ref = excluded.sale_ref, last_sequence = excluded.last_sequence`,
  putReference: putValue('payment_references'),
  cutReferences: 'DELETE FROM payment_references WHERE payment_id = ? AND position >= ?',
  putCode: putValue('payment_codes'),
  cutCodes: 'DELETE FROM payment_codes WHERE payment_id = ? AND position >= ?',
  putPayer: `INSERT INTO payment_payers (payment_id, position, value, started_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (payment_id, position) DO UPDATE SET value = excluded.value, started_at = excluded.started_at
    WHERE value <> excluded.value OR started_at <> excluded.started_at`,
  cutPayers: 'DELETE FROM payment_payers WHERE payment_id = ? AND position >= ?',
  putPrintJob: `INSERT INTO print_jobs (job_id, payment_id, state, queued_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (job_id) DO UPDATE SET payment_id = excluded.payment_id, state = excluded.state, queued_at = excluded.queued_at`,
  addCommand: 'INSERT INTO commands (command_id, payment_id) VALUES (?, ?)',
} as const;

/** The projections' tables, those that point at others first. */
export const projectionTables = ['payment_references', 'payment_codes', 'payment_payers', 'payments', 'print_jobs', 'commands'] as const;
