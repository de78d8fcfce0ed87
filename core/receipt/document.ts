/** A receipt as a list of printer-neutral blocks: what should stand on the paper, not how a printer is told. */

export type Alignment = 'left' | 'center' | 'right';

/** One block of a receipt. A closed union: an encoder or a preview switches over it exhaustively. */
export type ReceiptBlock =
  /** A paragraph, wrapped at the paper's width. `size` 2 is double width and double height. */
  | { readonly type: 'text'; readonly text: string; readonly align: Alignment; readonly bold: boolean; readonly size: 1 | 2 }
  /** A label at the left edge and a value at the right edge, on two lines where one is too narrow. */
  | { readonly type: 'row'; readonly left: string; readonly right: string; readonly bold: boolean; readonly size: 1 | 2 }
  /** A line across the paper. */
  | { readonly type: 'rule'; readonly style: 'solid' | 'dashed' }
  /** White on black across the whole width, for words that nobody may miss (training, copy). */
  | { readonly type: 'banner'; readonly text: string }
  /** Code 128 of printable ASCII, with the text below it. */
  | { readonly type: 'barcode'; readonly text: string }
  /** A QR code with error correction M. */
  | { readonly type: 'qr'; readonly text: string }
  | { readonly type: 'feed'; readonly lines: number }
  | { readonly type: 'cut' }
  /** Opens the cash drawer. */
  | { readonly type: 'drawer' };

/** A whole receipt, in printing order. */
export interface ReceiptDocument {
  readonly blocks: readonly ReceiptBlock[];
}
