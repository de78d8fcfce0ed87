/** Who may use this host: whoever opened the printed address, once; from then on a cookie that no script can read. */
import { randomBytes, timingSafeEqual } from 'node:crypto';

const secretBytes = 32;

export class Sessions {
  readonly #cookieName: string;
  readonly #tokens = new Set<string>();
  readonly #sessions = new Set<string>();

  /** Cookies know no port: the name keeps two tills on one machine apart. */
  constructor(port: number) {
    this.#cookieName = `scantill-${port}`;
  }

  /** A new token for one first load. */
  newToken(): string {
    const token = randomBytes(secretBytes).toString('base64url');
    this.#tokens.add(token);
    return token;
  }

  /** Exchanges a token for a cookie's text; null where it is unknown or was used. */
  exchange(token: string): string | null {
    const known = findEqual(this.#tokens, token);
    if (known === null) return null;
    this.#tokens.delete(known);
    const session = randomBytes(secretBytes).toString('base64url');
    this.#sessions.add(session);
    return `${this.#cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
  }

  isKnown(cookieHeader: string | undefined): boolean {
    const wanted = `${this.#cookieName}=`;
    const pairs = (cookieHeader ?? '').split(';').map((pair) => pair.trim());
    return pairs.some((pair) => pair.startsWith(wanted) && findEqual(this.#sessions, pair.slice(wanted.length)) !== null);
  }
}

/** Compares without telling by its duration how much of a guess was right. */
function findEqual(secrets: ReadonlySet<string>, guess: string): string | null {
  const guessed = Buffer.from(guess);
  for (const secret of secrets) {
    const bytes = Buffer.from(secret);
    if (bytes.length === guessed.length && timingSafeEqual(bytes, guessed)) return secret;
  }
  return null;
}
