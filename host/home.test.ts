/** Where a till lives on each platform. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultHome, givenHome, type Surroundings } from './home.ts';

const machine = (platform: NodeJS.Platform, environment: Surroundings['environment'] = {}): Surroundings => ({ platform, environment, userFolder: 'user' });

describe('the home', () => {
  it('is the one that was asked for: the option, then the environment', () => {
    expect(givenHome('there', machine('linux', { SCANTILL_HOME: 'here' }))).toBe('there');
    expect(givenHome(undefined, machine('linux', { SCANTILL_HOME: 'here' }))).toBe('here');
    expect(givenHome(undefined, machine('linux', { SCANTILL_HOME: '' }))).toBeNull();
  });

  it.each([
    ['linux', {}, join('user', '.local', 'share', 'scantill')],
    ['linux', { XDG_DATA_HOME: 'data' }, join('data', 'scantill')],
    ['darwin', {}, join('user', 'Library', 'Application Support', 'ScanTill', 'home')],
    ['win32', {}, join('user', 'AppData', 'Local', 'ScanTill', 'home')],
    ['win32', { LOCALAPPDATA: 'local' }, join('local', 'ScanTill', 'home')],
  ] as const)('is the folder for programs’ data on %s %j', (platform, environment, expected) => {
    expect(defaultHome(machine(platform, environment))).toBe(expected);
  });
});
