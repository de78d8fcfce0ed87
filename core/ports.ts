/** Everything that the till needs from outside itself: time, network, storage, chance, log, devices and secrets. */
import type { ReceiptDocument } from './receipt/document.ts';

/** Milliseconds since 1970-01-01T00:00:00Z by the wall clock. Can jump; for people and for gateways, never for waiting. */
export type Instant = number;

/** Milliseconds from an arbitrary origin of this process run. Never jumps; every wait uses it (CASES 25). */
export type Monotonic = number;

export interface Clock {
  wall(): Instant;
  monotonic(): Monotonic;
  /** Calls `action` once, `milliseconds` from now by the monotonic clock. Returns a function that cancels it. */
  after(milliseconds: number, action: () => void): () => void;
}

/** Unpredictable bytes from the system. References and nonces are made of nothing else (CASES 4). */
export interface Random {
  bytes(length: number): Uint8Array;
}

/** A request exactly as it goes out: `body` holds the bytes that were signed. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** An answer as it came in: header names in lower case, the body cut off above the transport's limit (then it is `lost`). */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * How one request ended. `neverSent` is the only one that proves that no byte left this machine (money rule 3);
 * `credentials`: it wanted an access token, and ours were refused one; `notBuilt`: our own fault; `notWanted`: it was given up
 * while its token was fetched.
 */
export type WireResult =
  | { readonly kind: 'answer'; readonly answer: WireAnswer }
  | { readonly kind: 'neverSent'; readonly reason: 'refused' | 'nameNotFound' | 'unreachable' | 'connectTimeout' | 'tls' | 'credentials' | 'notBuilt' | 'notWanted'; readonly detail: string }
  | { readonly kind: 'lost'; readonly reason: 'timeout' | 'closed' | 'tooLarge' | 'broken' | 'aborted'; readonly detail: string };

export interface WireLimits {
  /** For name look-up, TCP and TLS together. */
  readonly connectMilliseconds: number;
  /** From the call to the last byte of the answer, connecting included. */
  readonly answerMilliseconds: number;
}

export interface HttpTransport {
  /** Sends one request, once. Resolves always; a timed-out request's socket is destroyed (CASES 19). */
  send(request: WireRequest, limits: WireLimits): Promise<WireResult>;
  /** Opens a connection ahead of a request, so that the scan finds one standing. Failures are silent. */
  preconnect(url: string): void;
}

/** Looks at a server from outside: whether it is there, and whose certificate it has. Sends no request. */
export interface ConnectionProbe {
  /** Resolves always. @param origin scheme, host and port */
  look(origin: string, milliseconds: number): Promise<ProbeResult>;
}

export type ProbeResult =
  /** `validUntil` null without a certificate (http). */
  | { readonly kind: 'reached'; readonly milliseconds: number; readonly validUntil: Instant | null }
  | { readonly kind: 'certificateWrong'; readonly milliseconds: number; readonly code: string }
  | { readonly kind: 'notReached'; readonly reason: 'refused' | 'nameNotFound' | 'unreachable' | 'timeout' };

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Structured log. Payment codes and gateway secrets never go in (money rule 9). */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** What became of one print job. `notBegun`: not one byte left, it may be printed again without being a copy (CASES 40). */
export type PrintResult =
  | { readonly kind: 'printed' }
  | { readonly kind: 'notBegun'; readonly problem: PrinterProblem; readonly detail: string }
  | { readonly kind: 'interrupted'; readonly problem: PrinterProblem; readonly detail: string };

export type PrinterProblem = 'absent' | 'unreachable' | 'busy' | 'paperOut' | 'coverOpen' | 'error' | 'permission';

export interface Printer {
  /** Prints one document, after those before it. Resolves always. */
  print(jobId: string, document: ReceiptDocument): Promise<PrintResult>;
}

export type ScannerKind = 'serial' | 'hid' | 'keyboard';

/** What a device told the till. The text of a scan may be a payment code: it goes to `core`, never into a log. */
export type DeviceEvent =
  | { readonly type: 'scan'; readonly scannerId: string; readonly text: string; readonly symbology: string | null }
  /** A burst that stopped short or was no text: nothing is charged, the cashier scans again. */
  | { readonly type: 'garbled'; readonly scannerId: string }
  | { readonly type: 'scanner'; readonly scannerId: string; readonly kind: ScannerKind; readonly state: 'ready' | 'gone' | 'attention'; readonly detail: string | null }
  | { readonly type: 'printer'; readonly state: 'ready' | 'gone' | 'attention'; readonly problem: PrinterProblem | null; readonly detail: string | null }
  /** The devices process itself ended or came back. */
  | { readonly type: 'devices'; readonly state: 'running' | 'restarting' };

/** Scanners and the printer, in a process of their own. */
export interface Devices extends Printer {
  onEvent(listener: (event: DeviceEvent) => void): () => void;
}

/** Digests of PINs, keyed with this till's pepper, computed off the thread that pays. */
export interface PinHasher {
  /** 32 bytes, the same for the same PIN of this shop. Rejects where it can't be computed. */
  digest(pin: string): Promise<Uint8Array>;
}

/** Where the head of the chain is written outside the home, so that an older copy of the journal is noticed (CASES 29). */
export interface HeadWitness {
  read(): { readonly sequence: number; readonly hash: string } | null;
  write(head: { readonly sequence: number; readonly hash: string }): void;
}

/** A copy of the journal on another disk, made at each Z. */
export interface Backup {
  /** The folder of the settings; null where none is set. */
  readonly folder: string | null;
  /** Whether the copy of this name was finished, also by a run before this one. */
  isMade(name: string): boolean;
  /** Begins one beside selling; `ended` is called once. */
  begin(name: string, ended: (how: 'done' | 'failed') => void): void;
}

/** Small secrets that belong to this till (the key of the codes' hash, rotating gateway keys), kept under HOME/secrets. */
export interface Secrets {
  /** Null where it was never written or can't be read. */
  read(name: string): Uint8Array | null;
  /** Durable on return. */
  write(name: string, value: Uint8Array): void;
}
