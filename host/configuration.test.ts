/** From settings to a till: which gateway takes a scanned code, under which limits, with which devices. */
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../core/contract/settings.ts';
import type { Wallet } from '../core/contract/types.ts';
import { configuredFor } from '../core/configuration.ts';
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

describe('a gateway that is down', () => {
  // UMS stands for any second gateway that takes codes: here two names for one folder.
  const second = { ...gateways.find(({ id }) => id === 'shouqianba'), id: 'omipay' } as (typeof gateways)[number];
  const both = (routing: object) => {
    const schemas = { shouqianba: second.settings, omipay: second.settings };
    const parsed = settingsSchema(schemas).parse({ store: { name: 'Shop' }, terminal: { id: 'T01' }, gateways: { shouqianba, omipay: shouqianba }, routing });
    const known = [...gateways.filter(({ id }) => id === 'shouqianba'), second];
    return tillConfiguration(parsed, known, { version: '1.0.0', codeDigits: screenCodeDigits, training: null, ownerAccess: false });
  };
  const down = (...ids: readonly string[]) => (id: string): boolean => ids.includes(id);

  it('leaves new sales to the fallback of the wallet, or of all others', () => {
    const configuration = both({ cpm: { other: 'shouqianba' }, fallback: { alipay: 'omipay' } });
    expect(configuration.routeCode('alipay', down('shouqianba'))).toBe('omipay');
    expect(configuration.routeCode('wechat', down('shouqianba'))).toBe('shouqianba');
    expect(configuration.routeCode('alipay', down())).toBe('shouqianba');
    expect(both({ cpm: { wechat: 'shouqianba' }, fallback: { other: 'omipay' } }).routeCode('wechat', down('shouqianba'))).toBe('omipay');
  });

  it('keeps them where the fallback is down too, and where none is set', () => {
    expect(both({ cpm: { other: 'shouqianba' }, fallback: { other: 'omipay' } }).routeCode('alipay', down('shouqianba', 'omipay'))).toBe('shouqianba');
    expect(both({}).routeCode('alipay', down('shouqianba'))).toBe('shouqianba');
  });
});

describe('a gateway that shows codes and is down', () => {
  const second = { ...gateways.find(({ id }) => id === 'shouqianba'), id: 'omipay' } as (typeof gateways)[number];
  const showing = (routing: object | undefined, isDown: ((id: string) => boolean) | undefined): string | null => {
    const parsed = settingsSchema({ shouqianba: second.settings, omipay: second.settings }).parse({ store: { name: 'Shop' }, terminal: { id: 'T01' }, gateways: { shouqianba, omipay: shouqianba }, ...(routing === undefined ? {} : { routing }) });
    const known = [...gateways.filter(({ id }) => id === 'shouqianba'), second];
    return tillConfiguration(parsed, known, { version: '1.0.0', codeDigits: screenCodeDigits, training: null, ownerAccess: false }).routeShowing(isDown);
  };
  const down = (...ids: readonly string[]) => (id: string): boolean => ids.includes(id);

  it('leaves new codes to the next of its list, and has them back', () => {
    const mpm = ['omipay', 'shouqianba'];
    expect([showing({ mpm }, undefined), showing({ mpm }, down()), showing({ mpm }, down('omipay')), showing({ mpm }, down('shouqianba'))]).toEqual(['omipay', 'omipay', 'shouqianba', 'omipay']);
  });

  it('keeps them where all of the list are down, or where nothing else is in it', () => {
    expect(showing({ mpm: ['omipay', 'shouqianba'] }, down('omipay', 'shouqianba'))).toBe('omipay');
    expect(showing({ mpm: ['omipay'] }, down('omipay'))).toBe('omipay');
    expect(showing(undefined, down('shouqianba'))).toBe('shouqianba');
  });
});

describe('former identities (case 6)', () => {
  it('are kept beside the present one, and their keys are secret too', () => {
    const { parsed, configuration } = configured({ gateways: { shouqianba }, formerGateways: { shouqianba: [{ ...shouqianba, terminalSn: '200', terminalKey: 'old-old-old-old' }] } });
    expect(configuration.gateways.get('shouqianba')?.former?.map(({ identity }) => identity.account)).toEqual(['200']);
    expect(secretValues(parsed, gateways)).toContain('old-old-old-old');
  });
  it('are found for what was sent under them alone', () => {
    const { configuration } = configured({ gateways: { shouqianba }, formerGateways: { shouqianba: [{ ...shouqianba, terminalSn: '200' }] } });
    const sent = (account: string) => configuredFor(configuration.gateways, { gateway: 'shouqianba', identity: { origin: 'https://one.invalid', account } })?.identity.account ?? null;
    expect([sent('100000000000'), sent('200'), sent('300')]).toEqual(['100000000000', '200', null]);
  });
  it('are read with the gateway’s own schema', () => {
    const parsed = settingsSchema(gatewaySchemas()).safeParse({ store: {}, terminal: {}, gateways: { shouqianba }, formerGateways: { shouqianba: [{ terminalSn: '200' }], nobody: [] } });
    expect(parsed.error?.issues.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual(expect.arrayContaining(['formerGateways.shouqianba.0.baseUrl invalid_type', 'formerGateways unrecognized_keys']));
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
