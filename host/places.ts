/** Where the program's own files lie: in dist/ once it is built, beside this file while it runs from source (tests). */
import { fileURLToPath } from 'node:url';

const fromSource = import.meta.url.endsWith('.ts');

/** A bundled file lies one folder deep in dist/ (scripts/build.mjs), a source one folder deep in the project. */
function place(built: string, source: string): string {
  return fileURLToPath(new URL(fromSource ? source : built, import.meta.url));
}

/** The built screens; there are none in source form. */
export const screensFolder = place('../renderer', '../dist/renderer');
export const devicesModule = place('../devices/process.js', '../native-bridge/process/devices-process.ts');
export const pinWorkerModule = place('../pin-worker.js', './pin-worker.ts');
export const backupWorkerModule = place('../backup-worker.js', './backup-worker.ts');
export const longWorkModule = place('../long-work-worker.js', './long-work-worker.ts');
export const verifyWorkerModule = place('../verify-worker.js', './verify-worker.ts');
