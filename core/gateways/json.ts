/** Reads a gateway's answer body strictly and exactly: UTF-8, one JSON object, numbers as the text they were written in. */

/** A JSON value whose numbers are text: `"100"` and `100` read alike, and no float ever touches an amount or a rate. */
export type JsonValue = string | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object with trimmed keys (`"total_amount "`, ERRATA); it has no prototype. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Answers are a few kilobytes; what is larger is no answer of a gateway. */
export const largestBody = 256 * 1024;

/** Deeper nesting than any answer has; bounds the recursion. */
const deepestNesting = 32;

/**
 * The object in an answer's body, or null where nothing in it can be relied on: other encodings, trailing garbage,
 * nesting without end, or one key with two different values (then nobody knows which of them is meant).
 */
export function readJsonObject(body: Uint8Array): JsonObject | null {
  if (body.length > largestBody) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    // The platform's parser is the judge of the grammar; the scanner below may then take it for granted.
    JSON.parse(text);
    const value = new Scanner(text).value(0);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Walks over text that is known to be valid JSON. Throws where the text, although valid, can't be relied on. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonValue {
    if (depth > deepestNesting) throw new Error('nested too deeply');
    this.#skipBlanks();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      default:
        return this.#word();
    }
  }

  #object(depth: number): JsonObject {
    const object: Record<string, JsonValue> = Object.create(null);
    this.#at += 1;
    while (!this.#closes('}')) {
      const key = this.#string().trim();
      this.#skipBlanks();
      this.#at += 1; // the colon
      const value = this.value(depth + 1);
      if (Object.hasOwn(object, key) && (object[key] !== value || typeof value === 'object')) throw new Error('a key with two values');
      object[key] = value;
    }
    return object;
  }

  #array(depth: number): readonly JsonValue[] {
    const list: JsonValue[] = [];
    this.#at += 1;
    while (!this.#closes(']')) list.push(this.value(depth + 1));
    return list;
  }

  /** Steps over blanks and a comma; true, and past it, where the bracket closes. */
  #closes(bracket: '}' | ']'): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] === ',') {
      this.#at += 1;
      this.#skipBlanks();
    }
    if (this.#text[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    while (this.#text[this.#at] !== '"') this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    this.#at += 1;
    return String(JSON.parse(this.#text.slice(start, this.#at)));
  }

  /** `true`, `false`, `null`, or a number, which stays the text it is. */
  #word(): JsonValue {
    const start = this.#at;
    while (this.#at < this.#text.length && !',]} \t\r\n'.includes(this.#text[this.#at] ?? '')) this.#at += 1;
    const word = this.#text.slice(start, this.#at);
    if (word === 'null') return null;
    return word === 'true' || word === 'false' ? word === 'true' : word;
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}
