/** The journal's tables as numbered migrations: the version of a file is how many of them it has seen. */

/**
 * Each entry takes a journal from version N to N + 1 and is never edited once released.
 * Values that a look-up names stand in an index; a reference's text stands in a table of its own, one row per value.
 */
export const migrations: readonly string[] = [
  `
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

  CREATE TABLE payments (
    payment_id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    gateway TEXT NOT NULL,
    state TEXT NOT NULL,
    verdict TEXT NOT NULL,
    taken_up INTEGER NOT NULL CHECK (taken_up IN (0, 1)),
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    paid_sequence INTEGER,
    sale_ref TEXT,
    last_sequence INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX payments_started ON payments (started_at, number);
  CREATE INDEX payments_amount ON payments (amount_minor, currency, started_at, number);
  CREATE INDEX payments_day ON payments (day, started_at, number);
  CREATE INDEX payments_sale ON payments (sale_ref, started_at, number) WHERE sale_ref IS NOT NULL;
  CREATE INDEX payments_taken_up ON payments (taken_up, started_at, number) WHERE taken_up = 1;

  CREATE TABLE payment_references (
    payment_id TEXT NOT NULL REFERENCES payments,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (payment_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payment_references_value ON payment_references (value);

  CREATE TABLE payment_codes (
    payment_id TEXT NOT NULL REFERENCES payments,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (payment_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payment_codes_value ON payment_codes (value);

  CREATE TABLE payment_payers (
    payment_id TEXT NOT NULL REFERENCES payments,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (payment_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX payment_payers_value ON payment_payers (value, started_at);

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
    payment_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
