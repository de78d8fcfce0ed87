/** The till as a host serves it to its screens: checks every call, passes events on, and survives a till that can't be opened. */
import { parseCall, type TillCall } from '../core/contract/schemas.ts';
import type { HostCallName, Locale, LongTask, TillEvent } from '../core/contract/types.ts';
import type { LogFields } from '../core/ports.ts';
import type { ChainCheck } from './chain-check.ts';
import type { OpenTill, OpenTillResult } from './assemble.ts';
import { stoppedReply, stoppedStatus } from './stopped-till.ts';

export type CallAnswer = { readonly reply: unknown } | { readonly error: string };

export interface ScreenTill {
  /** Answers a call that came from a screen. Never rejects. */
  call(name: unknown, request: unknown): Promise<CallAnswer>;
  onEvent(listener: (event: TillEvent) => void): () => void;
  /** Payments whose outcome isn't known, so that closing can say so. */
  openCount(): number;
  /** The payer's phone of the training, which a host may open in a browser. */
  phoneUrl(): string | null;
  locale(): Locale;
  /** A line of the host's in the till's log, once there is one. */
  note(text: string, fields: LogFields): void;
  /** Resolves once the till was opened, or couldn't be. */
  readonly opened: Promise<void>;
  close(): Promise<void>;
}

export interface ScreenTillOptions {
  readonly open: (onTask: (task: LongTask) => void) => Promise<OpenTillResult>;
  readonly checkChain: (folder: string, onError: (error: Error) => void) => ChainCheck;
  /** The language while there are no settings to name one. */
  readonly locale: Locale;
}

export function startScreenTill(options: ScreenTillOptions): ScreenTill {
  const listeners = new Set<(event: TillEvent) => void>();
  let current: OpenTillResult | null = null;
  let check: ChainCheck | null = null;
  let closed = false;
  let retrying = false;
  let opening = open();

  function tell(event: TillEvent): void {
    for (const listener of listeners) listener(event);
  }

  async function open(): Promise<void> {
    const result = await options.open((task) => tell({ type: 'task', task }));
    current = result;
    if (result.kind !== 'ok') {
      tell({ type: 'status', status: stoppedStatus(result.message, options.locale) });
      return;
    }
    if (closed) return result.opened.close();
    const { till, work } = result.opened;
    till.onEvent((event) => tell(event.type === 'status' ? { type: 'status', status: { ...event.status, tasks: work.tasks() } } : event));
    void takeUp(result.opened);
  }

  /** One try at a time: a second one beside it would find the journal in use, by ourselves. */
  async function openAgain(): Promise<void> {
    if (current?.kind === 'ok' || closed) return;
    if (!retrying) {
      retrying = true;
      opening = open().finally(() => {
        retrying = false;
      });
    }
    await opening;
  }

  /** Open payments come first (money rule 7); then there is time for the chain. */
  async function takeUp({ till, folder, log }: OpenTill): Promise<void> {
    await till.start();
    if (closed) return;
    till.backUpMissing();
    check = options.checkChain(folder, (error) => log.error('the chain could not be checked', { error: error.message }));
    const state = await check.result;
    if (state !== null && !closed) till.chainChecked(state);
  }

  async function carryOut(call: TillCall): Promise<unknown> {
    await opening;
    if (call.name === 'retryJournal') await openAgain();
    if (current?.kind === 'ok') return answer(current.opened, call);
    return current === null ? null : stoppedReply(call.name, current.message, options.locale);
  }

  return {
    async call(name, request) {
      const parsed = parseCall(name, request);
      if (parsed.kind === 'refused') return { error: parsed.why };
      try {
        return { reply: await carryOut(parsed.call) };
      } catch (error) {
        // A broken invariant: the screen claims nothing, and the till's log has the details.
        if (current?.kind === 'ok') current.opened.log.error('a call failed', { call: parsed.call.name, error: String(error) });
        return { error: `${parsed.call.name}: failed` };
      }
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openCount: () => (current?.kind === 'ok' ? current.opened.till.status().openCount : 0),
    phoneUrl: () => (current?.kind === 'ok' ? current.opened.till.status().phoneUrl : null),
    locale: () => (current?.kind === 'ok' ? current.opened.till.status().locale : options.locale),
    note(text, fields) {
      void opening.then(() => {
        if (current?.kind === 'ok' && !closed) current.opened.log.info(text, fields);
      });
    },
    get opened() {
      return opening;
    },
    async close() {
      if (closed) return;
      closed = true;
      check?.cancel();
      // What could not be opened has nothing to close, and must not keep the window.
      await opening.catch(() => undefined);
      if (current?.kind === 'ok') await current.opened.close();
    },
  };
}

/** The till's own calls, and those that its host carries out beside it. */
async function answer({ till, work }: OpenTill, call: TillCall): Promise<unknown> {
  if (isHostCall(call)) {
    const act = hostCalls[call.name];
    const refusal = act === null ? null : till.refusalOf(act);
    return refusal === null ? work.call(call.name, call.request) : { kind: 'refused', message: refusal };
  }
  const reply = await till.call(call.name, call.request);
  return call.name === 'status' || call.name === 'lock' || call.name === 'retryJournal' ? { ...till.status(), tasks: work.tasks() } : reply;
}

/** What a host's call wants whoever is signed in to be allowed; null for what changes nothing. */
const hostCalls: Readonly<Record<HostCallName, 'export' | 'reconcile' | null>> = {
  startExport: 'export', exportDifferences: 'export', startReconcile: 'reconcile',
  // A result has rows of the journal, also of a match that somebody else began, and a note stands in a person's name.
  reconcileResult: 'reconcile', noteDifference: 'reconcile',
  // Nothing of the journal leaves by these, and a running task may be ended by anybody who sees it.
  cancelTask: null, statements: null, statementLook: null, exportFolders: null,
};

function isHostCall(call: TillCall): call is Extract<TillCall, { name: HostCallName }> {
  return Object.hasOwn(hostCalls, call.name);
}
