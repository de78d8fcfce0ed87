/** Every word of the document has a row in the folder's tables, and means in an answer what its row says. */
import type { DocumentedWord } from '../../core/gateways/documented.ts';
import type { Outcome } from '../../core/gateways/gateway.ts';
import { inWords } from '../../core/testing/gateway-answers.ts';
import { changed, jsonOf, withBody, type Json } from '../falsify.ts';
import type { Rule, Subject } from '../rule.ts';
import type { Specimen } from '../specimens.ts';

const listed: Rule = {
  name: 'every word that the document lists has a row',
  check: ({ gateway, document }) => {
    if (document === null) return [`conformance/documents/${gateway.id}.ts is missing: what the document lists was never copied`];
    const rows = gateway.documented ?? [];
    return document.words.flatMap(({ section, field, word }) => (rows.some((row) => row.word.toUpperCase() === word.toUpperCase() && lastOf(row.field) === lastOf(field)) ? [] : [`${section}: ${field} ${word} has no row`]));
  },
};

function lastOf(field: string): string {
  return field.split('.').at(-1) ?? field;
}

const meanings: Rule = {
  name: 'every row is read as it says',
  check: async (subject) => {
    const specimens = await subject.specimens();
    return (subject.gateway.documented ?? []).flatMap((row) => {
      if (row.call === null) return [];
      const read = new Set(readings(subject, row, specimens));
      return read.has(row.meaning) ? [] : [`${row.call}: ${row.field} ${row.word} should be ${row.meaning}, and is ${[...read].join(' or ') || 'never tried: the simulator gave no answer to this call'}`];
    });
  },
};

/** What the word is taken for, put into each true answer to its call. */
function readings({ gateway }: Subject, row: DocumentedWord, specimens: readonly Specimen[]): readonly string[] {
  return specimens.filter(({ call }) => call === row.call).flatMap((specimen) => {
    const json = jsonOf(specimen.answer);
    if (json === undefined) return [];
    const set: readonly (readonly [string, string])[] = [...Object.entries(row.beside ?? {}), [row.field, row.word]];
    return [json, {}].map((base) => {
      const body = set.reduce<Json>((copy, [field, word]) => changed(copy, field.split('.'), word === '(absent)' ? undefined : word), base);
      return said(gateway.read(specimen.call, specimen.facts, withBody(specimen.answer, body), specimen.settings));
    });
  });
}

/** As `meaning` of a row says it. */
function said(outcome: Outcome): string {
  return outcome.kind === 'refundDeclined' ? `refundDeclined ${outcome.reason}` : inWords(outcome);
}

export const wordRules: readonly Rule[] = [listed, meanings];
