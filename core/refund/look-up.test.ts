/** A look-up that can't be built is over all the same: check-ins and activations wait for what is on the wire (CASES 32, 38). */
import { expect, test } from 'vitest';
import type { TillConfiguration } from '../configuration.ts';
import type { Gateway } from '../gateways/gateway.ts';
import { gateways } from '../gateways/registry.ts';
import { makeAmount } from '../money/amount.ts';
import { paymentPolicy, presentPolicy } from '../payment/policy.ts';
import { answerOf } from '../testing/gateway-answers.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { Till } from '../till.ts';

const block = { baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'settings-key' };

/** Shouqianba with its terminals, but for a look-up that throws. */
function gatewayThatThrows(): Gateway {
  const whole = gateways.find(({ id }) => id === 'shouqianba');
  if (whole?.lookUp === undefined || whole.lookUp === null) throw new Error('no look-up');
  const build = (): never => {
    throw new Error('can not be built');
  };
  return { ...whole, lookUp: { ...whole.lookUp, build } };
}

function configuration(gateway: Gateway): TillConfiguration {
  const settings = gateway.settings.parse(block);
  const maximumAmount = makeAmount(5_000_000, 'CNY');
  const policy = paymentPolicy(3);
  return {
    version: '0.1.0', store: { name: 'Corner shop', timezone: 'Asia/Shanghai', locale: 'en', currency: 'CNY', dayChangeHour: 0 }, terminalId: 'T01', receipt: { header: [], footer: [] }, maximumAmount,
    gateways: new Map([[gateway.id, { gateway, settings, identity: gateway.identity(settings), policy, presentPolicy: presentPolicy(policy, 240, 2, null), maximumAmount, supportPhone: null }]]),
    routeCode: () => gateway.id, routeShowing: () => gateway.id, printerPresent: false, scannersPresent: false, training: null, codeDigits: { least: 15, most: 32 },
    refund: { reasons: [], approvalAbove: maximumAmount }, pinDigits: 4, cash: { on: false, roundTo: makeAmount(10, 'CNY'), notes: [] }, ownerAccess: true,
  };
}

test('a look-up that can’t be built keeps no check-in waiting', async () => {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const sent: string[] = [];
  const till = new Till(configuration(gatewayThatThrows()), {
    clock: new ManualClock(Date.UTC(2026, 10, 21, 4)), random: { bytes: (length) => new Uint8Array(length).fill(7) }, storage: new MemoryJournal(), log: silent,
    secrets: { read: () => null, write: () => undefined }, devices: { onEvent: () => () => undefined, print: async () => ({ kind: 'printed' }) },
    http: {
      preconnect: () => undefined,
      send: async ({ url }) => {
        sent.push(new URL(url).pathname);
        return { kind: 'answer', answer: answerOf({ result_code: '400', error_code: 'ILLEGAL_SIGN', error_message: '签名错误' }) };
      },
    },
    pins: { digest: async () => new Uint8Array(32) }, witness: null, backup: null,
  });
  await till.start();
  await expect(till.call('lookUp', { reference: 'S1234567890123456789012' })).rejects.toThrow('can not be built');
  let ended: unknown = null;
  void till.checkIn('shouqianba').then((result) => (ended = result));
  await settle();
  expect(ended).toEqual({ kind: 'refused', why: 'keyRefused' });
  expect(sent).toEqual(['/terminal/checkin']);
  till.stop();
});
