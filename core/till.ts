/** The till behind the contract: takes ports, keeps the money rules, knows no screen, socket or file. */
import { message, type Message } from './contract/messages.ts';
import type {
  ActReply, Instant, OpenPayments, PaymentDetail, PaymentView, PayReply, PayRequest, ScanSeen, TillCallName, TillCalls, TillEvent, TillStatus, Wallet,
} from './contract/types.ts';
import type { TillConfiguration } from './configuration.ts';
import { objection, type GuardPorts } from './guards.ts';
import { verifyChain } from './journal/chain.ts';
import { Journal } from './journal/journal.ts';
import { JournalUnavailable, type JournalStorage } from './journal/storage.ts';
import { amountDigits, amountWithSign, sameAmount, type Amount } from './money/amount.ts';
import type { AttemptCreated, PersonActed } from './payment/events.ts';
import { actingAttempt, isOpen, leadingAttempt, paidAttempt, type Payment } from './payment/payment.ts';
import { makeReference } from './payment/reference.ts';
import { PaymentRunner, type Companions, type ConfiguredGateway } from './payment/runner.ts';
import { isEnded } from './payment/state.ts';
import { timeline } from './payment/timeline.ts';
import { paymentView, type ViewContext } from './payment/view.ts';
import type { Clock, Devices, DeviceEvent, HttpTransport, Log, Random, Secrets } from './ports.ts';
import type { ReceiptDocument } from './receipt/document.ts';
import { evidenceReceipt, paymentReceipt, type ReceiptShop } from './receipt/payment-receipt.ts';
import { isReceiptJob, printState, PrintQueue, type PrintKind } from './receipt/print-queue.ts';
import { codeHasher, type CodeHasher } from './scan/code-hash.ts';
import { isPaymentCode, walletOfCode } from './scan/codes.ts';
import { CodeVault, heldCodeSeconds } from './scan/vault.ts';
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
}

/** "Ask now" asks at most this often. */
const askAgainMilliseconds = 2000;
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
  private readonly listeners = new Set<(event: TillEvent) => void>();
  private readonly lastAsked = new Map<string, number>();
  private phase: TillStatus['phase'] = 'recovering';
  private stopMessage: Message | null = null;
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
      document: (paymentId, kind) => this.paper(paymentId, kind),
      changed: (paymentId) => this.tellPayment(paymentId),
      problem: (result) => this.setLights(() => this.lights.printerProblem(result.problem, result.kind === 'interrupted')),
    });
    this.runner = new PaymentRunner({
      journal, clock, random, http, log, journalFailed,
      gateways: configuration.gateways,
      companions: (before, after) => this.companions(before, after),
      changed: (payment, event) => this.onPaymentChanged(payment, event.type === 'answered' || event.type === 'notAnswered' ? event.attemptRef : null),
    });
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
    this.runner.stop();
    this.vault.clear();
  }

  onEvent(listener: (event: TillEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** One question or command of the contract; its request has been validated by the host. */
  async call<Name extends TillCallName>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1]> {
    const handlers: { [One in TillCallName]: (request: TillCalls[One][0]) => TillCalls[One][1] } = {
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
      printEvidence: ({ paymentId }) => this.print(paymentId, 'evidence'),
      retryJournal: () => this.retryJournal(),
      openPayments: () => this.openPayments(),
      recentPayments: ({ count }) => this.recentPayments(count),
      paymentDetail: ({ paymentId }) => this.paymentDetail(paymentId),
    };
    return handlers[name](request);
  }

  /** Finishes the check of the whole chain, which a host ran in a worker. */
  chainChecked(state: ReturnType<typeof verifyChain>): void {
    if (state.kind === 'broken') this.stopSelling(message('journalBroken', { n: String(state.sequence) }));
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
    return this.receiptOf(text) ?? this.holdCode(text, symbology, typed);
  }

  /** Takes digits that were given as a payment code, whatever else they may be the number of. */
  holdCode(text: string, symbology: string | null, typed: boolean): ScanSeen {
    const { codeDigits, training } = this.configuration;
    if (!isPaymentCode(text, codeDigits, symbology)) {
      const values = { n: `${codeDigits.least}–${codeDigits.most}` };
      return { kind: 'other', message: typed ? message('codeFormat', values) : message('notAPaymentCode') };
    }
    if (training !== null && !training.isIssuedCode(text)) return { kind: 'other', message: message('trainingCodeOnly') };
    const scanId = this.vault.hold(text);
    const expiresAt = this.ports.clock.wall() + heldCodeSeconds * 1000;
    return { kind: 'paymentCode', scanId, wallet: walletOfCode(text), last4: text.slice(-4), digits: text.length, expiresAt };
  }

  private receiptOf(text: string): ScanSeen | null {
    const record = this.journal.reader.payments({ by: 'reference', value: text })[0];
    const view = record === undefined ? null : this.viewOf(record.paymentId);
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
    if (this.phase === 'stopped') return this.stopMessage ?? message('journalNotWritable');
    if (this.phase === 'recovering') return message('recovering');
    return request.amount.minor <= 0 ? message('amountMissing') : null;
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
    if (isPaid(payment)) return message('saleAlreadyPaid');
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
    const day = shopDay(time.wall, store.timezone, store.dayChangeHour);
    const first = before?.attempts[0]?.created;
    const { queryBy, reverse, repeatPayWithinSeconds, reference } = configured.gateway.capabilities;
    return {
      type: 'attemptCreated', time, day,
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
      operator: terminalId,
      terminalId,
    };
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
    const paymentId = this.journal.reader.paymentOfCommand(commandId);
    return paymentId === null ? null : this.viewOf(paymentId);
  }

  // ---- acts on a payment

  private askNow(paymentId: string): ActReply {
    const payment = this.runner.payment(paymentId);
    if (payment === null || !isOpen(payment)) return { kind: 'refused', message: message('nothingToAsk') };
    const now = this.ports.clock.monotonic();
    if (now - (this.lastAsked.get(paymentId) ?? -askAgainMilliseconds) < askAgainMilliseconds) return { kind: 'refused', message: message('tooSoon') };
    this.lastAsked.set(paymentId, now);
    return this.act(paymentId, 'askedNow', null);
  }

  private giveUp(paymentId: string, commandId: string): ActReply {
    const repeated = this.paymentOfCommand(commandId);
    if (repeated !== null) return { kind: 'done', payment: repeated };
    const payment = this.runner.payment(paymentId);
    const name = payment === null ? null : actingAttempt(payment).name;
    if (name !== 'submitting' && name !== 'waitingForPayer' && name !== 'unknown') return { kind: 'refused', message: message('cannotGiveUp') };
    return this.act(paymentId, 'gaveUp', commandId);
  }

  /** CASES 14, for what is still open: what is paid is given back by a refund. */
  private setNotWanted(paymentId: string, on: boolean): ActReply {
    const payment = this.runner.load(paymentId);
    if (payment !== null && !isOpen(payment)) return { kind: 'refused', message: message('nothingToAsk') };
    return this.act(paymentId, on ? 'notWanted' : 'wantedAgain', null);
  }

  private act(paymentId: string, act: PersonActed['act'], commandId: string | null): ActReply {
    // What was not taken up in this process counts its waits by another one's clock: nothing acts on it before.
    if (this.phase === 'stopped') return { kind: 'refused', message: this.stopMessage ?? message('journalNotWritable') };
    const payment = this.runner.load(paymentId);
    if (payment === null) return { kind: 'refused', message: message('paymentNotFound') };
    const { attemptRef } = (act === 'askedNow' ? leadingAttempt : actingAttempt)(payment).created;
    try {
      const after = this.runner.act(paymentId, { type: 'personActed', time: this.runner.time(), attemptRef, act, commandId });
      return { kind: 'done', payment: this.view(after) };
    } catch (error) {
      return this.refusedByJournal(error);
    }
  }

  // ---- paper

  private printReceipt(paymentId: string): ActReply {
    const payment = this.runner.load(paymentId);
    if (payment === null) return { kind: 'refused', message: message('paymentNotFound') };
    const jobs = this.journal.reader.printJobs({ paymentId });
    const begun = jobs.some((job) => job.state !== 'waiting' && job.state !== 'dropped');
    return this.print(paymentId, begun ? 'copy' : 'receipt');
  }

  private print(paymentId: string, kind: PrintKind): ActReply {
    const view = this.viewOf(paymentId);
    if (view === null) return { kind: 'refused', message: message('paymentNotFound') };
    if (kind !== 'evidence' && view.verdict !== 'paid') return { kind: 'refused', message: message('noReceiptYet') };
    if (!this.configuration.printerPresent) return { kind: 'refused', message: message('printerAbsent') };
    try {
      if (kind !== 'receipt' || !this.prints.printNow(paymentId)) this.prints.queue(paymentId, kind);
    } catch (error) {
      return this.refusedByJournal(error);
    }
    return { kind: 'done', payment: this.viewOf(paymentId) ?? view };
  }

  /** The receipt goes into the journal with the very row that makes the payment paid: exactly one, whatever dies. */
  private companions(before: Payment | null, after: Payment): Companions {
    const wasPaid = before !== null && isPaid(before);
    if (wasPaid || !isPaid(after) || !this.configuration.printerPresent) return noCompanions;
    if (this.journal.reader.printJobs({ paymentId: after.paymentId }).some(isReceiptJob)) return noCompanions;
    const { entry, job } = this.prints.newJob(after.paymentId, 'receipt');
    return { entries: [entry], printJobs: [job.record], written: () => this.prints.add(job) };
  }

  private paper(paymentId: string, kind: PrintKind): ReceiptDocument | null {
    const view = this.viewOf(paymentId);
    if (view === null) return null;
    if (kind === 'evidence') return evidenceReceipt(view, timeline(this.journal.reader.rowsOf(paymentId)), this.shop());
    const payment = this.runner.load(paymentId);
    const paid = payment === null ? null : paidAttempt(payment);
    // The receipt is the paid attempt's, also while a person must look at another one of the same sale.
    return payment !== null && paid !== null && view.verdict === 'paid' ? paymentReceipt(paymentView(payment, this.viewContext(), paid), this.shop(), kind === 'copy') : null;
  }

  private shop(): ReceiptShop {
    const { store, terminalId, receipt, training } = this.configuration;
    return { storeName: store.name, terminalId, timezone: store.timezone, locale: store.locale, header: receipt.header, footer: receipt.footer, training: training !== null };
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
      openCount: this.runner.active().filter(isOpen).length,
      ...this.lights.lights(),
    };
  }

  private openPayments(): OpenPayments {
    const open = this.runner.active().filter(isOpen).map((payment) => this.view(payment));
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
    return { payment, timeline: timeline(this.journal.reader.rowsOf(paymentId)), receipt: this.paper(paymentId, 'receipt') };
  }

  private viewOf(paymentId: string): PaymentView | null {
    const payment = this.runner.load(paymentId);
    return payment === null ? null : this.view(payment);
  }

  private viewContext(): ViewContext {
    const { gateways } = this.configuration;
    return {
      clock: this.ports.clock,
      gatewayNames: (id) => gateways.get(id)?.gateway.names ?? { 'zh-CN': id, en: id },
      supportPhone: (id) => gateways.get(id)?.supportPhone ?? null,
      keyName: (id) => `gateways.${id}.${gateways.get(id)?.gateway.secretKeys[0] ?? ''}`,
      printState: (paymentId) => printState(this.journal.reader.printJobs({ paymentId })),
      likelyDuplicateOf: (payment) => this.likelyDuplicateOf(payment),
    };
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

  private tellPayment(paymentId: string): void {
    const payment = this.viewOf(paymentId);
    if (payment !== null) this.emit({ type: 'payment', payment });
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
    this.lights.journalStopped(why);
    this.setPhase('stopped', why);
    this.recovered?.();
    this.recovered = null;
  }

  /** Tries to write again; what was in the air meanwhile is asked anew. */
  private retryJournal(): TillStatus {
    if (this.phase !== 'stopped' || this.stopMessage?.key === 'journalBroken') return this.status();
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

const noCompanions: Companions = { entries: [], printJobs: [], written: () => undefined };

function isPaid(payment: Payment): boolean {
  return payment.attempts.some((attempt) => attempt.name === 'paid' && isEnded(attempt));
}
