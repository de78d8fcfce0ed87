/** The till behind a WebSocket on this machine: reconnects by itself, and says a money command again under its own number. */
import type { CustomerDisplay, TillCallName, TillCalls, TillEvent } from '../../core/contract/types.ts';
import type { Link } from '../machine/state.ts';
import { LinkLostError, type PreferenceStore, type TillConnection } from './connection.ts';

/** What this module needs of a WebSocket, so that tests can stand in for one. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface SocketOptions {
  readonly open: () => Socket;
  /** Calls `action` once after so long. */
  readonly after: (milliseconds: number, action: () => void) => void;
  readonly openPhone: (url: string) => Promise<void>;
  readonly preferences: PreferenceStore;
}

interface PendingCall {
  readonly id: number;
  readonly name: TillCallName;
  readonly request: unknown;
  readonly resolve: (reply: never) => void;
  readonly reject: (error: Error) => void;
}

type Frame =
  | { readonly id: number; readonly reply: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly event: TillEvent }
  | { readonly occupied: true }
  | { readonly takenOver: true };

/** These carry a `commandId`: saying them again gets the first one's payment (CASES 8), so they outlive a lost link. */
const repeatable: ReadonlySet<TillCallName> = new Set(['pay', 'present', 'giveUp', 'payCash', 'returnCash', 'refund', 'refundForeign', 'recordOutsideRefund', 'settle', 'enterOrderNumber', 'openShift', 'moveCash', 'countDrawer', 'closeShift']);
const pausesMs = [250, 500, 1000, 2000, 4000, 8000] as const;

export function socketConnection(options: SocketOptions): TillConnection {
  const calls = new Map<number, PendingCall>();
  const shown = new Map<number, { readonly resolve: (up: boolean) => void; readonly reject: (error: Error) => void }>();
  const eventListeners = new Set<(event: TillEvent) => void>();
  const linkListeners = new Set<(link: Link) => void>();
  let link: Link = 'connecting';
  let socket: Socket | null = null;
  let attempts = 0;
  let lastId = 0;
  let wantsTakeOver = false;
  /** The till may say `occupied` before it has read that this screen takes over. */
  let saidTakeOver = false;

  function setLink(next: Link): void {
    if (link === next) return;
    link = next;
    for (const listener of linkListeners) listener(next);
  }

  function connect(): void {
    const opened = options.open();
    socket = opened;
    opened.onopen = () => {
      attempts = 0;
      saidTakeOver = wantsTakeOver;
      if (wantsTakeOver) opened.send(JSON.stringify({ takeOver: true }));
      wantsTakeOver = false;
      for (const call of calls.values()) opened.send(frameOf(call));
      setLink('up');
    };
    opened.onmessage = ({ data }) => {
      if (socket === opened && typeof data === 'string') receive(JSON.parse(data) as Frame);
    };
    opened.onclose = () => {
      if (socket === opened) lost();
    };
  }

  function lost(): void {
    socket = null;
    for (const call of [...calls.values()].filter((candidate) => !repeatable.has(candidate.name))) {
      calls.delete(call.id);
      call.reject(new LinkLostError());
    }
    for (const display of shown.values()) display.reject(new LinkLostError());
    shown.clear();
    if (link === 'takenOver') return;
    setLink('down');
    const pause = pausesMs[Math.min(attempts, pausesMs.length - 1)] ?? 0;
    attempts += 1;
    options.after(pause, connect);
  }

  function receive(frame: Frame): void {
    if ('event' in frame) {
      for (const listener of eventListeners) listener(frame.event);
    } else if ('occupied' in frame) {
      if (!saidTakeOver) setLink('occupied');
    } else if ('takenOver' in frame) setLink('takenOver');
    else answer(frame);
  }

  function answer(frame: Extract<Frame, { id: number }>): void {
    const display = shown.get(frame.id);
    if (display) {
      shown.delete(frame.id);
      display.resolve('reply' in frame && frame.reply === true);
      return;
    }
    const call = calls.get(frame.id);
    if (!call) return;
    calls.delete(frame.id);
    if ('error' in frame) call.reject(new Error(frame.error));
    else call.resolve(frame.reply as never);
  }

  function call<Name extends TillCallName>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1]> {
    return new Promise((resolve, reject) => {
      const usable = socket !== null && link === 'up';
      if (!usable && !repeatable.has(name)) {
        reject(new LinkLostError());
        return;
      }
      lastId += 1;
      const pending: PendingCall = { id: lastId, name, request, resolve, reject };
      calls.set(pending.id, pending);
      if (usable) socket?.send(frameOf(pending));
    });
  }

  /** Never said again by itself: by then the screen has something newer to say. */
  function showCustomer(display: CustomerDisplay): Promise<boolean> {
    const opened = socket;
    if (opened === null || link !== 'up') return Promise.reject(new LinkLostError());
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      shown.set(id, { resolve, reject });
      opened.send(JSON.stringify({ id, display }));
    });
  }

  connect();
  return {
    call,
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onLink(listener) {
      linkListeners.add(listener);
      listener(link);
      return () => linkListeners.delete(listener);
    },
    takeOver() {
      if (link === 'takenOver' && socket === null) {
        wantsTakeOver = true;
        setLink('connecting');
        connect();
        return;
      }
      saidTakeOver = true;
      socket?.send(JSON.stringify({ takeOver: true }));
      // What was asked while the till was another screen's had no answer: it is said again.
      for (const pending of calls.values()) socket?.send(frameOf(pending));
      setLink('up');
    },
    openPhone: (url) => options.openPhone(url),
    showCustomer,
    preferences: options.preferences,
  };
}

function frameOf(call: PendingCall): string {
  return JSON.stringify({ id: call.id, name: call.name, request: call.request });
}
