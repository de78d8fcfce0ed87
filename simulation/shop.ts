/** The shop that every history runs: its configuration over the production gateways. */
import type { TillConfiguration } from '../core/configuration.ts';
import { gateways } from '../core/gateways/registry.ts';
import type { ConfiguredGateway } from '../core/payment/runner.ts';
import { paymentPolicy, presentPolicy } from '../core/payment/policy.ts';
import { omipaySettings } from './gateways/omipay.ts';
import { aggregatorSettings } from './gateways/aggregator.ts';
import { omoneySettings, tokenPrefix } from './gateways/omoney.ts';
import { otherTerminal, shouqianbaSettings } from './gateways/shouqianba.ts';
import { umsSettings } from './gateways/ums.ts';

export const shopSecrets: readonly string[] = [shouqianbaSettings.terminalKey, otherTerminal.terminalKey, omipaySettings.secretKey, umsSettings.appKey, umsSettings.notifyKey, omoneySettings.clientSecret, tokenPrefix, aggregatorSettings.secret];

/** Every gateway can show a code. */
export const showing = ['shouqianba', 'omipay', 'ums', 'omoney', 'aggregator'] as const;
export type Showing = (typeof showing)[number];

export const terminalId = 'T01';

/** Refunds of one payment that come to more than this want a supervisor. */
export const approvalAboveMinor = 5000;
/** Long, so that a PIN stands in no other number by chance. */
export const pinDigits = 8;
/** Cash has no coins below ten fen here. */
export const cashRoundTo = 10;

/** A shop that offers its codes for longer than this asks about them less often. */
const shortCodes = 20;

const maximumAmount = { minor: 5_000_000, currency: 'CNY' } as const;

/** The shop as its settings describe it; with the other terminal's number after somebody had put that one in. `presentSeconds`: for how long it offers a code. */
export function shopConfiguration(terminal: 'own' | 'other', shows: Showing, presentSeconds: number): TillConfiguration {
  const blocks: Readonly<Record<string, unknown>> = { shouqianba: terminal === 'own' ? shouqianbaSettings : { ...shouqianbaSettings, ...otherTerminal }, omipay: omipaySettings, ums: umsSettings, omoney: omoneySettings, aggregator: aggregatorSettings };
  const configured = new Map<string, ConfiguredGateway>();
  for (const gateway of gateways) {
    const block = blocks[gateway.id];
    if (block === undefined) continue;
    const settings = gateway.settings.parse(block);
    const policy = paymentPolicy(gateway.capabilities.firstQueryAfterSeconds);
    configured.set(gateway.id, { gateway, settings, identity: gateway.identity(settings), policy, presentPolicy: presentPolicy(paymentPolicy(gateway.capabilities.firstQueryAfterSeconds, { pollIntervalSeconds: presentSeconds > shortCodes ? 6 : 3 }), presentSeconds, gateway.capabilities.present?.firstQueryAfterSeconds ?? 3, gateway.capabilities.present?.validSecondsMost ?? null), maximumAmount, supportPhone: null });
  }
  return {
    version: '0.0.0',
    store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'zh-CN', currency: 'CNY', dayChangeHour: 0 },
    terminalId,
    receipt: { header: [], footer: [] },
    maximumAmount,
    gateways: configured,
    routeCode: (wallet) => (wallet === 'alipay' ? 'omipay' : 'shouqianba'),
    routeShowing: () => shows,
    printerPresent: true,
    scannersPresent: true,
    training: null,
    codeDigits: { least: 15, most: 32 },
    refund: { reasons: ['returned', 'wrongAmount', 'other'], approvalAbove: { minor: approvalAboveMinor, currency: 'CNY' } },
    pinDigits,
    cash: { on: true, roundTo: { minor: cashRoundTo, currency: 'CNY' }, notes: [] },
    ownerAccess: false,
  };
}
