/** Payments of a running till as people see them: each with what the journal, the printer and the settings say about it. */
import type { PaymentDetail, PaymentView, PrintState } from '../contract/types.ts';
import { canOfferCode, configuredFor, type TillConfiguration } from '../configuration.ts';
import { keyIsKeptApart, numberAtFault, secretAtFault } from '../settings/at-fault.ts';
import { paymentEntry, type Journal } from '../journal/journal.ts';
import type { Clock } from '../ports.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import { printState, printStateOf } from '../receipt/print-queue.ts';
import type { RefundContext } from '../refund/rules.ts';
import { leadingAttempt, type Payment } from './payment.ts';
import type { ConfiguredGateway, PaymentRunner } from './runner.ts';
import type { AttemptState } from './state.ts';
import { timeline } from './timeline.ts';
import { paymentView, type ViewContext } from './view.ts';

export interface PaymentViewsPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly runner: PaymentRunner;
  /** CASES 29: true in an older copy that may lack refunds of this gateway's. */
  lacksRefunds(gateway: string): boolean;
  /** The receipt as it would print now; null where there is none. */
  receipt(paymentId: string): ReceiptDocument | null;
}

const duplicateWithinMilliseconds = 10 * 60_000;
/** Null where an activation gave the key, which stands in no settings. */
function secretName(configured: ConfiguredGateway | undefined): string | null {
  if (configured === undefined) return '';
  return keyIsKeptApart(configured) ? null : secretAtFault(configured);
}

function numberName(configured: ConfiguredGateway | undefined, id: string, code: string | null): string {
  return configured === undefined ? `gateways.${id}` : numberAtFault(configured, code);
}

const cashNames = { 'zh-CN': '现金', en: 'Cash' } as const;

export class PaymentViews {
  private readonly ports: PaymentViewsPorts;

  constructor(ports: PaymentViewsPorts) {
    this.ports = ports;
  }

  /** `lead` is the attempt whose numbers and words it shows; left out, the one that speaks for the payment. */
  view(payment: Payment, lead?: AttemptState): PaymentView {
    return paymentView(payment, this.context(), lead);
  }

  /** Null where this journal has no such payment. */
  viewOf(paymentId: string): PaymentView | null {
    const payment = this.ports.runner.load(paymentId);
    return payment === null ? null : this.view(payment);
  }

  /** The payment that a command was about the first time; null where the command is new (CASES 8). */
  ofCommand(commandId: string): PaymentView | null {
    const paymentId = this.ports.journal.reader.aggregateOfCommand(commandId);
    return paymentId === null ? null : this.viewOf(paymentId);
  }

  /** How a person recorded, by this command, that the payment or one of its refunds ended; null where the command was another kind. */
  wordOf(paymentId: string, commandId: string): { readonly as: 'paid' | 'notPaid'; readonly refundRef: string | null } | null {
    for (const row of this.ports.journal.reader.rowsOf(paymentId)) {
      if (row.type !== 'settled' && row.type !== 'refundSettled') continue;
      const { event } = paymentEntry(row);
      if (event.type === 'settled' && event.commandId === commandId) return { as: event.as, refundRef: null };
      if (event.type === 'refundSettled' && event.commandId === commandId) return { as: event.as === 'refunded' ? 'paid' : 'notPaid', refundRef: event.refundRef };
    }
    return null;
  }

  /** Null for what is no payment: a shift, a report. */
  ofAggregate(aggregate: string): PaymentView | null {
    const record = this.ports.journal.reader.payments({ by: 'paymentId', value: aggregate })[0];
    return record === undefined ? null : this.viewOf(record.paymentId);
  }

  /** The newest payments, newest first, at most `count`. */
  newest(count: number): readonly PaymentView[] {
    return this.ports.journal.reader.payments({ by: 'newest', count }).flatMap((record) => this.viewOf(record.paymentId) ?? []);
  }

  detail(paymentId: string): PaymentDetail | null {
    const payment = this.viewOf(paymentId);
    if (payment === null) return null;
    return { payment, timeline: timeline(this.ports.journal.reader.rowsOf(paymentId)), receipt: this.ports.receipt(paymentId) };
  }

  /** What decides whether a payment can be refunded now. */
  refundContext(): RefundContext {
    const { gateways } = this.ports.configuration;
    return {
      now: this.ports.clock.wall(),
      capability: (id) => gateways.get(id)?.gateway.capabilities.refund ?? null,
      cannotRefund: (id) => gateways.get(id)?.gateway.capabilities.refund === null,
      identityKnown: ({ created }) => configuredFor(gateways, created) !== null,
      lacksRefunds: (gateway) => this.ports.lacksRefunds(gateway),
    };
  }

  private context(): ViewContext {
    const { gateways } = this.ports.configuration;
    const { reader } = this.ports.journal;
    return {
      clock: this.ports.clock,
      gatewayNames: (id) => gateways.get(id)?.gateway.names ?? (id === 'cash' ? cashNames : { 'zh-CN': id, en: id }),
      supportPhone: (id) => gateways.get(id)?.supportPhone ?? null,
      keyName: (id) => secretName(gateways.get(id)),
      numberName: (id, code) => numberName(gateways.get(id), id, code),
      canShow: () => canOfferCode(this.ports.configuration),
      printState: (paymentId) => printState(reader.printJobs({ paymentId })),
      likelyDuplicateOf: (payment) => this.likelyDuplicateOf(payment),
      drawerState: (paymentId): PrintState => printStateOf(reader.printJobs({ paymentId }), ['drawer'], ''),
      refunds: () => this.refundContext(),
    };
  }

  /** CASES 12: the same payer paid the same amount within ten minutes. */
  private likelyDuplicateOf(payment: Payment): string | null {
    const lead = leadingAttempt(payment);
    if (lead.name !== 'paid' || lead.payerId === null || lead.paidAt === null) return null;
    const since = lead.paidAt - duplicateWithinMilliseconds;
    const others = this.ports.journal.reader.payments({ by: 'payerId', value: lead.payerId, since });
    const other = others.find((record) => record.paymentId !== payment.paymentId && record.verdict === 'paid' && record.amountMinor === lead.created.amount.minor && record.startedAt <= lead.created.time.wall);
    return other?.number ?? null;
  }
}
