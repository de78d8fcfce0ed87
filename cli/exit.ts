/** How a command ends: the documented exit codes (DESIGN.md 7). */

export const exitCodes = {
  done: 0,
  /** `verify` found the journal broken, `simulate` a broken rule. */
  broken: 1,
  notPaid: 2,
  notFound: 2,
  /** Not done, and nothing was sent or recorded; or a gateway refused. */
  refused: 2,
  /** `reconcile`: the statement and the journal differ. */
  different: 2,
  notKnownYet: 3,
  /** SIGINT or SIGTERM came before the end. */
  interrupted: 3,
  /** `reconcile`: the file can't be read, or its unit isn't known. */
  unreadable: 3,
  wrongUsage: 64,
  journal: 74,
  settings: 78,
} as const;

/** Ends the command with a code and sentences for a person, on stderr. */
export class CommandEnd extends Error {
  readonly code: number;
  readonly journalBroken: boolean;
  constructor(code: number, sentences: string, journalBroken = false) {
    super(sentences);
    this.name = 'CommandEnd';
    this.code = code;
    this.journalBroken = journalBroken;
  }
}
