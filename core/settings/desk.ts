/** The owner's settings: shown without secrets, changed by a person whom the journal names, and in force at once. */
import { message, type Message } from '../contract/messages.ts';
import type { Approval, GatewayChange, Hanging, PaymentView, PersonName, SaveSettingsReply, SettingsChange, SettingsReply, SettingsView, TestGatewayReply } from '../contract/types.ts';
import { sameIdentity, secretsOf, type TillConfiguration } from '../configuration.ts';
import type { Gateway, GatewayIdentity } from '../gateways/gateway.ts';
import { settingsProblems } from '../contract/settings.ts';
import type { Journal } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import type { EventTime } from '../payment/events.ts';
import type { Payment } from '../payment/payment.ts';
import type { ConfiguredGateway, PaymentRunner } from '../payment/runner.ts';
import type { Clock, ConnectionProbe, HttpTransport, Log, Random } from '../ports.ts';
import { makeReference } from '../payment/reference.ts';
import type { Allowed, StaffDesk } from '../staff/desk.ts';
import type { TerminalDesk } from '../terminal/desk.ts';
import { shopDay } from '../time/day.ts';
import { testConnection } from './connection-test.ts';
import { settingsAggregate, type SettingsEvent } from './events.ts';
import { changedBlock, gatewayForm, identityFields, replacedSecrets } from './gateway-forms.ts';
import { hangingOn, type Matters } from './hanging.ts';
import { linesOf, sameValue, valueAt } from './json-values.ts';
import { keyChanges, routingOf } from './key-changes.ts';
import { sampleReceipt } from './sample-receipt.ts';
import type { KeyChange, Prepared, SettingsStore, StoredSettings } from './store.ts';

export interface SettingsDeskPorts {
  /** Why nothing may be written now; null where it may. */
  notNow(): Message | null;
  /** Null where the settings can't be changed from a screen (tests, the simulated world). */
  readonly store: SettingsStore | null;
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly http: HttpTransport;
  readonly probe: ConnectionProbe | null;
  readonly log: Log;
  readonly runner: PaymentRunner;
  readonly terminals: TerminalDesk;
  readonly staff: StaffDesk;
  view(payment: Payment): PaymentView;
  /** Told once other settings are in force. */
  changed(): void;
  journalFailed(error: JournalUnavailable): Message;
}

type Refused = { readonly kind: 'refused'; readonly message: Message };

export interface SaveRequest {
  readonly commandId: string;
  readonly mark: string;
  readonly change: SettingsChange;
  readonly approval?: Approval | undefined;
}

export class SettingsDesk {
  private readonly ports: SettingsDeskPorts;

  constructor(ports: SettingsDeskPorts) {
    this.ports = ports;
  }

  async read({ approval }: { readonly approval?: Approval | undefined }): Promise<SettingsReply> {
    const allowed = await this.ports.staff.allow('settings', approval);
    return allowed.kind === 'allowed' ? this.current() : allowed;
  }

  async save(request: SaveRequest): Promise<SaveSettingsReply> {
    if (this.isRepeat(request)) return this.savedNow();
    const allowed = await this.ports.staff.allow('settings', request.approval);
    if (allowed.kind !== 'allowed') return allowed;
    // A PIN takes a moment to look at: the same command may have been carried out beside it.
    if (this.isRepeat(request)) return this.savedNow();
    // Without what is open in memory nothing could be named, and no row belongs on a journal that can't be trusted.
    const notNow = this.ports.notNow();
    if (notNow !== null) return { kind: 'refused', message: notNow };
    const stored = this.stored();
    if (stored.kind !== 'stored') return stored;
    return this.write(request, stored, keyChanges(request.change, stored.raw, this.ports.store?.gateways ?? []), allowed);
  }

  private write(request: SaveRequest, stored: StoredSettings, changes: readonly KeyChange[], allowed: Allowed): SaveSettingsReply {
    const { store } = this.ports;
    if (store === null) return noStore;
    if (stored.mark !== request.mark) return this.meanwhile();
    if (changes.length === 0) return this.savedNow();
    const prepared = store.prepare(changes, request.mark);
    if (prepared.kind === 'wrong') return { kind: 'wrong', problems: prepared.problems.map(({ key, sentence, words }) => ({ key, words: words ?? sentence })) };
    if (prepared.kind === 'changedMeanwhile') return this.meanwhile();
    if (prepared.kind === 'unreadable') return unreadable(prepared.problem.key);
    const by = allowed.approval?.by ?? allowed.by;
    const moved = this.moved(request.change.gateway, stored);
    const again = moved === null ? [] : secretsToTypeAgain(moved.gateway, moved.before, moved.after, request.change.gateway?.values ?? {});
    if (again.length > 0) return { kind: 'wrong', problems: again };
    if (moved === null) return this.commit(request.commandId, prepared, changes, by);
    const hanging = this.hanging(moved);
    if (hanging !== null && request.change.gateway?.keepFormer !== true) return { kind: 'hanging', hanging };
    const former = formerBlocks(stored, moved, hanging !== null && namesItsTerminal(moved));
    if (former === null) return this.commit(request.commandId, prepared, changes, by);
    const withFormer = [...changes, former];
    const preparedToo = store.prepare(withFormer, request.mark);
    if (preparedToo.kind === 'ready') return this.commit(request.commandId, preparedToo, withFormer, by);
    return preparedToo.kind === 'wrong' ? { kind: 'wrong', problems: preparedToo.problems.map(({ key, sentence, words }) => ({ key, words: words ?? sentence })) } : this.meanwhile();
  }

  private commit(commandId: string, prepared: Extract<Prepared, { kind: 'ready' }>, changes: readonly KeyChange[], by: PersonName): SaveSettingsReply {
    const failed = this.append({ type: 'settingsChanged', time: this.time(), by, commandId, keys: changes.map(({ path }) => path.join('.')) }, commandId);
    if (failed !== null) return failed;
    const written = prepared.write();
    if (written !== 'written') {
      const alsoFailed = this.append({ type: 'settingsNotWritten', time: this.time(), by, ofCommand: commandId }, null);
      if (alsoFailed !== null) return alsoFailed;
      return written === 'changedMeanwhile' ? this.meanwhile() : { kind: 'refused', message: message('settingsNotWritten') };
    }
    this.ports.runner.identitiesChanged();
    this.ports.changed();
    return this.savedNow();
  }

  /** Tries a gateway as it is set up, with what was typed and not saved over it. No step moves money, and nothing is written. */
  async test({ gateway: id, values, approval }: { readonly gateway: string; readonly values: GatewayChange['values']; readonly approval?: Approval | undefined }): Promise<TestGatewayReply> {
    const allowed = await this.ports.staff.allow('settings', approval);
    if (allowed.kind !== 'allowed') return allowed;
    const stored = this.stored();
    if (stored.kind !== 'stored') return stored;
    const gateway = this.ports.store?.gateways.find((one) => one.id === id);
    if (gateway === undefined) return { kind: 'refused', message: message('gatewayNotSet', { gateway: id }) };
    const block = changedBlock(gateway, valueAt(stored.raw, ['gateways', id]), values);
    const read = gateway.settings.safeParse(block);
    if (!read.success) return { kind: 'wrong', problems: settingsProblems(read.error, block).map(({ key, sentence, words }) => ({ key: `gateways.${id}.${key}`, words: words ?? sentence })) };
    const again = secretsToTypeAgain(gateway, valueAt(stored.raw, ['gateways', id]), block, values);
    if (again.length > 0) return { kind: 'wrong', problems: again };
    // As a request would be signed now; what is heard of it changes no key, since it may be one that was typed and not saved.
    const signing = await this.ports.terminals.sign({ gateway, settings: read.data, identity: gateway.identity(read.data) }, null);
    const test = await testConnection(gateway, signing.settings, this.ports);
    signing.landed(null);
    this.ports.log.info('connection tested', { gateway: id, steps: test.steps.map(({ step, state }) => `${step} ${state}`).join(', '), code: test.code });
    return { kind: 'tested', test };
  }

  /**
   * A terminal was activated: its gateway's block is saved as it was typed, naming no other terminal, and is in force at once. What
   * hangs on the one before is asked under that one on. The reply of a save; `saved` also where nothing had to be written.
   */
  useActivated(gateway: Gateway, values: GatewayChange['values'], allowed: Allowed): SaveSettingsReply {
    const { store, random } = this.ports;
    const stored = this.stored();
    if (store === null || stored.kind !== 'stored') return stored.kind === 'stored' ? noStore : stored;
    const change: SettingsChange = { gateway: { id: gateway.id, values, keepFormer: true } };
    const changes = keyChanges(change, stored.raw, store.gateways);
    if (changes.length > 0) return this.write({ commandId: makeReference(random, 20), mark: stored.mark, change }, stored, changes, allowed);
    const prepared = store.prepare([], stored.mark);
    if (prepared.kind !== 'ready' || prepared.write() !== 'written') return this.meanwhile();
    this.ports.runner.identitiesChanged();
    this.ports.changed();
    return this.savedNow();
  }

  /** What a person would see now, who has been let in. */
  shown(): Extract<SettingsReply, { kind: 'settings' | 'refused' }> {
    return this.current();
  }

  /**
   * The newest key of an identity was taken by its gateway: what was kept of the ones before it goes. Nothing is dropped where the
   * file says something else by now, or where it can't be written: the next start tries again.
   * @returns false where nothing could be looked at now: the till is stopped, or the file can't be read, or is being changed
   */
  keyTaken({ gateway, settings, identity }: ConfiguredGateway): boolean {
    const { store, random, configuration } = this.ports;
    if (store === null) return true;
    if (this.ports.notNow() !== null) return false;
    const stored = this.stored();
    if (stored.kind !== 'stored') return false;
    const change = withoutOlderKeys(stored, gateway, { settings, identity });
    if (change === null) return true;
    const prepared = store.prepare([change], stored.mark);
    if (prepared.kind !== 'ready') return false;
    this.commit(makeReference(random, 20), prepared, [change], { operatorId: configuration.terminalId, name: configuration.terminalId });
    return true;
  }

  /** The identity or the key that a change would leave; null where both stay, or there was none. */
  private moved(change: GatewayChange | undefined, stored: StoredSettings): Moved | null {
    const gateway = this.ports.store?.gateways.find(({ id }) => id === change?.id);
    if (gateway === undefined || change === undefined) return null;
    const before = valueAt(stored.raw, ['gateways', gateway.id]);
    const after = changedBlock(gateway, before, change.values);
    const [was, will] = [gateway.settings.safeParse(before), gateway.settings.safeParse(after)];
    if (!was.success || !will.success) return null;
    const [old, next] = [gateway.identity(was.data), gateway.identity(will.data)];
    return sameIdentity(old, next) && !keyReplaced(gateway, before, after) ? null : { gateway, before, after, old, next };
  }

  private hanging({ gateway, before, after, old }: Moved): Hanging | null {
    const { journal, runner, configuration, clock } = this.ports;
    const { timezone, dayChangeHour } = configuration.store;
    const matters: Matters | null = hangingOn(gateway, old, {
      reader: journal.reader, active: () => runner.active(), load: (paymentId) => runner.load(paymentId), unreadable: () => runner.unreadableRecords(), view: (payment) => this.ports.view(payment),
      dayBefore: (days) => shopDay(clock.wall() - days * millisecondsOfDay, timezone, dayChangeHour),
    });
    const will = identityFields(gateway, after);
    const fields = identityFields(gateway, before).flatMap(({ label, value }, index) => (value === will[index]?.value ? [] : [{ label, before: value, after: will[index]?.value ?? '' }]));
    const changes = [...fields, ...replacedSecrets(gateway, before, after).map((label) => ({ label, before: hidden, after: hidden }))];
    return matters === null ? null : { gateway: gateway.id, names: gateway.names, changes, ...matters };
  }

  private isRepeat({ commandId }: SaveRequest): boolean {
    return this.ports.journal.reader.aggregateOfCommand(commandId) !== null;
  }

  private savedNow(): SaveSettingsReply {
    const current = this.current();
    return current.kind === 'settings' ? { kind: 'saved', settings: current.settings } : current;
  }

  private meanwhile(): SaveSettingsReply {
    const current = this.current();
    return current.kind === 'settings' ? { kind: 'changedMeanwhile', settings: current.settings, message: message('settingsChangedMeanwhile') } : current;
  }

  private current(): Extract<SettingsReply, { kind: 'settings' | 'refused' }> {
    const stored = this.stored();
    return stored.kind === 'stored' ? { kind: 'settings', settings: this.view(stored) } : stored;
  }

  private stored(): StoredSettings | Refused {
    const { store } = this.ports;
    if (store === null) return noStore;
    const read = store.read();
    return read.kind === 'stored' ? read : unreadable(read.problem.key);
  }

  private view({ mark, raw }: StoredSettings): SettingsView {
    return {
      mark,
      kept: this.ports.store?.kept ?? false,
      refundReasons: linesOf(raw, ['refund', 'reasons']),
      gateways: (this.ports.store?.gateways ?? []).map((gateway) => gatewayForm(gateway, raw, this.ports.configuration.store.currency)),
      routing: routingOf(raw),
      receipt: { header: linesOf(raw, ['receipt', 'header']), footer: linesOf(raw, ['receipt', 'footer']), sample: this.sample() },
    };
  }

  private sample(): SettingsView['receipt']['sample'] {
    const { store, terminalId, training, gateways } = this.ports.configuration;
    const first = [...gateways.values()][0]?.gateway;
    const shop = { storeName: store.name, terminalId, timezone: store.timezone, locale: store.locale, training: training !== null };
    return sampleReceipt(shop, { at: this.ports.clock.wall(), currency: store.currency, gateway: first?.id ?? '', gatewayNames: first?.names ?? { 'zh-CN': '', en: '' } });
  }

  private append(event: SettingsEvent, commandId: string | null): Refused | null {
    try {
      this.ports.journal.append([{ aggregate: settingsAggregate, type: event.type, payload: event }], { commandId });
      return null;
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return { kind: 'refused', message: this.ports.journalFailed(error) };
    }
  }

  private time(): EventTime {
    const { clock } = this.ports;
    return { wall: clock.wall(), monotonic: clock.monotonic() };
  }
}

/** A gateway whose identity or key a change would leave behind. */
interface Moved {
  readonly gateway: Gateway;
  /** The block as it stands in the file, and as it would. */
  readonly before: unknown;
  readonly after: unknown;
  readonly old: GatewayIdentity;
  readonly next: GatewayIdentity;
}

const millisecondsOfDay = 86_400_000;
/** What is shown of a secret: that there is one. */
const hidden = '••••••';

/**
 * The former blocks after a change: the one that was left joins them, and one that is taken up again, key and all, leaves them. One
 * with another key stays until the new key was taken: it may be the one that is right. Null where nothing changes.
 */
function formerBlocks({ raw }: StoredSettings, { gateway, before, after, old, next }: Moved, keepsOld: boolean): KeyChange | null {
  const path = ['formerGateways', gateway.id];
  const listed = valueAt(raw, path);
  const former: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const others = former.filter((block) => {
    const read = gateway.settings.safeParse(block);
    if (!read.success) return true;
    const identity = gateway.identity(read.data);
    if (sameIdentity(identity, old)) return keepsOld && !sameSecrets(gateway, block, before) && !(sameIdentity(old, next) && sameSecrets(gateway, block, after));
    return !sameIdentity(identity, next) || !sameSecrets(gateway, block, after);
  });
  const value = keepsOld ? [before, ...others] : others;
  return sameValue(value, former) ? null : { path, value: value.length === 0 ? undefined : value };
}

/** Former blocks without those that hold an older key of this identity; null where none does, or where the file's newest isn't the one that was taken. */
function withoutOlderKeys({ raw }: StoredSettings, gateway: Gateway, taken: Pick<ConfiguredGateway, 'settings' | 'identity'>): KeyChange | null {
  const path = ['formerGateways', gateway.id];
  const listed = valueAt(raw, path);
  const former: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const isIts = (block: unknown): boolean => {
    const read = gateway.settings.safeParse(block);
    return read.success && sameIdentity(gateway.identity(read.data), taken.identity);
  };
  const newest = [valueAt(raw, ['gateways', gateway.id]), ...former].find(isIts);
  const read = gateway.settings.safeParse(newest);
  if (!read.success || !sameSecrets(gateway, read.data, taken.settings)) return null;
  const value = former.filter((block) => block === newest || !isIts(block));
  return value.length === former.length ? null : { path, value: value.length === 0 ? undefined : value };
}

function sameSecrets(gateway: Gateway, left: unknown, right: unknown): boolean {
  return sameValue(secretsOf(gateway, left), secretsOf(gateway, right));
}

/** One that is typed over another. What goes into or out of the block with an activated terminal is kept apart (CASES 32). */
function keyReplaced(gateway: Gateway, before: unknown, after: unknown): boolean {
  return replacedSecrets(gateway, before, after).length > 0;
}

/** A terminal that was activated here is kept with its key among the secrets, and needs no former block. */
function namesItsTerminal({ gateway, before }: Moved): boolean {
  return gateway.terminal === undefined || valueAt(before, [gateway.terminal.settingKeys.key]) !== undefined;
}

const noStore: Refused = { kind: 'refused', message: message('settingsNotHere') };

function unreadable(key: string): Refused {
  return { kind: 'refused', message: message('settingsUnreadable', { key: key === '' ? 'settings.json' : key }) };
}

/** A stored secret goes to no other address than the one it was stored with: whoever types a new one knows the secret, or doesn't. */
function secretsToTypeAgain(gateway: Gateway, before: unknown, after: unknown, values: GatewayChange['values']): readonly { readonly key: string; readonly words: Readonly<Record<'zh-CN' | 'en', string>> }[] {
  const [was, will] = [gateway.settings.safeParse(before), gateway.settings.safeParse(after)];
  if (!was.success || !will.success || gateway.identity(was.data).origin === gateway.identity(will.data).origin) return [];
  return gateway.secretKeys
    .filter((key) => valueAt(before, [key]) !== undefined && values[key] === undefined)
    .map((key) => ({ key: `gateways.${gateway.id}.${key}`, words: typeAgain }));
}

const typeAgain = { 'zh-CN': '地址换了：为了不把密钥发到别处，请再输一次', en: 'the address has changed: type it again, so that no stored secret goes elsewhere' } as const;
