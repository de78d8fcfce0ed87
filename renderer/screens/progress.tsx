/** Long work: how far it is, how long it will take, where it writes, and what cancelling does. */
import type { ReactElement } from 'react';
import { percentDone, taskSeconds } from '../machine/tasks.ts';
import type { ProgressPlace } from '../machine/progress.ts';
import type { TillScreen } from '../machine/state.ts';
import { countText, spanWords } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';
import type { PartLook } from './parts.tsx';

export const progressLook: PartLook<ProgressPlace> = {
  title: 'screen.progress',
  draw: (at, state) => <Progress at={at} state={state} />,
  // Read aloud at each quarter, and not with every row.
  words: (at, _, { t }) => {
    const quarter = Math.floor((percentDone(at.task) ?? 0) / 25) * 25;
    return quarter === 0 ? {} : { polite: t('say.progress', { percent: quarter }) };
  },
};

function Progress({ at, state }: { readonly at: ProgressPlace; readonly state: TillScreen }): ReactElement {
  const { t, locale } = useWords();
  const { task } = at;
  const { so, rest } = taskSeconds(task, state.now);
  const percent = percentDone(task);
  const facts = [task.format?.toUpperCase(), at.days && spanWords(at.days, locale)].filter((fact) => typeof fact === 'string');
  return (
    <main className="long-work">
      <h1 tabIndex={-1} id="title">{t(at.stage === 'cancelling' ? 'task.cancelling' : `task.${task.kind}`)}</h1>
      <p className="long-work-sub">{t('task.sub')}</p>
      <p className="long-work-done"><b>{countText(task.done)}</b> {task.total === null ? t('task.rows') : t('task.ofRows', { total: countText(task.total) })}</p>
      <div className="long-work-bar"><i style={{ width: `${percent ?? 0}%` }} /></div>
      <p className="long-work-time"><span>{rest === null ? t('task.soFar', { so }) : t('task.soFarRest', { so, rest })}</span><span>{facts.join(' · ')}</span></p>
      <dl>
        <div><dt>{t(task.kind === 'reconcile' || task.kind === 'verify' ? 'task.from' : 'task.to')}</dt><dd>{task.target}</dd></div>
        <div><dt>{t('task.ifCancelled')}</dt><dd>{t(task.kind === 'export' ? 'task.cancelExport' : 'task.cancelOther')}</dd></div>
      </dl>
    </main>
  );
}
