/** Takes gateways' notifications over HTTP, behind a reverse proxy: small, slow and forgetful by design; it only hands them on. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NotificationReply, NotificationRequest } from '../core/gateways/gateway.ts';
import type { NotificationAnswer } from '../core/notification/desk.ts';
import type { Clock, Log } from '../core/ports.ts';

const bytesMost = 64 * 1024;
const connectionsMost = 20;
/** Of one gateway in any minute: taken ones, of which a shop's gateways send a few, and all that are looked at, which anybody can send. */
const noticesPerMinuteMost = { taken: 120, all: 3000 } as const;
const headersSeconds = 5;
const requestSeconds = 10;
/** How often Node looks for connections that are slower than that: every 30 seconds unless told. */
const lookMilliseconds = 1000;
/** Until the address is tried again; the last pause stays. */
const againAfterSeconds = [2, 5, 15, 30, 60] as const;

/** Whether notifications are taken, and where; `inUse`: another program has the port. */
export type ListenerState =
  | { readonly kind: 'taken'; readonly address: string }
  | { readonly kind: 'notTaken'; readonly place: string; readonly why: 'inUse' | 'notAllowed' | 'noSuchAddress' | 'other' };

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** `/notify`: a gateway's notifications come to `/notify/ID`. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether such a gateway is set up and notifies; nothing else is read at all. */
  readonly takes: (gatewayId: string) => boolean;
  /** Null where no such gateway takes any. */
  readonly notified: (gatewayId: string, request: NotificationRequest) => NotificationAnswer | null;
  /** Told at the first try and whenever it changes. */
  readonly onState: (state: ListenerState) => void;
}

export interface NotificationListener {
  close(): Promise<void>;
}

/** Listens. Where the address can't be had, or is lost, it is tried again with growing pauses: selling goes on without it. */
export function listenForNotifications(options: ListenerOptions): NotificationListener {
  const { clock, log } = options;
  const handle = handler(options);
  let server: Server | null = null;
  let cancelAgain = (): void => undefined;
  let said = '';
  let failures = 0;
  let closed = false;

  const tell = (state: ListenerState): void => {
    const text = JSON.stringify(state);
    if (text === said) return;
    said = text;
    if (state.kind === 'taken') log.info('notifications are taken', { address: state.address });
    else log.error('notifications can’t be taken', { place: state.place, why: state.why });
    options.onState(state);
  };

  const begin = (): void => {
    const next = createServer({ headersTimeout: headersSeconds * 1000, requestTimeout: requestSeconds * 1000, connectionsCheckingInterval: lookMilliseconds, keepAlive: false }, handle);
    server = next;
    next.maxConnections = connectionsMost;
    // For as long as it lives: a server whose error nobody hears ends the process, and with it the till.
    next.on('error', (error: NodeJS.ErrnoException) => {
      if (server !== next || closed) return;
      tell({ kind: 'notTaken', place: `${options.host}:${options.port}`, why: reasonOf(error) });
      server = null;
      next.close();
      next.closeAllConnections();
      const seconds = againAfterSeconds[Math.min(failures, againAfterSeconds.length - 1)] ?? 60;
      failures += 1;
      cancelAgain = clock.after(seconds * 1000, begin);
    });
    next.listen(options.port, options.host, () => {
      failures = 0;
      const { port } = next.address() as AddressInfo;
      tell({ kind: 'taken', address: `http://${options.host}:${port}${options.path}` });
    });
  };

  begin();
  return {
    close: () => new Promise((done) => {
      closed = true;
      cancelAgain();
      if (server === null) return done();
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

function reasonOf({ code }: NodeJS.ErrnoException): Extract<ListenerState, { kind: 'notTaken' }>['why'] {
  switch (code) {
    case 'EADDRINUSE':
      return 'inUse';
    case 'EACCES':
    case 'EPERM':
      return 'notAllowed';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'noSuchAddress';
    default:
      return 'other';
  }
}

function handler(options: ListenerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { path, takes, notified } = options;
  const limit = noticeLimit(options.clock);
  return (request, response) => {
    // Whoever hangs up in the middle is nobody's trouble.
    response.on('error', () => request.destroy());
    const [route = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    const gatewayId = route.startsWith(`${path}/`) ? route.slice(path.length + 1) : '';
    if (!/^[a-z0-9]{1,64}$/.test(gatewayId) || !takes(gatewayId)) return end(request, response, { status: 404, contentType: 'text/plain', body: '' });
    if (limit.isTooMany(gatewayId)) return end(request, response, { status: 429, contentType: 'text/plain', body: '' });
    void bodyOf(request).then((body) => {
      if (body === null) return end(request, response, { status: 413, contentType: 'text/plain', body: '' });
      const reply = notified(gatewayId, { method: request.method ?? '', headers: plainHeaders(request), query, body });
      if (reply !== null && reply.refused !== true) limit.taken(gatewayId);
      return end(request, response, reply ?? { status: 404, contentType: 'text/plain', body: '' });
    }).catch(() => request.destroy());
  };
}

/** Counts each gateway by itself, so that a flood under one name keeps no other's out, and refused ones apart, so that whoever can't sign keeps no true one out. */
function noticeLimit(clock: Clock): { isTooMany(gatewayId: string): boolean; taken(gatewayId: string): void } {
  const minutes = new Map<string, { began: number; all: number; taken: number }>();
  const minuteOf = (gatewayId: string): { all: number; taken: number } => {
    const now = clock.monotonic();
    let minute = minutes.get(gatewayId);
    if (minute === undefined || now - minute.began >= 60_000) minutes.set(gatewayId, (minute = { began: now, all: 0, taken: 0 }));
    return minute;
  };
  return {
    isTooMany(gatewayId) {
      const minute = minuteOf(gatewayId);
      minute.all += 1;
      return minute.all > noticesPerMinuteMost.all || minute.taken >= noticesPerMinuteMost.taken;
    },
    taken(gatewayId) {
      minuteOf(gatewayId).taken += 1;
    },
  };
}

/** The whole body; null where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part as Buffer);
    size += bytes.length;
    if (size > bytesMost) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

function plainHeaders(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]])));
}

function end(request: IncomingMessage, response: ServerResponse, { status, contentType, body }: NotificationReply): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': contentType, connection: 'close' }).end(body);
  if (status === 413) request.destroy();
}
