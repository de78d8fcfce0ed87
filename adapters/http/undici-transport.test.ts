/** The transport against real sockets: what it says about a request must be true of the wire. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WireLimits, WireRequest, WireResult } from '../../core/ports.ts';
import { testCertificate, testCertificateKey } from './testing/certificate.ts';
import { bodyLimitBytes, undiciTransport, type UndiciTransport } from './undici-transport.ts';

const limits: WireLimits = { connectMilliseconds: 2000, answerMilliseconds: 5000 };
const quick: WireLimits = { connectMilliseconds: 150, answerMilliseconds: 250 };

let transport: UndiciTransport;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeEach(() => {
  transport = undiciTransport();
});

afterEach(async () => {
  vi.useRealTimers();
  transport.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

interface Wire {
  readonly url: string;
  readonly connections: Socket[];
  /** Everything received, over all connections. */
  received(): string;
  nextConnection(): Promise<Socket>;
}

/** A server whose every byte is the test's: `onRequest` is called when a whole request has arrived. */
async function serve(onRequest: (socket: Socket, text: string) => void, options: { readonly tls?: boolean; readonly onConnect?: (socket: Socket) => unknown } = {}): Promise<Wire> {
  const connections: Socket[] = [];
  let received = '';
  const listener = (socket: Socket): void => {
    sockets.add(socket);
    connections.push(socket);
    socket.on('error', () => {});
    options.onConnect?.(socket);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      received += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      const whole = text;
      text = '';
      onRequest(socket, whole);
    });
  };
  const server: Server = options.tls === true ? createTlsServer({ cert: testCertificate, key: testCertificateKey }, listener) : createServer(listener);
  server.on('tlsClientError', () => {});
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${options.tls === true ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    received: () => received,
    nextConnection: async () => {
      const [socket] = (await once(server, options.tls === true ? 'secureConnection' : 'connection')) as [Socket];
      return socket;
    },
  };
}

const answerText = (body: string, more = ''): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
const post = (url: string, body = '{"a":1}', headers: Record<string, string> = {}): WireRequest => ({ method: 'POST', url, headers: { 'Content-Type': 'application/json', ...headers }, body: new TextEncoder().encode(body) });
const shortOf = (result: WireResult): string => (result.kind === 'answer' ? `answer ${result.answer.status} ${new TextDecoder().decode(result.answer.body)}` : `${result.kind} ${result.reason}`);

describe('an answer', () => {
  test('the request goes out exactly as given and the answer comes back with names in lower case', async () => {
    const wire = await serve((socket) => socket.write(answerText('{"ok":"是"}'.replace('是', 'x'), 'X-Trace: One\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n')));
    const body = ' {"amount":"1", "中":"文"}\n';
    const bytes = new TextEncoder().encode(`##${body}##`).subarray(2, 2 + new TextEncoder().encode(body).length);
    const result = await transport.send({ method: 'POST', url: `${wire.url}/upay/v2/pay?b=%E4%B8%AD&a=+x#part`, headers: { Authorization: 'sn sign', 'Content-Type': 'application/json' }, body: bytes }, limits);
    expect(result).toMatchObject({ kind: 'answer', answer: { status: 200, headers: { 'x-trace': 'One', 'set-cookie': 'a, b' } } });
    const text = Buffer.from(wire.received(), 'latin1').toString('utf8');
    expect(text.startsWith('POST /upay/v2/pay?b=%E4%B8%AD&a=+x HTTP/1.1\r\n')).toBe(true);
    expect(text).toContain('Authorization: sn sign\r\n');
    expect(text).toContain(`content-length: ${bytes.length}\r\n`);
    expect(text.endsWith(`\r\n\r\n${body}`)).toBe(true);
  });

  test.each([302, 404, 500])('status %i is an answer like any other, and nothing is followed or repeated', async (status) => {
    const wire = await serve((socket) => socket.write(`HTTP/1.1 ${status} X\r\nLocation: /elsewhere\r\nContent-Length: 2\r\n\r\nno`));
    expect(shortOf(await transport.send(post(`${wire.url}/pay`), limits))).toBe(`answer ${status} no`);
    expect(wire.received().match(/POST/g)).toHaveLength(1);
  });

  test('an announcement before the answer (103) is not the answer', async () => {
    const wire = await serve((socket) => socket.write(`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${answerText('yes')}`));
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
  });

  test('a GET has no body', async () => {
    const wire = await serve((socket) => socket.write(answerText('yes')));
    expect(shortOf(await transport.send({ method: 'GET', url: `${wire.url}/q`, headers: {}, body: null }, limits))).toBe('answer 200 yes');
    expect(wire.received()).toMatch(/^GET \/q HTTP\/1\.1\r\n/);
  });

  test('variables for a proxy change nothing', async () => {
    const wire = await serve((socket) => socket.write(answerText('yes')));
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    vi.unstubAllEnvs();
  });
});

describe('never sent: only what is certain', () => {
  test('connection refused', async () => {
    const wire = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('neverSent refused');
  });

  test('a name that does not exist', async () => {
    const result = await transport.send(post('https://till.invalid/pay'), limits);
    expect(result).toMatchObject({ kind: 'neverSent' });
    expect(['nameNotFound', 'connectTimeout']).toContain(result.kind === 'neverSent' ? result.reason : '');
  });

  test('a certificate that nobody vouches for, and not one byte of the request', async () => {
    const wire = await serve((socket) => socket.write(answerText('yes')), { tls: true });
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('neverSent tls');
    vi.unstubAllEnvs();
    expect(wire.received()).toBe('');
  });

  test('a trusted certificate for another name', async () => {
    const wire = await serve((socket) => socket.write(answerText('yes')), { tls: true });
    transport.close();
    transport = undiciTransport({ trustedCertificates: [testCertificate] });
    expect(shortOf(await transport.send(post(wire.url.replace('127.0.0.1', '127.0.0.2')), limits))).toMatch(/^neverSent/);
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    expect(shortOf(await transport.send(post(wire.url.replace('127.0.0.1', 'localhost')), limits))).toBe('answer 200 yes');
  });

  test('a TLS handshake that never ends falls under the connect limit', async () => {
    const silent = await serve(() => {}, { onConnect: (socket) => socket.pause() });
    expect(shortOf(await transport.send(post(silent.url.replace('http:', 'https:')), quick))).toBe('neverSent connectTimeout');
  });

  test('a server that hangs up during the TLS handshake', async () => {
    const rude = await serve(() => {}, { onConnect: (socket) => socket.destroy() });
    expect(shortOf(await transport.send(post(rude.url.replace('http:', 'https:')), limits))).toBe('neverSent tls');
  });

  test('plain http to another machine is a broken invariant', async () => {
    await expect(transport.send(post('http://192.0.2.1/pay'), limits)).rejects.toThrow('loopback');
    expect(() => transport.preconnect('http://example.com/')).toThrow('loopback');
  });
});

describe.each([['http', false], ['https', true]])('lost over %s: whatever may have left', (_scheme, tls) => {
  beforeEach(() => {
    transport.close();
    transport = undiciTransport({ trustedCertificates: [testCertificate] });
  });

  test('no answer within the limit: the socket is reset', async () => {
    const wire = await serve(() => {}, { tls });
    const result = transport.send(post(wire.url), quick);
    const connected = await wire.nextConnection();
    const reset = new Promise((resolve) => connected.once('error', (error) => resolve('code' in error ? error.code : '')));
    expect(shortOf(await result)).toBe('lost timeout');
    expect(await reset).toBe('ECONNRESET');
  });

  test('nothing of a timed-out request leaves later, not even what the system had taken already (CASES 19)', async () => {
    // The server reads nothing until the request was given up: the bytes wait in the system's buffers.
    const wire = await serve(() => {}, { tls, onConnect: (socket) => socket.pause() });
    const body = 'x'.repeat(1024 * 1024);
    const result = transport.send(post(wire.url, body), { ...quick, connectMilliseconds: 2000, answerMilliseconds: 1000 });
    const connected = await wire.nextConnection();
    expect(shortOf(await result)).toBe('lost timeout');
    // Not `once`: it would reject at the reset, which is what we want to see.
    const closed = new Promise((resolve) => connected.once('close', resolve));
    connected.resume();
    await closed;
    expect(wire.received().length).toBeLessThan(body.length);
  });

  test('a trickling server does not extend the limit', async () => {
    const wire = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      const drip = setInterval(() => socket.write('x'), 20);
      socket.once('close', () => clearInterval(drip));
    }, { tls });
    const before = performance.now();
    expect(shortOf(await transport.send(post(wire.url), quick))).toBe('lost timeout');
    expect(performance.now() - before).toBeLessThan(900);
  });

  test('half an answer', async () => {
    const wire = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":'), { tls });
    expect(shortOf(await transport.send(post(wire.url), limits))).toMatch(/^lost (closed|broken)$/);
  });

  test('no answer, only the end', async () => {
    const wire = await serve((socket) => socket.end(), { tls });
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost closed');
    expect(wire.received().match(/POST/g)).toHaveLength(1);
  });

  test('something that is no HTTP', async () => {
    const wire = await serve((socket) => socket.end('SSH-2.0-OpenSSH\r\n'), { tls });
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost broken');
  });

  test.each([['announced', `Content-Length: ${bodyLimitBytes + 1}\r\n`], ['not announced', 'Transfer-Encoding: chunked\r\n']])('a body above the limit, %s', async (_how, header) => {
    const wire = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${header}\r\n`);
      for (let sent = 0; sent < 20; sent += 1) socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`);
    }, { tls });
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost tooLarge');
  });

  test('a body of exactly the limit is an answer', async () => {
    const wire = await serve((socket) => socket.write(answerText('x'.repeat(bodyLimitBytes))), { tls });
    const result = await transport.send(post(wire.url), limits);
    expect(result.kind === 'answer' ? result.answer.body.length : 0).toBe(bodyLimitBytes);
  });

  test('headers without end', async () => {
    const wire = await serve((socket) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(64 * 1024)}`), { tls });
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost broken');
  });

  test('a header that can not be written is lost, never a crash', async () => {
    const wire = await serve((socket) => socket.write(answerText('yes')), { tls });
    expect(shortOf(await transport.send(post(wire.url, '{}', { Authorization: 'a\r\nb' }), limits))).toBe('lost broken');
    expect(wire.received()).toBe('');
  });
});

describe('lost by a reset', () => {
  test('the connection is reset after the request', async () => {
    const wire = await serve((socket) => socket.resetAndDestroy());
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost closed');
    expect(wire.received().match(/POST/g)).toHaveLength(1);
  });

  test('closing the transport ends what is under way', async () => {
    const wire = await serve(() => transport.close());
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost aborted');
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost aborted');
  });
});

describe('connections', () => {
  const answering = (socket: Socket): void => void socket.write(answerText('yes'));
  const fakeTime = (): void => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });

  test('a connection is used again within a second, and never when it lay idle longer', async () => {
    fakeTime();
    const wire = await serve(answering);
    for (const [wait, connections] of [[0, 1], [900, 1], [1026, 2]] as const) {
      vi.advanceTimersByTime(wait);
      expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
      expect(wire.connections).toHaveLength(connections);
    }
  });

  test('a server that announces a shorter idle limit gets a new connection each time', async () => {
    const wire = await serve((socket) => socket.write(answerText('yes', 'Keep-Alive: timeout=2\r\n')));
    for (let round = 0; round < 2; round += 1) expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    expect(wire.connections).toHaveLength(2);
  });

  test('an idle connection that the server closed is not used', async () => {
    const wire = await serve(answering);
    await transport.send(post(wire.url), limits);
    const [first] = wire.connections;
    first?.end();
    // Its close has arrived here when the server sees ours.
    await once(first as Socket, 'close');
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    expect(wire.connections).toHaveLength(2);
  });

  test('a connection that the server closes right behind its answer is not used by a request of the same moment', async () => {
    const wire = await serve((socket) => {
      answering(socket);
      socket.end();
    });
    await transport.send(post(wire.url), limits);
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    expect(wire.connections).toHaveLength(2);
  });

  test('a used connection that dies under the next request makes it lost, and the request is not sent again', async () => {
    fakeTime();
    let requests = 0;
    const wire = await serve((socket) => {
      requests += 1;
      if (requests === 1) answering(socket);
      else socket.destroy();
    });
    await transport.send(post(wire.url), limits);
    vi.advanceTimersByTime(30);
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('lost closed');
    expect(requests).toBe(2);
    expect(wire.connections).toHaveLength(1);
  });

  test('an idle close that races with the request: never a second copy, whatever it ends as', async () => {
    const copies = new Map<string, number>();
    const wire = await serve((socket, text) => {
      const id = /id-(\d+)/.exec(text)?.[0] ?? '';
      copies.set(id, (copies.get(id) ?? 0) + 1);
      answering(socket);
      // Closes right behind its answer, while the next request is on its way.
      setImmediate(() => socket.end());
    });
    const ends = new Set<string>();
    const falselyNeverSent: number[] = [];
    for (let round = 0; round < 200; round += 1) {
      const result = await transport.send(post(wire.url, `id-${round}`), limits);
      ends.add(shortOf(result));
      if (result.kind === 'neverSent' && copies.has(`id-${round}`)) falselyNeverSent.push(round);
    }
    expect(falselyNeverSent).toEqual([]);
    expect([...copies.values()].every((count) => count === 1)).toBe(true);
    expect([...ends].every((end) => end === 'answer 200 yes' || end === 'lost closed')).toBe(true);
  });

  test('bytes that nobody asked for are never read as an answer', async () => {
    let connections = 0;
    const wire = await serve(answering, { onConnect: (socket) => (connections += 1) === 1 && socket.write('HTTP/1.1 408 Request Timeout\r\nContent-Length: 6\r\n\r\nforged') });
    transport.preconnect(wire.url);
    await wire.nextConnection();
    await settled();
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    expect(connections).toBe(2);
  });

  test('requests at the same time each have their own connection', async () => {
    const wire = await serve(answering);
    const results = await Promise.all([1, 2, 3].map(() => transport.send(post(wire.url), limits)));
    expect(results.map(shortOf)).toEqual(['answer 200 yes', 'answer 200 yes', 'answer 200 yes']);
    expect(wire.connections).toHaveLength(3);
  });

  test('preconnect: the request finds a connection standing, or one being opened', async () => {
    const wire = await serve(answering);
    transport.preconnect(`${wire.url}/upay`);
    transport.preconnect(wire.url);
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('answer 200 yes');
    expect(wire.connections).toHaveLength(1);
  });

  test('preconnect: an unused connection is replaced before it is old, and no longer than a minute', async () => {
    fakeTime();
    const wire = await serve(answering);
    transport.preconnect(wire.url);
    let current = await wire.nextConnection();
    await settled();
    for (let round = 0; round < 19; round += 1) {
      const closed = once(current, 'close');
      const next = wire.nextConnection();
      vi.advanceTimersByTime(3010);
      current = await next;
      await closed;
      await settled();
    }
    const last = once(current, 'close');
    vi.advanceTimersByTime(6000);
    await last;
    expect(wire.connections).toHaveLength(20);
    expect(wire.received()).toBe('');
  });

  test('preconnect: a connection that a request has taken is not ended by its successor', async () => {
    fakeTime();
    let answer: (() => void) | null = null;
    const wire = await serve((socket) => void (answer = () => answering(socket)));
    transport.preconnect(wire.url);
    await wire.nextConnection();
    await settled();
    const successor = wire.nextConnection();
    vi.advanceTimersByTime(3000);
    // The successor is on its way and the old connection still young enough.
    const result = transport.send(post(wire.url), limits);
    await successor;
    await settled();
    (answer as (() => void) | null)?.();
    expect(shortOf(await result)).toBe('answer 200 yes');
  });

  test('preconnect: a failure is silent, and the request tries by itself', async () => {
    const wire = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    transport.preconnect(wire.url);
    expect(shortOf(await transport.send(post(wire.url), limits))).toBe('neverSent refused');
  });

  /** Lets the client's side of a connection take its turn: the server hears of it first. */
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
});
