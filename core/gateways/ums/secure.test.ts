/** Guaranteed payments at UMS: completing and cancelling, with the document's examples and all their words. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise, testMoment } from '../../testing/gateway-answers.ts';
import { cancelledBefore, completed } from './fixtures/examples.ts';
import { orderNumber, settings } from './fixtures/shop.ts';
import { buildSecureCancel, buildSecureComplete, readSecureCancel, readSecureComplete } from './secure.ts';
import { errorCodes, secureStatuses } from './table.ts';

const yuan = (minor: number) => ({ minor, currency: 'CNY' }) as const;
const order = { merOrderId: orderNumber, totalAmount: yuan(3850) };
const common = { requestTimestamp: '2016-12-27 12:13:56', mid: '898201612345678', tid: '88880001', instMid: 'APPDEFAULT', merOrderId: orderNumber };
const answered = (secureStatus: string, more: object = {}) => ({ errCode: 'SUCCESS', merOrderId: orderNumber, totalAmount: '3850', secureStatus, ...more });
const complete = (body: unknown, amount = yuan(3850)) => readSecureComplete(order, amount, answerOf(body));
const cancel = (body: unknown) => readSecureCancel(order, answerOf(body));
const fieldsOf = (request: { body: Uint8Array | null }) => JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array()));

describe('requests', () => {
  test('completing names the sum in fen (1.6.3)', () => {
    const request = buildSecureComplete(order, yuan(3000), settings, testMoment);
    expect(request.url).toBe('https://api-mop.chinaums.com/v1/netpay/secure-complete');
    expect(fieldsOf(request)).toEqual({ ...common, completedAmount: 3000 });
  });

  test('cancelling names the order alone (1.5.3)', () => {
    const request = buildSecureCancel(order, settings, testMoment);
    expect(request.url).toBe('https://api-mop.chinaums.com/v1/netpay/secure-cancel');
    expect(fieldsOf(request)).toEqual(common);
  });

  test('nothing is completed of what was never paid', () => {
    for (const amount of [yuan(0), yuan(3851), yuan(-1), yuan(0.5), { minor: 1, currency: 'AUD' } as const]) expect(() => buildSecureComplete(order, amount, settings, testMoment)).toThrow('completedAmount');
  });
});

describe('completing', () => {
  test('the example of 1.6.4', () => {
    expect(readSecureComplete({ merOrderId: completed.merOrderId, totalAmount: yuan(1) }, yuan(1), answerOf(completed.body))).toEqual({
      kind: 'completed', part: false, completed: yuan(1), evidence: { code: 'SUCCESS/ALL_COMPLETED', words: '担保完成成功' },
    });
  });

  test('in part is in part, and all is all', () => {
    expect(complete(answered('PARTLY_COMPLETED', { completedAmount: '3000' }), yuan(3000))).toMatchObject({ kind: 'completed', part: true, completed: yuan(3000) });
    expect(complete(answered('ALL_COMPLETED', { completedAmount: 3850 }))).toMatchObject({ kind: 'completed', part: false });
    expect(complete(answered('ALL_COMPLETED', { completedAmount: 3000 }), yuan(3000))).toMatchObject({ kind: 'unknown', why: 'mismatch' });
    expect(complete(answered('PARTLY_COMPLETED', { completedAmount: 3850 }))).toMatchObject({ kind: 'unknown', why: 'mismatch' });
  });

  test.each([
    [{ completedAmount: 3849 }], [{ completedAmount: undefined }], [{ completedAmount: '38.50' }], [{ completedAmount: 3850, merOrderId: '1001U9' }], [{ completedAmount: 3850, merOrderId: undefined }],
    [{ completedAmount: 3850, totalAmount: 3851 }],
  ])('with %j is not known', (change) => {
    expect(complete(answered('ALL_COMPLETED', change))).toMatchObject({ kind: 'unknown', why: 'mismatch' });
  });

  test('the other states', () => {
    expect(complete(answered('UNCOMPLETED'))).toMatchObject({ kind: 'uncompleted' });
    expect(complete(answered('CANCELED'))).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure' });
    expect(complete(answered('SOMETHING'))).toMatchObject({ kind: 'unknown', why: 'unlisted' });
    expect(complete(answered(''))).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure' });
    expect(complete({ errCode: 'HAS_CANCELLED' })).toMatchObject({ kind: 'refused', reason: 'orderState' });
  });
});

describe('cancelling', () => {
  test('is done, or was before (1.5.4)', () => {
    expect(cancel(answered('CANCELED'))).toEqual({ kind: 'cancelled', evidence: { code: 'SUCCESS/CANCELED', words: null } });
    expect(cancel({ errCode: 'HAS_CANCELLED', errMsg: '该笔担保交易已撤销' })).toEqual({ kind: 'cancelled', evidence: { code: 'HAS_CANCELLED', words: '该笔担保交易已撤销' } });
    expect(cancel(answered('CANCELED', { merOrderId: undefined }))).toMatchObject({ kind: 'unknown', why: 'mismatch' });
    expect(cancel({ errCode: 'HAS_CANCELLED', merOrderId: '1001U9' })).toMatchObject({ kind: 'unknown', why: 'mismatch' });
    expect(cancel({ errCode: 'HAS_CANCELLED', secureStatus: 'ALL_COMPLETED' })).toMatchObject({ kind: 'unknown', why: 'gatewayUnsure' });
  });

  test('with the comma that the example prints it is no JSON, and unknown', () => {
    expect(cancel(cancelledBefore)).toEqual({ kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } });
  });

  test('what is completed is refused, what is neither is told', () => {
    for (const state of ['ALL_COMPLETED', 'PARTLY_COMPLETED']) expect(cancel(answered(state, { completedAmount: 3850 }))).toMatchObject({ kind: 'refused', reason: 'orderState' });
    expect(cancel(answered('UNCOMPLETED'))).toMatchObject({ kind: 'uncompleted' });
  });
});

test('every word of 2.1 and 2.4 has an outcome in both calls', () => {
  for (const [errCode, row] of Object.entries(errorCodes)) {
    for (const [call, result] of [['complete', complete({ errCode, errMsg: 'words' })], ['cancel', cancel({ errCode, errMsg: 'words' })]] as const) {
      const meaning = row[call];
      if (meaning.kind === 'refused') expect(result).toMatchObject({ kind: 'refused', reason: meaning.reason });
      else expect(result.kind).toBe(meaning.kind === 'cancelled' ? 'cancelled' : 'unknown');
    }
  }
  expect(complete({ errCode: 'SOMETHING' })).toMatchObject({ kind: 'unknown', why: 'unlisted' });
  expect(Object.keys(secureStatuses)).toHaveLength(4);
});

test('never throws, and noise ends nothing', () => {
  fc.assert(fc.property(noise, (body) => {
    for (const result of [complete(body), cancel(body)]) expect(result).toEqual({ kind: 'unknown', why: 'unlisted', evidence: { code: null, words: null } });
  }));
});
