/** Unpacks a WOFF2 font into plain TrueType tables: fontkit can take a weight of a variable font from nothing else. */
import { brotliDecompressSync } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';
import { rebuildGlyphs } from './woff2-glyphs.ts';

/** Tags that the format numbers instead of spelling them out (WOFF2, section 4.1). */
const knownTags = (
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH ' +
  'CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
).split(' ').map((tag) => tag.replace('_', ' '));

interface Entry {
  readonly tag: string;
  /** Bytes in the decompressed stream. */
  readonly length: number;
  readonly transformed: boolean;
}

interface Table {
  readonly tag: string;
  readonly bytes: Uint8Array;
}

const headerBytes = 48;

/** The font's tables by their tags, as a TrueType file has them. Throws where the bytes are no WOFF2 file with TrueType outlines. */
export function unpackWoff2(file: Uint8Array): Map<string, Uint8Array> {
  const reader = new ByteReader(file);
  if (reader.tag() !== 'wOF2') throw new Error('not a WOFF2 file');
  reader.skip(8);
  const count = reader.u16();
  reader.skip(6);
  const compressedLength = reader.u32();
  reader.skip(headerBytes - reader.position);
  const entries = Array.from({ length: count }, () => readEntry(reader));
  const content = new ByteReader(new Uint8Array(brotliDecompressSync(reader.bytes(compressedLength))));
  const tables = entries.map((entry) => ({ ...entry, bytes: content.bytes(entry.length) }));
  return new Map(plainTables(tables).map(({ tag, bytes: plain }) => [tag, plain]));
}

function readEntry(reader: ByteReader): Entry {
  const flags = reader.u8();
  const index = flags & 63;
  const tag = index === 63 ? reader.tag() : (knownTags[index] ?? '');
  const plainLength = reader.base128();
  const version = flags >> 6;
  // For glyphs and their places, version 3 means as they are; for all others it is version 0.
  const transformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0;
  return { tag, length: transformed ? reader.base128() : plainLength, transformed };
}

function plainTables(tables: readonly (Table & { readonly transformed: boolean })[]): Table[] {
  const glyphs = tables.find((table) => table.tag === 'glyf');
  const rebuilt = glyphs?.transformed ? rebuildGlyphs(glyphs.bytes) : null;
  return tables.map(({ tag, bytes, transformed }) => {
    if (tag === 'head' && rebuilt !== null) return { tag, bytes: withLongPlaces(bytes) };
    if (!transformed) return { tag, bytes };
    if (tag === 'glyf' && rebuilt !== null) return { tag, bytes: rebuilt.glyphs };
    if (tag === 'loca' && rebuilt !== null) return { tag, bytes: rebuilt.places };
    throw new Error(`a packed table ${tag} is not supported`);
  });
}

/** The rebuilt places are 32 bits wide, whatever the font had (`indexToLocFormat`). */
function withLongPlaces(head: Uint8Array): Uint8Array {
  const copy = head.slice();
  new DataView(copy.buffer).setInt16(50, 1);
  return copy;
}
