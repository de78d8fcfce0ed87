/** Changes one place of a JSON answer at a time. */
import type { WireAnswer } from '../core/ports.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Path = readonly (string | number)[];

/** The JSON of an answer; undefined where it is none. */
export function jsonOf(answer: WireAnswer): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(answer.body)) as Json;
  } catch {
    return undefined;
  }
}

/** The same answer with another body. */
export function withBody(answer: WireAnswer, body: Json | Uint8Array | string): WireAnswer {
  const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
  return { ...answer, body: bytes };
}

/** Every place that holds a value which is neither list nor object. */
export function leaves(value: Json, path: Path = []): readonly { readonly path: Path; readonly value: string | number | boolean | null }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** Every place but the whole. */
export function places(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    return [here, ...places(inner, here)];
  });
}

/** A copy with `to` at this place; without it where `to` is undefined. Places that aren't there yet are made. */
export function changed(value: Json, path: Path, to: Json | undefined): Json {
  const copy = structuredClone(value);
  let at: Json = copy;
  for (const key of path.slice(0, -1)) at = into(at, key);
  const last = path.at(-1);
  if (last === undefined || typeof at !== 'object' || at === null) return to ?? copy;
  const holder = at as Record<string | number, Json>;
  if (to === undefined) delete holder[last];
  else holder[last] = to;
  return copy;
}

function into(value: Json, key: string | number): Json {
  if (typeof value !== 'object' || value === null) return value;
  const holder = value as Record<string | number, Json>;
  const inner = holder[key];
  if (typeof inner === 'object' && inner !== null) return inner;
  return (holder[key] = {});
}

export function dotted(path: Path): string {
  return path.join('.');
}

/** Whether an answer has these words. */
export function stands(json: Json, beside: Readonly<Record<string, string>>): boolean {
  const words = new Map(leaves(json).map(({ path, value }) => [dotted(path), String(value)]));
  return Object.entries(beside).every(([field, word]) => word === '(absent)' || words.get(field) === word);
}
