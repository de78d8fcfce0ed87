/** The till for a browser on this machine: files and a WebSocket on loopback, closed to every other page and machine. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { CustomerDisplays } from '../host/customer-displays.ts';
import { safetyHeaders, screenFile } from '../host/screen-files.ts';
import { Connections, type ServedTill } from './connections.ts';
import { refusalPage } from './refusal-page.ts';
import { Sessions } from './session.ts';

export interface BrowserHost {
  readonly port: number;
  /** A new address, good for one first load. */
  newAddress(): string;
  close(): Promise<void>;
}

export interface BrowserHostOptions {
  readonly till: ServedTill;
  readonly screensFolder: string;
  /** 0 for any that is free. */
  readonly port: number;
}

const loopback = '127.0.0.1';
const messageBytesMost = 64 * 1024;
const socketPath = '/till';
/** The customer display: a page of its own, and the socket that tells it what to show. */
const displayPage = '/display';
const displayPath = '/display-feed';

/** Rejects where the port can't be had. */
export async function startBrowserHost({ till, screensFolder, port: wantedPort }: BrowserHostOptions): Promise<BrowserHost> {
  const server = createServer({ maxHeaderSize: 16 * 1024 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, loopback, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const hosts: ReadonlySet<string | undefined> = new Set([`${loopback}:${port}`, `localhost:${port}`]);
  const sessions = new Sessions(port);
  const connections = new Connections(till, new CustomerDisplays());
  const sockets = new WebSocketServer({ noServer: true, maxPayload: messageBytesMost, perMessageDeflate: false });

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page of elsewhere whose name was turned to this address (DNS rebinding) shows in its Host.
    if (!hosts.has(request.headers.host)) return answerText(response, 403, 'wrong host');
    if (request.method !== 'GET' && request.method !== 'HEAD') return answerText(response, 405, 'GET only');
    const url = new URL(request.url ?? '/', `http://${loopback}:${port}`);
    const isKnown = sessions.isKnown(request.headers.cookie);
    const token = url.searchParams.get('token');
    if (token !== null && !isKnown) return admit(response, token, url.pathname);
    if (!isKnown) return answerRefusal(response);
    // The token leaves the address bar also where the session is known already.
    if (token !== null) return redirect(response, {}, url.pathname);
    return answerFile(response, url.pathname);
  }

  function admit(response: ServerResponse, token: string, pathname: string): void {
    const cookie = sessions.exchange(token);
    if (cookie === null) answerRefusal(response);
    else redirect(response, { 'set-cookie': cookie }, pathname);
  }

  async function answerFile(response: ServerResponse, pathname: string): Promise<void> {
    const file = await screenFile(screensFolder, pathname === displayPage ? '/display.html' : pathname);
    if (file === null) return answerText(response, 404, 'not found');
    response.writeHead(200, { ...safetyHeaders, 'content-type': file.type, 'content-length': file.body.length }).end(file.body);
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const status = upgradeProblem(request);
    if (status === null) return sockets.handleUpgrade(request, socket, head, (opened) => (request.url === displayPath ? connections.addDisplay(opened) : connections.add(opened)));
    socket.on('error', () => undefined);
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  function upgradeProblem({ headers, url }: IncomingMessage): string | null {
    if (!hosts.has(headers.host)) return '403 Wrong Host';
    // A browser always names the page's origin here; only our own page may speak to the till.
    if (headers.origin !== `http://${headers.host ?? ''}`) return '403 Wrong Origin';
    if (!sessions.isKnown(headers.cookie)) return '401 No Session';
    return url === socketPath || url === displayPath ? null : '404 Not Found';
  }

  server.on('request', (request, response) => void onRequest(request, response).catch(() => response.destroy()));
  server.on('upgrade', onUpgrade);
  return {
    port,
    newAddress: () => `http://${loopback}:${port}/?token=${sessions.newToken()}`,
    close: () =>
      new Promise((resolve) => {
        connections.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...safetyHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

function answerRefusal(response: ServerResponse): void {
  response.writeHead(403, { ...safetyHeaders, 'content-type': 'text/html; charset=utf-8' }).end(refusalPage);
}

/** To one of the two pages, never to where an address says. */
function redirect(response: ServerResponse, headers: Readonly<Record<string, string>>, pathname: string): void {
  response.writeHead(303, { ...safetyHeaders, ...headers, location: pathname === displayPage ? displayPage : '/' }).end();
}
