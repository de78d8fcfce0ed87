/** Sign in, lock, people, shifts and the drawer as scenes. */
import { message } from '../../core/contract/messages.ts';
import type { TillStatus } from '../../core/contract/types.ts';
import { chenXiao, sampleNow, samplePayment, sampleStatus, yuan } from '../../renderer/machine/samples.ts';
import {
  atWork, check, sampleCarriedSums, sampleClosedShift, sampleCount, samplePeople, sampleShift, sampleStaff, sampleWang, sampleX, sampleZ,
} from '../../renderer/machine/samples-shift.ts';
import type { Scene } from './scenes.ts';
import type { Stage } from './stage.ts';

const owner = atWork('owner');
const cashier = atWork('cashier');
const closed: Partial<TillStatus> = atWork('cashier', { shift: null });
const locked: Partial<TillStatus> = atWork('cashier', { staff: sampleStaff('locked') });
const signedOut: Partial<TillStatus> = { staff: sampleStaff('signedOut'), shiftNeeded: true };
const counts = ['Numpad3', 'Numpad4', 'Numpad5', 'Numpad9', 'Numpad6', 'Numpad2 Numpad3', 'Numpad4', 'Numpad5'];

/** Keys of the pad, with the 400 ms guard let pass before each command key. */
async function keys(stage: Stage, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    if (/Enter|Add|Subtract|Multiply/.test(code)) await stage.skip(500);
    await stage.press(code);
  }
}

const menu = (...digits: readonly string[]) => (stage: Stage): Promise<void> => keys(stage, 'NumpadDivide', ...digits.map((digit) => `Numpad${digit}`));

function then(...steps: readonly ((stage: Stage) => Promise<void>)[]): (stage: Stage) => Promise<void> {
  return async (stage) => {
    for (const step of steps) await step(stage);
  };
}

const press = (...codes: readonly string[]) => (stage: Stage): Promise<void> => keys(stage, ...codes);
const people = { people: samplePeople };
const sampleClosedAfter = { ...sampleClosedShift, lastZ: { number: 214, closedAt: sampleNow, left: yuan(50000), by: chenXiao } };
const closing = { shift: sampleShift(), xReport: { kind: 'report', report: sampleX() } };

const counted = then(menu('5'), async (stage) => {
  for (const [row, digits] of counts.entries()) {
    await keys(stage, ...digits.split(' '));
    if (row < counts.length - 1) await keys(stage, 'NumpadEnter');
  }
});

async function lockWith(stage: Stage): Promise<void> {
  await stage.touch('38.5');
  await stage.push({ type: 'status', status: sampleStatus(locked) });
}

const parked = samplePayment('unknown', { paymentId: 'p-0415', parked: true, startedAt: sampleNow - 40_000 });

export const staffScenes: readonly Scene[] = [
  { name: 'sign-in', view: 'signIn', status: signedOut, play: press('Numpad1', 'Numpad2', 'Numpad3') },
  { name: 'sign-in-nothing-open', view: 'signIn', status: { ...signedOut, openCount: 0 } },
  {
    name: 'sign-in-wait', view: 'signIn', status: { ...signedOut, staff: sampleStaff('signedOut', 'cashier', { triesLeft: 0, waitUntil: sampleNow + 48_000 }) },
  },
  {
    name: 'lock', view: 'signIn', status: cashier, script: { signIn: { kind: 'wrongPin', triesLeft: 3, message: message('wrongPin', { n: '3' }) } },
    play: then(lockWith, press('Numpad1', 'Numpad2', 'Numpad3', 'Numpad4')),
  },
  {
    name: 'lock-late', view: 'signIn', status: cashier, script: { openPayments: { open: [parked], quiet: [], settledToday: { paid: 0, undone: 0, longestSeconds: 0 }, chain: 'whole' } },
    play: async (stage) => {
      await stage.push({ type: 'status', status: sampleStatus(locked) });
      await stage.pay({ ...samplePayment('paid'), paymentId: parked.paymentId, parked: true, startedAt: parked.startedAt, changedAt: sampleNow + 5000 });
    },
  },
  { name: 'operators', view: 'people', status: owner, script: people, play: then(menu('7', '5'), press('Numpad2', 'Numpad2', 'Numpad2')) },
  { name: 'operators-role', view: 'people', status: owner, script: people, play: then(menu('7', '5'), press('Numpad2', 'Numpad6', 'Numpad6')) },
  { name: 'operators-empty', view: 'people', script: { people: [] }, play: menu('7', '5') },
  { name: 'operators-owner', view: 'people', status: cashier, script: people, play: menu('7', '5') },
  { name: 'person-add', view: 'personAdd', field: true, status: owner, script: people, play: then(menu('7', '5'), press('NumpadAdd'), (stage) => stage.page.fill('[data-field]', '王芳')) },
  { name: 'pin-set', view: 'pinSet', status: owner, script: people, play: then(menu('7', '5'), press('Numpad8', 'Numpad8', 'NumpadMultiply', 'Numpad2', 'Numpad9', 'Numpad4', 'Numpad7', 'Numpad2', 'Numpad9')) },
  {
    name: 'pin-set-easy', view: 'pinSet', status: owner, script: { ...people, setPin: { kind: 'refused', message: message('pinTooEasy') } },
    play: then(menu('7', '5'), press('Numpad8', 'Numpad8', 'NumpadMultiply', ...Array.from({ length: 8 }, () => 'Numpad1'))),
  },
  { name: 'badge-set', view: 'pinSet', status: owner, script: people, play: then(menu('7', '5'), press('Numpad2', 'NumpadMultiply', 'NumpadMultiply')) },
  { name: 'sections', view: 'sale', status: owner, play: menu('7') },
  { name: 'menu-at-work', view: 'sale', status: cashier, play: menu() },
  { name: 'sale-shift-closed', view: 'sale', status: closed, play: (stage) => stage.touch('38.5') },
  {
    name: 'sale-handed-over', view: 'sale', status: cashier, script: { signIn: { kind: 'signedIn', person: { ...sampleWang, role: 'cashier' } } },
    play: async (stage) => {
      await stage.touch('38.5');
      await stage.push({ type: 'scan', scan: { kind: 'badge', scanId: 'scan-9', person: { operatorId: sampleWang.operatorId, name: sampleWang.name, role: 'cashier' } } });
    },
  },
  { name: 'shift-open', view: 'shiftOpen', status: closed, script: { shift: sampleClosedShift }, play: then(menu('5'), press('Numpad5', 'Numpad0', 'Numpad0')) },
  { name: 'shift-open-compared', view: 'shiftOpen', status: closed, script: { shift: sampleClosedShift }, play: then(menu('5'), press('Numpad4', 'Numpad9', 'Numpad0', 'NumpadEnter')) },
  { name: 'shift-open-pieces', view: 'shiftOpen', status: closed, script: { shift: sampleClosedShift }, play: then(menu('5'), press('NumpadMultiply', 'Numpad3', 'NumpadEnter', 'Numpad4')) },
  {
    name: 'shift-open-no-drawer', view: 'shiftOpen', status: closed, play: menu('5'),
    script: { shift: { ...sampleClosedShift, drawer: false, checks: [check('printer', false), check('clock', false), check('backup', false), check('gateways', false, 2)] } },
  },
  { name: 'shift-close', view: 'shiftClose', status: cashier, script: closing, play: counted },
  { name: 'shift-close-no-drawer', view: 'shiftClose', status: cashier, script: { shift: sampleShift({ drawer: false }) }, play: menu('5') },
  {
    name: 'shift-difference', view: 'shiftClose', status: cashier, script: { ...closing, countDrawer: { kind: 'counted', count: sampleCount() } },
    play: then(counted, press('NumpadEnter', 'Numpad1')),
  },
  {
    name: 'shift-exact', view: 'shiftClose', status: cashier, play: then(counted, press('NumpadEnter')),
    script: { ...closing, countDrawer: { kind: 'counted', count: sampleCount({ counted: yuan(74800), differenceMinor: 0, recountUsed: true }) } },
  },
  {
    name: 'shift-difference-other', view: 'shiftClose', field: true, status: cashier, script: { ...closing, countDrawer: { kind: 'counted', count: sampleCount() } },
    play: then(counted, press('NumpadEnter', 'Numpad5'), (stage) => stage.page.fill('[data-field]', '有一张 50 元是假的')),
  },
  {
    name: 'shift-takings', view: 'shiftClose', status: cashier, script: { ...closing, countDrawer: { kind: 'counted', count: sampleCount() } },
    play: then(counted, press('NumpadEnter', 'NumpadMultiply')),
  },
  { name: 'shift-x', view: 'shiftX', status: cashier, script: closing, play: then(menu('5'), press('NumpadMultiply')) },
  { name: 'shift-x-shown', view: 'shiftX', status: cashier, script: { ...closing, xReport: { kind: 'report', report: sampleX(true) } }, play: then(menu('5'), press('NumpadMultiply')) },
  { name: 'shift-x-carried', view: 'shiftX', status: cashier, script: { ...closing, xReport: { kind: 'report', report: { ...sampleX(true), sums: sampleCarriedSums } } }, play: then(menu('5'), press('NumpadMultiply')) },
  { name: 'shift-x-approve', view: 'shiftX', status: cashier, script: closing, play: then(menu('5'), press('NumpadMultiply', 'NumpadMultiply', 'Numpad1', 'Numpad2')) },
  { name: 'pay-in-out', view: 'drawer', status: cashier, script: closing, play: then(menu('5'), press('NumpadAdd', 'Numpad3', 'Numpad0', 'Numpad0', 'NumpadEnter', 'Numpad1')) },
  { name: 'pay-in-out-amount', view: 'drawer', status: cashier, script: closing, play: then(menu('5'), press('NumpadAdd', 'NumpadMultiply', 'Numpad3', 'Numpad0')) },
  {
    name: 'pay-in-out-other', view: 'drawer', field: true, status: cashier, script: closing,
    play: then(menu('5'), press('NumpadAdd', 'Numpad3', 'Numpad0', 'Numpad0', 'NumpadEnter', 'Numpad4'), (stage) => stage.page.fill('[data-field]', '换零钱 5/1')),
  },
  {
    name: 'pay-in-out-pin', view: 'drawer', status: cashier, script: { ...closing, moveCash: { kind: 'wrongPin', triesLeft: 4, message: message('wrongPin', { n: '4' }) } },
    play: then(menu('5'), press('NumpadAdd', 'Numpad3', 'Numpad0', 'Numpad0', 'NumpadEnter', 'Numpad1', 'NumpadEnter', 'Numpad1', 'Numpad2', 'Numpad3', 'Numpad4')),
  },
  {
    name: 'shift-z', view: 'shiftZ', status: closed, script: { shift: sampleClosedAfter, z: sampleZ() }, play: then(menu('5'), press('NumpadAdd')),
  },
  {
    name: 'shift-z-carried', view: 'shiftZ', status: closed, play: then(menu('5'), press('NumpadAdd')),
    script: { shift: sampleClosedAfter, z: { ...sampleZ({ printed: 'interrupted' }), report: { ...sampleZ().report, sums: sampleCarriedSums } } },
  },
  {
    name: 'shift-z-not-printed', view: 'shiftZ', status: closed, play: then(menu('5'), press('NumpadAdd')),
    script: { shift: sampleClosedAfter, z: sampleZ({ printed: 'interrupted', backup: { state: 'failed', folder: '/media/stick/scantill' } }) },
  },
];
