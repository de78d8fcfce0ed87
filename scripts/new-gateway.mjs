/**
 * `node scripts/new-gateway.mjs ID` writes a whole example gateway (docs/adding-a-gateway.md) and registers it;
 * `--remove ID` takes the same files and lines out again while they are as they were written. It says what it touched, one path a line.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const templates = join(import.meta.dirname, 'templates', 'gateway');
const example = 'lantern';

const arguments_ = process.argv.slice(2);
const isRemoval = arguments_[0] === '--remove';
const id = arguments_[isRemoval ? 1 : 0] ?? '';

/** Whose code is read for names; a word that stands there already would be taken for the gateway's (conformance/names.test.ts). */
const rooms = ['core', 'host', 'renderer', 'cli', 'electron', 'browser-host', 'adapters', 'native-bridge', 'simulator', 'conformance'];

/** One line in each; the last of its kind is the place to stand behind. */
const lines = [
  { path: 'core/gateways/registry.ts', behind: lastImport, line: `import { ${id} } from './${id}/index.ts';` },
  { path: 'core/gateways/registry.ts', behind: beforeEnd('];'), line: `  ${id},` },
  { path: 'simulator/gateways/registry.ts', behind: lastImport, line: `import { ${id}Block, ${id}Side } from './${id}.ts';` },
  { path: 'simulator/gateways/registry.ts', behind: beforeEnd('  } satisfies'), line: `    ${id}: { side: ${id}Side, block: ${id}Block },` },
];

function lastImport(text) {
  return text.lastIndexOf('\nimport ') + 1 + text.slice(text.lastIndexOf('\nimport ') + 1).indexOf('\n') + 1;
}

function beforeEnd(end) {
  return (text) => text.indexOf(`\n${end}`) + 1;
}

const idsBefore = /(export const gatewayIds = \[)([^\]]*)(\] as const;)/;

function fail(why) {
  process.stderr.write(`${why}\n`);
  process.exit(64);
}

function told(path) {
  process.stdout.write(`${path}\n`);
}

function edit(path, change) {
  const text = readFileSync(join(root, path), 'utf8');
  const changed = change(text);
  if (changed === text) fail(`${path} has no place for ${id}: it looks otherwise than this script knows it`);
  writeFileSync(join(root, path), changed);
  told(path);
}

/** Every template below `folder`, as a path from the templates' root. */
function templatesIn(folder = '') {
  return readdirSync(join(templates, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? templatesIn(path) : [path];
  });
}

function named(text) {
  const capital = id.slice(0, 1).toUpperCase() + id.slice(1);
  return text.replaceAll(example, id).replaceAll(example.slice(0, 1).toUpperCase() + example.slice(1), capital);
}

const files = templatesIn().map((template) => ({ template, path: named(template).replace(/\.txt$/, '') }));

function filesOf(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesOf(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

function add() {
  const taken = files.find(({ path }) => existsSync(join(root, path)));
  if (taken !== undefined) fail(`${taken.path} is there already`);
  const word = new RegExp(`\\b${id}`, 'i');
  const said = rooms.filter((room) => existsSync(join(root, room))).flatMap(filesOf).find((path) => word.test(readFileSync(join(root, path), 'utf8')));
  if (said !== undefined) fail(`"${id}" is a word of ${said} already: choose a name that nothing else has`);
  for (const { template, path } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), named(readFileSync(join(templates, template), 'utf8')));
    told(path);
  }
  for (const { path, behind, line } of lines) edit(path, (text) => `${text.slice(0, behind(text))}${line}\n${text.slice(behind(text))}`);
  edit('simulator/model.ts', (text) => text.replace(idsBefore, (_all, begin, ids, end) => `${begin}${ids}, '${id}'${end}`));
}

function remove() {
  // Only the untouched example goes: somebody's own gateway is no example any more.
  const other = files.find(({ template, path }) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== named(readFileSync(join(templates, template), 'utf8')));
  if (other !== undefined) fail(`${other.path} is not as it was written here, so nothing is removed: take it out by hand`);
  for (const { path, line } of lines) edit(path, (text) => text.replace(`${line}\n`, ''));
  edit('simulator/model.ts', (text) => text.replace(idsBefore, (_all, begin, ids, end) => `${begin}${ids.replace(`, '${id}'`, '')}${end}`));
  for (const { path } of files) {
    rmSync(join(root, path), { force: true });
    told(path);
  }
  // What somebody added beside the example's own files stays: it was not made here.
  for (const folder of [`core/gateways/${id}/fixtures`, `core/gateways/${id}`]) if (existsSync(join(root, folder)) && readdirSync(join(root, folder)).length === 0) rmdirSync(join(root, folder));
}

if (!/^[a-z][a-z0-9]{3,19}$/.test(id)) fail('node scripts/new-gateway.mjs [--remove] ID: 4 to 20 small letters and digits, a letter first');
if (isRemoval) remove();
else add();
