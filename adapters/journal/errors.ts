/** What an error of SQLite or of the file system means for the till. */
import { JournalUnavailable } from '../../core/journal/storage.ts';
import { errorCode } from '../files.ts';

/** Runs `action`; what it throws comes out translated. */
export function translating<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw translated(error);
  }
}

/** An error of SQLite or of the file system as JournalUnavailable. Anything else is a broken invariant and stays as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof JournalUnavailable || !(error instanceof Error)) return error;
  const code = errorCode(error);
  if (/^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR_CORRUPTFS)/.test(code)) return new JournalUnavailable('broken', `${code}: ${error.message}`);
  // Tables that are missing or have other columns: the file's version doesn't say what is in it.
  if (code === 'SQLITE_ERROR' && /no such (table|column)|malformed/.test(error.message)) return new JournalUnavailable('broken', `${code}: ${error.message}`);
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|PERM|AUTH|BUSY|LOCKED|NOMEM|PROTOCOL|NOLFS|TOOBIG)/.test(code)) return new JournalUnavailable('notWritable', `${code}: ${error.message}`);
  if (/^E[A-Z]+$/.test(code)) return new JournalUnavailable('notWritable', error.message);
  // better-sqlite3 says this one without a code.
  if (error instanceof TypeError && error.message.startsWith('Cannot open database')) return new JournalUnavailable('notWritable', error.message);
  return error;
}
