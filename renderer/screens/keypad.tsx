/** The keypad for fingers: the same keys as the pad, at least 72 by 52 pixels each. */
import type { ReactElement } from 'react';
import type { AmountKey } from '../machine/entry.ts';
import { keepFocus } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';

const keys: readonly AmountKey[] = ['7', '8', '9', '4', '5', '6', '1', '2', '3', '0', '00', '.'];

export function Keypad({ label }: { readonly label: string }): ReactElement {
  const send = useSend();
  return (
    <div className="keypad" role="group" aria-label={label}>
      {keys.map((key) => (
        <button type="button" key={key} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key })}>{key}</button>
      ))}
    </div>
  );
}
