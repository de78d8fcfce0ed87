/** Omipay's block of settings.json (DESIGN.md 7). */
import { z } from 'zod';
import { baseAddress, commonSettings, plainNumber, secureUrl } from '../settings.ts';

export const omipaySettings = z.strictObject({
  baseUrl: baseAddress('https://www.omipay.com.au/omipay/api/v2', 'withPath'),
  merchantNumber: plainNumber(64),
  secretKey: plainNumber(128),
  /** The number under which Omipay knows this till (document 3.4, `pos_no`). */
  posNumber: plainNumber(64),
  /** Where Omipay pushes that an order was paid; a till that can't be reached leaves it out (document 3.9: "if attached"). */
  notifyUrl: secureUrl('https://shop.example/omipay').optional(),
  /** The wallet of a shown QR code (document 2.2). */
  qrPlatform: z.enum(['WECHATPAY', 'ALIPAY', 'UPI'], 'must be "WECHATPAY", "ALIPAY" or "UPI"').optional(),
  /** The currency of the orders (document 2.2). */
  currency: z.enum(['AUD', 'CNY'], 'must be "AUD" or "CNY"').optional(),
  ...commonSettings,
});

export type OmipaySettings = z.infer<typeof omipaySettings>;
