/** Reads a `--port` option. */
import { CommandEnd, exitCodes } from './exit.ts';

/** The port number; 0, any free one, where none was given. */
export function portOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port >= 0 && port <= 65_535)) throw new CommandEnd(exitCodes.wrongUsage, `--port: not a port number: ${text.slice(0, 20)}`);
  return port;
}
