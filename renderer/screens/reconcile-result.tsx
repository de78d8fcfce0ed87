/** What a statement and the journal say of each other: four counts, the rows that differ with their effects, both sides of the ringed one. */
import type { ReactElement } from 'react';
import type { MessageKey } from '../../core/contract/messages.ts';
import type { ReconcileResult, ReconcileRow, StatementField } from '../../core/contract/types.ts';
import { amountText, amountWithSign, makeAmount } from '../../core/money/amount.ts';
import { differences, noteDigits, noteLongest, ringedDifference, type ReconcileResultPlace } from '../machine/reconcile-result.ts';
import type { TillScreen } from '../machine/state.ts';
import { keepFocus, Key } from '../parts/cap.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { UnknownMark } from '../parts/marks.tsx';
import { TickMark } from '../parts/money-marks.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useSend } from '../parts/send.ts';
import { countText, shortReference, signedText } from '../words/days.ts';
import { dayText } from '../words/format.ts';
import { useWords, type Translate } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import '../styles/reconcile.css';

interface ResultProps {
  readonly at: ReconcileResultPlace;
  readonly state: TillScreen;
}

export default function ReconcileResultScreen({ at, state }: ResultProps): ReactElement {
  const { t } = useWords();
  if (at.result === null) return <main className="nothing"><h1 tabIndex={-1} id="title">{t('result.loading')}</h1></main>;
  if (at.result === 'gone') return <main className="nothing"><h1 tabIndex={-1} id="title">{t('result.gone')}</h1><p>{t('result.goneHint')}</p></main>;
  const ringed = ringedDifference(at);
  return (
    <main className="result">
      <h1 className="said" tabIndex={-1} id="title">{t('screen.reconcile')}</h1>
      <Counts result={at.result} />
      <RefundsWait state={state} />
      {ringed ? (
        <div className="result-body">
          <Rows at={at} result={at.result} timezone={state.status?.timezone} />
          <Sides row={ringed} result={at.result} state={state} />
        </div>
      ) : <AllMatched result={at.result} />}
      {at.stage !== 'rows' && <NotePanel at={at} />}
    </main>
  );
}

const restoredKeys: ReadonlySet<MessageKey> = new Set<MessageKey>(['restoredWorld', 'restoredDays', 'restoredNotAll', 'restoredNotHeld']);

/** In a restored journal the statement was matched so that refunds go on: where they don't, the owner reads here why (CASES 29). */
function RefundsWait({ state }: { readonly state: TillScreen }): ReactElement | null {
  const { text } = useWords();
  const said = state.status?.journal.message ?? null;
  if (said === null || !restoredKeys.has(said.key)) return null;
  return <p className="result-waits row"><UnknownMark size={22} /><b>{text(said)}</b></p>;
}

function Counts({ result }: { readonly result: ReconcileResult }): ReactElement {
  const { t } = useWords();
  const counts = [['matched', result.matched], ['missingHere', result.missingHere], ['missingThere', result.missingThere], ['different', result.different]] as const;
  return <dl className="result-counts">{counts.map(([kind, count]) => <div className={kind} key={kind}><dd>{countText(count)}</dd><dt>{t(`result.${kind}`)}</dt></div>)}</dl>;
}

function Rows({ at, result, timezone }: { readonly at: ReconcileResultPlace; readonly result: ReconcileResult; readonly timezone: string | undefined }): ReactElement {
  const { t } = useWords();
  const rows = differences(at);
  const all = result.missingHere + result.missingThere + result.different;
  const { currency } = result;
  return (
    <div className="result-left">
      <ul className="result-rows" aria-label={t('result.list')}>
        {rows.map((row, index) => <li key={row.index}><ResultRow row={row} result={result} index={index} ringed={index === at.index} timezone={timezone} /></li>)}
      </ul>
      <footer>
        <p className="result-sum"><b>{t('result.sum', { count: countText(all) })}</b><b>{signedText(makeAmount(result.explainedMinor, currency))}</b></p>
        <p>{result.unexplainedMinor === 0 ? t('result.exact') : <span className="row rest"><UnknownMark size={22} /><b>{t('result.rest', { amount: signedText(makeAmount(result.unexplainedMinor, currency)) })}</b></span>}</p>
        {rows.length < all && <p>{t('result.firstRows', { count: countText(rows.length) })}</p>}
      </footer>
    </div>
  );
}

interface ResultRowProps {
  readonly row: ReconcileRow;
  readonly result: ReconcileResult;
  readonly index: number;
  readonly ringed: boolean;
  readonly timezone: string | undefined;
}

function ResultRow({ row, result, index, ringed, timezone }: ResultRowProps): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const button = useRingInSight<HTMLButtonElement>(ringed);
  const facts = row.ours ? [dayText(row.ours.at, timezone), row.ours.number] : [theirsText(row, 'time'), row.theirs?.gatewayRef ?? row.theirs?.attemptRef];
  return (
    <button type="button" ref={button} className={ringed ? 'result-row on' : 'result-row'} aria-current={ringed} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}>
      <span className="stack"><b>{kindWords(t, row)}</b><span className="cell">{facts.filter((fact) => typeof fact === 'string').join(' · ')}</span></span>
      <b className="result-effect">{signedText(makeAmount(row.effectMinor, result.currency), true)}</b>
    </button>
  );
}

function kindWords(t: Translate, row: ReconcileRow): string {
  return row.kind === 'different' ? t(row.fields.includes('amount') ? 'result.different.amount' : 'result.different') : t(`result.${row.kind}`);
}

/** Theirs and ours beside each other; what is unequal is tinted. */
function Sides({ row, result, state }: { readonly row: ReconcileRow; readonly result: ReconcileResult; readonly state: TillScreen }): ReactElement {
  const { t, locale } = useWords();
  const gateway = state.status?.gateways.find(({ id }) => id === result.gateway)?.names[locale] ?? result.gateway;
  const { currency } = result;
  return (
    <section className="sides">
      <h2>{row.effectMinor === 0 ? kindWords(t, row) : t(row.kind === 'different' ? 'result.apart' : 'result.whole', { what: kindWords(t, row), amount: amountText(makeAmount(Math.abs(row.effectMinor), currency)) })}</h2>
      <table>
        <thead><tr><th scope="col"><span className="said">{t('reconcile.theirs')}</span></th><th scope="col">{t('result.oursColumn')}</th><th scope="col">{gateway}</th></tr></thead>
        <tbody>
          {sideFields(t, row).map((field) => {
            const [ours, theirs] = [oursText(t, row, field, state.status?.timezone), theirsText(row, field)];
            return (
              <tr className={row.fields.includes(field) ? 'unequal' : ''} key={field}>
                <th scope="row">{t(fieldWord(field))}</th><td><span className="cell">{ours ?? t('result.none')}</span></td><td><span className="cell">{theirs ?? t('result.none')}</span></td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="looks"><b>{t(`looks.${row.looksLike}`)}</b> {row.note === null && t('result.unchanged')}</p>
      {row.note !== null && <p className="looks noted">{t('result.noted', { note: row.note })}</p>}
      <footer>
        <p><span>{t('result.totalTheirs', { gateway })}</span><b>{amountText(makeAmount(result.theirsMinor, currency))}</b></p>
        <p><span>{t('result.totalOurs')}</span><b>{amountText(makeAmount(result.oursMinor, currency))}</b></p>
      </footer>
    </section>
  );
}

/** The amount and the references first, then whatever else differs or stands on their side. */
const shownFields: readonly StatementField[] = ['amount', 'attemptRef', 'gatewayRef', 'walletRef', 'time', 'state', 'refundRef', 'refundAmount', 'kind', 'terminal', 'fee'];
const fieldsMost = 7;

/** What differs is always here; else what both sides have, or the one side that there is. */
function sideFields(t: Translate, row: ReconcileRow): readonly StatementField[] {
  const has = (text: string | null): boolean => text !== null && text !== '';
  const rest = new Set(shownFields.filter((field) => {
    if (row.fields.includes(field)) return false;
    const [ours, theirs] = [has(oursText(t, row, field, undefined)), has(theirsText(row, field))];
    return row.ours && row.theirs ? ours && theirs : ours || theirs;
  }).slice(0, Math.max(0, fieldsMost - row.fields.length)));
  return shownFields.filter((field) => row.fields.includes(field) || rest.has(field));
}

function oursText(t: Translate, { ours }: ReconcileRow, field: StatementField, timezone: string | undefined): string | null {
  if (!ours) return null;
  switch (field) {
    case 'amount': return amountText(ours.amount);
    case 'attemptRef': return shortReference(ours.reference);
    case 'gatewayRef': return ours.gatewayRef === null ? null : shortReference(ours.gatewayRef);
    case 'time': return dayText(ours.at, timezone);
    case 'state': return stateText(t, ours.state);
    default: return null;
  }
}

/** Times without the year, as ours are; everything else as it stands in the file. */
function theirsText({ theirs }: ReconcileRow, field: StatementField): string | null {
  const text = theirs?.[field];
  if (text === undefined) return null;
  return field === 'time' ? /^\d{4}-(\d\d-\d\d[ T]\d\d:\d\d)/.exec(text)?.[1]?.replace('T', ' ') ?? text : shortReference(text);
}

function stateText(t: Translate, state: string): string {
  switch (state) {
    case 'paid': return t('verdict.paid');
    case 'declined': return t('verdict.notPaid');
    case 'reversed': return t('verdict.undone');
    case 'refunded': return t('row.refunded');
    case 'settled': return t('row.settledOther');
    default: return t('verdict.notKnown');
  }
}

function fieldWord(field: StatementField): WordKey {
  return `field.${field}`;
}

function AllMatched({ result }: { readonly result: ReconcileResult }): ReactElement {
  const { t } = useWords();
  return (
    <div className="nothing all-matched">
      {/* In ink: green would say that a payment is paid. */}
      <TickMark size={92} />
      <h2>{t('result.allMatched')}</h2>
      <p>{t('result.allMatchedHint', { rows: countText(result.matched), amount: amountWithSign(makeAmount(result.oursMinor, result.currency)) })}</p>
    </div>
  );
}

function NotePanel({ at }: { readonly at: ReconcileResultPlace }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const typing = at.stage === 'sentence';
  return (
    <div className="menu-shade">
      <section className="menu-panel">
        <h1 tabIndex={-1} id={typing ? undefined : 'title'}>{t(typing ? 'noteTitle.sentence' : 'noteTitle.choose')}</h1>
        <p>{t('noteTitle.hint')}</p>
        {typing ? <TextField label={t('noteTitle.sentence')} value={at.sentence} most={noteLongest} /> : (
          <ul>
            {noteDigits.map((digit) => (
              <li key={digit}>
                <button type="button" className="menu-choice" data-digit={digit} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: digit })}><Key>{digit}</Key><span>{t(`note.${digit}`)}</span></button>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
