/** How each screen of machine/parts.ts is drawn, named in the top bar and read aloud. */
import type { ReactElement } from 'react';
import { partAt } from '../machine/parts.ts';
import type { PartName, PartPlace, PlaceOf } from '../machine/places.ts';
import type { TillScreen } from '../machine/state.ts';
import type { Said } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { progressLook } from './progress.tsx';
import { reconcileLook, reconcileResultLook } from './reconcile.tsx';
import { todayLook } from './today.tsx';
import { cashChangeLook, cashReceivedLook } from './cash.tsx';
import { findLook } from './find.tsx';
import { paymentDetailLook } from './payment-detail.tsx';
import { orderNumberLook } from './order-number.tsx';
import { recordLook } from './record.tsx';
import { refundLook } from './refund.tsx';
import { refundResultLook } from './refund-result.tsx';
import { drawerLook } from './drawer.tsx';
import { peopleLook } from './people.tsx';
import { personAddLook, pinSetLook } from './pin-set.tsx';
import { settingsGatewaysLook } from './settings-gateways.tsx';
import { settingsLinesLook } from './settings-lines.tsx';
import { shiftCloseLook } from './shift-close.tsx';
import { shiftOpenLook } from './shift-open.tsx';
import { shiftXLook } from './shift-x.tsx';
import { shiftZLook } from './shift-z.tsx';
import { signInLook } from './sign-in.tsx';

/** What a screen reader says: `urgent` at once, `polite` in a pause. */
export interface PartWords {
  readonly urgent?: string;
  readonly polite?: string;
}

export interface PartLook<At extends PartPlace = PartPlace> {
  /** The screen's name in the top bar. */
  readonly title: WordKey;
  /** Where it has several: the one for what stands. */
  titleOf?(at: At): WordKey;
  /** True where nothing stands over the word: no top bar. */
  bare?(at: At): boolean;
  /** True where the caps stand in the content, under what it says. */
  railless?(at: At): boolean;
  draw(at: At, state: TillScreen): ReactElement | null;
  words?(at: At, state: TillScreen, said: Said): PartWords;
}

const looks: { readonly [Name in PartName]: PartLook<PlaceOf<Name>> } = {
  signIn: signInLook,
  people: peopleLook,
  personAdd: personAddLook,
  pinSet: pinSetLook,
  settingsLines: settingsLinesLook,
  settingsGateways: settingsGatewaysLook,
  shiftOpen: shiftOpenLook,
  shiftClose: shiftCloseLook,
  shiftX: shiftXLook,
  shiftZ: shiftZLook,
  drawer: drawerLook,
  today: todayLook,
  progress: progressLook,
  reconcile: reconcileLook,
  reconcileResult: reconcileResultLook,
  cashReceived: cashReceivedLook,
  cashChange: cashChangeLook,
  find: findLook,
  paymentDetail: paymentDetailLook,
  refund: refundLook,
  refundResult: refundResultLook,
  record: recordLook,
  orderNumber: orderNumberLook,
};

export function PartScreen({ state }: { readonly state: TillScreen }): ReactElement | null {
  const at = partAt(state)?.at;
  return at ? lookOf(at).draw(at, state) : null;
}

export function isBare(state: TillScreen): boolean {
  const at = partAt(state)?.at;
  return at ? lookOf(at).bare?.(at) ?? false : false;
}

export function isRailless(state: TillScreen): boolean {
  const at = partAt(state)?.at;
  return at ? lookOf(at).railless?.(at) ?? false : false;
}

export function titleWord(state: TillScreen): WordKey {
  const at = partAt(state)?.at;
  if (!at) return 'screen.sale';
  const look = lookOf(at);
  return look.titleOf?.(at) ?? look.title;
}

export function partWords(state: TillScreen, said: Said): PartWords | null {
  const at = partAt(state)?.at;
  return at && state.menu === 'closed' ? { urgent: '', polite: '', ...lookOf(at).words?.(at, state, said) } : null;
}

function lookOf(at: PartPlace): PartLook {
  return looks[at.name];
}
