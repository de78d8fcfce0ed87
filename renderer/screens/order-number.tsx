/** The gateway's number: left what is missing and what entering it does, right the number and who says so. */
import type { ReactElement } from 'react';
import { approvalAsked, isApproved } from '../machine/approving.ts';
import { numberNeedsApproval, orderNumberMost, type OrderNumberPlace } from '../machine/order-number.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { ApprovalBox, Step } from '../parts/steps.tsx';
import { TextField } from '../parts/text-field.tsx';
import { paidBy, WalletMark, walletText } from '../parts/wallet.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import type { PartLook } from './parts.tsx';

interface Props {
  readonly at: OrderNumberPlace;
  readonly state: TillScreen;
}

export const orderNumberLook: PartLook<OrderNumberPlace> = {
  title: 'screen.orderNumber',
  draw: (at, state) => <OrderNumberScreen at={at} state={state} />,
  words(at, _, { t }) {
    if (at.stage === 'who' && at.approving.pin.typed.length > 0) return { polite: t('say.pinLength', { count: at.approving.pin.typed.length }) };
    return { polite: t('say.orderNumber', { step: t(at.stage === 'who' ? 'orderNumber.step.who' : 'orderNumber.step.number') }) };
  },
};

function OrderNumberScreen({ at, state }: Props): ReactElement {
  const { t, gateway } = useWords();
  const values = { gateway: gateway(at.payment) };
  const needs = numberNeedsApproval(state);
  const approved = !needs || isApproved(state, at.approving);
  return (
    <main className="question">
      <div className="record">
        <Left at={at} state={state} />
        <div className="record-steps">
          <Step number={1} title={t('orderNumber.step.number', values)} state={at.stage === 'number' ? 'now' : 'done'}>
            {at.stage === 'number' ? <TextField label={t('orderNumber.field', values)} value={at.typed} most={orderNumberMost} /> : <p className="record-rule"><b className="quote">{at.typed}</b></p>}
            <p className="record-rule">{t('orderNumber.rule', values)}</p>
          </Step>
          <Step number={2} title={t(needs ? 'orderNumber.step.who' : approvalAsked(state) ? 'orderNumber.step.signedIn' : 'record.step.nobody')} state={at.stage === 'who' ? 'now' : approved ? 'done' : 'later'}>
            {at.stage === 'sending' && <p className="record-rule">{t('orderNumber.sending', values)}</p>}
            {needs && <ApprovalBox state={state} approving={at.approving} now={at.stage === 'who'} rule={t('orderNumber.who')} hint={t('orderNumber.whoHint')} />}
          </Step>
        </div>
      </div>
    </main>
  );
}

function Left({ at, state }: Props): ReactElement {
  const { t, gateway } = useWords();
  const { payment } = at;
  const values = { gateway: gateway(payment) };
  return (
    <div className="record-left">
      <h1 className="said" tabIndex={-1} id="title" aria-describedby="amount">{t('screen.orderNumber')}</h1>
      <div className="record-amount" style={figuresWide(payment.amount)}><AmountFigures amount={payment.amount} id="amount" /></div>
      <p className="row record-wallet"><WalletMark wallet={paidBy(payment)} /><span>{walletText(t, payment)} · {clockText(payment.startedAt, state.status?.timezone, 'minutes')}</span></p>
      <div className="record-word">
        <b>{t('payment.ref.ours')}</b>
        <p>{payment.attemptRef}</p>
      </div>
      <p className="amber-note"><b>{t('orderNumber.after')}</b>{t('orderNumber.afterText', values)}</p>
    </div>
  );
}
