/** What a payer does after being charged, as a list of steps in time. */
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Ledger } from './ledger.ts';
import { refusals } from './model.ts';
import type { Order, Refusal } from './model.ts';

/** `errors`: the gateway fails and is not sure how it ended. */
const deeds = ['pays', 'wrongPassword', 'errors', ...refusals] as const;

const stepSchema = z.strictObject({
  /** Seconds after the charge; 0 is within the answer itself. */
  after: z.number().min(0).max(86_400),
  does: z.enum(deeds),
});

export const behaviourSchema = z.array(stepSchema).max(20);
type Step = z.infer<typeof stepSchema>;
export type Behaviour = readonly Step[];

/** Lets the payer of one order act: at once what is at once, the rest when its time comes. Returns what makes them forget the rest. */
export function playBehaviour(behaviour: Behaviour, order: Order, ledger: Ledger, clock: Clock): () => void {
  const stops: (() => void)[] = [];
  for (const step of behaviour) {
    if (step.after === 0) takeStep(step, order, ledger);
    else stops.push(clock.after(step.after * 1000, () => takeStep(step, order, ledger)));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

function takeStep(step: Step, order: Order, ledger: Ledger): void {
  // An order that was paid, refused or cancelled in the meantime asks its payer nothing more.
  if (order.state !== 'waiting' && order.state !== 'error') return;
  switch (step.does) {
    case 'pays':
      return ledger.charge(order);
    case 'wrongPassword':
      return ledger.noteWrongPassword(order);
    case 'errors':
      return ledger.fail(order);
    default:
      return declineToPay(order, step.does, ledger);
  }
}

/** What ends an order whoever stands before the code; any other refusal is one payer's alone. */
const endsForAll: ReadonlySet<Refusal> = new Set(['failed', 'timedOut', 'expired']);

/** A scanned code's order ends with its payer's refusal; a shown one goes on waiting for another. */
export function declineToPay(order: Order, refusal: Refusal, ledger: Ledger): void {
  if (order.shown === null || endsForAll.has(refusal)) ledger.refuse(order, refusal);
  else ledger.noteRefusal(order, refusal);
}
