/** One open way to a printer, whatever the cable: what the transport needs of TCP, serial and USB. */
import type { Clock, PrinterProblem } from '../../core/ports.ts';

export type Written =
  | { readonly kind: 'written' }
  /** `begun` is false only where it is certain that no byte of this write left (CASES 40). */
  | { readonly kind: 'failed'; readonly begun: boolean; readonly problem: PrinterProblem; readonly detail: string };

export interface PrinterConnection {
  /** Sends bytes; resolves when the system has taken them, or after `milliseconds`. Never rejects. */
  write(bytes: Uint8Array, milliseconds: number): Promise<Written>;
  /** Resolves when what was written has gone out as far as that can be known. Never rejects. */
  flush(milliseconds: number): Promise<Written>;
  /** `undefined` while the connection stands, else why it ended. */
  lostBecause(): string | undefined;
  /** `politely`: after what was written has gone out, within a limit. `atOnce`: nothing more may leave. Resolves always. */
  close(how: 'politely' | 'atOnce'): Promise<void>;
}

export interface ConnectionHandlers {
  readonly onData: (bytes: Uint8Array) => void;
  /** The connection ended by itself. */
  readonly onLost: () => void;
}

export type Connecting =
  | { readonly kind: 'open'; readonly connection: PrinterConnection }
  | { readonly kind: 'failed'; readonly problem: PrinterProblem; readonly detail: string };

/** Opens a way to the printer. Resolves always, within a limit. */
export type Connect = (handlers: ConnectionHandlers, clock: Clock) => Promise<Connecting>;

export const written: Written = { kind: 'written' };
