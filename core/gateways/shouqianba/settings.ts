/** Shouqianba's block of settings.json (DESIGN.md 7). */
import { z } from 'zod';
import { baseAddress, commonSettings, plainNumber } from '../settings.ts';

export const shouqianbaSettings = z.strictObject({
  baseUrl: baseAddress('https://vsi-api.shouqianba.com', 'withoutPath'),
  /** String(32), document 3.2.2. */
  terminalSn: plainNumber(32),
  terminalKey: plainNumber(128),
  /** The wallet of a shown QR code (document, appendix 6). */
  qrPayway: z.string('must be a number in quotes such as "3"').regex(/^[0-9]{1,2}$/, 'must be one or two digits such as "3"').optional(),
  /** All amounts are fen (document 3.1). */
  currency: z.literal('CNY', 'must be "CNY": Shouqianba counts in fen').optional(),
  ...commonSettings,
});

export type ShouqianbaSettings = z.infer<typeof shouqianbaSettings>;
