/** Text on the pages of a PDF: runs of several fonts on one line, cut where the line is too short. */
import type { default as PDFDocument } from 'pdfkit';
import type { FontRun, FontWeight, PdfFonts } from './pdf-fonts.ts';

export interface TextStyle {
  readonly size: number;
  readonly weight: FontWeight;
  readonly color: string;
}

export class PdfText {
  readonly #document: InstanceType<typeof PDFDocument>;
  readonly #fonts: PdfFonts;
  readonly #registered = new Set<string>();
  /** Widths of characters in thousandths of the size: asked for a million times, and few different ones. */
  readonly #widths = new Map<string, number>();

  constructor(document: InstanceType<typeof PDFDocument>, fonts: PdfFonts) {
    this.#document = document;
    this.#fonts = fonts;
  }

  width(text: string, style: TextStyle): number {
    return this.#fonts.runs(text, style.weight).reduce((sum, run) => sum + this.#runWidth(run, style.size), 0);
  }

  /** Draws one line with its top at `y`; what doesn't fit into `room` ends in `…`. */
  draw(text: string, box: { readonly x: number; readonly y: number; readonly room: number; readonly align: 'left' | 'right' }, style: TextStyle): void {
    const fitting = this.#fit(text, box.room, style);
    const runs = this.#fonts.runs(fitting, style.weight);
    let x = box.align === 'left' ? box.x : box.x + box.room - this.width(fitting, style);
    this.#document.fillColor(style.color).fontSize(style.size);
    for (const run of runs) {
      this.#use(run);
      this.#document.text(run.text, x, box.y, { lineBreak: false });
      x += this.#runWidth(run, style.size);
    }
  }

  #fit(text: string, room: number, style: TextStyle): string {
    if (this.width(text, style) <= room) return text;
    const characters = [...text];
    while (characters.length > 0 && this.width(`${characters.join('')}…`, style) > room) characters.pop();
    return `${characters.join('')}…`;
  }

  #runWidth({ text, name, font }: FontRun, size: number): number {
    let width = 0;
    for (const character of text) {
      const key = `${name} ${character}`;
      const known = this.#widths.get(key) ?? (font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth * 1000) / font.unitsPerEm;
      this.#widths.set(key, known);
      width += known;
    }
    return (width * size) / 1000;
  }

  #use({ name, font }: FontRun): void {
    // pdfkit takes a font object of fontkit as it is; its types name files and bytes only.
    if (!this.#registered.has(name)) this.#document.registerFont(name, font as unknown as PDFKit.Mixins.PDFFontSource);
    this.#registered.add(name);
    this.#document.font(name);
  }
}
