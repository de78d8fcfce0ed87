/** A copy of some rooms in which tests plant bugs, one after the other: what finds them is worth what it catches. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const execute = promisify(execFile);

/** A text that stands exactly once in a file below the copy's folder, and what takes its place. */
export type PlantedChange = readonly [file: string, from: string, to: string];

export class CopiedRooms {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Tests stay behind. */
  static async of(rooms: readonly string[]): Promise<CopiedRooms> {
    const folder = await mkdtemp(join(tmpdir(), 'scantill-planted-'));
    for (const room of rooms) await cp(join(root, room), join(folder, room), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    return new CopiedRooms(folder);
  }

  /** Makes the changes, does the work and takes them back: what doesn't change is compiled once. Throws where a text doesn't stand exactly once. */
  async with<Result>(changes: readonly PlantedChange[], work: () => Promise<Result>): Promise<Result> {
    const before = new Map<string, string>();
    try {
      for (const [file, from, to] of changes) {
        const path = join(this.#folder, file);
        const text = await readFile(path, 'utf8');
        if (!before.has(path)) before.set(path, text);
        await writeFile(path, replacedOnce(text, from, to, file));
      }
      return await work();
    } finally {
      for (const [path, text] of before) await writeFile(path, text);
    }
  }

  /** Runs a program of the copy; the objects that it printed, a line each, however it ended. Throws where it printed none. */
  async run<Line>(...program: readonly string[]): Promise<readonly Line[]> {
    const { stdout } = await execute(process.execPath, ['--no-warnings', ...program], { cwd: this.#folder, maxBuffer: 64 * 1024 * 1024 })
      .catch((error: unknown) => (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout !== '' ? { stdout: error.stdout } : Promise.reject(error)));
    return stdout.trim().split('\n').map((line) => JSON.parse(line) as Line);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

function replacedOnce(text: string, from: string, to: string, file: string): string {
  if (text.split(from).length !== 2) throw new Error(`this text must stand exactly once in ${file}, so that a bug can be planted there: ${from}`);
  return text.replace(from, () => to);
}
