/** Questions to a journal that need no till: find, list, totals. They work beside a running till (DESIGN.md 7). */
import type { Locale, PaymentView } from '../contract/types.ts';
import type { RefundCapability } from '../gateways/gateway.ts';
import type { Payment } from '../payment/payment.ts';
import { paymentView, type ViewContext } from '../payment/view.ts';
import type { Clock } from '../ports.ts';
import { printState } from '../receipt/print-queue.ts';
import { foldPayment } from './journal.ts';
import type { JournalReader, PaymentRecord } from './storage.ts';

/** Sums of one gateway and currency, in minor units. */
export interface Total {
  readonly gateway: string;
  readonly currency: string;
  readonly paid: number;
  readonly refunded: number;
  readonly net: number;
}

export interface ReadingContext {
  readonly clock: Clock;
  gatewayNames(gateway: string): Readonly<Record<Locale, string>>;
  refundCapability(gateway: string): RefundCapability | null;
}

export class JournalReading {
  private readonly reader: JournalReader;
  private readonly context: ViewContext;

  constructor(reader: JournalReader, context: ReadingContext) {
    this.reader = reader;
    this.context = {
      ...context,
      gatewayNames: (gateway) => context.gatewayNames(gateway),
      supportPhone: () => null,
      keyName: (gateway) => `gateways.${gateway}`,
      printState: (paymentId) => printState(reader.printJobs({ paymentId })),
      likelyDuplicateOf: () => null,
      drawerState: () => 'none',
      refunds: () => ({ now: context.clock.wall(), capability: (gateway) => context.refundCapability(gateway), identityKnown: () => true, restored: false }),
    };
  }

  /** Payments that have exactly this reference: ours, theirs, the wallet's, the short number, the sale's. */
  find(reference: string): readonly PaymentView[] {
    return this.views(this.reader.payments({ by: 'reference', value: reference }));
  }

  /** Payments of one day of the shop, oldest first. */
  ofDay(day: string): readonly PaymentView[] {
    return this.views(this.reader.payments({ by: 'day', value: day })).toSorted((left, right) => left.startedAt - right.startedAt);
  }

  private views(records: readonly PaymentRecord[]): readonly PaymentView[] {
    return records.flatMap((record) => {
      const payment: Payment | null = foldPayment(this.reader.rowsOf(record.paymentId));
      return payment === null ? [] : [paymentView(payment, this.context)];
    });
  }
}

/** Sums per gateway and currency; only what is paid counts, and currencies are never added together. */
export function totals(payments: readonly PaymentView[]): readonly Total[] {
  const sums = new Map<string, Total>();
  for (const payment of payments) {
    const key = `${payment.gateway} ${payment.amount.currency}`;
    const before = sums.get(key) ?? { gateway: payment.gateway, currency: payment.amount.currency, paid: 0, refunded: 0, net: 0 };
    const paid = payment.verdict === 'paid' ? payment.amount.minor : 0;
    sums.set(key, { ...before, paid: before.paid + paid, net: before.net + paid });
  }
  return [...sums.values()].toSorted((left, right) => (left.gateway + left.currency < right.gateway + right.currency ? -1 : 1));
}
