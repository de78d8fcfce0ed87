/** Settings 3 and 4: the reasons of refunds, and the receipt's lines beside the receipt as it prints. */
import type { ReactElement } from 'react';
import type { ReceiptBlock, ReceiptDocument, SettingsView } from '../../core/contract/types.ts';
import { lineMost, lineRows, lineText, type LineList, type LineRow, type SettingsLinesPlace } from '../machine/settings-lines.ts';
import { keepFocus } from '../parts/cap.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { NotPaidMark } from '../parts/marks.tsx';
import { OwnerFirst } from '../parts/owner-first.tsx';
import { Sections } from '../parts/sections.tsx';
import { useSend } from '../parts/send.ts';
import { TextField } from '../parts/text-field.tsx';
import { useWords, type Said } from '../words/i18n.ts';
import type { PartLook } from './parts.tsx';
import { ReceiptPaper } from './receipt.tsx';

export const settingsLinesLook: PartLook<SettingsLinesPlace> = {
  title: 'screen.sections',
  draw: (at, state) => (at.stage === 'owner' ? <OwnerFirst pin={at.access.pin} state={state} hint="settingsLines.ownerHint" /> : <Lines at={at} />),
  words(at, _, said) {
    if (at.stage === 'owner') return { polite: at.access.pin.typed.length > 0 ? said.t('say.pinDigit', { typed: at.access.pin.typed.length }) : said.t('people.owner') };
    return at.stage === 'form' ? { polite: `${rowLabel(at.lists, at.ring, said)} ${lineText(at, at.ring) ?? said.t('settingsLines.none')}` } : {};
  },
};

function Lines({ at }: { readonly at: SettingsLinesPlace }): ReactElement {
  const { t } = useWords();
  return (
    <main className={`settings-screen for-${at.section}`}>
      <Sections here={at.section === 'reasons' ? '3' : '4'} />
      <div className="settings-middle">
        <h1 tabIndex={-1} id="title" className={at.section === 'reasons' ? 'settings-title' : 'said'}>{t(at.section === 'reasons' ? 'settingsLines.reasons' : 'sections.receipt')}</h1>
        {at.section === 'reasons' && <p className="settings-sub">{t('settingsLines.reasonsSub')}</p>}
        {at.view && <Rows at={at} />}
        {at.view && <p className="people-note">{t(at.view.kept ? (at.section === 'reasons' ? 'settingsLines.reasonsNote' : 'settingsLines.receiptNote') : 'settingsLines.training')}</p>}
      </div>
      {at.view && at.section === 'receipt' && <ReceiptPaper document={withLines(at, at.view)} />}
      {at.view && at.section === 'reasons' && <OnRefund at={at} />}
    </main>
  );
}

function Rows({ at }: { readonly at: SettingsLinesPlace }): ReactElement {
  return (
    <ul className="setting-rows">
      {lineRows(at).map((row, index) => <Row at={at} row={row} index={index} key={`${row.list} ${row.line}`} />)}
    </ul>
  );
}

function Row({ at, row, index }: { readonly at: SettingsLinesPlace; readonly row: LineRow; readonly index: number }): ReactElement {
  const said = useWords();
  const send = useSend();
  const here = row.list === at.ring.list && row.line === at.ring.line;
  const box = useRingInSight<HTMLButtonElement>(here);
  const list = at.lists[row.list];
  const text = lineText(at, row);
  const problem = at.problems.find(({ key }) => key.endsWith(`.${list?.id ?? ''}[${row.line}]`));
  const label = rowLabel(at.lists, row, said);
  return (
    <li className={list?.id === 'reasons' ? 'setting-row numbered' : 'setting-row'}>
      <span className="setting-label">{label}</span>
      {problem && <p className="setting-problem" role="alert"><NotPaidMark size={18} />{problem.words[said.locale]}</p>}
      {here && at.stage === 'typing'
        ? <TextField label={label} value={at.text} most={lineMost} />
        : (
          <button
            type="button" ref={box} tabIndex={-1} className={`setting-box${here ? ' ringed' : ''}${text === null ? ' empty' : ''}${problem ? ' wrong' : ''}`} aria-current={here}
            onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}
          >
            <span>{text ?? said.t(list?.id === 'reasons' ? 'settingsLines.newReason' : 'settingsLines.newLine')}</span>
          </button>
        )}
    </li>
  );
}

function rowLabel(lists: readonly LineList[], row: LineRow, { t }: Pick<Said, 't'>): string {
  const id = lists[row.list]?.id;
  if (id === 'reasons') return String(row.line + 1);
  if (row.line > 0) return t('settingsLines.line', { line: row.line + 1 });
  return t(id === 'header' ? 'settingsLines.header' : 'settingsLines.footer');
}

/** The reasons as the refund's screen will offer them: a digit each, and a sentence of one's own last. */
function OnRefund({ at }: { readonly at: SettingsLinesPlace }): ReactElement {
  const { t } = useWords();
  const lines = at.lists[0]?.lines ?? [];
  return (
    <aside className="person-panel settings-preview">
      <header><h2>{t('settingsLines.onRefund')}</h2></header>
      <ul>
        {[...lines, t('refund.other')].map((line, index) => <li className="preview-reason" key={`${index} ${line}`}><b>{index + 1}</b><span>{line}</span></li>)}
      </ul>
    </aside>
  );
}

/** The sample with the lines that stand on screen, also the one that is being typed. */
function withLines(at: SettingsLinesPlace, { receipt }: SettingsView): ReceiptDocument {
  const { document, headerAt, footerAt } = receipt.sample;
  const shown = (id: LineList['id']): ReceiptBlock[] => at.lists.flatMap((list, index) => {
    if (list.id !== id) return [];
    const lines = at.stage === 'typing' && at.ring.list === index ? [...list.lines.slice(0, at.ring.line), at.text, ...list.lines.slice(at.ring.line + 1)] : list.lines;
    return lines.map((text): ReceiptBlock => ({ type: 'text', text, align: 'center', bold: false, size: 1 }));
  });
  return { blocks: [...document.blocks.slice(0, headerAt), ...shown('header'), ...document.blocks.slice(headerAt, footerAt), ...shown('footer'), ...document.blocks.slice(footerAt)] };
}
