/** Computes digests of PINs in a worker thread, one after the other: each takes tens of milliseconds, and the process that pays stays free. */
import { parentPort, workerData } from 'node:worker_threads';
import { pinDigest, type PinKeys } from '../adapters/pin-hash-argon2.ts';
import type { PinAnswer, PinQuestion } from '../adapters/pin-hash.ts';

const keys = workerData as PinKeys;

async function answer({ id, pin }: PinQuestion): Promise<PinAnswer> {
  try {
    return { id, digest: await pinDigest(pin, keys) };
  } catch (error) {
    // The kind of error alone: its message comes from a library that was handed the PIN.
    return { id, problem: error instanceof Error ? error.name : 'unknown' };
  }
}

parentPort?.on('message', (question: PinQuestion) => {
  void answer(question).then((found) => parentPort?.postMessage(found));
});
