/** The marks of the verdicts and the few drawings of the screens: plain shapes in ink and the verdict's colour. */
import type { ReactElement } from 'react';

interface MarkProps {
  readonly size?: number;
}

/** The till's own sign: a code in a finder. */
export function Logo(): ReactElement {
  return (
    <svg width="26" height="26" viewBox="0 0 26 26" fill="none" stroke="var(--ink2)" strokeWidth="3" aria-hidden="true">
      <path d="M1.5 8V1.5H8M18 1.5h6.5V8M24.5 18v6.5H18M8 24.5H1.5V18" />
      <path d="M6 13h14" strokeWidth="4" />
    </svg>
  );
}

/** Paid: a full disc with a tick. On the flood the disc is white. */
export function PaidMark({ size = 20, onFlood = false }: MarkProps & { readonly onFlood?: boolean }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="48" fill={onFlood ? 'var(--paid-on)' : 'var(--paid-text)'} />
      <path d="M25 54 L42 71 L75 34" fill="none" stroke={onFlood ? 'var(--paid)' : 'var(--paper)'} strokeWidth={onFlood ? 11 : 13} />
    </svg>
  );
}

/** Not paid: an open square with a cross. */
export function NotPaidMark({ size = 20 }: MarkProps): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" fill="none" stroke="var(--no-text)" aria-hidden="true">
      <rect x="6" y="6" width="88" height="88" strokeWidth={size > 40 ? 9 : 10} />
      <path d="M25 25 L75 75 M75 25 L25 75" strokeWidth={size > 40 ? 9.5 : 12} />
    </svg>
  );
}

/** Not known yet: an amber diamond with an exclamation mark. `quiet` is hollow ink. */
export function UnknownMark({ size = 20, quiet = false, solid = false }: MarkProps & { readonly quiet?: boolean; readonly solid?: boolean }): ReactElement {
  const line = quiet ? 'var(--ink2)' : solid ? 'var(--amber-on)' : 'var(--stripe-dark)';
  const sign = solid ? 'var(--amber)' : quiet ? 'var(--ink2)' : 'var(--stripe-dark)';
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" aria-hidden="true">
      <path d="M50 5 L95 50 L50 95 L5 50 Z" fill={quiet ? 'none' : solid ? 'var(--amber-on)' : 'var(--amber)'} stroke={line} strokeWidth={quiet ? 9 : 6} />
      <path d="M44 26h12l-2 30h-8z" fill={sign} />
      <circle cx="50" cy="67" r="6.5" fill={sign} />
    </svg>
  );
}

/** Nothing open: a dashed diamond, for green would say paid. */
export function EmptyMark(): ReactElement {
  return (
    <svg width="100" height="100" viewBox="0 0 100 100" aria-hidden="true">
      <path d="M50 4 L96 50 L50 96 L4 50 Z" fill="none" stroke="var(--edge)" strokeWidth="6" strokeDasharray="10 7" />
    </svg>
  );
}

function Diamond(): ReactElement {
  return <path d="M100 3 L197 100 L100 197 L3 100 Z" fill="var(--amber)" stroke="var(--stripe-dark)" strokeWidth="11" strokeLinejoin="miter" />;
}

/** The hand to stop: a diamond with a struck bag. */
export function StopMark(): ReactElement {
  return (
    <svg viewBox="-5 -5 210 210" aria-hidden="true">
      <Diamond />
      <path d="M82 90 V80 a18 18 0 0 1 36 0 V90" fill="none" stroke="var(--stripe-dark)" strokeWidth="10" />
      <path d="M65 84 H135 L142 142 H58 Z" fill="var(--bag)" stroke="var(--stripe-dark)" strokeWidth="10" />
      <path d="M50 57 L147 154" stroke="var(--amber)" strokeWidth="27" />
      <path d="M50 57 L147 154" stroke="var(--stripe-dark)" strokeWidth="13" />
    </svg>
  );
}

/** Undoing: the same diamond with a return arrow. */
export function UndoMark(): ReactElement {
  return (
    <svg viewBox="-5 -5 210 210" aria-hidden="true">
      <Diamond />
      <path d="M56 86 H118 a30 30 0 0 1 0 60 H84" fill="none" stroke="var(--stripe-dark)" strokeWidth="15" />
      <path d="M86 56 L56 86 L86 116" fill="none" stroke="var(--stripe-dark)" strokeWidth="15" />
    </svg>
  );
}

/** The struck bag in a line of words. */
export function BagMark(): ReactElement {
  return (
    <svg width="32" height="32" viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="2.6" aria-hidden="true">
      <path d="M7.5 10.5h17l2 17h-21z" />
      <path d="M11.5 13V8.5a4.5 4.5 0 0 1 9 0V13" />
      <path d="M2.5 4.5 L29 30" />
    </svg>
  );
}

/** A phone that shows a payment code. */
export function PhoneMark(): ReactElement {
  return (
    <svg className="phone" viewBox="0 0 40 76" aria-hidden="true">
      <rect x="2" y="2" width="36" height="72" rx="6" fill="none" stroke="currentColor" strokeWidth="3.4" />
      <path d="M8.5 21h2.4v25H8.5zM13 21h4.4v25H13zM19.2 21h1.8v25h-1.8zM23 21h3.6v25H23zM28.4 21h2.6v25h-2.6zM16 64h8v3.4h-8z" fill="currentColor" />
    </svg>
  );
}
