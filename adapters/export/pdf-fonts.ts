/** Noto Sans SC for PDFs: each run of characters from the piece of the font that has them, made when it is first needed. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Font } from 'fontkit';
import { z } from 'zod';
import { fontAtWeight } from './font-weight.ts';

export type FontWeight = 400 | 700;

/** A run of characters that one piece of the font has. */
export interface FontRun {
  readonly text: string;
  /** A name by which a document can keep the font. */
  readonly name: string;
  readonly font: Font;
}

interface Piece {
  readonly name: string;
  readonly ranges: readonly (readonly [number, number])[];
}

/** What is drawn for a character that the font doesn't have. */
const missing = '〓';

/** One object for each document: a font belongs to the PDF in which it is embedded. */
export class PdfFonts {
  readonly #folder: string;
  readonly #pieces: readonly Piece[];
  readonly #fonts = new Map<string, Font>();
  readonly #pieceOf = new Map<number, Piece | null>();

  constructor(folder: string = fontFolder()) {
    this.#folder = folder;
    this.#pieces = readPieces(folder);
  }

  runs(text: string, weight: FontWeight): readonly FontRun[] {
    const runs: { text: string; piece: Piece }[] = [];
    for (const character of text.normalize('NFC')) {
      const drawn = this.#piece(character) === null ? missing : character;
      const piece = this.#piece(drawn);
      if (piece === null) continue;
      const last = runs.at(-1);
      if (last?.piece === piece) last.text += drawn;
      else runs.push({ text: drawn, piece });
    }
    return runs.map((run) => ({ text: run.text, name: `${run.piece.name}-${weight}`, font: this.#font(run.piece, weight) }));
  }

  /** Latin first: digits and letters then come from one piece, beside whatever stands around them. */
  #piece(character: string): Piece | null {
    const point = character.codePointAt(0) ?? 0;
    const known = this.#pieceOf.get(point);
    if (known !== undefined) return known;
    const piece = this.#pieces.find(({ ranges }) => ranges.some(([from, to]) => point >= from && point <= to)) ?? null;
    const drawable = piece !== null && this.#font(piece, 400).hasGlyphForCodePoint(point) ? piece : null;
    this.#pieceOf.set(point, drawable);
    return drawable;
  }

  #font(piece: Piece, weight: FontWeight): Font {
    const name = `${piece.name}-${weight}`;
    const known = this.#fonts.get(name);
    if (known !== undefined) return known;
    const font = fontAtWeight(readFileSync(join(this.#folder, 'files', `noto-sans-sc-${piece.name}-wght-normal.woff2`)), weight, this.#fonts.size + 1);
    this.#fonts.set(name, font);
    return font;
  }
}

function fontFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/unicode.json'));
}

/** The package says which characters each of its files has: `"[119]": "U+2b,U+30-39"`. */
function readPieces(folder: string): readonly Piece[] {
  const all = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')));
  const pieces = Object.entries(all).map(([key, ranges]) => ({ name: key.replaceAll(/[[\]]/gu, ''), ranges: ranges.split(',').map(rangeOf) }));
  return pieces.toSorted((left, right) => Number(right.name === 'latin') - Number(left.name === 'latin'));
}

function rangeOf(text: string): readonly [number, number] {
  const [from = '', to = from] = text.trim().replace(/^U\+/iu, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}
