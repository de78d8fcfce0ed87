/** The copy of each Z: made at the close, and at the next start where a crash or a missing disk prevented it. */
import { describe, expect, it } from 'vitest';
import type { Backup } from '../ports.ts';
import type { Bench } from '../testing/bench.ts';
import { command, open, signIn } from '../testing/shop.ts';

/** A disk that keeps what was finished, also over a restart. */
class Stick {
  readonly begun: string[] = [];
  readonly finished = new Set<string>();
  #ended: ((how: 'done' | 'failed') => void) | null = null;

  backup(): Backup {
    return {
      folder: '/stick',
      isMade: (name) => this.finished.has(name),
      begin: (name, ended) => {
        this.begun.push(name);
        this.#ended = (how) => {
          if (how === 'done') this.finished.add(name);
          ended(how);
        };
      },
    };
  }

  end(how: 'done' | 'failed'): void {
    this.#ended?.(how);
  }
}

async function close(bench: Bench): Promise<void> {
  await bench.till.call('countDrawer', { commandId: command(), countedMinor: 0 });
  const reply = await bench.till.call('closeShift', { commandId: command() });
  if (reply.kind !== 'closed') throw new Error(JSON.stringify(reply));
}

describe('the copy of a Z', () => {
  it('that a crash prevented is made at the next start, once', async () => {
    const stick = new Stick();
    const bench = await open(0, { backup: stick.backup() });
    await close(bench);
    expect(stick.begun).toEqual(['z-000001']);
    const after = bench.reborn();
    await after.till.start();
    expect(after.till.backUpMissing()).toBe(1);
    expect(after.till.backUpMissing()).toBeNull();
    expect(stick.begun).toEqual(['z-000001', 'z-000001']);
    stick.end('done');
    expect(await after.till.call('z', { number: 1 })).toMatchObject({ backup: { state: 'done', folder: '/stick' } });
    expect(after.reborn().till.backUpMissing()).toBeNull();
  });

  it('is made although the next shift is open by then, and not where no Z is there', async () => {
    const stick = new Stick();
    const bench = await open(0, { backup: stick.backup() });
    expect(bench.till.backUpMissing()).toBeNull();
    await close(bench);
    await signIn(bench, 'cashier');
    await bench.till.call('openShift', { commandId: command(), floatMinor: 0 });
    expect(bench.reborn().till.backUpMissing()).toBe(1);
  });

  it('that fails is said on every screen until one is made, and tried again at the next start', async () => {
    const stick = new Stick();
    const bench = await open(0, { backup: stick.backup() });
    await close(bench);
    stick.end('failed');
    expect(bench.till.status().journal).toMatchObject({ light: 'attention', message: { key: 'backupFailed', values: { folder: '/stick' } } });
    const after = bench.reborn();
    expect(after.till.backUpMissing()).toBe(1);
    stick.end('failed');
    expect(after.till.status().journal).toMatchObject({ message: { key: 'backupFailed' } });
    await after.till.start();
    await signIn(after, 'cashier');
    await after.till.call('openShift', { commandId: command(), floatMinor: 0 });
    await close(after);
    stick.end('done');
    expect(after.till.status().journal).toMatchObject({ light: 'ready', message: null });
  });

  it('that fails takes the place of nothing worse', async () => {
    const stick = new Stick();
    const bench = await open(0, { backup: stick.backup() });
    await close(bench);
    const after = bench.reborn({ witness: { read: () => ({ sequence: 400, hash: 'f'.repeat(64) }), write: () => undefined } });
    after.till.backUpMissing();
    stick.end('failed');
    expect(after.till.status().journal).toMatchObject({ message: { key: 'restoredWorld' } });
  });

  it('is none of a shop without a folder for copies', async () => {
    const bench = await open(0, { backup: { folder: null, isMade: () => false, begin: () => { throw new Error('no folder'); } } });
    await close(bench);
    expect(bench.reborn().till.backUpMissing()).toBeNull();
  });
});
