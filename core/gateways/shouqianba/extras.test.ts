/** What an order may say besides: goods, parameters, a text that comes back. */
import { describe, expect, test } from 'vitest';
import { testAttempt } from '../../testing/gateway-answers.ts';
import type { OrderExtras } from './extras.ts';
import { shouqianba } from './index.ts';
import { buildRequest } from './requests.ts';

const settings = shouqianba.settings.parse({ baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'c9d5ff0d4d2f1ef1f9f0a2f1f5ee43ad' });
const fieldsOf = (call: 'pay' | 'present' | 'query', extras?: OrderExtras) => JSON.parse(new TextDecoder().decode(buildRequest(call, testAttempt(), settings, extras).body ?? new Uint8Array()));

const full: OrderExtras = {
  description: '两个鸡蛋', position: { longitude: '121.47', latitude: '31.23' }, reflect: 'table 5', extended: { goods_tag: 'WXG', limits: { credit: false } }, subPayway: '1',
  goodsDetails: [{ goodsId: '1', goodsName: '鸡蛋', quantity: 2, price: { minor: 1925, currency: 'CNY' }, promotionType: 0 }, { goodsId: '2', goodsName: '茶', quantity: 1, price: { minor: 0, currency: 'CNY' } }],
};

describe.each(['pay', 'present'] as const)('%s', (call) => {
  test('says what was given, under the names of the document (3.2.2, 3.6.2, FIELD), and nothing else', () => {
    expect(fieldsOf(call, full)).toEqual({
      ...fieldsOf(call), description: '两个鸡蛋', longitude: '121.47', latitude: '31.23', reflect: 'table 5', extended: { goods_tag: 'WXG', limits: { credit: false } }, sub_payway: '1',
      goods_details: [{ goods_id: '1', goods_name: '鸡蛋', quantity: 2, price: 1925, promotion_type: 0 }, { goods_id: '2', goods_name: '茶', quantity: 1, price: 0 }],
    });
    expect(fieldsOf(call, {})).toEqual(fieldsOf(call));
  });

  test.each<readonly [string, OrderExtras, string]>([
    ['a long text to come back', { reflect: 'x'.repeat(65) }, 'reflect'], ['a long description', { description: 'x'.repeat(257) }, 'description'],
    ['long parameters', { extended: { a: 'x'.repeat(256) } }, 'extended'], ['half a piece', { goodsDetails: [{ goodsId: '1', goodsName: 'x', quantity: 0.5, price: { minor: 1, currency: 'CNY' } }] }, 'quantity'],
    ['a price in dollars', { goodsDetails: [{ goodsId: '1', goodsName: 'x', quantity: 1, price: { minor: 1, currency: 'AUD' } }] }, 'AUD'], ['a way that is no number', { subPayway: 'x' }, 'subPayway'],
  ])('refuses %s', (_name, extras, word) => {
    expect(() => fieldsOf(call, extras)).toThrow(word);
  });
});

test('a query says none of it', () => {
  expect(fieldsOf('query', full)).toEqual(fieldsOf('query'));
});
