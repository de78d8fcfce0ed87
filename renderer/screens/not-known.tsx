/** Not known yet and Reversing: a striped frame that stops the hand. The instruction is larger than the state. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { StopMark, UndoMark } from '../parts/marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import { TrainingTag } from '../frame/training-band.tsx';
import type { TillScreen } from '../machine/state.ts';
import { secondsSince, secondsUntil, stopwatch } from '../words/format.ts';
import { useWords, type Translate } from '../words/i18n.ts';

interface NotKnownProps {
  readonly state: TillScreen;
  readonly payment: PaymentView;
}

export function NotKnownScreen({ state, payment }: NotKnownProps): ReactElement {
  const { t, gateway } = useWords();
  const reversing = payment.state === 'reversing';
  const elapsed = secondsSince(payment.startedAt, state.now);
  return (
    <main className="verdict striped">
      {state.status?.training && <TrainingTag />}
      <div className="field">
        <div className="verdict-word">
          {reversing ? <UndoMark /> : <StopMark />}
          <h1 tabIndex={-1} id="title" aria-describedby="amount">{t('verdict.stop')}</h1>
        </div>
        <div className="facts">
          <div className="facts-amount" style={figuresWide(payment.amount)}>
            <AmountFigures amount={payment.amount} id="amount" />
            <div className="row facts-wallet"><WalletMark wallet={payment.wallet} /><span>{walletText(t, payment)}</span></div>
          </div>
          {reversing
            ? <div className="facts-text"><h2>{t('reversing.title')}</h2><p>{t('reversing.written')}</p><p>{t('reversing.rule')}</p></div>
            : <div className="facts-text"><h2>{t('unknown.title')}</h2><p>{t('unknown.asking', { gateway: gateway(payment) })}</p><p>{t('unknown.rule')}</p></div>}
        </div>
        <p className="to-customer">{t('unknown.customer')}</p>
        {state.link === 'up'
          ? (
            <div className="foot">
              <span className="foot-left"><b>{stopwatch(elapsed)}</b>{reversing ? undoWords(t, payment, state) : askWords(t, payment, state)}</span>
              <span className="foot-right">{reversing ? t('reversing.most', { count: payment.undoTriesMost }) : endWords(t, payment)}</span>
            </div>
          )
          : <div className="foot"><span>{t('unknown.noLink')}</span></div>}
      </div>
    </main>
  );
}

function askWords(t: Translate, payment: PaymentView, state: TillScreen): string {
  const values = { count: payment.asked, next: payment.asked + 1 };
  if (payment.nextAt === null) return t('unknown.askedNow', values);
  return t('unknown.askedNext', { ...values, seconds: secondsUntil(payment.nextAt, state.now) });
}

function undoWords(t: Translate, payment: PaymentView, state: TillScreen): string {
  const next = payment.undoTries + 1;
  if (payment.undoTries === 0) return t('reversing.first');
  if (payment.nextAt === null) return t('reversing.now', { next: payment.undoTries });
  return t('reversing.next', { count: payment.undoTries, next, seconds: secondsUntil(payment.nextAt, state.now) });
}

function endWords(t: Translate, payment: PaymentView): string {
  if (payment.gaveUp) return t(payment.canUndo ? 'unknown.gaveUp' : 'unknown.stopped');
  return t(payment.canUndo ? 'unknown.deadline' : 'unknown.deadlineAsking', { seconds: payment.deadlineSeconds });
}
