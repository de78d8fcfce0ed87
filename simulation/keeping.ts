/** What the shop keeps outside the till's home: the head of the chain, backups, and copies that may come back one day. */
import type { Backup, HeadWitness } from '../core/ports.ts';
import type { VirtualTime } from './clock.ts';
import type { Disk, DiskImage } from './disk.ts';
import type { TillProcess } from './process.ts';
import type { SeededRandom } from './random.ts';

export class Keeping {
  readonly #disk: Disk;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  #seen: { readonly sequence: number; readonly hash: string } | null = null;
  #image: DiskImage | null = null;
  #hasComeBack = false;
  readonly #copied = new Set<string>();

  constructor(disk: Disk, time: VirtualTime, random: SeededRandom) {
    this.#disk = disk;
    this.#time = time;
    this.#random = random;
  }

  witness(process: TillProcess): HeadWitness {
    return {
      read: () => this.#seen,
      write: (head) => {
        if (!process.diesAt('before the head is written elsewhere')) this.#seen = head;
      },
    };
  }

  /** Backups of each Z: some fail, and any may be the copy that comes back. */
  backup(process: TillProcess): Backup {
    return {
      folder: 'a stick',
      isMade: (name) => this.#copied.has(name),
      begin: (name, ended) => {
        // What dies on its way here copies nothing.
        if (!process.isAlive) return;
        const how = this.#random.chance(0.9) ? 'done' : 'failed';
        if (how === 'done') this.copy();
        if (how === 'done') this.#copied.add(name);
        this.#time.after(this.#random.between(100, 20_000), () => process.enter(() => ended(how)));
      },
    };
  }

  /** Somebody copies the whole home. */
  copy(): void {
    if (!this.#hasComeBack && (this.#image === null || this.#random.chance(0.5))) this.#image = this.#disk.image();
  }

  /** The copy is older than what was written outside, so that the till can notice. */
  mayComeBack(): boolean {
    return !this.#hasComeBack && this.#image !== null && this.#seen !== null && this.#image.sequence > 0 && this.#image.sequence < this.#seen.sequence;
  }

  comeBack(): void {
    if (this.#image === null) return;
    this.#hasComeBack = true;
    this.#disk.restore(this.#image);
  }
}
