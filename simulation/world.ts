/** One history: a shop's day with its faults over production `core`, and the audit of it. One seed, one history. */
import type { TillConfiguration } from '../core/configuration.ts';
import type { NotificationReply, NotificationRequest } from '../core/gateways/gateway.ts';
import { Till } from '../core/till.ts';
import { Auditor } from './auditor/auditor.ts';
import { auditAtTheEnd } from './auditor/final-rules.ts';
import { tillClock, VirtualTime } from './clock.ts';
import { CodePayers } from './code-payers.ts';
import { Counter } from './counter.ts';
import { Courier } from './courier.ts';
import { Crew } from './crew.ts';
import { SimulatedDevices } from './devices.ts';
import { Disk } from './disk.ts';
import { Findings, type Finding } from './findings.ts';
import { AggregatorServer } from './gateways/aggregator.ts';
import { OmipayServer } from './gateways/omipay.ts';
import { OmoneyServer } from './gateways/omoney.ts';
import { Payers } from './gateways/payers.ts';
import { ShouqianbaServer } from './gateways/shouqianba.ts';
import { UmsServer } from './gateways/ums.ts';
import { observedLog } from './log.ts';
import { Keeping } from './keeping.ts';
import { SimulatedNetwork, type GatewayServer } from './network.ts';
import { pinHasher } from './pins.ts';
import { ProcessIsDead, TillProcess } from './process.ts';
import { drawProfile, faultless, type Profile } from './profile.ts';
import { SeededRandom } from './random.ts';
import { Returns } from './returns.ts';
import { Screen } from './screen.ts';
import { approvalAboveMinor, shopConfiguration, shopSecrets, terminalId, type Showing } from './shop.ts';
import { journalStorage, secretsOn } from './storage.ts';
import { TillDrawer } from './till-drawer.ts';
import { Workload } from './workload.ts';

export interface HistoryResult {
  readonly payments: number;
  readonly faults: number;
  readonly crashes: number;
  readonly broken: readonly Finding[];
  readonly timeline: readonly string[];
  /** The journal's last hash: two runs of one seed have the same. */
  readonly digest: string;
}

const hour = 3_600_000;
const minute = 60_000;
/** No shop's day is longer; a history that doesn't end by itself ends here. */
const longestDay = 100 * hour;
/** Histories have a few shops in common, which need not be read from their settings each time. */
const configurations = new Map<string, TillConfiguration>();

function configurationOf(terminal: 'own' | 'other', shows: Showing, presentSeconds: number): TillConfiguration {
  const key = `${terminal} ${shows} ${presentSeconds}`;
  const configuration = configurations.get(key) ?? shopConfiguration(terminal, shows, presentSeconds);
  configurations.set(key, configuration);
  return configuration;
}

export class World {
  readonly #random: SeededRandom;
  readonly #time: VirtualTime;
  readonly #findings: Findings;
  readonly #auditor: Auditor;
  readonly #disk: Disk;
  readonly #payers: Payers;
  readonly #servers: readonly GatewayServer[];
  readonly #courier: Courier;
  /** Where this shop's codes to show come from, and for how long it offers one. */
  readonly #shows: Showing;
  readonly #presentSeconds: number;
  readonly #network: SimulatedNetwork;
  readonly #devices: SimulatedDevices;
  readonly #screen: Screen;
  readonly #crew: Crew;
  readonly #returns: Returns;
  readonly #workload: Workload;
  readonly #keeping: Keeping;
  #profile: Profile;
  #process: TillProcess | null = null;
  #till: Till | null = null;
  #terminal: 'own' | 'other' = 'own';
  #otherWasUsed = false;
  #processes = 0;
  #crashes = 0;
  #otherFaults = 0;

  constructor(seed: number, keepsTimeline: boolean) {
    const random = new SeededRandom(seed);
    this.#random = random;
    const { name, profile } = drawProfile(random);
    this.#profile = profile;
    // Any hour of the day, so that some histories run through midnight in China.
    this.#time = new VirtualTime(Date.UTC(2026, 10, 21) + random.between(0, 24 * 60) * minute);
    const time = this.#time;
    this.#findings = new Findings(time, keepsTimeline);
    this.#findings.note(() => `seed ${seed}, a day of the kind ${name}`);
    this.#payers = new Payers(time, random.fork());
    const misread = (what: string): void => this.#auditor.misread(what);
    this.#servers = [new ShouqianbaServer(time, random.fork(), profile.gateway, this.#payers, misread), new OmipayServer(time, random.fork(), profile.gateway, this.#payers, misread), new UmsServer(time, random.fork(), profile.gateway, misread), new OmoneyServer(time, random.fork(), profile.gateway, misread), new AggregatorServer(time, random.fork(), profile.gateway, misread)];
    this.#courier = new Courier(time, random.fork(), profile.gateway, this.#servers, (gateway, request) => this.#notify(gateway, request));
    this.#shows = random.weighted({ shouqianba: 1, omipay: 1, ums: 3, omoney: 3, aggregator: 3 });
    this.#presentSeconds = random.pick([20, 30, 30, 45, 90]);
    this.#auditor = new Auditor({
      findings: this.#findings, now: () => time.now,
      books: this.#servers.map((server) => server.books),
      secrets: shopSecrets, terminalId, approvalAboveMinor,
      isCode: (digits) => this.#payers.codes.has(digits),
      isPersonal: (text) => this.#crew.isPersonal(text),
      badgeOf: (scanId) => this.#crew.badgeOf(scanId),
    });
    this.#disk = new Disk((row) => this.#auditor.stored(row));
    this.#network = new SimulatedNetwork(time, random.fork(), profile.network, this.#servers, this.#auditor);
    this.#devices = new SimulatedDevices(time, random.fork(), profile.printer, (jobId, document) => this.#auditor.paper(jobId, document));
    this.#screen = new Screen(this.#auditor);
    this.#keeping = new Keeping(this.#disk, time, random.fork());
    const counter = new Counter(this.#screen, time, random.fork());
    const habits = profile.people;
    const crew = new Crew(counter, habits, random.chance(0.65));
    const drawer = new TillDrawer({ counter, crew, habits, isKnown: () => !this.#auditor.isRestored, wrong: (about, detail) => this.#findings.broken('the drawer', about, detail) });
    const books = this.#servers.map((server) => server.books);
    this.#crew = crew;
    this.#returns = new Returns({ counter, crew, drawer, payers: this.#payers, books, habits, misled: (paymentId) => this.#workload.misled(paymentId), readList: () => this.#workload.readList({}) });
    this.#workload = new Workload({
      time, random: random.fork(), screen: this.#screen, devices: this.#devices, payers: this.#payers, people: habits, counter, crew, drawer, returns: this.#returns, codePayers: new CodePayers({ time, random: random.fork(), screen: this.#screen, books }),
      shifts: !crew.isOn && random.chance(0.4), today: () => new Date(time.tillWall() + 8 * hour).toISOString().slice(0, 10), payments: () => this.#disk.begun,
    });
  }

  /** For promises of production code that nobody catches. */
  threw(error: unknown): void {
    if (!(error instanceof ProcessIsDead)) this.#auditor.threw(error);
  }

  async live(payments: number): Promise<HistoryResult> {
    this.#boot();
    this.#planTroubles();
    let isClosed = false;
    const close = (): void => {
      isClosed = true;
    };
    void this.#workload.work(payments).catch((error: unknown) => this.threw(error)).finally(close);
    await this.#time.run(longestDay, () => isClosed || this.#findings.found.length > 10);
    await this.#closeShop();
    this.#audit();
    return {
      payments: this.#disk.begun,
      faults: this.#network.faults + this.#devices.faults + this.#courier.faults + this.#otherFaults,
      crashes: this.#crashes,
      broken: this.#findings.found,
      timeline: this.#findings.timeline,
      digest: this.#disk.head().hash,
    };
  }

  // ---- the process

  #boot(): void {
    const time = this.#time;
    this.#processes += 1;
    const random = this.#random.fork();
    if (random.chance(this.#profile.process.terminalChange)) this.#changeTerminal();
    const process: TillProcess = new TillProcess({
      number: this.#processes,
      startedAt: time.now,
      random: random.fork(),
      killChance: this.#profile.process.killChance,
      died: (where) => this.#died(where),
      threw: (error) => this.threw(error),
    });
    this.#process = process;
    this.#auditor.processStarted(process.number);
    this.#findings.note(() => `process ${process.number} starts`);
    const till = new Till(configurationOf(this.#terminal, this.#shows, this.#presentSeconds), {
      clock: tillClock(time, process, random.fork()),
      random: { bytes: (length) => random.bytes(length) },
      http: this.#network.transport(process),
      storage: journalStorage(this.#disk, process, random.fork()),
      secrets: secretsOn(this.#disk, process),
      devices: this.#devices.port(process),
      log: observedLog((text) => process.isAlive && this.#auditor.logged(text)),
      pins: pinHasher(time, process, random.fork(), (reads) => {
        this.#auditor.digestGiven(reads);
      }),
      witness: this.#keeping.witness(process),
      backup: this.#keeping.backup(process),
    });
    if (!process.isAlive) return;
    this.#till = till;
    this.#screen.attach(till, process);
    const startedAt = time.now;
    const ended = (): void => {
      if (process.isAlive) this.#auditor.startEnded(startedAt);
    };
    process.enter(() => void till.start().then(ended, (error: unknown) => this.threw(error)));
  }

  /** Somebody puts the other terminal's number into the settings, or the old one back (CASES 6). */
  #changeTerminal(): void {
    this.#terminal = this.#terminal === 'own' ? 'other' : 'own';
    this.#otherWasUsed = true;
    this.#findings.note(() => `the settings name the ${this.#terminal} terminal`);
  }

  #died(where: string): void {
    this.#crashes += 1;
    this.#findings.note(() => `process ${this.#processes} dies: ${where}`);
    this.#down();
  }

  #down(): void {
    const random = this.#random;
    this.#screen.detach();
    this.#till = null;
    this.#disk.powerCut();
    // What the dead process still has on its stack reads the journal that it died with.
    if (this.#keeping.mayComeBack() && random.chance(this.#profile.disk.restores)) this.#time.after(0, () => this.#restore());
    const isLong = random.chance(this.#profile.process.longDown);
    this.#time.after(isLong ? random.between(1, 14) * hour : random.between(500, 120_000), () => this.#boot());
  }

  /** Somebody plays an older copy of the journal back (CASES 29). */
  #restore(): void {
    // A copy that was made at this very instant lacks nothing.
    if (!this.#keeping.mayComeBack()) return;
    this.#otherFaults += 1;
    this.#findings.note(() => 'an older copy of the journal takes its place');
    this.#keeping.comeBack();
    this.#auditor.restored(this.#disk.rows);
    this.#workload.restored();
  }

  /** An orderly end: nothing new is sent, what is open stays in the journal (CASES 31). */
  #quit(): void {
    const process = this.#process;
    if (this.#till === null || process === null || !process.isAlive) return;
    this.#till.stop();
    // It may die over writing the head down.
    if (!process.isAlive) return;
    process.isAlive = false;
    this.#findings.note(() => `process ${process.number} quits`);
    this.#down();
  }

  /** A gateway's notice comes to the till that runs; null where none does, or it dies over it. */
  #notify(gateway: string, request: NotificationRequest): NotificationReply | null {
    const [till, process] = [this.#till, this.#process];
    if (till === null || process === null || !process.isAlive) return null;
    let reply: NotificationReply | null = null;
    process.enter(() => {
      reply = till.notified(gateway, request);
    });
    this.#findings.note(() => `${gateway} tells ${new TextDecoder().decode(request.body).slice(0, 160)}: ${JSON.stringify(reply)}`);
    return process.isAlive ? reply : null;
  }

  // ---- troubles

  #planTroubles(): void {
    const { process, disk, clock, network } = this.#profile;
    this.#often(process.killsPerHour, () => this.#process?.kill('at any time'));
    this.#often(process.quitsPerHour, () => this.#quit());
    this.#often(network.outagesPerHour, () => this.#network.beginOutage());
    this.#often(disk.fullPerHour, () => this.#fillDisk());
    this.#often(clock.jumpsPerHour, () => this.#jumpClock());
    this.#often(this.#profile.gateway.portalRefundsPerHour, () => this.#refundInPortal());
    this.#often(this.#profile.gateway.liesPerHour, () => this.#courier.lie());
    this.#often(2, () => this.#keeping.copy());
  }

  #often(perHour: number, trouble: () => void): void {
    if (perHour === 0) return;
    this.#time.after((-Math.log(1 - this.#random.fraction()) * hour) / perHour, () => {
      if (this.#profile === faultless) return;
      trouble();
      this.#often(perHour, trouble);
    });
  }

  #fillDisk(): void {
    this.#otherFaults += 1;
    this.#disk.isFull = true;
    this.#findings.note(() => 'the disk is full');
    this.#time.after(this.#random.between(100, 60_000), () => {
      this.#disk.isFull = false;
    });
  }

  #refundInPortal(): void {
    const { books } = this.#random.pick(this.#servers as [GatewayServer, ...GatewayServer[]]);
    if (books.refundInPortal()) this.#otherFaults += 1;
  }

  #jumpClock(): void {
    this.#otherFaults += 1;
    const milliseconds = this.#random.pick([0, 0, 1000, -1000, 120_000, -120_000, 400_000, -400_000, hour, -hour, 26 * hour, -26 * hour]);
    this.#findings.note(() => `the till's wall clock is ${milliseconds} ms ahead`);
    this.#time.setSkew(milliseconds);
  }

  // ---- closing time

  /** All faults stop; then everything must end or be with a person, before a restart and after one. */
  async #closeShop(): Promise<void> {
    const time = this.#time;
    this.#profile = faultless;
    this.#network.profile = faultless.network;
    this.#network.endOutages();
    this.#courier.profile = faultless.gateway;
    this.#devices.profile = faultless.printer;
    for (const { books } of this.#servers) {
      books.profile = faultless.gateway;
      books.hurry();
    }
    this.#disk.isFull = false;
    time.setSkew(0);
    this.#findings.note(() => 'closing time: no more faults');
    this.#calmProcess();
    await time.run(time.now + 2 * minute);
    if (!this.#screen.isUp) await time.run(time.now + 15 * hour, () => this.#screen.isUp);
    this.#calmProcess();
    await this.#screen.call('retryJournal', {});
    await time.run(time.now + 30 * minute);
    if (this.#otherWasUsed) await this.#putTerminalsBack();
    this.#auditor.lookForHanging();
    // Most ends are a restart; the others show that none is needed.
    if (this.#random.chance(0.8)) {
      this.#quit();
      await time.run(time.now + 2 * hour);
    } else {
      await time.run(time.now + 26 * hour);
    }
    if (this.#auditor.waitsForNextLook) await time.run(time.now + 26 * hour);
    // A code that nobody could close lapses after a week; whoever photographed it may still pay it.
    if (this.#auditor.hasQuiet && this.#random.chance(0.15)) await this.#waitForLapses();
    const lists = await this.#screen.call('openPayments', {});
    if (lists !== null) this.#auditor.listed(lists);
  }

  /** Nine days, now and then with a restart. */
  async #waitForLapses(): Promise<void> {
    for (let days = 0; days < 9; days += 1) {
      if (this.#random.chance(0.3)) this.#quit();
      await this.#time.run(this.#time.now + 24 * hour);
    }
    await this.#time.run(this.#time.now + 3 * hour);
  }

  /** What was begun under either terminal can be asked while the settings name it. */
  async #putTerminalsBack(): Promise<void> {
    for (let terminals = 2; terminals > 0; terminals -= 1) {
      this.#changeTerminal();
      this.#quit();
      await this.#time.run(this.#time.now + 30 * minute);
    }
  }

  #calmProcess(): void {
    this.#process?.becomesImmortal();
  }

  #audit(): void {
    this.#auditor.lookForHanging();
    this.#auditor.papers.checkReceipts();
    this.#auditor.staff.end();
    this.#auditor.staff.checkDigests();
    this.#auditor.checkReviews();
    auditAtTheEnd({
      findings: this.#findings, mirror: this.#auditor.mirror, ledger: this.#auditor.ledger, refunds: this.#auditor.refunds, shifts: this.#auditor.shifts, isRestored: this.#auditor.isRestored, wishes: this.#returns.wishes, books: this.#servers.map((server) => server.books), payers: this.#payers,
      baskets: this.#workload.baskets, disk: this.#disk,
    });
  }
}
