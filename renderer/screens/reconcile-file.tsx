/** Which statement, and what its columns are: theirs, ours, an example from the first row. */
import type { ReactElement } from 'react';
import type { Currency, Locale, StatementFile, StatementLook, TillStatus } from '../../core/contract/types.ts';
import { shopDayOf } from '../machine/days.ts';
import { asksGateway, columnsOf, missingOf, type ReconcilePlace } from '../machine/reconcile.ts';
import type { ColumnMeaning } from '../machine/reconcile-mapping.ts';
import type { TillScreen } from '../machine/state.ts';
import { keepFocus, Key } from '../parts/cap.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { EmptyMark, PaidMark, UnknownMark } from '../parts/marks.tsx';
import { TickMark } from '../parts/money-marks.tsx';
import { useSend } from '../parts/send.ts';
import { countText, dayWords, shortReference, sizeText, spanWords } from '../words/days.ts';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { sentences } from '../words/sentences.ts';
import type { WordKey } from '../words/zh-CN.ts';
import '../styles/reconcile.css';

interface FileProps {
  readonly at: ReconcilePlace;
  readonly state: TillScreen;
}

/** A file that takes longer than this to look into says so. */
const sayAfterMs = 400;

export default function ReconcileFile({ at, state }: FileProps): ReactElement | null {
  const { t } = useWords();
  if (!state.status) return null;
  if (at.files === null) return <main className="nothing"><h1 tabIndex={-1} id="title">{t('reconcile.loading')}</h1></main>;
  if (at.files.length === 0) {
    return (
      <main className="nothing">
        <EmptyMark /><h1 tabIndex={-1} id="title">{t('reconcile.noFiles')}</h1><p>{t('reconcile.noFilesHint')}</p>
        <p className="folder">{at.folder}</p>
        <OtherFolder at={at} />
      </main>
    );
  }
  return (
    <main className="reconcile">
      <div className="reconcile-left">
        <h1 tabIndex={-1} id="title">{t('reconcile.title')}</h1>
        <ul className="files">{at.files.map((file, index) => <li key={file.path}><FileCard file={file} chosen={index === at.file} looked={at.look !== null} status={state.status} now={state.now} /></li>)}</ul>
        <OtherFolder at={at} />
        {at.look && <LooksLike look={at.look} gateway={at.gateway} status={state.status} />}
      </div>
      <section className="mapping">
        {at.look ? <Mapping at={at} look={at.look} status={state.status} /> : <p className="mapping-looking">{state.now - at.lookedAt > sayAfterMs ? t('reconcile.looking') : ''}</p>}
      </section>
    </main>
  );
}

function OtherFolder({ at }: { readonly at: ReconcilePlace }): ReactElement | null {
  const { t } = useWords();
  const send = useSend();
  if (at.folders.length < 2) return null;
  return (
    <button type="button" className="small-key other-folder" tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: '*' })}>
      <Key>*</Key><span>{t('cap.otherFolder')}</span>
    </button>
  );
}

interface FileCardProps {
  readonly file: StatementFile;
  readonly chosen: boolean;
  /** What it looks like stands below the files, and takes their room. */
  readonly looked: boolean;
  readonly status: TillStatus | null;
  readonly now: number;
}

function FileCard({ file, chosen, looked, status, now }: FileCardProps): ReactElement | null {
  const { t, locale } = useWords();
  const card = useRingInSight<HTMLDivElement>(chosen, looked);
  if (!status) return null;
  const day = (at: number): string => dayWords(shopDayOf(at, status), locale, 'short');
  const isToday = shopDayOf(file.changedAt, status) === shopDayOf(now, status);
  const facts = [isToday ? t('reconcile.today', { time: clockText(file.changedAt, status.timezone, 'minutes') }) : day(file.changedAt)];
  if (file.matchedAt !== null) facts.push(t(file.differencesLeft === 0 ? 'reconcile.matchedAll' : 'reconcile.matchedAt'));
  return (
    <div className={chosen ? 'file chosen' : 'file'} ref={card} aria-current={chosen}>
      <span className="file-tick">{chosen && <TickMark />}</span>
      <span className="stack"><b>{file.name}</b><span>{facts.join(' · ')}</span></span>
      <span className="file-size">{sizeText(file.bytes)}</span>
    </div>
  );
}

function LooksLike({ look, gateway, status }: { readonly look: StatementLook; readonly gateway: string | null; readonly status: TillStatus | null }): ReactElement {
  const { t, locale } = useWords();
  const name = gatewayName(gateway, status, locale);
  const facts = [look.terminal === null ? '' : t('reconcile.terminal', { terminal: look.terminal }), daysOf(look, locale)].filter((fact) => fact !== '');
  return (
    <div className="looks-like">
      <b>{name === null ? t('reconcile.unknownGateway') : t('reconcile.looksLike', { gateway: name })}</b>
      {facts.length > 0 && <p>{facts.join(' · ')}</p>}
      <p>{t('reconcile.rows', { rows: countText(look.rows), encoding: look.encoding.toUpperCase() })}</p>
    </div>
  );
}

function Mapping({ at, look, status }: { readonly at: ReconcilePlace; readonly look: StatementLook; readonly status: TillStatus | null }): ReactElement {
  const { t, locale, text } = useWords();
  const columns = columnsOf(at);
  const lacking = missingOf(at);
  const asks = asksGateway(at);
  const gateway = gatewayName(at.gateway, status, locale);
  const problem = look.problem ? sentences(text(look.problem)).slice(0, 1).concat(sentences(text(look.problem)).slice(2)).join(' ') : null;
  return (
    <>
      <header><h2>{t('reconcile.recognised', { count: columns.filter(({ ours }) => ours !== null).length })}</h2><span>{t('reconcile.example')}</span></header>
      <div className="mapping-row mapping-head"><span /><span>{t('reconcile.theirs')}</span><span>{t('reconcile.ours')}</span><span>{t('reconcile.exampleColumn')}</span></div>
      <ul className="mapping-rows">
        {asks && <li><MappingRow theirs={t('reconcile.gateway')} ours={gateway ?? t('reconcile.chooseGateway')} clear={gateway !== null} example="" index={0} ringed={at.index === 0} /></li>}
        {columns.map((column, index) => {
          const row = index + (asks ? 1 : 0);
          const unclear = column.meaning === null || column.meaning === 'amountUnknown';
          return (
            <li key={column.theirs}>
              <MappingRow theirs={column.theirs} ours={t(meaningWord(column.meaning, status?.currency ?? 'CNY'))} clear={!unclear} example={column.example} index={row} ringed={row === at.index} />
            </li>
          );
        })}
      </ul>
      <footer>
        {lacking === null ? <p>{t('reconcile.remembered', { gateway: gateway ?? '' })}</p> : <p className="row lacking"><UnknownMark size={22} /><b>{problem ?? t(`reconcile.missing.${lacking}`)}</b></p>}
      </footer>
    </>
  );
}

interface MappingRowProps {
  readonly theirs: string;
  readonly ours: string;
  readonly clear: boolean;
  readonly example: string;
  readonly index: number;
  readonly ringed: boolean;
}

function MappingRow({ theirs, ours, clear, example, index, ringed }: MappingRowProps): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const row = useRingInSight<HTMLButtonElement>(ringed);
  return (
    <button
      type="button" ref={row} className={ringed ? 'mapping-row ringed' : 'mapping-row'} aria-current={ringed} tabIndex={-1} onMouseDown={keepFocus}
      onClick={() => send(ringed ? { type: 'key', key: 'right' } : { type: 'row', index })}
    >
      {clear ? <PaidMark size={20} /> : <UnknownMark size={20} />}
      <span className="cell">{theirs}</span>
      <span className="mapping-ours"><b>{ours}</b>{ringed && <small>{t('reconcile.changes')}</small>}</span>
      <span className="cell mapping-example">{example === '' ? (index === 0 && !clear ? '' : t('reconcile.emptyCell')) : shortReference(example, 21)}</span>
    </button>
  );
}

/** Only yuan have fen. */
function meaningWord(meaning: ColumnMeaning | null, currency: Currency): WordKey {
  if (meaning === null) return 'field.none';
  if (currency !== 'CNY' && (meaning === 'amountMajor' || meaning === 'amountMinor')) return `field.${meaning}Other`;
  return `field.${meaning}`;
}

function gatewayName(id: string | null, status: TillStatus | null, locale: Locale): string | null {
  return id === null ? null : status?.gateways.find((gateway) => gateway.id === id)?.names[locale] ?? id;
}

function daysOf({ fromDay, toDay }: StatementLook, locale: Locale): string {
  return fromDay === null || toDay === null ? '' : spanWords({ fromDay, toDay }, locale, 'short');
}
