/** Activating a terminal from the settings: the owner's act, named in the journal, with nothing kept of what was typed (CASES 32). */
import { message, type Message, type MessageKey } from '../contract/messages.ts';
import { settingsProblems } from '../contract/settings.ts';
import type { ActivateTerminalReply, ActivateTerminalRequest, SettingProblem } from '../contract/types.ts';
import type { Gateway } from '../gateways/gateway.ts';
import type { ActivationKey, TerminalRefusal, TerminalRule } from '../gateways/terminal-rule.ts';
import type { Journal } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import type { Clock } from '../ports.ts';
import type { Allowed, StaffDesk } from '../staff/desk.ts';
import type { ActivationResult, TerminalDesk } from '../terminal/desk.ts';
import { keptKey } from '../terminal/filled.ts';
import type { SettingsDesk } from './desk.ts';
import { settingsAggregate, type TerminalActivated } from './events.ts';
import { activationGroup, changedBlock } from './gateway-forms.ts';
import { valueAt } from './json-values.ts';
import type { SettingsStore } from './store.ts';

export interface ActivationDeskPorts {
  /** Why nothing may be written now; null where it may. */
  notNow(): Message | null;
  readonly store: SettingsStore | null;
  readonly settings: Pick<SettingsDesk, 'shown' | 'useActivated'>;
  readonly terminals: TerminalDesk;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly staff: StaffDesk;
  journalFailed(error: JournalUnavailable): Message;
}

type Terminal = { readonly gateway: Gateway; readonly rule: TerminalRule };
type Reply<Kind extends ActivateTerminalReply['kind']> = Extract<ActivateTerminalReply, { kind: Kind }>;

const refusals: Readonly<Record<TerminalRefusal, MessageKey>> = {
  codeRefused: 'activationCodeRefused', keyRefused: 'activationKeyRefused', terminalUnknown: 'activationRefused', other: 'activationRefused',
};

export class ActivationDesk {
  private readonly ports: ActivationDeskPorts;

  constructor(ports: ActivationDeskPorts) {
    this.ports = ports;
  }

  async activate(request: ActivateTerminalRequest): Promise<ActivateTerminalReply> {
    const { staff, terminals } = this.ports;
    const allowed = await staff.allow('settings', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    const notNow = this.ports.notNow();
    if (notNow !== null) return { kind: 'refused', message: notNow };
    const terminal = this.terminal(request.gateway);
    if (terminal === null) return { kind: 'refused', message: message('gatewayNotSet', { gateway: request.gateway }) };
    const repeated = this.numberOf(request.commandId);
    if (repeated !== null) return this.activated(terminal, repeated, 'terminalActivated');
    const checked = this.checked(terminal, request);
    if ('kind' in checked) return checked;
    const { code, ...vendor } = checked.typed;
    const result = await terminals.activate(terminal.gateway.id, terminal.rule, checked.baseUrl, vendor, code);
    return result.kind === 'activated' ? this.use(terminal, request, { number: result.number, allowed }) : notActivated(result, request.gateway);
  }

  private terminal(id: string): Terminal | null {
    const gateway = this.ports.store?.gateways.find((one) => one.id === id);
    return gateway?.terminal === undefined ? null : { gateway, rule: gateway.terminal };
  }

  /** The terminal that a command has activated; null where it hasn't. A code has few uses: an act that comes again takes none. */
  private numberOf(commandId: string): string | null {
    const { reader } = this.ports.journal;
    if (reader.aggregateOfCommand(commandId) !== settingsAggregate) return null;
    const events = reader.rowsOf(settingsAggregate).map((row) => JSON.parse(row.payload) as Partial<TerminalActivated>);
    return events.find((event) => event.type === 'terminalActivated' && event.commandId === commandId)?.number ?? null;
  }

  private activated({ gateway }: Terminal, number: string, key: 'terminalActivated' | 'terminalActivatedNotSaved'): ActivateTerminalReply {
    const shown = this.ports.settings.shown();
    return shown.kind === 'refused' ? shown : { kind: 'activated', number, settings: shown.settings, message: message(key, { n: number, gateway: gateway.id }) };
  }

  /** Everything that can be wrong before the code is used up: the fields of the activation, and the rest of the block. */
  private checked({ gateway, rule }: Terminal, { values, activation }: ActivateTerminalRequest): { readonly typed: Readonly<Record<ActivationKey, string>>; readonly baseUrl: string } | Reply<'wrong' | 'refused'> {
    const read = this.ports.store?.read();
    if (read?.kind !== 'stored') return { kind: 'refused', message: message(read === undefined ? 'settingsNotHere' : 'settingsUnreadable', { key: read?.problem.key ?? '' }) };
    const { number, key } = rule.settingKeys;
    const block = changedBlock(gateway, valueAt(read.raw, ['gateways', gateway.id]), { ...values, [number]: '1', [key]: keptKey });
    const parsed = gateway.settings.safeParse(block);
    const inBlock = parsed.success ? [] : settingsProblems(parsed.error, block).map(({ key: at, sentence, words }): SettingProblem => ({ key: `gateways.${gateway.id}.${at}`, words: words ?? sentence }));
    const inForm = rule.activationForm.flatMap((field) => problemOf(gateway.id, field.key, activation[field.key] ?? ''));
    if (inBlock.length > 0 || inForm.length > 0) return { kind: 'wrong', problems: [...inForm, ...inBlock] };
    const typed = (one: ActivationKey): string => activation[one] ?? '';
    return { typed: { code: typed('code'), appId: typed('appId'), vendorSn: typed('vendorSn'), vendorKey: typed('vendorKey') }, baseUrl: String(valueAt(parsed.data, ['baseUrl'])) };
  }

  /** The key is kept already: whatever fails from here on, the terminal is not lost. */
  private use(terminal: Terminal, { commandId, values }: ActivateTerminalRequest, { number, allowed }: { readonly number: string; readonly allowed: Allowed }): ActivateTerminalReply {
    const { gateway, rule } = terminal;
    const failed = this.append({ type: 'terminalActivated', time: this.time(), by: allowed.approval?.by ?? allowed.by, commandId, gateway: gateway.id, number });
    if (failed !== null) return { kind: 'refused', message: failed };
    const saved = this.ports.settings.useActivated(gateway, { ...values, [rule.settingKeys.number]: null, [rule.settingKeys.key]: null }, allowed);
    return this.activated(terminal, number, saved.kind === 'saved' ? 'terminalActivated' : 'terminalActivatedNotSaved');
  }

  private append(event: TerminalActivated): Message | null {
    try {
      this.ports.journal.append([{ aggregate: settingsAggregate, type: event.type, payload: event }], { commandId: event.commandId });
      return null;
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return this.ports.journalFailed(error);
    }
  }

  private time(): TerminalActivated['time'] {
    return { wall: this.ports.clock.wall(), monotonic: this.ports.clock.monotonic() };
  }
}

/** What travels in a header or a signature: printable ASCII without blanks. */
function problemOf(gateway: string, key: string, typed: string): readonly SettingProblem[] {
  if (/^[\x21-\x7e]+$/.test(typed)) return [];
  return [{ key: `gateways.${gateway}.${activationGroup}.${key}`, words: typed === '' ? mustBeFilled : printableOnly }];
}

const mustBeFilled = { 'zh-CN': '不能为空。', en: 'Must not be empty.' } as const;
const printableOnly = { 'zh-CN': '只能有字母、数字和符号，不能有空格。', en: 'May hold letters, digits and signs only, no blanks.' } as const;

function notActivated(result: Exclude<ActivationResult, { kind: 'activated' }>, gateway: string): Reply<'notActivated'> {
  switch (result.kind) {
    case 'refused':
      return { kind: 'notActivated', message: message(refusals[result.why], { gateway }), ...result.evidence };
    case 'unknown':
      return { kind: 'notActivated', message: message('activationUnknown', { gateway }), ...result.evidence };
    case 'busy':
    case 'notKept':
      return { kind: 'notActivated', message: message(result.kind === 'busy' ? 'activationBusy' : 'terminalKeyNotKept', { gateway }), code: null, words: null };
  }
}
