/** What long work needs to know of the shop: plain data, so that it can be handed to a worker. */
import type { Locale } from '../core/contract/types.ts';
import type { JournalReader } from '../core/journal/storage.ts';
import type { Currency } from '../core/money/currency.ts';
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

export function gatewayName(shop: WorkShop, gateway: string): string {
  return shop.gatewayNames[gateway]?.[shop.locale] ?? gateway;
}

/** Names of the shop's people, as the journal has them; an id that is nobody's stays as it is. */
export function peopleNames(journal: JournalReader): (operatorId: string) => string {
  const staff = staffOf(journal.rowsOf(staffAggregate).map((row) => JSON.parse(row.payload) as StaffEvent));
  return (operatorId) => personOf(staff, operatorId)?.name ?? operatorId;
}
