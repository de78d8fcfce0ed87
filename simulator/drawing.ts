/** Draws a payment code as Code 128 and as QR, black on white with its quiet zone, for a screen that a scanner reads. */
import { toSVG } from 'bwip-js/generic';

export interface Drawing {
  readonly svg: string;
  /** Width in modules, quiet zone included: a page shows it in whole pixels per module or scanners see uneven bars. */
  readonly modules: number;
}

export function drawBarcode(code: string): Drawing {
  const quietModules = 10;
  return finish(toSVG({ bcid: 'code128', text: code, scale: 1, height: 14, paddingwidth: quietModules, backgroundcolor: 'FFFFFF' }), 1);
}

/** bwip-js draws a QR module two units wide, and counts its padding in units. */
const unitsPerDot = 2;

export function drawQr(code: string): Drawing {
  const quietModules = 4;
  return finish(toSVG({ bcid: 'qrcode', text: code, scale: 1, padding: quietModules * unitsPerDot, backgroundcolor: 'FFFFFF' }), unitsPerDot);
}

function finish(svg: string, unitsPerModule: number): Drawing {
  const size = /viewBox="0 0 (\d+) (\d+)"/.exec(svg);
  const width = Number(size?.[1] ?? 0);
  const attributes = `width="${width}" height="${size?.[2] ?? '0'}" preserveAspectRatio="none" shape-rendering="crispEdges"`;
  return { svg: svg.replace('<svg ', `<svg ${attributes} `), modules: width / unitsPerModule };
}
