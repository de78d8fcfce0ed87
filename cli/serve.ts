/** `till serve`: the till for a browser on this machine. */
import { serve } from '../browser-host/serve.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';
import { portOf } from './port.ts';

export interface ServeOptions {
  readonly home: string;
  readonly port?: string;
  readonly training?: boolean;
}

export async function serveCommand(options: ServeOptions, output: Output): Promise<number> {
  try {
    await serve({
      home: options.home,
      port: portOf(options.port),
      mode: options.training === true ? 'training' : 'auto',
      onAddress: (url) => output.line({ url }, url),
      onNotice: (text) => output.note(text),
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw new CommandEnd(exitCodes.wrongUsage, '--port: another program uses this port');
    throw error;
  }
  return exitCodes.done;
}
