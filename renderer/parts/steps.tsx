/** Steps in one column: done ones ticked, the current one numbered in ink, choices printed with their digit. */
import type { ReactElement, ReactNode } from 'react';
import { approvalAsked, type Approving } from '../machine/approving.ts';
import type { TillScreen } from '../machine/state.ts';
import { useWords } from '../words/i18n.ts';
import { Key, keepFocus } from './cap.tsx';
import { TickMark } from './money-marks.tsx';
import { PinBoxes, PinTrouble, usePinTrouble } from './pin.tsx';
import { useSend } from './send.ts';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly state: 'done' | 'now' | 'later';
  readonly children: ReactNode;
}

export function Step({ number, title, state, children }: StepProps): ReactElement {
  return (
    <section className={`ask-step ${state}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span className="ask-number">{state === 'done' ? <TickMark size={14} /> : number}</span>
      <h2>{title}</h2>
      <div className="ask-body">{children}</div>
    </section>
  );
}

interface ChoiceCapProps {
  readonly digit: string;
  /** Its place among the rows that `onRow` knows. */
  readonly row: number;
  readonly chosen: boolean;
  readonly ringed?: boolean;
  readonly children: ReactNode;
}

/** A choice that a digit makes while its step is the current one; touched, it is made at any time. */
export function ChoiceCap({ digit, row, chosen, ringed = false, children }: ChoiceCapProps): ReactElement {
  const send = useSend();
  return (
    <button
      type="button" className={['ask-choice', chosen ? 'chosen' : '', ringed ? 'ringed' : ''].join(' ').trim()} aria-pressed={chosen} tabIndex={-1}
      onMouseDown={keepFocus} onClick={() => send({ type: 'row', index: row })}
    >
      <Key>{digit}</Key>
      {children}
      {chosen && <TickMark />}
    </button>
  );
}

interface ApprovalBoxProps {
  readonly state: TillScreen;
  readonly approving: Approving;
  readonly now: boolean;
  readonly rule: string;
  readonly hint: string;
}

/** Who approves: the PIN as dots, or the badge that took its place; or that nobody has to. */
export function ApprovalBox({ state, approving, now, rule, hint }: ApprovalBoxProps): ReactElement | null {
  const { t } = useWords();
  const trouble = usePinTrouble(state, approving.pin);
  const staff = state.status?.staff;
  if (!staff || !approvalAsked(state)) return null;
  return (
    <div className={now ? 'ask-box ringed' : 'ask-box'}>
      {approving.badge
        ? <div><b>{t('refund.approver', { name: approving.badge.person.name })}</b></div>
        : <PinBoxes typed={approving.pin.typed.length} digits={staff.pinDigits} ringed={false} />}
      {trouble && !approving.badge ? <PinTrouble {...trouble} /> : <p><b>{rule}</b><small>{hint}</small></p>}
    </div>
  );
}
