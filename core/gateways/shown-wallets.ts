/** Which wallets can scan a code that is shown: what a customer display may promise, and what may be asked for. */
import type { Wallet } from '../contract/types.ts';
import type { Gateway } from './gateway.ts';

const everyWallet: readonly Wallet[] = ['wechat', 'alipay', 'unionpay'];

/** Those that surely can where none was asked for, so that the settings decide; empty where nobody knows. */
export function shownWallets({ capabilities, shownWallets: told }: Pick<Gateway, 'capabilities' | 'shownWallets'>, settings: unknown): readonly Wallet[] {
  if (told !== undefined) return told(settings);
  const wallets = capabilities.present?.wallets ?? [];
  // Where no wallet can be asked for, one code serves all.
  if (wallets.length === 0) return everyWallet;
  return wallets.length === 1 ? wallets : [];
}

/** The wallet that a setting names, as a list; one without a name of its own here promises nothing. */
export function namedWallet(wallet: Wallet | null | undefined): readonly Wallet[] {
  return wallet === null || wallet === undefined || wallet === 'other' ? [] : [wallet];
}

/** Whether a code for this wallet can be asked for. Where the settings decide alone, only theirs can. */
export function mayAskFor(gateway: Pick<Gateway, 'capabilities' | 'shownWallets'>, settings: unknown, wallet: Wallet): boolean {
  const wallets = gateway.capabilities.present?.wallets ?? [];
  return wallets.length === 0 ? shownWallets(gateway, settings).includes(wallet) : wallets.includes(wallet);
}
