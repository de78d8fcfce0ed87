/** The built screens as both hosts serve them: files of one folder, and headers that leave a page no other source. */
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

const contentSecurityPolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
  "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
].join('; ');

/** On every answer of a host, the refusals too. */
export const safetyHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=()',
};

export interface ScreenFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly type: string;
}

/** The file that a path of a URL means; null where there is none, or it lies outside, or is of a kind that isn't served. */
export async function screenFile(folder: string, pathname: string): Promise<ScreenFile | null> {
  const path = filePath(folder, pathname === '/' ? '/index.html' : pathname);
  const type = path === null ? undefined : types[extname(path)];
  if (path === null || type === undefined) return null;
  try {
    return { body: await readFile(path), type };
  } catch {
    return null;
  }
}

function filePath(folder: string, pathname: string): string | null {
  const name = decoded(pathname);
  if (name === null || /[\0\\]/.test(name)) return null;
  const path = join(folder, name);
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? path : null;
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
