/** Access tokens of gateways that want one: got once, renewed ahead, one renewal at a time, in memory only and never logged. */
import { secretsOf } from '../configuration.ts';
import type { ConfiguredGateway } from './runner.ts';
import type { Clock, HttpTransport, Log, Monotonic, WireResult } from '../ports.ts';

/** A token ends for us so long before the gateway's own end, so that it doesn't die on the wire. */
const aheadSeconds = 60;

interface Held {
  readonly token: string;
  readonly until: Monotonic;
}

/** `null` where the gateway wants none; else the token, or how the request that needed it ended: it never left. */
export type TokenReply = { readonly kind: 'token'; readonly token: string | null } | Extract<WireResult, { kind: 'neverSent' }>;

export class AccessTokens {
  private readonly ports: { readonly http: HttpTransport; readonly clock: Clock; readonly log: Log };
  private readonly held = new Map<string, Held>();
  private readonly renewals = new Map<string, Promise<TokenReply>>();

  constructor(ports: { readonly http: HttpTransport; readonly clock: Clock; readonly log: Log }) {
    this.ports = ports;
  }

  /** The token that a request of this gateway carries. */
  get(configured: ConfiguredGateway): TokenReply | Promise<TokenReply> {
    if (configured.gateway.token === null) return { kind: 'token', token: null };
    const held = this.held.get(keyOf(configured));
    return held !== undefined && this.ports.clock.monotonic() < held.until ? { kind: 'token', token: held.token } : this.renewed(configured);
  }

  /** The gateway refused this one: the next request gets another. A newer one stays. */
  refused(configured: ConfiguredGateway, token: string | null): void {
    if (this.held.get(keyOf(configured))?.token === token) this.held.delete(keyOf(configured));
  }

  private renewed(configured: ConfiguredGateway): Promise<TokenReply> {
    const key = keyOf(configured);
    const running = this.renewals.get(key);
    if (running !== undefined) return running;
    const renewal = this.renew(configured).finally(() => this.renewals.delete(key));
    this.renewals.set(key, renewal);
    return renewal;
  }

  private async renew(configured: ConfiguredGateway): Promise<TokenReply> {
    const { gateway, settings, policy } = configured;
    if (gateway.token === null) return { kind: 'token', token: null };
    const asked = this.ports.clock.monotonic();
    const result = await this.ports.http.send(gateway.token.build(settings), { connectMilliseconds: policy.connectSeconds * 1000, answerMilliseconds: policy.answerTimeoutSeconds * 1000 });
    if (result.kind !== 'answer') {
      this.ports.log.warn('no access token', { gateway: gateway.id, how: result.kind, reason: result.reason });
      return { kind: 'neverSent', reason: 'unreachable', detail: 'no access token' };
    }
    const read = gateway.token.read(result.answer);
    if (read.kind !== 'token') {
      this.ports.log.warn('no access token', { gateway: gateway.id, how: read.kind, status: result.answer.status });
      return { kind: 'neverSent', reason: read.kind === 'refused' ? 'credentials' : 'unreachable', detail: 'no access token' };
    }
    // Counted from before it was asked for, since the gateway began to count before we had it.
    const lives = Math.max(0, read.expiresInSeconds - Math.min(aheadSeconds, read.expiresInSeconds / 10));
    this.held.set(keyOf(configured), { token: read.token, until: asked + lives * 1000 });
    return { kind: 'token', token: read.token };
  }
}

/** By its credentials too: a token that was got with an old secret says nothing about the new one. */
function keyOf({ gateway, identity, settings }: ConfiguredGateway): string {
  return JSON.stringify([gateway.id, identity.origin, identity.account, ...secretsOf(gateway, settings)]);
}
