/** The tape: the last seven payments on torn paper, hanging from a slot. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { amountText, currencySign } from '../../core/money/amount.ts';
import { NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { walletText } from '../parts/wallet.tsx';
import { tapeRows } from '../machine/payments.ts';
import type { TillScreen } from '../machine/state.ts';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';

export function Tape({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  // What is being charged has its place in the scan block, not in the past.
  const rows = (state.recent ?? []).filter((payment) => payment.paymentId !== state.currentId);
  return (
    <aside className="tape" aria-label={t('tape.label')}>
      <div className="tape-paper">
        <header><span>{t('tape.title', { count: tapeRows })}</span></header>
        {state.recent !== null && rows.length === 0 && <p className="tape-empty">{t('tape.empty')}</p>}
        <ol>{rows.map((payment) => <TapeRow payment={payment} state={state} key={payment.paymentId} />)}</ol>
      </div>
    </aside>
  );
}

/** Paid shows its time; anything else says its word first. */
function TapeRow({ payment, state }: { readonly payment: PaymentView; readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const time = clockText(payment.startedAt, state.status?.timezone, 'minutes');
  const foreign = payment.amount.currency === state.status?.currency ? '' : currencySign(payment.amount.currency);
  const paid = payment.verdict === 'paid';
  const kind = paid ? '' : payment.verdict === 'notPaid' ? 'no' : 'unknown';
  const word = payment.verdict === 'notPaid' ? t(payment.state === 'reversed' ? 'verdict.undone' : 'verdict.notPaid') : t('verdict.notKnown');
  return (
    <li>
      {paid ? <PaidMark /> : payment.verdict === 'notPaid' ? <NotPaidMark /> : <UnknownMark />}
      <span className={`tape-first ${kind}`}>{paid ? time : word}</span>
      <span className={`tape-amount ${kind}`}>{foreign}{amountText(payment.amount)}</span>
      <span className="tape-second">{paid ? '' : `${time} · `}{walletText(t, payment)}</span>
    </li>
  );
}
