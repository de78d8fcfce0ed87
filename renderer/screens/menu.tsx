/** The menu on `/`, and what this screen remembers of itself: every line on a digit that is printed before it. */
import type { ReactElement } from 'react';
import { Key, keepFocus } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';
import { UnknownMark } from '../parts/marks.tsx';
import { openChoices, type Choice } from '../machine/choices.ts';
import type { TillScreen } from '../machine/state.ts';
import { useWords } from '../words/i18n.ts';

const titles = { closed: 'menu.title', main: 'menu.title', sections: 'sections.title', settings: 'settings.title' } as const;

export function Menu({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const choices = openChoices(state);
  return (
    <div className="menu-shade">
      <section className="menu-panel">
        <h1 tabIndex={-1} id="title">{t(titles[state.menu])}</h1>
        {state.menu === 'settings' && <p>{t('settings.sub')}</p>}
        <ul className={choices.length > 6 ? 'two-columns' : undefined}>{choices.map((choice) => <li key={choice.digit}><MenuChoice choice={choice} open={choice.word === 'menu.open' ? state.status?.openCount ?? 0 : 0} /></li>)}</ul>
      </section>
    </div>
  );
}

function MenuChoice({ choice, open }: { readonly choice: Choice; readonly open: number }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  return (
    <button type="button" className="menu-choice" data-digit={choice.digit} onMouseDown={keepFocus} onClick={() => send({ type: 'key', key: choice.digit })}>
      <Key>{choice.digit}</Key>
      <span>{t(choice.word)}</span>
      {choice.value !== undefined && <span className="value">{t(choice.value)}</span>}
      {open > 0 && <span className="tag unknown"><UnknownMark size={17} />{t('status.chip', { count: open })}</span>}
    </button>
  );
}
