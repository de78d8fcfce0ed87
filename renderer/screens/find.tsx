/** Find: the field and its rows, what matched underlined and named; right the ringed payment's receipt. */
import type { ReactElement, ReactNode } from 'react';
import type { FindHit, PaymentView } from '../../core/contract/types.ts';
import { amountText, amountWithSign, currencySign, makeAmount } from '../../core/money/amount.ts';
import { currencyDecimals } from '../../core/money/currency.ts';
import { findLines, findSpans, ringedHit, type FindPlace } from '../machine/find.ts';
import type { TillScreen } from '../machine/state.ts';
import type { FilterLine } from '../machine/today-filter.ts';
import { hasOpenRefund } from '../machine/turned.ts';
import { keepFocus } from '../parts/cap.tsx';
import { NotPaidMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { RecordedMark, ReturnMark } from '../parts/money-marks.tsx';
import { useSend } from '../parts/send.ts';
import { walletText } from '../parts/wallet.tsx';
import { clockText, dayText } from '../words/format.ts';
import { useWords, type Said } from '../words/i18n.ts';
import { stageWords } from '../words/payment-words.ts';
import { spokenAmount } from '../words/spoken.ts';
import { SalePaper } from './paper.tsx';
import type { PartLook } from './parts.tsx';

interface Props {
  readonly at: FindPlace;
  readonly state: TillScreen;
}

export const findLook: PartLook<FindPlace> = {
  title: 'screen.find',
  draw: (at, state) => <FindScreen at={at} state={state} />,
  words(at, state, said) {
    const ringed = ringedHit(at);
    if (at.hits === null) return {};
    if (!ringed) return { polite: at.typed === '' ? said.t('find.nothingYet') : said.t('find.nothing', { x: at.typed }) };
    const { payment } = ringed;
    return { polite: said.t('say.foundRow', {
      count: at.hits.length, stage: findStage(payment, said), amount: spokenAmount(payment.amount, said.locale), time: clockText(payment.startedAt, state.status?.timezone, 'minutes'),
    }) };
  },
};

function FindScreen({ at, state }: Props): ReactElement {
  const { t } = useWords();
  const ringed = ringedHit(at);
  return (
    <main className="find">
      <div className="find-left">
        <h1 tabIndex={-1} id="title">{t('find.title')}</h1>
        <div className={at.stage === 'typing' ? 'find-field ringed' : 'find-field'} role="textbox" aria-label={t('find.field')} tabIndex={-1}>
          <span className={at.code ? 'find-typed code' : 'find-typed'}>{at.code ? t('find.code', { last4: at.code.last4 }) : at.typed}</span>
          {at.stage === 'typing' && <i className="caret" />}
          <span className="find-count">{countWords(at, t)}</span>
        </div>
        {at.stage === 'filter' ? <Filter at={at} state={state} /> : <Hits at={at} state={state} />}
        <p className="find-hint">{t(at.stage === 'filter' ? 'find.filterHint' : 'find.hint')}</p>
      </div>
      <div className="find-right">{ringed && <SalePaper state={state} payment={ringed.payment} sums="now" />}</div>
    </main>
  );
}

function countWords(at: FindPlace, t: Said['t']): string {
  const narrowed = at.span !== 0 || Object.keys(at.filter).length > 0 ? ` · ${t('find.narrowed')}` : '';
  const days = t(`find.days.${at.days}`) + narrowed;
  if (at.hits === null) return t('find.searching');
  const count = at.typed === '' && !at.code ? t('find.newest') : t(at.more ? 'find.countMore' : 'find.count', { count: at.hits.length });
  return `${count} · ${days}`;
}

function Hits({ at, state }: Props): ReactElement {
  const { t } = useWords();
  const ringed = ringedHit(at);
  if (at.hits?.length === 0) return <p className="find-nothing">{at.typed === '' && !at.code ? t('find.nothingYet') : t('find.nothing', { x: at.code ? `•• ${at.code.last4}` : at.typed })}</p>;
  return (
    <ul className="find-rows">
      {at.hits?.map((hit, index) => <HitRow hit={hit} index={index} ringed={hit === ringed} state={state} key={`${hit.payment.paymentId}/${index}`} />)}
    </ul>
  );
}

function HitRow({ hit, index, ringed, state }: { readonly hit: FindHit; readonly index: number; readonly ringed: boolean; readonly state: TillScreen }): ReactElement {
  const said = useWords();
  const send = useSend();
  const { payment, matched } = hit;
  const foreign = payment.amount.currency === state.status?.currency ? '' : currencySign(payment.amount.currency);
  const kind = payment.verdict === 'notPaid' ? 'no' : payment.verdict === 'notKnownYet' ? 'unknown' : '';
  return (
    <li>
      <button type="button" className={ringed ? 'find-row chosen' : 'find-row'} aria-current={ringed} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}>
        <HitMark payment={payment} />
        <span className="stack">
          <span className="find-first">{dayText(payment.startedAt, state.status?.timezone)}<b className={kind}>{findStage(payment, said)}</b></span>
          <span className="find-second">{matchWords(hit, said)}</span>
        </span>
        <span className={`find-amount ${kind} ${matched === 'amount' ? 'matched' : ''}`.trim()}>{foreign}{amountText(payment.amount)}</span>
      </button>
    </li>
  );
}

function HitMark({ payment }: { readonly payment: PaymentView }): ReactElement {
  if (payment.settled) return <RecordedMark size={22} />;
  if (hasOpenRefund(payment)) return <UnknownMark size={26} />;
  if (payment.refundable.refunded.minor > 0) return <ReturnMark size={26} />;
  if (payment.verdict === 'paid') return <PaidMark size={26} />;
  return payment.verdict === 'notPaid' ? <NotPaidMark size={26} /> : <UnknownMark size={26} quiet={payment.quiet} />;
}

/** The payment's stage; where money went back, that is the news. */
function findStage(payment: PaymentView, { t }: Said): string {
  if (payment.settled || hasOpenRefund(payment)) return stageWords(t, payment);
  if (payment.refundable.refunded.minor > 0) return t(payment.refundable.left.minor > 0 ? 'payment.partlyTag' : 'payment.refundedTag');
  return stageWords(t, payment);
}

/** Who paid by what, and the text that matched: named, and what was typed underlined. */
function matchWords({ payment, matched, text, from, length }: FindHit, { t }: Said): ReactNode {
  if (matched === 'filter') return `${walletText(t, payment)} · ${payment.number}`;
  if (matched === 'amount' || matched === 'code') return `${walletText(t, payment)} · ${t(`find.by.${matched}`)}`;
  if (matched === 'last4') {
    const [wallet] = walletText(t, payment).split(' •• ');
    return <>{wallet} •• <u>{payment.last4}</u> · {t('find.by.last4')}</>;
  }
  return <>{walletText(t, payment)} · {t(`find.by.${matched}`)}<Match text={text} from={from} length={length} /></>;
}

/** Long references are cut in the middle, away from what matched. */
const shownMost = 22;

function Match({ text, from, length }: { readonly text: string; readonly from: number; readonly length: number }): ReactElement {
  const [before, hit, after] = [text.slice(0, from), text.slice(from, from + length), text.slice(from + length)];
  const room = Math.max(4, shownMost - hit.length);
  return <>{before.length > room ? `${before.slice(0, 4)}…${before.slice(4 - room)}` : before}<u>{hit}</u>{after.length > room ? `${after.slice(0, room - 4)}…` : after}</>;
}

function Filter({ at, state }: Props): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <ul className="find-rows" aria-label={t('find.filter')}>
      {findLines(at, state).map((line, index) => (
        <li key={typeof line === 'string' ? line : line.field}>
          <button type="button" className={index === at.line ? 'find-line ringed' : 'find-line'} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}>
            <span>{lineName(line, t)}</span><b>{lineValue(line, at, state, t)}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}

function lineName(line: FilterLine | 'days' | 'span', t: Said['t']): string {
  if (line === 'days') return t('cap.findDays');
  return line === 'span' ? t('find.span') : t(line.word);
}

function lineValue(line: FilterLine | 'days' | 'span', at: FindPlace, state: TillScreen, t: Said['t']): string {
  if (line === 'days') return t(`find.days.${at.days}`);
  if (line !== 'span') return line.chosen.word ? t(line.chosen.word) : line.chosen.name;
  const currency = state.status?.currency ?? 'CNY';
  const money = (whole: number): string => amountWithSign(makeAmount(whole * 10 ** currencyDecimals(currency), currency));
  const span = findSpans[at.span];
  if (!span || (span.from === null && span.to === null)) return t('find.any');
  if (span.from === null) return t('find.span.to', { to: money(span.to ?? 0) });
  return span.to === null ? t('find.span.from', { from: money(span.from) }) : t('find.span.between', { from: money(span.from), to: money(span.to) });
}
