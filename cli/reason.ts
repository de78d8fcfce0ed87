/** Reads a `--reason` option: why something was done, in the shop's words. */
import { CommandEnd, exitCodes } from './exit.ts';

const reasonMost = 200;

export function reasonOf(text: string): string {
  const reason = text.trim();
  if (reason === '' || reason.length > reasonMost) throw new CommandEnd(exitCodes.wrongUsage, `--reason: 1 to ${reasonMost} characters`);
  return reason;
}
