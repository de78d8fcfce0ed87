/** `till reconcile`: matches a gateway's statement against the journal, a line per difference. What it books under our numbers becomes a review. */
import { join, resolve } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { WorkMemory } from '../adapters/statement/work-memory.ts';
import { message, messageText, type Message } from '../core/contract/messages.ts';
import type { ReconcileRow, StatementField, StatementMapping } from '../core/contract/types.ts';
import type { Clock } from '../core/ports.ts';
import { sumText } from '../core/receipt/blocks.ts';
import type { OpenReading } from '../host/reading.ts';
import { reconcileFile, type Reconciled } from '../host/reconcile-work.ts';
import { lookAtStatement } from '../host/statement-look.ts';
import { tellMatch } from '../host/tell-match.ts';
import { workShop } from '../host/work-shop-settings.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { openTillOf, type CommonOptions } from './open.ts';
import { isoTime, type Output } from './output.ts';
import { Progress } from './progress.ts';

export interface ReconcileOptions extends CommonOptions {
  readonly gateway: string;
  readonly column: readonly string[];
  readonly unit?: string | undefined;
}

const fields: readonly StatementField[] = ['attemptRef', 'gatewayRef', 'walletRef', 'refundRef', 'amount', 'refundAmount', 'kind', 'time', 'state', 'currency', 'terminal', 'fee'];
const units: Readonly<Record<string, StatementMapping['amountUnit']>> = { major: 'major', yuan: 'major', dollars: 'major', minor: 'minor', fen: 'minor', cents: 'minor' };

export async function reconcileCommand(
  opened: OpenReading, file: string, options: ReconcileOptions, output: Output, interrupted: Promise<void>, clock: Pick<Clock, 'monotonic'> = systemClock(),
): Promise<number> {
  const { gateway } = options;
  const { locale } = opened.store;
  const shop = workShop(opened.settings);
  if (!Object.hasOwn(shop.gateways, gateway)) throw new CommandEnd(exitCodes.wrongUsage, messageText(message('gatewayNotSet', { gateway }), locale, shop.gatewayNames));
  const columns = givenColumns(options.column);
  const amountUnit = givenUnit(options.unit);
  const stopping = new AbortController();
  void interrupted.then(() => stopping.abort());
  const memory = new WorkMemory(join(opened.folder, 'long-work.json'));
  const path = resolve(file);
  const remembered = memory.read().mappings;
  const progress = new Progress(output, locale, clock);
  const onLookedRows = (rows: number): void => progress.rows('rowsRead', rows, null);
  try {
    const mapping = columns.length === 0 && amountUnit === null ? null : await mapped({ path, gateway, mapping: null, remembered }, { columns, amountUnit }, opened, { onLookedRows, signal: stopping.signal });
    const matched = await reconcileFile(opened.journal, shop, { path, gateway, mapping, remembered }, {
      onDifference: (row) => printDifference(row, output), onLookedRows, onRows: (done, total) => progress.rows('rowsMatched', done, total), signal: stopping.signal,
    });
    if (matched.kind === 'refused') throw unreadable(matched.message, opened);
    // The next statement of this gateway is read the same way.
    if (mapping !== null) memory.rememberMapping(gateway, mapping);
    return printResult(matched, await told(matched, options, (said) => output.note(typeof said === 'string' ? said : messageText(said, locale, shop.gatewayNames)), () => stopping.signal.aborted), output);
  } catch (error) {
    if (stopping.signal.aborted) throw new CommandEnd(exitCodes.interrupted, 'interrupted: nothing was changed');
    throw error;
  }
}

// ---- options

function givenColumns(texts: readonly string[]): readonly (readonly [string, StatementField])[] {
  return texts.map((text) => {
    const at = text.lastIndexOf('=');
    const ours = fields.find((field) => field === text.slice(at + 1));
    if (at < 1 || ours === undefined) throw new CommandEnd(exitCodes.wrongUsage, `--column: heading=field, the field one of ${fields.join(', ')}: ${text.slice(0, 60)}`);
    return [text.slice(0, at), ours];
  });
}

function givenUnit(text: string | undefined): StatementMapping['amountUnit'] | null {
  if (text === undefined) return null;
  const unit = Object.hasOwn(units, text) ? units[text] : undefined;
  if (unit === undefined) throw new CommandEnd(exitCodes.wrongUsage, `--unit: ${Object.keys(units).join(', ')}, not ${text.slice(0, 20)}`);
  return unit;
}

/** What the file says of itself, with what the options say instead. */
async function mapped(
  request: Parameters<typeof lookAtStatement>[0], given: { readonly columns: readonly (readonly [string, StatementField])[]; readonly amountUnit: StatementMapping['amountUnit'] | null }, opened: OpenReading, control: { readonly onLookedRows: (rows: number) => void; readonly signal: AbortSignal },
): Promise<StatementMapping> {
  const { look } = await lookAtStatement(request, workShop(opened.settings), control.signal, control.onLookedRows);
  const strange = given.columns.find(([theirs]) => !look.columns.some((column) => column.theirs === theirs));
  if (look.columns.length === 0) throw unreadable(look.problem ?? message('statementNotRead'), opened);
  if (strange !== undefined) throw new CommandEnd(exitCodes.wrongUsage, `--column: the file has ${look.columns.map((column) => column.theirs).join(', ')}, and no ${strange[0].slice(0, 40)}`);
  const taken = new Set(given.columns.map(([, ours]) => ours));
  const found = look.columns.flatMap(({ theirs, ours }): (readonly [string, StatementField])[] => (ours === null || taken.has(ours) ? [] : [[theirs, ours]]));
  const amountUnit = given.amountUnit ?? look.amountUnit;
  if (amountUnit === null) throw unreadable(message('statementNoUnit'), opened);
  return { columns: Object.fromEntries([...found, ...given.columns]), amountUnit };
}

function unreadable(said: Message, { store }: OpenReading): CommandEnd {
  return new CommandEnd(exitCodes.unreadable, messageText(said, store.locale));
}

// ---- lines

function printDifference(row: ReconcileRow, output: Output): void {
  const { index, kind, looksLike, fields: differing, effectMinor, theirs, ours } = row;
  const own = ours === null ? null : {
    paymentId: ours.paymentId, number: ours.number, reference: ours.reference, gatewayRef: ours.gatewayRef, amount: ours.amount.minor, currency: ours.amount.currency, state: ours.state, time: isoTime(ours.at),
  };
  const number = ours?.reference ?? theirs?.attemptRef ?? theirs?.gatewayRef ?? theirs?.walletRef ?? '';
  output.line({ index, difference: kind, looksLike, fields: differing, effect: effectMinor, theirs, ours: own }, `${index}  ${kind}  ${looksLike}  ${number}  ${effectMinor}  ${differing.join(', ')}`);
}

function printResult({ result, booked, look }: Matched, reviews: number, output: Output): number {
  const { gateway, currency, rows, matched, missingHere, missingThere, different, theirsMinor, oursMinor, explainedMinor, unexplainedMinor } = result;
  const { fromDay, toDay, terminal } = look;
  output.line(
    { gateway, currency, fromDay, toDay, terminal, rows, matched, missingHere, missingThere, different, theirs: theirsMinor, ours: oursMinor, explained: explainedMinor, unexplained: unexplainedMinor, booked, reviews, final: true },
    `${rows} rows, ${matched} matched, ${missingHere} missing here, ${missingThere} missing there, ${different} different; theirs ${sumText(theirsMinor, currency)}, ours ${sumText(oursMinor, currency)}`,
  );
  return missingHere + missingThere + different === 0 && unexplainedMinor === 0 ? exitCodes.done : exitCodes.different;
}

// ---- the till

type Matched = Extract<Reconciled, { kind: 'done' }>;

/**
 * What the statement books and the journal ended without becomes a review, and a restored journal hears that it was matched
 * (CASES 29). A till that is running does both itself where the statement is matched there. Returns how many reviews there are.
 */
async function told({ result, booked, refundsMissing, showsAll }: Matched, options: ReconcileOptions, note: (said: Message | string) => void, isEnding: () => boolean): Promise<number> {
  for (const one of booked) note(`${one.refundRef ?? one.attemptRefs.join(' ')}: on the statement, and not in the books of this journal`);
  const opening = await openTillOf(options);
  if (opening.kind !== 'ok') {
    if (booked.length > 0) note(`nothing was recorded about ${booked.length} of them: ${opening.kind === 'journalInUse' ? 'a till is running; match the statement there' : opening.detail}`);
    return 0;
  }
  const { opened } = opening;
  try {
    const { till } = opened;
    const payments = booked.filter(({ refundRef }) => refundRef === null);
    const stillWaits = await tellMatch(till, { ...result, by: till.who() }, { booked, refundsMissing, showsAll }, isEnding);
    if (stillWaits !== null) note(stillWaits);
    return payments.filter(({ paymentId }) => till.paymentDetail(paymentId)?.payment.state === 'review').length;
  } finally {
    await opened.close();
  }
}
