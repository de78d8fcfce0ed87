/** The rules of the suite, and the gateways that it holds them against. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gateways } from '../core/gateways/registry.ts';
import type { SignatureVector } from '../core/gateways/signature-vector.ts';
import { documentOf } from './documents.ts';
import type { Rule, Subject } from './rule.ts';
import { courseRules } from './rules/courses.ts';
import { descriptionRules } from './rules/description.ts';
import { limitRules } from './rules/limits.ts';
import { noticeRules } from './rules/notices.ts';
import { readingRules } from './rules/reading.ts';
import { secretRules } from './rules/secrets.ts';
import { signatureRules } from './rules/signatures.ts';
import { tokenRules } from './rules/tokens.ts';
import { wordRules } from './rules/words.ts';
import { collectSpecimens, type Specimen } from './specimens.ts';
import { plain } from './stand.ts';

/** Quick ones first: a copy with a planted bug is told apart at the first broken rule. */
export const rules: readonly Rule[] = [...descriptionRules, ...signatureRules, ...secretRules, ...tokenRules, ...readingRules, ...wordRules, ...limitRules, ...noticeRules, ...courseRules];

/** The registered gateways' ids, in the registry's order. */
export const ids: readonly string[] = gateways.map(({ id }) => id);

/** Throws where the registry has no such gateway. */
export async function subjectOf(id: string): Promise<Subject> {
  const gateway = gateways.find((one) => one.id === id);
  if (gateway === undefined) throw new Error(`the registry has no ${id}`);
  const document = await documentOf(id);
  const variants = [plain, ...(document?.variants ?? [])];
  let specimens: Promise<readonly Specimen[]> | null = null;
  return { gateway, document, variants, vectors: await vectorsOf(id), specimens: () => (specimens ??= collectSpecimens(gateway, variants)) };
}

async function vectorsOf(id: string): Promise<readonly SignatureVector[]> {
  const path = join(import.meta.dirname, '..', 'core', 'gateways', id, 'fixtures', 'vectors.ts');
  if (!existsSync(path)) return [];
  const { vectors } = (await import(path)) as { vectors: readonly SignatureVector[] };
  return vectors;
}
