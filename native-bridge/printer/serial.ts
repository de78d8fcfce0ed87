/** A printer on a serial line. */
import type { Clock, PrinterProblem } from '../../core/ports.ts';
import { within } from '../limits.ts';
import { openSerialLine, type SerialProblem, type SerialSettings } from '../serial/line.ts';
import { written, type Connecting, type ConnectionHandlers } from './connection.ts';

function printerProblem(problem: SerialProblem): PrinterProblem {
  switch (problem) {
    case 'absent':
    case 'busy':
    case 'permission':
      return problem;
    case 'library':
    case 'error':
      return 'error';
  }
}

export async function connectSerial(settings: SerialSettings, handlers: ConnectionHandlers, clock: Clock): Promise<Connecting> {
  let lost: string | undefined;
  const opening = await openSerialLine(
    settings,
    {
      onData: handlers.onData,
      onGone(detail) {
        lost = detail;
        handlers.onLost();
      },
    },
    clock,
  );
  if (opening.kind === 'failed') return { kind: 'failed', problem: printerProblem(opening.problem), detail: opening.detail };
  const { line } = opening;
  return {
    kind: 'open',
    connection: {
      async write(bytes, milliseconds) {
        if (lost !== undefined) return { kind: 'failed', begun: false, problem: 'absent', detail: lost };
        // Ten bits a byte: a slow line gets the time that it needs.
        const onTheWire = (bytes.length * 10_000) / settings.baudRate;
        const outcome = await within(clock, milliseconds + 2 * onTheWire, line.write(bytes));
        if (outcome.kind === 'late') return { kind: 'failed', begun: true, problem: 'busy', detail: `The printer at ${settings.path} stopped taking data.` };
        return outcome.value.kind === 'written' ? written : { kind: 'failed', begun: true, problem: 'absent', detail: outcome.value.detail };
      },
      flush: () => Promise.resolve(lost === undefined ? written : { kind: 'failed', begun: true, problem: 'absent', detail: lost }),
      lostBecause: () => lost,
      close: () => line.close(),
    },
  };
}
