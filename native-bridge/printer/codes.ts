/** Sizes of barcodes and QR codes, and the bytes of a Code 128: what has to be known before a printer draws them. */

/** White that a barcode needs beside it, left and right together, in modules. */
const quietModules = 20;
/** White that the paper has beside its printable dots, together: at least 3.5 mm on either side. */
const paperMarginDots = 56;
const qrQuietModules = 8;

/** The longest data that GS k takes in its length byte. */
const mostBarcodeBytes = 255;

/** Largest module that still looks like a receipt's barcode (3 dots are 0.375 mm). */
const widestBarcodeModule = 3;
const narrowestBarcodeModule = 2;
const widestQrModule = 8;
/** A QR code takes at most this part of the paper's width. */
const qrShareOfPaper = 0.75;

export interface Code128 {
  /** The data for GS k 73: code set selections and characters as the printer wants them. */
  readonly data: Uint8Array;
  readonly modules: number;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function digitsFrom(text: string, start: number): number {
  let end = start;
  while (isDigit(text[end])) end += 1;
  return end - start;
}

/** Pairs of digits in set C are worth the change from this many digits on: 4 at either end, 6 in the middle. */
function isWorthSetC(text: string, at: number): boolean {
  const digits = digitsFrom(text, at);
  const reachesEdge = at === 0 || at + digits === text.length;
  return digits >= (reachesEdge ? 4 : 6);
}

/**
 * Code 128 of printable ASCII in the shortest usual mix of code sets B and C; null for anything else.
 * Each code set selection, character and digit pair is one symbol of 11 modules.
 */
export function code128(text: string): Code128 | null {
  if (!/^[\x20-\x7e]+$/.test(text)) return null;
  const data: number[] = [];
  let symbols = 0;
  let set: 'B' | 'C' | null = null;
  const select = (wanted: 'B' | 'C'): void => {
    if (set === wanted) return;
    data.push(0x7b, wanted.charCodeAt(0));
    symbols += 1;
    set = wanted;
  };
  const putCharacter = (character: string): void => {
    select('B');
    // An opening brace begins a selection and is doubled to mean itself.
    if (character === '{') data.push(0x7b);
    data.push(character.charCodeAt(0));
    symbols += 1;
  };
  let at = 0;
  while (at < text.length) {
    const pairs = set === 'C' ? digitsFrom(text, at) >= 2 : isWorthSetC(text, at);
    // An odd digit goes first in set B, so that the rest pairs up.
    if (pairs && set === 'B' && digitsFrom(text, at) % 2 === 1) {
      putCharacter(text.charAt(at));
      at += 1;
      continue;
    }
    if (pairs) {
      select('C');
      data.push(Number(text.slice(at, at + 2)));
      symbols += 1;
      at += 2;
    } else {
      putCharacter(text.charAt(at));
      at += 1;
    }
  }
  if (data.length > mostBarcodeBytes) return null;
  const check = 1;
  return { data: Uint8Array.from(data), modules: (symbols + check) * 11 + 13 };
}

/**
 * Dots per module so that a barcode fits the paper, or null where it can't. Never one dot (0.125 mm): neither every print head
 * nor a usual scanner does it.
 */
export function barcodeModuleDots(modules: number, paperDots: number): number | null {
  for (let dots = widestBarcodeModule; dots >= narrowestBarcodeModule; dots -= 1) {
    const quietDots = Math.max(0, quietModules * dots - paperMarginDots);
    if (modules * dots + quietDots <= paperDots) return dots;
  }
  return null;
}

/** Bytes that QR versions 1 to 40 hold in byte mode with error correction M (ISO/IEC 18004, table 7). */
const qrCapacities: readonly number[] = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370,
  1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];

/** Dots per module so that a QR code of so many bytes fits the paper, or null where it can't. */
export function qrModuleDots(byteCount: number, paperDots: number): number | null {
  const index = qrCapacities.findIndex((capacity) => byteCount <= capacity);
  if (byteCount === 0 || index === -1) return null;
  const version = index + 1;
  const modules = 17 + 4 * version + qrQuietModules;
  const comfortable = Math.floor((paperDots * qrShareOfPaper) / modules);
  if (comfortable >= 3) return Math.min(comfortable, widestQrModule);
  const largest = Math.floor(paperDots / modules);
  return largest >= 2 ? Math.min(largest, 3) : null;
}
