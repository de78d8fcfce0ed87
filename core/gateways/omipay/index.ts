/** Omipay Web API 2.0.6: MakeScanOrder (B-scan-C), MakeQROrder (C-scan-B), QueryOrder, Refund and QueryRefund. */
import type { Gateway } from '../gateway.ts';
import { namedWallet } from '../shown-wallets.ts';
import { documented } from './documented.ts';
import { lookUp } from './look-up.ts';
import { notification } from './notification.ts';
import { walletOf } from './order.ts';
import { readOutcome } from './outcomes.ts';
import { buildRequest } from './requests.ts';
import { omipayForm, omipaySettings, type OmipaySettings } from './settings.ts';
import { shownPlatforms } from './table.ts';

export const omipay: Gateway<OmipaySettings> = {
  id: 'omipay',
  names: { 'zh-CN': 'Omipay', en: 'Omipay' },
  capabilities: {
    cpm: true,
    mpm: true,
    currencies: ['AUD', 'CNY'],
    // Document 3.8: by order_no alone.
    queryBy: 'gatewayRef',
    reverse: null,
    // No section says how long a code can be paid, or how to close one (ERRATA 3.4).
    present: { queryBy: 'gatewayRef', reverse: null, firstQueryAfterSeconds: 5, validSecondsMost: null, wallets: ['wechat', 'alipay', 'unionpay'] },
    // CASES 21: same number, same code, while the code is fresh.
    repeatPayWithinSeconds: 45,
    firstQueryAfterSeconds: 5,
    reference: { prefix: 'A', length: 23, alphabet: '0123456789' },
    refund: {
      // Document 3.10: by order_no alone.
      orderBy: 'gatewayRef',
      // Document 3.10, note 2.
      partial: true,
      // QueryRefund knows a refund that came too late (3.11), and no section says when that is.
      withinDays: null,
      // CASES 24: no word of the document promises that a number given twice is one refund.
      repeat: 'whenMoreThanHalf',
      // Document 3.11: by refund_no alone.
      queryBy: 'gatewayRefundRef',
      reference: { prefix: 'R', length: 20, alphabet: '0123456789' },
    },
  },
  settings: omipaySettings,
  form: omipayForm,
  secretKeys: ['secretKey'] satisfies readonly (keyof OmipaySettings)[],
  settingsOfWords: { MERCHANTNO_INVALID: 'merchantNumber', POS_NOT_REGISTERED: 'posNumber' } satisfies Record<string, keyof OmipaySettings>,
  shownWallets: ({ qrPlatform }) => namedWallet(walletOf(qrPlatform ?? shownPlatforms.wechat)),
  identity: (settings) => ({ origin: new URL(settings.baseUrl).origin, account: settings.merchantNumber }),
  currency: (settings) => settings.currency ?? 'AUD',
  lookUp,
  token: null,
  notification,
  documented,
  statement: {
    signature: /omipay|^outorderno$/u, offsetMinutes: 600, amountUnit: 'major',
    columns: { attemptRef: ['outorderno'], gatewayRef: ['orderno', 'omipayorderno'], refundRef: ['outrefundno', 'refundno'] },
  },
  build: buildRequest,
  read: readOutcome,
};
