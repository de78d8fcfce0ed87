/** Tests of the till behind a WebSocket: lost links, repeated money commands, and one screen at a time. */
import { describe, expect, it } from 'vitest';
import { sampleStatus } from '../machine/samples.ts';
import type { Link } from '../machine/state.ts';
import { browserPreferences, readPreferences } from './browser-preferences.ts';
import { LinkLostError } from './connection.ts';
import { socketConnection, type Socket } from './socket.ts';

class FakeSocket implements Socket {
  sent: unknown[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.onclose?.();
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

function stage() {
  const sockets: FakeSocket[] = [];
  const waits: { milliseconds: number; action: () => void }[] = [];
  const links: Link[] = [];
  const connection = socketConnection({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    after: (milliseconds, action) => void waits.push({ milliseconds, action }),
    openPhone: () => Promise.resolve(),
    preferences: browserPreferences({ getItem: () => null, setItem: () => undefined }),
  });
  connection.onLink((link) => links.push(link));
  const newest = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error('no socket');
    return socket;
  };
  const reconnect = (): void => waits.pop()?.action();
  return { connection, sockets, waits, links, newest, reconnect };
}

const payRequest = { commandId: 'c-1', scanId: 's-1', amount: { minor: 3850, currency: 'CNY' } } as const;

describe('a till behind a socket', () => {
  it('answers a call by its number', async () => {
    const { connection, newest } = stage();
    newest().onopen?.();
    const reply = connection.call('status', {});
    newest().say({ id: 1, reply: sampleStatus() });
    expect(await reply).toEqual(sampleStatus());
  });
  it('passes an error on', async () => {
    const { connection, newest } = stage();
    newest().onopen?.();
    const reply = connection.call('status', {});
    newest().say({ id: 1, error: 'broken' });
    await expect(reply).rejects.toThrow('broken');
  });
  it('says a payment again under its own command after the link came back', async () => {
    const { connection, newest, reconnect } = stage();
    newest().onopen?.();
    const reply = connection.call('pay', payRequest);
    newest().close();
    reconnect();
    newest().onopen?.();
    expect(newest().sent).toEqual([{ id: 1, name: 'pay', request: payRequest }]);
    newest().say({ id: 1, reply: { kind: 'refused', message: { key: 'amountMissing', values: {} } } });
    expect((await reply).kind).toBe('refused');
  });
  it('gives up a question whose answer can no longer come', async () => {
    const { connection, newest } = stage();
    newest().onopen?.();
    const reply = connection.call('openPayments', {});
    newest().close();
    await expect(reply).rejects.toThrow(LinkLostError);
  });
  it('connects again with growing pauses', () => {
    const { newest, waits, reconnect, links } = stage();
    newest().onopen?.();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      newest().close();
      pauses.push(waits.at(-1)?.milliseconds ?? 0);
      reconnect();
    }
    expect(pauses).toEqual([250, 500, 1000, 2000]);
    expect(links).toEqual(['connecting', 'up', 'down']);
  });
  it('asks before it takes a till over, and tells when it was taken', () => {
    const { connection, newest, links } = stage();
    newest().onopen?.();
    newest().say({ occupied: true });
    connection.takeOver();
    expect(newest().sent).toEqual([{ takeOver: true }]);
    newest().say({ takenOver: true });
    expect(links).toEqual(['connecting', 'up', 'occupied', 'up', 'takenOver']);
  });
  it('stays away after it was taken over, until it is told to take it back', () => {
    const { connection, newest, waits, sockets } = stage();
    newest().onopen?.();
    newest().say({ takenOver: true });
    newest().close();
    expect(waits).toEqual([]);
    connection.takeOver();
    expect(sockets).toHaveLength(2);
    newest().onopen?.();
    newest().say({ occupied: true });
    expect(newest().sent).toEqual([{ takeOver: true }]);
  });
});

describe('preferences of a browser', () => {
  it('are the defaults where somebody else wrote', () => expect(readPreferences('not json').theme).toBe('system'));
  it('keep what is known and drop what is not', () => {
    expect(readPreferences('{"theme":"dark","keypad":"sideways","volume":900,"locale":"en"}')).toMatchObject({ theme: 'dark', keypad: 'shown', volume: 60, locale: 'en' });
  });
});
