/**
 * The HttpTransport on undici: one request over one connection, once, with an honest word about what may have left.
 *
 * undici does the HTTP/1.1; the connections are ours (`line.ts`), one undici client per connection, and such a client
 * can't open another. So a request can be written to one connection at most, whatever undici's queue would like.
 * Proxies from the environment are ignored: a proxy's refusal would say nothing about the gateway, an established
 * connection would be one to the proxy, and a stray variable must not lead payments through a third party.
 */
import { Client, type Dispatcher } from 'undici';
import type { HttpTransport, WireLimits, WireRequest, WireResult } from '../../core/ports.ts';
import { isLoopback, openConnection, type Connection, type Opening } from './line.ts';

export interface TransportOptions {
  /** PEM certificates trusted beside the well-known authorities: a gateway's private one, or a test's. */
  readonly trustedCertificates?: readonly string[];
}

export interface UndiciTransport extends HttpTransport {
  /** Ends every connection; requests under way end as `aborted`. */
  close(): void;
}

/** Largest body that an answer may have. The gateways' are below 10 KiB. */
export const bodyLimitBytes = 64 * 1024;

/**
 * How long a connection may lie idle after an answer. A request that meets the server's own idle close is lost without
 * being processed (DESIGN.md 8), so we close first; the shortest limit seen on servers is 2 s.
 */
const idleAfterAnswerMilliseconds = 1000;
/** How old a connection without any request may grow: proxies give up on a silent one after 5 s. */
const unusedMilliseconds = 4000;
/** When a connection that waits for a scan is replaced, so that a young one always stands. */
const replaceUnusedAfterMilliseconds = 3000;
/** How long after `preconnect` a connection is kept standing. */
const keepStandingMilliseconds = 60_000;

/** A connection of ours, with undici's client once a request has used it. */
interface Line {
  readonly connection: Connection;
  client: Client | null;
  idleSince: Moment;
}

/** Monotonic time stands still while the machine sleeps, wall time can jump: a line is old if either says so. */
interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/** What is known of one origin. */
interface Origin {
  readonly target: URL;
  readonly standing: Set<Line>;
  /** A connection that is being opened ahead; the next request adopts it. */
  opening: Opening | null;
  keepStandingUntil: number;
}

export function undiciTransport(options: TransportOptions = {}): UndiciTransport {
  return new Transport(options.trustedCertificates ?? []);
}

/** How long after an answer a connection must have stayed open before it is used again. */
const closesWithAnswerMilliseconds = 25;

class Transport implements UndiciTransport {
  readonly #trusted: readonly string[];
  readonly #origins = new Map<string, Origin>();
  readonly #underWay = new Set<() => void>();
  #closed = false;

  constructor(trusted: readonly string[]) {
    this.#trusted = trusted;
  }

  async send(request: WireRequest, limits: WireLimits): Promise<WireResult> {
    const origin = this.#originOf(request.url);
    if (this.#closed) return { kind: 'lost', reason: 'aborted', detail: 'the transport is closed' };
    return new Promise((resolve) => {
      const deadline = setTimeout(() => stop({ kind: 'lost', reason: 'timeout', detail: `no answer within ${limits.answerMilliseconds} ms` }), limits.answerMilliseconds);
      let line: Line | null = null;
      let opening: Opening | null = null;
      let ended = false;
      /** True once bytes may have left. */
      let started = false;

      const end = (result: WireResult): void => {
        if (ended) return;
        ended = true;
        clearTimeout(deadline);
        this.#underWay.delete(abort);
        resolve(result);
      };
      /** Ends the request from our side: its connection dies with it. */
      const stop = (result: WireResult): void => {
        if (ended) return;
        if (opening !== null) return opening.abandon();
        end(result);
        if (line !== null) dropLine(origin, line);
      };
      const abort = (): void => stop({ kind: 'lost', reason: 'aborted', detail: 'the transport was closed' });
      this.#underWay.add(abort);

      const connect = async (): Promise<void> => {
        const mine = origin.opening ?? this.#open(origin);
        origin.opening = null;
        opening = mine;
        const limit = setTimeout(() => mine.abandon(), limits.connectMilliseconds);
        const result = await mine.done;
        clearTimeout(limit);
        opening = null;
        if (result.kind === 'neverSent') return end(result);
        if (ended) return result.connection.reset();
        result.connection.socket.ref();
        use(newLine(origin, result.connection), true);
      };

      const use = (chosen: Line, fresh: boolean): void => {
        line = chosen;
        const exchange = new Exchange({
          onStart: () => (started = true),
          onEnd: (result, reusable) => {
            if (ended) return;
            if (result === null) {
              // It died before undici wrote a byte to it: this is still the first transmission.
              dropLine(origin, chosen);
              line = null;
              if (!started && !fresh) return void connect();
              return end({ kind: 'lost', reason: 'closed', detail: 'the connection closed before the request' });
            }
            end(result);
            if (reusable) this.#putBackLater(origin, chosen);
            else dropLine(origin, chosen);
          },
        });
        chosen.client ??= clientOver(origin.target, chosen.connection);
        chosen.client.dispatch(
          {
            method: request.method,
            path: pathOf(request.url),
            headers: headersOf(request),
            body: request.body === null ? null : Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength),
            // Never sent twice, whatever the method.
            idempotent: false,
          },
          exchange,
        );
      };

      const standing = takeStanding(origin);
      if (standing === null) void connect();
      else use(standing, false);
    });
  }

  /**
   * A server may close the connection together with its answer, and that shows only moments later: a request sent in the very
   * same moment would be lost on it. Until then the next request opens a connection of its own.
   */
  #putBackLater(origin: Origin, line: Line): void {
    setTimeout(() => {
      if (!line.connection.socket.destroyed && !this.#closed) putBack(origin, line);
      else dropLine(origin, line);
    }, closesWithAnswerMilliseconds).unref();
  }

  preconnect(url: string): void {
    const origin = this.#originOf(url);
    if (this.#closed) return;
    origin.keepStandingUntil = performance.now() + keepStandingMilliseconds;
    this.#standAhead(origin);
  }

  close(): void {
    this.#closed = true;
    for (const abort of this.#underWay) abort();
    for (const origin of this.#origins.values()) {
      origin.opening?.abandon();
      for (const line of origin.standing) dropLine(origin, line);
    }
    this.#origins.clear();
  }

  #originOf(url: string): Origin {
    const target = new URL(url);
    if (target.protocol !== 'https:' && !(target.protocol === 'http:' && isLoopback(target.hostname))) {
      // Settings refuse it long before; here it would send a payment in the clear.
      throw new Error(`${target.protocol} is for loopback addresses only`);
    }
    const known = this.#origins.get(target.origin);
    if (known !== undefined) return known;
    const made: Origin = { target, standing: new Set(), opening: null, keepStandingUntil: 0 };
    this.#origins.set(target.origin, made);
    return made;
  }

  #open(origin: Origin): Opening {
    return openConnection(origin.target, this.#trusted);
  }

  /** Sees to it that one young connection stands or is being opened. `successorOf` goes once the new one stands. */
  #standAhead(origin: Origin, successorOf: Line | null = null): void {
    if (origin.opening !== null || [...origin.standing].some((line) => line !== successorOf && isUsable(line))) return;
    const opening = this.#open(origin);
    origin.opening = opening;
    // A request that adopted it has a limit of its own.
    const limit = setTimeout(() => origin.opening === opening && opening.abandon(), unusedMilliseconds);
    // Opening ahead must not keep a command line from ending.
    limit.unref();
    void this.#letStand(origin, opening, successorOf).finally(() => clearTimeout(limit));
  }

  async #letStand(origin: Origin, opening: Opening, successorOf: Line | null): Promise<void> {
    const result = await opening.done;
    // Unless a request has taken it meanwhile.
    if (successorOf !== null && successorOf.client === null && origin.standing.has(successorOf)) dropLine(origin, successorOf, 'unused');
    // Adopted by a request meanwhile: it is that request's now.
    if (origin.opening !== opening) return;
    origin.opening = null;
    if (result.kind === 'neverSent') return;
    if (this.#closed) return result.connection.reset();
    const line = newLine(origin, result.connection);
    result.connection.socket.unref();
    putBack(origin, line);
    const replace = setTimeout(() => {
      if (!origin.standing.has(line) || line.client !== null) return;
      if (performance.now() < origin.keepStandingUntil) this.#standAhead(origin, line);
      else dropLine(origin, line, 'unused');
    }, replaceUnusedAfterMilliseconds);
    replace.unref();
  }
}

/** Reads what undici says about one request. `null` as a result: not one byte was written. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #on: { onStart(): void; onEnd(result: WireResult | null, reusable: boolean): void };
  readonly #chunks: Buffer[] = [];
  #started = false;
  #ended = false;
  #status = 0;
  #headers: Record<string, string> = {};
  #length = 0;

  constructor(on: { onStart(): void; onEnd(result: WireResult | null, reusable: boolean): void }) {
    this.#on = on;
  }

  onRequestStart(): void {
    this.#started = true;
    this.#on.onStart();
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Readonly<Record<string, string | string[] | undefined>>): void {
    // 1xx only announces the answer.
    if (status < 200) return;
    this.#status = status;
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.#headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
    }
    if (Number(this.#headers['content-length']) > bodyLimitBytes) this.#tooLarge();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > bodyLimitBytes) return this.#tooLarge();
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#end({ kind: 'answer', answer: { status: this.#status, headers: this.#headers, body: new Uint8Array(Buffer.concat(this.#chunks)) } }, true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
    if (!this.#started && code !== 'UND_ERR_INVALID_ARG' && code !== 'UND_ERR_NOT_SUPPORTED') return this.#end(null, false);
    const closed = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT' || code === connectionIsOver;
    // undici's words quote no headers and no body; its parser errors name the byte at fault, nothing more.
    this.#end({ kind: 'lost', reason: closed ? 'closed' : 'broken', detail: `${code}: ${error.message}` }, false);
  }

  #tooLarge(): void {
    this.#end({ kind: 'lost', reason: 'tooLarge', detail: `more than ${bodyLimitBytes} bytes` }, false);
  }

  #end(result: WireResult | null, reusable: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#on.onEnd(result, reusable);
  }
}

const connectionIsOver = 'SCANTILL_CONNECTION_IS_OVER';

/** undici's HTTP/1.1 over exactly this connection. */
function clientOver(target: URL, connection: Connection): Client {
  let given = false;
  const client = new Client(target.origin, {
    connect: (_options, callback) => {
      // undici expects the answer after its own call has returned.
      process.nextTick(() => {
        // A client that asks again would send a queued request over a second connection. Ours has had its one.
        if (given || connection.socket.destroyed) return callback(Object.assign(new Error('this connection is over'), { code: connectionIsOver }), null);
        given = true;
        callback(null, connection.socket);
      });
    },
    pipelining: 1,
    allowH2: false,
    // The whole answer has one limit of its own, from the call to the last byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: idleAfterAnswerMilliseconds,
    keepAliveMaxTimeout: idleAfterAnswerMilliseconds,
    maxHeaderSize: 16 * 1024,
  });
  // A failed connection is told to the request; the event needs no second listener, but must not throw either.
  client.on('connectionError', () => {});
  return client;
}

function takeStanding(origin: Origin): Line | null {
  // The youngest first.
  for (const line of [...origin.standing].toReversed()) {
    if (isUsable(line)) {
      origin.standing.delete(line);
      line.connection.socket.ref();
      return line;
    }
    dropLine(origin, line, 'unused');
  }
  return null;
}

function isUsable(line: Line): boolean {
  const { socket } = line.connection;
  // Bytes that nobody asked for would be read as the answer to the next request.
  if (socket.destroyed || !socket.writable || !socket.readable || socket.readableLength > 0) return false;
  const now = momentNow();
  const age = Math.max(now.monotonic - line.idleSince.monotonic, Math.abs(now.wall - line.idleSince.wall));
  return age < (line.client === null ? unusedMilliseconds : idleAfterAnswerMilliseconds);
}

function putBack(origin: Origin, line: Line): void {
  line.idleSince = momentNow();
  origin.standing.add(line);
}

function newLine(origin: Origin, connection: Connection): Line {
  const line: Line = { connection, client: null, idleSince: momentNow() };
  connection.socket.once('close', () => origin.standing.delete(line));
  return line;
}

/** `unused`: nothing is on the wire, so it may end politely. */
function dropLine(origin: Origin, line: Line, why: 'unused' | 'used' = 'used'): void {
  origin.standing.delete(line);
  if (why === 'unused') line.connection.socket.destroy();
  else line.connection.reset();
  void line.client?.destroy();
}

function momentNow(): Moment {
  return { monotonic: performance.now(), wall: Date.now() };
}

/** The path and query exactly as they stand in the text: parsing and printing an URL may rewrite them. */
function pathOf(url: string): string {
  const rest = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Without `host` and `content-length`, which undici states from the origin and the body. */
function headersOf(request: WireRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).filter(([name]) => !/^(host|content-length|connection)$/i.test(name)));
}
