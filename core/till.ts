/** The till behind the contract: takes ports, keeps the money rules, knows no screen, socket or file. */
import { message, type Message } from './contract/messages.ts';
import type {
  ActReply, CarriedOver, FindReply, HostCallName, Instant, ListFilter, OpenPayments, PaymentDetail, PaymentView, PayReply, PayRequest, PrintState, ScanSeen, SettleReply, TillCallName, TillCalls, TillEvent,
  TillStatus, Wallet,
} from './contract/types.ts';
import { CashDesk } from './cash/desk.ts';
import type { TillConfiguration } from './configuration.ts';
import { DayDesk } from './find/desk.ts';
import { findHit, findQuery } from './find/find.ts';
import { objection, type GuardPorts } from './guards.ts';
import { verifyChain } from './journal/chain.ts';
import { Journal } from './journal/journal.ts';
import { RestoredJournal } from './journal/restored.ts';
import { JournalUnavailable, type JournalStorage } from './journal/storage.ts';
import { amountDigits, amountWithSign, sameAmount, type Amount } from './money/amount.ts';
import type { AttemptCreated, PaymentEvent, PersonActed } from './payment/events.ts';
import { actingAttempt, isOpen, isPaidOrRecorded, leadingAttempt, openRefund, paidAttempt, type Payment } from './payment/payment.ts';
import { makeReference } from './payment/reference.ts';
import { PaymentRunner, type Companions, type ConfiguredGateway } from './payment/runner.ts';
import { isEnded } from './payment/state.ts';
import { timeline } from './payment/timeline.ts';
import { paymentView, type ViewContext } from './payment/view.ts';
import type { Backup, Clock, Devices, DeviceEvent, HeadWitness, HttpTransport, Log, PinHasher, Random, Secrets } from './ports.ts';
import { Paper } from './receipt/paper.ts';
import { isWorkOf, printState, printStateOf, PrintQueue, type PrintWork } from './receipt/print-queue.ts';
import { isUntouchedForeign, RefundDesk, type FoundRefund } from './refund/desk.ts';
import type { RefundContext } from './refund/rules.ts';
import { refundIsEnded } from './refund/state.ts';
import { badgeHasher, codeHasher, type CodeHasher } from './scan/code-hash.ts';
import { isPaymentCode, walletOfCode } from './scan/codes.ts';
import { CodeVault, heldCodeSeconds } from './scan/vault.ts';
import { carriedOver } from './shift/carried-over.ts';
import { shiftAggregate } from './shift/events.ts';
import { ShiftDesk } from './shift/desk.ts';
import { StaffDesk } from './staff/desk.ts';
import type { Act } from './staff/roles.ts';
import { localTime, shopDay } from './time/day.ts';
import { TillLights } from './lights.ts';

export interface TillPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly storage: JournalStorage;
  readonly secrets: Secrets;
  readonly devices: Devices;
  readonly log: Log;
  readonly pins: PinHasher;
  /** Null where nothing is kept outside the home (tests, the simulated world). */
  readonly witness: HeadWitness | null;
  readonly backup: Backup | null;
}

/** The calls that the till itself answers; the host answers the others. */
type OwnCallName = Exclude<TillCallName, HostCallName>;

/** "Ask now" asks at most this often. */
const askAgainMilliseconds = 2000;
const pendingSettlesAfterMilliseconds = 86_400_000;
const duplicateWithinMilliseconds = 10 * 60_000;
/** The newest rows are checked before anything is sold; a worker checks the rest (CASES 30). */
const chainRowsAtStart = 500;

export class Till {
  private readonly ports: TillPorts;
  private readonly configuration: TillConfiguration;
  private readonly journal: Journal;
  private readonly runner: PaymentRunner;
  private readonly prints: PrintQueue;
  private readonly vault: CodeVault;
  private readonly hasher: CodeHasher;
  private readonly lights: TillLights;
  private readonly staff: StaffDesk;
  private readonly shifts: ShiftDesk;
  private readonly refunds: RefundDesk;
  private readonly cash: CashDesk;
  private readonly days: DayDesk;
  private readonly paper: Paper;
  private readonly restored: RestoredJournal;
  private readonly listeners = new Set<(event: TillEvent) => void>();
  private readonly lastAsked = new Map<string, number>();
  private phase: TillStatus['phase'] = 'recovering';
  private stopMessage: Message | null = null;
  /** The chain doesn't add up: nothing else that happens makes it whole. */
  private isBroken = false;
  /** Nothing is begun any more; what is open stays in the journal (CASES 31). */
  private isEnding = false;
  private recovery = { open: 0, asked: 0 };
  private readonly settled = { day: '', paid: 0, undone: 0, longestSeconds: 0 };
  private readonly waitingForFirstAnswers = new Set<string>();
  private recovered: (() => void) | null = null;

  constructor(configuration: TillConfiguration, ports: TillPorts) {
    this.ports = ports;
    this.configuration = configuration;
    this.journal = new Journal(ports.storage, ports.clock);
    this.vault = new CodeVault(ports.clock, ports.random);
    this.hasher = codeHasher(ports.secrets, ports.random);
    this.lights = new TillLights(configuration);
    const { journal } = this;
    const { clock, random, http, log } = ports;
    const journalFailed = (error: JournalUnavailable): void => this.onJournalFailed(error);
    this.prints = new PrintQueue({
      journal, clock, random, log, journalFailed,
      printer: ports.devices,
      document: (work) => this.paper.document(work),
      changed: (aggregate) => this.tellPrinted(aggregate),
      problem: (result) => this.setLights(() => this.lights.printerProblem(result.problem, result.kind === 'interrupted')),
    });
    this.runner = new PaymentRunner({
      journal, clock, random, http, log, journalFailed,
      gateways: configuration.gateways,
      companions: (before, after, event) => this.companions(before, after, event),
      refundsMayRepeat: () => !this.restored.isRestored(),
      changed: (payment, event) => this.onPaymentChanged(payment, event.type === 'answered' || event.type === 'notAnswered' ? event.attemptRef : null),
    });
    const failed = (error: JournalUnavailable): Message => this.refusedByJournal(error).message;
    const { store, terminalId } = configuration;
    const badges = badgeHasher(ports.secrets, random);
    this.restored = new RestoredJournal(journal.reader, ports.witness, [...configuration.gateways.values()].filter(({ gateway }) => gateway.capabilities.refund !== null).map(({ gateway }) => gateway.id), log);
    this.staff = new StaffDesk({
      journal, clock, random, terminalId, pins: ports.pins, vault: this.vault, pinDigits: configuration.pinDigits, ownerAccess: configuration.ownerAccess,
      badgeHash: (text) => badges.hash(text), changed: () => this.emitStatus(), journalFailed: failed,
    });
    const view = (payment: Payment): PaymentView => this.view(payment);
    const today = (at: Instant): { day: string; hour: number } => this.dayAndHour(at);
    const newNumber = (day: string): string => this.newNumber(day);
    this.refunds = new RefundDesk({
      configuration, journal, clock, random, http, log, view, today, newNumber, runner: this.runner, staff: this.staff,
      stopped: () => this.notNow(), drawerInUse: () => !this.staff.isOn() || this.shifts.current() !== null, context: () => this.refundContext(), journalFailed: failed,
    });
    this.cash = new CashDesk({
      configuration, journal, random, view, today, newNumber, runner: this.runner, staff: this.staff, refusal: () => this.sellingRefusal(), journalFailed: failed,
      saleRefObjection: (amount, saleRef, paymentId) => objection({ codeHash: null, amount, saleRef, paymentId, assurances: new Set(), askAboutCustomer: false }, this.guardPorts()),
    });
    this.shifts = new ShiftDesk({
      journal, clock, terminalId, staff: this.staff, backup: ports.backup, currency: store.currency, drawer: configuration.cash.on, training: configuration.training !== null,
      carriedOver: () => this.carriedOver(), checks: () => this.days.checks(this.carriedOver(), this.lights, this.shifts.newestBackup()), zDocument: (number) => this.paper.z(number, false),
      paper: (kind, aggregate, subject) => this.queued({ kind, aggregate, subject }), zPrinted: (number) => this.printed(shiftAggregate(number), ['z', 'zCopy'], String(number)),
      changed: () => this.emitStatus(), closed: () => this.shiftClosed(), journalFailed: failed,
    });
    this.days = new DayDesk({ configuration, journal, clock, staff: this.staff, shiftIsOpen: () => this.shifts.current() !== null, unsettled: () => this.openPayments().open });
    this.paper = new Paper({ configuration, journal, staff: this.staff, shifts: this.shifts, days: this.days, payment: (paymentId) => this.runner.load(paymentId), view: (payment, lead) => paymentView(payment, this.viewContext(), lead) });
    if (this.restored.rowsMissing > 0) this.lights.journalNote(message('restoredWorld', { n: String(this.restored.rowsMissing) }));
    ports.devices.onEvent((event) => this.onDeviceEvent(event));
    if (this.hasher.keyIsNew && journal.reader.head().sequence > 0) this.lights.journalNote(message('codeHashLost'));
  }

  // ---- life

  /**
   * Takes up what was left open and resolves when selling may begin: every open attempt except reviews was asked once,
   * or its answer's time is up (CASES 26). Never rejects; a journal that can't be used stops the till with a message.
   */
  async start(): Promise<void> {
    if (!this.checkChain()) return;
    this.noticeRestored();
    const asked = this.takeUpOpen();
    this.prints.takeUp();
    await asked;
  }

  /**
   * Takes up every open attempt, and lets selling begin once each but the reviews was asked, or its answer's time is up
   * (money rule 7, CASES 26). The first requests leave before this returns.
   */
  private takeUpOpen(): Promise<void> {
    this.phase = 'recovering';
    this.waitingForFirstAnswers.clear();
    const done = new Promise<void>((resolve) => {
      this.recovered = resolve;
    });
    this.runner.takeUp();
    for (const payment of this.runner.active()) {
      for (const attempt of payment.attempts) {
        if (!isEnded(attempt) && attempt.name !== 'review' && attempt.inFlight !== null) this.waitingForFirstAnswers.add(attempt.created.attemptRef);
      }
    }
    this.recovery = { open: this.waitingForFirstAnswers.size, asked: 0 };
    this.finishRecovery();
    return done;
  }

  /** Nothing new is sent; what is open stays in the journal (CASES 31). */
  stop(): void {
    this.isEnding = true;
    this.runner.stop();
    this.vault.clear();
    // A command that ran for a moment is no end of the till's day.
    if (!this.configuration.ownerAccess && !this.isBroken) this.restored.write();
  }

  onEvent(listener: (event: TillEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** One question or command of the contract; its request has been validated by the host. */
  async call<Name extends OwnCallName>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1]> {
    const handlers: { [One in OwnCallName]: (request: TillCalls[One][0]) => TillCalls[One][1] | Promise<TillCalls[One][1]> } = {
      status: () => this.status(),
      submitScan: ({ text, source }) => this.submitScan(text, null, source === 'typed'),
      amountEntered: ({ amount }) => this.amountEntered(amount),
      pay: (pay) => this.pay(pay),
      askNow: ({ paymentId }) => this.askNow(paymentId),
      keepWaiting: ({ paymentId }) => this.act(paymentId, 'keptWaiting', null),
      giveUp: ({ paymentId, commandId }) => this.giveUp(paymentId, commandId),
      park: ({ paymentId }) => this.act(paymentId, 'parked', null),
      setNotWanted: ({ paymentId, on }) => this.setNotWanted(paymentId, on),
      printReceipt: ({ paymentId }) => this.printReceipt(paymentId),
      printEvidence: ({ paymentId }) => this.print({ kind: 'evidence', aggregate: paymentId, subject: '' }),
      retryJournal: () => this.retryJournal(),
      openPayments: () => this.openPayments(),
      recentPayments: ({ count }) => this.recentPayments(count),
      paymentDetail: ({ paymentId }) => this.paymentDetail(paymentId),
      payCash: (request) => this.cash.take(request),
      returnCash: ({ commandId, paymentId }) => this.cash.giveBack(commandId, paymentId),
      refundPlan: ({ paymentId, attemptRef }) => this.refunds.plan(paymentId, attemptRef),
      refund: (request) => this.refunds.refund(request),
      askRefundNow: ({ paymentId, refundRef }) => this.askOften(refundRef, () => this.refunds.askNow(paymentId, refundRef)),
      recordOutsideRefund: (request) => this.refunds.recordOutside(request),
      printRefund: ({ paymentId, refundRef }) => this.printRefund(paymentId, refundRef),
      lookUp: ({ reference }) => this.refunds.lookUp(reference),
      refundForeign: (request) => this.refunds.refundForeign(request),
      settle: (request) => this.settle(request),
      people: () => this.staff.people(),
      signIn: ({ approval }) => this.staff.signIn(approval),
      lock: () => this.lock(),
      addPerson: (request) => this.staff.addPerson(request),
      changePerson: (request) => this.staff.changePerson(request),
      setPin: (request) => this.staff.setPin(request),
      setBadge: (request) => this.staff.setBadge(request),
      shift: () => this.shifts.view(),
      openShift: (request) => this.notNowOr(() => this.shifts.open(request)),
      moveCash: (request) => this.notNowOr(() => this.shifts.moveCash(request)),
      xReport: ({ approval }) => this.shifts.x(approval),
      printX: () => this.printX(),
      countDrawer: (request) => this.notNowOr(() => this.shifts.count(request)),
      closeShift: (request) => this.notNowOr(() => this.shifts.close(request)),
      z: ({ number }) => this.shifts.z(number),
      printZ: ({ number }) => this.printZ(number),
      find: ({ text, filter, count, scanId }) => this.find(text, filter, count, scanId),
      day: ({ day, filter }) => this.days.day(day, filter),
      dayPage: ({ day, filter, after, count }) => this.days.page(day, filter, after, count),
      printDay: ({ day }) => this.printQueued({ kind: 'day', aggregate: 'reports', subject: day }),
    };
    return handlers[name](request);
  }

  /** Finishes the check of the whole chain, which a host ran in a worker. */
  chainChecked(state: ReturnType<typeof verifyChain>): void {
    if (state.kind === 'broken') {
      this.isBroken = true;
      this.stopSelling(message('journalBroken', { n: String(state.sequence) }));
    }
    this.setLights(() => this.lights.chain(state.kind));
  }

  /** Payments in memory: open ones and those that a sentinel looks at. For the command line's `resolve`. */
  activePayments(): readonly Payment[] {
    return this.runner.active();
  }

  view(payment: Payment): PaymentView {
    return paymentView(payment, this.viewContext());
  }

  // ---- scans and amounts

  submitScan(text: string, symbology: string | null, typed: boolean): ScanSeen {
    // A badge is something that one has: its number typed from memory is none.
    return this.receiptOf(text) ?? (typed ? null : this.badgeOf(text)) ?? this.holdCode(text, symbology, typed);
  }

  private badgeOf(text: string): ScanSeen | null {
    const person = this.staff.badgeOf(text);
    return person === null ? null : { kind: 'badge', scanId: this.vault.hold(text), person };
  }

  /** Takes digits that were given as a payment code, whatever else they may be the number of. */
  holdCode(text: string, symbology: string | null, typed: boolean): ScanSeen {
    const { codeDigits, training } = this.configuration;
    if (!isPaymentCode(text, codeDigits, symbology)) {
      const gateway = this.refunds.gatewayOf(text);
      if (gateway !== null) return { kind: 'foreignReceipt', reference: text, gateway };
      const values = { n: `${codeDigits.least}–${codeDigits.most}` };
      return { kind: 'other', scanId: typed ? null : this.vault.hold(text), message: typed ? message('codeFormat', values) : message('notAPaymentCode') };
    }
    if (training !== null && !training.isIssuedCode(text)) return { kind: 'other', scanId: null, message: message('trainingCodeOnly') };
    const scanId = this.vault.hold(text);
    const expiresAt = this.ports.clock.wall() + heldCodeSeconds * 1000;
    return { kind: 'paymentCode', scanId, wallet: walletOfCode(text), last4: text.slice(-4), digits: text.length, expiresAt };
  }

  private receiptOf(text: string): ScanSeen | null {
    const records = this.journal.reader.payments({ by: 'reference', value: text });
    // A number that several payments have identifies none of them (CASES 4): Find shows them all.
    const payment = records.length === 1 && records[0] !== undefined ? this.runner.load(records[0].paymentId) : null;
    const view = payment === null || isUntouchedForeign(payment) ? null : this.view(payment);
    return view === null ? null : { kind: 'receipt', paymentId: view.paymentId, number: view.number, amount: view.amount, verdict: view.verdict };
  }

  /** An amount stands: a connection is opened ahead, so that the scan finds one (DESIGN.md 8). */
  private amountEntered(amount: Amount): null {
    for (const configured of this.configuration.gateways.values()) {
      if (configured.gateway.capabilities.cpm && configured.gateway.capabilities.currencies.includes(amount.currency)) this.ports.http.preconnect(configured.identity.origin);
    }
    return null;
  }

  // ---- pay

  private pay(request: PayRequest): PayReply {
    const repeated = this.paymentOfCommand(request.commandId);
    if (repeated !== null) return { kind: 'started', payment: repeated };
    const refusal = this.refusal(request);
    if (refusal !== null) return { kind: 'refused', message: refusal };
    const held = this.vault.find(request.scanId);
    if (held === null) return { kind: 'refused', message: message('scanExpired') };
    const configured = this.route(request, walletOfCode(held.code));
    if ('key' in configured) return { kind: 'refused', message: configured };
    const codeHash = this.hasher.hash(held.code);
    const saleRef = request.saleRef ?? null;
    const before = this.paymentToRetry(request);
    if (before !== null && 'key' in before) return { kind: 'refused', message: before };
    const sale = {
      codeHash, saleRef,
      amount: request.amount,
      paymentId: before?.paymentId ?? null,
      assurances: new Set(request.assurances ?? []),
      askAboutCustomer: request.gateway === undefined,
    };
    const objected = objection(sale, this.guardPorts());
    if (objected !== null) return objected;
    return this.begin(request, held, codeHash, before, configured);
  }

  /** Why nothing can be sold, or this can't be; null where it may go on. */
  private refusal(request: PayRequest): Message | null {
    const refusal = this.sellingRefusal();
    if (refusal !== null) return refusal;
    return request.amount.minor <= 0 ? message('amountMissing') : null;
  }

  /** Why nothing that moves money may begin now; null where it may. */
  private notNow(): Message | null {
    if (this.isEnding) return message('tillEnding');
    if (this.phase === 'stopped') return this.stopMessage ?? message('journalNotWritable');
    return this.phase === 'recovering' ? message('recovering') : null;
  }

  private notNowOr<Reply>(act: () => Promise<Reply>): Promise<Reply | { readonly kind: 'refused'; readonly message: Message }> {
    const why = this.notNow();
    return why === null ? act() : Promise.resolve({ kind: 'refused', message: why });
  }

  /** Why nothing may be sold now; null where it may. A shop that has people sells in a shift, by a person (decision 8). */
  private sellingRefusal(): Message | null {
    const why = this.notNow() ?? this.staff.sellingRefusal();
    if (why !== null) return why;
    return this.staff.isOn() && this.shifts.current() === null ? message('shiftClosed') : null;
  }

  /** The gateway that this sale goes to, or why there is none. */
  private route(request: PayRequest, wallet: Wallet): ConfiguredGateway | Message {
    const id = request.gateway ?? this.configuration.routeCode(wallet);
    if (id === null) return message('walletNotTaken');
    const configured = this.configuration.gateways.get(id);
    if (configured === undefined) return message('gatewayNotSet', { gateway: id });
    const { maximumAmount } = configured;
    if (request.amount.currency !== maximumAmount.currency) return message('walletNotTaken');
    return request.amount.minor > maximumAmount.minor ? message('amountTooLarge', { max: amountWithSign(maximumAmount) }) : configured;
  }

  /** The payment that this is a new attempt of, null for a new sale, or why it can't be one (money rule 4). */
  private paymentToRetry(request: PayRequest): Payment | Message | null {
    if (request.paymentId === undefined) return null;
    const payment = this.runner.load(request.paymentId);
    if (payment === null) return message('paymentNotFound');
    if (isOpen(payment)) return message('scanWhileOpen');
    if (isPaidOrRecorded(payment)) return message('saleAlreadyPaid');
    // Another amount is another sale: a payment is what one sale wants paid.
    return sameAmount(leadingAttempt(payment).created.amount, request.amount) ? payment : null;
  }

  private begin(request: PayRequest, held: { readonly code: string; readonly scanned: number }, codeHash: string, before: Payment | null, configured: ConfiguredGateway): PayReply {
    const event = this.newAttempt(request, held, codeHash, before, configured);
    try {
      const payment = this.runner.begin(event, held.code);
      this.vault.release(request.scanId);
      return { kind: 'started', payment: this.view(payment) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  private newAttempt(request: PayRequest, held: { readonly code: string; readonly scanned: number }, codeHash: string, before: Payment | null, configured: ConfiguredGateway): AttemptCreated {
    const { random } = this.ports;
    const { store, terminalId } = this.configuration;
    const time = this.runner.time();
    const { day, hour } = this.dayAndHour(time.wall);
    const by = this.staff.who();
    const first = before?.attempts[0]?.created;
    const { queryBy, reverse, repeatPayWithinSeconds, reference } = configured.gateway.capabilities;
    return {
      type: 'attemptCreated', time, day, hour,
      attemptRef: reference.prefix + makeReference(random, reference.length - reference.prefix.length, reference.alphabet),
      paymentId: before?.paymentId ?? makeReference(random, 20),
      firstAttempt: before === null,
      number: first?.number ?? this.newNumber(day),
      saleRef: first?.saleRef ?? request.saleRef ?? null,
      commandId: request.commandId,
      amount: request.amount,
      gateway: configured.gateway.id,
      identity: configured.identity,
      traits: { queryBy, reverse, repeatPayWithinSeconds },
      policy: configured.policy,
      codeHash,
      last4: held.code.slice(-4),
      wallet: walletOfCode(held.code),
      scanned: held.scanned,
      subject: store.name,
      operator: this.staff.isOn() ? by.operatorId : terminalId,
      by,
      terminalId,
    };
  }

  private dayAndHour(at: Instant): { readonly day: string; readonly hour: number } {
    const { store } = this.configuration;
    return { day: shopDay(at, store.timezone, store.dayChangeHour), hour: Number(localTime(at, store.timezone).hour) };
  }

  /** The short number `T01-261121-0386`: for people, only ever a search (CASES 4). */
  private newNumber(day: string): string {
    const count = this.journal.reader.countOfDay(day) + 1;
    return `${this.configuration.terminalId}-${day.slice(2).replaceAll('-', '')}-${String(count).padStart(4, '0')}`;
  }

  private guardPorts(): GuardPorts {
    return {
      reader: this.journal.reader,
      payment: (paymentId) => this.runner.load(paymentId),
      open: () => this.runner.active().filter(isOpen),
      view: (payment) => this.view(payment),
      timeText: (at) => this.timeText(at),
      now: () => this.ports.clock.wall(),
    };
  }

  private paymentOfCommand(commandId: string): PaymentView | null {
    const paymentId = this.journal.reader.aggregateOfCommand(commandId);
    return paymentId === null ? null : this.viewOf(paymentId);
  }

  // ---- acts on a payment

  private askNow(paymentId: string): ActReply {
    const payment = this.runner.payment(paymentId);
    if (payment === null || !isOpen(payment)) return { kind: 'refused', message: message('nothingToAsk') };
    return this.askOften(paymentId, () => this.act(paymentId, 'askedNow', null));
  }

  /** "Ask now" asks at most every two seconds. */
  private askOften(subject: string, ask: () => ActReply): ActReply {
    const now = this.ports.clock.monotonic();
    if (now - (this.lastAsked.get(subject) ?? -askAgainMilliseconds) < askAgainMilliseconds) return { kind: 'refused', message: message('tooSoon') };
    this.lastAsked.set(subject, now);
    return ask();
  }

  private giveUp(paymentId: string, commandId: string): ActReply {
    const repeated = this.paymentOfCommand(commandId);
    if (repeated !== null) return { kind: 'done', payment: repeated };
    const refusal = this.staff.sellingRefusal();
    if (refusal !== null) return { kind: 'refused', message: refusal };
    const payment = this.runner.payment(paymentId);
    const name = payment === null ? null : actingAttempt(payment).name;
    if (name !== 'submitting' && name !== 'waitingForPayer' && name !== 'unknown') return { kind: 'refused', message: message('cannotGiveUp') };
    return this.act(paymentId, 'gaveUp', commandId);
  }

  /** CASES 14, for what is still open: what is paid is given back by a refund. */
  private setNotWanted(paymentId: string, on: boolean): ActReply {
    const refusal = this.staff.sellingRefusal();
    if (refusal !== null) return { kind: 'refused', message: refusal };
    const payment = this.runner.load(paymentId);
    if (payment !== null && !isOpen(payment)) return { kind: 'refused', message: message('nothingToAsk') };
    return this.act(paymentId, on ? 'notWanted' : 'wantedAgain', null);
  }

  private act(paymentId: string, act: PersonActed['act'], commandId: string | null): ActReply {
    // What was not taken up in this process counts its waits by another one's clock: nothing acts on it before.
    if (this.phase === 'stopped') return { kind: 'refused', message: this.stopMessage ?? message('journalNotWritable') };
    if (this.isEnding) return { kind: 'refused', message: message('tillEnding') };
    const payment = this.runner.load(paymentId);
    if (payment === null) return { kind: 'refused', message: message('paymentNotFound') };
    const { attemptRef } = (act === 'askedNow' ? leadingAttempt : actingAttempt)(payment).created;
    try {
      const after = this.runner.act(paymentId, { type: 'personActed', time: this.runner.time(), attemptRef, act, commandId, by: this.staff.who() });
      return { kind: 'done', payment: this.view(after) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  // ---- a person's word

  /** CASES 17: the owner's PIN, then the word is journaled; the gateway's own word is never overwritten by it. */
  private async settle(request: TillCalls['settle'][0]): Promise<SettleReply> {
    const before = this.paymentOfCommand(request.commandId);
    if (before !== null) return { kind: 'done', payment: before };
    const early = this.settleRefusal(request);
    if (early !== null) return { kind: 'refused', message: early };
    const allowed = await this.staff.allow('settle', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    const repeated = this.paymentOfCommand(request.commandId);
    if (repeated !== null) return { kind: 'done', payment: repeated };
    const refusal = this.settleRefusal(request);
    const payment = this.runner.load(request.paymentId);
    if (refusal !== null || payment === null) return { kind: 'refused', message: refusal ?? message('paymentNotFound') };
    const time = this.runner.time();
    const by = allowed.approval?.by ?? allowed.by;
    const approved = this.staff.approvalEntry(allowed, 'settle', time, { refundRef: request.refundRef ?? null, amount: null });
    const entry = approved === null ? null : { aggregate: payment.paymentId, type: approved.type, payload: approved };
    const { commandId, how, sentence } = request;
    const refund = request.refundRef === undefined ? null : openRefund(payment);
    const { attemptRef } = refund?.created ?? leadingAttempt(payment).created;
    try {
      const after = refund === null
        ? this.runner.act(payment.paymentId, { type: 'settled', time, attemptRef, commandId, as: request.as, how, sentence, by }, entry)
        : this.runner.act(payment.paymentId, { type: 'refundSettled', time, refundRef: refund.created.refundRef, attemptRef, commandId, as: request.as === 'paid' ? 'refunded' : 'notRefunded', how, sentence, by }, entry);
      return { kind: 'done', payment: this.view(after) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  private settleRefusal(request: TillCalls['settle'][0]): Message | null {
    const why = this.notNow();
    if (why !== null) return why;
    if (request.how === 'other' && (request.sentence ?? '').trim() === '') return message('settleReason');
    const payment = this.runner.load(request.paymentId);
    if (payment === null) return message('paymentNotFound');
    if (request.refundRef !== undefined) return this.refundSettleRefusal(payment, request.refundRef);
    const lead = leadingAttempt(payment);
    // A person's word about a payment whose refund is out would leave that refund without a payment.
    if (openRefund(payment) !== null) return message('refundOpen');
    if (lead.name === 'review' && lead.inFlight !== null) return message('settleAsking');
    return lead.name === 'review' ? null : message('settleNotOpen');
  }

  /** A refund in review, or one that was accepted and hasn't arrived for a day. */
  private refundSettleRefusal(payment: Payment, refundRef: string): Message | null {
    const refund = openRefund(payment);
    if (refund === null || refund.created.refundRef !== refundRef) return message('settleNotOpen');
    if (refund.inFlight !== null) return message('settleAsking');
    const isLate = refund.name === 'pending' && this.ports.clock.wall() - refund.created.time.wall > pendingSettlesAfterMilliseconds;
    return refund.name === 'review' || isLate ? null : message('settleNotOpen');
  }

  /** The statement has a refund of ours as done that ended here as not done: its money is held, and a person must look. */
  refundsBooked(refundRefs: readonly string[]): void {
    for (const refundRef of refundRefs) {
      const record = this.journal.reader.refunds({ refundRef })[0];
      const payment = record === undefined ? null : this.runner.load(record.paymentId);
      const refund = payment?.refunds.find((one) => one.created.refundRef === refundRef);
      if (payment === null || refund === undefined || (refund.name !== 'refused' && refund.name !== 'settled')) continue;
      try {
        this.runner.act(payment.paymentId, { type: 'refundBooked', time: this.runner.time(), refundRef, attemptRef: refund.created.attemptRef });
      } catch (error) {
        this.refusedByJournal(error);
      }
    }
  }

  private lock(): TillStatus {
    this.staff.lock();
    return this.status();
  }

  /** The statement of its gateway shows money under these numbers that ended here without any: a person must look. */
  bookedElsewhere(attemptRefs: readonly string[]): void {
    for (const attemptRef of attemptRefs) {
      const record = this.journal.reader.payments({ by: 'reference', value: attemptRef })[0];
      const payment = record === undefined ? null : this.runner.load(record.paymentId);
      const attempt = payment?.attempts.find((one) => one.created.attemptRef === attemptRef);
      if (payment === null || attempt === undefined || attempt.name === 'paid' || !isEnded(attempt) || attempt.recorded?.as === 'paid') continue;
      try {
        this.runner.act(payment.paymentId, { type: 'bookedElsewhere', time: this.runner.time(), attemptRef });
      } catch (error) {
        this.refusedByJournal(error);
      }
    }
  }

  /** A note on a difference between the journal and a statement: an event of its own, by whoever stands there. */
  noteDifference(note: { readonly commandId: string; readonly gateway: string; readonly reference: string; readonly text: string }): Message | null {
    if (this.journal.reader.aggregateOfCommand(note.commandId) !== null) return null;
    try {
      this.journal.append([{ aggregate: 'reconcile', type: 'differenceNoted', payload: { type: 'differenceNoted', time: this.runner.time(), by: this.staff.who(), ...note } }], { commandId: note.commandId });
      return null;
    } catch (error) {
      return this.refusedByJournal(error).message;
    }
  }

  // ---- paper

  private printReceipt(paymentId: string): ActReply {
    const payment = this.runner.load(paymentId);
    if (payment === null) return { kind: 'refused', message: message('paymentNotFound') };
    const subject = paidAttempt(payment)?.created.attemptRef ?? '';
    const begun = this.everBegan(paymentId, ['receipt', 'copy'], subject);
    return this.print({ kind: begun ? 'copy' : 'receipt', aggregate: paymentId, subject });
  }

  private printRefund(paymentId: string, refundRef: string): ActReply {
    const begun = this.everBegan(paymentId, ['refund', 'refundCopy'], refundRef);
    return this.print({ kind: begun ? 'refundCopy' : 'refund', aggregate: paymentId, subject: refundRef });
  }

  private printed(aggregate: string, kinds: readonly PrintWork['kind'][], subject: string): PrintState {
    return printStateOf(this.journal.reader.printJobs({ paymentId: aggregate }), kinds, subject);
  }

  /** True once a byte of it may have left, whatever became of later prints: then every further one says that it is a copy. */
  private everBegan(aggregate: string, kinds: readonly PrintWork['kind'][], subject: string): boolean {
    return this.journal.reader.printJobs({ paymentId: aggregate }).some((job) => isWorkOf(job, kinds, subject) && job.state !== 'waiting' && job.state !== 'dropped');
  }

  private print(work: PrintWork): ActReply {
    const view = this.viewOf(work.aggregate);
    if (view === null) return { kind: 'refused', message: message('paymentNotFound') };
    if ((work.kind === 'receipt' || work.kind === 'copy') && view.verdict !== 'paid') return { kind: 'refused', message: message('noReceiptYet') };
    const queued = this.printQueued(work);
    return queued.kind === 'refused' ? queued : { kind: 'done', payment: this.viewOf(work.aggregate) ?? view };
  }

  private printQueued(work: PrintWork): { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: Message } {
    if (!this.configuration.printerPresent) return { kind: 'refused', message: message('printerAbsent') };
    if (work.kind === 'z' && this.shifts.report(Number(work.subject)) === null) return { kind: 'refused', message: message('zNotFound') };
    try {
      if (!this.prints.printNow(work)) this.prints.queue(work);
    } catch (error) {
      return this.refusedByJournal(error);
    }
    return { kind: 'done' };
  }

  private printX(): { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: Message } {
    const shift = this.shifts.current();
    if (shift === null) return { kind: 'refused', message: message('shiftNotOpen') };
    return this.printQueued({ kind: 'x', aggregate: shiftAggregate(shift.number), subject: String(this.journal.lastSequence) });
  }

  private printZ(number: number): { readonly kind: 'done' } | { readonly kind: 'refused'; readonly message: Message } {
    const aggregate = shiftAggregate(number);
    const begun = this.everBegan(aggregate, ['z', 'zCopy'], String(number));
    return this.printQueued({ kind: begun ? 'zCopy' : 'z', aggregate, subject: String(number) });
  }

  /** What prints by itself goes into the journal with the very row that causes it: exactly once, whatever dies. */
  private companions(before: Payment | null, after: Payment, event: PaymentEvent): Companions {
    const works = this.printsItself(before, after, event);
    if (works.length === 0 || !this.configuration.printerPresent) return noCompanions;
    const jobs = works.map((work) => this.prints.newJob(work));
    return {
      entries: jobs.map(({ entry }) => entry),
      printJobs: jobs.map(({ job }) => job.record),
      written: () => {
        for (const { job } of jobs) this.prints.add(job);
      },
    };
  }

  private printsItself(before: Payment | null, after: Payment, event: PaymentEvent): readonly PrintWork[] {
    const { paymentId: aggregate } = after;
    const drawer: PrintWork = { kind: 'drawer', aggregate, subject: '' };
    if (event.type === 'cashTaken' || event.type === 'cashReturned') return [drawer];
    if (event.type === 'foreignFound') return [];
    if ('refundRef' in event) return this.refundPrints(before, after, event.refundRef, drawer);
    if ((before !== null && isPaid(before)) || !isPaid(after)) return [];
    // Of the attempt that paid: the receipt of cash that was given back stands for nothing that comes after it.
    const subject = paidAttempt(after)?.created.attemptRef ?? '';
    return this.printed(aggregate, ['receipt', 'copy'], subject) === 'none' ? [{ kind: 'receipt', aggregate, subject }] : [];
  }

  private refundPrints(before: Payment | null, after: Payment, refundRef: string, drawer: PrintWork): readonly PrintWork[] {
    const was = before?.refunds.find((refund) => refund.created.refundRef === refundRef);
    const is = after.refunds.find((refund) => refund.created.refundRef === refundRef);
    // What a statement showed was told to the customer when it happened.
    if (is?.name !== 'refunded' || was?.name === 'refunded' || is.created.found) return [];
    const slip: PrintWork = { kind: 'refund', aggregate: after.paymentId, subject: refundRef };
    return is.created.way === 'cash' ? [drawer, slip] : [slip];
  }

  private queued(work: PrintWork): ReturnType<ConstructorParameters<typeof ShiftDesk>[0]['paper']> {
    if (!this.configuration.printerPresent) return null;
    const { entry, job } = this.prints.newJob(work);
    return { entry, job: job.record, written: () => this.prints.add(job) };
  }

  // ---- questions

  status(): TillStatus {
    const { version, store, terminalId, maximumAmount, training } = this.configuration;
    return {
      version,
      training: training !== null,
      phoneUrl: training?.phoneUrl ?? null,
      storeName: store.name,
      terminalId,
      timezone: store.timezone,
      locale: store.locale,
      currency: store.currency,
      maximumAmount,
      phase: this.phase,
      stopMessage: this.stopMessage,
      recovery: this.recovery,
      openCount: this.runner.active().filter(hasOpenMatter).length,
      staff: this.staff.status(),
      shift: this.openShift(),
      shiftNeeded: this.staff.isOn(),
      cash: this.configuration.cash,
      refund: this.configuration.refund,
      tasks: [],
      restored: this.restored.isRestored(),
      dayChangeHour: store.dayChangeHour,
      ...this.lights.lights(),
    };
  }

  private openShift(): TillStatus['shift'] {
    const shift = this.shifts.current();
    return shift === null ? null : { number: shift.number, openedAt: shift.opened.time.wall, by: shift.opened.by };
  }

  private openPayments(): OpenPayments {
    const open = this.runner.active().filter(hasOpenMatter).map((payment) => this.view(payment));
    const today = this.today();
    const { day, ...settledToday } = this.settled;
    return {
      open: open.toSorted((left, right) => left.startedAt - right.startedAt),
      quiet: [],
      settledToday: day === today ? settledToday : { paid: 0, undone: 0, longestSeconds: 0 },
      chain: this.lights.chainState(),
    };
  }

  recentPayments(count: number): readonly PaymentView[] {
    return this.journal.reader.payments({ by: 'newest', count }).flatMap((record) => this.viewOf(record.paymentId) ?? []);
  }

  paymentDetail(paymentId: string): PaymentDetail | null {
    const payment = this.viewOf(paymentId);
    if (payment === null) return null;
    return { payment, timeline: timeline(this.journal.reader.rowsOf(paymentId)), receipt: this.paper.document({ kind: 'receipt', aggregate: paymentId, subject: '' }) };
  }

  private viewOf(paymentId: string): PaymentView | null {
    const payment = this.runner.load(paymentId);
    return payment === null ? null : this.view(payment);
  }

  private viewContext(): ViewContext {
    const { gateways } = this.configuration;
    return {
      clock: this.ports.clock,
      gatewayNames: (id) => gateways.get(id)?.gateway.names ?? (id === 'cash' ? cashNames : { 'zh-CN': id, en: id }),
      supportPhone: (id) => gateways.get(id)?.supportPhone ?? null,
      keyName: (id) => `gateways.${id}.${gateways.get(id)?.gateway.secretKeys[0] ?? ''}`,
      printState: (paymentId) => printState(this.journal.reader.printJobs({ paymentId })),
      likelyDuplicateOf: (payment) => this.likelyDuplicateOf(payment),
      drawerState: (paymentId) => this.printed(paymentId, ['drawer'], ''),
      refunds: () => this.refundContext(),
    };
  }

  private refundContext(): RefundContext {
    const { gateways } = this.configuration;
    return {
      now: this.ports.clock.wall(),
      capability: (id) => gateways.get(id)?.gateway.capabilities.refund ?? null,
      identityKnown: ({ created }) => {
        const now = gateways.get(created.gateway)?.identity;
        return now !== undefined && now.origin === created.identity.origin && now.account === created.identity.account;
      },
      restored: this.restored.isRestored(),
    };
  }

  private find(text: string, filter: ListFilter, count: number, scanId: string | undefined): FindReply {
    const held = scanId === undefined ? null : this.vault.find(scanId);
    const wanted = held === null ? text : held.code;
    const codeHash = (typed: string): string | null => (isPaymentCode(typed, this.configuration.codeDigits, null) ? this.hasher.hash(typed) : null);
    const found = this.journal.reader.find(findQuery(wanted, filter, count + 1, { currency: this.configuration.store.currency, codeHash }));
    const hits = found.slice(0, count).flatMap((one) => {
      const payment = this.viewOf(one.record.paymentId);
      return payment === null ? [] : [findHit(one, payment, held === null ? text : '')];
    });
    return { hits, more: found.length > count };
  }

  private carriedOver(): readonly CarriedOver[] {
    return carriedOver(this.runner.active());
  }

  /** CASES 20 and 29: sentinels look, and the head of the chain is written outside the home. */
  private shiftClosed(): void {
    this.runner.lookNow();
    this.restored.write();
  }

  /**
   * A gateway's statement was matched. In a restored journal the refunds that it shows are held, and refunds go on once all
   * are and it covers all that may be missing (CASES 29); `refunds` null where they aren't all known.
   */
  reconciled(gateway: string, statement: { readonly days: { readonly fromDay: string; readonly toDay: string } | null; readonly refunds: readonly FoundRefund[] | null }): void {
    if (!this.restored.isRestored() || statement.refunds === null) return;
    const areHeld = statement.refunds.map((found) => this.refunds.found(found)).every((held) => held);
    if (!areHeld || statement.days === null || !this.restored.covers(statement.days, (at) => this.dayAndHour(at).day)) return;
    try {
      this.journal.append([this.restored.reconciledEntry(gateway)]);
    } catch (error) {
      this.refusedByJournal(error);
      return;
    }
    this.restored.noteReconciled(gateway);
    if (!this.restored.isRestored()) {
      this.lights.journalStopped(null);
      this.restored.write();
      // Refunds that had to hold still are asked for again.
      this.runner.takeUpRefunds();
    }
    this.emitStatus();
  }

  private noticeRestored(): void {
    const entry = this.restored.noticeEntry(this.ports.clock.wall());
    if (entry === null) return;
    try {
      this.journal.append([entry]);
    } catch (error) {
      this.refusedByJournal(error);
    }
  }

  /** Why whoever stands at the till may not do this without somebody else; null where they may. */
  refusalOf(act: Act): Message | null {
    return this.staff.refusalOf(act);
  }

  /** CASES 12: the same payer paid the same amount within ten minutes. */
  private likelyDuplicateOf(payment: Payment): string | null {
    const lead = leadingAttempt(payment);
    if (lead.name !== 'paid' || lead.payerId === null || lead.paidAt === null) return null;
    const since = lead.paidAt - duplicateWithinMilliseconds;
    const others = this.journal.reader.payments({ by: 'payerId', value: lead.payerId, since });
    const other = others.find((record) => record.paymentId !== payment.paymentId && record.verdict === 'paid' && record.amountMinor === lead.created.amount.minor && record.startedAt <= lead.created.time.wall);
    return other?.number ?? null;
  }

  private today(): string {
    const { store } = this.configuration;
    return shopDay(this.ports.clock.wall(), store.timezone, store.dayChangeHour);
  }

  private timeText(at: Instant): string {
    const { hour, minute } = localTime(at, this.configuration.store.timezone);
    return `${hour}:${minute}`;
  }

  // ---- what happens

  private onPaymentChanged(payment: Payment, answered: string | null): void {
    const lead = leadingAttempt(payment);
    this.ports.log.info('payment', {
      paymentId: payment.paymentId, attemptRef: lead.created.attemptRef, gatewayRef: lead.gatewayRef, gateway: lead.created.gateway, state: lead.name,
      amount: amountDigits(lead.created.amount), currency: lead.created.amount.currency, durationMilliseconds: lead.changed.wall - lead.created.time.wall,
    });
    if (isEnded(lead)) this.countSettled(payment);
    this.setLights(() => this.lights.gatewaySpoke(lead));
    this.emit({ type: 'payment', payment: this.view(payment) });
    this.emitStatus();
    if (answered !== null) this.firstAnswer(answered);
    this.refunds.undoByRefund(payment);
  }

  private firstAnswer(attemptRef: string): void {
    if (!this.waitingForFirstAnswers.delete(attemptRef)) return;
    this.recovery = { ...this.recovery, asked: this.recovery.asked + 1 };
    this.finishRecovery();
  }

  private finishRecovery(): void {
    if (this.waitingForFirstAnswers.size > 0) {
      this.emitStatus();
      return;
    }
    if (this.phase === 'recovering') this.setPhase('ready', null);
    this.recovered?.();
    this.recovered = null;
  }

  private countSettled(payment: Payment): void {
    const lead = leadingAttempt(payment);
    const seconds = Math.round((lead.changed.wall - lead.created.time.wall) / 1000);
    // Only what had been unclear for a while counts as settled by itself.
    if (lead.asked === 0 || lead.sentinel?.round !== 0 && lead.name !== 'paid') return;
    const today = this.today();
    if (this.settled.day !== today) Object.assign(this.settled, { day: today, paid: 0, undone: 0, longestSeconds: 0 });
    if (lead.name === 'paid') this.settled.paid += 1;
    else this.settled.undone += 1;
    this.settled.longestSeconds = Math.max(this.settled.longestSeconds, seconds);
  }

  private onDeviceEvent(event: DeviceEvent): void {
    switch (event.type) {
      case 'scan':
        this.emit({ type: 'scan', scan: this.submitScan(event.text, event.symbology, false) });
        return;
      case 'garbled':
        this.emit({ type: 'scan', scan: { kind: 'garbled', message: message('scannerGarbled') } });
        return;
      case 'scanner':
      case 'devices':
        this.setLights(() => this.lights.device(event));
        return;
      case 'printer':
        this.setLights(() => this.lights.device(event));
        if (event.state === 'ready') this.prints.drain();
        return;
    }
  }

  private tellPrinted(aggregate: string): void {
    const payment = this.journal.reader.payments({ by: 'paymentId', value: aggregate })[0];
    const view = payment === undefined ? null : this.viewOf(payment.paymentId);
    if (view !== null) this.emit({ type: 'payment', payment: view });
    else this.emitStatus();
  }

  // ---- the journal

  /** Money rule 10 at start: the newest rows before anything is sold. False where the journal is broken. */
  private checkChain(): boolean {
    const { reader } = this.journal;
    const after = Math.max(0, reader.head().sequence - chainRowsAtStart);
    const anchor = after === 0 ? undefined : reader.rowsAfter(after - 1, 1)[0]?.hash;
    const state = verifyChain(reader, after, anchor);
    if (state.kind === 'whole') return true;
    this.chainChecked(state);
    return false;
  }

  /** A command that the journal could not take was not carried out; any other error is a broken invariant. */
  private refusedByJournal(error: unknown): { readonly kind: 'refused'; readonly message: Message } {
    if (!(error instanceof JournalUnavailable)) throw error;
    this.onJournalFailed(error);
    return { kind: 'refused', message: this.stopMessage ?? message('journalNotWritable') };
  }

  private onJournalFailed(error: JournalUnavailable): void {
    this.ports.log.error('journal', { reason: error.reason, detail: error.message });
    const keys = { notWritable: 'journalNotWritable', inUse: 'journalInUse', broken: 'journalBroken', newer: 'journalNewer', settingsLost: 'journalNotWritable' } as const;
    const open = this.runner.active().filter(isOpen).length;
    // "Nothing was sent" is true of a sale that could not begin, not of what is under way.
    if (error.reason === 'notWritable' && open > 0) this.stopSelling(message('journalStoppedWithOpen', { n: String(open) }));
    else this.stopSelling(message(keys[error.reason], { n: String(this.journal.lastSequence) }));
  }

  private stopSelling(why: Message): void {
    // Whatever fails besides: a journal that doesn't add up stays the reason.
    if (this.isBroken && why.key !== 'journalBroken') return;
    this.lights.journalStopped(why);
    this.setPhase('stopped', why);
    this.recovered?.();
    this.recovered = null;
  }

  /** Tries to write again; what was in the air meanwhile is asked anew. */
  private retryJournal(): TillStatus {
    if (this.phase !== 'stopped' || this.isBroken) return this.status();
    try {
      this.journal.append([{ aggregate: 'till', type: 'journalRetried', payload: {} }]);
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      this.onJournalFailed(error);
      return this.status();
    }
    this.lights.journalStopped(null);
    this.stopMessage = null;
    void this.takeUpOpen();
    return this.status();
  }

  // ---- telling

  private setPhase(phase: TillStatus['phase'], why: Message | null): void {
    this.phase = phase;
    this.stopMessage = why;
    this.emitStatus();
  }

  private setLights(change: () => void): void {
    change();
    this.emitStatus();
  }

  private emitStatus(): void {
    this.emit({ type: 'status', status: this.status() });
  }

  private emit(event: TillEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // A screen that can't be told is the screen's trouble: the payment is journaled and goes on.
        this.ports.log.error('a listener failed', { event: event.type, error: String(error) });
      }
    }
  }
}

const cashNames = { 'zh-CN': '现金', en: 'Cash' } as const;

/** Something of it has no outcome, and somebody waits for it. */
function hasOpenMatter(payment: Payment): boolean {
  return isOpen(payment) || payment.refunds.some((refund) => !refundIsEnded(refund));
}

const noCompanions: Companions = { entries: [], printJobs: [], written: () => undefined };

function isPaid(payment: Payment): boolean {
  return payment.attempts.some((attempt) => attempt.name === 'paid' && isEnded(attempt));
}
