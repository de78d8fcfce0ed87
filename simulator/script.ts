/** What a scripted payment code is made of: its payer, the faults that its order meets, and how its refunds go. */
import type { Behaviour } from './behaviour.ts';
import type { Fault } from './fault.ts';
import type { CallName, GatewayId } from './model.ts';
import type { RefundCourse } from './refund-course.ts';

/** One fault of a script; like a rule, but bound to the order that is being played. */
export interface ScriptedFault {
  readonly call: CallName;
  readonly fault: Fault;
  readonly times?: number | 'always';
  readonly skip?: number;
  readonly repeat?: boolean;
}

export interface Script {
  readonly number: number;
  readonly name: string;
  /** What the parameter is when the digits leave it at zero; absent where a script has none. */
  readonly parameter?: number;
  readonly parameterMeans?: string;
  readonly says: string;
  /** True: the code itself is used up by its first order, as a wallet's is. */
  readonly singleUse?: boolean;
  payer(parameter: number): Behaviour;
  faults?(parameter: number): readonly ScriptedFault[];
  /** Faults that begin when the order's first refund request arrives, so that the queries of the payment are left alone. */
  refundFaults?(parameter: number, gateway: GatewayId): readonly ScriptedFault[];
  /** How each refund goes on once the gateway took it; absent or null, as the gateway does by habit. */
  refundGoes?(parameter: number, gateway: GatewayId): RefundCourse | null;
}
