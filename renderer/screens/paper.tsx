/** The receipt of a payment as a short slip beside what is done with it: the amount, who took it how, and what went back. */
import type { ReactElement, ReactNode } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import { chargeText, rateText } from '../../core/money/payer-charge.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { RecordedMark } from '../parts/money-marks.tsx';
import { walletText } from '../parts/wallet.tsx';
import { dateText } from '../words/format.ts';
import { useWords, type Said } from '../words/i18n.ts';

interface SalePaperProps {
  readonly state: TillScreen;
  readonly payment: PaymentView;
  /** `before`: what was refunded before this one, on the refund's form. */
  readonly sums: 'before' | 'now';
}

export function SalePaper({ state, payment, sums }: SalePaperProps): ReactElement {
  const said = useWords();
  const { t, gateway } = said;
  const cash = payment.tender === 'cash';
  return (
    <Paper
      store={state.status?.storeName ?? ''} time={dateText(payment.paidAt ?? payment.startedAt, state.status?.timezone, said.locale)} amount={payment.amount} tag={<VerdictTag payment={payment} said={said} />}
      facts={[
        [t('paper.wallet'), walletText(t, payment)],
        ...chargedFacts(payment, said),
        ...(cash ? [] : [[t('paper.gateway'), gateway(payment)]] as const),
        ...(payment.cash ? [[t('paper.received'), amountText(payment.cash.received)], [t('paper.change'), amountText(payment.cash.change)]] as const : []),
        ...(payment.operator.name === '' ? [] : [[t('paper.cashier'), payment.operator.name]] as const),
        [t('paper.number'), payment.number],
        ...(payment.gatewayRef === null || cash ? [] : [[t('paper.gatewayNumber'), payment.gatewayRef]] as const),
      ]}
    >
      {payment.verdict === 'paid' || payment.refundable.refunded.minor > 0 ? <Sums payment={payment} sums={sums} /> : null}
    </Paper>
  );
}

/** What the payer was charged in a currency of their own: beside the sale, and never in its place. */
function chargedFacts({ charged, amount, verdict }: PaymentView, { t }: Said): readonly (readonly [string, string])[] {
  const facts = charged === null || verdict !== 'paid' ? [] : ([[t('paper.rate'), rateText(amount.currency, charged)], [t('paper.charged'), chargeText(charged)]] as const);
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

interface PaperProps {
  readonly store: string;
  readonly time: string;
  readonly amount: PaymentView['amount'];
  readonly tag: ReactNode;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly children: ReactNode;
}

export function Paper({ store, time, amount, tag, facts, children }: PaperProps): ReactElement {
  return (
    <aside className="paper">
      <b className="paper-store">{store}</b>
      <p className="paper-time">{time}</p>
      <hr />
      <div className="paper-amount" style={figuresWide(amount)}>{tag}<AmountFigures amount={amount} /></div>
      <dl>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      {children && <><hr />{children}</>}
    </aside>
  );
}

function Sums({ payment, sums }: { readonly payment: PaymentView; readonly sums: 'before' | 'now' }): ReactElement {
  const { t } = useWords();
  const { refunded, open, left } = payment.refundable;
  return (
    <dl className="paper-sums">
      {(refunded.minor > 0 || sums === 'before') && <div><dt>{t(sums === 'before' ? 'paper.refundedBefore' : 'paper.refunded')}</dt><dd>{refunded.minor > 0 ? '−' : ''}{amountText(refunded)}</dd></div>}
      {open.minor > 0 && <div><dt>{t('paper.underWay')}</dt><dd>−{amountText(open)}</dd></div>}
      <div className="paper-left"><dt>{t('paper.left')}</dt><dd>{amountText(left)}</dd></div>
    </dl>
  );
}

/** The verdict as a tag; a person's word is ink and never the green disc. */
export function VerdictTag({ payment, said: { t } }: { readonly payment: PaymentView; readonly said: Said }): ReactElement {
  if (payment.settled) {
    return <span className="tag recorded"><RecordedMark size={14} />{t(payment.settled.as === 'paid' ? 'payment.settledPaid' : 'payment.settledNotPaid')}</span>;
  }
  if (payment.cash?.returned) return <span className="tag">{t('payment.returnedTag')}</span>;
  if (payment.verdict === 'paid') return <span className="tag paid"><PaidMark size={18} />{t('verdict.paid')}</span>;
  if (payment.verdict === 'notPaid') return <span className="tag no"><NotPaidMark size={16} />{t(payment.state === 'reversed' ? 'verdict.undone' : 'verdict.notPaid')}</span>;
  return <span className="tag unknown"><UnknownMark size={17} />{t('verdict.notKnown')}</span>;
}
