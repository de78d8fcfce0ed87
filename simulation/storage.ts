/** The ports that live on the disk: a process can die in the middle of an append, and the disk can be full. */
import type { JournalStorage } from '../core/journal/storage.ts';
import type { Secrets } from '../core/ports.ts';
import type { Disk } from './disk.ts';
import { ProcessIsDead, type TillProcess } from './process.ts';
import type { SeededRandom } from './random.ts';

/** The Journal port of one process. */
export function journalStorage(disk: Disk, process: TillProcess, random: SeededRandom): JournalStorage {
  return {
    append: (rows, changes) => {
      if (!process.isAlive) throw new ProcessIsDead();
      if (process.diesAt('before the row is written')) throw new ProcessIsDead();
      if (disk.isFull) disk.refuse(rows, changes, random.chance(0.3));
      disk.append(rows, changes);
      // Durable, and nobody was told: after the restart it is there all the same.
      if (process.diesAt('after the row is written')) throw new ProcessIsDead();
    },
    head: () => disk.head(),
    rowsOf: (aggregate) => disk.rowsOf(aggregate),
    rowsAfter: (after, count) => disk.rowsAfter(after, count),
    rowsOfType: (type, after) => disk.rowsOfType(type, after),
    row: (sequence) => disk.row(sequence),
    payments: (query) => disk.payments(query),
    refunds: (query) => disk.refunds(query),
    countOfDay: (day) => disk.countOfDay(day),
    printJobs: (query) => disk.printJobs(query),
    aggregateOfCommand: (commandId) => disk.aggregateOfCommand(commandId),
    find: (query) => disk.find(query),
    dayRows: (query) => disk.dayRows(query),
    daySums: (query) => disk.daySums(query),
    moveSums: (range) => disk.moveSums(range),
    drawerMoves: (range) => disk.drawerMoves(range),
    shift: (number) => disk.shift(number),
    close: () => undefined,
  };
}

/** The Secrets port: durable on return as the journal is. */
export function secretsOn(disk: Disk, process: TillProcess): Secrets {
  return {
    read: (name) => disk.secrets.get(name) ?? null,
    write: (name, value) => {
      if (process.diesAt('before a secret is written')) return;
      disk.secrets.set(name, value);
      process.diesAt('after a secret is written');
    },
  };
}
