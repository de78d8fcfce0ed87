/** What a gateway's owner published, copied from the document and not from the code: the measure of what a folder must know. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../core/gateways/gateway.ts';
import type { World } from '../simulator/index.ts';

/** One word that a document lists: a code, a status, a type. */
export interface DocumentWord {
  /** The section that lists it. */
  readonly section: string;
  /** The field of the answer, as the document writes it. */
  readonly field: string;
  readonly word: string;
  /**
   * What an answer to each call may be taken for because of this word, by hand from the document's sentence: kinds of outcomes
   * with blanks between, `*` where another field says it. Whatever isn't named here it may never be read as; `unknown` it always may.
   */
  readonly may: May;
  /** What a label means at the till, a wallet say; null where the word is no label. */
  readonly label: string | null;
}

export type May = Readonly<Partial<Record<Call, string>>>;

/** A capability that money depends on, as the document has it. */
export interface DocumentAbility {
  readonly section: string;
  /** Below `capabilities`, with dots: `refund.repeat`. */
  readonly name: string;
  readonly is: string | number | boolean | null;
}

/** One call that a document describes. */
export interface DocumentCall {
  readonly section: string;
  readonly name: string;
  /** The files of the folder where it is built and read; what isn't implemented has `reason` instead. */
  readonly implementedIn: readonly string[];
  readonly reason?: string;
  /** Where its requests go, with `{…}` for a number, as far as it isn't the name; the courses are held against it. */
  readonly path?: string;
  /** The field by which what is no call of its own is told, in any answer. */
  readonly field?: string;
  /** Who uses what the till's sales and refunds don't: the connection test, terminals, whoever builds on the folder. */
  readonly usedBy?: string;
}

/** Where the till does something else than the document says, or had to choose. */
export interface Deviation {
  readonly section: string;
  readonly document: string;
  readonly till: string;
  /** ERRATA.md, FIELD.md or CASES.md, and why. */
  readonly reason: string;
}

export type Block = Readonly<Record<string, unknown>>;

/** A field that isn't held against what was asked for, although it holds a number or an amount; with the reason. */
export interface Uncompared {
  readonly call: Call;
  readonly field: string;
  readonly reason: string;
}

/** How a gateway signs what it tells by itself. */
export interface NoticeSigning {
  /** `part`: the signature covers some fields alone, and the others can be changed by whoever passes it on. */
  readonly signed: 'whole' | 'part' | 'not';
  /** What the settings need so that it can be verified. */
  readonly block?: (block: Block, world: World) => Block;
}

/** A block of settings, made of the simulator's, under which a gateway is tried. */
export interface Variant {
  readonly name: string;
  readonly block: (block: Block, world: World) => Block;
  /** Tells the simulator the same. */
  readonly prepare?: (world: World) => void;
}

/** A field that decides only beside a word of another one, and is a reason for people elsewhere. */
export interface Reasons {
  readonly section: string;
  readonly field: string;
  readonly beside: Readonly<Record<string, string>>;
}

export interface SourceDocument {
  readonly title: string;
  readonly calls: readonly DocumentCall[];
  readonly words: readonly DocumentWord[];
  readonly reasons?: readonly Reasons[];
  readonly abilities: readonly DocumentAbility[];
  readonly deviations: readonly Deviation[];
  readonly notices: NoticeSigning | null;
  /** Codes that speak of the order although they needn't name it: the till's own number is in the question (CASES 2). */
  readonly speakOfOrder?: readonly string[];
  readonly uncompared?: readonly Uncompared[];
  /** Beside the plain block. */
  readonly variants?: readonly Variant[];
  /** What a block needs besides to count in another currency; left out where that is all that changes. */
  readonly inCurrency?: (block: Block, currency: string) => Block;
}

const folder = join(import.meta.dirname, 'documents');

/** The copy of one gateway's document; null where there is none. */
export async function documentOf(id: string): Promise<SourceDocument | null> {
  const path = join(folder, `${id}.ts`);
  if (!existsSync(path)) return null;
  const { document } = (await import(path)) as { document: SourceDocument };
  return document;
}

/** The ids that have a copy. */
export function documentedIds(): readonly string[] {
  return readdirSync(folder).flatMap((name) => /^(.+)\.ts$/.exec(name)?.[1] ?? []);
}

/** Words of one list: `words('appendix 3', 'order_status', 'CANCELED', { query: 'reversed' })`. Without `may` they end nothing, whatever was asked. */
export function words(section: string, field: string, list: string, may: May = {}): readonly DocumentWord[] {
  return listed(list).map((word) => ({ section, field, word, may, label: null }));
}

/** Words that name something and decide nothing: `labels('6', 'bank_code', 'alipay', '901 911')`. */
export function labels(section: string, field: string, label: string, list: string): readonly DocumentWord[] {
  return listed(list).map((word) => ({ section, field, word, may: {}, label }));
}

export function ability(section: string, name: string, is: string | number | boolean | null): DocumentAbility {
  return { section, name, is };
}

function listed(list: string): readonly string[] {
  return list.split(/\s+/).filter((word) => word !== '');
}
