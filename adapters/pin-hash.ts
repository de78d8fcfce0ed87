/** Digests of PINs by a worker thread, keyed with two secrets of this till that are made at the first use. */
import { Worker } from 'node:worker_threads';
import type { PinHasher, Random, Secrets } from '../core/ports.ts';
import { digestBytes, type PinKeys } from './pin-hash-argon2.ts';

const saltSecret = { name: 'pin-salt', bytes: 16 };
const pepperSecret = { name: 'pin-pepper', bytes: 32 };

/** Far beyond the slowest till: only a thread that hangs takes as long. */
const answerMilliseconds = 10_000;

/** What the worker is asked; `id` pairs question and answer. */
export interface PinQuestion {
  readonly id: number;
  readonly pin: string;
}

export type PinAnswer = { readonly id: number; readonly digest: Uint8Array } | { readonly id: number; readonly problem: string };

/** PINs can't be checked on this computer now; a badge still can. `message` never holds a PIN. */
export class PinHashUnavailable extends Error {
  constructor(detail: string) {
    super(`PINs can't be checked: ${detail}`);
    this.name = 'PinHashUnavailable';
  }
}

export interface WorkerPinHasher extends PinHasher {
  /** False where a secret is missing: right in a new home, and else the sign that no PIN will be recognised any more. */
  readonly keysFound: boolean;
  /** Ends the worker; digests under way are rejected. */
  close(): void;
}

interface Waiting {
  readonly resolve: (digest: Uint8Array) => void;
  readonly reject: (error: PinHashUnavailable) => void;
  readonly timer: NodeJS.Timeout;
}

/** `workerModule`: the file of host/pin-worker. Nothing is started or written before the first PIN. */
export function pinHasher(secrets: Secrets, random: Random, workerModule: string): WorkerPinHasher {
  const keysFound = readSecret(secrets, saltSecret) !== null && readSecret(secrets, pepperSecret) !== null;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let newest = 0;

  const failAll = (detail: string): void => {
    worker = null;
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(new PinHashUnavailable(detail));
    }
    waiting.clear();
  };

  const settle = (answer: PinAnswer): void => {
    const asked = waiting.get(answer.id);
    if (asked === undefined) return;
    waiting.delete(answer.id);
    clearTimeout(asked.timer);
    // The process may end while nobody waits for a digest.
    if (waiting.size === 0) worker?.unref();
    if ('problem' in answer) asked.reject(new PinHashUnavailable(answer.problem));
    else if (answer.digest.length === digestBytes) asked.resolve(answer.digest);
    else asked.reject(new PinHashUnavailable('a digest of another length'));
  };

  const started = (): Worker => {
    if (worker !== null) return worker;
    const fresh = new Worker(workerModule, { workerData: pinKeys(secrets, random), stdout: true });
    // One that was given up already has nothing to say about those that its successor is asked.
    const ended = (detail: string): void => {
      if (worker === fresh) failAll(detail);
    };
    fresh.on('message', settle);
    fresh.once('error', (error) => ended(error instanceof Error ? error.name : 'unknown'));
    fresh.once('exit', (code) => ended(`the worker ended (${code})`));
    worker = fresh;
    return fresh;
  };

  const stop = (detail: string): void => {
    const stopped = worker;
    failAll(detail);
    void stopped?.terminate();
  };

  return {
    keysFound,
    digest: (pin) => new Promise((resolve, reject) => {
      const asked = started();
      asked.ref();
      newest += 1;
      const timer = setTimeout(() => stop('the worker did not answer'), answerMilliseconds);
      waiting.set(newest, { resolve, reject, timer });
      asked.postMessage({ id: newest, pin } satisfies PinQuestion);
    }),
    close: () => stop('the till is closing'),
  };
}

/** Both secrets; what is missing is made and stored before it is used. Throws where it can't be stored. */
function pinKeys(secrets: Secrets, random: Random): PinKeys {
  return { salt: madeSecret(secrets, random, saltSecret), pepper: madeSecret(secrets, random, pepperSecret) };
}

type SecretShape = typeof saltSecret;

function madeSecret(secrets: Secrets, random: Random, shape: SecretShape): Uint8Array {
  const known = readSecret(secrets, shape);
  if (known !== null) return known;
  const made = random.bytes(shape.bytes);
  secrets.write(shape.name, made);
  return made;
}

function readSecret(secrets: Secrets, { name, bytes }: SecretShape): Uint8Array | null {
  const known = secrets.read(name);
  return known !== null && known.length === bytes ? known : null;
}
