/** From what a screen wants to the keys of settings.json that differ, so that nothing else in the file is touched. */
import type { RoutingSettings, SettingsChange, Wallet } from '../contract/types.ts';
import type { Gateway } from '../gateways/gateway.ts';
import { gatewayChanges } from './gateway-forms.ts';
import { linesOf, sameValue, valueAt } from './json-values.ts';
import type { KeyChange } from './store.ts';

type Raw = Readonly<Record<string, unknown>>;

/** The keys that a change makes different, in the order of the file's sections. */
export function keyChanges(change: SettingsChange, raw: Raw, gateways: readonly Gateway[]): readonly KeyChange[] {
  const wanted: KeyChange[] = [];
  if (change.refundReasons !== undefined) wanted.push({ path: ['refund', 'reasons'], value: change.refundReasons });
  if (change.receipt !== undefined) wanted.push({ path: ['receipt', 'header'], value: change.receipt.header }, { path: ['receipt', 'footer'], value: change.receipt.footer });
  const gateway = gateways.find(({ id }) => id === change.gateway?.id);
  if (change.gateway !== undefined && gateway !== undefined) wanted.push(...gatewayChanges(gateway, change.gateway.values));
  if (change.routing !== undefined) wanted.push(...routingChanges(change.routing, raw));
  return wanted.filter(({ path, value }) => !sameValue(valueAt(raw, path) ?? (Array.isArray(value) ? [] : undefined), value));
}

const wallets: readonly Wallet[] = ['wechat', 'alipay', 'unionpay', 'other'];

/** The routing as it stands in the file. */
export function routingOf(raw: Raw): RoutingSettings {
  const by = (way: string): Readonly<Record<Wallet, string | null>> => {
    const id = (wallet: Wallet): string | null => {
      const value = valueAt(raw, ['routing', way, wallet]);
      return typeof value === 'string' ? value : null;
    };
    return { wechat: id('wechat'), alipay: id('alipay'), unionpay: id('unionpay'), other: id('other') };
  };
  return { cpm: by('cpm'), fallback: by('fallback'), mpm: linesOf(raw, ['routing', 'mpm']) };
}

function routingChanges(routing: RoutingSettings, raw: Raw): readonly KeyChange[] {
  const before = routingOf(raw);
  const byWallet = (['cpm', 'fallback'] as const).flatMap((way) => wallets.flatMap((wallet): readonly KeyChange[] => {
    const id = routing[way][wallet];
    return id === before[way][wallet] ? [] : [{ path: ['routing', way, wallet], value: id ?? undefined }];
  }));
  return [...byWallet, { path: ['routing', 'mpm'], value: routing.mpm }];
}
