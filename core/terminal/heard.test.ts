/** What the engine hears of a refused terminal key (CASES 32). */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../gateways/gateway.ts';
import { heardOutcome } from './heard.ts';

const evidence = { code: '400/ILLEGAL_SIGN', words: '签名错误' };
const declined: Outcome = { kind: 'declined', reason: 'wrongKey', aboutOrder: false, order: null, evidence };
const refundDeclined: Outcome = { kind: 'refundDeclined', reason: 'wrongKey', aboutRefund: false, evidence };
const asked: Outcome = { kind: 'unknown', why: 'keyRefused', order: null, evidence };

describe('case 32: where there is another key', () => {
  test('an order or a refund was not looked at, once', () => {
    for (const outcome of [declined, refundDeclined]) {
      expect(heardOutcome(outcome, 'otherKey', false, null)).toEqual({ kind: 'unknown', why: 'tokenRefused', order: null, evidence });
      expect(heardOutcome(outcome, 'otherKey', true, null)).toEqual(outcome);
    }
  });
  test('a question stays one to ask again', () => {
    expect(heardOutcome(asked, 'otherKey', false, null)).toEqual(asked);
  });
});

describe('case 32: where there is none', () => {
  test('a question says that both were refused, an order that it was', () => {
    expect(heardOutcome(asked, 'bothRefused', false, 'activateAgain')).toEqual({ ...asked, why: 'bothKeysRefused' });
    expect(heardOutcome(declined, 'bothRefused', true, 'activateAgain')).toEqual(declined);
  });
  test('another till is named where one of ours had been taken', () => {
    expect(heardOutcome(declined, 'bothRefused', true, 'anotherTill')).toEqual({ ...declined, reason: 'anotherTill' });
    expect(heardOutcome(declined, 'asItIs', false, 'anotherTill')).toEqual({ ...declined, reason: 'anotherTill' });
    expect(heardOutcome(declined, 'asItIs', false, 'activateAgain')).toEqual(declined);
  });
});

test('every other answer stands, whatever the key', () => {
  const others: readonly Outcome[] = [
    { ...declined, reason: 'insufficientBalance' }, { ...declined, reason: 'terminalUnknown' }, { kind: 'waiting', order: { gatewayRef: null, walletRef: null, wallet: null, payerId: null, paidAt: null }, evidence },
    { kind: 'notFound', evidence }, { ...asked, why: 'mismatch' },
  ];
  for (const verdict of ['asItIs', 'otherKey', 'bothRefused'] as const) for (const outcome of others) expect(heardOutcome(outcome, verdict, false, 'anotherTill')).toEqual(outcome);
});
