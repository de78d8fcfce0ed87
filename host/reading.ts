/** Opens a home for questions alone: no lock, no network, no devices; works beside a running till. */
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { journalFileName } from '../adapters/journal/database.ts';
import { openJournal, openRows, type ReadableJournal } from '../adapters/journal/sqlite-journal.ts';
import { fileSecrets } from '../adapters/secrets.ts';
import { readSettings } from '../adapters/settings.ts';
import { settingsSchema, type Settings } from '../core/contract/settings.ts';
import type { Locale } from '../core/contract/types.ts';
import { gateways } from '../core/gateways/registry.ts';
import { JournalReading } from '../core/journal/reading.ts';
import type { ReceiptShop } from '../core/receipt/payment-receipt.ts';
import { gatewaySchemas } from './configuration.ts';
import { journalProblem, missingSettings, wrongSettings, type OpenProblem } from './open-problem.ts';
import { withActivatedTerminals } from './terminals.ts';
import { trainingShop } from './training.ts';

/** A home of which nothing but the settings was read. */
export interface OpenHome {
  readonly settings: Settings;
  readonly store: Settings['store'];
  /** Where the journal lies: the home, or its training folder. */
  readonly folder: string;
}

export interface OpenReading extends OpenHome {
  readonly reading: JournalReading;
  readonly journal: ReadableJournal;
  readonly shop: ReceiptShop;
  readonly printer: Settings['devices']['printer'];
  close(): void;
}

interface ReadingOptions {
  readonly home: string;
  readonly training: boolean;
  readonly locale: Locale;
}

type Opened<What> = { readonly kind: 'ok'; readonly opened: What } | OpenProblem;

export type OpenReadingResult = Opened<OpenReading>;

export function openReading(options: ReadingOptions): OpenReadingResult {
  return withJournal(options, ({ settings, folder }) => reading(settings, folder, openJournal({ folder, access: 'reader' }), options.training));
}

/** For what needs the journal's rows alone: an older program's will do. */
export function openForCopies(options: ReadingOptions): Opened<OpenHome> {
  return withJournal(options, (home) => {
    openRows(join(home.folder, journalFileName)).close();
    return home;
  });
}

function withJournal<What>(options: ReadingOptions, open: (home: OpenHome) => What): Opened<What> {
  const { home, training, locale } = options;
  const schemas = gatewaySchemas(withActivatedTerminals(gateways, fileSecrets(home)));
  const read = training ? null : readSettings(home, schemas);
  if (read?.kind === 'missing') return missingSettings(read.path, locale);
  if (read !== null && read.kind !== 'ok') return wrongSettings(read.path, read.problem, locale);
  const settings = read?.settings ?? settingsSchema(schemas).parse({ ...trainingShop(locale), gateways: {} });
  try {
    const folder = training ? join(home, 'training') : home;
    return { kind: 'ok', opened: open({ settings, store: settings.store, folder }) };
  } catch (error) {
    return journalProblem(error);
  }
}

function reading(settings: Settings, folder: string, journal: ReadableJournal, training: boolean): OpenReading {
  const { store, terminal, receipt } = settings;
  const names = new Map(gateways.map((gateway) => [gateway.id, gateway.names]));
  const refunds = new Map(gateways.map((gateway) => [gateway.id, gateway.capabilities.refund]));
  const context = { clock: systemClock(), gatewayNames: (id: string) => names.get(id) ?? { 'zh-CN': id, en: id }, refundCapability: (id: string) => refunds.get(id) ?? null };
  const shop: ReceiptShop = {
    storeName: store.name, terminalId: terminal.id, timezone: store.timezone, locale: store.locale, header: receipt.header, footer: receipt.footer, training,
  };
  return { reading: new JournalReading(journal, context), journal, store, shop, printer: settings.devices.printer, settings, folder, close: () => journal.close() };
}
