/** Every screen of the till as a scene: what the till says and what the cashier does until it stands. */
import { message } from '../../core/contract/messages.ts';
import type { PaymentView, PayReply, TillStatus } from '../../core/contract/types.ts';
import type { ViewName } from '../../renderer/machine/view.ts';
import {
  sampleCode, sampleDeclined, sampleDetail, sampleNow, sampleOpen, samplePayment, sampleQuiet, sampleRecent, sampleReview, sampleStatus, shouqianba,
} from '../../renderer/machine/samples.ts';
import { dayScenes } from './scenes-day.ts';
import { moneyScenes } from './scenes-money.ts';
import { presentScenes } from './scenes-present.ts';
import { settingsScenes } from './scenes-settings.ts';
import { staffScenes } from './scenes-staff.ts';
import type { Script, Stage } from './stage.ts';

export interface Scene {
  readonly name: string;
  readonly view: ViewName;
  readonly script?: Script;
  readonly status?: Partial<TillStatus>;
  readonly play?: (stage: Stage) => Promise<void>;
  /** The screen has a field that is typed into at once: elsewhere none has the focus. */
  readonly field?: true;
}

const nothingOpen = { ...sampleOpen, open: [] };
const quietOpen = { ...sampleOpen, open: sampleOpen.open.slice(0, 1), quiet: sampleQuiet };

function details(...payments: readonly PaymentView[]): Script {
  return { paymentDetail: { byId: Object.fromEntries(payments.map((payment) => [payment.paymentId, sampleDetail(payment)])) } };
}

/** What the till answers in every scene, unless the scene says otherwise. */
export function scriptOf(scene: Scene): Script {
  const all = [...sampleOpen.open, ...sampleQuiet, samplePayment('paid'), samplePayment('waitingForPayer')];
  return {
    status: sampleStatus(scene.status), openPayments: { ...nothingOpen }, recentPayments: sampleRecent, amountEntered: null,
    ...details(...all), ...scene.script,
  };
}

async function sell(stage: Stage, reply: PayReply): Promise<void> {
  await stage.reply({ pay: reply });
  await stage.touch('38.5');
  await stage.push({ type: 'scan', scan: sampleCode() });
}

/** Sells 38.50 and lets the payment stand as given, so long after it was sent. */
function sold(payment: PaymentView, afterMs = 0): (stage: Stage) => Promise<void> {
  return async (stage) => {
    await sell(stage, { kind: 'started', payment });
    if (afterMs > 0) await stage.skip(afterMs);
  };
}

const parked = samplePayment('unknown', { paymentId: 'p-0415', parked: true, startedAt: sampleNow - 40_000, nextAt: sampleNow + 5_000, asked: 8 });
const stopping = samplePayment('waitingForPayer', { asked: 3, nextAt: sampleNow + 46_000, gaveUp: true });
const asking = { asked: 3, nextAt: sampleNow + 24_000 } as const;

const played: readonly Scene[] = [
  { name: 'sale-idle', view: 'sale' },
  {
    name: 'sale-unreadable', view: 'sale',
    status: { restored: true, journal: { light: 'attention', message: message('restoredDays', { gateway: 'shouqianba', from: '2025-11-19 22:04:11', to: '2025-11-20 08:30:02' }), also: message('paymentUnreadable', { number: 'T01-251118-0377' }) } },
  },
  { name: 'sale-empty-day', view: 'sale', status: { openCount: 0 }, script: { recentPayments: [] } },
  {
    name: 'sale-amount', view: 'sale',
    play: async (stage) => {
      await stage.skip(500);
      await stage.touch('12.5');
      await stage.page.click('[data-key="+"]');
      await stage.touch('18');
      await stage.page.click('[data-key="+"]');
      await stage.touch('8');
    },
  },
  { name: 'sale-typing', view: 'sale', play: (stage) => stage.touch('38') },
  { name: 'sale-largest', view: 'sale', status: { maximumAmount: { minor: 9_999_999_999, currency: 'CNY' } }, play: (stage) => stage.touch('12345678.90') },
  { name: 'sale-code-first', view: 'sale', play: (stage) => stage.push({ type: 'scan', scan: sampleCode({ wallet: 'alipay', last4: '2093' }) }) },
  {
    name: 'sale-code-ready', view: 'sale',
    play: async (stage) => {
      await stage.push({ type: 'scan', scan: sampleCode() });
      await stage.touch('38.5');
    },
  },
  {
    name: 'sale-type-code', view: 'typeCode',
    play: async (stage) => {
      await stage.skip(500);
      await stage.touch('38.5');
      await stage.page.click('[data-key="Enter"]');
      await stage.touch('13482917');
    },
  },
  {
    name: 'sale-no-scanner', view: 'sale',
    status: { scanner: { light: 'gone', present: true, message: message('scannerGone', { key: 'Enter' }) } },
  },
  {
    name: 'sale-paper-out', view: 'sale', play: (stage) => stage.touch('38.5'),
    status: { printer: { light: 'attention', present: true, message: message('paperOut') } },
  },
  {
    name: 'sale-gateway-down', view: 'sale',
    status: { gateways: [{ ...shouqianba, light: 'gone', message: message('gatewayUnreachable', { gateway: shouqianba.id }) }] },
  },
  {
    name: 'sale-notices-port', view: 'sale',
    status: { notifications: { light: 'attention', message: message('notificationsPortTaken', { place: '127.0.0.1:8787' }) } },
  },
  { name: 'sale-no-devices', view: 'sale', status: { scanner: { light: 'ready', present: false, message: null }, printer: { light: 'ready', present: false, message: null } } },
  { name: 'sale-not-a-code', view: 'sale', play: (stage) => stage.push({ type: 'scan', scan: { kind: 'other', scanId: null, message: message('notAPaymentCode') } }) },
  {
    name: 'sale-receipt-scanned', view: 'refund',
    play: (stage) => stage.push({ type: 'scan', scan: { kind: 'receipt', paymentId: 'p', number: 'T01-251120-0386', amount: { minor: 100, currency: 'CNY' }, verdict: 'paid' } }),
  },
  { name: 'charging', view: 'charging', play: sold(samplePayment('submitting', { startedAt: sampleNow + 600_000 })) },
  { name: 'waiting', view: 'waiting', play: sold(samplePayment('waitingForPayer', asking), 12_000) },
  { name: 'waiting-no-undo', view: 'waiting', script: details(samplePayment('waitingForPayer', { canUndo: false })), play: sold(samplePayment('waitingForPayer', { ...asking, canUndo: false }), 12_000) },
  {
    name: 'waiting-late', view: 'waiting',
    play: async (stage) => {
      await stage.reply({ keepWaiting: { kind: 'done', payment: samplePayment('waitingForPayer', asking) } });
      await sold(samplePayment('waitingForPayer', asking), 33_000)(stage);
      await stage.skip(500);
      await stage.press('Enter');
    },
  },
  { name: 'waiting-end', view: 'waiting', script: details(stopping), play: sold(stopping, 44_000) },
  { name: 'waiting-question', view: 'question', play: sold(samplePayment('waitingForPayer', asking), 30_000) },
  { name: 'waiting-question-no-undo', view: 'question', script: details(samplePayment('waitingForPayer', { canUndo: false })), play: sold(samplePayment('waitingForPayer', { ...asking, canUndo: false }), 30_000) },
  { name: 'paid', view: 'paid', play: sold(samplePayment('paid')) },
  { name: 'paid-not-printed', view: 'paid', play: sold(samplePayment('paid', { receipt: 'interrupted', likelyDuplicateOf: 'p-1' })) },
  {
    name: 'paid-receipt', view: 'paid', status: { printer: { light: 'gone', present: false, message: null } }, script: details(samplePayment('paid')),
    play: async (stage) => {
      await sold(samplePayment('paid'))(stage);
      await stage.skip(500);
      await stage.press('NumpadAdd');
      await stage.page.waitForSelector('.receipt canvas', { timeout: 5000 });
      await stage.page.waitForTimeout(300);
    },
  },
  {
    name: 'paid-late', view: 'sale', script: { openPayments: { ...nothingOpen, open: [parked] } },
    play: async (stage) => {
      await stage.touch('12');
      await stage.pay({ ...samplePayment('paid'), paymentId: parked.paymentId, parked: true, startedAt: parked.startedAt, changedAt: sampleNow + 5000 });
    },
  },
  { name: 'not-paid', view: 'notPaid', play: sold(sampleDeclined()) },
  { name: 'not-paid-undone', view: 'notPaid', play: sold(samplePayment('reversed', { message: message('undone') })) },
  { name: 'not-paid-unreachable', view: 'notPaid', play: sold(sampleDeclined({ message: message('gatewayUnreachable', { gateway: shouqianba.id }), gatewayCode: null, gatewayWords: null })) },
  { name: 'not-paid-number', view: 'notPaid', play: sold(sampleDeclined({ declineReason: 'terminalUnknown', message: message('terminalUnknown', { gateway: shouqianba.id, key: 'gateways.shouqianba.terminalSn' }), gatewayCode: 'INVALID_TERMINAL', gatewayWords: null })) },
  { name: 'not-paid-activate', view: 'notPaid', play: sold(sampleDeclined({ declineReason: 'wrongKey', message: message('wrongKeyActivated', { gateway: shouqianba.id }), gatewayCode: 'ILLEGAL_SIGN', gatewayWords: null })) },
  { name: 'not-paid-stale', view: 'notPaid', play: sold(sampleDeclined(), 84_000) },
  {
    name: 'guard-held', view: 'notPaid',
    play: async (stage) => {
      await sold(sampleDeclined(), 84_000)(stage);
      await stage.push({ type: 'scan', scan: sampleCode({ scanId: 'scan-2', wallet: 'alipay', last4: '2093', expiresAt: sampleNow + 106_000 }) });
    },
  },
  {
    name: 'guard-same-code', view: 'notPaid',
    play: async (stage) => {
      await sold(sampleDeclined())(stage);
      await stage.reply({ pay: { kind: 'askSameCodeFailed', other: sampleDeclined() } });
      await stage.push({ type: 'scan', scan: sampleCode() });
    },
  },
  { name: 'not-known-yet', view: 'unknown', play: sold(samplePayment('unknown', asking), 20_000) },
  {
    name: 'not-known-yet-scan', view: 'unknown',
    play: async (stage) => {
      await sold(samplePayment('unknown', asking), 20_000)(stage);
      await stage.push({ type: 'scan', scan: sampleCode({ last4: '9026' }) });
    },
  },
  { name: 'reversing', view: 'reversing', play: sold(samplePayment('reversing', { undoTries: 3, nextAt: sampleNow + 66_000, gaveUp: true }), 57_000) },
  { name: 'review', view: 'review', play: sold(sampleReview()) },
  {
    name: 'guard-parked', view: 'sameCustomer',
    play: (stage) => sellWith(stage, { kind: 'askSameCustomer', other: parked, givenUp: false }),
  },
  {
    name: 'guard-given-up', view: 'sameCustomer',
    play: (stage) => sellWith(stage, { kind: 'askSameCustomer', other: samplePayment('reversed'), givenUp: true }),
  },
  {
    name: 'guard-code-paid', view: 'codePaid',
    play: (stage) => sellWith(stage, { kind: 'askCodePaid', other: samplePayment('paid'), message: message('alreadyPaid', { amount: '¥38.50', time: '10:42' }) }),
  },
  { name: 'guard-code-open', view: 'codeOpen', play: (stage) => sellWith(stage, { kind: 'codeOpen', other: parked, message: message('codeUsedTwice') }) },
  { name: 'guard-refused', view: 'sale', play: (stage) => sellWith(stage, { kind: 'refused', message: message('amountTooLarge', { max: '¥50,000.00' }) }) },
  { name: 'open-payments', view: 'open', status: { openCount: 3 }, script: { openPayments: sampleOpen }, play: goOpen },
  { name: 'open-quiet', view: 'open', script: { openPayments: quietOpen }, play: async (stage) => {
    await goOpen(stage);
    await stage.press('Numpad6');
  } },
  { name: 'open-empty', view: 'openEmpty', status: { openCount: 0 }, play: goOpen },
  { name: 'menu', view: 'sale', play: (stage) => stage.press('NumpadDivide') },
  { name: 'settings', view: 'sale', play: (stage) => stage.press('NumpadDivide', 'Numpad7', 'Numpad6') },
  { name: 'sale-no-keypad', view: 'sale', script: { preferences: { keypad: 'hidden' } } },
  { name: 'sale-cents-first', view: 'sale', script: { preferences: { amountEntry: 'centsFirst' } }, play: (stage) => stage.touch('3850') },
  {
    name: 'recovering', view: 'recovering', script: { openPayments: sampleOpen },
    status: { phase: 'recovering', recovery: { open: 3, asked: 1 }, openCount: 3 },
  },
  { name: 'stopped', view: 'stopped', status: { phase: 'stopped', stopMessage: message('journalNotWritable'), journal: { light: 'gone', message: message('journalNotWritable') } } },
];

/** Training has a band, a frame and a tag more, and so less room for the words. */
export const training = { training: true, phoneUrl: 'http://127.0.0.1:40699/simulator/phone/b633868137399b5e2c2e3a4faf74d22d/' } as const;
const playedInTraining: ReadonlySet<string> = new Set([
  'waiting', 'waiting-question', 'paid', 'paid-receipt', 'not-paid', 'not-paid-undone', 'guard-held', 'not-known-yet', 'reversing', 'review', 'menu',
]);

export const scenes: readonly Scene[] = [
  ...played,
  ...dayScenes,
  ...moneyScenes,
  ...staffScenes,
  ...settingsScenes,
  ...presentScenes,
  { name: 'training', view: 'sale', status: training, play: (stage) => stage.touch('38.5') },
  ...played.filter(({ name }) => playedInTraining.has(name)).map((scene) => ({ ...scene, name: `training-${scene.name}`, status: { ...scene.status, ...training } })),
];

async function goOpen(stage: Stage): Promise<void> {
  await stage.press('NumpadDivide', 'Numpad1');
}

async function sellWith(stage: Stage, reply: PayReply): Promise<void> {
  await sell(stage, reply);
  await stage.page.waitForTimeout(50);
}
