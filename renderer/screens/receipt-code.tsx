/** One barcode or QR code of a receipt, drawn on a canvas. */
import { code128, qrcode } from 'bwip-js/browser';
import { useEffect, useRef, type ReactElement } from 'react';

/** Error correction M, as the receipt prints it. The package's types don't know the option. */
function qrOptions(text: string) {
  return { bcid: 'qrcode', text, scale: 3, eclevel: 'M' };
}

export default function ReceiptCode({ kind, text }: { readonly kind: 'barcode' | 'qr'; readonly text: string }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    if (kind === 'qr') qrcode(canvas.current, qrOptions(text));
    else code128(canvas.current, { bcid: 'code128', text, scale: 2, height: 12 });
  }, [kind, text]);
  return <canvas ref={canvas} role="img" aria-label={text} />;
}
