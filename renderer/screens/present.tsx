/** A code for the customer to scan: the code, what it is for, how long it is good for, and that the goods stay here until then. */
import { lazy, Suspense, type ReactElement, type ReactNode } from 'react';
import type { PaymentView } from '../../core/contract/types.ts';
import { TrainingTag } from '../frame/training-band.tsx';
import { codeStage, type CodeStage } from '../machine/code-stage.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { BagMark } from '../parts/marks.tsx';
import { secondsUntil, timeLeft } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';

/** The drawing of codes is large: it is loaded when the first one is made. */
const QrCode = lazy(() => import('../parts/qr-code.tsx'));

const titles: Readonly<Record<CodeStage, WordKey>> = {
  making: 'present.making', up: 'present.title', scanned: 'present.scanned', closing: 'present.closing', expired: 'present.expired', notClosed: 'present.notClosed',
};

/** The code with its white edge; its modules alone are 300 px wide or more, whatever it holds. */
const codeSize = 430;

export function PresentScreen({ state, payment }: { readonly state: TillScreen; readonly payment: PaymentView }): ReactElement | null {
  const { t } = useWords();
  const stage = codeStage(payment);
  if (stage === null) return null;
  const over = stage === 'expired' || stage === 'notClosed';
  return (
    <main className={over ? 'present over' : 'present'}>
      {state.status?.training && <TrainingTag />}
      <div className="present-paper">
        <Corners>{payment.shownCode && <Suspense><QrCode text={payment.shownCode.qr} size={codeSize} label={t('present.code')} /></Suspense>}</Corners>
        <div className="present-side">
          <h1 tabIndex={-1} id="title" aria-describedby="amount">{t(titles[stage])}</h1>
          <div style={figuresWide(payment.amount)}><AmountFigures amount={payment.amount} id="amount" /></div>
          <Hint state={state} payment={payment} stage={stage} />
          <Note stage={stage} />
        </div>
      </div>
    </main>
  );
}

function Corners({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <div className="present-code">
      <i className="corner" /><i className="corner" /><i className="corner" /><i className="corner" />
      {children}
    </div>
  );
}

interface StageProps {
  readonly state: TillScreen;
  readonly payment: PaymentView;
  readonly stage: CodeStage;
}

function Hint({ state, payment, stage }: StageProps): ReactElement {
  const { t, gateway } = useWords();
  if (stage !== 'up' && stage !== 'scanned') return <p className="present-hint">{t(`present.${stage}Hint`, { gateway: gateway(payment) })}</p>;
  const left = t('present.left', { time: timeLeft(secondsUntil(payment.shownCode?.until ?? state.now, state.now)) });
  return <p className="present-hint">{state.displayUp && stage === 'up' && <><span>{t('present.onDisplay')}</span><span className="dot"> · </span></>}<span>{left}</span></p>;
}

/** No money has come: whoever stands here must not hand over goods. Once the code is closed there is nothing to wait for. */
function Note({ stage }: { readonly stage: CodeStage }): ReactElement | null {
  const { t } = useWords();
  switch (stage) {
    case 'expired': return null;
    case 'notClosed': return <div className="present-note"><BagMark /><div><h2>{t('waiting.note')}</h2><p>{t('present.notClosedNote')}</p></div></div>;
    default: return <div className="present-note"><BagMark /><div><h2>{t('waiting.note')}</h2><p>{t(stage === 'closing' ? 'present.closingNote' : 'present.note')}</p></div></div>;
  }
}
