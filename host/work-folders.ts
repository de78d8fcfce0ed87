/** Where files of long work go and come from: the folder of last time, else where this platform's people look. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from './home.ts';

export function defaultExportFolder({ userFolder }: Pick<Surroundings, 'userFolder'>): string {
  return join(userFolder, 'Documents', 'ScanTill');
}

export interface ExportFolder {
  readonly folder: string;
  /** The folder of last time where that one isn't there: a stick, mostly. */
  readonly gone: string | null;
}

/** Of last time where it is there, else where people look for documents. */
export function exportFolderNow(remembered: string | null, surroundings: Pick<Surroundings, 'userFolder'>): ExportFolder {
  const usual = defaultExportFolder(surroundings);
  if (remembered === null || remembered === usual) return { folder: usual, gone: null };
  return isFolder(remembered) ? { folder: remembered, gone: null } : { folder: usual, gone: remembered };
}

/** Places that a file may go to: its own folder, which is made where it isn't there, downloads, and the sticks that are plugged in. */
export function exportFolders({ platform, userFolder }: Pick<Surroundings, 'platform' | 'userFolder'>): readonly string[] {
  return [defaultExportFolder({ userFolder }), ...[join(userFolder, 'Downloads'), ...sticks(platform)].filter((folder) => existsSync(folder))];
}

/** Places that may hold statements, best first: downloads, sticks, the till's own folder. Only those that are there. */
export function statementFolders({ platform, userFolder }: Pick<Surroundings, 'platform' | 'userFolder'>, dataFolder: string): readonly string[] {
  return [join(userFolder, 'Downloads'), ...sticks(platform), join(dataFolder, 'statements'), defaultExportFolder({ userFolder })].filter((folder) => existsSync(folder));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Drives that are plugged in, as each platform shows them to its user. */
function sticks(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32') return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`);
  if (platform === 'darwin') return foldersIn('/Volumes');
  const { username } = userInfo();
  return [join('/media', username), join('/run/media', username)].flatMap(foldersIn);
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
