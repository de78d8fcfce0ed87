/** The gateways that the till speaks to, one line each; a further one is a folder and a line here. */
import { aggregator } from './aggregator/index.ts';
import type { Gateway } from './gateway.ts';
import { omoney } from './omoney/index.ts';
import { omipay } from './omipay/index.ts';
import { shouqianba } from './shouqianba/index.ts';
import { ums } from './ums/index.ts';

export const gateways: readonly Gateway[] = [
  shouqianba,
  omipay,
  ums,
  omoney,
  aggregator,
];
