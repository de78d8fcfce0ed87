/** The settings that exist, down the left edge; the digits are those of the menu. */
import type { ReactElement } from 'react';
import { sectionChoices, type Choice } from '../machine/choices.ts';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';

const words: Partial<Record<Choice['digit'], WordKey>> = { 5: 'sections.people', 6: 'sections.screen' };

export function Sections({ here }: { readonly here: Choice['digit'] }): ReactElement {
  const { t } = useWords();
  return (
    <nav className="sections" aria-hidden="true">
      {sectionChoices.map((choice) => (
        <span className={choice.digit === here ? 'section here' : 'section'} key={choice.digit}><b>{choice.digit}</b>{t(words[choice.digit] ?? choice.word)}</span>
      ))}
    </nav>
  );
}
