/** Cash: what was handed over stands in the scan block's place; then the change, in ink, for no gateway spoke. */
import type { ReactElement } from 'react';
import { amountText, amountWithSign, currencySign, makeAmount, type Amount } from '../../core/money/amount.ts';
import { cashOffers, makeChange, type CashOffer } from '../../core/money/cash.ts';
import { Tape } from '../frame/tape.tsx';
import { cashDue, cashHandedOver, type CashChangePlace, type CashReceivedPlace } from '../machine/cash.ts';
import { entryTotal } from '../machine/entry.ts';
import { bindings } from '../machine/keys.ts';
import { entryRules, type TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Cap, Key, keepFocus } from '../parts/cap.tsx';
import { DrawerMark } from '../parts/money-marks.tsx';
import { useSend } from '../parts/send.ts';
import { WalletMark } from '../parts/wallet.tsx';
import { TrainingTag } from '../frame/training-band.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { spokenAmount } from '../words/spoken.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';
import { SumLine } from './sale.tsx';

export const cashReceivedLook: PartLook<CashReceivedPlace> = {
  title: 'screen.sale',
  draw: (at, state) => <CashReceived at={at} state={state} />,
  words: (at, state, { locale, t }) => {
    const [due, received] = [cashDue(state), cashHandedOver(state, at)];
    if (!due || !received || received.minor < due.minor) return {};
    return { polite: t('say.change', { amount: spokenAmount(makeAmount(received.minor - due.minor, due.currency), locale) }) };
  },
};

export const cashChangeLook: PartLook<CashChangePlace> = {
  title: 'screen.sale',
  railless: () => true,
  draw: (at, state) => <CashChange at={at} state={state} />,
  words: ({ payment: { cash } }, _, { locale, t }) => {
    if (!cash) return {};
    return { urgent: cash.change.minor === 0 ? t('cash.giveNone') : t('say.change', { amount: spokenAmount(cash.change, locale) }) };
  },
};

function CashReceived({ at, state }: { readonly at: CashReceivedPlace; readonly state: TillScreen }): ReactElement | null {
  const { t } = useWords();
  const rules = entryRules(state);
  const due = cashDue(state);
  if (!rules || !due) return null;
  const amount = entryTotal(state.entry, rules);
  const keypad = state.preferences.keypad === 'shown';
  return (
    <main className={keypad ? 'sale' : 'sale no-keypad'}>
      <div className="sale-left">
        <h1 className="sale-sentence" tabIndex={-1} id="title" aria-describedby="amount">{t(at.stage === 'booking' ? 'cash.booking' : 'cash.sentence')}</h1>
        <div className="sale-amount" style={figuresWide(amount)}><AmountFigures amount={amount} id="amount" /></div>
        {due.minor === amount.minor ? <SumLine state={state} rules={rules} /> : <p className="sale-sum"><b>{t('cash.due', { amount: amountWithSign(due) })}</b></p>}
        <div className="sale-body">
          {keypad && <Keypad label={t('sale.keypad')} />}
          <ReceivedPanel at={at} state={state} due={due} />
        </div>
      </div>
      <Tape state={state} />
    </main>
  );
}

function ReceivedPanel({ at, state, due }: { readonly at: CashReceivedPlace; readonly state: TillScreen; readonly due: Amount }): ReactElement {
  const { t } = useWords();
  const received = cashHandedOver(state, at);
  const short = received !== null && received.minor < due.minor;
  const change = received === null ? null : makeAmount(Math.abs(received.minor - due.minor), due.currency);
  return (
    <section className="cash-panel">
      <div className="cash-heads"><h2>{t('cash.received')}</h2><span>{t(short ? 'cash.short' : change?.minor === 0 ? 'cash.exact' : 'cash.change')}</span></div>
      <div className="cash-sums" style={figuresWide(received ?? due)}>
        <Received at={at} due={due} received={received} />
        {change !== null && change.minor > 0 && <b className={short ? 'cash-change short' : 'cash-change'}>{amountText(change)}</b>}
      </div>
      <div className="cash-offers">
        {cashOffers(due, state.status?.cash.notes ?? []).map((offer) => <OfferCap offer={offer} chosen={at.typed === offer.digit} key={offer.digit} />)}
      </div>
    </section>
  );
}

/** One digit is the note: the zeros that make it enough stand in grey behind it. */
function Received({ at, due, received }: { readonly at: CashReceivedPlace; readonly due: Amount; readonly received: Amount | null }): ReactElement {
  const grown = received !== null && /^[0-9]$/.test(at.typed) && at.typed !== '0';
  const typed = at.typed === '0' && received ? amountText(received) : grown ? at.typed : at.typed.replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/g, ',');
  return (
    <div className={received === null ? 'amount empty' : 'amount'}>
      <span className="amount-sign">{currencySign(due.currency).trim()}</span>
      <span>{typed}</span>
      {at.stage === 'typing' && <i className="caret" />}
      {grown && <span className="cash-zeros">{amountText(received).slice(1)}</span>}
    </div>
  );
}

/** A longer sum stands by itself: its heading says what it is. */
const shortChange = 6;

function OfferCap({ offer, chosen }: { readonly offer: CashOffer; readonly chosen: boolean }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <button
      type="button" className={chosen ? 'cash-offer chosen' : 'cash-offer'} tabIndex={-1} onMouseDown={keepFocus}
      onClick={() => {
        // A touch is that note, whatever was typed before it.
        send({ type: 'holdDelete' });
        send({ type: 'key', key: offer.digit as '0' });
      }}
    >
      <Key>{offer.digit}</Key>
      <b style={figuresWide(offer.received)}>{amountText(offer.received)}</b>
      <span>{offer.change.minor === 0 ? t('cash.exact') : <>{amountText(offer.change).length <= shortChange && <i>{t('cash.changeOf')} </i>}{amountText(offer.change)}</>}</span>
    </button>
  );
}

function CashChange({ at: { payment }, state }: { readonly at: CashChangePlace; readonly state: TillScreen }): ReactElement | null {
  const { t } = useWords();
  const { cash } = payment;
  if (!cash) return null;
  const none = cash.change.minor === 0;
  const shown = none ? cash.received : cash.change;
  const facts = [
    t('cash.facts', { amount: amountWithSign(cash.due) }), clockText(payment.paidAt ?? payment.startedAt, state.status?.timezone), payment.number,
    t(payment.message?.key === 'drawerNotOpened' ? 'cash.drawerShut' : 'cash.drawerOpen'),
    t(payment.receipt === 'none' ? 'cash.noReceipt' : `paid.receipt.${payment.receipt}`),
  ];
  return (
    <main className="cash-given">
      {state.status?.training && <TrainingTag />}
      <div className="cash-word"><DrawerMark /><h1 tabIndex={-1} id="title" aria-describedby="amount">{t(none ? 'cash.giveNone' : 'cash.give')}</h1></div>
      <div className="cash-amount" style={figuresWide(shown)}><AmountFigures amount={shown} id="amount" /></div>
      <div className="cash-pieces">
        {makeChange(cash.change).map(({ value, pieces, coin }) => (
          <span className="row" key={value.minor}><i className={coin ? 'coin' : 'note'}>{pieceText(value)}</i>× {pieces}</span>
        ))}
        {!none && <b>{amountText(cash.received)} − {amountText(cash.due)}</b>}
      </div>
      <div className="row cash-facts"><WalletMark wallet="cash" size={34} /><span>{facts.join(' · ')}</span></div>
      <div className="cash-foot">
        <p>{t('paid.next')}</p>
        <div className="caps">{bindings(state).filter((binding) => binding.key !== '/').map((binding) => <Cap binding={binding} key={binding.key} />)}</div>
      </div>
    </main>
  );
}

/** `10`, `0.5`: as it is printed on the money. */
function pieceText(value: Amount): string {
  const text = amountText(value);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
