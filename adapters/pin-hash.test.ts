/** Digests of PINs: the same for the same shop, keyed, off this thread, and a clear end where they can't be computed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argon2id } from 'hash-wasm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Random, Secrets } from '../core/ports.ts';
import { pinHasher, PinHashUnavailable, type WorkerPinHasher } from './pin-hash.ts';

const workerModule = fileURLToPath(new URL('../host/pin-worker.ts', import.meta.url));

class MemorySecrets implements Secrets {
  readonly values = new Map<string, Uint8Array>();
  read(name: string): Uint8Array | null {
    return this.values.get(name) ?? null;
  }
  write(name: string, value: Uint8Array): void {
    this.values.set(name, value);
  }
}

/** 1, 2, 3, … so that what was made shows. */
function countingRandom(from = 0): Random {
  let next = from;
  return { bytes: (length) => Uint8Array.from({ length }, () => (next += 1) % 256) };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** This thread's own processor time, in milliseconds: what others do on the machine doesn't count. */
const ownMilliseconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

let secrets: MemorySecrets;
const open: WorkerPinHasher[] = [];

function hasher(from = 0, module = workerModule): WorkerPinHasher {
  const made = pinHasher(secrets, countingRandom(from), module);
  open.push(made);
  return made;
}

beforeEach(() => {
  secrets = new MemorySecrets();
});
afterEach(() => open.splice(0).forEach((one) => one.close()));

describe('the digest of a PIN', () => {
  it('is argon2id of it with 19 MiB, two passes, salt and pepper of this till', async () => {
    const digest = await hasher().digest('4417');
    const [salt, pepper] = [secrets.read('pin-salt') ?? new Uint8Array(), secrets.read('pin-pepper') ?? new Uint8Array()];
    expect([salt.length, pepper.length]).toEqual([16, 32]);
    expect(hex(digest)).toBe(await argon2id({ password: '4417', salt, secret: pepper, memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32, outputType: 'hex' }));
  });

  it('is the same after a restart, another for another PIN, and another under another pepper or salt', async () => {
    const first = hex(await hasher().digest('4417'));
    expect(hex(await hasher(77).digest('4417'))).toBe(first);
    expect(hex(await hasher().digest('4418'))).not.toBe(first);
    for (const name of ['pin-pepper', 'pin-salt']) {
      const kept = secrets.values.get(name) ?? new Uint8Array();
      secrets.values.delete(name);
      expect(hex(await hasher(99).digest('4417')), name).not.toBe(first);
      secrets.values.set(name, kept);
    }
  });

  it('comes to whoever asked for it, also when several ask at once', async () => {
    const one = hasher();
    const together = await Promise.all(['4417', '9305', '4417', '7261'].map((pin) => one.digest(pin)));
    expect(together.map(hex)).toEqual([hex(await one.digest('4417')), hex(await one.digest('9305')), hex(await one.digest('4417')), hex(await one.digest('7261'))]);
    expect(new Set(together.map(hex)).size).toBe(3);
  });

  it('takes less than 5 ms of this thread, however long it takes', async () => {
    const one = hasher();
    await one.digest('0000');
    const own: number[] = [];
    for (const pin of ['4417', '9305', '7261']) {
      const before = ownMilliseconds();
      await one.digest(pin);
      own.push(ownMilliseconds() - before);
    }
    // The least of three: a garbage collection may fall into one of them, the digest itself would be in all.
    expect(Math.min(...own)).toBeLessThan(5);
  });
});

describe('the secrets', () => {
  it('are made at the first PIN, not before, and kept', async () => {
    const one = hasher();
    expect(one.keysFound).toBe(false);
    expect([...secrets.values.keys()]).toEqual([]);
    await one.digest('4417');
    expect([...secrets.values.keys()].toSorted()).toEqual(['pin-pepper', 'pin-salt']);
    expect(hasher().keysFound).toBe(true);
  });

  it('of another length are not used, and their loss shows', async () => {
    await hasher().digest('4417');
    secrets.write('pin-pepper', new Uint8Array(3));
    const one = hasher(50);
    expect(one.keysFound).toBe(false);
    await one.digest('4417');
    expect(secrets.read('pin-pepper')).toHaveLength(32);
  });
});

describe('a worker that fails', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scantill-pin-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function workerOf(source: string): string {
    const path = join(folder, 'worker.mjs');
    writeFileSync(path, source);
    return path;
  }

  it.each([
    ['can not start', 'throw new RangeError("no memory for 4417");'],
    ['ends at the first PIN', 'import { parentPort } from "node:worker_threads"; parentPort.on("message", () => process.exit(3));'],
    ['has no WebAssembly', 'import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id }) => parentPort.postMessage({ id, problem: "CompileError" }));'],
    ['answers something else', 'import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id }) => parentPort.postMessage({ id, digest: new Uint8Array(5) }));'],
  ])('because it %s rejects in words without the PIN', async (_why, source) => {
    const failed = await hasher(0, workerOf(source)).digest('4417').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PinHashUnavailable);
    expect(String(failed)).not.toContain('4417');
  });

  it('is started again for the next PIN', async () => {
    const path = workerOf('import { parentPort } from "node:worker_threads"; parentPort.once("message", () => process.exit(3));');
    const one = hasher(0, path);
    await expect(one.digest('4417')).rejects.toThrow(PinHashUnavailable);
    writeFileSync(path, 'import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ id }) => parentPort.postMessage({ id, digest: new Uint8Array(32) }));');
    await expect(one.digest('4417')).resolves.toHaveLength(32);
  });

  it('closing rejects what is under way', async () => {
    const one = hasher(0, workerOf('import { parentPort } from "node:worker_threads"; parentPort.on("message", () => {});'));
    const waiting = one.digest('4417');
    one.close();
    await expect(waiting).rejects.toThrow(PinHashUnavailable);
  });
});
