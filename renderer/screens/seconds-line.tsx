/** The line of seconds under a wait: now, when the cashier is asked, and what happens at the end. */
import type { ReactElement } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { useWords } from '../words/i18n.ts';

/** Half as wide as the widest label: at either end it stays over the line. */
const halfLabel = '30px';

export function SecondsLine({ payment, seconds }: { readonly payment: PaymentView; readonly seconds: number }): ReactElement {
  const { t } = useWords();
  const share = (part: number): string => `${Math.min(100, (part / payment.deadlineSeconds) * 100).toFixed(2)}%`;
  return (
    <div className="seconds">
      <div className="seconds-track">
        <div className="seconds-fill" style={{ width: share(seconds) }} />
        <span className="seconds-now" style={{ left: `clamp(${halfLabel}, ${share(seconds)}, calc(100% - ${halfLabel}))` }}>{t('waiting.seconds', { seconds })}</span>
        <i className="seconds-mark" style={{ left: share(payment.questionSeconds) }} />
      </div>
      <div className="seconds-labels">
        <span>{t('waiting.sent')}</span>
        <span className="at-question" style={{ left: share(payment.questionSeconds) }}>{t('waiting.asks', { seconds: payment.questionSeconds })}</span>
        <span className="at-end">{t(payment.canUndo ? 'waiting.undone' : 'waiting.keepsAsking', { seconds: payment.deadlineSeconds })}</span>
      </div>
    </div>
  );
}
