/** Brings an answer back to the caller, or whatever the fault makes of it. */
import type { ServerResponse } from 'node:http';
import type { Clock } from './clock.ts';
import type { Fault } from './fault.ts';
import type { GatewaySide, ReadRequest } from './gateways/gateway-side.ts';
import type { Ledger } from './ledger.ts';
import type { Json } from './model.ts';

export interface Delivery {
  readonly side: GatewaySide;
  readonly read: ReadRequest;
  readonly response: ServerResponse;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

const proxyPage = '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Error</h1><hr>nginx</body></html>';
const garbageBody = '\u0000\u0013{"result_code":"20\ufffd\u001f<html>&%¤';

/** Processes the request as its fault lets it, and answers. */
export function deliver(delivery: Delivery, fault: Fault | null): void {
  const { side, read, response, clock } = delivery;
  if (fault === null) return sendJson(delivery, read.answer());
  switch (fault.kind) {
    case 'requestLost':
      return cutOff(response);
    case 'answerLost':
      read.answer();
      return cutOff(response);
    case 'answerLate': {
      const answer = read.answer();
      clock.after(fault.seconds * 1000, () => sendJson(delivery, answer));
      return;
    }
    case 'processedLate':
      clock.after(fault.seconds * 1000, () => sendJson(delivery, read.answer()));
      return;
    case 'lostThenProcessed':
      clock.after(fault.seconds * 1000, () => read.answer());
      return cutOff(response);
    case 'cutInHalf':
      return sendHalf(delivery, read.answer());
    case 'silent':
      if (fault.processed) read.answer();
      return;
    case 'httpStatus':
      if (fault.processed) read.answer();
      return send(delivery, fault.status, 'text/html; charset=utf-8', proxyPage);
    case 'garbage':
      if (fault.processed) read.answer();
      return send(delivery, 200, 'application/json; charset=utf-8', garbageBody);
    case 'emptyAnswer':
      if (fault.processed) read.answer();
      return send(delivery, 200, 'application/json; charset=utf-8', '');
    case 'processedTwice':
      read.answer();
      return sendJson(delivery, read.answer());
    case 'answerTwice': {
      const answer = read.answer();
      const body = JSON.stringify(answer);
      return send(delivery, statusOf(delivery, answer), 'application/json; charset=utf-8', body + body);
    }
    case 'altered':
      return sendJson(delivery, side.alter(fault.how, read.answer()));
    case 'says':
      if (fault.processed) read.answer();
      return sendJson(delivery, read.say(fault.what));
    case 'answers':
      if (fault.processed) read.answer();
      return send(delivery, fault.status, 'application/json; charset=utf-8', fault.body);
    case 'paidFirst':
      payNow(delivery);
      return sendJson(delivery, read.answer());
    case 'paidInstead':
      payNow(delivery);
      return sendJson(delivery, read.say('cancelAbortError'));
  }
}

function payNow({ side, read, ledger }: Delivery): void {
  const order = read.reference === null ? null : ledger.find(side.id, read.reference);
  if (order?.state === 'waiting') ledger.charge(order);
}

/** 200 wherever a document names no other. */
function statusOf({ side }: Delivery, answer: Json): number {
  return side.statusOf?.(answer) ?? 200;
}

function sendJson(delivery: Delivery, answer: Json): void {
  send(delivery, statusOf(delivery, answer), 'application/json; charset=utf-8', JSON.stringify(answer));
}

function send({ response, clock }: Delivery, status: number, type: string, body: string): void {
  // The caller may have gone while the answer was late.
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), date: httpDate(clock) });
  response.end(body);
}

function sendHalf(delivery: Delivery, answer: Json): void {
  const { response, clock } = delivery;
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(statusOf(delivery, answer), { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length, date: httpDate(clock) });
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => cutOff(response));
}

function cutOff(response: ServerResponse): void {
  response.socket?.destroy();
}

/** By the simulator's clock, so that a till can compare its own with it. */
function httpDate(clock: Clock): string {
  return new Date(clock.wall()).toUTCString();
}
