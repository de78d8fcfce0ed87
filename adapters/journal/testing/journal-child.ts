/** A till in a process of its own, for tests that trace it, fill its disk, kill it or compete with it. */
import { readSync, writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { openJournal } from '../sqlite-journal.ts';
import { noChanges, paymentRecord, rowAfter } from './rows.ts';

const [, , task = '', folder = ''] = process.argv;
// Unbuffered and in this thread, so that a trace shows it in order with the journal's own calls.
const say = (line: string): void => void writeSync(1, `${line}\n`);
const waitForLine = (): void => void readSync(0, Buffer.alloc(1));

const journal = openJournal({ folder, access: 'till' });
if (task === 'append200') {
  const took: number[] = [];
  say('acknowledged 0');
  for (let count = 1; count <= 200; count += 1) {
    const row = rowAfter(journal.head(), `P${count}`, '{"code":"hash","amount":3850}');
    const before = performance.now();
    journal.append([row], { ...noChanges, payments: [paymentRecord(`P${count}`, row.at, { lastSequence: row.sequence })] });
    took.push(performance.now() - before);
    say(`acknowledged ${count}`);
  }
  took.sort((left, right) => left - right);
  say(`median ${Math.round((took[100] ?? 0) * 1000)} us`);
} else if (task === 'fill') {
  say('open');
  waitForLine();
  let acknowledged = 0;
  try {
    // Bounded, so that a fault that never comes fails the test and not the machine.
    for (let count = 0; count < 2000; count += 1) {
      // A large payload in many rows fails in the middle of a transaction sooner or later.
      const first = rowAfter(journal.head(), 'P1', JSON.stringify('x'.repeat(3000)));
      journal.append([first, rowAfter(first, 'P1', JSON.stringify('y'.repeat(3000)))], { ...noChanges, payments: [paymentRecord('P1', 1, { lastSequence: first.sequence })] });
      acknowledged = first.sequence + 1;
    }
    say(JSON.stringify({ acknowledged, head: journal.head().sequence, reason: 'nothing failed' }));
  } catch (error) {
    say(JSON.stringify({ acknowledged, head: journal.head().sequence, reason: error instanceof Error && 'reason' in error ? error.reason : null, text: String(error) }));
  }
  waitForLine();
  const next = rowAfter(journal.head(), 'P2');
  journal.append([next], noChanges);
  say(JSON.stringify({ head: journal.head().sequence }));
  journal.close();
} else if (task === 'hold') {
  const next = rowAfter(journal.head(), 'held');
  journal.append([next], noChanges);
  say('open');
  waitForLine();
  journal.close();
}
