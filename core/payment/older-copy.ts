/** CASES 29: which attempts stood in the older copy that a restored journal began with. */
import { reconcileAggregate } from '../journal/restored.ts';
import type { JournalReader } from '../journal/storage.ts';

/** True where rows of the attempt may be missing: it was begun before the journal noticed that it is an older copy. */
export function stoodInOlderCopy(reader: JournalReader, paymentId: string, attemptRef: string): boolean {
  const noticed = reader.rowsOf(reconcileAggregate).findLast((row) => row.type === 'restoreNoticed');
  if (noticed === undefined) return false;
  return reader.rowsOf(paymentId).some((row) => row.sequence < noticed.sequence && refOf(row.payload) === attemptRef);
}

function refOf(payload: string): string | undefined {
  return (JSON.parse(payload) as { readonly event?: { readonly attemptRef?: string } }).event?.attemptRef;
}
