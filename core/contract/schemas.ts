/** What a host lets through to the till: one strict schema per call of the contract, checked on arrival (DESIGN.md 6). */
import { z } from 'zod';
import { currencies } from '../money/currency.ts';
import type { Preferences, TillCallName, TillCalls } from './types.ts';

/** A scan is read whole up to this length; anything longer is no barcode that a scanner reads. */
const scanTextMost = 4096;
/** Names made by a program: command, scan, payment and gateway ids. */
const idMost = 64;
const saleRefMost = 64;
const recentPaymentsMost = 200;

const id = z.string().min(1).max(idMost).regex(/^[\x21-\x7e]+$/);
const amount = z.strictObject({ minor: z.int().positive(), currency: z.enum(currencies) });
const nothing: z.ZodType<Record<string, never>> = z.strictObject({});
const onePayment = z.strictObject({ paymentId: id });

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const reason = z.string().min(1).max(200);
/** A PIN's or a badge's shape alone: what it is worth, the till decides. */
const approval = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pin'), pin: z.string().regex(/^\d{4,8}$/) }),
  z.strictObject({ kind: z.literal('badge'), scanId: id }),
]);
const approvalOrNone = approval.optional();
const role = z.enum(['cashier', 'supervisor', 'owner']);
const personName = z.string().trim().min(1).max(40);
const denominations = z.array(z.strictObject({ value: amount, pieces: z.int().min(0).max(100_000) })).max(40).optional();
const minorOrZero = z.int().min(0).max(99_999_999_999);
const filter = z.strictObject({
  fromDay: day.optional(), toDay: day.optional(), leastMinor: minorOrZero.optional(), mostMinor: minorOrZero.optional(),
  wallet: z.enum(['wechat', 'alipay', 'unionpay', 'other', 'cash']).optional(), gateway: id.optional(), operatorId: id.optional(),
  state: z.enum(['submitting', 'waitingForPayer', 'unknown', 'reversing', 'paid', 'declined', 'reversed', 'review', 'settled', 'lapsed', 'refunded']).optional(),
});
const path = z.string().min(1).max(4096);
const statementField = z.enum(['attemptRef', 'gatewayRef', 'walletRef', 'refundRef', 'amount', 'refundAmount', 'kind', 'time', 'state', 'currency', 'terminal', 'fee']);
const mapping = z.strictObject({ columns: z.record(z.string().max(200), statementField), amountUnit: z.enum(['minor', 'major']) });
const exportFormat = z.enum(['csv', 'xlsx', 'pdf']);
const refund = z.strictObject({ commandId: id, paymentId: id, attemptRef: id.optional(), amount, reason, approval: approvalOrNone });

/** What the values may be is the file's own schema to say; here only their shape. */
const settingLines = (most: number) => z.array(z.string().max(200)).max(most);
const settingValues = z.record(z.string().max(64), z.string().max(4096).nullable());
const byWallet = z.strictObject({ wechat: id.nullable(), alipay: id.nullable(), unionpay: id.nullable(), other: id.nullable() });
const settingsChange = z.strictObject({
  refundReasons: settingLines(20).optional(),
  receipt: z.strictObject({ header: settingLines(12), footer: settingLines(12) }).optional(),
  gateway: z.strictObject({ id, values: settingValues, keepFormer: z.boolean().optional() }).optional(),
  routing: z.strictObject({ cpm: byWallet, fallback: byWallet, mpm: z.array(id).max(16) }).optional(),
});

const pay = z.strictObject({
  commandId: id,
  scanId: id,
  amount,
  paymentId: id.optional(),
  saleRef: z.string().min(1).max(saleRefMost).optional(),
  gateway: id.optional(),
  assurances: z.array(z.enum(['anotherCustomer', 'chargeAgain', 'sameCodeAgain'])).max(3).optional(),
});

const present = z.strictObject({
  commandId: id,
  amount,
  paymentId: id.optional(),
  saleRef: z.string().min(1).max(saleRefMost).optional(),
  gateway: id.optional(),
  wallet: z.enum(['wechat', 'alipay', 'unionpay', 'other']).optional(),
  assurances: z.array(z.enum(['anotherCustomer', 'chargeAgain', 'sameCodeAgain'])).max(3).optional(),
});

/** A call that is missing here, or whose schema doesn't fit its type, fails the type check. */
const requests: { readonly [Name in TillCallName]: z.ZodType<TillCalls[Name][0]> } = {
  status: nothing,
  submitScan: z.strictObject({ text: z.string().min(1).max(scanTextMost), source: z.enum(['keyboard', 'typed']) }),
  amountEntered: z.strictObject({ amount }),
  pay,
  present,
  askNow: onePayment,
  keepWaiting: onePayment,
  giveUp: z.strictObject({ commandId: id, paymentId: id }),
  park: onePayment,
  setNotWanted: z.strictObject({ paymentId: id, on: z.boolean() }),
  printReceipt: onePayment,
  printEvidence: onePayment,
  printCode: onePayment,
  retryJournal: nothing,
  openPayments: nothing,
  recentPayments: z.strictObject({ count: z.int().min(1).max(recentPaymentsMost) }),
  paymentDetail: onePayment,
  payCash: z.strictObject({ commandId: id, amount, receivedMinor: minorOrZero, paymentId: id.optional(), saleRef: z.string().min(1).max(saleRefMost).optional() }),
  returnCash: z.strictObject({ commandId: id, paymentId: id }),
  refundPlan: z.strictObject({ paymentId: id, attemptRef: id.optional() }),
  refund,
  askRefundNow: z.strictObject({ paymentId: id, refundRef: id }),
  recordOutsideRefund: refund,
  printRefund: z.strictObject({ paymentId: id, refundRef: id }),
  lookUp: z.strictObject({ reference: z.string().min(4).max(idMost) }),
  refundForeign: z.strictObject({ commandId: id, lookUpId: id, reason, approval: approvalOrNone }),
  settle: z.strictObject({
    commandId: id, paymentId: id, refundRef: id.optional(), as: z.enum(['paid', 'notPaid']),
    how: z.enum(['supportSaid', 'seenInPortal', 'onStatement', 'other']), sentence: z.string().max(200).nullable(), approval: approvalOrNone,
  }),
  enterOrderNumber: z.strictObject({ commandId: id, paymentId: id, number: id, approval: approvalOrNone }),
  people: nothing,
  signIn: z.strictObject({ approval }),
  lock: nothing,
  addPerson: z.strictObject({ commandId: id, name: personName, role, approval: approvalOrNone }),
  changePerson: z.strictObject({
    commandId: id, operatorId: id, approval: approvalOrNone,
    change: z.strictObject({ name: personName.optional(), role: role.optional(), left: z.boolean().optional() }),
  }),
  setPin: z.strictObject({ commandId: id, operatorId: id, pin: z.string().regex(/^\d{4,8}$/), approval: approvalOrNone }),
  setBadge: z.strictObject({ commandId: id, operatorId: id, scanId: id.nullable(), approval: approvalOrNone }),
  settings: z.strictObject({ approval: approvalOrNone }),
  saveSettings: z.strictObject({ commandId: id, mark: id, change: settingsChange, approval: approvalOrNone }),
  testGateway: z.strictObject({ gateway: id, values: settingValues, approval: approvalOrNone }),
  activateTerminal: z.strictObject({ commandId: id, gateway: id, values: settingValues, activation: z.record(z.string().min(1).max(64), z.string().max(256)), approval: approvalOrNone }),
  shift: nothing,
  openShift: z.strictObject({ commandId: id, floatMinor: minorOrZero, denominations }),
  moveCash: z.strictObject({ commandId: id, direction: z.enum(['in', 'out']), amountMinor: minorOrZero, reason, approval: approvalOrNone }),
  xReport: z.strictObject({ approval: approvalOrNone }),
  printX: nothing,
  countDrawer: z.strictObject({ commandId: id, countedMinor: minorOrZero, denominations }),
  closeShift: z.strictObject({ commandId: id, differenceReason: reason.optional(), leftMinor: minorOrZero.optional(), uncounted: z.literal(true).optional() }),
  z: z.strictObject({ number: z.int().positive() }),
  printZ: z.strictObject({ number: z.int().positive() }),
  find: z.strictObject({ text: z.string().max(scanTextMost), filter, count: z.int().min(1).max(recentPaymentsMost), scanId: id.optional() }),
  day: z.strictObject({ day, filter }),
  dayPage: z.strictObject({ day, filter, after: z.string().max(200).nullable(), count: z.int().min(1).max(1000) }),
  printDay: z.strictObject({ day }),
  startExport: z.strictObject({ commandId: id, fromDay: day, toDay: day, format: exportFormat, folder: path.optional() }),
  exportFolders: nothing,
  cancelTask: z.strictObject({ taskId: id }),
  statements: z.strictObject({ folder: path.optional() }),
  statementLook: z.strictObject({ path, gateway: id.optional(), mapping: mapping.optional() }),
  startReconcile: z.strictObject({ commandId: id, path, gateway: id, mapping }),
  reconcileResult: z.strictObject({ taskId: id }),
  noteDifference: z.strictObject({ commandId: id, taskId: id, index: z.int().positive(), note: z.string().min(1).max(200) }),
  exportDifferences: z.strictObject({ taskId: id, format: exportFormat }),
};

export type TillCall = { [Name in TillCallName]: { readonly name: Name; readonly request: TillCalls[Name][0] } }[TillCallName];

export type ParsedCall =
  | { readonly kind: 'call'; readonly call: TillCall }
  /** `why` names the call and the fields that are wrong, never their content: it may be a payment code. */
  | { readonly kind: 'refused'; readonly why: string };

/** Checks a call that came from outside. Total: never throws. */
export function parseCall(name: unknown, request: unknown): ParsedCall {
  if (!isCallName(name)) return { kind: 'refused', why: 'unknown call' };
  const parsed = requests[name].safeParse(request);
  if (!parsed.success) return { kind: 'refused', why: `${name}: ${wrongFields(parsed.error)}` };
  return { kind: 'call', call: { name, request: parsed.data } as TillCall };
}

function isCallName(name: unknown): name is TillCallName {
  return typeof name === 'string' && Object.hasOwn(requests, name);
}

function wrongFields(error: z.ZodError): string {
  const fields = new Set(error.issues.map((issue) => issue.path.join('.')));
  return `not a valid request (${[...fields].map((field) => (field === '' ? 'the request itself' : field)).join(', ')})`;
}

export const preferencesSchema: z.ZodType<Preferences> = z.strictObject({
  locale: z.enum(['zh-CN', 'en']).nullable(),
  theme: z.enum(['system', 'light', 'dark']),
  keypad: z.enum(['shown', 'hidden']),
  amountEntry: z.enum(['decimalPoint', 'centsFirst']),
  volume: z.int().min(0).max(100),
});

/** What a workstation starts with. */
export const defaultPreferences: Preferences = { locale: null, theme: 'system', keypad: 'shown', amountEntry: 'decimalPoint', volume: 60 };
