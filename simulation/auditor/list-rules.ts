/** The rules about the day's list: totals are those of the rows, and both are what the journal says, at every moment. */
import type { DayPage, DayRow, DayTotals, DayView, ListFilter } from '../../core/contract/types.ts';
import type { Findings } from '../findings.ts';
import { nothing, type TenderTotal } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import { openRefundStates, openStates, type SeenAttempt, type SeenRefund } from './seen.ts';

interface Totals {
  readonly rows: number;
  readonly byGateway: ReadonlyMap<string, TenderTotal>;
}

/** Totals that were shown, until the rows of the same moment are there. */
interface ShownTotals {
  readonly view: DayView;
  readonly filter: ListFilter;
  /** The journal's newest row when they were made. */
  readonly sequence: number;
}

export class ListRules {
  readonly #mirror: Mirror;
  readonly #findings: Findings;
  #pages: DayRow[] = [];
  #shown: ShownTotals | null = null;

  constructor(mirror: Mirror, findings: Findings) {
    this.#mirror = mirror;
    this.#findings = findings;
  }

  day(view: DayView, filter: ListFilter, sequence: number): void {
    this.#shown = { view, filter, sequence };
    if (Object.keys(filter).length > 0) return;
    const own = this.#ofDay(view.day, view.cashShown);
    const said = new Map(view.totals.byGateway.map(({ key, sales, salesMinor, refunds, refundsMinor }) => [key, { sales, salesMinor, refunds, refundsMinor }]));
    this.#compare(`the totals of ${view.day}`, own, { rows: view.totals.rows, byGateway: said });
    const all = view.totals.byCurrency.reduce((sum, one) => sum + one.netMinor, 0);
    const net = [...own.byGateway.values()].reduce((sum, one) => sum + one.salesMinor - one.refundsMinor, 0);
    if (all !== net) this.#broken(`the totals of ${view.day}`, `net ${all}, and the journal says ${net}`);
  }

  /** Pages of one list are read at one moment; with the last one they must be the whole day. */
  page(after: string | null, page: DayPage, filter: ListFilter, sequence: number): void {
    if (after === null) this.#pages = [];
    this.#pages.push(...page.rows);
    if (page.next !== null) return;
    const shown = this.#shown;
    if (shown !== null && shown.sequence === sequence && shown.view.day === page.day && JSON.stringify(shown.filter) === JSON.stringify(filter)) this.#compareGroups(shown, this.#pages);
    if (filter.state === 'unknown') this.#compareUnknown(page.day, this.#pages);
    if (Object.keys(filter).length > 0) return;
    const byGateway = new Map<string, TenderTotal>();
    for (const row of this.#pages) if (row.counts) add(byGateway, row.gateway, row.kind, row.amount.minor);
    this.#compare(`the rows of ${page.day}`, this.#ofDay(page.day, true), { rows: this.#pages.length, byGateway });
  }

  /** Every group of the totals, and all that stands apart, is what the rows of the same list add up to. */
  #compareGroups({ view, filter }: ShownTotals, rows: readonly DayRow[]): void {
    const expected = new Map<string, GroupSum>();
    for (const row of rows) for (const group of this.#groupsOf(row)) addTo(expected, group, row, row.gateway === 'cash' && !view.cashShown);
    const said = groupsSaid(view.totals);
    const about = `the totals of ${view.day} under ${JSON.stringify(filter)}`;
    if (view.totals.rows !== rows.length) this.#broken(about, `${view.totals.rows} rows, and ${rows.length} are shown`);
    for (const group of new Set([...expected.keys(), ...said.keys()])) {
      const [own, told] = [expected.get(group) ?? noGroup, said.get(group) ?? noGroup];
      if (own.count !== told.count || own.minor !== told.minor) this.#broken(`${about}, ${group}`, `${JSON.stringify(told)}, and the rows say ${JSON.stringify(own)}`);
    }
  }

  /** The groups that a row belongs to; sales and refunds never share one. */
  #groupsOf(row: DayRow): readonly string[] {
    const { kind, amount: { currency } } = row;
    const groups: string[] = [];
    if (row.counts) {
      const hour = new Date(row.at + shopOffsetMilliseconds).getUTCHours();
      groups.push(
        `currency ${currency} ${currency} ${kind}`, `gateway ${row.gateway} ${currency} ${kind}`, `wallet ${row.wallet} ${currency} ${kind}`,
        `operator ${row.operator?.operatorId ?? ''} ${currency} ${kind}`, `hour ${String(hour).padStart(2, '0')} ${currency} ${kind}`,
      );
    }
    if (row.open) groups.push(`open ${kind} ${currency}`);
    if (row.outside) groups.push(`outside ${currency}`);
    const settled = row.settled ? this.#settledAs(row) : null;
    if (settled !== null && settled !== 'notRefunded') groups.push(`settled ${settled} ${currency}`);
    return groups;
  }

  /** By the journal's rows: the list says only that somebody recorded it. */
  #settledAs(row: DayRow): SeenAttempt['settledAs'] | SeenRefund['settledAs'] {
    if (row.kind === 'refund') return this.#mirror.refunds.get(row.reference)?.settledAs ?? null;
    const recorded = (this.#mirror.ofPayment.get(row.paymentId) ?? []).filter((attempt) => attempt.settledAs !== null);
    return (recorded.find((attempt) => attempt.settledAs === 'paid') ?? recorded.at(-1))?.settledAs ?? null;
  }

  /** A list narrowed to what isn't known yet leaves out nothing that isn't. */
  #compareUnknown(day: string, rows: readonly DayRow[]): void {
    const expected: string[] = [];
    for (const [paymentId, attempts] of this.#mirror.ofPayment) {
      if (attempts[0]?.day === day && (this.#mirror.verdict(paymentId) === 'notKnownYet' || attempts.some((attempt) => openStates.has(attempt.state)))) expected.push(paymentId);
      for (const { refunds } of attempts) for (const refund of refunds) if (refund.day === day && openRefundStates.has(refund.state)) expected.push(refund.reference);
    }
    const found = rows.map((row) => (row.kind === 'sale' ? row.paymentId : row.reference));
    if (expected.toSorted().join() !== found.toSorted().join()) this.#broken(`what is not known yet of ${day}`, `${found.join()}, and the journal says ${expected.join()}`);
  }

  #ofDay(day: string, cashShown: boolean): Totals {
    const byGateway = new Map<string, TenderTotal>();
    let rows = 0;
    const count = (kind: DayRow['kind'], gateway: string, minor: number): void => add(byGateway, gateway, kind, gateway === 'cash' && !cashShown ? 0 : minor);
    for (const attempts of this.#mirror.ofPayment.values()) {
      if (attempts[0]?.day === day) {
        rows += 1;
        const paid = attempts.find((attempt) => attempt.state === 'paid' && !attempt.isForeign);
        if (paid !== undefined) count('sale', paid.gateway, paid.amountMinor);
      }
      rows += this.#refundsOf(attempts, day, count);
    }
    return { rows, byGateway };
  }

  #refundsOf(attempts: readonly SeenAttempt[], day: string, count: (kind: DayRow['kind'], gateway: string, minor: number) => void): number {
    let rows = 0;
    for (const { refunds, gateway } of attempts) {
      for (const refund of refunds) {
        if (refund.day !== day) continue;
        rows += 1;
        if (refund.state === 'refunded' && !refund.isUndo && refund.way !== 'outside') count('refund', gateway, refund.amountMinor);
      }
    }
    return rows;
  }

  #compare(about: string, own: Totals, said: Totals): void {
    if (own.rows !== said.rows) this.#broken(about, `${said.rows} rows, and the journal has ${own.rows}`);
    for (const gateway of new Set([...own.byGateway.keys(), ...said.byGateway.keys()])) {
      const [expected, found] = [own.byGateway.get(gateway) ?? nothing, said.byGateway.get(gateway) ?? nothing];
      if (JSON.stringify(expected) !== JSON.stringify(found)) this.#broken(`${about}, ${gateway}`, `${JSON.stringify(found)}, and the journal says ${JSON.stringify(expected)}`);
    }
  }

  #broken(about: string, detail: string): void {
    this.#findings.broken('day totals', about, detail);
  }
}

/** The shop stands in Shanghai. */
const shopOffsetMilliseconds = 8 * 3_600_000;

interface GroupSum {
  readonly count: number;
  readonly minor: number;
}

const noGroup: GroupSum = { count: 0, minor: 0 };

function addTo(groups: Map<string, GroupSum>, group: string, row: DayRow, isHidden: boolean): void {
  const { count, minor } = groups.get(group) ?? noGroup;
  groups.set(group, { count: count + 1, minor: minor + (isHidden ? 0 : row.amount.minor) });
}

function groupsSaid(totals: DayTotals): ReadonlyMap<string, GroupSum> {
  const groups = new Map<string, GroupSum>();
  const { byCurrency, byGateway, byWallet, byOperator, byHour, open, settled, outside } = totals;
  for (const [name, sums] of [['currency', byCurrency], ['gateway', byGateway], ['wallet', byWallet], ['operator', byOperator], ['hour', byHour]] as const) {
    for (const { key, currency, sales, salesMinor, refunds, refundsMinor } of sums) {
      groups.set(`${name} ${key} ${currency} sale`, { count: sales, minor: salesMinor });
      groups.set(`${name} ${key} ${currency} refund`, { count: refunds, minor: refundsMinor });
    }
  }
  for (const { kind, currency, count, minor } of open) groups.set(`open ${kind} ${currency}`, { count, minor });
  for (const { as, currency, count, minor } of settled) groups.set(`settled ${as} ${currency}`, { count, minor });
  for (const { currency, count, minor } of outside) groups.set(`outside ${currency}`, { count, minor });
  return groups;
}

function add(totals: Map<string, TenderTotal>, gateway: string, kind: DayRow['kind'], minor: number): void {
  const before = totals.get(gateway) ?? nothing;
  totals.set(gateway, kind === 'sale'
    ? { ...before, sales: before.sales + 1, salesMinor: before.salesMinor + minor }
    : { ...before, refunds: before.refunds + 1, refundsMinor: before.refundsMinor + minor });
}
