/** The one big number: its sign hung at cap height, shrunk to fit and never wrapped or abbreviated. */
import type { CSSProperties, ReactElement } from 'react';
import type { Amount } from '../../core/contract/types.ts';
import { amountText, currencySign } from '../../core/money/amount.ts';

interface AmountProps {
  readonly amount: Amount;
  /** Nothing was typed yet: zeros in grey. */
  readonly empty?: boolean;
  readonly caret?: boolean;
  /** It went out: a minus before the sign. */
  readonly minus?: boolean;
  readonly id?: string;
}

export function AmountFigures({ amount, empty = false, caret = false, minus = false, id }: AmountProps): ReactElement {
  return (
    <div className={empty ? 'amount empty' : 'amount'} id={id}>
      <span className="amount-sign">{minus && '−'}{currencySign(amount.currency).trim()}</span>
      <span>{amountText(amount)}</span>
      {caret && <i className="caret" />}
    </div>
  );
}

/** How wide an amount is in figures, for the styles that shrink it. The sign stands for about one figure, a point for half. */
export function figuresWide(amount: Amount): CSSProperties {
  const text = amountText(amount);
  const narrow = text.replace(/[0-9]/g, '').length;
  const wide = text.length - narrow + narrow / 2 + currencySign(amount.currency).trim().length / 2;
  return { '--figures-wide': wide.toFixed(1) } as CSSProperties;
}
