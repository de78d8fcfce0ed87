/** Before an identity is changed: what still hangs on the old one, and what becomes what (CASES 6). */
import type { ReactElement, ReactNode } from 'react';
import type { Amount, Hanging, Instant } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import type { TillScreen } from '../machine/state.ts';
import { UnknownMark } from '../parts/marks.tsx';
import { ReturnMark } from '../parts/money-marks.tsx';
import { walletText } from '../parts/wallet.tsx';
import { dayText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';

export function HangingScreen({ hanging, state }: { readonly hanging: Hanging; readonly state: TillScreen }): ReactElement {
  const { t, locale } = useWords();
  const { open, openRefunds, unreadable, refundable, withinDays } = hanging;
  const name = hanging.names[locale];
  const when = (at: Instant): string => dayText(at, state.status?.timezone);
  const [firstOpen] = open;
  const [firstRefund] = openRefunds;
  return (
    <main className="hanging">
      <header>
        <h1 tabIndex={-1} id="title">{t('hanging.title')}</h1>
        <p>{t('hanging.sub')}</p>
      </header>
      <section className="hanging-matters">
        <ul>
          {firstOpen && (
            <Matter mark={<UnknownMark size={26} />} title={t('hanging.open', { count: open.length })} amount={open.map(({ amount }) => amount)} sign="">
              {when(firstOpen.startedAt)} · {walletText(t, firstOpen)}
            </Matter>
          )}
          {firstRefund && (
            <Matter mark={<UnknownMark size={26} />} title={t('hanging.refunds', { count: openRefunds.length })} amount={openRefunds.map(({ amount }) => amount)} sign="−">
              {when(firstRefund.startedAt)} · {walletText(t, firstRefund.payment)}
            </Matter>
          )}
          {unreadable.length > 0 && (
            <Matter mark={<UnknownMark size={26} />} title={t('hanging.unreadable', { count: unreadable.length })} amount={[]} sign="">
              {unreadable.join(' · ')}
            </Matter>
          )}
          {refundable > 0 && (
            <Matter mark={<ReturnMark size={24} />} title={t('hanging.refundable', { count: refundable })} amount={[]} sign="">
              {withinDays === null ? t('hanging.noEnd', { name }) : t('hanging.withinDays', { name, days: withinDays })}
            </Matter>
          )}
        </ul>
        <footer><b>{t('hanging.kept')}</b>{locale === 'en' ? ' ' : '，'}{t('hanging.keptSub')}</footer>
      </section>
      <aside className="hanging-side">
        {hanging.changes.map(({ label, before, after }) => (
          <div className="hanging-change" key={label.en}>
            <b>{label[locale]}</b>
            <p>{before}</p>
            <span aria-hidden="true">↓</span>
            <p className="strong">{after}</p>
          </div>
        ))}
        <p className="hanging-from">{t('hanging.from')}</p>
        <p className="amber-note"><b>{t('hanging.stoppedThere', { name })}</b>{t('hanging.stoppedThereSub')}</p>
      </aside>
    </main>
  );
}

interface MatterProps {
  readonly mark: ReactElement;
  readonly title: string;
  readonly amount: readonly Amount[];
  readonly sign: string;
  readonly children: ReactNode;
}

/** One amount is named; of several only their number. */
function Matter({ mark, title, amount, sign, children }: MatterProps): ReactElement {
  const [only] = amount;
  return (
    <li className="hanging-matter">
      {mark}
      <div><b>{title}</b><small>{children}</small></div>
      {only && amount.length === 1 && <b className="hanging-amount">{sign}{amountText(only)}</b>}
    </li>
  );
}
