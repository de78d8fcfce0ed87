/**
 * Reads ESC/POS bytes back by a second party, for tests only: text through the program `iconv`, barcodes and QR codes
 * drawn by bwip-js and read by `zbarimg`. Shares no code with the encoder; an unknown command is an error.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBuffer } from 'bwip-js/node';

/** What a stream holds, in order. `chinese` is whether FS & was in force; */
export type Piece =
  | { readonly type: 'text'; readonly bytes: Uint8Array; readonly chinese: boolean }
  | { readonly type: 'barcode'; readonly data: Uint8Array; readonly moduleDots: number }
  | { readonly type: 'qr'; readonly data: Uint8Array; readonly moduleDots: number }
  | { readonly type: 'feed'; readonly lines: number }
  | { readonly type: 'cut' }
  | { readonly type: 'drawer' }
  | { readonly type: 'statusRequest'; readonly number: number };

export interface ReadBack {
  /** The lines of text as they would be printed, in UTF-8. */
  readonly lines: readonly string[];
  readonly barcodes: readonly string[];
  readonly qrs: readonly string[];
  readonly cuts: number;
  readonly drawers: number;
}

/** The programs of the second party that are missing here, to be printed as the reason of a skipped test. */
export function missingReaders(): readonly string[] {
  return ['iconv', 'zbarimg'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
}

/** Splits a stream into its pieces. Throws at a command that it doesn't know. */
export function splitStream(stream: Uint8Array): readonly Piece[] {
  const pieces: Piece[] = [];
  let text: number[] = [];
  let chinese = false;
  let barcodeModule = 3;
  let qrModule = 3;
  let qrData: Uint8Array = new Uint8Array();
  let at = 0;

  const byte = (offset: number): number => {
    const value = stream[at + offset];
    if (value === undefined) throw new Error(`the stream ends inside a command at ${at}`);
    return value;
  };
  const flushText = (): void => {
    if (text.length > 0) pieces.push({ type: 'text', bytes: Uint8Array.from(text), chinese });
    text = [];
  };
  const add = (piece: Piece, length: number): void => {
    flushText();
    pieces.push(piece);
    at += length;
  };
  const skip = (length: number): void => {
    byte(length - 1);
    at += length;
  };
  const unknown = (): never => {
    throw new Error(`unknown command ${[...stream.subarray(at, at + 4)].map((value) => value.toString(16)).join(' ')} at ${at}`);
  };

  function escape(): void {
    switch (byte(1)) {
      case 0x40:
      case 0x32:
        return skip(2);
      case 0x52:
      case 0x61:
      case 0x45:
      case 0x74:
        return skip(3);
      case 0x64:
        return add({ type: 'feed', lines: byte(2) }, 3);
      case 0x70:
        byte(4);
        return add({ type: 'drawer' }, 5);
      default:
        return unknown();
    }
  }

  function fileSeparator(): void {
    switch (byte(1)) {
      case 0x26:
      case 0x2e:
        flushText();
        chinese = byte(1) === 0x26;
        return skip(2);
      case 0x21:
        return skip(3);
      default:
        return unknown();
    }
  }

  function qrCommand(): void {
    const length = byte(3) + byte(4) * 256;
    byte(4 + length);
    const parameters = stream.subarray(at + 7, at + 5 + length);
    switch (byte(6)) {
      case 67:
        qrModule = parameters[0] ?? qrModule;
        break;
      case 80:
        qrData = parameters.slice(1);
        break;
      case 81:
        return add({ type: 'qr', data: qrData, moduleDots: qrModule }, 5 + length);
      case 65:
      case 69:
        break;
      default:
        return unknown();
    }
    at += 5 + length;
  }

  function groupSeparator(): void {
    switch (byte(1)) {
      case 0x21:
      case 0x42:
      case 0x48:
      case 0x66:
      case 0x68:
        return skip(3);
      case 0x77:
        barcodeModule = byte(2);
        return skip(3);
      case 0x56:
        return add({ type: 'cut' }, byte(2) >= 65 ? 4 : 3);
      case 0x6b: {
        if (byte(2) !== 73) return unknown();
        const length = byte(3);
        return add({ type: 'barcode', data: stream.slice(at + 4, at + 4 + length), moduleDots: barcodeModule }, 4 + length);
      }
      case 0x28:
        return byte(2) === 0x6b && byte(5) === 49 ? qrCommand() : unknown();
      default:
        return unknown();
    }
  }

  while (at < stream.length) {
    switch (byte(0)) {
      case 0x10:
        if (byte(1) !== 0x04) unknown();
        add({ type: 'statusRequest', number: byte(2) }, 3);
        break;
      case 0x1b:
        escape();
        break;
      case 0x1c:
        fileSeparator();
        break;
      case 0x1d:
        groupSeparator();
        break;
      default:
        text.push(byte(0));
        at += 1;
    }
  }
  flushText();
  return pieces;
}

/** Code 128 symbol values of the data of GS k 73, code sets as the stream says. bwip-js adds the check symbol. */
function symbolsOf(data: Uint8Array): readonly number[] {
  const symbols: number[] = [];
  let set = '';
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at] ?? 0;
    if (value === 0x7b && data[at + 1] !== 0x7b) {
      const wanted = String.fromCharCode(data[at + 1] ?? 0);
      const start = wanted === 'B' ? 104 : 105;
      const change = wanted === 'B' ? 100 : 99;
      if (wanted !== 'B' && wanted !== 'C') throw new Error(`code set ${wanted} isn't used here`);
      symbols.push(set === '' ? start : change);
      set = wanted;
      at += 1;
    } else if (set === 'C') {
      symbols.push(value);
    } else {
      if (value === 0x7b) at += 1;
      symbols.push(value - 32);
    }
  }
  return symbols;
}

function readPicture(png: Uint8Array, symbology: 'code128' | 'qrcode'): string {
  const folder = mkdtempSync(join(tmpdir(), 'scantill-read-back-'));
  try {
    const file = join(folder, 'code.png');
    writeFileSync(file, png);
    const seen = execFileSync('zbarimg', ['--raw', '--quiet', '-Sdisable', `-S${symbology}.enable`, file], { stdio: ['ignore', 'pipe', 'ignore'] });
    return seen.toString('utf8').replace(/\n$/, '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const picture = { paddingwidth: 20, paddingheight: 20, backgroundcolor: 'ffffff' };

/** Both are drawn dot by dot, as wide as they are printed. */
async function readBarcode(data: Uint8Array, moduleDots: number): Promise<string> {
  const symbols = symbolsOf(data);
  const raw = symbols.map((symbol) => `^${String(symbol).padStart(3, '0')}`).join('');
  return readPicture(await toBuffer({ ...picture, scale: moduleDots, bcid: 'code128', raw: true, text: raw } as Parameters<typeof toBuffer>[0]), 'code128');
}

async function readQr(data: Uint8Array, moduleDots: number): Promise<string> {
  const text = Buffer.from(data).toString('latin1');
  return readPicture(await toBuffer({ ...picture, scale: moduleDots, bcid: 'qrcode', eclevel: 'M', binarytext: true, text } as Parameters<typeof toBuffer>[0]), 'qrcode');
}

function readText(bytes: Uint8Array): string {
  return execFileSync('iconv', ['-f', 'GB18030', '-t', 'UTF-8'], { input: bytes }).toString('utf8');
}

/** Reads a whole stream. Text outside Chinese mode must be ASCII: a printer would print it as something else. */
export async function readBack(stream: Uint8Array): Promise<ReadBack> {
  const pieces = splitStream(stream);
  let text = '';
  const barcodes: string[] = [];
  const qrs: string[] = [];
  let cuts = 0;
  let drawers = 0;
  for (const piece of pieces) {
    switch (piece.type) {
      case 'text':
        if (!piece.chinese && piece.bytes.some((value) => value > 0x7e)) throw new Error('Chinese text while Chinese mode is off');
        text += readText(piece.bytes);
        break;
      case 'barcode':
        barcodes.push(await readBarcode(piece.data, piece.moduleDots));
        break;
      case 'qr':
        qrs.push(await readQr(piece.data, piece.moduleDots));
        break;
      case 'cut':
        cuts += 1;
        break;
      case 'drawer':
        drawers += 1;
        break;
      case 'feed':
      case 'statusRequest':
        break;
    }
  }
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return { lines, barcodes, qrs, cuts, drawers };
}
