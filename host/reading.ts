/** Opens a home for questions alone: no lock, no network, no devices; works beside a running till. */
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { openJournal, type ReadableJournal } from '../adapters/journal/sqlite-journal.ts';
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

export interface OpenReading {
  readonly reading: JournalReading;
  readonly journal: ReadableJournal;
  readonly store: Settings['store'];
  readonly shop: ReceiptShop;
  readonly printer: Settings['devices']['printer'];
  readonly settings: Settings;
  /** Where the journal lies: the home, or its training folder. */
  readonly folder: string;
  close(): void;
}

export type OpenReadingResult = { readonly kind: 'ok'; readonly opened: OpenReading } | OpenProblem;

export function openReading(options: { readonly home: string; readonly training: boolean; readonly locale: Locale }): OpenReadingResult {
  const { home, training, locale } = options;
  const schemas = gatewaySchemas(withActivatedTerminals(gateways, fileSecrets(home)));
  const read = training ? null : readSettings(home, schemas);
  if (read?.kind === 'missing') return missingSettings(read.path, locale);
  if (read !== null && read.kind !== 'ok') return wrongSettings(read.path, read.problem, locale);
  const settings = read?.settings ?? settingsSchema(schemas).parse({ ...trainingShop(locale), gateways: {} });
  try {
    const folder = training ? join(home, 'training') : home;
    return { kind: 'ok', opened: reading(settings, folder, openJournal({ folder, access: 'reader' }), training) };
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
