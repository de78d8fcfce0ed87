/** A supervisor enters the gateway's number of an order that can be asked about by it alone (CASES 22). */
import { message, type Message } from '../contract/messages.ts';
import type { SettleReply, TillCalls } from '../contract/types.ts';
import { looksLikePaymentCode } from '../gateways/words.ts';
import type { Journal } from '../journal/journal.ts';
import type { CodeHasher } from '../scan/code-hash.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { lacksNumber } from './claim.ts';
import { leadingAttempt } from './payment.ts';
import type { PaymentRunner } from './runner.ts';
import type { AttemptState } from './state.ts';
import type { PaymentViews } from './views.ts';

export interface OrderNumberDeskPorts {
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly views: PaymentViews;
  readonly staff: StaffDesk;
  readonly hasher: CodeHasher;
  /** Why nothing that is about money may be written now; null where it may. */
  notNow(): Message | null;
  refusedByJournal(error: unknown): { readonly kind: 'refused'; readonly message: Message };
}

type Request = TillCalls['enterOrderNumber'][0];
type Checked = { readonly kind: 'checked'; readonly attempt: AttemptState } | { readonly kind: 'refused'; readonly message: Message };

/** Longer ones than any gateway's; letters and digits are all that stand in a portal. */
const wellFormed = /^[0-9A-Za-z_-]{6,64}$/;

export class OrderNumberDesk {
  private readonly ports: OrderNumberDeskPorts;

  constructor(ports: OrderNumberDeskPorts) {
    this.ports = ports;
  }

  /** The number is a claim: journaled with who entered it, and asked under at once. It never makes anything paid by itself. */
  async enter(request: Request): Promise<SettleReply> {
    const { runner, views, staff } = this.ports;
    const repeated = views.ofCommand(request.commandId);
    if (repeated !== null) return { kind: 'done', payment: repeated };
    const early = this.check(request);
    if (early.kind === 'refused') return early;
    const allowed = await staff.allow('enterGatewayRef', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    // The PIN's digest takes a moment: meanwhile an answer may have brought the number, or the same command come twice.
    const again = views.ofCommand(request.commandId);
    if (again !== null) return { kind: 'done', payment: again };
    const checked = this.check(request);
    if (checked.kind === 'refused') return checked;
    const { commandId, paymentId, number } = request;
    const { attemptRef } = checked.attempt.created;
    const time = runner.time();
    const approved = staff.approvalEntry(allowed, 'enterGatewayRef', time, { refundRef: null, amount: null });
    const entry = approved === null ? null : { aggregate: paymentId, type: approved.type, payload: approved };
    try {
      return { kind: 'done', payment: views.view(runner.act(paymentId, { type: 'gatewayRefEntered', time, attemptRef, commandId, gatewayRef: number, by: allowed.approval?.by ?? allowed.by }, entry)) };
    } catch (error) {
      return this.ports.refusedByJournal(error);
    }
  }

  private check({ paymentId, number }: Request): Checked {
    const why = this.ports.notNow();
    if (why !== null) return refused(why);
    const payment = this.ports.runner.load(paymentId);
    if (payment === null) return refused(this.ports.runner.missing(paymentId));
    const attempt = leadingAttempt(payment);
    const { gateway, identity } = attempt.created;
    if (!lacksNumber(attempt)) return refused(message('orderNumberNotWanted', { gateway }));
    if (!attempt.identityKnown) return refused(message('identityMissing', { gateway, n: identity.account, address: identity.origin }));
    if (attempt.inFlight !== null) return refused(message('settleAsking'));
    if (!wellFormed.test(number) || looksLikePaymentCode(number) || this.isPaymentCode(number)) return refused(message('orderNumberFormat', { gateway }));
    return this.isTaken(number) ? refused(message('orderNumberTaken')) : { kind: 'checked', attempt };
  }

  /** Money rule 9: a payment code that was typed here by mistake must not come into the journal. */
  private isPaymentCode(number: string): boolean {
    const { journal, hasher } = this.ports;
    return journal.reader.payments({ by: 'codeHash', value: hasher.hash(number) }).length > 0;
  }

  /** A number that this journal has already, of whatever kind, is no other order's. */
  private isTaken(number: string): boolean {
    return this.ports.journal.reader.payments({ by: 'reference', value: number }).length > 0;
  }
}

function refused(said: Message): Extract<Checked, { kind: 'refused' }> {
  return { kind: 'refused', message: said };
}
