/** The control calls under /simulator/ for test drivers outside this process. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { answerJson, isFromBrowser, parseJson } from './http.ts';
import { gatewayIds, refusals } from './model.ts';
import { ruleSchema } from './rules.ts';
import { describeScripts } from './scripts.ts';
import type { World } from './world.ts';

const decisionSchema = z.strictObject({
  reference: z.string().min(1),
  gateway: z.enum(gatewayIds).optional(),
  does: z.enum(['pays', ...refusals]),
});

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
  if (request.method === 'GET') return answerGet(response, name, world);
  if (request.method === 'DELETE' && name === 'rules') {
    world.clearRules();
    return answerJson(response, 200, { cleared: true });
  }
  if (request.method !== 'POST') return answerJson(response, 405, { message: 'GET, POST or DELETE' });
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return answerJson(response, 415, { message: 'application/json' });
  answerPost(response, name, parseJson(call.body), world);
}

function answerGet(response: ServerResponse, name: string, world: World): void {
  switch (name) {
    case 'books':
      return answerJson(response, 200, world.books());
    case 'requests':
      return answerJson(response, 200, { requests: world.requests() });
    case 'scripts':
      return answerJson(response, 200, { scripts: describeScripts() });
    default:
      return answerJson(response, 404, { message: 'books, requests, scripts, rules, decide' });
  }
}

function answerPost(response: ServerResponse, name: string, body: unknown, world: World): void {
  switch (name) {
    case 'rules':
      return addRules(response, body, world);
    case 'decide':
      return decide(response, body, world);
    default:
      return answerJson(response, 404, { message: 'books, requests, scripts, rules, decide' });
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
