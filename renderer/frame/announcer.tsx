/** What a screen reader says by itself: verdicts at once, the rest when there is a pause. */
import type { ReactElement } from 'react';
import type { TillScreen } from '../machine/state.ts';
import { useWords } from '../words/i18n.ts';
import { partWords } from '../screens/parts.tsx';
import { politeWords, urgentWords } from '../words/announcements.ts';

export function Announcer({ state }: { readonly state: TillScreen }): ReactElement {
  const said = useWords();
  return (
    <>
      <div className="said" aria-live="assertive" aria-atomic="true">{partWords(state, said)?.urgent ?? urgentWords(state, said)}</div>
      <div className="said" aria-live="polite" aria-atomic="true">{partWords(state, said)?.polite ?? politeWords(state, said)}</div>
    </>
  );
}
