/** A receipt drawn as paper, block by block, as it would print. */
import { lazy, Suspense, type ReactElement } from 'react';
import type { ReceiptBlock, ReceiptDocument } from '../../core/contract/types.ts';
import { useWords } from '../words/i18n.ts';

/** The drawing of barcodes is large: it is loaded when the first receipt is looked at. */
const ReceiptCode = lazy(() => import('./receipt-code.tsx'));

export function ReceiptPaper({ document }: { readonly document: ReceiptDocument | null }): ReactElement {
  const { t } = useWords();
  return (
    <aside className="receipt" aria-label={t('receipt.title')}>
      <div className="receipt-paper">{document?.blocks.map((block, index) => <Block block={block} key={index} />)}</div>
    </aside>
  );
}

function Block({ block }: { readonly block: ReceiptBlock }): ReactElement | null {
  switch (block.type) {
    case 'text': return <p className={`receipt-text ${block.align} ${look(block)}`}>{block.text === '' ? '\u00a0' : block.text}</p>;
    case 'row': return <p className={`receipt-row ${look(block)}`}><span>{block.left}</span><span>{block.right}</span></p>;
    case 'rule': return <hr className={block.style} />;
    case 'banner': return <p className="receipt-banner">{block.text}</p>;
    case 'barcode': case 'qr':
      return (
        <div>
          <Suspense><ReceiptCode kind={block.type} text={block.text} /></Suspense>
          {block.type === 'barcode' && <p className="receipt-code">{block.text}</p>}
        </div>
      );
    case 'feed': return <p>{'\u00a0'}</p>;
    case 'cut': case 'drawer': return null;
  }
}

function look(block: { readonly bold: boolean; readonly size: 1 | 2 }): string {
  return [block.bold ? 'bold' : '', block.size === 2 ? 'large' : ''].join(' ');
}
