/** The control calls under /simulator/ for test drivers outside this process. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { foreignOrderSchema } from './foreign.ts';
import { answerBytes, answerJson, isFromBrowser, parseJson } from './http.ts';
import { gatewayIds, refusals, wallets } from './model.ts';
import { ruleSchema } from './rules.ts';
import { describeScripts, digitsMeantBy } from './scripts.ts';
import { readStatementFaults } from './statement/faults.ts';
import type { World } from './world.ts';

const decisionSchema = z.strictObject({
  reference: z.string().min(1),
  gateway: z.enum(gatewayIds).optional(),
  does: z.enum(['pays', ...refusals]),
});

const shownDeedSchema = z.strictObject({
  qr: z.string().min(1).max(2000),
  does: z.enum(['pays', 'scans', ...refusals]).default('pays'),
  wallet: z.enum(wallets).optional(),
});

const namedSchema = z.strictObject({ reference: z.string().min(1), gateway: z.enum(gatewayIds).optional() });

/** A refund by somebody in the merchant's back office, in minor units. */
const elsewhereSchema = z.strictObject({ reference: z.string().min(1), gateway: z.enum(gatewayIds).optional(), amount: z.number().int().min(1) });

const statementSchema = z.object({
  gateway: z.enum(gatewayIds),
  day: z.iso.date(),
  format: z.literal('csv').default('csv'),
  faults: z.string().default('').transform((text, context) => {
    const faults = readStatementFaults(text);
    if (faults === null) context.addIssue('faults are missing:N,extra:N,amount:N');
    return faults ?? z.NEVER;
  }),
});

const names = 'books, requests, scripts, shown, notifications, statement/<gateway>, rules, decide, pay-shown, pay-all, notify-again, orders, refunds, <gateway>/<name>';

export interface ControlCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** Answers one control call. A browser must show the token; a test driver, which no web page can pass for, need not. */
export function answerControl(call: ControlCall, world: World, token: string): void {
  const { request, response, path } = call;
  if (isFromBrowser(request) && call.query.get('token') !== token) return answerJson(response, 403, { message: 'the token is missing' });
  const name = path.slice('/simulator/'.length);
  if (request.method === 'GET') return answerGet(call, name, world);
  if (request.method === 'DELETE' && name === 'rules') {
    world.clearRules();
    return answerJson(response, 200, { cleared: true });
  }
  if (request.method !== 'POST') return answerJson(response, 405, { message: 'GET, POST or DELETE' });
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return answerJson(response, 415, { message: 'application/json' });
  answerPost(response, name, parseJson(call.body), world);
}

function answerGet({ response, query }: ControlCall, name: string, world: World): void {
  if (name.startsWith('statement/')) return sendStatement(response, name.slice('statement/'.length), query, world);
  switch (name) {
    case 'books':
      return answerJson(response, 200, world.books());
    case 'requests':
      return answerJson(response, 200, { requests: world.requests() });
    case 'shown':
      return answerJson(response, 200, { shown: world.shown() });
    case 'notifications':
      return answerJson(response, 200, { notifications: world.notifications() });
    case 'scripts':
      return answerJson(response, 200, { scripts: describeScripts() });
    default:
      return answerJson(response, 404, { message: names });
  }
}

function answerPost(response: ServerResponse, name: string, body: unknown, world: World): void {
  switch (name) {
    case 'rules':
      return addRules(response, body, world);
    case 'decide':
      return decide(response, body, world);
    case 'pay-shown':
      return payShown(response, body, world);
    case 'pay-all':
      return answerJson(response, 200, { paid: world.payAllWaiting() });
    case 'notify-again':
      return notifyAgain(response, body, world);
    case 'orders':
      return bookForeign(response, body, world);
    case 'refunds':
      return refundElsewhere(response, body, world);
    default:
      return answerOfGateway(response, name, body, world);
  }
}

function answerOfGateway(response: ServerResponse, name: string, body: unknown, world: World): void {
  const [id, ...rest] = name.split('/');
  const gateway = gatewayIds.find((known) => known === id);
  const answer = gateway === undefined ? null : world.control(gateway, rest.join('/'), body);
  if (answer === null) return answerJson(response, 404, { message: names });
  answerJson(response, answer.status, answer.json);
}

function addRules(response: ServerResponse, body: unknown, world: World): void {
  const parsed = z.union([ruleSchema, z.array(ruleSchema)]).safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const rules = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
  const stranger = rules.find(({ plays }) => plays !== undefined && digitsMeantBy(plays) === null);
  if (stranger !== undefined) return answerJson(response, 400, { message: `no script is called ${stranger.plays}` });
  for (const rule of rules) world.addRule(rule);
  answerJson(response, 200, { added: rules.length });
}

function decide(response: ServerResponse, body: unknown, world: World): void {
  const parsed = decisionSchema.safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const { reference, gateway, does } = parsed.data;
  const done = does === 'pays' ? world.confirm(reference, gateway) : world.refuse(reference, does, gateway);
  answerJson(response, done ? 200 : 409, { done });
}

function payShown(response: ServerResponse, body: unknown, world: World): void {
  const parsed = shownDeedSchema.safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const outcome = world.payShown(parsed.data.qr, parsed.data.does, parsed.data.wallet);
  answerJson(response, outcome.done ? 200 : 409, outcome);
}

function notifyAgain(response: ServerResponse, body: unknown, world: World): void {
  const parsed = namedSchema.safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const done = world.notifyAgain(parsed.data.reference, parsed.data.gateway);
  answerJson(response, done ? 200 : 409, { done });
}

function bookForeign(response: ServerResponse, body: unknown, world: World): void {
  const parsed = foreignOrderSchema.safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const order = world.bookForeign(parsed.data);
  if (order === null) return answerJson(response, 409, { message: 'this reference is taken' });
  answerJson(response, 200, { order });
}

function refundElsewhere(response: ServerResponse, body: unknown, world: World): void {
  const parsed = elsewhereSchema.safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const done = world.refundElsewhere(parsed.data.reference, parsed.data.amount, parsed.data.gateway);
  answerJson(response, done ? 200 : 409, { done });
}

function sendStatement(response: ServerResponse, gateway: string, query: URLSearchParams, world: World): void {
  const parsed = statementSchema.safeParse({ ...Object.fromEntries(query), gateway });
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const file = world.statement(parsed.data.gateway, parsed.data.day, parsed.data.faults);
  if (file === null) return answerJson(response, 409, { message: 'this day has too few rows for these faults' });
  answerBytes(response, 200, file.type, file.bytes, { 'content-disposition': `attachment; filename="${file.name}"` });
}
