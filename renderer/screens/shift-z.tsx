/** The Z report: its number at amount size, the three sums, what goes on, and its paper. */
import type { ReactElement } from 'react';
import type { ZView } from '../../core/contract/types.ts';
import { amountWithSign } from '../../core/money/amount.ts';
import { carried, type Carried } from '../machine/shift-sums.ts';
import type { ShiftZPlace } from '../machine/shift-z.ts';
import type { TillScreen } from '../machine/state.ts';
import { UnknownMark } from '../parts/marks.tsx';
import { FineMark } from '../parts/shift-checks.tsx';
import { useWords, type Translate } from '../words/i18n.ts';
import { amountsText, sumText } from '../words/sums.ts';
import { ReceiptPaper } from './receipt.tsx';
import { ThreeSums } from './shift-close.tsx';
import type { PartLook } from './parts.tsx';

interface ShiftZProps {
  readonly at: ShiftZPlace;
  readonly state: TillScreen;
}

function ShiftZ({ at, state }: ShiftZProps): ReactElement {
  const { t } = useWords();
  const { z } = at;
  const said = z ? printWords(t, z, state) : { title: t('z.loading'), hint: null };
  return (
    <main className="z-report">
      <div className="z-left">
        <h1 tabIndex={-1} id="title">{said.title}</h1>
        <div className="row z-number"><b>Z {at.number}</b><p>{t('z.gapless')}</p></div>
        {z && <Counted z={z} />}
        {z && <Below z={z} hint={said.hint} />}
      </div>
      {z && <div className="z-paper"><ReceiptPaper document={z.document} /></div>}
    </main>
  );
}

function Counted({ z }: { readonly z: ZView }): ReactElement | null {
  const { t } = useWords();
  const { counted, differenceMinor, differenceReason, recounts, sums, closedBy } = z.report;
  if (!counted) return null;
  const facts = [
    differenceReason === null ? null : t('z.reason', { reason: differenceReason }),
    recounts === 0 ? null : t('z.recounts', { count: recounts }),
    closedBy.name,
  ].filter((fact) => fact !== null);
  return (
    <>
      <ThreeSums counted={counted} expectedMinor={sums.expectedDrawerMinor} differenceMinor={differenceMinor} />
      <p className="z-facts">{facts.join(' · ')}</p>
    </>
  );
}

function Below({ z, hint }: { readonly z: ZView; readonly hint: string | null }): ReactElement {
  const { t } = useWords();
  const { counted, left, sums } = z.report;
  const backup = backupWords(t, z);
  return (
    <ul className="checks z-checks">
      {hint !== null && <li className="check"><UnknownMark size={25} /><div><b>{hint}</b></div></li>}
      <CarriedOver carried={carried(sums, left.currency)} />
      {counted && <li className="check"><FineMark /><div><b>{t('z.left', { left: amountWithSign(left), out: sumText(counted.minor - left.minor, left.currency) })}</b></div></li>}
      <li className="check">{backup.fine ? <FineMark /> : <UnknownMark size={25} quiet={z.backup === null} />}<div><b>{backup.what}</b>{backup.hint !== null && <p>{backup.hint}</p>}</div></li>
    </ul>
  );
}

/** What goes to the next shift: sales and refunds on a line each, for the room of one. */
function CarriedOver({ carried: all }: { readonly carried: readonly Carried[] }): ReactElement | null {
  const { t } = useWords();
  if (all.length === 0) return null;
  const only = all.length === 1;
  return (
    <li className="check">
      <UnknownMark size={25} />
      <div>
        {all.map(({ kind, count, amounts }) => (
          <div className={only ? undefined : 'z-carried'} key={kind}>
            <b>{t(carriedWords[kind], { count })}</b><p>{only ? t('z.carriedHint', { amount: amountsText(amounts) }) : amountsText(amounts)}</p>
          </div>
        ))}
      </div>
    </li>
  );
}

const carriedWords = { payment: 'z.carried', refund: 'z.refundsCarried' } as const;

/** The first sentence: whether its paper came. The number stands either way. */
function printWords(t: Translate, z: ZView, state: TillScreen): { readonly title: string; readonly hint: string | null } {
  if (z.printed === 'printed') return { title: t('z.printed'), hint: null };
  if (!state.status?.printer.present) return { title: t('z.noPrinter'), hint: t('z.noPrinterHint') };
  if (z.printed === 'printing' || (z.printed === 'waiting' && state.status.printer.light === 'ready')) return { title: t('z.printing'), hint: null };
  return { title: t('z.notPrinted'), hint: t('z.notPrintedHint') };
}

function backupWords(t: Translate, { backup }: ZView): { readonly fine: boolean; readonly what: string; readonly hint: string | null } {
  if (!backup) return { fine: false, what: t('z.backup.none'), hint: t('z.backup.noneHint') };
  const { folder } = backup;
  switch (backup.state) {
    case 'running': return { fine: true, what: t('z.backup.running', { folder }), hint: null };
    case 'done': return { fine: true, what: t('z.backup.done'), hint: t('z.backup.doneHint', { folder }) };
    case 'failed': return { fine: false, what: t('z.backup.failed', { folder }), hint: t('z.backup.failedHint') };
  }
}

export const shiftZLook: PartLook<ShiftZPlace> = {
  title: 'screen.shiftZ',
  draw: (at, state) => <ShiftZ at={at} state={state} />,
  words: (at, _, { t }) => (at.z ? { urgent: t('say.z', { number: at.number, difference: sumText(at.z.report.differenceMinor, at.z.report.left.currency) }) } : { polite: t('z.loading') }),
};
