/** What stands beside the form of an activation: what it does, and what the gateway said to the last try. */
import type { ReactElement } from 'react';
import type { GatewaySettings } from '../../core/contract/types.ts';
import type { SettingsGatewaysPlace } from '../machine/settings-gateways-form.ts';
import { useWords } from '../words/i18n.ts';

export function ActivationPanel({ at, gateway }: { readonly at: SettingsGatewaysPlace; readonly gateway: GatewaySettings }): ReactElement {
  const { t, locale } = useWords();
  const name = gateway.names[locale];
  return (
    <aside className="person-panel settings-preview test-panel" aria-live="polite">
      <header><h2>{t('activation.title')}</h2></header>
      {at.stage === 'saving' ? <p className="test-none">{t('activation.running')}</p> : (
        <>
          <p className="test-none">{t('activation.once')}</p>
          <p className="test-none">{t('activation.key')}</p>
          <p className="test-none">{t('activation.daily')}</p>
        </>
      )}
      {at.said !== null && <div className="test-unclear"><p><b>{t('test.says', { name, words: at.said })}</b></p></div>}
      <footer className="test-foot">{t('activation.others')}</footer>
    </aside>
  );
}
