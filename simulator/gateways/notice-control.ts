/** `POST /simulator/<gateway>/notice`: one notification that a test makes up, for whoever must not believe it. */
import { z } from 'zod';
import type { GatewayId, Json, Order } from '../model.ts';
import type { Counter } from './gateway-side.ts';

const schema = z.strictObject({
  reference: z.string().min(1),
  /** In place of the true fields; signed with them. */
  change: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** False: the signature is spoilt. */
  signed: z.boolean().default(true),
});

export interface MadeUp {
  readonly order: Order;
  readonly change: Readonly<Record<string, string | number | boolean>>;
  readonly signed: boolean;
}

export interface ControlAnswer {
  readonly status: number;
  readonly json: Json;
}

/** Reads the control call and lets `send` do it; 409 where the order isn't known, or `send` has no address for it. */
export function sendMadeUp(counter: Counter, gateway: GatewayId, body: unknown, send: (given: MadeUp) => boolean): ControlAnswer {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  const { reference, change, signed } = parsed.data;
  const order = counter.ledger.find(gateway, reference);
  const done = order !== null && send({ order, change, signed });
  return { status: done ? 200 : 409, json: { done } };
}

/** The same signature but for its first character. */
export function spoilt(signature: string): string {
  return `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`;
}
