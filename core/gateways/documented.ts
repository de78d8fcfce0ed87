/** How a gateway lists the words of its documents: made of its tables' rows, read by the conformance suite and docs/gateways.md. */
import type { Call } from './gateway.ts';

/** One word in answers to one call. */
export interface DocumentedWord {
  /** Where it stands in an answer, with dots: `biz_response.error_code`. */
  readonly field: string;
  readonly word: string;
  /** The sections of the document, or FIELD.md, ERRATA.md. */
  readonly where: string;
  /** Null where nothing is decided by it, or this till doesn't make the call that it answers. */
  readonly call: Call | null;
  /** What it is taken for: `paid`, `declined codeExpired`, `unknown gatewayUnsure`; a label's own meaning where `call` is null. */
  readonly meaning: string;
  /** What stands in other fields of an answer that has this word; `(absent)` where such an answer lacks the field. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** The rows of one table as words of one field, in answers to one call. `meaning` null leaves a row out. */
export function documentedWords<Row extends { readonly where: string }>(
  field: string, call: Call | null, table: Readonly<Record<string, Row>>, meaning: (row: Row) => string | null, beside?: Readonly<Record<string, string>>,
): readonly DocumentedWord[] {
  return Object.entries(table).flatMap(([word, row]) => {
    const says = meaning(row);
    return says === null ? [] : [{ field, word, where: row.where, call, meaning: says, ...(beside === undefined ? {} : { beside }) }];
  });
}
