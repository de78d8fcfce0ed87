/** The till behind the contract: puts its parts together over the ports, hands each call to the part that answers it, and tells. */
import { message, type Message } from './contract/messages.ts';
import type { CarriedOver, OpenPayments, PaymentDetail, PaymentView, PersonName, ScanSeen, TillCalls, TillEvent, TillStatus } from './contract/types.ts';
import { tillHandlers, type OwnCallName, type TillHandlers } from './calls.ts';
import { CashDesk } from './cash/desk.ts';
import type { TillConfiguration } from './configuration.ts';
import { DayDesk } from './find/desk.ts';
import { Search } from './find/search.ts';
import type { verifyChain } from './journal/chain.ts';
import { Journal } from './journal/journal.ts';
import { RestoredJournal } from './journal/restored.ts';
import type { JournalStorage, JournalUnavailable } from './journal/storage.ts';
import { TillLights } from './lights.ts';
import { amountDigits } from './money/amount.ts';
import { PaymentActs } from './payment/acts.ts';
import { AskFirst } from './payment/ask-first.ts';
import { AskPace } from './payment/ask-pace.ts';
import { ChargeDesk } from './payment/charge-desk.ts';
import { openViews, withOpenMatter } from './payment/open-payments.ts';
import { OrderNumberDesk } from './payment/order-number-desk.ts';
import { leadingAttempt, type Payment } from './payment/payment.ts';
import { PaymentRunner } from './payment/runner.ts';
import { SettleDesk } from './payment/settle-desk.ts';
import { SettledToday } from './payment/settled-today.ts';
import { newShortNumber } from './payment/short-number.ts';
import { isEnded } from './payment/state.ts';
import { PaymentViews } from './payment/views.ts';
import { TillPhase } from './phase.ts';
import type { Backup, Clock, ConnectionProbe, Devices, DeviceEvent, HeadWitness, HttpTransport, Instant, Log, PinHasher, Random, Secrets } from './ports.ts';
import { Paper } from './receipt/paper.ts';
import { PrintDesk } from './receipt/print-desk.ts';
import { PrintQueue } from './receipt/print-queue.ts';
import type { NotificationRequest } from './gateways/gateway.ts';
import { disputesSinceClose, type Dispute } from './notification/disputes.ts';
import { NotificationDesk, type NotificationAnswer } from './notification/desk.ts';
import { ReconcileDesk, restoredNote } from './reconcile/desk.ts';
import type { KnownProfile } from './reconcile/profiles.ts';
import { statementBounds } from './reconcile/reconcile-days.ts';
import { RefundDesk, type FoundRefund } from './refund/desk.ts';
import { badgeHasher, codeHasher } from './scan/code-hash.ts';
import { ScanDesk } from './scan/desk.ts';
import { CodeVault } from './scan/vault.ts';
import { ActivationDesk } from './settings/activation-desk.ts';
import { SettingsDesk } from './settings/desk.ts';
import type { SettingsStore } from './settings/store.ts';
import { carriedOver, carriedOverUnread, isOpenUnread } from './shift/carried-over.ts';
import { ShiftDesk } from './shift/desk.ts';
import { shiftAggregate } from './shift/events.ts';
import { StaffDesk } from './staff/desk.ts';
import type { Act } from './staff/roles.ts';
import { tillStatus } from './status.ts';
import { Teller } from './teller.ts';
import { underWay } from './terminal/busy.ts';
import { TerminalDesk, type CheckInResult } from './terminal/desk.ts';
import { dayAndHour, shopDay } from './time/day.ts';

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
  /** Left out where no screen may change the settings (tests, the simulated world). */
  readonly settings?: SettingsStore | undefined;
  readonly probe?: ConnectionProbe | undefined;
  /** Of every gateway of this version: one that is off may be reconciled too. Where one has none, its days are the shop's. */
  readonly statementProfiles?: readonly KnownProfile[];
  /** Told of every secret that the till makes or is given while it runs, so that no log shows it. */
  keepSecret?(value: string): void;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };

export class Till {
  private readonly ports: TillPorts;
  private readonly configuration: TillConfiguration;
  private readonly runner: PaymentRunner;
  private readonly prints: PrintQueue;
  private readonly vault: CodeVault;
  private readonly lights: TillLights;
  private readonly restored: RestoredJournal;
  private readonly phase: TillPhase;
  private readonly views: PaymentViews;
  private readonly staff: StaffDesk;
  private readonly shifts: ShiftDesk;
  private readonly terminals: TerminalDesk;
  private readonly charges: ChargeDesk;
  private readonly askFirst: AskFirst;
  private readonly refunds: RefundDesk;
  private readonly scans: ScanDesk;
  private readonly days: DayDesk;
  private readonly paper: Paper;
  private readonly printDesk: PrintDesk;
  private readonly statements: ReconcileDesk;
  private readonly notifications: NotificationDesk;
  private readonly settings: SettingsDesk;
  private readonly settledToday = new SettledToday();
  private readonly teller: Teller;
  private readonly handlers: TillHandlers;

  constructor(configuration: TillConfiguration, ports: TillPorts) {
    const { clock, random, http, log } = ports;
    const { store, terminalId, gateways, printerPresent } = configuration;
    this.ports = ports;
    this.configuration = configuration;

    const journal = new Journal(ports.storage, clock);
    const { reader } = journal;
    const vault = (this.vault = new CodeVault(clock, random));
    const hasher = codeHasher(ports.secrets, random);
    const badges = badgeHasher(ports.secrets, random);
    const lights = (this.lights = new TillLights(configuration));
    this.teller = new Teller(log, () => this.status());
    this.restored = new RestoredJournal(reader, ports.witness, () => [...gateways.values()].filter(({ gateway }) => gateway.capabilities.refund !== null).map(({ gateway }) => gateway.id), log);

    const changed = (): void => this.teller.tellStatus();
    const stopped = (error: JournalUnavailable): void => this.phase.journalFailed(error);
    const journalFailed = (error: JournalUnavailable): Message => this.phase.refusedByJournal(error).message;
    const refusedByJournal = (error: unknown): Refused => this.phase.refusedByJournal(error);
    const notNow = (): Message | null => this.phase.notNow();
    const refusal = (): Message | null => this.sellingRefusal();
    const view = (payment: Payment): PaymentView => this.view(payment);
    const viewOf = (paymentId: string): PaymentView | null => this.views.viewOf(paymentId);
    const load = (paymentId: string): Payment | null => this.runner.load(paymentId);
    const today = (at: Instant): { readonly day: string; readonly hour: number } => dayAndHour(at, store);
    const newNumber = (day: string): string => newShortNumber(reader, terminalId, day);

    this.prints = new PrintQueue({
      journal, clock, random, log, journalFailed: stopped,
      printer: ports.devices,
      document: (work) => this.paper.document(work),
      changed: (aggregate) => this.tellPrinted(aggregate),
      problem: (result) => this.setLights(() => lights.printerProblem(result.problem, result.kind === 'interrupted')),
    });
    const terminals = (this.terminals = new TerminalDesk({
      clock, random, http, log, secrets: ports.secrets, isBusy: (gatewayId, except) => underWay(this.runner.active(), gatewayId, except), keepSecret: (value) => ports.keepSecret?.(value),
    }));
    const runner = (this.runner = new PaymentRunner({
      journal, clock, random, http, log, gateways, terminals, journalFailed: stopped,
      companions: (before, after, event) => this.printDesk.companions(before, after, event),
      refundsMayRepeat: (gateway) => !this.restored.lacksRefunds(gateway),
      met: (sentAs, met) => lights.gatewayMet(sentAs, met, this.runner.time()),
      keyTaken: (newest) => this.settings.keyTaken(newest),
      unreadable: (paymentId) => this.setLights(() => lights.paymentUnreadable(reader.payments({ by: 'paymentId', value: paymentId })[0]?.number ?? paymentId)),
      changed: (payment, event) => this.onPaymentChanged(payment, event.type === 'answered' || event.type === 'notAnswered' ? event.attemptRef : null),
    }));
    this.phase = new TillPhase({ journal, runner, lights, clock, log, changed });
    const views = (this.views = new PaymentViews({
      configuration, journal, clock, runner,
      lacksRefunds: (gateway) => this.restored.lacksRefunds(gateway),
      receipt: (paymentId) => this.paper.document({ kind: 'receipt', aggregate: paymentId, subject: '' }),
    }));
    const staff = (this.staff = new StaffDesk({
      journal, clock, random, vault, terminalId, changed, journalFailed, pins: ports.pins, pinDigits: configuration.pinDigits, ownerAccess: configuration.ownerAccess,
      badgeHash: (text) => badges.hash(text),
    }));
    const refunds = (this.refunds = new RefundDesk({
      configuration, journal, clock, random, http, view, today, newNumber, runner, staff, terminals, journalFailed,
      stopped: notNow, drawerInUse: () => !staff.isOn() || this.shifts.current() !== null, context: () => views.refundContext(),
    }));
    const pace = new AskPace(clock);
    this.askFirst = new AskFirst({ runner, staff, clock });
    this.charges = new ChargeDesk({ askFirst: this.askFirst, configuration, journal, runner, views, staff, vault, hasher, clock, random, http, refusal, today, newNumber, refusedByJournal, isDown: (id) => lights.isDown(id, clock.monotonic()) });
    const acts = new PaymentActs({ runner, views, staff, refusedByJournal, pace, noActs: () => this.phase.noActs() });
    const settles = new SettleDesk({ runner, views, staff, clock, notNow, refusedByJournal });
    const orderNumbers = new OrderNumberDesk({ journal, runner, views, staff, hasher, notNow, refusedByJournal });
    const cash = new CashDesk({
      configuration, journal, random, view, today, newNumber, runner, staff, refusal, journalFailed,
      saleRefObjection: (amount, saleRef, paymentId) => this.charges.saleRefObjection(amount, saleRef, paymentId),
    });
    const carried = (): readonly CarriedOver[] => [...carriedOver(runner.active()), ...carriedOverUnread(runner.unreadableRecords(), reader)];
    const shifts = (this.shifts = new ShiftDesk({
      journal, clock, terminalId, staff, changed, journalFailed, backup: ports.backup, currency: store.currency, drawer: configuration.cash.on, training: configuration.training !== null,
      carriedOver: carried, checks: () => this.days.checks(carried(), lights, this.shifts.newestBackup()), zDocument: (number) => this.paper.z(number, false),
      paper: (kind, aggregate, subject) => this.printDesk.shiftPaper(kind, aggregate, subject), zPrinted: (number) => this.printDesk.printed(shiftAggregate(number), ['z', 'zCopy'], String(number)),
      closed: () => this.shiftClosed(), backedUp: (how, folder) => this.setLights(() => lights.backedUp(how, folder)),
    }));
    this.days = new DayDesk({ configuration, journal, clock, staff, shiftIsOpen: () => shifts.current() !== null, unsettled: () => this.openPayments().open });
    this.paper = new Paper({ configuration, journal, staff, shifts, days: this.days, payment: load, view: (payment, lead) => views.view(payment, lead) });
    this.printDesk = new PrintDesk({ journal, runner, views, shifts, staff, printerPresent, refusedByJournal, prints: this.prints });
    this.scans = new ScanDesk({ configuration, reader, vault, staff, clock, view, payment: load, missing: (paymentId) => runner.missing(paymentId), gatewayOf: (reference) => refunds.foreign.gatewayOf(reference) });
    const search = new Search({ configuration, reader, vault, hasher, viewOf });
    this.notifications = new NotificationDesk({ gateways: configuration.gateways, journal, runner, clock, log, isStopped: () => this.phase.notNow() !== null, refusedByJournal, disputed: (gateway, number) => this.setLights(() => lights.disputed(gateway, number)) });
    this.statements = new ReconcileDesk({ journal, runner, refunds, staff, lights, clock, changed, refusedByJournal, restored: this.restored, timezone: configuration.store.timezone, spanOf: (gateway, days) => statementBounds(ports.statementProfiles ?? [], days, gateway, configuration.store.timezone) });
    const settings = (this.settings = new SettingsDesk({ notNow: () => this.phase.stopped(), configuration, journal, clock, random, http, log, runner, terminals, view, staff, journalFailed, changed, store: ports.settings ?? null, probe: ports.probe ?? null }));
    const activations = new ActivationDesk({ notNow: () => this.phase.stopped(), settings, terminals, journal, clock, staff, journalFailed, store: ports.settings ?? null });
    this.handlers = tillHandlers({
      acts, settings, activations, settles, orderNumbers, refunds, cash, pace, views, search, staff, shifts, phase: this.phase, scans: this.scans, charges: this.charges, days: this.days, prints: this.printDesk,
      status: () => this.status(), openPayments: () => this.openPayments(),
    });

    lights.journalSays(restoredNote(this.restored));
    ports.devices.onEvent((event) => this.onDeviceEvent(event));
    if (hasher.keyIsNew && reader.head().sequence > 0) lights.journalNote(message('codeHashLost'));
  }

  // ---- life

  /**
   * Takes up what was left open and resolves when selling may begin: every open attempt except reviews was asked once,
   * or its answer's time is up (CASES 26). Never rejects; a journal that can't be used stops the till with a message.
   */
  async start(): Promise<void> {
    if (!this.phase.checkChain()) return;
    this.statements.noticeRestored();
    const asked = this.phase.takeUpOpen();
    this.prints.takeUp();
    this.noticeDisputes();
    await asked;
    // Nobody waits for it yet. A command that may end in a moment leaves it to the day's first payment.
    if (!this.configuration.ownerAccess) for (const configured of this.configuration.gateways.values()) void this.terminals.checkInIfDue(configured);
  }

  /** Nothing new is sent; what is open stays in the journal (CASES 31). */
  stop(): void {
    this.phase.end();
    this.runner.stop();
    this.vault.clear();
    // A command that ran for a moment is no end of the till's day.
    if (!this.configuration.ownerAccess && !this.phase.journalIsBroken()) this.restored.write();
  }

  onEvent(listener: (event: TillEvent) => void): () => void {
    return this.teller.onEvent(listener);
  }

  /** Finishes the check of the whole chain, which a host ran in a worker. */
  chainChecked(state: ReturnType<typeof verifyChain>): void {
    this.phase.chainChecked(state);
  }

  // ---- calls

  /** One question or command of the contract; its request has been validated by the host. */
  async call<Name extends OwnCallName>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1]> {
    return this.handlers[name](request);
  }

  /** Why nothing may be sold now; null where it may. A shop that has people sells in a shift, by a person (decision 8). */
  private sellingRefusal(): Message | null {
    const why = this.phase.notNow() ?? this.staff.sellingRefusal();
    if (why !== null) return why;
    return this.staff.isOn() && this.shifts.current() === null ? message('shiftClosed') : null;
  }

  // ---- what hosts and commands ask beside the calls

  submitScan(text: string, symbology: string | null, typed: boolean): ScanSeen {
    return this.scans.submit(text, symbology, typed);
  }

  /** Takes digits that were given as a payment code, whatever else they may be the number of. */
  holdCode(text: string, symbology: string | null, typed: boolean): ScanSeen {
    return this.scans.holdCode(text, symbology, typed);
  }

  /** Payments in memory: open ones and those that a sentinel looks at. For the command line's `resolve`. */
  activePayments(): readonly Payment[] {
    return this.runner.active();
  }

  /** Receipts' numbers of payments that this till can't read, so that nothing asks about them: what became of their money isn't known. */
  unreadablePayments(): readonly string[] {
    return this.lights.unreadablePayments();
  }

  /** What is said of a payment that `paymentDetail` hasn't: there is none, or it can't be read. */
  missing(paymentId: string): Message {
    return this.runner.missing(paymentId);
  }

  view(payment: Payment): PaymentView {
    return this.views.view(payment);
  }

  recentPayments(count: number): readonly PaymentView[] {
    return this.views.newest(count);
  }

  paymentDetail(paymentId: string): PaymentDetail | null {
    return this.views.detail(paymentId);
  }

  /** Why whoever stands at the till may not do this without somebody else; null where they may. */
  refusalOf(act: Act): Message | null {
    return this.staff.refusalOf(act);
  }

  /** Who stands at the till now; the till itself where nobody is known. */
  who(): PersonName {
    return this.staff.who();
  }

  /** The statement that `by` matched shows money under these numbers that ended here without any: a person must look. */
  bookedElsewhere(attemptRefs: readonly string[], by: PersonName): void {
    this.statements.paymentsBooked(attemptRefs, by);
  }

  /** The statement has a refund of ours as done that ended here as not done: its money is held, and a person must look. */
  refundsBooked(refundRefs: readonly string[], by: PersonName): void {
    this.statements.refundsBooked(refundRefs, by);
  }

  /**
   * A gateway's statement was matched by somebody: a restored journal holds its refunds, page by page, with `days` at the last one
   * (CASES 29). True where all that were given are held.
   */
  reconciled(gateway: string, statement: { readonly days: { readonly fromDay: string; readonly toDay: string } | null; readonly refunds: readonly FoundRefund[] }, by: PersonName): boolean {
    return this.statements.matched(gateway, statement, by);
  }

  /** After a statement was matched: why refunds at this gateway still wait (CASES 29); null where they don't. */
  whyRefundsWait(gateway: string, why: 'notHeld' | 'notAll' | null): Message | null {
    return this.statements.whyStillWaiting(gateway, why);
  }

  /** The copy of the newest Z, where it was never finished; the Z's number, null where none is missing. Follow it with `z`. */
  backUpMissing(): number | null {
    return this.shifts.backUpMissing();
  }

  /** Changes the key of a gateway's terminal now (CASES 32); null where that gateway isn't set up. */
  async checkIn(gatewayId: string): Promise<CheckInResult | null> {
    const configured = this.configuration.gateways.get(gatewayId);
    return configured === undefined ? null : this.terminals.checkIn(configured);
  }

  /** A gateway tells something by itself: only ever a reason to ask. Null where no such gateway does. */
  notified(gatewayId: string, request: NotificationRequest): NotificationAnswer | null {
    return this.notifications.notified(gatewayId, request);
  }

  /** Whether the host takes notifications: not at `place`, or all is well where that is null. */
  notificationsTaken(place: string | null, isInUse: boolean): void {
    this.setLights(() => this.lights.notificationsTaken(place, isInUse));
  }

  /** A note on a difference between the journal and a statement: an event of its own, by whoever stands there. */
  noteDifference(note: { readonly commandId: string; readonly gateway: string; readonly reference: string; readonly text: string }): Message | null {
    return this.statements.note(note);
  }

  status(): TillStatus {
    const { configuration, phase, lights, staff, shifts } = this;
    const openCount = withOpenMatter(this.runner.active()).length + this.runner.unreadableRecords().filter(isOpenUnread).length;
    return tillStatus({ configuration, phase, lights, staff, shifts, openCount, restored: this.restored.isRestored() });
  }

  private openPayments(): OpenPayments {
    return { ...openViews(this.runner.active(), this.views), settledToday: this.settledToday.counts(this.today()), chain: this.lights.chainState() };
  }

  /** The light of a chargeback outlives a restart. The command line has no status bar, and starts often. */
  private noticeDisputes(): void {
    if (this.configuration.ownerAccess) return;
    const disputes = this.disputes();
    if (disputes.length === 0) return;
    this.setLights(() => {
      this.lights.disputesSeen();
      for (const { gateway, number } of disputes) this.lights.disputed(gateway, number);
    });
  }

  /** None where an old page can't be read: a light keeps nobody from asking about what is open. */
  private disputes(): readonly Dispute[] {
    try {
      return disputesSinceClose(this.ports.storage);
    } catch (error) {
      this.ports.log.error('disputed payments can’t be read from the journal', { error: String(error) });
      return [];
    }
  }

  private today(): string {
    const { store } = this.configuration;
    return shopDay(this.ports.clock.wall(), store.timezone, store.dayChangeHour);
  }

  // ---- what happens

  private onPaymentChanged(payment: Payment, answered: string | null): void {
    const lead = leadingAttempt(payment);
    this.ports.log.info('payment', {
      paymentId: payment.paymentId, attemptRef: lead.created.attemptRef, gatewayRef: lead.gatewayRef, gateway: lead.created.gateway, state: lead.name,
      amount: amountDigits(lead.created.amount), currency: lead.created.amount.currency, durationMilliseconds: lead.changed.wall - lead.created.time.wall,
    });
    if (isEnded(lead)) this.settledToday.note(lead, this.today());
    this.teller.tellPayment(this.view(payment));
    this.teller.tellStatus();
    if (answered !== null) {
      this.phase.answered(answered);
      this.askFirst.answered(answered);
    }
    this.refunds.undoByRefund(payment);
  }

  /** CASES 20 and 29: sentinels look, and the head of the chain is written outside the home. */
  private shiftClosed(): void {
    this.setLights(() => this.lights.disputesSeen());
    this.runner.lookNow();
    this.restored.write();
  }

  private onDeviceEvent(event: DeviceEvent): void {
    switch (event.type) {
      case 'scan':
        this.teller.tellScan(this.submitScan(event.text, event.symbology, false));
        return;
      case 'garbled':
        this.teller.tellScan({ kind: 'garbled', message: message('scannerGarbled') });
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
    const view = this.views.ofAggregate(aggregate);
    if (view !== null) this.teller.tellPayment(view);
    else this.teller.tellStatus();
  }

  private setLights(change: () => void): void {
    change();
    this.teller.tellStatus();
  }
}
