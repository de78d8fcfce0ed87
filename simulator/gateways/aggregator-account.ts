/** The simulated merchant at the aggregator: credentials that nobody can take for real ones, and the settings block that goes with them. */
import type { AmountUnit } from './aggregator-answers.ts';
import type { AggregatorAccount } from './aggregator-notices.ts';

/** Which unit this merchant's amounts are in stands in its contract, so the simulator has to be told. */
export function aggregatorAccount(amountUnit: AmountUnit): AggregatorAccount {
  return { appId: 'gpu00000001', secret: '000000000000000000000051771a7099', amountUnit };
}

/** DESIGN.md section 7, ready to paste. */
export interface AggregatorBlock {
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: string;
  readonly bankCode: string;
  readonly amountUnit: AmountUnit;
  readonly returnUrl: string;
  readonly notifyUrl: string;
  readonly currency: string;
}

export function aggregatorBlock(url: string, amountUnit: AmountUnit): AggregatorBlock {
  return {
    baseUrl: url, ...aggregatorAccount(amountUnit), bankCode: '911',
    returnUrl: 'https://shop.example/return', notifyUrl: `${url}/simulator/notify/aggregator`, currency: 'CNY',
  };
}
