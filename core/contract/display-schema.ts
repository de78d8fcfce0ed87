/** The allow-list of the customer display: whatever else a screen might send is shown to nobody. */
import { z } from 'zod';
import { currencies } from '../money/currency.ts';
import type { CustomerDisplay, DisplayShows } from './display-types.ts';

/** More than any QR code holds. */
const qrMost = 4300;

const amount = z.strictObject({ minor: z.int().min(0), currency: z.enum(currencies) });
const withAmount = <Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind), amount });

const shows: z.ZodType<DisplayShows> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('dark') }),
  withAmount('amount'),
  withAmount('pay'),
  z.strictObject({
    kind: z.literal('code'), amount, qr: z.string().min(1).max(qrMost), until: z.int().min(0),
    wallets: z.array(z.enum(['wechat', 'alipay', 'unionpay', 'other'])).max(4),
  }),
  withAmount('confirm'),
  z.strictObject({ kind: z.literal('cash'), due: amount, received: amount, change: amount }),
  z.strictObject({ kind: z.literal('paid'), amount, receipt: z.boolean() }),
  withAmount('notPaid'),
  withAmount('checking'),
]);

const customerDisplay: z.ZodType<CustomerDisplay> = z.strictObject({
  shop: z.strictObject({ name: z.string().max(200), locale: z.enum(['zh-CN', 'en']), timezone: z.string().regex(/^[\w+\-/]{1,64}$/), training: z.boolean() }),
  shows,
});

/** Null where it is anything else. Total: never throws. */
export function parseDisplay(given: unknown): CustomerDisplay | null {
  return customerDisplay.safeParse(given).data ?? null;
}
