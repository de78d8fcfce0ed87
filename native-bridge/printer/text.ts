/** A receipt document as plain text: for the command line and the preview, line by line as it would be printed. */
import type { ReceiptBlock, ReceiptDocument } from '../../core/receipt/document.ts';
import { pad, rowLines, ruleText, wrap } from './layout.ts';

/** Large print takes two columns a character on paper; here it keeps the paper's line breaks at the normal width. */
function blockLines(block: ReceiptBlock, columns: number): readonly string[] {
  const width = 'size' in block && block.size === 2 ? Math.floor(columns / 2) : columns;
  switch (block.type) {
    case 'text':
      return wrap(block.text, width).map((text) => pad({ align: block.align, text }, columns));
    case 'row':
      // Where both fit on a large line the value still goes to the paper's edge.
      return rowLines(block.left, block.right, rowFits(block.left, block.right, width) ? columns : width).map((line) => pad(line, columns));
    case 'rule':
      return [ruleText(block.style, columns)];
    case 'banner':
      return wrap(block.text, Math.floor(columns / 2)).map((text) => pad({ align: 'center', text: `*** ${text} ***` }, columns));
    case 'barcode':
    case 'qr':
      return wrap(block.text, columns).map((text) => pad({ align: 'center', text }, columns));
    case 'feed':
      return Array<string>(Math.min(20, Math.max(0, Math.trunc(block.lines)))).fill('');
    case 'cut':
    case 'drawer':
      return [];
  }
}

function rowFits(left: string, right: string, width: number): boolean {
  return rowLines(left, right, width).length === 1;
}

export function receiptText(document: ReceiptDocument, columns: number): string {
  const lines = document.blocks.flatMap((block) => blockLines(block, columns));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}
