/** What lies over Today: exports and reconciling on `+`, what the list is narrowed to on `5`. Every line on its digit, or ringed. */
import type { ReactElement } from 'react';
import { shopDayOf, spanOf } from '../machine/days.ts';
import type { TillScreen } from '../machine/state.ts';
import { lastReconciled } from '../machine/tasks.ts';
import { linesOf, type TodayPlace } from '../machine/today.ts';
import { exportFolder } from '../machine/today-export.ts';
import { isOpen, type FilterLine } from '../machine/today-filter.ts';
import { keepFocus, Key } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';
import { spanWords } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';

interface PanelProps {
  readonly at: TodayPlace;
  readonly state: TillScreen;
}

const offers = [['1', 'export.xlsx'], ['2', 'export.csv'], ['3', 'export.pdf'], ['4', 'export.reconcile'], ['5', 'export.lastResult']] as const;

export function ExportPanel({ at, state }: PanelProps): ReactElement | null {
  const { t, locale } = useWords();
  if (!state.status) return null;
  const days = spanWords(spanOf(at.day, at.span, shopDayOf(state.now, state.status)), locale);
  const folder = exportFolder(at);
  const shown = lastReconciled(state) ? offers : offers.slice(0, 4);
  return (
    <div className="menu-shade">
      <section className="menu-panel">
        <h1 tabIndex={-1} id="title">{t('export.title')}</h1>
        <p>{t('export.days', { days })}</p>
        {!isOpen(at.filter) && <p>{t('export.allRows')}</p>}
        {folder !== null && <p className="export-folder">{t('export.folder')} <b>{folder}</b></p>}
        <ul>{shown.map(([digit, word]) => <li key={digit}><Offer digit={digit} word={word} /></li>)}</ul>
      </section>
    </div>
  );
}

function Offer({ digit, word }: { readonly digit: '1' | '2' | '3' | '4' | '5'; readonly word: WordKey }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <button type="button" className="menu-choice" data-digit={digit} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: digit })}>
      <Key>{digit}</Key><span>{t(word)}</span>
    </button>
  );
}

export function FilterPanel({ at, state }: PanelProps): ReactElement {
  const { t } = useWords();
  return (
    <div className="menu-shade">
      <section className="menu-panel">
        <h1 tabIndex={-1} id="title">{t('filter.title')}</h1>
        <p>{t('filter.hint')}</p>
        <ul className="filter-lines">{linesOf(state, at).map((line, index) => <li key={line.field}><Line line={line} index={index} ringed={index === at.line} /></li>)}</ul>
      </section>
    </div>
  );
}

/** A touch on a line rings it; a touch on the ringed one goes to its next choice. */
function Line({ line, index, ringed }: { readonly line: FilterLine; readonly index: number; readonly ringed: boolean }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const { chosen } = line;
  return (
    <button
      type="button" className={ringed ? 'menu-choice ringed' : 'menu-choice'} tabIndex={-1} aria-current={ringed} onMouseDown={keepFocus}
      onClick={() => send(ringed ? { type: 'key', key: 'right' } : { type: 'row', index })}
    >
      <span>{t(line.word)}</span>
      {ringed && <Key>{t('key.leftright')}</Key>}
      <span className="value">{chosen.word === null ? chosen.name : t(chosen.word)}</span>
    </button>
  );
}
