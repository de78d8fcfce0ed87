/** The one field of a screen that takes words: typed by any keyboard and input method, and told to the machine as it changes. */
import type { ReactElement } from 'react';
import { useSend } from './send.ts';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** Longest text, in characters. */
  readonly most: number;
  /** A secret that is typed beside others: dots. */
  readonly hidden?: boolean;
}

/** Has the focus from the start (app.tsx looks for `data-field`). The keyboard takes a scan out of it again. */
export function TextField({ label, value, most, hidden = false }: TextFieldProps): ReactElement {
  const send = useSend();
  return (
    <input
      className="text-field" type={hidden ? 'password' : 'text'} data-field="" aria-label={label} autoComplete="off" spellCheck={false} maxLength={most} value={value}
      onChange={(event) => send({ type: 'text', text: event.target.value })}
    />
  );
}
