/** Two ways of bending a JSON object without touching the original. */
import type { Json, JsonObject } from '../model.ts';

export function renameKey(from: JsonObject, name: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key === name ? to : key, value]));
}

export function mapValues(from: JsonObject, change: (name: string, value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(key, value)]));
}
