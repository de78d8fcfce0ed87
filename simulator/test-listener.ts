/** A shop that listens for notifications, for the simulator's own tests. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from './index.ts';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Listener {
  readonly url: string;
  /** Everything so far. */
  readonly heard: readonly Heard[];
  /** What the shop answers from now on; unless said, 200 and `SUCCESS`. */
  answerWith(status: number, text: string): void;
  close(): Promise<void>;
}

export async function startListener(): Promise<Listener> {
  const heard: Heard[] = [];
  let answer = { status: 200, text: 'SUCCESS' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    answerWith: (status, text) => {
      answer = { status, text };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Resolves when so many tries to tell the shop something have ended, since the simulator's start. */
export function noticesEnded(simulator: Simulator, count: number): Promise<void> {
  const { world } = simulator;
  return new Promise((resolve) => {
    let stop = (): void => undefined;
    const look = () => {
      if (world.notifications().filter((entry) => entry.outcome !== 'underWay').length < count) return;
      stop();
      resolve();
    };
    stop = world.onNotification(look);
    look();
  });
}
