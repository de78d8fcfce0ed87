/** Scan to the first byte on the gateway's socket, each run paired with one bare durable write and one bare request. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { undiciTransport } from '../adapters/http/undici-transport.ts';
import { openJournal } from '../adapters/journal/sqlite-journal.ts';
import { systemRandom } from '../adapters/random.ts';
import { fileSecrets } from '../adapters/secrets.ts';
import { settingsSchema } from '../core/contract/settings.ts';
import { gateways } from '../core/gateways/registry.ts';
import { makeAmount } from '../core/money/amount.ts';
import { Till } from '../core/till.ts';
import { tillConfiguration } from '../host/configuration.ts';

const rounds = Number(process.argv[2] ?? 300);
const folder = mkdtempSync(join(tmpdir(), 'scantill-bench-'));
const server = await firstByteServer();
const schemas = Object.fromEntries(gateways.map((gateway) => [gateway.id, gateway.settings]));
const settings = settingsSchema(schemas).parse({
  store: { name: 'Bench', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY' },
  terminal: { id: 'T01' },
  gateways: { shouqianba: { baseUrl: server.url, terminalSn: '100000000000001', terminalKey: '0123456789abcdef0123456789abcdef', qrPayway: '3', currency: 'CNY' } },
});
const configuration = tillConfiguration(settings, gateways, { version: '0', codeDigits: { least: 15, most: 32 }, training: null, ownerAccess: true });
const http = undiciTransport();
const journal = openJournal({ folder, access: 'till' });
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const till = new Till(configuration, {
  clock: systemClock(), random: systemRandom(), http, storage: journal, secrets: fileSecrets(folder), log: silent,
  devices: { onEvent: () => () => undefined, print: async () => ({ kind: 'printed' }) },
  pins: { digest: async () => new Uint8Array(32) }, witness: null, backup: null,
});
await till.start();
const file = openSync(join(folder, 'bare'), 'a');

const bareSync: number[] = [];
const bareRequest: number[] = [];
const scanToRequest: number[] = [];
for (let round = 0; round < rounds + 30; round += 1) {
  const sync = timed(() => {
    writeSync(file, 'x'.repeat(4096));
    fdatasyncSync(file);
  });
  const request = await timeToFirstByte(() => {
    void http.send({ method: 'POST', url: `${server.url}/bare`, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode('{"x":"1"}') }, { connectMilliseconds: 5000, answerMilliseconds: 15_000 });
  });
  await server.quiet();
  const amount = makeAmount(100 + round, 'CNY');
  await till.call('amountEntered', { amount });
  await server.quiet();
  const scan = await timeToFirstByte(() => {
    const seen = till.submitScan(`13${String(round).padStart(16, '0')}`, null, false);
    if (seen.kind !== 'paymentCode') throw new Error('not a code');
    void till.call('pay', { commandId: `bench-${round}`, scanId: seen.scanId, amount });
  });
  await server.quiet();
  if (round < 30) continue;
  bareSync.push(sync);
  bareRequest.push(request);
  scanToRequest.push(scan);
}

const [sync, request, scan] = [bareSync, bareRequest, scanToRequest].map(median) as [number, number, number];
console.log(JSON.stringify({
  rounds, bareSyncMilliseconds: round3(sync), bareRequestMilliseconds: round3(request), scanToFirstByteMilliseconds: round3(scan),
  overBareMilliseconds: round3(scan - sync - request), within1Millisecond: scan <= sync + request + 1,
}));
till.stop();
http.close();
journal.close();
closeSync(file);
server.close();
rmSync(folder, { recursive: true, force: true });

function timed(action: () => void): number {
  const began = performance.now();
  action();
  return performance.now() - began;
}

async function timeToFirstByte(action: () => void): Promise<number> {
  const arrived = server.nextByte();
  const began = performance.now();
  action();
  return (await arrived) - began;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A server that notes when a request's first byte arrives, and says paid: an ordinary sale. */
async function firstByteServer(): Promise<{ url: string; nextByte: () => Promise<number>; quiet: () => Promise<void>; close: () => void }> {
  let arrived: ((at: number) => void) | null = null;
  const listening = createServer((socket: Socket) => {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      arrived?.(performance.now());
      arrived = null;
      const answer = paidAnswer(bytes.toString('utf8'));
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    nextByte: () => new Promise((resolve) => (arrived = resolve)),
    // Lets answers and journal rows of the round before come to rest.
    quiet: () => new Promise((resolve) => setTimeout(resolve, 5)),
    close: () => listening.close(),
  };
}

function paidAnswer(request: string): string {
  const { client_sn, total_amount } = JSON.parse(request.slice(request.indexOf('\r\n\r\n') + 4)) as { client_sn?: string; total_amount?: string };
  const data = { sn: '7894259244067349', client_sn, status: 'SUCCESS', order_status: 'PAID', payway: '3', total_amount, net_amount: total_amount };
  return JSON.stringify({ result_code: '200', biz_response: { result_code: 'PAY_SUCCESS', data } });
}
