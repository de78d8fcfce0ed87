/** OMoney's request tables (V1.2.1, sections 2.1.4, 2.1.5, 2.2.4, 2.2.11), checked to the letter. */
import { faultsOfFields } from './fields.ts';
import type { FieldTable } from './fields.ts';
import { isCard, refuseMethod } from './omoney-methods.ts';
import { readAmount } from './omoney-money.ts';

export type Fields = Readonly<Record<string, unknown>>;

const address = { required: true, most: 255, pattern: /^https?:\/\/\S+$/ };
/** Thirteen digits, of which two are decimals. */
const amount = { required: true, most: 14, pattern: /^\d+\.\d{2}$/ };
const currency = { required: true, most: 3, pattern: /^[A-Z]{3}$/ };

const paymentTable: FieldTable = {
  order_id: { required: true, most: 50 },
  payment_method: { required: true, most: 50 },
  amount,
  currency,
  request_type: { required: true, most: 50, pattern: /^(WEB|WAP)$/ },
  description: { required: true, most: 255 },
  return_url: address,
  notify_url: address,
  // The example has a blank at its end.
  website: { required: true, most: 255, pattern: /^https?:\/\/\S+ ?$/ },
};

/** `state` and `zip` are required too, but for a card outside of CA and US. */
const customerTable: FieldTable = {
  client_ip: { required: true, most: 20, pattern: /^\d{1,3}(\.\d{1,3}){3}$/ },
  first_name: { required: true, most: 64 },
  middle_name: { most: 64 },
  last_name: { required: true, most: 64 },
  country: { required: true, most: 3, pattern: /^[A-Z]{2,3}$/ },
  state: { most: 50 },
  city: { required: true, most: 50 },
  zip: { most: 10 },
  email: { required: true, most: 126, pattern: /^[^\s@]+@[^\s@]+$/ },
  address1: { required: true, most: 255 },
  address2: { most: 255 },
  phone: { required: true, most: 50 },
  cpf: { most: 11, pattern: /^\d{11}$/ },
};

const refundTable: FieldTable = { refund_order_id: { required: true, most: 50 }, amount, currency, notify_url: address };

const methodsTable: FieldTable = {
  currency,
  country: { required: true, most: 2, pattern: /^[A-Z]{2}$/ },
  type: { required: true, most: 3, pattern: /^(WEB|WAP)$/ },
};

/** One sentence per broken rule; none means that the payment may be made. */
export function faultsOfPayment(fields: Fields): string[] {
  const { source, ...plain } = fields;
  const faults = faultsOfFields(plain, paymentTable);
  if (!isObject(source)) return [...faults, 'source不可以为空'];
  faults.push(...faultsOfCustomer(source, String(plain['payment_method'])));
  if (faults.length > 0) return faults;
  faults.push(...faultsOfAmount(plain));
  const refused = refuseMethod(String(plain['payment_method']), String(plain['currency']), String(source['country']));
  return refused === null ? faults : [...faults, refused];
}

function faultsOfCustomer(source: Fields, method: string): string[] {
  const faults = faultsOfFields(source, customerTable).map((fault) => `source.${fault}`);
  const { country, state, zip, cpf } = source;
  const northAmerican = country === 'US' || country === 'CA';
  const mayLack = isCard(method) && !northAmerican;
  if (!mayLack && isEmpty(state)) faults.push('source.state不可以为空');
  if (!mayLack && isEmpty(zip)) faults.push('source.zip不可以为空');
  if (country === 'US' && !isEmpty(zip) && !/^\d{5}-\d{4}$/.test(String(zip))) faults.push('source.zip格式错误');
  if (country === 'CA' && !isEmpty(zip) && !/^[A-Z]\d[A-Z] \d[A-Z]\d$/.test(String(zip))) faults.push('source.zip格式错误');
  if (method === 'EBANX' && isEmpty(cpf)) faults.push('source.cpf不可以为空');
  return faults;
}

export function faultsOfRefund(fields: Fields): string[] {
  const faults = faultsOfFields(fields, refundTable);
  return faults.length > 0 ? faults : faultsOfAmount(fields);
}

export function faultsOfMethods(fields: Fields): string[] {
  return faultsOfFields(fields, methodsTable);
}

function faultsOfAmount(fields: Fields): string[] {
  const minorUnits = readAmount(String(fields['amount']), String(fields['currency']));
  return minorUnits === null || minorUnits === 0 ? ['amount格式错误'] : [];
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '';
}
