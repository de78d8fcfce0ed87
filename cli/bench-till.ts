/** For tests of commands: what a command is given where its till is a bench, and what it prints. */
import type { Bench } from '../core/testing/bench.ts';
import type { OpenTill } from '../host/assemble.ts';
import type { Output } from './output.ts';

/** Ends no command. */
export const never = new Promise<void>(() => undefined);

/** Of what a till that was opened has, the commands under test take these. */
export function openedOver({ till, journal }: Bench, gateways: ReadonlyMap<string, object> = new Map()): OpenTill {
  return { till, journal, configuration: { store: { locale: 'en', currency: 'CNY', timezone: 'Asia/Shanghai' }, gateways, refund: { reasons: [] } } } as unknown as OpenTill;
}

/** Keeps what is printed as objects. */
export function printed(): Output & { readonly lines: Readonly<Record<string, unknown>>[] } {
  const lines: Readonly<Record<string, unknown>>[] = [];
  return { lines, line: (object) => void lines.push(object), bytes: () => undefined, note: () => undefined };
}
