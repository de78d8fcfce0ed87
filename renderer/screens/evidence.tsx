/** One open payment as evidence: the journal's lines with milliseconds, who did what, and both references. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { AmountFigures } from '../parts/amount.tsx';
import { useLastInSight } from '../parts/in-sight.ts';
import { timelineWords, Node } from '../parts/lines.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { walletText } from '../parts/wallet.tsx';
import type { TillScreen } from '../machine/state.ts';
import { hasOpenRefund } from '../machine/turned.ts';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';

export function Evidence({ state, payment }: { readonly state: TillScreen; readonly payment: PaymentView }): ReactElement {
  const { t, gateway } = useWords();
  const timezone = state.status?.timezone;
  const lines = state.detail?.payment.paymentId === payment.paymentId ? state.detail.timeline : [];
  const words = timelineWords(t, lines, gateway(payment));
  const list = useLastInSight<HTMLOListElement>(lines.length, payment.paymentId);
  const facts = [walletText(t, payment), gateway(payment), payment.gatewayRef ?? payment.attemptRef];
  return (
    <section className="evidence" aria-label={t('open.timeline')}>
      <div className="row evidence-head">
        <AmountFigures amount={payment.amount} />
        {payment.quiet
          ? <span className="tag"><UnknownMark size={17} quiet />{t('verdict.notClosed')}</span>
          : <span className="tag unknown"><UnknownMark size={17} />{t(hasOpenRefund(payment) ? 'payment.refundOpen' : 'verdict.notKnown')}</span>}
        {payment.notWanted && <span className="tag">{t('open.notWanted')}</span>}
        <span className="number">{payment.number}</span>
      </div>
      <p className="evidence-facts">{facts.join(' · ')}</p>
      <ol className="timeline" ref={list}>
        {lines.map((line, index) => {
          const said = words[index];
          return (
            <li key={line.sequence}>
              <time>{clockText(line.at, timezone, 'milliseconds')}</time>
              <span className="node"><Node by={line.by} /></span>
              <div><span className="line-what">{said?.what}</span>{said?.hint && <small>{said.hint}</small>}</div>
            </li>
          );
        })}
      </ol>
      {payment.quiet ? <p className="evidence-foot">{t('open.quietNote')}</p> : <Legend state={state} />}
    </section>
  );
}

function Legend({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  return (
    <div className="row evidence-foot">
      <span className="row"><Node by="till" />{t('open.node.till')}</span>
      <span className="row"><Node by="gateway" />{t('open.node.gateway')}</span>
      <span className="row"><Node by="unknown" />{t('open.node.unknown')}</span>
      {state.openPayments && <span className="chain">{t(`open.chain.${state.openPayments.chain}`)}</span>}
    </div>
  );
}
