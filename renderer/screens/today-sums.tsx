/** The table of a day: by wallet, by gateway or by person, each with its sales, refunds and net; currencies one under the other. */
import type { ReactElement } from 'react';
import type { DaySum, DayView, Person, TillStatus } from '../../core/contract/types.ts';
import { makeAmount } from '../../core/money/amount.ts';
import { sumTables, type SumTable } from '../machine/day-sums.ts';
import type { DayTable } from '../machine/today.ts';
import { keepFocus, Key } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';
import { WalletMark, type PaidBy } from '../parts/wallet.tsx';
import { sumName } from '../words/day-words.ts';
import { countText, signedText } from '../words/days.ts';
import { useWords } from '../words/i18n.ts';

/** What the left side of a day is drawn from. */
export interface DayProps {
  readonly day: string;
  readonly table: DayTable;
  readonly people: readonly Person[];
  readonly view: DayView;
  readonly status: TillStatus;
}

const rowsOf = { wallet: 'byWallet', gateway: 'byGateway', operator: 'byOperator' } as const;

export function DaySums({ table, people, view, status }: DayProps): ReactElement {
  const hidden = !view.cashShown;
  const tables = sumTables(view.totals[rowsOf[table]], view.totals, status.currency);
  const { t } = useWords();
  return (
    <div className="day-sums">
      {tables.map((sums, index) => <CurrencyTable sums={sums} first={index === 0} table={table} people={people} status={status} hidden={hidden} key={sums.currency} />)}
      {hidden && <p className="day-sums-note">{t('today.cashHiddenNote')}</p>}
    </div>
  );
}

interface CurrencyTableProps {
  readonly sums: SumTable;
  readonly first: boolean;
  readonly table: DayTable;
  readonly people: readonly Person[];
  readonly status: TillStatus;
  readonly hidden: boolean;
}

function CurrencyTable({ sums, first, table, people, status, hidden }: CurrencyTableProps): ReactElement {
  const said = useWords();
  const { t } = said;
  return (
    <table aria-label={t('today.table', { what: t(`today.table.${table}`) })}>
      {first && <Headings currency={sums.currency} table={table} />}
      <tbody>
        {sums.rows.map((sum) => (
          <tr key={sum.key}>
            <th scope="row"><span className="row">{table === 'wallet' && <WalletMark wallet={sum.key as PaidBy} size={25} />}<span>{sumName(sum, table, said, status, people)}{!first && ` · ${sum.currency}`}</span></span></th>
            <td>{countText(sum.sales)}</td>
            <Figures sum={sum} secret={hidden && sum.key === 'cash'} />
          </tr>
        ))}
      </tbody>
      {(first || sums.rows.length > 1) && (
        <tfoot><tr><th scope="row">{t('today.total')}{!first && ` · ${sums.currency}`}</th><td>{countText(sums.total.sales)}</td><Figures sum={sums.total} secret={false} /></tr></tfoot>
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
