/** Every simulated gateway, one line each: its side of the counter, and the block of settings.json (DESIGN.md 7) that goes with it. */
import type { GatewayId } from '../model.ts';
import { aggregatorAccount, aggregatorBlock } from './aggregator-account.ts';
import type { AmountUnit } from './aggregator-answers.ts';
import { aggregatorSide } from './aggregator.ts';
import type { Counter, GatewaySide } from './gateway-side.ts';
import { omipayBasePath, omipaySide } from './omipay.ts';
import type { OmipayAccount } from './omipay.ts';
import { omoneyAccount, omoneyBlock } from './omoney-account.ts';
import { omoneySide } from './omoney.ts';
import { shouqianbaSide } from './shouqianba.ts';
import type { ShouqianbaAccount, ShouqianbaVendor } from './shouqianba-terminals.ts';
import { umsSide } from './ums.ts';
import type { UmsAccount } from './ums-requests.ts';

export interface SimulatedGateway {
  side(counter: Counter): GatewaySide;
  /** Ready to paste, with credentials that nobody can take for real ones. `url` is the simulator's own origin. */
  block(url: string): object;
}

/** Fixed, so that pasted settings outlive a restart, and nobody can take them for real ones. */
const shouqianbaAccount: ShouqianbaAccount = { terminalSn: 'SIMULATOR000001', terminalKey: '00000000000000000000000051771a70' };
export const shouqianbaVendor: ShouqianbaVendor = {
  appId: '2026000000051771', vendorSn: 'SIMULATORVENDOR1', vendorKey: '00000000000000000000000051771a71', activationCode: '51771000',
};
const omipayAccount: OmipayAccount = { merchantNumber: '0000000001', secretKey: '000000000000000000000000051771a7', posNumber: 'SIMPOS01' };
const umsAccount: UmsAccount = {
  appId: '00000000000000000000000051771a72', appKey: '00000000000000000000000051771a73', merchantId: '898000000051771', terminalId: 'SIM00001',
  sourceId: '1001', notifyKey: '000000000000000000000000000000000000000051771a74', instMid: 'APPDEFAULT',
};

/** @param amountUnit what the aggregator's merchant has in the contract */
export function simulatedGateways(amountUnit: AmountUnit) {
  return {
    shouqianba: { side: (counter: Counter) => shouqianbaSide(counter, shouqianbaAccount, shouqianbaVendor), block: (url: string) => ({ baseUrl: url, ...shouqianbaAccount, qrPayway: '3', currency: 'CNY' }) },
    omipay: { side: (counter: Counter) => omipaySide(counter, omipayAccount), block: (url: string) => ({ baseUrl: `${url}${omipayBasePath}`, ...omipayAccount, notifyUrl: `${url}/simulator/notify`, qrPlatform: 'WECHATPAY', currency: 'AUD' }) },
    ums: { side: (counter: Counter) => umsSide(counter, umsAccount), block: (url: string) => ({ baseUrl: url, ...umsAccount, currency: 'CNY' }) },
    omoney: { side: (counter: Counter) => omoneySide(counter, omoneyAccount), block: omoneyBlock },
    aggregator: { side: (counter: Counter) => aggregatorSide(counter, aggregatorAccount(amountUnit)), block: (url: string) => aggregatorBlock(url, amountUnit) },
  } satisfies Readonly<Record<GatewayId, SimulatedGateway>>;
}

type Simulated = ReturnType<typeof simulatedGateways>;

/** The settings blocks, ready to paste. */
export type SimulatorGateways = { readonly [Id in GatewayId]: Readonly<ReturnType<Simulated[Id]['block']>> };

export function gatewaysAt(simulated: Simulated, url: string): SimulatorGateways {
  return Object.fromEntries(Object.entries(simulated).map(([id, { block }]) => [id, block(url)])) as SimulatorGateways;
}
