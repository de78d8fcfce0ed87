/** What screens see while no till could be opened: why, in the till's own words, and no way to sell. */
import type { Message } from '../core/contract/messages.ts';
import type { Locale, TillCallName, TillCalls, TillStatus } from '../core/contract/types.ts';
import { version } from './version.ts';

const noTotals = { byCurrency: [], byGateway: [], byWallet: [], byOperator: [], byHour: [], open: [], settled: [], outside: [], rows: 0 } as const;

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
    notifications: null,
    clockCheckedAt: null,
    staff: { state: 'none', person: null, pinDigits: 4, triesLeft: 0, waitUntil: null },
    shift: null,
    shiftNeeded: false,
    cash: { on: false, roundTo: { minor: 1, currency: 'CNY' }, notes: [] },
    refund: { reasons: [], approvalAbove: { minor: 0, currency: 'CNY' } },
    showing: null,
    tasks: [],
    restored: false,
    dayChangeHour: 0,
  };
}

/** Replies of a till that isn't there: nothing is known and nothing is done. */
export function stoppedReply<Name extends TillCallName>(name: Name, why: Message, locale: Locale): TillCalls[Name][1] {
  const refused = { kind: 'refused', message: why } as const;
  const replies: { readonly [One in TillCallName]: TillCalls[One][1] } = {
    status: stoppedStatus(why, locale),
    submitScan: { kind: 'other', scanId: null, message: why },
    amountEntered: null,
    pay: refused,
    present: refused,
    askNow: refused,
    keepWaiting: refused,
    giveUp: refused,
    park: refused,
    setNotWanted: refused,
    printReceipt: refused,
    printEvidence: refused,
    printCode: refused,
    retryJournal: stoppedStatus(why, locale),
    openPayments: { open: [], quiet: [], settledToday: { paid: 0, undone: 0, longestSeconds: 0 }, chain: 'checking' },
    recentPayments: [],
    paymentDetail: null,
    payCash: refused,
    returnCash: refused,
    refundPlan: null,
    refund: refused,
    askRefundNow: refused,
    recordOutsideRefund: refused,
    printRefund: refused,
    lookUp: { kind: 'notKnown', message: why },
    refundForeign: refused,
    settle: refused,
    enterOrderNumber: refused,
    people: [],
    signIn: refused,
    lock: stoppedStatus(why, locale),
    addPerson: refused,
    changePerson: refused,
    setPin: refused,
    setBadge: refused,
    settings: refused,
    saveSettings: refused,
    testGateway: refused,
    activateTerminal: refused,
    shift: { current: null, drawer: false, denominations: [], lastZ: null, checks: [] },
    openShift: refused,
    moveCash: refused,
    xReport: refused,
    printX: refused,
    countDrawer: refused,
    closeShift: refused,
    z: null,
    printZ: refused,
    find: { hits: [], more: false },
    day: { day: '', totals: noTotals, weekBefore: [], dayBefore: null, unsettled: [], cashShown: true },
    dayPage: { day: '', rows: [], next: null },
    printDay: refused,
    startExport: refused,
    cancelTask: null,
    statements: { folder: '', folders: [], files: [] },
    statementLook: { path: '', gateway: null, terminal: null, fromDay: null, toDay: null, rows: 0, encoding: '', columns: [], amountUnit: null, problem: why },
    startReconcile: refused,
    reconcileResult: null,
    noteDifference: null,
    exportDifferences: refused,
  };
  return replies[name];
}
