/** The "综合支付" aggregator (gpu): a hosted payment that the customer opens by a QR code; no undo and no refund. */
import type { Gateway } from '../gateway.ts';
import { namedWallet } from '../shown-wallets.ts';
import { rowOf } from '../wire-fields.ts';
import { documented } from './documented.ts';
import { readNotification } from './notification.ts';
import { readOutcome } from './outcomes.ts';
import { buildRequest } from './requests.ts';
import { aggregatorForm, aggregatorSettings, type AggregatorSettings } from './settings.ts';
import { bankCodes } from './table.ts';

export const aggregator: Gateway<AggregatorSettings> = {
  id: 'aggregator',
  names: { 'zh-CN': '综合支付', en: 'Aggregator' },
  capabilities: {
    cpm: false,
    mpm: true,
    currencies: ['CNY'],
    queryBy: 'attemptRef',
    reverse: null,
    present: { queryBy: 'attemptRef', reverse: null, firstQueryAfterSeconds: 3, validSecondsMost: null, wallets: ['alipay', 'wechat'] },
    repeatPayWithinSeconds: null,
    firstQueryAfterSeconds: 3,
    // Document 5.1: 20 characters; its examples are longer (ERRATA).
    reference: { prefix: 'G', length: 20, alphabet: '0123456789' },
    // The document has none: told before, and recorded as done outside (ERRATA).
    refund: null,
  },
  settings: aggregatorSettings,
  form: aggregatorForm,
  secretKeys: ['secret'] satisfies readonly (keyof AggregatorSettings)[],
  // The unit decides what its answers mean: an order is read under the one that it was made under.
  shownWallets: ({ bankCode }) => namedWallet(rowOf(bankCodes, bankCode)?.wallet),
  identity: (settings) => ({ origin: new URL(settings.baseUrl).origin, account: settings.amountUnit === 'fen' ? settings.appId : `${settings.appId}/${settings.amountUnit}` }),
  currency: (settings) => settings.currency ?? 'CNY',
  lookUp: null,
  token: null,
  notification: { read: readNotification },
  documented,
  statement: { signature: /^platformorderno$/u, offsetMinutes: 480, amountUnit: null, columns: { attemptRef: ['orderno'], gatewayRef: ['platformorderno'] } },
  build: (call, attempt, settings) => buildRequest(call, attempt, settings),
  read: readOutcome,
};
