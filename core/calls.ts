/** Which part of the till answers which call of the contract. */
import type { Message } from './contract/messages.ts';
import type { HostCallName, OpenPayments, TillCallName, TillCalls, TillStatus } from './contract/types.ts';
import type { CashDesk } from './cash/desk.ts';
import type { DayDesk } from './find/desk.ts';
import type { Search } from './find/search.ts';
import type { PaymentActs } from './payment/acts.ts';
import type { AskPace } from './payment/ask-pace.ts';
import type { ChargeDesk } from './payment/charge-desk.ts';
import type { OrderNumberDesk } from './payment/order-number-desk.ts';
import type { SettleDesk } from './payment/settle-desk.ts';
import type { PaymentViews } from './payment/views.ts';
import type { TillPhase } from './phase.ts';
import type { PrintDesk } from './receipt/print-desk.ts';
import type { RefundDesk } from './refund/desk.ts';
import type { ScanDesk } from './scan/desk.ts';
import type { ActivationDesk } from './settings/activation-desk.ts';
import type { SettingsDesk } from './settings/desk.ts';
import type { ShiftDesk } from './shift/desk.ts';
import type { StaffDesk } from './staff/desk.ts';

/** The calls that the till itself answers; the host answers the others. */
export type OwnCallName = Exclude<TillCallName, HostCallName>;
export type TillHandlers = { readonly [Name in OwnCallName]: (request: TillCalls[Name][0]) => TillCalls[Name][1] | Promise<TillCalls[Name][1]> };

/** The parts of a running till that answer calls. */
export interface TillDesks {
  readonly phase: TillPhase;
  readonly scans: ScanDesk;
  readonly charges: ChargeDesk;
  readonly acts: PaymentActs;
  readonly settles: SettleDesk;
  readonly orderNumbers: OrderNumberDesk;
  readonly refunds: RefundDesk;
  readonly cash: CashDesk;
  readonly pace: AskPace;
  readonly views: PaymentViews;
  readonly search: Search;
  readonly days: DayDesk;
  readonly prints: PrintDesk;
  readonly staff: StaffDesk;
  readonly settings: SettingsDesk;
  readonly activations: ActivationDesk;
  readonly shifts: ShiftDesk;
  status(): TillStatus;
  openPayments(): OpenPayments;
}

export function tillHandlers(desks: TillDesks): TillHandlers {
  const { phase, scans, charges, acts, settles, orderNumbers, refunds, cash, pace, views, search, days, prints, staff, settings, activations, shifts } = desks;
  const status = (): TillStatus => desks.status();
  /** Nothing is written into a shift while the till takes up what was open, or can't write. */
  const inTime = <Reply>(act: () => Promise<Reply>): Promise<Reply | { readonly kind: 'refused'; readonly message: Message }> => {
    const why = phase.notNow();
    return why === null ? act() : Promise.resolve({ kind: 'refused', message: why });
  };
  return {
    status,
    submitScan: ({ text, source }) => scans.submit(text, null, source === 'typed'),
    amountEntered: ({ amount }) => charges.amountEntered(amount),
    pay: (request) => charges.pay(request),
    present: (request) => charges.present(request),
    askNow: ({ paymentId }) => acts.askNow(paymentId),
    keepWaiting: ({ paymentId }) => acts.keepWaiting(paymentId),
    giveUp: ({ paymentId, commandId }) => acts.giveUp(paymentId, commandId),
    park: ({ paymentId }) => acts.park(paymentId),
    setNotWanted: ({ paymentId, on }) => acts.setNotWanted(paymentId, on),
    printReceipt: ({ paymentId }) => prints.receipt(paymentId),
    printEvidence: ({ paymentId }) => prints.evidence(paymentId),
    printCode: ({ paymentId }) => prints.code(paymentId),
    retryJournal: () => {
      phase.retryJournal();
      return status();
    },
    openPayments: () => desks.openPayments(),
    recentPayments: ({ count }) => views.newest(count),
    paymentDetail: ({ paymentId }) => views.detail(paymentId),
    payCash: (request) => cash.take(request),
    returnCash: ({ commandId, paymentId }) => cash.giveBack(commandId, paymentId),
    refundPlan: ({ paymentId, attemptRef }) => refunds.plan(paymentId, attemptRef),
    refund: (request) => refunds.refund(request),
    askRefundNow: ({ paymentId, refundRef }) => pace.ask(refundRef, () => refunds.askNow(paymentId, refundRef)),
    recordOutsideRefund: (request) => refunds.recordOutside(request),
    printRefund: ({ paymentId, refundRef }) => prints.refund(paymentId, refundRef),
    lookUp: ({ reference }) => refunds.foreign.lookUp(reference),
    refundForeign: (request) => refunds.foreign.refundForeign(request),
    settle: (request) => settles.settle(request),
    enterOrderNumber: (request) => orderNumbers.enter(request),
    people: () => staff.people(),
    signIn: ({ approval }) => staff.signIn(approval),
    lock: () => {
      staff.lock();
      return status();
    },
    addPerson: (request) => staff.addPerson(request),
    changePerson: (request) => staff.changePerson(request),
    setPin: (request) => staff.setPin(request),
    setBadge: (request) => staff.setBadge(request),
    settings: (request) => settings.read(request),
    saveSettings: (request) => settings.save(request),
    testGateway: (request) => settings.test(request),
    activateTerminal: (request) => activations.activate(request),
    shift: () => shifts.view(),
    openShift: (request) => inTime(() => shifts.open(request)),
    moveCash: (request) => inTime(() => shifts.moveCash(request)),
    xReport: ({ approval }) => shifts.x(approval),
    printX: () => prints.x(),
    countDrawer: (request) => inTime(() => shifts.count(request)),
    closeShift: (request) => inTime(() => shifts.close(request)),
    z: ({ number }) => shifts.z(number),
    printZ: ({ number }) => prints.z(number),
    find: ({ text, filter, count, scanId }) => search.find(text, filter, count, scanId),
    day: ({ day, filter }) => days.day(day, filter),
    dayPage: ({ day, filter, after, count }) => days.page(day, filter, after, count),
    printDay: ({ day }) => {
      const reply = prints.day(day);
      return reply.kind === 'done' ? { ...reply, rowsLeftOut: days.rowsLeftOut(day) } : reply;
    },
  };
}
