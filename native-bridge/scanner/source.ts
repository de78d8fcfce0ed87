/** What all scanner sources have in common: states told once, and bytes turned into scan events with a timer for silences. */
import type { Clock, DeviceEvent, Log, Monotonic, ScannerKind } from '../../core/ports.ts';
import type { Frame } from './framing.ts';

export interface SourcePorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: (event: DeviceEvent) => void;
}

/** A running scanner. It finds, loses and finds again its device by itself until it is closed. */
export interface ScannerSource {
  close(): Promise<void>;
}

export type ScannerState = 'ready' | 'gone' | 'attention';

/** Tells a scanner's state, each change once. */
export function createStateTeller(scannerId: string, kind: ScannerKind, ports: SourcePorts): (state: ScannerState, detail: string | null) => void {
  let told = '';
  return (state, detail) => {
    const now = `${state} ${detail ?? ''}`;
    if (now === told) return;
    told = now;
    ports.log.info('scanner', { scannerId, state, detail });
    ports.emit({ type: 'scanner', scannerId, kind, state, detail });
  };
}

/** A parser of bytes or reports; see `framing.ts` and `hid-report.ts`. */
export interface FrameParser {
  push(bytes: Uint8Array, at: Monotonic): readonly Frame[];
  settle(at: Monotonic): readonly Frame[];
  dueAt(): Monotonic | null;
  reset(): readonly Frame[];
}

export interface FramePump {
  push(bytes: Uint8Array): void;
  /** The device went away: what had begun is garbled. */
  lineDown(): void;
  stop(): void;
}

/** A timer this late means that this process was busy, and that bytes may be waiting to be read. */
const lateMilliseconds = 20;

/** Feeds a parser, calls its `settle` when due, and emits what comes out. */
export function createFramePump(scannerId: string, parser: FrameParser, ports: SourcePorts): FramePump {
  const { clock } = ports;
  let cancel: () => void = () => {};

  function tell(frames: readonly Frame[]): void {
    for (const frame of frames) {
      switch (frame.kind) {
        case 'scan':
          ports.emit({ type: 'scan', scannerId, text: frame.text, symbology: frame.symbology });
          break;
        case 'garbled':
          ports.emit({ type: 'garbled', scannerId });
          break;
      }
    }
  }

  function arm(secondLook: boolean): void {
    cancel();
    const due = parser.dueAt();
    if (due === null) return;
    const now = clock.monotonic();
    const delay = secondLook ? lateMilliseconds : Math.max(1, Math.ceil(due - now));
    cancel = clock.after(delay, () => {
      const late = clock.monotonic() - due > lateMilliseconds;
      if (late && !secondLook) {
        arm(true);
        return;
      }
      tell(parser.settle(clock.monotonic()));
      arm(false);
    });
  }

  return {
    push(bytes) {
      tell(parser.push(bytes, clock.monotonic()));
      arm(false);
    },
    lineDown() {
      cancel();
      tell(parser.reset());
    },
    stop() {
      cancel();
    },
  };
}
