/** One payment, whole: the receipt with what went back and what can, the timeline of attempts and refunds, the references. */
import { useEffect, useRef, type ReactElement } from 'react';
import { message } from '../../core/contract/messages.ts';
import type { PaymentDetail, PaymentView, RefundView, TimelineEntry } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import { references, type PaymentDetailPlace } from '../machine/payment-detail.ts';
import type { TillScreen } from '../machine/state.ts';
import { hasOpenRefund } from '../machine/turned.ts';
import { isAboutNumber, numberMessage, numberWord } from '../words/order-number.ts';
import { AmountFigures } from '../parts/amount.tsx';
import { Key, keepFocus } from '../parts/cap.tsx';
import { Node, timelineWords, type LineWords } from '../parts/lines.tsx';
import { storyOf, type StoryLine } from '../parts/story.ts';
import { NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { ReturnMark } from '../parts/money-marks.tsx';
import { useSend } from '../parts/send.ts';
import { paidBy } from '../parts/wallet.tsx';
import { clockText } from '../words/format.ts';
import { useWords, type Said } from '../words/i18n.ts';
import { stageWords } from '../words/payment-words.ts';
import { spokenAmount } from '../words/spoken.ts';
import { SalePaper, VerdictTag } from './paper.tsx';
import type { PartLook } from './parts.tsx';

export const paymentDetailLook: PartLook<PaymentDetailPlace> = {
  title: 'screen.payment',
  draw: (at, state) => (at.detail ? <PaymentDetailScreen at={at} state={state} detail={at.detail} /> : <Loading />),
  words({ detail }, _, said) {
    if (!detail) return {};
    const { payment } = detail;
    return { polite: said.t('say.payment', { amount: spokenAmount(payment.amount, said.locale), verdict: stageWords(said.t, payment), left: spokenAmount(payment.refundable.left, said.locale) }) };
  },
};

function Loading(): ReactElement {
  const { t } = useWords();
  return <main className="nothing"><h1 tabIndex={-1} id="title">{t('payment.loading')}</h1></main>;
}

interface Props {
  readonly at: PaymentDetailPlace;
  readonly state: TillScreen;
  readonly detail: PaymentDetail;
}

function PaymentDetailScreen({ at, state, detail }: Props): ReactElement {
  const said = useWords();
  const { t } = said;
  const { payment } = detail;
  return (
    <main className="detail">
      <div className="detail-left">
        <SalePaper state={state} payment={payment} sums="now" />
        <Notes payment={payment} said={said} />
      </div>
      <section className="detail-right">
        <div className="row detail-head">
          <h1 className="said" tabIndex={-1} id="title">{t('screen.payment')} {payment.number}</h1>
          <AmountFigures amount={payment.amount} />
          <VerdictTag payment={payment} said={said} />
          {hasOpenRefund(payment) && <span className="tag unknown"><UnknownMark size={17} />{t('payment.refundOpen')}</span>}
          {!hasOpenRefund(payment) && payment.refundable.refunded.minor > 0 && <span className="tag"><ReturnMark size={15} />{t(payment.refundable.left.minor > 0 ? 'payment.partlyTag' : 'payment.refundedTag')}</span>}
          {payment.foreign && <span className="tag">{t('payment.foreignTag')}</span>}
        </div>
        <Timeline at={at} state={state} detail={detail} />
        <References at={at} payment={payment} />
      </section>
    </main>
  );
}

/** What is under the receipt: what the next refund waits for, why none can be, whether the receipt was printed. */
function Notes({ payment, said: { t, text } }: { readonly payment: PaymentView; readonly said: Said }): ReactElement {
  const { refusal } = payment.refundable;
  return (
    <div className="detail-notes">
      {hasOpenRefund(payment) && <p className="amber-note"><b>{t('payment.openNote')}</b>{t('payment.openNoteHint')}</p>}
      {!hasOpenRefund(payment) && refusal && payment.verdict === 'paid' && refusal.key !== 'refundNothingLeft' && <p className="detail-refusal">{text(refusal)}</p>}
      {payment.disputed && <p className="amber-note">{text(message('paymentDisputed', { gateway: payment.gateway, number: payment.number }))}</p>}
      {isAboutNumber(payment) && <p className="amber-note">{text(numberMessage(payment))}</p>}
      {payment.verdict === 'paid' && <p>{t(payment.receipt === 'printed' ? 'payment.printed' : 'payment.notPrinted')}</p>}
    </div>
  );
}

function Timeline({ at, state, detail }: Props): ReactElement {
  const said = useWords();
  const { t, gateway } = said;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const line = at.stage === 'shown' ? list.current?.lastElementChild : list.current?.children[at.down];
    line?.scrollIntoView({ block: 'nearest' });
  }, [at.down, at.stage, detail]);
  const plain = timelineWords(t, detail.timeline, gateway(detail.payment));
  const all = detail.timeline.map((entry, index): StoryLine => ({ entry, end: null, attempt: null, what: plain[index]?.what ?? '', hint: plain[index]?.hint ?? null }));
  const lines = at.stage === 'records' ? all : storyOf(all);
  return (
    <ol className="detail-timeline" ref={list} aria-label={t('open.timeline')}>
      {lines.map((line) => {
        const words = at.stage === 'records' ? recordWords(line) : storyWords(line, detail.payment, said);
        const sum = line.end?.amount ?? line.entry.amount;
        const [time, milliseconds] = clockText(line.entry.at, state.status?.timezone, 'milliseconds').split('.');
        return (
          <li key={line.entry.sequence}>
            <time>{time}<span className="milliseconds">.{milliseconds}</span></time>
            <span className="node"><LineMark entry={line.end ?? line.entry} /></span>
            <div><span className="line-what">{words.what}</span>{words.hint && <small>{words.hint}</small>}</div>
            {sum && <b className="line-sum">{line.entry.refundRef === null ? '' : '−'}{amountText(sum)}</b>}
          </li>
        );
      })}
    </ol>
  );
}

/** A line with who did it, as the journal has it. */
function recordWords({ entry, what, hint }: StoryLine): LineWords {
  const whole = [hint, entry.person].filter((part) => part !== null && part !== '').join(' · ');
  return { what, hint: whole === '' ? null : whole };
}

/** An attempt with how it ended; a refund with why, who did it and who approved. */
function storyWords(line: StoryLine, payment: PaymentView, { t }: Said): LineWords {
  const { entry, end, attempt } = line;
  const refund = payment.refunds.find(({ refundRef }) => refundRef === entry.refundRef);
  if (entry.what === 'refundJournaled' && refund) return { what: t('payment.refundLine', { reason: refund.reason }), hint: refundBy(refund, t) };
  if (entry.what === 'journaled') return { what: attempt === null ? t('payment.sale') : t('payment.attempt', { number: attempt }), hint: end ? [line.what, line.hint].filter((part) => part !== null).join(' · ') : line.what };
  if (entry.what === 'answerPaid') return { what: t('line.paid'), hint: line.what };
  return recordWords(line);
}

function refundBy({ by, approvedBy }: RefundView, t: Said['t']): string | null {
  if (by.name === '') return null;
  if (!approvedBy) return t('payment.by', { by: by.name });
  return approvedBy.operatorId === by.operatorId ? t('payment.ownApproval', { by: by.name }) : t('payment.approvedBy', { by: by.name, name: approvedBy.name });
}

function LineMark({ entry }: { readonly entry: TimelineEntry }): ReactElement {
  switch (entry.what) {
    case 'answerPaid': return <PaidMark size={20} />;
    case 'answerDeclined': case 'refundRefused': return <NotPaidMark size={18} />;
    case 'refundDone': case 'refundCash': case 'refundOutside': case 'cashReturned': return <ReturnMark size={18} />;
    default: return <Node by={entry.by} />;
  }
}

function References({ at, payment }: { readonly at: PaymentDetailPlace; readonly payment: PaymentView }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <ul className="detail-references">
      {references(payment).map(({ digit, word, text }) => (
        <li key={digit}>
          <button type="button" tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: digit as '1' })}>
            <Key>{digit}</Key>
            <span className="reference-name">{t(word, { wallet: t(`wallet.${paidBy(payment)}`) })}</span>
            <span className="reference-text">{text ?? t(numberWord(payment))}</span>
            <span className="reference-copy">{t(text === null ? 'payment.enter' : at.copied === Number(digit) ? 'payment.copied' : 'payment.copy')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
