/** The Electron runtime that the specs may use, or the reason why they are skipped. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
export const isBuilt = existsSync(join(projectFolder, 'dist', 'electron', 'main.js')) && existsSync(join(projectFolder, 'dist', 'renderer', 'index.html'));

const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
export const electronProgram = folder === undefined ? null : join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');

function reason(): string | null {
  if (electronProgram === null) return 'ELECTRON_OVERRIDE_DIST_PATH names no Electron runtime';
  if (!existsSync(electronProgram)) return `there is no ${electronProgram}`;
  if (process.platform === 'linux' && !process.env['DISPLAY']) return 'there is no display (use xvfb-run)';
  return isBuilt ? null : 'dist/ is not built (node scripts/prepare.mjs)';
}

/** Null where they can run. */
export const whySkipped = reason();
