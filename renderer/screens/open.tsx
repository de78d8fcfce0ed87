/** Open payments: everything without an outcome, oldest first, and proof of what was done about the ringed one. */
import type { ReactElement } from 'react';
import type { OpenPayments, PaymentView } from '../../core/contract/types.ts';
import { AmountFigures } from '../parts/amount.tsx';
import { keepFocus } from '../parts/cap.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { EmptyMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { useSend } from '../parts/send.ts';
import { walletText } from '../parts/wallet.tsx';
import type { TillScreen } from '../machine/state.ts';
import { openRefundOf } from '../machine/turned.ts';
import { openList, ringedPayment } from '../machine/view.ts';
import { clockText, dayText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { nextWords, spanWords, stageWords } from '../words/payment-words.ts';
import { Evidence } from './evidence.tsx';

export function OpenScreen({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const rows = openList(state);
  const ringed = ringedPayment(state);
  const quiet = state.place.name === 'open' && state.place.list === 'quiet';
  return (
    <main className="open">
      <div className="open-left">
        {state.openPayments && state.openPayments.quiet.length > 0 && <Tabs open={state.openPayments} quiet={quiet} />}
        <h1 tabIndex={-1} id="title">{t(quiet ? 'open.quietTitle' : 'open.title', { count: rows.length })}</h1>
        <p className="open-sub">{t(quiet ? 'open.quietSub' : 'open.sub')}</p>
        <ul className="rows" aria-label={t('open.list')}>
          {rows.map((payment, index) => (
            <PaymentRow payment={payment} number={index + 1} ringed={payment === ringed} state={state} key={payment.paymentId} />
          ))}
        </ul>
        <div className="open-below">
          {quiet ? <p className="open-foot-note">{t('open.quietFoot')}</p> : state.openPayments && <Settled open={state.openPayments} />}
        </div>
      </div>
      {ringed && <Evidence state={state} payment={ringed} />}
    </main>
  );
}

function Tabs({ open, quiet }: { readonly open: OpenPayments; readonly quiet: boolean }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <div className="tabs" role="tablist">
      <button type="button" role="tab" className="tab" aria-selected={!quiet} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'list', list: 'open' })}>
        {t('open.tab', { count: open.open.length })}
      </button>
      <button type="button" role="tab" className="tab" aria-selected={quiet} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'list', list: 'quiet' })}>
        {t('open.quietTab', { count: open.quiet.length })}
      </button>
    </div>
  );
}

interface RowProps {
  readonly payment: PaymentView;
  readonly number: number;
  readonly ringed: boolean;
  readonly state: TillScreen;
}

function PaymentRow({ payment, number, ringed, state }: RowProps): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const row = useRingInSight<HTMLButtonElement>(ringed);
  const refund = openRefundOf(payment);
  const next = nextWords(refund ?? payment, state, t, { at: 'open.next', in: 'open.nextIn', now: 'open.nextNow' });
  const timezone = state.status?.timezone;
  const started = state.now - payment.startedAt > 12 * 3_600_000 ? dayText(payment.startedAt, timezone) : clockText(payment.startedAt, timezone, 'minutes');
  return (
    <li>
      <button
        type="button" ref={row} className={ringed ? 'payment-row ringed' : 'payment-row'} aria-current={ringed} tabIndex={-1}
        onMouseDown={keepFocus} onClick={() => send({ type: 'row', index: number - 1 })}
      >
        <span className="row-number">{number}</span>
        <UnknownMark size={27} quiet={payment.quiet} />
        <span className="stack">
          <span className="row-stage">{payment.quiet ? next : stageWords(t, payment)}</span>
          <span className="row-facts">
            <span>{started} · {walletText(t, payment)}</span>
            {!payment.quiet && <><span className="dot"> · </span><span>{next}</span></>}
          </span>
          {payment.notWanted && <span><span className="tag">{t('open.notWanted')}</span></span>}
        </span>
        <AmountFigures amount={refund?.amount ?? payment.amount} minus={refund !== null} />
      </button>
    </li>
  );
}

function Settled({ open }: { readonly open: OpenPayments }): ReactElement | null {
  const { t } = useWords();
  const { paid, undone, longestSeconds } = open.settledToday;
  if (paid + undone === 0) return null;
  return (
    <section className="settled">
      <h2 className="row"><PaidMark />{t('open.settled', { count: paid + undone })}</h2>
      <p>{t('open.settledDetail', { paid, undone, longest: spanWords(t, longestSeconds) })}</p>
    </section>
  );
}

/** Nothing open is a dashed diamond: green would say paid. */
export function OpenEmptyScreen({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const open = state.openPayments;
  const quiet = state.place.name === 'open' && state.place.list === 'quiet';
  if (!open) return <main className="nothing"><h1 tabIndex={-1} id="title">{t('open.loading')}</h1></main>;
  const settled = open.settledToday.paid + open.settledToday.undone;
  return (
    <main className="nothing">
      <EmptyMark />
      <h1 tabIndex={-1} id="title">{t(quiet ? 'open.quietEmpty' : 'open.empty')}</h1>
      <p>{t('open.emptySub')}</p>
      <dl>
        <div><dt>{t('open.emptySettled')}</dt><dd>{settled}</dd></div>
        <div><dt>{t('open.emptyLongest')}</dt><dd>{settled === 0 ? '–' : spanWords(t, open.settledToday.longestSeconds)}</dd></div>
        <div><dt>{t('open.emptyQuiet')}</dt><dd>{open.quiet.length}</dd></div>
      </dl>
    </main>
  );
}
