/** The routing as rows: per wallet where a scan goes and where new ones go meanwhile, and the order of those that show codes. */
import type { RoutingSettings, SettingsView, Wallet } from '../../core/contract/types.ts';

export type RouteRow =
  | { readonly kind: 'cpm' | 'fallback'; readonly wallet: Wallet }
  | { readonly kind: 'mpm'; readonly position: number };

export const routeWallets: readonly Wallet[] = ['wechat', 'alipay', 'unionpay', 'other'];

export function routeRows(view: SettingsView): readonly RouteRow[] {
  const byWallet = routeWallets.flatMap((wallet): readonly RouteRow[] => [{ kind: 'cpm', wallet }, { kind: 'fallback', wallet }]);
  return [...byWallet, ...view.gateways.filter(({ shows }) => shows).map((_, position): RouteRow => ({ kind: 'mpm', position }))];
}

/** What a row says now; null for "none" or "by itself". */
export function routeValue(routing: RoutingSettings, row: RouteRow): string | null {
  return row.kind === 'mpm' ? (routing.mpm[row.position] ?? null) : routing[row.kind][row.wallet];
}

/** Whose scanned codes go to a gateway, as the till routes them: a wallet that isn't named goes where the others go, and those to the first that can. */
export function walletsOf(view: SettingsView, gateway: string): readonly Wallet[] {
  const able = view.gateways.filter(({ scans }) => scans).map(({ id }) => id);
  const { cpm } = view.routing;
  const goesTo = (wallet: Wallet): string | undefined => [cpm[wallet], cpm.other, able[0]].find((id): id is string => id !== null && id !== undefined && able.includes(id));
  return routeWallets.filter((wallet) => goesTo(wallet) === gateway);
}

/** The routing after `4` or `6` on a row. */
export function changedRoute(view: SettingsView, routing: RoutingSettings, { row: index, by }: { readonly row: number; readonly by: 1 | -1 }): RoutingSettings {
  const row = routeRows(view)[index];
  if (!row) return routing;
  const options = optionsOf(view, routing, row);
  const next = options[(options.indexOf(routeValue(routing, row)) + by + options.length) % options.length] ?? null;
  if (row.kind !== 'mpm') return { ...routing, [row.kind]: { ...routing[row.kind], [row.wallet]: next } };
  const mpm = [...routing.mpm];
  mpm[row.position] = next ?? '';
  return { ...routing, mpm: mpm.filter((id) => id !== '' && id !== undefined) };
}

function optionsOf(view: SettingsView, routing: RoutingSettings, row: RouteRow): readonly (string | null)[] {
  const able = view.gateways.filter(({ scans, shows }) => (row.kind === 'mpm' ? shows : scans)).map(({ id }) => id);
  const value = routeValue(routing, row);
  // Nobody falls back on what is down, and no gateway stands twice in the order.
  const taken = row.kind === 'fallback' ? [routing.cpm[row.wallet]] : row.kind === 'mpm' ? routing.mpm.filter((id) => id !== value) : [];
  const free = able.filter((id) => !taken.includes(id));
  return [null, ...free, ...(value !== null && !free.includes(value) ? [value] : [])];
}

export function sameRouting(left: RoutingSettings, right: RoutingSettings): boolean {
  const text = ({ cpm, fallback, mpm }: RoutingSettings): string => JSON.stringify([routeWallets.map((wallet) => [cpm[wallet], fallback[wallet]]), mpm]);
  return text(left) === text(right);
}
