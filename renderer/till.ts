/** The running screen: one store, the machine's steps, and its requests carried out through the till's client. */
import { create } from 'zustand';
import { message } from '../core/contract/messages.ts';
import type { ActReply, TillCalls } from '../core/contract/types.ts';
import { customerTeller } from './client/customer.ts';
import { LinkLostError, type TillConnection } from './client/connection.ts';
import { customerDisplay } from './machine/display.ts';
import type { CallRequest, Input, Reply, Request, SoundName } from './machine/inputs.ts';
import { initialState, type TillScreen } from './machine/state.ts';
import { step } from './machine/step.ts';

export const useTill = create<TillScreen>(() => initialState(Date.now()));

export interface RunningTill {
  readonly send: (input: Input) => void;
  /** A keyboard scanner's burst: to the till, and its answer to the screen. The text is kept nowhere. */
  readonly scan: (text: string) => void;
  readonly garbled: () => void;
}

export interface TillParts {
  readonly connection: TillConnection;
  readonly playSound: (sound: SoundName, volume: number) => void;
  /** Called before the scan of another scanner than the keyboard's is looked at. */
  readonly beforeScan: () => void;
  /** Runs after the next picture of this page. */
  readonly afterPicture: (action: () => void) => void;
}

/** Seconds pass on every screen; while something is counted or rests, they are looked at five times as often. */
const slowTickMs = 1000;
const fastTickMs = 200;

export function runTill({ connection, playSound, beforeScan, afterPicture }: TillParts): RunningTill {
  const tellCustomer = customerTeller({
    show: (display) => connection.showCustomer(display),
    onTaken: (up) => {
      if (useTill.getState().displayUp !== up) send({ type: 'display', up });
    },
    afterPicture,
  });

  function send(input: Input): void {
    const { state, requests } = step(useTill.getState(), input, { now: Date.now(), freshId: crypto.randomUUID() });
    useTill.setState(state, true);
    tellCustomer(customerDisplay(state));
    for (const request of requests) carryOut(request);
  }

  function carryOut(request: Request): void {
    switch (request.kind) {
      case 'call': return void call(request);
      case 'pay': return void pay('pay', request.request);
      case 'present': return void pay('present', request.request);
      case 'submitTyped': return submit(request.text, 'typed');
      case 'amountEntered': return quiet(connection.call('amountEntered', { amount: request.amount }));
      case 'askNow': case 'keepWaiting': case 'park': case 'printReceipt': case 'printEvidence': case 'printCode':
        return act(connection.call(request.kind, { paymentId: request.paymentId }));
      case 'giveUp': return act(connection.call('giveUp', { paymentId: request.paymentId, commandId: request.commandId }));
      case 'setNotWanted': return act(connection.call('setNotWanted', { paymentId: request.paymentId, on: request.on }));
      case 'retryJournal': return quiet(connection.call('retryJournal', {}).then((status) => send({ type: 'status', status })));
      case 'takeOver': return connection.takeOver();
      case 'openPhone': return openPhone(request.url);
      case 'copy': return quiet(navigator.clipboard.writeText(request.text));
      case 'loadStatus': return quiet(connection.call('status', {}).then((status) => send({ type: 'status', status })));
      case 'loadOpen': return quiet(connection.call('openPayments', {}).then((open) => send({ type: 'open', open })));
      case 'loadRecent': return quiet(connection.call('recentPayments', { count: 7 }).then((recent) => send({ type: 'recent', recent })));
      case 'loadDetail': return quiet(connection.call('paymentDetail', { paymentId: request.paymentId })
        .then((detail) => send({ type: 'detail', paymentId: request.paymentId, detail })));
      case 'savePreferences': return quiet(connection.preferences.write(request.preferences));
      case 'sound': return playSound(request.sound, useTill.getState().preferences.volume);
    }
  }

  async function pay<Name extends 'pay' | 'present'>(name: Name, request: TillCalls[Name][0]): Promise<void> {
    try {
      send({ type: 'payReply', commandId: request.commandId, reply: await connection.call(name, request) });
    } catch {
      // An answer that says nothing: the screen claims nothing either.
      send({ type: 'payUnclear', commandId: request.commandId });
    }
  }

  async function call({ name, request, tag }: CallRequest): Promise<void> {
    let answer: Input;
    try {
      answer = { type: 'reply', name, tag, reply: await connection.call(name, request) } as Reply;
    } catch {
      answer = { type: 'replyLost', name, tag };
    }
    send(answer);
  }

  function submit(text: string, source: 'keyboard' | 'typed'): void {
    connection.call('submitScan', { text, source }).then((scan) => send({ type: 'scan', scan }), () => send({ type: 'scanLost' }));
  }

  function openPhone(url: string): void {
    connection.openPhone(url).catch(() => send({ type: 'phoneFailed', url }));
  }

  function act(reply: Promise<ActReply>): void {
    reply.then((answer) => send({ type: 'actReply', reply: answer }), () => send({ type: 'actLost' }));
  }

  connection.onLink((link) => send({ type: 'link', link }));
  connection.onEvent((event) => {
    // The amount that was typed before the scan belongs to it, also where the last digit is still being looked at.
    if (event.type === 'scan') beforeScan();
    send({ type: 'event', event });
  });
  void connection.preferences.read().then((preferences) => send({ type: 'preferences', preferences }));
  tick(send);
  return {
    send,
    scan: (text) => submit(text, 'keyboard'),
    garbled: () => send({ type: 'scan', scan: { kind: 'garbled', message: message('scannerGarbled') } }),
  };
}

/** Questions that are asked again by themselves after a reconnection: a lost link is no news here. */
function quiet(call: Promise<unknown>): void {
  call.catch((error: unknown) => {
    if (!(error instanceof LinkLostError)) reportError(error);
  });
}

/** Looks at the clock often, and passes it on only where a second or something that is counted needs it. */
function tick(send: (input: Input) => void): void {
  setInterval(() => {
    const state = useTill.getState();
    const counting = state.charging !== null || state.held !== null || !state.entrySettled || state.currentId !== null || 'stage' in state.place;
    if (counting || Date.now() - state.now >= slowTickMs) send({ type: 'tick' });
  }, fastTickMs);
}
