/** Charging at a running till: may it be sold, where does it go, and the attempt that is journaled and sent. */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import type { Assurance, PayReply, PayRequest, PresentReply, PresentRequest, ReviewReason } from '../contract/types.ts';
import { canOfferCode, type TillConfiguration } from '../configuration.ts';
import type { Direction, PaymentCode } from '../gateways/gateway.ts';
import { mayAskFor } from '../gateways/shown-wallets.ts';
import { objection, saleObjection, type GuardedSale, type GuardPorts } from '../guards.ts';
import type { Journal } from '../journal/journal.ts';
import { amountWithSign, sameAmount, type Amount } from '../money/amount.ts';
import type { Clock, HttpTransport, Instant, Random } from '../ports.ts';
import type { CodeHasher } from '../scan/code-hash.ts';
import { walletOfCode } from '../scan/codes.ts';
import type { CodeVault } from '../scan/vault.ts';
import type { StaffDesk } from '../staff/desk.ts';
import { clockText } from '../time/day.ts';
import type { AskFirst } from './ask-first.ts';
import { newAttempt, type AttemptMakerPorts, type Sale } from './new-attempt.ts';
import { isFreshlyQuiet, isWaitedFor } from './open-payments.ts';
import { holdsMoney, isOpen, isPaidOrRecorded, leadingAttempt, type Payment } from './payment.ts';
import type { ConfiguredGateway, PaymentRunner } from './runner.ts';
import { SaleAnswers } from './sale-answers.ts';
import { canStillBePaid } from './show.ts';
import type { PaymentViews } from './views.ts';

export interface ChargeDeskPorts {
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly runner: PaymentRunner;
  readonly views: PaymentViews;
  readonly staff: StaffDesk;
  readonly vault: CodeVault;
  readonly hasher: CodeHasher;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly askFirst: AskFirst;
  /** Whether a gateway owes answers just now: new sales may go elsewhere then. */
  isDown(gateway: string): boolean;
  /** Why nothing can be sold now; null where it can. */
  refusal(): Message | null;
  today(at: Instant): { readonly day: string; readonly hour: number };
  newNumber(day: string): string;
  refusedByJournal(error: unknown): Refused;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };
type Started = Extract<PayReply, { kind: 'started' }>;

/** What a scanned and a shown code ask for alike. */
interface SaleRequest {
  readonly commandId: string;
  readonly amount: Amount;
  readonly paymentId?: string | undefined;
  readonly saleRef?: string | undefined;
  readonly gateway?: string | undefined;
  readonly assurances?: readonly Assurance[] | undefined;
}

const turnedLoud: ReadonlySet<string | null> = new Set<ReviewReason | null>(['payerIsPaying', 'answerMismatch']);

export class ChargeDesk {
  private readonly ports: ChargeDeskPorts;
  private readonly paying = new SaleAnswers<PayReply>();
  private readonly presenting = new SaleAnswers<PresentReply>();

  constructor(ports: ChargeDeskPorts) {
    this.ports = ports;
  }

  /** An amount stands: a connection is opened ahead, so that the scan, or the code to show, finds one (DESIGN.md 8). */
  amountEntered(amount: Amount): null {
    const { configuration, http } = this.ports;
    const shows = configuration.routeShowing((id) => this.ports.isDown(id));
    for (const configured of configuration.gateways.values()) {
      const isWanted = goes(configured, 'scan') || (configured.gateway.id === shows && goes(configured, 'show'));
      if (isWanted && configured.maximumAmount.currency === amount.currency) http.preconnect(configured.identity.origin);
    }
    return null;
  }

  /** Charges a scanned code. */
  pay(request: PayRequest): PayReply | Promise<PayReply> {
    return this.early(request) ?? this.paying.answer(request, () => this.charge(request, false));
  }

  /** Asks for a code that the customer scans: no rule about codes stands in its way, every other one does. */
  present(request: PresentRequest): PresentReply | Promise<PresentReply> {
    return this.early(request) ?? this.presenting.answer(request, () => this.show(request, false));
  }

  /**
   * Said to be another customer's while a code of this amount may still be paid: its gateway is asked once more, and the sale goes
   * on with its answer, or once it could not answer in its time. Paid by now, it is a question again, about what is paid. Null where
   * nothing has to be asked.
   * @param again the same request from its beginning: anything may have come meanwhile
   */
  private askedFirst<Reply>(request: SaleRequest, again: () => Reply | Promise<Reply>): PresentReply | Promise<Reply | PresentReply> | null {
    if (request.gateway !== undefined || request.assurances?.includes('anotherCustomer') !== true) return null;
    const codes = this.guardPorts().open().filter((payment) => payment.paymentId !== request.paymentId && sameAmount(leadingAttempt(payment).created.amount, request.amount) && payment.attempts.some(canStillBePaid));
    try {
      const asked = this.ports.askFirst.ask(codes);
      return asked === null ? null : asked.then(() => this.paidMeanwhile(codes) ?? again(), (error: unknown) => this.ports.refusedByJournal(error));
    } catch (error) {
      return this.ports.refusedByJournal(error);
    }
  }

  private paidMeanwhile(codes: readonly Payment[]): PresentReply | null {
    const paid = codes.map((before) => this.turned(before)).find((payment) => payment !== null);
    return paid === undefined ? null : { kind: 'askSameCustomer', other: this.ports.views.view(paid), givenUp: false };
  }

  /**
   * The payment as it is now, where it is paid, or where the answer was that somebody is paying it or has paid otherwise than we
   * asked: only "unpaid", or silence, lets the sale begin (decision 19). What had been told so before the question is no news.
   */
  private turned(before: Payment): Payment | null {
    const now = this.ports.runner.load(before.paymentId);
    const isLoud = ({ attempts }: Payment): boolean => attempts.some((attempt) => turnedLoud.has(attempt.reviewReason));
    return now !== null && (now.attempts.some((attempt) => holdsMoney(attempt)) || (isLoud(now) && !isLoud(before))) ? now : null;
  }

  private charge(request: PayRequest, asked: boolean): PayReply | Promise<PayReply> {
    const { vault, hasher, configuration } = this.ports;
    const held = vault.find(request.scanId);
    if (held === null) return refused(message('scanExpired'));
    const wallet = walletOfCode(held.code);
    const configured = this.route(request, 'scan', request.gateway ?? configuration.routeCode(wallet, (id) => this.ports.isDown(id)));
    if ('key' in configured) return refused(configured);
    const codeHash = hasher.hash(held.code);
    const before = this.paymentToRetry(request);
    if (before !== null && 'key' in before) return refused(before);
    const objected = objection(guarded(request, codeHash, before), this.guardPorts()) ?? (asked ? null : this.askedFirst(request, () => this.early(request) ?? this.charge(request, true)));
    if (objected !== null) return objected;
    const way = { direction: 'scan', wallet, codeHash, last4: held.code.slice(-4), scanned: held.scanned } as const;
    const reply = this.begin({ ...saleOf(request, before), configured, way }, held.code);
    // Not before it is journaled: a person may try the same scan again.
    if (reply.kind === 'started') vault.release(request.scanId);
    return reply;
  }

  private show(request: PresentRequest, asked: boolean): PresentReply | Promise<PresentReply> {
    const configured = this.route(request, 'show', request.gateway ?? this.ports.configuration.routeShowing((id) => this.ports.isDown(id)));
    if ('key' in configured) return refused(configured);
    const showFor = request.wallet ?? null;
    if (showFor !== null && !mayAskFor(configured.gateway, configured.settings, showFor)) return refused(message('walletNotShown', { gateway: configured.gateway.id }));
    const before = this.paymentToRetry(request);
    if (before !== null && 'key' in before) return refused(before);
    const objected = saleObjection(guarded(request, null, before), this.guardPorts()) ?? (asked ? null : this.askedFirst(request, () => this.early(request) ?? this.show(request, true)));
    return objected ?? this.begin({ ...saleOf(request, before), configured, way: { direction: 'show', showFor } }, null);
  }

  /** What stands against this sale's own number, however it is paid (CASES 10); null where nothing does. */
  saleRefObjection(amount: Amount, saleRef: string, paymentId: string | null): PresentReply | null {
    return saleObjection({ codeHash: null, amount, saleRef, paymentId, assurances: new Set(), askAboutCustomer: false }, this.guardPorts());
  }

  /** The first one's payment to a repeated command, or why nothing can be sold; null where it may go on. */
  private early(request: SaleRequest): Started | Refused | null {
    const repeated = this.ports.views.ofCommand(request.commandId);
    if (repeated !== null) return { kind: 'started', payment: repeated };
    const refusal = this.ports.runner.missingOfCommand(request.commandId) ?? this.ports.refusal() ?? (request.amount.minor <= 0 ? message('amountMissing') : null);
    return refusal === null ? null : refused(refusal);
  }

  /** The gateway that this sale goes to, or why there is none. */
  private route({ amount }: SaleRequest, direction: Direction, id: string | null): ConfiguredGateway | Message {
    const notHere = message(direction === 'scan' ? notTaken(this.ports.configuration) : 'cannotShow');
    if (id === null) return notHere;
    const configured = this.ports.configuration.gateways.get(id);
    if (configured === undefined) return message('gatewayNotSet', { gateway: id });
    const { maximumAmount } = configured;
    if (amount.currency !== maximumAmount.currency || !goes(configured, direction)) return notHere;
    return amount.minor > maximumAmount.minor ? message('amountTooLarge', { max: amountWithSign(maximumAmount) }) : configured;
  }

  /** The payment that this is a new attempt of, null for a new sale, or why it can't be one (money rule 4). */
  private paymentToRetry(request: SaleRequest): Payment | Message | null {
    if (request.paymentId === undefined) return null;
    const payment = this.ports.runner.load(request.paymentId);
    if (payment === null) return this.ports.runner.missing(request.paymentId);
    if (isOpen(payment)) return message('scanWhileOpen');
    if (isPaidOrRecorded(payment)) return message('saleAlreadyPaid');
    // Another amount is another sale: a payment is what one sale wants paid.
    return sameAmount(leadingAttempt(payment).created.amount, request.amount) ? payment : null;
  }

  private begin(sale: Sale, code: PaymentCode | null): Started | Refused {
    const { runner, views } = this.ports;
    try {
      return { kind: 'started', payment: views.view(runner.begin(newAttempt(sale, this.makerPorts()), code)) };
    } catch (error) {
      return this.ports.refusedByJournal(error);
    }
  }

  private makerPorts(): AttemptMakerPorts {
    const { random, runner, staff, configuration } = this.ports;
    const { store, terminalId } = configuration;
    return {
      random, terminalId,
      subject: store.name,
      today: (at) => this.ports.today(at),
      newNumber: (day) => this.ports.newNumber(day),
      time: () => runner.time(),
      operator: () => {
        const by = staff.who();
        return { by, operator: staff.isOn() ? by.operatorId : terminalId };
      },
    };
  }

  private guardPorts(): GuardPorts {
    const { journal, runner, views, clock, configuration } = this.ports;
    return {
      reader: journal.reader,
      payment: (paymentId) => runner.load(paymentId),
      open: () => runner.active().filter((payment) => isWaitedFor(payment) || isFreshlyQuiet(payment, clock.wall())),
      view: (payment) => views.view(payment),
      timeText: (at) => clockText(at, configuration.store.timezone),
      now: () => clock.wall(),
    };
  }
}

function saleOf({ commandId, amount, saleRef }: SaleRequest, before: Payment | null): Pick<Sale, 'commandId' | 'amount' | 'saleRef' | 'before'> {
  return { commandId, amount, saleRef: saleRef ?? null, before };
}

/** Whoever names the gateway is the command line: it has no second customer standing there. */
function guarded({ amount, saleRef, assurances, gateway }: SaleRequest, codeHash: string | null, before: Payment | null): GuardedSale {
  return { codeHash, amount, saleRef: saleRef ?? null, paymentId: before?.paymentId ?? null, assurances: new Set(assurances ?? []), askAboutCustomer: gateway === undefined };
}

function notTaken(configuration: TillConfiguration): MessageKey {
  return canOfferCode(configuration) ? 'walletNotTakenShow' : 'walletNotTaken';
}

function goes({ gateway, settings }: ConfiguredGateway, direction: Direction): boolean {
  const { cpm, mpm } = gateway.directions?.(settings) ?? gateway.capabilities;
  return direction === 'scan' ? cpm : mpm && gateway.capabilities.present !== null;
}

function refused(said: Message): Refused {
  return { kind: 'refused', message: said };
}
