/** The part of fontkit that is used here: it brings no types of its own. */
declare module 'fontkit' {
  export interface Path {
    readonly commands: readonly { readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath'; readonly args: readonly number[] }[];
    readonly bbox: { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };
  }
  export interface Glyph {
    readonly id: number;
    readonly advanceWidth: number;
    readonly path: Path;
  }
  export interface Font {
    readonly numGlyphs: number;
    readonly unitsPerEm: number;
    getGlyph(id: number): Glyph;
    getVariation(axes: Readonly<Record<string, number>>): Font;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
  }
  export function create(bytes: Uint8Array): Font | { readonly fonts: readonly Font[] };
}
