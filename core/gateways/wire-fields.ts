/** The zod pieces of which the gateways' answer schemas are made: what must be readable, and what may be anything. */
import { z } from 'zod';

/**
 * Text that something is decided from; unset (`null`, absent, `""`) reads as `''`. Numbers come as text (`json.ts`).
 * Any other type spoils the whole answer: an order number that is a list is not the same as none.
 */
export const decidingText = z.string().nullish().transform((text) => text ?? '');

/** Text that is only shown or kept; whatever isn't text reads as `''`. */
export const shownText = z.string().catch('');

/** The row of a table, or undefined; names that every object inherits are no rows. */
export function rowOf<Row>(table: Readonly<Record<string, Row>>, name: string): Row | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
