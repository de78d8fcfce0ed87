/** The probe: whether a server is there, and whose certificate it has, without a request. */
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectionProbe } from './probe.ts';
import { testCertificate, testCertificateKey } from './testing/certificate.ts';

const servers: Server[] = [];
let requests = 0;

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listening(server: Server): Promise<number> {
  server.on('request', () => (requests += 1));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const secureServer = (): Promise<number> => listening(createHttpsServer({ cert: testCertificate, key: testCertificateKey }));

test('finds a server of this machine, which has no certificate', async () => {
  const port = await listening(createHttpServer());
  expect(await connectionProbe().look(`http://127.0.0.1:${port}`, 5000)).toEqual({ kind: 'reached', milliseconds: expect.any(Number), validUntil: null });
  expect(requests).toBe(0);
});

test('reads until when a certificate is good', async () => {
  const port = await secureServer();
  const seen = await connectionProbe([testCertificate]).look(`https://127.0.0.1:${port}`, 5000);
  if (seen.kind !== 'reached') throw new Error(seen.kind);
  expect(seen.validUntil).toBeGreaterThan(Date.UTC(2026, 0, 1));
  expect(requests).toBe(0);
});

test('says that a certificate is nobody’s, after the server was found', async () => {
  const port = await secureServer();
  expect(await connectionProbe().look(`https://127.0.0.1:${port}`, 5000)).toMatchObject({ kind: 'certificateWrong', code: expect.stringMatching(/^[A-Z_]+$/) });
  expect(requests).toBe(0);
});

test('finds nobody behind a closed port', async () => {
  expect(await connectionProbe().look('http://127.0.0.1:9', 5000)).toEqual({ kind: 'notReached', reason: 'refused' });
});
