/** The HTTP status decides nothing: an answer means the same under every status, at every gateway. */
import { describe, expect, it } from 'vitest';
import { answerOf, testAttempt } from '../testing/gateway-answers.ts';
import type { Call } from './gateway.ts';
import { examples as omipayExamples, refundExamples as omipayRefunds } from './omipay/fixtures/examples.ts';
import { gateways } from './registry.ts';
import { examples as shouqianbaExamples, refundExamples as shouqianbaRefunds } from './shouqianba/fixtures/examples.ts';

const bodies = [...shouqianbaExamples, ...shouqianbaRefunds, ...omipayExamples, ...omipayRefunds].map((example) => example.body);
const calls: readonly Call[] = ['pay', 'query', 'reverse', 'refund', 'queryRefund'];
const attempt = testAttempt({ refund: { refundRef: 'R1', gatewayRefundRef: null, kept: {}, earlier: { minor: 0, currency: 'CNY' }, amount: { minor: 1, currency: 'CNY' }, reason: '' } });

describe.each(gateways.map((gateway) => [gateway.id, gateway] as const))('%s', (_id, gateway) => {
  it('case 3: reads the documents’ answers alike under 200, 400, 403, 500 and 502', () => {
    for (const body of bodies) {
      for (const call of calls) {
        const [first, ...others] = [200, 400, 403, 500, 502].map((status) => gateway.read(call, attempt, answerOf(body, status), {}));
        for (const other of others) expect(other).toEqual(first);
      }
    }
  });

  it('case 3: takes a proxy’s page for no answer, whatever its status', () => {
    for (const status of [200, 400, 403, 404, 500, 502, 503]) {
      for (const call of calls) expect(gateway.read(call, attempt, answerOf('<html><body>Bad gateway</body></html>', status), {}).kind).toBe('unknown');
    }
  });
});
