/** Copies of the gateways with one rule broken each: the suite is worth what it catches. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface PlantedBug {
  readonly name: string;
  /** Below the gateway's folder. Each text stands exactly once in the file; where it doesn't any more, the test says so. */
  readonly changes: readonly (readonly [file: string, from: string, to: string])[];
}

export const bug = (name: string, ...changes: PlantedBug['changes']): PlantedBug => ({ name, changes });

/** Those of one gateway, from `planted/`; none where nobody has planted any. */
export async function plantedBugsOf(id: string): Promise<readonly PlantedBug[]> {
  const path = join(import.meta.dirname, 'planted', `${id}.ts`);
  if (!existsSync(path)) return [];
  const { bugs } = (await import(path)) as { bugs: readonly PlantedBug[] };
  return bugs;
}
