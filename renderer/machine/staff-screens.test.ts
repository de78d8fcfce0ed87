/** Tests of every staff and shift screen at once: each cap has its handler, no key is there twice, a digit is one thing only. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import { bindings, digitUse, type PadKey } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleHanging, sampleSettings } from './samples-settings.ts';
import { atWork, sampleClosedShift, sampleCount, samplePeople, sampleShift, sampleStaff, sampleX, sampleZ } from './samples-shift.ts';

type Keys = readonly PadKey[];

function press(till: Rehearsal, ...keys: Keys): Rehearsal {
  for (const key of keys) till.wait(500).keys(key);
  return till;
}

const people = (...keys: Keys): Rehearsal => press(new Rehearsal(atWork('owner')).keys('/', '7', '5').send({ type: 'reply', name: 'people', tag: 'people', reply: samplePeople }), ...keys);
const opening = (...keys: Keys): Rehearsal => press(new Rehearsal(atWork('cashier', { shift: null })).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftOpen', reply: sampleClosedShift }), ...keys);
const closing = (...keys: Keys): Rehearsal => press(new Rehearsal(atWork()).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: sampleShift() }), ...keys);

function differing(...keys: Keys): Rehearsal {
  const shift = sampleShift();
  const counted = { ...shift, current: shift.current && { ...shift.current, count: sampleCount() } };
  return press(new Rehearsal(atWork()).keys('/', '5').send({ type: 'reply', name: 'shift', tag: 'shiftClose', reply: counted }), ...keys);
}

function shownX(...keys: Keys): Rehearsal {
  return press(closing('*').send({ type: 'reply', name: 'xReport', tag: 'x', reply: { kind: 'report', report: sampleX() } }), ...keys);
}

const settingLines = (section: '3' | '4', ...keys: Keys): Rehearsal => press(new Rehearsal(atWork('owner')).keys('/', '7', section).send({ type: 'reply', name: 'settings', tag: 'settings', reply: { kind: 'settings', settings: sampleSettings() } }), ...keys);

const gatewaySettings = (...keys: Keys): Rehearsal => press(new Rehearsal(atWork('owner')).keys('/', '7', '2').send({ type: 'reply', name: 'settings', tag: 'settings', reply: { kind: 'settings', settings: sampleSettings() } }), ...keys);

function stoppedIdentity(): Rehearsal {
  const till = press(gatewaySettings('6', '2', '2', 'Enter').send({ type: 'text', text: '777' }), 'Enter', 'Enter');
  const call = till.asked('call').find((request) => request.name === 'saveSettings');
  return till.send({ type: 'reply', name: 'saveSettings', tag: call?.tag ?? '', reply: { kind: 'hanging', hanging: sampleHanging } });
}

const screens: Readonly<Record<string, () => Rehearsal>> = {
  'sign in': () => new Rehearsal({ staff: sampleStaff('signedOut') }).keys('1', '2'),
  lock: () => new Rehearsal(atWork('cashier', { staff: sampleStaff('locked') })),
  'people, nobody yet': () => new Rehearsal().keys('/', '7', '5').send({ type: 'reply', name: 'people', tag: 'people', reply: [] }),
  people: () => people(),
  'people, unsaved': () => people('2', '6'),
  'people, the owner first': () => new Rehearsal(atWork()).keys('/', '7', '5', '1'),
  'a new person': () => people('+').send({ type: 'text', text: '王芳' }),
  'a PIN': () => people('2', '*'),
  'a PIN, half': () => people('2', '*', '1', '2', '3', '4', '1'),
  'a badge': () => people('2', '*', '*'),
  'shift open': () => opening('5', '00'),
  'shift open, compared': () => opening('4', '9', '0', 'Enter'),
  'shift open, piece by piece': () => opening('*', '3', 'Enter'),
  'shift close': () => closing('3'),
  'shift close, second row': () => closing('3', 'Enter'),
  difference: () => differing('1'),
  'difference, a sentence': () => differing('5').send({ type: 'text', text: '假币' }),
  takings: () => differing('*'),
  X: () => shownX(),
  'X, approving': () => shownX('*', '1'),
  'cash out': () => closing('+', '3'),
  'cash out, why': () => closing('+', '3', 'Enter', '1'),
  'cash out, other': () => closing('+', '3', 'Enter', '4').send({ type: 'text', text: '水费' }),
  'cash out, who': () => closing('+', '3', 'Enter', '1', 'Enter', '7'),
  Z: () => opening('+').send({ type: 'reply', name: 'z', tag: 'z213', reply: sampleZ() }),
  'sale, shift closed': () => new Rehearsal(atWork('cashier', { shift: null })).keys('5'),
  menu: () => new Rehearsal(atWork()).keys('/'),
  settings: () => new Rehearsal(atWork()).keys('/', '7'),
  'settings, the owner first': () => new Rehearsal(atWork()).keys('/', '7', '3', '1'),
  'settings, reasons': () => settingLines('3'),
  'settings, reasons in another order': () => settingLines('3', '6'),
  'settings, a reason typed': () => settingLines('3', '+').send({ type: 'text', text: '包装破损' }),
  'settings, routing': () => gatewaySettings(),
  'settings, routing changed': () => gatewaySettings('2', '6'),
  'settings, a gateway': () => gatewaySettings('6', '2'),
  'settings, a gateway’s choice': () => gatewaySettings('6', '2', '2', '2', '2'),
  'settings, a gateway changed': () => press(gatewaySettings('6', '2', '2', 'Enter').send({ type: 'text', text: '777' }), 'Enter'),
  'settings, an identity stopped': stoppedIdentity,
  'settings, receipt': () => settingLines('4', '2', '2'),
};

describe.each(Object.keys(screens))('%s', (name) => {
  const build = (): Rehearsal => (screens[name] ?? ((): Rehearsal => new Rehearsal()))().wait(500);

  it('does something for each of its caps', () => {
    for (const binding of bindings(build().state)) {
      const till = build().keys(binding.key === '82' ? 'down' : binding.key === '46' ? 'right' : binding.key);
      expect(till.asked('sound'), `${binding.key} ${binding.word}`).toEqual([]);
    }
  });
  it('has each key once, and one filled cap at most', () => {
    const keys = bindings(build().state).map((binding) => binding.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(bindings(build().state).filter((binding) => binding.primary === true).length).toBeLessThanOrEqual(1);
  });
  it('leaves the sale’s amount alone where digits are something else', () => {
    const till = build();
    const use = digitUse(till.state);
    const before = JSON.stringify(till.state.entry);
    till.keys('2');
    if (use !== 'amount') expect(JSON.stringify(till.state.entry)).toBe(before);
    if (use === 'none') expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'tick' }]);
  });
});

it('a refusal of the till is said and leaves the screen', () => {
  const till = opening('5', '00', 'Enter');
  const call = till.asked('call').find((request) => request.name === 'openShift');
  till.send({ type: 'reply', name: 'openShift', tag: call?.tag ?? '', reply: { kind: 'refused', message: message('shiftAlreadyOpen') } });
  expect(till.state).toMatchObject({ place: { name: 'shiftOpen', stage: 'float' }, notice: { message: { key: 'shiftAlreadyOpen' } } });
});
