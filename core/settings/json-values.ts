/** Looking into values that were read from JSON: nothing is assumed about them. */

type Raw = Readonly<Record<string, unknown>>;

/** What stands at a path; undefined where nothing does. */
export function valueAt(raw: unknown, path: readonly string[]): unknown {
  let value = raw;
  for (const key of path) {
    if (!isGroup(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The lines of a list of texts; none where there is no such list. */
export function linesOf(raw: unknown, path: readonly string[]): readonly string[] {
  const value = valueAt(raw, path);
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string') : [];
}

export function isGroup(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values read from JSON are the same; the order of a group's keys doesn't matter. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((item, index) => sameValue(item, right[index]));
  if (isGroup(left) && isGroup(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]));
  }
  return left === right;
}
