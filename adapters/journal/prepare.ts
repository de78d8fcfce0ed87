/** Statements by their names, prepared once. */
import type Database from 'better-sqlite3';

export type Statements<Name extends string> = Readonly<Record<Name, Database.Statement>>;

export function prepareAll<Name extends string>(database: Database.Database, texts: Readonly<Record<Name, string>>): Statements<Name> {
  const prepared: Partial<Record<Name, Database.Statement>> = {};
  for (const name of Object.keys(texts) as Name[]) prepared[name] = database.prepare(texts[name]);
  return prepared as Record<Name, Database.Statement>;
}
