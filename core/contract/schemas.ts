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

const pay = z.strictObject({
  commandId: id,
  scanId: id,
  amount,
  paymentId: id.optional(),
  saleRef: z.string().min(1).max(saleRefMost).optional(),
  gateway: id.optional(),
  assurances: z.array(z.enum(['anotherCustomer', 'chargeAgain', 'sameCodeAgain'])).max(3).optional(),
});

/** A call that is missing here, or whose schema doesn't fit its type, fails the type check. */
const requests: { readonly [Name in TillCallName]: z.ZodType<TillCalls[Name][0]> } = {
  status: nothing,
  submitScan: z.strictObject({ text: z.string().min(1).max(scanTextMost), source: z.enum(['keyboard', 'typed']) }),
  amountEntered: z.strictObject({ amount }),
  pay,
  askNow: onePayment,
  keepWaiting: onePayment,
  giveUp: z.strictObject({ commandId: id, paymentId: id }),
  park: onePayment,
  setNotWanted: z.strictObject({ paymentId: id, on: z.boolean() }),
  printReceipt: onePayment,
  printEvidence: onePayment,
  retryJournal: nothing,
  openPayments: nothing,
  recentPayments: z.strictObject({ count: z.int().min(1).max(recentPaymentsMost) }),
  paymentDetail: onePayment,
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
