/** What a person at the till does about a payment: ask now, wait, give up, park, not wanted any more. */
import { message, type Message } from '../contract/messages.ts';
import type { ActReply } from '../contract/types.ts';
import type { StaffDesk } from '../staff/desk.ts';
import type { AskPace } from './ask-pace.ts';
import type { PersonActed } from './events.ts';
import { actingAttempt, isOpen, leadingAttempt } from './payment.ts';
import type { PaymentRunner } from './runner.ts';
import type { PaymentViews } from './views.ts';

export interface PaymentActsPorts {
  readonly runner: PaymentRunner;
  readonly views: PaymentViews;
  readonly staff: StaffDesk;
  readonly pace: AskPace;
  /** Why nobody can act on what is open; null where one can. */
  noActs(): Message | null;
  refusedByJournal(error: unknown): Refused;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };

export class PaymentActs {
  private readonly ports: PaymentActsPorts;

  constructor(ports: PaymentActsPorts) {
    this.ports = ports;
  }

  askNow(paymentId: string): ActReply {
    const payment = this.ports.runner.payment(paymentId);
    if (payment === null || !isOpen(payment)) return refused(this.unreadable(paymentId) ?? message('nothingToAsk'));
    return this.ports.pace.ask(paymentId, () => this.act(paymentId, 'askedNow', null));
  }

  keepWaiting(paymentId: string): ActReply {
    return this.act(paymentId, 'keptWaiting', null);
  }

  park(paymentId: string): ActReply {
    return this.act(paymentId, 'parked', null);
  }

  giveUp(paymentId: string, commandId: string): ActReply {
    const repeated = this.ports.views.ofCommand(commandId);
    if (repeated !== null) return { kind: 'done', payment: repeated };
    const refusal = this.ports.staff.sellingRefusal();
    if (refusal !== null) return refused(refusal);
    const payment = this.ports.runner.payment(paymentId);
    const name = payment === null ? null : actingAttempt(payment).name;
    if (name !== 'submitting' && name !== 'waitingForPayer' && name !== 'unknown') return refused(this.unreadable(paymentId) ?? message('cannotGiveUp'));
    return this.act(paymentId, 'gaveUp', commandId);
  }

  /** CASES 14, for what is still open: what is paid is given back by a refund. */
  setNotWanted(paymentId: string, on: boolean): ActReply {
    const refusal = this.ports.staff.sellingRefusal();
    if (refusal !== null) return refused(refusal);
    const payment = this.ports.runner.load(paymentId);
    if (payment !== null && !isOpen(payment)) return refused(message('nothingToAsk'));
    return this.act(paymentId, on ? 'notWanted' : 'wantedAgain', null);
  }

  /** Of what can't be read nobody knows whether it has an outcome. */
  private unreadable(paymentId: string): Message | null {
    const { runner } = this.ports;
    return runner.load(paymentId) === null ? runner.missing(paymentId) : null;
  }

  private act(paymentId: string, act: PersonActed['act'], commandId: string | null): ActReply {
    // What was not taken up in this process counts its waits by another one's clock: nothing acts on it before.
    const why = this.ports.noActs();
    if (why !== null) return refused(why);
    const { runner, views, staff } = this.ports;
    const payment = runner.load(paymentId);
    if (payment === null) return refused(runner.missing(paymentId));
    const { attemptRef } = (act === 'askedNow' ? leadingAttempt : actingAttempt)(payment).created;
    try {
      return { kind: 'done', payment: views.view(runner.act(paymentId, { type: 'personActed', time: runner.time(), attemptRef, act, commandId, by: staff.who() })) };
    } catch (error) {
      return this.ports.refusedByJournal(error);
    }
  }
}

function refused(said: Message): Refused {
  return { kind: 'refused', message: said };
}
