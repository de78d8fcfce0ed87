/** Finds where a text stops being JSON: `JSON.parse` names the place only sometimes, and quotes the text, which may be a secret. */

export interface JsonFault {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** Set where the text is JSON, but a group names this key twice: the first one would be lost without a word. */
  readonly repeatedKey: string | null;
}

/** The first fault of a text, or null where it is JSON without repeated keys. */
export function findJsonFault(text: string): JsonFault | null {
  let position = 0;
  let repeatedKey: string | null = null;

  const skipBlanks = (): void => {
    while (/[ \t\n\r]/.test(text[position] ?? '')) position += 1;
  };
  /** Moves over what the (sticky) pattern matches here. */
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0] ?? null;
    if (found !== null) position += found.length;
    return found;
  };
  /** Moves over one value. False at a fault, with `position` on it. */
  const value = (depth: number): boolean => {
    if (depth > 100) return false;
    skipBlanks();
    if (text[position] === '{') return members(depth);
    if (text[position] === '[') return elements(depth);
    return take(stringPattern) !== null || take(scalarPattern) !== null;
  };
  const members = (depth: number): boolean => {
    const keys = new Set<string>();
    position += 1;
    skipBlanks();
    if (take(/\}/y) !== null) return true;
    for (;;) {
      skipBlanks();
      const start = position;
      const written = take(stringPattern);
      if (written === null) return false;
      const key = JSON.parse(written) as string;
      if (keys.has(key)) {
        position = start;
        repeatedKey = key;
        return false;
      }
      keys.add(key);
      skipBlanks();
      if (take(/:/y) === null || !value(depth + 1)) return false;
      skipBlanks();
      if (take(/\}/y) !== null) return true;
      if (take(/,/y) === null) return false;
    }
  };
  const elements = (depth: number): boolean => {
    position += 1;
    skipBlanks();
    if (take(/\]/y) !== null) return true;
    for (;;) {
      if (!value(depth + 1)) return false;
      skipBlanks();
      if (take(/\]/y) !== null) return true;
      if (take(/,/y) === null) return false;
    }
  };

  const whole = value(0);
  skipBlanks();
  if (whole && position === text.length) return null;
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, repeatedKey };
}

const stringPattern = /"(?:[ !#-[\]-\uffff]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y;
const scalarPattern = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
