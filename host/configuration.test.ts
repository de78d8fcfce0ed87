/** From settings to a till: which gateway takes a scanned code, under which limits, with which devices. */
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../core/contract/settings.ts';
import type { Wallet } from '../core/contract/types.ts';
import { gateways } from '../core/gateways/registry.ts';
import { screenCodeDigits } from '../core/scan/codes.ts';
import { devicesSettings, gatewaySchemas, secretValues, tillConfiguration } from './configuration.ts';

const shouqianba = { baseUrl: 'https://one.invalid', terminalSn: '100000000000', terminalKey: '0123456789abcdef0123456789abcdef', currency: 'CNY' };
const omipay = { baseUrl: 'https://two.invalid/omipay/api/v2', merchantNumber: '000034', secretKey: 'abcdefabcdefabcdef', posNumber: 'POS1', currency: 'AUD' };

function configured(settings: object) {
  const parsed = settingsSchema(gatewaySchemas()).parse({ store: { name: 'Shop' }, terminal: { id: 'T01' }, ...settings });
  return { parsed, configuration: tillConfiguration(parsed, gateways, { version: '1.0.0', codeDigits: screenCodeDigits, training: null, ownerAccess: false }) };
}

const wallets: readonly Wallet[] = ['wechat', 'alipay', 'unionpay', 'other'];
const routes = (settings: object): readonly (string | null)[] => wallets.map((wallet) => configured(settings).configuration.routeCode(wallet));

describe('routing', () => {
  it('goes to the first gateway of the store’s currency', () => {
    expect(routes({ gateways: { shouqianba, omipay } })).toEqual(Array(4).fill('shouqianba'));
    expect(routes({ store: { name: 'Shop', currency: 'AUD' }, gateways: { shouqianba, omipay } })).toEqual(Array(4).fill('omipay'));
  });

  it('goes nowhere where none of that currency takes codes', () => {
    expect(routes({ gateways: { omipay } })).toEqual([null, null, null, null]);
  });

  it('case 36: a wallet that the routing leaves out goes where the others go', () => {
    expect(routes({ gateways: { shouqianba }, routing: { cpm: { other: 'shouqianba' } } })).toEqual(Array(4).fill('shouqianba'));
    expect(routes({ gateways: { shouqianba }, routing: {} })).toEqual(Array(4).fill('shouqianba'));
  });

  it('never leads to a gateway of another currency', () => {
    expect(routes({ gateways: { shouqianba, omipay }, routing: { cpm: { wechat: 'omipay' } } })).toEqual(Array(4).fill('shouqianba'));
  });
});

describe('limits', () => {
  it('takes the till’s for every gateway, and a gateway’s own before them', () => {
    const { configuration } = configured({ gateways: { shouqianba: { ...shouqianba, payment: { deadlineSeconds: 90, maximumAmount: '10.00' } }, omipay }, payment: { deadlineSeconds: 30, maximumAmount: '20.00' } });
    const [one, two] = [configuration.gateways.get('shouqianba'), configuration.gateways.get('omipay')];
    expect(one?.policy).toMatchObject({ deadlineSeconds: 90, firstQueryAfterSeconds: 3 });
    expect(two?.policy).toMatchObject({ deadlineSeconds: 30, firstQueryAfterSeconds: 5 });
    expect([one?.maximumAmount, two?.maximumAmount]).toEqual([{ minor: 1000, currency: 'CNY' }, { minor: 2000, currency: 'AUD' }]);
    expect(configuration.maximumAmount).toEqual({ minor: 2000, currency: 'CNY' });
  });

  it('is 50000.00 where nothing is said', () => {
    expect(configured({ gateways: { shouqianba } }).configuration.maximumAmount).toEqual({ minor: 5_000_000, currency: 'CNY' });
  });
});

describe('devices and secrets', () => {
  it('leaves a keyboard scanner to the window', () => {
    const { parsed, configuration } = configured({ gateways: { shouqianba }, devices: { scanners: [{ type: 'keyboard' }, { type: 'hid' }] } });
    expect(devicesSettings(parsed)).toEqual({ scanners: [{ type: 'hid' }], printer: null });
    expect(configuration).toMatchObject({ scannersPresent: true, printerPresent: false });
  });

  it('knows every secret value, so that the log can hide it', () => {
    expect(secretValues(configured({ gateways: { shouqianba, omipay } }).parsed, gateways).toSorted()).toEqual([shouqianba.terminalKey, omipay.secretKey].toSorted());
  });
});
