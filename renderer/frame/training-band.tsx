/** Training: a violet band on every screen, so that nobody takes play for money. Touching it opens the customer's phone. */
import type { MouseEvent, ReactElement } from 'react';
import { Key, keepFocus } from '../parts/cap.tsx';
import { useSend } from '../parts/send.ts';
import { useWords } from '../words/i18n.ts';

export function TrainingBand({ phoneUrl }: { readonly phoneUrl: string | null }): ReactElement {
  const { t } = useWords();
  const send = useSend();
  const words = <><b>{t('training.title')}</b><span>{t('training.band')}</span></>;
  if (phoneUrl === null) return <div className="training-band">{words}</div>;
  const open = (event: MouseEvent): void => {
    event.preventDefault();
    send({ type: 'phone' });
  };
  return (
    <a
      className="training-band" href={phoneUrl} target="_blank" rel="noopener noreferrer" title={phoneUrl} tabIndex={-1} draggable={false}
      onMouseDown={keepFocus} onClick={open}
    >
      {words}
      <span className="row band-phone"><Key>/</Key><Key>9</Key><span>{t('training.phone')}</span></span>
    </a>
  );
}

export function TrainingTag(): ReactElement {
  const { t } = useWords();
  return <span className="training-tag">{t('training.tag')}</span>;
}
