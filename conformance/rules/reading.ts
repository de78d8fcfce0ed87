/** What a gateway may conclude from an answer: nothing from noise, halves, doubles and bare statuses (money rule 2, CASES 3). */
import * as fc from 'fast-check';
import type { Call, Outcome } from '../../core/gateways/gateway.ts';
import type { WireAnswer } from '../../core/ports.ts';
import { answerOf, inWords, noise } from '../../core/testing/gateway-answers.ts';
import { changed, dotted, jsonOf, leaves, places, stands, withBody, type Json } from '../falsify.ts';
import type { Rule, Subject } from '../rule.ts';
import type { Specimen } from '../specimens.ts';

const calls: readonly Call[] = ['pay', 'present', 'query', 'reverse', 'refund', 'queryRefund'];
const statuses = [200, 201, 204, 301, 302, 400, 401, 403, 404, 405, 409, 429, 500, 502, 503, 504];
const proxyPage = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';

/** One specimen for each call, or for a call that it has none of, whichever comes first. */
function anyOf(specimens: readonly Specimen[], call: Call): Specimen | undefined {
  return specimens.find((one) => one.call === call) ?? specimens[0];
}

function read(subject: Subject, call: Call, specimen: Specimen, answer: WireAnswer): Outcome {
  return subject.gateway.read(call, specimen.facts, answer, specimen.settings);
}

const total: Rule = {
  name: 'noise is unknown, and nothing throws',
  check: async (subject) => {
    const specimens = await subject.specimens();
    const found = new Set<string>();
    const certain = (call: Call, specimen: Specimen, bytes: Uint8Array, status: number) => {
      const outcome = read(subject, call, specimen, answerOf(bytes, status));
      if (outcome.kind !== 'unknown') found.add(`${call}: ${inWords(outcome)} from ${JSON.stringify(new TextDecoder().decode(bytes).slice(0, 80))}`);
    };
    for (const call of calls) {
      const specimen = anyOf(specimens, call);
      if (specimen === undefined) return ['the simulator gave no answer at all'];
      fc.assert(fc.property(noise, fc.constantFrom(...statuses), (bytes, status) => certain(call, specimen, bytes, status)), { numRuns: 150, seed: 20_261_121 });
      for (const body of ['null', '[]', '{}', '""', '0', 'true', '[{}]', '{"status":{}}', '{"constructor":"x","__proto__":{"status":"1"}}']) certain(call, specimen, new TextEncoder().encode(body), 200);
    }
    return [...found];
  },
};

const bareStatuses: Rule = {
  name: 'case 3: a bare HTTP status is unknown, whatever it is',
  check: async (subject) => {
    const specimens = await subject.specimens();
    return calls.flatMap((call) => {
      const specimen = anyOf(specimens, call);
      if (specimen === undefined) return ['the simulator gave no answer at all'];
      return statuses.flatMap((status) => ['', proxyPage, ' ', '{}'].flatMap((body) => {
        const outcome = read(subject, call, specimen, answerOf(body, status));
        return outcome.kind === 'unknown' ? [] : [`${call}: ${inWords(outcome)} from a bare ${status}`];
      }));
    });
  },
};

const halves: Rule = {
  name: 'half an answer, and one that comes twice, are unknown',
  check: async (subject) => {
    const found = new Set<string>();
    for (const specimen of await subject.specimens()) {
      const { body } = specimen.answer;
      const step = Math.max(1, Math.floor(body.length / 60));
      for (let length = 0; length < body.length; length += step) note(found, subject, specimen, body.slice(0, length), `the first ${length} bytes of an answer`);
      note(found, subject, specimen, body.slice(0, -1), 'an answer without its last byte');
      note(found, subject, specimen, new Uint8Array([...body, ...body]), 'an answer twice');
    }
    return [...found];
  },
};

function note(found: Set<string>, subject: Subject, specimen: Specimen, bytes: Uint8Array, what: string): void {
  const outcome = read(subject, specimen.call, specimen, withBody(specimen.answer, bytes));
  if (outcome.kind !== 'unknown') found.add(`${specimen.call}: ${inWords(outcome)} from ${what}`);
}

const anyStatus: Rule = {
  name: 'case 3: a true answer under another HTTP status means the same or nothing',
  check: async (subject) => (await subject.specimens()).flatMap((specimen) => statuses.flatMap((status) => {
    const outcome = read(subject, specimen.call, specimen, { ...specimen.answer, status });
    // OMoney's words without a code refuse a refund with a 4xx alone, and are unknown with others: the case's one exception.
    const same = outcome.kind === specimen.outcome.kind || outcome.kind === 'unknown' || isRefusalInWords(specimen, outcome);
    return same ? [] : [`${specimen.call}: ${inWords(specimen.outcome)} is ${inWords(outcome)} with status ${status}`];
  })),
};

function isRefusalInWords(specimen: Specimen, outcome: Outcome): boolean {
  const json = jsonOf(specimen.answer);
  return specimen.call === 'refund' && outcome.kind === 'refundDeclined' && typeof json === 'object' && json !== null && Object.keys(json).join() === 'message';
}

/** What no document lists, and values of other shapes. */
const strangers: readonly (Json | undefined)[] = ['ZZ_UNLISTED', '', null, 987_654, true, [], {}, ['ZZ_UNLISTED'], { value: 'ZZ_UNLISTED' }, undefined];

const oneField: Rule = {
  name: 'money rule 2: one changed field makes no other outcome of an answer',
  check: async (subject) => {
    const found = new Set<string>();
    for (const specimen of await subject.specimens()) {
      const json = jsonOf(specimen.answer);
      // What contradicts itself may become plain by a change: only outcomes can turn into others.
      if (json === undefined || specimen.outcome.kind === 'unknown') continue;
      for (const path of places(json)) {
        for (const stranger of strangers) {
          const outcome = read(subject, specimen.call, specimen, withBody(specimen.answer, changed(json, path, stranger)));
          if (outcome.kind !== 'unknown' && outcome.kind !== specimen.outcome.kind && !isSmaller(specimen.outcome, outcome)) {
            found.add(`${specimen.call}: ${inWords(specimen.outcome)} becomes ${inWords(outcome)} with ${dotted(path)} = ${JSON.stringify(stranger)}`);
          }
        }
      }
    }
    return [...found];
  },
};

/** Words that promise nothing may stand where more certain ones stood. */
function isSmaller(before: Outcome, after: Outcome): boolean {
  return (after.kind === 'waiting' && before.kind === 'shown') || (after.kind === 'refundPending' && before.kind === 'refunded');
}

const decidingFields: Rule = {
  name: 'money rule 2: an unlisted value of a deciding field is unknown',
  check: async (subject) => {
    const { documented = [] } = subject.gateway;
    const found = new Set<string>();
    for (const specimen of await subject.specimens()) {
      const json = jsonOf(specimen.answer);
      if (json === undefined || specimen.outcome.kind === 'unknown') continue;
      // Beside other words than a row's own, its field decides nothing: a reason in an answer that has its end elsewhere.
      const fields = new Set(documented.filter((row) => row.call === specimen.call && stands(json, row.beside ?? {})).map(({ field }) => field));
      for (const { path, value } of leaves(json)) {
        if (!fields.has(dotted(path)) || value === '' || value === null) continue;
        for (const stranger of ['ZZ_UNLISTED', 'constructor', `${String(value)}X`, '987']) {
          const outcome = read(subject, specimen.call, specimen, withBody(specimen.answer, changed(json, path, stranger)));
          const promisesNothing = outcome.kind === 'waiting' && specimen.outcome.kind === 'waiting';
          if (outcome.kind !== 'unknown' && !promisesNothing) found.add(`${specimen.call}: ${inWords(outcome)} with ${dotted(path)} = ${stranger}`);
        }
      }
    }
    return [...found];
  },
};

const certain: ReadonlySet<Outcome['kind']> = new Set<Outcome['kind']>(['paid', 'refunded', 'refundPending', 'shown', 'reversed']);

const others: Rule = {
  name: 'money rule 2: another’s number, amount or currency is never ours',
  check: async (subject) => {
    const found = new Set<string>();
    for (const specimen of await subject.specimens()) {
      const json = jsonOf(specimen.answer);
      if (json === undefined || !certain.has(specimen.outcome.kind)) continue;
      for (const [what, other] of falsified(json, specimen, uncompared(subject, specimen.call))) {
        const outcome = read(subject, specimen.call, specimen, withBody(specimen.answer, other));
        if (outcome.kind !== 'unknown' && outcome.kind !== 'waiting') found.add(`${specimen.call}: ${inWords(outcome)} with another ${what}`);
      }
    }
    return [...found];
  },
};

/** Fields that the document's copy excuses, each with its reason. */
function uncompared({ document }: Subject, call: Call): ReadonlySet<string> {
  return new Set((document?.uncompared ?? []).flatMap((one) => (one.call === call ? [one.field] : [])));
}

/** The answer with every place changed that holds our number, our amount in one of its forms, or our currency. */
function falsified(json: Json, { facts }: Specimen, spared: ReadonlySet<string>): readonly (readonly [string, Json])[] {
  const amount = facts.refund?.amount ?? facts.amount;
  const numbers = [facts.attemptRef, ...(facts.refund === null ? [] : [facts.refund.refundRef])];
  const isAmount = (value: unknown, minor: number) => [String(minor), `${minor}.00`, (minor / 100).toFixed(2)].includes(String(value));
  const all: readonly (readonly [string, (value: string | number | boolean | null) => Json | undefined])[] = [
    ...numbers.map((number) => ['number', (value: unknown) => (String(value).includes(number) ? String(value).replace(number, `${number.slice(0, -1)}${number.endsWith('0') ? '1' : '0'}`) : undefined)] as const),
    ['amount', (value) => (isAmount(value, amount.minor) ? sameForm(value, `${String(value).slice(0, -1)}${String(value).endsWith('9') ? '8' : '9'}`) : undefined)],
    ['amount', (value) => (isAmount(value, amount.minor) ? sameForm(value, String(value).replace(/^(\d)/, '9$1')) : undefined)],
    ['currency', (value) => (value === amount.currency ? (amount.currency === 'USD' ? 'EUR' : 'USD') : undefined)],
  ];
  return all.flatMap(([what, other]) => {
    const touched = leaves(json).flatMap(({ path, value }) => {
      const to = spared.has(dotted(path)) ? undefined : other(value);
      return to === undefined ? [] : [{ path, to }];
    });
    // A refund's answer may name the order's whole amount beside its own: only its own is changed here.
    return touched.length === 0 ? [] : [[what, touched.reduce((copy, { path, to }) => changed(copy, path, to), json)] as const];
  });
}

function sameForm(value: unknown, text: string): Json {
  return typeof value === 'number' ? Number(text) : text;
}

export const readingRules: readonly Rule[] = [total, bareStatuses, halves, anyStatus, oneField, decidingFields, others];
