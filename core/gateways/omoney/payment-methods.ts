/** The means of payment that OMoney opens for a merchant (document 2.2.8 to 2.2.12), for whoever sets the till up: the connection test lists them. */
import type { WireAnswer } from '../../ports.ts';
import type { MethodsRule } from '../gateway.ts';
import { paymentMethodsRequest } from './requests.ts';
import type { OmoneySettings } from './settings.ts';

export interface PaymentMethod {
  readonly name: string;
  readonly code: string;
}

/** The list in an answer; null where it is none. Total. */
export function readPaymentMethods(answer: WireAnswer): readonly PaymentMethod[] | null {
  try {
    const list: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body));
    if (answer.status !== 200 || !Array.isArray(list)) return null;
    const methods = list.filter(isMethod);
    return methods.length === list.length ? methods.map(({ name, code }) => ({ name, code })) : null;
  } catch {
    return null;
  }
}

export const methods: MethodsRule<OmoneySettings> = {
  build(settings, moment) {
    const { country } = settings.customer;
    // Document 2.2.11: a country has two letters here, and three at most in an order (2.1.5).
    return country.length === 2 ? paymentMethodsRequest(country, settings, moment) : null;
  },
  read: (answer) => readPaymentMethods(answer)?.map(({ code }) => code) ?? null,
  configured: ({ paymentMethod }) => paymentMethod,
};

function isMethod(value: unknown): value is PaymentMethod {
  return typeof value === 'object' && value !== null && 'name' in value && 'code' in value && typeof value.name === 'string' && typeof value.code === 'string';
}
