/** Tests of the transport: real sockets, pseudo-terminals and files; stuck and lying printers through a connection of the test. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceEvent, PrintResult } from '../../core/ports.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import { systemClock } from '../process/system-clock.ts';
import { createPtyPair, socatMissing } from '../testing/pty.ts';
import { createManualClock, createRecorder, silentLog } from '../testing/recorder.ts';
import { written, type Connect, type ConnectionHandlers, type Written } from './connection.ts';
import { encodeReceipt } from './encoder.ts';
import { splitStream } from './read-back.ts';
import { startPrinter, type PrinterSettings, type RunningPrinter } from './transport.ts';

const paper = { columns: 48, encoding: 'gb18030' } as const;
const receipt: ReceiptDocument = { blocks: [{ type: 'text', text: '收款成功', align: 'center', bold: true, size: 2 }, { type: 'cut' }] };
const receiptBytes = Buffer.from(encodeReceipt(receipt, paper));
const isPrinter = (state: string, problem: string | null = null) => (event: DeviceEvent) => event.type === 'printer' && event.state === state && event.problem === problem;

/** A printer on a socket: keeps what it gets, and answers questions as it is told. */
interface FakePrinter {
  readonly port: number;
  received: Buffer;
  /** The answer to DLE EOT n, or null for none. */
  answer: (number: number) => number | null;
  onBytes: (socket: Socket) => void;
  close(): Promise<void>;
}

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function startFakePrinter(port = 0): Promise<FakePrinter> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      fake.received = Buffer.concat([fake.received, bytes]);
      for (let at = 0; at + 2 < bytes.length; at += 1) {
        if (bytes[at] !== 0x10 || bytes[at + 1] !== 0x04) continue;
        const answer = fake.answer(bytes[at + 2] ?? 0);
        if (answer !== null) socket.write(Uint8Array.of(answer));
      }
      fake.onBytes(socket);
    });
  });
  const fake: FakePrinter = {
    port: await listen(server, port),
    received: Buffer.alloc(0),
    answer: () => null,
    onBytes: () => undefined,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  cleanups.push(() => fake.close());
  return fake;
}

function start(settings: PrinterSettings) {
  const recorder = createRecorder();
  const printer = startPrinter(settings, { clock: systemClock, log: silentLog, emit: recorder.emit });
  cleanups.push(() => printer.close());
  return { recorder, printer };
}

const tcp = (port: number): PrinterSettings => ({ type: 'tcp', host: '127.0.0.1', port, ...paper });

describe('over TCP', () => {
  it('prints on a listener that never answers', async () => {
    const fake = await startFakePrinter();
    const { recorder, printer } = start(tcp(fake.port));
    expect(await printer.print('1', receipt)).toEqual({ kind: 'printed' });
    expect(await printer.print('2', receipt)).toEqual({ kind: 'printed' });
    await recorder.next(isPrinter('ready'));
    const pieces = splitStream(fake.received).filter((piece) => piece.type !== 'statusRequest');
    expect(pieces.filter((piece) => piece.type === 'cut')).toHaveLength(2);
    expect(fake.received.includes(receiptBytes)).toBe(true);
  });

  it('asks a printer that answers, before and after', async () => {
    const fake = await startFakePrinter();
    fake.answer = () => 0x12;
    const { recorder, printer } = start(tcp(fake.port));
    expect(await printer.print('1', receipt)).toEqual({ kind: 'printed' });
    expect(recorder.events).toEqual([{ type: 'printer', state: 'ready', problem: null, detail: null }]);
  });

  it('CASES 40: out of paper before the first byte is notBegun, and not one byte of it has left', async () => {
    const fake = await startFakePrinter();
    fake.answer = (number) => (number === 4 ? 0x72 : 0x12);
    const { recorder, printer } = start(tcp(fake.port));
    expect(await printer.print('1', receipt)).toMatchObject({ kind: 'notBegun', problem: 'paperOut' });
    await recorder.next(isPrinter('attention', 'paperOut'));
    expect(splitStream(fake.received).every((piece) => piece.type === 'statusRequest')).toBe(true);
    fake.answer = () => 0x12;
    expect(await printer.print('2', receipt)).toEqual({ kind: 'printed' });
    await recorder.next(isPrinter('ready'));
  });

  it('CASES 40: out of paper while printing is interrupted', async () => {
    const fake = await startFakePrinter();
    fake.answer = (number) => (number === 4 && fake.received.includes(receiptBytes) ? 0x72 : 0x12);
    const { printer } = start(tcp(fake.port));
    expect(await printer.print('1', receipt)).toMatchObject({ kind: 'interrupted', problem: 'paperOut' });
  });

  it('a reset in the middle is interrupted', async () => {
    const fake = await startFakePrinter();
    fake.onBytes = (socket) => {
      if (fake.received.includes(receiptBytes)) socket.resetAndDestroy();
    };
    const { printer } = start(tcp(fake.port));
    expect(await printer.print('1', receipt)).toMatchObject({ kind: 'interrupted', problem: 'unreachable' });
  });

  it('nobody there is notBegun; when the printer comes, it is told without being asked', async () => {
    const gone = await startFakePrinter();
    await gone.close();
    const { recorder, printer } = start(tcp(gone.port));
    expect(await printer.print('1', receipt)).toMatchObject({ kind: 'notBegun', problem: 'unreachable' });
    await recorder.next(isPrinter('gone', 'unreachable'));
    const back = await startFakePrinter(gone.port);
    back.answer = () => 0x12;
    await recorder.next(isPrinter('ready'));
  }, 15_000);

  it('prints jobs in their order', async () => {
    const fake = await startFakePrinter();
    const { printer } = start(tcp(fake.port));
    const names = ['first', 'second', 'third'];
    const results = await Promise.all(names.map((text) => printer.print(text, { blocks: [{ type: 'text', text, align: 'left', bold: false, size: 1 }] })));
    expect(results.map((result) => result.kind)).toEqual(['printed', 'printed', 'printed']);
    const text = fake.received.toString('latin1');
    const places = names.map((name) => text.indexOf(name));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });
});

describe.skipIf(socatMissing)('on a serial line', () => {
  it('prints, loses the printer, and finds it again', async () => {
    const pty = createPtyPair();
    cleanups.push(() => pty.remove());
    await pty.plug();
    const { recorder, printer } = start({ type: 'serial', path: pty.devicePath, baudRate: 9600, ...paper });
    const received: Buffer[] = [];
    const reader = pty.read();
    reader.on('error', () => undefined);
    const whole = new Promise<void>((resolve) => {
      reader.on('data', (bytes) => {
        received.push(Buffer.from(bytes));
        if (Buffer.concat(received).includes(receiptBytes)) resolve();
      });
    });
    expect(await printer.print('1', receipt)).toEqual({ kind: 'printed' });
    await whole;
    reader.destroy();
    await pty.unplug();
    await recorder.next(isPrinter('gone', 'absent'));
    expect(await printer.print('2', receipt)).toMatchObject({ kind: 'notBegun', problem: 'absent' });
  }, 15_000);
});

describe.skipIf(socatMissing)('on a character device', () => {
  it('reads answers without blocking, prints, and notices that the printer is gone', async () => {
    const pty = createPtyPair();
    cleanups.push(() => pty.remove());
    await pty.plug();
    let received = Buffer.alloc(0);
    let paper4 = 0x72;
    const reader = pty.read();
    reader.on('error', () => undefined);
    reader.on('data', (bytes) => {
      received = Buffer.concat([received, Buffer.from(bytes)]);
      const number = received.at(-1) ?? 0;
      if (received.at(-3) === 0x10 && received.at(-2) === 0x04) pty.send(Uint8Array.of(number === 4 ? paper4 : 0x12));
    });
    const { recorder, printer } = start({ type: 'usb', path: pty.devicePath, ...paper });
    await recorder.next(isPrinter('attention', 'paperOut'));
    expect(await printer.print('1', receipt)).toMatchObject({ kind: 'notBegun', problem: 'paperOut' });
    expect(received.includes(receiptBytes)).toBe(false);
    paper4 = 0x12;
    expect(await printer.print('2', receipt)).toEqual({ kind: 'printed' });
    expect(received.includes(receiptBytes)).toBe(true);
    reader.destroy();
    await pty.unplug();
    expect(await printer.print('3', receipt)).toMatchObject({ kind: 'notBegun', problem: 'absent' });
  }, 15_000);
});

describe('on a device file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scantill-usb-'));
  afterEach(() => rmSync(join(folder, 'lp0'), { force: true }));

  it('writes to it', async () => {
    const path = join(folder, 'lp0');
    writeFileSync(path, '');
    const { printer } = start({ type: 'usb', path, ...paper });
    expect(await printer.print('1', receipt)).toEqual({ kind: 'printed' });
    expect(readFileSync(path).includes(receiptBytes)).toBe(true);
  });

  it('tells what is missing', async () => {
    const { recorder, printer } = start({ type: 'usb', path: join(folder, 'lp9'), ...paper });
    expect(await printer.print('1', receipt)).toMatchObject({ kind: 'notBegun', problem: 'absent' });
    await recorder.next(isPrinter('gone', 'absent'));
  });
});

describe('with a connection of the test', () => {
  function startWith(write: (bytes: Uint8Array, handlers: ConnectionHandlers) => Written) {
    const clock = createManualClock();
    const recorder = createRecorder();
    const closings: string[] = [];
    let connections = 0;
    const connect: Connect = (handlers) => {
      connections += 1;
      return Promise.resolve({
        kind: 'open',
        connection: {
          write: (bytes) => Promise.resolve(write(bytes, handlers)),
          flush: () => Promise.resolve(written),
          lostBecause: () => undefined,
          close: (how) => {
            closings.push(how);
            return Promise.resolve();
          },
        },
      });
    };
    const printer = startPrinter(tcp(9100), { clock, log: silentLog, emit: recorder.emit }, connect);
    return { clock, recorder, printer, closings, connections: () => connections };
  }

  async function finish(printer: RunningPrinter, clock: { advance(milliseconds: number): Promise<void> }): Promise<PrintResult> {
    const result = printer.print('1', receipt);
    await clock.advance(60_000);
    return result;
  }

  it('polls gently: every 30 s while all is well, every 5 s in trouble', async () => {
    let status = 0x12;
    const desk = startWith((_bytes, handlers) => {
      handlers.onData(Uint8Array.of(status));
      return written;
    });
    await desk.clock.advance(95_000);
    expect(desk.connections()).toBe(4);
    status = 0x1a;
    await desk.clock.advance(30_000);
    expect(desk.recorder.events.at(-1)).toMatchObject({ state: 'attention', problem: 'error' });
    const before = desk.connections();
    await desk.clock.advance(10_000);
    expect(desk.connections()).toBe(before + 2);
    await desk.printer.close();
  });

  it('a job that gets stuck is interrupted, and nothing of it may leave later', async () => {
    const desk = startWith((bytes) => (bytes.length > 3 ? { kind: 'failed', begun: true, problem: 'busy', detail: 'stuck' } : written));
    expect(await finish(desk.printer, desk.clock)).toEqual({ kind: 'interrupted', problem: 'busy', detail: 'stuck' });
    expect(desk.closings).toContain('atOnce');
    await desk.printer.close();
  });

  it('a job of which nothing was taken has not begun', async () => {
    const desk = startWith((bytes) => (bytes.length > 3 ? { kind: 'failed', begun: false, problem: 'busy', detail: 'takes no data' } : written));
    expect(await finish(desk.printer, desk.clock)).toEqual({ kind: 'notBegun', problem: 'busy', detail: 'takes no data' });
    await desk.printer.close();
  });

  it('a printer that answered and falls silent is stuck, until it is plainly another one', async () => {
    let answers = true;
    const desk = startWith((_bytes, handlers) => {
      if (answers) handlers.onData(Uint8Array.of(0x12));
      return written;
    });
    await desk.clock.advance(100);
    answers = false;
    expect(await finish(desk.printer, desk.clock)).toMatchObject({ kind: 'notBegun', problem: 'busy' });
    expect(await finish(desk.printer, desk.clock)).toEqual({ kind: 'printed' });
    await desk.printer.close();
  });

  it('takes only so many jobs', async () => {
    const desk = startWith(() => written);
    const results = Array.from({ length: 101 }, () => desk.printer.print('x', receipt));
    expect(await results[100]).toMatchObject({ kind: 'notBegun', problem: 'busy' });
    await desk.clock.advance(5_000);
    expect(await results[99]).toEqual({ kind: 'printed' });
    await desk.printer.close();
    expect(await desk.printer.print('late', receipt)).toMatchObject({ kind: 'notBegun', problem: 'absent' });
  });
});
