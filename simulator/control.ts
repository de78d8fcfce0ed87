/** The control calls under /simulator/ for test drivers outside this process. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { foreignOrderSchema } from './foreign.ts';
import { answerBytes, answerJson, isFromBrowser, parseJson } from './http.ts';
import { gatewayIds, refusals } from './model.ts';
import { ruleSchema } from './rules.ts';
import { describeScripts } from './scripts.ts';
import { readStatementFaults } from './statement/faults.ts';
import type { World } from './world.ts';

const decisionSchema = z.strictObject({
  reference: z.string().min(1),
  gateway: z.enum(gatewayIds).optional(),
  does: z.enum(['pays', ...refusals]),
});

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

const names = 'books, requests, scripts, statement/<gateway>, rules, decide, orders, refunds';

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
    case 'orders':
      return bookForeign(response, body, world);
    case 'refunds':
      return refundElsewhere(response, body, world);
    default:
      return answerJson(response, 404, { message: names });
  }
}

function addRules(response: ServerResponse, body: unknown, world: World): void {
  const parsed = z.union([ruleSchema, z.array(ruleSchema)]).safeParse(body);
  if (!parsed.success) return answerJson(response, 400, { message: z.prettifyError(parsed.error) });
  const rules = Array.isArray(parsed.data) ? parsed.data : [parsed.data];
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
