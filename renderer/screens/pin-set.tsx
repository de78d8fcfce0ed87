/** A person's own PIN, typed twice, or a badge that is registered for them. The owner looks away. */
import type { ReactElement } from 'react';
import type { PersonAddPlace } from '../machine/person-add.ts';
import { nameMost } from '../machine/person-add.ts';
import type { PinSetPlace } from '../machine/pin-set.ts';
import type { TillScreen } from '../machine/state.ts';
import { PinBoxes, PinTrouble } from '../parts/pin.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useWords } from '../words/i18n.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';

interface PinSetProps {
  readonly at: PinSetPlace;
  readonly state: TillScreen;
}

function Who({ at }: { readonly at: PinSetPlace }): ReactElement {
  const { t } = useWords();
  return <p className="row pin-who"><span>{at.person.number}</span><b>{at.person.name}</b><span className="tag">{t(`role.${at.person.role}`)}</span></p>;
}

function PinSet({ at, state }: PinSetProps): ReactElement {
  const { t, notice } = useWords();
  const digits = state.status?.staff.pinDigits ?? 4;
  const { name } = at.person;
  const second = at.first !== null || at.pin.sent;
  return (
    <main className="asks-pin sets-pin">
      <Who at={at} />
      <h1 tabIndex={-1} id="title">{t('pinSet.title', { name, digits })}</h1>
      <p className="pin-sub">{t('pinSet.sub')}</p>
      <div className="pin-rows">
        <b>{t('pinSet.first')}</b>
        <div className={second ? 'pin-row' : 'pin-row ringed'}><PinBoxes typed={second ? digits : at.pin.typed.length} digits={digits} ringed={false} /></div>
        <b>{t('pinSet.second')}</b>
        <div className={second && !at.pin.sent ? 'pin-row ringed' : 'pin-row'}><PinBoxes typed={at.pin.sent ? digits : second ? at.pin.typed.length : 0} digits={digits} ringed={false} /></div>
      </div>
      {at.problem ? <PinTrouble words={notice(at.problem)} counting={false} /> : <p className="pin-note"><span>{at.pin.sent ? t('signIn.checking') : t('pinSet.hint')}</span></p>}
      <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>
    </main>
  );
}

function BadgeSet({ at }: { readonly at: PinSetPlace }): ReactElement {
  const { t, notice } = useWords();
  const { name, hasBadge } = at.person;
  return (
    <main className="asks-pin sets-pin">
      <Who at={at} />
      <h1 tabIndex={-1} id="title">{t('pinSet.badgeTitle', { name })}</h1>
      <p className="pin-sub">{t('pinSet.badgeSub')}</p>
      <svg className="badge-drawing" viewBox="0 0 120 150" fill="none" stroke="currentColor" strokeWidth="4" aria-hidden="true">
        <path d="M20 22h80a6 6 0 0 1 6 6v112a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6V28a6 6 0 0 1 6-6z" fill="var(--paper)" />
        <path d="M48 6h24v26H48z" fill="var(--counter)" />
        <circle cx="60" cy="62" r="16" />
        <path d="M30 104v-2a14 14 0 0 1 14-14h32a14 14 0 0 1 14 14v2" />
        <path d="M30 116v18M38 116v18M44 116v18M54 116v18M60 116v18M70 116v18M76 116v18M82 116v18M90 116v18" />
      </svg>
      {at.problem ? <PinTrouble words={notice(at.problem)} counting={false} /> : <p className="pin-note"><span>{at.pin.sent ? t('signIn.checking') : t(hasBadge ? 'pinSet.badgeHas' : 'pinSet.badgeNone', { name })}</span></p>}
    </main>
  );
}

function PersonAdd({ at }: { readonly at: PersonAddPlace }): ReactElement {
  const { t } = useWords();
  return (
    <main className="asks-pin asks-name">
      <h1 tabIndex={-1} id="title">{t(at.isFirst ? 'personAdd.titleFirst' : 'personAdd.title')}</h1>
      <TextField label={t('personAdd.label')} value={at.text} most={nameMost} />
      <p className="pin-hint">{t(at.isFirst ? 'personAdd.hintFirst' : 'personAdd.hint')}</p>
    </main>
  );
}

export const pinSetLook: PartLook<PinSetPlace> = {
  title: 'screen.pinSet',
  titleOf: (at) => (at.stage === 'badge' ? 'screen.badgeSet' : 'screen.pinSet'),
  draw: (at, state) => (at.stage === 'badge' ? <BadgeSet at={at} /> : <PinSet at={at} state={state} />),
  words(at, _, { t, notice }) {
    if (at.problem) return { urgent: notice(at.problem) };
    if (at.stage === 'badge') return { polite: t('pinSet.badgeTitle', { name: at.person.name }) };
    const typed = at.pin.typed.length;
    return { polite: `${t(at.first === null ? 'pinSet.first' : 'pinSet.second')} ${typed > 0 ? t('say.pinDigit', { typed }) : ''}` };
  },
};

export const personAddLook: PartLook<PersonAddPlace> = {
  title: 'screen.personAdd',
  draw: (at) => <PersonAdd at={at} />,
  words: (at, _, { t }) => ({ polite: t(at.isFirst ? 'personAdd.titleFirst' : 'personAdd.title') }),
};
