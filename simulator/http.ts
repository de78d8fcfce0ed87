/** Small helpers over node:http that the gateways, the control calls and the phone's page share. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const longestBody = 256 * 1024;

/** The whole body, or null where it is longer than anything honest. */
export function readBody(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= longestBody) chunks.push(chunk);
    });
    request.on('end', () => resolve(length > longestBody ? null : Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the caller left before the request was whole')));
  });
}

export function answerText(response: ServerResponse, status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): void {
  answerBytes(response, status, `${type}; charset=utf-8`, Buffer.from(body, 'utf8'), headers);
}

/** `type` with its charset, which need not be UTF-8 here. */
export function answerBytes(response: ServerResponse, status: number, type: string, body: Buffer, headers: Readonly<Record<string, string>> = {}): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': type,
    'content-length': body.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    ...headers,
  });
  response.end(body);
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  answerText(response, status, 'application/json', JSON.stringify(value));
}

/** The body as JSON of whatever shape; undefined where it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Whether a web page of somebody else may be behind this request. Any page can reach a loopback port, and a name that
 * was rebound to 127.0.0.1 makes it same-origin; so the Host must be ours, and so must the Origin where there is one.
 */
export function isForeign(request: IncomingMessage, ownHosts: readonly string[]): boolean {
  if (!ownHosts.includes(request.headers.host ?? '')) return true;
  const origin = request.headers.origin;
  return origin !== undefined && !ownHosts.some((host) => origin === `http://${host}`);
}

/** Whether a browser sent it; test drivers send neither header. */
export function isFromBrowser(request: IncomingMessage): boolean {
  return request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
}
