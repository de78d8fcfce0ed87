/** How a refund goes on after the gateway took it, as a list of steps in time. */
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { Ledger } from './ledger.ts';
import { refundStates } from './model.ts';
import type { Order, RefundEntry } from './model.ts';

const stepSchema = z.strictObject({
  /** Seconds after the gateway took it; 0 is within the answer itself. Up to three weeks: a timer of Node holds no more than 24 days. */
  after: z.number().min(0).max(1_814_400),
  becomes: z.enum(refundStates),
});

export const refundCourseSchema = z.array(stepSchema).max(20);
export type RefundCourse = readonly z.infer<typeof stepSchema>[];

/** Lets one refund go its way: at once what is at once, the rest when its time comes. Without a step it stays applied for. */
export function playRefund(course: RefundCourse, order: Order, refund: RefundEntry, ledger: Ledger, clock: Clock): void {
  for (const step of course) {
    if (step.after === 0) ledger.moveRefund(order, refund, step.becomes);
    else clock.after(step.after * 1000, () => ledger.moveRefund(order, refund, step.becomes));
  }
}
