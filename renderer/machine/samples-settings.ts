/** Settings for tests and pictures of their screens: the same shop. */
import type { ReceiptBlock, SettingsView } from '../../core/contract/types.ts';

function row(left: string, right: string): ReceiptBlock {
  return { type: 'row', left, right, bold: false, size: 1 };
}

const rule: ReceiptBlock = { type: 'rule', style: 'dashed' };

const receiptBlocks: readonly ReceiptBlock[] = [
  { type: 'text', text: '南门便利店', align: 'center', bold: true, size: 2 },
  { type: 'rule', style: 'solid' },
  { type: 'text', text: '收款成功', align: 'center', bold: true, size: 2 },
  { type: 'row', left: '金额', right: '¥38.50', bold: true, size: 2 },
  rule,
  row('小票号', 'T01-251120-0418'), row('时间', '2025-11-20 10:42:19'), row('收银台', 'T01'), row('钱包', '微信 ** 4417'), row('网关', '收钱吧'), row('网关单号', '7895259485469125'),
  rule,
  { type: 'text', text: '退款请带上这张小票', align: 'center', bold: false, size: 1 },
  { type: 'qr', text: 'S0000000000000000000001' },
  { type: 'feed', lines: 3 },
];

export const sampleReasons: readonly string[] = ['拿错商品', '顾客不要了', '价格打错'];

export function sampleSettings(change: Partial<SettingsView> = {}): SettingsView {
  return {
    mark: 'mark-1', kept: true, refundReasons: sampleReasons,
    receipt: { header: ['人民路 18 号 · 0571-8800 1234'], footer: ['谢谢光临'], sample: { document: { blocks: receiptBlocks }, headerAt: 1, footerAt: 14 } },
    ...change,
  };
}
