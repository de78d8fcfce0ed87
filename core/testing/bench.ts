/** A till over ports that a test holds in its hands: a clock to move, a wire to answer on, a journal to read. */
import { z } from 'zod';
import type { TillConfiguration } from '../configuration.ts';
import type { PaymentView, PayReply, PayRequest, PresentReply, PresentRequest, ScanSeen, TillEvent } from '../contract/types.ts';
import type { Notification, Call, Capabilities, FoundOrder, Gateway, OrderFacts, Outcome, RefundRefusal, TokenAnswer, TokenRule } from '../gateways/gateway.ts';
import { makeAmount } from '../money/amount.ts';
import { paymentPolicy, presentPolicy } from '../payment/policy.ts';
import type { Backup, DeviceEvent, Devices, HeadWitness, PinHasher, PrintResult, Random, Secrets, WireRequest, WireResult } from '../ports.ts';
import type { ReceiptDocument } from '../receipt/document.ts';
import type { SettingsStore } from '../settings/store.ts';
import { Till } from '../till.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { MemoryJournal } from './memory-journal.ts';

/** One request that the till has sent and the test has not answered yet. */
export interface PendingRequest {
  readonly call: Call | 'token';
  readonly attemptRef: string;
  readonly code: string | null;
  readonly refundRef: string | null;
  /** The access token that it carries; null where the gateway wants none. */
  readonly token?: string | null;
  /** The key that it was made with; only where the bench has former ones. */
  readonly key?: string;
  answer(outcome: Outcome | FoundOrder | TokenAnswer, date?: string, status?: number): Promise<void>;
  end(result: Extract<WireResult, { kind: 'neverSent' | 'lost' }>): Promise<void>;
}

export const lost: WireResult & { kind: 'lost' } = { kind: 'lost', reason: 'timeout', detail: 'no answer' };
export const neverSent: WireResult & { kind: 'neverSent' } = { kind: 'neverSent', reason: 'refused', detail: 'connection refused' };

const noEvidence = { code: null, words: null };
const noFacts: OrderFacts = { gatewayRef: null, walletRef: null, wallet: null, payerId: null, paidAt: null };

export const outcomes = {
  paid: (change: Partial<Extract<Outcome, { kind: 'paid' }>> = {}): Outcome => ({
    kind: 'paid', order: { ...noFacts, gatewayRef: 'G1' }, aboutOrder: true, amountCompared: true, saysAlreadyPaid: false, evidence: noEvidence, ...change,
  }),
  shown: (qr = 'https://qr.example/1'): Outcome => ({ kind: 'shown', qr, order: noFacts, evidence: noEvidence }),
  waiting: (gatewayRef: string | null = 'G1'): Outcome => ({ kind: 'waiting', order: { ...noFacts, gatewayRef }, evidence: noEvidence }),
  /** Somebody has opened the code that is shown, and is paying. */
  paying: (): Outcome => ({ kind: 'waiting', order: { ...noFacts, gatewayRef: 'G1' }, payerIsThere: true, evidence: noEvidence }),
  declined: (aboutOrder = false): Outcome => ({ kind: 'declined', reason: 'insufficientBalance', aboutOrder, order: null, evidence: { code: 'X', words: 'no' } }),
  reversed: (): Outcome => ({ kind: 'reversed', order: null, evidence: noEvidence }),
  notFound: (): Outcome => ({ kind: 'notFound', evidence: noEvidence }),
  refunded: (gatewayRefundRef: string | null = 'GR1'): Outcome => ({ kind: 'refunded', refund: { gatewayRefundRef, refundedAt: null }, evidence: noEvidence }),
  refundPending: (gatewayRefundRef: string | null = 'GR1'): Outcome => ({ kind: 'refundPending', refund: { gatewayRefundRef, refundedAt: null }, evidence: noEvidence }),
  refundDeclined: (reason: RefundRefusal = 'other', aboutRefund = false): Outcome => ({ kind: 'refundDeclined', reason, aboutRefund, evidence: { code: 'R', words: 'no' } }),
  unknown: (why: Extract<Outcome, { kind: 'unknown' }>['why'] = 'unlisted'): Outcome => ({ kind: 'unknown', why, order: null, evidence: noEvidence }),
} as const;

/** Facts of an order, for outcomes that need some. */
export function facts(change: Partial<OrderFacts>): OrderFacts {
  return { ...noFacts, ...change };
}

/** Shouqianba's kind: asked and undone by our own number. */
export const withUndo: Capabilities = {
  cpm: true, mpm: false, currencies: ['CNY'], queryBy: 'attemptRef', reverse: { undoesPaid: true, onlyOnDayAtOffsetMinutes: 480 },
  present: null, repeatPayWithinSeconds: null, firstQueryAfterSeconds: 3, reference: { prefix: 'S', length: 23, alphabet: '0123456789' },
  refund: { orderBy: 'attemptRef', partial: true, withinDays: 90, repeat: 'same', queryBy: null, reference: { prefix: 'R', length: 20, alphabet: '0123456789' } },
};

/** Omipay's kind: no undo, asked by its own number, the same payment may be sent again. */
export const withoutUndo: Capabilities = {
  ...withUndo, queryBy: 'gatewayRef', reverse: null, repeatPayWithinSeconds: 45, firstQueryAfterSeconds: 5,
  refund: { orderBy: 'gatewayRef', partial: true, withinDays: null, repeat: 'whenMoreThanHalf', queryBy: 'gatewayRefundRef', reference: { prefix: 'R', length: 20, alphabet: '0123456789' } },
};

/** UMS's kind: a close that doesn't undo a paid order. */
export const undoOfUnpaidOnly: Capabilities = { ...withUndo, reverse: { undoesPaid: false, onlyOnDayAtOffsetMinutes: null } };

export interface BenchOptions {
  readonly capabilities?: Capabilities;
  readonly journal?: MemoryJournal;
  readonly secrets?: Secrets;
  readonly printer?: boolean;
  readonly account?: string;
  /** True for a gateway whose requests carry an access token. */
  readonly tokens?: boolean;
  readonly wall?: number;
  readonly training?: TillConfiguration['training'];
  readonly clock?: ManualClock;
  /** False for a till of a shop, with people and shifts; the tests of payments alone stand at the owner's machine. */
  readonly screens?: boolean;
  readonly witness?: HeadWitness;
  /** Told of every scanned code; it goes to the bench's one gateway all the same. */
  readonly routeCode?: TillConfiguration['routeCode'];
  /** The gateway that shows codes; the bench's own where it is left out. */
  readonly routeShowing?: TillConfiguration['routeShowing'];
  readonly backup?: Backup;
  readonly dayChangeHour?: number;
  /** Keys that were set up before the gateway's own `new`, newest first: all of one identity. */
  readonly formerKeys?: readonly string[];
  /** Where the settings are kept; nowhere where it is left out. */
  readonly settings?: SettingsStore;
  /** Gateways beside the bench's own, of the same kind. */
  readonly others?: readonly string[];
}

export class Bench {
  readonly clock: ManualClock;
  readonly journal: MemoryJournal;
  readonly secrets: Secrets;
  readonly pending: PendingRequest[] = [];
  readonly sent: { readonly call: Call; readonly attemptRef: string; readonly refundRef: string | null; readonly gatewayRef?: string | null; readonly isClaim?: boolean; readonly at: number }[] = [];
  readonly events: TillEvent[] = [];
  readonly printed: { readonly jobId: string; readonly document: ReceiptDocument }[] = [];
  readonly logged: string[] = [];
  /** Where a connection was opened ahead. */
  readonly preconnected: string[] = [];
  printing: PrintResult = { kind: 'printed' };
  readonly till: Till;
  private readonly options: BenchOptions;
  private deviceListener: ((event: DeviceEvent) => void) | null = null;
  private commands = 0;

  constructor(options: BenchOptions = {}) {
    this.options = options;
    this.clock = options.clock ?? new ManualClock(options.wall ?? Date.UTC(2026, 10, 21, 4, 0, 0));
    this.journal = options.journal ?? new MemoryJournal();
    this.secrets = options.secrets ?? memorySecrets();
    this.till = new Till(this.configuration(), {
      clock: this.clock, random, storage: this.journal, secrets: this.secrets, devices: this.devices(), log: this.log(),
      http: { send: (request) => this.send(request), preconnect: (origin) => void this.preconnected.push(origin) },
      pins: benchPins, witness: options.witness ?? null, backup: options.backup ?? null, settings: options.settings,
    });
    this.till.onEvent((event) => this.events.push(event));
  }

  static async started(options: BenchOptions = {}): Promise<Bench> {
    const bench = new Bench(options);
    await bench.till.start();
    return bench;
  }

  /** The same till after a power cut: the same journal and secrets, everything in memory gone. */
  reborn(options: BenchOptions = {}): Bench {
    this.till.stop();
    return new Bench({ ...this.options, wall: this.clock.wall() + 60_000, ...options, journal: this.journal, secrets: this.secrets });
  }

  scan(code: string): ScanSeen {
    return this.till.submitScan(code, null, false);
  }

  /** Scans and charges; whatever the till replies. */
  async pay(code: string, minor: number, change: Partial<PayRequest> = {}): Promise<PayReply> {
    const scan = this.scan(code);
    if (scan.kind !== 'paymentCode') throw new Error(`not a payment code: ${scan.kind}`);
    this.commands += 1;
    const reply = await this.till.call('pay', { commandId: `command-${this.clock.wall()}-${this.commands}`, scanId: scan.scanId, amount: makeAmount(minor, 'CNY'), ...change });
    await settle();
    return reply;
  }

  /** Asks for a code to show; whatever the till replies. */
  async show(minor: number, change: Partial<PresentRequest> = {}): Promise<PresentReply> {
    this.commands += 1;
    const reply = await this.till.call('present', { commandId: `command-${this.clock.wall()}-${this.commands}`, amount: makeAmount(minor, 'CNY'), ...change });
    await settle();
    return reply;
  }

  /** Asks for a code to show; throws where that isn't a start. */
  async shown(minor = 3850, change: Partial<PresentRequest> = {}): Promise<PaymentView> {
    const reply = await this.show(minor, change);
    if (reply.kind !== 'started') throw new Error(`not started: ${JSON.stringify(reply)}`);
    return reply.payment;
  }

  /** Scans and charges; throws where that isn't a start. */
  async started(code = '130000000000000001', minor = 3850, change: Partial<PayRequest> = {}): Promise<PaymentView> {
    const reply = await this.pay(code, minor, change);
    if (reply.kind !== 'started') throw new Error(`not started: ${JSON.stringify(reply)}`);
    return reply.payment;
  }

  /** The oldest request that waits for an answer. */
  take(call: Call | 'token'): PendingRequest {
    const request = this.pending.shift();
    if (request?.call !== call) throw new Error(`expected ${call}, found ${request?.call ?? 'nothing'}`);
    return request;
  }

  payment(paymentId: string): PaymentView {
    const detail = this.till.paymentDetail(paymentId);
    if (detail === null) throw new Error(`no payment ${paymentId}`);
    return detail.payment;
  }

  device(event: DeviceEvent): void {
    this.deviceListener?.(event);
  }

  /** How many requests of a kind went out so far. */
  count(call: Call): number {
    return this.sent.filter((one) => one.call === call).length;
  }

  private configuration(): TillConfiguration {
    const { formerKeys } = this.options;
    const gateway = { ...benchGateway(this.options.capabilities ?? withUndo, this.options.tokens === true), ...(formerKeys === undefined ? {} : { secretKeys: ['key'], settings: z.object({ key: z.string() }) }) };
    const block = {
      gateway, settings: formerKeys === undefined ? {} : { key: 'new' }, identity: { origin: 'https://bench.example', account: this.options.account ?? '100' },
      policy: paymentPolicy(gateway.capabilities.firstQueryAfterSeconds),
      presentPolicy: presentPolicy(paymentPolicy(gateway.capabilities.firstQueryAfterSeconds), 240, gateway.capabilities.present?.firstQueryAfterSeconds ?? 2, gateway.capabilities.present?.validSecondsMost ?? null), maximumAmount: makeAmount(5_000_000, 'CNY'), supportPhone: null,
    };
    const configured = { ...block, former: (formerKeys ?? []).map((key) => ({ ...block, settings: { key } })) };
    return {
      version: '0.1.0',
      store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY', dayChangeHour: this.options.dayChangeHour ?? 0 },
      terminalId: 'T01', receipt: { header: [], footer: [] }, maximumAmount: makeAmount(5_000_000, 'CNY'),
      gateways: new Map(['bench', ...(this.options.others ?? [])].map((id) => [id, id === 'bench' ? configured : { ...configured, gateway: { ...gateway, id } }])), routeCode: this.options.routeCode ?? (() => 'bench'), routeShowing: this.options.routeShowing ?? (() => 'bench'),
      printerPresent: this.options.printer ?? false, scannersPresent: false, training: this.options.training ?? null, codeDigits: { least: 15, most: 32 },
      refund: { reasons: [], approvalAbove: makeAmount(5000, 'CNY') }, pinDigits: 4, cash: { on: true, roundTo: makeAmount(10, 'CNY'), notes: [] },
      ownerAccess: this.options.screens !== true,
    };
  }

  private send(request: WireRequest): Promise<WireResult> {
    const wire = JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) as { call: Call; attemptRef: string; refundRef: string | null; code: string | null; gatewayRef?: string | null; isClaim?: boolean };
    this.sent.push({ call: wire.call, attemptRef: wire.attemptRef, refundRef: wire.refundRef, gatewayRef: wire.gatewayRef ?? null, isClaim: wire.isClaim ?? false, at: this.clock.monotonic() });
    return new Promise((resolve) => {
      const finish = (result: WireResult): Promise<void> => {
        resolve(result);
        return settle();
      };
      this.pending.push({
        ...wire,
        answer: (outcome, date, status = 200) => finish({ kind: 'answer', answer: { status, headers: date === undefined ? {} : { date }, body: new TextEncoder().encode(JSON.stringify(outcome)) } }),
        end: finish,
      });
    });
  }

  private devices(): Devices {
    return {
      onEvent: (listener) => {
        this.deviceListener = listener;
        return () => undefined;
      },
      print: async (jobId, document) => {
        if (this.printing.kind === 'printed') this.printed.push({ jobId, document });
        return this.printing;
      },
    };
  }

  private log(): { info: (m: string, f?: object) => void; warn: (m: string, f?: object) => void; error: (m: string, f?: object) => void } {
    const write = (text: string, fields?: object): void => void this.logged.push(`${text} ${JSON.stringify(fields ?? {})}`);
    return { info: write, warn: write, error: write };
  }
}

const benchTokens: TokenRule = {
  build: (settings) => ({ method: 'POST', url: 'https://bench.example/token', headers: {}, body: new TextEncoder().encode(JSON.stringify({ call: 'token', attemptRef: '', refundRef: null, code: null, ...keyOf(settings) })) }),
  read: (answer) => JSON.parse(new TextDecoder().decode(answer.body)) as TokenAnswer,
};

function keyOf(settings: unknown): { readonly key?: unknown } {
  return typeof settings === 'object' && settings !== null && 'key' in settings ? { key: settings.key } : {};
}

/** A gateway whose wire is the outcome itself: what it says is what the engine hears. */
function benchGateway(capabilities: Capabilities, tokens: boolean): Gateway {
  return {
    id: 'bench', names: { 'zh-CN': '试验台', en: 'Bench' }, capabilities, settings: z.object({}), secretKeys: [],
    identity: () => ({ origin: 'https://bench.example', account: '100' }),
    currency: () => 'CNY',
    token: tokens ? benchTokens : null,
    notification: { read: ({ body }) => JSON.parse(new TextDecoder().decode(body)) as Notification },
    form: [],
    build: (call, attempt, settings, moment) => ({
      method: 'POST', url: 'https://bench.example/', headers: {},
      body: new TextEncoder().encode(JSON.stringify({ call, attemptRef: attempt.attemptRef, refundRef: attempt.refund?.refundRef ?? null, code: attempt.code, gatewayRef: attempt.gatewayRef, isClaim: attempt.gatewayRefIsClaim === true, token: moment.token, ...keyOf(settings) })),
    }),
    lookUp: {
      mayBe: (reference) => /^S[0-9]{22}$/.test(reference),
      build: (reference) => ({ method: 'POST', url: 'https://bench.example/', headers: {}, body: new TextEncoder().encode(JSON.stringify({ call: 'query', attemptRef: reference, refundRef: null, code: null })) }),
      read: (_reference, answer) => JSON.parse(new TextDecoder().decode(answer.body)) as FoundOrder,
    },
    read: (_call, _attempt, answer) => JSON.parse(new TextDecoder().decode(answer.body)) as Outcome,
  };
}

/** A digest that is quick and not secret: what the real one costs and hides is tested beside it. */
const benchPins: PinHasher = {
  digest: async (pin) => Uint8Array.from({ length: 32 }, (_, at) => (pin.charCodeAt(at % pin.length) + at) % 256),
};

function memorySecrets(): Secrets {
  const kept = new Map<string, Uint8Array>();
  return { read: (name) => kept.get(name) ?? null, write: (name, value) => void kept.set(name, value) };
}

let randomState = 1;

/** Bytes that never repeat within a test file; unpredictability is not what these tests are about. */
const random: Random = {
  bytes: (length) => {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) {
      randomState = (Math.imul(randomState, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[index] = randomState >>> 24;
    }
    return bytes;
  },
};
