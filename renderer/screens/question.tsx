/** The 30 second question, and the question about a parked customer: two large answers, Enter is the harmless one. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Choice } from '../parts/cap.tsx';
import { BagMark, NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import { tellsPaid } from '../machine/same-customer.ts';
import type { Guard, TillScreen } from '../machine/state.ts';
import { clockText, secondsSince } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { guardWords, nextWords } from '../words/payment-words.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { SecondsLine } from './seconds-line.tsx';

export function QuestionScreen({ state, payment }: { readonly state: TillScreen; readonly payment: PaymentView }): ReactElement {
  const { t, gateway } = useWords();
  const seconds = secondsSince(payment.startedAt, state.now);
  const due = seconds >= payment.questionSeconds;
  return (
    <main className="question">
      <div className="question-paper">
        <div className="question-head">
          <div>
            <h1 tabIndex={-1} id="title" aria-describedby="amount">{due ? t('question.title', { seconds: payment.questionSeconds }) : t('question.asked')}</h1>
            <p>{t(payment.canUndo ? 'question.calm' : 'question.calmAsking', { seconds: payment.deadlineSeconds })}</p>
          </div>
          <div style={figuresWide(payment.amount)}><AmountFigures amount={payment.amount} id="amount" /></div>
        </div>
        <div className="question-line"><SecondsLine payment={payment} seconds={seconds} /></div>
        <div className="question-space" />
        <div className="choices">
          <Choice state={state} keyName="Enter" hint={t('question.keepHint')} />
          <Choice state={state} keyName="-" hint={payment.canUndo ? t('question.giveUpHint') : t('question.stopHint', { gateway: gateway(payment) })} />
        </div>
        <div className="row question-note"><BagMark /><span>{t('waiting.note')}</span></div>
      </div>
    </main>
  );
}

export function SameCustomerScreen({ state, guard }: { readonly state: TillScreen; readonly guard: Extract<Guard, { kind: 'sameCustomer' }> }): ReactElement {
  const said = useWords();
  const { t } = said;
  const words = guardWords(guard, said);
  return (
    <main className="question">
      <div className="question-paper">
        <div className="question-head"><div><h1 tabIndex={-1} id="title">{words.title}</h1><p>{words.text}</p></div></div>
        <div className="pair">
          <OtherCard state={state} guard={guard} />
          <ScannedCard state={state} guard={guard} />
        </div>
        <div className="question-space" />
        <div className="choices">
          <Choice state={state} keyName="Enter" hint={t(tellsPaid(guard) ? 'guard.paidNowHint' : 'guard.sameHint')} />
          <Choice state={state} keyName="+" hint={t(anotherHint(guard))} />
        </div>
      </div>
    </main>
  );
}

function anotherHint({ other, charge, givenUp }: Extract<Guard, { kind: 'sameCustomer' }>): WordKey {
  if (other.quiet) return 'guard.notClosedChargeHint';
  if (charge.scan === null) return 'guard.anotherShowHint';
  return givenUp ? 'guard.anotherGivenUpHint' : 'guard.anotherHint';
}

interface CardProps {
  readonly state: TillScreen;
  readonly guard: Extract<Guard, { kind: 'sameCustomer' }>;
}

function OtherCard({ state, guard }: CardProps): ReactElement {
  const { t } = useWords();
  const other = state.payments[guard.other.paymentId] ?? guard.other;
  const time = clockText(other.startedAt, state.status?.timezone, 'minutes');
  const open = other.verdict === 'notKnownYet';
  return (
    <section className="pair-card">
      <h2>{t(guard.other.quiet || tellsPaid(guard) ? 'guard.notClosed' : guard.givenUp ? 'guard.givenUp' : 'guard.parked')}</h2>
      <VerdictTag paid={other.verdict === 'paid' || tellsPaid(guard)} open={open} />
      <AmountFigures amount={other.amount} />
      <div className="pair-who">
        <span className="row"><WalletMark wallet={other.wallet} />{walletText(t, other)}</span>
        <span>{time}{open ? ` · ${nextWords(other, state, t, { at: 'guard.nextAt', in: 'guard.nextIn', now: 'guard.asking' })}` : ''}</span>
      </div>
    </section>
  );
}

function VerdictTag({ paid, open }: { readonly paid: boolean; readonly open: boolean }): ReactElement {
  const { t } = useWords();
  if (paid) return <span className="tag paid"><PaidMark size={16} />{t('verdict.paid')}</span>;
  return open ? <span className="tag unknown"><UnknownMark size={17} />{t('verdict.notKnown')}</span> : <span className="tag no"><NotPaidMark size={16} />{t('verdict.undone')}</span>;
}

function ScannedCard({ state, guard }: CardProps): ReactElement {
  const { t } = useWords();
  const { scan } = guard.charge;
  return (
    <section className="pair-card">
      <h2>{t(scan === null ? 'guard.toShow' : 'guard.scanned')}</h2>
      <span className="tag">{t(scan === null ? 'guard.notShown' : 'guard.notCharged')}</span>
      <AmountFigures amount={guard.charge.amount} />
      <div className="pair-who">
        <span className="row">{scan === null ? t('payment.shownCode') : <><WalletMark wallet={scan.wallet} />{walletText(t, scan)}</>}</span>
        <span>{clockText(state.shownSince, state.status?.timezone, 'minutes')}</span>
      </div>
    </section>
  );
}
