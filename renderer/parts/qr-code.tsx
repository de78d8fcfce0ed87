/** A QR code as one path of whole pixels: black on white in every theme, with the four modules of white that scanners need. */
import { qrcode, type DrawingContext, type RenderOptions } from 'bwip-js/browser';
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
    <svg className="qr-code" role="img" aria-label={label} width={width} height={width} viewBox={`0 0 ${modules * unitsPerModule} ${modules * unitsPerModule}`} shapeRendering="crispEdges">
      <rect width="100%" height="100%" fill="#FFFFFF" />
      <path d={path} fill="#000000" fillRule="evenodd" />
    </svg>
  );
}

interface Drawn {
  readonly path: string;
  /** Modules from edge to edge, the white ones around it counted. */
  readonly modules: number;
}

/** The package draws a module two units wide. */
const unitsPerModule = 2;
const edge = quietModules * unitsPerModule;

/** The dark areas as one path. Error correction M, as on paper; the package's types don't know the option. */
function drawn(text: string): Drawn {
  return qrcode({ bcid: 'qrcode', text, scale: 1, eclevel: 'M' } as RenderOptions, new PathDrawing());
}

/** Collects what the package draws. A QR code is polygons and nothing else. */
class PathDrawing implements DrawingContext<Drawn> {
  #path = '';
  #width = 0;

  scale(): null {
    return null;
  }

  measure(): { width: number; ascent: number; descent: number } {
    return { width: 0, ascent: 0, descent: 0 };
  }

  init(width: number): void {
    this.#width = width;
  }

  polygon(points: readonly (readonly [number, number])[]): void {
    this.#path += `M${points.map(([x, y]) => `${x + edge} ${y + edge}`).join('L')}Z`;
  }

  line(): void {
    throw new Error('a QR code has no lines');
  }

  hexagon(): void {
    throw new Error('a QR code has no hexagons');
  }

  ellipse(): void {
    throw new Error('a QR code has no ellipses');
  }

  text(): void {
    throw new Error('a QR code has no text');
  }

  fill(): void {
    // All of it is one colour, which the path has.
  }

  end(): Drawn {
    return { path: this.#path, modules: this.#width / unitsPerModule + 2 * quietModules };
  }
}
