/** Shouqianba (收钱吧) upay gateway 2.0: pay (B-scan-C), precreate (C-scan-B), query, cancel and refund. */
import type { Gateway, ReverseCapability } from '../gateway.ts';
import { namedWallet } from '../shown-wallets.ts';
import { documented } from './documented.ts';
import { lookUp } from './look-up.ts';
import { notification } from './notification.ts';
import { readOutcome } from './outcomes.ts';
import { walletOf } from './order.ts';
import { buildRequest } from './requests.ts';
import { shouqianbaForm, shouqianbaSettings, type ShouqianbaSettings } from './settings.ts';
import { shownPayways } from './table.ts';
import { terminal } from './terminal.ts';

/** FIELD: on the day of the payment alone, China time. */
const reverse: ReverseCapability = { undoesPaid: true, onlyOnDayAtOffsetMinutes: 480 };

export const shouqianba: Gateway<ShouqianbaSettings> = {
  id: 'shouqianba',
  names: { 'zh-CN': '收钱吧', en: 'Shouqianba' },
  capabilities: {
    cpm: true,
    mpm: true,
    currencies: ['CNY'],
    queryBy: 'attemptRef',
    reverse,
    // FIELD: asked every 2 s at first; a code lives about 4 minutes.
    present: { queryBy: 'attemptRef', reverse, firstQueryAfterSeconds: 2, validSecondsMost: 240, wallets: ['wechat', 'alipay', 'unionpay'] },
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
  settingsOfWords: { TERMINAL_NOT_EXISTS: 'terminalSn', UPAY_TERMINAL_NOT_EXISTS: 'terminalSn', INVALID_TERMINAL: 'terminalSn' } satisfies Record<string, keyof ShouqianbaSettings>,
  shownWallets: ({ qrPayway }) => namedWallet(walletOf(qrPayway ?? shownPayways.wechat)),
  identity: (settings) => ({ origin: new URL(settings.baseUrl).origin, account: settings.terminalSn }),
  currency: (settings) => settings.currency ?? 'CNY',
  lookUp,
  token: null,
  notification,
  terminal,
  documented,
  statement: {
    signature: /收钱吧/u, offsetMinutes: 480, amountUnit: 'major',
    columns: { attemptRef: ['商户订单号', 'clientsn'], gatewayRef: ['收钱吧订单号', '流水号', 'sn'], walletRef: ['第三方订单号', '支付通道订单号'], refundRef: ['退款流水号', '商户流水号', 'refundrequestno'] },
  },
  build: (call, attempt, settings) => buildRequest(call, attempt, settings),
  read: readOutcome,
};
