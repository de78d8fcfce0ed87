/** Digits that choose or move: the menu, this screen's settings, and the rows of Open. */
import type { Preferences } from '../../core/contract/types.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { goOpen, openPhone, otherList } from './actions.ts';
import { refused, stay, type Step } from './inputs.ts';
import { openFind } from './find.ts';
import type { PadKey } from './keys.ts';
import type { TillScreen } from './state.ts';
import { openPeople } from './people.ts';
import { openSettingsGateways } from './settings-gateways.ts';
import { openSettingsLines } from './settings-lines.ts';
import { openShift } from './shift-close.ts';
import { lockNow, mayLock } from './sign-in.ts';
import { openToday } from './today.ts';
import { openList } from './view.ts';

export interface Choice {
  readonly digit: '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
  readonly word: WordKey;
  /** What is set now, for the settings. */
  readonly value?: WordKey;
  readonly choose: (state: TillScreen) => Step;
}

/** What `/` lists: the screens that exist, on the digits they will always have. */
export function menuChoices(standing: TillScreen): readonly Choice[] {
  const { status } = standing;
  const phone: readonly Choice[] = status && status.phoneUrl !== null ? [{ digit: '9', word: 'menu.phone', choose: openPhone }] : [];
  return [
    { digit: '0', word: 'menu.sale', choose: (state) => stay({ ...state, menu: 'closed', place: { name: 'counter' } }) },
    { digit: '1', word: 'menu.open', choose: goOpen },
    { digit: '2', word: 'menu.find', choose: (state) => openFind(state) },
    { digit: '3', word: 'menu.refund', choose: (state) => openFind(state, { kind: 'words', key: 'notice.refundHow' }) },
    { digit: '4', word: 'menu.today', choose: openToday },
    { digit: '5', word: status?.shift ? 'menu.shiftClose' : 'menu.shiftOpen', choose: openShift },
    { digit: '7', word: 'menu.settings', choose: (state) => stay({ ...state, menu: 'sections' }) },
    ...(mayLock(standing) ? [{ digit: '8', word: 'menu.lock', choose: lockNow } as const] : []),
    ...phone,
  ];
}

/** The settings that exist, on the digits they will always have. */
export const sectionChoices: readonly Choice[] = [
  { digit: '2', word: 'sections.gateways', choose: openSettingsGateways },
  { digit: '3', word: 'sections.payments', choose: (state) => openSettingsLines(state, 'reasons') },
  { digit: '4', word: 'sections.receipt', choose: (state) => openSettingsLines(state, 'receipt') },
  { digit: '5', word: 'menu.people', choose: (state) => openPeople(state) },
  { digit: '6', word: 'menu.screen', choose: (state) => stay({ ...state, menu: 'settings' }) },
];

/** The lines of the menu that is open. */
export function openChoices(state: TillScreen): readonly Choice[] {
  if (state.menu === 'sections') return sectionChoices;
  return state.menu === 'settings' ? settingsChoices(state) : menuChoices(state);
}

/** What this screen remembers of itself; never money. */
export function settingsChoices(state: TillScreen): readonly Choice[] {
  const { preferences } = state;
  const locale = preferences.locale ?? state.status?.locale ?? 'zh-CN';
  return [
    { digit: '1', word: 'settings.language', value: `settings.language.${locale}`, choose: sets({ locale: locale === 'en' ? 'zh-CN' : 'en' }) },
    { digit: '2', word: 'settings.theme', value: `settings.theme.${preferences.theme}`, choose: sets({ theme: nextTheme[preferences.theme] }) },
    { digit: '3', word: 'settings.keypad', value: `settings.keypad.${preferences.keypad}`, choose: sets({ keypad: preferences.keypad === 'shown' ? 'hidden' : 'shown' }) },
    {
      digit: '4', word: 'settings.amountEntry', value: `settings.amountEntry.${preferences.amountEntry}`,
      choose: sets({ amountEntry: preferences.amountEntry === 'decimalPoint' ? 'centsFirst' : 'decimalPoint' }),
    },
    { digit: '5', word: 'settings.volume', value: volumeWord(preferences.volume), choose: louder },
  ];
}

export function chooseDigit(state: TillScreen, key: PadKey): Step {
  return openChoices(state).find((choice) => choice.digit === key)?.choose(state) ?? refused(state);
}

/** `8` `2` move the ring by a row, `4` `6` change the list. */
export function moveRing(state: TillScreen, key: PadKey): Step {
  if (state.place.name !== 'open') return refused(state);
  if (key === '4' || key === '6' || key === 'left' || key === 'right') return listHasRows(state) ? stay(otherList(state)) : refused(state);
  const by = key === '8' || key === 'up' ? -1 : key === '2' || key === 'down' ? 1 : 0;
  const rows = openList(state).length;
  if (by === 0 || rows < 2) return refused(state);
  const index = (state.place.index + by + rows) % rows;
  return stay({ ...state, place: { ...state.place, index }, detail: null });
}

const nextTheme = { system: 'light', light: 'dark', dark: 'system' } as const;
const volumes = [0, 30, 60, 100] as const;

function volumeWord(volume: number): WordKey {
  if (volume === 0) return 'settings.volume.off';
  if (volume <= 30) return 'settings.volume.quiet';
  return volume <= 60 ? 'settings.volume.middle' : 'settings.volume.loud';
}

function louder(state: TillScreen): Step {
  const next = volumes.find((volume) => volume > state.preferences.volume) ?? 0;
  const step = sets({ volume: next })(state);
  return { ...step, requests: [...step.requests, { kind: 'sound', sound: 'paid' }] };
}

function sets(change: Partial<Preferences>): (state: TillScreen) => Step {
  return (state) => {
    const preferences = { ...state.preferences, ...change };
    // Typed digits mean something else in the other way of typing: the amount starts again rather than change by itself.
    const entry = preferences.amountEntry === state.preferences.amountEntry ? state.entry : { lines: state.entry.lines, typed: '' };
    return stay({ ...state, preferences, entry }, { kind: 'savePreferences', preferences });
  };
}

function listHasRows(state: TillScreen): boolean {
  if (state.place.name !== 'open' || !state.openPayments) return false;
  return state.openPayments[state.place.list === 'open' ? 'quiet' : 'open'].length > 0;
}
