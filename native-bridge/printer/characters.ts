/** What a Chinese receipt printer can print: which characters, how wide, and what stands in for the others. */
import iconv from 'iconv-lite';

/**
 * Stands for a character that the printer's font doesn't have. It is the traditional "glyph missing" mark, in every
 * GB 2312 font, so that nobody takes the text for complete. Printing rare characters as raster would want a font here.
 */
export const missingGlyph = '〓';

/** Characters that have a form which Chinese printers know. `¥` U+00A5 is 4 bytes in GB18030, the full-width one is 2. */
const substitutes: Readonly<Record<string, string>> = {
  '\u00a5': '\uffe5',
  '\u2022': '\u00b7',
  '\u2212': '-',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2007': ' ',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u3000': '  ',
};

/** Invisible: joiners, direction marks, variation selectors, the byte order mark. */
const invisible = /^(?:[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Variation_Selector})$/u;
const combiningMark = /^\p{M}$/u;
const asciiOnly = /^[\x20-\x7e]+$/;

function encodedLength(character: string): number {
  return iconv.encode(character, 'gb18030').length;
}

function isPrivateUse(character: string): boolean {
  return /^\p{Co}$/u.test(character);
}

/** Latin letters with marks lose them rather than the letter; everything else that has no form gets the mark. */
function withoutForm(character: string): string {
  const base = character.normalize('NFKD').replace(/\p{M}/gu, '');
  return asciiOnly.test(base) ? base : missingGlyph;
}

function printableCharacter(character: string): string {
  const substitute = substitutes[character];
  if (substitute !== undefined) return substitute;
  if (character === '\t') return ' ';
  // Control characters in a name or a message would be commands to the printer.
  if (character < ' ' || (character >= '\u007f' && character < '\u00a0')) return '';
  if (character <= '~') return character;
  if (invisible.test(character) || combiningMark.test(character)) return '';
  if (isPrivateUse(character)) return missingGlyph;
  // Many printers know only the 2-byte part of GB18030, and print the 4-byte part as other characters.
  return encodedLength(character) === 2 ? character : withoutForm(character);
}

/** The same text with nothing in it that the printer can't print. Line feeds are taken out: split paragraphs before. */
export function printable(text: string): string {
  let result = '';
  for (const character of text.normalize('NFC')) result += printableCharacter(character);
  return result;
}

export function isAscii(character: string): boolean {
  return character <= '~';
}

/** Columns of printable text: the printer's Chinese font is twice as wide as the ASCII one, for each of its characters. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += isAscii(character) ? 1 : 2;
  return columns;
}
