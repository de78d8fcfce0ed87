/** Reasons and receipt lines: seen, added, changed, removed and put in order with keys alone; saved once, by an owner. */
import { describe, expect, it } from 'vitest';
import { message } from '../../core/contract/messages.ts';
import type { SaveSettingsReply, SettingsReply } from '../../core/contract/types.ts';
import { bindings } from './keys.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleStatus } from './samples.ts';
import { samplePeople, atWork } from './samples-shift.ts';
import { sampleSettings } from './samples-settings.ts';
import type { SettingsLinesPlace } from './settings-lines.ts';

const settings = (reply: SettingsReply = { kind: 'settings', settings: sampleSettings() }) => ({ type: 'reply', name: 'settings', tag: 'settings', reply } as const);

function opened(section: '3' | '4' = '3', status = atWork('owner')): Rehearsal {
  return new Rehearsal(status).keys('/', '7', section).send(settings()).wait(500);
}

function place(till: Rehearsal): SettingsLinesPlace {
  if (till.state.place.name !== 'settingsLines') throw new Error(till.state.place.name);
  return till.state.place;
}

const lines = (till: Rehearsal): readonly (readonly string[])[] => place(till).lists.map((list) => list.lines);
const saved = (till: Rehearsal) => till.asked('call').flatMap((call) => (call.name === 'saveSettings' ? [call.request] : []));
const typed = (till: Rehearsal, text: string): Rehearsal => till.send({ type: 'text', text }).wait(500).keys('Enter').wait(500);
const answer = (till: Rehearsal, reply: SaveSettingsReply): Rehearsal => till.send({ type: 'reply', name: 'saveSettings', tag: place(till).sentAs?.commandId ?? '', reply });

describe('the reasons of refunds', () => {
  it('are read before anything is shown', () => {
    const till = new Rehearsal(atWork('owner')).keys('/', '7', '3');
    expect(till.asked('call')).toMatchObject([{ name: 'settings' }]);
    expect(bindings(till.state).map((binding) => binding.key)).toEqual(['/', '-']);
    expect(lines(till.send(settings()))).toEqual([['拿错商品', '顾客不要了', '价格打错']]);
  });

  it('get one more at the end', () => {
    const till = typed(opened().keys('+'), '  包装破损 ');
    expect(lines(till)).toEqual([['拿错商品', '顾客不要了', '价格打错', '包装破损']]);
    expect(saved(till)).toEqual([]);
    expect(saved(till.keys('Enter'))).toMatchObject([{ mark: 'mark-1', change: { refundReasons: ['拿错商品', '顾客不要了', '价格打错', '包装破损'] } }]);
  });

  it('are changed where they stand, and go when they are emptied', () => {
    expect(lines(typed(opened().keys('2', 'Enter'), '顾客改主意'))).toEqual([['拿错商品', '顾客改主意', '价格打错']]);
    expect(lines(typed(opened().keys('2', 'Enter'), ' '))).toEqual([['拿错商品', '价格打错']]);
  });

  it('are put in another order with 4 and 6, and the ring goes along', () => {
    const till = opened().keys('2', '4');
    expect(lines(till)).toEqual([['顾客不要了', '拿错商品', '价格打错']]);
    expect(place(till).ring.line).toBe(0);
    expect(lines(till.keys('6', '6'))).toEqual([['拿错商品', '价格打错', '顾客不要了']]);
  });

  it('stay as they were where the change is not saved', () => {
    const till = typed(opened().keys('+'), '包装破损').keys('-');
    expect(lines(till)).toEqual([['拿错商品', '顾客不要了', '价格打错']]);
    expect(till.wait(500).keys('-').view).toBe('sale');
  });

  it('leave a line alone that is being typed', () => {
    const till = opened().keys('Enter').send({ type: 'text', text: 'x' }).wait(500).keys('-');
    expect(lines(till)[0]?.[0]).toBe('拿错商品');
  });

  it('are eight at most: a digit for each on the refund’s screen', () => {
    const full = sampleSettings({ refundReasons: Array.from({ length: 8 }, (_, index) => `原因 ${index}`) });
    const till = new Rehearsal(atWork('owner')).keys('/', '7', '3').send(settings({ kind: 'settings', settings: full })).wait(500);
    expect(bindings(till.state).map((binding) => binding.key)).not.toContain('+');
  });
});

describe('the receipt', () => {
  it('has a heading and a closing line, each with room for one more', () => {
    const till = typed(opened('4').keys('2', 'Enter'), '周日休息');
    expect(lines(till)).toEqual([['人民路 18 号 · 0571-8800 1234', '周日休息'], ['谢谢光临']]);
    expect(saved(till.keys('Enter'))).toMatchObject([{ change: { receipt: { header: ['人民路 18 号 · 0571-8800 1234', '周日休息'], footer: ['谢谢光临'] } } }]);
  });
});

describe('a save', () => {
  const sent = (): Rehearsal => typed(opened().keys('+'), '包装破损').keys('Enter');

  it('waits for the till’s word, and says it', () => {
    const till = sent();
    expect(bindings(till.state)).toEqual([]);
    answer(till, { kind: 'saved', settings: sampleSettings({ mark: 'mark-2', refundReasons: ['a'] }) });
    expect(place(till)).toMatchObject({ stage: 'form', view: { mark: 'mark-2' } });
    expect(till.state.notice).toMatchObject({ kind: 'done', key: 'notice.settingsSaved' });
  });

  it('whose answer was lost is sent once more under the same number', () => {
    const till = sent();
    const [first] = saved(till);
    till.lose('saveSettings').wait(500).keys('Enter');
    expect(saved(till)).toEqual([first]);
  });

  it('over somebody else’s change shows what stands now', () => {
    const till = answer(sent(), { kind: 'changedMeanwhile', settings: sampleSettings({ mark: 'mark-9', refundReasons: ['theirs'] }), message: message('settingsChangedMeanwhile') });
    expect(lines(till)).toEqual([['theirs']]);
    expect(till.state.notice).toMatchObject({ message: { key: 'settingsChangedMeanwhile' } });
  });

  it('that is wrong rings the line, and the rest stays typed', () => {
    const till = answer(sent(), { kind: 'wrong', problems: [{ key: 'refund.reasons[3]', words: { 'zh-CN': '最多 200 个字符。', en: 'at most 200.' } }] });
    expect(place(till)).toMatchObject({ stage: 'form', ring: { line: 3 }, lists: [{ lines: [expect.anything(), expect.anything(), expect.anything(), '包装破损'] }] });
  });

  it('that needs the PIN again keeps what was typed', () => {
    const till = answer(sent(), { kind: 'approvalNeeded', role: 'owner', message: message('approvalOwner') });
    expect(place(till).stage).toBe('owner');
    till.keys('7', '3', '9', '1');
    expect(till.asked('call')).toMatchObject([{ name: 'signIn', request: { approval: { kind: 'pin', pin: '7391' } } }]);
    const owner = samplePeople[0];
    if (!owner) throw new Error('no owner');
    till.send({ type: 'reply', name: 'signIn', tag: 'settings', reply: { kind: 'signedIn', person: owner } });
    expect(place(till).stage).toBe('loading');
    till.send(settings());
    expect(lines(till)).toEqual([['拿错商品', '顾客不要了', '价格打错', '包装破损']]);
  });
});

describe('who may', () => {
  it('is an owner: others find the PIN asked for', () => {
    const till = new Rehearsal(atWork('cashier')).keys('/', '7', '3');
    expect(place(till).stage).toBe('owner');
    expect(till.asked('call')).toEqual([]);
  });

  it('is anybody while nobody was added', () => {
    expect(place(new Rehearsal().keys('/', '7', '3')).stage).toBe('loading');
  });

  it('ends when the till is handed over to somebody else', () => {
    const till = typed(opened().keys('+'), 'x').send({ type: 'status', status: sampleStatus(atWork('cashier')) });
    expect(place(till)).toMatchObject({ stage: 'owner', lists: [] });
  });
});
