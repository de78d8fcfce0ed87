/** What words may mean at most, and what the till may rely on: by the document's copy, which nobody made of the folder's tables. */
import type { Call } from '../../core/gateways/gateway.ts';
import { inWords } from '../../core/testing/gateway-answers.ts';
import type { SourceDocument } from '../documents.ts';
import { changed, dotted, jsonOf, leaves, stands, withBody } from '../falsify.ts';
import type { Rule, Subject } from '../rule.ts';

/** For each word of each field: what answers to a call may be taken for because of it, all sections together. */
class Limits {
  readonly #kinds = new Map<string, Set<string>>();
  readonly #labels = new Map<string, string>();

  constructor({ words }: SourceDocument) {
    for (const { field, word, may, label } of words) {
      if (label !== null) this.#labels.set(keyOf(field, word), label);
      for (const [call, kinds] of Object.entries(may)) {
        const key = `${call} ${keyOf(field, word)}`;
        this.#kinds.set(key, new Set([...(this.#kinds.get(key) ?? []), ...kinds.split(' ')]));
      }
    }
  }

  allows(call: Call, field: string, word: string, kind: string): boolean {
    const kinds = this.#kinds.get(`${call} ${keyOf(field, word)}`);
    return kind === 'unknown' || kinds?.has('*') === true || kinds?.has(kind) === true;
  }

  label(field: string, word: string): string | undefined {
    return this.#labels.get(keyOf(field, word));
  }
}

function keyOf(field: string, word: string): string {
  return `${field} ${word.toUpperCase()}`;
}

const atMost: Rule = {
  name: 'money rule 2: no word is read as more than the document lets it mean',
  check: async (subject) => {
    const { gateway, document } = subject;
    if (document === null) return [];
    const limits = new Limits(document);
    const rows = (gateway.documented ?? []).flatMap(({ call, field, word, meaning }) => {
      const [kind = ''] = meaning.split(' ');
      if (call !== null) return limits.allows(call, field, word, kind) ? [] : [`${call}: ${field} ${word} has a row as ${meaning}, which the document doesn't say`];
      const label = limits.label(field, word);
      return label === undefined || label === meaning ? [] : [`${field} ${word} is ${meaning}, and in the document ${label}`];
    });
    return [...new Set([...rows, ...(await readings(subject, document, limits))])];
  },
};

/** The same of true answers, with the word in the place of the one that stood there: whatever the tables say. */
async function readings(subject: Subject, { words, reasons = [] }: SourceDocument, limits: Limits): Promise<readonly string[]> {
  const { gateway } = subject;
  return (await subject.specimens()).flatMap(({ call, facts, settings, answer }) => {
    const json = jsonOf(answer);
    if (json === undefined) return [];
    return leaves(json).flatMap(({ path, value }) => {
      const field = dotted(path);
      if (value === '' || value === null || reasons.some((one) => one.field === field && !stands(json, one.beside))) return [];
      return words.filter((one) => one.label === null && one.field === field).flatMap(({ word }) => {
        const outcome = gateway.read(call, facts, withBody(answer, changed(json, path, word)), settings);
        return limits.allows(call, field, word, outcome.kind) ? [] : [`${call}: ${field} ${word} is read as ${inWords(outcome)}, which the document doesn't say`];
      });
    });
  });
}

/** What money depends on, below `capabilities`. */
const ofMoney = [
  'queryBy', 'repeatPayWithinSeconds', 'reference.length', 'reverse.undoesPaid', 'reverse.onlyOnDayAtOffsetMinutes', 'present.queryBy', 'present.reverse.undoesPaid',
  'present.reverse.onlyOnDayAtOffsetMinutes', 'present.validSecondsMost', 'refund.orderBy', 'refund.partial', 'refund.withinDays', 'refund.repeat', 'refund.queryBy', 'refund.reference.length',
];

const abilities: Rule = {
  name: 'what money depends on is as the document has it',
  check: ({ gateway, document }) => {
    if (document === null) return [];
    const ours = new Map(ofMoney.map((name) => at(gateway.capabilities, name)));
    const theirs = new Map(document.abilities.map(({ name, is }) => [name, is]));
    return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name) => {
      if (!theirs.has(name)) return [`${name} is ${String(ours.get(name))}, and was never copied from the document`];
      const { section } = document.abilities.find((one) => one.name === name) ?? { section: '' };
      return ours.get(name) === theirs.get(name) ? [] : [`${name} is ${String(ours.get(name))}, and by ${section} ${String(theirs.get(name))}`];
    });
  },
};

/** The value at a dotted place; where a part in front of it is null, that part's name with null. */
function at(value: unknown, name: string): readonly [string, unknown] {
  const walked: string[] = [];
  let here: unknown = value;
  for (const part of name.split('.')) {
    walked.push(part);
    here = typeof here === 'object' && here !== null && part in here ? (here as Readonly<Record<string, unknown>>)[part] : undefined;
    if (here === null) break;
  }
  return [walked.join('.'), here];
}

export const limitRules: readonly Rule[] = [abilities, atMost];
