/** A backup in a process of its own, for a test that fills its disk. */
import { backupJournal } from '../../backup.ts';

const [, , folder = '', target = ''] = process.argv;
process.stdout.write(JSON.stringify(await backupJournal({ folder, target, name: 'z-2' })));
