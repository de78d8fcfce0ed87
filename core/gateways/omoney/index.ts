/** OMoney merchant payment API V1.2.1: a hosted payment that the customer opens by a QR code, with refunds. */
import type { Gateway } from '../gateway.ts';
import { namedWallet } from '../shown-wallets.ts';
import { documented } from './documented.ts';
import { readNotification } from './notification.ts';
import { readOutcome, walletOf } from './outcomes.ts';
import { methods } from './payment-methods.ts';
import { buildRequest, tokenRequest } from './requests.ts';
import { omoneyCurrencies, omoneyForm, omoneySettings, type OmoneySettings } from './settings.ts';
import { readToken } from './token.ts';

export const omoney: Gateway<OmoneySettings> = {
  id: 'omoney',
  names: { 'zh-CN': 'OMoney', en: 'OMoney' },
  capabilities: {
    cpm: false,
    mpm: true,
    currencies: omoneyCurrencies,
    queryBy: 'gatewayRef',
    reverse: null,
    // ERRATA 2.1.9: a cancel names no state of the order, and what is paid stays paid.
    present: { queryBy: 'gatewayRef', reverse: { undoesPaid: false, onlyOnDayAtOffsetMinutes: null }, firstQueryAfterSeconds: 3, validSecondsMost: null, wallets: [] },
    repeatPayWithinSeconds: null,
    firstQueryAfterSeconds: 3,
    // Document 2.1.4: at most 50.
    reference: { prefix: 'M', length: 24, alphabet: '0123456789' },
    refund: {
      orderBy: 'attemptRef',
      partial: true,
      withinDays: null,
      // CASES 24: no idempotency at all, and a second one may fit.
      repeat: 'never',
      queryBy: 'gatewayRefundRef',
      // ERRATA 2.2: a lost answer hides the refund's number.
      asksPaymentInstead: true,
      reference: { prefix: 'R', length: 24, alphabet: '0123456789' },
    },
  },
  settings: omoneySettings,
  form: omoneyForm,
  secretKeys: ['clientSecret'] satisfies readonly (keyof OmoneySettings)[],
  shownWallets: ({ paymentMethod }) => namedWallet(walletOf(paymentMethod)),
  identity: (settings) => ({ origin: new URL(settings.baseUrl).origin, account: settings.clientId }),
  currency: (settings) => settings.currency ?? 'CNY',
  // An order is found by OMoney's number alone, and nothing says whether it was given back (CASES 38).
  lookUp: null,
  token: { build: tokenRequest, read: readToken },
  notification: { read: readNotification },
  methods,
  documented,
  statement: { signature: /omoney|^paymentid$/u, offsetMinutes: null, amountUnit: null, columns: { attemptRef: ['orderid'], gatewayRef: ['paymentid'] } },
  build: buildRequest,
  read: readOutcome,
};
