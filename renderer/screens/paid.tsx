/** Paid: hand over the goods. A full flood, the word, the amount, one line of facts, the next step. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Cap } from '../parts/cap.tsx';
import { PaidMark, UnknownMark } from '../parts/marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import { TrainingTag } from '../frame/training-band.tsx';
import { bindings } from '../machine/keys.ts';
import type { TillScreen } from '../machine/state.ts';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { ReceiptPaper } from './receipt.tsx';

export function PaidScreen({ state, payment }: { readonly state: TillScreen; readonly payment: PaymentView }): ReactElement {
  const { t } = useWords();
  const caps = bindings(state).filter((binding) => binding.offRail === undefined);
  const receipt = state.receiptUp && state.detail?.payment.paymentId === payment.paymentId ? state.detail.receipt : null;
  return (
    <main className={state.receiptUp ? 'flood with-receipt' : 'flood'}>
      {state.status?.training && <TrainingTag />}
      <div className="flood-word"><PaidMark size={208} onFlood /><h1 tabIndex={-1} id="title" aria-describedby="amount">{t('verdict.paid')}</h1></div>
      <div className="flood-amount" style={figuresWide(payment.amount)}><AmountFigures amount={payment.amount} id="amount" /></div>
      {payment.likelyDuplicateOf !== null && <p className="duplicate"><UnknownMark size={26} solid />{t('paid.duplicate')}</p>}
      <div className="row flood-facts">
        <WalletMark wallet={payment.wallet} size={34} />
        <span>{walletText(t, payment)}</span>
        <span className="dot">·</span>
        <span>{clockText(payment.paidAt ?? payment.changedAt, state.status?.timezone)}</span>
        <span className="dot number">·</span>
        <span className="number">{payment.number}</span>
        <span className="dot">·</span>
        <ReceiptFact payment={payment} printer={state.status?.printer.present ?? false} />
      </div>
      <div className="flood-foot">
        <p>{t('paid.next')}</p>
        <div className="caps">{caps.map((binding) => <Cap binding={binding} key={binding.key} />)}</div>
      </div>
      {state.receiptUp && <ReceiptPaper document={receipt} />}
    </main>
  );
}

/** Not printed is amber in the line of facts; the verdict stays what it is. */
function ReceiptFact({ payment, printer }: { readonly payment: PaymentView; readonly printer: boolean }): ReactElement {
  const { t } = useWords();
  if (!printer) return <span>{t('paid.receipt.none')}</span>;
  const state = payment.receipt === 'none' ? 'waiting' : payment.receipt;
  const late = state === 'waiting' || state === 'interrupted';
  return <span className={late ? 'fact-note' : ''}>{t(`paid.receipt.${state}`)}</span>;
}
