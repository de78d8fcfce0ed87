/** Every plain look-up and write of the journal as SQL: each look-up is answered by equality or range on an index, never by a scan (DESIGN.md 5). */
import type { PaymentQuery } from '../../core/journal/storage.ts';

const list = (table: string): string => `(SELECT json_group_array(side.value ORDER BY side.position) FROM ${table} AS side WHERE side.payment = payments.row)`;

const references = `(SELECT json_group_array(json_object('value', side.value, 'kind', side.kind)) FROM payment_references AS side WHERE side.payment = payments.row)`;

const payment = `SELECT payments.row AS row, payment_id AS paymentId, number, day, hour, started_at AS startedAt, amount_minor AS amountMinor, currency, gateway, wallet,
  last4, state, verdict_or_way AS verdict, operator_id AS operatorId, aside AS foreignTill, settled_as AS settledAs, refunded_minor AS refundedMinor,
  refund_open_minor AS refundOpenMinor, taken_up AS takenUp, open, paid_sequence AS paidSequence, sale_ref AS saleRef, last_sequence AS lastSequence,
  ${references} AS refs, ${list('payment_codes')} AS codes, ${list('payment_payers')} AS payers
  FROM payments JOIN facets ON facets.facet = payments.facet`;

const refund = `SELECT refunds.row AS row, refunds.payment AS paymentRow, refund_ref AS refundRef, gateway_refund_ref AS gatewayRefundRef, payment_id AS paymentId, refunds.number AS number, refunds.day AS day, refunds.hour AS hour,
  refunds.started_at AS startedAt, refunds.amount_minor AS amountMinor, currency, gateway, wallet, verdict_or_way AS way, state, settled_as AS settledAs, open,
  aside AS undo, operator_id AS operatorId, approved_by_id AS approvedById, refunded_sequence AS refundedSequence, refunds.last_sequence AS lastSequence
  FROM refunds JOIN payments ON payments.row = refunds.payment JOIN facets ON facets.facet = refunds.facet`;

const oldestFirst = 'ORDER BY payments.started_at, number, payment_id';
const oldestRefundFirst = 'ORDER BY refunds.started_at, refund_ref';

/** By kind of query. Answers are ordered oldest first; `newest` newest first. */
export const paymentLookups: Readonly<Record<PaymentQuery['by'], string>> = {
  paymentId: `${payment} WHERE payment_id = ?`,
  // Both collations: the index folds case, the look-up of a whole reference doesn't.
  reference: `${payment} WHERE payments.row IN (SELECT payment FROM payment_references WHERE value = ? COLLATE NOCASE AND value = ? COLLATE BINARY) ${oldestFirst}`,
  codeHash: `${payment} WHERE payments.row IN (SELECT payment FROM payment_codes WHERE value = ?) ${oldestFirst}`,
  payerId: `${payment} WHERE payments.row IN (SELECT payment FROM payment_payers WHERE value = ? AND started_at >= ?) ${oldestFirst}`,
  saleRef: `${payment} WHERE sale_ref = ? ${oldestFirst}`,
  takenUp: `${payment} WHERE taken_up = 1 ${oldestFirst}`,
  day: `${payment} WHERE day = ? ${oldestFirst}`,
  amount: `${payment} WHERE amount_minor = ? AND currency = ? AND payments.started_at >= ? ${oldestFirst}`,
  // The bound takes nothing away: it makes this a range on the index that ends after `count` rows.
  newest: `${payment} WHERE payments.started_at <= ${Number.MAX_SAFE_INTEGER} ORDER BY payments.started_at DESC, number DESC, payment_id DESC LIMIT ?`,
};

const event = 'SELECT sequence, at, aggregate, type, payload, previous_hash AS previousHash, hash FROM events';
const printJob = 'SELECT job_id AS jobId, payment_id AS paymentId, state, queued_at AS queuedAt FROM print_jobs';
const move = 'SELECT sequence, kind, payment_id AS paymentId, refund_ref AS refundRef, gateway, wallet, currency, minor, operator_id AS operatorId FROM moves';
const shift = 'SELECT number, opened_sequence AS openedSequence, closed_sequence AS closedSequence FROM shifts';

export const otherLookups = {
  head: 'SELECT sequence, hash FROM events WHERE sequence = (SELECT max(sequence) FROM events)',
  rowsOf: `${event} WHERE aggregate = ? ORDER BY sequence`,
  rowsAfter: `${event} WHERE sequence > ? ORDER BY sequence LIMIT ?`,
  rowsOfType: `${event} WHERE sequence > ? AND type = ? ORDER BY sequence`,
  row: `${event} WHERE sequence = ?`,
  countOfDay: 'SELECT count(*) FROM payments WHERE day = ?',
  refundsOfPayment: `${refund} WHERE refunds.payment = (SELECT row FROM payments WHERE payment_id = ?) ${oldestRefundFirst}`,
  refundByRef: `${refund} WHERE refund_ref = ?`,
  refundsOpen: `${refund} WHERE facets.kind = 'refund' AND facets.open = 1 ${oldestRefundFirst}`,
  moveSums: `SELECT kind, gateway, wallet, currency, count(*) AS count, sum(minor) AS minor FROM moves WHERE sequence > ? AND sequence <= ?
    GROUP BY kind, gateway, wallet, currency`,
  drawerMoves: `${move} WHERE sequence > ? AND sequence <= ? AND kind IN ('drawerIn', 'drawerOut', 'drawerOpened') ORDER BY sequence`,
  shift: `${shift} WHERE number = ?`,
  newestShift: `${shift} WHERE number = (SELECT max(number) FROM shifts)`,
  printJobsOfPayment: `${printJob} WHERE payment_id = ? ORDER BY queued_at, job_id`,
  printJobsUnfinished: `${printJob} WHERE unfinished = 1 ORDER BY queued_at, job_id`,
  aggregateOfCommand: 'SELECT aggregate FROM commands WHERE command_id = ?',
} as const;

/** The records behind the rows of a list, all at once: one by one costs ten times as much. */
export const recordLookups = {
  payments: `${payment} WHERE payments.row IN (SELECT value FROM json_each(?))`,
  refunds: `${refund} WHERE refunds.row IN (SELECT value FROM json_each(?))`,
} as const;

/** Whole tables in the order of their keys, for `verify` alone: these do scan. */
export const dumps = {
  payments: `${payment} ORDER BY payment_id`,
  refunds: `${refund} ORDER BY refund_ref`,
  moves: `${move} ORDER BY sequence`,
  shifts: `${shift} ORDER BY number`,
  printJobs: `${printJob} ORDER BY job_id`,
  commands: 'SELECT command_id AS commandId, aggregate FROM commands ORDER BY command_id',
} as const;

const facetColumns = 'kind, open, state, gateway, wallet, currency, operator_id, verdict_or_way, settled_as, aside, refunded';
const paymentColumns = `payment_id, number, day, hour, started_at, amount_minor, last4, sale_ref, facet, refunded_minor, refund_open_minor, taken_up, paid_sequence,
  last_sequence, day_is_far`;
const refundColumns = 'refund_ref, gateway_refund_ref, payment, number, day, hour, started_at, amount_minor, facet, approved_by_id, refunded_sequence, last_sequence, day_is_far';

const named = (columns: string): string => columns.replace(/\w+/g, '@$&');
const matching = (columns: string): string => columns.replace(/\w+/g, '$& = @$&').replaceAll(',', ' AND');
const taken = (columns: string): string => columns.replace(/\w+/g, '$& = excluded.$&');

export const writes = {
  begin: 'BEGIN IMMEDIATE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
  addEvent: 'INSERT INTO events (sequence, at, aggregate, type, payload, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  facet: `SELECT facet FROM facets WHERE ${matching(facetColumns)}`,
  addFacet: `INSERT INTO facets (${facetColumns}) VALUES (${named(facetColumns)}) RETURNING facet`,
  // Nearly every append changes nothing else of a payment; whoever isn't named here keeps its indexes untouched.
  movePayment: `UPDATE payments SET facet = @facet, refunded_minor = @refunded_minor, refund_open_minor = @refund_open_minor, taken_up = @taken_up,
      paid_sequence = @paid_sequence, last_sequence = @last_sequence
    WHERE payment_id = @payment_id AND number = @number AND day = @day AND hour = @hour AND started_at = @started_at AND amount_minor = @amount_minor
      AND last4 IS @last4 AND sale_ref IS @sale_ref RETURNING row`,
  putPayment: `INSERT INTO payments (${paymentColumns}) VALUES (${named(paymentColumns)}) ON CONFLICT (payment_id) DO UPDATE SET ${taken(paymentColumns)} RETURNING row`,
  references: 'SELECT value, kind, started_at AS startedAt FROM payment_references WHERE payment = ?',
  addEra: 'INSERT OR IGNORE INTO eras (era) VALUES (?)',
  addReference: 'INSERT INTO payment_references (payment, value, reversed, kind, started_at, era) VALUES (?, ?, ?, ?, ?, ?)',
  dropReference: 'DELETE FROM payment_references WHERE payment = ? AND value = ?',
  codes: 'SELECT value FROM payment_codes WHERE payment = ? ORDER BY position',
  addCode: 'INSERT INTO payment_codes (payment, position, value) VALUES (?, ?, ?)',
  dropCodes: 'DELETE FROM payment_codes WHERE payment = ?',
  payers: 'SELECT value, started_at AS startedAt FROM payment_payers WHERE payment = ? ORDER BY position',
  addPayer: 'INSERT INTO payment_payers (payment, position, value, started_at) VALUES (?, ?, ?, ?)',
  dropPayers: 'DELETE FROM payment_payers WHERE payment = ?',
  rowOfPayment: 'SELECT row FROM payments WHERE payment_id = ?',
  putRefund: `INSERT INTO refunds (${refundColumns}) VALUES (${named(refundColumns)}) ON CONFLICT (refund_ref) DO UPDATE SET ${taken(refundColumns)}`,
  addMove: 'INSERT INTO moves (sequence, kind, payment_id, refund_ref, gateway, wallet, currency, minor, operator_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  putShift: `INSERT INTO shifts (number, opened_sequence, closed_sequence) VALUES (?, ?, ?)
    ON CONFLICT (number) DO UPDATE SET opened_sequence = excluded.opened_sequence, closed_sequence = excluded.closed_sequence`,
  putPrintJob: `INSERT INTO print_jobs (job_id, payment_id, state, queued_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (job_id) DO UPDATE SET payment_id = excluded.payment_id, state = excluded.state, queued_at = excluded.queued_at`,
  addCommand: 'INSERT INTO commands (command_id, aggregate) VALUES (?, ?)',
} as const;

/** The projections' tables, those that point at others first. */
export const projectionTables = [
  'payment_references', 'eras', 'payment_codes', 'payment_payers', 'refunds', 'payments', 'facets', 'moves', 'shifts', 'print_jobs', 'commands',
] as const;
