/** Rules: which request meets which fault, how often, and how a payer behaves who is not scripted. */
import { z } from 'zod';
import { behaviourSchema } from './behaviour.ts';
import type { Behaviour } from './behaviour.ts';
import { faultSchema } from './fault.ts';
import type { Fault } from './fault.ts';
import { callNames, gatewayIds } from './model.ts';
import type { CallName, GatewayId } from './model.ts';
import { refundCourseSchema } from './refund-course.ts';
import type { RefundCourse } from './refund-course.ts';

export const ruleSchema = z.strictObject({
  /** What is absent matches everything. */
  match: z
    .strictObject({
      gateway: z.enum(gatewayIds).optional(),
      call: z.enum(callNames).optional(),
      code: z.string().max(64).optional(),
      reference: z.string().max(128).optional(),
      /** In minor units, of the request or of the order that it names: a tester knows it before a till has drawn its number. */
      amount: z.number().int().min(0).optional(),
      /** True: only where the gateway has booked this very number (of the order, or of the refund) already; false: only where it hasn't. */
      repeat: z.boolean().optional(),
    })
    .optional(),
  /** How many matching requests it holds for: 1 unless said, 'always' until removed. */
  times: z.union([z.number().int().min(1), z.literal('always')]).optional(),
  /** How many matching requests pass untouched before it begins. */
  skip: z.number().int().min(0).optional(),
  fault: faultSchema.optional(),
  /** What the payer of a new order does, instead of what the code says. Only for pay. */
  payer: behaviourSchema.optional(),
  /** How a new refund goes on, instead of what the code says. Only for refund. */
  refundGoes: refundCourseSchema.optional(),
  /** The script that a new shown order plays: a scripted code's digits, or its name, or `name:n`. Only for present. */
  plays: z.string().max(64).optional(),
}).refine((rule) => [rule.fault, rule.payer, rule.refundGoes, rule.plays].filter((part) => part !== undefined).length === 1, 'a rule has either a fault or a payer or refundGoes or plays');

export type Rule = z.infer<typeof ruleSchema>;

export interface RequestMarks {
  readonly gateway: GatewayId;
  readonly call: CallName;
  readonly code: string | null;
  readonly reference: string | null;
  readonly amount: number | null;
  /** Whether the gateway has booked this number already. */
  readonly repeat: boolean;
}

interface ActiveRule {
  readonly rule: Rule;
  left: number;
  skip: number;
}

export class Rules {
  /** In the order of asking: what a test set, what the phone set, what the order's script wants. */
  readonly #layers: Record<RuleLayer, ActiveRule[]> = { test: [], phone: [], script: [] };

  add(layer: RuleLayer, rule: Rule): () => void {
    const active = { rule, left: rule.times === 'always' ? Infinity : (rule.times ?? 1), skip: rule.skip ?? 0 };
    this.#layers[layer].push(active);
    return () => {
      this.#layers[layer] = this.#layers[layer].filter((entry) => entry !== active);
    };
  }

  clear(layer: RuleLayer): void {
    this.#layers[layer] = [];
  }

  /** The fault that this request meets, used up by one. */
  takeFault(marks: RequestMarks): Fault | null {
    return this.#take(marks, (rule) => rule.fault);
  }

  /** How the payer of this new order behaves, if a rule says so. */
  takePayer(marks: RequestMarks): Behaviour | null {
    return this.#take(marks, (rule) => rule.payer);
  }

  /** How this new refund goes on, if a rule says so. */
  takeRefundCourse(marks: RequestMarks): RefundCourse | null {
    return this.#take(marks, (rule) => rule.refundGoes);
  }

  /** The script that this new shown order plays, if a rule says so. */
  takePlay(marks: RequestMarks): string | null {
    return this.#take(marks, (rule) => rule.plays);
  }

  #take<Taken>(marks: RequestMarks, pick: (rule: Rule) => Taken | undefined): Taken | null {
    for (const layer of ['test', 'phone', 'script'] as const) {
      for (const active of this.#layers[layer]) {
        const picked = pick(active.rule);
        if (picked === undefined || !matches(active.rule, marks)) continue;
        if (active.skip > 0) {
          active.skip -= 1;
          continue;
        }
        active.left -= 1;
        if (active.left === 0) this.#layers[layer] = this.#layers[layer].filter((entry) => entry !== active);
        return picked;
      }
    }
    return null;
  }
}

export type RuleLayer = 'test' | 'phone' | 'script';

function matches(rule: Rule, marks: RequestMarks): boolean {
  const wanted = rule.match ?? {};
  // What a gateway sends by itself meets only what was meant for it: a rule for any request means the till's.
  if (marks.call === 'notify' && wanted.call !== 'notify') return false;
  return (
    (wanted.gateway === undefined || wanted.gateway === marks.gateway) &&
    (wanted.call === undefined || wanted.call === marks.call) &&
    (wanted.code === undefined || wanted.code === marks.code) &&
    (wanted.reference === undefined || wanted.reference === marks.reference) &&
    (wanted.amount === undefined || wanted.amount === marks.amount) &&
    (wanted.repeat === undefined || wanted.repeat === marks.repeat)
  );
}
