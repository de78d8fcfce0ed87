/** OMoney's links: followed as given, kept for later calls, and never to another origin than its own (document 1.6). */
import { isPageAddress } from '../shown-code.ts';

/** `rel` of the address that tells how a payment or a refund stands. */
export const selfLink = 'self';

/** `rel` of the page where the customer pays. */
export const proceedLink = 'proceed_url';

/** The address where it is OMoney's own, else null: an answer can't make the till send its token elsewhere. */
export function ownAddress(href: string | undefined, baseUrl: string): string | null {
  if (href === undefined || href.length > 1024 || !/^[\x21-\x7e]+$/.test(href) || !URL.canParse(href)) return null;
  const url = new URL(href);
  const isPlain = url.username === '' && url.password === '' && url.hash === '';
  return isPlain && url.origin === new URL(baseUrl).origin ? href : null;
}

/** What a customer's phone can open; anything else isn't worth a scan. The page may be of another host (the document's is). */
export function pageAddress(href: string | undefined): string | null {
  return href !== undefined && isPageAddress(href) ? href : null;
}
