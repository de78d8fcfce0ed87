/** Shouqianba (收钱吧) upay gateway 2.0: B-scan-C pay, query, cancel and refund. */
import type { Gateway } from '../gateway.ts';
import { lookUp } from './look-up.ts';
import { readOutcome } from './outcomes.ts';
import { buildRequest } from './requests.ts';
import { shouqianbaForm, shouqianbaSettings, type ShouqianbaSettings } from './settings.ts';

export const shouqianba: Gateway<ShouqianbaSettings> = {
  id: 'shouqianba',
  names: { 'zh-CN': '收钱吧', en: 'Shouqianba' },
  capabilities: {
    cpm: true,
    mpm: false,
    currencies: ['CNY'],
    queryBy: 'attemptRef',
    // FIELD: on the day of the payment alone, China time.
    reverse: { undoesPaid: true, onlyOnDayAtOffsetMinutes: 480 },
    present: null,
    repeatPayWithinSeconds: null,
    firstQueryAfterSeconds: 3,
    reference: { prefix: 'S', length: 23, alphabet: '0123456789' },
    refund: {
      orderBy: 'attemptRef',
      partial: true,
      // FIELD: within 3 months.
      withinDays: 90,
      // FIELD: a refund that is sent again keeps its number, and is then "already done" at most.
      repeat: 'same',
      queryBy: null,
      // FIELD: at most 20 bytes, where the document says 32.
      reference: { prefix: 'R', length: 20, alphabet: '0123456789' },
    },
  },
  settings: shouqianbaSettings,
  form: shouqianbaForm,
  secretKeys: ['terminalKey'] satisfies readonly (keyof ShouqianbaSettings)[],
  identity: (settings) => ({ origin: new URL(settings.baseUrl).origin, account: settings.terminalSn }),
  currency: (settings) => settings.currency ?? 'CNY',
  lookUp,
  token: null,
  notification: null,
  build: (call, attempt, settings) => buildRequest(call, attempt, settings),
  read: readOutcome,
};
