/** People: the list in the middle, the ringed person's role and rights right, and which settings exist left. */
import type { ReactElement } from 'react';
import type { Person, Role } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import { peopleRows, ringedPerson, standingOf, standings, type PeoplePlace, type Standing } from '../machine/people.ts';
import type { TillScreen } from '../machine/state.ts';
import { keepFocus } from '../parts/cap.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { TickMark } from '../parts/money-marks.tsx';
import { OwnerFirst } from '../parts/owner-first.tsx';
import { Sections } from '../parts/sections.tsx';
import { useSend } from '../parts/send.ts';
import { clockText, dayText } from '../words/format.ts';
import { useWords, type Translate } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import type { PartLook } from './parts.tsx';

interface PeopleProps {
  readonly at: PeoplePlace;
  readonly state: TillScreen;
}

const dayMs = 86_400_000;

function People({ at, state }: PeopleProps): ReactElement {
  return at.stage === 'owner' ? <OwnerFirst pin={at.pin} state={state} hint="people.ownerHint" /> : <PeopleList at={at} state={state} />;
}

function PeopleList({ at, state }: PeopleProps): ReactElement {
  const { t } = useWords();
  const ringed = ringedPerson(at);
  const rows = peopleRows(at);
  return (
    <main className="people">
      <Sections here="5" />
      <div className="people-middle">
        <h1 tabIndex={-1} id="title" className="said">{t('people.list')}</h1>
        {at.people && rows.length === 0 && <div className="nobody"><h2>{t('people.empty')}</h2><p>{t('people.emptySub')}</p></div>}
        {rows.length > 0 && (
          <>
            <div className="person-head" aria-hidden="true">
              <span>{t('people.number')}</span><span>{t('people.name')}</span><span>{t('people.role')}</span><span className="person-badge">{t('people.badge')}</span><span>{t('people.last')}</span>
            </div>
            <ul className="rows" aria-label={t('people.list')}>
              {rows.map((person, index) => <PersonRow person={person} index={index} ringed={person === ringed} state={state} key={person.operatorId} />)}
            </ul>
            <p className="people-note">{t('people.leftNote')}</p>
          </>
        )}
      </div>
      {ringed && <PersonPanel person={ringed} standing={at.standing} state={state} />}
    </main>
  );
}

interface PersonRowProps {
  readonly person: Person;
  readonly index: number;
  readonly ringed: boolean;
  readonly state: TillScreen;
}

function PersonRow({ person, index, ringed, state }: PersonRowProps): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const row = useRingInSight<HTMLButtonElement>(ringed);
  return (
    <li>
      <button
        type="button" ref={row} className={`person-row${ringed ? ' ringed' : ''}${person.left ? ' left' : ''}`} aria-current={ringed} tabIndex={-1}
        onMouseDown={keepFocus} onClick={() => send({ type: 'row', index })}
      >
        <b className="person-number">{person.number}</b>
        <b className="person-name">{person.name}</b>
        <span>{t(`role.${person.role}`)}</span>
        <span className="person-badge">{t(person.hasBadge ? 'people.has' : 'people.none')}</span>
        <span className="person-last">{lastWords(t, person, state)}</span>
      </button>
    </li>
  );
}

function lastWords(t: Translate, person: Person, state: TillScreen): string {
  const timezone = state.status?.timezone;
  if (person.left) return person.leftAt === null ? t('role.left') : t('people.leftOn', { day: dayText(person.leftAt, timezone).slice(0, 5) });
  if (state.status?.staff.person?.operatorId === person.operatorId) return t('people.now');
  if (person.lastHereAt === null) return t('people.never');
  return state.now - person.lastHereAt < dayMs / 2 ? clockText(person.lastHereAt, timezone, 'minutes') : dayText(person.lastHereAt, timezone);
}

interface PersonPanelProps {
  readonly person: Person;
  readonly standing: Standing | null;
  readonly state: TillScreen;
}

function PersonPanel({ person, standing, state }: PersonPanelProps): ReactElement {
  const { t } = useWords();
  const chosen = standing ?? standingOf(person);
  const limit = state.status ? amountText(state.status.refund.approvalAbove) : '';
  const rights = chosen === 'left' ? [] : rightsOf(chosen);
  return (
    <aside className="person-panel">
      <header><h2>{person.name}</h2><b>{person.number}</b></header>
      <ul className="standings">
        {standings.filter((choice) => choice !== 'left' || chosen === 'left' || person.left).map((choice) => (
          <li className={choice === chosen ? 'standing chosen' : 'standing'} key={choice}><span>{t(`role.${choice}`)}</span>{choice === chosen && <TickMark />}</li>
        ))}
      </ul>
      <ul className="rights">
        {rights.map(({ word, may }) => (
          <li className={may ? 'right may' : 'right'} key={word}>
            {may ? <TickMark size={15} /> : <i className="dash" />}<span>{t(word, { limit })}</span><span className="said">{t(may ? 'people.yes' : 'people.no')}</span>
          </li>
        ))}
      </ul>
      <footer>
        {standing !== null && <p className="person-note">{t('people.unsaved', { role: t(`role.${standing}`) })}</p>}
        {standing === null && !person.left && !person.hasPin && (
          <p className={person.hasBadge ? 'person-note' : 'person-note amber'}>
            <b>{t(person.hasBadge ? 'people.badgeOnly' : 'people.noPin')}</b><span>{t('people.noPinHint')}</span>
          </p>
        )}
      </footer>
    </aside>
  );
}

/** What each role may do; the same list for all, so that it is compared at a glance. */
function rightsOf(role: Role): readonly { readonly word: WordKey; readonly may: boolean }[] {
  const supervisor = role !== 'cashier';
  return [
    { word: 'people.canSell', may: true },
    { word: 'people.canRefund', may: true },
    { word: 'people.canRefundMore', may: supervisor },
    { word: 'people.canPayOut', may: supervisor },
    { word: 'people.canManage', may: role === 'owner' },
  ];
}

export const peopleLook: PartLook<PeoplePlace> = {
  title: 'screen.people',
  draw: (at, state) => <People at={at} state={state} />,
  words(at, _, { t }) {
    if (at.stage === 'owner') return { polite: at.pin.typed.length > 0 ? t('say.pinDigit', { typed: at.pin.typed.length }) : t('people.owner') };
    const ringed = ringedPerson(at);
    return { polite: ringed ? t('say.person', { number: ringed.number, name: ringed.name, role: t(`role.${at.standing ?? standingOf(ringed)}`) }) : t('people.empty') };
  },
};

