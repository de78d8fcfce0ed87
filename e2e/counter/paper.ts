/** A receipt printer on loopback: says that it is well, keeps every byte, and can be switched off or run out of paper. */
import { createServer, type Server, type Socket } from 'node:net';
import { readBack, type ReadBack } from '../../native-bridge/printer/read-back.ts';

/** Answers to DLE EOT n: nothing to complain about, and to the fourth question that the roll is at its end. */
const well = 0x12;
const paperEnd = 0x72;

export interface Paper {
  readonly port: number;
  /** Every receipt so far, read back by a second party's decoders. */
  receipts(): Promise<readonly ReadBack[]>;
  /** How often a drawer at this printer was opened: ESC p, in a receipt or alone. */
  drawerOpenings(): number;
  switchOff(): Promise<void>;
  switchOn(): Promise<void>;
  runOut(): void;
  load(): void;
}

export async function openPaper(): Promise<Paper> {
  const jobs: Buffer[][] = [];
  const read = new Map<number, ReadBack>();
  const sockets = new Set<Socket>();
  let hasPaper = true;
  let port = 0;
  let server: Server | null = null;

  function serve(socket: Socket): void {
    const chunks: Buffer[] = [];
    jobs.push(chunks);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The till may reset what it gives up.
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => {
      chunks.push(bytes);
      for (const question of questionsIn(bytes)) socket.write(Uint8Array.of(question === 4 && !hasPaper ? paperEnd : well));
    });
  }

  async function switchOn(): Promise<void> {
    const next = createServer(serve);
    await new Promise<void>((listening) => next.listen(port, '127.0.0.1', listening));
    const address = next.address();
    if (address === null || typeof address === 'string') throw new Error('the printer has no port');
    port = address.port;
    server = next;
  }

  await switchOn();
  return {
    port,
    async receipts() {
      const found: ReadBack[] = [];
      for (const [index, chunks] of jobs.entries()) {
        const bytes = Buffer.concat(chunks);
        if (bytes.length <= 12 || !endsWithCut(bytes)) continue;
        const receipt = read.get(index) ?? (await readBack(bytes));
        read.set(index, receipt);
        found.push(receipt);
      }
      return found;
    },
    drawerOpenings: () => Buffer.concat(jobs.flat()).toString('latin1').split('\u001bp').length - 1,
    async switchOff() {
      const closing = server;
      server = null;
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((closed) => (closing === null ? closed() : closing.close(() => closed())));
    },
    switchOn,
    runOut: () => (hasPaper = false, undefined),
    load: () => (hasPaper = true, undefined),
  };
}

/** A question stands alone on the line: DLE EOT n is never sent inside a receipt. */
function questionsIn(bytes: Buffer): readonly number[] {
  return bytes.length % 3 === 0 && bytes[0] === 0x10 && bytes[1] === 0x04 ? [bytes[2] ?? 0] : [];
}

/** GS V, and after it at most the questions about how it went. */
function endsWithCut(bytes: Buffer): boolean {
  const cut = bytes.lastIndexOf(Uint8Array.of(0x1d, 0x56));
  return cut >= 0 && bytes.length - cut >= 3;
}
