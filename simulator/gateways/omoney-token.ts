/** OMoney's access tokens (section 1.7): made for the client's credentials, good for a while, and revocable by a test. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Json, JsonObject } from '../model.ts';
import type { IncomingRequest } from './gateway-side.ts';

export interface OmoneyAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The document's example. */
const usualSeconds = 43_035;

const controlSchema = z.strictObject({
  /** Of tokens made from now on; null is the usual. */
  expiresIn: z.number().int().min(1).max(86_400).nullable().optional(),
  /** Every token that was made is refused from now on. */
  revoke: z.boolean().optional(),
});

export class TokenDesk {
  readonly #clock: Clock;
  readonly #account: OmoneyAccount;
  readonly #expiries = new Map<string, number>();
  #lifeSeconds = usualSeconds;
  #made = 0;

  constructor(clock: Clock, account: OmoneyAccount) {
    this.#clock = clock;
    this.#account = account;
  }

  /** Why the request for a token is refused, or null. Its parameters stand in the query string, its body is empty. */
  refuse({ headers, query, body }: IncomingRequest): { readonly status: number; readonly message: string } | null {
    const expected = `Basic ${Buffer.from(`${this.#account.clientId}:${this.#account.clientSecret}`).toString('base64')}`;
    if (headers['authorization'] !== expected) return { status: 401, message: 'Client ID或Client Secret错误' };
    const parameters = new URLSearchParams(query);
    const scopes = (parameters.get('scope') ?? '').split(',').toSorted().join(',');
    if (body.length > 0 || parameters.size !== 2 || parameters.get('grant_type') !== 'client_credentials' || scopes !== 'read,write') {
      return { status: 400, message: 'grant_type或scope错误' };
    }
    return null;
  }

  /** A new token; the ones before go on until they end. */
  make(): JsonObject {
    const token = randomUUID();
    this.#made += 1;
    this.#expiries.set(token, this.#clock.monotonic() + this.#lifeSeconds * 1000);
    return { access_token: token, token_type: 'bearer', expires_in: this.#lifeSeconds, scope: 'write,read' };
  }

  isGood(authorization: string | string[] | undefined): boolean {
    const token = /^Bearer (\S+)$/.exec(String(authorization ?? ''))?.[1] ?? '';
    const expiry = this.#expiries.get(token);
    return expiry !== undefined && this.#clock.monotonic() < expiry;
  }

  /** `POST /simulator/omoney/token`: answers how many were made and how many are good. */
  control(body: unknown): { readonly status: number; readonly json: Json } {
    const parsed = controlSchema.safeParse(body);
    if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
    if (parsed.data.expiresIn !== undefined) this.#lifeSeconds = parsed.data.expiresIn ?? usualSeconds;
    if (parsed.data.revoke === true) this.#expiries.clear();
    const good = [...this.#expiries.values()].filter((expiry) => this.#clock.monotonic() < expiry).length;
    return { status: 200, json: { made: this.#made, good, expiresIn: this.#lifeSeconds } };
  }
}
