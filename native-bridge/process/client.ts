/** The host's end of the devices process: starts it, keeps it running, and answers for it when it dies. */
import type { Clock, DeviceEvent, Devices, Log, PrinterProblem, PrintResult } from '../../core/ports.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import { within } from '../limits.ts';
import { isReceiptDocument, readMessageToHost, type DevicesSettings, type MessageToDevices, type MessageToHost } from './messages.ts';

/** A child process, however the host starts one. `onExit` listeners are called once, also where the start failed. */
export interface ChildHandle {
  postMessage(message: MessageToDevices): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

export interface DevicesOptions {
  readonly spawn: () => ChildHandle;
  readonly settings: DevicesSettings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface RunningDevices extends Devices {
  /** Changes scanners and printer without a restart of the process. */
  configure(settings: DevicesSettings): void;
  /** Finishes what is printing, within a limit, and ends the process. */
  close(): Promise<void>;
}

const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 10_000;
/** A process that ran this long was well: the next restart begins with the shortest pause again. */
const wellMilliseconds = 30_000;
const pingMilliseconds = 5_000;
/**
 * A native module that hangs keeps its process from answering. Pings are counted and not seconds: when this process was
 * held up or the machine slept, one tick passes and not all of them.
 */
const mostSilentPings = 4;
const closeMilliseconds = 3_000;

interface Job {
  readonly jobId: string;
  readonly document: ReceiptDocument;
  readonly resolve: (result: PrintResult) => void;
  handedOver: boolean;
}

/** One run of the child. What comes in for another run is not listened to. */
interface Run {
  readonly child: ChildHandle;
  readonly startedAt: number;
  isReady: boolean;
  silentPings: number;
  cancelWatch: () => void;
}

function isEmpty(settings: DevicesSettings): boolean {
  return settings.scanners.length === 0 && settings.printer === null;
}

function notBegun(problem: PrinterProblem, detail: string): PrintResult {
  return { kind: 'notBegun', problem, detail };
}

export function startDevices(options: DevicesOptions): RunningDevices {
  const { clock, log } = options;
  const listeners = new Set<(event: DeviceEvent) => void>();
  const jobs = new Map<number, Job>();
  let settings = options.settings;
  let run: Run | null = null;
  let closed = false;
  let nextJobNumber = 1;
  let pauseMilliseconds = firstPauseMilliseconds;
  let cancelRestart: () => void = () => {};
  let onEnded: () => void = () => {};

  function tell(event: DeviceEvent): void {
    for (const listener of listeners) listener(event);
  }

  function finish(jobNumber: number, result: PrintResult): void {
    const job = jobs.get(jobNumber);
    jobs.delete(jobNumber);
    job?.resolve(result);
  }

  /** The process is gone: of a job that it had, nobody knows how far it came (CASES 40). */
  function failJobs(): void {
    for (const [jobNumber, job] of jobs) {
      const detail = 'The devices process ended.';
      finish(jobNumber, job.handedOver ? { kind: 'interrupted', problem: 'error', detail } : notBegun('unreachable', detail));
    }
  }

  function handOver(current: Run, jobNumber: number, job: Job): void {
    job.handedOver = true;
    current.child.postMessage({ type: 'print', jobNumber, jobId: job.jobId, document: job.document });
  }

  function becomeReady(current: Run): void {
    current.isReady = true;
    current.child.postMessage({ type: 'configure', settings });
    tell({ type: 'devices', state: 'running' });
    for (const [jobNumber, job] of jobs) if (!job.handedOver) handOver(current, jobNumber, job);
  }

  function act(current: Run, message: MessageToHost): void {
    switch (message.type) {
      case 'running':
        becomeReady(current);
        return;
      case 'pong':
        return;
      case 'event':
        tell(message.event);
        return;
      case 'printResult':
        finish(message.jobNumber, message.result);
        return;
      case 'log':
        log[message.level](message.message, message.fields);
        return;
    }
  }

  /** Kills a process that doesn't answer; its exit then does the rest. */
  function watch(current: Run): void {
    current.cancelWatch = clock.after(pingMilliseconds, () => {
      current.silentPings += 1;
      if (current.silentPings >= mostSilentPings) {
        log.error('the devices process does not answer and is restarted');
        current.child.kill();
        ended(current);
        return;
      }
      if (current.isReady) current.child.postMessage({ type: 'ping' });
      watch(current);
    });
  }

  function ended(current: Run): void {
    if (run !== current) return;
    run = null;
    current.cancelWatch();
    failJobs();
    onEnded();
    if (closed) return;
    if (clock.monotonic() - current.startedAt >= wellMilliseconds) pauseMilliseconds = firstPauseMilliseconds;
    log.error('the devices process ended and is restarted', { pauseMilliseconds });
    tell({ type: 'devices', state: 'restarting' });
    cancelRestart = clock.after(pauseMilliseconds, start);
    pauseMilliseconds = Math.min(2 * pauseMilliseconds, longestPauseMilliseconds);
  }

  function start(): void {
    const current: Run = { child: options.spawn(), startedAt: clock.monotonic(), isReady: false, silentPings: 0, cancelWatch: () => {} };
    run = current;
    current.child.onMessage((raw) => {
      if (run !== current) return;
      current.silentPings = 0;
      const message = readMessageToHost(raw);
      if (message === null) log.warn('a message from the devices process was not understood');
      else act(current, message);
    });
    current.child.onExit(() => ended(current));
    watch(current);
  }

  /** Without a device there is nothing to run: no process is started until one is configured. */
  const isAsleep = (): boolean => run === null && isEmpty(settings);

  if (!isAsleep()) start();

  return {
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    print(jobId, document) {
      if (closed) return Promise.resolve(notBegun('absent', 'The till is closing.'));
      if (settings.printer === null) return Promise.resolve(notBegun('absent', 'No printer is set up.'));
      // The other side would drop it, and nobody would ever answer.
      if (!isReceiptDocument(document)) return Promise.resolve(notBegun('error', 'The receipt is longer than any receipt is.'));
      const current = run;
      if (current === null) return Promise.resolve(notBegun('unreachable', 'The devices process is restarting.'));
      return new Promise((resolve) => {
        const jobNumber = nextJobNumber;
        nextJobNumber += 1;
        const job: Job = { jobId, document, resolve, handedOver: false };
        jobs.set(jobNumber, job);
        if (current.isReady) handOver(current, jobNumber, job);
      });
    },
    configure(wanted) {
      const wasAsleep = isAsleep();
      settings = wanted;
      if (closed) return;
      if (wasAsleep && !isEmpty(settings)) start();
      else if (run?.isReady === true) run.child.postMessage({ type: 'configure', settings });
    },
    async close() {
      if (closed) return;
      closed = true;
      cancelRestart();
      const current = run;
      if (current === null) return;
      const exit = new Promise<void>((resolve) => {
        onEnded = resolve;
      });
      current.child.postMessage({ type: 'close' });
      const outcome = await within(clock, closeMilliseconds, exit);
      if (outcome.kind === 'late') {
        current.child.kill();
        ended(current);
      }
    },
  };
}
