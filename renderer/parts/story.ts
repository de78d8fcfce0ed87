/** The lines of a payment that tell its story: attempts with how they ended, refunds, and what is open now. */
import type { TimelineEntry } from '../../core/contract/types.ts';

export interface StoryLine {
  readonly entry: TimelineEntry;
  /** How the attempt that this line begins ended without money: one line for both. */
  readonly end: TimelineEntry | null;
  /** Which attempt it begins, where there were several. */
  readonly attempt: number | null;
  /** The line in words; of an ended attempt, those of its end. */
  readonly what: string;
  readonly hint: string | null;
}

const told: ReadonlySet<TimelineEntry['what']> = new Set<TimelineEntry['what']>([
  'disputed', 'journaled', 'answerPaid', 'answerDeclined', 'answerReversed', 'gaveUp', 'deadline', 'handedToPerson', 'notWanted', 'settledPaid', 'settledNotPaid', 'reopened', 'cashTaken', 'cashReturned',
  'foundElsewhere', 'refundJournaled', 'refundDone', 'refundAccepted', 'refundRefused', 'refundCash', 'refundOutside', 'refundHandedToPerson', 'refundSettled',
]);

export function storyOf(lines: readonly StoryLine[]): readonly StoryLine[] {
  // A line without an answer is the story only while it is the last word.
  const kept = lines.filter(({ entry }, index) => told.has(entry.what) || (index === lines.length - 1 && (entry.what === 'noAnswer' || entry.what === 'answerUnknown')));
  const attempts = kept.filter(({ entry }) => entry.what === 'journaled');
  const story: StoryLine[] = [];
  for (const line of kept) {
    const last = story.at(-1);
    if (line.entry.what === 'answerDeclined' && last?.entry.what === 'journaled' && !last.end) {
      story[story.length - 1] = { ...last, end: line.entry, what: line.what, hint: line.hint };
    } else if (line.entry.what === 'journaled' && attempts.length > 1) story.push({ ...line, attempt: attempts.indexOf(line) + 1 });
    else story.push(line);
  }
  return story;
}
