/** A receipt printer that jams, runs out of paper and dies half way, and the devices' events. */
import type { DeviceEvent, Devices, PrinterProblem, PrintResult } from '../core/ports.ts';
import type { ReceiptDocument } from '../core/receipt/document.ts';
import type { VirtualTime } from './clock.ts';
import type { TillProcess } from './process.ts';
import type { Profile } from './profile.ts';
import type { SeededRandom } from './random.ts';

export class SimulatedDevices {
  faults = 0;
  profile: Profile['printer'];
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #paper: (jobId: string, document: ReceiptDocument) => void;
  readonly #listeners = new Set<{ readonly process: TillProcess; readonly listener: (event: DeviceEvent) => void }>();

  /** `paper` hears of every document of which at least one byte reached the printer. */
  constructor(time: VirtualTime, random: SeededRandom, profile: Profile['printer'], paper: (jobId: string, document: ReceiptDocument) => void) {
    this.#time = time;
    this.#random = random;
    this.profile = profile;
    this.#paper = paper;
  }

  /** The Devices port of one process. */
  port(process: TillProcess): Devices {
    return {
      onEvent: (listener) => {
        const entry = { process, listener };
        this.#listeners.add(entry);
        return () => this.#listeners.delete(entry);
      },
      print: (jobId, document) =>
        new Promise((resolve) => {
          if (process.diesAt('before a receipt is printed')) return;
          this.#print(process, jobId, document, resolve);
          process.diesAt('while a receipt is printed');
        }),
    };
  }

  /** Tells the living till what a device did. */
  tell(event: DeviceEvent): void {
    for (const entry of this.#listeners) {
      if (entry.process.isAlive) entry.process.enter(() => entry.listener(event));
      else this.#listeners.delete(entry);
    }
  }

  #print(process: TillProcess, jobId: string, document: ReceiptDocument, resolve: (result: PrintResult) => void): void {
    const random = this.#random;
    const how = random.chance(this.profile.trouble) ? random.pick(['notBegun', 'interrupted', 'slow'] as const) : 'printed';
    if (how !== 'printed') this.faults += 1;
    const end = (seconds: number, result: PrintResult): void => {
      this.#time.after(seconds * 1000, () => process.enter(() => resolve(result)));
    };
    if (how === 'notBegun') {
      const problem = random.pick<PrinterProblem>(['paperOut', 'unreachable', 'coverOpen', 'busy', 'permission']);
      end(random.between(0, 5), { kind: 'notBegun', problem, detail: 'simulated' });
      this.#time.after(random.between(5, 900) * 1000, () => this.tell({ type: 'printer', state: 'ready', problem: null, detail: null }));
      return;
    }
    this.#paper(jobId, document);
    if (how === 'interrupted') end(random.between(1, 10), { kind: 'interrupted', problem: random.pick<PrinterProblem>(['paperOut', 'unreachable', 'error']), detail: 'simulated' });
    else end(how === 'slow' ? random.between(10, 90) : 1, { kind: 'printed' });
  }
}
