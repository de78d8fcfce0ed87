/** How each screen of machine/parts.ts is drawn, named in the top bar and read aloud. */
import type { ReactElement } from 'react';
import { partAt } from '../machine/parts.ts';
import type { PartName, PartPlace, PlaceOf } from '../machine/places.ts';
import type { TillScreen } from '../machine/state.ts';
import type { Said } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { cashChangeLook, cashReceivedLook } from './cash.tsx';

/** What a screen reader says: `urgent` at once, `polite` in a pause. */
export interface PartWords {
  readonly urgent?: string;
  readonly polite?: string;
}

export interface PartLook<At extends PartPlace = PartPlace> {
  /** The screen's name in the top bar. */
  readonly title: WordKey;
  /** True where nothing stands over the word: no top bar. */
  bare?(at: At): boolean;
  draw(at: At, state: TillScreen): ReactElement | null;
  words?(at: At, state: TillScreen, said: Said): PartWords;
}

const looks: { readonly [Name in PartName]: PartLook<PlaceOf<Name>> } = {
  cashReceived: cashReceivedLook,
  cashChange: cashChangeLook,
};

export function PartScreen({ state }: { readonly state: TillScreen }): ReactElement | null {
  const at = partAt(state)?.at;
  return at ? lookOf(at).draw(at, state) : null;
}

export function isBare(state: TillScreen): boolean {
  const at = partAt(state)?.at;
  return at ? lookOf(at).bare?.(at) ?? false : false;
}

export function titleWord(state: TillScreen): WordKey {
  const at = partAt(state)?.at;
  return at ? lookOf(at).title : 'screen.sale';
}

export function partWords(state: TillScreen, said: Said): PartWords | null {
  const at = partAt(state)?.at;
  return at && state.menu === 'closed' ? { urgent: '', polite: '', ...lookOf(at).words?.(at, state, said) } : null;
}

function lookOf(at: PartPlace): PartLook {
  return looks[at.name];
}
