/** `till simulate`: the seeded simulation over production code, on as many cores as it is given. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { simulate, type BrokenRule, type SimulationSummary } from '../simulation/simulate.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export interface SimulateOptions {
  readonly payments: string;
  readonly seed: string;
  readonly workers?: string;
  /** `2/8`: the part of a worker, said by the command that started it. */
  readonly lane?: string;
}

type Summary = Omit<SimulationSummary, 'digest'>;

export async function simulateCommand(options: SimulateOptions, output: Output): Promise<number> {
  const payments = wholeNumber('--payments', options.payments);
  const seed = wholeNumber('--seed', options.seed);
  const workers = wholeNumber('--workers', options.workers ?? '1');
  if (workers < 1 || workers > 64) throw new CommandEnd(exitCodes.wrongUsage, '--workers: from 1 to 64');
  const summary = workers === 1 ? await simulateHere(payments, seed, laneOf(options.lane), output) : await simulateInWorkers(options, workers, output);
  output.line({ ...summary }, Object.entries(summary).map(([name, value]) => `${name} ${value}`).join(', '));
  return summary.brokenRules === 0 ? exitCodes.done : exitCodes.broken;
}

async function simulateHere(payments: number, seed: number, lane: Lane, output: Output): Promise<Summary> {
  const { digest: _digest, ...summary } = await simulate({ payments, seed, lane, onBroken: (broken) => tellBroken(broken, output) });
  return summary;
}

type Lane = { readonly index: number; readonly of: number };

function laneOf(text = '0/1'): Lane {
  const [index = '', of = ''] = text.split('/');
  return { index: wholeNumber('--lane', index), of: wholeNumber('--lane', of) };
}

const brokenLine = z.object({ rule: z.string(), detail: z.string(), seed: z.number(), replay: z.string(), timeline: z.array(z.string()).readonly() });
const summaryLine = z.object({ payments: z.number(), faults: z.number(), crashes: z.number(), brokenRules: z.number(), paymentsPerSecond: z.number() });

function tellBroken(broken: Omit<BrokenRule, 'rule'> & { readonly rule: string }, output: Output): void {
  output.line({ ...broken }, `${broken.rule}: ${broken.detail}\n  seed ${broken.seed}, replay: ${broken.replay}\n${broken.timeline.map((line) => `    ${line}`).join('\n')}`);
}

/** Histories share nothing, so that each core lives its own part of them in a process of its own. */
async function simulateInWorkers(options: SimulateOptions, workers: number, output: Output): Promise<Summary> {
  const began = performance.now();
  const parts = await Promise.all(Array.from({ length: workers }, (_, index) => runWorker(options, { index, of: workers }, output)));
  const sum = (of: (part: Summary) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const payments = sum((part) => part.payments);
  return {
    payments,
    faults: sum((part) => part.faults),
    crashes: sum((part) => part.crashes),
    brokenRules: sum((part) => part.brokenRules),
    paymentsPerSecond: Math.round((payments / (performance.now() - began)) * 1000),
  };
}

/** Throws where the worker ended without its summary: what it was to live was not lived. */
async function runWorker(options: SimulateOptions, lane: Lane, output: Output): Promise<Summary> {
  const program = process.argv[1] ?? '';
  const words = [program, 'simulate', '--json', '--payments', options.payments, '--seed', options.seed, '--lane', `${lane.index}/${lane.of}`];
  const worker = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = (): boolean => worker.kill();
  process.once('exit', stop);
  let summary: Summary | null = null;
  for await (const line of createInterface({ input: worker.stdout })) {
    const said: unknown = JSON.parse(line);
    const broken = brokenLine.safeParse(said);
    if (broken.success) tellBroken(broken.data, output);
    else summary = summaryLine.parse(said);
  }
  process.off('exit', stop);
  if (summary === null) throw new Error(`worker ${lane.index} of the simulation ended without its summary`);
  return summary;
}

function wholeNumber(option: string, text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new CommandEnd(exitCodes.wrongUsage, `${option}: not a whole number: ${text.slice(0, 20)}`);
  return Number(text);
}
