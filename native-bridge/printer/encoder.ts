/** Turns a receipt document into ESC/POS bytes for a Chinese receipt printer. */
import iconv from 'iconv-lite';
import type { Alignment, ReceiptBlock, ReceiptDocument } from '../../core/receipt/document.ts';
import { columnsOf, isAscii, printable } from './characters.ts';
import { barcodeModuleDots, code128, qrModuleDots } from './codes.ts';
import { rowLines, ruleText, wrap, type Line } from './layout.ts';

export interface PaperSettings {
  readonly columns: 32 | 42 | 48;
  readonly encoding: 'gb18030';
  /** Printable dots across, where the printer differs from what is usual for its columns. */
  readonly dots?: number | undefined;
}

const usualDots: Readonly<Record<PaperSettings['columns'], number>> = { 32: 384, 42: 512, 48: 576 };

export function dotsOf(paper: PaperSettings): number {
  return paper.dots ?? usualDots[paper.columns];
}

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

const mostFeedLines = 20;
const barcodeHeightDots = 80;
const alignmentNumber: Readonly<Record<Alignment, number>> = { left: 0, center: 1, right: 2 };

interface Style {
  readonly bold: boolean;
  readonly double: boolean;
  readonly reverse: boolean;
}

const plain: Style = { bold: false, double: false, reverse: false };

class Encoder {
  readonly #chunks: Uint8Array[] = [];
  readonly #paper: PaperSettings;
  #align: Alignment = 'left';
  #style: Style = plain;
  #chinese = false;
  /** QR codes that stand on the paper: what a barcode was too wide for is there once, not twice. */
  readonly #qrs = new Set<string>();

  constructor(paper: PaperSettings) {
    this.#paper = paper;
  }

  #put(...bytes: number[]): void {
    this.#chunks.push(Uint8Array.from(bytes));
  }

  /** ESC @ undoes what the job before left; then the character set and Chinese mode are said aloud, models differ in both. */
  begin(): void {
    this.#put(ESC, 0x40);
    this.#put(ESC, 0x52, 0);
    this.#put(FS, 0x2e);
  }

  #setAlign(align: Alignment): void {
    if (this.#align === align) return;
    this.#align = align;
    this.#put(ESC, 0x61, alignmentNumber[align]);
  }

  /** Sizes exist twice: GS ! for ASCII, FS ! for Chinese characters. */
  #setStyle(style: Style): void {
    if (style.bold !== this.#style.bold) this.#put(ESC, 0x45, style.bold ? 1 : 0);
    if (style.double !== this.#style.double) {
      this.#put(GS, 0x21, style.double ? 0x11 : 0x00);
      this.#put(FS, 0x21, style.double ? 0x0c : 0x00);
    }
    if (style.reverse !== this.#style.reverse) this.#put(GS, 0x42, style.reverse ? 1 : 0);
    this.#style = style;
  }

  /** Chinese mode on (FS &) or off (FS .): some models start with it on, on others Latin text comes out wrong in it. */
  #setChinese(on: boolean): void {
    if (this.#chinese === on) return;
    this.#chinese = on;
    this.#put(FS, on ? 0x26 : 0x2e);
  }

  #printLine(text: string): void {
    this.#setChinese([...text].some((character) => !isAscii(character)));
    this.#chunks.push(iconv.encode(text, 'gb18030'));
    this.#put(0x0a);
  }

  #printLines(lines: readonly Line[], style: Style): void {
    this.#setStyle(style);
    for (const line of lines) {
      this.#setAlign(line.align);
      this.#printLine(line.text);
    }
    this.#setStyle(plain);
  }

  #width(double: boolean): number {
    return double ? Math.floor(this.#paper.columns / 2) : this.#paper.columns;
  }

  /** Every line is filled up with spaces, so that the black goes across the whole paper. */
  #printBanner(text: string): void {
    const width = this.#width(true);
    const lines = wrap(text, width).map((line): Line => {
      const before = Math.floor((width - columnsOf(line)) / 2);
      const after = Math.max(0, width - before - columnsOf(line));
      return { align: 'left', text: ' '.repeat(Math.max(0, before)) + line + ' '.repeat(after) };
    });
    this.#printLines(lines, { bold: true, double: true, reverse: true });
  }

  #printCaption(text: string): void {
    this.#printLines(wrap(text, this.#paper.columns).map((line) => ({ align: 'center', text: line })), plain);
  }

  /**
   * The text below is printed by us: printers leave out their own where it is wider than the bars. Where bars that a scanner
   * can read don't fit (27 characters on 58 mm), a QR code stands in their place.
   */
  #printBarcode(text: string): void {
    const code = code128(text);
    const moduleDots = code === null ? null : barcodeModuleDots(code.modules, dotsOf(this.#paper));
    if (code === null || moduleDots === null) {
      if (!this.#qrs.has(text)) this.#drawQr(text);
    } else {
      this.#setAlign('center');
      this.#put(GS, 0x48, 0);
      this.#put(GS, 0x68, barcodeHeightDots);
      this.#put(GS, 0x77, moduleDots);
      this.#put(GS, 0x6b, 73, code.data.length, ...code.data);
    }
    this.#printCaption(text);
  }

  /** False where it fits no paper of this width. */
  #drawQr(text: string): boolean {
    const data = Buffer.from(text, 'utf8');
    const moduleDots = qrModuleDots(data.length, dotsOf(this.#paper));
    if (moduleDots === null) return false;
    this.#qrs.add(text);
    this.#setAlign('center');
    this.#qrFunction(65, 50, 0);
    this.#qrFunction(67, moduleDots);
    this.#qrFunction(69, 49);
    this.#qrFunction(80, 48, ...data);
    this.#qrFunction(81, 48);
    return true;
  }

  /** GS ( k for QR codes: 65 model 2, 67 module size, 69 error correction (49 is M), 80 store, 81 print. */
  #qrFunction(number: number, ...parameters: number[]): void {
    const length = parameters.length + 2;
    this.#put(GS, 0x28, 0x6b, length & 0xff, length >> 8, 49, number, ...parameters);
  }

  block(block: ReceiptBlock): void {
    switch (block.type) {
      case 'text': {
        const lines = wrap(block.text, this.#width(block.size === 2)).map((text): Line => ({ align: block.align, text }));
        this.#printLines(lines, { bold: block.bold, double: block.size === 2, reverse: false });
        break;
      }
      case 'row':
        this.#printLines(rowLines(block.left, block.right, this.#width(block.size === 2)), { bold: block.bold, double: block.size === 2, reverse: false });
        break;
      case 'rule':
        this.#printLines([{ align: 'left', text: ruleText(block.style, this.#paper.columns) }], plain);
        break;
      case 'banner':
        this.#printBanner(block.text);
        break;
      case 'barcode':
        this.#printBarcode(block.text);
        break;
      case 'qr':
        // The barcode above may have become this one.
        if (!this.#qrs.has(block.text) && !this.#drawQr(block.text)) this.#printCaption(block.text);
        break;
      case 'feed':
        this.#put(ESC, 0x64, Math.min(mostFeedLines, Math.max(0, Math.trunc(block.lines))));
        break;
      case 'cut':
        // Feeds to the cutter first.
        this.#put(GS, 0x56, 66, 0);
        break;
      case 'drawer':
        // Pin 2, 50 ms on, 500 ms off.
        this.#put(ESC, 0x70, 0, 25, 250);
        break;
    }
  }

  /** Leaves the printer as it was found: the next job may be another program's. */
  end(): void {
    this.#setAlign('left');
    this.#setChinese(false);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.#chunks));
  }
}

export function encodeReceipt(document: ReceiptDocument, paper: PaperSettings): Uint8Array {
  const encoder = new Encoder(paper);
  encoder.begin();
  for (const block of document.blocks) encoder.block(block);
  encoder.end();
  return encoder.bytes();
}

/** The first job on a cold program takes 14 ms, the next 12 microseconds: encodes one of everything ahead of time. */
export function warmUpEncoder(): void {
  printable('收据 ¥1.00');
  encodeReceipt({ blocks: [{ type: 'row', left: '合计', right: '¥1.00', bold: true, size: 2 }] }, { columns: 48, encoding: 'gb18030' });
}
