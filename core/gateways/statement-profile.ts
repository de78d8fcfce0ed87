/** What a gateway's own statement files look like: its words for columns, its clock, and by what a file is recognised. Types alone. */
import type { StatementField } from '../contract/types.ts';

export interface StatementProfile {
  /** A normalised heading, or a piece of a line above the table, that only this gateway's files have. */
  readonly signature: RegExp;
  /** Headings that mean something else here than elsewhere; looked at before the common ones. */
  readonly columns: Readonly<Partial<Record<StatementField, readonly string[]>>>;
  /** Minutes east of Greenwich of the clock by which its days end; null: the shop's own. */
  readonly offsetMinutes: number | null;
  /** The unit of its own export, which names none in the heading; a file that isn't recognised by its signature has none. */
  readonly amountUnit: 'minor' | 'major' | null;
}
