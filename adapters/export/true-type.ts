/** Writes TrueType fonts: outlines without packing, their places 32 bits wide, and the file around the tables. */

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly onCurve: boolean;
}

export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** The tables `glyf` and `loca`. */
export interface GlyphTables {
  readonly glyphs: Uint8Array;
  readonly places: Uint8Array;
}

export function joinGlyphs(made: readonly Uint8Array[]): GlyphTables {
  const glyphs = new Uint8Array(made.reduce((sum, bytes) => sum + bytes.length, 0));
  const places = new Uint8Array((made.length + 1) * 4);
  const view = new DataView(places.buffer);
  let at = 0;
  made.forEach((bytes, index) => {
    view.setUint32(index * 4, at);
    glyphs.set(bytes, at);
    at += bytes.length;
  });
  view.setUint32(made.length * 4, at);
  return { glyphs, places };
}

export function boxOf(points: readonly Point[]): Box {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
}

/** Written without TrueType's own packing: a PDF packs its fonts again. */
export function writeSimpleGlyph(ends: readonly number[], points: readonly Point[], instructions: Uint8Array, box: Box): Uint8Array {
  const size = 10 + ends.length * 2 + 2 + instructions.length + points.length * 5;
  const bytes = new Uint8Array(Math.ceil(size / 4) * 4);
  const view = new DataView(bytes.buffer);
  [ends.length, box.left, box.bottom, box.right, box.top, ...ends, instructions.length].forEach((value, index) => view.setInt16(index * 2, value));
  let at = 12 + ends.length * 2;
  bytes.set(instructions, at);
  at += instructions.length;
  for (const point of points) {
    bytes[at] = point.onCurve ? 1 : 0;
    at += 1;
  }
  at = writeSteps(view, at, points.map((point) => point.x));
  writeSteps(view, at, points.map((point) => point.y));
  return bytes;
}

function writeSteps(view: DataView, start: number, values: readonly number[]): number {
  values.forEach((value, index) => view.setInt16(start + index * 2, value - (values[index - 1] ?? 0)));
  return start + values.length * 2;
}

/**
 * The tables as one file. `mark` becomes its check sum, by which a PDF library tells fonts apart that share a name.
 */
export function assembleFont(tables: ReadonlyMap<string, Uint8Array>, mark: number): Uint8Array {
  const sorted = [...tables].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const directoryBytes = 12 + sorted.length * 16;
  const file = new Uint8Array(sorted.reduce((sum, [, bytes]) => sum + padded(bytes.length), directoryBytes));
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, sorted.length);
  let at = directoryBytes;
  sorted.forEach(([tag, bytes], index) => {
    const entry = 12 + index * 16;
    file.set(new TextEncoder().encode(tag), entry);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, bytes.length);
    file.set(bytes, at);
    if (tag === 'head') view.setUint32(at + 8, mark);
    at += padded(bytes.length);
  });
  return file;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}
