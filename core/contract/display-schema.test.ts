/** Tests of the display's allow-list: what has a field too many, or is no display at all, is shown to nobody. */
import { describe, expect, it } from 'vitest';
import { parseDisplay } from './display-schema.ts';

const shop = { name: '南门便利店', locale: 'zh-CN', timezone: 'Asia/Shanghai', training: false };
const amount = { minor: 3850, currency: 'CNY' };

describe('what a display may show', () => {
  it('is each of its states', () => {
    for (const shows of [{ kind: 'idle' }, { kind: 'dark' }, { kind: 'pay', amount }, { kind: 'paid', amount, receipt: true }, { kind: 'code', amount, qr: 'x', until: 1, wallets: ['wechat'] }]) {
      expect(parseDisplay({ shop, shows })).toEqual({ shop, shows });
    }
  });
  it.each([
    ['a reason', { shop, shows: { kind: 'notPaid', amount, reason: 'insufficientBalance' } }],
    ['the last four', { shop, shows: { kind: 'confirm', amount, last4: '4417' } }],
    ['a person', { shop: { ...shop, cashier: '陈晓' }, shows: { kind: 'idle' } }],
    ['an advertisement', { shop, shows: { kind: 'page', url: 'https://example.com' } }],
    ['half a fen', { shop, shows: { kind: 'pay', amount: { minor: 0.5, currency: 'CNY' } } }],
    ['a code without end', { shop, shows: { kind: 'code', amount, qr: 'x'.repeat(5000), until: 1, wallets: [] } }],
    ['a zone that is none', { shop: { ...shop, timezone: 'Asia/Shanghai<b>' }, shows: { kind: 'idle' } }],
    ['nothing', null],
  ])('is not %s', (_, given) => expect(parseDisplay(given)).toBeNull());
});
