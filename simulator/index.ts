/** The payment gateways on loopback, with the payer's phone and every fault we know: for training and for tests. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stoppableClock, systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { CodeBook } from './codes.ts';
import { Courier } from './courier.ts';
import { Counter } from './gateways/gateway-side.ts';
import { gatewaysAt, shouqianbaVendor, simulatedGateways } from './gateways/registry.ts';
import type { SimulatorGateways } from './gateways/registry.ts';
import type { ShouqianbaVendor } from './gateways/shouqianba-terminals.ts';
import { Ledger } from './ledger.ts';
import { Phone } from './phone.ts';
import { PhoneRoutes } from './phone-routes.ts';
import { Rules } from './rules.ts';
import { listCodes } from './scripts.ts';
import { requestHandler } from './server.ts';
import { makeWorld, RequestLog } from './world.ts';
import type { World } from './world.ts';

export type { Behaviour } from './behaviour.ts';
export type { Clock } from './clock.ts';
export type { Fault } from './fault.ts';
export type { ForeignOrder } from './foreign.ts';
export { manualClock } from './manual-clock.ts';
export type { ManualClock } from './manual-clock.ts';
export type { Books, CallName, GatewayId, LoggedRequest, Order, OrderState, Refusal, RefundEntry, RefundPhase, RefundState, ShownCode, Wallet } from './model.ts';
export type { RefundCourse } from './refund-course.ts';
export type { NoticeOutcome, SentNotice } from './courier.ts';
export type { Rule } from './rules.ts';
export type { ShownDeed, ShownNow, ShownOutcome } from './shown.ts';
export type { StatementFaults } from './statement/faults.ts';
export type { StatementFile } from './statement/statement.ts';
export type { World } from './world.ts';

export interface SimulatorOptions {
  /** 0, unless said, takes any free port. */
  readonly port?: number;
  readonly clock?: Clock;
  readonly locale?: 'zh-CN' | 'en';
  /** What the aggregator's merchant has in the contract; fen unless said. */
  readonly aggregatorAmountUnit?: 'fen' | 'yuan';
}

export interface Simulator {
  readonly url: string;
  readonly phoneUrl: string;
  /** The settings blocks of DESIGN.md section 7, ready to paste. */
  readonly gateways: SimulatorGateways;
  /** What activates a terminal at Shouqianba. */
  readonly vendor: ShouqianbaVendor;
  /** The scripted payment codes by name. */
  readonly codes: Readonly<Record<string, string>>;
  /** Whether these digits are a scripted code or one that this simulator's phone has shown. */
  isIssuedCode(code: string): boolean;
  readonly world: World;
  close(): Promise<void>;
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = stoppableClock(options.clock ?? systemClock);
  const token = randomBytes(16).toString('hex');
  const ledger = new Ledger(clock);
  const rules = new Rules();
  const log = new RequestLog();
  const codes = new CodeBook(clock, () => phone.behaviour());
  const phone: Phone = new Phone(clock, ledger, codes, rules);
  const courier = new Courier(clock, rules);
  const counter = new Counter(clock, ledger, codes, rules, courier);
  const simulated = simulatedGateways(options.aggregatorAmountUnit ?? 'fen');
  const sides = Object.values(simulated).map(({ side }) => side(counter));
  const world = makeWorld({ clock, ledger, rules, log, courier, sides });
  const server = createServer(
    requestHandler({
      counter, log, phone, world, token, sides,
      phoneRoutes: new PhoneRoutes(phone, codes, options.locale ?? 'zh-CN'),
    }),
  );
  // A silent socket must stay silent for as long as a test wants it to.
  server.requestTimeout = 0;
  server.timeout = 0;
  // Long, as a gateway's front is: a request that races an idle close is a fault of its own, not one to be had by chance.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve());
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    phoneUrl: `${url}/simulator/phone/${token}/`,
    gateways: gatewaysAt(simulated, url),
    vendor: shouqianbaVendor,
    codes: listCodes(),
    isIssuedCode: (code) => codes.isIssued(code),
    world,
    close: () => {
      clock.stop();
      courier.stop();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** What a tester needs, in one object: the first line of `till simulator`. */
export interface Announcement {
  readonly gateways: SimulatorGateways;
  readonly vendor: ShouqianbaVendor;
  readonly codes: Readonly<Record<string, string>>;
  readonly phone: string;
  /** Where the control calls are, under /simulator/. */
  readonly url: string;
}

/** Starts the simulator for the command line and prints its announcement as one line; the caller ends it with `close`. */
export async function serveSimulator(options: SimulatorOptions, print: (line: string) => void): Promise<Simulator> {
  const simulator = await startSimulator(options);
  const announcement: Announcement = { gateways: simulator.gateways, vendor: simulator.vendor, codes: simulator.codes, phone: simulator.phoneUrl, url: simulator.url };
  print(JSON.stringify(announcement));
  return simulator;
}
