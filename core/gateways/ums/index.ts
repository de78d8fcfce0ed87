/** UnionPay Merchant Services netpay, 2020-09-21: C-scan-B precreate, query, close, refund; B-scan-C through poslink where configured. */
import type { Gateway } from '../gateway.ts';
import { documented } from './documented.ts';
import { lookUp } from './look-up.ts';
import { notification } from './notification.ts';
import { readOutcome } from './outcomes.ts';
import { buildRequest } from './requests.ts';
import { accountOf, umsForm, umsSettings, type UmsSettings } from './settings.ts';

const digits = '0123456789';

/** Document 1.1: less than 28 characters. The source number stands in front of them (`references`). */
const numberLength = 27;

export const ums: Gateway<UmsSettings> = {
  id: 'ums',
  names: { 'zh-CN': '银联商务', en: 'UMS' },
  capabilities: {
    cpm: true,
    mpm: true,
    currencies: ['CNY'],
    queryBy: 'attemptRef',
    // Poslink's undoing of a payment (FIELD); on the day of the payment alone, as such undoing is everywhere.
    reverse: { undoesPaid: true, onlyOnDayAtOffsetMinutes: 480 },
    present: {
      queryBy: 'attemptRef',
      // Document 1.7: only what isn't paid can be closed.
      reverse: { undoesPaid: false, onlyOnDayAtOffsetMinutes: null },
      firstQueryAfterSeconds: 3,
      // Document 1.1.3, `expireTime`: 30 minutes.
      validSecondsMost: 1800,
      // Document 1.1.2: the order with a code to show is Alipay's.
      wallets: ['alipay'],
    },
    repeatPayWithinSeconds: null,
    firstQueryAfterSeconds: 3,
    reference: { prefix: 'U', length: numberLength, alphabet: digits },
    refund: {
      orderBy: 'attemptRef',
      // Document 1.3.3, `refundOrderId`.
      partial: true,
      // "Some time after the trade" (1.3); no section says how long.
      withinDays: null,
      // Document 1.3.3: the same two numbers give no second refund but the first one's state.
      repeat: 'same',
      queryBy: 'refundRef',
      reference: { prefix: 'R', length: numberLength, alphabet: digits },
    },
  },
  settings: umsSettings,
  form: umsForm,
  secretKeys: ['appKey', 'notifyKey'] satisfies readonly (keyof UmsSettings)[],
  settingsOfWords: { NO_MERCHANT: 'merchantId' } satisfies Record<string, keyof UmsSettings>,
  directions: ({ poslink }) => ({ cpm: poslink !== undefined, mpm: true }),
  // A letter behind the source number, so that a receipt's 27 characters can't be taken for a payment code's digits.
  references: ({ sourceId }) => ({
    order: { prefix: `${sourceId}U`, length: numberLength, alphabet: digits },
    refund: { prefix: `${sourceId}R`, length: numberLength, alphabet: digits },
  }),
  identity: (settings) => ({ origin: new URL(settings.baseUrl).origin, account: accountOf(settings) }),
  currency: (settings) => settings.currency ?? 'CNY',
  lookUp,
  token: null,
  notification,
  documented,
  statement: { signature: /^merorderid$|银联商务/u, offsetMinutes: 480, amountUnit: null, columns: { attemptRef: ['merorderid'], gatewayRef: ['seqid', 'targetorderid'], refundRef: ['refundorderid'] } },
  build: buildRequest,
  read: readOutcome,
};
