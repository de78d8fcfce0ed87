/** The renderer's scripts gzipped, beside react + react-dom + zustand alone, bundled in the same run with the same settings. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const project = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(project, '.cache', 'bundle-size-'));
writeFileSync(
  join(folder, 'alone.js'),
  "import { createElement, useState } from 'react';\nimport { createRoot } from 'react-dom/client';\nimport { create } from 'zustand';\ncreateRoot(document.body).render(createElement(() => { useState(0); return create(() => ({}))().x; }));\n",
);
await build({ configFile: false, logLevel: 'error', root: folder, build: { outDir: join(folder, 'out'), lib: { entry: join(folder, 'alone.js'), formats: ['es'], fileName: 'alone' }, minify: true }, define: { 'process.env.NODE_ENV': '"production"' } });

const alone = gzipOf(join(folder, 'out'));
const assets = join(project, 'dist', 'renderer', 'assets');
// Chunks of builds before stay for a while, for windows that are still open: only what today's page names counts.
const page = readFileSync(join(project, 'dist', 'renderer', 'index.html'), 'utf8');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
const named = scripts.filter((name) => page.includes(name));
const loaded = named.map((name) => readFileSync(join(assets, name), 'utf8')).join('');
const files = scripts.filter((name) => page.includes(name) || loaded.includes(name)).map((name) => ({ name, gzip: gzipSync(readFileSync(join(assets, name))).length }));
const whole = files.reduce((sum, file) => sum + file.gzip, 0);
console.log(JSON.stringify({ rendererGzipBytes: whole, reactAndZustandAloneGzipBytes: alone, ratio: Math.round((whole / alone) * 100) / 100, files }));
rmSync(folder, { recursive: true, force: true });

function gzipOf(output: string): number {
  return readdirSync(output).filter((name) => /\.m?js$/.test(name)).reduce((sum, name) => sum + gzipSync(readFileSync(join(output, name))).length, 0);
}
