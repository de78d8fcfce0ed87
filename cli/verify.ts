/** `till verify`: proves the journal whole, or says where it breaks. */
import { verifyJournal } from '../core/journal/verify.ts';
import type { OpenReading } from '../host/reading.ts';
import { exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export function verify(opened: OpenReading, output: Output): number {
  // One unchanging state: a running till may append meanwhile.
  const state = opened.journal.snapshot(() => verifyJournal(opened.journal, opened.journal.dumpProjections()));
  if (state.kind === 'whole') {
    output.line({ whole: true, rows: state.rows }, `whole: ${state.rows} rows`);
    return exitCodes.done;
  }
  output.line({ whole: false, sequence: state.sequence, why: state.why }, `broken at ${state.sequence}: ${state.why}`);
  return exitCodes.broken;
}
