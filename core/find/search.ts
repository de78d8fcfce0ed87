/** Find at a running till: what was typed or scanned becomes one look-up, and its payments come out as screens show them. */
import type { FindReply, ListFilter, PaymentView } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { JournalReader } from '../journal/storage.ts';
import type { CodeHasher } from '../scan/code-hash.ts';
import { isPaymentCode } from '../scan/codes.ts';
import type { CodeVault } from '../scan/vault.ts';
import { findHit, findQuery } from './find.ts';

export interface SearchPorts {
  readonly configuration: TillConfiguration;
  readonly reader: JournalReader;
  readonly vault: CodeVault;
  readonly hasher: CodeHasher;
  viewOf(paymentId: string): PaymentView | null;
}

export class Search {
  private readonly ports: SearchPorts;

  constructor(ports: SearchPorts) {
    this.ports = ports;
  }

  /** `scanId` of a payment code that was scanned: then `text` is empty, and the code is looked up by its hash. */
  find(text: string, filter: ListFilter, count: number, scanId: string | undefined): FindReply {
    const { configuration, reader, vault, hasher } = this.ports;
    const held = scanId === undefined ? null : vault.find(scanId);
    const wanted = held === null ? text : held.code;
    const codeHash = (typed: string): string | null => (isPaymentCode(typed, configuration.codeDigits, null) ? hasher.hash(typed) : null);
    const found = reader.find(findQuery(wanted, filter, count + 1, { currency: configuration.store.currency, codeHash }));
    const hits = found.slice(0, count).flatMap((one) => {
      const payment = this.ports.viewOf(one.record.paymentId);
      return payment === null ? [] : [findHit(one, payment, held === null ? text : '')];
    });
    return { hits, more: found.length > count };
  }
}
