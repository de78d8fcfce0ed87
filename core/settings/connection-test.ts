/** Tries a gateway in steps that move no money: server, certificate, clock, signature, a query of a number that doesn't exist, and what the shop may be paid with. */
import type { ConnectionTest, TestDetail, TestStep, TestStepName } from '../contract/types.ts';
import type { AttemptFacts, Evidence, Gateway, Moment, UnknownWhy } from '../gateways/gateway.ts';
import { wordsForPeople } from '../gateways/words.ts';
import { makeAmount } from '../money/amount.ts';
import { makeReference } from '../payment/reference.ts';
import type { Clock, ConnectionProbe, HttpTransport, Random, WireAnswer, WireRequest, WireResult } from '../ports.ts';
import { httpDate, secondsApartMost } from '../time/http-date.ts';

export interface ConnectionTestPorts {
  readonly http: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** Looks at a server and its certificate without sending anything; null where there is none (tests). */
  readonly probe: ConnectionProbe | null;
}

const stepNames: readonly TestStepName[] = ['server', 'certificate', 'clock', 'signature', 'query'];
/** So many means of payment are shown. */
const codesMost = 20;
const limits = { connectMilliseconds: 5000, answerMilliseconds: 15_000 };

interface Found {
  readonly passed: readonly (readonly [TestStepName, TestDetail | null])[];
  readonly failed: readonly [TestStepName, TestDetail] | null;
  /** Steps that weren't passed have this to say of themselves. */
  readonly unclear: boolean;
  readonly said: Evidence;
}

const nothingSaid: Evidence = { code: null, words: null };
const nothingFound: Found = { passed: [], failed: null, unclear: false, said: nothingSaid };

/** Total: never throws. `settings` have passed the gateway's schema. */
export async function testConnection(gateway: Gateway, settings: unknown, ports: ConnectionTestPorts): Promise<ConnectionTest> {
  const at = ports.clock.wall();
  const found = await walk(gateway, settings, ports);
  const names: readonly TestStepName[] = gateway.methods === undefined ? stepNames : [...stepNames, 'methods'];
  const steps = names.map((step): TestStep => {
    const passed = found.passed.find(([name]) => name === step);
    if (passed !== undefined) return { step, state: 'passed', detail: passed[1] };
    return found.failed?.[0] === step ? { step, state: 'failed', detail: found.failed[1] } : { step, state: 'notRun', detail: found.unclear ? { kind: 'cannotTell' } : null };
  });
  return { gateway: gateway.id, at, steps, ...found.said };
}

async function walk(gateway: Gateway, settings: unknown, ports: ConnectionTestPorts): Promise<Found> {
  const { origin } = gateway.identity(settings);
  const reached = await reach(origin, ports);
  if (reached.failed !== null) return reached;
  const moment: Moment = { now: ports.clock.wall(), nonce: nonce(ports.random), token: null };
  if (gateway.token === null) return trials(gateway, settings, { ports, moment, reached });
  const answered = await ask(gateway.token.build(settings), reached, ports);
  if ('failed' in answered) return answered;
  const read = gateway.token.read(answered.answer);
  if (read.kind !== 'token') return failedAt(answered.found, 'signature', { kind: read.kind === 'refused' ? 'keyWrong' : 'notItsAnswer' }, read.evidence);
  return trials(gateway, settings, { ports, moment: { ...moment, token: read.token }, reached: withStep(answered.found, 'signature', null) });
}

/** The server and its certificate, before a byte of a request leaves. */
async function reach(origin: string, { probe }: ConnectionTestPorts): Promise<Found> {
  const local: TestDetail | null = origin.startsWith('http:') ? { kind: 'local' } : null;
  if (probe === null) return nothingFound;
  const seen = await probe.look(origin, limits.connectMilliseconds);
  switch (seen.kind) {
    case 'reached': {
      const certificate: TestDetail | null = seen.validUntil === null ? local : { kind: 'validUntil', at: seen.validUntil };
      return { ...nothingFound, passed: [['server', { kind: 'milliseconds', n: seen.milliseconds }], ['certificate', certificate]] };
    }
    case 'certificateWrong':
      return { ...nothingFound, passed: [['server', { kind: 'milliseconds', n: seen.milliseconds }]], failed: ['certificate', { kind: 'certificateWrong' }], said: { code: seen.code, words: null } };
    case 'notReached':
      return { ...nothingFound, failed: ['server', { kind: seen.reason === 'nameNotFound' ? 'addressUnknown' : seen.reason === 'timeout' ? 'silent' : 'unreachable' }] };
  }
}

interface Trial {
  readonly ports: ConnectionTestPorts;
  readonly moment: Moment;
  readonly reached: Found;
}

/** The query, and what only some gateways can be asked besides. */
async function trials(gateway: Gateway, settings: unknown, first: Trial): Promise<Found> {
  const found = await trial(gateway, settings, first);
  // Whoever isn't believed is told nothing of the shop's contract.
  return found.failed === null && found.passed.some(([step]) => step === 'signature') ? methodsTrial(gateway, settings, { ...first, reached: found }) : found;
}

/** Which means of payment are open, and whether the settings' own is among them. */
async function methodsTrial({ methods }: Gateway, settings: unknown, { ports, moment, reached }: Trial): Promise<Found> {
  const request = methods?.build(settings, moment) ?? null;
  if (methods === undefined || request === null) return reached;
  const result = await ports.http.send(request, limits);
  const codes = result.kind === 'answer' ? methods.read(result.answer) : null;
  // A list that doesn't come is no word about the settings.
  if (codes === null) return { ...reached, unclear: true };
  const method = methods.configured(settings);
  const shown = codes.slice(0, codesMost).flatMap((code) => wordsForPeople(code, null) ?? []);
  return codes.includes(method) ? withStep(reached, 'methods', { kind: 'methods', codes: shown }) : failedAt(reached, 'methods', { kind: 'methodNotOpen', method, codes: shown }, nothingSaid);
}

/** A query of a number that nobody ever gave: "not found" says that we were understood and believed. */
async function trial(gateway: Gateway, settings: unknown, { ports, moment, reached }: Trial): Promise<Found> {
  const reference = trialReference(gateway, ports.random);
  const facts = trialFacts(gateway, settings, reference);
  const request = trialRequest(gateway, settings, { reference, facts, moment });
  // The gateway can't be asked without an order of its own: what was seen so far stands, and the rest isn't run.
  if (request === null) return reached;
  const answered = await ask(request, reached, ports);
  if ('failed' in answered) return answered;
  const { found, answer } = answered;
  const looked = gateway.lookUp === null || !gateway.lookUp.mayBe(reference) ? null : gateway.lookUp.read(reference, answer, settings);
  const outcome = gateway.read('query', facts, answer, settings);
  const said = outcome.evidence.code === null && looked !== null ? looked.evidence : outcome.evidence;
  if (looked?.kind === 'notFound' || outcome.kind === 'notFound') return withStep(withStep(found, 'signature', null), 'query', null);
  if (outcome.kind === 'unknown') return notUnderstood(found, outcome.why, said);
  if (outcome.kind === 'declined') return failedAt(found, 'signature', { kind: outcome.reason === 'wrongKey' || outcome.reason === 'terminalUnknown' ? 'keyWrong' : 'notItsAnswer' }, said);
  return failedAt(withStep(found, 'signature', null), 'query', { kind: 'numberKnown' }, said);
}

/** Words of the gateway's that no table takes for "no such number". Some gateways have no others. */
function notUnderstood(found: Found, why: UnknownWhy, said: Evidence): Found {
  if (why === 'keyRefused' || why === 'tokenRefused') return failedAt(found, 'signature', { kind: 'keyWrong' }, said);
  const isProven = found.passed.some(([step]) => step === 'signature');
  if (said.code === null && said.words === null) return failedAt(found, isProven ? 'query' : 'signature', { kind: 'notItsAnswer' }, said);
  return { ...found, unclear: true, said };
}

/** One request, and the steps that its result proves by itself. */
async function ask(request: WireRequest, before: Found, { http, clock }: ConnectionTestPorts): Promise<{ readonly answer: WireAnswer; readonly found: Found } | Found> {
  const result = await http.send(request, limits);
  if (result.kind !== 'answer') return notAnswered(before, result);
  const reached = before.passed.length === 0 ? withStep(withStep(before, 'server', null), 'certificate', request.url.startsWith('http:') ? { kind: 'local' } : null) : before;
  if (reached.passed.some(([step]) => step === 'clock')) return { answer: result.answer, found: reached };
  const theirs = httpDate(result.answer.headers['date']);
  if (theirs === null) return { answer: result.answer, found: withStep(reached, 'clock', { kind: 'noTime' }) };
  // Their clock counts whole seconds: half of one is nobody's error.
  const apart = Math.max(0, Math.abs(clock.wall() - theirs) - 500) / 1000;
  const detail: TestDetail = { kind: 'secondsApart', n: Math.round(apart * 10) / 10 };
  return apart > secondsApartMost ? failedAt(reached, 'clock', detail, nothingSaid) : { answer: result.answer, found: withStep(reached, 'clock', detail) };
}

function notAnswered(before: Found, result: Exclude<WireResult, { kind: 'answer' }>): Found {
  if (result.kind === 'neverSent' && result.reason === 'tls') return failedAt(withStep(before, 'server', null), 'certificate', { kind: 'certificateWrong' }, nothingSaid);
  if (result.kind === 'neverSent') return failedAt(nothingFound, 'server', { kind: result.reason === 'nameNotFound' ? 'addressUnknown' : 'unreachable' }, nothingSaid);
  // It was there, and then it said nothing: nothing that comes after it is proven.
  return failedAt(nothingFound, 'server', { kind: 'silent' }, nothingSaid);
}

function withStep(found: Found, step: TestStepName, detail: TestDetail | null): Found {
  return found.passed.some(([name]) => name === step) ? found : { ...found, passed: [...found.passed, [step, detail]] };
}

function failedAt(found: Found, step: TestStepName, detail: TestDetail, said: Evidence): Found {
  return { ...found, failed: [step, detail], said };
}

/** A number like an order's, as random as one: nobody else's can be hit (CASES 4). */
function trialReference(gateway: Gateway, random: Random): string {
  const { prefix, length, alphabet } = gateway.capabilities.reference;
  const own = prefix + makeReference(random, length - prefix.length, alphabet);
  // Looked up by the gateway's own numbers, where those have another shape.
  const theirs = `T${makeReference(random, 27, 'ABCDEFGHJKLMNPQRSTUVWXYZ')}`;
  const { lookUp } = gateway;
  return lookUp !== null && !lookUp.mayBe(own) && lookUp.mayBe(theirs) ? theirs : own;
}

function trialFacts(gateway: Gateway, settings: unknown, reference: string): AttemptFacts {
  return {
    attemptRef: reference, gatewayRef: reference, gatewayRefIsClaim: false, amount: makeAmount(1, gateway.currency(settings)), direction: 'scan', showFor: null, presentSeconds: null,
    kept: {}, code: null, refund: null, subject: 'ScanTill', operator: 'test', terminalId: 'test',
  };
}

function trialRequest(gateway: Gateway, settings: unknown, { reference, facts, moment }: { readonly reference: string; readonly facts: AttemptFacts; readonly moment: Moment }): WireRequest | null {
  try {
    if (gateway.lookUp !== null && gateway.lookUp.mayBe(reference)) return gateway.lookUp.build(reference, settings, moment);
    return gateway.build('query', facts, settings, moment);
  } catch {
    return null;
  }
}

function nonce(random: Random): string {
  return makeReference(random, 32, 'abcdefghijklmnopqrstuvwxyz0123456789');
}
