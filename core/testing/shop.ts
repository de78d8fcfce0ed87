/** A shop with people over the bench: an owner, a supervisor and a cashier with PINs, signed in by them as at the counter. */
import type { Approval, PaymentView } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import { Bench, outcomes, type BenchOptions } from './bench.ts';

export const pins = { owner: '7391', supervisor: '4826', cashier: '9153' } as const;

let commands = 0;

export function command(): string {
  commands += 1;
  return `shop-command-${commands}`;
}

export function pin(digits: string): Approval {
  return { kind: 'pin', pin: digits };
}

/** A till whose people exist; nobody but the owner is signed in, and no shift is open. */
export async function staffed(options: BenchOptions = {}): Promise<Bench> {
  const bench = await Bench.started({ screens: true, ...options });
  const ids = new Map<string, string>();
  for (const role of ['owner', 'supervisor', 'cashier'] as const) {
    const added = await bench.till.call('addPerson', { commandId: command(), name: role, role });
    if (added.kind !== 'done') throw new Error(`${role}: ${JSON.stringify(added)}`);
    const operatorId = added.people.find((person) => person.name === role)?.operatorId ?? '';
    ids.set(role, operatorId);
    const set = await bench.till.call('setPin', { commandId: command(), operatorId, pin: pins[role] });
    if (set.kind !== 'done') throw new Error(`${role}: ${JSON.stringify(set)}`);
  }
  return bench;
}

/** The same with the cashier signed in and a shift open with a float. */
export async function open(floatMinor = 50_000, options: BenchOptions = {}): Promise<Bench> {
  const bench = await staffed(options);
  await signIn(bench, 'cashier');
  const opened = await bench.till.call('openShift', { commandId: command(), floatMinor });
  if (opened.kind !== 'done') throw new Error(JSON.stringify(opened));
  return bench;
}

export async function signIn(bench: Bench, role: keyof typeof pins): Promise<void> {
  const reply = await bench.till.call('signIn', { approval: pin(pins[role]) });
  if (reply.kind !== 'signedIn') throw new Error(JSON.stringify(reply));
}

export async function paid(bench: Bench, minor: number, code: string): Promise<PaymentView> {
  const payment = await bench.started(code, minor);
  await bench.take('pay').answer(outcomes.paid());
  return payment;
}

export async function cash(bench: Bench, minor: number, receivedMinor = minor): Promise<PaymentView> {
  const reply = await bench.till.call('payCash', { commandId: command(), amount: makeAmount(minor, 'CNY'), receivedMinor });
  if (reply.kind !== 'taken') throw new Error(JSON.stringify(reply));
  return reply.payment;
}
