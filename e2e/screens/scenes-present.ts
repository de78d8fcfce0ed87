/** Scenes of the code that the customer scans: made, up, closed, expired, left open, and the question before one. */
import type { PaymentView, PresentReply } from '../../core/contract/types.ts';
import { sampleNow, samplePayment } from '../../renderer/machine/samples.ts';
import { longQr, sampleBeingPaid, sampleClosed, sampleClosing, sampleCodeUp, sampleMaking, sampleNotClosed, sampleScanned } from '../../renderer/machine/samples-present.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

async function ask(stage: Stage, reply: PresentReply): Promise<void> {
  await stage.reply({ present: reply });
  await stage.skip(500);
  await stage.touch('38.5');
  await stage.page.click('[data-key="*"]');
}

/** A code for 38.50 that stands as given. */
function shown(payment: PaymentView): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await ask(stage, { kind: 'started', payment: sampleMaking() });
    await stage.pay(payment);
    if (payment.shownCode) await stage.page.waitForSelector('.qr-code');
  };
}

const parked = samplePayment('unknown', { paymentId: 'p-0415', parked: true, startedAt: sampleNow - 40_000, nextAt: sampleNow + 5_000, asked: 8 });
const large = { minor: 1_234_567, currency: 'CNY' } as const;

export const presentScenes: readonly Scene[] = [
  { name: 'present-making', view: 'presentQr', play: (stage) => ask(stage, { kind: 'started', payment: sampleMaking() }) },
  { name: 'present-qr', view: 'presentQr', play: shown(sampleCodeUp({ changedAt: sampleNow + 400 })) },
  { name: 'present-long', view: 'presentQr', play: shown(sampleCodeUp({ amount: large, shownCode: { qr: longQr, since: sampleNow, until: sampleNow + 3_599_000, wallets: [], scanned: false }, changedAt: sampleNow + 400 })) },
  { name: 'present-no-printer', view: 'presentQr', status: { printer: { light: 'ready', message: null, present: false } }, play: shown(sampleCodeUp({ changedAt: sampleNow + 400 })) },
  { name: 'present-training', view: 'presentQr', status: { training: true }, play: shown(sampleCodeUp({ changedAt: sampleNow + 400 })) },
  { name: 'present-scanned', view: 'presentQr', play: shown(sampleScanned({ changedAt: sampleNow + 400 })) },
  { name: 'present-closing', view: 'presentQr', play: shown(sampleClosing()) },
  { name: 'present-expired', view: 'presentQr', play: shown(sampleClosed(260)) },
  { name: 'present-not-closed', view: 'presentQr', play: shown(sampleNotClosed()) },
  { name: 'present-being-paid', view: 'review', play: shown(sampleBeingPaid()) },
  { name: 'present-cancelled', view: 'notPaid', play: shown(sampleClosed(40)) },
  { name: 'present-guard-not-closed', view: 'sameCustomer', play: (stage) => ask(stage, { kind: 'askSameCustomer', other: sampleNotClosed({ paymentId: 'p-0415' }), givenUp: false }) },
  {
    name: 'present-asking-first', view: 'charging',
    play: async (stage) => {
      await ask(stage, { kind: 'askSameCustomer', other: sampleNotClosed({ paymentId: 'p-0415' }), givenUp: false });
      await stage.page.evaluate('window.stageReplies = { present: () => new Promise(() => {}) }');
      await stage.skip(500);
      await stage.page.click('[data-key="+"]');
    },
  },
  { name: 'present-guard-paid', view: 'sameCustomer', play: (stage) => ask(stage, { kind: 'askSameCustomer', other: sampleNotClosed({ paymentId: 'p-0415', quiet: false, reviewReason: 'paidAfterGivingUp' }), givenUp: false }) },
  { name: 'present-guard', view: 'sameCustomer', play: (stage) => ask(stage, { kind: 'askSameCustomer', other: parked, givenUp: false }) },
];
