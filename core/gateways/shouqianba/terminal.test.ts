/** Shouqianba's terminal calls: the bytes, the shapes of answers that FIELD names, and every listed word. */
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, noise } from '../../testing/gateway-answers.ts';
import { shouqianba } from './index.ts';
import { terminalCodes, terminalErrors } from './table.ts';
import { terminal } from './terminal.ts';

const settings = shouqianba.settings.parse({ baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' });
const vendor = { appId: '2016111100000001', vendorSn: '91800129', vendorKey: '677da351628d3fe7664321669c3439b2' };
const keys = { terminal_sn: '100000330001', terminal_key: '68d499beda5f72116592f5c527465656' };

describe('requests', () => {
  const signed = (body: Uint8Array | null, key: string) => createHash('md5').update(body ?? '').update(key).digest('hex');

  test('an activation is signed by the vendor (FIELD)', () => {
    const request = terminal.buildActivation({ baseUrl: settings.baseUrl, vendor, code: '63598324', deviceId: 'scantill-1' });
    expect([request.method, request.url]).toEqual(['POST', 'https://vsi-api.shouqianba.com/terminal/activate']);
    expect(JSON.parse(new TextDecoder().decode(request.body ?? undefined))).toEqual({ app_id: vendor.appId, code: '63598324', device_id: 'scantill-1' });
    expect(request.headers).toEqual({ 'content-type': 'application/json', authorization: `91800129 ${signed(request.body, vendor.vendorKey)}` });
  });
  test('a check-in is signed by the terminal (FIELD)', () => {
    const request = terminal.buildCheckIn(settings, 'scantill-1');
    expect(request.url).toBe('https://vsi-api.shouqianba.com/terminal/checkin');
    expect(JSON.parse(new TextDecoder().decode(request.body ?? undefined))).toEqual({ terminal_sn: '100000330001', device_id: 'scantill-1' });
    expect(request.headers['authorization']).toBe(`100000330001 ${signed(request.body, settings.terminalKey)}`);
  });
  test('the key is changed and nothing else', () => {
    expect(terminal.withKey(settings, 'another')).toEqual({ ...settings, terminalKey: 'another' });
    expect(terminal.terminalOf(settings)).toEqual({ number: '100000330001', key: settings.terminalKey });
    expect(Object.keys(settings)).toEqual(expect.arrayContaining(Object.values(terminal.settingKeys)));
  });
});

/** One answer in every shape that FIELD names: flat or nested, with or without a business code. */
const shapes = (fields: object, code: string): readonly (readonly [string, object])[] => [
  ['flat', { result_code: '200', ...fields }],
  ['flat with nulls', { result_code: '200', error_code: null, error_message: null, biz_response: null, ...fields }],
  ['in data', { result_code: '200', data: fields }],
  ['in biz_response', { result_code: '200', biz_response: fields }],
  ['in biz_response with a code', { result_code: '200', biz_response: { result_code: code, ...fields } }],
  ['in data of biz_response', { result_code: '200', biz_response: { data: fields } }],
  ['in data with a code and empty errors', { result_code: '200', error_code: '', biz_response: { result_code: code, error_code: '', error_message: '', data: { ...fields, merchant_sn: '1', store_sn: '2' } } }],
];

describe('an activation', () => {
  test.each(shapes(keys, 'ACTIVATE_SUCCESS'))('%s', (_name, body) => {
    expect(terminal.readActivation(answerOf(body))).toEqual({ kind: 'activated', terminalSn: keys.terminal_sn, terminalKey: keys.terminal_key });
  });
  test('without a number or a key is not known', () => {
    for (const change of [{ terminal_sn: '' }, { terminal_key: '' }, { terminal_key: 'a b c d e f' }, { terminal_sn: 'x'.repeat(33) }, { terminal_key: ['x'] }, { terminal_key: 'short' }]) {
      expect(terminal.readActivation(answerOf({ result_code: '200', ...keys, ...change })).kind).toBe('unknown');
    }
  });
});

describe('a check-in', () => {
  test.each(shapes(keys, 'TERMINAL_CHECKIN_SUCCESS'))('%s', (_name, body) => {
    expect(terminal.readCheckIn(settings, answerOf(body))).toEqual({ kind: 'checkedIn', terminalKey: keys.terminal_key });
  });
  test('of another terminal is not believed; without a number it is ours', () => {
    expect(terminal.readCheckIn(settings, answerOf({ result_code: '200', ...keys, terminal_sn: '2' })).kind).toBe('unknown');
    expect(terminal.readCheckIn(settings, answerOf({ result_code: '200', terminal_key: keys.terminal_key })).kind).toBe('checkedIn');
  });
});

describe('words', () => {
  test('every listed error refuses, with 400 and without a business part', () => {
    expect(Object.keys(terminalErrors)).toEqual(expect.arrayContaining(['INVALID_PARAMS', 'INVALID_PARAMETER', 'ILLEGAL_SIGN', 'INVALID_TERMINAL', 'TERMINAL_NOT_EXISTS', 'UPAY_TERMINAL_NOT_EXISTS', 'UPAY_TERMINAL_STATUS_ABNORMAL']));
    for (const [error_code, { means }] of Object.entries(terminalErrors)) {
      const refused = { result_code: '400', error_code, error_message: '激活码不存在' };
      expect(terminal.readActivation(answerOf(refused))).toEqual({ kind: 'refused', why: means, evidence: { code: `400/${error_code}`, words: '激活码不存在' } });
      expect(terminal.readCheckIn(settings, answerOf(refused))).toMatchObject({ kind: 'refused', why: means === 'codeRefused' ? 'other' : means });
      for (const change of [{ result_code: '500' }, { result_code: '201' }, { biz_response: keys }]) expect(terminal.readActivation(answerOf({ ...refused, ...change })).kind).toBe('unknown');
    }
    expect(terminal.readActivation(answerOf({ result_code: '400', error_code: 'NEW' })).kind).toBe('unknown');
  });
  test('every listed code is good for its own call alone', () => {
    for (const [code, row] of Object.entries(terminalCodes)) {
      const body = { result_code: '200', biz_response: { result_code: code, data: keys } };
      expect(terminal.readActivation(answerOf(body)).kind).toBe(row.activate === 'done' ? 'activated' : 'unknown');
      expect(terminal.readCheckIn(settings, answerOf(body)).kind).toBe(row.checkin === 'done' ? 'checkedIn' : 'unknown');
    }
    for (const biz of [{ result_code: 'FAIL', ...keys }, { result_code: 'ACTIVATE_SUCCESS', error_code: 'X', ...keys }, { result_code: ['x'], ...keys }]) {
      expect(terminal.readActivation(answerOf({ result_code: '200', biz_response: biz })).kind).toBe('unknown');
    }
  });
  test('an answer that is not known tells no key', () => {
    expect(JSON.stringify(terminal.readActivation(answerOf({ result_code: '200', biz_response: { result_code: 'FAIL', error_message: 'no', ...keys } })))).not.toContain(keys.terminal_key);
  });
});

test('what an answer says of the key: only ILLEGAL_SIGN refuses it, only a carried-out call takes it', () => {
  const word = (body: unknown, status?: number) => terminal.keyWord(answerOf(body, status));
  expect(word({ result_code: '400', error_code: 'ILLEGAL_SIGN' })).toBe('refused');
  expect(word({ result_code: '400', error_code: 'ILLEGAL_SIGN' }, 401)).toBe('refused');
  expect(word({ result_code: '200', biz_response: { result_code: 'PAY_FAIL' } })).toBe('taken');
  for (const body of [{ result_code: '500', error_code: 'ILLEGAL_SIGN' }, { result_code: '400', error_code: 'INVALID_PARAMS' }, { result_code: '400', error_code: 'ILLEGAL_SIGN', biz_response: { result_code: 'PAY_SUCCESS' } }, '<html>', '']) {
    expect(word(body)).toBeNull();
  }
});

test('days are China’s', () => {
  const at = (text: string) => terminal.dayOf(Date.parse(text));
  expect(at('2026-11-21T15:59:59Z')).toBe(at('2026-11-20T16:00:00Z'));
  expect(at('2026-11-21T16:00:00Z')).toBe(at('2026-11-21T15:59:59Z') + 1);
});

test('noise is not known', () => {
  fc.assert(fc.property(noise, (body) => {
    expect(terminal.readActivation(answerOf(body)).kind).toBe('unknown');
    expect(terminal.readCheckIn(settings, answerOf(body)).kind).toBe('unknown');
    expect(terminal.keyWord(answerOf(body))).toBeNull();
  }));
});
