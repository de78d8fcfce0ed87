/** Small secrets of this till as files under HOME/secrets, readable by its user alone (CASES 33). */
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalUnavailable } from '../core/journal/storage.ts';
import type { Secrets } from '../core/ports.ts';
import { errorCode, makePrivateFolder, replaceFile } from './files.ts';

export function fileSecrets(home: string): Secrets {
  const folder = join(home, 'secrets');
  const pathOf = (name: string): string => {
    // A name is made by the program, never typed: anything else is a broken invariant and could leave the folder.
    if (!/^[a-z0-9][a-z0-9-]{0,63}(\.[a-z0-9-]{1,32})*$/i.test(name)) throw new Error('not a name for a secret');
    return join(folder, name);
  };
  return {
    read(name) {
      const path = pathOf(name);
      try {
        return new Uint8Array(readFileSync(path));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null;
        // A key that is there and can't be read must not be taken for none and be replaced.
        throw new JournalUnavailable('notWritable', `${path} can't be read (${errorCode(error)})`);
      }
    },
    write(name, value) {
      const path = pathOf(name);
      try {
        makePrivateFolder(folder);
        // The folder holds nothing but secrets, so here an older, wider mode is put right.
        chmodSync(folder, 0o700);
        replaceFile(path, value);
      } catch (error) {
        throw new JournalUnavailable('notWritable', `${path} can't be written (${errorCode(error)})`);
      }
    },
  };
}
