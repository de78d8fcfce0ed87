/** Today, as the frame knows it: its name, what is read aloud, and the screen itself, loaded when it is first gone to. */
import { lazy } from 'react';
import { makeAmount } from '../../core/money/amount.ts';
import { dayHead } from '../machine/day-sums.ts';
import { ringedRow, type TodayPlace } from '../machine/today.ts';
import { Late } from '../parts/late.tsx';
import { rowWords } from '../words/day-words.ts';
import { clockText } from '../words/format.ts';
import { spokenAmount } from '../words/spoken.ts';
import type { PartLook } from './parts.tsx';

const TodayScreen = lazy(() => import('./today-screen.tsx'));

export const todayLook: PartLook<TodayPlace> = {
  title: 'screen.today',
  draw: (at, state) => <Late><TodayScreen at={at} state={state} /></Late>,
  words(at, state, { t, locale }) {
    const row = ringedRow(at);
    if (at.index > 0 && row) {
      return { polite: t('say.dayRow', { stage: rowWords(t, row), amount: spokenAmount(row.amount, locale), time: clockText(row.at, state.status?.timezone, 'minutes') }) };
    }
    if (!at.view || !state.status) return {};
    const { main } = dayHead(at.view.totals, state.status.currency);
    const open = at.view.totals.open.reduce((sum, { count }) => sum + count, 0);
    return { polite: t('say.today', { amount: spokenAmount(makeAmount(main.netMinor, main.currency), locale), count: main.sales, open }) };
  },
};
