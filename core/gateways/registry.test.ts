/** What every gateway of the registry must keep. */
import { describe, expect, test } from 'vitest';
import { gateways } from './registry.ts';

describe.each(gateways.map((gateway) => [gateway.id, gateway] as const))('%s', (_id, gateway) => {
  test('has order numbers of at least 50 random bits (CASES 4)', () => {
    const { prefix, length, alphabet } = gateway.capabilities.reference;
    expect(new Set(alphabet).size).toBe(alphabet.length);
    expect((length - prefix.length) * Math.log2(alphabet.length)).toBeGreaterThanOrEqual(50);
    expect(length).toBeLessThanOrEqual(32);
  });

  test('says what it can do', () => {
    expect(gateway.capabilities.cpm || gateway.capabilities.mpm).toBe(true);
    expect(gateway.capabilities.currencies.length).toBeGreaterThan(0);
    expect(gateway.secretKeys.length).toBeGreaterThan(0);
    expect(gateway.names['zh-CN'] && gateway.names.en).toBeTruthy();
  });
});

test('no two gateways share an id', () => {
  expect(new Set(gateways.map((gateway) => gateway.id)).size).toBe(gateways.length);
});
