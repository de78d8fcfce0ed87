/** Whom a shown code serves, at each gateway by its settings. */
import { describe, expect, test } from 'vitest';
import { gateways } from './registry.ts';
import { mayAskFor, shownWallets } from './shown-wallets.ts';

function gatewayOf(id: string): (typeof gateways)[number] {
  const gateway = gateways.find((one) => one.id === id);
  if (gateway === undefined) throw new Error(`no gateway ${id}`);
  return gateway;
}

describe('a code for which no wallet was asked', () => {
  test.each([
    ['shouqianba', {}, ['wechat']], ['shouqianba', { qrPayway: '1' }, ['alipay']], ['shouqianba', { qrPayway: '17' }, ['unionpay']], ['shouqianba', { qrPayway: '18' }, []], ['shouqianba', { qrPayway: '99' }, []],
    ['omipay', {}, ['wechat']], ['omipay', { qrPlatform: 'ALIPAY' }, ['alipay']], ['omipay', { qrPlatform: 'UPI' }, ['unionpay']],
    ['ums', {}, ['alipay']],
    ['omoney', { paymentMethod: 'ALIPAY' }, ['alipay']], ['omoney', { paymentMethod: 'VISA' }, []],
    ['aggregator', { bankCode: '912' }, ['wechat']], ['aggregator', { bankCode: '906' }, []], ['aggregator', { bankCode: '999' }, []],
  ] as const)('%s with %j is scanned by %j', (id, settings, wallets) => {
    expect(shownWallets(gatewayOf(id), settings)).toEqual(wallets);
  });
});

test('where the settings decide alone, only their wallet can be asked for', () => {
  const settings = { paymentMethod: 'ALIPAY' };
  expect(mayAskFor(gatewayOf('omoney'), settings, 'alipay')).toBe(true);
  expect(mayAskFor(gatewayOf('omoney'), settings, 'wechat')).toBe(false);
  expect(mayAskFor(gatewayOf('omipay'), {}, 'unionpay')).toBe(true);
  expect(mayAskFor(gatewayOf('aggregator'), { bankCode: '911' }, 'unionpay')).toBe(false);
});
