/** Wallets as letter marks in ink, and the line that names wallet and last four. */
import type { ReactElement } from 'react';
import type { Wallet } from '../../core/contract/types.ts';
import { useWords, type Translate } from '../words/i18n.ts';

/** What a mark and a line of words can stand for: a wallet, or cash. */
export type PaidBy = Wallet | 'cash';

const outlines: Readonly<Record<PaidBy, ReactElement>> = {
  wechat: <circle cx="17" cy="17" r="15.8" />,
  alipay: <rect x="1.2" y="1.2" width="31.6" height="31.6" rx="4" />,
  unionpay: <path d="M1.2 17 A15.8 15.8 0 0 1 17 1.2 H32.8 V17 A15.8 15.8 0 0 1 17 32.8 H1.2 Z" />,
  other: <rect x="1.2" y="5.2" width="31.6" height="23.6" rx="2" />,
  cash: <rect x="1.2" y="1.2" width="31.6" height="31.6" />,
};

export function WalletMark({ wallet, size = 24 }: { readonly wallet: PaidBy; readonly size?: number }): ReactElement {
  const { t } = useWords();
  return (
    <svg className="wallet-mark" width={size} height={size} viewBox="0 0 34 34" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.7">{outlines[wallet]}</g>
      <text x="17" y="23.2" textAnchor="middle" fontSize="17.5" fontWeight="600" fill="currentColor">{t(`wallet.mark.${wallet}`)}</text>
    </svg>
  );
}

/** What a payment was paid by. */
export function paidBy(payment: { readonly wallet: Wallet; readonly tender?: 'gateway' | 'cash' }): PaidBy {
  return payment.tender === 'cash' ? 'cash' : payment.wallet;
}

/** `WeChat •• 4417`; a shown QR code has no last four, cash neither. */
export function walletText(t: Translate, payment: { readonly wallet: Wallet; readonly last4: string | null; readonly tender?: 'gateway' | 'cash' }): string {
  if (payment.tender === 'cash') return t('wallet.cash');
  if (payment.last4 === null) return t('payment.shownCode');
  return `${t(`wallet.${payment.wallet}`)} •• ${payment.last4}`;
}
