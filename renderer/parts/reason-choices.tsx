/** Reasons beside each other, each on its digit; the chosen one has a tick. */
import type { ReactElement } from 'react';
import type { PadKey } from '../machine/keys.ts';
import type { Reason } from '../machine/reasons.ts';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { Key, keepFocus } from './cap.tsx';
import { TickMark } from './money-marks.tsx';
import { useSend } from './send.ts';

interface ReasonChoicesProps {
  readonly reasons: readonly WordKey[];
  readonly reason: Reason | null;
  readonly ringed: boolean;
}

export function ReasonChoices({ reasons, reason, ringed }: ReasonChoicesProps): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <ul className={ringed ? 'reasons ringed' : 'reasons'}>
      {reasons.map((word, index) => {
        const chosen = reason?.index === index;
        const digit = String(index + 1) as PadKey;
        return (
          <li key={word}>
            <button type="button" className={chosen ? 'reason chosen' : 'reason'} aria-pressed={chosen} tabIndex={-1} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: digit })}>
              <Key>{digit}</Key>
              <span>{chosen && reason.sentence !== null && reason.sentence !== '' ? reason.sentence : t(word)}</span>
              {chosen && <TickMark />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
