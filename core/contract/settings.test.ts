/** The schema of settings.json: strict at any depth, defaults as documented, problems in words without values. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z, type ZodType } from 'zod';
import { amountSetting, settingsProblem, settingsSchema, type Settings, type SettingsProblem } from './settings.ts';

const secret = z.string('must be text in quotes').min(1, 'must not be empty');
const gatewaySchemas: Readonly<Record<string, ZodType>> = {
  shouqianba: z.strictObject({ baseUrl: z.url('must be an address'), terminalSn: secret, terminalKey: secret, payment: z.unknown().optional(), supportPhone: z.string().optional() }),
  omipay: z.looseObject({ secretKey: secret }),
};
const schema = settingsSchema(gatewaySchemas);

const block = { baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100', terminalKey: 'hidden-key' };
const least = { store: {}, terminal: {}, gateways: { shouqianba: block } };

function read(changes: Record<string, unknown>): Settings {
  return schema.parse({ ...least, ...changes });
}

function problem(changes: Record<string, unknown>): SettingsProblem {
  const raw = { ...least, ...changes };
  const parsed = schema.safeParse(raw);
  if (parsed.success) throw new Error('no problem was found');
  return settingsProblem(parsed.error, raw);
}

describe('defaults', () => {
  test('store, terminal and gateways are enough', () => {
    expect(read({})).toEqual({
      store: { name: 'ScanTill', timezone: 'Asia/Shanghai', locale: 'zh-CN', currency: 'CNY', dayChangeHour: 0 },
      receipt: { header: [], footer: [] },
      refund: { reasons: [], approvalAbove: { minor: 5000, currency: 'CNY' } },
      staff: { pinDigits: 4 },
      backup: { folder: null },
      notifications: null,
      cash: { on: true, roundTo: { minor: 10, currency: 'CNY' }, notes: [100, 500, 1000, 2000, 5000, 10000].map((minor) => ({ minor, currency: 'CNY' })) },
      terminal: { id: 'T01' },
      gateways: {
        shouqianba: {
          settings: block,
          payment: { maximumAmount: '50000.00', deadlineSeconds: 45, presentSeconds: 240, reverseNotBeforeSeconds: 15, pollIntervalSeconds: 3, answerTimeoutSeconds: 15 },
          supportPhone: null,
        },
      },
      routing: null,
      payment: { maximumAmount: '50000.00', deadlineSeconds: 45, presentSeconds: 240, reverseNotBeforeSeconds: 15, pollIntervalSeconds: 3, answerTimeoutSeconds: 15 },
      formerGateways: {},
      devices: { scanners: [], printer: null },
    });
  });

  test('a gateway’s payment stands over the till’s, key by key', () => {
    const settings = read({
      payment: { deadlineSeconds: 60, pollIntervalSeconds: 5 },
      gateways: { shouqianba: { ...block, payment: { deadlineSeconds: 30, maximumAmount: '10' }, supportPhone: '400' } },
    });
    expect(settings.gateways['shouqianba']).toMatchObject({ payment: { deadlineSeconds: 30, pollIntervalSeconds: 5, maximumAmount: '10' }, supportPhone: '400' });
    expect(settings.payment).toMatchObject({ deadlineSeconds: 60, maximumAmount: '50000.00' });
  });

  test('a currency without decimals takes the defaults too', () => {
    const settings = read({ store: { currency: 'JPY' }, gateways: {} });
    expect(settings.refund.approvalAbove).toEqual({ minor: 50, currency: 'JPY' });
    expect(settings.cash.roundTo).toEqual({ minor: 1, currency: 'JPY' });
    expect(amountSetting(settings.payment.maximumAmount, 'JPY')).toEqual({ minor: 50_000, currency: 'JPY' });
  });

  test('devices fill in what was left out', () => {
    expect(read({ devices: { scanners: [{ type: 'serial', path: '/dev/ttyACM0' }, { type: 'hid' }, { type: 'keyboard' }], printer: { type: 'usb' } } }).devices).toEqual({
      scanners: [{ type: 'serial', path: '/dev/ttyACM0', baudRate: 9600 }, { type: 'hid' }, { type: 'keyboard', holdMilliseconds: 70, gapMilliseconds: 65 }],
      printer: { type: 'usb', path: '/dev/usb/lp0', columns: 48, encoding: 'gb18030' },
    });
  });
});

describe('problems name the key and say what to write', () => {
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['unknown key', { printer: {} }, 'printer', /no key of the settings/],
    ['unknown key deep down', { devices: { printer: { type: 'tcp', host: 'p', portt: 1 } } }, 'devices.printer.portt', /no key of the settings/],
    ['unknown key of a scanner', { devices: { scanners: [{ type: 'hid', path: 'x' }] } }, 'devices.scanners[0].path', /no key/],
    ['unknown gateway', { gateways: { paypal: {} } }, 'gateways.paypal', /no gateway/],
    ['unknown key of a gateway', { gateways: { shouqianba: { ...block, apiKey: 'hidden-key' } } }, 'gateways.shouqianba.apiKey', /no key/],
    ['missing block', { store: undefined }, 'store', /is missing: add it/],
    ['missing secret', { gateways: { shouqianba: { ...block, terminalKey: undefined } } }, 'gateways.shouqianba.terminalKey', /is missing: add it/],
    ['empty secret', { gateways: { shouqianba: { ...block, terminalKey: '' } } }, 'gateways.shouqianba.terminalKey', /must not be empty/],
    ['a secret of the wrong kind', { gateways: { shouqianba: { ...block, terminalKey: 12345 } } }, 'gateways.shouqianba.terminalKey', /text in quotes/],
    ['too long a deadline', { payment: { deadlineSeconds: 181 } }, 'payment.deadlineSeconds', /from 1 to 180/],
    ['no deadline', { payment: { deadlineSeconds: 0 } }, 'payment.deadlineSeconds', /from 1 to 180/],
    ['half a second', { payment: { pollIntervalSeconds: 0.5 } }, 'payment.pollIntervalSeconds', /whole number/],
    ['seconds as text', { payment: { answerTimeoutSeconds: '15' } }, 'payment.answerTimeoutSeconds', /whole number/],
    ['a deadline of one gateway', { gateways: { shouqianba: { ...block, payment: { deadlineSeconds: 500 } } } }, 'gateways.shouqianba.payment.deadlineSeconds', /from 1 to 180/],
    ['a key of one gateway’s payment', { gateways: { omipay: { secretKey: 's', payment: { deadline: 5 } } } }, 'gateways.omipay.payment.deadline', /no key/],
    ['an amount as a number', { payment: { maximumAmount: 50000 } }, 'payment.maximumAmount', /amount in quotes/],
    ['no amount', { payment: { maximumAmount: '0.00' } }, 'payment.maximumAmount', /amount in quotes/],
    ['no amount at one gateway', { gateways: { shouqianba: { ...block, payment: { maximumAmount: '0.00' } } } }, 'gateways.shouqianba.payment.maximumAmount', /amount in quotes/],
    ['decimals at a gateway of a currency without any', { gateways: { omipay: { secretKey: 's', currency: 'JPY', payment: { maximumAmount: '3000.50' } } } }, 'gateways.omipay.payment.maximumAmount', /amount in quotes/],
    ['too many decimals', { refund: { approvalAbove: '1.005' } }, 'refund.approvalAbove', /decimals/],
    ['a note of a float', { cash: { notes: ['1', '0.123'] } }, 'cash.notes[1]', /amount/],
    ['an unknown currency', { store: { currency: 'RMB' } }, 'store.currency', /currency/],
    ['an unknown zone', { store: { timezone: 'Asia/Peking' } }, 'store.timezone', /time zone/],
    ['an unknown language', { store: { locale: 'de' } }, 'store.locale', /"zh-CN", "en"/],
    ['an hour of 24', { store: { dayChangeHour: 24 } }, 'store.dayChangeHour', /from 0 to 23/],
    ['a terminal with a blank', { terminal: { id: 'T 1' } }, 'terminal.id', /letters or digits/],
    ['a route to nowhere', { routing: { cpm: { wechat: 'omipay' } } }, 'routing.cpm.wechat', /stands under gateways/],
    ['a second route to nowhere', { routing: { mpm: ['shouqianba', 'ums'] } }, 'routing.mpm[1]', /stands under gateways/],
    ['a wallet that is none', { routing: { cpm: { venmo: 'shouqianba' } } }, 'routing.cpm.venmo', /no key/],
    ['a printer of no kind', { devices: { printer: { type: 'bluetooth' } } }, 'devices.printer.type', /"tcp", "serial" or "usb"/],
    ['a paper of 40 columns', { devices: { printer: { type: 'usb', columns: 40 } } }, 'devices.printer.columns', /32, 42 or 48/],
    ['a printer without host', { devices: { printer: { type: 'tcp' } } }, 'devices.printer.host', /is missing/],
    ['a list that is none', { receipt: { header: 'Corner shop' } }, 'receipt.header', /square brackets/],
    ['a group that is none', { staff: 4 }, 'staff', /in braces/],
  ])('%s', (_what, changes, key, sentence) => {
    const found = problem(changes);
    expect(found.key).toBe(key);
    expect(found.sentence.en).toContain(key);
    expect(found.sentence.en).toMatch(sentence);
    expect(found.sentence['zh-CN']).toContain(key);
    expect(found.sentence['zh-CN']).toMatch(/。$/);
    expect(JSON.stringify(found)).not.toMatch(/hidden-key|12345/);
  });

  test('what is no group at all', () => {
    for (const raw of [null, [], 5, 'text']) {
      const parsed = schema.safeParse(raw);
      if (parsed.success) throw new Error('no problem was found');
      expect(settingsProblem(parsed.error, raw)).toMatchObject({ key: '', sentence: { en: 'settings.json must be a group of keys in braces.' } });
    }
  });
});

describe('docs/settings.md', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  // What is no setting stands in a section of its own.
  const [settingsAlone = ''] = page.split('\n## The customer display');
  const documented = [...settingsAlone.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');

  test('documents every key of the schema, and no other', () => {
    const keys = new Set<string>();
    interface Shape { properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[]; oneOf?: Shape[]; allOf?: Shape[] }
    const walk = (shape: Shape, path: string): void => {
      const parts = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])];
      for (const part of parts) walk(part, path);
      if (shape.items !== undefined && (shape.items.oneOf ?? shape.items.anyOf) !== undefined) return walk(shape.items, `${path}[]`);
      for (const [name, inner] of Object.entries(shape.properties ?? {})) walk(inner, path === '' ? name : `${path}.${name}`);
      if (shape.properties === undefined && parts.length === 0) keys.add(path);
    };
    walk(z.toJSONSchema(settingsSchema({}), { io: 'input', unrepresentable: 'any' }) as Shape, '');
    // Without gateways the schema has no blocks; what holds for each stands in the tables as X.
    const own = [...keys, 'gateways.X.baseUrl', 'gateways.X.currency', 'gateways.X.supportPhone', 'gateways.X.payment', 'formerGateways.X',
      'gateways.shouqianba', 'gateways.omipay', 'gateways.ums', 'gateways.omoney', 'gateways.aggregator'];
    expect([...new Set(documented)].sort()).toEqual([...new Set(own)].sort());
  });

  test('its example is valid', () => {
    const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const settings = schema.parse(JSON.parse(example));
    expect(settings.store.name).toBe('Corner shop');
  });
});
