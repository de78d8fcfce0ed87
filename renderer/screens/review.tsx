/** Review: the few that need a person. Three numbered steps with the number to quote, and when we ask next. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { StopMark } from '../parts/marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import { TrainingTag } from '../frame/training-band.tsx';
import type { TillScreen } from '../machine/state.ts';
import { mayEnterNumber } from '../machine/order-number.ts';
import { isTurned, recordsOutside } from '../machine/turned.ts';
import { isAboutNumber, numberMessage } from '../words/order-number.ts';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';

export function ReviewScreen({ state, payment }: { readonly state: TillScreen; readonly payment: PaymentView }): ReactElement {
  const { t, text, gateway } = useWords();
  const timezone = state.status?.timezone;
  const values = { gateway: gateway(payment), phone: payment.supportPhone ?? '', number: '' };
  const number = payment.gatewayRef ?? payment.attemptRef;
  return (
    <main className="verdict striped review">
      {state.status?.training && <TrainingTag />}
      <div className="field">
        <div className="verdict-word">
          <StopMark />
          <div>
            <h1 tabIndex={-1} id="title" aria-describedby="amount">{t('review.title')}</h1>
            <p>{payment.message ? text(payment.message) : t('review.keepGoods')}</p>
          </div>
        </div>
        <div className="facts">
          <div className="facts-amount" style={figuresWide(payment.amount)}>
            <AmountFigures amount={payment.amount} id="amount" />
            <div className="row facts-wallet">
              <WalletMark wallet={payment.wallet} />
              <span>{walletText(t, payment)} · {clockText(payment.startedAt, timezone, 'minutes')}</span>
            </div>
          </div>
          <div className="facts-text">
            <h2>{t(isTurned(payment) ? 'review.turned' : 'review.steps')}</h2>
            {isTurned(payment)
              ? (
                <ol>
                  <li><b>1</b><span>{t(recordsOutside(payment.refundable) ? 'review.outside' : 'review.refund', { amount: amountWithSign(payment.refundable.left) })}</span></li>
                  <li><b>2</b><span>{t('review.orHandOver')}</span></li>
                  <li><b>3</b><span>{t('review.number', values)}<b className="quote">{number}</b></span></li>
                </ol>
              )
              : (
                <ol>
                  <li><b>1</b><span>{t(payment.supportPhone === null ? 'review.call' : 'review.callPhone', values)}<b className="quote">{number}</b></span></li>
                  <li><b>2</b><span>{isAboutNumber(payment) ? text(numberMessage(payment)) : t(mayEnterNumber(payment) ? 'review.enterNumber' : 'review.note', values)}</span></li>
                  <li><b>3</b><span>{t('review.record')}</span></li>
                </ol>
              )}
          </div>
        </div>
        <div className="foot">
          <span>{payment.nextAt === null ? t('review.footNow') : t('review.foot', { time: clockText(payment.nextAt, timezone) })}</span>
        </div>
      </div>
    </main>
  );
}
