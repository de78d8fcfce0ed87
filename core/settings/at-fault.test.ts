/** What the owner is told to correct where a gateway refuses who we are: the setting by its name, or another activation. */
import { describe, expect, it } from 'vitest';
import { gateways } from '../gateways/registry.ts';
import { keptKey } from '../terminal/filled.ts';
import { keyIsKeptApart, numberAtFault, secretAtFault } from './at-fault.ts';

function gatewayOf(id: string): (typeof gateways)[number] {
  const gateway = gateways.find((one) => one.id === id);
  if (gateway === undefined) throw new Error(`no gateway ${id}`);
  return gateway;
}

describe('the number that is refused', () => {
  it.each([
    ['omipay', 'FAIL/MERCHANTNO_INVALID', 'gateways.omipay.merchantNumber'], ['omipay', 'FAIL/POS_NOT_REGISTERED', 'gateways.omipay.posNumber'], ['omipay', 'FAIL/BRANCH_INVALID', 'gateways.omipay'],
    ['shouqianba', '400/TERMINAL_NOT_EXISTS', 'gateways.shouqianba.terminalSn'], ['ums', 'NO_MERCHANT', 'gateways.ums.merchantId'], ['omoney', null, 'gateways.omoney'], ['omipay', 'toString', 'gateways.omipay'],
  ] as const)('%s says %s: %s', (id, code, key) => {
    expect(numberAtFault({ gateway: gatewayOf(id) }, code)).toBe(key);
  });
  it('names settings that are in the form', () => {
    for (const gateway of gateways) {
      const keys = gateway.form.map(({ key }) => key);
      expect(keys).toEqual(expect.arrayContaining(Object.values(gateway.settingsOfWords ?? {})));
    }
  });
});

describe('the key that is refused', () => {
  it('is the secret in the settings, and another activation where that gave it', () => {
    const gateway = gatewayOf('shouqianba');
    expect(secretAtFault({ gateway })).toBe('gateways.shouqianba.terminalKey');
    expect(keyIsKeptApart({ gateway, settings: { terminalSn: '100', terminalKey: 'a-key' } })).toBe(false);
    expect(keyIsKeptApart({ gateway, settings: { terminalSn: '100', terminalKey: keptKey } })).toBe(true);
    expect(keyIsKeptApart({ gateway: gatewayOf('omipay'), settings: {} })).toBe(false);
  });
});
