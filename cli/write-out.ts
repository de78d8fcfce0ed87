/** Writes what `--out` names. */
import { writeFileSync } from 'node:fs';
import { CommandEnd, exitCodes } from './exit.ts';

export function writeOut(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new CommandEnd(exitCodes.wrongUsage, `--out: ${error instanceof Error ? error.message : String(error)}`);
  }
}
