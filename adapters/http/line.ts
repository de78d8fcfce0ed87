/** One connection to a gateway, opened by us: what fails before it stands has certainly sent nothing (money rule 3). */
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { WireResult } from '../../core/ports.ts';

export type NeverSent = Extract<WireResult, { readonly kind: 'neverSent' }>;

/** A connection that stands. `socket` carries the request; `reset` ends it so that nothing of it can leave any more. */
export interface Connection {
  readonly socket: Socket;
  reset(): void;
}

export interface Opening {
  /** Resolves always. */
  readonly done: Promise<{ readonly kind: 'open'; readonly connection: Connection } | NeverSent>;
  /** Gives up; `done` then says `connectTimeout`. */
  abandon(): void;
}

/** Opens a connection to the scheme, host and port of `target`; TLS is part of it and always verified. */
export function openConnection(target: URL, trustedCertificates: readonly string[]): Opening {
  const secure = target.protocol === 'https:';
  const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
  const tcp = connectTcp({ host, port: Number(target.port || (secure ? 443 : 80)), noDelay: true });
  // Kept for good: an error of a socket that nobody waits for any more must not end the process.
  tcp.on('error', ignore);
  const reset = (): void => {
    // Not `destroy`: the system would go on delivering what is in its send buffer after the close (CASES 19).
    tcp.resetAndDestroy();
  };
  let settle: (result: Awaited<Opening['done']>) => void = ignore;
  const done = new Promise<Awaited<Opening['done']>>((resolve) => (settle = resolve));
  const fail = (result: NeverSent): void => {
    tcp.destroy();
    settle(result);
  };

  tcp.once('error', (error) => fail({ kind: 'neverSent', reason: connectProblem(error), detail: detailOf(error) }));
  tcp.once('close', () => fail({ kind: 'neverSent', reason: secure ? 'tls' : 'unreachable', detail: 'closed before it stood' }));
  tcp.once('connect', () => {
    if (!secure) return settle({ kind: 'open', connection: { socket: tcp, reset } });
    const tls = connectTls({
      socket: tcp,
      // Named aloud: without it Node would check the certificate against `localhost`.
      host,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ALPNProtocols: ['http/1.1'],
      // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED can't switch it off.
      rejectUnauthorized: true,
      ...(trustedCertificates.length === 0 ? {} : { ca: [...rootCertificates, ...trustedCertificates] }),
    });
    tls.on('error', ignore);
    tls.once('error', (error) => fail({ kind: 'neverSent', reason: 'tls', detail: detailOf(error) }));
    tls.once('secureConnect', () => settle({ kind: 'open', connection: { socket: tls, reset } }));
  });
  return { done, abandon: () => fail({ kind: 'neverSent', reason: 'connectTimeout', detail: 'no connection within the limit' }) };
}

/** True for addresses of this machine, the only ones that plain `http:` may reach. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function connectProblem(error: Error): NeverSent['reason'] {
  const codes = codesOf(error);
  if (codes.includes('ECONNREFUSED')) return 'refused';
  if (codes.some((code) => code === 'ENOTFOUND' || code.startsWith('EAI_'))) return 'nameNotFound';
  if (codes.includes('ETIMEDOUT')) return 'connectTimeout';
  return 'unreachable';
}

/** A name with several addresses fails with one error per address. */
function codesOf(error: unknown): readonly string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? [error.code] : [];
}

function detailOf(error: Error): string {
  const codes = [...new Set(codesOf(error))].join(', ');
  return codes === '' ? error.message : `${codes}: ${error.message}`;
}

function ignore(): void {}
