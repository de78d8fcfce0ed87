/** The status bar: first what has no outcome yet, then every device and gateway. The names stay when all is well. */
import type { ReactElement } from 'react';
import type { Light, Locale, TillStatus } from '../../core/contract/types.ts';
import { keepFocus } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';
import { TaskLines } from './task-lines.tsx';
import type { TillScreen } from '../machine/state.ts';
import { chipCount } from '../machine/view.ts';
import { clockText } from '../words/format.ts';
import { useWords, type Translate } from '../words/i18n.ts';

interface NamedLight {
  readonly name: string;
  readonly light: Light | 'absent';
  readonly words: string;
}

export function StatusBar({ state }: { readonly state: TillScreen }): ReactElement {
  const { t, locale } = useWords();
  const send = useSend();
  const { status, link } = state;
  const count = chipCount(state);
  return (
    <footer className="status-bar" aria-label={t('status.label')}>
      {count > 0 && (link === 'up' || link === 'down') && (
        <button type="button" className="chip" onMouseDown={keepFocus} onClick={() => send({ type: 'goOpen' })}>{t('status.chip', { count })}</button>
      )}
      {link === 'up' && <TaskLines state={state} />}
      {/* A screen without its till knows nothing about lights. */}
      {link === 'down' && <span className="row light attention status-lost"><i />{t('status.noLink')}</span>}
      {link === 'up' && status && lights(t, locale, status).map((light) => (
        <span className={`row light ${light.light}`} key={light.name}><i />{light.words}</span>
      ))}
      {link === 'up' && status && (
        <span className="row status-facts">
          {status.clockCheckedAt !== null && (
            <span className="status-clock">{t('status.clock', { time: clockText(status.clockCheckedAt, status.timezone, 'minutes') })}</span>
          )}
          <span>ScanTill {status.version}</span>
        </span>
      )}
    </footer>
  );
}

function lights(t: Translate, locale: Locale, status: TillStatus): readonly NamedLight[] {
  const named = (name: string, light: Light, gone: string): NamedLight => ({
    name, light, words: light === 'ready' ? name : light === 'attention' ? t('status.attention', { name }) : gone,
  });
  // What was never set up is no failure: it is said without a colour.
  const device = (name: string, known: TillStatus['scanner'], absent: string): NamedLight => (
    known.present ? named(name, known.light, t('status.gone', { name })) : { name, light: 'absent', words: absent }
  );
  return [
    device(t('status.scanner'), status.scanner, t('status.noScanner')),
    device(t('status.printer'), status.printer, t('status.noPrinter')),
    ...status.gateways.map(({ names, light }) => named(names[locale], light, t('status.gone', { name: names[locale] }))),
    named(t('status.journal'), status.journal.light, t('status.stopped', { name: t('status.journal') })),
    // Nothing waits for them, so that they are named only where something is wrong.
    ...(status.notifications === null || status.notifications.light === 'ready' ? [] : [named(t('status.notifications'), status.notifications.light, t('status.gone', { name: t('status.notifications') }))]),
  ];
}
