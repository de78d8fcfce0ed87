/** The gateways that the till speaks to, one line each; a further one is a folder and a line here. */
import type { Gateway } from './gateway.ts';
import { omipay } from './omipay/index.ts';
import { shouqianba } from './shouqianba/index.ts';

export const gateways: readonly Gateway[] = [
  shouqianba,
  omipay,
];
