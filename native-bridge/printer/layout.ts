/** Breaks a receipt's text into lines of a paper's width; the encoder and the plain text print the same lines. */
import type { Alignment } from '../../core/receipt/document.ts';
import { columnsOf, isAscii, printable } from './characters.ts';

export interface Line {
  readonly align: Alignment;
  readonly text: string;
}

/** A word of ASCII, one Chinese character, or a run of spaces: lines break between these. */
function piecesOf(text: string): readonly string[] {
  return text.match(/ +|[!-~]+|[^ -~]/gu) ?? [];
}

/** Marks that may not begin a line. */
const closing = /^[，。、；：？！）》」』】”’…,.;:?!)\]}]/u;

/** Cuts a piece that is wider than a line. Every part has at least one character, whatever the width. */
function splitToWidth(piece: string, width: number): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of piece) {
    if (part !== '' && columnsOf(part + character) > width) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  if (part !== '') parts.push(part);
  return parts;
}

/** Takes the last character down to the next line where that line would begin with a closing mark. */
function pullDown(line: string, next: string): { readonly line: string; readonly next: string } {
  const last = [...line].at(-1);
  if (last === undefined || !closing.test(next) || isAscii(last) || [...line].length < 2) return { line, next };
  return { line: line.slice(0, line.length - last.length), next: last + next };
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(paragraph)) {
    if (columnsOf(line + piece) <= width) {
      line += piece;
      continue;
    }
    if (piece.startsWith(' ')) {
      lines.push(line);
      line = '';
      continue;
    }
    const pulled = pullDown(line.trimEnd(), piece);
    if (pulled.line !== '') lines.push(pulled.line);
    const parts = splitToWidth(pulled.next, width);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  lines.push(line.trimEnd());
  return lines;
}

/** The lines of a text at a width, paragraphs kept apart, every line printable and within the width. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => wrapParagraph(printable(paragraph), width));
}

/** A label and a value on one line, or on two where they don't fit side by side. */
export function rowLines(left: string, right: string, width: number): readonly Line[] {
  const label = printable(left.replace(/[\r\n]+/g, ' ')).trimEnd();
  const value = printable(right.replace(/[\r\n]+/g, ' ')).trim();
  if (value === '') return wrap(label, width).map((text) => ({ align: 'left', text }));
  const space = width - columnsOf(label) - columnsOf(value);
  if (label === '' || space >= 1) return fitsAlone(label, value, width, space);
  return [...wrap(label, width).map((text): Line => ({ align: 'left', text })), ...wrap(value, width).map((text): Line => ({ align: 'right', text }))];
}

function fitsAlone(label: string, value: string, width: number, space: number): readonly Line[] {
  if (space < 0) return wrap(value, width).map((text) => ({ align: 'right', text }));
  return [{ align: 'left', text: label + ' '.repeat(space) + value }];
}

/** Sets a line at its place with spaces. */
export function pad(line: Line, width: number): string {
  const space = Math.max(0, width - columnsOf(line.text));
  switch (line.align) {
    case 'left':
      return line.text;
    case 'center':
      return ' '.repeat(Math.floor(space / 2)) + line.text;
    case 'right':
      return ' '.repeat(space) + line.text;
  }
}

/** A line across the paper: box drawing characters join up, hyphens don't. */
export function ruleText(style: 'solid' | 'dashed', width: number): string {
  switch (style) {
    case 'solid':
      return '─'.repeat(Math.floor(width / 2));
    case 'dashed':
      return '-'.repeat(width);
  }
}
