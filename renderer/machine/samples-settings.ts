/** Settings for tests and pictures of their screens: the same shop. */
import type { ConnectionTest, GatewaySettings, Hanging, ReceiptBlock, SettingFieldView, SettingsView, TestDetail, TestStepName } from '../../core/contract/types.ts';
import { omipay, sampleNow, samplePayment, sampleReview, shouqianba, yuan } from './samples.ts';

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

type Words = SettingFieldView['label'];

const words = (zh: string, en: string): Words => ({ 'zh-CN': zh, en });
const asForAll = words('和其他网关一样', 'as for all gateways');

function field(key: string, label: Words, change: Partial<SettingFieldView> = {}): SettingFieldView {
  const value = change.value ?? null;
  return { key, kind: 'text', label, help: null, whenEmpty: null, group: null, choices: [], unit: null, wise: null, value, isSet: value !== null, keptApart: false, ...change };
}

const same = (value: string) => ({ value, label: words(value, value) });

function commonFields(currency: string): readonly SettingFieldView[] {
  return [
    field('currency', words('货币', 'Currency'), { kind: 'choice', whenEmpty: words(currency, currency), choices: [same('CNY'), ...(currency === 'CNY' ? [] : [same(currency)])], value: 'CNY' }),
    field('qrPayway', words('出示哪个钱包的码', 'Wallet of a shown code'), { kind: 'choice', whenEmpty: words('微信', 'WeChat'), choices: [{ value: '3', label: words('微信', 'WeChat') }, { value: '1', label: words('支付宝', 'Alipay') }] }),
    field('supportPhone', words('客服电话', 'Support phone'), { value: '400-668-8200', whenEmpty: words('不显示', 'none is shown'), help: words('一笔要人来看时，屏幕上显示这个号码。', 'Shown when a payment must be cleared up with the gateway.') }),
    field('payment.deadlineSeconds', words('最长等待', 'Longest wait'), { kind: 'number', group: words('时间和限额', 'Times and limits'), whenEmpty: asForAll, unit: words('秒', 's'), wise: { least: 30, most: 60 }, value: '45' }),
    field('payment.maximumAmount', words('最大金额', 'Largest amount'), { kind: 'amount', group: words('时间和限额', 'Times and limits'), whenEmpty: asForAll }),
  ];
}

export const sampleShouqianbaForm: GatewaySettings = {
  id: shouqianba.id, names: shouqianba.names, on: true, scans: true, shows: true,
  fields: [
    field('baseUrl', words('接口地址', 'Base address'), { kind: 'address', value: 'https://vsi-api.example.com', help: words('要用 https。只有本机模拟器可以用 http。', 'https only; http is for the built-in simulator.') }),
    field('terminalSn', words('终端号 terminal_sn', 'Terminal number (terminal_sn)'), { value: '100001220024173' }),
    field('terminalKey', words('终端密钥 terminal_key', 'Terminal key (terminal_key)'), { kind: 'secret', isSet: true }),
    ...commonFields('CNY'),
  ],
  activation: [
    field('activation.code', words('激活码 code', 'Activation code (code)'), { help: words('服务商或收钱吧给的，7 天内有效，只能用几次。', 'From the vendor or from Shouqianba: valid for 7 days, for a few uses.') }),
    field('activation.appId', words('应用编号 app_id', 'Application (app_id)'), { help: words('服务商的应用编号。', 'The vendor’s application.') }),
    field('activation.vendorSn', words('服务商号 vendor_sn', 'Vendor number (vendor_sn)')),
    field('activation.vendorKey', words('服务商密钥 vendor_key', 'Vendor key (vendor_key)'), { kind: 'secret' }),
  ],
};

const sampleOmipayForm: GatewaySettings = {
  id: omipay.id, names: omipay.names, on: true, scans: true, shows: true,
  fields: [
    field('baseUrl', words('接口地址', 'Base address'), { kind: 'address', value: 'https://www.omipay.example/omipay/api/v2' }),
    field('merchantNumber', words('商户号 m_number', 'Merchant number (m_number)'), { value: '000034' }),
    field('secretKey', words('密钥 secret_key', 'Secret key (secret_key)'), { kind: 'secret', isSet: true }),
    ...commonFields('AUD'),
  ],
  activation: null,
};

function offForm(id: string, names: Words): GatewaySettings {
  return { ...sampleOmipayForm, id, names, on: false, scans: false, shows: false, fields: sampleOmipayForm.fields.map((one) => ({ ...one, value: null, isSet: false })) };
}

const noWallet = { wechat: null, alipay: null, unionpay: null, other: null };

export function sampleSettings(change: Partial<SettingsView> = {}): SettingsView {
  return {
    mark: 'mark-1', kept: true, refundReasons: sampleReasons,
    receipt: { header: ['人民路 18 号 · 0571-8800 1234'], footer: ['谢谢光临'], sample: { document: { blocks: receiptBlocks }, headerAt: 1, footerAt: 14 } },
    gateways: [sampleShouqianbaForm, sampleOmipayForm, offForm('ums', words('银联商务', 'UMS')), offForm('omoney', words('OMoney', 'OMoney')), offForm('aggregator', words('聚合支付', 'Aggregator'))],
    routing: { cpm: { ...noWallet, unionpay: omipay.id, other: shouqianba.id }, fallback: { ...noWallet, wechat: omipay.id, unionpay: shouqianba.id }, mpm: [shouqianba.id, omipay.id] },
    ...change,
  };
}

/** After an activation: the key is kept outside the settings. */
export const sampleActivated: SettingsView = sampleSettings({
  mark: 'mark-2', gateways: sampleSettings().gateways.map((one) => (one.activation === null ? one : { ...one, fields: one.fields.map((each) => ({ ...each, keptApart: each.kind === 'secret' })) })),
});

const details: Readonly<Record<TestStepName, TestDetail | null>> = {
  server: { kind: 'milliseconds', n: 12 }, certificate: { kind: 'validUntil', at: sampleNow + 280 * 86_400_000 }, clock: { kind: 'secondsApart', n: 0.4 }, signature: null, query: null, methods: null,
};

/** A test that passed every step, or stopped at one. */
export function sampleTest(gateway: string, failed: { readonly step: TestStepName; readonly detail: TestDetail; readonly code: string | null } | null = null): ConnectionTest {
  const names: readonly TestStepName[] = ['server', 'certificate', 'clock', 'signature', 'query'];
  const stop = failed === null ? names.length : names.indexOf(failed.step);
  return {
    gateway, at: sampleNow - 60_000, code: failed?.code ?? null, words: null,
    steps: names.map((step, index) => (index < stop ? { step, state: 'passed', detail: details[step] } : index === stop && failed ? { step, state: 'failed', detail: failed.detail } : { step, state: 'notRun', detail: null })),
  };
}

export const sampleHanging: Hanging = {
  gateway: shouqianba.id, names: shouqianba.names,
  changes: [{ label: words('终端号 terminal_sn', 'Terminal number (terminal_sn)'), before: '100001220024173', after: '100001220031806' }],
  open: [sampleReview()], openRefunds: [{ payment: samplePayment('paid', { wallet: 'unionpay', last4: '6651' }), amount: yuan(2000), startedAt: sampleNow - 12 * 3_600_000 }],
  unreadable: [], refundable: 1204, withinDays: 90,
};
