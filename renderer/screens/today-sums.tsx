/** The table of a day: by wallet, by gateway or by person, each with its sales, refunds and net; currencies one under the other. */
import type { ReactElement } from 'react';
import type { DaySum, DayView, TillStatus } from '../../core/contract/types.ts';
import { makeAmount } from '../../core/money/amount.ts';
import { sumTables, type SumTable } from '../machine/day-sums.ts';
import type { DayTable, TodayPlace } from '../machine/today.ts';
import { keepFocus, Key } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';
import { WalletMark, type PaidBy } from '../parts/wallet.tsx';
import { sumName } from '../words/day-words.ts';
import { countText, signedText } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';

interface DaySumsProps {
  readonly at: TodayPlace;
  readonly view: DayView;
  readonly status: TillStatus;
  readonly hidden: boolean;
}

const rowsOf = { wallet: 'byWallet', gateway: 'byGateway', operator: 'byOperator' } as const;

export function DaySums({ at, view, status, hidden }: DaySumsProps): ReactElement {
  const tables = sumTables(view.totals[rowsOf[at.table]], view.totals, status.currency);
  const { t } = useWords();
  return (
    <div className="day-sums">
      {tables.map((table, index) => <CurrencyTable table={table} first={index === 0} at={at} status={status} hidden={hidden} key={table.currency} />)}
      {hidden && <p className="day-sums-note">{t('today.cashHiddenNote')}</p>}
    </div>
  );
}

interface CurrencyTableProps {
  readonly table: SumTable;
  readonly first: boolean;
  readonly at: TodayPlace;
  readonly status: TillStatus;
  readonly hidden: boolean;
}

function CurrencyTable({ table, first, at, status, hidden }: CurrencyTableProps): ReactElement {
  const said = useWords();
  const { t } = said;
  return (
    <table aria-label={t('today.table', { what: t(`today.table.${at.table}`) })}>
      {first && <Headings currency={table.currency} table={at.table} />}
      <tbody>
        {table.rows.map((sum) => (
          <tr key={sum.key}>
            <th scope="row"><span className="row">{at.table === 'wallet' && <WalletMark wallet={sum.key as PaidBy} size={25} />}<span>{sumName(sum, at.table, said, status, at.people)}{!first && ` · ${sum.currency}`}</span></span></th>
            <td>{countText(sum.sales)}</td>
            <Figures sum={sum} secret={hidden && sum.key === 'cash'} />
          </tr>
        ))}
      </tbody>
      {(first || table.rows.length > 1) && (
        <tfoot><tr><th scope="row">{t('today.total')}{!first && ` · ${table.currency}`}</th><td>{countText(table.total.sales)}</td><Figures sum={table.total} secret={false} /></tr></tfoot>
      )}
    </table>
  );
}

/** Stand once, over the store's currency; `0` goes to the next table. */
function Headings({ currency, table }: { readonly currency: string; readonly table: DayTable }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="row">
            {currency}
            <button type="button" className="small-key" tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: '0' })}>
              <span>{t('today.table', { what: t(`today.table.${table}`) })}</span><Key>0</Key>
            </button>
          </span>
        </th>
        <th scope="col">{t('today.count')}</th><th scope="col">{t('today.paidIn')}</th><th scope="col">{t('today.refunded')}</th><th scope="col">{t('today.netColumn')}</th>
      </tr>
    </thead>
  );
}

/** Sums of cash are no business of whoever counts the drawer: the reason stands in their place. */
function Figures({ sum, secret }: { readonly sum: DaySum; readonly secret: boolean }): ReactElement {
  const { t } = useWords();
  if (secret) return <td colSpan={3} className="secret">{t('today.cashHidden')}</td>;
  const refunds = signedText(makeAmount(-sum.refundsMinor, sum.currency));
  return (
    <>
      <td>{signedText(makeAmount(sum.salesMinor, sum.currency))}</td>
      <td className={sum.refundsMinor === 0 ? 'nought' : ''}>{refunds}</td>
      <td className="net">{signedText(makeAmount(sum.netMinor, sum.currency))}</td>
    </>
  );
}
