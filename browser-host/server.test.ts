/** The browser host over real sockets: closed to other pages, other machines' names, used tokens and malformed frames. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { parseCall } from '../core/contract/schemas.ts';
import type { TillEvent } from '../core/contract/types.ts';
import type { CallAnswer } from '../host/screen-till.ts';
import { startBrowserHost, type BrowserHost } from './server.ts';

/** A till that checks its calls as the real one does and says their names back. */
class EchoTill {
  readonly listeners = new Set<(event: TillEvent) => void>();

  call(name: unknown, sent: unknown): Promise<CallAnswer> {
    const parsed = parseCall(name, sent);
    return Promise.resolve(parsed.kind === 'call' ? { reply: parsed.call.name } : { error: parsed.why });
  }

  onEvent(listener: (event: TillEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), 'scantill-screens-'));
const till = new EchoTill();
let host: BrowserHost;

beforeAll(() => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the screens</title>');
  writeFileSync(join(folder, 'display.html'), '<!doctype html><title>the display</title>');
  writeFileSync(join(folder, 'main.js'), '// screens');
  writeFileSync(join(folder, 'notes.txt'), 'not served');
});
beforeEach(async () => {
  const started = await startBrowserHost({ till, screensFolder: folder, port: 0 });
  host = started;
  return () => started.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

function tokenPath(): string {
  const url = new URL(host.newAddress());
  return url.pathname + url.search;
}

async function session(): Promise<string> {
  const { headers } = await ask(tokenPath());
  const [cookie = ''] = headers['set-cookie'] ?? [];
  return cookie.split(';')[0] ?? '';
}

/** A screen's socket, whose frames can be waited for one by one. */
class Screen {
  readonly socket: WebSocket;
  private readonly frames: unknown[] = [];
  private waiting: ((frame: unknown) => void)[] = [];
  readonly closed: Promise<number>;

  constructor(headers: Readonly<Record<string, string>>, path = '/till') {
    this.socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => {
      const frame: unknown = JSON.parse(String(data));
      const next = this.waiting.shift();
      if (next) next(frame);
      else this.frames.push(frame);
    });
  }

  static async open(cookie: string, path = '/till'): Promise<Screen> {
    const screen = new Screen({ cookie, origin: `http://127.0.0.1:${host.port}` }, path);
    await once(screen.socket, 'open');
    return screen;
  }

  say(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  next(): Promise<unknown> {
    if (this.frames.length > 0) return Promise.resolve(this.frames.shift());
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** The HTTP status that refused the upgrade. */
  refused(): Promise<number> {
    return new Promise((resolve) => this.socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0)));
  }
}

describe('the page', () => {
  it('exchanges the token for a cookie that no script can read, and takes it out of the address', async () => {
    const { status, headers } = await ask(tokenPath());
    expect(status).toBe(303);
    expect(headers['location']).toBe('/');
    expect(headers['set-cookie']?.[0]).toMatch(/^scantill-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('comes with a policy that allows its own files alone', async () => {
    const { status, headers, body } = await ask('/', { cookie: await session() });
    expect(status).toBe(200);
    expect(body).toContain('the screens');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  it('refuses a used token, and says how to get a new address', async () => {
    const path = tokenPath();
    await ask(path);
    const second = await ask(path);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.body).toContain('start it again');
    expect(second.body).toContain('再启动');
  });

  it('lets who has the cookie open the used address again', async () => {
    const path = tokenPath();
    const { headers } = await ask(path);
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    expect((await ask(path, { cookie })).status).toBe(303);
  });

  it.each([
    ['nothing', {}],
    ['a cookie of its own making', { cookie: 'scantill-1=x' }],
    ['an empty cookie', { cookie: 'scantill=' }],
  ])('refuses who brings %s', async (_what, headers) => {
    expect((await ask('/', headers)).status).toBe(403);
    expect((await ask('/main.js', headers)).status).toBe(403);
  });

  it.each(['example.com', 'till.example:80', '127.0.0.1', '0.0.0.0:1'])('refuses the Host %s, also with the cookie', async (name) => {
    expect((await ask('/', { cookie: await session(), host: name })).status).toBe(403);
  });

  it('answers to localhost by name', async () => {
    expect((await ask('/', { cookie: await session(), host: `localhost:${host.port}` })).status).toBe(200);
  });

  it.each(['/../server.test.ts', '/%2e%2e/%2e%2e/etc/passwd', '/..%2fpackage.json', '/notes.txt', '/%00', '/%', '/nothing.js'])('does not serve %s', async (path) => {
    expect((await ask(path, { cookie: await session() })).status).toBe(404);
  });

  it('answers GET and HEAD only', async () => {
    const cookie = await session();
    expect((await ask('/', { cookie }, 'POST')).status).toBe(405);
    expect(await ask('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  it('listens on this machine alone', async () => {
    await expect(fetch(`http://[::1]:${host.port}/`)).rejects.toThrow();
  });
});

describe('the socket', () => {
  it.each([
    ['no cookie', async () => ({ origin: `http://127.0.0.1:${host.port}` }), 401],
    ['no origin', async () => ({ cookie: await session() }), 403],
    ['another page’s origin', async () => ({ cookie: await session(), origin: 'http://example.com' }), 403],
    ['another port’s origin', async () => ({ cookie: await session(), origin: 'http://127.0.0.1:1' }), 403],
    ['another scheme', async () => ({ cookie: await session(), origin: `https://127.0.0.1:${host.port}` }), 403],
    ['a foreign Host', async () => ({ cookie: await session(), origin: 'http://example.com', host: 'example.com' }), 403],
  ])('is refused with %s', async (_what, headers, status) => {
    expect(await new Screen(await headers()).refused()).toBe(status);
  });

  it('is at one path alone', async () => {
    const screen = new Screen({ cookie: await session(), origin: `http://127.0.0.1:${host.port}` }, '/other');
    expect(await screen.refused()).toBe(404);
  });

  it('answers a call under its number', async () => {
    const screen = await Screen.open(await session());
    screen.say({ id: 7, name: 'status', request: {} });
    expect(await screen.next()).toEqual({ id: 7, reply: 'status' });
  });

  it.each([
    ['an unknown call', 'activePayments', {}],
    ['a call that every object has', 'constructor', {}],
    ['a request with a key too many', 'status', { more: 1 }],
    ['a request of another form', 'pay', { amount: '1.00' }],
    ['an amount beyond whole numbers', 'amountEntered', { amount: { minor: 2 ** 53, currency: 'CNY' } }],
    ['no request', 'status', null],
  ])('answers %s with an error, and stays open', async (_what, name, sent) => {
    const screen = await Screen.open(await session());
    screen.say({ id: 1, name, request: sent });
    expect(await screen.next()).toMatchObject({ id: 1, error: expect.any(String) });
    screen.say({ id: 2, name: 'status', request: {} });
    expect(await screen.next()).toEqual({ id: 2, reply: 'status' });
  });

  it('never says a payment code back', async () => {
    const screen = await Screen.open(await session());
    screen.say({ id: 1, name: 'submitScan', request: { text: '130000000000000001', source: 'elsewhere' } });
    expect(JSON.stringify(await screen.next())).not.toContain('13000000');
  });

  it.each(['not json', '[]', '{}', '{"id":"1","name":"status"}', '{"id":1,"name":"status","request":{},"more":1}', '{"takeOver":false}', 'null'])('is closed by %s', async (text) => {
    const screen = await Screen.open(await session());
    screen.say(text);
    expect(await screen.closed).toBe(4002);
  });

  it('is closed by a message that is too long', async () => {
    const screen = await Screen.open(await session());
    screen.say({ id: 1, name: 'status', request: 'x'.repeat(70_000) });
    expect(await screen.closed).toBe(1009);
  });

  it('gets the till’s events', async () => {
    const screen = await Screen.open(await session());
    const event = { type: 'scan', scan: { kind: 'garbled', message: { key: 'scannerGarbled', values: {} } } } as const;
    screen.say({ id: 1, name: 'status', request: {} });
    await screen.next();
    for (const listener of till.listeners) listener(event);
    expect(await screen.next()).toEqual({ event });
  });
});

describe('case 8: one screen operates the till', () => {
  it('tells a second one that it is occupied, and answers nothing before it takes over', async () => {
    const cookie = await session();
    const first = await Screen.open(cookie);
    const second = await Screen.open(cookie);
    expect(await second.next()).toEqual({ occupied: true });
    second.say({ id: 1, name: 'status', request: {} });
    first.say({ id: 1, name: 'status', request: {} });
    expect(await first.next()).toEqual({ id: 1, reply: 'status' });

    second.say({ takeOver: true });
    second.say({ id: 2, name: 'status', request: {} });
    expect(await second.next()).toEqual({ id: 2, reply: 'status' });
    expect(await first.next()).toEqual({ takenOver: true });
    expect(await first.closed).toBe(4001);
  });

  it('sends events to the operating screen alone', async () => {
    const cookie = await session();
    const first = await Screen.open(cookie);
    const second = await Screen.open(cookie);
    await second.next();
    const event = { type: 'scan', scan: { kind: 'garbled', message: { key: 'scannerGarbled', values: {} } } } as const;
    for (const listener of till.listeners) listener(event);
    expect(await first.next()).toEqual({ event });
    second.say({ takeOver: true });
    second.say({ id: 1, name: 'status', request: {} });
    expect(await second.next()).toEqual({ id: 1, reply: 'status' });
  });

  it('is free again once the operating screen is gone', async () => {
    const cookie = await session();
    const first = await Screen.open(cookie);
    first.socket.close();
    await first.closed;
    const second = await Screen.open(cookie);
    second.say({ id: 1, name: 'status', request: {} });
    expect(await second.next()).toEqual({ id: 1, reply: 'status' });
  });
});

describe('the customer display', () => {
  const display = { shop: { name: '南门便利店', locale: 'zh-CN', timezone: 'Asia/Shanghai', training: false }, shows: { kind: 'pay', amount: { minor: 3850, currency: 'CNY' } } };
  const idle = { ...display, shows: { kind: 'idle' } };

  it('is a page of its own, for whoever has a session, and a token leads back to it', async () => {
    expect((await ask('/display')).status).toBe(403);
    const { status, headers } = await ask(tokenPath().replace('/?', '/display?'));
    expect([status, headers.location]).toEqual([303, '/display']);
    expect((await ask('/display', { cookie: await session() })).body).toContain('the display');
  });
  it('is told what the operating screen shows, at once and at every change', async () => {
    const cookie = await session();
    const screen = await Screen.open(cookie);
    screen.say({ id: 1, display });
    expect(await screen.next()).toEqual({ id: 1, reply: false });
    const customer = await Screen.open(cookie, '/display-feed');
    expect(await customer.next()).toEqual({ shows: display });
    screen.say({ id: 2, display: idle });
    expect(await screen.next()).toEqual({ id: 2, reply: true });
    expect(await customer.next()).toEqual({ shows: idle });
  });
  it('is told nothing that isn’t on its list', async () => {
    const screen = await Screen.open(await session());
    screen.say({ id: 1, display: { ...display, shows: { kind: 'notPaid', amount: { minor: 1, currency: 'CNY' }, reason: 'insufficientBalance' } } });
    expect(await screen.next()).toEqual({ id: 1, error: 'not for a display' });
  });
  it('operates nothing and takes nothing over: whatever it says ends it', async () => {
    const cookie = await session();
    const customer = await Screen.open(cookie, '/display-feed');
    const screen = await Screen.open(cookie);
    screen.say({ id: 1, name: 'status', request: {} });
    expect(await screen.next()).toEqual({ id: 1, reply: 'status' });
    customer.say({ takeOver: true });
    expect(await customer.closed).toBe(4002);
    screen.say({ id: 2, name: 'status', request: {} });
    expect(await screen.next()).toEqual({ id: 2, reply: 'status' });
  });
  it('hears nothing from a screen that doesn’t operate the till, and claims nothing once the operating one is gone', async () => {
    const cookie = await session();
    const screen = await Screen.open(cookie);
    const customer = await Screen.open(cookie, '/display-feed');
    const second = await Screen.open(cookie);
    expect(await second.next()).toEqual({ occupied: true });
    second.say({ id: 1, display: idle });
    screen.say({ id: 1, display });
    expect(await customer.next()).toEqual({ shows: display });
    screen.socket.close();
    expect(await customer.next()).toEqual({ shows: idle });
  });
  it('is refused without a session or from another page', async () => {
    expect(await new Screen({ origin: `http://127.0.0.1:${host.port}` }, '/display-feed').refused()).toBe(401);
    expect(await new Screen({ cookie: await session(), origin: 'https://example.com' }, '/display-feed').refused()).toBe(403);
  });
});
