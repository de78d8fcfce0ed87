/** The top bar: the screen's name left; store, till and time right. */
import type { ReactElement } from 'react';
import { Logo } from '../parts/marks.tsx';
import { isPart } from '../machine/parts.ts';
import type { TillScreen } from '../machine/state.ts';
import { viewName } from '../machine/view.ts';
import { titleWord } from '../screens/parts.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';

export function TopBar({ state }: { readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const { status } = state;
  return (
    <header className="top-bar">
      <div className="row top-name"><Logo /><span>{t(screenName(state))}</span></div>
      {status && (
        <div className="row top-facts">
          <span className="store">{status.storeName}</span>
          <span aria-hidden="true">/</span>
          <span>{t('till.name', { id: status.terminalId })}</span>
          <WhoIsHere state={state} />
          <time>{clockText(state.now, status.timezone, 'minutes')}</time>
        </div>
      )}
    </header>
  );
}

/** The shift and who is at the till; on a locked screen nobody's name. */
function WhoIsHere({ state }: { readonly state: TillScreen }): ReactElement | null {
  const { t } = useWords();
  const { status } = state;
  if (!status || (status.staff.state === 'none' && !status.shift)) return null;
  const shift = status.shift ? t('shift.name', { number: status.shift.number }) : status.shiftNeeded ? t('shift.none') : null;
  const person = status.staff.state === 'signedIn' && viewName(state) !== 'signIn' ? status.staff.person : null;
  return (
    <>
      {shift !== null && <><span aria-hidden="true">/</span><span>{shift}</span></>}
      {person && <><span aria-hidden="true">/</span><span className="who">{t(`who.${person.role}`, { name: person.name })}</span></>}
    </>
  );
}

function screenName(state: TillScreen): WordKey {
  if (state.menu === 'main') return 'screen.menu';
  if (state.menu === 'sections') return 'screen.sections';
  if (state.menu === 'settings') return 'screen.settings';
  const view = viewName(state);
  if (isPart(view)) return titleWord(state);
  switch (view) {
    case 'open': case 'openEmpty': return 'screen.open';
    case 'presentQr': return 'screen.present';
    case 'connecting': case 'recovering': return 'screen.starting';
    case 'stopped': return 'screen.stopped';
    default: return 'screen.sale';
  }
}
