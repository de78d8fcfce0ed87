/** Lines of evidence as words: one journal line, its hint, and what kind of node stands before it. */
import type { ReactElement } from 'react';
import type { TimelineEntry } from '../../core/contract/types.ts';
import type { Translate } from '../words/i18n.ts';
import { UnknownMark } from './marks.tsx';

export interface LineWords {
  readonly what: string;
  readonly hint: string | null;
}

/** The lines of one payment in words. Each asking says which it is. */
export function timelineWords(t: Translate, timeline: readonly TimelineEntry[], gateway: string): readonly LineWords[] {
  let asked = 0;
  return timeline.map((entry) => {
    if (entry.what === 'asked') asked += entry.count;
    return lineWords(t, entry, gateway, asked);
  });
}

function lineWords(t: Translate, entry: TimelineEntry, gateway: string, asked: number): LineWords {
  const values = { gateway, sequence: entry.sequence.toLocaleString('en'), count: entry.count };
  if (entry.what === 'journaled') return { what: t('line.journaled', values), hint: entry.detail ?? t('line.journaled.hint') };
  if (entry.what === 'handedToPerson') return { what: t('line.handedToPerson'), hint: entry.detail ?? t('line.handedToPerson.hint') };
  if (entry.what === 'asked') return { what: entry.count > 1 ? t('line.askedMany', values) : t('line.asked', { number: asked }), hint: entry.detail };
  if (entry.count > 1 && entry.what === 'undoSent') return { what: t('line.undoSentMany', values), hint: entry.detail };
  const text = t(`line.${entry.what}`, values);
  return { what: entry.count > 1 ? t('line.times', { text, count: entry.count }) : text, hint: entry.detail };
}

/** Full: the till did it. Hollow: a gateway or a person. Diamond: nobody knows. */
export function Node({ by }: { readonly by: TimelineEntry['by'] }): ReactElement {
  if (by === 'unknown') return <UnknownMark size={19} />;
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {by === 'till' ? <circle cx="7" cy="7" r="6.5" fill="var(--ink)" /> : <circle cx="7" cy="7" r="5" fill="var(--paper)" stroke="var(--ink)" strokeWidth="2.4" />}
    </svg>
  );
}
