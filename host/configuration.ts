/** Works out from the settings what a till is made of: gateways with their times and limits, routing, devices. */
import type { ZodType } from 'zod';
import type { TillConfiguration } from '../core/configuration.ts';
import { amountSetting, type GatewayBlock, type Settings } from '../core/contract/settings.ts';
import type { Gateway } from '../core/gateways/gateway.ts';
import { gateways as registry } from '../core/gateways/registry.ts';
import type { Amount } from '../core/money/amount.ts';
import type { Currency } from '../core/money/currency.ts';
import { paymentPolicy, presentPolicy } from '../core/payment/policy.ts';
import type { ConfiguredGateway } from '../core/payment/runner.ts';
import type { DevicesSettings } from '../native-bridge/process/messages.ts';

/** What isn't in the settings. */
export interface Circumstances {
  readonly version: string;
  readonly codeDigits: TillConfiguration['codeDigits'];
  readonly training: TillConfiguration['training'];
  readonly ownerAccess: boolean;
  /** What a gateway was set up with before, beside the settings' own former blocks: other terminals that were activated here. */
  readonly formerTerminals?: (gateway: Gateway, block: GatewayBlock) => readonly GatewayBlock[];
}

export function tillConfiguration(settings: Settings, known: readonly Gateway[], circumstances: Circumstances): TillConfiguration {
  const { formerTerminals, ...rest } = circumstances;
  const gateways = configuredGateways(settings, known, formerTerminals ?? (() => []));
  return {
    ...rest,
    store: settings.store,
    terminalId: settings.terminal.id,
    receipt: settings.receipt,
    refund: settings.refund,
    pinDigits: settings.staff.pinDigits,
    cash: settings.cash,
    maximumAmount: maximumAmount(settings.payment.maximumAmount, settings.store.currency),
    gateways,
    routeCode: codeRouting(settings, gateways),
    routeShowing: showRouting(settings, gateways),
    printerPresent: settings.devices.printer !== null,
    // Where none is set up there may still be one that types like a keyboard, which nothing can tell beforehand.
    scannersPresent: true,
  };
}

/** The settings' schema of each gateway that this version speaks to. */
export function gatewaySchemas(known: readonly Gateway[] = registry): Readonly<Record<string, ZodType>> {
  return Object.fromEntries(known.map((gateway) => [gateway.id, gateway.settings]));
}

/** The devices that a process of their own drives; a keyboard scanner types into the window. */
export function devicesSettings({ devices }: Settings): DevicesSettings {
  return { scanners: devices.scanners.filter((scanner) => scanner.type !== 'keyboard'), printer: devices.printer };
}

/** What must never get into a log: the secret values of every gateway's block. */
export function secretValues(settings: Settings, known: readonly Gateway[]): readonly string[] {
  return known.flatMap((gateway) => [settings.gateways[gateway.id], ...(settings.formerGateways[gateway.id] ?? [])].flatMap((block) => {
    if (typeof block?.settings !== 'object' || block.settings === null) return [];
    const values: Readonly<Record<string, unknown>> = { ...block.settings };
    return gateway.secretKeys.map((key) => values[key]).filter((value) => typeof value === 'string' && value !== '') as string[];
  }));
}

function configuredGateways(settings: Settings, known: readonly Gateway[], formerTerminals: NonNullable<Circumstances['formerTerminals']>): ReadonlyMap<string, ConfiguredGateway> {
  const configured = new Map<string, ConfiguredGateway>();
  for (const gateway of known) {
    const block = settings.gateways[gateway.id];
    if (block === undefined) continue;
    const former = [...(settings.formerGateways[gateway.id] ?? []), ...formerTerminals(gateway, block)].map((old) => configuredGateway(gateway, old));
    configured.set(gateway.id, { ...configuredGateway(gateway, block), former });
  }
  return configured;
}

function configuredGateway(gateway: Gateway, block: GatewayBlock): ConfiguredGateway {
  const policy = paymentPolicy(gateway.capabilities.firstQueryAfterSeconds, block.payment);
  return {
    gateway,
    settings: block.settings,
    identity: gateway.identity(block.settings),
    policy,
    presentPolicy: presentPolicy(policy, block.payment.presentSeconds, gateway.capabilities.present?.firstQueryAfterSeconds ?? gateway.capabilities.firstQueryAfterSeconds, gateway.capabilities.present?.validSecondsMost ?? null),
    maximumAmount: maximumAmount(block.payment.maximumAmount, gateway.currency(block.settings)),
    supportPhone: block.supportPhone,
  };
}

/**
 * By wallet among the gateways of the store's currency (DESIGN.md 7). A wallet that the routing doesn't name goes where the
 * others go, and then to the first that takes codes: a prefix never refuses (CASES 36).
 */
function codeRouting(settings: Settings, gateways: ReadonlyMap<string, ConfiguredGateway>): TillConfiguration['routeCode'] {
  const { currency } = settings.store;
  const able = [...gateways.values()].filter((configured) => goes(configured, 'cpm', currency)).map(({ gateway }) => gateway.id);
  const named = settings.routing?.cpm ?? {};
  const fallback = settings.routing?.fallback ?? {};
  const first = (...ids: readonly (string | undefined)[]): string | null => ids.find((id) => id !== undefined && able.includes(id)) ?? null;
  return (wallet, isDown) => {
    const usual = first(named[wallet], named.other, able[0]);
    if (usual === null || isDown?.(usual) !== true) return usual;
    // Where both are down the usual one is as good, and is what the shop expects on its statement.
    const instead = first(fallback[wallet], fallback.other);
    return instead === null || isDown(instead) ? usual : instead;
  };
}

/** The first gateway of the routing that shows codes in the store's currency and isn't down; without a routing, the first that does. */
function showRouting(settings: Settings, gateways: ReadonlyMap<string, ConfiguredGateway>): TillConfiguration['routeShowing'] {
  const able = [...gateways.values()].filter((configured) => goes(configured, 'mpm', settings.store.currency)).map(({ gateway }) => gateway.id);
  const named = settings.routing?.mpm ?? [];
  const order = named.filter((id) => able.includes(id));
  const usual = order[0] ?? able[0] ?? null;
  return (isDown) => (isDown === undefined ? usual : (order.find((id) => !isDown(id)) ?? usual));
}

function goes({ gateway, settings }: ConfiguredGateway, way: 'cpm' | 'mpm', currency: Currency): boolean {
  return (gateway.directions?.(settings) ?? gateway.capabilities)[way] && gateway.currency(settings) === currency;
}

function maximumAmount(setting: string, currency: Currency): Amount {
  // The schema has read it already where it was written; the built-in maximum fits every currency.
  return amountSetting(setting, currency) ?? { minor: 5_000_000, currency };
}
