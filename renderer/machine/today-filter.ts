/** What the day's list is narrowed to: one line per field, each changed by `4` and `6`. */
import type { ListFilter, Person, TillStatus } from '../../core/contract/types.ts';
import type { WordKey } from '../words/zh-CN.ts';

export type FilterField = 'wallet' | 'state' | 'gateway' | 'operatorId';

/** One choice of a field: a word of the screens, or a name of the shop's own. */
export interface FilterOption {
  readonly value: string | null;
  readonly word: WordKey | null;
  readonly name: string;
}

export interface FilterLine {
  readonly field: FilterField;
  readonly word: WordKey;
  readonly options: readonly FilterOption[];
  readonly chosen: FilterOption;
}

const all: FilterOption = { value: null, word: 'filter.all', name: '' };

/** The lines that this shop has: gateways and people only where there are several to choose from. */
export function filterLines(filter: ListFilter, status: TillStatus, people: readonly Person[]): readonly FilterLine[] {
  const cash: readonly FilterOption[] = status.cash.on ? [{ value: 'cash', word: 'wallet.cash', name: '' }] : [];
  const wallets = (['wechat', 'alipay', 'unionpay', 'other'] as const).map((wallet): FilterOption => ({ value: wallet, word: `wallet.${wallet}`, name: '' }));
  const states = (['paid', 'declined', 'unknown', 'refunded', 'settled'] as const).map((state): FilterOption => ({ value: state, word: `filter.state.${state}`, name: '' }));
  const gateways = status.gateways.map(({ id, names }): FilterOption => ({ value: id, word: null, name: names[status.locale] }));
  const names = people.map(({ operatorId, name }): FilterOption => ({ value: operatorId, word: null, name }));
  return [
    line('wallet', 'filter.wallet', [...wallets, ...cash], filter.wallet),
    line('state', 'filter.state', states, filter.state),
    ...(gateways.length + cash.length > 1 ? [line('gateway', 'filter.gateway', [...gateways, ...cash], filter.gateway)] : []),
    ...(names.length > 0 ? [line('operatorId', 'filter.operator', names, filter.operatorId)] : []),
  ];
}

/** The filter with the next or the one before of a field's choices; the first lets all through. */
export function turned(filter: ListFilter, { field, options, chosen }: FilterLine, by: 1 | -1): ListFilter {
  const at = options.indexOf(chosen);
  const next = options[(at + by + options.length) % options.length];
  const { [field]: _, ...rest } = filter;
  return next && next.value !== null ? { ...rest, [field]: next.value } : rest;
}

/** True where every row of the day is let through. */
export function isOpen(filter: ListFilter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

function line(field: FilterField, word: WordKey, choices: readonly FilterOption[], value: string | undefined): FilterLine {
  const options = [all, ...choices];
  return { field, word, options, chosen: options.find((option) => option.value === (value ?? null)) ?? all };
}
