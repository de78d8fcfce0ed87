/** CASES 22: what Omipay answers under a number that a person entered is about our order only where it names our own number. */
import { describe, expect, it } from 'vitest';
import { answerOf, testAttempt } from '../../testing/gateway-answers.ts';
import type { AttemptFacts, Outcome } from '../gateway.ts';
import { exampleOrderNo, exampleOutOrderNo } from './fixtures/examples.ts';
import { omipay } from './index.ts';

const settings = omipay.settings.parse({ baseUrl: 'https://api.example/omipay/api/v2', merchantNumber: '1000001234', secretKey: 'S'.repeat(32), posNumber: 'P1', currency: 'AUD' });
const claimed: AttemptFacts = { ...testAttempt({ attemptRef: exampleOutOrderNo, amount: { minor: 100, currency: 'AUD' } }), gatewayRef: exampleOrderNo, gatewayRefIsClaim: true, code: null };
const queried = (result_code: string, more: object = {}) => ({ return_code: 'SUCCESS', result_code, currency: 'AUD', amount: 100, order_no: exampleOrderNo, out_order_no: exampleOutOrderNo, ...more });
const read = (body: unknown, facts = claimed): Outcome => omipay.read('query', facts, answerOf(body), settings);

describe('an answer under a claimed number', () => {
  it('case 22: is ours where our number and the amount agree', () => {
    expect(read(queried('PAID'))).toMatchObject({ kind: 'paid', amountCompared: true, order: { gatewayRef: exampleOrderNo } });
    expect(read(queried('READY'))).toMatchObject({ kind: 'waiting' });
    expect(read(queried('CANCELLED'))).toMatchObject({ kind: 'declined', order: { gatewayRef: exampleOrderNo } });
  });
  it('case 22: without our number it is nobody’s, though the amount agrees; a number that Omipay had named needs none', () => {
    const unnamed = queried('PAID', { out_order_no: undefined });
    expect(read(unnamed)).toMatchObject({ kind: 'unknown', why: 'mismatch', order: null });
    expect(read(unnamed, { ...claimed, gatewayRefIsClaim: false })).toMatchObject({ kind: 'paid' });
    expect(read(queried('CANCELLED', { out_order_no: '' }))).toMatchObject({ kind: 'unknown', why: 'mismatch' });
  });
  it('case 22: another number, amount or currency is a mismatch, and so is paid without an amount', () => {
    for (const more of [{ out_order_no: 'X0000000000000000000001' }, { amount: 101 }, { currency: 'CNY' }, { amount: undefined }, { order_no: '999' }]) {
      expect(read(queried('PAID', more)), JSON.stringify(more)).toMatchObject({ kind: 'unknown', why: 'mismatch' });
    }
  });
  it('case 22: "no such order of yours" says that the number is wrong; of a number that Omipay had named it says nothing', () => {
    for (const error_code of ['PERMISSION_ERROR', 'PARAMETER_INVALID']) {
      expect(read({ return_code: 'FAIL', error_code })).toMatchObject({ kind: 'unknown', why: 'mismatch' });
      expect(read({ return_code: 'FAIL', error_code }, { ...claimed, gatewayRefIsClaim: false })).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure' });
    }
  });
  it('case 22: a refused key or a fault of the system says nothing about the number', () => {
    expect(read({ return_code: 'FAIL', error_code: 'SIGN_ERROR' })).toMatchObject({ kind: 'unknown', why: 'keyRefused' });
    expect(read({ return_code: 'FAIL', error_code: 'SYSTEM_ERROR' })).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure' });
  });
});
