/** Settings 2: the routing and one form per gateway, made of what its folder describes; the connection test stands right of them. */
import type { ReactElement } from 'react';
import type { GatewaySettings, SettingFieldView, SettingsView } from '../../core/contract/types.ts';
import { fieldsOf, fieldValue, gatewayAt, isChanged, isWrongKey, problemOf, ringedField, routingTab, tabsOf, valueMost, type SettingsGatewaysPlace } from '../machine/settings-gateways-form.ts';
import { walletsOf } from '../machine/settings-routing.ts';
import type { TillScreen } from '../machine/state.ts';
import { keepFocus } from '../parts/cap.tsx';
import { ChevronMark } from '../parts/chevron.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { NotPaidMark } from '../parts/marks.tsx';
import { OwnerFirst } from '../parts/owner-first.tsx';
import { Sections } from '../parts/sections.tsx';
import { useSend } from '../parts/send.ts';
import { TextField } from '../parts/text-field.tsx';
import { WalletMark } from '../parts/wallet.tsx';
import { useWords, type Said } from '../words/i18n.ts';
import type { PartLook } from './parts.tsx';
import { HangingScreen } from './settings-hanging.tsx';
import { ActivationPanel } from './settings-activation.tsx';
import { RoutingForm } from './settings-routing.tsx';
import { TestPanel, TestsPanel } from './settings-test.tsx';

interface Props {
  readonly at: SettingsGatewaysPlace;
  readonly state: TillScreen;
}

export const settingsGatewaysLook: PartLook<SettingsGatewaysPlace> = {
  title: 'screen.sections',
  draw: (at, state) => <Gateways at={at} state={state} />,
  words(at, _, said) {
    if (at.stage === 'owner') return { polite: at.access.pin.typed.length > 0 ? said.t('say.pinDigit', { typed: at.access.pin.typed.length }) : said.t('people.owner') };
    if (at.stage === 'hanging') return { urgent: said.t('hanging.title') };
    const field = ringedField(at);
    return at.stage === 'form' ? { polite: field ? `${field.label[said.locale]} ${shownValue(at, field, said).text}` : tabName(at, at.tab, said) } : {};
  },
};

function Gateways({ at, state }: Props): ReactElement {
  if (at.stage === 'owner') return <OwnerFirst pin={at.access.pin} state={state} hint="settingsLines.ownerHint" />;
  if (at.stage === 'hanging' && at.hanging) return <HangingScreen hanging={at.hanging} state={state} />;
  const gateway = gatewayAt(at);
  return (
    <main className="settings-screen for-gateways">
      <Sections here="2" />
      <div className="settings-middle">
        {at.view && (at.form === 'activation' ? <ActivationTitle gateway={gateway} /> : <Tabs at={at} />)}
        {at.view && (gateway ? <Form at={at} gateway={gateway} /> : <RoutingForm at={at} currency={state.status?.currency ?? ''} />)}
      </div>
      {at.view && gateway && at.form === 'activation' && <ActivationPanel at={at} gateway={gateway} />}
      {at.view && at.form === 'settings' && (gateway ? <TestPanel at={at} gateway={gateway} state={state} /> : <TestsPanel at={at} state={state} />)}
    </main>
  );
}

function ActivationTitle({ gateway }: { readonly gateway: GatewaySettings | null }): ReactElement {
  const { t, locale } = useWords();
  return <h1 tabIndex={-1} id="title" className="settings-title for-activation">{t('activation.of', { name: gateway?.names[locale] ?? '' })}</h1>;
}

function tabName(at: SettingsGatewaysPlace, tab: string, { t, locale }: Pick<Said, 't' | 'locale'>): string {
  return tab === routingTab ? t('gateways.routing') : (at.view?.gateways.find(({ id }) => id === tab)?.names[locale] ?? tab);
}

function Tabs({ at }: { readonly at: SettingsGatewaysPlace }): ReactElement {
  const said = useWords();
  const send = useSend();
  const here = tabName(at, at.tab, said);
  return (
    <>
      <h1 tabIndex={-1} id="title" className="said">{here}</h1>
      <div className="setting-tabs" role="tablist" aria-label={said.t('gateways.tabs')}>
        {tabsOf(at).map((tab, index) => {
          const off = tab !== routingTab && at.view?.gateways.find(({ id }) => id === tab)?.on === false;
          return (
            <button
              type="button" role="tab" key={tab} tabIndex={-1} aria-selected={tab === at.tab} className={`setting-tab${tab === at.tab ? ' here' : ''}${off ? ' off' : ''}${tab === at.tab && at.ring < 0 ? ' ringed' : ''}`}
              onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}
            >
              {tabName(at, tab, said)}
            </button>
          );
        })}
      </div>
    </>
  );
}

function Form({ at, gateway }: { readonly at: SettingsGatewaysPlace; readonly gateway: GatewaySettings }): ReactElement {
  const { t, locale } = useWords();
  const fields = fieldsOf(at);
  const activating = at.form === 'activation';
  const elsewhere = at.problems.filter(({ key }) => !fields.some((field) => problemOf(at, field.key)?.key === key));
  return (
    <>
      {!gateway.on && !activating && <p className="setting-off"><b>{t('gateways.off', { name: gateway.names[locale] })}</b> {t('gateways.offSub')}</p>}
      {elsewhere.map(({ key, words }) => <p className="setting-problem" role="alert" key={key}><NotPaidMark size={18} />{key} {words[locale]}</p>)}
      <ul className="setting-form">
        {fields.map((field, index) => <Field at={at} field={field} index={index} key={field.key} />)}
        {at.view && gateway.on && !activating && <CodesHere view={at.view} gateway={gateway} />}
      </ul>
      {!activating && !gateway.on && gateway.activation !== null && <p className="people-note">{t('activation.note')}</p>}
      {isChanged(at) && !activating && <p className="people-note">{t('gateways.unsavedNote')}</p>}
    </>
  );
}

/** Which codes the routing sends here. */
function CodesHere({ view, gateway }: { readonly view: SettingsView; readonly gateway: GatewaySettings }): ReactElement | null {
  const { t } = useWords();
  const wallets = walletsOf(view, gateway.id);
  if (!gateway.scans) return null;
  return (
    <li className="setting-row">
      <span className="setting-label">{t('gateways.codesHere')}</span>
      <p className="codes-here">
        {wallets.map((wallet) => <span key={wallet}>{wallet !== 'other' && <WalletMark wallet={wallet} />}{t(wallet === 'other' ? 'gateways.otherCodes' : `wallet.${wallet}`)}</span>)}
        <small>{t(wallets.length === 0 ? 'gateways.noCodesHere' : 'gateways.changeInRouting')}</small>
      </p>
    </li>
  );
}

/** Short values stand two in a row. */
const halves: ReadonlySet<SettingFieldView['kind']> = new Set(['choice', 'number', 'amount']);

function Field({ at, field, index }: { readonly at: SettingsGatewaysPlace; readonly field: SettingFieldView; readonly index: number }): ReactElement {
  const said = useWords();
  const { t, locale } = said;
  const send = useSend();
  const here = index === at.ring;
  const box = useRingInSight<HTMLLIElement>(here);
  const problem = problemOf(at, field.key);
  const code = isWrongKey(at, field) ? at.tests[at.tab]?.code ?? '' : null;
  const trouble = problem ? problem.words[locale] : code === null ? null : code === '' ? t('test.keyWrong') : t('gateways.keyRefused', { name: gatewayAt(at)?.names[locale] ?? '', code });
  const shown = shownValue(at, field, said);
  const label = field.label[locale];
  const before = fieldsOf(at)[index - 1];
  const opensGroup = field.group !== null && before?.group?.en !== field.group.en;
  return (
    <>
      {opensGroup && field.group && <li className="setting-group">{field.group[locale]}</li>}
      <li className={halves.has(field.kind) ? 'setting-row half' : 'setting-row'} ref={box}>
        <span className="setting-label">{label}{field.wise && field.unit && <small>{t('gateways.wise', { ...field.wise, unit: field.unit[locale] })}</small>}</span>
        {trouble !== null && <p className="setting-problem" role="alert"><NotPaidMark size={18} />{trouble}</p>}
        {here && at.stage === 'typing'
          ? <TextField label={label} value={at.text} most={valueMost} hidden={field.kind === 'secret'} />
          : (
            <button
              type="button" tabIndex={-1} className={`setting-box${here ? ' ringed' : ''}${shown.isEmpty ? ' empty' : ''}${trouble === null ? '' : ' wrong'}`} aria-current={here}
              onMouseDown={keepFocus} onClick={() => send({ type: 'row', index: tabsOf(at).length + index })}
            >
              <span>{shown.text}</span>
              {field.kind === 'choice' && <ChevronMark />}
            </button>
          )}
        {field.kind === 'secret' ? <small>{t(secretNote(at, field))}</small> : field.help && <small>{field.help[locale]}</small>}
      </li>
    </>
  );
}

/** Where a secret is kept. */
function secretNote(at: SettingsGatewaysPlace, field: SettingFieldView): 'activation.secretNote' | 'gateways.keptApart' | 'gateways.secretNote' {
  if (at.form === 'activation') return 'activation.secretNote';
  return field.keptApart && at.values[field.key] === undefined ? 'gateways.keptApart' : 'gateways.secretNote';
}

/** What stands in a field's box; of a secret only whether it is there. */
function shownValue(at: SettingsGatewaysPlace, field: SettingFieldView, { t, locale }: Pick<Said, 't' | 'locale'>): { readonly text: string; readonly isEmpty: boolean } {
  const value = fieldValue(at, field);
  if (field.kind === 'secret') {
    if (value !== null) return { text: `•••••••• ${t(at.form === 'activation' ? 'activation.typed' : 'gateways.secretTyped')}`, isEmpty: false };
    return field.isSet ? { text: `•••••••• ${t('gateways.secretSet')}`, isEmpty: false } : { text: t('gateways.mustFill'), isEmpty: true };
  }
  if (value === null) return { text: field.whenEmpty ? t('gateways.empty', { words: field.whenEmpty[locale] }) : t('gateways.mustFill'), isEmpty: true };
  const chosen = field.choices.find((choice) => choice.value === value)?.label[locale];
  return { text: chosen ?? (field.unit ? `${value} ${field.unit[locale]}` : value), isEmpty: false };
}
