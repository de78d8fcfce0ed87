/** `till shift open|close`: begins and ends a shift. A close counts the drawer and makes the Z, once. */
import { randomUUID } from 'node:crypto';
import { messageText, type Message } from '../core/contract/messages.ts';
import type { OpenShift, ZReport } from '../core/contract/types.ts';
import { shiftAggregate } from '../core/shift/events.ts';
import type { OpenTill } from '../host/assemble.ts';
import { drawerMinor } from './amount.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { isoTime, type Output } from './output.ts';
import { receiptPrinted } from './pay.ts';
import { reasonOf } from './reason.ts';
import { zLine, zObject } from './report.ts';

export interface CloseOptions {
  readonly counted?: string | undefined;
  readonly reason?: string | undefined;
  readonly left?: string | undefined;
}

export async function openShift(opened: OpenTill, options: { readonly float?: string | undefined }, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { store } = configuration;
  const floatMinor = options.float === undefined ? 0 : drawerMinor(options.float, store.currency, store.locale);
  if (!(await started(opened, interrupted))) return exitCodes.notKnownYet;
  const reply = await till.call('openShift', { commandId: randomUUID(), floatMinor });
  if (reply.kind !== 'done') throw refused(opened, reply.message);
  const { current } = reply.shift;
  if (current === null) throw new Error('a shift that was opened is not open');
  output.line(openedLine(current), `shift ${current.number} is open since ${isoTime(current.openedAt)}`);
  return exitCodes.done;
}

export async function closeShift(opened: OpenTill, options: CloseOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { currency, locale } = configuration.store;
  const countedMinor = options.counted === undefined ? null : drawerMinor(options.counted, currency, locale);
  const leftMinor = options.left === undefined ? undefined : drawerMinor(options.left, currency, locale);
  const differenceReason = options.reason === undefined ? undefined : reasonOf(options.reason);
  if (!(await started(opened, interrupted))) return exitCodes.notKnownYet;
  if (configuration.cash.on) await count(opened, countedMinor);
  const reply = await till.call('closeShift', { commandId: randomUUID(), differenceReason, leftMinor });
  if (reply.kind !== 'closed') throw refused(opened, reply.message);
  printZ(reply.z.report, output);
  await receiptPrinted(opened, shiftAggregate(reply.z.report.number));
  return exitCodes.done;
}

/** Journals the count, unless the drawer was counted just so already; without `countedMinor` it holds what it should. */
async function count(opened: OpenTill, countedMinor: number | null): Promise<void> {
  const { till } = opened;
  const x = await till.call('xReport', {});
  if (x.kind !== 'report') throw refused(opened, x.message);
  const wanted = countedMinor ?? x.report.sums.expectedDrawerMinor;
  if (x.report.shift.count?.counted.minor === wanted) return;
  const reply = await till.call('countDrawer', { commandId: randomUUID(), countedMinor: wanted });
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

function printZ(report: ZReport, output: Output): void {
  output.line(zObject(report), zLine(report));
}
