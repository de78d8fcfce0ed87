/** The schema of settings.json (DESIGN.md 7): what a shop may set, within which limits, and what holds where it says nothing. */
import { z, type ZodType } from 'zod';
import { parseAmount, type Amount } from '../money/amount.ts';
import { currencies, currencyDecimals, isCurrency, type Currency } from '../money/currency.ts';
import { inChinese, says } from './settings-words.ts';
import type { Locale, Wallet } from './types.ts';

/** What is wrong with settings.json: the key's path and a sentence that says how to fix it. Never holds a value. */
export interface SettingsProblem {
  /** `gateways.omipay.secretKey`, `devices.scanners[0].path`; empty for the file as a whole. */
  readonly key: string;
  readonly sentence: Readonly<Record<Locale, string>>;
  /** The same without the key, for a form in which it stands at its field; absent where it is about the file as a whole. */
  readonly words?: Readonly<Record<Locale, string>>;
}

/** The limits of payments, at one gateway or where a gateway says nothing of its own. */
export interface PaymentLimits {
  /** As written, since it counts in the gateway's currency: `amountSetting` reads it. */
  readonly maximumAmount: string;
  readonly deadlineSeconds: number;
  readonly presentSeconds: number;
  readonly reverseNotBeforeSeconds: number;
  readonly pollIntervalSeconds: number;
  readonly answerTimeoutSeconds: number;
}

export interface GatewayBlock {
  /** The block as the gateway's own schema read it. */
  readonly settings: unknown;
  /** The till's `payment` with this gateway's `payment` over it. */
  readonly payment: PaymentLimits;
  readonly supportPhone: string | null;
}

/** Settings as the till uses them: every default filled in, every amount counted. */
export interface Settings {
  readonly store: { readonly name: string; readonly timezone: string; readonly locale: Locale; readonly currency: Currency; readonly dayChangeHour: number };
  readonly receipt: { readonly header: readonly string[]; readonly footer: readonly string[] };
  readonly refund: { readonly reasons: readonly string[]; readonly approvalAbove: Amount };
  readonly staff: { readonly pinDigits: number };
  readonly cash: { readonly on: boolean; readonly roundTo: Amount; readonly notes: readonly Amount[] };
  /** Where a copy of the journal goes at each Z: a second disk or a stick. Null for none. */
  readonly backup: { readonly folder: string | null };
  /** Where gateways' notifications are taken, behind a reverse proxy; null where nothing listens. */
  readonly notifications: { readonly host: string; readonly port: number; readonly path: string } | null;
  readonly terminal: { readonly id: string };
  /** The gateways that are switched on and that this version speaks to. */
  readonly gateways: Readonly<Record<string, GatewayBlock>>;
  /**
   * Blocks that a gateway had before another terminal, merchant or address was set: asked only about what was sent under them
   * (CASES 6). The till keeps them; newest first.
   */
  readonly formerGateways: Readonly<Record<string, readonly GatewayBlock[]>>;
  /** Null where nothing is said: then the first gateway of the store's currency that can. */
  readonly routing: { readonly cpm: ByWallet; readonly fallback: ByWallet; readonly mpm: readonly string[] } | null;
  readonly payment: PaymentLimits;
  readonly devices: { readonly scanners: readonly ScannerSetting[]; readonly printer: PrinterSetting | null };
}

/** Gateways by wallet; a wallet that isn't named goes where the others go. */
export type ByWallet = { readonly [Each in Wallet]?: string | undefined };

export type ScannerSetting = z.infer<typeof scanner>;
export type PrinterSetting = z.infer<typeof printer>;

const text = (most: number) => z.string(says('要是带引号的文字', 'must be text in quotes')).max(most, says(`最多 ${most} 个字符`, `must have at most ${most} characters`));
const filledText = (most: number) => text(most).regex(/\S/, says('不能为空', 'must not be empty'));
const wholeNumber = (least: number, most: number) => {
  const words = says(`要是 ${least} 到 ${most} 的整数`, `must be a whole number from ${least} to ${most}`);
  return z.int(words).min(least, words).max(most, words);
};
const seconds = (most: number) => {
  const words = says(`要是 1 到 ${most} 的整数（秒）`, `must be a whole number of seconds from 1 to ${most}`);
  return z.int(words).min(1, words).max(most, words);
};
const trueOrFalse = z.boolean(says('要是 true 或 false', 'must be true or false'));
const amountWords = says('要是带引号的金额，例如 "50.00"，位数按币种', 'must be an amount in quotes such as "50.00", with no more decimals than the currency has');
const amount = z.string(amountWords).regex(/^[0-9]{1,8}(\.[0-9]{1,3})?$/, amountWords);
const unknownKeyWords = says('不是设置的键：删掉它，或改正拼写', 'is no key of the settings: remove it or correct its spelling');
const listWords = says('要是方括号里的列表', 'must be a list in square brackets');
const lines = (most: number) => z.array(text(200), listWords).max(most, says(`最多 ${most} 行`, `must have at most ${most} lines`));
const oneOf = <const Values extends readonly string[]>(values: Values) => {
  const shown = values.map((value) => `"${value}"`).join(', ');
  return z.enum(values, says(`要是其中之一：${shown}`, `must be one of ${shown}`));
};
const blockWords = says('要是花括号里的一组键', 'must be a group of keys in braces');
const block = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? blockWords : undefined) });

const devicePath = filledText(4096);
const baudRate = wholeNumber(300, 4_000_000).default(9600);
const scanner = z.discriminatedUnion(
  'type',
  [
    block({ type: z.literal('serial'), path: devicePath, baudRate, gapMilliseconds: wholeNumber(5, 1000).optional() }),
    block({ type: z.literal('hid') }),
    block({ type: z.literal('keyboard'), holdMilliseconds: wholeNumber(5, 1000).default(70), gapMilliseconds: wholeNumber(5, 1000).default(65) }),
  ],
  says('要是 "serial"、"hid" 或 "keyboard"', 'must be "serial", "hid" or "keyboard"'),
);

const columnsWords = says('要是 32、42 或 48', 'must be 32, 42 or 48');
const paper = {
  columns: z.literal([32, 42, 48], columnsWords).default(48),
  encoding: oneOf(['gb18030']).default('gb18030'),
  dots: wholeNumber(200, 2000).optional(),
};
const printer = z.discriminatedUnion(
  'type',
  [
    block({ type: z.literal('tcp'), host: filledText(255), port: wholeNumber(1, 65_535).default(9100), ...paper }),
    block({ type: z.literal('serial'), path: devicePath, baudRate, ...paper }),
    block({ type: z.literal('usb'), path: devicePath.default('/dev/usb/lp0'), ...paper }),
  ],
  says('要是 "tcp"、"serial" 或 "usb"', 'must be "tcp", "serial" or "usb"'),
);

const payment = block({
  maximumAmount: amount.optional(),
  deadlineSeconds: seconds(180).optional(),
  presentSeconds: seconds(900).optional(),
  reverseNotBeforeSeconds: seconds(180).optional(),
  pollIntervalSeconds: seconds(180).optional(),
  answerTimeoutSeconds: seconds(180).optional(),
});

/** What every gateway's block may have beside its own keys. */
const gatewayCommon = z.looseObject({ payment: payment.optional(), supportPhone: filledText(64).optional() });

const gatewayId = text(64);
const timezone = text(64).refine(isTimezone, says('要是时区名，例如 "Asia/Shanghai"', 'must be the name of a time zone such as "Asia/Shanghai"'));

/** The file as it is written: keys and their kinds. What depends on the currency or on other keys is looked at after it. */
function fileSchema(gatewaySchemas: Readonly<Record<string, ZodType>>) {
  const gateways: Record<string, ZodType> = {};
  for (const [id, schema] of Object.entries(gatewaySchemas)) gateways[id] = schema.optional();
  const former: Record<string, ZodType> = {};
  for (const [id, schema] of Object.entries(gatewaySchemas)) former[id] = z.array(schema, listWords).optional();
  return block({
    store: block({
      name: filledText(64).default('ScanTill'),
      timezone: timezone.default('Asia/Shanghai'),
      locale: oneOf(['zh-CN', 'en']).default('zh-CN'),
      currency: z.enum(currencies, says('要是本程序认识的币种，例如 "CNY"', 'must be a currency that the till knows, such as "CNY"')).default('CNY'),
      dayChangeHour: wholeNumber(0, 23).default(0),
    }),
    receipt: block({ header: lines(12).default([]), footer: lines(12).default([]) }).prefault({}),
    refund: block({ reasons: lines(20).default([]), approvalAbove: amount.optional() }).prefault({}),
    staff: block({ pinDigits: wholeNumber(4, 8).default(4) }).prefault({}),
    cash: block({ on: trueOrFalse.default(true), roundTo: amount.optional(), notes: z.array(amount, listWords).max(12, says('最多 12 个', 'must have at most 12 entries')).optional() }).prefault({}),
    backup: block({ folder: filledText(4096).optional() }).prefault({}),
    notifications: block({ host: filledText(255).default('127.0.0.1'), port: wholeNumber(1, 65_535), path: z.string(says('要是带引号的路径，例如 "/notify"', 'must be a path in quotes such as "/notify"')).regex(/^(\/[A-Za-z0-9._-]+)+$/, says('要以 / 开头，例如 "/notify"', 'must begin with a slash such as "/notify"')).default('/notify') }).optional(),
    terminal: block({
      id: z
        .string(says('要是带引号的文字', 'must be text in quotes'))
        .regex(/^[A-Za-z0-9_-]{1,16}$/, says('要是 1 到 16 个字母或数字，例如 "T01"', 'must be 1 to 16 letters or digits such as "T01"'))
        .default('T01'),
    }),
    gateways: block(gateways),
    formerGateways: block(former).prefault({}),
    routing: block({
      cpm: block({ wechat: gatewayId.optional(), alipay: gatewayId.optional(), unionpay: gatewayId.optional(), other: gatewayId.optional() }).prefault({}),
      fallback: block({ wechat: gatewayId.optional(), alipay: gatewayId.optional(), unionpay: gatewayId.optional(), other: gatewayId.optional() }).prefault({}),
      mpm: z.array(gatewayId, listWords).default([]),
    }).optional(),
    payment: payment.prefault({}),
    devices: block({ scanners: z.array(scanner, listWords).max(16, says('最多 16 个', 'must have at most 16 entries')).default([]), printer: printer.optional() }).prefault({}),
  });
}

/**
 * The schema of a whole settings.json. `gatewaySchemas` holds the block's schema of each gateway that this version speaks
 * to, by its id; only the registry knows them.
 */
export function settingsSchema(gatewaySchemas: Readonly<Record<string, ZodType>>): ZodType<Settings> {
  return fileSchema(gatewaySchemas).transform((file, context): Settings => {
    const { currency } = file.store;
    const problem = (path: readonly (string | number)[], message: string): void => context.addIssue({ code: 'custom', path: [...path], message });
    const counted = (written: string, path: readonly (string | number)[]): Amount => {
      const read = amountSetting(written, currency);
      if (read === null) problem(path, amountWords);
      return read ?? { minor: 1, currency };
    };
    const gateways: Record<string, GatewayBlock> = {};
    const formerGateways: Record<string, readonly GatewayBlock[]> = {};
    const blockOf = (settings: unknown, where: readonly (string | number)[]): GatewayBlock => {
      const common = gatewayCommon.safeParse(settings);
      for (const issue of common.error?.issues ?? []) {
        const path = [...where, ...issue.path.map(plainKey)];
        if (issue.code === 'unrecognized_keys') problem([...path, issue.keys[0] ?? ''], unknownKeyWords);
        else problem(path, issue.message);
      }
      const most = common.data?.payment?.maximumAmount;
      // What can't be counted must not become the built-in maximum in silence.
      if (most !== undefined && amountSetting(most, currencyOf(settings, currency)) === null) problem([...where, 'payment', 'maximumAmount'], amountWords);
      return { settings, payment: limitsOf(file.payment, common.data?.payment), supportPhone: common.data?.supportPhone ?? null };
    };
    for (const id of Object.keys(gatewaySchemas)) {
      const settings = file.gateways[id];
      if (settings !== undefined) gateways[id] = blockOf(settings, ['gateways', id]);
      const former = file.formerGateways[id] as readonly unknown[] | undefined;
      if (former !== undefined) formerGateways[id] = former.map((one, position) => blockOf(one, ['formerGateways', id, position]));
    }
    const named = (id: string, path: readonly (string | number)[]): void => {
      if (file.gateways[id] === undefined) problem(path, says('要是 gateways 里写了的网关', 'must name a gateway that stands under gateways'));
    };
    for (const way of ['cpm', 'fallback'] as const) {
      for (const [wallet, id] of Object.entries(file.routing?.[way] ?? {})) if (id !== undefined) named(id, ['routing', way, wallet]);
    }
    file.routing?.mpm.forEach((id, position) => named(id, ['routing', 'mpm', position]));
    if (file.payment.maximumAmount !== undefined) counted(file.payment.maximumAmount, ['payment', 'maximumAmount']);

    return {
      store: file.store,
      receipt: file.receipt,
      refund: { reasons: file.refund.reasons, approvalAbove: counted(file.refund.approvalAbove ?? '50.00', ['refund', 'approvalAbove']) },
      staff: file.staff,
      cash: {
        on: file.cash.on,
        roundTo: file.cash.roundTo === undefined ? usualRounding(currency) : counted(file.cash.roundTo, ['cash', 'roundTo']),
        notes: (file.cash.notes ?? ['1', '5', '10', '20', '50', '100']).map((note, position) => counted(note, ['cash', 'notes', position])),
      },
      backup: { folder: file.backup.folder ?? null },
      notifications: file.notifications ?? null,
      terminal: file.terminal,
      gateways,
      formerGateways,
      routing: file.routing ?? null,
      payment: limitsOf(file.payment),
      devices: { scanners: file.devices.scanners, printer: file.devices.printer ?? null },
    };
  });
}

/** An amount of the settings in a currency; decimals that are all zero may be too many. Null where it is none, or zero. */
export function amountSetting(written: string, currency: Currency): Amount | null {
  const [whole = '', decimals = ''] = written.split('.');
  const places = currencyDecimals(currency);
  const kept = /^0*$/.test(decimals.slice(places)) ? decimals.slice(0, places) : decimals;
  const read = parseAmount(kept === '' ? whole : `${whole}.${kept}`, currency);
  return read.kind === 'amount' ? read.amount : null;
}

/** The currency that a gateway's block counts in, as far as it says; else the shop's. */
function currencyOf(settings: unknown, shop: Currency): Currency {
  const named = typeof settings === 'object' && settings !== null && 'currency' in settings ? settings.currency : null;
  return typeof named === 'string' && isCurrency(named) ? named : shop;
}

/** The first problem of a file's parsed JSON, in words. `raw` is only looked at to tell a missing key from a wrong one. */
export function settingsProblem(error: z.ZodError, raw: unknown): SettingsProblem {
  return settingsProblems(error, raw)[0] ?? problemOf('', says('读不懂', 'cannot be read'));
}

/** All of them, in the order of the file. */
export function settingsProblems(error: z.ZodError, raw: unknown): readonly SettingsProblem[] {
  return error.issues.map((issue) => problemOfIssue(issue, raw));
}

function problemOfIssue(issue: z.core.$ZodIssue, raw: unknown): SettingsProblem {
  const path = issue.path.map(plainKey);
  if (issue.code === 'unrecognized_keys') {
    const key = keyText([...path, issue.keys[0] ?? '']);
    if (keyText(path) === 'gateways') return problemOf(key, says('不是本程序认识的网关：删掉它，或改正拼写', 'is no gateway that the till knows: remove it or correct its spelling'));
    return problemOf(key, unknownKeyWords);
  }
  if (isMissing(raw, path)) return problemOf(keyText(path), `${says('没有写：请加上', 'is missing: add it')}${hintOf(issue.message)}`, says('没有写：请加上', 'is missing: add it'));
  return problemOf(keyText(path), issue.message);
}

/** A problem of the file as a whole, or of one key. */
export function problemOf(key: string, en: string, zhKey = en): SettingsProblem {
  const zh = inChinese(zhKey);
  const name = key === '' ? 'settings.json' : key;
  const words = wordsOf(en);
  return {
    key,
    sentence: { en: `${name} ${words}.`, 'zh-CN': zh === undefined ? `${name} 不对：${words}。` : `${name} ${zh}。` },
    words: { en: `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`, 'zh-CN': zh === undefined ? `不对：${words}。` : `${zh}。` },
  };
}

function hintOf(message: string): string {
  return message.startsWith('must ') ? ` (it ${message})` : '';
}

/** zod's own words for what nobody wrote words for ("Invalid input: …") don't read as the end of a sentence. */
function wordsOf(message: string): string {
  return /^[a-z]/.test(message) ? message : 'has a wrong value: see docs/settings.md';
}

function limitsOf(...blocks: readonly (z.infer<typeof payment> | undefined)[]): PaymentLimits {
  const said = <Key extends keyof z.infer<typeof payment>>(key: Key) => blocks.findLast((one) => one?.[key] !== undefined)?.[key];
  return {
    maximumAmount: said('maximumAmount') ?? '50000.00',
    deadlineSeconds: said('deadlineSeconds') ?? 45,
    presentSeconds: said('presentSeconds') ?? 240,
    reverseNotBeforeSeconds: said('reverseNotBeforeSeconds') ?? 15,
    pollIntervalSeconds: said('pollIntervalSeconds') ?? 3,
    answerTimeoutSeconds: said('answerTimeoutSeconds') ?? 15,
  };
}

/** The smallest coin that shops still count with, as far as it isn't the currency's smallest unit. */
function usualRounding(currency: Currency): Amount {
  const minor: Partial<Record<Currency, number>> = { CNY: 10, AUD: 5, NZD: 10, HKD: 10 };
  return { minor: minor[currency] ?? 1, currency };
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function plainKey(key: PropertyKey): string | number {
  return typeof key === 'symbol' ? String(key) : key;
}

function keyText(path: readonly (string | number)[]): string {
  return path.map((key, depth) => (typeof key === 'number' ? `[${key}]` : depth === 0 ? key : `.${key}`)).join('');
}

function isMissing(raw: unknown, path: readonly (string | number)[]): boolean {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value === undefined && path.length > 0;
}
