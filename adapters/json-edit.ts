/** Changes one value in a JSON text and nothing else in it: other keys, their order, numbers and blanks stay as somebody wrote them. */

/** Where a value stands in the text. */
interface Span {
  readonly start: number;
  readonly end: number;
}

interface Member extends Span {
  readonly key: string;
  /** Where the key's opening quote stands. */
  readonly keyStart: number;
}

/**
 * The text with another value at a path of keys; groups that are missing on the way are made, and `undefined` takes a key
 * out. The text must be JSON without repeated keys (`findJsonFault`), and what stands on the way must be groups.
 */
export function editJson(text: string, path: readonly string[], value: unknown): string {
  let group: Span = { start: skipBlanks(text, 0), end: text.length };
  for (const [depth, key] of path.entries()) {
    const members = membersOf(text, group.start);
    const member = members.find((one) => one.key === key);
    const isLast = depth === path.length - 1;
    if (member === undefined) return value === undefined ? text : withMember(text, group.start, members, key, nested(path.slice(depth + 1), value));
    if (isLast) return value === undefined ? withoutMember(text, members, member) : text.slice(0, member.start) + written(value, indentAt(text, member.keyStart)) + text.slice(member.end);
    group = member;
  }
  throw new Error('a path of keys is never empty');
}

/** What stands under the first missing key. */
function nested(keys: readonly string[], value: unknown): unknown {
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function withMember(text: string, groupStart: number, members: readonly Member[], key: string, value: unknown): string {
  const last = members.at(-1);
  if (last === undefined) {
    const close = skipBlanks(text, groupStart + 1);
    const outer = indentAt(text, groupStart);
    return `${text.slice(0, groupStart + 1)}\n${outer}  ${JSON.stringify(key)}: ${written(value, `${outer}  `)}\n${outer}${text.slice(close)}`;
  }
  const indent = indentAt(text, last.keyStart);
  const between = startsLine(text, last.keyStart) ? `,\n${indent}` : ', ';
  return `${text.slice(0, last.end)}${between}${JSON.stringify(key)}: ${written(value, indent)}${text.slice(last.end)}`;
}

/** Takes the comma along that parted it from its neighbour. */
function withoutMember(text: string, members: readonly Member[], member: Member): string {
  const index = members.indexOf(member);
  const before = members[index - 1];
  if (before !== undefined) return text.slice(0, before.end) + text.slice(member.end);
  const after = members[index + 1];
  return text.slice(0, member.keyStart) + text.slice(after === undefined ? member.end : after.keyStart);
}

/** On one line where it is short, as people write lists of texts and small groups; else a key a line. */
function written(value: unknown, indent: string): string {
  const line = onOneLine(value);
  return line.length <= 100 || typeof value !== 'object' ? line : JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => `${JSON.stringify(key)}: ${onOneLine(inner)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function indentAt(text: string, position: number): string {
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, position))?.[0] ?? '';
}

function startsLine(text: string, position: number): boolean {
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  return lineStart > 0 && text.slice(lineStart, position).trim() === '';
}

/** The keys of the group that begins here, with the spans of their values. */
function membersOf(text: string, groupStart: number): readonly Member[] {
  if (text[groupStart] !== '{') throw new Error('what stands on the way to a setting must be a group');
  const members: Member[] = [];
  let position = skipBlanks(text, groupStart + 1);
  while (text[position] === '"') {
    const keyStart = position;
    const keyEnd = valueEnd(text, keyStart);
    const start = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    const end = valueEnd(text, start);
    members.push({ key: JSON.parse(text.slice(keyStart, keyEnd)) as string, keyStart, start, end });
    position = skipBlanks(text, end);
    if (text[position] === ',') position = skipBlanks(text, position + 1);
  }
  return members;
}

/** Behind the value that begins here. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let position = start; position < text.length; ) {
    tokenPattern.lastIndex = position;
    const token = tokenPattern.exec(text)?.[0] ?? '';
    if (token === '') break;
    position += token.length;
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 0) return position;
    position = skipBlanks(text, position);
  }
  throw new Error('the text is no JSON');
}

const tokenPattern = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s,:[\]{}"]+/y;

function skipBlanks(text: string, position: number): number {
  blankPattern.lastIndex = position;
  return position + (blankPattern.exec(text)?.[0].length ?? 0);
}

const blankPattern = /[ \t\n\r]*/y;
