/** What is said over a screen without taking it: payments that ended elsewhere, and one notice. */
import type { ReactElement } from 'react';
import { keepFocus, Key } from '../parts/cap.tsx';
import { NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { ReturnMark } from '../parts/money-marks.tsx';
import { useSend } from '../parts/send.ts';
import { FineMark } from '../parts/shift-checks.tsx';
import { TaskEnded } from './task-lines.tsx';
import { overLine } from '../machine/bars.ts';
import type { LateBar, TillScreen } from '../machine/state.ts';
import { lateRefund } from '../machine/turned.ts';
import { useWords } from '../words/i18n.ts';
import { barText } from '../words/payment-words.ts';
import { sentences } from '../words/sentences.ts';

export function Bars({ state }: { readonly state: TillScreen }): ReactElement | null {
  const { t, notice: noticeText } = useWords();
  const { notice, bars, waiting } = overLine(state);
  if (!notice && bars.length === 0) return null;
  const said = notice ? sentences(noticeText(notice)) : [];
  return (
    <div className="bars">
      {notice && (
        <div className="notice" role="alert">
          {notice.kind === 'done' ? <FineMark size={32} /> : <UnknownMark size={34} />}
          <p><b>{said[0]}</b> {said.slice(1).join(' ')}</p>
        </div>
      )}
      {bars.map((over) => (over.kind === 'late' ? <Bar bar={over.bar} state={state} key={over.bar.payment.paymentId} /> : <TaskEnded bar={over.bar} key={over.bar.task.taskId} />))}
      {waiting > 0 && <span className="row bars-more">{t('late.more', { count: waiting })}</span>}
    </div>
  );
}

function Bar({ bar, state }: { readonly bar: LateBar; readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const { payment } = bar;
  const refund = lateRefund(bar);
  const kind = refund ? (refund.state === 'refused' ? 'notPaid' : 'refunded') : payment.state === 'review' ? 'review' : payment.verdict === 'paid' ? 'paid' : 'notPaid';
  return (
    <button type="button" className={`bar ${kind}`} onMouseDown={keepFocus} onClick={() => send({ type: 'bar', paymentId: payment.paymentId })}>
      {kind === 'paid' && <PaidMark size={30} onFlood />}
      {kind === 'refunded' && <ReturnMark size={28} />}
      {kind === 'notPaid' && <NotPaidMark size={30} />}
      {kind === 'review' && <UnknownMark size={32} solid />}
      <span className="bar-words">{barText(t, bar, state)}</span>
      {/* Only what is still open stands in the list that `/` 1 leads to. */}
      {kind === 'review' && state.place.name !== 'signIn' && <span className="row bar-see"><Key>/</Key><Key>1</Key>{t('late.see')}</span>}
    </button>
  );
}
