/** What a rule of the conformance suite is: a sentence about every gateway, and a check that says where one breaks it. */
import type { Gateway } from '../core/gateways/gateway.ts';
import type { SignatureVector } from '../core/gateways/signature-vector.ts';
import type { SourceDocument, Variant } from './documents.ts';
import type { Specimen } from './specimens.ts';

/** One gateway as the suite meets it. */
export interface Subject {
  readonly gateway: Gateway;
  /** What its owner published, copied by hand; null where nobody has copied it. */
  readonly document: SourceDocument | null;
  /** The settings under which it is tried, the plain ones first. */
  readonly variants: readonly Variant[];
  /** Signatures that were computed elsewhere, from the folder's `fixtures/vectors.ts`; none where it has no such file. */
  readonly vectors: readonly SignatureVector[];
  /** Its simulator's true answers, with what was asked. */
  specimens(): Promise<readonly Specimen[]>;
}

export interface Rule {
  readonly name: string;
  /** Where the gateway breaks it, a sentence each; none where it keeps it. */
  readonly check: (subject: Subject) => Promise<readonly string[]> | readonly string[];
}

/** What `body` throws, or null: for what must never throw. */
export function thrownBy(body: () => unknown): string | null {
  try {
    body();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
