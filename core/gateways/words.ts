/** Makes a gateway's words safe to keep and to show: short, printable, and without a payment code (money rule 9). */
import type { PaymentCode } from './gateway.ts';

const longestWords = 200;
const longestCode = 100;
const longestReference = 128;

/** Controls, invisible and direction-changing characters, halves of surrogate pairs. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** What looks like a payment code (FIELD, All): an answer to a query may name one that is no longer in memory. */
const looksLikeCode = /(?<!\d)(?:1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}|62\d{17})(?!\d)/g;

const mask = '****';

const encoder = new TextEncoder();

/** The gateway's words for a person; null where it said none. */
export function wordsForPeople(text: string, code: PaymentCode | null): string | null {
  const clean = masked(text.replace(unprintable, ' '), code).trim();
  return clean === '' ? null : cutTo(clean, longestWords);
}

/** The gateway's codes as one: `PAY_FAIL/EXPIRED_BARCODE`. Null where it said none. */
export function codeForPeople(parts: readonly string[], code: PaymentCode | null): string | null {
  const said = parts.filter((part) => part !== '').join('/');
  const clean = masked(said.replace(unprintable, ' '), code).trim();
  return clean === '' ? null : cutTo(clean, longestCode);
}

/** An order number or a payer's id as it may be kept; null where it is none, or holds the payment code. */
export function keptReference(text: string, code: PaymentCode | null): string | null {
  if (text.length > longestReference || !/^[\x21-\x7e]+$/.test(text)) return null;
  // A one-digit test code is part of every number; only a real one's length makes its presence a leak.
  return code !== null && code.length >= 12 && text.includes(code) ? null : text;
}

/** Whether a text is, or holds, what may be a customer's payment code: such a text is never sent as a number to look up. */
export function looksLikePaymentCode(text: string): boolean {
  return text.search(looksLikeCode) !== -1;
}

/** At most `length` characters, never half of one: requests and evidence hold whole characters. */
export function cutTo(text: string, length: number): string {
  return [...text].slice(0, length).join('');
}

/**
 * Text that a request may carry: no controls and no half characters, at most `length` bytes of UTF-8. The documents rarely say
 * whether they count characters or bytes, and where one does, it is bytes (Shouqianba 2.2, `dynamic_id`).
 */
export function textForWire(text: string, length: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim()) {
    bytes += encoder.encode(character).length;
    if (bytes > length) break;
    kept += character;
  }
  return kept.trimEnd();
}

function masked(text: string, code: PaymentCode | null): string {
  const known = code === null || code === '' ? text : text.replace(spelled(code), mask);
  return known.replace(looksLikeCode, mask);
}

/** The code also where a gateway groups its digits for reading. */
function spelled(code: PaymentCode): RegExp {
  const characters = [...code].map((character) => character.replace(/[^0-9A-Za-z]/gu, '\\$&'));
  return new RegExp(characters.join('[ -]*'), 'g');
}
