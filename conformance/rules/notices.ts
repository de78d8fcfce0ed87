/** Notifications: verified where they are signed, answered as the document says, and naming nothing but what to ask (ERRATA). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Notification, NotificationReply, NotificationRequest } from '../../core/gateways/gateway.ts';
import * as fc from 'fast-check';
import { noise } from '../../core/testing/gateway-answers.ts';
import type { SentNotice } from '../../simulator/index.ts';
import { paidSale } from './courses.ts';
import type { Rule, Subject } from '../rule.ts';
import { plain, Stand } from '../stand.ts';

/** A listener on this machine that answers as the gateway's rule says. */
class Listener {
  readonly heard: NotificationRequest[] = [];
  #server: Server | null = null;
  #reply: ((request: NotificationRequest) => NotificationReply) | null = null;

  async open(): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const came = { method: request.method ?? '', headers, query: (request.url ?? '').split('?').slice(1).join('?'), body: new Uint8Array(Buffer.concat(chunks)) };
        this.heard.push(came);
        const { status, contentType, body } = this.#reply?.(came) ?? { status: 500, contentType: 'text/plain', body: '' };
        response.writeHead(status, { 'content-type': contentType, connection: 'close' });
        response.end(body);
      });
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/notice`;
  }

  answerWith(reply: (request: NotificationRequest) => NotificationReply): void {
    this.#reply = reply;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#server === null) return resolve();
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** The next try that ended; the courier tells of it after the answer. */
function nextNotice(stand: Stand): Promise<SentNotice> {
  return new Promise((resolve) => {
    const stop = stand.simulator.world.onNotification((notice) => {
      stop();
      resolve(notice);
    });
  });
}

interface Heard {
  readonly stand: Stand;
  readonly request: NotificationRequest;
  readonly sent: SentNotice;
  readonly attemptRef: string;
  readonly spoilt: NotificationRequest | null;
}

/** Lets the simulator tell of a paid sale, over HTTP, at a till that is set up to hear it. */
async function hear({ gateway, document }: Subject, body: (heard: Heard) => readonly string[]): Promise<readonly string[]> {
  const rule = gateway.notification;
  if (rule === null) return [];
  const listener = new Listener();
  const url = await listener.open();
  const takesAddress = gateway.form.some(({ key }) => key === 'notifyUrl');
  const verifiable = document?.notices?.block ?? plain.block;
  const stand = await Stand.open(gateway, { ...plain, block: (block, world) => ({ ...verifiable(block, world), ...(takesAddress ? { notifyUrl: url } : {}) }) });
  try {
    listener.answerWith((request) => rule.read(request, stand.settings).reply);
    // Where no order names an address, the back office does.
    for (const name of takesAddress ? [] : ['callback', 'notifications']) stand.simulator.world.control(stand.id, name, { url });
    const arrived = nextNotice(stand);
    const [direction = 'show'] = stand.directions.toReversed();
    const sale = await paidSale(stand, direction);
    if (sale === null) return ['no sale was paid'];
    const sent = await arrived;
    const [request] = listener.heard;
    if (request === undefined) return ['the simulator told nothing'];
    const { attemptRef } = sale.facts;
    return body({ stand, request, sent, attemptRef, spoilt: await spoiltNotice(stand, attemptRef, listener) });
  } finally {
    await stand.close();
    await listener.close();
  }
}

/** One whose signature the simulator spoils; null where its gateway signs none, or it has no such control. */
async function spoiltNotice(stand: Stand, reference: string, listener: Listener): Promise<NotificationRequest | null> {
  const before = listener.heard.length;
  const arrived = nextNotice(stand);
  const made = stand.simulator.world.control(stand.id, 'notice', { reference, signed: false });
  if (made?.status !== 200) return null;
  await arrived;
  return listener.heard[before] ?? null;
}

const told: Rule = {
  name: 'a notification names the sale that it is about, and is answered with the document’s word',
  check: (subject) => hear(subject, ({ stand, request, sent, attemptRef }) => {
    const { gateway, document } = subject;
    const said = gateway.notification?.read(request, stand.settings);
    const order = stand.simulator.world.order(attemptRef, stand.id);
    if (said?.kind !== 'about') return [`refused: ${said?.why}`];
    return [
      ...(said.attemptRef === attemptRef || said.gatewayRef === order?.gatewayNumber ? [] : ['it names neither our number nor theirs']),
      ...(said.attemptRef === null || said.attemptRef === attemptRef ? [] : ['it names another number']),
      ...(said.verified === (document?.notices?.signed !== 'not') ? [] : [`it is ${said.verified ? '' : 'not '}verified, and its document signs ${document?.notices?.signed ?? 'as nobody has copied'}`]),
      ...(sent.outcome === 'taken' ? [] : [`the gateway takes the answer for ${sent.outcome}`]),
    ];
  }),
};

const changedByte: Rule = {
  name: 'a notification with a changed byte is refused, or claims nothing else; with a wrong signature it is refused',
  check: (subject) => hear(subject, ({ stand, request, spoilt }) => {
    const rule = subject.gateway.notification;
    const truth = rule?.read(request, stand.settings);
    if (rule === null || truth?.kind !== 'about') return [];
    // Without a signature a changed byte can't be told: all that it may do is to have a query sent.
    if (!truth.verified) return spoilt === null ? [] : ['the simulator signs it, and nobody verifies it'];
    const found = new Set<string>();
    let refused = 0;
    for (let at = 0; at < request.body.length; at += 1) {
      const body = request.body.slice();
      body[at] = body[at] === 0x37 ? 0x38 : 0x37;
      const said = rule.read({ ...request, body }, stand.settings);
      if (said.kind === 'refused') refused += 1;
      else if (!isSame(said, truth) && subject.document?.notices?.signed !== 'part') found.add(`byte ${at} changed, and it is about ${said.attemptRef} of ${said.gatewayRef}`);
    }
    // A signature has 32 characters at least, and what it covers as many.
    if (refused < leastRefused) found.add(`only ${refused} of ${request.body.length} changed bytes are noticed`);
    if (spoilt === null) found.add('the simulator has no control to spoil its signature');
    else if (rule.read(spoilt, stand.settings).kind !== 'refused') found.add('a spoilt signature is taken');
    for (const cut of [request.body.slice(0, -1), request.body.slice(0, Math.floor(request.body.length / 2)), new Uint8Array()]) {
      const said = rule.read({ ...request, body: cut }, stand.settings);
      if (said.kind === 'about' && !isSame(said, truth)) found.add('half of it is about something else');
    }
    return [...found];
  }),
};

const leastRefused = 64;

function isSame(one: Extract<Notification, { kind: 'about' }>, other: Extract<Notification, { kind: 'about' }>): boolean {
  return one.attemptRef === other.attemptRef && one.gatewayRef === other.gatewayRef && one.refundRef === other.refundRef;
}

const only: Rule = {
  name: 'whatever a notification says, it only names what to ask',
  check: (subject) => hear(subject, ({ stand, request }) => {
    const rule = subject.gateway.notification;
    if (rule === null) return [];
    const said = rule.read(request, stand.settings);
    const names = Object.keys(said).filter((name) => !['kind', 'attemptRef', 'gatewayRef', 'refundRef', 'verified', 'dispute', 'reply', 'why'].includes(name));
    const found = new Set(names.map((name) => `it has ${name}, which a query must say`));
    if (stand.secrets.some((secret) => JSON.stringify(said).includes(secret))) found.add('a secret stands in what it names, or in the answer');
    fc.assert(fc.property(noise, fc.constantFrom('POST', 'GET', 'PUT'), (body, method) => {
      const outcome = rule.read({ method, headers: {}, query: '', body }, stand.settings);
      if (outcome.kind === 'about' && outcome.verified) found.add('noise passes for verified');
    }), { numRuns: 150, seed: 20_261_121 });
    return [...found];
  }),
};

export const noticeRules: readonly Rule[] = [told, changedByte, only];
