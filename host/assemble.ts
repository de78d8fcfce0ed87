/** Assembles a till over the real adapters: the one place where settings, journal, network, devices and engine meet. */
import { join } from 'node:path';
import { systemClock } from '../adapters/clock.ts';
import { connectionProbe } from '../adapters/http/probe.ts';
import { undiciTransport } from '../adapters/http/undici-transport.ts';
import { openJournal, type WritableJournal } from '../adapters/journal/sqlite-journal.ts';
import { createLog, type TillLog } from '../adapters/log.ts';
import { pinHasher } from '../adapters/pin-hash.ts';
import { systemRandom } from '../adapters/random.ts';
import { fileSecrets } from '../adapters/secrets.ts';
import { settingsFile, settingsInMemory, type SettingsText } from '../adapters/settings-file.ts';
import { readSettings } from '../adapters/settings.ts';
import { homeWitness, witnessFolder } from '../adapters/witness.ts';
import type { TillConfiguration } from '../core/configuration.ts';
import type { Settings } from '../core/contract/settings.ts';
import type { Locale, LongTask } from '../core/contract/types.ts';
import { gateways as registry } from '../core/gateways/registry.ts';
import type { Gateway } from '../core/gateways/gateway.ts';
import { JournalUnavailable } from '../core/journal/storage.ts';
import { refundsOf } from '../core/journal/verify.ts';
import type { Log, Secrets } from '../core/ports.ts';
import { Till } from '../core/till.ts';
import { startDevices, type ChildHandle } from '../native-bridge/process/client.ts';
import { journalBackup } from './backup.ts';
import { devicesSettings, gatewaySchemas, secretValues, tillConfiguration } from './configuration.ts';
import { thisMachine } from './home.ts';
import { liveConfiguration } from './live-configuration.ts';
import { listenForNotifications } from './notification-listener.ts';
import { createLongWork, type LongWork } from './long-work.ts';
import { journalProblem, missingSettings, wrongSettings, type OpenProblem } from './open-problem.ts';
import { pinWorkerModule } from './places.ts';
import { settingsStore } from './settings-store.ts';
import { statementProfiles } from './statement-profiles.ts';
import { tellMatch } from './tell-match.ts';
import { formerTerminals, withActivatedTerminals } from './terminals.ts';
import { startTraining, type Training } from './training.ts';
import { version } from './version.ts';
import { workShop } from './work-shop-settings.ts';

export { openReading, type OpenReading } from './reading.ts';

export interface OpenTillOptions {
  readonly home: string;
  /** `auto`: real with a settings.json, training without. The command line never asks for it. */
  readonly mode: 'auto' | 'training' | 'real';
  readonly codeDigits: TillConfiguration['codeDigits'];
  readonly spawnDevices: () => ChildHandle;
  /** The language of the training, and of what is wrong with the settings. */
  readonly locale: Locale;
  readonly logToStandardError: boolean;
  /** The command line has no use for a scanner, and leaves it to the screens. */
  readonly withScanners: boolean;
  /** Whoever runs the command line owns the machine: no sign-in, no PIN, no shift. */
  readonly ownerAccess: boolean;
  /** Told of long work: its start, its progress, its end. */
  readonly onTask?: ((task: LongTask) => void) | undefined;
}

export interface OpenTill {
  readonly till: Till;
  readonly settings: Settings;
  readonly configuration: TillConfiguration;
  readonly journal: WritableJournal;
  /** Where the journal lies: the home, or its training folder. */
  readonly folder: string;
  readonly log: Log;
  /** Exports and statements, in workers beside selling. */
  readonly work: LongWork;
  /** Nothing new is sent, what is printing may finish, and every file is closed. */
  close(): Promise<void>;
}

export type OpenTillResult = { readonly kind: 'ok'; readonly opened: OpenTill } | OpenProblem;

/** Opens the till of a home. The caller starts it, and closes it. */
export async function openTill(options: OpenTillOptions): Promise<OpenTillResult> {
  const source = await chooseSettings(options);
  if (source.kind !== 'ok') return source;
  const { settings, text, training, folder, gateways } = source;
  // Those of all settings of this run: what was replaced a moment ago is as secret as what replaced it.
  const secrets = new Set(secretValues(settings, gateways));
  const log = createLog({ folder: join(folder, 'logs'), toStandardError: options.logToStandardError, secrets: () => [...secrets] });
  let journal: WritableJournal | null = null;
  try {
    journal = openJournal({ folder, access: 'till', refundsOf });
    // Only the till that has the journal: another's simulator must not move this one's open attempts to its port.
    training?.rememberPort();
    // Opened before anything else is started, so that what fails here leaves nothing running.
    const secretsOfTill = fileSecrets(folder);
    secretsOfTill.read('code-hash-key');
    return { kind: 'ok', opened: assemble(options, { settings, text, training, folder, gateways, journal, log, secrets: secretsOfTill, keepSecret: (value) => secrets.add(value) }) };
  } catch (error) {
    journal?.close();
    await training?.close();
    if (error instanceof JournalUnavailable) log.error('the journal could not be opened', { reason: error.reason, detail: error.message });
    log.close();
    return journalProblem(error);
  }
}

interface Parts {
  readonly settings: Settings;
  readonly training: Training | null;
  readonly folder: string;
  /** As the registry has them; terminals that were activated here stand in for what the settings leave out. */
  readonly gateways: readonly Gateway[];
  readonly journal: WritableJournal;
  readonly log: TillLog;
  readonly secrets: Secrets;
  readonly text: SettingsText;
  readonly keepSecret: (value: string) => void;
}

function assemble(options: OpenTillOptions, { settings, text, training, folder, gateways, journal, log, secrets, keepSecret }: Parts): OpenTill {
  const clock = systemClock();
  const circumstances = { version, codeDigits: options.codeDigits, training, ownerAccess: options.ownerAccess, formerTerminals: formerTerminals(secrets) };
  const live = liveConfiguration(tillConfiguration(settings, gateways, circumstances));
  const { configuration } = live;
  // What workers are told of the shop follows the settings too; each gets it when it starts.
  const shop = workShop(settings);
  const store = settingsStore({
    text, gateways, kept: training === null, gatewaySchemas: gatewaySchemas(gateways),
    inForce: (next) => {
      for (const value of secretValues(next, gateways)) keepSecret(value);
      live.replace(tillConfiguration(next, gateways, circumstances));
      Object.assign(shop, workShop(next));
    },
  });
  const http = undiciTransport();
  const devices = startDevices({ spawn: options.spawnDevices, settings: withDevices(settings, options.withScanners), clock, log });
  const random = systemRandom();
  const witness = homeWitness(journal, { home: folder, terminalId: configuration.terminalId, folder: witnessFolder() });
  const pins = pinHasher(secrets, random, pinWorkerModule);
  const till = new Till(configuration, { clock, random, http, storage: journal, secrets, devices, log, pins, witness, backup: journalBackup(folder, settings.backup.folder, log), settings: store, probe: connectionProbe(), statementProfiles, keepSecret });
  let ended: Promise<void> | null = null;
  const work = createLongWork({
    folder, shop, clock, log, surroundings: thisMachine(),
    onTask: (task) => options.onTask?.(task),
    onMatched: (match, news) => void tellMatch(till, match, news, () => ended !== null),
    who: () => till.who(),
    noteDifference: (note) => till.noteDifference(note),
  });
  // The screens' till alone: a command ends before a gateway would have anything to tell.
  const listener = settings.notifications === null || options.ownerAccess ? null : listenForNotifications({
    ...settings.notifications, clock, log,
    takes: (gatewayId) => (configuration.gateways.get(gatewayId)?.gateway.notification ?? null) !== null,
    notified: (gatewayId, request) => till.notified(gatewayId, request),
    onState: (state) => till.notificationsTaken(state.kind === 'taken' ? null : state.place, state.kind === 'notTaken' && state.why === 'inUse'),
  });
  log.info('till opened', { version, training: training !== null, terminal: configuration.terminalId });
  const end = async (): Promise<void> => {
    till.stop();
    await listener?.close();
    await work.close();
    pins.close();
    http.close();
    await devices.close();
    journal.close();
    await training?.close();
    log.info('till closed');
    log.close();
  };
  return { till, settings, configuration, journal, folder, log, work, close: () => (ended ??= end()) };
}

function withDevices(settings: Settings, withScanners: boolean): ReturnType<typeof devicesSettings> {
  const devices = devicesSettings(settings);
  return withScanners ? devices : { ...devices, scanners: [] };
}

type SettingsSource = { readonly kind: 'ok'; readonly settings: Settings; readonly text: SettingsText; readonly training: Training | null; readonly folder: string; readonly gateways: readonly Gateway[] } | OpenProblem;

async function chooseSettings({ home, mode, locale }: OpenTillOptions): Promise<SettingsSource> {
  if (mode !== 'training') {
    const gateways = withActivatedTerminals(registry, fileSecrets(home));
    const read = readSettings(home, gatewaySchemas(gateways));
    if (read.kind === 'ok') return { kind: 'ok', settings: read.settings, text: settingsFile(home), training: null, folder: home, gateways };
    if (read.kind !== 'missing') return wrongSettings(read.path, read.problem, locale);
    if (mode === 'real') return missingSettings(read.path, locale);
  }
  const folder = join(home, 'training');
  const gateways = withActivatedTerminals(registry, fileSecrets(folder));
  const { settings, file, training } = await startTraining(folder, gatewaySchemas(gateways), locale);
  return { kind: 'ok', settings, text: settingsInMemory(file), training, folder, gateways };
}
