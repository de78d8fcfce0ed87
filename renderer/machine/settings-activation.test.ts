/** Activating a terminal with keys alone: four fields, one request, and nothing left of what was typed (CASES 32). */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { ActivateTerminalReply } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleStatus } from './samples.ts';
import { atWork, sampleStaff } from './samples-shift.ts';
import { sampleSettings } from './samples-settings.ts';
import type { SettingsGatewaysPlace } from './settings-gateways-form.ts';

const typed = (till: Rehearsal, text: string): Rehearsal => till.send({ type: 'text', text }).wait(500).keys('Enter').wait(500);
const caps = (till: Rehearsal): readonly string[] => bindings(till.state).map(({ word }) => word);
const sent = (till: Rehearsal) => till.asked('call').flatMap((call) => (call.name === 'activateTerminal' ? [call.request] : []));

function place(till: Rehearsal): SettingsGatewaysPlace {
  if (till.state.place.name !== 'settingsGateways') throw new Error(till.state.place.name);
  return till.state.place;
}

/** On the first gateway's tab. */
function tab(): Rehearsal {
  return new Rehearsal(atWork('owner')).keys('/', '7', '2').send({ type: 'reply', name: 'settings', tag: 'settings', reply: { kind: 'settings', settings: sampleSettings() } }).wait(500).keys('6').wait(500);
}

const opened = (): Rehearsal => tab().keys('*').wait(500);
const filled = (): Rehearsal => ['12345678', '2016', 'vendor-1', 'vendor-key-1'].reduce((till, text) => typed(till.keys('Enter'), text), opened());
const answered = (till: Rehearsal, reply: ActivateTerminalReply): Rehearsal => till.send({ type: 'reply', name: 'activateTerminal', tag: place(till).sentAs?.commandId ?? '', reply }).wait(500);

describe('an activation', () => {
  it('is offered where a gateway has terminals, and nowhere else', () => {
    expect(caps(tab())).toContain('cap.activate');
    expect(caps(tab().keys('6').wait(500))).not.toContain('cap.activate');
    // The key is replaced with the same cap, as the test's words say.
    expect(caps(tab().keys('2', '2', '2'))).toContain('cap.replace');
    expect(caps(tab().keys('2', '2', '2'))).not.toContain('cap.activate');
  });
  it('is filled field by field with Enter, and sent once all stand there', () => {
    const till = filled();
    expect(place(till).ring).toBe(3);
    expect(sent(till)).toEqual([]);
    expect(sent(till.keys('Enter'))).toMatchObject([{ gateway: 'shouqianba', values: {}, activation: { code: '12345678', appId: '2016', vendorSn: 'vendor-1', vendorKey: 'vendor-key-1' } }]);
    expect(sent(till.keys('Enter'))).toEqual([]);
  });
  it('takes along what was typed on the gateway’s form', () => {
    const till = ['12345678', '2016', 'vendor-1', 'vendor-key-1'].reduce((one, text) => typed(one.keys('Enter'), text), typed(tab().keys('2', 'Enter'), 'https://other.example').keys('8').wait(500).keys('*').wait(500));
    expect(sent(till.keys('Enter'))).toMatchObject([{ values: { baseUrl: 'https://other.example' } }]);
    expect(JSON.stringify(sent(till)[0]?.values)).not.toContain('vendor');
  });
  it('shows the number, and keeps nothing of what was typed', () => {
    const till = answered(filled().keys('Enter'), { kind: 'activated', number: '100000330001', settings: sampleSettings({ mark: 'mark-2' }), message: message('terminalActivated', { n: '100000330001' }) });
    expect(place(till)).toMatchObject({ form: 'settings', stage: 'form', values: {} });
    expect(till.state.notice).toMatchObject({ kind: 'done', values: { number: '100000330001' } });
    expect(JSON.stringify(till.state)).not.toContain('vendor-key-1');
  });
  it('that was refused keeps the form, with the gateway’s own words', () => {
    const till = answered(filled().keys('Enter'), { kind: 'notActivated', message: message('activationCodeRefused'), code: '400/INVALID_PARAMS', words: '激活码已过期' });
    expect(place(till)).toMatchObject({ form: 'activation', stage: 'form', said: '激活码已过期' });
    expect(till.state.notice).toMatchObject({ message: { key: 'activationCodeRefused' } });
    expect(place(till).values['activation.code']).toBe('12345678');
  });
  it('rings the first field that is wrong', () => {
    const till = answered(filled().keys('Enter'), { kind: 'wrong', problems: [{ key: 'gateways.shouqianba.activation.vendorSn', words: { 'zh-CN': '不能为空。', en: 'Must not be empty.' } }] });
    expect(place(till)).toMatchObject({ form: 'activation', ring: 2 });
  });
  it('without an answer claims nothing', () => {
    const till = filled().keys('Enter');
    till.send({ type: 'replyLost', name: 'activateTerminal', tag: place(till).sentAs?.commandId ?? '' });
    expect(place(till)).toMatchObject({ form: 'activation', stage: 'form', sentAs: null });
    expect(till.state.notice).toMatchObject({ key: 'notice.activationUnclear' });
  });
  it('is left with −, and forgotten', () => {
    const till = filled().keys('-');
    expect(place(till)).toMatchObject({ form: 'settings', values: {}, ring: -1 });
  });
  it('leaves nothing of what was typed for it under a locked screen', () => {
    const locked = (till: Rehearsal): Rehearsal => till.send({ type: 'status', status: sampleStatus(atWork('owner', { staff: sampleStaff('locked', 'owner') })) });
    const till = locked(filled());
    for (const one of ['12345678', 'vendor-1', 'vendor-key-1']) expect(JSON.stringify(till.state)).not.toContain(one);
    expect(JSON.stringify(locked(opened().keys('Enter').send({ type: 'text', text: '87654321' })).state)).not.toContain('87654321');
    // What is no secret is still there for the one who comes back.
    expect(JSON.stringify(locked(typed(tab().keys('2', 'Enter'), 'https://other.example')).state)).toContain('https://other.example');
  });
});
