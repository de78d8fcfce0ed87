/** The network between the till and the gateways: it is slow, loses, delays, repeats and mangles, all in virtual time. */
import type { HttpTransport, WireLimits, WireRequest, WireResult } from '../core/ports.ts';
import type { VirtualTime } from './clock.ts';
import type { Notice, NoticeSays } from './courier.ts';
import type { Books, Order } from './gateways/books.ts';
import type { ReadRequest, ServedAnswer, Transmission, WireObserver } from './observations.ts';
import type { TillProcess } from './process.ts';
import type { Profile } from './profile.ts';
import type { SeededRandom } from './random.ts';

/** A gateway as the network sees it. */
export interface GatewayServer {
  readonly id: string;
  readonly origin: string;
  /** Reads a request as the documents say, without doing anything about it. */
  read(request: WireRequest): ReadRequest;
  /** Takes a request in now; `respond` is called once, now or later. */
  receive(request: WireRequest, respond: (answer: ServedAnswer) => void): void;
  /** An answer about another order or another amount, as a confused server or cache would give it; null where it names none. */
  falsified(answer: ServedAnswer, what: 'amount' | 'reference'): ServedAnswer | null;
  readonly books: Books;
  /** What it would tell the shop of an order by itself; null where it tells nothing. */
  notice(order: Order, says: NoticeSays): Notice | null;
}

type Outage = 'refused' | 'silent' | 'answersLost';
type Mangling = 'proxyError' | 'garbage' | 'cut' | 'wrongAmount' | 'wrongReference';

interface Exchange {
  readonly transmission: Transmission;
  readonly request: WireRequest;
  readonly server: GatewayServer;
  finish(result: WireResult, end: Transmission['end'], answer?: ServedAnswer): void;
}

export class SimulatedNetwork {
  /** How many faults struck. */
  faults = 0;
  profile: Profile['network'];
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #servers: readonly GatewayServer[];
  readonly #observer: WireObserver;
  readonly #outages = new Map<string, Outage>();
  #sent = 0;

  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['network'], servers: readonly GatewayServer[], observer: WireObserver) {
    this.#time = time;
    this.#random = random;
    this.profile = profile;
    this.#servers = servers;
    this.#observer = observer;
  }

  /** For a while a gateway is out of reach in one of three ways. */
  beginOutage(): void {
    const server = this.#random.pick(this.#servers as [GatewayServer, ...GatewayServer[]]);
    this.faults += 1;
    this.#outages.set(server.id, this.#random.pick(['refused', 'silent', 'answersLost']));
    this.#time.after(this.#random.between(5, 240) * 1000, () => this.#outages.delete(server.id));
  }

  endOutages(): void {
    this.#outages.clear();
  }

  /** The HttpTransport port of one process. */
  transport(process: TillProcess): HttpTransport {
    return {
      preconnect: () => undefined,
      send: (request, limits) =>
        new Promise((resolve) => {
          if (process.diesAt('before a request is sent')) return;
          this.#send(process, request, limits, resolve);
          process.diesAt('after a request is sent');
        }),
    };
  }

  #send(process: TillProcess, request: WireRequest, limits: WireLimits, resolve: (result: WireResult) => void): void {
    const server = this.#servers.find((one) => request.url.startsWith(one.origin));
    if (server === undefined) throw new Error(`no gateway is at ${request.url}`);
    this.#sent += 1;
    const transmission: Transmission = { ...server.read(request), number: this.#sent, process: process.number, gateway: server.id, sentAt: this.#time.now, endedAt: null, end: null, word: null };
    this.#observer.sending(transmission);
    const finish = (result: WireResult, end: Transmission['end'], answer?: ServedAnswer): void => {
      // After the end, or after the process's death, the socket is gone and nobody listens.
      if (transmission.end !== null || !process.isAlive) return;
      transmission.end = end;
      transmission.endedAt = this.#time.now;
      transmission.word = end === 'intact' ? (answer?.word ?? null) : null;
      this.#observer.ended(transmission);
      process.enter(() => resolve(result));
    };
    this.#time.after(limits.answerMilliseconds, () => finish({ kind: 'lost', reason: 'timeout', detail: 'no answer in time' }, 'lost'));
    this.#connect({ transmission, request, server, finish }, limits);
  }

  #connect(exchange: Exchange, limits: WireLimits): void {
    const { profile } = this;
    const random = this.#random;
    const outage = this.#outages.get(exchange.server.id);
    if (outage === 'refused' || random.chance(profile.refused)) {
      this.faults += 1;
      const reason = random.pick(['refused', 'nameNotFound', 'unreachable', 'tls'] as const);
      this.#time.after(random.between(1, 300), () => exchange.finish({ kind: 'neverSent', reason, detail: 'simulated' }, 'neverSent'));
      return;
    }
    if (random.chance(profile.connectTimeout)) {
      this.faults += 1;
      this.#time.after(limits.connectMilliseconds, () => exchange.finish({ kind: 'neverSent', reason: 'connectTimeout', detail: 'simulated' }, 'neverSent'));
      return;
    }
    if (outage === 'silent' || random.chance(profile.lostBefore)) {
      this.faults += 1;
      this.#maybeClose(exchange);
      return;
    }
    this.#travel(exchange, outage === 'answersLost');
  }

  /** The request is on its way; what is in flight arrives even where the till has hung up or died. */
  #travel(exchange: Exchange, answersLost: boolean): void {
    const random = this.#random;
    let wayThere = random.between(5, 150);
    if (random.chance(this.profile.lateArrival)) {
      this.faults += 1;
      wayThere = random.between(3000, random.chance(0.3) ? 240_000 : 40_000);
    }
    const arrive = (): void => exchange.server.receive(exchange.request, (answer) => this.#answer(exchange, answer, answersLost));
    this.#time.after(wayThere, arrive);
    // Omipay's and OMoney's refunds promise nothing for a repeat, and what a proxy does behind the till's back no till can bound (CASES 24).
    const mayRepeat = exchange.transmission.call !== 'refund' || exchange.server.id === 'shouqianba' || exchange.server.id === 'ums';
    if (mayRepeat && random.chance(this.profile.repeatedRequest)) {
      // A proxy lost patience and sent the same bytes again; the till hears whichever answer comes first.
      this.faults += 1;
      this.#time.after(wayThere + random.between(1, 20_000), arrive);
    }
  }

  #answer(exchange: Exchange, answer: ServedAnswer, lost: boolean): void {
    const random = this.#random;
    if (lost || random.chance(this.profile.lostAfter)) {
      this.faults += 1;
      this.#maybeClose(exchange);
      return;
    }
    let wayBack = random.between(5, 150);
    if (random.chance(this.profile.slowAnswer)) {
      this.faults += 1;
      wayBack = random.between(2000, 25_000);
    }
    const mangling = this.#mangling();
    this.#time.after(wayBack, () => {
      if (mangling === null) exchange.finish(this.#wire(answer), 'intact', answer);
      else this.#mangled(exchange, answer, mangling);
    });
  }

  #mangling(): Mangling | null {
    const { proxyError, garbage, cut, wrongAmount, wrongReference } = this.profile;
    let rest = this.#random.fraction();
    for (const [name, chance] of [['proxyError', proxyError], ['garbage', garbage], ['cut', cut], ['wrongAmount', wrongAmount], ['wrongReference', wrongReference]] as const) {
      rest -= chance;
      if (rest < 0) return name;
    }
    return null;
  }

  #mangled(exchange: Exchange, answer: ServedAnswer, how: Mangling): void {
    const random = this.#random;
    if (how === 'wrongAmount' || how === 'wrongReference') {
      const falsified = exchange.server.falsified(answer, how === 'wrongAmount' ? 'amount' : 'reference');
      if (falsified === null) {
        exchange.finish(this.#wire(answer), 'intact', answer);
        return;
      }
      this.faults += 1;
      exchange.finish(this.#wire(falsified), 'mangled');
      return;
    }
    this.faults += 1;
    switch (how) {
      case 'proxyError': {
        const status = random.pick([400, 403, 404, 408, 413, 429, 500, 502, 503, 504]);
        const pages = ['', '<html><body>Bad Gateway</body></html>', '{}'] as const;
        // Words alone with a 4xx are OMoney's own refusal of a refund (CASES 3): a proxy that says exactly that can be told by nobody.
        const body = exchange.server.id === 'omoney' ? random.pick(pages) : random.pick([...pages, '{"message":"upstream timed out"}']);
        exchange.finish(this.#wire({ ...answer, status, body }), 'mangled');
        return;
      }
      case 'garbage':
        exchange.finish(this.#wire({ ...answer, body: random.pick(['', 'null', '[]', '42', '{"result_code":', '"PAID"', '{"result_code":"200"}', '{"return_code":"SUCCESS"}', '\u0000\ufffd']) }), 'mangled');
        return;
      case 'cut':
        if (random.chance(0.5)) exchange.finish({ kind: 'lost', reason: random.pick(['broken', 'tooLarge']), detail: 'simulated' }, 'lost');
        else exchange.finish(this.#wire({ ...answer, body: answer.body.slice(0, random.between(0, Math.max(0, answer.body.length - 2))) }), 'mangled');
        return;
    }
  }

  /** A connection that brings nothing is closed by somebody, or stays silent until the till hangs up. */
  #maybeClose(exchange: Exchange): void {
    if (this.#random.chance(0.5)) return;
    this.#time.after(this.#random.between(5, 14_000), () => exchange.finish({ kind: 'lost', reason: this.#random.pick(['closed', 'aborted']), detail: 'simulated' }, 'lost'));
  }

  #wire(answer: ServedAnswer): WireResult {
    const headers = { 'content-type': 'application/json;charset=UTF-8', date: new Date(this.#time.trueWall()).toUTCString() };
    return { kind: 'answer', answer: { status: answer.status, headers, body: new TextEncoder().encode(answer.body) } };
  }
}
