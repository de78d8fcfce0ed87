/** What the columns of a statement are taken for, and what is still missing before it can be matched. */
import type { StatementColumn, StatementField, StatementLook, StatementMapping } from '../../core/contract/types.ts';

/** What a column can be on screen: an amount stands with its unit, which nobody guesses from figures. */
export type ColumnMeaning = Exclude<StatementField, 'amount'> | 'amountMajor' | 'amountMinor' | 'amountUnknown';

/** In this order `4` and `6` go through them; null is "not used". */
const order: readonly (ColumnMeaning | null)[] = [
  null, 'attemptRef', 'gatewayRef', 'walletRef', 'refundRef', 'amountMajor', 'amountMinor', 'refundAmount', 'kind', 'time', 'state', 'currency', 'terminal', 'fee',
];

/** One line of the mapping: theirs, ours, an example. */
export interface MappedColumn extends StatementColumn {
  readonly meaning: ColumnMeaning | null;
}

export type Unit = 'major' | 'minor' | null;

/** What a person changed: by their heading. */
export type ColumnChanges = Readonly<Record<string, StatementField | null>>;

export function mappedColumns(look: StatementLook, changes: ColumnChanges, unit: Unit): readonly MappedColumn[] {
  return look.columns.map((column) => {
    const field = Object.hasOwn(changes, column.theirs) ? changes[column.theirs] ?? null : column.ours;
    return { ...column, ours: field, meaning: field === 'amount' ? amountMeaning(unit) : field };
  });
}

/** The next meaning that no other column has, and the unit that comes with it. */
export function nextMeaning(columns: readonly MappedColumn[], index: number, by: 1 | -1): ColumnMeaning | null {
  const column = columns[index];
  const taken = new Set(columns.filter((other) => other !== column).map((other) => other.ours));
  const free = order.filter((meaning) => meaning === null || !taken.has(fieldOf(meaning)));
  // From "amount, but in what?" both ways lead to a unit.
  const from = column?.meaning === 'amountUnknown' ? free.indexOf(by === 1 ? 'amountMajor' : 'amountMinor') - by : free.indexOf(column?.meaning ?? null);
  return free[(from + by + free.length) % free.length] ?? null;
}

export function fieldOf(meaning: ColumnMeaning): StatementField {
  return meaning === 'amountMajor' || meaning === 'amountMinor' || meaning === 'amountUnknown' ? 'amount' : meaning;
}

export function unitOf(meaning: ColumnMeaning | null, before: Unit): Unit {
  return meaning === 'amountMajor' ? 'major' : meaning === 'amountMinor' ? 'minor' : before;
}

/** Why this statement can't be matched yet; null where it can. */
export type Missing = 'gateway' | 'amount' | 'unit' | 'reference';

export function missing(gateway: string | null, columns: readonly MappedColumn[], unit: Unit): Missing | null {
  const has = (...fields: readonly StatementField[]): boolean => columns.some(({ ours }) => ours !== null && fields.includes(ours));
  if (gateway === null) return 'gateway';
  if (!has('amount')) return 'amount';
  if (!has('attemptRef', 'gatewayRef', 'walletRef')) return 'reference';
  return unit === null ? 'unit' : null;
}

/** The mapping as the till takes it; null while the unit is not known. */
export function mappingOf(columns: readonly MappedColumn[], unit: Unit): StatementMapping | null {
  if (unit === null) return null;
  return { columns: Object.fromEntries(columns.flatMap(({ theirs, ours }) => (ours === null ? [] : [[theirs, ours]]))), amountUnit: unit };
}

function amountMeaning(unit: Unit): ColumnMeaning {
  return unit === 'major' ? 'amountMajor' : unit === 'minor' ? 'amountMinor' : 'amountUnknown';
}
