/** What stands on the paper, in both languages: everything a refund and a support person need, and nothing secret. */
import { describe, expect, it } from 'vitest';
import type { PaymentView } from '../contract/types.ts';
import type { OrderFacts } from '../gateways/gateway.ts';
import { Bench, facts, lost, outcomes } from '../testing/bench.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { paymentReceipt, type ReceiptShop } from './payment-receipt.ts';

function texts(document: ReceiptDocument): string {
  return document.blocks.map((block: ReceiptBlock) => ('text' in block ? block.text : 'left' in block ? `${block.left}: ${block.right}` : '')).join('\n');
}

async function receiptOf(options: Parameters<typeof Bench.started>[0]): Promise<{ document: ReceiptDocument; attemptRef: string }> {
  const bench = await Bench.started({ printer: true, ...options });
  const { attemptRef } = await bench.started('130000000000004417', 3850, { saleRef: 'ORDER-1' });
  await bench.take('pay').answer(outcomes.paid({ order: facts({ gatewayRef: 'G-77', walletRef: 'W-88' }) }));
  const document = bench.printed[0]?.document;
  if (!document) throw new Error('nothing was printed');
  return { document, attemptRef };
}

const shop: ReceiptShop = { storeName: 'Corner shop', terminalId: 'T01', timezone: 'Asia/Shanghai', locale: 'en', header: [], footer: [], training: false };

async function paidView(order: OrderFacts): Promise<PaymentView> {
  const bench = await Bench.started();
  const { paymentId } = await bench.started('130000000000004417', 3850);
  await bench.take('pay').answer(outcomes.paid({ order }));
  return bench.payment(paymentId);
}

const documentOf = async (order: OrderFacts): Promise<ReceiptDocument> => paymentReceipt(await paidView(order), shop, false);

describe('a receipt', () => {
  it('has the total, every reference, and our order number as barcode and QR', async () => {
    const { document, attemptRef } = await receiptOf({});
    const text = texts(document);
    for (const part of ['Corner shop', 'Total: ¥38.50', 'T01-261121-0001', 'ORDER-1', 'G-77', 'W-88', attemptRef, 'WeChat ** 4417', '2026-11-21 12:00:00']) expect(text).toContain(part);
    expect(document.blocks).toContainEqual({ type: 'barcode', text: attemptRef });
    expect(document.blocks).toContainEqual({ type: 'qr', text: attemptRef });
    expect(document.blocks.at(-1)).toEqual({ type: 'cut' });
    expect(text).not.toContain('COPY');
    expect(text).not.toContain('TRAINING');
  });

  it('has the rate and what the payer was charged where the gateway named them, beside the sale’s own total; without them, as in older journals, no line of it', async () => {
    const charged = { rate: '5.0154', currency: 'CNY', minor: 19309 } as const;
    const document = await documentOf(facts({ charged }));
    expect(texts(document)).toContain('Total: ¥38.50\nExchange rate: 1 CNY = 5.0154 CNY\nPayer was charged: 193.09 CNY');
    const chinese = paymentReceipt(await paidView(facts({ charged: { ...charged, rate: null } })), { ...shop, locale: 'zh-CN' }, false);
    expect(texts(chinese)).toContain('顾客实付: 193.09 CNY');
    expect(texts(chinese)).not.toContain('汇率');
    expect(texts(await documentOf(facts({})))).not.toMatch(/rate|charged/);
  });

  it('says twice that it is training', async () => {
    const { document } = await receiptOf({ training: { phoneUrl: 'http://127.0.0.1:1/', isIssuedCode: () => true } });
    expect(document.blocks.filter((block) => block.type === 'banner' && block.text.startsWith('TRAINING'))).toHaveLength(2);
  });
});

describe('evidence on paper', () => {
  it('has each line in words, with its number in the journal', async () => {
    const bench = await Bench.started({ printer: true });
    const { paymentId } = await bench.started();
    await bench.take('pay').end(lost);
    await bench.till.call('printEvidence', { paymentId });
    await bench.clock.pass(1);
    const text = texts(bench.printed[0]?.document ?? { blocks: [] });
    for (const part of ['Not known yet: keep the goods', 'Written to the journal', 'Sent to Bench', 'No answer', 'Asked', 'Journal 1', 'Bench did not answer']) expect(text).toContain(part);
    expect(text).not.toMatch(/\bnoAnswer\b|[{}]/);
  });
});
