/** Waiting for the payer: what is being done, how long it takes, and what happens if nobody presses anything. */
import type { ReactElement } from 'react';
import type { PaymentDetail, PaymentView } from '../../core/contract/types.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { useLastInSight } from '../parts/in-sight.ts';
import { timelineWords } from '../parts/lines.tsx';
import { BagMark } from '../parts/marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import type { TillScreen } from '../machine/state.ts';
import { clockText, secondsSince } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { SecondsLine } from './seconds-line.tsx';

interface WaitingProps {
  readonly state: TillScreen;
  readonly payment: PaymentView;
}

export function WaitingScreen({ state, payment }: WaitingProps): ReactElement {
  const { t, gateway } = useWords();
  const detail = state.detail?.payment.paymentId === payment.paymentId ? state.detail : null;
  const title = payment.gaveUp ? t('waiting.gaveUp') : payment.state === 'submitting' ? t('waiting.submitting', { gateway: gateway(payment) }) : t('waiting.title');
  return (
    <main className="waiting">
      <div className="waiting-paper">
        <div className="waiting-main">
          <h1 tabIndex={-1} id="title" aria-describedby="amount">{title}</h1>
          <div style={figuresWide(payment.amount)}><AmountFigures amount={payment.amount} id="amount" /></div>
          <div className="row waiting-wallet">
            <WalletMark wallet={payment.wallet} size={34} />
            <b>{walletText(t, payment)}</b>
            <span className="through">{t('payment.through', { gateway: gateway(payment) })}</span>
          </div>
          <div className="waiting-space" />
          <SecondsLine payment={payment} seconds={secondsSince(payment.startedAt, state.now)} />
          <div className="waiting-note">
            <BagMark />
            <div><h2>{t('waiting.note')}</h2><p>{t(noteHint(payment))}</p></div>
          </div>
        </div>
        <SoFar detail={detail} gateway={gateway(payment)} timezone={state.status?.timezone} />
      </div>
    </main>
  );
}

function noteHint(payment: PaymentView): 'waiting.noteHint' | 'waiting.noteGaveUp' | 'waiting.noteStopped' {
  if (!payment.gaveUp) return 'waiting.noteHint';
  return payment.canUndo ? 'waiting.noteGaveUp' : 'waiting.noteStopped';
}

/** The journal's lines so far, the newest in sight. */
function SoFar({ detail, gateway, timezone }: { readonly detail: PaymentDetail | null; readonly gateway: string; readonly timezone: string | undefined }): ReactElement {
  const { t } = useWords();
  const lines = detail?.timeline ?? [];
  const list = useLastInSight<HTMLOListElement>(lines.length, detail?.payment.paymentId ?? null);
  const words = timelineWords(t, lines, gateway);
  return (
    <aside className="waiting-side">
      <h2>{t('waiting.soFar')}</h2>
      <ol ref={list} className="waiting-lines">
        {lines.map((line, index) => {
          const said = words[index];
          return (
            <li key={line.sequence}>
              <time>{clockText(line.at, timezone)}</time>
              <div><span className="line-what">{said?.what}</span>{said?.hint && <small>{said.hint}</small>}</div>
            </li>
          );
        })}
      </ol>
    </aside>
  );
}
