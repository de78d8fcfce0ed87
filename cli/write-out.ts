/** Writes what `--out` names. */
import { lstatSync, writeFileSync } from 'node:fs';
import { FileTarget } from '../adapters/export/target.ts';
import { CommandEnd, exitCodes } from './exit.ts';

export function writeOut(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new CommandEnd(exitCodes.wrongUsage, `--out: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The same, whole or not at all. Throws the system's error. */
export function writeOutWhole(path: string, bytes: Uint8Array): void {
  // A printer's device, a pipe or a link is written as it stands: a file that takes its name would stand in its place.
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    writeFileSync(path, bytes);
    return;
  }
  const target = new FileTarget({ path, existing: 'replace' });
  try {
    target.write(bytes);
    target.commit();
  } finally {
    target.discard();
  }
}
