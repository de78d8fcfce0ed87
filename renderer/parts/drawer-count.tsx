/** The table of notes and coins: one row each, the ringed one is typed into; the sum grows below. */
import type { ReactElement } from 'react';
import type { Amount } from '../../core/contract/types.ts';
import { makeAmount } from '../../core/money/amount.ts';
import { countedMinor, piecesOf, type Counts } from '../machine/counting.ts';
import { useWords } from '../words/i18n.ts';
import { pieceText, sumText } from '../words/sums.ts';
import { AmountFigures } from './amount.tsx';
import { keepFocus } from './cap.tsx';
import { useRingInSight } from './in-sight.ts';
import { useSend } from './send.ts';

interface DrawerCountProps {
  readonly values: readonly Amount[];
  readonly counts: Counts;
  readonly row: number;
}

export function DrawerCount({ values, counts, row }: DrawerCountProps): ReactElement {
  const { t } = useWords();
  const currency = values[0]?.currency;
  return (
    <>
      <ul className={values.length > 9 ? 'pieces many' : 'pieces'} aria-label={t('count.list')}>
        {values.map((value, index) => <PieceRow value={value} counts={counts} index={index} ringed={index === row} key={value.minor} />)}
      </ul>
      <div className="counted">
        <h3>{t('count.sum')}</h3>
        {currency && <AmountFigures amount={makeAmount(countedMinor(counts, values), currency)} />}
      </div>
    </>
  );
}

interface PieceRowProps {
  readonly value: Amount;
  readonly counts: Counts;
  readonly index: number;
  readonly ringed: boolean;
}

function PieceRow({ value, counts, index, ringed }: PieceRowProps): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const line = useRingInSight<HTMLButtonElement>(ringed);
  const typed = counts[value.minor] ?? '';
  return (
    <li>
      <button type="button" ref={line} className="piece" tabIndex={-1} aria-current={ringed} onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}>
        <b>{pieceText(value.minor, value.currency)}</b>
        <span className="times" aria-hidden="true">{t('count.times')}</span>
        <span className={ringed ? 'piece-field ringed' : 'piece-field'}>{typed}</span>
        <span className="piece-sum">{typed === '' ? '' : sumText(value.minor * piecesOf(counts, value), value.currency)}</span>
      </button>
    </li>
  );
}
