/** What long work needs to know of the shop, taken from its settings. */
import type { Settings } from '../core/contract/settings.ts';
import type { Locale } from '../core/contract/types.ts';
import { gateways } from '../core/gateways/registry.ts';
import { isCurrency, type Currency } from '../core/money/currency.ts';
import type { WorkShop } from './work-shop.ts';

const cashNames: Readonly<Record<Locale, string>> = { 'zh-CN': '现金', en: 'Cash' };

/** Keys of a gateway's settings that hold this till's number there. */
const terminalKeys = ['terminalSn', 'posNumber', 'terminalId'];

export function workShop(settings: Pick<Settings, 'store' | 'gateways'>): WorkShop {
  const { store } = settings;
  const blocks = Object.entries(settings.gateways).map(([id, block]) => [id, block.settings as Readonly<Record<string, unknown>>] as const);
  return {
    storeName: store.name, timezone: store.timezone, locale: store.locale, currency: store.currency,
    gatewayNames: { ...Object.fromEntries(gateways.map((gateway) => [gateway.id, gateway.names])), cash: cashNames },
    gateways: Object.fromEntries(blocks.map(([id, block]) => [id, { currency: currencyOf(block, store.currency), terminals: terminalsOf(block) }])),
  };
}

function currencyOf(block: Readonly<Record<string, unknown>>, otherwise: Currency): Currency {
  const { currency } = block;
  return typeof currency === 'string' && isCurrency(currency) ? currency : otherwise;
}

function terminalsOf(block: Readonly<Record<string, unknown>>): string[] {
  return terminalKeys.flatMap((key) => (typeof block[key] === 'string' && block[key] !== '' ? [block[key]] : []));
}
