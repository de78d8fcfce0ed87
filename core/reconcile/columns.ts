/** Finds the table in a statement and what its columns are: by their headings alone, never by their figures. */
import type { StatementField, StatementMapping } from '../contract/types.ts';
import type { AmountUnit } from './amount-cell.ts';
import { commonColumns, normalHeading, profileOf, type KnownProfile } from './profiles.ts';

export interface FoundColumns {
  /** Position of the heading line among the lines given. */
  readonly line: number;
  readonly headings: readonly string[];
  /** One for each heading; null where it wasn't recognised. */
  readonly fields: readonly (StatementField | null)[];
  readonly gateway: string | null;
  /** Null where neither the heading, nor a line above it, nor the gateway's own format names it. */
  readonly amountUnit: AmountUnit | null;
}

const references: readonly StatementField[] = ['attemptRef', 'gatewayRef', 'walletRef', 'refundRef'];

/**
 * `lines` are the first lines of a file, in cells. `gateway` null lets the file say whose it is. A line is the table's head
 * where it has an amount and a reference; without one, the line with most cells is taken and nothing in it is recognised.
 */
export function findColumns(profiles: readonly KnownProfile[], lines: readonly (readonly string[])[], gateway: string | null): FoundColumns | null {
  const whose = gateway ?? recognise(profiles, lines);
  const profile = profileOf(profiles, whose);
  const known = lines.map((cells, line) => ({ line, cells, fields: fieldsOf(cells, profile) })).filter(({ fields }) => isHead(fields));
  const best = known.toSorted((left, right) => count(right.fields) - count(left.fields))[0] ?? widest(lines);
  if (best === undefined) return null;
  const fromFormat = profile !== null && recognise(profiles, lines) === profile.gateway ? profile.amountUnit : null;
  const amountUnit = headingUnit(best.cells, best.fields) ?? unitAbove(lines.slice(0, best.line)) ?? fromFormat;
  return { line: best.line, headings: best.cells, fields: best.fields, gateway: whose, amountUnit };
}

/** The same head read by a mapping that a person made: by the headings as they stand in the file. */
export function mapColumns(found: FoundColumns, mapping: StatementMapping): FoundColumns {
  const fields = found.headings.map((heading) => (Object.hasOwn(mapping.columns, heading) ? (mapping.columns[heading] ?? null) : null));
  return { ...found, fields, amountUnit: mapping.amountUnit };
}

/** The line of a head that was mapped before: the first that has all of its headings; null where the file is another. */
export function findMapped(profiles: readonly KnownProfile[], lines: readonly (readonly string[])[], mapping: StatementMapping, gateway: string | null): FoundColumns | null {
  const wanted = Object.keys(mapping.columns);
  const line = lines.findIndex((cells) => wanted.length > 0 && wanted.every((heading) => cells.includes(heading)));
  if (line < 0) return null;
  return mapColumns({ line, headings: lines[line] ?? [], fields: [], gateway: gateway ?? recognise(profiles, lines), amountUnit: null }, mapping);
}

/** Whether rows can be matched by these columns: an amount, and at least one reference. */
export function canMatch(fields: readonly (StatementField | null)[]): boolean {
  return isHead(fields);
}

/** Whose file it is, by what only that gateway's files have; null where nothing tells. */
export function recognise(profiles: readonly KnownProfile[], lines: readonly (readonly string[])[]): string | null {
  const texts = lines.flat().map(normalHeading);
  return profiles.find((profile) => texts.some((text) => profile.signature.test(text)))?.gateway ?? null;
}

function isHead(fields: readonly (StatementField | null)[]): boolean {
  return fields.includes('amount') && references.some((field) => fields.includes(field));
}

function count(fields: readonly (StatementField | null)[]): number {
  return fields.filter((field) => field !== null).length;
}

function widest(lines: readonly (readonly string[])[]): { line: number; cells: readonly string[]; fields: (StatementField | null)[] } | undefined {
  const all = lines.map((cells, line) => ({ line, cells, fields: cells.map(() => null) }));
  return all.filter(({ cells }) => cells.length > 1).toSorted((left, right) => filled(right.cells) - filled(left.cells))[0];
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell !== '').length;
}

/** Each field goes to the column with the best heading for it, and no column has two. */
function fieldsOf(cells: readonly string[], profile: KnownProfile | null): (StatementField | null)[] {
  const headings = cells.map(normalHeading);
  const fields: (StatementField | null)[] = cells.map(() => null);
  const give = (field: StatementField, words: readonly string[]): void => {
    if (fields.includes(field)) return;
    const word = words.find((one) => headings.some((heading, index) => heading === one && fields[index] === null));
    const place = headings.findIndex((heading, index) => heading === word && fields[index] === null);
    if (word !== undefined && place >= 0) fields[place] = field;
  };
  for (const [field, words] of entries(profile?.columns ?? {})) give(field, words);
  for (const [field, words] of entries(commonColumns)) give(field, words);
  return fields;
}

function entries(columns: Readonly<Partial<Record<StatementField, readonly string[]>>>): [StatementField, readonly string[]][] {
  return Object.entries(columns) as [StatementField, readonly string[]][];
}

function headingUnit(cells: readonly string[], fields: readonly (StatementField | null)[]): AmountUnit | null {
  const place = fields.indexOf('amount');
  return place < 0 ? null : unitIn(cells[place] ?? '');
}

function unitIn(heading: string): AmountUnit | null {
  const text = heading.normalize('NFKC').toLowerCase();
  if (/\(?分\)?$|\bfen\b|\bcents?\b|minor/u.test(text)) return 'minor';
  if (/元|\byuan\b|\((?:rmb|cny|aud|usd|eur|gbp|hkd|nzd|[a-z]{0,2}\$|¥)\)|\bdollars?\b/u.test(text)) return 'major';
  return null;
}

/** `单位：元` above the table speaks for all of its amounts. */
function unitAbove(lines: readonly (readonly string[])[]): AmountUnit | null {
  const said = lines.flat().map((cell) => /(?:单位|unit)\s*[::]\s*(.+)$/iu.exec(cell.normalize('NFKC'))?.[1]).find((text) => text !== undefined);
  return said === undefined ? null : unitIn(`(${said.trim()})`) ?? unitIn(said);
}
