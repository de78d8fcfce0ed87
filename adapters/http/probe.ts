/** Whether a server is there, and whose certificate it has: a connection that is opened, looked at and closed. */
import { TLSSocket } from 'node:tls';
import type { ConnectionProbe, ProbeResult } from '../../core/ports.ts';
import { openConnection, type NeverSent } from './line.ts';

export function connectionProbe(trustedCertificates: readonly string[] = []): ConnectionProbe {
  return {
    async look(origin, milliseconds): Promise<ProbeResult> {
      const began = performance.now();
      const opening = openConnection(new URL(origin), trustedCertificates);
      const limit = setTimeout(() => opening.abandon(), milliseconds);
      const result = await opening.done;
      clearTimeout(limit);
      const took = Math.round(performance.now() - began);
      if (result.kind === 'neverSent') return notStanding(result, took);
      const validUntil = certificateEnd(result.connection.socket);
      result.connection.reset();
      return { kind: 'reached', milliseconds: took, validUntil };
    },
  };
}

function notStanding({ reason, detail }: NeverSent, milliseconds: number): ProbeResult {
  switch (reason) {
    case 'tls':
      return { kind: 'certificateWrong', milliseconds, code: /^[A-Z_]+(?=:)/.exec(detail)?.[0] ?? 'TLS' };
    case 'connectTimeout':
      return { kind: 'notReached', reason: 'timeout' };
    case 'refused':
    case 'nameNotFound':
      return { kind: 'notReached', reason };
    default:
      return { kind: 'notReached', reason: 'unreachable' };
  }
}

function certificateEnd(socket: unknown): number | null {
  const end = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : Number.NaN;
  return Number.isNaN(end) ? null : end;
}
