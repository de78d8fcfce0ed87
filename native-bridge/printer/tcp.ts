/** A printer behind TCP port 9100, or anything that listens there. */
import { Socket } from 'node:net';
import type { Clock } from '../../core/ports.ts';
import { codeOf, messageOf, within } from '../limits.ts';
import { written, type Connecting, type ConnectionHandlers, type PrinterConnection, type Written } from './connection.ts';

export interface TcpTarget {
  readonly host: string;
  readonly port: number;
}

const connectMilliseconds = 3_000;
const closeMilliseconds = 1_000;
/** A printer that is going to reset the connection does so this soon. */
const resetMilliseconds = 150;

function openSocket(target: TcpTarget, socket: Socket): Promise<Error | null> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(null));
    socket.once('error', resolve);
    socket.setNoDelay(true);
    socket.connect({ host: target.host, port: target.port });
  });
}

export async function connectTcp(target: TcpTarget, handlers: ConnectionHandlers, clock: Clock): Promise<Connecting> {
  const place = `${target.host}:${target.port}`;
  const socket = new Socket();
  // Stays for the socket's whole life: an error event without a listener would end the process.
  let lost: string | undefined;
  let ending = false;
  let stopWaiting: () => void = () => {};
  const lose = (detail: string): void => {
    if (lost !== undefined) return;
    lost = detail;
    stopWaiting();
    if (!ending) handlers.onLost();
  };
  const opening = openSocket(target, socket);
  socket.on('error', (error) => lose(`${place}: ${error.message}`));
  const opened = await within(clock, connectMilliseconds, opening);
  if (opened.kind === 'late' || opened.value !== null) {
    ending = true;
    socket.destroy();
    const reason = opened.kind === 'late' ? `no answer within ${connectMilliseconds / 1000} s` : codeOf(opened.value) || messageOf(opened.value);
    return { kind: 'failed', problem: 'unreachable', detail: `The printer at ${place} can't be reached (${reason}). Check its power and network cable.` };
  }
  socket.on('data', handlers.onData);
  socket.on('close', () => lose(`${place} closed the connection`));

  const fail = (detail: string, begun: boolean): Written => ({ kind: 'failed', begun, problem: 'unreachable', detail });

  /** Waits for something, or for the connection to break. */
  async function unlessLost(work: (done: () => void) => void, milliseconds: number): Promise<'done' | 'lost' | 'late'> {
    const outcome = new Promise<'done' | 'lost'>((resolve) => {
      stopWaiting = () => resolve('lost');
      work(() => resolve('done'));
    });
    const result = await within(clock, milliseconds, outcome);
    stopWaiting = () => {};
    return result.kind === 'late' ? 'late' : result.value;
  }

  const connection: PrinterConnection = {
    async write(bytes, milliseconds) {
      if (lost !== undefined) return fail(lost, false);
      const outcome = await unlessLost((done) => {
        socket.write(bytes, (error) => {
          if (!error) done();
        });
      }, milliseconds);
      switch (outcome) {
        case 'done':
          return written;
        case 'lost':
          return fail(lost ?? 'connection lost', true);
        case 'late':
          return { kind: 'failed', begun: true, problem: 'busy', detail: `The printer at ${place} stopped taking data.` };
      }
    },
    async flush() {
      await unlessLost(() => {}, resetMilliseconds);
      // A polite close after the last byte is no sign of trouble; a reset is.
      return socket.errored === null || socket.errored === undefined ? written : fail(lost ?? 'connection reset', true);
    },
    lostBecause: () => lost,
    async close(how) {
      ending = true;
      switch (how) {
        case 'politely':
          if (lost === undefined) await unlessLost(() => socket.end(), closeMilliseconds);
          socket.destroy();
          break;
        case 'atOnce':
          // Else the system goes on sending what it holds, and a receipt that was given up prints minutes later.
          socket.resetAndDestroy();
          break;
      }
    },
  };
  return { kind: 'open', connection };
}
