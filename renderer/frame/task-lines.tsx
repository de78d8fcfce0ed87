/** Long work on the frame: a line on the status bar while it runs, a bar over the screen when it has ended. */
import type { ReactElement } from 'react';
import { percentDone, runningTasks } from '../machine/tasks.ts';
import type { TaskBar, TillScreen } from '../machine/state.ts';
import { keepFocus } from '../parts/cap.tsx';
import { TickMark } from '../parts/money-marks.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { useSend } from '../parts/send.ts';
import { countText } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';
import { sentences } from '../words/sentences.ts';

/** Not on the screen that shows the same work large. */
export function TaskLines({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const shown = state.place.name === 'progress' && state.menu === 'closed' ? state.place.task.taskId : null;
  return (
    <>
      {runningTasks(state).filter((task) => task.taskId !== shown).map((task) => {
        const percent = percentDone(task);
        return (
          <button type="button" className="task-line" tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'task', taskId: task.taskId })} key={task.taskId}>
            {percent === null ? t(`task.line.${task.kind}.some`) : t(`task.line.${task.kind}`, { percent })}
          </button>
        );
      })}
    </>
  );
}

/** Neither green nor red: a file that is written is no verdict. */
export function TaskEnded({ bar: { task } }: { readonly bar: TaskBar }): ReactElement {
  const { t, text } = useWords();
  const send = useSend();
  const failed = task.state === 'failed';
  const said = task.message ? sentences(text(task.message)) : [];
  const words = failed ? said[0] ?? t('task.failed', { target: task.target }) : t(`task.done.${task.kind}`, { target: task.target, rows: countText(task.done) });
  return (
    <button type="button" className="bar task" onMouseDown={keepFocus} onClick={() => send({ type: 'task', taskId: task.taskId })}>
      {failed ? <UnknownMark size={30} /> : <TickMark size={26} />}
      <span className="bar-words">{words}{failed && said.length > 1 && <span className="bar-rest"> {said.slice(1).join(' ')}</span>}</span>
      {task.kind === 'reconcile' && !failed && <span className="row bar-see">{t('task.see')}</span>}
    </button>
  );
}
