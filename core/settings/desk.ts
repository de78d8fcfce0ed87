/** The owner's settings: shown without secrets, changed by a person whom the journal names, and in force at once. */
import { message, type Message } from '../contract/messages.ts';
import type { Approval, SaveSettingsReply, SettingsChange, SettingsReply, SettingsView } from '../contract/types.ts';
import type { TillConfiguration } from '../configuration.ts';
import type { Journal } from '../journal/journal.ts';
import { JournalUnavailable } from '../journal/storage.ts';
import type { EventTime } from '../payment/events.ts';
import type { Clock } from '../ports.ts';
import type { Allowed, StaffDesk } from '../staff/desk.ts';
import { settingsAggregate, type SettingsEvent } from './events.ts';
import { keyChanges, linesOf } from './key-changes.ts';
import { sampleReceipt } from './sample-receipt.ts';
import type { KeyChange, SettingsStore, StoredSettings } from './store.ts';

export interface SettingsDeskPorts {
  /** Null where the settings can't be changed from a screen (tests, the simulated world). */
  readonly store: SettingsStore | null;
  readonly configuration: TillConfiguration;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly staff: StaffDesk;
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
    const stored = this.stored();
    if (stored.kind !== 'stored') return stored;
    return this.write(request, stored, keyChanges(request.change, stored.raw), allowed);
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
    const failed = this.append({ type: 'settingsChanged', time: this.time(), by, commandId: request.commandId, keys: changes.map(({ path }) => path.join('.')) }, request.commandId);
    if (failed !== null) return failed;
    const written = prepared.write();
    if (written !== 'written') {
      const alsoFailed = this.append({ type: 'settingsNotWritten', time: this.time(), by, ofCommand: request.commandId }, null);
      if (alsoFailed !== null) return alsoFailed;
      return written === 'changedMeanwhile' ? this.meanwhile() : { kind: 'refused', message: message('settingsNotWritten') };
    }
    this.ports.changed();
    return this.savedNow();
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

const noStore: Refused = { kind: 'refused', message: message('settingsNotHere') };

function unreadable(key: string): Refused {
  return { kind: 'refused', message: message('settingsUnreadable', { key: key === '' ? 'settings.json' : key }) };
}
