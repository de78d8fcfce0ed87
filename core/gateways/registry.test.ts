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

  test('case 4: has refund numbers of at least 50 random bits, which no order number of its own can be', () => {
    const { reference, refund } = gateway.capabilities;
    if (refund === null) return;
    const { prefix, length, alphabet } = refund.reference;
    expect(new Set(alphabet).size).toBe(alphabet.length);
    expect((length - prefix.length) * Math.log2(alphabet.length)).toBeGreaterThanOrEqual(50);
    expect(length).toBeLessThanOrEqual(32);
    expect(prefix === reference.prefix && length === reference.length).toBe(false);
  });

  test('looks up no payment code, and nothing that is no number', () => {
    for (const text of ['', ' ', '38.50', '134567890123456789', '2512345678901234', '301234567890123456789012', '6212345678901234567', 'R1234567890123456789']) {
      expect(gateway.lookUp?.mayBe(text) ?? false).toBe(false);
    }
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
