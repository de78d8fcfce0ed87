/** The screen in front of the cashier: calls the till's contract, remembers what it was told, and loses it when the till dies. */
import type { HostCallName, PaymentView, TillCallName, TillCalls, TillEvent, TillStatus } from '../core/contract/types.ts';
import type { Till } from '../core/till.ts';
import type { TillProcess } from './process.ts';

/** Hears of everything that the till says to a person. */
export interface ToldObserver {
  told(view: PaymentView): void;
  /** Anything at all that left the till for a screen. */
  shown(what: unknown): void;
  asking<Name extends TillCallName>(name: Name, request: TillCalls[Name][0]): void;
  replied<Name extends TillCallName>(name: Name, request: TillCalls[Name][0], reply: TillCalls[Name][1]): void;
  threw(error: unknown): void;
}

interface Running {
  readonly till: Till;
  readonly process: TillProcess;
  /** Resolves when it died: what it was asked then is never answered. */
  readonly gone: Promise<null>;
}

export class Screen {
  /** What the screen shows of each payment; gone with the till's process. */
  readonly views = new Map<string, PaymentView>();
  status: TillStatus | null = null;
  readonly #observer: ToldObserver;
  #running: Running | null = null;
  #waiting: (() => void)[] = [];
  #leave: () => void = () => undefined;
  #scanWaits: ((scanId: string | null) => void) | null = null;

  constructor(observer: ToldObserver) {
    this.#observer = observer;
  }

  get isUp(): boolean {
    return this.#running?.process.isAlive === true;
  }

  attach(till: Till, process: TillProcess): void {
    const gone = new Promise<null>((resolve) => {
      this.#leave = () => resolve(null);
    });
    this.#running = { till, process, gone };
    till.onEvent((event) => {
      if (process.isAlive) this.#on(event);
    });
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  detach(): void {
    this.#running = null;
    this.#leave();
    this.views.clear();
    this.status = null;
    this.#scanned(null);
  }

  /** The frame of the screen: what the till said last, or says when it is asked. */
  async frame(): Promise<TillStatus | null> {
    this.status ??= await this.call('status', {});
    return this.status;
  }

  untilUp(): Promise<void> {
    if (this.isUp) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Asks the till; null where it isn't running, or died over it. */
  async call<Name extends Exclude<TillCallName, HostCallName>>(name: Name, request: TillCalls[Name][0]): Promise<TillCalls[Name][1] | null> {
    const running = this.#running;
    if (running === null || !running.process.isAlive) return null;
    this.#observer.asking(name, request);
    try {
      const reply = await Promise.race([running.till.call(name, request), running.gone]);
      if (reply === null || !running.process.isAlive) return null;
      this.#observer.replied(name, request, reply);
      this.#observer.shown(reply);
      this.#remember(reply);
      return reply;
    } catch (error) {
      if (running.process.isAlive) this.#observer.threw(error);
      return null;
    }
  }

  /** The handle of the next scan that a device brings; null where none comes. */
  nextScan(): Promise<string | null> {
    return new Promise((resolve) => {
      this.#scanWaits = resolve;
    });
  }

  #scanned(scanId: string | null): void {
    this.#scanWaits?.(scanId);
    this.#scanWaits = null;
  }

  #on(event: TillEvent): void {
    switch (event.type) {
      case 'payment':
        this.#observer.shown(event);
        this.#see(event.payment);
        return;
      case 'status':
        this.status = event.status;
        return;
      case 'scan':
        this.#observer.shown(event);
        this.#scanned(event.scan.kind === 'paymentCode' ? event.scan.scanId : null);
        return;
      case 'task':
        return;
    }
  }

  #remember(reply: unknown): void {
    if (typeof reply !== 'object' || reply === null) return;
    if ('payment' in reply && isView(reply.payment)) this.#see(reply.payment);
    if ('other' in reply && isView(reply.other)) this.#see(reply.other);
  }

  #see(view: PaymentView): void {
    this.views.set(view.paymentId, view);
    this.#observer.told(view);
  }
}

function isView(value: unknown): value is PaymentView {
  return typeof value === 'object' && value !== null && 'verdict' in value && 'attemptRef' in value;
}
