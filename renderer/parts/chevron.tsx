/** That a box has choices, which `4` and `6` go through. */
import type { ReactElement } from 'react';

export function ChevronMark(): ReactElement {
  return <svg className="chevron" width={14} height={14} viewBox="0 0 100 100" fill="none" stroke="currentColor" strokeWidth="16" aria-hidden="true"><path d="M14 32 L50 70 L86 32" /></svg>;
}
