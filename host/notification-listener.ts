/** Takes gateways' notifications over HTTP, behind a reverse proxy: small, slow and forgetful by design; it only hands them on. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NotificationReply, NotificationRequest } from '../core/gateways/gateway.ts';
import type { Clock, Log } from '../core/ports.ts';

const bytesMost = 64 * 1024;
const connectionsMost = 20;
/** In any minute; a shop's gateways send a few. */
const noticesPerMinuteMost = 120;
const headersSeconds = 5;
const requestSeconds = 10;

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  /** `/notify`: a gateway's notifications come to `/notify/ID`. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Null where no such gateway takes any. */
  readonly notified: (gatewayId: string, request: NotificationRequest) => NotificationReply | null;
}

export interface NotificationListener {
  /** `http://127.0.0.1:8787/notify`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Listens; null where the address can't be had, which is logged: selling goes on without it. */
export async function listenForNotifications(options: ListenerOptions): Promise<NotificationListener | null> {
  const server = createServer({ headersTimeout: headersSeconds * 1000, requestTimeout: requestSeconds * 1000, keepAlive: false }, handler(options));
  server.maxConnections = connectionsMost;
  try {
    await listening(server, options);
  } catch (error) {
    options.log.error('notifications can’t be taken', { host: options.host, port: options.port, error: String(error) });
    return null;
  }
  const { port } = server.address() as AddressInfo;
  const address = `http://${options.host}:${port}${options.path}`;
  options.log.info('notifications are taken', { address });
  return {
    address,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

function listening(server: Server, { host, port }: ListenerOptions): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      done();
    });
  });
}

function handler(options: ListenerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { clock, path, notified } = options;
  let minute = { began: clock.monotonic(), count: 0 };
  const isTooMany = (): boolean => {
    const now = clock.monotonic();
    if (now - minute.began >= 60_000) minute = { began: now, count: 0 };
    minute.count += 1;
    return minute.count > noticesPerMinuteMost;
  };
  return (request, response) => {
    const [route = '', query = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    const gatewayId = route.startsWith(`${path}/`) ? route.slice(path.length + 1) : '';
    if (!/^[a-z0-9]{1,64}$/.test(gatewayId)) return end(request, response, { status: 404, contentType: 'text/plain', body: '' });
    if (isTooMany()) return end(request, response, { status: 429, contentType: 'text/plain', body: '' });
    void bodyOf(request).then((body) => {
      if (body === null) return end(request, response, { status: 413, contentType: 'text/plain', body: '' });
      const reply = notified(gatewayId, { method: request.method ?? '', headers: plainHeaders(request), query, body });
      return end(request, response, reply ?? { status: 404, contentType: 'text/plain', body: '' });
    }).catch(() => request.destroy());
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
