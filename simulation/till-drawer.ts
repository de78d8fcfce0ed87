/** The drawer with its notes and coins, and the work on it: shifts, cash in and out, X, blind counts and Z. */
import type { Counter } from './counter.ts';
import type { Crew } from './crew.ts';
import type { Profile } from './profile.ts';

export interface DrawerPorts {
  readonly counter: Counter;
  readonly crew: Crew;
  readonly habits: Profile['people'];
  /** False once an older journal came back: the notes in the drawer are not its notes. */
  readonly isKnown: () => boolean;
  /** The till says that the drawer should hold something else than it does. */
  readonly wrong: (about: string, detail: string) => void;
}

/** Cash that was really put in and taken out, note by note. */
export class TillDrawer {
  heldMinor = 0;
  readonly #ports: DrawerPorts;
  /** What was said to be the float, less what was there. */
  #bias = 0;

  constructor(ports: DrawerPorts) {
    this.#ports = ports;
  }

  put(minor: number): void {
    this.heldMinor += minor;
  }

  take(minor: number): void {
    this.heldMinor -= minor;
  }

  /** A shift is open, where the shop works in shifts. */
  async ready(): Promise<void> {
    const { counter, crew } = this.#ports;
    await crew.ready();
    const status = await counter.screen.frame();
    if (status === null || status.phase !== 'ready' || status.shift !== null || !status.shiftNeeded) return;
    await this.open();
  }

  async open(): Promise<void> {
    const { counter, crew, habits } = this.#ports;
    const { random } = counter;
    const commandId = counter.newCommand();
    const heldMinor = this.heldMinor < 0 || random.chance(0.3) ? random.between(0, 50_000) : this.heldMinor;
    const bias = random.chance(habits.mistakes / 3) ? random.pick([-10, 10, 100]) : 0;
    const floatMinor = Math.max(0, heldMinor + bias);
    const reply = await counter.insist('openShift', () => Promise.resolve({ commandId, floatMinor }), () => crew.ready());
    if (reply?.kind !== 'done') return;
    this.heldMinor = heldMinor;
    this.#bias = floatMinor - heldMinor;
  }

  async moveCash(): Promise<void> {
    const { counter, crew } = this.#ports;
    const { random } = counter;
    const commandId = counter.newCommand();
    const direction = random.pick(['in', 'out'] as const);
    const amountMinor = random.chance(0.2) ? 0 : random.between(1, 100) * 100;
    const role = direction === 'out' && amountMinor > 0 ? 'supervisor' : 'cashier';
    for (let tries = 0; tries < 4; tries += 1) {
      const reply = await counter.insist('moveCash', async () => ({ commandId, direction, amountMinor, reason: 'change', approval: random.chance(0.5) || role === 'supervisor' ? await crew.approval(role) : undefined }), () => crew.ready());
      if (reply?.kind === 'done') {
        if (direction === 'in') this.put(amountMinor);
        else this.take(amountMinor);
        return;
      }
      if (reply === null || reply.kind === 'refused') return;
      await counter.time.sleep(reply.kind === 'pinWait' ? 61_000 : 1000);
    }
  }

  async x(): Promise<void> {
    const { counter, crew } = this.#ports;
    const approval = counter.random.chance(0.5) ? await crew.approval('supervisor') : undefined;
    await counter.screen.call('xReport', { approval });
    if (counter.random.chance(0.3)) await counter.screen.call('printX', {});
  }

  /** Counts without knowing what it should be, once more where it differs, and closes with the Z. */
  async close(): Promise<void> {
    const { counter, crew, habits } = this.#ports;
    const { random } = counter;
    for (let counts = 0; counts < 4; counts += 1) {
      const miscounted = random.chance(habits.mistakes) ? random.pick([-100, -10, 10, 500]) : 0;
      const countedMinor = Math.max(0, this.heldMinor + miscounted);
      const commandId = counter.newCommand();
      const reply = await counter.insist('countDrawer', () => Promise.resolve({ commandId, countedMinor }), () => crew.ready());
      if (reply?.kind !== 'counted') return;
      this.#compare('a count', reply.count.expected.minor);
      if (random.chance(0.1)) await this.moveCash();
      else if (reply.count.differenceMinor === 0 || reply.count.recountUsed || random.chance(0.3)) {
        if (await this.#close(reply.count.counted.minor)) return;
      }
    }
  }

  async #close(countedMinor: number): Promise<boolean> {
    const { counter, crew } = this.#ports;
    const { random } = counter;
    const commandId = counter.newCommand();
    const leftMinor = random.chance(0.3) ? undefined : random.between(0, countedMinor);
    const differenceReason = random.chance(0.9) ? 'a note was given wrongly' : undefined;
    const request = { commandId, differenceReason, leftMinor };
    const reply = await counter.insist('closeShift', () => Promise.resolve(request), () => crew.ready());
    if (reply?.kind !== 'closed') return false;
    const { report } = reply.z;
    this.#compare(`Z ${report.number}`, report.sums.expectedDrawerMinor);
    this.heldMinor -= countedMinor - report.left.minor;
    this.#bias = 0;
    if (random.chance(0.2)) await counter.screen.call('closeShift', request);
    if (random.chance(0.3)) await counter.screen.call('printZ', { number: report.number });
    return true;
  }

  #compare(about: string, expectedMinor: number): void {
    const { counter, isKnown, wrong } = this.#ports;
    if (!counter.isSure || !isKnown()) return;
    const really = this.heldMinor + this.#bias;
    if (expectedMinor !== really) wrong(about, `${expectedMinor} should be in it by the till, and ${really} by what was put in and taken out`);
  }
}
