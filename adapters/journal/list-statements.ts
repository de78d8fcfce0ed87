/** Finding and the day's list as SQL: newest first along an index, whatever the filter, and the end of the range is never far (DESIGN.md 5). */

const inSpans = (table: string): string => `${table}.day BETWEEN @fromDay AND @toDay AND ${table}.amount_minor BETWEEN @least AND @most`;

/** Rows that pass a filter. Both the rows shown and their sums use these very words, so that they can't disagree. */
const passing = (table: string): string => `${inSpans(table)} AND (@facets IS NULL OR ${table}.facet IN (SELECT value FROM json_each(@facets)))`;

interface List {
  readonly table: 'payments' | 'refunds';
  readonly id: 'payment_id' | 'refund_ref';
}

const columns = ({ table, id }: List): string => `${table}.row AS row, ${table}.started_at AS startedAt, ${table}.${id} AS id`;
const below = ({ table, id }: List): string => `(${table}.started_at, ${table}.${id}) < (@beforeAt, @beforeId) AND ${table}.started_at >= @since`;
const newest = ({ table, id }: List): string => `ORDER BY ${table}.started_at DESC, ${table}.${id} DESC LIMIT @count`;

/** The ways to walk a list; which one is short depends on the filter. */
function walks(list: List) {
  const { table, id } = list;
  return {
    /** One day. */
    ofDay: `SELECT ${columns(list)} FROM ${table} INDEXED BY ${table}_day WHERE ${table}.day = @fromDay AND ${below(list)} AND ${passing(table)} ${newest(list)}`,
    /** Everything, where no facet is asked for. */
    all: `SELECT ${columns(list)} FROM ${table} INDEXED BY ${table}_started WHERE ${below(list)} AND ${inSpans(table)} ${newest(list)}`,
    /** Those among the newest `@window` that pass. */
    recent: `SELECT row, startedAt, id FROM
        (SELECT ${columns(list)}, day, amount_minor, facet FROM ${table} INDEXED BY ${table}_started WHERE ${below(list)}
         ORDER BY ${table}.started_at DESC, ${table}.${id} DESC LIMIT @window) AS near
      WHERE ${passing('near')} ORDER BY startedAt DESC, id DESC LIMIT @count`,
    /** One facet. */
    ofFacet: `SELECT ${columns(list)} FROM ${table} INDEXED BY ${table}_facet WHERE ${table}.facet = @facet AND ${below(list)}
      AND ${inSpans(table)} ${newest(list)}`,
    sums: `SELECT ${table}.facet AS facet, ${table}.hour AS hour, count(*) AS rows, sum(${table}.amount_minor) AS minor FROM ${table} INDEXED BY ${table}_day
      WHERE ${passing(table)} GROUP BY ${table}.facet, ${table}.hour`,
    sumsOfDay: `SELECT ${table}.facet AS facet, ${table}.hour AS hour, count(*) AS rows, sum(${table}.amount_minor) AS minor FROM ${table} INDEXED BY ${table}_day
      WHERE ${table}.day = @fromDay AND ${passing(table)} GROUP BY ${table}.facet, ${table}.hour`,
    /** True where a row began days away from its day: then days say nothing about instants. */
    hasFarDays: `SELECT EXISTS (SELECT 1 FROM ${table} WHERE day_is_far = 1)`,
  };
}

const sales: List = { table: 'payments', id: 'payment_id' };

/** A reference's end of the index, searched era by era: the eras are in one statement or many, as its caller asks. */
const ends = {
  head: { index: 'payment_references_head', range: 'side.value >= @part COLLATE NOCASE AND side.value < @partEnd COLLATE NOCASE' },
  tail: { index: 'payment_references_tail', range: 'side.reversed >= @tail COLLATE NOCASE AND side.reversed < @tailEnd COLLATE NOCASE' },
} as const;

function searches(end: keyof typeof ends) {
  const { index, range } = ends[end];
  const eras = 'eras.era BETWEEN @oldestEra AND @newestEra';
  const matches = `FROM eras CROSS JOIN payment_references AS side INDEXED BY ${index} ON side.era = eras.era AND side.kind <> 'paymentId' AND ${range}`;
  return {
    /** How many there are, at most `@count`. */
    matches: `SELECT count(*) FROM (SELECT 1 ${matches} WHERE ${eras} LIMIT @count) AS near`,
    /** Eras that hold one, newest first: a seek for each. */
    eras: `SELECT era FROM eras WHERE ${eras} AND EXISTS (SELECT 1 FROM payment_references AS side INDEXED BY ${index}
      WHERE side.era = eras.era AND side.kind <> 'paymentId' AND ${range}) ORDER BY era DESC`,
    /** The newest `@count` of all; payments are looked at only then. */
    newest: `SELECT ${columns(sales)} FROM (SELECT side.payment AS payment ${matches} WHERE ${eras} ORDER BY side.started_at DESC LIMIT @count) AS near
      CROSS JOIN payments ON payments.row = near.payment`,
    /** The newest `@count` of those that pass. */
    passing: `SELECT ${columns(sales)} ${matches} CROSS JOIN payments ON payments.row = side.payment WHERE ${eras} AND ${passing('payments')} ${newest(sales)}`,
  };
}

export const saleWalks = walks(sales);
export const refundWalks = walks({ table: 'refunds', id: 'refund_ref' });

export const facetLookup = `SELECT facet, kind, open, state, gateway, wallet, currency, operator_id AS operatorId, verdict_or_way AS verdictOrWay, settled_as AS settledAs,
  aside, refunded FROM facets WHERE kind = ?`;

export const headSearches = searches('head');
export const tailSearches = searches('tail');

/** Sources of a search; each gives the newest `@count` of its own. */
export const findLookups = {
  countOfAmounts: 'SELECT count(*) FROM (SELECT 1 FROM payments INDEXED BY payments_amount WHERE amount_minor BETWEEN @least AND @most LIMIT @count) AS near',
  ofAmounts: `SELECT ${columns(sales)} FROM payments INDEXED BY payments_amount WHERE ${below(sales)} AND ${passing('payments')} ${newest(sales)}`,
  amount: `SELECT ${columns(sales)} FROM payments INDEXED BY payments_amount WHERE payments.amount_minor = @amount AND ${below(sales)} AND ${passing('payments')} ${newest(sales)}`,
  last4: `SELECT ${columns(sales)} FROM payments INDEXED BY payments_last4 WHERE payments.last4 = @last4 AND ${below(sales)} AND ${passing('payments')} ${newest(sales)}`,
  code: `SELECT DISTINCT ${columns(sales)} FROM payment_codes CROSS JOIN payments ON payments.row = payment_codes.payment
    WHERE payment_codes.value = @codeHash AND ${passing('payments')} ${newest(sales)}`,
  whole: `SELECT DISTINCT ${columns(sales)} FROM payment_references INDEXED BY payment_references_whole CROSS JOIN payments ON payments.row = payment_references.payment
    WHERE payment_references.value = @whole COLLATE NOCASE AND ${passing('payments')} ORDER BY payment_references.started_at DESC, payments.payment_id DESC LIMIT @count`,
  /** Which of these rows match the text at all. */
  among: `SELECT ${columns(sales)} FROM json_each(@rows) AS wanted CROSS JOIN payments ON payments.row = wanted.value
    WHERE payments.last4 = @last4 OR payments.amount_minor = @amount OR EXISTS (SELECT 1 FROM payment_references AS side WHERE side.payment = payments.row
      AND side.kind <> 'paymentId' AND (side.value >= @part COLLATE NOCASE AND side.value < @partEnd COLLATE NOCASE
        OR side.reversed >= @tail COLLATE NOCASE AND side.reversed < @tailEnd COLLATE NOCASE))`,
} as const;
