/** Money rule 9: no payment code and no gateway secret in the journal, the log, on a screen or on paper. */
import type { Findings } from '../findings.ts';
import { codePrefixes } from '../gateways/payers.ts';

const longNumbers = /\d{18,}/g;

export class SecretRules {
  readonly #findings: Findings;
  readonly #secrets: readonly string[];
  readonly #isCode: (digits: string) => boolean;

  constructor(findings: Findings, secrets: readonly string[], isCode: (digits: string) => boolean) {
    this.#findings = findings;
    this.#secrets = secrets;
    this.#isCode = isCode;
  }

  check(where: string, text: string): void {
    for (const secret of this.#secrets) if (text.includes(secret)) this.#findings.broken('money 9: secrets', where, 'it holds a gateway secret');
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
