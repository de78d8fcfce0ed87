/** An order book and statement rows that a test holds in its hands. */
import type { OurEntry, OurOrder, OurSide } from '../reconcile/our-side.ts';
import type { StatementRow } from '../reconcile/statement.ts';

/** 2026-11-21 12:00 in Shanghai. */
export const noon = Date.UTC(2026, 10, 21, 4);

export function ourPayment(change: Partial<OurEntry> & { readonly paymentId: string }): OurEntry {
  const { paymentId } = change;
  return {
    kind: 'payment', number: `T01-${paymentId}`, references: [`A${paymentId}`], gatewayRefs: [`G${paymentId}`], walletRefs: [`W${paymentId}`],
    minor: 3850, currency: 'CNY', at: noon, state: 'paid', moved: 'yes', undo: false, ...change,
  };
}

export function ourRefund(payment: OurEntry, refundRef: string, change: Partial<OurEntry> = {}): OurEntry {
  return { ...payment, kind: 'refund', references: [refundRef], gatewayRefs: [], walletRefs: [], minor: 1000, state: 'refunded', moved: 'yes', ...change };
}

export class TestSide implements OurSide {
  readonly #all: readonly OurEntry[];

  constructor(all: readonly OurEntry[]) {
    this.#all = all;
  }

  entries(fromDay: string, toDay: string): readonly OurEntry[] {
    return this.#all.filter((entry) => {
      const day = new Date(entry.at + 8 * 3_600_000).toISOString().slice(0, 10);
      return day >= fromDay && day <= toDay;
    });
  }

  order(reference: string): OurOrder | null {
    const found = this.#all.find((entry) => [...entry.references, ...entry.gatewayRefs, ...entry.walletRefs].includes(reference));
    const payment = this.#all.find((entry) => entry.kind === 'payment' && entry.paymentId === found?.paymentId);
    if (payment === undefined) return null;
    const refunds = this.#all.filter((entry) => entry.kind === 'refund' && entry.paymentId === payment.paymentId);
    return { payment, refunds };
  }

  hasSold(): boolean {
    return this.#all.some((entry) => entry.kind === 'payment' && entry.state === 'paid');
  }
}

export function theirRow(entry: OurEntry, change: Partial<StatementRow> = {}): StatementRow {
  const payment = entry.kind === 'payment';
  return {
    kind: entry.kind, cells: {}, attemptRef: payment ? (entry.references[0] ?? null) : `A${entry.paymentId}`, gatewayRef: `G${entry.paymentId}`, walletRef: null,
    refundRef: payment ? null : (entry.references[0] ?? null), minor: payment ? entry.minor : -entry.minor, day: '2026-11-21', outcome: 'done', currency: null, terminal: null, ...change,
  };
}
