/** The shop that every history runs: its configuration over the production gateways. */
import type { TillConfiguration } from '../core/configuration.ts';
import { gateways } from '../core/gateways/registry.ts';
import type { ConfiguredGateway } from '../core/payment/runner.ts';
import { paymentPolicy, presentPolicy } from '../core/payment/policy.ts';
import { omipaySettings } from './gateways/omipay.ts';
import { otherTerminal, shouqianbaSettings } from './gateways/shouqianba.ts';

export const shopSecrets: readonly string[] = [shouqianbaSettings.terminalKey, otherTerminal.terminalKey, omipaySettings.secretKey];

export const terminalId = 'T01';

/** Refunds of one payment that come to more than this want a supervisor. */
export const approvalAboveMinor = 5000;
/** Long, so that a PIN stands in no other number by chance. */
export const pinDigits = 8;
/** Cash has no coins below ten fen here. */
export const cashRoundTo = 10;

const maximumAmount = { minor: 5_000_000, currency: 'CNY' } as const;

/** The shop as its settings describe it; with the other terminal's number after somebody had put that one in. */
export function shopConfiguration(terminal: 'own' | 'other'): TillConfiguration {
  const blocks: Readonly<Record<string, unknown>> = { shouqianba: terminal === 'own' ? shouqianbaSettings : { ...shouqianbaSettings, ...otherTerminal }, omipay: omipaySettings };
  const configured = new Map<string, ConfiguredGateway>();
  for (const gateway of gateways) {
    const block = blocks[gateway.id];
    if (block === undefined) continue;
    const settings = gateway.settings.parse(block);
    configured.set(gateway.id, { gateway, settings, identity: gateway.identity(settings), policy: paymentPolicy(gateway.capabilities.firstQueryAfterSeconds), presentPolicy: presentPolicy(paymentPolicy(gateway.capabilities.firstQueryAfterSeconds), 240, gateway.capabilities.present?.firstQueryAfterSeconds ?? 3, gateway.capabilities.present?.validSecondsMost ?? null), maximumAmount, supportPhone: null });
  }
  return {
    version: '0.0.0',
    store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'zh-CN', currency: 'CNY', dayChangeHour: 0 },
    terminalId,
    receipt: { header: [], footer: [] },
    maximumAmount,
    gateways: configured,
    routeCode: (wallet) => (wallet === 'alipay' ? 'omipay' : 'shouqianba'),
    routeShowing: () => null,
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
