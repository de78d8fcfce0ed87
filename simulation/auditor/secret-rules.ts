/** Money rule 9: no payment code, no gateway secret, no PIN and no badge in the journal, the log, on a screen or on paper. */
import type { Findings } from '../findings.ts';
import { codePrefixes } from '../gateways/payers.ts';

const longNumbers = /\d{18,}/g;
/** What may be a PIN of eight digits, or a badge. */
const personal = /(?<![0-9A-Za-z])(?:\d{8}|BADGE-\d+)(?![0-9A-Za-z])/g;

export class SecretRules {
  readonly #findings: Findings;
  readonly #secrets: readonly string[];
  readonly #isCode: (digits: string) => boolean;
  readonly #isPersonal: (text: string) => boolean;

  constructor(findings: Findings, secrets: readonly string[], isCode: (digits: string) => boolean, isPersonal: (text: string) => boolean) {
    this.#findings = findings;
    this.#secrets = secrets;
    this.#isCode = isCode;
    this.#isPersonal = isPersonal;
  }

  check(where: string, text: string): void {
    for (const secret of this.#secrets) if (text.includes(secret)) this.#findings.broken('money 9: secrets', where, 'it holds a gateway secret');
    for (const [word] of text.matchAll(personal)) if (this.#isPersonal(word)) this.#findings.broken('money 9: secrets', where, 'it holds a PIN or the number of a badge');
    for (const [digits] of text.matchAll(longNumbers)) {
      if (this.#holdsCode(digits)) this.#findings.broken('money 9: secrets', where, `it holds a payment code: ${text.slice(0, 300)}`);
    }
  }

  /** Codes have 18 or 19 digits; a longer number may hold one. */
  #holdsCode(digits: string): boolean {
    for (let start = 0; start + 18 <= digits.length; start += 1) {
      if (!codePrefixes.has(digits.slice(start, start + 2))) continue;
      if (this.#isCode(digits.slice(start, start + 18)) || this.#isCode(digits.slice(start, start + 19))) return true;
    }
    return false;
  }
}
