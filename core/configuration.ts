/** What one till is made of, worked out from its settings: shop, gateways, routing, limits. */
import type { Locale, Wallet } from './contract/types.ts';
import type { Gateway, GatewayIdentity } from './gateways/gateway.ts';
import type { Amount } from './money/amount.ts';
import type { Currency } from './money/currency.ts';
import type { ConfiguredGateway } from './payment/runner.ts';

/**
 * The gateway as it was when something was sent: its current settings where they have the same identity, else former ones
 * that have (CASES 6). Null where the settings hold that identity no more: then nothing is asked.
 */
export function configuredFor(gateways: ReadonlyMap<string, ConfiguredGateway>, sent: { readonly gateway: string; readonly identity: GatewayIdentity }): ConfiguredGateway | null {
  return configuredUnder(gateways, sent)[0] ?? null;
}

/** All that is set up under that identity, newest first: more than one where its key was changed and the new one has not been taken yet. */
export function configuredUnder(gateways: ReadonlyMap<string, ConfiguredGateway>, sent: { readonly gateway: string; readonly identity: GatewayIdentity }): readonly ConfiguredGateway[] {
  const now = gateways.get(sent.gateway);
  if (now === undefined) return [];
  return [now, ...(now.former ?? [])].filter(({ identity }) => sameIdentity(identity, sent.identity));
}

export function sameIdentity(left: GatewayIdentity, right: GatewayIdentity): boolean {
  return left.origin === right.origin && left.account === right.account;
}

/** The values of a block's secrets, in the order of `secretKeys`; undefined where one isn't there. Never to a log or a screen. */
export function secretsOf({ secretKeys }: Pick<Gateway, 'secretKeys'>, block: unknown): readonly unknown[] {
  const values: Readonly<Record<string, unknown>> = typeof block === 'object' && block !== null ? { ...block } : {};
  return secretKeys.map((key) => values[key]);
}

/** Whether who stands here can be offered a code to show instead: `*` is a key of the screens, and the command line has none of them. */
export function canOfferCode(configuration: Pick<TillConfiguration, 'ownerAccess' | 'routeShowing'>): boolean {
  return !configuration.ownerAccess && configuration.routeShowing() !== null;
}

/** Says which gateways don't answer just now, so that a new sale may go elsewhere; what has begun never does. */
export type IsDown = (gateway: string) => boolean;

export interface TillConfiguration {
  readonly version: string;
  readonly store: { readonly name: string; readonly timezone: string; readonly locale: Locale; readonly currency: Currency; readonly dayChangeHour: number };
  readonly terminalId: string;
  readonly receipt: { readonly header: readonly string[]; readonly footer: readonly string[] };
  readonly maximumAmount: Amount;
  readonly gateways: ReadonlyMap<string, ConfiguredGateway>;
  /** The gateway that a scanned code of this wallet goes to; null where none takes it. */
  routeCode(wallet: Wallet, isDown?: IsDown): string | null;
  /** The gateway that shows a code for the customer to scan; null where none does. */
  routeShowing(isDown?: IsDown): string | null;
  readonly printerPresent: boolean;
  readonly scannersPresent: boolean;
  readonly training: null | {
    readonly phoneUrl: string;
    /** Training takes only codes that its own simulator issued (CASES 37). */
    isIssuedCode(code: string): boolean;
  };
  readonly refund: { readonly reasons: readonly string[]; readonly approvalAbove: Amount };
  readonly pinDigits: number;
  readonly cash: { readonly on: boolean; readonly roundTo: Amount; readonly notes: readonly Amount[] };
  /** The command line is the owner's own access to the machine: it needs no PIN, no sign-in and no shift. */
  readonly ownerAccess: boolean;
  /** How the digits of a payment code are counted: the screens want 15 to 32, the command line 1 to 32 (CASES 36). */
  readonly codeDigits: { readonly least: number; readonly most: number };
}
