/** Tells whether a device is still plugged in by its node in the file system. */
import { statSync } from 'node:fs';

/**
 * Names the device behind a path (links are followed), or null where there is none. A replugged device has another name
 * even under the same path. Windows device names are no files: there the answer says nothing and never changes.
 */
export function deviceIdentity(path: string): string | null {
  if (!path.startsWith('/')) return 'unknown';
  try {
    const node = statSync(path);
    return `${node.dev}:${node.ino}:${node.rdev}`;
  } catch {
    return null;
  }
}
