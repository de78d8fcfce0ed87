/** The connection test: its steps as marks, the first wrong one in words; on the routing's tab those of every gateway. */
import type { ReactElement } from 'react';
import type { ConnectionTest, GatewaySettings, TestDetail, TestStep } from '../../core/contract/types.ts';
import type { SettingsGatewaysPlace } from '../machine/settings-gateways-form.ts';
import type { TillScreen } from '../machine/state.ts';
import { NotPaidMark, PaidMark } from '../parts/marks.tsx';
import { clockText } from '../words/format.ts';
import { useWords, type Said } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';

const stepNames: readonly TestStep['step'][] = ['server', 'certificate', 'clock', 'signature', 'query'];

interface Props {
  readonly at: SettingsGatewaysPlace;
  readonly state: TillScreen;
}

/** One gateway's test in full. */
export function TestPanel({ at, gateway, state }: Props & { readonly gateway: GatewaySettings }): ReactElement {
  const said = useWords();
  const { t } = said;
  const test = at.tests[gateway.id];
  const running = at.testing.includes(gateway.id);
  return (
    <aside className="person-panel settings-preview test-panel" aria-live="polite">
      <header><h2>{t('test.title')}</h2>{test && !running && <span>{clockText(test.at, state.status?.timezone, 'minutes')}</span>}</header>
      {running && <p className="test-none">{t('test.running')}</p>}
      {!running && !test && <p className="test-none">{t('test.never')}</p>}
      {!running && test && (
        <ul>
          {test.steps.map((step) => (
            <li className={`test-step ${step.state}`} key={step.step}><StepMark state={step.state} /><b>{t(`test.${step.step}`)}</b><span>{stepWords(step, said)}</span></li>
          ))}
        </ul>
      )}
      {!running && test && <Trouble test={test} name={gateway.names[said.locale]} />}
      {!running && test && <OpenMethods test={test} name={gateway.names[said.locale]} />}
      <footer className="test-foot">{t('gateways.keptNote')}</footer>
    </aside>
  );
}

/** Every gateway's, as marks. */
export function TestsPanel({ at, state }: Props): ReactElement {
  const said = useWords();
  const { t, locale } = said;
  const on = at.view?.gateways.filter((gateway) => gateway.on) ?? [];
  const failed = on.find(({ id }) => at.tests[id]?.steps.some((step) => step.state === 'failed'));
  const failedTest = failed && at.tests[failed.id];
  return (
    <aside className="person-panel settings-preview test-panel" aria-live="polite">
      <header><h2>{t('test.titles')}</h2></header>
      <ul>
        {on.map((gateway) => {
          const test = at.tests[gateway.id];
          const wrong = test?.steps.find((step) => step.state === 'failed');
          const running = at.testing[0] === gateway.id;
          return (
            <li className="tests-row" key={gateway.id}>
              <b>{gateway.names[locale]}</b>
              <span className="tests-marks">{(test?.steps.map(({ step }) => step) ?? stepNames).map((name, index) => <StepMark state={running ? 'notRun' : (test?.steps[index]?.state ?? 'notRun')} key={name} />)}</span>
              <small className={wrong && !running ? 'wrong' : ''}>{running ? t('test.running') : testLine(test, state.status?.timezone, said)}</small>
            </li>
          );
        })}
      </ul>
      {failed && failedTest && at.testing.length === 0 && <Trouble test={failedTest} name={failed.names[locale]} />}
      <footer className="test-foot">{t('test.steps')}</footer>
    </aside>
  );
}

function testLine(test: ConnectionTest | undefined, timezone: string | undefined, { t }: Said): string {
  if (!test) return t('test.notRun');
  const wrong = test.steps.findIndex((step) => step.state === 'failed');
  const step = test.steps[wrong];
  if (step) return t('test.stopped', { n: wrong + 1, step: t(`test.name.${step.step}`) });
  const time = clockText(test.at, timezone, 'minutes');
  return test.steps.every(({ state }) => state === 'passed') ? t('test.allPassed', { time }) : t('test.asFarAsTold', { time });
}

function StepMark({ state }: { readonly state: TestStep['state'] }): ReactElement {
  if (state === 'passed') return <PaidMark size={19} />;
  return state === 'failed' ? <NotPaidMark size={19} /> : <i className="dash" />;
}

function stepWords({ state, detail }: TestStep, { t }: Said): string {
  if (state === 'notRun') return t(detail?.kind === 'cannotTell' ? 'test.cannotTell' : 'test.notRun');
  if (state === 'failed') return t('test.failed');
  switch (detail?.kind) {
    case 'milliseconds': return t('test.milliseconds', { n: detail.n });
    case 'validUntil': return t('test.validUntil', { day: new Date(detail.at).toISOString().slice(0, 7) });
    case 'local': return t('test.local');
    case 'secondsApart': return t('test.secondsApart', { n: detail.n });
    case 'methods': return t('test.methodsOpen', { n: detail.codes.length });
    case 'noTime': return t('test.noTime');
    default: return t('test.passed');
  }
}

/** What failed · that no payment is affected · what to do. */
function Trouble({ test, name }: { readonly test: ConnectionTest; readonly name: string }): ReactElement | null {
  const { t } = useWords();
  const wrong = test.steps.find((step) => step.state === 'failed')?.detail;
  const key = wrong ? troubleWord(wrong) : null;
  const said = test.words ?? test.code;
  if (!wrong && said !== null && test.steps.some(({ detail }) => detail?.kind === 'cannotTell')) return <div className="test-unclear"><p>{t('test.cannotTellWhy', { name })}</p><p><b>{t('test.says', { name, words: said })}</b></p></div>;
  if (!key || !wrong) return null;
  const values = { name, n: wrong.kind === 'secondsApart' ? wrong.n : 0, method: wrong.kind === 'methodNotOpen' ? wrong.method : '', codes: wrong.kind === 'methodNotOpen' ? listed(wrong.codes) : '' };
  return (
    <div className="test-trouble" role="alert">
      <h3>{t(key, values)}</h3>
      <p>{t('test.noMoney')}</p>
      <p><b>{t(`${key}.do`, values)}</b></p>
      {test.code !== null && <small>{t('test.code', { name, code: test.code })}</small>}
    </div>
  );
}

/** What the shop may be paid with, by the gateway's own words. */
function OpenMethods({ test, name }: { readonly test: ConnectionTest; readonly name: string }): ReactElement | null {
  const { t } = useWords();
  const found = test.steps.flatMap(({ detail }) => (detail?.kind === 'methods' ? [detail.codes] : []))[0];
  return found === undefined ? null : <div className="test-unclear"><p>{t('test.openMethods', { name, codes: listed(found) })}</p></div>;
}

/** As many as have room beside the steps. */
const codesMost = 6;

function listed(codes: readonly string[]): string {
  return codes.length === 0 ? '–' : [...codes.slice(0, codesMost), ...(codes.length > codesMost ? ['…'] : [])].join(', ');
}

type TroubleKey = Extract<WordKey, `test.${string}.do`> extends `${infer Key}.do` ? Key : never;

function troubleWord(detail: TestDetail): TroubleKey | null {
  switch (detail.kind) {
    case 'milliseconds': case 'validUntil': case 'local': case 'noTime': case 'cannotTell': case 'methods': return null;
    case 'secondsApart': return 'test.secondsApartTooMuch';
    default: return `test.${detail.kind}`;
  }
}
