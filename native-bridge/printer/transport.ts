/** Prints one job after another on one printer, knows whether a job had begun when it failed, and tells the printer's state. */
import type { Clock, DeviceEvent, Log, PrinterProblem, PrintResult } from '../../core/ports.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import { messageOf, pause } from '../limits.ts';
import type { Connect, PrinterConnection } from './connection.ts';
import { encodeReceipt, type PaperSettings } from './encoder.ts';
import { connectSerial } from './serial.ts';
import { isPaperNearEnd, isStatusAnswer, statusNumbers, statusRequest, troubleOf, type StatusAnswers, type PrinterTrouble } from './status.ts';
import { connectTcp } from './tcp.ts';
import { connectUsb } from './usb.ts';

export type PrinterSettings = PaperSettings &
  (
    | { readonly type: 'tcp'; readonly host: string; readonly port: number }
    | { readonly type: 'serial'; readonly path: string; readonly baudRate: number }
    | { readonly type: 'usb'; readonly path: string }
  );

export interface PrinterPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly emit: (event: DeviceEvent) => void;
}

export interface RunningPrinter {
  print(jobId: string, document: ReceiptDocument): Promise<PrintResult>;
  close(): Promise<void>;
}

const statusMilliseconds = 600;
const writeMilliseconds = 20_000;
const flushMilliseconds = 5_000;
const idlePollMilliseconds = 30_000;
const troublePollMilliseconds = 5_000;
const mostJobs = 100;
const mostJobBytes = 1_000_000;
/** Paper runs out while the printer prints, a moment after it took the bytes: it is asked again that often. */
const looksAfterwards = 3;
const lookMilliseconds = 400;
/** A printer that used to answer and doesn't any more is stuck; after this many times it is another printer. */
const mostSilences = 3;

function connectorOf(settings: PrinterSettings): Connect {
  switch (settings.type) {
    case 'tcp':
      return (handlers, clock) => connectTcp(settings, handlers, clock);
    case 'serial':
      return (handlers, clock) => connectSerial(settings, handlers, clock);
    case 'usb':
      return (handlers, clock) => connectUsb(settings, handlers, clock);
  }
}

/** Opening a serial line again resets some printers; the other ways are freed for other tills and programs. */
function staysOpen(settings: PrinterSettings): boolean {
  return settings.type === 'serial';
}

type Answers = { readonly kind: 'answered'; readonly answers: StatusAnswers } | { readonly kind: 'silent' };

/** An open connection together with the status answers that come in on it. */
interface Session {
  readonly connection: PrinterConnection;
  /** The next status answer, or null after the limit. */
  nextAnswer(): Promise<number | null>;
}

type Opening = { readonly kind: 'open'; readonly session: Session } | { readonly kind: 'failed'; readonly trouble: PrinterTrouble };

export function startPrinter(settings: PrinterSettings, ports: PrinterPorts, connect: Connect = connectorOf(settings)): RunningPrinter {
  const { clock } = ports;
  let kept: Session | null = null;
  let tail: Promise<unknown> = Promise.resolve();
  let waitingJobs = 0;
  let closed = false;
  let cancelPoll: () => void = () => {};
  let hasAnswered = false;
  let silences = 0;
  let told = '';

  function tell(trouble: PrinterTrouble | null, note: string | null): void {
    const isGone = trouble?.problem === 'unreachable' || trouble?.problem === 'absent';
    const state = trouble === null ? 'ready' : isGone ? 'gone' : 'attention';
    const event: DeviceEvent = { type: 'printer', state, problem: trouble?.problem ?? null, detail: trouble?.detail ?? note };
    const now = JSON.stringify(event);
    if (now === told || closed) return;
    told = now;
    ports.log.info('printer', { state, problem: event.problem, detail: event.detail });
    ports.emit(event);
  }

  async function openSession(): Promise<Opening> {
    if (kept !== null) return { kind: 'open', session: kept };
    let arrived: ((answer: number) => void) | null = null;
    const opening = await connect(
      {
        onData(bytes) {
          for (const byte of bytes) if (isStatusAnswer(byte)) arrived?.(byte);
        },
        onLost() {
          if (kept === null) return;
          kept = null;
          tell({ problem: 'absent', detail: 'The printer was unplugged.' }, null);
          pollAfter(troublePollMilliseconds);
        },
      },
      clock,
    );
    if (opening.kind === 'failed') return { kind: 'failed', trouble: opening };
    const session: Session = {
      connection: opening.connection,
      nextAnswer: () =>
        new Promise((resolve) => {
          const cancel = clock.after(statusMilliseconds, () => {
            arrived = null;
            resolve(null);
          });
          arrived = (answer) => {
            arrived = null;
            cancel();
            resolve(answer);
          };
        }),
    };
    if (staysOpen(settings)) kept = session;
    return { kind: 'open', session };
  }

  async function release(session: Session, wasInterrupted: boolean): Promise<void> {
    const isBroken = wasInterrupted || session.connection.lostBecause() !== undefined;
    if (kept === session && !isBroken && !closed) return;
    if (kept === session) kept = null;
    await session.connection.close(wasInterrupted ? 'atOnce' : 'politely');
  }

  /** Asks for the status. A printer that leaves the first question unanswered isn't asked the others. */
  async function ask(session: Session): Promise<Answers> {
    const answers: StatusAnswers = {};
    for (const number of statusNumbers) {
      const answer = session.nextAnswer();
      const sent = await session.connection.write(statusRequest(number), statusMilliseconds);
      const byte = sent.kind === 'written' ? await answer : null;
      if (byte === null) break;
      answers[number] = byte;
    }
    if (answers[1] === undefined) return { kind: 'silent' };
    hasAnswered = true;
    silences = 0;
    return { kind: 'answered', answers };
  }

  /** What a silence means: nothing for a printer that never answers, trouble for one that used to. */
  function troubleOfSilence(session: Session): PrinterTrouble | null {
    const lost = session.connection.lostBecause();
    if (lost !== undefined) return { problem: 'unreachable', detail: lost };
    if (!hasAnswered) return null;
    silences += 1;
    if (silences >= mostSilences) hasAnswered = false;
    return { problem: 'busy', detail: 'The printer does not answer. If this goes on, switch it off and on.' };
  }

  /** The printer's trouble before anything is sent to it. */
  async function checkBefore(session: Session, mayTrustSilence: boolean): Promise<PrinterTrouble | null> {
    // A printer known to be silent isn't made to waste time before every receipt.
    if (mayTrustSilence && !hasAnswered && told !== '') return null;
    const result = await ask(session);
    switch (result.kind) {
      case 'silent':
        return troubleOfSilence(session);
      case 'answered': {
        const trouble = troubleOf(result.answers);
        tell(trouble, isPaperNearEnd(result.answers) ? 'The paper is running out.' : null);
        return trouble;
      }
    }
  }

  /** The printer's trouble after it took everything: the best that can be said without it is "sent, status clean". */
  async function checkAfter(session: Session): Promise<PrinterTrouble | null> {
    const flushed = await session.connection.flush(flushMilliseconds);
    if (flushed.kind === 'failed') return flushed;
    if (!hasAnswered) return null;
    let silent = 0;
    for (let look = 0; look < looksAfterwards; look += 1) {
      if (look > 0) await pause(clock, lookMilliseconds);
      const result = await ask(session);
      if (result.kind === 'silent') silent += 1;
      const trouble = result.kind === 'answered' ? troubleOf(result.answers) : null;
      if (trouble !== null && trouble.problem !== 'busy') return trouble;
    }
    return silent < looksAfterwards ? null : (troubleOfSilence(session) ?? { problem: 'busy', detail: 'The printer stopped answering.' });
  }

  function notBegun(trouble: PrinterTrouble): PrintResult {
    return { kind: 'notBegun', problem: trouble.problem, detail: trouble.detail };
  }

  async function printOn(session: Session, bytes: Uint8Array): Promise<PrintResult> {
    const before = await checkBefore(session, true);
    if (before !== null) return notBegun(before);
    const sent = await session.connection.write(bytes, writeMilliseconds);
    if (sent.kind === 'failed') return { kind: sent.begun ? 'interrupted' : 'notBegun', problem: sent.problem, detail: sent.detail };
    const after = await checkAfter(session);
    return after === null ? { kind: 'printed' } : { kind: 'interrupted', problem: after.problem, detail: after.detail };
  }

  async function printBytes(bytes: Uint8Array): Promise<PrintResult> {
    const opening = await openSession();
    if (opening.kind === 'failed') return notBegun(opening.trouble);
    const result = await printOn(opening.session, bytes);
    await release(opening.session, result.kind === 'interrupted');
    return result;
  }

  function encode(document: ReceiptDocument): Uint8Array | PrinterTrouble {
    try {
      const bytes = encodeReceipt(document, settings);
      if (bytes.length > mostJobBytes) return { problem: 'error', detail: `The receipt has ${bytes.length} bytes, more than any receipt has.` };
      return bytes;
    } catch (error) {
      return { problem: 'error', detail: `The receipt could not be set: ${messageOf(error)}` };
    }
  }

  async function runJob(document: ReceiptDocument): Promise<PrintResult> {
    if (closed) return notBegun({ problem: 'absent', detail: 'The till is closing.' });
    const bytes = encode(document);
    // The printer is as it was: nothing to tell.
    if (!(bytes instanceof Uint8Array)) return notBegun(bytes);
    cancelPoll();
    const result = await printBytes(bytes);
    switch (result.kind) {
      case 'printed':
        if (!hasAnswered) tell(null, null);
        pollAfter(idlePollMilliseconds);
        break;
      case 'notBegun':
      case 'interrupted':
        tell(result, null);
        pollAfter(troublePollMilliseconds);
        break;
    }
    return result;
  }

  /** Looks how the printer is while nothing is printed, so that receipts that had not begun go out when it is back. */
  async function poll(): Promise<void> {
    if (closed) return;
    const opening = await openSession();
    const trouble = opening.kind === 'failed' ? opening.trouble : await checkBefore(opening.session, false);
    if (opening.kind === 'open') await release(opening.session, false);
    if (trouble !== null || !hasAnswered) tell(trouble, null);
    pollAfter(trouble === null ? idlePollMilliseconds : troublePollMilliseconds);
  }

  function pollAfter(milliseconds: number): void {
    cancelPoll();
    if (closed) return;
    cancelPoll = clock.after(milliseconds, () => {
      // Jobs poll by themselves.
      if (waitingJobs === 0) void enqueue(poll);
    });
  }

  function enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = tail.then(work);
    tail = done.catch((error: unknown) => ports.log.error('printing failed in an unexpected way', { detail: messageOf(error) }));
    return done;
  }

  function unexpected(error: unknown): PrintResult {
    const problem: PrinterProblem = 'error';
    return { kind: 'interrupted', problem, detail: messageOf(error) };
  }

  void enqueue(poll);
  return {
    async print(_jobId, document) {
      if (waitingJobs >= mostJobs) return notBegun({ problem: 'busy', detail: `${mostJobs} receipts are waiting already.` });
      waitingJobs += 1;
      const result = await enqueue(() => runJob(document)).catch(unexpected);
      waitingJobs -= 1;
      return result;
    },
    async close() {
      closed = true;
      cancelPoll();
      await tail;
      if (kept !== null) await release(kept, false);
    },
  };
}
