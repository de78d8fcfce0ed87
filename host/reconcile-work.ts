/** Matches a statement file against the journal: for the command line directly, for screens in a worker. */
import { readLines } from '../adapters/statement/lines.ts';
import { message, type Message } from '../core/contract/messages.ts';
import type { ReconcileResult, ReconcileRow, StatementLook, StatementMapping } from '../core/contract/types.ts';
import type { JournalReader } from '../core/journal/storage.ts';
import { Matcher, type Match } from '../core/reconcile/matcher.ts';
import { journalSide } from '../core/reconcile/our-side.ts';
import { readRow } from '../core/reconcile/read-row.ts';
import { statementBounds } from '../core/reconcile/reconcile-days.ts';
import { lookAtStatement, type Looked } from './statement-look.ts';
import { statementProfiles } from './statement-profiles.ts';
import type { MatchNews } from './tell-match.ts';
import type { WorkShop } from './work-shop.ts';

export interface ReconcileRequest {
  readonly path: string;
  readonly gateway: string;
  /** Null takes what is remembered, or what the headings say. */
  readonly mapping: StatementMapping | null;
  readonly remembered: Readonly<Record<string, StatementMapping>>;
}

export interface ReconcileControl {
  /** Gets every row that differs; the result has the first thousand. */
  readonly onDifference?: (row: ReconcileRow) => void;
  readonly onRows?: (done: number, total: number) => void;
  /** Rows so far of the look before the match: how many there are is what it finds out. */
  readonly onLookedRows?: (rows: number) => void;
  readonly signal?: AbortSignal;
}

export type Reconciled =
  | ({ readonly kind: 'done'; readonly result: ReconcileResult; readonly look: StatementLook } & MatchNews)
  | { readonly kind: 'refused'; readonly message: Message; readonly look: StatementLook };

const nowhere = { from: 0, to: 0 };

/** Reads only. Rejects with the signal's reason, or where the file can no longer be read. */
export async function reconcileFile(journal: JournalReader, shop: WorkShop, request: ReconcileRequest, control: ReconcileControl = {}): Promise<Reconciled> {
  const { onDifference, onRows, onLookedRows, signal } = control;
  const looked = await lookAtStatement(request, shop, signal, onLookedRows);
  if (looked.reading === null) return { kind: 'refused', message: looked.look.problem ?? message('statementNotRead'), look: looked.look };
  const currency = shop.gateways[request.gateway]?.currency ?? shop.currency;
  const matcher = new Matcher({
    side: journalSide(journal, request.gateway), currency, fields: looked.reading.found.fields, days: looked.days,
    bounds: looked.days === null ? nowhere : statementBounds(statementProfiles, looked.days, request.gateway, shop.timezone),
    terminals: new Set(shop.gateways[request.gateway]?.terminals), sink: (row) => onDifference?.(row),
  });
  await matchLines(matcher, looked, request.path, currency, { onRows: (done) => onRows?.(done, looked.look.rows), ...(signal === undefined ? {} : { signal }) });
  const match = matcher.finish();
  return { kind: 'done', result: { ...resultOf(match, request, currency), fromDay: looked.look.fromDay, toDay: looked.look.toDay }, look: looked.look, booked: match.booked, refundsMissing: match.refundsMissing, showsAll: match.showsAll };
}

async function matchLines(matcher: Matcher, { reading }: Looked, path: string, currency: ReconcileResult['currency'], control: { readonly onRows: (done: number) => void; readonly signal?: AbortSignal }): Promise<void> {
  if (reading === null || reading.found.amountUnit === null) throw new Error('a statement without a unit of its amounts is not matched');
  const { found, shape } = reading;
  const reader = { fields: found.fields, amountUnit: reading.found.amountUnit, currency };
  let done = 0;
  await readLines({
    path, shape, ...(control.signal === undefined ? {} : { signal: control.signal }), onPiece: () => control.onRows(done),
    onLine: (cells, place) => {
      const row = place <= found.line ? null : readRow(cells, reader);
      if (row === null) return;
      matcher.add(row);
      done += 1;
    },
  });
}

function resultOf({ booked: _booked, refundsMissing: _refunds, showsAll: _showsAll, ...match }: Match, { gateway, path }: ReconcileRequest, currency: ReconcileResult['currency']): Omit<ReconcileResult, 'fromDay' | 'toDay'> {
  return { gateway, path, currency, ...match, unexplainedMinor: match.theirsMinor - match.oursMinor - match.explainedMinor };
}
