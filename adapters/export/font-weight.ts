/** One weight of a variable font as a font of its own: fontkit can't embed a variable one (its encoder of varied outlines throws). */
import { create, type Font, type Path } from 'fontkit';
import { assembleFont, boxOf, joinGlyphs, writeSimpleGlyph, type Point } from './true-type.ts';
import { unpackWoff2 } from './woff2.ts';

/** Tables of the variable font that hold for every weight. */
const keptTables = ['head', 'hhea', 'maxp', 'cmap', 'name', 'OS/2', 'post'];

/** `file` is a variable WOFF2 font with a weight axis; `mark` tells the made font from others of the same name. */
export function fontAtWeight(file: Uint8Array, weight: number, mark: number): Font {
  const tables = unpackWoff2(file);
  const varied = fontOf(assembleFont(tables, mark)).getVariation({ wght: weight });
  const made = new Map(keptTables.flatMap((tag) => [...tables].filter(([name]) => name === tag)));
  const glyphs = Array.from({ length: varied.numGlyphs }, (_none, index) => varied.getGlyph(index));
  const { glyphs: outlines, places } = joinGlyphs(glyphs.map((glyph) => encodePath(glyph.path)));
  made.set('glyf', outlines).set('loca', places).set('hmtx', metricsOf(glyphs)).set('hhea', withAllMetrics(tables.get('hhea'), glyphs.length)).set('head', withLongPlaces(tables.get('head')));
  return fontOf(assembleFont(made, mark));
}

function fontOf(bytes: Uint8Array): Font {
  const font = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (!('getGlyph' in font)) throw new Error('a collection of fonts, not one');
  return font;
}

/** Every point is written, none implied: rounding then moves nothing but itself. */
function encodePath(path: Path): Uint8Array {
  const points: Point[] = [];
  const ends: number[] = [];
  for (const { command, args } of path.commands) {
    if (command === 'closePath') ends.push(points.length - 1);
    for (let index = 0; index < args.length; index += 2) {
      points.push({ x: Math.round(args[index] ?? 0), y: Math.round(args[index + 1] ?? 0), onCurve: !(command === 'quadraticCurveTo' && index === 0) });
    }
  }
  return points.length === 0 ? new Uint8Array(0) : writeSimpleGlyph(ends, points, new Uint8Array(0), boxOf(points));
}

function metricsOf(glyphs: readonly { readonly advanceWidth: number; readonly path: Path }[]): Uint8Array {
  const bytes = new Uint8Array(glyphs.length * 4);
  const view = new DataView(bytes.buffer);
  glyphs.forEach((glyph, index) => {
    view.setUint16(index * 4, Math.round(glyph.advanceWidth));
    view.setInt16(index * 4 + 2, glyph.path.commands.length === 0 ? 0 : Math.round(glyph.path.bbox.minX));
  });
  return bytes;
}

function withAllMetrics(table: Uint8Array | undefined, count: number): Uint8Array {
  return changed(table, (view) => view.setUint16(34, count));
}

function withLongPlaces(table: Uint8Array | undefined): Uint8Array {
  return changed(table, (view) => view.setInt16(50, 1));
}

function changed(table: Uint8Array | undefined, change: (view: DataView) => void): Uint8Array {
  if (table === undefined) throw new Error('a table of the font is missing');
  const copy = table.slice();
  change(new DataView(copy.buffer));
  return copy;
}
