/** The journal's tables as numbered migrations: the version of a file is how many of them it has seen. */

export interface Migration {
  /** Projections that older rows say more for than the tables held: they are made again from the journal, in the same transaction. */
  readonly remakes: 'nothing' | 'refunds';
  readonly tables: string;
}

/**
 * Each entry takes a journal from version N to N + 1 and is never edited once released.
 *
 * How a million payments are found at once:
 * - `facets` holds what rows are narrowed to and summed by, each combination once. A filter is a few facets, and the newest
 *   rows of each are a range of an index, however rare they are.
 * - A reference stands in three indexes: as a whole, from its beginning and from its end. The last two begin with an era of
 *   eight days, so that the newest of many matches (`2026…`) are found without looking at all of them.
 * - Indexes of lists carry the id and whatever a filter asks, so that a walk along one never touches the table.
 */
export const migrations: readonly Migration[] = [
  { remakes: 'nothing', tables: `
  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    aggregate TEXT NOT NULL,
    type TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_aggregate ON events (aggregate, sequence);
  CREATE TRIGGER events_never_change BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
  CREATE TRIGGER events_never_vanish BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE facets (
    facet INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('sale', 'refund')),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    state TEXT NOT NULL,
    gateway TEXT NOT NULL,
    wallet TEXT NOT NULL,
    currency TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    verdict_or_way TEXT NOT NULL,
    settled_as TEXT NOT NULL,
    aside INTEGER NOT NULL CHECK (aside IN (0, 1)),
    refunded INTEGER NOT NULL CHECK (refunded IN (0, 1)),
    UNIQUE (kind, open, state, gateway, wallet, currency, operator_id, verdict_or_way, settled_as, aside, refunded)
  ) STRICT;

  CREATE TABLE payments (
    row INTEGER PRIMARY KEY,
    payment_id TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    last4 TEXT,
    sale_ref TEXT,
    facet INTEGER NOT NULL REFERENCES facets,
    refunded_minor INTEGER NOT NULL,
    refund_open_minor INTEGER NOT NULL,
    taken_up INTEGER NOT NULL CHECK (taken_up IN (0, 1)),
    paid_sequence INTEGER,
    last_sequence INTEGER NOT NULL,
    day_is_far INTEGER NOT NULL CHECK (day_is_far IN (0, 1))
  ) STRICT;
  CREATE INDEX payments_started ON payments (started_at, payment_id, amount_minor, day);
  CREATE INDEX payments_day ON payments (day, started_at, payment_id, facet, amount_minor, hour);
  CREATE INDEX payments_facet ON payments (facet, started_at, payment_id, amount_minor, day);
  CREATE INDEX payments_amount ON payments (amount_minor, started_at, payment_id, facet, day);
  CREATE INDEX payments_last4 ON payments (last4, started_at, payment_id) WHERE last4 IS NOT NULL;
  CREATE INDEX payments_sale ON payments (sale_ref, started_at) WHERE sale_ref IS NOT NULL;
  CREATE INDEX payments_taken_up ON payments (taken_up, started_at) WHERE taken_up = 1;
  CREATE INDEX payments_far ON payments (day_is_far) WHERE day_is_far = 1;

  CREATE TABLE eras (
    era INTEGER PRIMARY KEY
  ) STRICT;

  CREATE TABLE payment_references (
    row INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL REFERENCES payments,
    value TEXT NOT NULL,
    reversed TEXT NOT NULL,
    kind TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    era INTEGER NOT NULL REFERENCES eras
  ) STRICT;
  CREATE INDEX payment_references_payment ON payment_references (payment);
  CREATE INDEX payment_references_whole ON payment_references (value COLLATE NOCASE, started_at);
  CREATE INDEX payment_references_head ON payment_references (era, value COLLATE NOCASE, started_at, payment) WHERE kind <> 'paymentId';
  CREATE INDEX payment_references_tail ON payment_references (era, reversed COLLATE NOCASE, started_at, payment) WHERE kind <> 'paymentId';

  CREATE TABLE payment_codes (
    payment INTEGER NOT NULL REFERENCES payments,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (payment, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payment_codes_value ON payment_codes (value);

  CREATE TABLE payment_payers (
    payment INTEGER NOT NULL REFERENCES payments,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (payment, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payment_payers_value ON payment_payers (value, started_at);

  CREATE TABLE refunds (
    row INTEGER PRIMARY KEY,
    refund_ref TEXT NOT NULL UNIQUE,
    payment INTEGER NOT NULL REFERENCES payments,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    facet INTEGER NOT NULL REFERENCES facets,
    approved_by_id TEXT,
    refunded_sequence INTEGER,
    last_sequence INTEGER NOT NULL,
    day_is_far INTEGER NOT NULL CHECK (day_is_far IN (0, 1))
  ) STRICT;
  CREATE INDEX refunds_payment ON refunds (payment, started_at, refund_ref);
  CREATE INDEX refunds_started ON refunds (started_at, refund_ref, amount_minor, day);
  CREATE INDEX refunds_day ON refunds (day, started_at, refund_ref, facet, amount_minor, hour);
  CREATE INDEX refunds_facet ON refunds (facet, started_at, refund_ref, amount_minor, day);
  CREATE INDEX refunds_far ON refunds (day_is_far) WHERE day_is_far = 1;

  CREATE TABLE moves (
    sequence INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payment_id TEXT,
    refund_ref TEXT,
    gateway TEXT NOT NULL,
    wallet TEXT NOT NULL,
    currency TEXT NOT NULL,
    minor INTEGER NOT NULL CHECK (minor >= 0),
    operator_id TEXT NOT NULL
  ) STRICT;
  CREATE INDEX moves_drawer ON moves (sequence) WHERE kind IN ('drawerIn', 'drawerOut', 'drawerOpened');

  CREATE TABLE shifts (
    number INTEGER PRIMARY KEY,
    opened_sequence INTEGER NOT NULL,
    closed_sequence INTEGER
  ) STRICT;

  CREATE TABLE print_jobs (
    job_id TEXT PRIMARY KEY,
    payment_id TEXT,
    state TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    unfinished INTEGER GENERATED ALWAYS AS (state IN ('waiting', 'printing', 'interrupted')) STORED
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX print_jobs_payment ON print_jobs (payment_id, queued_at);
  CREATE INDEX print_jobs_unfinished ON print_jobs (unfinished, queued_at) WHERE unfinished = 1;

  CREATE TABLE commands (
    command_id TEXT PRIMARY KEY,
    aggregate TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  ` },
  // Which of a payment's refunds has which of the gateway's numbers.
  { remakes: 'refunds', tables: 'ALTER TABLE refunds ADD COLUMN gateway_refund_ref TEXT;' },
];
