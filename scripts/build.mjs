/** Bundles the till into dist/: one file per process, shared pieces in dist/chunks/, the screens in dist/renderer/. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'dist');

/**
 * Every file but the workers lies one folder deep, so that `../verify-worker.js` means the same in all of them
 * (host/places.ts).
 */
const processes = {
  'cli/till': 'cli/till.ts',
  'electron/main': 'electron/main.ts',
  'devices/process': 'native-bridge/process/devices-process.ts',
  'verify-worker': 'host/verify-worker.ts',
  'long-work-worker': 'host/long-work-worker.ts',
  'pin-worker': 'host/pin-worker.ts',
  'backup-worker': 'host/backup-worker.ts',
};

/** Native modules, which are found by their place in node_modules, and what starts workers or files of its own. */
const external = [/^node:/, /^(electron|better-sqlite3|serialport|node-hid|pino|rotating-file-stream)($|\/)/, /^@serialport\//, /^(bufferutil|utf-8-validate)$/];

/** Electron's Node may be older than the one that builds; the test runtime has 20. */
const target = 'node20';

/** A running till may still load a chunk of the build before this one: those are swept away a day later. */
const sweptAfterMilliseconds = 24 * 60 * 60_000;

export async function build() {
  const [{ rolldown }, vite] = await Promise.all([import('rolldown'), import('vite')]);
  const written = await Promise.all([bundleProcesses(rolldown), bundlePreload(rolldown, 'preload'), bundlePreload(rolldown, 'display-preload'), bundleScreens(vite)]);
  sweep(new Set(written.flat()));
}

async function bundleProcesses(rolldown) {
  const input = Object.fromEntries(Object.entries(processes).map(([name, file]) => [name, join(root, file)]));
  const bundle = await rolldown({ input, external, platform: 'node', transform: { target }, onLog });
  try {
    const made = await bundle.generate({ format: 'esm', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' });
    return writeAll(made.output, output);
  } finally {
    await bundle.close();
  }
}

/** A sandboxed preload script must be CommonJS and may ask for `electron` alone. */
async function bundlePreload(rolldown, name) {
  const bundle = await rolldown({ input: join(root, `electron/${name}.ts`), external: ['electron'], platform: 'node', transform: { target }, onLog });
  try {
    const made = await bundle.generate({ format: 'cjs', sourcemap: true, entryFileNames: `${name}.cjs` });
    return writeAll(made.output, join(output, 'electron'));
  } finally {
    await bundle.close();
  }
}

async function bundleScreens(vite) {
  const sources = join(root, 'renderer');
  const folder = join(output, 'renderer');
  const made = await vite.build({ root: sources, configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir: folder, emptyOutDir: false, write: false } });
  return [...[made].flat().flatMap((one) => writeAll(one.output, folder)), ...copyAll(join(sources, 'public'), folder)];
}

/** Vite copies these itself, but only where it also writes. */
function copyAll(from, to) {
  if (!existsSync(from)) return [];
  const files = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => {
    const source = join(entry.parentPath, entry.name);
    const path = join(to, relative(from, source));
    replaceFile(path, readFileSync(source));
    return path;
  });
}

/** A warning is a fault of ours; what a package of others warns about is not. */
function onLog(level, log, report) {
  if (level === 'warn' && log.id?.includes('node_modules')) return;
  report(level, log);
}

function writeAll(files, folder) {
  return files.map((file) => {
    const path = join(folder, file.fileName);
    replaceFile(path, file.type === 'chunk' ? file.code : file.source);
    return path;
  });
}

/** Whole or not at all: a till may be starting from these files at this moment. */
function replaceFile(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const bytes = Buffer.from(content);
  if (contentOf(path)?.equals(bytes)) return;
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
}

function contentOf(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function sweep(written) {
  const oldest = Date.now() - sweptAfterMilliseconds;
  for (const entry of readdirSync(output, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(path) && relative(output, path) !== 'stamp' && statSync(path).mtimeMs < oldest) rmSync(path);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
