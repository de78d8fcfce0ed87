/** The gateways' settings with keys alone: tabs, fields, secrets, the routing, the test, and what stops a save (CASES 6). */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { SaveSettingsReply, TestGatewayReply } from '../../core/contract/types.ts';
import { bindings, digitUse } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleStatus } from './samples.ts';
import { atWork, sampleStaff } from './samples-shift.ts';
import { sampleHanging, sampleSettings, sampleTest } from './samples-settings.ts';
import { walletsOf } from './settings-routing.ts';
import { tabsOf, type SettingsGatewaysPlace } from './settings-gateways-form.ts';

function opened(): Rehearsal {
  return new Rehearsal(atWork('owner')).keys('/', '7', '2').send({ type: 'reply', name: 'settings', tag: 'settings', reply: { kind: 'settings', settings: sampleSettings() } }).wait(500);
}

function place(till: Rehearsal): SettingsGatewaysPlace {
  if (till.state.place.name !== 'settingsGateways') throw new Error(till.state.place.name);
  return till.state.place;
}

const shouqianba = (): Rehearsal => opened().keys('6').wait(500);
const sent = (till: Rehearsal, name: 'saveSettings' | 'testGateway') => till.asked('call').flatMap((call) => (call.name === name ? [call.request] : []));
const typed = (till: Rehearsal, text: string): Rehearsal => till.send({ type: 'text', text }).wait(500).keys('Enter').wait(500);
const saved = (till: Rehearsal, reply: SaveSettingsReply): Rehearsal => till.send({ type: 'reply', name: 'saveSettings', tag: place(till).sentAs?.commandId ?? '', reply }).wait(500);
const tested = (till: Rehearsal, id: string, reply: TestGatewayReply): Rehearsal => till.send({ type: 'reply', name: 'testGateway', tag: id, reply });
const caps = (till: Rehearsal): readonly string[] => bindings(till.state).map(({ word }) => word);

describe('the tabs', () => {
  it('are the routing, what is on, and what may be switched on', () => {
    expect(tabsOf(place(opened()))).toEqual(['routing', 'shouqianba', 'omipay', 'ums', 'omoney', 'aggregator']);
  });
  it('go round with 4 and 6 while the ring is on them, and stay where something isn’t saved', () => {
    expect(place(opened().keys('4')).tab).toBe('aggregator');
    const till = typed(shouqianba().keys('2', '2', 'Enter'), '777').keys('8', '8', '6');
    expect(place(till).tab).toBe('shouqianba');
    expect(till.state.notice).toMatchObject({ key: 'notice.settingsUnsaved' });
  });
});

describe('a form', () => {
  it('sends only what was changed, once, on Enter', () => {
    const till = typed(shouqianba().keys('2', '2', 'Enter'), ' 100001220031806 ');
    expect(sent(till, 'saveSettings')).toEqual([]);
    expect(sent(till.keys('Enter'), 'saveSettings')).toMatchObject([{ mark: 'mark-1', change: { gateway: { id: 'shouqianba', values: { terminalSn: '100001220031806' } } } }]);
  });
  it('is no change where a value is typed as it stands', () => {
    expect(caps(typed(shouqianba().keys('2', '2', 'Enter'), '100001220024173'))).not.toContain('cap.save');
  });
  it('empties a key', () => {
    const till = typed(shouqianba().keys('2', '2', '2', '2', '2', '2', 'Enter'), '').keys('Enter');
    expect(sent(till, 'saveSettings')).toMatchObject([{ change: { gateway: { values: { supportPhone: null } } } }]);
  });
  it('never shows a secret: it is typed anew, and left alone where nothing is typed', () => {
    const till = shouqianba().keys('2', '2', '2');
    expect(caps(till)).toContain('cap.replace');
    expect(place(till.keys('Enter')).text).toBe('');
    expect(place(typed(till, '')).values).toEqual({});
    const replaced = typed(till.keys('Enter'), 'new-key');
    expect(sent(replaced.keys('Enter'), 'saveSettings')).toMatchObject([{ change: { gateway: { values: { terminalKey: 'new-key' } } } }]);
    expect(JSON.stringify(saved(replaced, { kind: 'saved', settings: sampleSettings({ mark: 'mark-2' }) }).state.place)).not.toContain('new-key');
  });
  it('chooses with 4 and 6 where there is nothing to type', () => {
    const till = shouqianba().keys('2', '2', '2', '2', '2', '6');
    expect(place(till).values).toEqual({ qrPayway: '3' });
    expect(place(till.keys('6', '6')).values).toEqual({});
  });
  it('rings the first wrong field and keeps what was typed', () => {
    const till = saved(typed(shouqianba().keys('2', 'Enter'), 'http://x').keys('Enter'), { kind: 'wrong', problems: [{ key: 'gateways.shouqianba.baseUrl', words: { 'zh-CN': '要以 https:// 开头。', en: 'x' } }] });
    expect(place(till)).toMatchObject({ stage: 'form', ring: 0, values: { baseUrl: 'http://x' } });
  });
  it('digits are movement or text, never both', () => {
    const till = shouqianba().keys('2');
    expect(digitUse(till.state)).toBe('move');
    expect(digitUse(till.keys('Enter').state)).toBe('none');
  });
});

it('a secret that was typed is not left under a locked screen', () => {
  const till = typed(shouqianba().keys('2', '2', '2', 'Enter'), 'new-key');
  expect(JSON.stringify(till.state)).toContain('new-key');
  till.send({ type: 'status', status: sampleStatus(atWork('owner', { staff: sampleStaff('locked', 'owner') })) });
  expect(till.view).toBe('signIn');
  expect(JSON.stringify(till.state)).not.toContain('new-key');
  const half = shouqianba().keys('2', '2', '2', 'Enter').send({ type: 'text', text: 'half-a-key' }).send({ type: 'status', status: sampleStatus(atWork('owner', { staff: sampleStaff('locked', 'owner') })) });
  expect(JSON.stringify(half.state)).not.toContain('half-a-key');
});

describe('the connection test', () => {
  it('tries what stands on the screen, saved or not', () => {
    const till = typed(shouqianba().keys('2', '2', 'Enter'), '777').keys('+');
    expect(sent(till, 'testGateway')).toEqual([{ gateway: 'shouqianba', values: { terminalSn: '777' } }]);
    tested(till, 'shouqianba', { kind: 'tested', test: sampleTest('shouqianba') });
    expect(place(till)).toMatchObject({ testing: [], tests: { shouqianba: { gateway: 'shouqianba' } } });
  });
  it('tries every gateway that is on from the routing’s tab, one after the other', () => {
    const till = opened().keys('Enter');
    expect(sent(till, 'testGateway')).toMatchObject([{ gateway: 'shouqianba' }]);
    tested(till, 'shouqianba', { kind: 'tested', test: sampleTest('shouqianba') });
    expect(sent(till, 'testGateway')).toMatchObject([{ gateway: 'omipay' }]);
    tested(till, 'omipay', { kind: 'tested', test: sampleTest('omipay') });
    expect(place(till).testing).toEqual([]);
  });
  it('rings the key that was refused', () => {
    const till = shouqianba().keys('+');
    tested(till, 'shouqianba', { kind: 'tested', test: sampleTest('shouqianba', { step: 'signature', detail: { kind: 'keyWrong' }, code: 'ILLEGAL_SIGN' }) });
    expect(place(till).ring).toBe(2);
  });
  it('that failed stands in no way of a save, which says so', () => {
    const till = typed(shouqianba().keys('2', '2', 'Enter'), '777').keys('+');
    tested(till, 'shouqianba', { kind: 'tested', test: sampleTest('shouqianba', { step: 'signature', detail: { kind: 'keyWrong' }, code: 'ILLEGAL_SIGN' }) });
    saved(till.wait(500).keys('Enter'), { kind: 'saved', settings: sampleSettings({ mark: 'mark-2' }) });
    expect(till.state.notice).toMatchObject({ key: 'notice.settingsSavedFailing' });
  });
  it('without an answer claims nothing', () => {
    const till = shouqianba().keys('+').send({ type: 'replyLost', name: 'testGateway', tag: 'shouqianba' });
    expect(place(till)).toMatchObject({ testing: [], tests: {} });
    expect(till.state.notice).toMatchObject({ key: 'notice.testUnclear' });
  });
});

describe('the routing', () => {
  it('changes where a wallet goes, among the gateways that take it', () => {
    const till = opened().keys('2', '6').wait(500).keys('Enter');
    expect(sent(till, 'saveSettings')).toMatchObject([{ change: { routing: { cpm: { wechat: 'shouqianba', other: 'shouqianba' } } } }]);
  });
  it('offers as fallback nobody who is down with it', () => {
    const values = ['6', '6', '6', '6'].map((_, presses) => {
      const till = opened().keys('2', '2', '2', '2', '2', '2', ...Array.from({ length: presses }, () => '6' as const));
      return place(till).routing?.fallback.unionpay ?? null;
    });
    expect(new Set(values)).toEqual(new Set(['shouqianba', null]));
  });
  it('puts the gateways that show codes in an order', () => {
    const last = opened().keys(...Array.from({ length: 10 }, () => '2' as const), '6');
    expect(place(last).routing?.mpm).toEqual(['shouqianba']);
  });
});

it('a form tells whose codes the routing sends there', () => {
  const view = sampleSettings();
  expect([walletsOf(view, 'shouqianba'), walletsOf(view, 'omipay'), walletsOf(view, 'ums')]).toEqual([['wechat', 'alipay', 'other'], ['unionpay'], []]);
});

describe('case 6: an identity that something hangs on', () => {
  const stopped = (): Rehearsal => saved(typed(shouqianba().keys('2', '2', 'Enter'), '100001220031806').keys('Enter'), { kind: 'hanging', hanging: sampleHanging });

  it('stops the save: Enter doesn’t change, and what was typed stays', () => {
    const till = stopped();
    expect(place(till).stage).toBe('hanging');
    till.keys('Enter');
    expect(sent(till, 'saveSettings')).toEqual([]);
    expect(place(till)).toMatchObject({ stage: 'form', values: { terminalSn: '100001220031806' } });
  });
  it('is changed by + alone, and the old one is kept', () => {
    expect(sent(stopped().keys('+'), 'saveSettings')).toMatchObject([{ change: { gateway: { id: 'shouqianba', keepFormer: true } } }]);
  });
  it('shows what is open on *', () => {
    expect(stopped().keys('*').view).toMatch(/^open/);
  });
});

it('the PIN is asked for again where the till wants it, and the form stays as it was typed', () => {
  const till = saved(typed(shouqianba().keys('2', '2', 'Enter'), '777').keys('Enter'), { kind: 'approvalNeeded', role: 'owner', message: message('approvalOwner') });
  expect(place(till)).toMatchObject({ stage: 'owner', values: { terminalSn: '777' } });
});
