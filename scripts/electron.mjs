/** Finds an Electron runtime that runs here, or says in one sentence why there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, say } from './prepare.mjs';

const packageFolder = join(projectFolder, 'node_modules', 'electron');
const cache = join(projectFolder, '.cache');
const failureNote = join(cache, 'electron-download-failed');
const checkedNote = join(cache, 'electron-libraries-checked');

const downloadMilliseconds = 60_000;
/** After a download that failed, starts are quick and need no network for a day. */
const failureRemembered = 24 * 60 * 60_000;

const none = (why) => ({ kind: 'none', why });

export async function electronRuntime() {
  const program = givenRuntime() ?? ownRuntime() ?? (downloaded() ? ownRuntime() : null);
  if (program === null) return none('The Electron runtime could not be downloaded');
  const missing = missingLibraries(program);
  if (missing.length > 0 && !installLibraries(missing, program)) {
    return none(`Electron misses shared libraries of this system (${missing.join(', ')}; on Debian: apt-get install ${packagesFor(missing).join(' ')})`);
  }
  return { kind: 'runtime', program };
}

function givenRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  const program = join(folder, programPath());
  return existsSync(program) ? program : null;
}

/** What the electron package has downloaded, whole: it writes `path.txt` last. */
function ownRuntime() {
  const note = join(packageFolder, 'path.txt');
  if (!existsSync(note)) return null;
  const program = join(packageFolder, 'dist', readFileSync(note, 'utf8'));
  return existsSync(program) ? program : null;
}

function programPath() {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    case 'win32':
      return 'electron.exe';
    default:
      return 'electron';
  }
}

// ---- download

function downloaded() {
  const installer = join(packageFolder, 'install.js');
  if (!existsSync(installer) || failedLately()) return false;
  say('Downloading the Electron runtime (once, at most a minute) ...');
  const run = spawnSync(process.execPath, [installer], { cwd: projectFolder, stdio: 'ignore', timeout: downloadMilliseconds, killSignal: 'SIGKILL' });
  if (run.status === 0) {
    rmSync(failureNote, { force: true });
    return true;
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(failureNote, 'Delete this file, or wait a day, to try again.\n');
  return false;
}

function failedLately() {
  const note = statSync(failureNote, { throwIfNoEntry: false });
  return note !== undefined && Date.now() - note.mtimeMs < failureRemembered;
}

// ---- shared libraries of Linux

/** By Debian package: what Chromium links to, and what an ordinary server lacks. */
const packages = {
  libgtk: 'libgtk-3-0', libgdk: 'libgtk-3-0', libnss: 'libnss3', libsmime: 'libnss3', libnspr: 'libnspr4', libasound: 'libasound2', libgbm: 'libgbm1',
  'libatk-bridge': 'libatk-bridge2.0-0', libatk: 'libatk1.0-0', libatspi: 'libatspi2.0-0', libXss: 'libxss1', libcups: 'libcups2', libdrm: 'libdrm2',
  libxkbcommon: 'libxkbcommon0', libXcomposite: 'libxcomposite1', libXdamage: 'libxdamage1', libXrandr: 'libxrandr2', libXfixes: 'libxfixes3',
  libXext: 'libxext6', libX11: 'libx11-6', libxcb: 'libxcb1', libpango: 'libpango-1.0-0', libcairo: 'libcairo2', libdbus: 'libdbus-1-3',
  libexpat: 'libexpat1', libglib: 'libglib2.0-0', libgobject: 'libglib2.0-0', libgio: 'libglib2.0-0', libudev: 'libudev1',
};

function missingLibraries(program) {
  if (process.platform !== 'linux' || isChecked(program)) return [];
  const run = spawnSync('ldd', [program], { encoding: 'utf8' });
  const missing = [...(run.stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  if (run.status === 0 && missing.length === 0) noteChecked(program);
  return missing;
}

function isChecked(program) {
  return existsSync(checkedNote) && readFileSync(checkedNote, 'utf8') === signature(program);
}

function noteChecked(program) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(checkedNote, signature(program));
}

function signature(program) {
  const { size, mtimeMs } = statSync(program);
  return `${program} ${size} ${mtimeMs}`;
}

function packagesFor(libraries) {
  const prefixes = Object.keys(packages).sort((left, right) => right.length - left.length);
  const found = libraries.map((library) => packages[prefixes.find((prefix) => library.startsWith(prefix))]);
  return [...new Set(found.filter((name) => name !== undefined))];
}

/** Only as root and only with apt; anybody else is told what to install. */
function installLibraries(libraries, program) {
  if (process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const wanted = packagesFor(libraries);
  say(`Installing shared libraries that Electron needs: ${wanted.join(' ')} ...`);
  const apt = (...args) => spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  apt('update', '-qq');
  // Newer releases have renamed some of them (…t64) and offer them under the old name only as a choice.
  for (const name of wanted) if (!apt('install', '-qq', '-y', '--no-install-recommends', name)) apt('install', '-qq', '-y', '--no-install-recommends', `${name}t64`);
  return missingLibraries(program).length === 0;
}
