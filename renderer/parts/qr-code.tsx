/** A QR code as one path of whole pixels: black on white in every theme, with the four modules of white that scanners need. */
import { raw } from 'bwip-js/browser';
import { useMemo, type ReactElement } from 'react';

interface QrCodeProps {
  readonly text: string;
  /** As wide as this or a little less, so that every module is as wide as the others. */
  readonly size: number;
  readonly label: string;
}

const quietModules = 4;

export default function QrCode({ text, size, label }: QrCodeProps): ReactElement {
  const { path, modules } = useMemo(() => drawn(text), [text]);
  const width = Math.max(1, Math.floor(size / modules)) * modules;
  return (
    <svg className="qr-code" role="img" aria-label={label} width={width} height={width} viewBox={`0 0 ${modules} ${modules}`} shapeRendering="crispEdges">
      <rect width={modules} height={modules} fill="#FFFFFF" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

interface Matrix {
  readonly pixs: readonly number[];
  readonly pixx: number;
  readonly pixy: number;
}

/** The dark modules, run by run. Error correction M, as on paper; the package's types don't know the option. */
function drawn(text: string): { readonly path: string; readonly modules: number } {
  const [matrix] = raw('qrcode', text, { eclevel: 'M' } as object) as unknown as readonly Matrix[];
  if (!matrix) throw new Error('no QR code was made');
  const { pixs, pixx, pixy } = matrix;
  let path = '';
  for (let y = 0; y < pixy; y += 1) {
    for (let x = 0; x < pixx; x += 1) {
      if (pixs[y * pixx + x] !== 1 || (x > 0 && pixs[y * pixx + x - 1] === 1)) continue;
      let run = 1;
      while (x + run < pixx && pixs[y * pixx + x + run] === 1) run += 1;
      path += `M${x + quietModules} ${y + quietModules}h${run}v1h-${run}z`;
    }
  }
  return { path, modules: pixx + 2 * quietModules };
}
