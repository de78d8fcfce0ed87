/** The screens' sockets: one operates the till, a second one takes over after asking (CASES 8). */
import { z } from 'zod';
import type { WebSocket } from 'ws';
import type { TillEvent } from '../core/contract/types.ts';
import type { CustomerDisplays } from '../host/customer-displays.ts';
import type { CallAnswer } from '../host/screen-till.ts';

/** What the sockets need of the till. */
export interface ServedTill {
  call(name: unknown, request: unknown): Promise<CallAnswer>;
  onEvent(listener: (event: TillEvent) => void): () => void;
}

const clientFrame = z.union([
  z.strictObject({ id: z.int().min(0), name: z.string().max(64), request: z.unknown() }),
  z.strictObject({ takeOver: z.literal(true) }),
  // What it may show, the displays say themselves.
  z.strictObject({ id: z.int().min(0), display: z.unknown() }),
]);

/** More unanswered calls than any screen has: whoever sends more is no screen of ours. */
const callsAtOnceMost = 64;
/** A screen that reads nothing is let go before its events fill the memory. */
const unreadBytesMost = 4 * 1024 * 1024;

const closeCodes = { takenOver: 4001, notUnderstood: 4002, tooManyCalls: 4003 } as const;

export class Connections {
  readonly #till: ServedTill;
  readonly #displays: CustomerDisplays;
  #operator: WebSocket | null = null;
  readonly #all = new Set<WebSocket>();
  readonly #unsubscribe: () => void;

  constructor(till: ServedTill, displays: CustomerDisplays) {
    this.#till = till;
    this.#displays = displays;
    this.#unsubscribe = till.onEvent((event) => {
      if (this.#operator !== null) this.#send(this.#operator, { event });
    });
  }

  add(socket: WebSocket): void {
    this.#all.add(socket);
    let calls = 0;
    socket.on('message', (data, isBinary) => {
      const frame = isBinary ? null : readFrame(String(data));
      if (frame === null) return socket.close(closeCodes.notUnderstood, 'not understood');
      if ('takeOver' in frame) return this.#takeOver(socket);
      if (this.#operator !== socket) return;
      if ('display' in frame) return this.#send(socket, this.#shown(frame.id, frame.display));
      if (calls >= callsAtOnceMost) return socket.close(closeCodes.tooManyCalls, 'too many calls');
      calls += 1;
      void this.#till.call(frame.name, frame.request).then((answer) => {
        calls -= 1;
        this.#send(socket, { id: frame.id, ...answer });
      });
    });
    socket.on('close', () => this.#forget(socket));
    // Whatever is wrong with a socket ends in its `close`.
    socket.on('error', () => undefined);
    if (this.#operator === null) this.#operator = socket;
    else this.#send(socket, { occupied: true });
  }

  /** A customer display: it is told what to show, and whatever it says ends it. It operates nothing and takes nothing over. */
  addDisplay(socket: WebSocket): void {
    this.#all.add(socket);
    const forget = this.#displays.onShows((shows) => this.#send(socket, { shows }));
    socket.on('message', () => socket.close(closeCodes.notUnderstood, 'not understood'));
    socket.on('close', () => {
      forget();
      this.#all.delete(socket);
    });
    socket.on('error', () => undefined);
  }

  #shown(id: number, display: unknown): unknown {
    return this.#displays.show(display) ? { id, reply: this.#displays.watched } : { id, error: 'not for a display' };
  }

  close(): void {
    this.#unsubscribe();
    for (const socket of this.#all) socket.terminate();
  }

  #takeOver(socket: WebSocket): void {
    const before = this.#operator;
    if (before === socket) return;
    this.#operator = socket;
    if (before === null) return;
    this.#send(before, { takenOver: true });
    before.close(closeCodes.takenOver, 'taken over');
  }

  #forget(socket: WebSocket): void {
    this.#all.delete(socket);
    if (this.#operator !== socket) return;
    this.#operator = null;
    this.#displays.clear();
  }

  #send(socket: WebSocket, frame: unknown): void {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > unreadBytesMost) return socket.terminate();
    socket.send(JSON.stringify(frame));
  }
}

function readFrame(text: string): z.infer<typeof clientFrame> | null {
  try {
    return clientFrame.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
