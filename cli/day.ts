/** Reads a day of the shop from an option. */
import { CommandEnd, exitCodes } from './exit.ts';

/** A day that there is, like `2026-11-21`. */
export function givenDay(option: string, text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (!isDay) throw new CommandEnd(exitCodes.wrongUsage, `${option}: not a day like 2026-11-21: ${text.slice(0, 40)}`);
  return text;
}
