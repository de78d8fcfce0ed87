/** What holds on every screen of the day: each cap does something, each key stands once, and no digit types. */
import { describe, expect, it } from 'vitest';
import { bindings, digitUse } from './keys.ts';
import type { PartPlace } from './places.ts';
import { openReconcile } from './reconcile.ts';
import { openResult } from './reconcile-result.ts';
import { Rehearsal } from './rehearsal.ts';
import { noSampleRows, sampleAllMatched, sampleDayPage, sampleDayView, sampleEmptyDay, sampleLook, sampleResult, sampleStatements, sampleTask } from './samples-day.ts';
import type { TillScreen } from './state.ts';
import { openToday } from './today.ts';

/** A screen of the day, opened and answered. */
function standing(open: (state: TillScreen) => { readonly state: TillScreen }, answered: (at: PartPlace) => Partial<Record<string, unknown>> = () => ({})): Rehearsal {
  const till = new Rehearsal();
  till.state = open(till.state).state;
  const { place } = till.state;
  if (!('stage' in place)) throw new Error('no screen of the day');
  till.state = { ...till.state, place: { ...place, ...answered(place) } };
  return till.wait(500);
}

const list = (change: Record<string, unknown> = {}): Rehearsal => standing(openToday, (at) => ({
  view: sampleDayView, asking: false, loaded: { ...(at.name === 'today' ? at.loaded : {}), rows: sampleDayPage.rows, next: null, paging: false }, ...change,
}));
const result = (change: Record<string, unknown> = {}): Rehearsal => standing((state) => openResult(state, 'task-1'), () => ({ result: sampleResult, ...change }));
const file = (change: Record<string, unknown> = {}): Rehearsal => standing((state) => openReconcile(state, { name: 'counter' }), () => ({
  files: sampleStatements.files, folders: sampleStatements.folders, folder: sampleStatements.folder, look: sampleLook, looking: false, gateway: 'shouqianba', unit: 'major', ...change,
}));

const screens: readonly (readonly [string, Rehearsal])[] = [
  ['Today', list()], ['Today, a row below', list({ index: 5 })], ['Today, nothing asked yet', standing(openToday)],
  ['Today, empty', list({ view: sampleEmptyDay, loaded: { rows: noSampleRows.rows, next: null, wanted: 0, paging: false, touched: [], told: true } })],
  ['Today, exports', list({ stage: 'export' })], ['Today, exports, several folders', list({ stage: 'export', folders: ['/a', '/b'] })], ['Today, filter', list({ stage: 'filter', draft: { wallet: 'cash' } })],
  ['long work', standing((state) => ({ state: { ...state, place: { name: 'progress', stage: 'running', task: sampleTask(), days: null, back: { name: 'counter' } } } }))],
  ['the file', file()], ['the file, unclear', file({ gateway: null, unit: null, look: { ...sampleLook, gateway: null, amountUnit: null } })], ['no file', file({ files: [], look: null, gateway: null })],
  ['the result', result()], ['the result, missing here', result({ index: 1 })], ['the result, all matched', result({ result: sampleAllMatched })], ['the result, gone', result({ result: 'gone' })],
  ['a note', result({ stage: 'note' })], ['a sentence', result({ stage: 'sentence', sentence: 'x' })],
];

describe.each(screens)('%s', (_, till) => {
  it('does something for each of its caps', () => {
    for (const binding of bindings(till.state)) {
      const other = Object.assign(Object.create(Rehearsal.prototype) as Rehearsal, till);
      other.keys(binding.key === '82' ? 'down' : binding.key === '46' ? 'left' : binding.key);
      expect(other.asked('sound').filter((request) => request.sound === 'tick'), `${binding.key} ${binding.word}`).toEqual([]);
    }
  });
  it('has each key once and one filled cap at most', () => {
    const keys = bindings(till.state).map((binding) => binding.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(bindings(till.state).filter((binding) => binding.primary).length).toBeLessThanOrEqual(1);
  });
  it('has a way back, and types no digit into an amount', () => {
    expect(bindings(till.state).some((binding) => binding.key === '-' || binding.key === 'Enter')).toBe(true);
    const other = Object.assign(Object.create(Rehearsal.prototype) as Rehearsal, till).keys('5');
    expect(other.state.entry).toEqual(till.state.entry);
    expect(digitUse(till.state)).not.toBe('amount');
  });
});
