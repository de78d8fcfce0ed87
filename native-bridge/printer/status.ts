/** Reads what a printer says about itself (DLE EOT 1 to 4). Pure. */
import type { PrinterProblem } from '../../core/ports.ts';

export type StatusNumber = 1 | 2 | 3 | 4;

export const statusNumbers: readonly StatusNumber[] = [1, 2, 3, 4];

/** The answers that came, by number; some printers know only the first. */
export type StatusAnswers = Partial<Record<StatusNumber, number>>;

export interface PrinterTrouble {
  readonly problem: PrinterProblem;
  readonly detail: string;
}

export function statusRequest(number: StatusNumber): Uint8Array {
  return Uint8Array.of(0x10, 0x04, number);
}

/** Answers have bits 1 and 4 set, 0 and 7 clear. Everything else is flow control or automatic status, and dropped. */
export function isStatusAnswer(byte: number): boolean {
  return (byte & 0b1001_0011) === 0b0001_0010;
}

function has(answers: StatusAnswers, number: StatusNumber, bits: number): boolean {
  return ((answers[number] ?? 0) & bits) !== 0;
}

/** What keeps the printer from printing, the most telling first; null where nothing does. */
export function troubleOf(answers: StatusAnswers): PrinterTrouble | null {
  if (has(answers, 2, 0b0000_0100)) return { problem: 'coverOpen', detail: 'The printer’s cover is open.' };
  if (has(answers, 4, 0b0110_0000) || has(answers, 2, 0b0010_0000)) return { problem: 'paperOut', detail: 'The printer is out of paper.' };
  if (has(answers, 3, 0b0000_1000)) return { problem: 'error', detail: 'The printer’s cutter is jammed. Open the cover and take the paper out.' };
  if (has(answers, 3, 0b0010_0000)) return { problem: 'error', detail: 'The printer has a fault. Switch it off and on.' };
  if (has(answers, 3, 0b0100_0000) || has(answers, 2, 0b0100_0000)) return { problem: 'error', detail: 'The printer has stopped with an error that goes away by itself or with its cover.' };
  if (has(answers, 2, 0b0000_1000)) return { problem: 'busy', detail: 'The printer’s feed button is pressed.' };
  if (has(answers, 1, 0b0000_1000)) return { problem: 'busy', detail: 'The printer is offline.' };
  return null;
}

export function isPaperNearEnd(answers: StatusAnswers): boolean {
  return has(answers, 4, 0b0000_1100);
}
