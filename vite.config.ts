/** Builds the screens into plain files for any host: relative addresses, no inline scripts, no inlined files. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

function page(name: string): string {
  return fileURLToPath(new URL(`renderer/${name}.html`, import.meta.url));
}

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // The cashier's page, and the customer's.
    rolldownOptions: { input: { index: page('index'), display: page('display') } },
  },
});
