/** The means of payment that OMoney opens for a merchant (document 2.2.8 to 2.2.12), for whoever sets the till up. */
import type { WireAnswer } from '../../ports.ts';

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

function isMethod(value: unknown): value is PaymentMethod {
  return typeof value === 'object' && value !== null && 'name' in value && 'code' in value && typeof value.name === 'string' && typeof value.code === 'string';
}
