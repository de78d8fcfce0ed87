/** Orders that no till of ours made: another till's, or older than this simulator (CASES 38). */
import { z } from 'zod';
import { payerOf } from './codes.ts';
import { randomDigits } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { gatewayIds, wallets } from './model.ts';
import type { GatewayId, Order } from './model.ts';

const minorUnits = z.number().int().min(0).max(9_999_999_999);

export const foreignOrderSchema = z
  .strictObject({
    gateway: z.enum(gatewayIds),
    /** In minor units of the currency. */
    amount: minorUnits.min(1),
    /** False: its payer has not decided, as `POST decide` can. */
    paid: z.boolean().default(true),
    /** What was refunded of it before, in minor units. */
    refunded: minorUnits.default(0),
    /** The other till's number; drawn unless given. */
    reference: z.string().min(1).max(64).optional(),
    currency: z.enum(['CNY', 'AUD']).optional(),
    wallet: z.enum(wallets).default('wechat'),
    /** Its terminal; another one's unless given. */
    terminal: z.string().min(1).max(32).optional(),
    /** When it was made, paid and refunded; now unless given. */
    at: z.iso.datetime({ offset: true }).optional(),
    /** A scripted code, for what its refunds meet. */
    code: z.string().max(32).default(''),
    subject: z.string().min(1).max(64).default('别的收银台'),
  })
  .refine((order) => order.refunded <= (order.paid ? order.amount : 0), 'refunded is at most what was paid')
  .refine((order) => order.gateway === 'omipay' || order.gateway === 'omoney' || (order.currency ?? 'CNY') === 'CNY', 'this gateway takes CNY only');

export type ForeignOrder = z.input<typeof foreignOrderSchema>;

interface Habits {
  readonly currency: string;
  readonly terminal: string;
}

const usual: Habits = { currency: 'CNY', terminal: 'another till' };

/** What another till of the same shop would be like, where it isn't the usual. */
const ofTheirOwn: Readonly<Partial<Record<GatewayId, Habits>>> = {
  shouqianba: { currency: 'CNY', terminal: 'SIMULATOR000002' },
  omipay: { currency: 'AUD', terminal: 'SIMPOS02' },
  ums: { currency: 'CNY', terminal: 'SIM00002' },
};

export function habitsOf(gateway: GatewayId): Habits {
  return ofTheirOwn[gateway] ?? usual;
}

/** Books it with its payment and earlier refund. Null where the reference is taken. */
export function bookForeign(ledger: Ledger, now: number, given: ForeignOrder): Order | null {
  const fields = foreignOrderSchema.parse(given);
  const { gateway, amount, wallet, code, subject } = fields;
  const reference = fields.reference ?? `T99${randomDigits(17)}`;
  if (ledger.find(gateway, reference) !== null) return null;
  const at = fields.at === undefined ? now : Date.parse(fields.at);
  const terminal = fields.terminal ?? habitsOf(gateway).terminal;
  const order = ledger.open(
    {
      gateway, reference, code, wallet, payer: payerOf(wallet, 'stranger'), amount, subject, terminal,
      currency: fields.currency ?? habitsOf(gateway).currency, operator: '99', reflect: '', notifyUrl: null,
    },
    at,
  );
  if (fields.paid) ledger.charge(order, at);
  if (fields.refunded > 0) ledger.moveRefund(order, ledger.refund(order, `T99${randomDigits(14)}`, fields.refunded, terminal, at), 'closed', at);
  return order;
}
