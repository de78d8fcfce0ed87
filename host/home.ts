/** Where a till keeps its settings, journal and logs unless it is told: the platform's folder for data of programs. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userFolder: string;
}

export function thisMachine(): Surroundings {
  return { platform: process.platform, environment: process.env, userFolder: homedir() };
}

/** The home that was asked for (`--home`, then SCANTILL_HOME), or null. */
export function givenHome(option: string | undefined, { environment }: Surroundings): string | null {
  return option ?? (environment['SCANTILL_HOME'] || null);
}

/** For the screens alone: the command line wants to be told. */
export function defaultHome({ platform, environment, userFolder }: Surroundings): string {
  switch (platform) {
    case 'darwin':
      return join(userFolder, 'Library', 'Application Support', 'ScanTill', 'home');
    case 'win32':
      return join(environment['LOCALAPPDATA'] || join(userFolder, 'AppData', 'Local'), 'ScanTill', 'home');
    default:
      return join(environment['XDG_DATA_HOME'] || join(userFolder, '.local', 'share'), 'scantill');
  }
}
