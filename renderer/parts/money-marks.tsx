/** The drawings of cash and refunds: the drawer, the return arrow, the struck banknote, the tick of a chosen step. */
import type { ReactElement } from 'react';

/** The drawer, open. */
export function DrawerMark(): ReactElement {
  return (
    <svg className="drawer-mark" viewBox="0 0 164 116" fill="none" stroke="currentColor" strokeWidth="6" aria-hidden="true">
      <path d="M18 52V6h128v46M57 6v46M107 6v46" />
      <path d="M18 52 4 80h156l-14-28z" />
      <path d="M4 80v30h156V80M66 96h34" />
    </svg>
  );
}

/** Refunded: money went back the way it came. */
export function ReturnMark({ size = 20 }: { readonly size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" fill="none" stroke="currentColor" strokeWidth="12" aria-hidden="true">
      <path d="M12 34 H62 a24 24 0 0 1 0 48 H30" />
      <path d="M38 8 L12 34 L38 60" />
    </svg>
  );
}

/** The hand to stop is the one in the drawer: a diamond with a struck banknote. */
export function StopCashMark(): ReactElement {
  return (
    <svg viewBox="-5 -5 210 210" aria-hidden="true">
      <path d="M100 3 L197 100 L100 197 L3 100 Z" fill="var(--amber)" stroke="var(--stripe-dark)" strokeWidth="11" strokeLinejoin="miter" />
      <rect x="54" y="74" width="92" height="54" fill="var(--bag)" stroke="var(--stripe-dark)" strokeWidth="10" />
      <circle cx="100" cy="101" r="14" fill="none" stroke="var(--stripe-dark)" strokeWidth="9" />
      <path d="M52 53 L149 150" stroke="var(--amber)" strokeWidth="27" />
      <path d="M52 53 L149 150" stroke="var(--stripe-dark)" strokeWidth="13" />
    </svg>
  );
}

/** Recorded by a person: an ink square, never the green disc. */
export function RecordedMark({ size = 20 }: { readonly size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" aria-hidden="true">
      <rect x="10" y="10" width="80" height="80" fill="currentColor" />
    </svg>
  );
}

export function TickMark({ size = 18 }: { readonly size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 100 100" fill="none" stroke="currentColor" strokeWidth="16" aria-hidden="true">
      <path d="M10 54 L38 80 L90 22" />
    </svg>
  );
}
