/** Refund: the receipt left, three steps right. The cap carries the amount; nothing goes back before it is pressed. */
import type { ReactElement } from 'react';
import type { ForeignOrder } from '../../core/contract/types.ts';
import { amountText, amountWithSign, type Amount } from '../../core/money/amount.ts';
import { approvalAsked, isApproved } from '../machine/approving.ts';
import { approvesAlone, refundAmount, refundForm, refundStep, reasonMostCharacters, type RefundForm } from '../machine/refund.ts';
import type { RefundPlace } from '../machine/refund-open.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { ApprovalBox, ChoiceCap, Step } from '../parts/steps.tsx';
import { TextField } from '../parts/text-field.tsx';
import { walletText } from '../parts/wallet.tsx';
import { dateText } from '../words/format.ts';
import { useWords, type Said } from '../words/i18n.ts';
import { headline, sentences } from '../words/sentences.ts';
import type { PartLook } from './parts.tsx';
import { Paper, SalePaper } from './paper.tsx';

interface Props {
  readonly at: RefundPlace;
  readonly state: TillScreen;
}

export const refundLook: PartLook<RefundPlace> = {
  title: 'screen.refund',
  draw: (at, state) => <RefundScreen at={at} state={state} />,
  words(at, state, said) {
    const form = refundForm(at);
    if (at.stage === 'switching') return { urgent: said.t('refund.switch') };
    if (!form || at.stage === 'sending' || at.stage === 'cannot') return {};
    return { polite: approvalAsked(state) && at.approving.pin.typed.length > 0 ? said.t('say.pinLength', { count: at.approving.pin.typed.length }) : stepTitle(refundStep(at, state), form, state, said) };
  },
};

function RefundScreen({ at, state }: Props): ReactElement {
  const form = refundForm(at);
  if (at.stage === 'switching') return <Switching at={at} state={state} />;
  if (!form || at.stage === 'cannot') {
    return (
      <main className="refund">
        <div className="refund-left">{form && <Receipt at={at} state={state} />}</div>
        <div className="refund-right">{at.stage === 'cannot' ? <Cannot at={at} /> : <Reading at={at} />}</div>
      </main>
    );
  }
  return (
    <main className="refund">
      <div className="refund-left">
        <Receipt at={at} state={state} />
        <Way at={at} form={form} />
      </div>
      <Steps at={at} state={state} form={form} />
    </main>
  );
}

/** The journal answers at once; a gateway may take seconds. */
function Reading({ at }: { readonly at: RefundPlace }): ReactElement {
  const { t } = useWords();
  if (at.stage !== 'lookingUp') return <h1 tabIndex={-1} id="title">{t('refund.loading')}</h1>;
  return <section className="refund-cannot"><h1 tabIndex={-1} id="title">{t('refund.lookingUp')}</h1><p>{t('refund.lookingUpHint')}</p></section>;
}

function Receipt({ at, state }: Props): ReactElement | null {
  const { t } = useWords();
  if (at.subject.kind === 'foreign') return at.subject.order && <ForeignPaper order={at.subject.order} state={state} />;
  if (!at.subject.plan) return null;
  return <><p className="refund-label">{t(at.back === null || at.back.name === 'counter' ? 'refund.scanned' : 'refund.receipt')}</p><SalePaper state={state} payment={at.subject.plan.payment} sums="before" /></>;
}

/** What a gateway told of a sale that isn't in this journal. */
function ForeignPaper({ order, state }: { readonly order: ForeignOrder; readonly state: TillScreen }): ReactElement {
  const { t, locale } = useWords();
  return (
    <>
      <p><span className="tag unknown">{t('refund.foreign')}</span></p>
      <Paper
        store={state.status?.storeName ?? ''} time={order.paidAt === null ? ' ' : dateText(order.paidAt, state.status?.timezone, locale)} amount={order.amount}
        tag={<span className="tag">{t('refund.foreignPaid')}</span>}
        facts={[
          [t('paper.wallet'), walletText(t, { wallet: order.wallet, last4: '' }).replace(/ •• $/, '')],
          [t('paper.gateway'), order.gatewayNames[locale]],
          ...(order.gatewayRef === null ? [] : [[t('paper.gatewayNumber'), order.gatewayRef]] as const),
          ...(order.refusal ? [] : [[t('paper.refundsThere'), t('paper.none')]] as const),
        ]}
      >
        <dl className="paper-sums"><div className="paper-left"><dt>{t('paper.left')}</dt><dd>{order.refusal ? '–' : amountText(order.amount)}</dd></div></dl>
      </Paper>
      <p className="amber-note"><b>{t('refund.foreignNote')}</b>{t('refund.foreignNoteHint', { gateway: order.gatewayNames[locale] })}</p>
    </>
  );
}

function Way({ at, form }: { readonly at: RefundPlace; readonly form: RefundForm }): ReactElement | null {
  const { t, gateway } = useWords();
  if (at.subject.kind === 'foreign' || !at.subject.plan) return null;
  const words = form.way === 'cash' ? t('refund.wayCash') : form.way === 'outside' ? t(at.subject.plan.refundable.refusal === null ? 'refund.wayRefused' : 'refund.wayOutside', { gateway: gateway(at.subject.plan.payment) }) : t('refund.way');
  return <p className="refund-way">{words}</p>;
}

/** Why nothing can go back now, in the till's three sentences. */
function Cannot({ at }: { readonly at: RefundPlace }): ReactElement {
  const { t, text } = useWords();
  const refusal = at.subject.kind === 'foreign' ? at.subject.order?.refusal ?? null : at.subject.plan?.refundable.refusal ?? null;
  const said = refusal ? sentences(text(refusal)) : [];
  return (
    <section className="refund-cannot">
      <h1 tabIndex={-1} id="title" className="row"><UnknownMark size={40} quiet /><span>{said[0] ? headline(said[0]) : t('refund.cannot')}</span></h1>
      {said.slice(1).map((sentence) => <p key={sentence}>{sentence}</p>)}
    </section>
  );
}

function Steps({ at, state, form }: Props & { readonly form: RefundForm }): ReactElement {
  const said = useWords();
  const { t } = said;
  const step = refundStep(at, state);
  const amount = refundAmount(at) ?? form.left;
  const nobody = !approvalAsked(state);
  const sending = at.stage === 'sending';
  return (
    <div className="refund-right">
      <h1 className="said" tabIndex={-1} id="title" aria-describedby="amount">{t(sending ? 'refund.sending' : 'screen.refund')}</h1>
      <Step number={1} title={t('refund.step.amount')} state={step === 'amount' ? 'now' : 'done'}>
        <div className={step === 'amount' ? 'refund-amount ringed' : 'refund-amount'} style={figuresWide(amount)}>
          <AmountFigures amount={amount} caret={step === 'amount'} empty={step === 'amount' && at.typed === ''} id="amount" />
          <span className="tag">{amountTag(at, form, amount, said)}</span>
        </div>
      </Step>
      <Step number={2} title={t('refund.step.reason')} state={at.stage === 'reason' || at.stage === 'other' ? 'now' : step === 'amount' ? 'later' : 'done'}>
        {at.stage === 'other'
          ? <TextField label={t('refund.otherField')} value={at.sentence} most={reasonMostCharacters} />
          : <Reasons at={at} ringed={step === 'reason' && !sending && (nobody || at.stage === 'reason')} />}
      </Step>
      <Step number={3} title={stepTitle('approval', form, state, said)} state={nobody || isApproved(state, at.approving) ? 'done' : step === 'approval' ? 'now' : 'later'}>
        <ApprovalBox state={state} approving={at.approving} now={step === 'approval'} {...rules(form, amount, said)} />
      </Step>
      <p className="refund-last">{sending ? t('refund.sending') : lastWords(at, state, form, amount, said)}</p>
    </div>
  );
}

function Reasons({ at, ringed }: { readonly at: RefundPlace; readonly ringed: boolean }): ReactElement {
  const { t } = useWords();
  const own = at.reason === 'other' && at.sentence.trim() !== '' ? at.sentence : t('refund.other');
  return (
    <div className="ask-choices">
      {at.reasons.map((reason, index) => <ChoiceCap digit={String(index + 1)} row={index} chosen={at.reason === index} ringed={ringed && at.reason === index} key={reason}><span>{reason}</span></ChoiceCap>)}
      <ChoiceCap digit={String(at.reasons.length + 1)} row={at.reasons.length} chosen={at.reason === 'other'} ringed={ringed && at.reason === 'other'}><span className="own-reason">{own}</span></ChoiceCap>
    </div>
  );
}

function amountTag(at: RefundPlace, form: RefundForm, amount: Amount, { t }: Said): string {
  if (form.wholeOnly) return t('refund.wholeOnly');
  if (at.stage === 'amount' || amount.minor !== form.left.minor) return t('refund.most', { amount: amountWithSign(form.left) });
  const paid = at.subject.kind === 'ours' ? at.subject.plan?.payment.amount.minor : form.left.minor;
  return t(paid === form.left.minor ? 'refund.all' : 'refund.allLeft');
}

function stepTitle(step: 'amount' | 'reason' | 'approval', form: RefundForm, state: TillScreen, { t }: Said): string {
  if (step !== 'approval') return t(`refund.step.${step}`);
  if (!approvalAsked(state)) return t('refund.step.nobody');
  return t(form.approvalAbove === null ? 'refund.step.supervisor' : 'refund.step.approval');
}

function rules(form: RefundForm, amount: Amount, { t }: Said): { readonly rule: string; readonly hint: string } {
  if (form.approvalAbove === null) return { rule: t('refund.ruleWhatever'), hint: t(form.way === 'outside' ? 'refund.ruleOutsideHint' : 'refund.ruleWhateverHint') };
  const limit = { amount: amountWithSign(form.approvalAbove) };
  // The rule that holds for this amount stands first.
  return approvesAlone(form, amount) ? { rule: t('refund.rule', limit), hint: t('refund.ruleAbove', limit) } : { rule: t('refund.ruleAbove', limit), hint: t('refund.rule', limit) };
}

function lastWords(at: RefundPlace, state: TillScreen, form: RefundForm, amount: Amount, { t, locale }: Said): string {
  const values = { amount: amountWithSign(amount) };
  switch (form.way) {
    case 'foreign': return t('refund.lastForeign', { gateway: at.subject.kind === 'foreign' ? at.subject.order?.gatewayNames[locale] ?? '' : '' });
    case 'outside': return t('refund.lastOutside', values);
    case 'cash': return t('refund.lastCash', values);
    case 'gateway': return t(!approvalAsked(state) || isApproved(state, at.approving) ? 'refund.lastReady' : 'refund.last', values);
  }
}

/** Another receipt was scanned: it is taken only when somebody says so. */
function Switching({ at, state }: Props): ReactElement {
  const { t } = useWords();
  const amount = refundAmount(at);
  return (
    <main className="question">
      <div className="question-paper">
        <div className="question-head"><div><h1 tabIndex={-1} id="title">{t('refund.switch')}</h1><p>{t('refund.nothingYet')}</p></div></div>
        <div className="pair">
          <section className="pair-card">
            <h2>{t('refund.switchFrom')}</h2><span />
            {amount && <AmountFigures amount={amount} />}
            <div className="pair-who"><span>{at.subject.kind === 'ours' ? at.subject.plan?.payment.number : at.subject.reference}</span></div>
          </section>
          <section className="pair-card ringed">
            <h2>{t('refund.switchTo')}</h2><span />
            {at.other?.kind === 'ours' ? <AmountFigures amount={at.other.amount} /> : <span />}
            <div className="pair-who"><span>{at.other?.kind === 'ours' ? at.other.number : at.other?.reference}</span>{at.other?.kind === 'foreign' && state.status && <span>{t('refund.foreign')}</span>}</div>
          </section>
        </div>
      </div>
    </main>
  );
}
