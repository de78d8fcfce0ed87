/** The rules about the day's list: totals are those of the rows, and both are what the journal says, at every moment. */
import type { DayPage, DayRow, DayView } from '../../core/contract/types.ts';
import type { Findings } from '../findings.ts';
import { nothing, type TenderTotal } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import type { SeenAttempt } from './seen.ts';

interface Totals {
  readonly rows: number;
  readonly byGateway: ReadonlyMap<string, TenderTotal>;
}

export class ListRules {
  readonly #mirror: Mirror;
  readonly #findings: Findings;
  #pages: DayRow[] = [];

  constructor(mirror: Mirror, findings: Findings) {
    this.#mirror = mirror;
    this.#findings = findings;
  }

  day(view: DayView): void {
    const own = this.#ofDay(view.day, view.cashShown);
    const said = new Map(view.totals.byGateway.map(({ key, sales, salesMinor, refunds, refundsMinor }) => [key, { sales, salesMinor, refunds, refundsMinor }]));
    this.#compare(`the totals of ${view.day}`, own, { rows: view.totals.rows, byGateway: said });
    const all = view.totals.byCurrency.reduce((sum, one) => sum + one.netMinor, 0);
    const net = [...own.byGateway.values()].reduce((sum, one) => sum + one.salesMinor - one.refundsMinor, 0);
    if (all !== net) this.#broken(`the totals of ${view.day}`, `net ${all}, and the journal says ${net}`);
  }

  /** Pages of one list are read at one moment; with the last one they must be the whole day. */
  page(after: string | null, page: DayPage): void {
    if (after === null) this.#pages = [];
    this.#pages.push(...page.rows);
    if (page.next !== null) return;
    const byGateway = new Map<string, TenderTotal>();
    for (const row of this.#pages) if (row.counts) add(byGateway, row.gateway, row.kind, row.amount.minor);
    this.#compare(`the rows of ${page.day}`, this.#ofDay(page.day, true), { rows: this.#pages.length, byGateway });
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

function add(totals: Map<string, TenderTotal>, gateway: string, kind: DayRow['kind'], minor: number): void {
  const before = totals.get(gateway) ?? nothing;
  totals.set(gateway, kind === 'sale'
    ? { ...before, sales: before.sales + 1, salesMinor: before.salesMinor + minor }
    : { ...before, refunds: before.refunds + 1, refundsMinor: before.refundsMinor + minor });
}
