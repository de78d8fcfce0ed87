/** What may be shown for a customer to scan: anything else in an answer isn't worth a scan. */

/** Text that a QR code holds and a phone reads from a screen: printable, without blanks, and short enough to stay readable. */
export function isScannable(text: string): boolean {
  return /^[\x21-\x7e]{1,1024}$/.test(text);
}

/** The address of a page that a phone's browser can open. */
export function isPageAddress(text: string): boolean {
  return text.length <= 2048 && /^https?:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text);
}
