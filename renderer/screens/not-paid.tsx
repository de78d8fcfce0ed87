/** Not paid and Undone: an empty field in a solid frame. What went wrong, that no money moved, what to do. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Key } from '../parts/cap.tsx';
import { NotPaidMark, PhoneMark } from '../parts/marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import { TrainingTag } from '../frame/training-band.tsx';
import type { HeldScan, TillScreen } from '../machine/state.ts';
import { notPaidIsStale } from '../machine/view.ts';
import { clockText, secondsSince, secondsUntil } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { notPaidWords, spanWords } from '../words/payment-words.ts';

interface NotPaidProps {
  readonly state: TillScreen;
  readonly payment: PaymentView;
}

export function NotPaidScreen({ state, payment }: NotPaidProps): ReactElement {
  if (state.held) return <HeldScreen state={state} payment={payment} held={state.held} />;
  return <VerdictScreen state={state} payment={payment} />;
}

function Word({ payment, size }: { readonly payment: PaymentView; readonly size: number }): ReactElement {
  const { t } = useWords();
  const word = t(payment.state === 'reversed' ? 'verdict.undone' : 'verdict.notPaid');
  return <><NotPaidMark size={size} /><h1 tabIndex={-1} id="title" aria-describedby="amount">{word}</h1></>;
}

function VerdictScreen({ state, payment }: NotPaidProps): ReactElement {
  const said = useWords();
  const { t } = said;
  const words = notPaidWords(payment, said);
  return (
    <main className="verdict no">
      {state.status?.training && <TrainingTag />}
      <div className="field">
        <div className="verdict-word"><Word payment={payment} size={180} /></div>
        <div className="facts">
          <div className="facts-amount" style={figuresWide(payment.amount)}>
            <AmountFigures amount={payment.amount} id="amount" />
            <div className="row facts-wallet"><WalletMark wallet={payment.wallet} /><span>{walletText(t, payment)}</span></div>
          </div>
          <div className="facts-text"><h2>{words.reason}</h2><p>{words.money}</p><p>{words.next}</p></div>
        </div>
        <InkBar state={state} payment={payment} />
        <OwnWords payment={payment} timezone={state.status?.timezone} />
      </div>
    </main>
  );
}

/** What the next scan does, in ink: it charges again, or is held, or is asked about. */
function InkBar({ state, payment }: NotPaidProps): ReactElement {
  const { t } = useWords();
  if (state.guard?.kind === 'sameCodeFailed') {
    return <div className="ink-bar"><PhoneMark /><span>{t('notPaid.sameCode')}<small>{t('notPaid.sameCodeHint')}</small></span></div>;
  }
  if (notPaidIsStale(state, payment)) {
    return <div className="ink-bar"><PhoneMark /><span>{t('notPaid.stale')}<small>{t('notPaid.staleHint')}</small></span></div>;
  }
  return <div className="ink-bar"><PhoneMark /><span>{t('notPaid.scanAgain')}</span></div>;
}

/** The gateway's own words in small print, for support. */
function OwnWords({ payment, timezone }: { readonly payment: PaymentView; readonly timezone: string | undefined }): ReactElement {
  const { t, gateway } = useWords();
  const own = [payment.gatewayCode, payment.gatewayWords].filter((part) => part !== null).join(' · ');
  return (
    <p className="own-words">
      {own !== '' && <>{t('notPaid.words', { gateway: gateway(payment) })}<b>{own}</b> · </>}
      {payment.number} · {clockText(payment.changedAt, timezone)}
    </p>
  );
}

/** A minute later, with a new code in hand: nothing is charged until somebody says whose it is (CASES 13). */
function HeldScreen({ state, payment, held }: NotPaidProps & { readonly held: HeldScan }): ReactElement {
  const { t } = useWords();
  const ago = t('time.ago', { time: spanWords(t, secondsSince(payment.changedAt, state.now)) });
  return (
    <main className="verdict no asking">
      {state.status?.training && <TrainingTag />}
      <div className="field">
        <div className="verdict-word">
          <Word payment={payment} size={108} />
          <div className="asking-amount" style={figuresWide(payment.amount)}>
            <AmountFigures amount={payment.amount} id="amount" />
            <p>{walletText(t, payment)} · {ago}</p>
          </div>
        </div>
        <div className="asking-middle">
          <section className="asking-bar">
            <div>
              <h2>{t('held.title')}</h2>
              <p className="row"><WalletMark wallet={held.wallet} size={34} /><span>{walletText(t, held)} · {t('held.kept', { seconds: secondsUntil(held.expiresAt, state.now) })}</span></p>
            </div>
            <PhoneMark />
          </section>
          <div className="asking-choices">
            <div className="row"><Key>{t('key.enter')}</Key><span>{t('held.same', { amount: amountWithSign(payment.amount) })}</span></div>
            <div className="row"><Key>{t('key.digits')}</Key><span>{t('held.next')}</span></div>
          </div>
        </div>
        <p className="asking-rule">{t('held.rule')}</p>
      </div>
    </main>
  );
}
