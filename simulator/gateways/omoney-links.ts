/** OMoney's links (section 1.6): addresses with an opaque part, so that one who builds them instead of following them gets lost. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Json } from '../model.ts';

export const checkoutPath = '/standard';

const controlSchema = z.strictObject({ origin: z.url().nullable() });

export class Links {
  readonly #keys = new Map<string, string>();
  readonly #told = new Set<string>();
  #origin = '';
  #diverted: string | null = null;

  /** Where the shop reached the gateway; the links lead there again. */
  reachedAt(host: string | string[] | undefined): void {
    this.#origin = `http://${String(host ?? '')}`;
  }

  /** Whether an address is the simulator's own, where no shop listens. */
  isOwn(url: string): boolean {
    return url.startsWith(`${this.#origin}/`);
  }

  ofPayment(paymentId: string): Json {
    return [
      { href: `${this.#apiOrigin()}/v1/payment/${paymentId}?key=${this.#keyOf(paymentId)}`, rel: 'self', method: 'GET' },
      { href: this.checkout(paymentId), rel: 'proceed_url', method: 'REDIRECT' },
    ];
  }

  ofRefund(refundId: string): Json {
    return [{ href: `${this.#apiOrigin()}/v1/refund/${refundId}?key=${this.#keyOf(refundId)}`, rel: 'self', method: 'GET' }];
  }

  /** The hosted page: what the shop shows as a QR code. */
  checkout(paymentId: string): string {
    return `${this.#origin}${checkoutPath}?payment_id=${paymentId}&token=${this.#keyOf(`${paymentId} page`)}`;
  }

  opensCheckout(paymentId: string, token: string | null): boolean {
    return token === this.#keyOf(`${paymentId} page`);
  }

  /**
   * A cancel's answer and a notification tell a payment_id without a link. From then on the bare address of section 2.1.7 is
   * good for it: where the creation's answer was lost there is no other.
   */
  tellBare(paymentId: string): void {
    this.#told.add(paymentId);
  }

  /** Whether a GET with this query string may have what stands under `id`. */
  opens(id: string, query: string): boolean {
    return query === '' ? this.#told.has(id) : query === `key=${this.#keyOf(id)}`;
  }

  /** `POST /simulator/omoney/links`: self links lead to another origin from now on, where no client may carry its token; null ends it. */
  control(body: unknown): { readonly status: number; readonly json: Json } {
    const parsed = controlSchema.safeParse(body);
    if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
    this.#diverted = parsed.data.origin;
    return { status: 200, json: parsed.data };
  }

  #apiOrigin(): string {
    return this.#diverted ?? this.#origin;
  }

  #keyOf(id: string): string {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const key = randomBytes(12).toString('hex');
    this.#keys.set(id, key);
    return key;
  }
}
