/** The shipped program's description: valid for the packager, and closed where it must be. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Packager {
  getConfig(projectFolder: string, configPath: string | null, fromOptions: null): Promise<Readonly<Record<string, unknown>>>;
  validateConfiguration(config: unknown, debugLogger: unknown): Promise<void>;
}

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
// The packager's own parts: they come with it and are nobody else's dependency.
const requireAsPackager = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const packager = requireAsPackager('app-builder-lib/out/util/config/config') as Packager;
const quiet = { isEnabled: false, add: () => undefined };

describe('electron-builder.yml', () => {
  it('is what the packager’s own schema allows', async () => {
    const config = await packager.getConfig(projectFolder, null, null);
    await expect(packager.validateConfiguration(config, quiet)).resolves.toBeUndefined();
  });

  it('would be refused with a key that the packager doesn’t know', async () => {
    const config = { ...(await packager.getConfig(projectFolder, null, null)), notAKey: true };
    await expect(packager.validateConfiguration(config, quiet)).rejects.toThrow(/notAKey/);
  });

  it('closes the runtime: no plain Node, no flags from outside, nothing but the checked archive', async () => {
    const config = await packager.getConfig(projectFolder, null, null);
    expect(config['asar']).toBe(true);
    expect(config['electronFuses']).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('never takes the journal away with the program', async () => {
    const config = await packager.getConfig(projectFolder, null, null);
    expect(config['nsis']).toMatchObject({ deleteAppDataOnUninstall: false });
  });
});
