/** What became of a refund: an ink flood with a return arrow, a red frame, or stripes that stop the hand in the drawer. */
import type { ReactElement, ReactNode } from 'react';
import type { RefundView } from '../../core/contract/types.ts';
import { amountText, amountWithSign } from '../../core/money/amount.ts';
import { TrainingTag } from '../frame/training-band.tsx';
import { bindings } from '../machine/keys.ts';
import { refundVerdict, shownRefund, type RefundResultPlace } from '../machine/refund-result.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Cap } from '../parts/cap.tsx';
import { NotPaidMark } from '../parts/marks.tsx';
import { ReturnMark, StopCashMark } from '../parts/money-marks.tsx';
import { paidBy, WalletMark, walletText } from '../parts/wallet.tsx';
import { clockText, secondsSince, secondsUntil, stopwatch } from '../words/format.ts';
import { useWords, type Said } from '../words/i18n.ts';
import { headline, sentences } from '../words/sentences.ts';
import { spokenAmount } from '../words/spoken.ts';
import type { PartLook } from './parts.tsx';

interface Props {
  readonly at: RefundResultPlace;
  readonly state: TillScreen;
  readonly refund: RefundView;
}

export const refundResultLook: PartLook<RefundResultPlace> = {
  title: 'screen.refund',
  bare: (at) => at.stage !== 'submitting',
  railless: (at) => at.stage === 'refunded' || (at.stage === 'settled' && shownRefund(at)?.settledAs === 'refunded'),
  draw(at, state) {
    const refund = shownRefund(at);
    if (!refund) return null;
    switch (refundVerdict(refund)) {
      case 'running': return <Running at={at} state={state} refund={refund} />;
      case 'done': return <Done at={at} state={state} refund={refund} />;
      case 'refused': return <Refused at={at} state={state} refund={refund} />;
      case 'stop': return <Stop at={at} state={state} refund={refund} />;
    }
  },
  words(at, _, said) {
    const refund = shownRefund(at);
    if (!refund) return {};
    const amount = spokenAmount(refund.amount, said.locale);
    switch (refundVerdict(refund)) {
      case 'running': return { polite: said.t('say.refundRunning', { amount }) };
      case 'done': return { urgent: said.t('say.refunded', { amount }) };
      case 'refused': return { urgent: said.t('say.refundRefused', { reason: reasonOf(refund, said)[0] ?? '' }) };
      case 'stop': return { urgent: said.t('say.refundStop') };
    }
  },
};

/** The till's sentences on a refused refund: why, that nothing went back, what to do. */
function reasonOf(refund: RefundView, { text, t }: Said): readonly string[] {
  const said = refund.message ? sentences(text(refund.message)) : [];
  return [headline(said[0] ?? t('refund.verdict.refused')), t('refund.nothingBack'), headline(said.slice(2).join(' ')) || t('refund.receiptBack')];
}

function Amount({ at, refund }: { readonly at: RefundResultPlace; readonly refund: RefundView }): ReactElement {
  const { t } = useWords();
  return (
    <div className="facts-amount" style={figuresWide(refund.amount)}>
      <AmountFigures amount={refund.amount} id="amount" />
      <div className="row facts-wallet"><WalletMark wallet={paidBy(at.payment)} /><span>{walletText(t, at.payment)}</span></div>
    </div>
  );
}

function Running({ at, state, refund }: Props): ReactElement {
  const { t } = useWords();
  return (
    <main className="waiting">
      <div className="refund-running">
        <h1 tabIndex={-1} id="title" aria-describedby="amount">{t('refund.running')}</h1>
        <Amount at={at} refund={refund} />
        <p>{t('refund.runningHint')}</p>
        <p className="refund-running-number">{at.payment.number} · {clockText(refund.startedAt, state.status?.timezone)}</p>
      </div>
    </main>
  );
}

/** Money went out: ink and a minus sign, never green. */
function Done({ at, state, refund }: Props): ReactElement {
  const said = useWords();
  const { t } = said;
  const { refunded, left, open } = at.payment.refundable;
  const part = left.minor > 0 || open.minor > 0;
  const facts = [walletText(t, at.payment), clockText(refund.changedAt, state.status?.timezone), at.payment.number, ...(refund.approvedBy ? [t('refund.approved', { name: refund.approvedBy.name })] : [])];
  return (
    <main className={part ? 'ink-flood part' : 'ink-flood'}>
      {state.status?.training && <TrainingTag />}
      <div className="flood-word"><ReturnMark size={164} /><h1 tabIndex={-1} id="title" aria-describedby="amount">{t(refund.way === 'outside' ? 'refund.verdict.outside' : part ? 'refund.verdict.partly' : 'refund.verdict.refunded')}</h1></div>
      <div className="flood-amount" style={figuresWide(refund.amount)}><AmountFigures amount={refund.amount} minus id="amount" /></div>
      {part && (
        <div className="refund-bar">
          <div><i style={{ width: `${(refunded.minor / at.payment.amount.minor) * 100}%` }} /></div>
          <p>
            <span>{t('refund.bar.refunded', { amount: amountText(refunded) })}</span>
            <span>{t('refund.bar.paid', { amount: amountText(at.payment.amount) })}</span>
            <span>{open.minor > 0 ? t('refund.bar.underWay', { amount: amountText(open) }) : t('refund.bar.left', { amount: amountText(left) })}</span>
          </p>
        </div>
      )}
      <p className="refund-sentence">{doneWords(refund, said)}</p>
      <div className="row flood-facts"><WalletMark wallet={paidBy(at.payment)} size={34} /><span>{facts.join(' · ')}</span></div>
      <Foot state={state}>{state.status?.printer.present ? t('refund.slip') : ''}</Foot>
    </main>
  );
}

function doneWords(refund: RefundView, { t, text }: Said): string {
  if (refund.state === 'settled') return refund.message ? text(refund.message) : t('refund.doneOutside');
  if (refund.way === 'cash') return t('refund.doneCash', { amount: amountWithSign(refund.amount) });
  return t(refund.way === 'outside' ? 'refund.doneOutside' : 'refund.done');
}

function Foot({ state, children }: { readonly state: TillScreen; readonly children: ReactNode }): ReactElement {
  return (
    <div className="flood-foot">
      <p>{children}</p>
      <div className="caps">{bindings(state).filter((binding) => binding.key !== '/').map((binding) => <Cap binding={binding} key={binding.key} />)}</div>
    </div>
  );
}

function Refused({ at, state, refund }: Props): ReactElement {
  const said = useWords();
  const { t, gateway } = said;
  const [reason, money, next] = reasonOf(refund, said);
  const own = [refund.gatewayCode, refund.gatewayWords].filter((part) => part !== null).join(' · ');
  return (
    <main className="verdict no refund-refused">
      {state.status?.training && <TrainingTag />}
      <div className="field">
        <div className="verdict-word"><NotPaidMark size={160} /><h1 tabIndex={-1} id="title" aria-describedby="amount">{t('refund.verdict.refused')}</h1></div>
        <div className="facts">
          <Amount at={at} refund={refund} />
          <div className="facts-text"><h2>{reason}</h2><p>{money}</p></div>
        </div>
        <div className="ink-bar"><span>{next}</span></div>
        <p className="own-words">{own !== '' && <>{t('notPaid.words', { gateway: gateway(at.payment) })}<b>{own}</b> · </>}{at.payment.number} · {clockText(refund.changedAt, state.status?.timezone)}</p>
      </div>
    </main>
  );
}

/** The hand to stop is the one in the drawer. */
function Stop({ at, state, refund }: Props): ReactElement {
  const { t, gateway } = useWords();
  const values = { gateway: gateway(at.payment), number: refund.gatewayRefundRef ?? refund.refundRef };
  // Pending without the gateway's word, because its answer was lost, is as unknown to people as any other.
  const kind = refund.state === 'pending' && refund.message?.key !== 'refundUnknown' ? 'pending' : refund.state === 'review' ? 'review' : 'unknown';
  return (
    <main className="verdict striped refund-stop">
      {state.status?.training && <TrainingTag />}
      <div className="field">
        <div className="verdict-word"><StopCashMark /><h1 tabIndex={-1} id="title" aria-describedby="amount">{t('refund.verdict.stop')}</h1></div>
        <div className="facts">
          <Amount at={at} refund={refund} />
          <div className="facts-text"><h2>{t(`refund.${kind}`, values)}</h2><p>{t(`refund.${kind}Asking`, values)}</p><p>{t('refund.rule.cash')}</p></div>
        </div>
        <div className="foot">
          <span className="foot-left"><b>{stopwatch(secondsSince(refund.startedAt, state.now))}</b>{askedWords(refund, state, t)}</span>
          <span className="foot-right">{t('refund.never')}</span>
        </div>
      </div>
    </main>
  );
}

function askedWords({ asked, nextAt }: RefundView, state: TillScreen, t: Said['t']): string {
  if (nextAt === null) return t('refund.askedNow', { count: asked });
  const seconds = secondsUntil(nextAt, state.now);
  return seconds < 60 ? t('refund.askedNext', { count: asked, seconds }) : t('refund.askedAt', { count: asked, time: clockText(nextAt, state.status?.timezone, 'minutes') });
}
