/** Rebuilds a TrueType font's outlines from the form in which WOFF2 packs them (WOFF2, section 5). */
import { ByteReader } from './byte-reader.ts';
import { boxOf, joinGlyphs, writeSimpleGlyph, type Box, type GlyphTables, type Point } from './true-type.ts';

/** The streams of the packed table, each read in the order of the glyphs. */
interface Streams {
  readonly contours: ByteReader;
  readonly pointCounts: ByteReader;
  readonly flags: ByteReader;
  readonly glyphs: ByteReader;
  readonly composites: ByteReader;
  readonly boxes: ByteReader;
  readonly instructions: ByteReader;
}

/** The tables `glyf` and `loca`, the places 32 bits wide. */
export function rebuildGlyphs(packed: Uint8Array): GlyphTables {
  const reader = new ByteReader(packed);
  reader.skip(4);
  const count = reader.u16();
  reader.skip(2);
  const lengths = Array.from({ length: 7 }, () => reader.u32());
  const [contours, pointCounts, flags, glyphStream, composites, boxBytes, instructions] = lengths.map((length) => new ByteReader(reader.bytes(length)));
  if (!contours || !pointCounts || !flags || !glyphStream || !composites || !boxBytes || !instructions) throw new Error('a stream of the outlines is missing');
  const bitmap = boxBytes.bytes(Math.ceil(count / 32) * 4);
  const streams: Streams = { contours, pointCounts, flags, glyphs: glyphStream, composites, boxes: boxBytes, instructions };
  const made = Array.from({ length: count }, (_none, index) => rebuildGlyph(streams, ((bitmap[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0));
  return joinGlyphs(made);
}

function rebuildGlyph(streams: Streams, hasBox: boolean): Uint8Array {
  const contours = streams.contours.i16();
  if (contours === 0) return new Uint8Array(0);
  return contours < 0 ? rebuildComposite(streams) : rebuildSimple(streams, contours, hasBox);
}

function readBox(boxes: ByteReader): Box {
  return { left: boxes.i16(), bottom: boxes.i16(), right: boxes.i16(), top: boxes.i16() };
}

function rebuildSimple(streams: Streams, contours: number, hasBox: boolean): Uint8Array {
  let pointCount = 0;
  const ends = Array.from({ length: contours }, () => {
    pointCount += streams.pointCounts.short255();
    return pointCount - 1;
  });
  let x = 0;
  let y = 0;
  const points: Point[] = [];
  for (let index = 0; index < pointCount; index += 1) {
    const flag = streams.flags.u8();
    const step = readStep(flag & 127, streams.glyphs);
    x += step.x;
    y += step.y;
    points.push({ x, y, onCurve: flag < 128 });
  }
  const instructions = streams.instructions.bytes(streams.glyphs.short255());
  const box = hasBox ? readBox(streams.boxes) : boxOf(points);
  return writeSimpleGlyph(ends, points, instructions, box);
}

/** One step between points, as the packed flags tell its size and signs. */
function readStep(flag: number, bytes: ByteReader): { readonly x: number; readonly y: number } {
  const signed = (positive: number, value: number): number => (positive === 1 ? value : -value);
  if (flag < 10) return { x: 0, y: signed(flag & 1, ((flag & 14) << 7) + bytes.u8()) };
  if (flag < 20) return { x: signed(flag & 1, (((flag - 10) & 14) << 7) + bytes.u8()), y: 0 };
  const xSign = flag & 1;
  const ySign = (flag >> 1) & 1;
  if (flag < 84) {
    const base = flag - 20;
    const both = bytes.u8();
    return { x: signed(xSign, 1 + (base & 0x30) + (both >> 4)), y: signed(ySign, 1 + ((base & 0x0c) << 2) + (both & 15)) };
  }
  if (flag < 120) {
    const base = flag - 84;
    const first = 1 + (Math.floor(base / 12) << 8) + bytes.u8();
    return { x: signed(xSign, first), y: signed(ySign, 1 + (((base % 12) >> 2) << 8) + bytes.u8()) };
  }
  if (flag < 124) {
    const first = bytes.u8();
    const second = bytes.u8();
    return { x: signed(xSign, (first << 4) + (second >> 4)), y: signed(ySign, ((second & 15) << 8) + bytes.u8()) };
  }
  const first = bytes.u16();
  return { x: signed(xSign, first), y: signed(ySign, bytes.u16()) };
}

const moreComponents = 0x20;
const wideArguments = 0x01;
const hasInstructions = 0x100;

/** A glyph made of others keeps its bytes; only its box and instructions lie elsewhere. */
function rebuildComposite(streams: Streams): Uint8Array {
  const box = readBox(streams.boxes);
  const parts: Uint8Array[] = [];
  let flags = moreComponents;
  let instructed = false;
  while ((flags & moreComponents) !== 0) {
    const start = streams.composites.bytes(2);
    flags = ((start[0] ?? 0) << 8) | (start[1] ?? 0);
    instructed ||= (flags & hasInstructions) !== 0;
    parts.push(start, streams.composites.bytes(componentBytes(flags)));
  }
  if (instructed) {
    const length = streams.glyphs.short255();
    parts.push(new Uint8Array([length >> 8, length & 255]), streams.instructions.bytes(length));
  }
  const size = parts.reduce((sum, part) => sum + part.length, 10);
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4);
  const view = new DataView(bytes.buffer);
  [-1, box.left, box.bottom, box.right, box.top].forEach((value, index) => view.setInt16(index * 2, value));
  let at = 10;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Bytes of a component after its flags: glyph number, two arguments, and a scale of one, two or four numbers. */
function componentBytes(flags: number): number {
  const scale = (flags & 0x08) !== 0 ? 2 : (flags & 0x40) !== 0 ? 4 : (flags & 0x80) !== 0 ? 8 : 0;
  return 2 + ((flags & wideArguments) !== 0 ? 4 : 2) + scale;
}
