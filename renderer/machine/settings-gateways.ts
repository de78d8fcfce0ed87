/** Settings 2, the gateways: what each input makes of the screen. Saved as one, never at a keystroke. */
import type { SettingFieldView, SettingProblem } from '../../core/contract/types.ts';
import { refused, stay, type Reply, type Request, type Step } from './inputs.ts';
import type { PadKey } from './keys.ts';
import type { Part } from './part.ts';
import { fieldValue, fresh, gatewayAt, hasFailed, isChanged, isWrongKey, problemOf, ringedField, routingTab, rowCount, tabsOf, testRequest, valueMost, withValue, type SettingsGatewaysPlace } from './settings-gateways-form.ts';
import { onActivated } from './settings-activation.ts';
import { gatewayKeys } from './settings-gateways-keys.ts';
import { askedAgain, leaveSettings, loadSettings, mayLoad, nobodyAsked, onOwnerSigned, ownerBadge, ownerDigit, settingsTag } from './settings-owner.ts';
import { changedRoute } from './settings-routing.ts';
import type { TillScreen } from './state.ts';

export function openSettingsGateways(state: TillScreen): Step {
  const place: SettingsGatewaysPlace = {
    name: 'settingsGateways', stage: 'owner', access: nobodyAsked, view: null, form: 'settings', said: null, tab: routingTab, ring: -1, values: {}, routing: null, text: '', problems: [], tests: {}, testing: [], hanging: null, sentAs: null,
  };
  return loaded({ ...state, menu: 'closed', place }, place);
}

export const settingsGateways: Part<SettingsGatewaysPlace> = {
  keys: gatewayKeys,
  busy: (at) => at.stage === 'saving',
  digits: (at) => (at.stage === 'owner' ? 'text' : at.stage === 'form' ? 'move' : 'none'),
  onDigit(state, at, key) {
    if (at.stage === 'form') return onMove(state, at, key);
    const next = at.stage === 'owner' ? ownerDigit(state, at.access, key) : null;
    return next ? stay({ ...state, place: { ...at, access: next.access } }, ...next.requests) : refused(state);
  },
  onText: (state, at, text) => stay(at.stage === 'typing' ? { ...state, place: { ...at, text: text.slice(0, valueMost) } } : state),
  // Tabs first, then the rows under them.
  onRow(state, at, index) {
    const tabs = tabsOf(at);
    if (at.stage !== 'form') return stay(state);
    if (index < tabs.length) return toTab(state, at, tabs[index] ?? at.tab);
    return stay({ ...state, place: { ...at, ring: Math.min(index - tabs.length, rowCount(at) - 1) } });
  },
  onHoldDelete: (state, at) => stay(at.stage === 'owner' && !at.access.pin.sent ? { ...state, place: { ...at, access: { ...at.access, pin: nobodyAsked.pin } } } : state),
  onScan(state, at, scan) {
    if (at.stage !== 'owner' || scan.kind !== 'badge') return null;
    const next = ownerBadge(at.access, scan.scanId);
    return stay({ ...state, place: { ...at, access: next.access } }, ...next.requests);
  },
  onReply,
  onLost(state, at, lost) {
    if (lost.name === 'testGateway') return stay(lost.tag === at.testing[0] ? { ...state, place: { ...at, testing: [] }, notice: { kind: 'words', key: 'notice.testUnclear' } } : state);
    if (lost.tag !== settingsTag && lost.tag !== at.sentAs?.commandId) return stay(state);
    if (lost.name === 'activateTerminal') return stay({ ...state, place: { ...at, stage: 'form', sentAs: null }, notice: { kind: 'words', key: 'notice.activationUnclear' } });
    if (lost.name === 'saveSettings') return stay({ ...state, place: { ...at, stage: 'form' }, notice: { kind: 'words', key: 'notice.settingsUnclear' } });
    const next = at.stage === 'loading' ? leaveSettings(state) : stay({ ...state, place: { ...at, access: nobodyAsked } });
    return { ...next, state: { ...next.state, notice: { kind: 'words', key: 'notice.actionFailed' } } };
  },
};

/** Asks for the settings as soon as somebody who may stands there; a till that is handed over to somebody else closes them. */
export function gatewaysWithOwner(state: TillScreen, at: SettingsGatewaysPlace): Step | null {
  if (at.stage === 'owner') return mayLoad(state, at.access) ? loaded(state, at) : null;
  return mayLoad(state, at.access) ? null : openSettingsGateways(state);
}

function loaded(state: TillScreen, at: SettingsGatewaysPlace): Step {
  return mayLoad(state, at.access) ? stay({ ...state, place: { ...at, stage: 'loading' } }, loadSettings) : stay({ ...state, place: { ...at, stage: 'owner' } });
}

function onReply(state: TillScreen, at: SettingsGatewaysPlace, reply: Reply): Step {
  if (reply.name === 'signIn' && reply.tag === settingsTag) return onOwnerSigned(state, at.access, reply, (access) => ({ ...at, access }));
  if (reply.name === 'settings' && at.stage === 'loading') return onSettings(state, at, reply.reply);
  if (reply.name === 'testGateway') return onTested(state, at, reply);
  if (reply.name === 'activateTerminal') return reply.tag === at.sentAs?.commandId ? onActivated(state, at, reply.reply) : stay(state);
  return reply.name === 'saveSettings' && reply.tag === at.sentAs?.commandId ? onSaved(state, at, reply.reply) : stay(state);
}

function onSettings(state: TillScreen, at: SettingsGatewaysPlace, answer: Extract<Reply, { name: 'settings' }>['reply']): Step {
  if (answer.kind === 'settings') {
    // What was typed before the PIN was asked for again is still meant, where the file is the same.
    const place = at.view?.mark === answer.settings.mark ? at : fresh(at, answer.settings);
    return stay({ ...state, place: { ...place, stage: 'form', access: { ...nobodyAsked, signed: at.access.signed }, view: answer.settings } });
  }
  if (answer.kind !== 'refused') return stay({ ...state, place: { ...at, stage: 'owner', access: askedAgain(answer) } });
  const left = leaveSettings(state);
  return { ...left, state: { ...left.state, notice: { kind: 'message', message: answer.message } } };
}

function onSaved(state: TillScreen, at: SettingsGatewaysPlace, answer: Extract<Reply, { name: 'saveSettings' }>['reply']): Step {
  switch (answer.kind) {
    case 'saved': {
      const key = !answer.settings.kept ? 'notice.settingsSavedTraining' : hasFailed(at.tests[at.tab]) ? 'notice.settingsSavedFailing' : 'notice.settingsSaved';
      return stay({ ...state, place: fresh(at, answer.settings), notice: { kind: 'done', key } }, { kind: 'loadStatus' });
    }
    case 'changedMeanwhile':
      return stay({ ...state, place: fresh(at, answer.settings), notice: { kind: 'message', message: answer.message } });
    case 'wrong':
      return wrong(state, { ...at, stage: 'form', sentAs: null }, answer.problems);
    case 'hanging':
      return stay({ ...state, place: { ...at, stage: 'hanging', sentAs: null, hanging: answer.hanging } });
    case 'refused':
      return stay({ ...state, place: { ...at, stage: 'form', sentAs: null }, notice: { kind: 'message', message: answer.message } });
    default:
      return stay({ ...state, place: { ...at, stage: 'owner', sentAs: null, access: askedAgain(answer) } });
  }
}

/** The first wrong field gets the ring. */
function wrong(state: TillScreen, at: SettingsGatewaysPlace, problems: readonly SettingProblem[]): Step {
  const index = gatewayAt(at)?.fields.findIndex((field) => problemOf({ ...at, problems }, field.key) !== null) ?? -1;
  return stay({ ...state, place: { ...at, problems, ring: index < 0 ? at.ring : index } });
}

function onTested(state: TillScreen, at: SettingsGatewaysPlace, { tag, reply }: Extract<Reply, { name: 'testGateway' }>): Step {
  if (at.testing[0] !== tag) return stay(state);
  const testing = at.testing.slice(1);
  const [next] = testing;
  const requests: readonly Request[] = next === undefined || reply.kind !== 'tested' ? [] : [testRequest({ ...at, tab: routingTab }, next)];
  switch (reply.kind) {
    case 'tested': {
      const place = { ...at, testing, tests: { ...at.tests, [tag]: reply.test } };
      const wrongKey = at.stage === 'form' && at.tab === tag ? (gatewayAt(place)?.fields.findIndex((field) => isWrongKey(place, field)) ?? -1) : -1;
      return stay({ ...state, place: wrongKey < 0 ? place : { ...place, ring: wrongKey } }, ...requests);
    }
    case 'wrong':
      return at.stage === 'form' ? wrong(state, { ...at, testing: [] }, reply.problems) : stay({ ...state, place: { ...at, testing: [], problems: reply.problems } });
    case 'refused':
      return stay({ ...state, place: { ...at, testing: [] }, notice: { kind: 'message', message: reply.message } });
    default:
      return stay({ ...state, place: { ...at, testing: [], stage: 'owner', access: askedAgain(reply) } });
  }
}

/** `8` `2` go through the rows, the tabs above them; `4` `6` change what is chosen, or the tab. */
function onMove(state: TillScreen, at: SettingsGatewaysPlace, key: PadKey): Step {
  if (key === '4' || key === 'left') return onChoose(state, at, -1);
  if (key === '6' || key === 'right') return onChoose(state, at, 1);
  const by = key === '8' || key === 'up' ? -1 : key === '2' || key === 'down' ? 1 : 0;
  // An activation is a form without tabs.
  if (at.form === 'activation') return by === 0 ? refused(state) : stay({ ...state, place: { ...at, ring: (at.ring + by + rowCount(at)) % rowCount(at) } });
  const rows = rowCount(at) + 1;
  if (by === 0 || rows < 2) return refused(state);
  return stay({ ...state, place: { ...at, ring: ((at.ring + 1 + by + rows) % rows) - 1 } });
}

function onChoose(state: TillScreen, at: SettingsGatewaysPlace, by: 1 | -1): Step {
  const tabs = tabsOf(at);
  if (at.ring < 0) return toTab(state, at, tabs[(tabs.indexOf(at.tab) + by + tabs.length) % tabs.length] ?? at.tab);
  if (at.tab === routingTab && at.view && at.routing) return stay({ ...state, place: { ...at, routing: changedRoute(at.view, at.routing, { row: at.ring, by }) } });
  const field = ringedField(at);
  return field?.kind === 'choice' ? stay({ ...state, place: withValue(at, field, nextChoice(at, field, by)) }) : refused(state);
}

/** What isn't saved belongs to its tab: it is saved or dropped before another one is opened. */
function toTab(state: TillScreen, at: SettingsGatewaysPlace, tab: string): Step {
  if (tab === at.tab) return stay({ ...state, place: { ...at, ring: -1 } });
  if (isChanged(at)) return stay({ ...state, notice: { kind: 'words', key: 'notice.settingsUnsaved' } });
  return stay({ ...state, place: { ...at, tab, ring: -1, problems: [] } });
}

/** The choices, with "left out" among them where it may be; what somebody wrote by hand stays one of them. */
function nextChoice(at: SettingsGatewaysPlace, field: SettingFieldView, by: 1 | -1): string | null {
  const listed = field.choices.map(({ value }) => value);
  const written = field.value !== null && !listed.includes(field.value) ? [field.value] : [];
  const all: readonly (string | null)[] = [...(field.whenEmpty === null ? [] : [null]), ...listed, ...written];
  return all[(all.indexOf(fieldValue(at, field)) + by + all.length) % all.length] ?? null;
}
