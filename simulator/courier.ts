/** Carries the gateways' notifications to the addresses that orders named, again and again as each document says. */
import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import type { Clock } from './clock.ts';
import type { GatewayId } from './model.ts';
import type { Rules } from './rules.ts';

export interface Notice {
  readonly gateway: GatewayId;
  /** The shop's number of the order that it is about. */
  readonly reference: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** One try each, that many seconds after the event or after the try before ended. */
  readonly pausesSeconds: readonly number[];
  /** Whether this answer ends the trying. */
  isTaken(status: number, text: string): boolean;
}

/**
 * `refused`: answered, but not with the word that ends the trying. `unreachable`: no answer. `lost`: a fault took it, or its answer.
 * `elsewhere`: the address is not a loopback one over plain HTTP, so nothing was sent; the simulator calls nobody else.
 */
export type NoticeOutcome = 'underWay' | 'taken' | 'refused' | 'unreachable' | 'lost' | 'elsewhere';

/** One try. */
export interface SentNotice {
  readonly at: number;
  readonly gateway: GatewayId;
  readonly reference: string;
  readonly url: string;
  readonly body: string;
  /** From 1; a replay has 0. */
  readonly try: number;
  readonly fault: string | null;
  readonly outcome: NoticeOutcome;
  /** HTTP status and beginning of the answer, where there was one. */
  readonly status: number | null;
  readonly answer: string;
}

type Entry = { -readonly [Key in keyof SentNotice]: SentNotice[Key] };

interface Reply {
  readonly status: number;
  readonly text: string;
}

const patienceMilliseconds = 10_000;
const longestAnswer = 200;
/** As long as the log of requests. */
const longestLog = 10_000;

export class Courier {
  readonly #clock: Clock;
  readonly #rules: Rules;
  readonly #sent: Entry[] = [];
  readonly #last = new Map<string, Notice>();
  readonly #underWay = new Set<ClientRequest>();
  readonly #listeners = new Set<(notice: SentNotice) => void>();
  #stopped = false;

  constructor(clock: Clock, rules: Rules) {
    this.#clock = clock;
    this.#rules = rules;
  }

  /** Tries until it is taken or the pauses are used up. */
  send(notice: Notice): void {
    this.#last.set(`${notice.gateway}/${notice.reference}`, notice);
    this.#plan(notice, 1);
  }

  /** Sends the last notice of an order once more, whatever became of it. False where there was none. */
  again(gateway: GatewayId, reference: string): boolean {
    const notice = this.#last.get(`${gateway}/${reference}`);
    if (notice === undefined) return false;
    this.#deliver(notice, 0, null, () => undefined);
    return true;
  }

  /** Every try, in order of its beginning. */
  all(): readonly SentNotice[] {
    return this.#sent.map((entry) => ({ ...entry }));
  }

  /** Called when a try has ended. Returns a function that ends it. */
  onEnd(listener: (notice: SentNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Drops what is on its way; nothing is sent afterwards. */
  stop(): void {
    this.#stopped = true;
    for (const request of this.#underWay) request.destroy();
  }

  #plan(notice: Notice, attempt: number): void {
    const pause = notice.pausesSeconds[attempt - 1];
    if (pause === undefined) return;
    if (pause === 0) this.#attempt(notice, attempt);
    else this.#clock.after(pause * 1000, () => this.#attempt(notice, attempt));
  }

  #attempt(notice: Notice, attempt: number): void {
    const { gateway, reference } = notice;
    const fault = this.#rules.takeFault({ gateway, call: 'notify', reference, code: null, amount: null, repeat: attempt > 1 });
    const next = (taken: boolean) => {
      if (!taken) this.#plan(notice, attempt + 1);
    };
    switch (fault?.kind) {
      case 'requestLost':
        this.#tell(this.#log(notice, attempt, fault.kind, 'lost'));
        return next(false);
      case 'answerLost':
        return this.#deliver(notice, attempt, fault.kind, () => next(false));
      case 'processedTwice':
        this.#deliver(notice, attempt, fault.kind, () => undefined);
        return this.#deliver(notice, attempt, fault.kind, next);
      case 'answerLate':
        this.#clock.after(fault.seconds * 1000, () => this.#deliver(notice, attempt, fault.kind, next));
        return;
      default:
        return this.#deliver(notice, attempt, null, next);
    }
  }

  #deliver(notice: Notice, attempt: number, fault: string | null, done: (taken: boolean) => void): void {
    if (this.#stopped) return;
    // Not tried again either: it would only be logged again.
    if (!isLoopback(notice.url)) return this.#tell(this.#log(notice, attempt, fault, 'elsewhere'));
    const entry = this.#log(notice, attempt, fault, 'underWay');
    this.#post(notice, (reply) => {
      if (this.#stopped) return;
      const taken = reply !== null && notice.isTaken(reply.status, reply.text);
      entry.outcome = fault === 'answerLost' ? 'lost' : reply === null ? 'unreachable' : taken ? 'taken' : 'refused';
      entry.status = reply?.status ?? null;
      entry.answer = reply?.text.slice(0, longestAnswer) ?? '';
      this.#tell(entry);
      done(taken);
    });
  }

  #post({ url, headers, body }: Notice, done: (reply: Reply | null) => void): void {
    let over = false;
    const finish = (reply: Reply | null) => {
      if (over) return;
      over = true;
      stopWaiting();
      this.#underWay.delete(request);
      request.destroy();
      done(reply);
    };
    const request = httpRequest(url, { method: 'POST', agent: false, headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => finish({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', () => finish(null));
    });
    const stopWaiting = this.#clock.after(patienceMilliseconds, () => finish(null));
    this.#underWay.add(request);
    request.on('error', () => finish(null));
    request.end(body);
  }

  #log({ gateway, reference, url, body }: Notice, attempt: number, fault: string | null, outcome: NoticeOutcome): Entry {
    const entry: Entry = { at: this.#clock.wall(), gateway, reference, url, body, try: attempt, fault, outcome, status: null, answer: '' };
    this.#sent.push(entry);
    if (this.#sent.length > longestLog) this.#sent.shift();
    return entry;
  }

  #tell(entry: Entry): void {
    for (const listener of this.#listeners) listener({ ...entry });
  }
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname));
}
