/** Record the outcome: left what the gateway said and what recording does, right three steps with nothing preset. */
import type { ReactElement, ReactNode } from 'react';
import { approvalAsked, isApproved } from '../machine/approving.ts';
import { hows, recordAmount, type RecordPlace } from '../machine/record.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { NotPaidMark, PaidMark } from '../parts/marks.tsx';
import { ReturnMark } from '../parts/money-marks.tsx';
import { ApprovalBox, ChoiceCap, Step } from '../parts/steps.tsx';
import { TextField } from '../parts/text-field.tsx';
import { paidBy, WalletMark, walletText } from '../parts/wallet.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import type { PartLook } from './parts.tsx';

interface Props {
  readonly at: RecordPlace;
  readonly state: TillScreen;
}

const sentenceMost = 200;

export const recordLook: PartLook<RecordPlace> = {
  title: 'screen.record',
  draw: (at, state) => <RecordScreen at={at} state={state} />,
  words(at, _, { t }) {
    if (at.stage === 'owner' && at.approving.pin.typed.length > 0) return { polite: t('say.pinLength', { count: at.approving.pin.typed.length }) };
    const step = at.stage === 'paid' ? t(at.refundRef === null ? 'record.step.paid' : 'record.step.refunded') : t(at.stage === 'owner' ? 'record.step.owner' : 'record.step.how');
    return { polite: t('say.record', { step }) };
  },
};

function RecordScreen({ at, state }: Props): ReactElement {
  const { t } = useWords();
  const ofRefund = at.refundRef !== null;
  const now = (stage: RecordPlace['stage']): boolean => at.stage === stage;
  return (
    <main className="question">
      <div className="record">
        <Left at={at} state={state} />
        <div className="record-steps">
          <Step number={1} title={t(ofRefund ? 'record.step.refunded' : 'record.step.paid')} state={now('paid') ? 'now' : at.as ? 'done' : 'later'}>
            <div className="record-outcomes">
              <Outcome at={at} as="paid" row={0} />
              <Outcome at={at} as="notPaid" row={1} />
            </div>
          </Step>
          <Step number={2} title={t('record.step.how')} state={now('how') || now('sentence') ? 'now' : at.how ? 'done' : 'later'}>
            <Hows at={at} />
            {at.stage === 'sentence'
              ? <TextField label={t('record.sentence')} value={at.sentence} most={sentenceMost} />
              : <p className="record-rule">{at.sentence.trim() === '' ? t('record.screenshot') : at.sentence}</p>}
          </Step>
          <Step number={3} title={t(approvalAsked(state) ? 'record.step.owner' : 'record.step.nobody')} state={!approvalAsked(state) || isApproved(state, at.approving) ? 'done' : now('owner') ? 'now' : 'later'}>
            {at.stage === 'sending' && <p className="record-rule">{t('record.sending')}</p>}
            <ApprovalBox state={state} approving={at.approving} now={now('owner')} rule={t('record.owner')} hint={t('record.ownerHint')} />
          </Step>
        </div>
      </div>
    </main>
  );
}

function Left({ at, state }: Props): ReactElement {
  const { t } = useWords();
  const amount = recordAmount(at);
  const refund = at.payment.refunds.find(({ refundRef }) => refundRef === at.refundRef);
  const subject = refund ?? at.payment;
  const own = [subject.gatewayCode, subject.gatewayWords].filter((part) => part !== null).join(' · ');
  const timezone = state.status?.timezone;
  return (
    <div className="record-left">
      <h1 className="said" tabIndex={-1} id="title" aria-describedby="amount">{t('screen.record')}</h1>
      <div className="record-amount" style={figuresWide(amount)}><AmountFigures amount={amount} id="amount" /></div>
      <p className="row record-wallet"><WalletMark wallet={paidBy(at.payment)} /><span>{walletText(t, at.payment)} · {clockText(subject.startedAt, timezone, 'minutes')}</span></p>
      <div className="record-word">
        <b>{t('record.lastWord')}</b>
        <p>{own === '' ? t('record.noWord') : `${own} · ${clockText(subject.changedAt, timezone)}`}</p>
        {subject.asked > 0 && <p>{t('record.asked', { count: subject.asked })}</p>}
      </div>
      <p className="amber-note"><b>{t('record.after')}</b>{t(refund ? 'record.afterRefund' : 'record.afterText')}</p>
    </div>
  );
}

function Outcome({ at, as, row }: { readonly at: RecordPlace; readonly as: 'paid' | 'notPaid'; readonly row: number }): ReactElement {
  const { t } = useWords();
  const words = at.refundRef === null ? (as === 'paid' ? 'record.paid' : 'record.notPaid') : as === 'paid' ? 'record.refunded' : 'record.notRefunded';
  const mark: ReactNode = as === 'notPaid' ? <NotPaidMark size={29} /> : at.refundRef === null ? <PaidMark size={30} /> : <ReturnMark size={28} />;
  return (
    <ChoiceCap digit={String(row + 1)} row={row} chosen={at.as === as} ringed={at.stage === 'paid' && (at.as === as || (at.as === null && row === 0))}>
      {mark}
      <span className="stack"><b>{t(words)}</b><small>{t(`${words}Hint`)}</small></span>
    </ChoiceCap>
  );
}

function Hows({ at }: { readonly at: RecordPlace }): ReactElement {
  const { t, gateway } = useWords();
  return (
    <div className="ask-choices">
      {hows.map((how, index) => (
        <ChoiceCap digit={String(index + 1)} row={index + 2} chosen={at.how === how} ringed={at.stage === 'how' && (at.how === how || (at.how === null && index === 0))} key={how}>
          <span>{t(`record.how.${how}`, { gateway: gateway(at.payment) })}</span>
        </ChoiceCap>
      ))}
    </div>
  );
}
