/** What the gateways' tests share: an attempt, an answer, and answers made of noise. */
import * as fc from 'fast-check';
import type { WireAnswer } from '../ports.ts';
import type { AttemptFacts, Call, Moment, Outcome } from '../gateways/gateway.ts';
import { codePoint } from './code-points.ts';

export const calls: readonly Call[] = ['pay', 'query', 'reverse'];

export const testMoment: Moment = { now: 1_482_812_036_067, nonce: '313644f42ecd4758b5e23b80e86efdc4', token: null };

export const testCode = '134567890123456789';

/** A payment of 38.50 CNY that nothing was heard of yet; `overrides` says what differs. */
export function testAttempt(overrides: Partial<AttemptFacts> = {}): AttemptFacts {
  return {
    attemptRef: 'S1234567890123456789012',
    gatewayRef: null,
    amount: { minor: 3850, currency: 'CNY' },
    direction: 'scan',
    code: testCode,
    showFor: null,
    presentSeconds: null,
    kept: {},
    refund: null,
    subject: 'Corner shop',
    operator: '01',
    terminalId: 'T01',
    ...overrides,
  };
}

/** An answer with this body: bytes and text as they are, anything else as JSON. */
export function answerOf(body: unknown, status = 200): WireAnswer {
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers: {}, body: bytes };
}

/** `declined codeExpired`, `unknown mismatch`: an outcome in a word or two, for tables of expectations. */
export function inWords(outcome: Outcome): string {
  if (outcome.kind === 'declined') return `declined ${outcome.reason}`;
  return outcome.kind === 'unknown' ? `unknown ${outcome.why}` : outcome.kind;
}

/** Bytes, broken text, and JSON of every shape. */
export const noise: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: codePoint }).map((text) => new TextEncoder().encode(text)),
  fc.json().map((text) => new TextEncoder().encode(text)),
);

/** Text and numbers as text, anything else as JSON: what a test compares with a field of an answer made by chance. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
