/** The till's log: nothing is kept, but every line is shown to the auditor, because no secret may stand in one. */
import type { Log, LogFields } from '../core/ports.ts';

export function observedLog(logged: (text: string) => void): Log {
  const write = (message: string, fields?: LogFields): void => logged(fields === undefined ? message : message + JSON.stringify(fields));
  return { info: write, warn: write, error: write };
}
