/** Keeps terminals' keys among the till's secrets, and nowhere else (CASES 33): one small file for each gateway that has terminals. */
import { z } from 'zod';
import type { Secrets } from '../ports.ts';
import type { TerminalKeys } from './keys.ts';

const keysSchema = z.strictObject({
  origin: z.string(), number: z.string(), newest: z.string(), older: z.string().nullable(), inUse: z.enum(['newest', 'older']), newestWorked: z.boolean(), checkInOpen: z.boolean(),
  checkedInOn: z.int().nullable(), fromSettings: z.string().nullable(),
});

const fileSchema = z.strictObject({ version: z.literal(1), deviceId: z.string(), terminals: z.array(keysSchema), activated: z.strictObject({ origin: z.string(), number: z.string() }).nullable() });

export interface TerminalFile {
  readonly version: 1;
  /** By which the gateway knows this till: made once by chance, and kept (FIELD). */
  readonly deviceId: string;
  /** Of every terminal that was ever used here: what was sent under one is asked under it (CASES 6). */
  readonly terminals: readonly TerminalKeys[];
  /** The one that an activation gave last; null where all came from the settings. */
  readonly activated: { readonly origin: string; readonly number: string } | null;
}

export function terminalFileName(gatewayId: string): string {
  return `terminal-${gatewayId}`;
}

/** Null where there is none. Throws where there is one that can't be read: its keys are not to be written over. */
export function readTerminalFile(secrets: Secrets, gatewayId: string): TerminalFile | null {
  const bytes = secrets.read(terminalFileName(gatewayId));
  if (bytes === null) return null;
  const parsed = fileSchema.safeParse(jsonOf(bytes));
  // What stands there is secret: the error says that, and nothing of it.
  if (!parsed.success) throw new Error(`secrets/${terminalFileName(gatewayId)} is no list of terminals`);
  return parsed.data;
}

/** Durable on return. */
export function writeTerminalFile(secrets: Secrets, gatewayId: string, file: TerminalFile): void {
  secrets.write(terminalFileName(gatewayId), new TextEncoder().encode(JSON.stringify(file)));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
