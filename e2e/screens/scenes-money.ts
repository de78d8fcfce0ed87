/** Cash, finding, one payment, refunds and recorded outcomes as scenes. To be spread into `played` of scenes.ts. */
import { message } from '../../core/contract/messages.ts';
import type { PaymentView, RefundView } from '../../core/contract/types.ts';
import { omipay, sampleCode, sampleDetail, sampleNow, samplePayment, sampleReview, sampleStatus, yuan } from '../../renderer/machine/samples.ts';
import { refundedSale, sampleBadge, sampleCash, sampleForeign, sampleHits, samplePlan, sampleRefund, sampleSale, sampleScannedReceipt, sampleStory, sampleTurned, staffed } from '../../renderer/machine/samples-money.ts';
import type { Scene } from './scenes.ts';
import type { Script, Stage } from './stage.ts';

const answers: Script = {
  people: [], find: { hits: sampleHits, more: false }, lookUp: { kind: 'foreign', order: sampleForeign() }, refundPlan: samplePlan(),
  paymentDetail: { byId: { 'p-0438': sampleStory(), 'p-0386': sampleDetail(sampleSale()), 'p-0418': sampleDetail(samplePayment('paid')) } },
};

async function cash(stage: Stage, ...codes: readonly string[]): Promise<void> {
  await stage.skip(500);
  await stage.touch('38.5');
  await stage.press('NumpadEnter');
  await stage.skip(500);
  await stage.press(...codes);
}

async function refund(stage: Stage, ...codes: readonly string[]): Promise<void> {
  await stage.push({ type: 'scan', scan: sampleScannedReceipt() });
  await stage.skip(500);
  await stage.press(...codes);
}

/** The refund of 41.00 is approved, and the till has started it as given. */
function ended(view: RefundView, sale: Partial<PaymentView> = {}, afterMs = 0): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await stage.reply({ refund: { kind: 'started', payment: refundedSale(view, sale), refund: view } });
    await refund(stage, 'Numpad1', 'Numpad2', 'Numpad3', 'Numpad4', 'NumpadEnter');
    if (afterMs > 0) await stage.skip(afterMs);
  };
}

async function find(stage: Stage, ...codes: readonly string[]): Promise<void> {
  await stage.press('NumpadDivide', 'Numpad2');
  await stage.skip(500);
  await stage.press(...codes);
  await stage.page.waitForTimeout(450);
}

async function look(stage: Stage, ...codes: readonly string[]): Promise<void> {
  await find(stage, 'NumpadEnter');
  await stage.skip(500);
  await stage.press(...codes);
}

async function record(stage: Stage, ...codes: readonly string[]): Promise<void> {
  await reviewed(sampleReview({ gatewayCode: 'IN_PROG', asked: 9 }))(stage);
  await stage.press('NumpadEnter');
  await stage.skip(500);
  await stage.press(...codes);
}

function reviewed(payment: PaymentView): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await stage.reply({ pay: { kind: 'started', payment } });
    await stage.touch('26');
    await stage.push({ type: 'scan', scan: sampleCode() });
    await stage.skip(500);
  };
}

const story: Script = { find: { hits: [{ payment: sampleStory().payment, matched: 'number', text: 'T01-251120-0438', from: 0, length: 3, exact: true }], more: false } };
/** What a payer from abroad was charged, of a payment that was then disputed. */
const chargedSale = sampleSale({
  gateway: omipay.id, gatewayNames: omipay.names, amount: { minor: 4100, currency: 'AUD' }, charged: { rate: '5.0154', currency: 'CNY', minor: 20_563 }, disputed: true,
});
const charged: Script = {
  ...answers,
  paymentDetail: {
    ...sampleDetail(chargedSale),
    timeline: [...sampleDetail(chargedSale).timeline, { at: sampleNow + 4_000_000, sequence: 18_290, by: 'unknown', what: 'disputed', person: null, refundRef: null, amount: null, count: 1, detail: 'chargeback: item not received' }],
  },
};
const plain: Script = { find: { hits: [{ payment: sampleSale(), matched: 'number', text: 'T01-251120-0386', from: 0, length: 3, exact: true }], more: false } };
const wide = { amount: yuan(12860), wallet: 'unionpay', last4: '6651', number: 'T01-251120-0438' } as const;
const foreign = { kind: 'foreignReceipt', reference: 'T02251120091203M2R9D4K7QX', gateway: 'shouqianba' } as const;
const omipaySale = { gateway: omipay.id, gatewayNames: omipay.names } as const;
const outside = { ...sampleSale().refundable, refusal: message('refundNotSupported', { gateway: 'omipay' }), outsideAllowed: true };
/** Its gateway refused the refund for want of the shop's money there. */
const refusedBalance = refundedSale(sampleRefund('refused', { message: message('refundRefusedBalance', { gateway: 'shouqianba' }) }));
/** At a gateway without refunds: half of it was given back elsewhere and recorded. */
const recordedRefund = sampleRefund('refunded', { way: 'outside', amount: yuan(2000), reason: '转账退给顾客', approvedBy: { operatorId: 'o-1', name: '李薇' }, message: message('refundOutsideDone', { amount: '¥20.00' }) });
const recordedPayment = { ...refundedSale(recordedRefund, omipaySale), refundable: { ...outside, left: yuan(2100), refunded: yuan(2000) } };
const recordedOutside = { kind: 'started', payment: recordedPayment, refund: recordedRefund };
const outsideStory: Script = {
  find: { hits: [{ payment: recordedPayment, matched: 'number', text: recordedPayment.number, from: 0, length: 3, exact: true }], more: false },
  paymentDetail: {
    ...sampleDetail(recordedPayment),
    timeline: [...sampleDetail(recordedPayment).timeline, { at: sampleNow + 4_000_000, sequence: 18_290, by: 'person', what: 'refundOutside', person: '李薇', refundRef: recordedRefund.refundRef, amount: yuan(2000), count: 1, detail: '转账退给顾客' }],
  },
};
const spent = { ...sampleSale().refundable, left: yuan(0), refunded: yuan(4100), refusal: message('refundNothingLeft') };

const played: readonly Scene[] = [
  { name: 'cash-received', view: 'cashReceived', play: (stage) => cash(stage, 'Numpad5') },
  { name: 'cash-received-empty', view: 'cashReceived', play: (stage) => cash(stage) },
  { name: 'cash-received-short', view: 'cashReceived', play: (stage) => cash(stage, 'Numpad2', 'Numpad0', 'NumpadEnter') },
  { name: 'cash-change', view: 'cashChange', script: { payCash: { kind: 'taken', payment: sampleCash() } }, play: (stage) => cash(stage, 'Numpad5', 'NumpadEnter') },
  { name: 'cash-change-exact', view: 'cashChange', script: { payCash: { kind: 'taken', payment: sampleCash({ received: yuan(3850), change: yuan(0) }) } }, play: (stage) => cash(stage, 'Numpad0', 'NumpadEnter') },
  { name: 'find', view: 'find', play: (stage) => find(stage, 'Numpad4', 'Numpad4', 'Numpad1', 'Numpad7') },
  { name: 'find-nothing', view: 'find', script: { find: { hits: [], more: false } }, play: (stage) => find(stage, 'Numpad4', 'Numpad4', 'Numpad1', 'Numpad7') },
  { name: 'find-days', view: 'find', play: (stage) => find(stage, 'NumpadMultiply', 'Numpad6', 'Numpad6', 'Numpad2', 'Numpad6') },
  { name: 'payment-detail', view: 'paymentDetail', script: story, play: (stage) => look(stage) },
  { name: 'payment-detail-records', view: 'paymentDetail', script: story, play: (stage) => look(stage, 'NumpadMultiply', 'Numpad2') },
  { name: 'payment-detail-plain', view: 'paymentDetail', script: plain, play: (stage) => look(stage) },
  { name: 'payment-detail-charged', view: 'paymentDetail', script: charged, play: (stage) => look(stage) },
  { name: 'refund', view: 'refund', play: (stage) => refund(stage, 'Numpad1', 'Numpad2') },
  { name: 'refund-wrong-pin', view: 'refund', script: { refund: { kind: 'wrongPin', triesLeft: 3, message: message('wrongPin', { n: '3' }) } }, play: (stage) => refund(stage, 'Numpad1', 'Numpad2', 'Numpad3', 'Numpad4', 'NumpadEnter') },
  { name: 'refund-badge', view: 'refund', play: async (stage) => {
    await refund(stage);
    await stage.push({ type: 'scan', scan: sampleBadge });
  } },
  { name: 'refund-amount', view: 'refund', play: async (stage) => {
    await refund(stage, 'NumpadMultiply');
    await stage.skip(500);
    await stage.press('Numpad2', 'Numpad0', 'NumpadDecimal', 'Numpad5');
  } },
  { name: 'refund-other', view: 'refund', field: true, play: async (stage) => {
    await refund(stage, 'ArrowUp', 'Numpad4');
    await stage.page.fill('[data-field]', '给顾客 A/B');
  } },
  { name: 'refund-nobody', view: 'refund', script: { status: sampleStatus() }, play: (stage) => refund(stage) },
  { name: 'refund-cash', view: 'refund', script: { refundPlan: samplePlan(sampleCash()) }, play: (stage) => refund(stage) },
  { name: 'refund-outside', view: 'refund', script: { refundPlan: samplePlan(sampleSale(), { refundable: outside }) }, play: (stage) => refund(stage) },
  { name: 'refund-outside-done', view: 'refundResult', script: { refundPlan: samplePlan(sampleSale(omipaySale), { refundable: outside }), recordOutsideRefund: recordedOutside }, play: async (stage) => {
    await refund(stage, 'Numpad1', 'Numpad2', 'Numpad3', 'Numpad4', 'NumpadEnter');
    await stage.skip(500);
  } },
  { name: 'payment-detail-outside', view: 'paymentDetail', script: outsideStory, play: (stage) => look(stage) },
  { name: 'review-outside', view: 'review', play: reviewed(sampleTurned({ ...omipaySale, reviewReason: 'paidAfterGivingUp', message: message('paidAfterGivingUp', { gateway: 'omipay', amount: '¥26.00' }), refundable: { ...sampleTurned().refundable, refusal: message('refundNotSupported', { gateway: 'omipay' }), outsideAllowed: true } })) },
  { name: 'refund-once-refused', view: 'refund', script: { refundPlan: samplePlan(refusedBalance) }, play: (stage) => refund(stage) },
  { name: 'refund-once-refused-elsewhere', view: 'refund', script: { refundPlan: samplePlan(refusedBalance) }, play: (stage) => refund(stage, 'NumpadAdd') },
  { name: 'refund-cannot', view: 'refund', script: { refundPlan: samplePlan(sampleSale(), { refundable: spent }) }, play: (stage) => refund(stage) },
  { name: 'refund-switch', view: 'refund', play: async (stage) => {
    await refund(stage);
    await stage.push({ type: 'scan', scan: sampleScannedReceipt(sampleSale({ paymentId: 'p-x', number: 'T01-251120-0401', amount: yuan(1250) })) });
  } },
  { name: 'refund-other-till', view: 'refund', play: async (stage) => {
    await stage.push({ type: 'scan', scan: foreign });
    await stage.skip(500);
    await stage.press('Numpad1');
  } },
  { name: 'refund-running', view: 'refundResult', play: ended(sampleRefund('submitting')) },
  { name: 'refund-refunded', view: 'refundResult', play: ended(sampleRefund('refunded')) },
  { name: 'refund-refunded-cash', view: 'refundResult', play: ended(sampleRefund('refunded', { way: 'cash' })) },
  { name: 'refund-partly', view: 'refundResult', play: ended(sampleRefund('refunded', { amount: yuan(3850) }), wide) },
  { name: 'refund-refused-old', view: 'refundResult', play: ended(sampleRefund('refused', { message: message('refundRefusedOld', { gateway: 'shouqianba' }), gatewayCode: 'REFUND_ERROR', gatewayWords: 'UPAY_TCP_ORDER_NOT_REFUNDABLE' })) },
  { name: 'refund-refused', view: 'refundResult', play: ended(sampleRefund('refused', { message: message('refundRefusedBalance', { gateway: 'shouqianba' }), gatewayCode: 'REFUND_ERROR', gatewayWords: 'MERCHANT_BALANCE_NOT_ENOUGH' })) },
  { name: 'refund-pending', view: 'refundResult', play: ended(sampleRefund('unknown', { asked: 2, nextAt: sampleNow + 42_000 }), {}, 33_000) },
  { name: 'refund-accepted', view: 'refundResult', play: ended(sampleRefund('pending', { asked: 2, nextAt: sampleNow + 42_000 })) },
  { name: 'refund-review', view: 'refundResult', play: ended(sampleRefund('review', { asked: 24, nextAt: sampleNow + 4_200_000 })) },
  { name: 'record-outcome', view: 'record', play: (stage) => record(stage, 'Numpad1', 'Numpad2', 'Numpad1', 'Numpad2') },
  { name: 'record-outcome-sentence', view: 'record', field: true, play: async (stage) => {
    await record(stage, 'Numpad1');
    await stage.skip(500);
    await stage.press('NumpadMultiply');
    await stage.page.fill('[data-field]', '给顾客 A/B');
  } },
  { name: 'record-outcome-empty', view: 'record', play: (stage) => record(stage) },
  { name: 'review-turned', view: 'review', play: reviewed(sampleTurned()) },
  { name: 'sale-cash', view: 'sale', play: async (stage) => {
    await stage.skip(500);
    await stage.touch('38.5');
  } },
];

/** Each with a shop that has people, an open shift and a drawer. */
export const moneyScenes: readonly Scene[] = played.map((scene) => ({ ...scene, status: staffed, script: { ...answers, ...scene.script } }));
