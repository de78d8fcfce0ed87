/** The X report: the shift's takings by wallet, the drawer's movements, and cash sums only where a supervisor showed them. */
import type { ReactElement, ReactNode } from 'react';
import type { Currency, XReport } from '../../core/contract/types.ts';
import { amountText, amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { added, carried, cashRow, movedMinor, netMinor, noSums, otherSums, walletRows, type SumRow } from '../machine/shift-sums.ts';
import type { ShiftXPlace } from '../machine/shift-x.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { PinBoxes, PinTrouble, usePinTrouble } from '../parts/pin.tsx';
import { WalletMark, type PaidBy } from '../parts/wallet.tsx';
import { clockText } from '../words/format.ts';
import { useWords, type Translate } from '../words/i18n.ts';
import { spokenAmount } from '../words/spoken.ts';
import { amountsText, sumText } from '../words/sums.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';

interface ShiftXProps {
  readonly at: ShiftXPlace;
  readonly state: TillScreen;
}

function ShiftX({ at, state }: ShiftXProps): ReactElement {
  const { t } = useWords();
  const currency = state.status?.currency;
  if (!at.report || !currency) return <main className="x-report"><h1 className="x-sub" tabIndex={-1} id="title">{t('shift.loading')}</h1></main>;
  return (
    <main className="x-report">
      <Takings report={at.report} currency={currency} state={state} />
      {at.stage === 'approving' ? <Approving at={at} state={state} /> : <Drawer report={at.report} currency={currency} />}
    </main>
  );
}

interface ReportProps {
  readonly report: XReport;
  readonly currency: Currency;
}

/** The net of what is shown: with hidden cash, the wallets alone. */
function netOf({ report, currency }: ReportProps): number {
  const wallets = added(walletRows(report.sums, currency));
  return netMinor(wallets) + (report.cashShown ? netMinor(cashRow(report.sums, currency)) : 0);
}

export function currencyName(t: Translate, currency: Currency): string {
  return currency === 'CNY' ? t('x.currency.CNY') : currency;
}

function Takings({ report, currency, state }: ReportProps & { readonly state: TillScreen }): ReactElement {
  const { t, locale } = useWords();
  const net = makeAmount(netOf({ report, currency }), currency);
  const time = clockText(report.shift.openedAt, state.status?.timezone, 'minutes');
  const gatewayName = (id: string): string => state.status?.gateways.find((gateway) => gateway.id === id)?.names[locale] ?? id;
  return (
    <section className="x-left">
      <h1 className="x-sub" tabIndex={-1} id="title">{t('x.sub', { number: report.shift.number, time, currency: currencyName(t, currency) })}</h1>
      <div className="x-net" style={figuresWide(net)}><AmountFigures amount={net} /></div>
      {carried(report.sums, currency).map(({ kind, count, amounts }) => (
        <p className="x-unknown" key={kind}><UnknownMark size={24} /><b>{t(notKnownWords[kind], { count, amount: amountsText(amounts) })}</b><span>{t('x.notKnownHint')}</span></p>
      ))}
      <Table report={report} currency={currency} />
      <div className="x-others">
        {otherSums(report.sums, currency).map((other) => (
          <p key={`${other.gateway} ${other.currency}`}>
            {t('x.other', { name: gatewayName(other.gateway), amount: amountWithSign(makeAmount(netMinor(other), other.currency)).replace('-', '−'), count: other.sales })}
          </p>
        ))}
        <Apart report={report} currency={currency} />
      </div>
    </section>
  );
}

const notKnownWords = { payment: 'x.notKnown', refund: 'x.refundNotKnown' } as const;

/** What a person recorded, or gave back elsewhere: in no total above. */
function Apart({ report, currency }: ReportProps): ReactElement | null {
  const { t } = useWords();
  const settled = (as: 'paid' | 'notPaid'): number => report.sums.settled.filter((sum) => sum.as === as && sum.currency === currency).reduce((sum, row) => sum + row.minor, 0);
  return (
    <>
      {report.sums.settled.length > 0 && <p>{t('x.settled', { paid: sumText(settled('paid'), currency), notPaid: sumText(settled('notPaid'), currency) })}</p>}
      {report.sums.outsideRefunds.map((sum) => <p key={sum.currency}>{t('x.outside', { count: sum.count, amount: sumText(sum.minor, sum.currency) })}</p>)}
    </>
  );
}

function Table({ report, currency }: ReportProps): ReactElement {
  const { t } = useWords();
  const rows = walletRows(report.sums, currency);
  const cash = cashRow(report.sums, currency);
  if (rows.length === 0 && cash.sales + cash.refunds === 0) return <p className="x-none">{t('x.none')}</p>;
  return (
    <table className="sums">
      <thead><tr><th>{currency === 'CNY' ? t('x.head.CNY') : currency}</th><th>{t('x.sales')}</th><th>{t('x.paidIn')}</th><th>{t('x.refunded')}</th><th>{t('x.net')}</th></tr></thead>
      <tbody>
        {rows.map((row) => <SumLine name={t(`wallet.${row.wallet}`)} mark={row.wallet} row={row} currency={currency} key={row.wallet} />)}
        <SumLine name={t('x.wallets')} row={rows.length === 0 ? noSums : added(rows)} currency={currency} total />
        {report.cashShown
          ? <SumLine name={t('wallet.cash')} mark="cash" row={cash} currency={currency} />
          : <tr><Named name={t('wallet.cash')} mark="cash" /><td>{cash.sales}</td><td colSpan={3} className="hidden-sum">{t('x.hidden')}</td></tr>}
      </tbody>
    </table>
  );
}

function Named({ name, mark }: { readonly name: string; readonly mark?: PaidBy }): ReactElement {
  return <th scope="row"><span className="row">{mark !== undefined && <WalletMark wallet={mark} size={25} />}{name}</span></th>;
}

interface SumLineProps {
  readonly name: string;
  readonly mark?: PaidBy;
  readonly row: SumRow;
  readonly currency: Currency;
  readonly total?: boolean;
}

function SumLine({ name, mark, row, currency, total = false }: SumLineProps): ReactElement {
  return (
    <tr className={total ? 'total' : undefined}>
      <Named name={name} {...(mark === undefined ? {} : { mark })} />
      <td>{row.sales}</td>
      <td>{sumText(row.salesMinor, currency)}</td>
      <td className={row.refundsMinor === 0 ? 'nil' : undefined}>{sumText(row.refundsMinor === 0 ? 0 : -row.refundsMinor, currency)}</td>
      <td className="net">{sumText(netMinor(row), currency)}</td>
    </tr>
  );
}

function Drawer({ report, currency }: ReportProps): ReactElement {
  const { t } = useWords();
  const { sums, shift, cashShown } = report;
  const cash = cashRow(sums, currency);
  const out = movedMinor(sums, 'out');
  return (
    <aside className="x-drawer">
      <h2>{t('x.drawer')}</h2>
      <dl>
        <Fact name={t('x.float')}>{amountText(shift.float)}</Fact>
        <Fact name={t('x.in')}>{sumText(movedMinor(sums, 'in'), currency)}</Fact>
        <Fact name={t('x.out')}>{sumText(out === 0 ? 0 : -out, currency)}</Fact>
        <Fact name={t('x.cashSales')}>{cashShown ? sumText(cash.salesMinor, currency) : countWords(t, cash.sales)}</Fact>
        <Fact name={t('x.cashReturned')}>{countWords(t, sums.cashReturned.count)}{sums.cashReturned.minor > 0 && ` · ${sumText(sums.cashReturned.minor, currency)}`}</Fact>
        <Fact name={t('x.cashRefunds')}>{cashShown ? sumText(cash.refundsMinor === 0 ? 0 : -cash.refundsMinor, currency) : cash.refunds === 0 ? t('x.nothing') : cash.refunds}</Fact>
        <Fact name={t('x.openings')}>{sums.drawerOpenings === 0 ? t('x.nothing') : t('x.times', { count: sums.drawerOpenings })}</Fact>
        <div className="expected"><dt>{t('x.expected')}</dt><dd>{cashShown ? sumText(sums.expectedDrawerMinor, currency) : <span className="tag">{t('x.supervisor')}</span>}</dd></div>
      </dl>
      <p>{t('x.note')}</p>
    </aside>
  );
}

function countWords(t: Translate, count: number): string {
  return count === 0 ? t('x.nothing') : t('x.count', { count });
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return <div><dt>{name}</dt><dd>{children}</dd></div>;
}

function Approving({ at, state }: ShiftXProps): ReactElement {
  const { t } = useWords();
  const trouble = usePinTrouble(state, at.pin);
  const digits = state.status?.staff.pinDigits ?? 4;
  return (
    <aside className="x-drawer x-approving">
      <h2>{t('x.approve')}</h2>
      <PinBoxes typed={at.pin.sent ? digits : at.pin.typed.length} digits={digits} ringed={!at.pin.sent} />
      {trouble === null ? <p className="pin-hint">{at.pin.sent ? t('signIn.checking') : t('x.approveHint')}</p> : <PinTrouble {...trouble} />}
      <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>
    </aside>
  );
}

export const shiftXLook: PartLook<ShiftXPlace> = {
  title: 'screen.shiftX',
  draw: (at, state) => <ShiftX at={at} state={state} />,
  words(at, state, { t, locale }) {
    const currency = state.status?.currency;
    if (at.stage === 'approving') return { polite: at.pin.typed.length > 0 ? t('say.pinDigit', { typed: at.pin.typed.length }) : t('x.approve') };
    if (!at.report || !currency) return { polite: t('shift.loading') };
    return { polite: `${t('x.net')} ${spokenAmount(makeAmount(netOf({ report: at.report, currency }), currency), locale)}` };
  },
};
