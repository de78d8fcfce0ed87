/** What long work needs to know of the shop: plain data, so that it can be handed to a worker. */
import type { Settings } from '../core/contract/settings.ts';
import type { Locale } from '../core/contract/types.ts';
import { gateways } from '../core/gateways/registry.ts';
import type { JournalReader } from '../core/journal/storage.ts';
import { isCurrency, type Currency } from '../core/money/currency.ts';
import { staffAggregate, type StaffEvent } from '../core/staff/events.ts';
import { personOf, staffOf } from '../core/staff/staff.ts';

export interface WorkShop {
  readonly storeName: string;
  readonly timezone: string;
  /** The language of files. */
  readonly locale: Locale;
  readonly currency: Currency;
  readonly gatewayNames: Readonly<Record<string, Readonly<Record<Locale, string>>>>;
  /** Each configured gateway's currency, and the terminal numbers by which statements name this till. */
  readonly gateways: Readonly<Record<string, { readonly currency: Currency; readonly terminals: readonly string[] }>>;
}

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

export function gatewayName(shop: WorkShop, gateway: string): string {
  return shop.gatewayNames[gateway]?.[shop.locale] ?? gateway;
}

/** Names of the shop's people, as the journal has them; an id that is nobody's stays as it is. */
export function peopleNames(journal: JournalReader): (operatorId: string) => string {
  const staff = staffOf(journal.rowsOf(staffAggregate).map((row) => JSON.parse(row.payload) as StaffEvent));
  return (operatorId) => personOf(staff, operatorId)?.name ?? operatorId;
}
