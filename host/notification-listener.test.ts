/** The listener over real sockets: hands on what is small and in place, and nothing else. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NotificationRequest } from '../core/gateways/gateway.ts';
import { ManualClock } from '../core/testing/manual-clock.ts';
import { listenForNotifications, type ListenerState, type NotificationListener } from './notification-listener.ts';

const open: NotificationListener[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Listening {
  readonly address: string;
  readonly seen: (NotificationRequest & { gatewayId: string })[];
  readonly clock: ManualClock;
  readonly logged: string[];
  readonly states: ListenerState[];
  /** Milliseconds until each next try, as they were planned. */
  pauses(): readonly number[];
  /** The next state that is told. */
  next(): Promise<ListenerState>;
}

async function listener(port = 0): Promise<Listening> {
  const seen: (NotificationRequest & { gatewayId: string })[] = [];
  const logged: string[] = [];
  const states: ListenerState[] = [];
  const waiting: ((state: ListenerState) => void)[] = [];
  const clock = new ManualClock(0);
  const planned = vi.spyOn(clock, 'after');
  const write = (text: string): void => void logged.push(text);
  const next = (): Promise<ListenerState> => new Promise((told) => waiting.push(told));
  const first = next();
  open.push(listenForNotifications({
    host: '127.0.0.1', port, path: '/notify', clock, log: { info: write, warn: write, error: write },
    takes: (gatewayId) => gatewayId === 'omipay' || gatewayId === 'omoney',
    notified: (gatewayId, request) => {
      seen.push({ ...request, gatewayId });
      if (request.method === 'PUT') return { status: 200, contentType: 'text/plain', body: 'FAILED', refused: true };
      return { status: 200, contentType: 'application/json', body: '{"return_code":"SUCCESS"}' };
    },
    onState: (state) => {
      states.push(state);
      waiting.shift()?.(state);
    },
  }));
  const state = await first;
  return { address: state.kind === 'taken' ? state.address : '', seen, clock, logged, states, next, pauses: () => planned.mock.calls.map(([milliseconds]) => milliseconds) };
}

/** Opens a socket, writes, and says how it ended: what came back, and after how long. */
function talk(address: string, text: string): Promise<{ readonly reply: string; readonly seconds: number }> {
  const began = performance.now();
  return new Promise((ended) => {
    let reply = '';
    const socket = connect(Number(new URL(address).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (bytes) => (reply += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => ended({ reply, seconds: (performance.now() - began) / 1000 }));
  });
}

describe('the listener', () => {
  it('hands on method, query, headers and the exact bytes, and answers what it is told to', async () => {
    const { address, seen } = await listener();
    const reply = await fetch(`${address}/omipay?a=1%202`, { method: 'POST', body: 'k=v&ü', headers: { 'x-sign': 's' } });
    expect([reply.status, reply.headers.get('content-type'), await reply.text()]).toEqual([200, 'application/json', '{"return_code":"SUCCESS"}']);
    expect(seen.map(({ method, query, headers, body }) => [method, query, headers['x-sign'], new TextDecoder().decode(body)])).toEqual([['POST', 'a=1%202', 's', 'k=v&ü']]);
  });

  it('knows no other place, and no gateway that takes none', async () => {
    const { address, seen } = await listener();
    for (const path of ['', '/', '/ums', '/omipay/x', '/../omipay', '/OMIPAY', '/omipay%2f']) expect((await fetch(address + path, { method: 'POST' })).status, path).toBe(404);
    expect(seen).toEqual([]);
  });

  it('takes no large body', async () => {
    const { address, seen } = await listener();
    const reply = await fetch(`${address}/omipay`, { method: 'POST', body: 'x'.repeat(70_000) }).then(({ status }) => status, () => 413);
    expect([reply, seen]).toEqual([413, []]);
  });

  it('takes 120 a minute of each gateway, and again after it; one that floods keeps no other out', async () => {
    const { address, clock, seen } = await listener();
    const statuses: number[] = [];
    for (let count = 0; count < 125; count += 1) statuses.push((await fetch(`${address}/omipay`, { method: 'POST' })).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect(seen).toHaveLength(120);
    expect((await fetch(`${address}/omoney`, { method: 'POST' })).status).toBe(200);
    await clock.pass(60);
    expect((await fetch(`${address}/omipay`, { method: 'POST' })).status).toBe(200);
  });

  it('is kept from no true one by a thousand that are refused, and looks at 3,000 a minute at most', async () => {
    const { address, clock, seen } = await listener();
    const send = async (method: string, times: number): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (let count = 0; count < times; count += 1) statuses.push((await fetch(`${address}/omipay`, { method })).status);
      return statuses;
    };
    expect(new Set(await send('PUT', 1000))).toEqual(new Set([200]));
    expect(await send('POST', 1)).toEqual([200]);
    expect((await send('PUT', 2010)).filter((status) => status === 429)).toHaveLength(11);
    expect(seen).toHaveLength(3000);
    await clock.pass(60);
    expect(await send('POST', 1)).toEqual([200]);
  });

  it('counts nothing under names that no gateway has', async () => {
    const { address } = await listener();
    for (let count = 0; count < 130; count += 1) expect((await fetch(`${address}/nobody${count}`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${address}/omipay`, { method: 'POST' })).status).toBe(200);
  });

  it('lets go of who sends nothing, headers or a body without an end: in seconds, not in half a minute', async () => {
    const { address, seen } = await listener();
    const start = 'POST /notify/omipay HTTP/1.1\r\nhost: x\r\n';
    const [silent, slowHead, slowBody] = await Promise.all([talk(address, ''), talk(address, start), talk(address, `${start}content-length: 5\r\n\r\nab`)]);
    for (const { seconds } of [silent, slowHead]) expect(seconds).toBeLessThan(9);
    expect(slowBody.seconds).toBeLessThan(14);
    expect(slowHead.reply).toContain('408');
    expect(seen).toEqual([]);
  }, 20_000);

  it('survives what is no HTTP, and who hangs up in the middle', async () => {
    const { address, seen } = await listener();
    expect((await talk(address, '\u0016\u0003\u0001 hello\r\n\r\n')).reply).toContain('400');
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((written) => socket.write('POST /notify/omipay HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nab', () => written()));
    socket.resetAndDestroy();
    expect((await fetch(`${address}/omipay`, { method: 'POST' })).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  it('closes while somebody holds a connection open', async () => {
    const { address } = await listener();
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    await new Promise((done) => socket.once('connect', done));
    socket.on('error', () => undefined);
    await open.splice(0)[0]?.close();
    socket.destroy();
  });
});

describe('an address that another program has', () => {
  async function taken(): Promise<{ readonly port: number; free(): Promise<void> }> {
    const sockets = new Set<Socket>();
    const other = createServer((socket) => sockets.add(socket));
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    return { port: (other.address() as AddressInfo).port, free: () => new Promise((freed) => other.close(() => freed())) };
  }

  it('is said once, tried again with growing pauses, and taken when it is free', async () => {
    const other = await taken();
    const till = await listener(other.port);
    const place = `127.0.0.1:${other.port}`;
    expect(till.states).toEqual([{ kind: 'notTaken', place, why: 'inUse' }]);
    await until(() => till.clock.pass(2), () => till.pauses().length > 1);
    // Still taken: nothing new is said.
    expect(till.states).toHaveLength(1);
    expect(till.pauses()).toEqual([2000, 5000]);
    await other.free();
    const told = till.next();
    await until(() => till.clock.pass(60), () => till.states.length > 1);
    expect(await told).toEqual({ kind: 'taken', address: `http://${place}/notify` });
    expect(till.logged).toEqual(['notifications can’t be taken', 'notifications are taken']);
    expect((await fetch(`http://${place}/notify/omipay`, { method: 'POST' })).status).toBe(200);
  });

  it('is no longer tried once the till is closed', async () => {
    const other = await taken();
    const till = await listener(other.port);
    await open.splice(0)[0]?.close();
    await other.free();
    await till.clock.pass(600);
    await new Promise((done) => setImmediate(done));
    expect(till.states).toHaveLength(1);
  });

  /** Sockets answer when they do: the clock moves until what they answer is there. */
  async function until(move: () => Promise<void>, isThere: () => boolean): Promise<void> {
    for (let turn = 0; turn < 200 && !isThere(); turn += 1) {
      await move();
      await new Promise((done) => setImmediate(done));
    }
  }
});
