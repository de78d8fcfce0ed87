/** Start, stop and another screen at the till: what is happening instead of selling, and what to do about it. */
import type { ReactElement } from 'react';
import { AmountFigures } from '../parts/amount.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { walletText } from '../parts/wallet.tsx';
import type { TillScreen } from '../machine/state.ts';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { stageWords } from '../words/payment-words.ts';
import { headline, sentences } from '../words/sentences.ts';

const rowsMost = 5;

/** What was left open is asked first; selling begins when each was asked once. */
export function RecoveringScreen({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const { open, asked } = state.status?.recovery ?? { open: 0, asked: 0 };
  const share = open === 0 ? '0%' : `${Math.round((asked / open) * 100)}%`;
  return (
    <main className="starting">
      <div className="starting-paper">
        <div className="starting-main">
          <h1 tabIndex={-1} id="title">{t('start.recovering')}</h1>
          <p>{t('start.recoveringSub')}</p>
          <div className="row starting-count"><b>{open}</b><span>{t('start.count')}<br />{t('start.keepGoods')}</span></div>
          <p>{t('start.asked', { asked, open })}</p>
          <div className="progress"><i style={{ width: share }} /></div>
        </div>
        <div className="starting-side">{(state.openPayments?.open ?? []).slice(0, rowsMost).map((payment) => (
          <div className="payment-row unnumbered" key={payment.paymentId}>
            <UnknownMark size={27} />
            <span className="stack">
              <span className="row-stage">{stageWords(t, payment)}</span>
              <span className="row-facts">{clockText(payment.startedAt, state.status?.timezone, 'minutes')} · {walletText(t, payment)}</span>
            </span>
            <AmountFigures amount={payment.amount} />
          </div>
        ))}
        </div>
      </div>
    </main>
  );
}

/** Nothing can be sold: why, what it means for the money, what to do. */
export function StoppedScreen({ state }: { readonly state: TillScreen }): ReactElement {
  const { t, text } = useWords();
  const said = state.status?.stopMessage ? sentences(text(state.status.stopMessage)) : [];
  return (
    <main className="plain">
      <UnknownMark size={110} />
      <h1 tabIndex={-1} id="title" role="alert">{headline(said[0] ?? t('start.stopped'))}</h1>
      {said.slice(1, -1).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {said.length > 1 && <p className="plain-next">{said.at(-1)}</p>}
    </main>
  );
}

export function ConnectingScreen(): ReactElement {
  const { t } = useWords();
  return <main className="plain"><h1 tabIndex={-1} id="title">{t('start.connecting')}</h1><p>{t('start.connectingHint')}</p></main>;
}

/** One operator screen per till: this one asks before it takes over, and says when it was taken over. */
export function OtherScreen({ taken }: { readonly taken: boolean }): ReactElement {
  const { t } = useWords();
  return (
    <main className="plain">
      <h1 tabIndex={-1} id="title">{t(taken ? 'takenOver.title' : 'occupied.title')}</h1>
      <p>{t(taken ? 'takenOver.sub' : 'occupied.sub')}</p>
    </main>
  );
}
