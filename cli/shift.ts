/** `till shift open` and `till shift close`: begins and ends a shift. A close counts the drawer and makes the Z, once. */
import { randomUUID } from 'node:crypto';
import { messageText, type Message } from '../core/contract/messages.ts';
import type { OpenShift } from '../core/contract/types.ts';
import { shiftAggregate } from '../core/shift/events.ts';
import type { OpenTill } from '../host/assemble.ts';
import { drawerMinor } from './amount.ts';
import { backedUp, missingBackedUp } from './backed-up.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { isoTime, type Output } from './output.ts';
import { reasonOf } from './reason.ts';
import { receiptPrinted } from './receipt-printed.ts';
import { zLine, zObject } from './report.ts';

export interface ShiftOptions {
  readonly float?: string | undefined;
  readonly counted?: string | undefined;
  readonly reason?: string | undefined;
  readonly left?: string | undefined;
}

const shiftActs = {
  open: ['float'],
  close: ['counted', 'reason', 'left'],
  x: [],
  z: [],
} as const satisfies Readonly<Record<string, readonly (keyof ShiftOptions)[]>>;

/** What is to be done with the shift; an option of another act is wrong usage. */
export function shiftAct(act: string, options: ShiftOptions): keyof typeof shiftActs {
  if (!isShiftAct(act)) throw new CommandEnd(exitCodes.wrongUsage, `shift: ${Object.keys(shiftActs).join(', ')}, not ${act.slice(0, 20)}`);
  const own: readonly string[] = shiftActs[act];
  const strange = (['float', 'counted', 'reason', 'left'] as const).find((option) => options[option] !== undefined && !own.includes(option));
  if (strange !== undefined) throw new CommandEnd(exitCodes.wrongUsage, `--${strange}: not for shift ${act}`);
  return act;
}

function isShiftAct(act: string): act is keyof typeof shiftActs {
  return Object.hasOwn(shiftActs, act);
}

export async function openShift(opened: OpenTill, options: ShiftOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { store } = configuration;
  const givenMinor = options.float === undefined ? null : drawerMinor(options.float, store.currency, store.locale);
  if (!(await started(opened, interrupted))) return exitCodes.notKnownYet;
  // What the last close left in the drawer is there still.
  const floatMinor = givenMinor ?? (await till.call('shift', {})).lastZ?.left.minor ?? 0;
  const reply = await till.call('openShift', { commandId: randomUUID(), floatMinor });
  if (reply.kind !== 'done') throw refused(opened, reply.message);
  const { current } = reply.shift;
  if (current === null) throw new Error('a shift that was opened is not open');
  output.line(openedLine(current), `shift ${current.number} is open since ${isoTime(current.openedAt)}`);
  await missingBackedUp(opened, output);
  return exitCodes.done;
}

export async function closeShift(opened: OpenTill, options: ShiftOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { currency, locale } = configuration.store;
  const countedMinor = options.counted === undefined ? null : drawerMinor(options.counted, currency, locale);
  const leftMinor = options.left === undefined ? undefined : drawerMinor(options.left, currency, locale);
  const differenceReason = options.reason === undefined ? undefined : reasonOf(options.reason);
  if (!(await started(opened, interrupted))) return exitCodes.notKnownYet;
  if (configuration.cash.on && countedMinor !== null) await count(opened, countedMinor);
  // Nobody counted: the Z says so, and its drawer is taken to hold what it should.
  const uncounted = countedMinor === null ? true : undefined;
  const reply = await till.call('closeShift', { commandId: randomUUID(), differenceReason, leftMinor, uncounted });
  if (reply.kind !== 'closed') {
    // The close may have been there already, and died before its copy.
    await missingBackedUp(opened, output);
    throw refused(opened, reply.message);
  }
  const { number } = reply.z.report;
  output.line(zObject(reply.z.report), zLine(reply.z.report));
  await receiptPrinted(opened, shiftAggregate(number));
  // The shift is closed, whatever becomes of its copy; but the process that makes it must not end before it.
  await backedUp(opened, number, output);
  return exitCodes.done;
}

/** Journals the count, unless the drawer was counted just so already: then it needs no recount. */
async function count(opened: OpenTill, countedMinor: number): Promise<void> {
  const { till } = opened;
  const { current } = await till.call('shift', {});
  if (current === null || current.count?.counted.minor === countedMinor) return;
  const reply = await till.call('countDrawer', { commandId: randomUUID(), countedMinor });
  if (reply.kind === 'refused') throw refused(opened, reply.message);
}

/** Takes up what was open before, as everything that writes does. False where the command was interrupted meanwhile. */
async function started({ till }: OpenTill, interrupted: Promise<void>): Promise<boolean> {
  return Promise.race([till.start().then(() => true), interrupted.then(() => false)]);
}

function refused({ till, configuration }: OpenTill, said: Message): CommandEnd {
  return new CommandEnd(till.status().phase === 'stopped' ? exitCodes.journal : exitCodes.refused, messageText(said, configuration.store.locale));
}

function openedLine({ number, openedAt, openedBy, float }: OpenShift): Readonly<Record<string, unknown>> {
  return { shift: number, openedAt: isoTime(openedAt), openedBy: openedBy.name, float: float.minor, currency: float.currency };
}
