/** Takes each request to its gateway, to the phone's page or to the control calls, and survives whatever it is. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from './control.ts';
import { deliver } from './delivery.ts';
import type { Counter, GatewaySide, IncomingRequest, ReadRequest } from './gateways/gateway-side.ts';
import { answerJson, answerText, isForeign, readBody } from './http.ts';
import type { CallCounts, CallName } from './model.ts';
import type { Phone } from './phone.ts';
import type { PhoneRoutes } from './phone-routes.ts';
import type { RequestLog, World } from './world.ts';

export interface Desk {
  readonly counter: Counter;
  readonly log: RequestLog;
  readonly phone: Phone;
  readonly phoneRoutes: PhoneRoutes;
  readonly sides: readonly GatewaySide[];
  readonly token: string;
  readonly world: World;
}

export function requestHandler(desk: Desk): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    handle(desk, request, response).catch(() => {
      // The caller left in the middle of its request, or the simulator is at fault: either way it gets no true answer.
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { message: 'the simulator could not read this request' });
    });
  };
}

async function handle(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (body === null) return answerJson(response, 413, { message: 'too long' });
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  const query = rest.join('?');
  if (path.startsWith('/simulator/')) return answerOwn(desk, request, response, path, query, body);
  for (const side of desk.sides) {
    const incoming: IncomingRequest = { method: request.method ?? '', path, query, headers: request.headers, body };
    const call = side.callOf(path, incoming.method);
    if (call !== null) return answerGateway(desk, side, call, incoming, response);
    const page = side.page?.(incoming) ?? null;
    if (page !== null) return answerText(response, page.status, page.type, page.body, page.headers);
  }
  answerJson(response, 404, { message: 'no gateway of this simulator has this path' });
}

function answerGateway(desk: Desk, side: GatewaySide, call: CallName, request: IncomingRequest, response: ServerResponse): void {
  const { counter, log, phone } = desk;
  if (!side.methods.includes(request.method)) return answerJson(response, 405, { message: `${side.methods.join(' or ')} only` });
  const read = side.read(call, request);
  if (read.refusedAs === null) noteRequest(counter, side, call, read);
  const { reference, code, amount, repeat } = read;
  const fault = counter.rules.takeFault({ gateway: side.id, call, reference, code, amount, repeat });
  log.add({
    at: counter.clock.wall(), method: request.method, path: request.path, gateway: side.id, call, reference,
    body: read.body, fault: fault?.kind ?? null, refusedAs: read.refusedAs,
  });
  deliver({ side, read, response, clock: counter.clock, ledger: counter.ledger }, fault);
  if (call === 'pay' || call === 'present') phone.noteFault(fault?.kind ?? null);
}

function noteRequest(counter: Counter, side: GatewaySide, call: CallName, read: ReadRequest): void {
  if (read.reference === null) return;
  if (isCounted(call)) counter.ledger.count(side.id, read.reference, call);
  if (call === 'pay' && read.code !== null) counter.prepare(side.id, read.reference, read.code);
  if (call === 'present') counter.prepareShown(side.id, read.reference, read.amount);
  if (call !== 'refund') return;
  const order = counter.ledger.find(side.id, read.reference);
  if (order !== null) counter.prepareRefunds(order);
}

function isCounted(call: CallName): call is keyof CallCounts {
  switch (call) {
    case 'pay':
    case 'present':
    case 'query':
    case 'cancel':
    case 'refund':
    case 'queryRefund':
      return true;
    default:
      return false;
  }
}

function answerOwn(desk: Desk, request: IncomingMessage, response: ServerResponse, path: string, query: string, body: Buffer): void {
  const port = request.socket.localPort ?? 0;
  if (isForeign(request, [`127.0.0.1:${port}`, `localhost:${port}`])) return answerJson(response, 403, { message: 'not from here' });
  // Where notifications would go while no till listens for them, each gateway's with the word that it waits for.
  if (path === '/simulator/notify' || path === '/simulator/notify/omipay') return answerJson(response, 200, { return_code: 'SUCCESS' });
  if (path === '/simulator/notify/shouqianba') return answerText(response, 200, 'text/plain', 'success');
  if (path.startsWith('/simulator/notify/')) return answerText(response, 200, 'text/plain', 'SUCCESS');
  const call = { request, response, path, query: new URLSearchParams(query), body };
  const phonePath = `/simulator/phone/${desk.token}/`;
  if (path.startsWith(phonePath)) return desk.phoneRoutes.answer(call, path.slice(phonePath.length));
  if (path.startsWith('/simulator/phone')) return answerJson(response, 403, { message: 'the token is missing' });
  answerControl(call, desk.world, desk.token);
}
