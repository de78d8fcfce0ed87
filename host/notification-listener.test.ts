/** The listener over real sockets: hands on what is small and in place, and nothing else. */
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { NotificationRequest } from '../core/gateways/gateway.ts';
import { ManualClock } from '../core/testing/manual-clock.ts';
import { listenForNotifications, type NotificationListener } from './notification-listener.ts';

const open: NotificationListener[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function listener(): Promise<{ address: string; seen: (NotificationRequest & { gatewayId: string })[]; clock: ManualClock; logged: string[] }> {
  const seen: (NotificationRequest & { gatewayId: string })[] = [];
  const logged: string[] = [];
  const clock = new ManualClock(0);
  const write = (text: string): void => void logged.push(text);
  const made = await listenForNotifications({
    host: '127.0.0.1', port: 0, path: '/notify', clock, log: { info: write, warn: write, error: write },
    notified: (gatewayId, request) => {
      if (gatewayId !== 'omipay') return null;
      seen.push({ ...request, gatewayId });
      return { status: 200, contentType: 'application/json', body: '{"return_code":"SUCCESS"}' };
    },
  });
  if (made === null) throw new Error('not listening');
  open.push(made);
  return { address: made.address, seen, clock, logged };
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

  it('takes 120 a minute, and again after it', async () => {
    const { address, clock } = await listener();
    const statuses: number[] = [];
    for (let count = 0; count < 125; count += 1) statuses.push((await fetch(`${address}/omipay`, { method: 'POST' })).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    await clock.pass(60);
    expect((await fetch(`${address}/omipay`, { method: 'POST' })).status).toBe(200);
  });

  it('closes while somebody holds a connection open', async () => {
    const { address } = await listener();
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    await new Promise((done) => socket.once('connect', done));
    socket.on('error', () => undefined);
    await open.splice(0)[0]?.close();
    socket.destroy();
  });

  it('is done without where the address is taken: it is logged, and the till goes on', async () => {
    const { address } = await listener();
    const logged: string[] = [];
    const write = (text: string): void => void logged.push(text);
    const second = await listenForNotifications({ host: '127.0.0.1', port: Number(new URL(address).port), path: '/notify', clock: new ManualClock(0), log: { info: write, warn: write, error: write }, notified: () => null });
    expect([second, logged.join()]).toEqual([null, 'notifications can’t be taken']);
  });
});
