/** The scan block of Sale: where the hand should go, what was read, and the questions that stop a charge. */
import type { ReactElement, ReactNode } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { PaidMark, PhoneMark, UnknownMark } from '../parts/marks.tsx';
import { DrawerMark } from '../parts/money-marks.tsx';
import { WalletMark, walletText } from '../parts/wallet.tsx';
import { entryTotal } from '../machine/entry.ts';
import { isAskedFirst } from '../machine/same-customer.ts';
import { entryRules, type Guard, type TillScreen } from '../machine/state.ts';
import { hasAmount, shiftIsMissing, shownPayment, viewName } from '../machine/view.ts';
import { clockText, secondsUntil } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { guardWords } from '../words/payment-words.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { headline, sentences } from '../words/sentences.ts';

interface BlockProps {
  readonly state: TillScreen;
}

export function SaleBlock({ state }: BlockProps): ReactElement {
  const view = viewName(state);
  if (view === 'charging') return <ChargingBlock state={state} />;
  if (view === 'typeCode') return <TypedCodeBlock state={state} />;
  if (state.guard) return <GuardPanel guard={state.guard} timezone={state.status?.timezone} />;
  if (state.notice && state.notice.kind !== 'done') return <NoticePanel state={state} />;
  if (state.link === 'down') return <NoLinkBlock />;
  if (shiftIsMissing(state)) return <ShiftClosedBlock state={state} />;
  if (state.held) return <HeldBlock state={state} />;
  return <ReadyBlock state={state} />;
}

function Block({ solid = false, children }: { readonly solid?: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <section className={solid ? 'block solid' : 'block'}>
      <i className="corner" /><i className="corner" /><i className="corner" /><i className="corner" />
      {children}
    </section>
  );
}

function ReadyBlock({ state }: BlockProps): ReactElement {
  const { t, text } = useWords();
  const scanner = state.status?.scanner;
  // A keyboard scanner can't be known, so only one that is known to be gone is no scanner.
  if (scanner?.light === 'gone') {
    return (
      <Block>
        <PhoneMark />
        <h2>{t('block.noScanner')}</h2>
        <p>{scanner.message ? text(scanner.message) : t('block.noScannerHint')}</p>
      </Block>
    );
  }
  if (hasAmount(state)) return <Block solid><PhoneMark /><h2>{t('block.scan')}</h2><p>{t('block.scanHint')}</p></Block>;
  return <Block><PhoneMark /><h2>{t('block.ready')}</h2><p>{t('block.codeFirst')}</p><p>{t('block.byHand')}</p><p>{t('block.refund')}</p></Block>;
}

/** Nothing is sold before the shift is open; what was typed waits. */
function ShiftClosedBlock({ state }: BlockProps): ReactElement {
  const { t } = useWords();
  const rules = entryRules(state);
  return (
    <Block>
      <DrawerMark />
      <h2>{t('block.shiftClosed')}</h2>
      <p>{t('block.shiftClosedHint')}</p>
      {hasAmount(state) && rules && <p className="countdown">{t('block.shiftKept', { amount: amountWithSign(entryTotal(state.entry, rules)) })}</p>}
    </Block>
  );
}

/** A code that was shown first: whose it is, and how long it is kept. */
function HeldBlock({ state }: BlockProps): ReactElement | null {
  const { t } = useWords();
  const rules = entryRules(state);
  if (!state.held || !rules) return null;
  const ready = hasAmount(state);
  return (
    <Block solid={ready}>
      <WalletMark wallet={state.held.wallet} size={84} />
      <p className="last4">{walletText(t, state.held)}</p>
      <p>{ready ? t('block.codeReadyHint', { amount: amountWithSign(entryTotal(state.entry, rules)) }) : `${t('block.codeRead')} · ${t('block.codeReadHint')}`}</p>
      <p className="countdown">{t('block.codeLeft', { seconds: secondsUntil(state.held.expiresAt, state.now) })}</p>
    </Block>
  );
}

function ChargingBlock({ state }: BlockProps): ReactElement {
  const { t } = useWords();
  const scanned = state.charging ? state.charging.charge.scan : shownPayment(state);
  return (
    <Block solid>
      {scanned && <WalletMark wallet={scanned.wallet} size={84} />}
      {scanned && <p className="last4">{walletText(t, scanned)}</p>}
      <p>{t(chargingWord(state))}</p>
    </Block>
  );
}

function chargingWord(state: TillScreen): WordKey {
  if (state.link !== 'up') return 'block.chargingNoLink';
  if (isAskedFirst(state)) return 'block.askingFirst';
  return state.charging?.charge.scan === null ? 'block.askingForCode' : 'block.charging';
}

/** The code as it is typed, in fours as phones show it. It leaves this screen with Enter. */
function TypedCodeBlock({ state }: BlockProps): ReactElement {
  const { t } = useWords();
  const rules = entryRules(state);
  const groups = (state.typedCode ?? '').match(/.{1,4}/g) ?? [];
  const amount = rules && hasAmount(state) ? amountWithSign(entryTotal(state.entry, rules)) : null;
  return (
    <Block>
      <h2>{t('block.typed')}</h2>
      <p className="code-digits">{groups.map((group, index) => <span key={index}>{group}</span>)}<i className="caret" /></p>
      <p>{amount === null ? t('block.typedHint') : t('block.typedCharge', { amount })}</p>
    </Block>
  );
}

function NoLinkBlock(): ReactElement {
  const { t } = useWords();
  return <Block><PhoneMark /><h2>{t('block.noLink')}</h2><p>{t('block.noLinkHint')}</p></Block>;
}

/** What a scan was, that charged nothing. */
function NoticePanel({ state }: BlockProps): ReactElement | null {
  const { notice } = useWords();
  if (!state.notice) return null;
  const said = sentences(notice(state.notice));
  return (
    <section className="panel-question" role="alert">
      <header><UnknownMark size={34} solid /><h2>{headline(said[0] ?? '')}</h2></header>
      <div className="panel-body">{said.slice(1).map((sentence) => <p key={sentence}>{sentence}</p>)}</div>
    </section>
  );
}

function GuardPanel({ guard, timezone }: { readonly guard: Guard; readonly timezone: string | undefined }): ReactElement {
  const said = useWords();
  const words = guardWords(guard, said, timezone);
  return (
    <section className="panel-question">
      <header><UnknownMark size={34} solid /><h2>{words.title}</h2></header>
      <div className="panel-body">
        <Who payment={guard.other} timezone={timezone} withAmount={guard.kind === 'codeOpen'} />
        <p>{words.text}</p>
        <footer>{words.foot}</footer>
      </div>
    </section>
  );
}

function Who({ payment, timezone, withAmount }: { readonly payment: PaymentView; readonly timezone: string | undefined; readonly withAmount: boolean }): ReactElement {
  const { t } = useWords();
  const parts = [walletText(t, payment), ...(withAmount ? [amountWithSign(payment.amount)] : []), clockText(payment.paidAt ?? payment.startedAt, timezone, withAmount ? 'minutes' : 'seconds')];
  return (
    <div className="row panel-who">
      <WalletMark wallet={payment.wallet} />
      <span>{parts.join(' · ')}</span>
      {payment.verdict === 'paid' ? <PaidMark size={22} /> : <UnknownMark size={22} />}
    </div>
  );
}
