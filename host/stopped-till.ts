/** What screens see while no till could be opened: why, in the till's own words, and no way to sell. */
import type { Message } from '../core/contract/messages.ts';
import type { Locale, TillCallName, TillCalls, TillStatus } from '../core/contract/types.ts';
import { version } from './version.ts';

/** Shown until the settings can be read again. */
export function stoppedStatus(why: Message, locale: Locale): TillStatus {
  const absent = { light: 'attention', message: null, present: false } as const;
  return {
    version,
    training: false,
    phoneUrl: null,
    storeName: '',
    terminalId: '',
    timezone: 'UTC',
    locale,
    currency: 'CNY',
    maximumAmount: { minor: 0, currency: 'CNY' },
    phase: 'stopped',
    stopMessage: why,
    recovery: { open: 0, asked: 0 },
    openCount: 0,
    scanner: absent,
    printer: absent,
    gateways: [],
    journal: { light: 'gone', message: why },
    clockCheckedAt: null,
  };
}

/** Replies of a till that isn't there: nothing is known and nothing is done. */
export function stoppedReply<Name extends TillCallName>(name: Name, why: Message, locale: Locale): TillCalls[Name][1] {
  const refused = { kind: 'refused', message: why } as const;
  const replies: { readonly [One in TillCallName]: TillCalls[One][1] } = {
    status: stoppedStatus(why, locale),
    submitScan: { kind: 'other', message: why },
    amountEntered: null,
    pay: refused,
    askNow: refused,
    keepWaiting: refused,
    giveUp: refused,
    park: refused,
    setNotWanted: refused,
    printReceipt: refused,
    printEvidence: refused,
    retryJournal: stoppedStatus(why, locale),
    openPayments: { open: [], quiet: [], settledToday: { paid: 0, undone: 0, longestSeconds: 0 }, chain: 'checking' },
    recentPayments: [],
    paymentDetail: null,
  };
  return replies[name];
}
