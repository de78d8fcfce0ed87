/** The rows of a match that differ as a table, with the four counts and the sums that explain each other. */
import type { Locale, ReconcileResult, ReconcileRow } from '../contract/types.ts';
import { makeAmount } from '../money/amount.ts';
import { columnsOf } from './day-table.ts';
import type { Cell, FileTable } from './table.ts';
import { exportWord, stateWord, type ExportWord } from './words.ts';
import { zonedTime } from './zoned-time.ts';

export interface DifferenceTableOptions {
  readonly result: ReconcileResult;
  readonly pages: Iterable<readonly ReconcileRow[]>;
  readonly storeName: string;
  readonly timezone: string;
  readonly locale: Locale;
  readonly gatewayName: string;
}

export function differenceTable(options: DifferenceTableOptions): FileTable {
  const { result, locale, storeName, gatewayName, timezone } = options;
  const time = zonedTime(timezone);
  const word = (one: ExportWord): string => exportWord(one, locale);
  const amount = (minor: number): Cell => makeAmount(minor, result.currency);
  return {
    title: `${storeName} · ${word('differences')}`, subtitle: gatewayName, rowsName: word('differences'), sumsName: word('totals'),
    columns: columnsOf([
      ['index', 'count', 6], ['difference', 'text', 14], ['looksLike', 'text', 26], ['effect', 'amount', 14], ['number', 'text', 20], ['reference', 'text', 28], ['gatewayRef', 'text', 26], ['walletRef', 'text', 32],
      ['refundRef', 'text', 26], ['theirAmount', 'text', 14], ['ourAmount', 'amount', 14], ['theirState', 'text', 14], ['ourState', 'text', 14], ['theirTime', 'text', 21], ['time', 'time', 21], ['terminal', 'text', 20], ['note', 'text', 30],
    ], locale),
    pages: mapPages(options.pages, ({ index, kind, looksLike, effectMinor, theirs, ours, note }) => [
      index, word(kind), word(looksLike), amount(effectMinor), ours?.number ?? null, theirs?.attemptRef ?? ours?.reference ?? null, theirs?.gatewayRef ?? ours?.gatewayRef ?? null, theirs?.walletRef ?? null,
      theirs?.refundRef ?? null, theirs?.amount ?? null, ours === null ? null : ours.amount, theirs?.state ?? null, ours === null ? null : stateWord(ours.state, locale), theirs?.time ?? null, ours === null ? null : time(ours.at), theirs?.terminal ?? null, note,
    ]),
    sums: () => [
      { title: word('count'), columns: [{ key: 'name', heading: '', kind: 'text', width: 26 }, { key: 'count', heading: word('count'), kind: 'count', width: 10 }],
        rows: [[word('matched'), result.matched], [word('missingHere'), result.missingHere], [word('missingThere'), result.missingThere], [word('different'), result.different]] },
      { title: word('totals'), columns: [{ key: 'name', heading: '', kind: 'text', width: 26 }, { key: 'amount', heading: word('amount'), kind: 'amount', width: 16 }],
        rows: [[word('theirTotal'), amount(result.theirsMinor)], [word('ourTotal'), amount(result.oursMinor)], [word('explained'), amount(result.explainedMinor)], [word('unexplained'), amount(result.unexplainedMinor)]] },
    ],
    printed: { first: ['index', 'difference', 'looksLike', 'number', 'theirAmount', 'ourAmount', 'effect'], second: ['reference', 'gatewayRef', 'refundRef', 'theirTime', 'note'] },
    muted: () => false,
    pageWords: word('page'),
  };
}

function* mapPages(pages: Iterable<readonly ReconcileRow[]>, row: (one: ReconcileRow) => readonly Cell[]): Iterable<readonly (readonly Cell[])[]> {
  for (const page of pages) yield page.map(row);
}
