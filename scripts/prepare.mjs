/** Brings node_modules and dist/ up to date, saying on stderr what it does; with nothing to do it is done in a few milliseconds. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const modules = join(projectFolder, 'node_modules');
const modulesStamp = join(modules, '.scantill-stamp');
const buildStamp = join(projectFolder, 'dist', 'stamp');
const lock = join(projectFolder, '.cache', 'prepare.lock');

/** Whatever the bundles are made of. */
const rooms = ['core', 'adapters', 'native-bridge', 'host', 'cli', 'electron', 'browser-host', 'renderer', 'simulator', 'simulation'];
const files = ['package-lock.json', 'package.json', 'vite.config.ts', 'scripts/build.mjs'];

const lockLookMilliseconds = 100;
/** Nothing that is done under the lock takes this long: whoever holds it longer was killed. */
const lockForgottenMilliseconds = 15 * 60_000;

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Makes everything ready to run. Throws with one sentence where it can't. */
export async function prepare() {
  if (isInstalled() && isBuilt()) return;
  await withLock(() => {
    if (!isInstalled()) install();
    if (!isBuilt()) build();
  });
}

// ---- node_modules

function isInstalled() {
  const wanted = lockHash();
  if (textOf(modulesStamp) === wanted) return true;
  if (!existsSync(modules) || !matchesLock()) return false;
  // Somebody ran npm by hand, and it fits.
  writeFileSync(modulesStamp, wanted);
  return true;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(join(projectFolder, 'package-lock.json'))).digest('hex');
}

/** Compares what npm says it installed with what the lock file wants; optional packages may be missing (other platforms). */
function matchesLock() {
  const installed = textOf(join(modules, '.package-lock.json'));
  if (installed === null) return false;
  const has = JSON.parse(installed).packages;
  const wants = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wants).every(([path, wanted]) => path === '' || (has[path] === undefined ? wanted.optional === true : has[path].version === wanted.version));
}

function install() {
  say('Installing the packages that package-lock.json names (once; this takes a minute or two) ...');
  const { command, first } = npm();
  // Its own words are shown only where it fails: nothing of it may get onto stdout.
  const run = spawnSync(command, [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: projectFolder, encoding: 'utf8', env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' }, shell: command === 'npm' && process.platform === 'win32',
  });
  if (run.status !== 0) {
    say(`${run.stdout ?? ''}${run.stderr ?? ''}`.trim());
    throw new Error('The packages could not be installed: is there a network, and may npm reach its registry?');
  }
  writeFileSync(modulesStamp, lockHash());
}

/** The npm that runs us, else the one in the path. */
function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? { command: process.execPath, first: [script] } : { command: 'npm', first: [] };
}

// ---- dist

function isBuilt() {
  return textOf(buildStamp) === sourcesHash();
}

function build() {
  say('Building (the sources have changed) ...');
  const before = sourcesHash();
  const run = spawnSync(nodeExecutable(), [join(projectFolder, 'scripts', 'build.mjs')], { cwd: projectFolder, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' } });
  if (run.status !== 0) {
    say(`${run.stdout ?? ''}${run.stderr ?? ''}`.trim());
    throw new Error('The till could not be built.');
  }
  // What was changed meanwhile is built at the next start.
  writeFileSync(buildStamp, before);
}

/** A hash over name, size and time of change of every source. */
function sourcesHash() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 };
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const file of files) add(join(projectFolder, file));
  for (const room of rooms) addFolder(join(projectFolder, room), add);
  return hash.digest('hex');
}

function addFolder(folder, add) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) addFolder(join(folder, entry.name), add);
    else if (!/\.test\.tsx?$/.test(entry.name)) add(join(folder, entry.name));
  }
}

// ---- tools

/** The project's own Node where it is installed: the one that runs us may be too old for the tools. */
export function nodeExecutable() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  return process.platform !== 'win32' && existsSync(own) ? own : process.execPath;
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** One at a time: several commands may be started at once on a fresh machine. */
async function withLock(action) {
  mkdirSync(join(projectFolder, '.cache'), { recursive: true });
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, lockLookMilliseconds));
  try {
    action();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isForgotten()) rmSync(lock, { force: true });
    return false;
  }
}

function isForgotten() {
  const holder = Number(textOf(lock));
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - since > lockForgottenMilliseconds || (holder > 0 && !isRunning(holder));
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await prepare();
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}
